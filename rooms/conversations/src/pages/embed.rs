//! A conversation in a frame of another site: taking part, and the map.
//!
//! A frame has a voice of its own (docs/decisions/0047): the account and the voice of the town's own pages are never used in it,
//! so the site around it can make nobody answer as themselves. The voice stands in the form, and in a cookie kept apart for each
//! site around the frame where the browser keeps one.

mod snippet;

pub use snippet::explain;

use super::{
    known,
    shown::{Shown, shown},
    take_part::{Own, fresh_challenge, next, number_of, send, stand, word},
};
use crate::{
    books::{Books, Known},
    commands,
    model::{Entry, Phase},
    views::{Said, path, said},
    voice::{self, Voice, Who},
};
use axum::{
    extract::State,
    http::{HeaderMap, HeaderValue, StatusCode, header},
};
use serde::Deserialize;
use web::{
    Answer, Sayings, Stop, Town, Visit,
    answer::page_with,
    forms::{FormErrors, Submission},
    serve::Embeddable,
    visit::{Path, Query},
};

/// What an address asks for.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    /// The language of the frame; that of the browser where it does not say.
    language: String,
    /// Just this statement.
    statement: Option<i64>,
    /// Whether to show a challenge.
    challenge: String,
}

/// What every page of a frame has.
struct Head {
    t: Sayings,
    lang: &'static str,
    dir: &'static str,
    css_path: &'static str,
    hues_path: String,
    js_path: Option<&'static str>,
    town_name: String,
    /// The conversation on the town's own pages.
    full: String,
    question: String,
    /// Where forms of this frame go.
    here: String,
    /// The language the frame is to be in; empty for the browser's. Forms carry it.
    language: &'static str,
    /// Taking part and the map, in this language.
    part_href: String,
    map_href: String,
}

impl Head {
    fn new(town: &Town, visit: &Visit, known: &Known, language: &str) -> Self {
        let (t, code) = (visit.t.clone(), known.conversation.code.as_str());
        let language = if language.is_empty() { "" } else { t.language().tag() };
        let query = if language.is_empty() { String::new() } else { format!("?language={language}") };
        Self {
            lang: t.language().tag(),
            dir: t.language().direction(),
            css_path: web::assets::APP_CSS,
            hues_path: web::frame::hues_path(town.settings()),
            js_path: web::assets::APP_JS,
            town_name: town.settings().name.in_language(t.language()).to_owned(),
            full: town.url(&path(code)),
            question: known.conversation.question.in_language(t.language()).to_owned(),
            here: format!("/embed{}", path(code)),
            language,
            part_href: format!("/embed{}{query}", path(code)),
            map_href: format!("/embed{}/map{query}", path(code)),
            t,
        }
    }
}

#[derive(askama::Template)]
#[template(path = "embed_taking_part.html")]
struct TakingPart {
    head: Head,
    errors: FormErrors,
    code: String,
    shut: String,
    needs_account: bool,
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
    challenge: String,
    voice: String,
}

#[derive(askama::Template)]
#[template(path = "embed_map.html")]
struct MapInFrame {
    head: Head,
    map: Option<Shown>,
    hidden: bool,
    feed: String,
    is_open: bool,
    attribution: String,
}

/// Somebody in a frame, with the voice the next form carries.
struct Framed {
    own: Own,
    voice: Voice,
    /// Whether the browser brought it in a cookie.
    kept: bool,
}

impl Framed {
    /// By the cookie of frames, else by the voice that the form carries; a voice we did not give is nobody's, and the next form
    /// carries a new one.
    async fn read(
        town: &Town,
        visit: &Visit,
        headers: &HeaderMap,
        sent: Option<&Submission>,
        code: &str,
    ) -> Result<Self, Stop> {
        let key = Books::key(town).await?;
        let kept = Voice::of(&key, headers);
        let carried = sent.and_then(|form| Voice::read(&key, form.text("voice").unwrap_or_default()));
        let is_kept = kept.is_some();
        let found = kept.or(carried);
        let who = Who::in_frame(&key, visit.actor(), found.as_ref(), code);
        let voice = found.unwrap_or_else(|| Voice::new(&key, town.chance()));
        Ok(Self { own: Own::of(town, key, who, code).await?, voice, kept: is_kept })
    }
}

/// What a frame shows besides the next statement.
#[derive(Default)]
struct Turn {
    statement: Option<i64>,
    challenge: bool,
    errors: FormErrors,
    status: StatusCode,
}

/// GET /embed/conversations/{code}
pub async fn show(
    State(town): State<Town>,
    visit: Visit,
    headers: HeaderMap,
    Path(code): Path<String>,
    Query(asked): Query<Asked>,
) -> Answer {
    let visit = visit.framed(&town, &asked.language);
    let known = known(&town, &visit, &code)?;
    let framed = Framed::read(&town, &visit, &headers, None, &code).await?;
    let turn = Turn { statement: asked.statement, challenge: asked.challenge == "yes", ..Turn::default() };
    answer_with(&town, &visit, &known, &framed, &asked.language, turn)
}

