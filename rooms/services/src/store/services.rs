//! Services and their versions.

use super::{broken, json, of_json};
use crate::model::{Definition, SERVICES_LIMIT, Service};
use civic::{Language, LocalText, Moment, OrganisationId};
use database::{DbError, Row, Tx, params};
use std::{
    collections::BTreeMap,
    sync::{Arc, LazyLock, Mutex},
};

/// Versions that are kept read.
const KEPT_LIMIT: usize = 64;

const COLUMNS: &str =
    "select code, id, organisation_id, draft, published, number, version, updated_at, published_at from services";

fn read(row: &Row) -> Result<Service, DbError> {
    Ok(Service {
        code: row.get(0)?,
        id: row.get(1)?,
        organisation: row.get::<String>(2)?.parse().map_err(broken)?,
        draft: of_json(&row.get::<String>(3)?)?,
        published: row.get::<Option<String>>(4)?.map(|text| of_json(&text)).transpose()?,
        number: row.get(5)?,
        version: row.get(6)?,
        updated_at: Moment(row.get(7)?),
        published_at: row.get::<Option<i64>>(8)?.map(Moment),
    })
}

/// Keeps a new service. Returns whether its code was free.
pub fn add_service(tx: &mut Tx<'_>, new: &Service) -> Result<bool, DbError> {
    let added = tx.execute(
        "insert into services (code, id, organisation_id, draft, number, version, made_at, updated_at) \
         values ($1, $2, $3, $4, 0, 1, $5, $5) on conflict (code) do nothing",
        &params![&new.code, &new.id, &new.organisation.text(), &json(&new.draft)?, new.updated_at.micros()],
    )?;
    Ok(added == 1)
}

/// Saves a changed service, which was read to change it.
pub fn update_service(tx: &mut Tx<'_>, one: &Service) -> Result<(), DbError> {
    let published = one.published.as_ref().map(json).transpose()?;
    tx.execute(
        "update services set draft = $1, published = $2, number = $3, version = $4, updated_at = $5, published_at = $6 where code = $7",
        &params![
            &json(&one.draft)?,
            published.as_deref(),
            one.number,
            one.version,
            one.updated_at.micros(),
            one.published_at.map(Moment::micros),
            &one.code
        ],
    )
    .map(|_| ())
}

/// The service of this code.
pub fn service(tx: &mut Tx<'_>, code: &str) -> Result<Option<Service>, DbError> {
    tx.query_opt(&format!("{COLUMNS} where code = $1"), &params![code])?.as_ref().map(read).transpose()
}

/// The same, held against change by others until the transaction ends.
pub fn service_to_change(tx: &mut Tx<'_>, code: &str) -> Result<Option<Service>, DbError> {
    let sql = format!("{COLUMNS} where code = $1{}", tx.dialect().for_update());
    tx.query_opt(&sql, &params![code])?.as_ref().map(read).transpose()
}

/// Every service, by code.
pub fn services_all(tx: &mut Tx<'_>) -> Result<Vec<Service>, DbError> {
    let rows = tx.query(&format!("{COLUMNS} order by code limit $1"), &params![SERVICES_LIMIT])?;
    rows.iter().map(read).collect()
}

/// A service by its name.
#[derive(Debug, Clone)]
pub struct Named {
    /// Its code.
    pub code: String,
    /// Who answers for it.
    pub organisation: OrganisationId,
    /// What it is called: in force, else as it is being written.
    pub title: LocalText,
    /// Whether anything is in force.
    pub is_published: bool,
}

impl Named {
    /// What a service is called; its code where there is none.
    pub fn title(all: &[Self], code: &str, language: Language) -> String {
        let found = all.iter().find(|one| one.code == code);
        found.map_or_else(|| code.to_owned(), |one| one.title.in_language(language).to_owned())
    }
}

/// What every service is called, by code, without reading their forms and rules: lists need no more, and are read often.
pub fn named(tx: &mut Tx<'_>) -> Result<Vec<Named>, DbError> {
    #[derive(serde::Deserialize)]
    struct Titled {
        title: LocalText,
    }
    let sql = "select code, organisation_id, coalesce(published, draft), published_at is not null from services order by code limit $1";
    let one = |row: &Row| {
        let titled: Titled = of_json(&row.get::<String>(2)?)?;
        let organisation = row.get::<String>(1)?.parse().map_err(broken)?;
        Ok(Named { code: row.get(0)?, organisation, title: titled.title, is_published: row.get(3)? })
    };
    tx.query(sql, &params![SERVICES_LIMIT])?.iter().map(one).collect()
}

