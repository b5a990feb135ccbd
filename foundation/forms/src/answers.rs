//! What was answered: read question by question, kept as JSON that fits the form's schema.

use super::{
    bounds::{broken, written},
    calculate::calculate,
    shape::{Condition, Field, Form, FormPage, Kind},
};
use civic::Language;
use jiff::civil::Date;
use people::EmailAddress;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use web::{Refusal, Sayings, dates, money::read_amount};

/// Characters of a line.
const LINE_LIMIT: usize = 300;
/// Characters of a longer text.
const TEXT_LIMIT: usize = 4_000;
/// The largest number that can be answered.
const NUMBER_LIMIT: f64 = 1e9;
/// The fields of a page as its HTML form names them, in order: as many as a page may have questions.
pub const QUESTIONS: [&str; 20] = [
    "q1", "q2", "q3", "q4", "q5", "q6", "q7", "q8", "q9", "q10", "q11", "q12", "q13", "q14", "q15", "q16", "q17",
    "q18", "q19", "q20",
];

/// The answers by name of their question; those of a page that is filled in several times as a list under the page's name.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Answers(pub BTreeMap<String, Value>);

/// What is known besides the form when an answer is read.
pub struct Given<'g> {
    /// What was sent for a question: its place on the page, and the question.
    pub texts: &'g dyn Fn(usize, &Field) -> Vec<String>,
    /// The codes of the districts.
    pub districts: &'g [String],
    /// The language in which refusals name questions.
    pub language: Language,
    /// Whether questions may stay open: while somebody types.
    pub is_typing: bool,
}

/// A question that is not answered, or not so that it counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The page.
    pub page: String,
    /// The question.
    pub field: String,
}

/// Whether a page is shown, given the answers so far.
pub fn is_visible(page: &FormPage, answers: &Answers) -> bool {
    page.show_if.as_ref().is_none_or(|condition| holds(condition, answers))
}

fn holds(condition: &Condition, answers: &Answers) -> bool {
    match answers.0.get(&condition.field) {
        Some(Value::Bool(value)) => condition.is == if *value { "yes" } else { "no" },
        Some(Value::String(value)) => *value == condition.is,
        Some(Value::Array(values)) => values.iter().any(|value| value.as_str() == Some(&condition.is)),
        _ => false,
    }
}

/// The pages that are shown. What hangs on a page that is hidden itself is hidden too.
pub fn visible_pages<'f>(form: &'f Form, answers: &Answers) -> Vec<&'f FormPage> {
    let mut shown: Vec<&FormPage> = Vec::new();
    for page in &form.pages {
        let reached = page.show_if.as_ref().is_none_or(|condition| {
            shown.iter().any(|before| before.fields.iter().any(|field| field.name == condition.field))
        });
        if reached && is_visible(page, answers) {
            shown.push(page);
        }
    }
    shown
}

/// Reads the answers of one page.
///
/// # Errors
/// One refusal for each question to put right, at the field of its place.
pub fn read_page(
    form: &Form,
    page: &FormPage,
    answers: &Answers,
    given: &Given<'_>,
) -> Result<Map<String, Value>, Vec<Refusal>> {
    let (mut read, mut refusals) = (Map::new(), Vec::new());
    for (place, field) in page.fields.iter().enumerate() {
        let refused = |code: &'static str| {
            refusal(code, form, field, given.language).at(QUESTIONS[place.min(QUESTIONS.len() - 1)])
        };
        match answer(form, field, answers, (given.texts)(place, field), given) {
            Ok(Some(value)) => {
                read.insert(field.name.clone(), value);
            }
            Ok(None) if field.required && !given.is_typing && field.kind != Kind::Calculated => {
                refusals.push(refused("answer-missing"));
            }
            Ok(None) => {}
            Err(_) if given.is_typing => {}
            Err(code) => refusals.push(refused(code)),
        }
    }
    if refusals.is_empty() { Ok(read) } else { Err(refusals) }
}

/// Why an answer to this question does not count.
fn refusal(code: &'static str, form: &Form, field: &Field, language: Language) -> Refusal {
    let refusal = Refusal::new(code).with("question", field.label.in_language(language));
    let bound = |bound: Option<i64>| bound.map(written).unwrap_or_default();
    let other = form.field(&field.bounds.at_most).map(|(_, other)| other.label.in_language(language));
    match code {
        "answer-least" => refusal.with("least", bound(field.bounds.least)),
        "answer-most" => refusal.with("most", bound(field.bounds.most)),
        "answer-at-most" => refusal.with("other", other.unwrap_or_default()),
        _ => refusal,
    }
}

