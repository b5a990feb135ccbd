//! One question or rule of a draft: what is said about it, and another text for it, checked and tried before it is proposed.
//! What belongs to questions alone stands in [`question`](super::question).

use super::{
    crumbs, opened,
    question::{self, Previewed, QuestionFields},
    sides::{self, Asked, Side},
};
use crate::{
    acts,
    model::Service,
    rules,
    trial::{self, DRAFT, Part, Trial, fenced, question_of, replaced, subject_id, unfenced},
};
use axum::{extract::State, http::StatusCode};
use civic::Subject;
use commons::comments::{self, SeenComment};
use database::DbError;
use serde::Deserialize;
use std::{collections::BTreeMap, sync::Arc};
use web::{
    Answer, Frame, Refusal, Stop, Town, Visit,
    answer::{page_with, see_other_saying},
    forms::{FormErrors, Submission},
    manifest::Catalogue,
    parts::Crumb,
    visit::{Path, Query},
};

/// Characters of a proposed text; with why it is a comment, which has a limit of its own.
const TEXT_LIMIT: usize = 2_500;

/// Which proposed change is looked at: the id of its comment.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Looked {
    change: String,
}

/// A proposed text that runs.
struct Change {
    id: String,
    by: String,
    why: String,
}

/// What was found of another text.
#[derive(Default)]
pub(super) struct Tried {
    pub(super) why: String,
    pub(super) text: String,
    pub(super) facts: BTreeMap<String, String>,
    /// How many tests of the rules hold; empty where that is not known.
    pub(super) tests: String,
    pub(super) failures: Vec<String>,
    pub(super) sides: Vec<Side>,
    /// How a changed question would be.
    pub(super) preview: Option<Previewed>,
    /// The comment that would propose it; empty where it cannot be read.
    pub(super) comment: String,
}

#[derive(askama::Template)]
#[template(path = "service_draft_part.html")]
struct PartPage {
    frame: Frame,
    errors: FormErrors,
    crumbs: Vec<Crumb>,
    code: String,
    part: String,
    title: String,
    text: String,
    is_rule: bool,
    /// For a question: what can be changed of it.
    fields: Option<QuestionFields>,
    preview: Option<Previewed>,
    changes: Vec<Change>,
    why: String,
    other: String,
    asked: Vec<Asked>,
    tests: String,
    failures: Vec<String>,
    sides: Vec<Side>,
    comment: String,
    talk: String,
    first: bool,
    known: bool,
    take: Option<(String, i64)>,
}

/// A part of an open trial with what was said about it.
pub(super) struct Found {
    service: Service,
    pub(super) trial: Trial,
    pub(super) part: Part,
    said: Vec<SeenComment>,
    /// Whether somebody said something, so that the record knows it or will in a moment, and the common form of comments serves it.
    is_known: bool,
}

async fn load(town: &Town, visit: &Visit, code: &str, name: &str) -> Result<Found, Stop> {
    let (service, trial) = opened(town, code).await?;
    let part = trial::parts(&trial.definition, visit.t.language()).into_iter().find(|part| part.name == name);
    let part = part.ok_or(Stop::NotFound)?;
    let (subject, actor) = (Subject::new(DRAFT, subject_id(code, name)), visit.actor.clone());
    let found = town
        .db()
        .read(move |tx| Ok((comments::seen_by(tx, &subject, &actor)?, !record::about(tx, &subject, 1)?.is_empty())));
    let (said, has_entry) = found.await.map_err(|error: DbError| Stop::from(error))?;
    Ok(Found { service, trial, part, is_known: has_entry || !said.is_empty(), said })
}

/// GET /services/{code}/draft/parts/{part}
pub async fn show(
    State(town): State<Town>,
    visit: Visit,
    Path((code, name)): Path<(String, String)>,
    Query(looked): Query<Looked>,
) -> Answer {
    let found = load(&town, &visit, &code, &name).await?;
    let proposed = found.said.iter().find(|seen| seen.comment.id.text() == looked.change && seen.hidden.is_none());
    let tried = match proposed.and_then(|seen| unfenced(&name, &seen.comment.text)) {
        Some((why, text)) if question_of(&name).is_some() => question::try_out(&town, &visit, &found, why, text),
        Some((why, text)) => try_out(&town, &visit, &found, why, text, BTreeMap::new()),
        None if looked.change.is_empty() => (Tried::default(), Vec::new()),
        None => return Err(Stop::NotFound),
    };
    render(&town, &visit, found, &looked.change, None, tried)
}

/// POST /services/{code}/draft/parts/{part}: another text is checked and tried; nothing is kept.
pub async fn try_text(
    State(town): State<Town>,
    visit: Visit,
    Path((code, name)): Path<(String, String)>,
    form: Submission,
) -> Answer {
    let found = load(&town, &visit, &code, &name).await?;
    let why = form.raw("why").unwrap_or_default().replace("\r\n", "\n");
    if question_of(&name).is_some() {
        let text = question::typed(&visit, &found, &form);
        let tried = question::try_out(&town, &visit, &found, why, text);
        return render(&town, &visit, found, "", Some(&form), tried);
    }
    let text = form.raw("text").unwrap_or_default().replace("\r\n", "\n");
    let tried = try_out(&town, &visit, &found, why, text, sides::typed(&form));
    render(&town, &visit, found, "", None, tried)
}

