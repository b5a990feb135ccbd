//! A report that a clerk takes down for somebody: on the telephone, at the counter, or from a form of paper.

use super::{
    list::choices,
    report::{Question, command_of_form, questions_of},
};
use crate::{
    category::Category,
    commands::{NewReport, open_request},
    model::Source,
    room::Books,
};
use axum::{extract::State, http::StatusCode};
use civic::Language;
use places::Districts;
use serde::Deserialize;
use std::collections::BTreeMap;
use web::{
    Answer, Frame, Refusal, Stop, Town, Visit,
    answer::{page_with, see_other},
    forms::{FormErrors, Submission},
    parts::Choice,
    visit::Query,
};

/// The ways by which somebody reaches a clerk, with the Fluent keys of their names.
const CHANNELS: [(Source, &str); 3] =
    [(Source::Call, "intake-call"), (Source::Counter, "intake-counter"), (Source::Mail, "intake-mail")];

/// The form that is asked for.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    channel: String,
    category: String,
    /// The code at the foot of a form of paper; it is that of its category.
    code: String,
}

#[derive(askama::Template)]
#[template(path = "intake.html")]
struct IntakePage {
    frame: Frame,
    errors: FormErrors,
    category: String,
    categories: Vec<Choice>,
    channels: Vec<Choice>,
    languages: Vec<Choice>,
    districts: Vec<Choice>,
    questions: Vec<Question>,
    bounds: String,
    fields: BTreeMap<String, String>,
}

impl IntakePage {
    fn field(&self, name: &str) -> &str {
        self.fields.get(name).map(String::as_str).unwrap_or_default()
    }
}

/// GET /desk/new: first the category, by its name or by the code on the paper; then all its questions on one page.
pub async fn ask(State(town): State<Town>, visit: Visit, Query(asked): Query<Asked>) -> Answer {
    let category = if asked.category.is_empty() { asked.code.trim().to_lowercase() } else { asked.category };
    let fields = BTreeMap::from([("category".to_owned(), category), ("channel".to_owned(), asked.channel)]);
    show(&town, &visit, fields, &[], StatusCode::OK)
}

fn show(
    town: &Town,
    visit: &Visit,
    fields: BTreeMap<String, String>,
    refusals: &[Refusal],
    status: StatusCode,
) -> Answer {
    let field = |name: &str| fields.get(name).cloned().unwrap_or_default();
    let book = town.part::<Books>().categories();
    let chosen = field("category");
    let known = book.get(&chosen).is_some_and(|category| category.active);
    let mut refusals = refusals.to_vec();
    if !known && !chosen.is_empty() && refusals.is_empty() {
        refusals.push(Refusal::new("category-unknown").at("category"));
    }
    let category = if known { chosen } else { String::new() };
    page_with(
        status,
        &IntakePage {
            frame: Frame::new(town, visit, visit.t.say("intake-title")),
            errors: FormErrors::of(&refusals, &visit.t),
            categories: category_choices(town, visit, &category),
            channels: channel_choices(visit, &field("channel")),
            languages: language_choices(town, visit, &field("language")),
            districts: choices(visit.t.say("report-no-district"), town.part::<Districts>().all(), &field("district")),
            questions: questions_of(town, visit, &category, &fields),
            bounds: town.part::<Districts>().bounds_text(),
            category,
            fields,
        },
    )
}

/// The categories that can be chosen, each with the code that stands on its form of paper.
fn category_choices(town: &Town, visit: &Visit, chosen: &str) -> Vec<Choice> {
    let book = town.part::<Books>().categories();
    let name = |category: &Category| {
        format!("{} ({})", category.definition.name.in_language(visit.t.language()), category.code)
    };
    let named = book.offered().into_iter().map(|category| (category.code.clone(), name(category)));
    choices(visit.t.say("desk-choose"), named, chosen)
}

fn channel_choices(visit: &Visit, chosen: &str) -> Vec<Choice> {
    let choice = |(source, key): (Source, &str)| Choice {
        value: source.as_str().to_owned(),
        label: visit.t.say(key).to_owned(),
        detail: String::new(),
        chosen: source.as_str() == chosen,
    };
    CHANNELS.map(choice).into()
}

fn language_choices(town: &Town, visit: &Visit, chosen: &str) -> Vec<Choice> {
    let own = visit.t.language().tag();
    let chosen = if chosen.is_empty() { own } else { chosen };
    let named = town.settings().languages.iter().map(|one| (one.tag().to_owned(), one.own_name().to_owned()));
    choices("", named, chosen).split_off(1)
}

/// POST /desk/new
pub async fn take_down(State(town): State<Town>, visit: Visit, form: Submission) -> Answer {
    let fields = kept(&form);
    let channel = CHANNELS.iter().find(|(source, _)| Some(source.as_str()) == form.text("channel"));
    let Some((source, _)) = channel else {
        let refusal = Refusal::new("channel-missing").at("channel");
        return show(&town, &visit, fields, &[refusal], StatusCode::UNPROCESSABLE_ENTITY);
    };
    let language: Option<Language> = form.text("language").and_then(|tag| tag.parse().ok());
    let report = NewReport {
        command: command_of_form(&form),
        source: Some(*source),
        for_somebody: Some(language.unwrap_or(visit.t.language())),
        ..NewReport::default()
    };
    match open_request(&town, visit.actor.clone(), report).await {
        Ok(opened) => see_other(&format!("/requests/{}/thanks?key={}&clerk=yes", opened.request.code, opened.secret)),
        Err(Stop::Refused(refusals)) => show(&town, &visit, fields, &refusals, StatusCode::UNPROCESSABLE_ENTITY),
        Err(stop) => Err(stop),
    }
}

/// What was typed, as the page shows it again.
fn kept(form: &Submission) -> BTreeMap<String, String> {
    let mut fields: BTreeMap<String, String> = BTreeMap::new();
    for (name, value) in form.fields() {
        let kept = fields.entry(name.clone()).or_default();
        if !kept.is_empty() {
            kept.push('\n');
        }
        kept.push_str(value);
    }
    fields
}