/// POST /embed/conversations/{code}: an answer, or `undo`. What comes back is the next statement itself and no redirect, because
/// the voice stands in its form.
pub async fn answer(
    State(town): State<Town>,
    visit: Visit,
    headers: HeaderMap,
    Path(code): Path<String>,
    form: Submission,
) -> Answer {
    let language = form.text("language").unwrap_or_default();
    let visit = visit.framed(&town, language);
    let known = known(&town, &visit, &code)?;
    let framed = Framed::read(&town, &visit, &headers, Some(&form), &code).await?;
    let done = if form.is_ticked("undo") {
        commands::undo(&town, framed.own.who.clone(), code.clone()).await.map(|undone| Some(undone.statement))
    } else {
        send(&town, &visit, &framed.own, &known, &form).await.map(|_| None)
    };
    let turn = match done {
        Ok(statement) => Turn { statement, ..Turn::default() },
        Err(Stop::Refused(refusals)) => Turn {
            statement: number_of(&form).ok(),
            challenge: refusals.iter().any(|refusal| refusal.code == "challenge-needed"),
            status: refusals[0].status,
            errors: FormErrors::of(&refusals, &visit.t),
        },
        // Who needs an account reads so in the frame; signing in is for the town's own pages.
        Err(Stop::SignIn) => Turn { status: StatusCode::UNAUTHORIZED, ..Turn::default() },
        Err(stop) => return Err(stop),
    };
    let framed = Framed::read(&town, &visit, &headers, Some(&form), &code).await?;
    answer_with(&town, &visit, &known, &framed, language, turn)
}

fn answer_with(town: &Town, visit: &Visit, known: &Known, framed: &Framed, language: &str, turn: Turn) -> Answer {
    let status = turn.status;
    let mut answer = page_with(status, &compose(town, visit, known, framed, language, turn))?;
    answer.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    answer.extensions_mut().insert(Embeddable);
    if !framed.kept {
        voice::put_in_frame(town, &framed.voice, &mut answer)?;
    }
    Ok(answer)
}

fn compose(town: &Town, visit: &Visit, known: &Known, framed: &Framed, language: &str, turn: Turn) -> TakingPart {
    let (one, t, own) = (&known.conversation, &visit.t, &framed.own);
    let shut = match one.phase(visit.at) {
        Phase::Open => String::new(),
        Phase::Draft => t.say("take-part-draft").to_owned(),
        Phase::Coming(at) => t.with1("conversation-opens", "date", visit.date_time(at)),
        Phase::Closed(at) => t.with1("conversation-ended", "date", visit.date(at)),
    };
    let needs_account = one.entry != Entry::Anybody;
    let is_asked = shut.is_empty() && !needs_account;
    let statement = if is_asked { next::choose(town, known, own, turn.statement) } else { None };
    let before = statement.and_then(|one| own.reactions.get(&one.number));
    let (done, all) = (next::done(known, own), known.asked.len());
    let map = known.map.as_ref();
    TakingPart {
        head: Head::new(town, visit, known, language),
        errors: turn.errors,
        code: one.code.to_string(),
        shut,
        needs_account,
        statement: statement.map(|one| said(one, t.language())),
        answered: word(before.and_then(|one| one.stance)),
        important: before.is_some_and(|one| one.important),
        meta: statement.is_some_and(|one| one.meta),
        progress: t.with2("take-part-progress", "done", done, "all", all),
        done,
        all,
        can_undo: !own.reactions.is_empty(),
        can_write: one.takes_statements(visit.at),
        stand: stand(visit, map, own.place(map)),
        challenge: if turn.challenge { fresh_challenge(town, &own.key) } else { String::new() },
        voice: framed.voice.text().to_owned(),
    }
}

/// GET /embed/conversations/{code}/map: the same for every reader.
pub async fn map(
    State(town): State<Town>,
    visit: Visit,
    Path(code): Path<String>,
    Query(asked): Query<Asked>,
) -> Answer {
    let visit = visit.framed(&town, &asked.language);
    let known = known(&town, &visit, &code)?;
    let one = &known.conversation;
    let mut answer = web::answer::page(&MapInFrame {
        head: Head::new(&town, &visit, &known, &asked.language),
        map: known.map.as_ref().map(|map| shown(&visit, &known, map, None)),
        hidden: known.hides_map,
        feed: format!("{}/feed", path(&code)),
        is_open: one.phase(visit.at) == Phase::Open,
        attribution: one.origin.clone().unwrap_or_default().attribution,
    })?;
    answer.extensions_mut().insert(Embeddable);
    Ok(answer)
}
