//! Somebody says “me too”, or takes it back.

use super::hash_of;
use crate::{decide::may_support, model::ServiceRequest, store, store::Supporter};
use civic::{Actor, Language};
use database::OffRecord;
use people::EmailAddress;
use web::{Refusal, Stop, Town};

/// Somebody who says “me too”.
#[derive(Debug, Clone)]
pub struct Me {
    /// Who they are.
    pub actor: Actor,
    /// The secret their browser keeps.
    pub browser: Option<String>,
    /// Where to send news, when they want any.
    pub email: Option<EmailAddress>,
    /// In which language.
    pub language: Language,
}

impl Me {
    /// By what they are known again.
    pub fn supporter(&self) -> Supporter {
        Supporter {
            person: self.actor.person,
            browser: self.browser.as_deref().map(hash_of),
            email_hash: self.email.as_ref().map(|email| hash_of(email.as_str())),
        }
    }
}

/// Why it is not on the record.
const PRIVATE: OffRecord = OffRecord("who is affected too is counted, and named nowhere");

/// Counts somebody, once however often they ask, at the request that goes on; and asks whether to send news.
///
/// # Errors
/// `NotFound`; `me-too-nobody` for somebody who cannot be known again; those of the decision.
pub async fn support(town: &Town, me: Me, code: &str) -> Result<ServiceRequest, Stop> {
    let (now, chance, own, code) = (town.now(), town.chance_handle(), town.clone(), code.to_owned());
    town.db()
        .write(move |tx| {
            let found = store::by_code(tx, &code)?.ok_or(Stop::NotFound)?;
            let root = store::root_of(tx, found)?;
            let root = store::by_code_to_change(tx, root.code.as_str())?.ok_or(Stop::NotFound)?;
            may_support(&root, me.actor.person)?;
            let supporter = me.supporter();
            if supporter == Supporter::default() {
                return Err(Refusal::new("me-too-nobody").at("email").into());
            }
            store::add_supporter(tx, root.id, &supporter, now)?;
            if let Some(email) = &me.email {
                commons::followers::ask(tx, &own, &root.subject(), email, me.language, now, &*chance)?;
            }
            tx.commit(PRIVATE, root).map_err(Stop::from)
        })
        .await
}

/// Takes somebody out of the count, at the request they said it to and at the one that goes on.
///
/// # Errors
/// `NotFound`.
pub async fn withdraw_support(town: &Town, me: Me, code: &str) -> Result<ServiceRequest, Stop> {
    let code = code.to_owned();
    town.db()
        .write(move |tx| {
            let found = store::by_code(tx, &code)?.ok_or(Stop::NotFound)?;
            let supporter = me.supporter();
            store::remove_supporter(tx, found.id, &supporter)?;
            let root = store::root_of(tx, found)?;
            store::remove_supporter(tx, root.id, &supporter)?;
            tx.commit(PRIVATE, root).map_err(Stop::from)
        })
        .await
}
