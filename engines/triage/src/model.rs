//! Counts of decided cases, and what they say of a new one: naive Bayes, word by word.

use crate::case::{Case, FACTS_LIMIT, grams_of, words_of};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Added to each count of a gram (Lidstone), so that what was never seen is rare rather than impossible.
pub const GRAM_SMOOTHING: f64 = 0.1;
/// Added to each count of a fact.
pub const FACT_SMOOTHING: f64 = 0.5;

/// What decided cases of one class have in common.
#[derive(Debug, Clone, Default)]
struct Class {
    cases: u32,
    grams: u64,
    facts: BTreeMap<(String, String), u32>,
}

/// Counts, one case at a time; the order does not matter.
#[derive(Debug, Clone, Default)]
pub struct Model {
    /// By name; the number is the place in `classes`.
    names: BTreeMap<String, usize>,
    classes: Vec<Class>,
    /// For each gram how often it was in a word of a case of each class. Only ever looked up, so its order is nobody's.
    grams: HashMap<u128, Vec<(usize, u32)>>,
    values: BTreeMap<String, BTreeSet<String>>,
    cases: u32,
}

/// The class that a model finds likeliest.
#[derive(Debug, Clone, PartialEq)]
pub struct Guess {
    /// Its name.
    pub class: String,
    /// How much likelier than the presumed class: the natural logarithm of the odds.
    pub margin: f64,
}

/// A part of a case, and how much it speaks for one class against another.
#[derive(Debug, Clone, PartialEq)]
pub struct Piece {
    /// A word, or the name of a fact.
    pub name: String,
    /// Whether it is a fact.
    pub is_fact: bool,
    /// The natural logarithm of how much likelier it is in the one than in the other.
    pub weight: f64,
}

impl Model {
    /// Cases that were counted.
    pub fn cases(&self) -> u32 {
        self.cases
    }

    /// Classes that were seen.
    pub fn classes(&self) -> usize {
        self.classes.len()
    }

    /// Whether cases of this class were counted.
    pub fn knows(&self, class: &str) -> bool {
        self.names.contains_key(class)
    }

    /// Counts a case that was decided.
    pub fn learn(&mut self, case: &Case<'_>, class: &str) {
        let number = self.number_of(class);
        for word in words_of(case) {
            for gram in grams_of(word) {
                count(self.grams.entry(gram).or_default(), number);
                self.classes[number].grams += 1;
            }
        }
        for (name, value) in case.facts.iter().take(FACTS_LIMIT) {
            self.values.entry((*name).to_owned()).or_default().insert((*value).to_owned());
            *self.classes[number].facts.entry(((*name).to_owned(), (*value).to_owned())).or_default() += 1;
        }
        self.classes[number].cases += 1;
        self.cases += 1;
    }

    fn number_of(&mut self, class: &str) -> usize {
        if let Some(number) = self.names.get(class) {
            return *number;
        }
        self.names.insert(class.to_owned(), self.classes.len());
        self.classes.push(Class::default());
        self.classes.len() - 1
    }

    /// The likeliest class, first by name where two are equally likely; `None` before the first case.
    pub fn guess(&self, case: &Case<'_>) -> Option<Guess> {
        let scores = self.scores(case);
        let mut best: Option<(&str, f64)> = None;
        for (name, number) in &self.names {
            if best.is_none_or(|(_, score)| scores[*number] > score) {
                best = Some((name, scores[*number]));
            }
        }
        let (class, score) = best?;
        // A class that nobody ever decided for stands behind all others.
        let presumed = self.names.get(case.presumed).map_or(scores[self.classes.len()], |number| scores[*number]);
        Some(Guess { class: class.to_owned(), margin: score - presumed })
    }

    /// The natural logarithm of each class's share, words and facts together, up to what is the same for all; behind the last
    /// class that of one that was never seen.
    fn scores(&self, case: &Case<'_>) -> Vec<f64> {
        let nobody = Class::default();
        let all: Vec<&Class> = self.classes.iter().chain([&nobody]).collect();
        let known = all.len() as f64;
        let mut scores: Vec<f64> =
            all.iter().map(|class| ((f64::from(class.cases) + 1.0) / (f64::from(self.cases) + known)).ln()).collect();
        for word in words_of(case) {
            for (score, part) in scores.iter_mut().zip(self.word(word, &all)) {
                *score += part;
            }
        }
        for fact in case.facts.iter().take(FACTS_LIMIT) {
            for (score, class) in scores.iter_mut().zip(&all) {
                *score += self.fact(*fact, class);
            }
        }
        scores
    }

    /// What a word says of each class: the mean over its known grams of the logarithm of their shares; nothing where none is
    /// known. The mean, because the grams of one word repeat each other.
    fn word(&self, word: &str, all: &[&Class]) -> Vec<f64> {
        let mut sums = vec![0.0; all.len()];
        let kinds = self.grams.len() as f64;
        let mut known = 0.0;
        for gram in grams_of(word) {
            let Some(counts) = self.grams.get(&gram) else { continue };
            known += 1.0;
            for (number, (sum, class)) in sums.iter_mut().zip(all).enumerate() {
                let seen = counts.binary_search_by_key(&number, |(of, _)| *of).map_or(0, |at| counts[at].1);
                *sum += ((f64::from(seen) + GRAM_SMOOTHING) / (class.grams as f64 + GRAM_SMOOTHING * kinds)).ln();
            }
        }
        if known > 0.0 {
            sums.iter_mut().for_each(|sum| *sum /= known);
        }
        sums
    }

    fn fact(&self, (name, value): (&str, &str), class: &Class) -> f64 {
        let Some(values) = self.values.get(name).filter(|values| values.contains(value)) else { return 0.0 };
        let seen = class.facts.get(&(name.to_owned(), value.to_owned())).copied().unwrap_or(0);
        let all = f64::from(class.cases) + FACT_SMOOTHING * values.len() as f64;
        ((f64::from(seen) + FACT_SMOOTHING) / all).ln()
    }

    /// How much each word and fact of a case speaks for one class against another, the strongest first; words before facts, and
    /// earlier before later, where two are equally strong.
    pub fn pieces(&self, case: &Case<'_>, one: &str, other: &str) -> Vec<Piece> {
        let nobody = Class::default();
        let class = |name: &str| self.names.get(name).map_or(&nobody, |number| &self.classes[*number]);
        let places = [one, other].map(|name| self.names.get(name).copied().unwrap_or(self.classes.len()));
        let all: Vec<&Class> = self.classes.iter().chain([&nobody]).collect();
        let word = |word: &&str| {
            let parts = self.word(word, &all);
            Piece { name: (*word).to_owned(), is_fact: false, weight: parts[places[0]] - parts[places[1]] }
        };
        let fact = |fact: &(&str, &str)| Piece {
            name: fact.0.to_owned(),
            is_fact: true,
            weight: self.fact(*fact, class(one)) - self.fact(*fact, class(other)),
        };
        let mut pieces: Vec<Piece> = words_of(case).iter().map(word).collect();
        pieces.extend(case.facts.iter().take(FACTS_LIMIT).map(fact));
        pieces.sort_by(|a, b| b.weight.total_cmp(&a.weight));
        pieces
    }
}

/// One more of this class; the list stays in order.
fn count(counts: &mut Vec<(usize, u32)>, number: usize) {
    match counts.binary_search_by_key(&number, |(of, _)| *of) {
        Ok(at) => counts[at].1 += 1,
        Err(at) => counts.insert(at, (number, 1)),
    }
}
