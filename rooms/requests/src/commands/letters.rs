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
use std::collections::BTreeMap;
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

/// A promise that runs out, in a mail.
pub(crate) struct Late {
    /// The code of the request.
    pub code: String,
    /// What it is about, in the recipient's language.
    pub what: String,
    /// By when an end was promised.
    pub due: Moment,
}

/// Mails about promises that run out: one for each recipient, of everything that concerns them.
#[derive(Default)]
pub(crate) struct Digests(BTreeMap<String, (Recipient, Vec<Late>)>);

impl Digests {
    /// Adds a promise to somebody's mail, once.
    pub(crate) fn add(&mut self, to: Recipient, late: Late) {
        let (_, lines) = self.0.entry(to.0.to_string()).or_insert_with(|| (to, Vec::new()));
        if lines.iter().all(|line| line.code != late.code) {
            lines.push(late);
        }
    }

    /// Writes them.
    pub(crate) fn send(self, tx: &mut Tx<'_>, town: &Town) -> Result<(), DbError> {
        let now = town.now();
        for ((to, language), mut lines) in self.0.into_values() {
            lines.sort_by_key(|line| line.due);
            let (subject, body_text) = match lines.as_slice() {
                [one] => of_one(town, one, language, now),
                many => of_many(town, many, language, now),
            };
            mail::put(tx, &Mail { to, subject, body_text }, now, town.chance())?;
        }
        Ok(())
    }
}

fn of_one(town: &Town, late: &Late, language: Language, now: Moment) -> (String, String) {
    let t = town.words().of(language);
    let key = if late.due < now { "mail-late" } else { "mail-due-soon" };
    let due = web::dates::date_time(late.due, &town.settings().zone, language);
    let link = town.url(&format!("/desk/{}", late.code));
    let values = [
        ("code", late.code.as_str().into()),
        ("what", late.what.as_str().into()),
        ("due", due.into()),
        ("link", link.into()),
    ];
    (t.with(&format!("{key}-subject"), &values), t.with(&format!("{key}-body"), &values))
}

/// Subject and text about several: what is late first.
fn of_many(town: &Town, lines: &[Late], language: Language, now: Moment) -> (String, String) {
    let t = town.words().of(language);
    let (late, soon): (Vec<&Late>, Vec<&Late>) = lines.iter().partition(|line| line.due < now);
    let count = |lines: &[&Late]| i64::try_from(lines.len()).unwrap_or(i64::MAX);
    let said = |line: &&Late| {
        let due = web::dates::date_time(line.due, &town.settings().zone, language);
        let link = town.url(&format!("/desk/{}", line.code));
        let values = [
            ("code", line.code.as_str().into()),
            ("what", line.what.as_str().into()),
            ("due", due.into()),
            ("link", link.into()),
        ];
        t.with("mail-digest-line", &values)
    };
    let mut parts = Vec::new();
    for (lines, key) in [(&late, "mail-digest-late"), (&soon, "mail-digest-soon")] {
        if !lines.is_empty() {
            parts.push(t.with1(key, "count", count(lines)));
            parts.extend(lines.iter().map(said));
        }
    }
    let subject = if late.is_empty() { "mail-digest-soon-subject" } else { "mail-digest-late-subject" };
    (t.with2(subject, "late", count(&late), "soon", count(&soon)), parts.join("\n\n"))
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
