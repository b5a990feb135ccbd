//! How the machinery does, for administrators.

use crate::operations::{Concern, OperationsView, gather};
use axum::extract::State;
use civic::Moment;
use people::{
    EmailAddress, MailSettings,
    mail::{self, Mail},
};
use web::{
    Answer, Frame, Refusal, Stop, Town, Visit, Wants,
    answer::{json, page, see_other_saying},
    dates,
    limits::Gates,
    manifest::Doc,
    openapi::schema_of,
};

#[derive(askama::Template)]
#[template(path = "town_operations.html")]
struct OperationsPage {
    frame: Frame,
    view: OperationsView,
    say: Say,
}

/// Numbers and times as this reader reads them.
struct Say(Visit);

impl Say {
    fn bytes(&self, bytes: &u64) -> String {
        size(*bytes, self.0.t.language())
    }

    fn size(&self, bytes: &i64) -> String {
        self.bytes(&u64::try_from(*bytes).unwrap_or(0))
    }

    fn number(&self, number: &i64) -> String {
        dates::number(*number, self.0.t.language())
    }

    fn count(&self, number: &u64) -> String {
        self.number(&i64::try_from(*number).unwrap_or(i64::MAX))
    }

    fn time(&self, rfc3339: &str) -> String {
        Moment::parse(rfc3339).map_or_else(|text| text, |moment| self.0.date_time(moment))
    }

    fn concern(&self, concern: &Concern) -> &str {
        self.0.t.say(concern.key())
    }
}

/// Bytes in the largest unit of which there is at least one (IEC 80000-13).
fn size(bytes: u64, language: civic::Language) -> String {
    const UNITS: [&str; 4] = ["KiB", "MiB", "GiB", "TiB"];
    if bytes < 1_024 {
        return format!("{} B", dates::number(i64::try_from(bytes).unwrap_or(0), language));
    }
    let mut in_unit = bytes as f64 / 1_024.0;
    let mut unit = 0;
    while in_unit >= 1_024.0 && unit + 1 < UNITS.len() {
        in_unit /= 1_024.0;
        unit += 1;
    }
    format!("{} {}", dates::decimal(in_unit, 1, language), UNITS[unit])
}

/// How it is described.
pub fn doc() -> Doc {
    Doc::new("operations", "How the machinery does: database, record, jobs, mails, disk, copies").answers(
        200,
        "application/json",
        "Everything the administrator's page shows.",
        schema_of::<OperationsView>(),
    )
}

/// GET /admin/operations
pub async fn operations(State(town): State<Town>, visit: Visit) -> Answer {
    let view = gather(&town, visit.actor.person).await.map_err(Stop::from)?;
    if visit.wants == Wants::Json {
        return json(&view);
    }
    let frame = Frame::new(&town, &visit, visit.t.say("operations-title")).twins(&visit, &[Wants::Json]);
    page(&OperationsPage { frame, view, say: Say(visit) })
}

/// POST /admin/operations/test-mail
pub async fn test_mail(State(town): State<Town>, visit: Visit) -> Answer {
    send_test_to(&town, &visit).await?;
    see_other_saying("/admin/operations", tested(&town, "operations-test-sent"))
}

/// What is said after a test: the key of the sentence, which is another one where nothing can leave.
pub fn tested(town: &Town, sent: &'static str) -> &'static str {
    if town.part::<MailSettings>().smtp_url.is_none() { "operations-test-stays" } else { sent }
}

/// A mail to whoever presses the button.
pub async fn send_test_to(town: &Town, visit: &Visit) -> Answer<()> {
    let person = visit.actor.person.ok_or_else(|| Refusal::new("operations-test-person"))?;
    town.part::<Gates>().mail(visit.address)?;
    let look = town.db().read(move |tx| people::accounts::by_id(tx, person)).await.map_err(Stop::from)?;
    let to = look.and_then(|person| person.email).ok_or(Stop::NotFound)?;
    send_test(town, visit, to).await
}

/// Writes a test to this address; the outbox sends it like any mail.
async fn send_test(town: &Town, visit: &Visit, to: EmailAddress) -> Answer<()> {
    let name = town.settings().name.in_language(visit.t.language()).to_owned();
    let mail = Mail {
        to,
        subject: visit.t.with1("operations-test-subject", "town", name.as_str()),
        body_text: visit.t.with2("operations-test-body", "town", name.as_str(), "link", town.url("/admin/operations")),
    };
    let (now, chance) = (town.now(), town.chance_handle());
    let written = town.db().write(move |tx| {
        mail::put(tx, &mail, now, &*chance)?;
        Ok::<_, Stop>(tx.commit(database::OffRecord("a test of the mail changes nothing of the town"), ())?)
    });
    written.await
}

#[cfg(test)]
mod tests {
    use super::size;
    use civic::Language;

    #[test]
    fn bytes_are_read_in_their_largest_unit() {
        let read = [0, 1_023, 1_024, 1_536, 1_048_576, 5_000_000_000_000].map(|bytes| size(bytes, Language::En));
        assert_eq!(read, ["0 B", "1,023 B", "1.0 KiB", "1.5 KiB", "1.0 MiB", "4.5 TiB"]);
    }
}
