//! What the room keeps about a person: to take along, and to erase. Whatever the one names, the other takes away.

use crate::{
    again, appointments,
    fees::{self, PaymentState},
    joint::{self, Consent},
    model::{Application, Outcome},
    post,
    store::{self, Draft},
    team,
};
use civic::{Moment, PersonId};
use database::{DbError, Tx};
use serde_json::{Value, json};
use web::manifest::Privacy;

/// For the manifest.
pub const PRIVACY: Privacy = Privacy { export, erase };

/// Takes away what a person applied for, and what is kept of them as an officer.
fn erase(tx: &mut Tx<'_>, person: PersonId) -> Result<(), DbError> {
    team::erase_person(tx, person)?;
    store::erase_views(tx, person)?;
    store::erase_person(tx, person)
}

/// Everything this room keeps about a person. Notes that officers write for each other stay at the office.
fn export(tx: &mut Tx<'_>, person: PersonId) -> Result<Value, DbError> {
    let mut applications = Vec::new();
    for code in store::codes_of_person(tx, person)? {
        if let Some(one) = store::by_code(tx, &code)? {
            applications.push(application(tx, &one)?);
        }
    }
    let mut drafts = Vec::new();
    for one in store::drafts_of(tx, person)? {
        drafts.push(draft(tx, &one)?);
    }
    Ok(json!({"applications": applications, "drafts": drafts, "as_officer": officer(tx, person)?}))
}

/// What is kept of somebody as an officer.
fn officer(tx: &mut Tx<'_>, person: PersonId) -> Result<Value, DbError> {
    let absence = |(organisation, one): &(String, team::Absence)| {
        json!({
            "organisation": organisation, "officer": one.officer, "from": one.from_day, "to": one.to_day,
            "covered_by": one.cover,
        })
    };
    let skill = |(organisation, officer, service): &(String, String, String)| json!({"organisation": organisation, "officer": officer, "service": service});
    let absences: Vec<Value> = team::absences_of(tx, person)?.iter().map(absence).collect();
    let skills: Vec<Value> = team::skills_of(tx, person)?.iter().map(skill).collect();
    let views = store::views_of(tx, person)?;
    Ok(json!({"knows": skills, "absences": absences, "desk_views": views}))
}

fn application(tx: &mut Tx<'_>, one: &Application) -> Result<Value, DbError> {
    let code = one.code.as_str();
    let steps: Vec<Value> = store::steps(tx, &one.code)?
        .iter()
        .filter(|step| !step.is_internal)
        .map(|step| json!({"at": step.at.rfc3339(), "by": step.actor, "what": step.what, "words": step.body}))
        .collect();
    let looks: Vec<Value> = store::all_looks(tx, &one.code)?
        .iter()
        .map(|look| json!({"at": look.at.rfc3339(), "who": look.actor, "why": look.why}))
        .collect();
    let appeal = one.appeal.as_ref().map(|appeal| {
        json!({
            "at": appeal.at.rfc3339(), "words": appeal.words, "decided_at": appeal.decided_at.map(Moment::rfc3339),
            "outcome": appeal.outcome.map(Outcome::word), "reasons": appeal.reasons,
        })
    });
    let missing = match &one.state {
        crate::model::State::Incomplete { missing } => missing.as_str(),
        _ => "",
    };
    // What one officer proposes is not decided: until then it is of the office.
    let is_decided = one.state.outcome().is_some();
    let grant = Some(&one.grant).filter(|_| is_decided);
    let (granted_cents, granted_why) = grant.map_or((None, ""), |grant| (grant.cents, grant.why.as_str()));
    let reasons = if is_decided { one.reasons.as_str() } else { "" };
    // What the rules said is kept as JSON.
    let finding: Option<Value> = serde_json::from_str(&one.finding).ok();
    let letters: Vec<Value> = post::all_of(tx, code)?
        .iter()
        .map(|letter| {
            let (posted_at, posted_by) = letter.posted.clone().unzip();
            json!({
                "id": letter.step, "at": letter.at.rfc3339(), "language": letter.language.tag(), "subject": letter.subject, "body": letter.body,
                "by_post": letter.by_post, "posted_at": posted_at.map(Moment::rfc3339), "posted_by": posted_by,
            })
        })
        .collect();
    let stood: Vec<Value> = one
        .stood
        .iter()
        .map(|stood| json!({"from": stood.from.rfc3339(), "to": stood.to.map(Moment::rfc3339)}))
        .collect();
    Ok(json!({
        "code": code, "service": one.service, "number": one.number, "filed_at": one.filed_at.rfc3339(),
        "due_at": one.due_at.rfc3339(), "channel": one.channel.word(), "entered_by": one.clerk, "language": one.language.tag(),
        "district": one.district, "email": one.email.as_ref().map(people::EmailAddress::as_str),
        "state": one.state.word(), "since": one.state_at.rfc3339(), "missing": missing, "answers": one.answers,
        "rules_said": finding, "outcome": one.state.outcome().map(Outcome::word), "reasons": reasons,
        "granted_cents": granted_cents, "granted_why": granted_why,
        "decided_at": one.decided_at.map(Moment::rfc3339), "appeal_until": one.appeal_until.map(Moment::rfc3339),
        "appeal": appeal, "minutes": one.minutes, "pages": one.pages, "letters": one.letters,
        "clock_stood": stood, "steps": steps, "letters_written": letters, "looked_at": looks,
        "photos": photos(tx, code, &format!("/applications/{code}/photo"))?,
        "appointments": meetings(tx, code)?, "waits_for": wait(tx, code)?, "fee": payment(tx, code)?,
        "applies_with": others(tx, code)?, "asked_again": again::asked(tx, code)?, "earlier": earlier(tx, code)?,
    }))
}

