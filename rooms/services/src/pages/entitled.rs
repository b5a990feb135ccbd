//! "Am I entitled?": only the next fact that matters is asked, and nothing is kept.

use crate::{
    model::Definition,
    rules::{self, Finding, Law, Question},
    store,
};
use axum::{
    extract::State,
    http::{HeaderValue, StatusCode, header},
};
use database::DbError;
use jiff::civil::Date;
use serde_json::json;
use std::{collections::BTreeMap, sync::Arc};
use web::{
    Answer, Frame, Refusal, Stop, Town, Visit, Wants,
    answer::{json as json_answer, page_with},
    forms::{FormErrors, Submission},
    parts::{CheckLine, Choice, Crumb},
    visit::Path,
};

#[derive(askama::Template)]
#[template(path = "entitled.html")]
struct EntitledPage {
    frame: Frame,
    errors: FormErrors,
    crumbs: Vec<Crumb>,
    code: String,
    title: String,
    by: String,
    facts: Vec<(String, String)>,
    said: Vec<CheckLine>,
    question: Option<Asked>,
    finding: Option<rules::Shown>,
    online: bool,
}

/// A question as the page shows it.
struct Asked {
    name: String,
    question: String,
    input: &'static str,
    choices: Vec<Choice>,
    value: String,
}

type Facts = BTreeMap<String, String>;

/// A published service with rules, and the day whose law holds.
struct Asking {
    code: String,
    number: i64,
    definition: Arc<Definition>,
    law: Arc<Law>,
    day: Date,
}

async fn asking(town: &Town, visit: &Visit, code: &str) -> Result<Asking, Stop> {
    let (code, own) = (code.to_owned(), code.to_owned());
    let found = town.db().read(move |tx| store::in_force(tx, &own)).await;
    let (number, definition) = found.map_err(|error: DbError| Stop::from(error))?.ok_or(Stop::NotFound)?;
    if definition.rules.trim().is_empty() {
        return Err(Refusal::new("entitled-no-rules").into());
    }
    let law = rules::kept(&definition.rules).map_err(|_| Stop::fault("published rules cannot be read"))?;
    let day = visit.at.in_zone(&town.settings().zone).date();
    Ok(Asking { code, number, definition, law, day })
}

/// GET /services/{code}/entitled
pub async fn begin(State(town): State<Town>, visit: Visit, Path(code): Path<String>) -> Answer {
    let asking = asking(&town, &visit, &code).await?;
    render(&town, &visit, &asking, Facts::new(), FormErrors::default(), "")
}

/// POST /services/{code}/entitled
pub async fn ask(State(town): State<Town>, visit: Visit, Path(code): Path<String>, form: Submission) -> Answer {
    let asking = asking(&town, &visit, &code).await?;
    let mut said: Vec<(String, String)> =
        form.keyed("facts").map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    let (name, typed) = (form.text("name"), form.text("answer").unwrap_or_default());
    match (form.text("back"), name) {
        _ if visit.wants == Wants::Json => {}
        (Some(back), _) => said.retain(|(name, _)| name != back),
        (None, Some(name)) => {
            said.retain(|(other, _)| other != name);
            said.push((name.to_owned(), typed.to_owned()));
        }
        (None, None) => {}
    }
    let districts: Vec<String> = town.part::<places::Districts>().all().into_iter().map(|(code, _)| code).collect();
    let asked = rules::Asked {
        law: &asking.law,
        form: &asking.definition.form,
        districts: &districts,
        language: visit.t.language(),
    };
    let (facts, mut refusals) = asked.read(&said);
    if visit.wants == Wants::Json {
        if !refusals.is_empty() {
            return Err(Stop::Refused(refusals.into_values().collect()));
        }
        return machine(&visit, &asking, &facts);
    }
    // What was said before and does not fit any more is asked again.
    match name.filter(|_| form.text("back").is_none()).and_then(|name| refusals.remove(name)) {
        Some(refusal) => {
            let errors = FormErrors::of(&[refusal.at("answer")], &visit.t);
            render(&town, &visit, &asking, facts, errors, typed)
        }
        None => render(&town, &visit, &asking, facts, FormErrors::default(), ""),
    }
}

fn machine(visit: &Visit, asking: &Asking, facts: &Facts) -> Answer {
    let finding = asking.law.ask(facts, asking.day).in_language(&asking.law, visit.t.language());
    let next = match &finding {
        Finding::NotYetKnown { needed } => {
            needed.first().and_then(|name| asking.law.question(name, &asking.definition.form, visit.t.language()))
        }
        _ => None,
    };
    let mut view = serde_json::to_value(&finding).map_err(Stop::fault)?;
    view["number"] = json!(asking.number);
    view["day"] = json!(asking.day.to_string());
    if let Some(next) = next {
        view["next"] = json!(next);
    }
    let mut answer = json_answer(&view)?;
    answer.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(answer)
}

fn render(town: &Town, visit: &Visit, asking: &Asking, facts: Facts, errors: FormErrors, typed: &str) -> Answer {
    let (t, form) = (&visit.t, &asking.definition.form);
    let (finding, how) = asking.law.ask_how(&facts, asking.day);
    let speech = rules::Speech {
        law: Some(&asking.law),
        form,
        t,
        currency: town.settings().currency,
        whose: rules::Whose::Reader,
    };
    let next = match &finding {
        Finding::NotYetKnown { needed } => {
            needed.first().and_then(|name| asking.law.question(name, form, t.language()))
        }
        _ => None,
    };
    let said = |(name, value): (&String, &String)| {
        let question = asking.law.question(name, form, t.language())?;
        let value = rules::value_in_words(&question, value, t, town.settings().currency);
        Some(CheckLine { label: question.question, value, href: name.clone() })
    };
    let title = asking.definition.title.in_language(t.language()).to_owned();
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let mut answer = page_with(
        status,
        &EntitledPage {
            frame: Frame::new(town, visit, t.say("sv-entitled-title")),
            errors,
            crumbs: vec![
                Crumb { href: "/services".to_owned(), label: t.say("sv-title").to_owned() },
                Crumb { href: format!("/services/{}", asking.code), label: title.clone() },
                Crumb { href: String::new(), label: t.say("sv-entitled-title").to_owned() },
            ],
            code: asking.code.clone(),
            by: t.with2("sv-entitled-by", "number", asking.number, "date", visit.date(visit.at)),
            said: facts.iter().filter_map(said).collect(),
            finding: if next.is_some() { None } else { Some(speech.in_words(&finding, how.as_ref())) },
            question: next.map(|question| asked(question, t, typed)),
            online: asking.definition.online,
            facts: facts.into_iter().collect(),
            title,
        },
    )?;
    answer.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(answer)
}

fn asked(question: Question, t: &web::Sayings, typed: &str) -> Asked {
    let choice = |value: &str, label: &str| Choice {
        value: value.to_owned(),
        label: label.to_owned(),
        detail: String::new(),
        chosen: typed == value,
    };
    let choices = match question.kind.as_str() {
        "yesno" => vec![choice("yes", t.say("form-yes")), choice("no", t.say("form-no"))],
        _ => question.options.iter().map(|(value, words)| choice(value, words)).collect(),
    };
    let input = match question.kind.as_str() {
        "date" => "date",
        "integer" => "number",
        _ => "text",
    };
    Asked { name: question.name, question: question.question, input, choices, value: typed.to_owned() }
}
