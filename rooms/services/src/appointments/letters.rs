//! Mails about appointments, through the outbox.

use super::model::{Appointment, Plan};
use crate::{
    model::{Application, Definition},
    store,
};
use database::{DbError, Tx};
use people::mail::{self, Mail};
use web::Town;

/// Tells an applicant: `what` is `booked`, `given` (from the waiting list), `reminder`, `cancelled` or `off` (by the office).
pub(super) fn tell(
    tx: &mut Tx<'_>,
    town: &Town,
    what: &str,
    one: &Application,
    appointment: &Appointment,
    plan: &Plan,
) -> Result<(), DbError> {
    let Some(to) = one.email.clone().filter(|_| !one.is_simulated) else { return Ok(()) };
    let t = town.words().of(one.language);
    let title = store::version_of(tx, &one.service, one.number)?
        .map(|definition: Definition| definition.title.in_language(one.language).to_owned());
    let values = [
        ("code", one.code.as_str().into()),
        ("service", title.unwrap_or_default().into()),
        ("when", web::dates::date_time(appointment.slot.begins_at, &town.settings().zone, one.language).into()),
        ("where", plan.place.in_language(one.language).into()),
        ("town", town.settings().name.in_language(one.language).into()),
    ];
    let subject = t.with(&format!("sv-meet-{what}-subject"), &values);
    let body_text = t.with(&format!("sv-meet-{what}-body"), &values);
    mail::put(tx, &Mail { to, subject, body_text }, town.now(), town.chance()).map(|_| ())
}
