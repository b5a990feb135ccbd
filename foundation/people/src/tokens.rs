//! Keys for programs: one role, one town, one end.

use crate::{
    handle,
    kept::{kept, kept_if_any},
    mandates, secrets,
};
use civic::{Actor, ApiTokenId, Chance, Language, Mandate, Moment, OrganisationId, PersonId, Role, Scope};
use database::{Db, DbError, OffRecord, Row, Tx, params};
use std::sync::Arc;

/// What every token begins with, so that scanners recognise one that was published by mistake.
pub const PREFIX: &str = "pt_";
/// Days a token may last.
pub const TOKEN_DAYS_LIMIT: i64 = 730;
/// Tokens in force one person may have.
pub const TOKENS_LIMIT: i64 = 20;
/// Characters the name of a token may have.
pub const NAME_LIMIT: usize = 80;

/// A token to make.
#[derive(Debug, Clone)]
pub struct NewToken<'t> {
    /// What its maker calls it.
    pub name: &'t str,
    /// The one role it has.
    pub role: Role,
    /// The organisation it has it for; `None` for the whole town.
    pub organisation: Option<OrganisationId>,
    /// Whose it is; `None` for one made at the console of the machine.
    pub person: Option<(PersonId, &'t str)>,
    /// The name of the record of the town it is for, which is its own for ever; another town refuses it.
    pub town: &'t str,
    /// When it ends, at most [`TOKEN_DAYS_LIMIT`] days from now.
    pub expires_at: Moment,
}

/// A token to make at the console of the machine, for nobody's person.
#[derive(Debug, Clone)]
pub struct ConsoleToken {
    /// What its maker calls it.
    pub name: String,
    /// The one role it has.
    pub role: Role,
    /// The organisation it has it for; `None` for the whole town.
    pub organisation: Option<OrganisationId>,
    /// The name of the record of the town it is for.
    pub town: String,
    /// When it ends.
    pub expires_at: Moment,
}

/// A token, as its maker sees it afterwards.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// Its id.
    pub id: ApiTokenId,
    /// What its maker calls it.
    pub name: String,
    /// The pseudonym under which it acts.
    pub handle: String,
    /// The one role it has.
    pub role: Role,
    /// The organisation it has it for.
    pub organisation: Option<OrganisationId>,
    /// Since when.
    pub created_at: Moment,
    /// Until when.
    pub expires_at: Moment,
    /// When it was revoked, if it was.
    pub revoked_at: Option<Moment>,
}

/// Why a token is not made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TokenRefusal {
    /// The end is past, or too far off.
    #[error("a token must end, within {TOKEN_DAYS_LIMIT} days from now")]
    Expiry,
    /// The name is empty or too long.
    #[error("a token needs a name of at most {NAME_LIMIT} characters")]
    Name,
    /// Visitors need none.
    #[error("a token needs a role beyond that of a visitor")]
    Role,
    /// There are [`TOKENS_LIMIT`] already.
    #[error("one person may have {TOKENS_LIMIT} tokens: revoke one first")]
    TooMany,
}

/// Makes a token and answers its secret, which is not kept and cannot be shown again.
///
/// Whether its maker holds the role is the caller's to check, and is checked again at each use.
///
/// # Errors
/// Those of the database; inside, why it is refused.
pub fn create(
    tx: &mut Tx<'_>,
    new: &NewToken<'_>,
    now: Moment,
    chance: &dyn Chance,
) -> Result<Result<(Token, String), TokenRefusal>, DbError> {
    if let Err(refusal) = check(new, now) {
        return Ok(Err(refusal));
    }
    if let Some((person, _)) = new.person
        && in_force(&of_person(tx, person)?, now) >= TOKENS_LIMIT
    {
        return Ok(Err(TokenRefusal::TooMany));
    }
    let handle = match new.person {
        Some((_, handle)) => handle.to_owned(),
        None => handle::draw(tx, "program", chance)?,
    };
    let secret = format!("{PREFIX}{}", secrets::draw(chance));
    let id = ApiTokenId::new(now, chance);
    tx.execute(
        "insert into api_tokens (id, token_hash, name, handle, role, organisation_id, person_id, town, created_at, expires_at) \
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        &params![
            &id.text(),
            &secrets::hash_of(&secret),
            new.name,
            &handle,
            new.role.word(),
            new.organisation.map(|one| one.text()).as_deref(),
            new.person.map(|(person, _)| person.text()).as_deref(),
            new.town,
            now.micros(),
            new.expires_at.micros()
        ],
    )?;
    let NewToken { name, role, organisation, expires_at, .. } = *new;
    let name = name.to_owned();
    Ok(Ok((Token { id, name, handle, role, organisation, created_at: now, expires_at, revoked_at: None }, secret)))
}

/// As [`create`], for the console of the machine: the token belongs to no person and acts
/// under a pseudonym of its own. Answers the secret.
///
/// # Errors
/// Those of the database; inside, why it is refused.
pub async fn create_at_console(
    db: &Db,
    asked: ConsoleToken,
    now: Moment,
    chance: Arc<dyn Chance>,
) -> Result<Result<String, TokenRefusal>, DbError> {
    db.write(move |tx| {
        let ConsoleToken { name, role, organisation, town, expires_at } = &asked;
        let new =
            NewToken { name, role: *role, organisation: *organisation, person: None, town, expires_at: *expires_at };
        let made = create(tx, &new, now, &*chance)?;
        tx.commit(OffRecord("who sits at the console is not known to the town"), made.map(|(_, secret)| secret))
    })
    .await
}

