//! Letters to applicants, by template, through the outbox.

use super::file::Filed;
use crate::{
    decide::Change,
    joint,
    model::{Application, Definition, Outcome},
    post::{self, KeptLetter},
    rules,
};
use civic::Money;
use database::{DbError, Tx};
use people::{
    EmailAddress,
    mail::{self, Mail},
};
use web::{Town, words::Value};

/// It came: the reference, the private link, and by when an answer is promised.
pub(super) fn filed(tx: &mut Tx<'_>, town: &Town, filed: &Filed, definition: &Definition) -> Result<(), DbError> {
    let link = town.url(&format!("/applications/{}?key={}", filed.application.code, filed.secret));
    put(tx, town, &filed.application, definition, "filed", vec![("link", link.into())])
}

/// A private link, sent anew to the filed address and to nobody else.
pub(super) fn link(
    tx: &mut Tx<'_>,
    town: &Town,
    one: &Application,
    definition: &Definition,
    secret: &str,
) -> Result<(), DbError> {
    let link = town.url(&format!("/applications/{}?key={secret}", one.code));
    put(tx, town, one, definition, "link", vec![("link", link.into())])
}

/// The address changed: told to the one before, which gets nothing else any more.
pub(crate) fn moved(
    tx: &mut Tx<'_>,
    town: &Town,
    one: &Application,
    definition: &Definition,
    old: EmailAddress,
) -> Result<(), DbError> {
    let (subject, body_text) = plain(town, one, definition, "moved", Vec::new());
    mail::put(tx, &Mail { to: old, subject, body_text }, town.now(), town.chance()).map(|_| ())
}

/// Something was asked, decided or written: kept as the letter that it is, under the id of its step; to be posted to who has no address; told to the first applicant, and to all who have confirmed that they apply too.
pub(crate) fn said(
    tx: &mut Tx<'_>,
    town: &Town,
    one: &Application,
    definition: &Definition,
    change: &Change,
    step: &str,
) -> Result<(), DbError> {
    let values = values_of(town, one, definition, change);
    let (subject, body) = plain(town, one, definition, change.what, values.clone());
    let kept = KeptLetter {
        step: step.to_owned(),
        code: one.code.to_string(),
        at: town.now(),
        language: one.language,
        subject,
        body,
        by_post: is_by_post(tx, one)?,
        posted: None,
    };
    post::add(tx, one.organisation, &kept)?;
    put(tx, town, one, definition, change.what, values)
}

/// Subject and text of the letter about a change, without sending it.
pub(super) fn composed(town: &Town, one: &Application, definition: &Definition, change: &Change) -> (String, String) {
    let values = values_of(town, one, definition, change);
    in_words(town, one, definition, change.what, values)
}

fn values_of(town: &Town, one: &Application, definition: &Definition, change: &Change) -> Vec<(&'static str, Value)> {
    let t = town.words().of(one.language);
    let outcome = one.state.outcome().map_or("", |outcome| match outcome {
        Outcome::Granted => t.say("sv-outcome-granted"),
        Outcome::Refused => t.say("sv-outcome-refused"),
    });
    let until = one.appeal_until.map(|until| web::dates::date(until, &town.settings().zone, one.language));
    let text = match change.what {
        "decided" | "appeal-decided" => format!("{}{}", facts(town, one, definition), change.body),
        _ => change.body.clone(),
    };
    vec![("text", text.into()), ("outcome", outcome.into()), ("until", until.unwrap_or_default().into())]
}

/// What a decision rests on: how much is granted, what the rules say with their law, and the law of the service. Empty where there is none of
/// it, else with a blank line at the end.
fn facts(town: &Town, one: &Application, definition: &Definition) -> String {
    let (t, currency) = (town.words().of(one.language), town.settings().currency);
    let mut lines = Vec::new();
    if let Some(amount_cents) = one.grant.cents {
        let amount = web::money::money(Money { amount_cents, currency }, one.language);
        lines.push(t.with1("sv-granted-amount", "amount", amount));
        if !one.grant.why.is_empty() {
            lines.push(t.with1("sv-granted-why", "why", one.grant.why.as_str()));
        }
    }
    let of = (definition, &one.answers, one.filed_at.in_zone(&town.settings().zone).date());
    if let Some(shown) = rules::shown(&one.finding, of, (&t, currency), rules::Whose::Reader) {
        lines.push(t.with1("sv-letter-finding", "finding", shown.title));
        lines.extend(shown.lines);
    }
    if let Some(law) = &definition.law {
        let law = [law.in_language(one.language), definition.law_url.as_str()].join(" ");
        lines.push(t.with1("sv-letter-law", "law", law.trim()));
    }
    if lines.is_empty() { String::new() } else { lines.join("\n") + "\n\n" }
}

/// Where letters go: to the first applicant, and to all who have confirmed that they apply too; each address once.
fn addresses(tx: &mut Tx<'_>, one: &Application) -> Result<Vec<EmailAddress>, DbError> {
    let mut all: Vec<EmailAddress> = one.email.clone().into_iter().collect();
    for other in joint::to_write_to(tx, one.code.as_str())? {
        if !all.contains(&other) {
            all.push(other);
        }
    }
    Ok(all)
}

/// Whether a letter must go by post: somebody who applies has no e-mail address.
pub(super) fn is_by_post(tx: &mut Tx<'_>, one: &Application) -> Result<bool, DbError> {
    let joint = joint::of_owner(tx, one.code.as_str())?;
    Ok(one.email.is_none() || joint.iter().any(|other| other.consent.is_confirmed() && other.email.is_none()))
}

fn put(
    tx: &mut Tx<'_>,
    town: &Town,
    one: &Application,
    definition: &Definition,
    what: &str,
    more: Vec<(&'static str, Value)>,
) -> Result<(), DbError> {
    let all =
        if matches!(what, "filed" | "link") { one.email.clone().into_iter().collect() } else { addresses(tx, one)? };
    if all.is_empty() {
        return Ok(());
    }
    let (subject, body_text) = in_words(town, one, definition, what, more);
    for to in all {
        let mail = Mail { to, subject: subject.clone(), body_text: body_text.clone() };
        mail::put(tx, &mail, town.now(), town.chance())?;
    }
    Ok(())
}

fn in_words(
    town: &Town,
    one: &Application,
    definition: &Definition,
    what: &str,
    more: Vec<(&'static str, Value)>,
) -> (String, String) {
    let (subject, mut body_text) = plain(town, one, definition, what, more);
    // Whoever lost the first letter, which had the link, is told how to get another.
    if !matches!(what, "filed" | "link") {
        let t = town.words().of(one.language);
        let again = town.url(&format!("/applications/link?code={}", one.code));
        body_text = format!("{}\n\n{}", body_text.trim_end(), t.with1("sv-letter-again", "link", again));
    }
    (subject, body_text)
}

/// Subject and text, without what only mails say.
fn plain(
    town: &Town,
    one: &Application,
    definition: &Definition,
    what: &str,
    more: Vec<(&'static str, Value)>,
) -> (String, String) {
    let t = town.words().of(one.language);
    let mut values = vec![
        ("code", one.code.as_str().into()),
        ("service", definition.title.in_language(one.language).into()),
        ("due", web::dates::date(one.due_at, &town.settings().zone, one.language).into()),
        ("town", town.settings().name.in_language(one.language).into()),
    ];
    values.extend(more);
    let subject = t.with(&format!("sv-letter-{what}-subject"), &values);
    let body_text = t.with(&format!("sv-letter-{what}-body"), &values);
    (subject, body_text)
}
