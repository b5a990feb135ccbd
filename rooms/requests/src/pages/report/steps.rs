//! The pages between the first and the last.

use super::draft::Stage;
use crate::{
    category::{Attribute, Datatype},
    room::Books,
    store::Draft,
    views::Eyes,
};
use axum::http::StatusCode;
use places::Districts;
use std::collections::BTreeMap;
use web::{
    Answer, Frame, Town, Visit,
    answer::page_with,
    forms::FormErrors,
    parts::{CheckLine, Choice},
};

/// One of the category's questions, as the form shows it.
pub(in crate::pages) struct Question {
    pub name: String,
    pub label: String,
    pub kind: &'static str,
    pub required: bool,
    pub value: String,
    pub choices: Vec<Choice>,
}

impl Question {
    /// The id of its field; the error summary leads to that of the first.
    pub fn id(&self, first: &bool) -> String {
        if *first { "attribute".to_owned() } else { self.name.replace(['[', ']'], "-") }
    }
}

/// What all pages of a report show.
struct Shell {
    errors: FormErrors,
    key: String,
    number: String,
    category: String,
    back: String,
    /// What other pages asked, sent along: without a network the device keeps the whole report.
    carried: Vec<(String, String)>,
}

#[derive(askama::Template)]
#[template(path = "report_where.html")]
struct WherePage {
    frame: Frame,
    shell: Shell,
    lat: String,
    long: String,
    address: String,
    districts: Vec<Choice>,
    picture: String,
    zoom: String,
    bounds: String,
}

#[derive(askama::Template)]
#[template(path = "report_what.html")]
struct WhatPage {
    frame: Frame,
    shell: Shell,
    questions: Vec<Question>,
    description: String,
    photo: Option<String>,
}

#[derive(askama::Template)]
#[template(path = "report_contact.html")]
struct ContactPage {
    frame: Frame,
    shell: Shell,
    email: String,
    full_name: String,
    phone: String,
}

#[derive(askama::Template)]
#[template(path = "report_check.html")]
struct CheckPage {
    frame: Frame,
    shell: Shell,
    lines: Vec<CheckLine>,
    photo: Option<String>,
}

/// Shows one of the pages.
pub(super) fn show(
    town: &Town,
    visit: &Visit,
    key: &str,
    stage: Stage,
    draft: &Draft,
    errors: FormErrors,
    status: StatusCode,
) -> Answer {
    let (frame, shell) = shell(town, visit, key, stage, draft, errors);
    let field = |name: &str| draft.fields.get(name).cloned().unwrap_or_default();
    match stage {
        Stage::Where => page_with(status, &where_page(town, visit, (frame, shell), draft)),
        Stage::What => {
            let (questions, photo) = (questions(town, visit, draft), photo(draft, key));
            page_with(status, &WhatPage { frame, shell, questions, description: field("description"), photo })
        }
        Stage::Contact => page_with(
            status,
            &ContactPage { frame, shell, email: field("email"), full_name: field("name"), phone: field("phone") },
        ),
        Stage::Check => {
            let (lines, photo) = (lines(town, visit, draft, key), photo(draft, key));
            page_with(status, &CheckPage { frame, shell, lines, photo })
        }
    }
}

fn shell(town: &Town, visit: &Visit, key: &str, stage: Stage, draft: &Draft, errors: FormErrors) -> (Frame, Shell) {
    let t = &visit.t;
    let title = match stage {
        Stage::Where => "report-where-title",
        Stage::What => "report-what-title",
        Stage::Contact => "report-contact-title",
        Stage::Check => "report-check-title",
    };
    let back = match stage {
        Stage::Where => format!("/report?draft={key}"),
        Stage::What => format!("/report/{key}/where"),
        Stage::Contact => format!("/report/{key}/what"),
        Stage::Check => format!("/report/{key}/contact"),
    };
    let category = draft.fields.get("category").map(String::as_str).unwrap_or_default();
    let shell = Shell {
        errors,
        key: key.to_owned(),
        number: t.with2("report-step", "number", stage.number(), "of", Stage::ALL.len() + 1),
        category: Eyes::new(town, t.language()).category(category).name,
        back,
        carried: carried(draft, stage),
    };
    (Frame::new(town, visit, t.say(title)), shell)
}

fn carried(draft: &Draft, stage: Stage) -> Vec<(String, String)> {
    let mut carried = Vec::new();
    for (name, value) in draft.fields.iter().filter(|(name, _)| !stage.is_asked_here(name)) {
        // Several answers to one question are kept as lines.
        let parts = if name.starts_with("attribute[") { value.split('\n').collect() } else { vec![value.as_str()] };
        carried.extend(parts.into_iter().map(|value| (name.clone(), value.to_owned())));
    }
    carried
}

