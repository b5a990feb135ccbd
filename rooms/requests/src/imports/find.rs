//! Finding out what a table means, and what must be asked.

use super::{
    Lexicon, Mapping, MappingError, Question,
    fields::{CODED, FIELDS},
    question::about_values,
};
use crate::{model::Source, room::Books};
use civic::Language;
use importing::{DateVerdict, Kind, Match, Survey, Table, Wanted, find_columns, folded};
use jiff::tz::TimeZone;
use std::collections::BTreeMap;
use web::Town;

/// Completes a mapping from what stands in the table; what is left to ask is returned beside it.
///
/// # Errors
/// [`MappingError`] where the mapping names what is not there.
pub fn find_mapping(
    town: &Town,
    table: &Table,
    survey: &Survey,
    given: &Mapping,
) -> Result<(Mapping, Vec<Question>), MappingError> {
    let mut mapping = given.clone();
    for column in mapping.columns.values().chain(mapping.answers.values()).filter(|column| !column.is_empty()) {
        column_of(table, column)?;
    }
    if let Some(zone) = &mapping.zone {
        TimeZone::get(zone).map_err(|_| MappingError::Zone(zone.clone()))?;
    }
    let mut questions = columns(town, table, survey, &mut mapping)?;
    if questions.iter().any(|question| matches!(question, Question::Column { .. })) {
        // What is in a column is asked once it is known which.
        return Ok((mapping, questions));
    }
    questions.extend(dates(table, survey, &mut mapping)?);
    for field in CODED {
        let Some(name) = mapping.columns.get(*field).filter(|name| !name.is_empty()) else { continue };
        let column = column_of(table, name)?;
        questions.extend(about_values(field, column, survey, &lexicon(town, field), &mut mapping));
    }
    Ok((mapping, questions))
}

/// The place of a column in the table.
pub(super) fn column_of(table: &Table, name: &str) -> Result<usize, MappingError> {
    let found = table.header().iter().position(|column| column == name);
    found.ok_or_else(|| MappingError::Column(name.chars().take(100).collect()))
}

fn columns(town: &Town, table: &Table, survey: &Survey, mapping: &mut Mapping) -> Result<Vec<Question>, MappingError> {
    let named = mapping.columns.values().chain(mapping.answers.values()).filter(|name| !name.is_empty());
    let taken: Vec<usize> = named.map(|name| column_of(table, name)).collect::<Result<_, _>>()?;
    let open: Vec<_> = FIELDS.iter().filter(|field| !mapping.columns.contains_key(field.wanted.field)).collect();
    let wanted: Vec<Wanted> = open.iter().map(|field| field.wanted).collect();
    let mut questions = Vec::new();
    let called = |index: &usize| table.header()[*index].clone();
    let prose: Vec<String> =
        survey.columns.iter().filter(|column| column.is_prose()).map(|column| column.name.clone()).collect();
    for (field, found) in open.iter().zip(find_columns(survey, &wanted, &taken)) {
        let choices = match found {
            Match::Found(index) if field.wanted.field == "category" => {
                let best = best_known(survey, &field.wanted, &lexicon(town, "category")).unwrap_or(index);
                mapping.columns.insert("category".to_owned(), called(&best));
                continue;
            }
            Match::Found(index) => {
                mapping.columns.insert(field.wanted.field.to_owned(), called(&index));
                continue;
            }
            Match::Unsure(likely) => likely.iter().map(called).collect(),
            Match::Missing if field.needed => likely_by_content(survey, field.wanted.kind),
            Match::Missing if field.wanted.field == "description" => prose.clone(),
            Match::Missing => continue,
        };
        questions.push(Question::Column { field: field.wanted.field, choices, needed: field.needed });
    }
    // What another field took meanwhile is not asked about.
    for question in &mut questions {
        if let Question::Column { field: "description", choices, .. } = question {
            choices.retain(|name| !mapping.columns.values().any(|taken| taken == name));
        }
    }
    questions.retain(
        |question| !matches!(question, Question::Column { field: "description", choices, .. } if choices.is_empty()),
    );
    Ok(questions)
}

