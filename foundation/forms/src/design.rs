//! The designer: questions are added, moved and taken out one by one, without code.

use crate::shape::{Choice, Condition, Field, Form, FormPage, Kind};
use civic::{Language, LocalText};
use std::collections::BTreeMap;
use web::locals::{LocalFields, local, local_fields};
use web::{Refusal, Town, Visit, forms::Submission, parts};

/// A question of the form.
pub struct FieldLine {
    /// Its name.
    pub name: String,
    /// The question.
    pub label: String,
    /// The kind of answer.
    pub kind: String,
    /// What can be chosen, or the formula.
    pub detail: String,
}

/// A page of the form.
pub struct PageLine {
    /// Its name.
    pub id: String,
    /// Its heading.
    pub title: String,
    /// When it is shown, and how often.
    pub note: String,
    /// Its questions.
    pub fields: Vec<FieldLine>,
    /// Whether it is the first.
    pub is_first: bool,
    /// Whether it is the last.
    pub is_last: bool,
}

/// What the macro `form_designer.html` shows.
pub struct Designer {
    /// Where it sends what is changed.
    pub action: String,
    /// The version it was made from.
    pub version: i64,
    /// The pages so far.
    pub pages: Vec<PageLine>,
    /// Kinds of answers.
    pub kinds: Vec<parts::Choice>,
    /// Pages on which a question can be put.
    pub on: Vec<parts::Choice>,
    /// Answers on which a page can hang.
    pub conditions: Vec<parts::Choice>,
    /// The question.
    pub labels: LocalFields,
    /// Its hint.
    pub hints: LocalFields,
    /// The heading of its page.
    pub titles: LocalFields,
    /// Answers to choose from, one a line.
    pub choices: String,
    /// How an amount is worked out.
    pub formula: String,
    /// The name for programs.
    pub own_name: String,
    /// How often the page may be filled in.
    pub repeat: String,
    /// Whether it must be answered.
    pub required: bool,
    /// The form as JSON Schema.
    pub schema: String,
}

/// The designer of a form with what was typed into it. Only kinds of answers in `kinds` are offered; `schema` is the form's own.
pub fn designer(
    town: &Town,
    visit: &Visit,
    form: &Form,
    kinds: &[Kind],
    at: (String, i64),
    schema: String,
    typed: Option<&Submission>,
) -> Designer {
    let t = &visit.t;
    let language = t.language();
    let was = |name: &str| typed.and_then(|form| form.text(name)).unwrap_or_default().to_owned();
    let choice = |value: String, label: String, name: &str| parts::Choice {
        chosen: was(name) == value,
        value,
        label,
        detail: String::new(),
    };
    let kinds = kinds
        .iter()
        .map(|kind| choice(kind.word().to_owned(), t.say(&format!("form-kind-{}", kind.word())).to_owned(), "kind"));
    let title_of = |page: &FormPage| page.title.in_language(language).to_owned();
    let new_page = choice(String::new(), t.say("form-edit-new-page").to_owned(), "on");
    let on = form.pages.iter().map(|page| choice(page.id.clone(), title_of(page), "on"));
    let always = choice(String::new(), t.say("form-edit-always").to_owned(), "show-if");
    let conditions =
        conditions(form, language, visit).into_iter().map(|(value, label)| choice(value, label, "show-if"));
    let texts = |name: &str| {
        let hint = format!("form-text-{name}-hint");
        let hint = if t.has(&hint) { t.say(&hint) } else { "" };
        let text = typed.and_then(|form| local(form, name));
        local_fields(town, name, t.say(&format!("form-text-{name}")), hint, 1, text.as_ref())
    };
    Designer {
        action: at.0,
        version: at.1,
        pages: page_lines(visit, form),
        kinds: kinds.collect(),
        on: std::iter::once(new_page).chain(on).collect(),
        conditions: std::iter::once(always).chain(conditions).collect(),
        labels: texts("label"),
        hints: texts("hint"),
        titles: texts("page-title"),
        choices: was("choices"),
        formula: was("formula"),
        own_name: was("name"),
        repeat: was("repeat"),
        required: typed.is_none_or(|form| form.is_ticked("required")),
        schema: typed.and_then(|form| form.raw("schema")).map_or(schema, str::to_owned),
    }
}

/// What a page can hang on: every answer of every question with a choice, as `field=value`.
fn conditions(form: &Form, language: Language, visit: &Visit) -> Vec<(String, String)> {
    let mut all = Vec::new();
    for (_, field) in form.fields().filter(|(page, _)| page.repeat == 0) {
        let label = field.label.in_language(language);
        match field.kind {
            Kind::YesNo => {
                for word in ["yes", "no"] {
                    all.push((
                        format!("{}={word}", field.name),
                        format!("{label} {}", visit.t.say(&format!("form-{word}"))),
                    ));
                }
            }
            Kind::Choice | Kind::Several => {
                for choice in &field.choices {
                    all.push((
                        format!("{}={}", field.name, choice.value),
                        format!("{label} {}", choice.label.in_language(language)),
                    ));
                }
            }
            _ => {}
        }
    }
    all
}

