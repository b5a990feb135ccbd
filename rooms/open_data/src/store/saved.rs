//! Views of tables that somebody gave a name.

use crate::model::SavedView;
use civic::{Moment, PersonId};
use database::{DbError, Row, Tx, params};
use serde_json::{Value, json};

const COLUMNS: &str = "id, resource_id, name, title, query, person_id, at";

/// The views of a table that are for everybody, and those of a person; the shared ones first, by name.
pub fn saved_views(tx: &mut Tx<'_>, resource: &str, person: Option<PersonId>) -> Result<Vec<SavedView>, DbError> {
    let person = person.map(|person| person.text()).unwrap_or_default();
    let sql = format!(
        "select {COLUMNS} from dataset_saved_views where resource_id = $1 and (person_id is null or person_id = $2) \
         order by case when person_id is null then 0 else 1 end, name, id"
    );
    tx.query(&sql, &params![resource, &person])?.iter().map(view_of).collect()
}

/// Keeps one.
pub fn add_saved_view(tx: &mut Tx<'_>, new: &SavedView) -> Result<(), DbError> {
    let person = new.person.map(|person| person.text());
    let sql = format!("insert into dataset_saved_views ({COLUMNS}) values ($1, $2, $3, $4, $5, $6, $7)");
    let values = params![&new.id, &new.resource, &new.name, &new.title, &new.query, person.as_deref(), new.at.micros()];
    tx.execute(&sql, &values).map(|_| ())
}

/// Takes one away.
pub fn drop_saved_view(tx: &mut Tx<'_>, id: &str) -> Result<(), DbError> {
    tx.execute("delete from dataset_saved_views where id = $1", &params![id]).map(|_| ())
}

/// Every view that a person keeps for themselves.
pub fn export_saved_views(tx: &mut Tx<'_>, person: PersonId) -> Result<Value, DbError> {
    let sql = format!("select {COLUMNS} from dataset_saved_views where person_id = $1 order by at, id");
    let all = tx.query(&sql, &params![&person.text()])?;
    let one = |row: &Row| {
        let view = view_of(row)?;
        Ok(
            json!({"resource": view.resource, "name": view.name, "title": view.title, "query": view.query, "at": view.at.rfc3339()}),
        )
    };
    all.iter().map(one).collect::<Result<Vec<_>, DbError>>().map(Value::from)
}

/// Takes away what a person keeps for themselves.
pub fn erase_saved_views(tx: &mut Tx<'_>, person: PersonId) -> Result<(), DbError> {
    tx.execute("delete from dataset_saved_views where person_id = $1", &params![&person.text()]).map(|_| ())
}

fn view_of(row: &Row) -> Result<SavedView, DbError> {
    let person: Option<String> = row.get(5)?;
    let broken = |_| DbError::Other("whose a view is cannot be read".to_owned());
    Ok(SavedView {
        id: row.get(0)?,
        resource: row.get(1)?,
        name: row.get(2)?,
        title: row.get(3)?,
        query: row.get(4)?,
        person: person.map(|id| id.parse().map_err(broken)).transpose()?,
        at: Moment(row.get(6)?),
    })
}
