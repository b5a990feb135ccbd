//! Applications.

use super::{broken, json, of_json};
use crate::model::{Appeal, Application, Channel, Grant, Outcome, State};
use civic::{Moment, PersonId, Subject};
use database::{DbError, Row, Tx, params};

/// Private links of one application that were sent anew and still open it.
const KEYS_KEPT: i64 = 3;

pub(super) const COLUMNS: &str = "code, service, number, organisation_id, district, channel, language, person_id, email, answers, finding, filed_at, \
    due_at, pauses, state, state_at, outcome, missing, proposed_by, officer, decided_at, decided_by, reasons, appeal_until, appealed_at, \
    appeal_words, appeal_decided_at, appeal_outcome, appeal_reasons, was_incomplete, minutes, pages, letters, is_simulated, is_erased, version, \
    clerk, granted_cents, granted_why";

pub(super) fn read(row: &Row) -> Result<Application, DbError> {
    let outcome = |index| {
        let word: Option<String> = row.get(index)?;
        Ok::<_, DbError>(word.and_then(|word| Outcome::of_word(&word)))
    };
    let moment = |index| Ok::<_, DbError>(row.get::<Option<i64>>(index)?.map(Moment));
    let appealed_at = moment(24)?;
    let appeal = match appealed_at {
        None => None,
        Some(at) => Some(Appeal {
            at,
            words: row.get(25)?,
            decided_at: moment(26)?,
            outcome: outcome(27)?,
            reasons: row.get(28)?,
        }),
    };
    Ok(Application {
        code: row.get::<String>(0)?.parse().map_err(broken)?,
        service: row.get(1)?,
        number: row.get(2)?,
        organisation: row.get::<String>(3)?.parse().map_err(broken)?,
        district: row.get(4)?,
        channel: Channel::of_word(&row.get::<String>(5)?).ok_or_else(|| broken("a channel"))?,
        language: row.get::<String>(6)?.parse().map_err(broken)?,
        person: row.get::<Option<String>>(7)?.map(|id| id.parse().map_err(broken)).transpose()?,
        email: row.get::<Option<String>>(8)?.map(|email| email.parse().map_err(broken)).transpose()?,
        answers: of_json(&row.get::<String>(9)?)?,
        finding: row.get(10)?,
        filed_at: Moment(row.get(11)?),
        due_at: Moment(row.get(12)?),
        stood: of_json(&row.get::<String>(13)?)?,
        state: state_of(&row.get::<String>(14)?, outcome(16)?, row.get(17)?, row.get(18)?)?,
        state_at: Moment(row.get(15)?),
        officer: row.get(19)?,
        decided_at: moment(20)?,
        decided_by: row.get(21)?,
        reasons: row.get(22)?,
        appeal_until: moment(23)?,
        appeal,
        was_incomplete: row.get(29)?,
        minutes: row.get(30)?,
        pages: row.get(31)?,
        letters: row.get(32)?,
        is_simulated: row.get(33)?,
        is_erased: row.get(34)?,
        version: row.get(35)?,
        clerk: row.get(36)?,
        grant: Grant { cents: row.get(37)?, why: row.get(38)? },
    })
}

fn state_of(word: &str, outcome: Option<Outcome>, missing: String, by: String) -> Result<State, DbError> {
    let outcome = || outcome.ok_or_else(|| broken("a decision without an outcome"));
    Ok(match word {
        "received" => State::Received,
        "incomplete" => State::Incomplete { missing },
        "under-review" => State::UnderReview,
        "proposed" => State::Proposed { outcome: outcome()?, by },
        "decided" => State::Decided { outcome: outcome()? },
        "in-appeal" => State::InAppeal { outcome: outcome()? },
        "closed" => State::Closed { outcome: outcome()? },
        "withdrawn" => State::Withdrawn,
        other => return Err(broken(format!("“{other}” is no state"))),
    })
}

