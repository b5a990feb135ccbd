//! All SQL of written stories.

use super::model::{Telling, Written};
use crate::model::State;
use civic::{Moment, OrganisationId};
use database::{DbError, Param, Row, Tx, params};

const COLUMNS: &str = "name, organisation_id, state, since, body, made_at, updated_at, version";
/// Public stories that one list shows, and others beside them.
const LISTED: i64 = 50;
/// Organisations whose other stories are listed.
const ORGANISATIONS: usize = 500;

/// The story of this name.
pub fn find(tx: &mut Tx<'_>, name: &str) -> Result<Option<Written>, DbError> {
    let sql = format!("select {COLUMNS} from data_stories where name = $1");
    tx.query_opt(&sql, &params![name])?.as_ref().map(of).transpose()
}

/// Public stories, the newest first.
pub fn public(tx: &mut Tx<'_>) -> Result<Vec<Written>, DbError> {
    let sql =
        format!("select {COLUMNS} from data_stories where state = 'published' order by updated_at desc, name limit $1");
    tx.query(&sql, &params![LISTED])?.iter().map(of).collect()
}

/// Drafts and withdrawn stories of these organisations, the newest first.
pub fn hidden(tx: &mut Tx<'_>, organisations: &[OrganisationId]) -> Result<Vec<Written>, DbError> {
    let ids: Vec<String> = organisations.iter().take(ORGANISATIONS).map(|id| id.text()).collect();
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let places: Vec<String> = (2..=ids.len() + 1).map(|number| format!("${number}")).collect();
    let sql = format!(
        "select {COLUMNS} from data_stories where state <> 'published' and organisation_id in ({}) order by updated_at desc, name limit $1",
        places.join(", ")
    );
    let mut values = vec![Param::Int(LISTED)];
    values.extend(ids.iter().map(|id| Param::Text(id)));
    tx.query(&sql, &values)?.iter().map(of).collect()
}

/// Keeps a new one; false where its name is taken.
pub fn insert(tx: &mut Tx<'_>, new: &Written) -> Result<bool, DbError> {
    let sql = format!(
        "insert into data_stories ({COLUMNS}) values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (name) do nothing"
    );
    let (organisation, body) = (new.organisation.text(), body(new)?);
    let values = params![
        &new.name,
        &organisation,
        new.state.word(),
        new.state.since().map(Moment::micros),
        &body,
        new.made_at.micros(),
        new.updated_at.micros(),
        new.version
    ];
    Ok(tx.execute(&sql, &values)? == 1)
}

/// Saves a changed one; false where somebody else was quicker.
pub fn update(tx: &mut Tx<'_>, changed: &Written) -> Result<bool, DbError> {
    let sql = "update data_stories set state = $1, since = $2, body = $3, updated_at = $4, version = $5 where name = $6 and version = $7";
    let body = body(changed)?;
    let values = params![
        changed.state.word(),
        changed.state.since().map(Moment::micros),
        &body,
        changed.updated_at.micros(),
        changed.version,
        &changed.name,
        changed.version - 1
    ];
    Ok(tx.execute(sql, &values)? == 1)
}

fn body(story: &Written) -> Result<String, DbError> {
    serde_json::to_string(&story.telling).map_err(|error| DbError::Other(error.to_string()))
}

fn of(row: &Row) -> Result<Written, DbError> {
    let since = row.get::<Option<i64>>(3)?.map(Moment);
    let state = match (row.get::<String>(2)?.as_str(), since) {
        ("draft", _) => State::Draft,
        ("published", Some(since)) => State::Published { since },
        ("withdrawn", Some(since)) => State::Withdrawn { since },
        (other, _) => return Err(DbError::Other(format!("“{other}” is no state of a story"))),
    };
    let telling: Telling =
        serde_json::from_str(&row.get::<String>(4)?).map_err(|error| DbError::Other(error.to_string()))?;
    Ok(Written {
        name: row.get(0)?,
        organisation: row.get::<String>(1)?.parse().map_err(|error| DbError::Other(format!("{error}")))?,
        state,
        telling,
        made_at: Moment(row.get(5)?),
        updated_at: Moment(row.get(6)?),
        version: row.get(7)?,
    })
}
