//! Who sends a request: the one place where a cookie or token becomes an actor.

use crate::{
    kept::{kept, kept_if_any},
    mandates, secrets, sessions, tokens,
};
use civic::{Actor, Mandate, Moment, Role, Scope};
use database::{DbError, OffRecord, Row, Tx, params};
use std::sync::Arc;
use web::{
    Town,
    manifest::{Credentials, WhoIs, Whom},
    visit::Credential,
};

/// What every person with an account is.
pub const RESIDENT: Mandate = Mandate { role: Role::Resident, scope: Scope::Town };

/// Tells who sends a request, from its session cookie or bearer token. A token goes before a
/// cookie; one that is not valid is refused, and never makes the person of the cookie.
pub fn who_is() -> WhoIs {
    Arc::new(|town, credentials| Box::pin(async move { tell(&town, credentials).await }))
}

/// Who acts by an API token: for standards that send it elsewhere than in `Authorization`,
/// as Open311's `api_key`.
///
/// # Errors
/// Those of the database.
pub async fn actor_of_token(town: &Town, token: &str) -> Result<Option<Actor>, DbError> {
    let (token, now) = (token.to_owned(), town.now());
    let name = record::first_name(town.record().verifier().name()).to_owned();
    town.db().read(move |tx| tokens::actor_of(tx, &token, &name, now)).await
}

async fn tell(town: &Town, credentials: Credentials) -> Whom {
    let Credentials { session, bearer, language } = credentials;
    let has_key = bearer.is_some();
    let found = match (bearer, session) {
        (Some(token), _) => actor_of_token(town, &token).await.map(|actor| (actor, Credential::Token)),
        (None, Some(session)) => actor_of_session(town, session).await.map(|actor| (actor, Credential::Cookie)),
        (None, None) => Ok((None, Credential::None)),
    };
    match found {
        Ok((Some(actor), credential)) => Whom { actor, credential, is_refused: false },
        Ok((None, _)) => Whom { is_refused: has_key, ..Whom::visitor(language) },
        Err(error) => {
            tracing::warn!(%error, "nobody can be recognised while the database does not answer");
            Whom::visitor(language)
        }
    }
}

async fn actor_of_session(town: &Town, secret: String) -> Result<Option<Actor>, DbError> {
    if !secrets::is_secret(&secret) {
        return Ok(None);
    }
    let now = town.now();
    let asked = secret.clone();
    let Some((actor, last_seen)) = town.db().read(move |tx| by_session(tx, &asked, now)).await? else {
        return Ok(None);
    };
    if last_seen < sessions::day_of(now) {
        note_seen(town, secret, now).await;
    }
    Ok(Some(actor))
}

/// Once a day per browser; that it fails is no reason to turn anybody away.
async fn note_seen(town: &Town, secret: String, now: Moment) {
    let noted = town.db().write(move |tx| {
        sessions::note_seen(tx, &secret, now)?;
        tx.commit(OffRecord("that a browser was here today is nobody else's business"), ())
    });
    if let Err(error) = noted.await {
        tracing::warn!(%error, "the day of a session was not noted");
    }
}

/// One indexed read: the person of the session, and a row for each mandate.
fn by_session(tx: &mut Tx<'_>, secret: &str, now: Moment) -> Result<Option<(Actor, Moment)>, DbError> {
    let rows = tx.query(
        "select p.id, p.name, p.handle, p.language, s.last_seen, m.role, m.organisation_id \
         from sessions s join people p on p.id = s.person_id \
         left join mandates m on m.person_id = p.id and (m.ends_at is null or m.ends_at > $2) \
         where s.token_hash = $1 and s.expires_at > $2 and p.erased_at is null \
         order by m.given_at, m.id limit $3",
        &params![&secrets::hash_of(secret), now.micros(), mandates::MANDATES_LIMIT],
    )?;
    let Some(first) = rows.first() else { return Ok(None) };
    let mut mandates = vec![RESIDENT];
    for row in &rows {
        if let Some(role) = kept_if_any::<Role>(row, 5)? {
            mandates.push(mandates::mandate(role, kept_if_any(row, 6)?));
        }
    }
    Ok(Some((read_actor(first, mandates)?, Moment(first.get(4)?))))
}

fn read_actor(row: &Row, mandates: Vec<Mandate>) -> Result<Actor, DbError> {
    let name: String = row.get(1)?;
    let handle: String = row.get(2)?;
    let name = if name.is_empty() { handle.clone() } else { name };
    Ok(Actor { person: Some(kept(row, 0)?), name, handle, mandates, language: kept(row, 3)? })
}
