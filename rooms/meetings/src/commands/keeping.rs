//! Meetings are written down, announced, changed and called off.

use super::{first_language, is_there, keep, move_up, must_keep, own_meeting, tell_all};
use crate::{
    decide::{check, may_change, may_publish},
    letters::Why,
    model::{Meeting, Plan},
    store,
};
use civic::{Actor, Chance, Code, LocalText, Moment, OrganisationId};
use database::{DbError, OffRecord, Tx};
use record::Entry;
use serde_json::{Value, json};
use web::{Refusal, Stop, Town};

const PRIVATE: OffRecord = OffRecord("a meeting is private until it is announced");
/// The shortest code, in characters after `E-`; it grows when codes run out.
const CODE_LENGTH: usize = 4;
/// Days until a new meeting, and its hours, unless changed.
const DAYS_AHEAD: i64 = 14;
const HOURS: i64 = 2;
/// Characters of a reason.
const REASON_LIMIT: usize = 500;

/// A meeting to begin.
#[derive(Debug, Clone)]
pub struct NewMeeting {
    /// What it is called.
    pub title: LocalText,
    /// Who holds it.
    pub organisation: Option<OrganisationId>,
}

/// Begins a meeting, which only who holds it sees.
///
/// # Errors
/// `NotAllowed`.
pub async fn create(town: &Town, actor: Actor, new: NewMeeting) -> Result<Meeting, Stop> {
    let own = town.clone();
    town.db()
        .write(move |tx| {
            must_keep(&actor, new.organisation)?;
            let now = own.now();
            let starts_at = now.plus_days(DAYS_AHEAD);
            let plan = Plan {
                summary: new.title.clone(),
                title: new.title,
                agenda: None,
                place: String::new(),
                district: None,
                online_url: String::new(),
                places: None,
                belongs_to: None,
            };
            let meeting = Meeting {
                code: free_code(tx, own.chance())?,
                plan,
                organisation: new.organisation,
                starts_at,
                ends_at: starts_at.plus_seconds(HOURS * 3_600),
                published_at: None,
                cancelled: None,
                minutes: None,
                made_at: now,
                updated_at: now,
                version: 1,
            };
            store::insert(tx, &meeting)?;
            tx.commit(PRIVATE, meeting).map_err(Stop::from)
        })
        .await
}

fn free_code(tx: &mut Tx<'_>, chance: &dyn Chance) -> Result<Code, DbError> {
    database::free_code(tx, 'E', CODE_LENGTH, chance, store::is_taken)
}

/// Changes a meeting that has not begun. Who comes is told when it is at another time or place; who waits moves up when there
/// are more places.
///
/// # Errors
/// Refusals of [`check`] and [`may_change`]; `meeting-belongs`, `meeting-changed`; `NotAllowed`.
pub async fn save(
    town: &Town,
    actor: Actor,
    (code, seen_version): (String, i64),
    plan: Plan,
    (starts_at, ends_at): (Moment, Moment),
) -> Result<Meeting, Stop> {
    let own = town.clone();
    town.db()
        .write(move |tx| {
            let now = own.now();
            let mut meeting = own_meeting(tx, &actor, &code)?;
            may_change(&meeting, now)?;
            check(&plan, starts_at, ends_at, first_language(&own)).map_err(Stop::Refused)?;
            if let Some(subject) = &plan.belongs_to
                && !is_there(&own, tx, subject)?
            {
                return Err(Refusal::new("meeting-belongs").at("belongs").into());
            }
            let is_public = meeting.published_at.is_some();
            if is_public && starts_at <= now {
                return Err(Refusal::new("meeting-past").at("starts").into());
            }
            let moved = (meeting.starts_at, &meeting.plan.place, &meeting.plan.online_url)
                != (starts_at, &plan.place, &plan.online_url);
            meeting.plan = plan;
            (meeting.starts_at, meeting.ends_at) = (starts_at, ends_at);
            keep(tx, &mut meeting, seen_version, now)?;
            if !is_public {
                return tx.commit(PRIVATE, meeting).map_err(Stop::from);
            }
            if moved {
                tell_all(&own, tx, &meeting, Why::Changed, now)?;
            }
            move_up(&own, tx, &meeting, now)?;
            let said = Entry::about(meeting.subject(), "meeting.changed", &actor, now, own.chance());
            tx.commit(said.publicly(&view(&meeting))?, meeting).map_err(Stop::from)
        })
        .await
}

/// Announces a meeting.
///
/// # Errors
/// Refusals of [`may_publish`] and [`check`]; `NotAllowed`.
pub async fn publish(town: &Town, actor: Actor, code: String) -> Result<Meeting, Stop> {
    let own = town.clone();
    town.db()
        .write(move |tx| {
            let now = own.now();
            let mut meeting = own_meeting(tx, &actor, &code)?;
            may_publish(&meeting, now)?;
            check(&meeting.plan, meeting.starts_at, meeting.ends_at, first_language(&own)).map_err(Stop::Refused)?;
            meeting.published_at = Some(now);
            let version = meeting.version;
            keep(tx, &mut meeting, version, now)?;
            if let Some(subject) = &meeting.plan.belongs_to {
                let relation = commons::links::Relation::GrewOutOf;
                let link = commons::links::Link { from: meeting.subject(), relation, to: subject.clone() };
                commons::links::link(tx, &link, now)?;
            }
            let said = Entry::about(meeting.subject(), "meeting.announced", &actor, now, own.chance());
            tx.commit(said.publicly(&view(&meeting))?, meeting).map_err(Stop::from)
        })
        .await
}

/// Calls a meeting off, with a public reason; everybody who comes or waits is told.
///
/// # Errors
/// `meeting-reason`; refusals of [`may_change`]; `NotAllowed`.
pub async fn cancel(town: &Town, actor: Actor, code: String, reason: String) -> Result<Meeting, Stop> {
    let own = town.clone();
    let reason = reason.trim().to_owned();
    town.db()
        .write(move |tx| {
            let now = own.now();
            let mut meeting = own_meeting(tx, &actor, &code)?;
            may_change(&meeting, now)?;
            if meeting.published_at.is_none() {
                return Err(Refusal::conflict("meeting-not-public").into());
            }
            if reason.is_empty() || reason.chars().count() > REASON_LIMIT {
                return Err(Refusal::new("meeting-reason").at("reason").with("most", REASON_LIMIT).into());
            }
            meeting.cancelled = Some((now, reason));
            let version = meeting.version;
            keep(tx, &mut meeting, version, now)?;
            tell_all(&own, tx, &meeting, Why::Cancelled, now)?;
            let said = Entry::about(meeting.subject(), "meeting.cancelled", &actor, now, own.chance());
            tx.commit(said.publicly(&view(&meeting))?, meeting).map_err(Stop::from)
        })
        .await
}

/// What the record says of a meeting: the town's own words, times, places.
fn view(meeting: &Meeting) -> Value {
    json!({
        "title": meeting.plan.title, "from": meeting.starts_at.rfc3339(), "until": meeting.ends_at.rfc3339(),
        "district": meeting.plan.district, "places": meeting.plan.places,
    })
}
