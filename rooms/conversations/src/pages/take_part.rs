//! Taking part: one statement at a time.

pub(super) mod next;
mod send;

pub use send::{answer, ask_continue, challenge, district, go_on, undo};
pub(super) use send::{newcomer, number_of, send};

use super::{crumbs, known};
use crate::{
    altcha,
    books::{Books, Known},
    commands::may_by_roll,
    map_view::MapView,
    model::{Entry, Phase, Reaction, Statement},
    names::Names,
    store,
    views::{Said, StatementView, path, said, statement_view},
    voice::{self, Key, Voice, Who},
};
use axum::{
    extract::State,
    http::{HeaderMap, StatusCode},
};
use database::DbError;
use opinion_map::Stance;
use places::Districts;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::{collections::BTreeMap, sync::Arc};
use web::{
    Answer, Frame, Stop, Town, Visit, Wants,
    answer::{json, page_with},
    forms::FormErrors,
    parts::{Choice, Crumb},
    visit::{Path, Query},
};

/// Answers after which somebody is asked in which district they live.
const DISTRICT_AFTER: usize = 3;

/// What an address asks for.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    /// Just this statement.
    statement: Option<i64>,
    /// Whether to show a challenge.
    challenge: String,
}

/// A turn, for machines.
#[derive(Debug, Serialize, JsonSchema)]
pub struct TurnView {
    /// The statement to answer; `null` when they have seen all.
    pub statement: Option<StatementView>,
    /// How they answered it before: `agree`, `disagree` or `pass`.
    pub answered: Option<String>,
    /// How many statements they answered.
    pub done: usize,
    /// How many there are.
    pub all: usize,
    /// The number by which they stand in the tables of the export, once they answered something. It is for them alone.
    pub participant: Option<i64>,
}

/// Whoever takes part, with what they answered.
pub(super) struct Own {
    pub who: Who,
    pub key: Key,
    /// The voice that came in the cookie; looked at once. None in a frame, which keeps its own.
    pub voice: Option<Voice>,
    pub participant: Option<(i64, Option<String>)>,
    pub reactions: BTreeMap<i64, Reaction>,
    /// Whether the account is on the roll; also where there is none to ask, or nobody is signed in.
    pub on_roll: bool,
}

impl Own {
    /// Reads who sent a request.
    pub async fn read(town: &Town, visit: &Visit, headers: &HeaderMap, code: &str) -> Result<Self, Stop> {
        let key = Books::key(town).await?;
        let voice = Voice::of(&key, headers);
        let who = Who::of(&key, visit.actor(), voice.as_ref(), code);
        let on_roll = match visit.actor.person {
            Some(_) => may_by_roll(town, visit.actor.clone(), code).await?,
            None => true,
        };
        Ok(Self { on_roll, voice, ..Self::of(town, key, who, code).await? })
    }

    /// Reads what somebody answered.
    pub async fn of(town: &Town, key: Key, who: Who, code: &str) -> Result<Self, Stop> {
        if !who.is_known() {
            return Ok(Self { who, key, voice: None, participant: None, reactions: BTreeMap::new(), on_roll: true });
        }
        let (names, code) = (who.names.clone(), code.to_owned());
        let read = town.db().read(move |tx| {
            let Some((_, one)) = store::by_names(tx, &code, &names, false)? else {
                return Ok((None, BTreeMap::new()));
            };
            let reactions = store::of_participant(tx, &code, one.number)?;
            Ok((Some((one.number, one.district)), reactions))
        });
        let (participant, reactions) = read.await.map_err(|error: DbError| Stop::from(error))?;
        Ok(Self { who, key, voice: None, participant, reactions, on_roll: true })
    }

    /// Where they stand on the map.
    pub fn place(&self, map: Option<&Arc<MapView>>) -> Option<(i32, i32, Option<usize>)> {
        map?.place_of(self.participant.as_ref()?.0)
    }
}

#[derive(askama::Template)]
#[template(path = "take_part.html")]
struct TakePartPage {
    frame: Frame,
    crumbs: Vec<Crumb>,
    errors: FormErrors,
    question: String,
    code: String,
    own: String,
    /// Why nobody can take part now; empty when they can.
    shut: String,
    needs_account: bool,
    /// Why an account is not enough: it is not on the roll.
    off_roll: bool,
    statement: Option<Said>,
    answered: &'static str,
    important: bool,
    meta: bool,
    progress: String,
    done: usize,
    all: usize,
    can_undo: bool,
    can_write: bool,
    stand: String,
    on_map: bool,
    private_link: String,
    challenge: String,
    districts: Vec<Choice>,
    has_facts: bool,
}

/// GET /conversations/{code}/take-part
pub async fn show(
    State(town): State<Town>,
    visit: Visit,
    headers: HeaderMap,
    Path(code): Path<String>,
    Query(asked): Query<Asked>,
) -> Answer {
    let known = known(&town, &visit, &code)?;
    let own = Own::read(&town, &visit, &headers, &code).await?;
    let answer = if visit.wants == Wants::Json {
        json(&turn(&town, &visit, &known, &own, asked.statement))?
    } else {
        let asked =
            PageAsked { statement: asked.statement, challenge: asked.challenge == "yes", ..PageAsked::default() };
        show_page(&town, &visit, &known, &own, asked)?
    };
    voice::give(&town, &own.key, visit.actor(), own.voice.as_ref(), answer)
}

