//! The rows of conversations.

use crate::model::{Conversation, Entry, MapShown, Moderation, code_of, text_of};
use civic::{Moment, OrganisationId, Subject};
use database::{DbError, Row, Tx, params};

const COLUMNS: &str = "code, question, introduction, organisation_id, moderation, entry, opens_at, closes_at, published_at, \
    closed_at, census, about_kind, about_id, origin, seed, made_at, updated_at, version, counted_at, undone_at, \
    eligible, roll_print, writing_until, map_shown";

/// Addresses of one file of the sitemap.
const SITEMAP_LIMIT: i64 = 10_000;

/// Adds a conversation.
pub fn insert(tx: &mut Tx<'_>, one: &Conversation) -> Result<(), DbError> {
    let sql = format!(
        "insert into conversations ({COLUMNS}) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24)"
    );
    write(tx, &sql, one)?;
    super::begin_map(tx, one.code.as_str())
}

/// Writes what changed of a conversation.
pub fn update(tx: &mut Tx<'_>, one: &Conversation) -> Result<(), DbError> {
    write(
        tx,
        "update conversations set question = $2, introduction = $3, organisation_id = $4, moderation = $5, entry = $6, \
         opens_at = $7, closes_at = $8, published_at = $9, closed_at = $10, census = $11, about_kind = $12, about_id = $13, \
         origin = $14, seed = $15, made_at = $16, updated_at = $17, version = $18, counted_at = $19, undone_at = $20, \
         eligible = $21, roll_print = $22, writing_until = $23, map_shown = $24 where code = $1",
        one,
    )
}

fn write(tx: &mut Tx<'_>, sql: &str, one: &Conversation) -> Result<(), DbError> {
    let json = |value: Result<String, serde_json::Error>| value.map_err(|error| DbError::Other(error.to_string()));
    let question = json(serde_json::to_string(&one.question))?;
    let introduction = json(serde_json::to_string(&one.introduction))?;
    let census = json(serde_json::to_string(&one.census))?;
    let origin = one.origin.as_ref().map(serde_json::to_string).transpose();
    let origin = json(origin.map(Option::unwrap_or_default))?;
    let eligible = json(serde_json::to_string(&one.eligible))?;
    let organisation = one.organisation.map(|id| id.text());
    let micros = |moment: Option<Moment>| moment.map(Moment::micros);
    let (kind, id) = one.about.as_ref().map(|about| (about.kind.as_str(), about.id.as_str())).unzip();
    tx.execute(
        sql,
        &params![
            one.code.as_str(),
            &question,
            &introduction,
            organisation.as_deref(),
            one.moderation.word(),
            one.entry.word(),
            micros(one.opens_at),
            micros(one.closes_at),
            micros(one.published_at),
            micros(one.closed_at),
            &census,
            kind,
            id,
            &origin,
            one.seed.cast_signed(),
            one.made_at.micros(),
            one.updated_at.micros(),
            one.version,
            micros(one.counted_at),
            micros(one.undone_at),
            &eligible,
            &one.roll_print,
            micros(one.writing_until),
            one.map_shown.word()
        ],
    )
    .map(|_| ())
}

/// The conversation of this code.
pub fn by_code(tx: &mut Tx<'_>, code: &str) -> Result<Option<Conversation>, DbError> {
    one(tx, code, "")
}

/// The same, held against change by others.
pub fn by_code_to_change(tx: &mut Tx<'_>, code: &str) -> Result<Option<Conversation>, DbError> {
    let lock = tx.dialect().for_update();
    one(tx, code, lock)
}

fn one(tx: &mut Tx<'_>, code: &str, lock: &str) -> Result<Option<Conversation>, DbError> {
    let sql = format!("select {COLUMNS} from conversations where code = $1{lock}");
    tx.query_opt(&sql, &params![code])?.as_ref().map(read).transpose()
}

/// Whether a code is in use.
pub fn is_code_taken(tx: &mut Tx<'_>, code: &str) -> Result<bool, DbError> {
    Ok(tx.query_opt("select 1 from conversations where code = $1", &params![code])?.is_some())
}