/// Reads one answer outside of its page, as the page would; `None` where nothing was written.
///
/// # Errors
/// Why it does not count, in a sentence that names the question.
pub fn read_one(
    form: &Form,
    field: &Field,
    text: &str,
    answers: &Answers,
    given: &Given<'_>,
) -> Result<Option<Value>, Refusal> {
    answer(form, field, answers, vec![text.to_owned()], given)
        .map_err(|code| refusal(code, form, field, given.language))
}

fn answer(
    form: &Form,
    field: &Field,
    answers: &Answers,
    texts: Vec<String>,
    given: &Given<'_>,
) -> Result<Option<Value>, &'static str> {
    match field.kind {
        Kind::Calculated => return Ok(calculate(&field.formula, form, answers).map(Value::from)),
        // Files are kept when they come; here is only which they are.
        Kind::Upload => {
            let kept = answers.0.get(&field.name).and_then(Value::as_array).filter(|files| !files.is_empty());
            return Ok(kept.cloned().map(Value::Array));
        }
        Kind::Several => {
            let known = |text: &String| field.choices.iter().any(|choice| choice.value == *text);
            let mut chosen: Vec<&String> = texts.iter().filter(|text| !text.is_empty()).collect();
            chosen.sort();
            chosen.dedup();
            return match chosen.iter().all(|text| known(text)) {
                _ if chosen.is_empty() => Ok(None),
                true => Ok(Some(json!(chosen))),
                false => Err("answer-choice"),
            };
        }
        _ => {}
    }
    let Some(text) = texts.into_iter().map(|text| text.trim().to_owned()).find(|text| !text.is_empty()) else {
        return Ok(None);
    };
    let value = single(field, text, given)?;
    broken(form, field, &value, answers).map_or(Ok(Some(value)), Err)
}

