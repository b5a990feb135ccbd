//! Which column is meant by which field.

use crate::{DateVerdict, Survey, survey::Column};
use unicode_normalization::UnicodeNormalization as _;

/// A field somebody would fill from a column.
#[derive(Debug, Clone, Copy)]
pub struct Wanted {
    /// What it is called in a mapping.
    pub field: &'static str,
    /// Names that columns with it have, the plainest first; compared as [`folded`].
    pub names: &'static [&'static str],
    /// What must be in it.
    pub kind: Kind,
}

/// What must be in a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Anything.
    Text,
    /// Dates.
    Date,
    /// Degrees north.
    Latitude,
    /// Degrees east.
    Longitude,
    /// Both in one.
    Point,
}

/// What was found for a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Match {
    /// This column.
    Found(usize),
    /// One of these, and nobody can tell which.
    Unsure(Vec<usize>),
    /// None.
    Missing,
}

/// Letters and digits of a name, in lower case and without accents: `Request ID` is `request_id` is `requestId`, and `Categoría` is
/// `categoria`. In Arabic without vowel signs, hamza and the stretching stroke, and with one letter for those written for each other.
pub fn folded(name: &str) -> String {
    let plain = name.nfkd().filter(|c| !is_mark(*c) && c.is_alphanumeric()).flat_map(char::to_lowercase);
    plain.filter(|c| !is_mark(*c)).map(interchanged).collect()
}

/// Combining marks of Latin and Arabic script, and the Arabic stretching stroke.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{0300}'..='\u{036F}' | '\u{0610}'..='\u{061A}' | '\u{064B}'..='\u{065F}' | '\u{0670}' | '\u{0640}')
}

/// One letter for those that Arabic spelling interchanges.
fn interchanged(c: char) -> char {
    match c {
        'ٱ' => 'ا',
        'ى' | 'ی' => 'ي',
        'ة' => 'ه',
        'ک' => 'ك',
        other => other,
    }
}

/// Finds a column for each field, in order; `taken` columns are for nobody. A column is given once.
pub fn find_columns(survey: &Survey, wanted: &[Wanted], taken: &[usize]) -> Vec<Match> {
    let names: Vec<String> = survey.columns.iter().map(|column| folded(&column.name)).collect();
    let mut taken = taken.to_vec();
    let mut found = vec![Match::Missing; wanted.len()];
    for (field, is) in wanted.iter().zip(&mut found) {
        *is = by_name(survey, &names, field, &taken);
        if let Match::Found(column) = is {
            taken.push(*column);
        }
    }
    for (field, is) in wanted.iter().zip(&mut found).filter(|(_, is)| **is == Match::Missing) {
        let likely: Vec<usize> = free(survey, field.kind, &taken).filter(|i| is_like(&names[*i], field)).collect();
        if !likely.is_empty() {
            *is = Match::Unsure(likely);
        }
    }
    found
}

fn by_name(survey: &Survey, names: &[String], field: &Wanted, taken: &[usize]) -> Match {
    for name in field.names {
        let name = folded(name);
        let same: Vec<usize> = free(survey, field.kind, taken).filter(|i| names[*i] == name).collect();
        match same.as_slice() {
            [] => {}
            [column] => return Match::Found(*column),
            _ => return Match::Unsure(same),
        }
    }
    Match::Missing
}

fn free<'s>(survey: &'s Survey, kind: Kind, taken: &'s [usize]) -> impl Iterator<Item = usize> + 's {
    let columns = survey.columns.iter().enumerate();
    columns.filter(move |(i, column)| !taken.contains(i) && holds(column, kind)).map(|(i, _)| i)
}

/// An empty column can be anything.
fn holds(column: &Column, kind: Kind) -> bool {
    column.filled == 0
        || match kind {
            Kind::Text => true,
            // A few cells that are none do not make it another column; their rows are set aside, each with its reason.
            Kind::Date => column.dates.verdict() != DateVerdict::NoDates || !column.dates.mostly().is_empty(),
            Kind::Latitude => column.is_mostly(column.latitudes),
            Kind::Longitude => column.is_mostly(column.longitudes),
            Kind::Point => column.is_mostly(column.points),
        }
}

/// Letters a name must have to be looked for within another.
const PART_LENGTH: usize = 4;

fn is_like(name: &str, field: &Wanted) -> bool {
    field
        .names
        .iter()
        .map(|wanted| folded(wanted))
        .any(|wanted| wanted.chars().count() >= PART_LENGTH && name.contains(&wanted))
}
