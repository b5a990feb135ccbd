//! Officers look after applications.

use super::{calendar_of, definition_of, due, letters};
use crate::{
    again::{self, Revision},
    conflict,
    decide::{Change, Given, OfficerAct, apply, decide_officer, nothing_left},
    fees, joint,
    model::{APPLICATION, Application, Charges, LOOKS, Look, Outcome, State, Step},
    post, rules, store,
};
use civic::{Actor, Chance, EntryId, Moment, Subject};
use database::{DbError, OffRecord, Tx};
use record::Entry;
use serde_json::json;
use std::sync::Arc;
use web::{Refusal, Stop, Town, manifest::JobKind};

/// Hours for which it holds why somebody opened an application.
const LOOK_HOURS: i64 = 8;
/// Applications that one run of the job closes.
const CLOSED_AT_ONCE: i64 = 500;
const PRIVATE: OffRecord =
    OffRecord("how an application is handled is between the office and the applicant; the decision is recorded");

/// An act of an officer.
#[derive(Debug, Clone)]
pub struct OfficeCommand {
    /// The application's reference.
    pub code: String,
    /// The version that was seen; acts that only add words go without.
    pub seen_version: Option<i64>,
    /// What is done.
    pub act: OfficerAct,
}

/// Does it.
///
/// # Errors
/// `NotFound` where the actor's mandate does not reach; `own-application` for whoever applies themselves; `application-stale` where somebody else changed it since the page was made;
/// refusals of the decision.
pub async fn act_at_office(town: &Town, actor: Actor, command: OfficeCommand) -> Result<Application, Stop> {
    let (own, chance) = (town.clone(), town.chance_handle());
    town.db()
        .write(move |tx| {
            let (one, entry) = act_within(tx, &own, &actor, command, &*chance)?;
            match entry {
                Some(entry) => tx.commit(entry, one),
                None => tx.commit(PRIVATE, one),
            }
            .map_err(Stop::from)
        })
        .await
}

/// The same within a transaction.
pub(super) fn act_within(
    tx: &mut Tx<'_>,
    town: &Town,
    actor: &Actor,
    mut command: OfficeCommand,
    chance: &dyn Chance,
) -> Result<(Application, Option<Entry>), Stop> {
    let now = town.now();
    let found = store::by_code_to_change(tx, &command.code)?;
    let mut one = conflict::for_officer(tx, actor, found)?;
    let is_stale = command.seen_version.is_some_and(|seen| seen != one.version);
    if is_stale && !command.act.adds_only() {
        return Err(Refusal::conflict("application-stale").into());
    }
    if let OfficerAct::Letter { text } = &command.act {
        nothing_left(text)?;
    }
    let definition = definition_of(tx, &one)?;
    let mut opened = None;
    if let OfficerAct::Ask { missing, asked } = &mut command.act {
        let names = again::decide_ask(&definition.form, &one.answers, asked)?;
        let label = |name: &String| {
            definition.form.field(name).map(|(_, field)| field.label.in_language(one.language).to_owned())
        };
        let lines =
            names.iter().filter_map(label).chain(Some(missing.trim().to_owned()).filter(|text| !text.is_empty()));
        *missing = lines.collect::<Vec<_>>().join("\n");
        opened = Some(names);
    }
    let given = Given {
        four_eyes: definition.four_eyes,
        has_entered: one.clerk == actor.handle,
        say: rules::said(&definition, &one.finding),
    };
    let change = decide_officer(&one, command.act, given, &actor.handle)?;
    // Both who decided together stand in it, so that neither decides the appeal.
    let by = match &one.state {
        State::Proposed { by, .. } if change.what == "decided" => format!("{by} {}", actor.handle),
        _ => actor.handle.clone(),
    };
    let was_waiting = matches!(one.state, State::Incomplete { .. });
    apply(&mut one, &change, &by, now);
    if change.state.is_some() && grants(&one.state) {
        joint::may_grant(&joint::of_owner(tx, one.code.as_str())?)?;
    }
    if change.what == "decided" {
        one.appeal_until = Some(now.plus_days(i64::from(definition.appeal_days)));
    }
    if matches!(one.state, State::UnderReview) && change.state.is_some() {
        let calendar = calendar_of(town, tx, one.organisation)?;
        one.due_at = due(&calendar, one.filed_at, definition.answer_days, &one.stood, now)?;
    }
    let step = saved(tx, &one, &change, &actor.handle, now, chance)?;
    if was_waiting && !matches!(one.state, State::Incomplete { .. }) {
        again::close(tx, one.code.as_str())?;
    }
    if let Some(names) = opened {
        again::put_asked(tx, one.code.as_str(), &names)?;
    }
    let is_granted = one.state.outcome() == Some(Outcome::Granted);
    if definition.charges == Charges::Grant && is_granted && matches!(change.what, "decided" | "appeal-decided") {
        fees::file(tx, town, &one, &definition, chance)?;
    }
    if change.letter && !one.is_simulated {
        letters::said(tx, town, &one, &definition, &change, &step)?;
    }
    let earlier = again::revisions(tx, one.code.as_str())?;
    let entry = entry((&one, &earlier), &change, actor, now, chance)?;
    Ok((one, entry))
}

