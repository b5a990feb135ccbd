//! Those who asked say, once, whether it helped.

use crate::{
    decide::{HelpedFacts, may_say},
    model::{Commitment, Helped},
    store,
};
use civic::{Actor, Language, PersonId, Subject};
use database::{DbError, OffRecord, Tx};
use web::{Refusal, Stop, Town, manifest::Catalogue};

/// Why it is not on the record.
const PRIVATE: OffRecord = OffRecord("what one person found is counted, and named nowhere");

/// Keeps the answer.
///
/// # Errors
/// `NotFound`; `SignIn` for who has no account; `helped-already`; those of [`may_say`].
pub async fn say_whether_it_helped(town: &Town, actor: Actor, code: String, answer: Helped) -> Result<(), Stop> {
    let person = actor.person.ok_or(Stop::SignIn)?;
    let (own, now) = (town.clone(), town.now());
    town.db()
        .write(move |tx| {
            let commitment = store::by_code_to_change(tx, &code)?.ok_or(Stop::NotFound)?;
            let asked = has_asked(&own, tx, &commitment, person)?;
            let kept_at = may_say(&HelpedFacts { commitment: &commitment, asked, now })?;
            if !store::add_opinion(tx, &commitment.code, kept_at, person, answer, now)? {
                return Err(Refusal::conflict("helped-already").into());
            }
            tx.commit(PRIVATE, ()).map_err(Stop::from)
        })
        .await
}

/// Whether a person asked for a commitment: follows it or a matter it grew out of, or reported or supports such a matter.
///
/// # Errors
/// Those of the database.
pub fn has_asked(town: &Town, tx: &mut Tx<'_>, commitment: &Commitment, person: PersonId) -> Result<bool, DbError> {
    let before = commons::thread::before(town, tx, &commitment.subject(), Language::En)?;
    let subjects: Vec<Subject> = before.into_iter().map(|brief| brief.subject).collect();
    if town.part::<Catalogue>().asked_for(tx, &subjects, person)? {
        return Ok(true);
    }
    let Some(email) = people::accounts::by_id(tx, person)?.and_then(|account| account.email) else { return Ok(false) };
    let follows = commons::followers::of_email(tx, email.as_str())?;
    Ok(follows.iter().any(|followed| subjects.contains(followed)))
}