/// Reads the draft with another text for this part, runs its tests, and asks all rules the same.
fn try_out(
    town: &Town,
    visit: &Visit,
    found: &Found,
    why: String,
    text: String,
    facts: BTreeMap<String, String>,
) -> (Tried, Vec<Refusal>) {
    let mut tried = Tried { why, text, facts, ..Tried::default() };
    if tried.text.chars().count() > TEXT_LIMIT {
        return (tried, vec![Refusal::new("words-long").at("text").with("most", TEXT_LIMIT)]);
    }
    let definition = &found.trial.definition;
    let Some(changed) = replaced(&definition.rules, &found.part.name, &tried.text) else {
        return (tried, vec![Refusal::conflict("trial-part-gone")]);
    };
    let law = match rules::read(&changed) {
        Ok(law) => Arc::new(law),
        Err(refusals) => return (tried, refusals.into_iter().map(|refusal| refusal.at("text")).collect()),
    };
    match rules::run_tests(&law, &definition.rule_tests) {
        Ok(count) => tried.tests = visit.t.with1("sv-draft-tests-hold", "count", count),
        Err(refusals) => {
            let errors = FormErrors::of(&refusals, &visit.t);
            tried.failures = errors.all().iter().map(|error| error.message.clone()).collect();
        }
    }
    let mut laws = sides::laws(visit, &found.service, &found.trial);
    laws.push((visit.t.say("sv-draft-proposed").to_owned(), law));
    tried.comment = fenced(&found.part.name, &tried.why, &tried.text);
    match sides::compare(town, visit, &laws, &tried.facts) {
        Ok(sides) => {
            tried.sides = sides;
            (tried, Vec::new())
        }
        Err(refusals) => (tried, refusals),
    }
}

fn render(
    town: &Town,
    visit: &Visit,
    found: Found,
    looked: &str,
    typed: Option<&Submission>,
    (tried, refusals): (Tried, Vec<Refusal>),
) -> Answer {
    let t = &visit.t;
    let fields = question::fields(visit, &found, typed);
    let Found { service, trial, part, said, is_known } = found;
    let subject = Subject::new(DRAFT, subject_id(&trial.service, &part.name));
    let change = |seen: &SeenComment| {
        let (why, _) = unfenced(&part.name, &seen.comment.text).filter(|_| seen.hidden.is_none())?;
        Some(Change { id: seen.comment.id.text(), by: seen.comment.author_name.clone(), why })
    };
    let path = format!("/services/{}/draft/parts/{}", trial.service, part.name);
    let may_take = !looked.is_empty() && visit.actor.may_for(&acts::KEEP, Some(service.organisation));
    let laws = sides::laws(visit, &service, &trial);
    let is_rule = !part.text.is_empty();
    let status = if refusals.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    page_with(
        status,
        &PartPage {
            frame: Frame::new(town, visit, part.title.as_str()),
            errors: FormErrors::of(&refusals, t),
            crumbs: crumbs(visit, &trial, &part.title),
            changes: said.iter().filter_map(change).collect(),
            other: if tried.text.is_empty() { part.text.clone() } else { tried.text },
            asked: if is_rule { sides::asked(visit, &laws, &trial, &tried.facts) } else { Vec::new() },
            is_rule,
            fields,
            preview: tried.preview,
            why: tried.why,
            tests: tried.tests,
            failures: tried.failures,
            sides: tried.sides,
            // Who looks at a proposal need not propose it again.
            comment: if looked.is_empty() { tried.comment } else { String::new() },
            talk: if is_known { commons::talk::comments(visit, &subject, &path, said) } else { String::new() },
            first: !is_known,
            known: visit.actor.person.is_some(),
            take: may_take.then(|| (looked.to_owned(), service.version)),
            code: trial.service,
            part: part.name,
            title: part.title,
            text: part.text,
        },
    )
}

/// POST /services/{code}/draft/parts/{part}/say: a comment on a part, which the record need not know yet.
pub async fn say(
    State(town): State<Town>,
    visit: Visit,
    Path((code, name)): Path<(String, String)>,
    form: Submission,
) -> Answer {
    let found = load(&town, &visit, &code, &name).await?;
    let subject = Subject::new(DRAFT, subject_id(&code, &name));
    let raw = form.raw("text").unwrap_or_default().to_owned();
    let (own, actor, chance) = (town.clone(), visit.actor.clone(), town.chance_handle());
    let said = town.db().write(move |tx| -> Result<_, Stop> {
        let text = comments::read_words(&raw)?;
        if let Some(refusal) = own.part::<Catalogue>().quiet(&own, tx, &subject)? {
            return Err(refusal.into());
        }
        let now = own.now();
        comments::check_pace(tx, &actor, now)?;
        let words = comments::Words { text: &text, side: None, answers: None };
        let said = comments::say(tx, &subject, &words, &actor, now, &*chance)?;
        tx.commit(said.entry, ()).map_err(Stop::from)
    });
    match said.await {
        Ok(()) => see_other_saying(&format!("/services/{code}/draft/parts/{name}"), "sv-flash-said"),
        Err(Stop::Refused(refusals)) => {
            super::with_status(render(&town, &visit, found, "", None, (Tried::default(), refusals.clone())), &refusals)
        }
        Err(other) => Err(other),
    }
}