/// Of several columns that are named like it, as `service_code` and `service_name`, the one most of whose rows are known here.
fn best_known(survey: &Survey, wanted: &Wanted, lexicon: &Lexicon) -> Option<usize> {
    let named = survey.columns.iter().enumerate().filter(|(_, column)| {
        let name = folded(&column.name);
        wanted.names.iter().any(|wanted| folded(wanted) == name)
    });
    let known = |column: &importing::Column| -> u64 {
        let values = column.values.iter().flatten();
        values.filter(|(value, _)| lexicon.sure(value).is_some()).map(|(_, rows)| rows).sum()
    };
    let counted = named.map(|(index, column)| (known(column), std::cmp::Reverse(index)));
    counted.max().filter(|(known, _)| *known > 0).map(|(_, std::cmp::Reverse(index))| index)
}

/// All columns, or those with dates where dates are wanted and there are any.
fn likely_by_content(survey: &Survey, kind: Kind) -> Vec<String> {
    let fits = |column: &&importing::Column| kind != Kind::Date || !column.dates.mostly().is_empty();
    let found: Vec<String> = survey.columns.iter().filter(fits).map(|column| column.name.clone()).collect();
    if found.is_empty() { survey.columns.iter().map(|column| column.name.clone()).collect() } else { found }
}

/// A column that the mapping uses for nothing.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, schemars::JsonSchema)]
pub struct Unused {
    /// Its name.
    pub column: String,
    /// One of its cells.
    pub example: String,
    /// Cells that are not empty.
    pub filled: u64,
}

/// The columns that a mapping uses for nothing, in their order; empty ones are left out.
pub fn unused_columns(survey: &Survey, mapping: &Mapping) -> Vec<Unused> {
    let is_used = |name: &String| mapping.columns.values().chain(mapping.answers.values()).any(|used| used == name);
    let unused = survey.columns.iter().filter(|column| column.filled > 0 && !is_used(&column.name));
    let of = |column: &importing::Column| Unused {
        column: column.name.clone(),
        example: column.examples.first().cloned().unwrap_or_default(),
        filled: column.filled,
    };
    unused.map(of).collect()
}

fn dates(table: &Table, survey: &Survey, mapping: &mut Mapping) -> Result<Vec<Question>, MappingError> {
    let mut questions = Vec::new();
    for field in FIELDS.iter().filter(|field| field.wanted.kind == Kind::Date).map(|field| field.wanted.field) {
        let Some(name) = mapping.columns.get(field).filter(|name| !name.is_empty()) else { continue };
        if mapping.dates.contains_key(field) {
            continue;
        }
        let column = &survey.columns[column_of(table, name)?];
        let choices = match column.dates.verdict() {
            DateVerdict::Sure(order) => {
                mapping.dates.insert(field.to_owned(), order);
                continue;
            }
            DateVerdict::Unsure(choices) => choices,
            DateVerdict::NoDates if column.filled == 0 => continue,
            DateVerdict::NoDates => match column.dates.mostly().as_slice() {
                // Rows with other cells are set aside, each with its reason.
                [order] => {
                    mapping.dates.insert(field.to_owned(), *order);
                    continue;
                }
                [] => importing::DateOrder::ALL.to_vec(),
                several => several.to_vec(),
            },
        };
        let examples = column.examples.clone();
        questions.push(Question::Dates { field, column: column.name.clone(), examples, choices });
    }
    // Columns of one table are mostly written by one hand: what one leaves open another may tell.
    let told: Vec<_> = mapping.dates.values().copied().collect();
    questions.retain(|question| {
        let Question::Dates { field, choices, .. } = question else { return true };
        let mut agreeing: Vec<_> = choices.iter().filter(|choice| told.contains(choice)).collect();
        agreeing.dedup();
        match agreeing.as_slice() {
            [order] if choices.len() == 2 => {
                mapping.dates.insert((*field).to_owned(), **order);
                false
            }
            _ => true,
        }
    });
    Ok(questions)
}