/// Every published service, by code.
pub fn published(tx: &mut Tx<'_>) -> Result<Vec<Service>, DbError> {
    let sql = format!("{COLUMNS} where published_at is not null order by code limit $1");
    tx.query(&sql, &params![SERVICES_LIMIT])?.iter().map(read).collect()
}

/// Keeps what was published.
pub fn add_version(tx: &mut Tx<'_>, one: &Service, actor: &str, now: Moment) -> Result<(), DbError> {
    let Some(definition) = &one.published else { return Ok(()) };
    add_version_as(tx, &one.code, one.number, definition, actor, now)
}

/// Keeps a version under a number, whether it is in force or not.
pub fn add_version_as(
    tx: &mut Tx<'_>,
    code: &str,
    number: i64,
    definition: &Definition,
    actor: &str,
    now: Moment,
) -> Result<(), DbError> {
    let sql = "insert into service_versions (code, number, at, actor, definition) values ($1, $2, $3, $4, $5)";
    tx.execute(sql, &params![code, number, now.micros(), actor, &json(definition)?]).map(|_| ())
}

/// The number that the next version of a service gets.
pub fn next_number(tx: &mut Tx<'_>, code: &str) -> Result<i64, DbError> {
    let sql = "select coalesce(max(number), 0) + 1 from service_versions where code = $1";
    tx.query_one(sql, &params![code])?.get(0)
}

/// What was in force under this number.
pub fn version_of(tx: &mut Tx<'_>, code: &str, number: i64) -> Result<Option<Definition>, DbError> {
    let sql = "select definition from service_versions where code = $1 and number = $2";
    let row = tx.query_opt(sql, &params![code, number])?;
    row.map(|row| of_json(&row.get::<String>(0)?)).transpose()
}

/// What is in force of a service, with the number of its version; `None` where nothing is. The definition as [`version_kept`].
pub fn in_force(tx: &mut Tx<'_>, code: &str) -> Result<Option<(i64, Arc<Definition>)>, DbError> {
    let row = tx.query_opt("select number from services where code = $1 and published is not null", &params![code])?;
    let Some(number) = row.map(|row| row.get::<i64>(0)).transpose()? else { return Ok(None) };
    Ok(version_kept(tx, code, number)?.map(|definition| (number, definition)))
}

/// The same, read once and kept by its text: every page of a form needs it, and most need the same few. Texts are compared and not hashed:
/// two that differ do so soon, and of one that is there each byte is looked at once either way.
pub fn version_kept(tx: &mut Tx<'_>, code: &str, number: i64) -> Result<Option<Arc<Definition>>, DbError> {
    static KEPT: LazyLock<Mutex<BTreeMap<String, Arc<Definition>>>> = LazyLock::new(Mutex::default);
    let lock = || KEPT.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    let sql = "select definition from service_versions where code = $1 and number = $2";
    let Some(row) = tx.query_opt(sql, &params![code, number])? else { return Ok(None) };
    let text: String = row.get(0)?;
    if let Some(known) = lock().get(&text) {
        return Ok(Some(Arc::clone(known)));
    }
    let definition: Arc<Definition> = Arc::new(of_json(&text)?);
    let mut kept = lock();
    if kept.len() >= KEPT_LIMIT {
        kept.clear();
    }
    kept.insert(text, Arc::clone(&definition));
    Ok(Some(definition))
}

/// The numbers and days of what was published, newest first.
pub fn versions(tx: &mut Tx<'_>, code: &str) -> Result<Vec<(i64, Moment)>, DbError> {
    let sql = "select number, at from service_versions where code = $1 order by number desc limit 200";
    tx.query(sql, &params![code])?.iter().map(|row| Ok((row.get(0)?, Moment(row.get(1)?)))).collect()
}

/// Pages for the sitemap.
pub fn sitemap(tx: &mut Tx<'_>, page: u32) -> Result<Vec<(String, Moment)>, DbError> {
    if page > 0 {
        return Ok(Vec::new());
    }
    let sql =
        "select code, published_at from services where published_at is not null order by published_at, code limit $1";
    let line = |row: &Row| Ok((format!("/services/{}", row.get::<String>(0)?), Moment(row.get(1)?)));
    tx.query(sql, &params![SERVICES_LIMIT])?.iter().map(line).collect()
}
