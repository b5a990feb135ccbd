//! Mails of the room that ask for something.

use super::hash_of;
use crate::{
    model::{ServiceRequest, State},
    store,
};
use civic::{Language, Moment, PersonId, Role, secret};
use database::{DbError, Tx};
use people::{
    EmailAddress,
    mail::{self, Mail},
};
use web::Town;

/// Sends the agency's question to the reporter, with a private link of its own; the first one stays good. Who left no address
/// finds the question on the page of their report.
pub(super) fn ask_reporter(
    tx: &mut Tx<'_>,
    town: &Town,
    request: &ServiceRequest,
    question: &str,
    now: Moment,
) -> Result<(), DbError> {
    let Some((to, language)) = reporter(tx, request)? else { return Ok(()) };
    let key = secret(town.chance());
    store::save_reply_key(tx, request.id, &hash_of(&key))?;
    let (t, code) = (town.words().of(language), request.code.as_str());
    let link = town.url(&format!("/requests/{code}/own?key={key}"));
    let body_text =
        t.with("mail-asked-body", &[("code", code.into()), ("question", question.into()), ("link", link.into())]);
    mail::put(tx, &Mail { to, subject: t.with1("mail-asked-subject", "code", code), body_text }, now, town.chance())
        .map(|_| ())
}

/// Where mail for the reporter goes, and in which language.
fn reporter(tx: &mut Tx<'_>, request: &ServiceRequest) -> Result<Option<(EmailAddress, Language)>, DbError> {
    let (email, language) = store::reporter_address(tx, request.id)?;
    let language = language.parse().unwrap_or_default();
    if let Some(email) = email.and_then(|email| email.parse().ok()) {
        return Ok(Some((email, language)));
    }
    let account = request.reporter_id.map(|id| people::accounts::by_id(tx, id)).transpose()?.flatten();
    Ok(account.and_then(|account| account.email).map(|email| (email, language)))
}

/// Where a mail goes, and in which language.
pub(crate) type Recipient = (EmailAddress, Language);

/// A mail about a promise that runs out.
pub(crate) struct Late<'l> {
    /// The request.
    pub request: &'l ServiceRequest,
    /// What it is about, in the recipient's language.
    pub what: String,
    /// By when an end was promised.
    pub due: Moment,
    /// To whom.
    pub to: EmailAddress,
    /// In which language.
    pub language: Language,
}

/// Writes it.
pub(crate) fn tell_late(tx: &mut Tx<'_>, town: &Town, late: &Late<'_>, now: Moment) -> Result<(), DbError> {
    let (t, code) = (town.words().of(late.language), late.request.code.as_str());
    let key = if late.due < now { "mail-late" } else { "mail-due-soon" };
    let due = web::dates::date_time(late.due, &town.settings().zone, late.language);
    let link = town.url(&format!("/desk/{code}"));
    let values =
        [("code", code.into()), ("what", late.what.as_str().into()), ("due", due.into()), ("link", link.into())];
    let (subject, body_text) = (t.with(&format!("{key}-subject"), &values), t.with(&format!("{key}-body"), &values));
    mail::put(tx, &Mail { to: late.to.clone(), subject, body_text }, now, town.chance()).map(|_| ())
}

/// Who works on it; where nobody does, its agency.
pub(crate) fn officer_of(
    tx: &mut Tx<'_>,
    town: &Town,
    request: &ServiceRequest,
    now: Moment,
) -> Result<Vec<Recipient>, DbError> {
    let State::Assigned { officer, .. } = &request.state else { return agency_of(tx, town, request, now) };
    Ok(person(tx, *officer)?.into_iter().collect())
}

/// The address of its agency, and its officers.
pub(crate) fn agency_of(
    tx: &mut Tx<'_>,
    town: &Town,
    request: &ServiceRequest,
    now: Moment,
) -> Result<Vec<Recipient>, DbError> {
    let own = town.settings().languages.first().copied().unwrap_or_default();
    let agency = people::organisations::by_id(tx, request.organisation)?.and_then(|agency| agency.email);
    let mut recipients: Vec<Recipient> = agency.map(|email| (email, own)).into_iter().collect();
    for (officer, _) in people::mandates::holders(tx, Role::Officer, request.organisation, now)? {
        recipients.extend(person(tx, officer)?);
    }
    Ok(each_once(recipients))
}

/// The administrators of the town.
pub(crate) fn administrators(tx: &mut Tx<'_>, now: Moment) -> Result<Vec<Recipient>, DbError> {
    holders(tx, Role::Administrator, now)
}

/// Who holds a role in the whole town.
pub(crate) fn holders(tx: &mut Tx<'_>, role: Role, now: Moment) -> Result<Vec<Recipient>, DbError> {
    let mut recipients = Vec::new();
    for holder in people::mandates::holders_in_town(tx, role, now)? {
        recipients.extend(person(tx, holder)?);
    }
    Ok(each_once(recipients))
}

fn person(tx: &mut Tx<'_>, id: PersonId) -> Result<Option<Recipient>, DbError> {
    let account = people::accounts::by_id(tx, id)?;
    Ok(account.and_then(|account| account.email.map(|email| (email, account.language))))
}

/// Each address once.
pub(crate) fn each_once(mut recipients: Vec<Recipient>) -> Vec<Recipient> {
    recipients.sort_by(|one, other| one.0.as_str().cmp(other.0.as_str()));
    recipients.dedup_by(|one, other| one.0 == other.0);
    recipients
}
