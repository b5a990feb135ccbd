//! The clock closes a vote; its box is emptied, mixed, counted and thrown away with its key.

use crate::{
    ballot::{Choices, Published, RECEIPT_LENGTH, draw_receipt},
    boxes::BallotBoxes,
    count::{self, Contest, Counted},
    model::{Channel, Definition, Origin, State, Turnout, Vote},
    store::{self, Kept},
};
use civic::{Actor, Language};
use database::{DbError, Tx};
use futures_util::future::BoxFuture;
use record::Entry;
use serde_json::{Value, json};
use web::{Refusal, Stop, Town, manifest::JobKind};

/// Seconds after which the clock is looked at again.
const EVERY_SECONDS: i64 = 10;
/// Votes that one look closes or counts at most.
const VOTES_AT_ONCE: u32 = 20;
/// Characters of a receipt with its hyphens.
const RECEIPT_BYTES: usize = RECEIPT_LENGTH + RECEIPT_LENGTH / 4 - 1;

/// The work of closing and counting, which comes by itself. A vote that cannot be counted, as one whose key is not on this
/// machine, is logged and tried again by the next look; it holds up no other, and does not fill the outbox.
pub fn job_kind() -> JobKind {
    let run = |town: Town, _: Value| -> BoxFuture<'static, Result<(), String>> {
        Box::pin(async move {
            if let Err(stop) = close_and_count(&town).await {
                tracing::error!(?stop, "a vote that is over cannot be closed or counted");
            }
            Ok(())
        })
    };
    JobKind::every("long.votes", EVERY_SECONDS, std::sync::Arc::new(run))
}

/// Closes the votes whose time is over, counts those that can be counted, throws away keys that open nothing any more.
///
/// # Errors
/// The first fault, after every vote was tried; all of it can be tried again.
pub async fn close_and_count(town: &Town) -> Result<(), Stop> {
    let now = town.now();
    let due = town.db().read(move |tx| store::due(tx, now, VOTES_AT_ONCE)).await;
    let mut failed = None;
    for vote in due.map_err(|error: DbError| Stop::from(error))? {
        if let Err(stop) = see_to(town, vote).await {
            failed = failed.or(Some(stop));
        }
    }
    throw_keys_away(town).await?;
    failed.map_or(Ok(()), Err)
}

async fn see_to(town: &Town, vote: Vote) -> Result<(), Stop> {
    let code = vote.code.as_str().to_owned();
    if vote.state == State::Published {
        close_vote(town, &code).await?;
    }
    let vote = super::vote_of(town, &code).await?;
    let is_whole = vote.paper_done || !vote.definition.paper;
    if vote.state == State::Closed && is_whole && vote.origin == Origin::Held {
        count_vote(town, &vote).await?;
    }
    Ok(())
}

/// Who acts by the clock.
fn clock() -> Actor {
    Actor { handle: "clock".to_owned(), ..Actor::visitor(Language::En) }
}

async fn close_vote(town: &Town, code: &str) -> Result<(), Stop> {
    let (own, code, chance) = (town.clone(), code.to_owned(), town.chance_handle());
    let closed = town.db().write(move |tx| {
        let now = own.now();
        let mut vote = store::by_code_to_change(tx, &code)?.ok_or(Stop::NotFound)?;
        if vote.state != State::Published || now < vote.definition.closes_at {
            return Err(Refusal::conflict("vote-stale").into());
        }
        (vote.state, vote.state_at) = (State::Closed, now);
        vote.turnout = store::turnout(tx, &code)?;
        store::update(tx, &mut vote)?;
        let view = json!({ "voted": vote.voted(), "turnout": vote.turnout });
        let entry = Entry::about(vote.subject(), "vote.closed", &clock(), now, &*chance).publicly(&view)?;
        Ok(tx.commit(entry, ())?)
    });
    match closed.await {
        // Another process was faster.
        Err(Stop::Refused(_)) => Ok(()),
        other => other,
    }
}