/// Whether it is granted, or would be.
fn grants(state: &State) -> bool {
    let outcome = if let State::Proposed { outcome, .. } = state { Some(*outcome) } else { state.outcome() };
    outcome == Some(Outcome::Granted) && !matches!(state, State::InAppeal { .. })
}

/// Saves an application with the step of a change; answers the id of the step.
pub(crate) fn saved(
    tx: &mut Tx<'_>,
    one: &Application,
    change: &Change,
    by: &str,
    now: Moment,
    chance: &dyn Chance,
) -> Result<String, DbError> {
    let id = EntryId::new(now, chance).text();
    saved_as(tx, one, change, by, now, id.clone())?;
    Ok(id)
}

/// The same with an id for the step.
pub(super) fn saved_as(
    tx: &mut Tx<'_>,
    one: &Application,
    change: &Change,
    by: &str,
    now: Moment,
    id: String,
) -> Result<(), DbError> {
    store::update(tx, one)?;
    let step = Step {
        id,
        at: now,
        what: change.what.to_owned(),
        actor: by.to_owned(),
        body: change.body.clone(),
        is_internal: change.is_internal,
    };
    store::add_step(tx, &one.code, &step)
}

/// Public: that it was decided, when, which service by which version, and the kind of outcome. Sealed: what was answered, and why.
fn entry(
    (one, earlier): (&Application, &[Revision]),
    change: &Change,
    actor: &Actor,
    now: Moment,
    chance: &dyn Chance,
) -> Result<Option<Entry>, DbError> {
    let saying = match change.what {
        "decided" => "application.decided",
        "appeal-decided" => "application.appeal-decided",
        _ => return Ok(None),
    };
    let outcome = one.state.outcome().map(Outcome::word);
    let what = json!({"service": one.service, "number": one.number, "outcome": outcome});
    let subject = Subject::new(APPLICATION, one.code.as_str());
    let entry = Entry::about(subject, saying, actor, now, chance).publicly(&what)?;
    entry.privately(&sealed(one, &change.body, earlier)?, chance).map(Some)
}

/// What the seal of a decision holds: with it and the salt the applicant can prove what was decided on which answers. Where questions were
/// answered again, it says so: `earlier` has the SHA-256 of each earlier state of the answers, oldest first.
pub(crate) fn sealed(one: &Application, reasons: &str, earlier: &[Revision]) -> Result<serde_json::Value, DbError> {
    let mut all = json!({"answers": one.answers, "finding": one.finding, "reasons": reasons});
    // Where no money is granted, as before there were amounts: seals of then are still proved.
    if let Some(cents) = one.grant.cents {
        all["granted_cents"] = json!(cents);
        all["granted_why"] = json!(one.grant.why);
    }
    if !earlier.is_empty() {
        let hash = |one: &Revision| store::json(&one.answers).map(|answers| store::hash_of(&answers));
        all["earlier"] = json!(earlier.iter().map(hash).collect::<Result<Vec<_>, _>>()?);
    }
    Ok(all)
}

