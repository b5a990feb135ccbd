//! What residents say after a report was sent on, told to the agency that has it: in order, each once.
//!
//! Only what is public is told, as it is when it is told; names and addresses never. A server is told by mySociety's
//! `servicerequestupdates`, whose `update_id` lets it know again what it has heard before.

use super::{
    model::{ForwardKey, ForwardState, LaterWords, Server, ToldState, Way},
    remote::{Remote, Said, Trouble},
};
use crate::{model::ServiceRequest, store};
use civic::{Actor, JobId, Language, Moment};
use commons::comments;
use database::{
    DbError, Done, OffRecord, Tx,
    jobs::{self, NewJob},
};
use people::mail::{self, Mail};
use record::Sequenced;
use serde_json::Value;
use std::sync::Arc;
use web::{Sayings, Town, manifest::JobKind};

/// The kind of the job; what begins with `outgoing.` waits for others and has workers of its own.
const TELL: &str = "outgoing.tell-agency";
/// Characters of words that are told at once: what our own server takes.
const WORDS_LIMIT: usize = 2_800;
/// What residents say by acts of their own.
const SAYINGS: [&str; 5] =
    ["request.edited", "request.replied", "request.disputed", "request.reopened", "request.withdrawn"];
/// What the desk says when it publishes what waited for it.
const PUBLISHED: &str = "request.published";
/// What brings a comment into the open.
const RELEASED: [&str; 3] = ["moderation.released", "moderation.restored", "moderation.overturned"];

const MACHINERY: OffRecord = OffRecord("how an agency is told what was said; the words have entries of their own");

/// The job.
pub fn job_kind() -> JobKind {
    JobKind::asked(
        TELL,
        Arc::new(|town: Town, payload: Value| {
            Box::pin(async move { tell(&town, ForwardKey::of_json(&payload)?).await })
        }),
    )
}

/// Puts the job in, in the transaction of what asks for it.
pub(super) fn put_job(town: &Town, tx: &mut Tx<'_>, key: ForwardKey) -> Result<(), DbError> {
    let id = JobId::new(town.now(), town.chance()).text();
    jobs::put(tx, &NewJob { id, kind: TELL, payload: &key.json(), not_before: town.now() })
}

/// Puts in what an entry of the record says, where the request was sent on to the agency that has it now.
pub(super) fn follow(town: &Town, tx: &mut Tx<'_>, entry: &Sequenced) -> Result<(), DbError> {
    for said in said_of(tx, entry)? {
        put_in(town, tx, said)?;
    }
    Ok(())
}

fn put_in(town: &Town, tx: &mut Tx<'_>, said: SaidLater) -> Result<(), DbError> {
    let SaidLater { code, id, saying, comment, at: said_at } = said;
    let Some(request) = store::by_code(tx, &code)? else { return Ok(()) };
    let key = ForwardKey { request: request.id, organisation: request.organisation };
    let Some(forward) = store::forward(tx, key)? else { return Ok(()) };
    if forward.state == ForwardState::Ended {
        return Ok(());
    }
    let words = LaterWords { id, key, saying, comment, said_at, state: ToldState::Waiting, trouble: String::new() };
    // What has not arrived yet is told of once it has.
    if store::put_later_words(tx, &words)? && forward.state == ForwardState::Sent {
        put_job(town, tx, key)?;
    }
    Ok(())
}

/// Whether an entry may say something that an agency is to be told.
pub(super) fn may_say(entry: &Sequenced) -> bool {
    let saying = entry.saying.as_str();
    SAYINGS.contains(&saying) || RELEASED.contains(&saying) || saying == comments::ADDED || saying == PUBLISHED
}

/// What an entry says of a request.
struct SaidLater {
    code: String,
    id: String,
    saying: String,
    comment: Option<String>,
    at: Moment,
}

/// What residents say by an entry of a request: by itself, by a comment, or because the desk publishes what waited for it.
fn said_of(tx: &mut Tx<'_>, entry: &Sequenced) -> Result<Vec<SaidLater>, DbError> {
    let is_request = entry.subject.kind == crate::model::REQUEST.0;
    let said = |code: &str, comment| SaidLater {
        code: code.to_owned(),
        id: entry.id.clone(),
        saying: entry.saying.clone(),
        comment,
        at: entry.said_at,
    };
    let what = entry.what();
    if is_request && SAYINGS.contains(&entry.saying.as_str()) {
        let waits = what["detail"]["held"].is_string();
        return Ok((!waits).then(|| said(&entry.subject.id, None)).into_iter().collect());
    }
    if is_request && entry.saying == PUBLISHED {
        return published(tx, entry);
    }
    if is_request && entry.saying == comments::ADDED {
        let comment = what["comment"].as_str().map(str::to_owned);
        return Ok(comment.map(|comment| said(&entry.subject.id, Some(comment))).into_iter().collect());
    }
    if entry.subject.kind == comments::KIND.0 && RELEASED.contains(&entry.saying.as_str()) {
        let about = comments::one_seen_by(tx, &entry.subject.id, &everybody())?.map(|(about, _)| about);
        let about = about.filter(|about| about.kind == crate::model::REQUEST.0);
        return Ok(about.map(|about| said(&about.id, Some(entry.subject.id.clone()))).into_iter().collect());
    }
    Ok(Vec::new())
}

/// The steps and the words that the desk publishes by an entry.
fn published(tx: &mut Tx<'_>, entry: &Sequenced) -> Result<Vec<SaidLater>, DbError> {
    let (what, code) = (entry.what(), entry.subject.id.clone());
    let said = |id: &str, saying: &str, at| SaidLater {
        code: code.clone(),
        id: id.to_owned(),
        saying: saying.to_owned(),
        comment: None,
        at,
    };
    let mut found = Vec::new();
    if what["detail"]["description"].is_string() {
        found.push(said(&entry.id, "request.edited", entry.said_at));
    }
    for id in what["detail"]["said"].as_str().unwrap_or_default().split_whitespace() {
        if let Some(step) = store::step(tx, id)? {
            found.push(said(id, &step.saying, step.at));
        }
    }
    Ok(found)
}