/// What of a state lies in columns of its own: outcome, what is missing, who proposed.
fn parts(state: &State) -> (Option<&'static str>, &str, &str) {
    match state {
        State::Incomplete { missing } => (None, missing, ""),
        State::Proposed { outcome, by } => (Some(outcome.word()), "", by),
        other => (other.outcome().map(Outcome::word), "", ""),
    }
}

/// What was decided, as long as no appeal has changed it.
fn first_outcome(one: &Application) -> Option<&'static str> {
    match one.state {
        State::Closed { .. } if one.appeal.is_some() => None,
        ref state => state.outcome().map(Outcome::word),
    }
}

/// Keeps a new application, known to its applicant by a secret of which the hash is kept. Returns whether its code was free.
pub fn insert(tx: &mut Tx<'_>, new: &Application, secret_hash: &str) -> Result<bool, DbError> {
    let (outcome, missing, by) = parts(&new.state);
    let person = new.person.map(|person| person.text());
    let sql = "insert into applications (code, service, number, organisation_id, district, channel, language, person_id, email, answers, \
         finding, filed_at, due_at, pauses, state, state_at, outcome, missing, proposed_by, officer, decided_at, decided_by, reasons, \
         appeal_until, appealed_at, appeal_words, appeal_decided_at, appeal_outcome, appeal_reasons, was_incomplete, minutes, pages, \
         letters, is_simulated, is_erased, version, secret_hash, is_open, first_outcome, clerk, granted_cents, granted_why) \
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, \
         $27, $28, $29, $30, $31, $32, $33, $34, $35, $36, $37, $38, $39, $40, $41, $42) on conflict (code) do nothing";
    let appeal = new.appeal.as_ref();
    let added = tx.execute(
        sql,
        &params![
            new.code.as_str(),
            &new.service,
            new.number,
            &new.organisation.text(),
            new.district.as_deref(),
            new.channel.word(),
            new.language.tag(),
            person.as_deref(),
            new.email.as_ref().map(people::EmailAddress::as_str),
            &json(&new.answers)?,
            &new.finding,
            new.filed_at.micros(),
            new.due_at.micros(),
            &json(&new.stood)?,
            new.state.word(),
            new.state_at.micros(),
            outcome,
            missing,
            by,
            &new.officer,
            new.decided_at.map(Moment::micros),
            &new.decided_by,
            &new.reasons,
            new.appeal_until.map(Moment::micros),
            appeal.map(|appeal| appeal.at.micros()),
            appeal.map_or("", |appeal| &appeal.words),
            appeal.and_then(|appeal| appeal.decided_at).map(Moment::micros),
            appeal.and_then(|appeal| appeal.outcome).map(Outcome::word),
            appeal.map_or("", |appeal| &appeal.reasons),
            new.was_incomplete,
            new.minutes,
            new.pages,
            new.letters,
            new.is_simulated,
            new.is_erased,
            new.version,
            secret_hash,
            new.state.is_open(),
            first_outcome(new),
            &new.clerk,
            new.grant.cents,
            &new.grant.why
        ],
    )?;
    Ok(added == 1)
}

/// Keeps which version of which pilot a new application was written with; an empty mark is none.
pub fn mark_pilot(tx: &mut Tx<'_>, code: &civic::Code, mark: &str) -> Result<(), DbError> {
    if mark.is_empty() {
        return Ok(());
    }
    tx.execute("update applications set pilot = $1 where code = $2", &params![mark, code.as_str()]).map(|_| ())
}

