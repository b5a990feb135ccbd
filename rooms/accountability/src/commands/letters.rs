//! Mails of the room.

use crate::model::Commitment;
use civic::{Language, Moment, Role};
use database::{DbError, Tx};
use people::{
    EmailAddress,
    mail::{self, Mail},
};
use web::Town;

/// Tells the organisation and its officers that a commitment is late.
pub(crate) fn tell_late(tx: &mut Tx<'_>, town: &Town, commitment: &Commitment, now: Moment) -> Result<(), DbError> {
    for (to, language) in recipients(tx, town, commitment, now)? {
        let t = town.words().of(language);
        let due = web::dates::date(commitment.due_at, &town.settings().zone, language);
        let values = [
            ("code", commitment.code.as_str().into()),
            ("what", commitment.title.in_language(language).into()),
            ("due", due.into()),
            ("link", town.url(&format!("/commitments/{}/desk", commitment.code)).into()),
        ];
        let (subject, body_text) =
            (t.with("mail-commitment-late-subject", &values), t.with("mail-commitment-late-body", &values));
        mail::put(tx, &Mail { to, subject, body_text }, now, town.chance())?;
    }
    Ok(())
}

/// Each address once.
fn recipients(
    tx: &mut Tx<'_>,
    town: &Town,
    commitment: &Commitment,
    now: Moment,
) -> Result<Vec<(EmailAddress, Language)>, DbError> {
    let own = town.settings().languages.first().copied().unwrap_or_default();
    let agency = people::organisations::by_id(tx, commitment.organisation)?.and_then(|agency| agency.email);
    let mut all: Vec<_> = agency.map(|email| (email, own)).into_iter().collect();
    for (officer, _) in people::mandates::holders(tx, Role::Officer, commitment.organisation, now)? {
        let account = people::accounts::by_id(tx, officer)?;
        all.extend(account.and_then(|account| account.email.map(|email| (email, account.language))));
    }
    all.sort_by(|one, other| one.0.as_str().cmp(other.0.as_str()));
    all.dedup_by(|one, other| one.0 == other.0);
    Ok(all)
}