fn everybody() -> Actor {
    Actor::visitor(Language::default())
}

/// What comes next.
enum Next {
    /// Nothing is left to tell.
    Nothing,
    /// It was told, or there is no longer anything to tell.
    Settled,
    /// This is to be told to a server now.
    Server(Box<(LaterWords, Server, Said)>),
}

/// Tells an agency what waits, in order.
///
/// # Errors
/// What stood in the way and may pass; the runner of jobs tries again.
async fn tell(town: &Town, key: ForwardKey) -> Result<(), String> {
    loop {
        let own = town.clone();
        let next = town.db().write(move |tx| next(&own, tx, key)).await.map_err(|error: DbError| error.to_string())?;
        let (words, server, said) = match next {
            Next::Nothing => return Ok(()),
            Next::Settled => continue,
            Next::Server(ready) => *ready,
        };
        let remote = Remote::new(town.part::<outgoing::Client>(), server);
        let asked = tokio::task::spawn_blocking(move || remote.tell(&said)).await;
        let (state, trouble, result) = match asked.map_err(|error| error.to_string())? {
            Ok(()) => (ToldState::Told, String::new(), Ok(())),
            Err(trouble @ (Trouble::Refused { .. } | Trouble::NoUpdates)) => {
                (ToldState::Refused, trouble.to_string(), Ok(()))
            }
            Err(trouble) => (ToldState::Waiting, trouble.to_string(), Err(trouble.to_string())),
        };
        let kept = town.db().write(move |tx| {
            store::save_later_words(tx, &words.id, state, &trouble)?;
            tx.commit(MACHINERY, ())
        });
        kept.await.map_err(|error: DbError| error.to_string())?;
        result?;
    }
}

/// The words that wait first; a letter with them is written at once.
fn next(town: &Town, tx: &mut Tx<'_>, key: ForwardKey) -> Result<Done<Next>, DbError> {
    let Some(words) = store::next_later_words(tx, key)? else { return tx.commit(MACHINERY, Next::Nothing) };
    let request = store::request_to_change(tx, key.request)?;
    let (forward, channel) = (store::forward(tx, key)?, store::channel(tx, key.organisation)?);
    // Another agency has it now, or this one answers here.
    let here = request.filter(|request| request.organisation == key.organisation);
    let (Some(request), Some(forward), Some(channel)) = (here, forward, channel) else {
        return settled(tx, &words, ToldState::Dropped);
    };
    if forward.state != ForwardState::Sent {
        return tx.commit(MACHINERY, Next::Nothing);
    }
    let Some(text) = text_of(town, tx, &request, &words)? else { return settled(tx, &words, ToldState::Dropped) };
    match (channel.way, forward.their_id.clone()) {
        (Way::Letter(to), _) => {
            let subject = sayings(town).with1("mail-forward-later-subject", "code", request.code.as_str());
            mail::put(tx, &Mail { to, subject, body_text: text }, town.now(), town.chance())?;
            settled(tx, &words, ToldState::Told)
        }
        (Way::Open311(server), Some(id)) => {
            let said = said(&words, &request, id, text);
            tx.commit(MACHINERY, Next::Server(Box::new((words, server, said))))
        }
        // It went by letter before the agency had a server: nothing is known there by which to name it.
        (Way::Open311(_), None) => settled(tx, &words, ToldState::Dropped),
    }
}

fn settled(tx: &mut Tx<'_>, words: &LaterWords, state: ToldState) -> Result<Done<Next>, DbError> {
    store::save_later_words(tx, &words.id, state, "")?;
    tx.commit(MACHINERY, Next::Settled)
}

fn said(words: &LaterWords, request: &ServiceRequest, id: String, text: String) -> Said {
    let status = if request.state.is_open() { "OPEN" } else { "CLOSED" };
    Said { update_id: words.id.clone(), request_id: id, at: words.said_at, status, description: text }
}

fn sayings(town: &Town) -> Sayings {
    town.words().of(town.settings().languages.first().copied().unwrap_or_default())
}

/// What is told, in the town's first language; `None` for what is not, or no longer, public.
fn text_of(
    town: &Town,
    tx: &mut Tx<'_>,
    request: &ServiceRequest,
    words: &LaterWords,
) -> Result<Option<String>, DbError> {
    let (kind, public) = match (&words.comment, words.saying.as_str()) {
        (Some(comment), _) => {
            let seen = comments::one_seen_by(tx, comment, &everybody())?;
            let seen = seen.map(|(_, seen)| seen).filter(|seen| seen.hidden.is_none());
            ("comment", seen.map(|seen| seen.comment.text))
        }
        (None, "request.edited") => ("edited", Some(request.description.clone())),
        (None, "request.withdrawn") => return Ok(Some(line(town, request, "withdrawn", ""))),
        (None, saying) => {
            let step = store::step(tx, &words.id)?.filter(|step| !step.internal);
            (saying.trim_start_matches("request."), step.map(|step| step.body))
        }
    };
    Ok(public.filter(|text| !text.is_empty()).map(|text| line(town, request, kind, &text)))
}

fn line(town: &Town, request: &ServiceRequest, kind: &str, text: &str) -> String {
    let text: String = text.chars().take(WORDS_LIMIT).collect();
    let page = town.url(&format!("/requests/{}", request.code));
    let t = sayings(town);
    let parts = [t.say(&format!("later-{kind}")), text.as_str(), page.as_str()];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n\n")
}