/// Revokes the token `id` of `person`; `false` when they have no such token in force.
///
/// # Errors
/// Those of the database.
pub fn revoke(tx: &mut Tx<'_>, person: PersonId, id: ApiTokenId, now: Moment) -> Result<bool, DbError> {
    let revoked = tx.execute(
        "update api_tokens set revoked_at = $3 where id = $1 and person_id = $2 and revoked_at is null",
        &params![&id.text(), &person.text(), now.micros()],
    )?;
    Ok(revoked == 1)
}

/// Revokes the token `id` that was made at the console; `false` when there is no such token in force.
///
/// # Errors
/// Those of the database.
pub async fn revoke_at_console(db: &Db, id: ApiTokenId, now: Moment) -> Result<bool, DbError> {
    db.write(move |tx| {
        let sql = "update api_tokens set revoked_at = $2 where id = $1 and person_id is null and revoked_at is null";
        let revoked = tx.execute(sql, &params![&id.text(), now.micros()])?;
        tx.commit(OffRecord("who sits at the console is not known to the town"), revoked == 1)
    })
    .await
}

const COLUMNS: &str = "id, name, handle, role, organisation_id, created_at, expires_at, revoked_at";

/// The tokens of a person, newest first.
///
/// # Errors
/// Those of the database.
pub fn of_person(tx: &mut Tx<'_>, person: PersonId) -> Result<Vec<Token>, DbError> {
    let sql = format!("select {COLUMNS} from api_tokens where person_id = $1 order by created_at desc, id limit 200");
    tx.query(&sql, &params![&person.text()])?.iter().map(read).collect()
}

/// The tokens made at the console, newest first.
///
/// # Errors
/// Those of the database.
pub fn of_console(tx: &mut Tx<'_>) -> Result<Vec<Token>, DbError> {
    let sql =
        format!("select {COLUMNS} from api_tokens where person_id is null order by created_at desc, id limit 1000");
    tx.query(&sql, &[])?.iter().map(read).collect()
}

/// Who acts by the token `text` in the town at `town`: `None` when it is unknown, over, revoked,
/// bound to another town, or when its person has lost the role meanwhile.
///
/// # Errors
/// Those of the database.
pub fn actor_of(tx: &mut Tx<'_>, text: &str, town: &str, now: Moment) -> Result<Option<Actor>, DbError> {
    if !text.strip_prefix(PREFIX).is_some_and(secrets::is_secret) {
        return Ok(None);
    }
    let row = tx.query_opt(
        "select t.role, t.organisation_id, t.handle, t.name, t.person_id, p.name, p.language \
         from api_tokens t left join people p on p.id = t.person_id \
         where t.token_hash = $1 and t.town = $2 and t.expires_at > $3 and t.revoked_at is null",
        &params![&secrets::hash_of(text), town, now.micros()],
    )?;
    let Some(row) = row else { return Ok(None) };
    let actor = read_actor(&row)?;
    let Some(person) = actor.person else { return Ok(Some(actor)) };
    Ok(holds(&mandates::held_by(tx, person, now)?, &actor.mandates).then_some(actor))
}

/// Whether somebody with the mandates `held` has those of a token; everybody is a resident,
/// and whoever has a role for the whole town has it for each organisation.
pub fn holds(held: &[Mandate], asked: &[Mandate]) -> bool {
    asked.iter().all(|one| {
        (one.role == Role::Resident && one.scope == Scope::Town)
            || held.iter().any(|have| have.role == one.role && (have.scope == one.scope || have.scope == Scope::Town))
    })
}

fn check(new: &NewToken<'_>, now: Moment) -> Result<(), TokenRefusal> {
    let length = new.name.chars().count();
    if length == 0 || length > NAME_LIMIT || new.name.chars().any(char::is_control) {
        return Err(TokenRefusal::Name);
    }
    if new.role == Role::Visitor {
        return Err(TokenRefusal::Role);
    }
    if new.expires_at <= now || new.expires_at > now.plus_days(TOKEN_DAYS_LIMIT) {
        return Err(TokenRefusal::Expiry);
    }
    Ok(())
}

fn in_force(tokens: &[Token], now: Moment) -> i64 {
    tokens.iter().filter(|token| token.revoked_at.is_none() && token.expires_at > now).count() as i64
}

fn read_actor(row: &Row) -> Result<Actor, DbError> {
    let mandate = mandates::mandate(kept(row, 0)?, kept_if_any(row, 1)?);
    let person: Option<PersonId> = kept_if_any(row, 4)?;
    let own_name: String = row.get(3)?;
    let name: Option<String> = row.get(5)?;
    let language: Option<Language> = kept_if_any(row, 6)?;
    Ok(Actor {
        person,
        name: name.filter(|name| !name.is_empty()).unwrap_or(own_name),
        handle: row.get(2)?,
        mandates: vec![mandate],
        language: language.unwrap_or_default(),
    })
}

fn read(row: &Row) -> Result<Token, DbError> {
    let revoked_at: Option<i64> = row.get(7)?;
    Ok(Token {
        id: kept(row, 0)?,
        name: row.get(1)?,
        handle: row.get(2)?,
        role: kept(row, 3)?,
        organisation: kept_if_any(row, 4)?,
        created_at: Moment(row.get(5)?),
        expires_at: Moment(row.get(6)?),
        revoked_at: revoked_at.map(Moment),
    })
}