/// What a page of this kind shows besides the next statement.
#[derive(Default)]
struct PageAsked {
    statement: Option<i64>,
    challenge: bool,
    errors: FormErrors,
    status: StatusCode,
}

/// The next turn, for machines.
fn turn(town: &Town, visit: &Visit, known: &Known, own: &Own, wanted: Option<i64>) -> TurnView {
    let open = known.conversation.phase(visit.at) == Phase::Open;
    let statement = if open && own.on_roll { next::choose(town, known, own, wanted) } else { None };
    TurnView {
        answered: statement.and_then(|one| own.reactions.get(&one.number)).map(|one| word(one.stance).to_owned()),
        statement: statement.map(|one| statement_view(known, one, important_to(known, one))),
        done: next::done(known, own),
        all: known.asked.len(),
        participant: own.participant.as_ref().map(|one| Names::of(&own.key, &known.conversation).public(one.0)),
    }
}

/// To how many a statement is important, as the map says it.
fn important_to(known: &Known, one: &Statement) -> Option<i64> {
    known.map.as_ref().map_or(Some(0), |map| map.important_to(one.number))
}

/// The word of an answer.
pub(super) fn word(stance: Option<Stance>) -> &'static str {
    match stance {
        Some(Stance::Agree) => "agree",
        Some(Stance::Disagree) => "disagree",
        Some(Stance::Pass) => "pass",
        None => "",
    }
}

fn show_page(town: &Town, visit: &Visit, known: &Known, own: &Own, asked: PageAsked) -> Answer {
    let (one, t, language) = (&known.conversation, &visit.t, visit.t.language());
    let shut = match one.phase(visit.at) {
        Phase::Open => String::new(),
        Phase::Draft => t.say("take-part-draft").to_owned(),
        Phase::Coming(at) => t.with1("conversation-opens", "date", visit.date_time(at)),
        Phase::Closed(at) => t.with1("conversation-ended", "date", visit.date(at)),
    };
    let needs_account = one.entry != Entry::Anybody && visit.actor.person.is_none();
    let off_roll = !needs_account && !own.on_roll;
    let statement: Option<&Statement> = if shut.is_empty() && !needs_account && !off_roll {
        next::choose(town, known, own, asked.statement)
    } else {
        None
    };
    let before = statement.and_then(|one| own.reactions.get(&one.number));
    let (done, all) = (next::done(known, own), known.asked.len());
    let map = known.map.as_ref();
    let place = own.place(map);
    let title = t.say("take-part-title");
    page_with(
        asked.status,
        &TakePartPage {
            frame: Frame::new(town, visit, title),
            crumbs: crumbs(visit, known, title),
            errors: asked.errors,
            question: one.question.in_language(language).to_owned(),
            code: one.code.to_string(),
            own: path(one.code.as_str()),
            shut,
            needs_account,
            off_roll,
            statement: statement.map(|one| said(one, language)),
            answered: word(before.and_then(|one| one.stance)),
            important: before.is_some_and(|one| one.important),
            meta: statement.is_some_and(|one| one.meta),
            progress: t.with2("take-part-progress", "done", done, "all", all),
            done,
            all,
            can_undo: !own.reactions.is_empty(),
            can_write: one.takes_statements(visit.at),
            stand: stand(visit, map, place),
            on_map: place.is_some_and(|(_, _, group)| group.is_some()),
            private_link: private_link(town, visit, own, one.code.as_str()),
            challenge: if asked.challenge { fresh_challenge(town, &own.key) } else { String::new() },
            districts: districts(town, visit, own),
            has_facts: known.facts.is_some(),
        },
    )
}

/// Where the reader stands, as a sentence.
pub(super) fn stand(visit: &Visit, map: Option<&Arc<MapView>>, place: Option<(i32, i32, Option<usize>)>) -> String {
    let (Some(map), Some((_, _, group))) = (map, place) else { return String::new() };
    match group {
        None => visit.t.say("stand-not-yet").to_owned(),
        Some(_) if !map.has_groups() => visit.t.say("stand-no-groups").to_owned(),
        Some(group) => visit.t.with1("stand-group", "group", super::shown::group_name(visit, group)),
    }
}

/// The link by which a visitor goes on elsewhere. It is theirs alone.
fn private_link(town: &Town, visit: &Visit, own: &Own, code: &str) -> String {
    if visit.actor.person.is_some() || own.participant.is_none() {
        return String::new();
    }
    let voice = own.voice.as_ref();
    voice.map(|voice| town.url(&format!("{}/continue/{}", path(code), voice.text()))).unwrap_or_default()
}

pub(super) fn fresh_challenge(town: &Town, key: &Key) -> String {
    serde_json::to_string(&altcha::challenge(key, town.now(), town.chance())).unwrap_or_default()
}

fn districts(town: &Town, visit: &Visit, own: &Own) -> Vec<Choice> {
    let Some((_, chosen)) = &own.participant else { return Vec::new() };
    let all = town.part::<Districts>().all();
    if all.len() < 2 || own.reactions.len() < DISTRICT_AFTER {
        return Vec::new();
    }
    let choice = |value: String, label: String| Choice {
        chosen: chosen.as_deref().unwrap_or_default() == value,
        value,
        label,
        detail: String::new(),
    };
    let none = choice(String::new(), visit.t.say("cdistrict-unsaid").to_owned());
    std::iter::once(none).chain(all.into_iter().map(|(code, name)| choice(code, name))).collect()
}
