//! `servicerequestupdates`, mySociety's extension of GeoReport v2: what became of requests since a date, and what a
//! client's users say of them.

use super::{
    Element,
    asked::{Asked, bad},
    report::holder_of_key,
};
use crate::{
    model::HistoryStep,
    store::{self, Posted},
};
use civic::Moment;
use database::{DbError, OffRecord};
use web::{Stop, Town, Visit};

/// Updates one answer holds.
const UPDATES_LIMIT: i64 = 1_000;

/// GET servicerequestupdates
pub async fn between<'e>(town: &Town, visit: &Visit, asked: &Asked) -> Result<Element<'e>, Stop> {
    let (start, end) = asked.span(town.now())?;
    let steps = town
        .db()
        .read_long(move |tx| store::updates_between(tx, start, end, UPDATES_LIMIT))
        .await
        .map_err(|e: DbError| Stop::from(e))?;
    let items = steps.iter().map(|(code, step)| update(visit, code, step)).collect();
    Ok(Element::root("service_requests_updates", Element::List("request_update", items)))
}

fn update<'e>(visit: &Visit, code: &str, step: &HistoryStep) -> Element<'e> {
    let said = if step.body.is_empty() {
        visit.t.say(crate::pages::step_key(&step.saying)).to_owned()
    } else {
        step.body.clone()
    };
    let status = if step.state.is_open() { "OPEN" } else { "CLOSED" };
    Element::Parts(vec![
        ("update_id", Element::text(step.id.clone())),
        ("service_request_id", Element::text(code.to_owned())),
        ("status", Element::text(status)),
        ("updated_datetime", Element::text(step.at.rfc3339())),
        ("description", Element::text(said)),
        ("media_url", Element::Empty),
    ])
}

/// What clients send as `status`: the standard's two, and those of FixMyStreet's extended statuses.
const STATUSES: [&str; 16] = [
    "OPEN",
    "CLOSED",
    "FIXED",
    "CONFIRMED",
    "INVESTIGATING",
    "IN_PROGRESS",
    "PLANNED",
    "ACTION_SCHEDULED",
    "DUPLICATE",
    "NOT_COUNCILS_RESPONSIBILITY",
    "UNABLE_TO_FIX",
    "NO_FURTHER_ACTION",
    "INTERNAL_REFERRAL",
    "REFERRED",
    "HIDDEN",
    "ACTIVE",
];
/// Dates of updates lie in this century: before it nobody reported by Open311. Clocks of clients may go as they like within it, as nothing
/// hangs on them.
const EARLIEST: Moment = Moment(946_684_800_000_000);
const LATEST: Moment = Moment(4_102_444_800_000_000);

/// POST servicerequestupdates: what a resident says by a client becomes a comment. Whether the matter is closed stays
/// for the agency to decide, so `status` is read but changes nothing. The same `update_id` again gets the same answer.
pub async fn take<'e>(town: &Town, visit: &Visit, fields: &Asked) -> Result<Element<'e>, Stop> {
    let actor = holder_of_key(town, visit, fields).await?;
    let needed = |name: &'static str| {
        fields.text(name).map(str::to_owned).ok_or_else(|| bad("field-missing").with("name", name))
    };
    let (code, update_id) = (needed("service_request_id")?, needed("update_id")?);
    let at = fields.date("updated_datetime")?;
    if at.is_some_and(|at| !(EARLIEST..LATEST).contains(&at)) {
        return Err(bad("update-time").into());
    }
    if fields.text("status").is_some_and(|status| !STATUSES.contains(&status.to_uppercase().as_str())) {
        return Err(bad("update-status").into());
    }
    let words = commons::comments::read_words(fields.text("description").unwrap_or_default())?;
    let (now, chance) = (town.now(), town.chance_handle());
    let kept = town
        .db()
        .write(move |tx| {
            let request = store::by_code(tx, &code)?.ok_or(DbError::NotFound)?;
            let posted = Posted { client: &actor.handle, update_id: &update_id };
            if let Some(before) = store::posted(tx, &posted)? {
                let kept = record::subject_of(tx, &before)?;
                if kept.is_some_and(|kept| kept != request.subject()) {
                    return Err(Stop::from(bad("update-id-used")));
                }
                return Ok(tx.commit(OffRecord("the same update was kept before"), before)?);
            }
            let entry = commons::comments::add(tx, &request.subject(), &actor, &words, now, &*chance)?;
            let id = entry.id().text();
            store::keep_posted(tx, &posted, &id)?;
            tx.commit(entry, id).map_err(Stop::from)
        })
        .await?;
    let parts = Element::Parts(vec![("update_id", Element::text(kept))]);
    Ok(Element::root("service_request_updates", Element::List("request_update", vec![parts])))
}