/// Since when it holds why somebody opened an application.
pub(super) fn looks_hold_since(now: Moment) -> Moment {
    now.plus_seconds(-LOOK_HOURS * 3_600)
}

/// Whether somebody said lately why they open an application; where `why` is given, they say so now.
///
/// # Errors
/// `NotFound` where the actor's mandate does not reach; `own-application` for whoever applies themselves; `look-why` for no reason.
pub async fn look(town: &Town, actor: Actor, code: String, why: Option<String>) -> Result<bool, Stop> {
    let (now, chance) = (town.now(), town.chance_handle());
    if why.as_deref().is_some_and(|why| !LOOKS.contains(&why)) {
        return Err(Refusal::new("look-why").at("why").into());
    }
    let since = looks_hold_since(now);
    let Some(why) = why else {
        return town
            .db()
            .read(move |tx| {
                let found = store::by_code(tx, &code)?;
                let one = conflict::for_officer(tx, &actor, found)?;
                store::has_looked(tx, &one.code, &actor.handle, since).map_err(Stop::from)
            })
            .await;
    };
    town.db()
        .write(move |tx| {
            let found = store::by_code(tx, &code)?;
            let one = conflict::for_officer(tx, &actor, found)?;
            let look = Look { at: now, actor: actor.handle.clone(), why };
            store::add_look(tx, &EntryId::new(now, &*chance).text(), &one.code, &look)?;
            tx.commit(OffRecord("who looked is told to the applicant"), true).map_err(Stop::from)
        })
        .await
}

/// An officer says that a letter was posted.
///
/// # Errors
/// `NotFound` where the actor's mandate does not reach, or no such letter waits for the post; `own-application` for whoever applies themselves.
pub async fn posted(town: &Town, actor: Actor, code: String, step: String) -> Result<(), Stop> {
    let now = town.now();
    town.db()
        .write(move |tx| {
            let found = store::by_code_to_change(tx, &code)?;
            let one = conflict::for_officer(tx, &actor, found)?;
            if !post::mark_posted(tx, one.code.as_str(), &step, &actor.handle, now)? {
                return Err(Stop::NotFound);
            }
            tx.commit(PRIVATE, ()).map_err(Stop::from)
        })
        .await
}

/// Closes what is decided and can no longer be appealed against.
///
/// # Errors
/// Those of the database.
pub async fn close_what_is_final(town: &Town) -> Result<(), Stop> {
    let (now, chance) = (town.now(), town.chance_handle());
    town.db()
        .write(move |tx| {
            for code in store::to_close(tx, now, CLOSED_AT_ONCE)? {
                let Some(mut one) = store::by_code_to_change(tx, &code)? else { continue };
                let State::Decided { outcome } = one.state else { continue };
                (one.state, one.state_at) = (State::Closed { outcome }, now);
                one.version += 1;
                store::update(tx, &one)?;
                let step = Step {
                    id: EntryId::new(now, &*chance).text(),
                    at: now,
                    what: "closed".to_owned(),
                    actor: String::new(),
                    body: String::new(),
                    is_internal: false,
                };
                store::add_step(tx, &one.code, &step)?;
            }
            tx.commit(OffRecord("the time for an appeal passed: the decision was recorded before"), ())
                .map_err(Stop::from)
        })
        .await
}

/// The job that closes them, every hour.
pub fn job_kind() -> JobKind {
    JobKind::every(
        "services.close",
        3_600,
        Arc::new(|town, _| {
            Box::pin(async move { close_what_is_final(&town).await.map_err(|stop| format!("{stop:?}")) })
        }),
    )
}
