//! Finding datasets: all words must be there, in any of their languages; facets count what was found.

use crate::{
    books::{Filed, Shelves},
    model::Dataset,
};
use commons::search::words_of;
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

/// Words of a question that count.
const WORDS_LIMIT: usize = 12;
/// Letters from which on a word may have one wrong.
const TYPO_LENGTH: usize = 4;

/// What is looked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Words.
    pub words: String,
    /// Fields that must have one of these values; with `true` none of them.
    pub terms: Vec<Term>,
    /// `updated`, `title` or `name`; anything else is by how well it fits.
    pub order: String,
}

/// A field and what it must be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// As in [`FIELDS`].
    pub field: String,
    /// One of these.
    pub values: Vec<String>,
    /// Or none of them.
    pub not: bool,
}

/// What can be counted and chosen by, as CKAN calls it.
pub const FIELDS: [&str; 6] = ["organization", "groups", "tags", "res_format", "license_id", "hvd"];

/// What was found.
pub struct Found {
    /// Datasets, the best first.
    pub datasets: Vec<Arc<Filed>>,
    /// The words that were looked for instead, where nothing had those that were typed.
    pub instead: Option<String>,
}

/// Looks through what everybody may see, and what `also` lets through.
pub fn search(shelves: &Shelves, wanted: &Wanted, also: impl Fn(&Dataset) -> bool) -> Found {
    let seen: Vec<&Arc<Filed>> = shelves
        .datasets
        .values()
        .filter(|one| one.dataset.is_public() || also(&one.dataset))
        .filter(|one| wanted.terms.iter().all(|term| fits(shelves, &one.dataset, term)))
        .collect();
    let words: Vec<String> = words_of(&wanted.words).take(WORDS_LIMIT).collect();
    let datasets = ranked(&seen, &words, &wanted.order);
    if !datasets.is_empty() || words.is_empty() {
        return Found { datasets, instead: None };
    }
    let nearest: Vec<String> = words.iter().map(|word| nearest(&seen, word).unwrap_or_else(|| word.clone())).collect();
    let datasets = if nearest == words { Vec::new() } else { ranked(&seen, &nearest, &wanted.order) };
    let instead = (!datasets.is_empty()).then(|| nearest.join(" "));
    Found { datasets, instead }
}

fn ranked(seen: &[&Arc<Filed>], words: &[String], order: &str) -> Vec<Arc<Filed>> {
    let mut found: Vec<(i64, &Arc<Filed>)> = seen.iter().filter_map(|one| Some((points(one, words)?, *one))).collect();
    match order {
        "title" => found.sort_by(|one, two| title(one.1).cmp(title(two.1))),
        "name" => found.sort_by(|one, two| one.1.dataset.name.cmp(&two.1.dataset.name)),
        "updated" => {
            found.sort_by_key(|(_, one)| (std::cmp::Reverse(one.dataset.updated_at), one.dataset.name.clone()))
        }
        _ => found.sort_by_key(|(points, one)| {
            (std::cmp::Reverse(*points), std::cmp::Reverse(one.dataset.updated_at), one.dataset.name.clone())
        }),
    }
    found.into_iter().map(|(_, one)| Arc::clone(one)).collect()
}

fn title(one: &Filed) -> &str {
    one.dataset.meta.title.in_language(civic::Language::En)
}

/// How well a dataset fits; `None` where a word is missing. A word may be the beginning of one that is there.
fn points(one: &Filed, words: &[String]) -> Option<i64> {
    words.iter().try_fold(0, |sum, word| {
        let begins = |all: &BTreeSet<String>| {
            all.range::<String, _>(word..).next().is_some_and(|found| found.starts_with(word.as_str()))
        };
        match (begins(&one.title_words), begins(&one.words)) {
            (true, _) => Some(sum + 3),
            (false, true) => Some(sum + 1),
            (false, false) => None,
        }
    })
}

/// The word of the catalogue that differs in one letter, or in two where it is long.
fn nearest(seen: &[&Arc<Filed>], word: &str) -> Option<String> {
    let length = word.chars().count();
    if length < TYPO_LENGTH {
        return None;
    }
    let most = if length >= 8 { 2 } else { 1 };
    let all: BTreeSet<&String> = seen.iter().flat_map(|one| &one.words).collect();
    all.into_iter()
        .filter(|known| known.chars().count().abs_diff(length) <= most)
        .map(|known| (distance(known, word), known))
        .filter(|(distance, _)| *distance <= most)
        .min()
        .map(|(_, known)| known.clone())
}

/// Letters to change, add or leave out, or neighbours to swap, that lead from one word to another (optimal string alignment).
fn distance(one: &str, other: &str) -> usize {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let mut before_last = vec![0; other.len() + 1];
    let mut last: Vec<usize> = (0..=other.len()).collect();
    for (i, a) in one.iter().enumerate() {
        let mut now = vec![i + 1];
        for (j, b) in other.iter().enumerate() {
            let mut least = (last[j] + usize::from(a != b)).min(last[j + 1] + 1).min(now[j] + 1);
            if i > 0 && j > 0 && *a == other[j - 1] && one[i - 1] == *b {
                least = least.min(before_last[j - 1] + 1);
            }
            now.push(least);
        }
        before_last = std::mem::replace(&mut last, now);
    }
    last.last().copied().unwrap_or(0)
}

