use crate::{
    accounts, mandates,
    mandates::GivenMandate,
    privacy, receipt, scrub, sessions, tokens,
    tokens::{NewToken, Token, TokenRefusal},
};
use civic::{Actor, ApiTokenId, Language, Mandate, Moment, OrganisationId, PersonId, Role, Subject, SubjectKind};
use database::OffRecord;
use record::Entry;
use serde_json::json;
use web::{Answer, Refusal, Stop, Town, manifest::Catalogue};

/// The kind of a person as a subject; its id is the pseudonym.
pub(crate) const KIND: SubjectKind = SubjectKind("person");
/// What the record says when somebody with mandates leaves.
pub(crate) const ERASED: &str = "person.erased";

/// What people keep private of their account.
const PRIVATE: OffRecord = OffRecord("what people change in their own account is private");

/// Changes how pages greet `person`, and in which language.
pub(crate) async fn rename(town: &Town, person: PersonId, name: String, language: Language) -> Answer<()> {
    let renamed = town.db().write(move |tx| {
        accounts::rename(tx, person, &name, language)?;
        Ok(tx.commit(PRIVATE, ())?)
    });
    renamed.await
}

/// Ends all sessions of `person` but the one with this secret.
pub(crate) async fn end_other_sessions(town: &Town, person: PersonId, kept: String) -> Answer<()> {
    let ended = town.db().write(move |tx| {
        sessions::end_others(tx, person, &kept)?;
        Ok(tx.commit(PRIVATE, ())?)
    });
    ended.await
}

/// A role that somebody can make a token for, and the organisation it is for.
pub(crate) type Grantable = (Role, Option<(OrganisationId, String)>);

/// What `actor` can make tokens for: being a resident, and each mandate they hold.
pub(crate) fn tokens_for(held: &[GivenMandate]) -> Vec<Grantable> {
    let own = held.iter().map(|one| (one.role, one.organisation.zip(one.organisation_code.clone())));
    std::iter::once((Role::Resident, None)).chain(own).collect()
}

/// Makes a token for a role that `actor` holds, and answers its secret.
pub(crate) async fn make_token(
    town: &Town,
    actor: &Actor,
    name: String,
    asked: Mandate,
    expires_at: Moment,
) -> Answer<(Token, String)> {
    let (now, chance) = (town.now(), town.chance_handle());
    let (person, handle) = (actor.person.ok_or(Stop::NotAllowed)?, actor.handle.clone());
    let record_name = record::first_name(town.record().verifier().name()).to_owned();
    let made = town.db().write(move |tx| {
        if !tokens::holds(&mandates::held_by(tx, person, now)?, &[asked]) {
            return Err(in_words(TokenRefusal::Role).into());
        }
        let organisation = mandates::organisation_of(asked);
        let new = NewToken {
            name: &name,
            role: asked.role,
            organisation,
            person: Some((person, &handle)),
            town: &record_name,
            expires_at,
        };
        let made = tokens::create(tx, &new, now, &*chance)?.map_err(in_words)?;
        Ok(tx.commit(PRIVATE, made)?)
    });
    made.await
}

fn in_words(refusal: TokenRefusal) -> Refusal {
    match refusal {
        TokenRefusal::Name => Refusal::new("people-token-name").at("name").with("most", tokens::NAME_LIMIT as i64),
        TokenRefusal::Role => Refusal::new("people-token-role").at("role"),
        TokenRefusal::Expiry => Refusal::new("people-token-expiry").at("days").with("most", tokens::TOKEN_DAYS_LIMIT),
        TokenRefusal::TooMany => Refusal::new("people-token-too-many").with("most", tokens::TOKENS_LIMIT),
    }
}

/// Revokes a token of `person`.
pub(crate) async fn revoke_token(town: &Town, person: PersonId, id: ApiTokenId) -> Answer<()> {
    let now = town.now();
    let revoked = town.db().write(move |tx| {
        if !tokens::revoke(tx, person, id, now)? {
            return Err(Stop::NotFound);
        }
        Ok(tx.commit(PRIVATE, ())?)
    });
    revoked.await
}

/// Erases everything private about `actor` in all rooms. That a resident leaves is private; that
/// somebody with mandates leaves is on the record, because their mandates end. Answers the secret of the receipt.
pub(crate) async fn erase_account(town: &Town, actor: &Actor) -> Answer<String> {
    let (now, chance) = (town.now(), town.chance_handle());
    let (person, actor) = (actor.person.ok_or(Stop::NotAllowed)?, actor.clone());
    let rooms = town.part::<Catalogue>().privacy.clone();
    let zone = town.settings().zone.clone();
    let erased = town.db().write(move |tx| {
        let administrators = mandates::lock_administrators(tx, now)?;
        let held = mandates::held_by(tx, person, now)?;
        if administrators <= 1 && held.iter().any(|mandate| mandate.role == Role::Administrator) {
            return Err(Refusal::new("people-last-administrator").into());
        }
        let taken = receipt::count(&privacy::export_all(tx, &rooms, person)?);
        privacy::erase_all(tx, &rooms, person, now)?;
        let receipt = receipt::write(tx, taken, now)?;
        let secret = receipt::keep(tx, &receipt, now, &*chance)?;
        scrub::ask(tx, &zone, now, &*chance)?;
        if held.is_empty() {
            return Ok(tx.commit(PRIVATE, secret)?);
        }
        let entry = Entry::about(Subject::new(KIND, actor.handle.clone()), ERASED, &actor, now, &*chance);
        Ok(tx.commit(entry.publicly(&json!({ "handle": actor.handle }))?, secret)?)
    });
    erased.await
}