/// Every conversation, the newest first.
pub fn all(tx: &mut Tx<'_>) -> Result<Vec<Conversation>, DbError> {
    let sql = format!("select {COLUMNS} from conversations order by made_at desc, code");
    tx.query(&sql, &[])?.iter().map(read).collect()
}

/// The code and version of every conversation, to see which changed.
pub fn versions(tx: &mut Tx<'_>) -> Result<Vec<(String, i64)>, DbError> {
    let rows = tx.query("select code, version from conversations", &[])?;
    rows.iter().map(|row| Ok((row.get(0)?, row.get(1)?))).collect()
}

/// Those whose answers were not counted since they were public: at most so many.
pub fn uncounted(tx: &mut Tx<'_>, limit: u32) -> Result<Vec<Conversation>, DbError> {
    let sql = format!(
        "select {COLUMNS} from conversations where published_at is not null and counted_at is null order by code limit $1"
    );
    tx.query(&sql, &params![limit])?.iter().map(read).collect()
}

/// Counts a change of something in a conversation, so that everybody reads it anew.
pub fn touch(tx: &mut Tx<'_>, code: &str) -> Result<(), DbError> {
    tx.execute("update conversations set version = version + 1 where code = $1", &params![code]).map(|_| ())
}

/// The public pages with their last change.
pub fn sitemap(tx: &mut Tx<'_>, page: u32) -> Result<Vec<(String, Moment)>, DbError> {
    let sql = "select code, updated_at from conversations where published_at is not null \
               order by published_at, code limit $1 offset $2";
    let rows = tx.query(sql, &params![SITEMAP_LIMIT, i64::from(page) * SITEMAP_LIMIT])?;
    rows.iter().map(|row| Ok((format!("/conversations/{}", row.get::<String>(0)?), Moment(row.get(1)?)))).collect()
}

fn read(row: &Row) -> Result<Conversation, DbError> {
    let moment = |index| row.get::<Option<i64>>(index).map(|at| at.map(Moment));
    let unreadable = |what: &str| DbError::Other(format!("the {what} of a conversation cannot be read"));
    let (kind, id): (Option<String>, Option<String>) = (row.get(11)?, row.get(12)?);
    let origin: String = row.get(13)?;
    let organisation: Option<String> = row.get(3)?;
    Ok(Conversation {
        code: code_of(&row.get::<String>(0)?)?,
        question: text_of(&row.get::<String>(1)?)?,
        introduction: text_of(&row.get::<String>(2)?)?,
        organisation: organisation.and_then(|id| id.parse::<OrganisationId>().ok()),
        moderation: Moderation::of_word(&row.get::<String>(4)?).ok_or_else(|| unreadable("moderation"))?,
        entry: Entry::of_word(&row.get::<String>(5)?).ok_or_else(|| unreadable("entry"))?,
        opens_at: moment(6)?,
        closes_at: moment(7)?,
        published_at: moment(8)?,
        closed_at: moment(9)?,
        census: serde_json::from_str(&row.get::<String>(10)?).map_err(|_| unreadable("census"))?,
        about: kind.zip(id).map(|(kind, id)| Subject { kind, id }),
        origin: if origin.is_empty() {
            None
        } else {
            Some(serde_json::from_str(&origin).map_err(|_| unreadable("origin"))?)
        },
        seed: row.get::<i64>(14)?.cast_unsigned(),
        made_at: Moment(row.get(15)?),
        updated_at: Moment(row.get(16)?),
        version: row.get(17)?,
        counted_at: moment(18)?,
        undone_at: moment(19)?,
        eligible: serde_json::from_str(&row.get::<String>(20)?).map_err(|_| unreadable("rule of the roll"))?,
        roll_print: row.get(21)?,
        writing_until: moment(22)?,
        map_shown: MapShown::of_word(&row.get::<String>(23)?).ok_or_else(|| unreadable("rule of the map"))?,
    })
}