fn single(field: &Field, text: String, given: &Given<'_>) -> Result<Value, &'static str> {
    let limit = if matches!(field.kind, Kind::LongText | Kind::Address) { TEXT_LIMIT } else { LINE_LIMIT };
    if text.chars().count() > limit {
        return Err("answer-long");
    }
    match field.kind {
        Kind::Number => number(&text).ok_or("answer-number"),
        Kind::Money => read_amount(&text).map(Value::from).map_err(|_| "answer-money"),
        Kind::Date => text.parse::<Date>().map(|date| json!(date.to_string())).map_err(|_| "answer-date"),
        Kind::YesNo => match text.as_str() {
            "yes" | "true" => Ok(json!(true)),
            "no" | "false" => Ok(json!(false)),
            _ => Err("answer-choice"),
        },
        Kind::Choice if !field.choices.iter().any(|choice| choice.value == text) => Err("answer-choice"),
        Kind::District if !given.districts.is_empty() && !given.districts.contains(&text) => Err("answer-choice"),
        Kind::Email => text.parse::<EmailAddress>().map(|email| json!(email.as_str())).map_err(|_| "answer-email"),
        Kind::Phone if !is_phone(&text) => Err("answer-phone"),
        Kind::Signature if !text.contains(char::is_alphabetic) => Err("answer-signature"),
        _ => Ok(json!(text)),
    }
}

/// A plain number with at most two places, in either way of writing it.
pub(crate) fn number(text: &str) -> Option<Value> {
    let plain = text.replace(',', ".");
    let places = plain.split_once('.').map_or(0, |(_, places)| places.len());
    let is_plain = plain.bytes().enumerate().all(|(at, b)| b.is_ascii_digit() || b == b'.' || (at == 0 && b == b'-'));
    let value = plain.parse::<f64>().ok().filter(|value| is_plain && places <= 2 && value.abs() <= NUMBER_LIMIT)?;
    #[expect(clippy::cast_possible_truncation, reason = "whole and within the limit")]
    if value.fract() == 0.0 { Some(json!(value as i64)) } else { Some(json!(value)) }
}

fn is_phone(text: &str) -> bool {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    (5..=17).contains(&digits) && text.chars().all(|c| c.is_ascii_digit() || " +-/().".contains(c))
}

/// Questions on shown pages that must be answered and are not, or whose answer no longer is within its bounds.
pub fn missing(form: &Form, answers: &Answers) -> Vec<Problem> {
    let mut problems = Vec::new();
    for page in visible_pages(form, answers) {
        let entries = answers.0.get(&page.id).and_then(Value::as_array).filter(|_| page.repeat > 0);
        let open = |field: &&Field| {
            let given: Vec<&Value> = match entries {
                Some(entries) => entries.iter().filter_map(|entry| entry.get(&field.name)).collect(),
                None if page.repeat > 0 => Vec::new(),
                None => answers.0.get(&field.name).into_iter().collect(),
            };
            let is_open = if page.repeat > 0 { entries.is_none_or(Vec::is_empty) } else { given.is_empty() };
            let is_missing = field.required && field.kind != Kind::Calculated && is_open;
            is_missing || given.iter().any(|value| broken(form, field, value, answers).is_some())
        };
        let open = page.fields.iter().filter(open);
        problems.extend(open.map(|field| Problem { page: page.id.clone(), field: field.name.clone() }));
    }
    problems
}

impl Answers {
    /// Takes the answers of one page in; of a page that is filled in several times one more entry.
    pub fn take(&mut self, page: &FormPage, read: Map<String, Value>) {
        if page.repeat > 0 {
            let entries = self.0.entry(page.id.clone()).or_insert_with(|| json!([]));
            if let Some(entries) = entries.as_array_mut() {
                entries.push(Value::Object(read));
            }
            return;
        }
        for field in &page.fields {
            match read.get(&field.name) {
                Some(value) => self.0.insert(field.name.clone(), value.clone()),
                None => self.0.remove(&field.name),
            };
        }
    }

    /// Takes out what was answered on pages that are not shown, and works out amounts anew.
    pub fn settled(mut self, form: &Form) -> Self {
        let shown: Vec<String> = visible_pages(form, &self).iter().map(|page| page.id.clone()).collect();
        for page in &form.pages {
            if !shown.contains(&page.id) {
                self.0.remove(&page.id);
                page.fields.iter().for_each(|field| {
                    self.0.remove(&field.name);
                });
                continue;
            }
            for field in page.fields.iter().filter(|field| field.kind == Kind::Calculated && page.repeat == 0) {
                match calculate(&field.formula, form, &self) {
                    Some(value) => self.0.insert(field.name.clone(), json!(value)),
                    None => self.0.remove(&field.name),
                };
            }
        }
        self
    }
}

/// An answer as people read it.
pub fn shown(field: &Field, value: &Value, t: &Sayings, town: &web::Town) -> String {
    let language = t.language();
    let label = |value: &str| {
        let choice = field.choices.iter().find(|choice| choice.value == value);
        choice.map_or(value.to_owned(), |choice| choice.label.in_language(language).to_owned())
    };
    match (field.kind, value) {
        (Kind::Money | Kind::Calculated, Value::Number(cents)) => {
            let amount_cents = cents.as_i64().unwrap_or_default();
            web::money::money(civic::Money { amount_cents, currency: town.settings().currency }, language)
        }
        (_, Value::Bool(yes)) => t.say(if *yes { "form-yes" } else { "form-no" }).to_owned(),
        (Kind::Number, value) => match value.as_i64() {
            Some(whole) => dates::number(whole, language),
            None => dates::decimal(value.as_f64().unwrap_or_default(), 2, language),
        },
        (Kind::Date, Value::String(day)) => day
            .parse::<Date>()
            .ok()
            .and_then(|day| day.to_zoned(town.settings().zone.clone()).ok())
            .map_or(day.clone(), |day| dates::date(day.timestamp().into(), &town.settings().zone, language)),
        (Kind::District, Value::String(code)) => {
            town.part::<places::Districts>().name(code).unwrap_or_else(|| code.clone())
        }
        (Kind::Upload, Value::Array(files)) => t.with1("form-files", "count", files.len()),
        (_, Value::Array(values)) => values.iter().filter_map(Value::as_str).map(label).collect::<Vec<_>>().join(", "),
        (_, Value::String(text)) => label(text),
        (_, other) => other.to_string(),
    }
}
