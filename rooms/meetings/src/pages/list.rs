//! The list of meetings, and a meeting for machines.

use crate::{
    acts,
    model::{Meeting, Standing},
    store,
};
use axum::extract::State;
use database::DbError;
use places::Districts;
use schemars::JsonSchema;
use serde::Serialize;
use web::{
    Answer, Frame, Stop, Town, Visit, Wants,
    answer::{json, page},
};

/// A meeting, for machines.
#[derive(Debug, Serialize, JsonSchema)]
pub struct MeetingView {
    /// Its code.
    pub code: String,
    /// Its page.
    pub url: String,
    /// What it is called.
    pub title: String,
    /// It in one or two sentences.
    pub summary: String,
    /// `coming`, `now`, `over`, `minuted` or `cancelled`.
    pub standing: &'static str,
    /// When it begins (RFC 3339).
    pub starts_at: String,
    /// When it ends.
    pub ends_at: String,
    /// Where, in words.
    pub place: String,
    /// Where one joins online.
    pub online_url: String,
    /// The code of the district.
    pub district: Option<String>,
    /// How many places there are; none where nobody registers.
    pub places: Option<u32>,
    /// How many of them are taken.
    pub taken: i64,
    /// How many wait.
    pub waiting: i64,
    /// The matter it belongs to, as kind/reference.
    pub belongs_to: Option<String>,
    /// What is talked about, a line each.
    pub agenda: String,
    /// Why it was called off.
    pub cancelled_because: Option<String>,
    /// What was said and decided.
    pub minutes: Option<MinutesView>,
}

/// Minutes, for machines.
#[derive(Debug, Serialize, JsonSchema)]
pub struct MinutesView {
    /// What was said.
    pub text: String,
    /// How many were there.
    pub attended: Option<u32>,
    /// What was decided.
    pub decisions: Vec<DecisionView>,
    /// When they were published (RFC 3339).
    pub published_at: String,
}

/// A decision, for machines.
#[derive(Debug, Serialize, JsonSchema)]
pub struct DecisionView {
    /// In words.
    pub words: String,
    /// What it answers, as kind/reference.
    pub about: Option<String>,
}

/// All public meetings, for machines.
#[derive(Debug, Serialize, JsonSchema)]
pub struct MeetingList {
    /// The latest first.
    pub meetings: Vec<MeetingView>,
}

/// A meeting as a line.
pub(super) struct Card {
    pub href: String,
    pub title: String,
    pub summary: String,
    pub state: String,
    pub chip: &'static str,
    pub when: String,
    pub place: String,
}

#[derive(askama::Template)]
#[template(path = "meetings.html")]
struct ListPage {
    frame: Frame,
    coming: Vec<Card>,
    over: Vec<Card>,
    keeps: bool,
}

/// A meeting for machines.
pub(super) fn view(town: &Town, visit: &Visit, meeting: &Meeting, counts: (i64, i64)) -> MeetingView {
    let language = visit.t.language();
    let decision = |one: &crate::model::Decision| DecisionView {
        words: one.words.clone(),
        about: one.about.as_ref().map(ToString::to_string),
    };
    let minutes = meeting.minutes.as_ref().map(|(at, minutes)| MinutesView {
        text: minutes.text.in_language(language).to_owned(),
        attended: minutes.attended,
        decisions: minutes.decisions.iter().map(decision).collect(),
        published_at: at.rfc3339(),
    });
    let plan = &meeting.plan;
    MeetingView {
        code: meeting.code.to_string(),
        url: town.url(&format!("/meetings/{}", meeting.code)),
        title: plan.title.in_language(language).to_owned(),
        summary: plan.summary.in_language(language).to_owned(),
        standing: meeting.standing(visit.at).word(),
        starts_at: meeting.starts_at.rfc3339(),
        ends_at: meeting.ends_at.rfc3339(),
        place: plan.place.clone(),
        online_url: plan.online_url.clone(),
        district: plan.district.clone(),
        places: plan.places,
        taken: counts.0,
        waiting: counts.1,
        belongs_to: plan.belongs_to.as_ref().map(ToString::to_string),
        agenda: plan.agenda.as_ref().map(|text| text.in_language(language).to_owned()).unwrap_or_default(),
        cancelled_because: meeting.cancelled.as_ref().map(|(_, reason)| reason.clone()),
        minutes,
    }
}

/// When it is, as people read it.
pub(super) fn when(visit: &Visit, meeting: &Meeting) -> String {
    let (from, until) = (visit.date_time(meeting.starts_at), visit.date_time(meeting.ends_at));
    visit.t.with2("meeting-times", "from", from, "until", until)
}

pub(super) fn card(town: &Town, visit: &Visit, meeting: &Meeting, href: String) -> Card {
    let standing = meeting.standing(visit.at);
    let language = visit.t.language();
    let district = meeting.plan.district.as_deref().and_then(|code| town.part::<Districts>().name(code));
    let online = (!meeting.plan.online_url.is_empty()).then(|| visit.t.say("meeting-also-online").to_owned());
    let parts = [Some(meeting.plan.place.clone()).filter(|place| !place.is_empty()), district, online];
    Card {
        href,
        title: meeting.plan.title.in_language(language).to_owned(),
        summary: meeting.plan.summary.in_language(language).to_owned(),
        state: visit.t.say(standing.key()).to_owned(),
        chip: standing.chip(),
        when: when(visit, meeting),
        place: parts.into_iter().flatten().collect::<Vec<_>>().join(" · "),
    }
}

/// GET /meetings
pub async fn list(State(town): State<Town>, visit: Visit) -> Answer {
    let look = |tx: &mut database::Tx<'_>| {
        let mut found = Vec::new();
        for meeting in store::list(tx, false)? {
            let counts = store::counts(tx, meeting.code.as_str())?;
            found.push((meeting, counts));
        }
        Ok::<_, DbError>(found)
    };
    let found = town.db().read(look).await.map_err(Stop::from)?;
    if visit.wants != Wants::Html {
        let meetings = found.iter().map(|(meeting, counts)| view(&town, &visit, meeting, *counts)).collect();
        return json(&MeetingList { meetings });
    }
    let is_coming = |meeting: &Meeting| {
        meeting.ends_at > visit.at
            && matches!(meeting.standing(visit.at), Standing::Coming | Standing::Now | Standing::Cancelled)
    };
    let (mut coming, over): (Vec<_>, Vec<_>) = found.iter().map(|(meeting, _)| meeting).partition(|one| is_coming(one));
    coming.reverse();
    let cards = |all: Vec<&Meeting>| {
        all.into_iter().map(|one| card(&town, &visit, one, format!("/meetings/{}", one.code))).collect()
    };
    page(&ListPage {
        frame: Frame::new(&town, &visit, visit.t.say("meetings-title")).twins(&visit, super::JSON),
        coming: cards(coming),
        over: cards(over),
        keeps: visit.actor.may(&acts::KEEP),
    })
}
