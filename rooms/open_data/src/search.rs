//! Finding datasets: all words must be there, in any of their languages; facets count what was found.

mod query;
mod span;

pub use query::read_query;
pub use span::set_ends;

use crate::{
    books::{Filed, Shelves},
    index::{Part, newest},
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
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Wanted {
    /// Words.
    pub words: String,
    /// Words any of which will do, beside the first: each alternative is as many words as must be there together.
    pub or_words: Vec<String>,
    /// Fields that must have one of these values; with `true` none of them.
    pub terms: Vec<Term>,
    /// Lists of such fields, of each of which one must fit.
    pub any: Vec<Vec<Term>>,
    /// Degrees west, south, east, north: datasets that are about something in this box, or have a table that touches it.
    pub within: Option<[f64; 4]>,
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
    /// Where they are in the parts of the catalogue.
    places: [Vec<usize>; 2],
}

/// Looks through what everybody may see, and what `also` lets through.
pub fn search(shelves: &Shelves, wanted: &Wanted, also: impl Fn(&Dataset) -> bool) -> Found {
    let seen = shelves.parts().map(|(part, still)| seen(shelves, part, still, wanted, &also));
    let words: Vec<String> = words_of(&wanted.words).take(WORDS_LIMIT).collect();
    let others =
        wanted.or_words.iter().take(WORDS_LIMIT).map(|one| words_of(one).take(WORDS_LIMIT).collect::<Vec<_>>());
    let all: Vec<Vec<String>> = std::iter::once(words.clone()).chain(others).collect();
    let found = ranked(shelves, &seen, &all, &wanted.order);
    if !found.datasets.is_empty() || words.is_empty() || all.len() > 1 {
        return found;
    }
    let nearest: Vec<String> =
        words.iter().map(|word| nearest(shelves, &seen, word).unwrap_or_else(|| word.clone())).collect();
    if nearest == words {
        return found;
    }
    let found = ranked(shelves, &seen, std::slice::from_ref(&nearest), &wanted.order);
    let instead = (!found.datasets.is_empty()).then(|| nearest.join(" "));
    Found { instead, ..found }
}

/// Which datasets of a part the reader may see, and have what is wanted of their fields.
fn seen(
    shelves: &Shelves,
    part: &Part,
    still: Option<&[bool]>,
    wanted: &Wanted,
    also: &impl Fn(&Dataset) -> bool,
) -> Vec<bool> {
    let is_still = |place: usize| still.is_none_or(|still| still[place]);
    let mut seen: Vec<bool> = (0..)
        .zip(&part.filed)
        .map(|(place, one)| is_still(place) && (one.dataset.is_public() || also(&one.dataset)))
        .collect();
    for term in &wanted.terms {
        let has = having(shelves, part, &seen, term);
        seen.iter_mut().zip(has).for_each(|(seen, has)| *seen &= has);
    }
    for any in &wanted.any {
        let mut one_of = vec![false; seen.len()];
        for term in any {
            let has = having(shelves, part, &seen, term);
            one_of.iter_mut().zip(has).for_each(|(one, has)| *one |= has);
        }
        seen.iter_mut().zip(one_of).for_each(|(seen, one)| *seen &= one);
    }
    if let Some(within) = &wanted.within {
        let all = seen.iter_mut().zip(&part.filed).filter(|(seen, _)| **seen);
        all.for_each(|(seen, one)| *seen = touches(&one.dataset, within));
    }
    seen
}

/// Which datasets of a part have what a term wants; of those that are not seen any more, nothing is said.
fn having(shelves: &Shelves, part: &Part, seen: &[bool], term: &Term) -> Vec<bool> {
    match part.having(&term.field, |value| term.values.iter().any(|wanted| is_value(value, wanted))) {
        Some(has) => has.into_iter().map(|has| has != term.not).collect(),
        None => {
            let all = seen.iter().zip(&part.filed);
            all.map(|(seen, one)| *seen && fits(shelves, &one.dataset, term)).collect()
        }
    }
}

/// Whether a table of a dataset has something in a box, or the dataset says that it is about something there.
fn touches(dataset: &Dataset, [west, south, east, north]: &[f64; 4]) -> bool {
    let of = |info: &tables::TableInfo| {
        let degrees = |at: usize| {
            let column = info.columns.get(at)?;
            let read = |text: &Option<String>| text.as_ref().and_then(|text| text.parse::<f64>().ok());
            Some((read(&column.least)?, read(&column.most)?))
        };
        let points = info.point.and_then(|(lat, long)| {
            let ((south, north), (west, east)) = (degrees(lat)?, degrees(long)?);
            Some([west, south, east, north])
        });
        info.bounds.or(points)
    };
    let boxes = dataset.resources.iter().filter_map(|one| of(one.body.info.as_ref()?)).chain(dataset.meta.bbox);
    boxes.into_iter().any(|own| own[0] <= *east && own[2] >= *west && own[1] <= *north && own[3] >= *south)
}

/// A dataset that was found: what it is ordered by, in which part, and where there.
struct Hit<'s> {
    points: u8,
    rank: u32,
    part: usize,
    place: usize,
    filed: &'s Arc<Filed>,
}