/// Opens the ballots of a closed vote, mixes them, and decides.
async fn count_vote(town: &Town, vote: &Vote) -> Result<(), Stop> {
    let code = vote.code.as_str().to_owned();
    let key = town.part::<BallotBoxes>().key(&code, &vote.key_print)?;
    let (asked, of_vote, definition, chance) =
        (code.clone(), vote.clone(), vote.definition.clone(), town.chance_handle());
    let read = town.db().read_long(move |tx| {
        let mut ballots = Vec::new();
        for sealed in store::in_box(tx, &asked)? {
            let plain = key.open(&asked, &sealed)?;
            ballots.push(unpacked(&plain, &definition).ok_or_else(|| Stop::fault("a ballot is too short"))?);
        }
        let online = ballots.len();
        for sheet in crate::paper::counted(super::sheets::readings(tx, &of_vote, &key)?) {
            ballots.push(Published { receipt: draw_receipt(&*chance), choices: sheet.choices });
        }
        Ok::<_, Stop>((ballots, online))
    });
    let (ballots, online) = read.await?;
    finish(town, vote.clone(), ballots, Some(online), clock()).await
}

fn unpacked(plain: &[u8], definition: &Definition) -> Option<Published> {
    let (receipt, bytes) = plain.split_at_checked(RECEIPT_BYTES)?;
    let choices = Choices::from_bytes(bytes, definition).text(definition);
    Some(Published { receipt: String::from_utf8(receipt.to_vec()).ok()?, choices })
}

/// Gives a closed vote ballots that a program made up, and decides it. For the demo: the record, the file of ballots and every
/// page say that they are simulated.
///
/// # Errors
/// When the vote is not set up as simulated, or not closed; faults of the database.
pub async fn count_simulated(town: &Town, by: Actor, code: &str, ballots: Vec<Choices>) -> Result<(), Stop> {
    let vote = super::vote_of(town, code).await?;
    if vote.origin != Origin::Simulated || vote.state != State::Closed {
        return Err(Refusal::conflict("vote-stale").into());
    }
    let chance = town.chance_handle();
    let published = ballots
        .iter()
        .map(|choices| Published { receipt: draw_receipt(&*chance), choices: choices.text(&vote.definition) });
    let ballots = published.collect();
    finish(town, vote, ballots, None, by).await?;
    throw_keys_away(town).await
}

/// Counts, and keeps ballots and outcome in one transaction, in which the box is emptied and everybody who voted forgotten.
/// `online` is how many ballots the box must hold.
async fn finish(
    town: &Town,
    vote: Vote,
    mut ballots: Vec<Published>,
    online: Option<usize>,
    by: Actor,
) -> Result<(), Stop> {
    ballots.sort_unstable();
    let (code, mut definition, origin) = (vote.code.as_str().to_owned(), vote.definition.clone(), vote.origin);
    // What moderators hid by now does not go into the file of ballots either.
    let own = town.clone();
    let covered = town.db().read(move |tx| {
        crate::hidden::cover_options(&own, tx, &mut definition)?;
        Ok::<_, DbError>(definition)
    });
    let definition = covered.await.map_err(Stop::from)?;
    let counting = tokio::task::spawn_blocking(move || {
        let contest = Contest::of(&code, &definition, origin);
        let counted = count::count(contest, &ballots);
        (ballots, counted)
    });
    let (ballots, counted) = counting.await.map_err(Stop::fault)?;
    let (own, chance, code) = (town.clone(), town.chance_handle(), vote.code.as_str().to_owned());
    let decided = town.db().write(move |tx| {
        let now = own.now();
        let mut vote = store::by_code_to_change(tx, &code)?.ok_or(Stop::NotFound)?;
        if vote.state != State::Closed {
            return Err(Refusal::conflict("vote-stale").into());
        }
        if online.is_some_and(|online| vote.turnout.get(&Channel::Online).copied().unwrap_or(0) != online as i64) {
            return Err(Stop::fault("there are not as many ballots in the box as people were marked to have voted"));
        }
        if origin != Origin::Held {
            vote.turnout = Turnout::from([(Channel::Online, ballots.len() as i64)]);
        }
        let view = keep(tx, &mut vote, &ballots, counted, now)?;
        let saying = if view["selected"].is_null() { "vote.undecided" } else { "vote.decided" };
        let entry = Entry::about(vote.subject(), saying, &by, now, &*chance).publicly(&view)?;
        Ok(tx.commit(entry, ())?)
    });
    match decided.await {
        Err(Stop::Refused(_)) => Ok(()),
        other => other,
    }
}

