//! What the room does: load facts, decide, save, record, commit.

mod applicant;
mod bulk;
mod draft;
mod file;
pub(crate) mod letters;
mod office;
mod scan;
mod service;
mod simulate;

pub(crate) use applicant::is_applicant;
pub use applicant::{act_as_applicant, send_link};
pub use bulk::{BulkLetter, Prepared, Sent, begin_letter, fields_of, prepare_letter, send_letter, versions_of};
pub use draft::{Begun, DRAFT_DAYS, Saving, add_photo, begin, drop_entry, drop_photo, load, save_page};
pub use file::file;
pub(crate) use file::first_of;
pub use office::{OfficeCommand, act_at_office, job_kind, look, posted};
pub(crate) use office::{saved, sealed};
pub use scan::add_scan;
pub(crate) use service::fresh;
pub use service::{NewService, create, publish, save};
pub use simulate::{SimulatedLife, simulate, simulate_given_up};

use crate::model::{Application, Definition, Stood};
use civic::{Moment, OrganisationId};
use database::{DbError, Tx};
use service_clock::{Calendar, Length, Pause};
use web::{Stop, Town};

/// The calendar by which an organisation works.
pub(crate) fn calendar_of(town: &Town, tx: &mut Tx<'_>, organisation: OrganisationId) -> Result<Calendar, DbError> {
    let own = &town.settings().calendar;
    let organisation = people::organisations::by_id(tx, organisation)?.ok_or(DbError::NotFound)?;
    // Hours that can no longer be read must not hold up an application: then the town's own count.
    Ok(organisation.works.calendar(own).unwrap_or_else(|_| own.clone()))
}

/// When so many working days have passed, standing still where the clock did.
///
/// # Errors
/// A fault where the calendar has too little working time within twenty years.
pub(crate) fn due(calendar: &Calendar, from: Moment, days: u32, stood: &[Stood], now: Moment) -> Result<Moment, Stop> {
    let pauses: Vec<Pause> = stood
        .iter()
        .map(|one| Pause { from: one.from.timestamp(), to: one.to.unwrap_or(now).timestamp() })
        .filter(|pause| pause.from < pause.to)
        .collect();
    calendar
        .deadline(from.timestamp(), Length::Days(days), &pauses)
        .map(|deadline| deadline.at.into())
        .map_err(Stop::fault)
}

/// The version at filing.
fn definition_of(tx: &mut Tx<'_>, one: &Application) -> Result<Definition, DbError> {
    crate::store::version_of(tx, &one.service, one.number)?.ok_or(DbError::NotFound)
}

#[cfg(test)]
mod tests {
    use super::due;
    use crate::model::Stood;
    use civic::Moment;
    use jiff::tz::TimeZone;
    use service_clock::Calendar;

    fn at(text: &str) -> Moment {
        Moment::parse(text).unwrap()
    }

    /// In Madrid the clocks go back on 25 October 2026 and forward on 28 March 2027; 2028 has a leap day.
    #[test]
    fn a_deadline_ends_at_the_close_of_its_day_whatever_the_clocks_do() {
        let zone = TimeZone::get("Europe/Madrid").unwrap();
        let calendar = Calendar::read(&["mon-fri 08:00-16:00"], &["2026-10-28"], zone).unwrap();
        let due = |from: &str, days, stood: &[Stood]| due(&calendar, at(from), days, stood, at(from)).unwrap();
        assert_eq!(due("2026-10-22T10:00:00Z", 1, &[]), at("2026-10-23T14:00:00Z"), "summer time");
        assert_eq!(due("2026-10-23T10:00:00Z", 5, &[]), at("2026-11-02T15:00:00Z"), "winter time, one holiday");
        assert_eq!(due("2027-03-26T10:00:00Z", 1, &[]), at("2027-03-29T14:00:00Z"), "summer time again");
        assert_eq!(due("2028-02-28T10:00:00Z", 1, &[]), at("2028-02-29T15:00:00Z"), "a leap day is a day");
        let stood = Stood { from: at("2026-10-23T11:00:00Z"), to: Some(at("2026-10-27T11:00:00Z")) };
        assert_eq!(due("2026-10-23T10:00:00Z", 2, &[stood]), at("2026-10-29T15:00:00Z"), "what stood does not count");
    }
}
