//! The lead asks others to write along; who follows the mailed link and signs in decides as the lead does.

use super::{author, hash_of, person_of};
use crate::{
    decide,
    model::{AuthorPart, Proposal},
    store,
};
use civic::{Actor, secret};
use database::{DbError, OffRecord};
use people::{
    EmailAddress,
    mail::{self, Mail},
};
use record::Entry;
use serde_json::json;
use web::{Refusal, Stop, Town};

/// Asks somebody by mail to write along.
///
/// # Errors
/// `NotAllowed` (for a draft `NotFound`) for who is no author; `authors-too-many`.
pub async fn invite(town: &Town, actor: Actor, code: String, email: EmailAddress) -> Result<Proposal, Stop> {
    let own = town.clone();
    town.db()
        .write(move |tx| {
            let proposal = store::by_code_to_change(tx, &code)?.ok_or(Stop::NotFound)?;
            if !store::decides(tx, &code, actor.person)? {
                return Err(if proposal.submitted_at.is_some() { Stop::NotAllowed } else { Stop::NotFound });
            }
            let decide_now = store::authors_of(tx, &code)?.iter().filter(|one| one.part.decides()).count();
            let asked = usize::try_from(store::invitations_of(tx, &code)?).unwrap_or(usize::MAX);
            decide::decide_invitation(&proposal, decide_now.saturating_add(asked))?;
            let (now, token) = (own.now(), secret(own.chance()));
            store::add_invitation(tx, &code, &hash_of(&token), email.as_str(), now)?;
            let t = own.words().of(actor.language);
            let link = own.url(&format!("/proposals/{code}/join?key={token}"));
            let values = [
                ("name", actor.name.as_str().into()),
                ("title", proposal.title.as_str().into()),
                ("link", link.into()),
            ];
            let body_text = t.with("mail-join-body", &values);
            let subject = t.with1("mail-join-subject", "code", code.as_str());
            mail::put(tx, &Mail { to: email, subject, body_text }, now, own.chance())?;
            tx.commit(OffRecord("who is asked to write along is private until they do"), proposal).map_err(Stop::from)
        })
        .await
}

/// Joins by the key of a mail; it is good once.
///
/// # Errors
/// `NotFound` for a key that is not good; refusals of the decision.
pub async fn join(town: &Town, actor: Actor, code: String, key: String) -> Result<Proposal, Stop> {
    let own = town.clone();
    town.db()
        .write(move |tx| {
            let person = person_of(&actor)?;
            let hash = hash_of(&key);
            let asked = store::code_of_invitation(tx, &hash)?.filter(|asked| *asked == code);
            asked.ok_or(Stop::NotFound)?;
            let proposal = store::by_code_to_change(tx, &code)?.ok_or(Stop::NotFound)?;
            let decide_now = store::authors_of(tx, &code)?.iter().filter(|one| one.part.decides()).count();
            decide::decide_invitation(&proposal, decide_now)?;
            if !store::forget_invitation(tx, &hash)? {
                return Err(Stop::NotFound);
            }
            let now = own.now();
            store::add_author(tx, &code, &author(&actor, person, AuthorPart::Co), now)?;
            if proposal.submitted_at.is_none() {
                return tx.commit(OffRecord("a draft is its authors' own"), proposal).map_err(Stop::from);
            }
            let entry = Entry::about(proposal.subject(), "proposal.joined", &actor, now, own.chance());
            tx.commit(entry.publicly(&json!({"process": proposal.process}))?, proposal).map_err(Stop::from)
        })
        .await
}

/// Whether a key is good, and for which proposal: its title for who was asked.
///
/// # Errors
/// Those of the database.
pub fn asked_to(tx: &mut database::Tx<'_>, code: &str, key: &str) -> Result<Option<Proposal>, DbError> {
    let asked = store::code_of_invitation(tx, &hash_of(key))?.filter(|asked| asked == code);
    if asked.is_none() { Ok(None) } else { store::by_code(tx, code) }
}

/// An address as it was typed.
///
/// # Errors
/// `email-unreadable`.
pub fn email_of(text: &str) -> Result<EmailAddress, Refusal> {
    text.parse().map_err(|_| Refusal::new("email-unreadable").at("email"))
}
