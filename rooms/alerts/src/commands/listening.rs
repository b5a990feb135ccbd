//! Somebody asks to hear of an area, confirms it, and stops it: by the links of mails, without an account.

use super::hash_of;
use crate::{
    decide::may_ask,
    model::{Area, Pace, Subscription, fresh_id},
    pages::area_name,
    store,
};
use civic::{Chance, Language, Moment, secret};
use database::{DbError, OffRecord, Tx};
use people::{
    EmailAddress,
    mail::{self, Mail},
};
use web::{Stop, Town};

/// Why none of this is on the record.
const PRIVATE: OffRecord = OffRecord("who listens is private");

/// Seconds after which an address is sent the question once more, whoever asks and from wherever.
const ASK_AGAIN_SECONDS: i64 = 600;

/// What somebody asks for.
pub struct Ask {
    /// Where mails go.
    pub email: EmailAddress,
    /// In which language.
    pub language: Language,
    /// Of what.
    pub area: Area,
    /// How often.
    pub pace: Pace,
}

/// Asks: writes the mail whose link confirms it. An address that hears of the area already gets no second mail.
///
/// # Errors
/// A refusal for too many areas; those of the database.
pub async fn ask(town: &Town, asked: Ask) -> Result<(), Stop> {
    let (now, chance, own) = (town.now(), town.chance_handle(), town.clone());
    town.db()
        .write(move |tx| {
            may_ask(store::areas_of(tx, &asked.email)?)?;
            let id = fresh_id(now, &*chance);
            let Ask { email, language, area, pace } = &asked;
            let new = store::Asked { id: &id, email, language: *language, area, pace: *pace };
            if let Some(id) = store::ask(tx, &new, now.plus_seconds(-ASK_AGAIN_SECONDS), now)? {
                write_to(&own, tx, &asked, &id, now, &*chance)?;
            }
            tx.commit(PRIVATE, ()).map_err(Stop::from)
        })
        .await
}

/// The mail that asks whether it was them.
fn write_to(
    town: &Town,
    tx: &mut Tx<'_>,
    asked: &Ask,
    id: &str,
    now: Moment,
    chance: &dyn Chance,
) -> Result<(), DbError> {
    let token = secret(chance);
    store::new_token(tx, id, &hash_of(&token), now)?;
    let t = town.words().of(asked.language);
    let name = area_name(town, &t, &asked.area);
    let link = town.url(&format!("/alerts/mail/{token}"));
    let values = [("area", name.as_str().into()), ("pace", t.say(asked.pace.key()).into()), ("link", link.into())];
    let body_text = t.with("alerts-mail-confirm-body", &values);
    let subject = t.with1("alerts-mail-confirm-subject", "area", &name);
    mail::put(tx, &Mail { to: asked.email.clone(), subject, body_text }, now, chance).map(|_| ())
}

/// What somebody does by the link of a mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Settle {
    /// Yes, it was me.
    Confirm,
    /// Mails come this often from now on.
    Change(Pace),
    /// No more mails.
    Leave,
}

/// Settles a subscription by the secret of a link.
///
/// # Errors
/// `NotFound` for a link that is not good.
pub async fn settle(town: &Town, token: &str, settle: Settle) -> Result<Subscription, Stop> {
    let (now, hash) = (town.now(), hash_of(token));
    let settled = town.db().write(move |tx| {
        let mut found = store::by_token(tx, &hash)?.ok_or(DbError::NotFound)?;
        match settle {
            Settle::Confirm => {
                store::confirm(tx, &found.id, now)?;
                found.confirmed_at = found.confirmed_at.or(Some(now));
            }
            Settle::Change(pace) => {
                store::change_pace(tx, &found.id, pace)?;
                found.pace = pace;
            }
            Settle::Leave => store::leave(tx, &found.id)?,
        }
        tx.commit(PRIVATE, found)
    });
    settled.await.map_err(|error: DbError| error.into())
}
