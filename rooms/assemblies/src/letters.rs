//! The mails of assemblies.

use crate::model::{Assembly, Entrant};
use civic::{Language, Moment};
use database::{DbError, Tx};
use people::{
    EmailAddress,
    mail::{self, Mail},
};
use web::Town;

/// Why somebody is written to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why<'s> {
    /// They were drawn; with the secret of their link and until when they answer.
    Drawn(&'s str, Moment),
    /// All members were drawn anew, for this reason.
    Dismissed(&'s str),
}

/// Writes to somebody, in their language, in the transaction of what is told. Returns whether there is an address.
pub fn write(
    town: &Town,
    tx: &mut Tx<'_>,
    assembly: &Assembly,
    one: &Entrant,
    why: Why<'_>,
    now: Moment,
) -> Result<bool, DbError> {
    let Some((to, language)) = address(town, tx, one)? else { return Ok(false) };
    let t = town.words().of(language);
    let title = assembly.plan.title.in_language(language).to_owned();
    let page = format!("/assemblies/{}", assembly.code);
    let (subject, body_text) = match why {
        Why::Drawn(secret, until) => {
            let when = web::dates::date_time(until, &town.settings().zone, language);
            let values = [
                ("title", title.as_str().into()),
                ("until", when.into()),
                ("link", town.url(&format!("{page}/seat/{secret}")).into()),
                ("page", town.url(&page).into()),
            ];
            (t.with("assembly-mail-drawn-subject", &values), t.with("assembly-mail-drawn-body", &values))
        }
        Why::Dismissed(reason) => {
            let values =
                [("title", title.as_str().into()), ("reason", reason.into()), ("page", town.url(&page).into())];
            (t.with("assembly-mail-dismissed-subject", &values), t.with("assembly-mail-dismissed-body", &values))
        }
    };
    mail::put(tx, &Mail { to, subject, body_text }, now, town.chance()).map(|_| true)
}

fn address(town: &Town, tx: &mut Tx<'_>, one: &Entrant) -> Result<Option<(EmailAddress, Language)>, DbError> {
    if let Some(person) = one.person {
        let account = people::accounts::by_id(tx, person)?;
        return Ok(account.and_then(|account| Some((account.email?, account.language))));
    }
    let own = town.settings().languages.first().copied().unwrap_or_default();
    Ok(one.email.parse().ok().map(|to| (to, own)))
}