/// What was answered before some questions were answered again.
fn earlier(tx: &mut Tx<'_>, code: &str) -> Result<Vec<Value>, DbError> {
    let one = |one: &again::Revision| {
        let finding: Option<Value> = serde_json::from_str(&one.finding).ok();
        json!({"number": one.number, "replaced_at": one.at.rfc3339(), "answers": one.answers, "rules_said": finding})
    };
    Ok(again::revisions(tx, code)?.iter().map(one).collect())
}

fn draft(tx: &mut Tx<'_>, one: &Draft) -> Result<Value, DbError> {
    Ok(json!({
        "service": one.service, "number": one.number, "answers": one.answers, "channel": one.channel.word(),
        "language": one.language.tag(), "clerk": one.clerk, "pages": one.pages, "answers_again": one.reopens, "taken_over": one.prefilled, "begun_at": one.begun_at.rfc3339(),
        "updated_at": one.updated_at.rfc3339(),
        // The secret of its address is not ours to know, so its photos have no address here.
        "photos": photos(tx, &one.hash, "")?, "appointments": meetings(tx, &one.hash)?,
        "applies_with": others(tx, &one.hash)?,
    }))
}

/// The photos of a draft or application: which question they answer, and where they can be loaded.
fn photos(tx: &mut Tx<'_>, owner: &str, at: &str) -> Result<Vec<Value>, DbError> {
    let photo = |file: &store::KeptFile| {
        let address = if at.is_empty() { None } else { Some(format!("{at}/{}", file.id)) };
        json!({"question": file.field, "name": file.name, "type": file.media, "added_at": file.at.rfc3339(), "address": address})
    };
    Ok(store::files_of(tx, owner)?.iter().map(photo).collect())
}

fn meetings(tx: &mut Tx<'_>, owner: &str) -> Result<Vec<Value>, DbError> {
    let mut all = Vec::new();
    for (one, times) in appointments::all_of(tx, owner)? {
        let place = appointments::plan(tx, &one.plan)?.map(|plan| plan.place);
        all.push(json!({
            "service": one.service, "place": place, "begins_at": one.slot.begins_at.rfc3339(),
            "ends_at": one.slot.ends_at.rfc3339(), "state": one.state.word(), "made_at": times.made_at.rfc3339(),
            "held_until": times.held_until.map(Moment::rfc3339), "reminded_at": times.reminded_at.map(Moment::rfc3339),
            "marked_by": times.marked_by,
        }));
    }
    Ok(all)
}

/// Who applies too, as the first applicant named them, and what they said.
fn others(tx: &mut Tx<'_>, owner: &str) -> Result<Vec<Value>, DbError> {
    let other = |one: &joint::CoApplicant| {
        let (at, by) = match &one.consent {
            Consent::Asked => (None, ""),
            Consent::Confirmed { at, by } => (Some(*at), by.as_str()),
            Consent::Declined { at } => (Some(*at), ""),
        };
        json!({
            "name": one.name, "email": one.email.as_ref().map(people::EmailAddress::as_str), "named_at": one.added_at.rfc3339(),
            "said": one.consent.word(), "said_at": at.map(Moment::rfc3339), "noted_by": by,
            "invited_until": one.expires_at.map(Moment::rfc3339),
            "answers": one.answers,
        })
    };
    Ok(joint::of_owner(tx, owner)?.iter().map(other).collect())
}

fn wait(tx: &mut Tx<'_>, owner: &str) -> Result<Value, DbError> {
    let Some(one) = appointments::wait_of(tx, owner)? else { return Ok(Value::Null) };
    let place = appointments::plan(tx, &one.plan)?.map(|plan| plan.place);
    Ok(json!({"place": place, "day": one.day, "asked_at": one.asked_at.rfc3339()}))
}

fn payment(tx: &mut Tx<'_>, code: &str) -> Result<Value, DbError> {
    let Some(one) = fees::payment_of(tx, code)? else { return Ok(Value::Null) };
    let step = |step: &fees::PaymentStep| json!({"at": step.at.rfc3339(), "by": step.actor, "what": step.what, "words": step.body});
    let steps: Vec<Value> = fees::steps(tx, &one.id)?.iter().map(step).collect();
    let (paid_at, refunded_at) = match &one.state {
        PaymentState::Paid { at, .. } | PaymentState::Refunding { at, .. } => (Some(*at), None),
        PaymentState::Refunded { at, refunded_at, .. } => (Some(*at), Some(*refunded_at)),
        _ => (None, None),
    };
    let by = one.state.taken_by();
    Ok(json!({
        "state": one.state.word(), "amount_cents": one.state.amount_cents(), "reason": one.reason,
        "taken_by": by.map(fees::TakenBy::word), "reference": by.map(fees::TakenBy::reference),
        "made_at": one.made_at.rfc3339(), "paid_at": paid_at.map(Moment::rfc3339),
        "refunded_at": refunded_at.map(Moment::rfc3339), "steps": steps,
    }))
}
