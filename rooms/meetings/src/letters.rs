//! The mails of meetings.

use crate::model::Meeting;
use civic::{Moment, PersonId};
use database::{DbError, Tx};
use people::mail::{self, Mail};
use web::Town;

/// Why somebody is written to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// They have a place.
    Placed,
    /// They wait for one.
    Waiting,
    /// They waited and have a place now.
    MovedUp,
    /// It is soon.
    Soon,
    /// It was called off.
    Cancelled,
    /// It is at another time or place.
    Changed,
}

impl Why {
    fn key(self) -> &'static str {
        match self {
            Self::Placed => "meeting-mail-placed",
            Self::Waiting => "meeting-mail-waiting",
            Self::MovedUp => "meeting-mail-moved-up",
            Self::Soon => "meeting-mail-soon",
            Self::Cancelled => "meeting-mail-cancelled",
            Self::Changed => "meeting-mail-changed",
        }
    }
}

/// Writes to somebody, in their language, in the transaction of what is told.
pub fn write(
    town: &Town,
    tx: &mut Tx<'_>,
    meeting: &Meeting,
    person: PersonId,
    why: Why,
    now: Moment,
) -> Result<(), DbError> {
    let Some(account) = people::accounts::by_id(tx, person)? else { return Ok(()) };
    let Some(to) = account.email else { return Ok(()) };
    let t = town.words().of(account.language);
    let title = meeting.plan.title.in_language(account.language).to_owned();
    let when = web::dates::date_time(meeting.starts_at, &town.settings().zone, account.language);
    let link = town.url(&format!("/meetings/{}", meeting.code));
    let place = [meeting.plan.place.as_str(), &meeting.plan.online_url];
    let place = place.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ");
    let sentence = t.say(why.key()).to_owned();
    let reason = meeting.cancelled.as_ref().map(|(_, reason)| reason.clone()).unwrap_or_default();
    let values = [
        ("sentence", sentence.as_str().into()),
        ("title", title.as_str().into()),
        ("when", when.into()),
        ("place", place.into()),
        ("reason", reason.into()),
        ("link", link.into()),
    ];
    let subject = t.with2("meeting-mail-subject", "title", title.as_str(), "sentence", sentence.as_str());
    let body = if why == Why::Cancelled { "meeting-mail-body-cancelled" } else { "meeting-mail-body" };
    mail::put(tx, &Mail { to, subject, body_text: t.with(body, &values) }, now, town.chance()).map(|_| ())
}