fn page_lines(visit: &Visit, form: &Form) -> Vec<PageLine> {
    let t = &visit.t;
    let language = t.language();
    let last = form.pages.len().saturating_sub(1);
    let field = |field: &Field| FieldLine {
        name: field.name.clone(),
        label: field.label.in_language(language).to_owned(),
        kind: t.say(&format!("form-kind-{}", field.kind.word())).to_owned(),
        detail: match field.kind {
            Kind::Calculated => field.formula.clone(),
            _ => field.choices.iter().map(|choice| choice.label.in_language(language)).collect::<Vec<_>>().join(" · "),
        },
    };
    let page = |(at, page): (usize, &FormPage)| {
        let mut notes = Vec::new();
        if let Some(condition) = &page.show_if {
            notes.push(t.with2("form-edit-only-if", "field", condition.field.as_str(), "is", condition.is.as_str()));
        }
        if page.repeat > 0 {
            notes.push(t.with1("form-edit-times", "most", i64::from(page.repeat)));
        }
        PageLine {
            id: page.id.clone(),
            title: page.title.in_language(language).to_owned(),
            note: notes.join(" "),
            fields: page.fields.iter().map(field).collect(),
            is_first: at == 0,
            is_last: at == last,
        }
    };
    form.pages.iter().enumerate().map(page).collect()
}

/// The form after what was asked: `act` is `add`, `up`, `down`, `remove` or `schema`.
///
/// # Errors
/// Everything to put right.
pub fn changed(before: &Form, sent: &Submission) -> Result<Form, Vec<Refusal>> {
    let mut form = before.clone();
    match sent.text("act").unwrap_or("add") {
        "schema" => {
            return crate::schema::read(sent.raw("schema").unwrap_or_default()).map_err(|refusal| vec![refusal]);
        }
        "add" => add(&mut form, sent)?,
        act => {
            let target = sent.text("target").unwrap_or_default();
            let at = form.pages.iter().position(|page| page.id == target);
            match (act, at) {
                ("up", Some(at)) if at > 0 => form.pages.swap(at, at - 1),
                ("down", Some(at)) if at + 1 < form.pages.len() => form.pages.swap(at, at + 1),
                ("remove", _) => {
                    form.pages.iter_mut().for_each(|page| page.fields.retain(|field| field.name != target));
                    form.pages.retain(|page| !page.fields.is_empty());
                }
                _ => {}
            }
        }
    }
    Ok(form)
}

fn add(form: &mut Form, sent: &Submission) -> Result<(), Vec<Refusal>> {
    let kind = sent.text("kind").and_then(Kind::of_word);
    let (Some(kind), Some(label)) = (kind, local(sent, "label")) else {
        return Err(vec![Refusal::new("form-label").at("label-en")]);
    };
    let name = match sent.text("name") {
        Some(name) => name.to_owned(),
        None => free_name(form, label.in_language(Language::En)),
    };
    let choices = if matches!(kind, Kind::Choice | Kind::Several) {
        choices(sent.text("choices").unwrap_or_default())
    } else {
        Vec::new()
    };
    let formula =
        if kind == Kind::Calculated { sent.text("formula").unwrap_or_default().to_owned() } else { String::new() };
    let required = kind != Kind::Calculated && sent.is_ticked("required");
    let field =
        Field { name: name.clone(), kind, label: label.clone(), hint: local(sent, "hint"), required, choices, formula };
    if let Some(page) = sent.text("on").and_then(|on| form.pages.iter_mut().find(|page| page.id == on)) {
        page.fields.push(field);
        return Ok(());
    }
    let condition = sent.text("show-if").and_then(|text| text.split_once('='));
    form.pages.push(FormPage {
        id: free_name(form, &format!("page_{name}")),
        title: local(sent, "page-title").unwrap_or(label),
        hint: None,
        show_if: condition.map(|(field, is)| Condition { field: field.to_owned(), is: is.to_owned() }),
        repeat: sent.text("repeat").and_then(|text| text.parse().ok()).unwrap_or(0),
        fields: vec![field],
    });
    Ok(())
}

/// A name from words, not yet used: `Where do you live?` is `where_do_you_live`.
fn free_name(form: &Form, words: &str) -> String {
    let folded = likeness::fold(words);
    let parts = folded.split(|c: char| !c.is_ascii_alphanumeric()).filter(|part| !part.is_empty());
    let mut name: String = parts.collect::<Vec<_>>().join("_").chars().take(30).collect();
    if !name.starts_with(|c: char| c.is_ascii_lowercase()) {
        name = format!("q_{name}");
    }
    let is_used = |name: &str| form.page(name).is_some() || form.field(name).is_some();
    let plain = name.trim_end_matches('_').to_owned();
    let mut found = plain.clone();
    let mut number = 2;
    while is_used(&found) {
        found = format!("{plain}_{number}");
        number += 1;
    }
    found
}

/// One choice a line: `value = English | Español | العربية`, or only the words.
fn choices(text: &str) -> Vec<Choice> {
    let line = |line: &str| {
        let (value, words) = line.split_once('=').unwrap_or((line.split('|').next().unwrap_or(line), line));
        let texts: BTreeMap<Language, String> = Language::ALL
            .into_iter()
            .zip(words.split('|').map(str::trim))
            .filter(|(_, words)| !words.is_empty())
            .map(|(language, words)| (language, words.to_owned()))
            .collect();
        let value: String =
            likeness::fold(value.trim()).split_whitespace().collect::<Vec<_>>().join("-").chars().take(40).collect();
        Some(Choice { value, label: LocalText::try_from(texts).ok()? })
    };
    text.lines().map(str::trim).filter(|one| !one.is_empty()).filter_map(line).collect()
}
