//! All SQL of trials.

use crate::{
    model::Definition,
    store::{json, of_json},
};
use civic::Moment;
use database::{DbError, Row, Tx, params};

/// A draft that is, or was, shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trial {
    /// The code of the service.
    pub service: String,
    /// Since when.
    pub at: Moment,
    /// What is shown.
    pub definition: Definition,
    /// Whether it is shown now.
    pub is_open: bool,
    /// How often a draft of this service was shown.
    pub number: i64,
}

/// The trial of a service, open or not.
pub fn trial(tx: &mut Tx<'_>, service: &str) -> Result<Option<Trial>, DbError> {
    let sql = "select service, at, definition, is_open, number from service_trials where service = $1";
    let read = |row: Row| {
        Ok(Trial {
            service: row.get(0)?,
            at: Moment(row.get(1)?),
            definition: of_json(&row.get::<String>(2)?)?,
            is_open: row.get(3)?,
            number: row.get(4)?,
        })
    };
    tx.query_opt(sql, &params![service])?.map(read).transpose()
}

/// The trial of a service that is open.
pub fn open_trial(tx: &mut Tx<'_>, service: &str) -> Result<Option<Trial>, DbError> {
    Ok(trial(tx, service)?.filter(|one| one.is_open))
}

/// Keeps what is shown, in place of what was shown before.
pub fn put(tx: &mut Tx<'_>, new: &Trial, actor: &str) -> Result<(), DbError> {
    let sql = "insert into service_trials (service, at, actor, definition, is_open, number) values ($1, $2, $3, $4, $5, $6) \
               on conflict (service) do update set at = excluded.at, actor = excluded.actor, definition = excluded.definition, \
               is_open = excluded.is_open, number = excluded.number";
    let definition = json(&new.definition)?;
    let values = params![&new.service, new.at.micros(), actor, &definition, new.is_open, new.number];
    tx.execute(sql, &values).map(|_| ())
}