/// The values of a field.
pub fn values(shelves: &Shelves, dataset: &Dataset, field: &str) -> Vec<String> {
    match field {
        "organization" | "owner_org" => vec![shelves.agency_code(dataset.organisation).to_owned()],
        "groups" => dataset.meta.themes.iter().map(|theme| theme.to_lowercase()).collect(),
        "tags" => dataset.meta.tags.clone(),
        "res_format" => {
            let formats: BTreeSet<String> = dataset
                .resources
                .iter()
                .map(|one| one.body.format.clone())
                .filter(|format| !format.is_empty())
                .collect();
            formats.into_iter().collect()
        }
        "license_id" => some(&dataset.meta.licence),
        "hvd" => some(&dataset.meta.high_value),
        "name" => vec![dataset.name.clone()],
        "id" => vec![dataset.id.clone()],
        "title" => words_of(dataset.meta.title.in_language(civic::Language::En)).collect(),
        "dataset_type" | "type" => vec!["dataset".to_owned()],
        "state" => vec![if dataset.is_public() { "active" } else { dataset.state.word() }.to_owned()],
        "private" => vec![(!dataset.is_public()).to_string()],
        extra => dataset.meta.extras.get(extra.strip_prefix("extras_").unwrap_or(extra)).into_iter().cloned().collect(),
    }
}

fn some(text: &str) -> Vec<String> {
    if text.is_empty() { Vec::new() } else { vec![text.to_owned()] }
}

fn fits(shelves: &Shelves, dataset: &Dataset, term: &Term) -> bool {
    let own = values(shelves, dataset, &term.field);
    let same = |wanted: &String| {
        own.iter().any(|value| match wanted.strip_suffix('*') {
            Some(begin) => value.to_lowercase().starts_with(&begin.to_lowercase()),
            None => value.eq_ignore_ascii_case(wanted),
        })
    };
    term.values.iter().any(same) != term.not
}

/// How many of the datasets have each value of a field, the most frequent first.
pub fn facet(shelves: &Shelves, datasets: &[Arc<Filed>], field: &str) -> Vec<(String, usize)> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for value in datasets.iter().flat_map(|one| values(shelves, &one.dataset, field)) {
        *counts.entry(value).or_default() += 1;
    }
    let mut all: Vec<_> = counts.into_iter().collect();
    all.sort_by_key(|(value, count)| (std::cmp::Reverse(*count), value.clone()));
    all
}

/// Reads Solr's query language as far as clients of CKAN use it: `tags:water AND organization:(a OR b) -res_format:PDF`, `"two
/// words"`, `*:*`.
pub fn read_query(text: &str, wanted: &mut Wanted) {
    let mut rest = text.trim();
    while !rest.is_empty() {
        let (word, after) = next_word(rest);
        rest = after.trim_start();
        if matches!(word, "AND" | "*:*" | "*") || word.is_empty() {
            continue;
        }
        let (bare, not) = match word.strip_prefix('-') {
            Some(bare) => (bare, true),
            None => (word.strip_prefix('+').unwrap_or(word), false),
        };
        match bare.split_once(':').filter(|(field, _)| field.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')) {
            Some((field, value)) => {
                let inner = value.strip_prefix('(').and_then(|value| value.strip_suffix(')')).unwrap_or(value);
                let values = inner.split(" OR ").map(|one| one.trim().trim_matches('"').to_owned()).collect();
                wanted.terms.push(Term { field: field.to_owned(), values, not });
            }
            None => {
                wanted.words.push(' ');
                wanted.words.push_str(bare.trim_matches('"'));
            }
        }
    }
}

/// The next word, with what stands in its quotes or parentheses.
fn next_word(text: &str) -> (&str, &str) {
    let (mut quoted, mut depth) = (false, 0_i32);
    for (at, c) in text.char_indices() {
        match c {
            '"' => quoted = !quoted,
            '(' if !quoted => depth += 1,
            ')' if !quoted => depth -= 1,
            c if c.is_whitespace() && !quoted && depth <= 0 => return text.split_at(at),
            _ => {}
        }
    }
    (text, "")
}

#[cfg(test)]
mod tests {
    use super::{Term, Wanted, distance, read_query};

    #[test]
    fn queries_of_ckan_are_read() {
        let mut wanted = Wanted::default();
        read_query("lamps tags:\"street light\" AND organization:(a OR b) -res_format:PDF *:*", &mut wanted);
        assert_eq!(wanted.words.trim(), "lamps");
        let term = |field: &str, values: &[&str], not| Term {
            field: field.into(),
            values: values.iter().map(|v| (*v).to_owned()).collect(),
            not,
        };
        assert_eq!(
            wanted.terms,
            [
                term("tags", &["street light"], false),
                term("organization", &["a", "b"], false),
                term("res_format", &["PDF"], true)
            ]
        );
        read_query("((((\"", &mut Wanted::default());
    }

    #[test]
    fn a_swapped_letter_is_one_mistake() {
        assert_eq!(distance("lamps", "lapms"), 1);
        assert_eq!(distance("weather", "wether"), 1);
        assert_eq!(distance("", "abc"), 3);
    }
}