/// Saves a changed application, which was read to change it.
pub fn update(tx: &mut Tx<'_>, one: &Application) -> Result<(), DbError> {
    let (outcome, missing, by) = parts(&one.state);
    let appeal = one.appeal.as_ref();
    tx.execute(
        "update applications set due_at = $1, pauses = $2, state = $3, state_at = $4, is_open = $5, outcome = $6, missing = $7, \
         proposed_by = $8, officer = $9, decided_at = $10, decided_by = $11, reasons = $12, appeal_until = $13, appealed_at = $14, \
         appeal_words = $15, appeal_decided_at = $16, appeal_outcome = $17, appeal_reasons = $18, was_incomplete = $19, letters = $20, \
         version = $21, first_outcome = coalesce(first_outcome, $23), granted_cents = $24, \
         granted_why = $25 where code = $22",
        &params![
            one.due_at.micros(),
            &json(&one.stood)?,
            one.state.word(),
            one.state_at.micros(),
            one.state.is_open(),
            outcome,
            missing,
            by,
            &one.officer,
            one.decided_at.map(Moment::micros),
            &one.decided_by,
            &one.reasons,
            one.appeal_until.map(Moment::micros),
            appeal.map(|appeal| appeal.at.micros()),
            appeal.map_or("", |appeal| &appeal.words),
            appeal.and_then(|appeal| appeal.decided_at).map(Moment::micros),
            appeal.and_then(|appeal| appeal.outcome).map(Outcome::word),
            appeal.map_or("", |appeal| &appeal.reasons),
            one.was_incomplete,
            one.letters,
            one.version,
            one.code.as_str(),
            first_outcome(one),
            one.grant.cents,
            &one.grant.why
        ],
    )
    .map(|_| ())
}

/// Saves answers that replace others, with what follows from them.
pub fn update_answers(tx: &mut Tx<'_>, one: &Application) -> Result<(), DbError> {
    let answers = json(&one.answers)?;
    tx.execute(
        "update applications set answers = $1, finding = $2, district = $3, email = $4 where code = $5",
        &params![
            &answers,
            &one.finding,
            one.district.as_deref(),
            one.email.as_ref().map(people::EmailAddress::as_str),
            one.code.as_str()
        ],
    )
    .map(|_| ())
}

/// The application of this code.
pub fn by_code(tx: &mut Tx<'_>, code: &str) -> Result<Option<Application>, DbError> {
    let row = tx.query_opt(&format!("select {COLUMNS} from applications where code = $1"), &params![code])?;
    row.as_ref().map(read).transpose()
}

/// The same, held against change by others until the transaction ends.
pub fn by_code_to_change(tx: &mut Tx<'_>, code: &str) -> Result<Option<Application>, DbError> {
    let lock = tx.dialect().for_update();
    let row = tx.query_opt(&format!("select {COLUMNS} from applications where code = $1{lock}"), &params![code])?;
    row.as_ref().map(read).transpose()
}

/// Whether a secret is that of this application.
pub fn is_key(tx: &mut Tx<'_>, code: &str, secret: &str) -> Result<bool, DbError> {
    is_key_hash(tx, code, &super::hash_of(secret))
}

/// Whether this is the hash of a secret of this application.
pub fn is_key_hash(tx: &mut Tx<'_>, code: &str, hash: &str) -> Result<bool, DbError> {
    for table in ["applications", "application_keys"] {
        let sql = format!("select 1 from {table} where code = $1 and secret_hash = $2");
        if tx.query_opt(&sql, &params![code, hash])?.is_some() {
            return Ok(true);
        }
    }
    Ok(false)
}

/// When the last private link was sent anew; `None` where none was.
pub fn last_key_at(tx: &mut Tx<'_>, code: &str) -> Result<Option<Moment>, DbError> {
    let sql = "select made_at from application_keys where code = $1 order by made_at desc limit 1";
    tx.query_opt(sql, &params![code])?.map(|row| row.get(0).map(Moment)).transpose()
}

/// Keeps one more private link. Of those that were sent anew only the last `KEYS_KEPT` open anything.
pub fn add_key(tx: &mut Tx<'_>, code: &str, secret: &str, now: Moment) -> Result<(), DbError> {
    let sql = "insert into application_keys (secret_hash, code, made_at) values ($1, $2, $3)";
    tx.execute(sql, &params![&super::hash_of(secret), code, now.micros()])?;
    let sql = "delete from application_keys where code = $1 and secret_hash not in \
               (select secret_hash from application_keys where code = $1 order by made_at desc limit $2)";
    tx.execute(sql, &params![code, KEYS_KEPT]).map(|_| ())
}