fn ranked(shelves: &Shelves, seen: &[Vec<bool>; 2], alternatives: &[Vec<String>], order: &str) -> Found {
    let parts = shelves.parts().map(|(part, _)| part);
    let mut hits: [Vec<Hit<'_>>; 2] = [Vec::new(), Vec::new()];
    for (at, part) in parts.iter().enumerate() {
        let mut points = part.points(alternatives.first().map_or(&[][..], Vec::as_slice));
        for words in alternatives.iter().skip(1) {
            points.iter_mut().zip(part.points(words)).for_each(|(most, own)| *most = own.max(*most));
        }
        let ranks = match order {
            "title" => Some(part.by_title()),
            "name" => Some(part.by_name()),
            _ => None,
        };
        let own =
            (0..).zip(&part.filed).zip(&points).zip(&seen[at]).filter(|((_, points), seen)| **points > 0 && **seen);
        hits[at] = own
            .map(|(((place, filed), points), _)| Hit {
                points: *points,
                rank: ranks.map_or_else(|| u32::try_from(place).unwrap_or(u32::MAX), |ranks| ranks[place]),
                part: at,
                place,
                filed,
            })
            .collect();
        // By numbers alone; what stands in order already is left so.
        match order {
            "updated" => {}
            "title" | "name" => hits[at].sort_unstable_by_key(|hit| hit.rank),
            _ => hits[at].sort_by_key(|hit| std::cmp::Reverse(hit.points)),
        }
    }
    let mut found = Found { datasets: Vec::new(), instead: None, places: [Vec::new(), Vec::new()] };
    let [base, recent] = hits;
    found.datasets.reserve(base.len() + recent.len());
    let (mut base, mut recent) = (base.into_iter().peekable(), recent.into_iter().peekable());
    let is_first = |one: &Hit<'_>, two: &Hit<'_>| match order {
        "title" => (title(one.filed), &one.filed.dataset.name) <= (title(two.filed), &two.filed.dataset.name),
        "name" => one.filed.dataset.name <= two.filed.dataset.name,
        "updated" => newest(one.filed) <= newest(two.filed),
        _ => (std::cmp::Reverse(one.points), newest(one.filed)) <= (std::cmp::Reverse(two.points), newest(two.filed)),
    };
    loop {
        let next = match (base.peek(), recent.peek()) {
            (Some(one), Some(two)) if is_first(one, two) => base.next(),
            (_, Some(_)) => recent.next(),
            _ => base.next(),
        };
        let Some(hit) = next else { return found };
        found.places[hit.part].push(hit.place);
        found.datasets.push(Arc::clone(hit.filed));
    }
}

/// By what datasets are put in order by title.
pub fn title(one: &Filed) -> &str {
    one.dataset.meta.title.in_language(civic::Language::En)
}

/// The word of the catalogue that differs in one letter, or in two where it is long.
fn nearest(shelves: &Shelves, seen: &[Vec<bool>; 2], word: &str) -> Option<String> {
    let length = word.chars().count();
    if length < TYPO_LENGTH {
        return None;
    }
    let most = if length >= 8 { 2 } else { 1 };
    let parts = shelves.parts().map(|(part, _)| part);
    let all = parts.into_iter().zip(seen).flat_map(|(part, seen)| part.words_of(seen));
    all.filter(|known| known.chars().count().abs_diff(length) <= most)
        .map(|known| (distance(known, word), known))
        .filter(|(distance, _)| *distance <= most)
        .min()
        .map(|(_, known)| known.to_owned())
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
    plain_values(shelves.agency_code(dataset.organisation), dataset, field)
}

/// The same of a dataset whose agency is known.
pub fn plain_values(agency: &str, dataset: &Dataset, field: &str) -> Vec<String> {
    match field {
        "organization" | "owner_org" => vec![agency.to_owned()],
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
        "metadata_modified" => vec![dataset.updated_at.rfc3339()],
        "metadata_created" => vec![dataset.made_at.rfc3339()],
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
    term.values.iter().any(|wanted| own.iter().any(|value| is_value(value, wanted))) != term.not
}

fn is_value(value: &str, wanted: &str) -> bool {
    if let Some((from, until, with_from, with_until)) = span::range(wanted) {
        // Days and moments as ISO 8601 writes them sort as they follow one another.
        let plain = value.trim_end_matches('Z');
        let (from, until) = (from.trim_end_matches('Z'), until.trim_end_matches('Z'));
        let is_after = from == "*" || plain > from || (with_from && plain == from);
        // A day as the last is meant with all of its hours.
        let is_in_last = with_until && (plain == until || (until.len() == 10 && plain.starts_with(until)));
        return is_after && (until == "*" || until == "NOW" || plain < until || is_in_last);
    }
    match wanted.strip_suffix('*') {
        Some(begin) => value.to_lowercase().starts_with(&begin.to_lowercase()),
        None => value.eq_ignore_ascii_case(wanted),
    }
}

/// How many of the datasets that were found have each value of a field (one of [`FIELDS`]), the most frequent first.
pub fn facet(shelves: &Shelves, found: &Found, field: &str) -> Vec<(String, usize)> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for ((part, _), places) in shelves.parts().into_iter().zip(&found.places) {
        part.count(field, places.iter().copied(), &mut counts);
    }
    let mut all: Vec<_> = counts.into_iter().collect();
    all.sort_by_key(|(value, count)| (std::cmp::Reverse(*count), value.clone()));
    all
}

#[cfg(test)]
mod tests {
    use super::distance;

    #[test]
    fn a_swapped_letter_is_one_mistake() {
        assert_eq!(distance("lamps", "lapms"), 1);
        assert_eq!(distance("weather", "wether"), 1);
        assert_eq!(distance("", "abc"), 3);
    }
}