/// Words for the codes of a field.
pub(super) fn lexicon(town: &Town, field: &str) -> Lexicon {
    let mut lexicon = Lexicon::default();
    let books = town.part::<Books>();
    match field {
        "category" => {
            let book = books.categories();
            for category in book.offered() {
                let words = &category.definition;
                let names = Language::ALL.iter().filter_map(|language| words.name.exactly(*language));
                let keywords = words.keywords.iter().map(String::as_str);
                lexicon.add(&category.code, words.name.in_language(Language::En), names, keywords);
            }
        }
        "agency" => {
            for one in books.organisations().values() {
                let names = Language::ALL.iter().filter_map(|language| one.name.exactly(*language));
                lexicon.add(&one.code, one.name.in_language(Language::En), names, []);
            }
        }
        "status" => STATES.iter().for_each(|(code, words)| lexicon.add(code, code, words.iter().copied(), [])),
        _ => CHANNELS.iter().for_each(|(source, words)| {
            lexicon.add(source.as_str(), source.as_str(), words.iter().copied(), []);
        }),
    }
    lexicon
}

/// What states are called elsewhere.
const STATES: &[(&str, &[&str])] = &[
    (
        "received",
        &[
            "open",
            "new",
            "pending",
            "assigned",
            "in progress",
            "started",
            "acknowledged",
            "confirmed",
            "investigating",
            "action scheduled",
            "forwarded",
            "reopened",
            "planned",
            "unassigned",
            "abierto",
            "abierta",
            "pendiente",
            "nuevo",
            "en curso",
            "مفتوح",
            "جديد",
            "قيد التنفيذ",
        ],
    ),
    (
        "resolved",
        &[
            "closed",
            "fixed",
            "completed",
            "complete",
            "done",
            "solved",
            "finished",
            "fixed council",
            "fixed user",
            "cerrado",
            "cerrada",
            "resuelto",
            "resuelta",
            "hecho",
            "terminado",
            "مغلق",
            "محلول",
            "منجز",
        ],
    ),
    (
        "declined",
        &[
            "cancelled",
            "canceled",
            "rejected",
            "referred out",
            "invalid",
            "not possible",
            "unable to fix",
            "not responsible",
            "no further action",
            "wont fix",
            "denied",
            "cancelado",
            "cancelada",
            "rechazado",
            "rechazada",
            "ملغى",
            "مرفوض",
        ],
    ),
];

/// What ways are called elsewhere.
const CHANNELS: &[(Source, &[&str])] = &[
    (Source::Web, &["website", "online", "internet", "web form"]),
    (Source::App, &["mobile app", "mobile", "iphone", "android", "ios", "self service"]),
    (Source::Call, &["phone", "telephone", "voicemail", "walk in", "telefono", "llamada", "هاتف"]),
    (Source::Mail, &["email", "e-mail", "letter", "correo", "carta", "بريد"]),
    (Source::Agency, &["staff", "crew", "internal", "inspector", "driver self report"]),
    (Source::Open311, &["open 311"]),
    (Source::Import, &["unknown", "other"]),
];

/// The time zone of a mapping, or the town's.
pub(super) fn zone(town: &Town, mapping: &Mapping) -> Result<TimeZone, MappingError> {
    match &mapping.zone {
        None => Ok(town.settings().zone.clone()),
        Some(zone) => TimeZone::get(zone).map_err(|_| MappingError::Zone(zone.clone())),
    }
}

/// Meanings of the values of each field, as the mapping says.
pub(super) type Meanings = BTreeMap<&'static str, (BTreeMap<String, String>, Lexicon)>;