/// Keeps what was counted; answers the certificate for the record.
pub(super) fn keep(
    tx: &mut Tx<'_>,
    vote: &mut Vote,
    ballots: &[Published],
    counted: Counted,
    now: civic::Moment,
) -> Result<Value, DbError> {
    let code = vote.code.as_str().to_owned();
    store::keep_ballots(tx, &code, ballots)?;
    let (outcome, state) = match counted.outcome {
        Ok(outcome) => (outcome, State::Decided),
        Err(why) => (String::new(), State::Undecided { why }),
    };
    let kept = Kept {
        outcome_sha256: count::sha256(&outcome),
        ballots_sha256: count::sha256(&counted.file),
        outcome,
        others: counted.others,
        counted_at: now,
    };
    store::keep_result(tx, &code, &kept, &counted.file)?;
    let mut areas = Vec::new();
    for (place, (area, counted)) in (0..).zip(counted.areas) {
        areas.push(keep_area(tx, &code, place, area, counted, now)?);
    }
    store::drop_box(tx, &code)?;
    store::unmark_all(tx, &code)?;
    store::drop_roll(tx, &code)?;
    store::drop_sheets(tx, &code)?;
    (vote.state, vote.state_at) = (state, now);
    store::update(tx, vote)?;
    let mut view = json!({
        "ballots": ballots.len(), "voted": vote.voted(), "origin": vote.origin,
        "ballots_sha256": kept.ballots_sha256, "definition_sha256": vote.definition.sha256(),
    });
    if !areas.is_empty() {
        view["areas"] = json!(areas);
    }
    if vote.state == State::Decided {
        view["outcome_sha256"] = json!(kept.outcome_sha256);
        view["selected"] = json!(counted.selected);
    }
    Ok(view)
}

/// Keeps the result of one area; answers its part of the certificate.
fn keep_area(
    tx: &mut Tx<'_>,
    code: &str,
    place: i64,
    area: String,
    counted: Counted,
    now: civic::Moment,
) -> Result<Value, DbError> {
    let (outcome, why) = match counted.outcome {
        Ok(outcome) => (outcome, String::new()),
        Err(why) => (String::new(), why),
    };
    let kept = Kept {
        outcome_sha256: count::sha256(&outcome),
        ballots_sha256: count::sha256(&counted.file),
        outcome,
        others: counted.others,
        counted_at: now,
    };
    let mut view = json!({ "area": area, "ballots_sha256": kept.ballots_sha256 });
    if why.is_empty() {
        view["outcome_sha256"] = json!(kept.outcome_sha256);
    }
    store::keep_area_result(tx, code, place, &store::Area { area, why, kept }, &counted.file)?;
    Ok(view)
}

/// Keys of votes that are over open nothing any more, not even in an old copy of the database.
async fn throw_keys_away(town: &Town) -> Result<(), Stop> {
    let boxes = town.part::<BallotBoxes>().clone();
    for code in boxes.votes() {
        let asked = code.clone();
        let vote =
            town.db().read(move |tx| store::by_code(tx, &asked)).await.map_err(|error: DbError| Stop::from(error))?;
        let over =
            |vote: Vote| matches!(vote.state, State::Decided | State::Undecided { .. } | State::Withdrawn { .. });
        if vote.is_some_and(over) {
            boxes.destroy(&code)?;
        }
    }
    Ok(())
}
