//! The rules in force, those of the draft and those that somebody proposes, asked the same, side by side.

use super::{crumbs, opened};
use crate::{
    model::{Definition, Service},
    rules::{self, Finding, Law, Question, Shown},
    trial::Trial,
};
use axum::{extract::State, http::StatusCode};
use jiff::civil::Date;
use std::{collections::BTreeMap, sync::Arc};
use web::{
    Answer, Frame, Refusal, Stop, Town, Visit,
    answer::page_with,
    forms::{FormErrors, Submission},
    parts::{Choice, Crumb},
    visit::Path,
};

/// A question with what was answered; all may stay open.
pub(super) struct Asked {
    pub(super) id: String,
    pub(super) question: String,
    pub(super) choices: Vec<Choice>,
    pub(super) value: String,
}

/// What one set of rules says.
pub(super) struct Side {
    pub(super) heading: String,
    pub(super) shown: Shown,
}

/// Rules with what they are called.
pub(super) type Named = (String, Arc<Law>);

#[derive(askama::Template)]
#[template(path = "service_draft_rules.html")]
struct RulesPage {
    frame: Frame,
    errors: FormErrors,
    crumbs: Vec<Crumb>,
    code: String,
    asked: Vec<Asked>,
    sides: Vec<Side>,
}

/// The rules in force, where there are some, and those of the draft.
pub(super) fn laws(visit: &Visit, service: &Service, trial: &Trial) -> Vec<Named> {
    let t = &visit.t;
    let law =
        |definition: &Definition| rules::kept(&definition.rules).ok().filter(|_| !definition.rules.trim().is_empty());
    let in_force = service.published.as_ref().and_then(law);
    let in_force = in_force.map(|law| (t.with1("sv-draft-in-force", "number", service.number), law));
    let draft = law(&trial.definition).map(|law| (t.say("sv-draft-draft").to_owned(), law));
    in_force.into_iter().chain(draft).collect()
}

/// The questions that any of the rules ask, each once, in the words of the draft's form.
pub(super) fn asked(visit: &Visit, laws: &[Named], trial: &Trial, typed: &BTreeMap<String, String>) -> Vec<Asked> {
    let t = &visit.t;
    let mut seen: Vec<Asked> = Vec::new();
    for (_, law) in laws.iter().rev() {
        for name in law.inputs() {
            let id = format!("facts[{name}]");
            let question = law.question(&name, &trial.definition.form, t.language());
            if let Some(question) = question.filter(|_| !seen.iter().any(|one| one.id == id)) {
                seen.push(one(visit, question, id, typed.get(&name).cloned().unwrap_or_default()));
            }
        }
    }
    seen
}

fn one(visit: &Visit, question: Question, id: String, value: String) -> Asked {
    let t = &visit.t;
    let choice = |word: &str, label: &str| Choice {
        value: word.to_owned(),
        label: label.to_owned(),
        detail: String::new(),
        chosen: word == value,
    };
    let mut choices = match question.kind.as_str() {
        "yesno" => vec![choice("yes", t.say("form-yes")), choice("no", t.say("form-no"))],
        _ => question.options.iter().map(|(word, label)| choice(word, label)).collect(),
    };
    if !choices.is_empty() {
        choices.insert(0, choice("", t.say("sv-draft-open")));
    }
    Asked { id, question: question.question, choices, value }
}

/// What was typed, by the name of the fact.
pub(super) fn typed(form: &Submission) -> BTreeMap<String, String> {
    let pairs = form.keyed("facts").map(|(name, value)| (name.to_owned(), value.trim().to_owned()));
    pairs.filter(|(_, value)| !value.is_empty()).collect()
}

/// What each set of rules says of the same facts; a fact that none of them can read is refused.
pub(super) fn compare(
    town: &Town,
    visit: &Visit,
    laws: &[Named],
    typed: &BTreeMap<String, String>,
) -> Result<Vec<Side>, Vec<Refusal>> {
    let unread = |(name, text): &(&String, &String)| laws.iter().all(|(_, law)| law.normal(name, text).is_none());
    let wrong: Vec<Refusal> = typed
        .iter()
        .filter(unread)
        .map(|(name, _)| {
            Refusal::new("entitled-fact").at("asked").with("question", name.clone()).with("name", name.clone())
        })
        .collect();
    if !wrong.is_empty() {
        return Err(wrong);
    }
    let (day, no_form) = (today(town, visit), forms::Form::default());
    let side = |(heading, law): &Named| {
        let facts = typed.iter().filter_map(|(name, text)| Some((name.clone(), law.normal(name, text)?))).collect();
        let (finding, how): (Finding, _) = law.ask_how(&facts, day);
        let speech = rules::Speech {
            law: Some(law),
            form: &no_form,
            t: &visit.t,
            currency: town.settings().currency,
            whose: rules::Whose::Reader,
        };
        Side { heading: heading.clone(), shown: speech.in_words(&finding, how.as_ref()) }
    };
    Ok(laws.iter().map(side).collect())
}

fn today(town: &Town, visit: &Visit) -> Date {
    visit.at.in_zone(&town.settings().zone).date()
}

/// GET /services/{code}/draft/rules
pub async fn begin(State(town): State<Town>, visit: Visit, Path(code): Path<String>) -> Answer {
    let (service, trial) = opened(&town, &code).await?;
    render(&town, &visit, &service, &trial, &BTreeMap::new(), Vec::new(), &[])
}

/// POST /services/{code}/draft/rules
pub async fn ask(State(town): State<Town>, visit: Visit, Path(code): Path<String>, form: Submission) -> Answer {
    let (service, trial) = opened(&town, &code).await?;
    let typed = typed(&form);
    match compare(&town, &visit, &laws(&visit, &service, &trial), &typed) {
        Ok(sides) => render(&town, &visit, &service, &trial, &typed, sides, &[]),
        Err(refusals) => render(&town, &visit, &service, &trial, &typed, Vec::new(), &refusals),
    }
}

fn render(
    town: &Town,
    visit: &Visit,
    service: &Service,
    trial: &Trial,
    typed: &BTreeMap<String, String>,
    sides: Vec<Side>,
    refusals: &[Refusal],
) -> Answer {
    let laws = laws(visit, service, trial);
    if trial.definition.rules.trim().is_empty() || laws.is_empty() {
        return Err(Stop::NotFound);
    }
    let title = visit.t.say("sv-draft-rules");
    let status = if refusals.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    page_with(
        status,
        &RulesPage {
            frame: Frame::new(town, visit, title),
            errors: FormErrors::of(refusals, &visit.t),
            crumbs: crumbs(visit, trial, title),
            code: trial.service.clone(),
            asked: asked(visit, &laws, trial, typed),
            sides,
        },
    )
}
