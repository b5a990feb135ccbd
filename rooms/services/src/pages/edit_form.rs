//! Officers design a form: questions are added, moved and taken out one by one, without code.

use super::{
    keep::{LocalFields, local, local_fields, own_service, seen_version},
    with_status,
};
use crate::{
    commands,
    form::{self, Choice as Offered, Condition, Field, Form, FormPage, Kind},
    model::{Definition, Service},
};
use axum::{extract::State, http::StatusCode};
use civic::{Language, LocalText};
use std::collections::BTreeMap;
use web::{
    Answer, Frame, Refusal, Stop, Town, Visit,
    answer::{page_with, see_other_saying},
    forms::{FormErrors, Submission},
    parts::{Choice, Crumb},
    visit::Path,
};

struct FieldLine {
    name: String,
    label: String,
    kind: String,
    detail: String,
}

struct PageLine {
    id: String,
    title: String,
    note: String,
    fields: Vec<FieldLine>,
    is_first: bool,
    is_last: bool,
}

#[derive(askama::Template)]
#[template(path = "service_form.html")]
struct FormEditor {
    frame: Frame,
    errors: FormErrors,
    crumbs: Vec<Crumb>,
    code: String,
    version: i64,
    pages: Vec<PageLine>,
    kinds: Vec<Choice>,
    on: Vec<Choice>,
    conditions: Vec<Choice>,
    labels: LocalFields,
    hints: LocalFields,
    titles: LocalFields,
    choices: String,
    formula: String,
    own_name: String,
    repeat: String,
    required: bool,
    schema: String,
}

/// GET /admin/services/{code}/form
pub async fn edit(State(town): State<Town>, visit: Visit, Path(code): Path<String>) -> Answer {
    let service = own_service(&town, &visit, code).await?;
    render(&town, &visit, &service, FormErrors::default(), None)
}

fn render(town: &Town, visit: &Visit, service: &Service, errors: FormErrors, typed: Option<&Submission>) -> Answer {
    let t = &visit.t;
    let language = t.language();
    let form = &service.draft.form;
    let was = |name: &str| typed.and_then(|form| form.text(name)).unwrap_or_default().to_owned();
    let choice = |value: String, label: String, name: &str| Choice {
        chosen: was(name) == value,
        value,
        label,
        detail: String::new(),
    };
    let kinds = Kind::ALL
        .iter()
        .map(|kind| choice(kind.word().to_owned(), t.say(&format!("sv-kind-{}", kind.word())).to_owned(), "kind"));
    let title_of = |page: &FormPage| page.title.in_language(language).to_owned();
    let new_page = choice(String::new(), t.say("sv-form-new-page").to_owned(), "on");
    let on = form.pages.iter().map(|page| choice(page.id.clone(), title_of(page), "on"));
    let always = choice(String::new(), t.say("sv-form-always").to_owned(), "show-if");
    let conditions =
        conditions(form, language, visit).into_iter().map(|(value, label)| choice(value, label, "show-if"));
    let id = town.url(&format!("/services/{}/schema", service.code));
    let schema = serde_json::to_string_pretty(&form::write(form, &id, &service.draft.title)).map_err(Stop::fault)?;
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    page_with(
        status,
        &FormEditor {
            frame: Frame::new(town, visit, t.say("sv-keep-form")),
            errors,
            crumbs: vec![
                Crumb { href: "/admin/services".to_owned(), label: t.say("sv-keep-title").to_owned() },
                Crumb {
                    href: format!("/admin/services/{}", service.code),
                    label: service.draft.title.in_language(language).to_owned(),
                },
                Crumb { href: String::new(), label: t.say("sv-keep-form").to_owned() },
            ],
            code: service.code.clone(),
            version: service.version,
            pages: page_lines(visit, form),
            kinds: kinds.collect(),
            on: std::iter::once(new_page).chain(on).collect(),
            conditions: std::iter::once(always).chain(conditions).collect(),
            labels: local_fields(town, visit, "label", 1, typed.and_then(|form| local(form, "label")).as_ref()),
            hints: local_fields(town, visit, "hint", 1, typed.and_then(|form| local(form, "hint")).as_ref()),
            titles: local_fields(
                town,
                visit,
                "page-title",
                1,
                typed.and_then(|form| local(form, "page-title")).as_ref(),
            ),
            choices: was("choices"),
            formula: was("formula"),
            own_name: was("name"),
            repeat: was("repeat"),
            required: typed.is_none_or(|form| form.is_ticked("required")),
            schema: typed.and_then(|form| form.raw("schema")).map_or(schema, str::to_owned),
        },
    )
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
                        format!("{label} {}", visit.t.say(&format!("sv-{word}"))),
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
        kind: t.say(&format!("sv-kind-{}", field.kind.word())).to_owned(),
        detail: match field.kind {
            Kind::Calculated => field.formula.clone(),
            _ => field.choices.iter().map(|choice| choice.label.in_language(language)).collect::<Vec<_>>().join(" · "),
        },
    };
    let page = |(at, page): (usize, &FormPage)| {
        let mut notes = Vec::new();
        if let Some(condition) = &page.show_if {
            notes.push(t.with2("sv-form-only-if", "field", condition.field.as_str(), "is", condition.is.as_str()));
        }
        if page.repeat > 0 {
            notes.push(t.with1("sv-form-times", "most", i64::from(page.repeat)));
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

/// POST /admin/services/{code}/form
pub async fn change(State(town): State<Town>, visit: Visit, Path(code): Path<String>, sent: Submission) -> Answer {
    let service = own_service(&town, &visit, code.clone()).await?;
    let changed = changed(&service.draft.form, &sent);
    let saved = match changed {
        Ok(form) => {
            let draft = Definition { form, ..service.draft.clone() };
            commands::save(&town, visit.actor.clone(), code.clone(), seen_version(&sent), draft).await
        }
        Err(refusals) => Err(Stop::Refused(refusals)),
    };
    match saved {
        Ok(_) => see_other_saying(&format!("/admin/services/{code}/form"), "sv-flash-saved"),
        Err(Stop::Refused(refusals)) => {
            with_status(render(&town, &visit, &service, FormErrors::of(&refusals, &visit.t), Some(&sent)), &refusals)
        }
        Err(other) => Err(other),
    }
}

/// The form after what was asked.
fn changed(before: &Form, sent: &Submission) -> Result<Form, Vec<Refusal>> {
    let mut form = before.clone();
    match sent.text("act").unwrap_or("add") {
        "schema" => return form::read(sent.raw("schema").unwrap_or_default()).map_err(|refusal| vec![refusal]),
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
fn choices(text: &str) -> Vec<Offered> {
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
        Some(Offered { value, label: LocalText::try_from(texts).ok()? })
    };
    text.lines().map(str::trim).filter(|one| !one.is_empty()).filter_map(line).collect()
}