/// What a person applied for, newest first, at most 200.
pub fn by_person(tx: &mut Tx<'_>, person: PersonId) -> Result<Vec<Application>, DbError> {
    let sql = format!("select {COLUMNS} from applications where person_id = $1 order by filed_at desc, code limit 200");
    tx.query(&sql, &params![&person.text()])?.iter().map(read).collect()
}

/// The references of everything that a person applied for, newest first.
pub fn codes_of_person(tx: &mut Tx<'_>, person: PersonId) -> Result<Vec<String>, DbError> {
    let sql = "select code from applications where person_id = $1 order by filed_at desc, code";
    tx.query(sql, &params![&person.text()])?.iter().map(|row| row.get(0)).collect()
}

/// Codes of what is decided and can no longer be appealed against, at most `limit`.
pub fn to_close(tx: &mut Tx<'_>, now: Moment, limit: i64) -> Result<Vec<String>, DbError> {
    let sql =
        "select code from applications where state = 'decided' and appeal_until < $1 order by appeal_until limit $2";
    tx.query(sql, &params![now.micros(), limit])?.iter().map(|row| row.get(0)).collect()
}

/// Erases what was answered and written in applications that ended before, at most `limit`; answers how many. That they were
/// decided, when and how, stays for the figures; their seals can no longer be proved.
pub fn erase_old(tx: &mut Tx<'_>, before: Moment, limit: u32) -> Result<u64, DbError> {
    let sql = "select code from applications where is_open = false and is_erased = false and state_at < $1 order by state_at limit $2";
    let codes: Vec<String> =
        tx.query(sql, &params![before.micros(), limit])?.iter().map(|row| row.get(0)).collect::<Result<_, _>>()?;
    codes.iter().try_for_each(|code| erase(tx, code))?;
    Ok(codes.len() as u64)
}

/// Erases everything personal of one application.
fn erase(tx: &mut Tx<'_>, code: &str) -> Result<(), DbError> {
    tx.execute(
        "update applications set answers = '{}', finding = '', person_id = null, email = null, reasons = '', appeal_words = '', \
         appeal_reasons = '', missing = '', secret_hash = '', granted_cents = null, granted_why = '', is_erased = true where code = $1",
        &params![code],
    )?;
    for table in ["application_steps", "application_looks", "application_keys"] {
        tx.execute(&format!("delete from {table} where code = $1"), &params![code])?;
    }
    tx.execute("delete from service_files where owner = $1", &params![code])?;
    crate::appointments::erase(tx, code)?;
    crate::again::erase(tx, code)?;
    crate::joint::erase(tx, code)?;
    crate::fees::erase(tx, code)?;
    crate::post::erase(tx, code)?;
    let parsed = Subject::new(crate::model::APPLICATION, code);
    record::forget_salts_about(tx, &parsed)
}

/// Takes everything of a person away: drafts, and what they applied for. What is open ends by it.
pub fn erase_person(tx: &mut Tx<'_>, person: PersonId) -> Result<(), DbError> {
    let id = person.text();
    for row in tx.query("select secret_hash from service_drafts where person_id = $1", &params![&id])? {
        let hash: String = row.get(0)?;
        tx.execute("delete from service_files where owner = $1", &params![&hash])?;
        crate::appointments::give_up_draft(tx, &hash)?;
        crate::joint::erase(tx, &hash)?;
    }
    tx.execute("delete from service_drafts where person_id = $1", &params![&id])?;
    let sql = "update applications set state = 'withdrawn', is_open = false, outcome = null where person_id = $1 and is_open = true";
    tx.execute(sql, &params![&id])?;
    codes_of_person(tx, person)?.iter().try_for_each(|code| erase(tx, code))
}
