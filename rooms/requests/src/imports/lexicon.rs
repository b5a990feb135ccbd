//! Words for the codes of one kind: what a value elsewhere means here.

use importing::folded;
use std::collections::{BTreeMap, BTreeSet};

/// Letters a word must have to make something likely.
const WORD_LENGTH: usize = 4;

/// Codes with their names and with other words for them.
#[derive(Debug, Clone, Default)]
pub struct Lexicon {
    codes: Vec<(String, String)>,
    names: BTreeMap<String, BTreeSet<usize>>,
    keywords: BTreeMap<String, BTreeSet<usize>>,
}

impl Lexicon {
    /// Adds a code, its name for readers, other names that mean it alone, and words that hint at it.
    pub fn add<'w>(
        &mut self,
        code: &'w str,
        shown: &'w str,
        names: impl IntoIterator<Item = &'w str>,
        keywords: impl IntoIterator<Item = &'w str>,
    ) {
        let index = self.codes.len();
        self.codes.push((code.to_owned(), shown.to_owned()));
        for name in names.into_iter().chain([code, shown]) {
            self.names.entry(folded(name)).or_default().insert(index);
        }
        for keyword in keywords {
            self.keywords.entry(folded(keyword)).or_default().insert(index);
        }
    }

    /// The code that a value is, by code, by name in any language, or by a keyword that only one has.
    pub fn sure(&self, value: &str) -> Option<&str> {
        let value = folded(value);
        let one = |of: &BTreeMap<String, BTreeSet<usize>>| {
            let found = of.get(&value).filter(|found| found.len() == 1)?;
            found.first().and_then(|index| self.codes.get(*index))
        };
        one(&self.names).or_else(|| one(&self.keywords)).map(|(code, _)| code.as_str())
    }

    /// All codes with their names, those first that share words with the value; and how many do.
    pub fn choices(&self, value: &str) -> (Vec<(String, String)>, usize) {
        let words: Vec<String> = words_of(value);
        let mut points = vec![0_usize; self.codes.len()];
        for (name, indices) in self.names.iter().chain(&self.keywords) {
            let shared = words.iter().filter(|word| name.contains(word.as_str())).count();
            for index in indices {
                points[*index] += shared;
            }
        }
        let mut order: Vec<usize> = (0..self.codes.len()).collect();
        order.sort_by_key(|index| std::cmp::Reverse(points[*index]));
        let likely = points.iter().filter(|points| **points > 0).count();
        (order.into_iter().map(|index| self.codes[index].clone()).collect(), likely)
    }
}

fn words_of(text: &str) -> Vec<String> {
    let words = text.split(|c: char| !c.is_alphanumeric()).map(folded);
    words.filter(|word| word.chars().count() >= WORD_LENGTH).collect()
}