fn where_page(town: &Town, visit: &Visit, (frame, shell): (Frame, Shell), draft: &Draft) -> WherePage {
    let field = |name: &str| draft.fields.get(name).cloned().unwrap_or_default();
    let districts = town.part::<Districts>();
    let (lat, long) = (field("lat"), field("long"));
    let pin =
        lat.parse().ok().zip(long.parse().ok()).and_then(|(lat, long)| civic::Place::from_degrees(lat, long).ok());
    // Once there is a pin, the picture shows its district larger, so that a second click is exact.
    let zoom = pin.filter(|_| field("whole").is_empty()).and_then(|pin| districts.locate(pin)).unwrap_or_default();
    let picture = if districts.is_empty() {
        String::new()
    } else {
        format!("/districts/pin-map.svg?lat={lat}&long={long}&zoom={zoom}")
    };
    let chosen = field("district");
    WherePage {
        address: field("address"),
        districts: crate::pages::list::choices(visit.t.say("report-no-district"), districts.all(), &chosen),
        bounds: districts.bounds_text(),
        frame,
        shell,
        lat,
        long,
        picture,
        zoom,
    }
}

fn questions(town: &Town, visit: &Visit, draft: &Draft) -> Vec<Question> {
    let code = draft.fields.get("category").map(String::as_str).unwrap_or_default();
    questions_of(town, visit, code, &draft.fields)
}

/// The questions of a category, with what was answered so far.
pub(in crate::pages) fn questions_of(
    town: &Town,
    visit: &Visit,
    category: &str,
    fields: &BTreeMap<String, String>,
) -> Vec<Question> {
    let books = town.part::<Books>().categories();
    let attributes = books.get(category).map(|category| category.definition.attributes.as_slice()).unwrap_or_default();
    attributes.iter().map(|attribute| question(visit, fields, attribute)).collect()
}

fn question(visit: &Visit, fields: &BTreeMap<String, String>, attribute: &Attribute) -> Question {
    let language = visit.t.language();
    let name = format!("attribute[{}]", attribute.code);
    let value = fields.get(&name).cloned().unwrap_or_default();
    let given: Vec<&str> = value.split('\n').collect();
    let choices = attribute.values.iter().map(|choice| Choice {
        value: choice.key.clone(),
        label: choice.name.in_language(language).to_owned(),
        detail: String::new(),
        chosen: given.contains(&choice.key.as_str()),
    });
    Question {
        label: attribute.description.in_language(language).to_owned(),
        kind: match attribute.datatype {
            Datatype::String => "text",
            Datatype::Number => "number",
            Datatype::Datetime => "datetime-local",
            Datatype::Text => "area",
            Datatype::SingleValueList => "radio",
            Datatype::MultiValueList => "checkbox",
        },
        required: attribute.required,
        choices: choices.collect(),
        name,
        value,
    }
}

pub(super) fn photo(draft: &Draft, key: &str) -> Option<String> {
    draft.photo_id.as_ref().map(|id| format!("/files/{id}.jpg?draft={key}"))
}

fn lines(town: &Town, visit: &Visit, draft: &Draft, key: &str) -> Vec<CheckLine> {
    let t = &visit.t;
    let eyes = Eyes::new(town, t.language());
    let field = |name: &str| draft.fields.get(name).cloned().unwrap_or_default();
    let line = |label: &str, value: String, step: &str| CheckLine {
        label: label.to_owned(),
        value,
        href: format!("/report/{key}/{step}"),
    };
    let pin = [field("lat"), field("long")].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ");
    let mut lines = vec![
        CheckLine {
            label: t.say("report-category").to_owned(),
            value: eyes.category(&field("category")).name,
            href: format!("/report?draft={key}"),
        },
        line(t.say("report-pin"), pin, "where"),
        line(t.say("report-address"), field("address"), "where"),
    ];
    if !field("district").is_empty() {
        lines.push(line(t.say("report-district"), eyes.district(&field("district")).name, "where"));
    }
    for question in questions(town, visit, draft) {
        let chosen: Vec<_> =
            question.choices.iter().filter(|choice| choice.chosen).map(|choice| choice.label.clone()).collect();
        let value = if question.choices.is_empty() { question.value } else { chosen.join(", ") };
        lines.push(line(&question.label, value, "what"));
    }
    lines.push(line(t.say("report-description"), field("description"), "what"));
    lines.push(line(t.say("report-email"), field("email"), "contact"));
    lines.push(line(t.say("report-name"), field("name"), "contact"));
    lines.push(line(t.say("report-phone"), field("phone"), "contact"));
    lines
}
