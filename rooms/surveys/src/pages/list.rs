//! The list of surveys, and a survey for machines.

use crate::{
    acts,
    model::{Standing, Survey, Who},
    store,
};
use axum::extract::State;
use database::DbError;
use schemars::JsonSchema;
use serde::Serialize;
use web::{
    Answer, Frame, Stop, Town, Visit, Wants,
    answer::{json, page},
};

/// A survey, for machines.
#[derive(Debug, Serialize, JsonSchema)]
pub struct SurveyView {
    /// Its code.
    pub code: String,
    /// Its page.
    pub url: String,
    /// What it is called.
    pub title: String,
    /// It in one or two sentences.
    pub summary: String,
    /// `coming`, `open`, `closed` (over, being counted) or `counted`.
    pub standing: &'static str,
    /// `anyone` or `account`.
    pub who: &'static str,
    /// From this moment on (RFC 3339).
    pub opens_at: String,
    /// Before this moment.
    pub closes_at: String,
    /// Pages and questions of its form.
    pub pages: usize,
    /// Questions.
    pub questions: usize,
    /// How many sent answers so far.
    pub answers: i64,
    /// The matter it belongs to, as kind/reference.
    pub belongs_to: Option<String>,
}

/// All public surveys, for machines.
#[derive(Debug, Serialize, JsonSchema)]
pub struct SurveyList {
    /// What ends last first.
    pub surveys: Vec<SurveyView>,
}

/// A survey as a card.
pub(super) struct Card {
    pub href: String,
    pub title: String,
    pub summary: String,
    pub state: String,
    pub chip: &'static str,
    pub times: String,
    pub who: String,
}

#[derive(askama::Template)]
#[template(path = "surveys.html")]
struct ListPage {
    frame: Frame,
    cards: Vec<Card>,
    keeps: bool,
}

/// A survey for machines.
pub(super) fn view(town: &Town, visit: &Visit, survey: &Survey, answers: i64) -> SurveyView {
    let language = visit.t.language();
    SurveyView {
        code: survey.code.clone(),
        url: town.url(&format!("/surveys/{}", survey.code)),
        title: survey.definition.title.in_language(language).to_owned(),
        summary: survey.definition.summary.in_language(language).to_owned(),
        standing: survey.standing(visit.at).word(),
        who: survey.definition.who.word(),
        opens_at: survey.opens_at.rfc3339(),
        closes_at: survey.closes_at.rfc3339(),
        pages: survey.definition.form.pages.len(),
        questions: survey.definition.form.fields().count(),
        answers,
        belongs_to: survey.definition.belongs_to.as_ref().map(ToString::to_string),
    }
}

/// When a survey can be answered, as people read it.
pub(super) fn times(visit: &Visit, survey: &Survey) -> String {
    let (key, at) = match survey.standing(visit.at) {
        Standing::Coming | Standing::Private => ("survey-from", survey.opens_at),
        Standing::Open => ("survey-until", survey.closes_at),
        Standing::Closed | Standing::Counted => ("survey-ended", survey.closes_at),
    };
    visit.t.with1(key, "date", visit.date_time(at))
}

/// The Fluent key of who may answer.
pub(super) fn who_key(who: Who) -> &'static str {
    match who {
        Who::Anyone => "survey-who-anyone",
        Who::Account => "survey-who-account",
    }
}

pub(super) fn card(visit: &Visit, survey: &Survey, href: String) -> Card {
    let standing = survey.standing(visit.at);
    let language = visit.t.language();
    Card {
        href,
        title: survey.definition.title.in_language(language).to_owned(),
        summary: survey.definition.summary.in_language(language).to_owned(),
        state: visit.t.say(standing.key()).to_owned(),
        chip: standing.chip(),
        times: times(visit, survey),
        who: visit.t.say(who_key(survey.definition.who)).to_owned(),
    }
}

/// GET /surveys
pub async fn list(State(town): State<Town>, visit: Visit) -> Answer {
    let look = |tx: &mut database::Tx<'_>| {
        let mut found = Vec::new();
        for survey in store::list(tx, false)? {
            let answers = store::count_sent(tx, &survey.code)?;
            found.push((survey, answers));
        }
        Ok::<_, DbError>(found)
    };
    let found = town.db().read(look).await.map_err(Stop::from)?;
    if visit.wants != Wants::Html {
        let surveys = found.iter().map(|(survey, answers)| view(&town, &visit, survey, *answers)).collect();
        return json(&SurveyList { surveys });
    }
    page(&ListPage {
        frame: Frame::new(&town, &visit, visit.t.say("surveys-title")).twins(&visit, super::JSON),
        cards: found.iter().map(|(survey, _)| card(&visit, survey, format!("/surveys/{}", survey.code))).collect(),
        keeps: visit.actor.may(&acts::KEEP),
    })
}
