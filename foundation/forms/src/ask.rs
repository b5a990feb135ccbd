//! Questions as pages show them, and what was sent for them.

use crate::{
    answers::{Answers, QUESTIONS, shown},
    shape::{Field, FormPage, Kind},
};
use serde_json::Value;
use web::{Town, Visit, forms::Submission, parts::Choice};

/// A question as the page shows it.
pub struct Question {
    /// The id and name of its field.
    pub id: &'static str,
    /// How it is drawn: `field`, `area`, `radios`, `menu`, `several`, `upload` or `calculated`.
    pub kind: &'static str,
    /// The question.
    pub label: String,
    /// A line that helps.
    pub hint: String,
    /// What stands in the field.
    pub value: String,
    /// What can be chosen.
    pub choices: Vec<Choice>,
    /// The files that are kept, with their names.
    pub files: Vec<(String, String)>,
    /// Whether it must be answered.
    pub required: bool,
    /// The type of the input.
    pub input: &'static str,
    /// What browsers may fill in.
    pub autocomplete: &'static str,
}

/// The questions of a page with what was just typed, else what is kept. `file_names` are ids of kept files with their names.
pub fn questions(
    town: &Town,
    visit: &Visit,
    page: &FormPage,
    answers: &Answers,
    typed: Option<&Submission>,
    file_names: &[(String, String)],
) -> Vec<Question> {
    let fields = page.fields.iter().zip(QUESTIONS);
    let asked = fields.filter(|(field, _)| field.kind != Kind::Calculated || page.repeat == 0);
    asked
        .map(|(field, id)| {
            question(town, visit, field, id, typed_or_kept(typed, id, page, field, answers), file_names, answers)
        })
        .collect()
}

/// Whether one question is its page: the heading says it, and its label is for those who hear the page.
pub fn is_single(page: &FormPage) -> bool {
    page.fields.len() == 1 && page.repeat == 0 && page.fields[0].label == page.title
}

/// What was sent, by question: under `q1`, `q2`, …, or by programs under the name of the question.
pub fn texts(page: &FormPage, form: &Submission) -> Vec<Vec<String>> {
    let texts = |(field, id): (&Field, &'static str)| {
        let sent: Vec<String> = form.all(id).map(str::to_owned).collect();
        if sent.is_empty() { form.all(&field.name).map(str::to_owned).collect() } else { sent }
    };
    page.fields.iter().zip(QUESTIONS).map(texts).collect()
}

/// The entries of a page that is filled in several times, in a line each.
pub fn entries(town: &Town, visit: &Visit, page: &FormPage, answers: &Answers) -> Vec<String> {
    let all = answers.0.get(&page.id).and_then(Value::as_array).filter(|_| page.repeat > 0);
    let line = |entry: &Value| {
        let parts = page.fields.iter().filter_map(|field| Some(shown(field, entry.get(&field.name)?, &visit.t, town)));
        parts.collect::<Vec<_>>().join(", ")
    };
    all.into_iter().flatten().map(line).collect()
}

/// What a question shows as answered: what was just typed, else what is kept.
fn typed_or_kept(
    typed: Option<&Submission>,
    id: &str,
    page: &FormPage,
    field: &Field,
    answers: &Answers,
) -> Vec<String> {
    if let Some(form) = typed {
        return form.all(id).map(str::to_owned).collect();
    }
    if page.repeat > 0 {
        return Vec::new();
    }
    match answers.0.get(&field.name) {
        None => Vec::new(),
        Some(Value::Bool(yes)) => vec![if *yes { "yes" } else { "no" }.to_owned()],
        Some(Value::Array(values)) => values.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
        Some(Value::String(text)) => vec![text.clone()],
        Some(Value::Number(number)) if matches!(field.kind, Kind::Money | Kind::Calculated) => {
            let cents = number.as_i64().unwrap_or_default();
            vec![if cents % 100 == 0 {
                (cents / 100).to_string()
            } else {
                format!("{}.{:02}", cents / 100, cents % 100)
            }]
        }
        Some(other) => vec![other.to_string()],
    }
}

fn question(
    town: &Town,
    visit: &Visit,
    field: &Field,
    id: &'static str,
    values: Vec<String>,
    file_names: &[(String, String)],
    answers: &Answers,
) -> Question {
    let (t, language) = (&visit.t, visit.t.language());
    let choice =
        |value: String, label: String| Choice { chosen: values.contains(&value), value, label, detail: String::new() };
    let choices: Vec<Choice> = match field.kind {
        Kind::YesNo => {
            ["yes", "no"].map(|word| choice(word.to_owned(), t.say(&format!("form-{word}")).to_owned())).to_vec()
        }
        Kind::Choice | Kind::Several => field
            .choices
            .iter()
            .map(|one| choice(one.value.clone(), one.label.in_language(language).to_owned()))
            .collect(),
        Kind::District => {
            let none = Choice {
                value: String::new(),
                label: t.say("form-choose").to_owned(),
                detail: String::new(),
                chosen: values.is_empty(),
            };
            std::iter::once(none)
                .chain(town.part::<places::Districts>().all().into_iter().map(|(code, name)| choice(code, name)))
                .collect()
        }
        _ => Vec::new(),
    };
    let currency = town.settings().currency.to_string();
    let hint = field.hint.as_ref().map(|hint| hint.in_language(language).to_owned()).unwrap_or_default();
    let hint = match field.kind {
        Kind::Number if hint.is_empty() => crate::design::bounds_in_words(None, field, t),
        Kind::Money if hint.is_empty() => t.with1("form-hint-money", "currency", currency),
        Kind::Upload if hint.is_empty() => t.say("form-hint-upload").to_owned(),
        Kind::Signature if hint.is_empty() => t.say("form-hint-signature").to_owned(),
        _ => hint,
    };
    let (input, autocomplete) = match field.kind {
        Kind::Number => ("number", "off"),
        Kind::Date => ("date", "off"),
        Kind::Email => ("email", "email"),
        Kind::Phone => ("tel", "tel"),
        Kind::Signature => ("text", "name"),
        _ => ("text", "off"),
    };
    let value = match (field.kind, answers.0.get(&field.name)) {
        (Kind::Calculated, Some(value)) => shown(field, value, t, town),
        (Kind::Calculated, None) => String::new(),
        _ => values.first().cloned().unwrap_or_default(),
    };
    let files = values.iter().map(|id| {
        (id.clone(), file_names.iter().find(|(of, _)| of == id).map_or_else(String::new, |(_, name)| name.clone()))
    });
    Question {
        id,
        kind: match field.kind {
            Kind::LongText | Kind::Address => "area",
            Kind::YesNo | Kind::Choice => "radios",
            Kind::Several => "several",
            Kind::District => "menu",
            Kind::Upload => "upload",
            Kind::Calculated => "calculated",
            _ => "field",
        },
        label: field.label.in_language(language).to_owned(),
        hint,
        files: if field.kind == Kind::Upload { files.collect() } else { Vec::new() },
        value,
        choices,
        required: field.required,
        input,
        autocomplete,
    }
}
