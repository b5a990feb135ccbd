//! Views of the inbox that officers keep for themselves.

use civic::PersonId;
use database::{DbError, Row, Tx, params};

/// A kept view: its name and the query of its address.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, schemars::JsonSchema)]
pub struct DeskView {
    /// What the officer calls it.
    pub name: String,
    /// As `show=open&district=4`.
    pub query: String,
    /// Whether it is what the inbox opens with; at most one is.
    pub is_first: bool,
}

impl DeskView {
    /// The address of the inbox that it stands for.
    pub fn address(&self) -> String {
        format!("/desk/services?{}", self.query)
    }
}

const COLUMNS: &str = "name, query, is_first";

fn read(row: &Row) -> Result<DeskView, DbError> {
    Ok(DeskView { name: row.get(0)?, query: row.get(1)?, is_first: row.get(2)? })
}

/// The views of a person, by name.
pub fn views_of(tx: &mut Tx<'_>, person: PersonId) -> Result<Vec<DeskView>, DbError> {
    let sql = format!("select {COLUMNS} from service_desk_views where person_id = $1 order by name");
    tx.query(&sql, &params![&person.text()])?.iter().map(read).collect()
}

/// The view with which the inbox of a person opens.
pub fn first_view(tx: &mut Tx<'_>, person: PersonId) -> Result<Option<DeskView>, DbError> {
    let sql = format!("select {COLUMNS} from service_desk_views where person_id = $1 and is_first = true");
    tx.query_opt(&sql, &params![&person.text()])?.as_ref().map(read).transpose()
}

/// Keeps a view; of one of the same name the query is replaced.
pub fn keep_view(tx: &mut Tx<'_>, person: PersonId, name: &str, query: &str) -> Result<(), DbError> {
    tx.execute(
        "insert into service_desk_views (person_id, name, query, is_first) values ($1, $2, $3, false) \
         on conflict (person_id, name) do update set query = excluded.query",
        &params![&person.text(), name, query],
    )
    .map(|_| ())
}

/// Gives a view another name, which none of the person's has.
pub fn rename_view(tx: &mut Tx<'_>, person: PersonId, from: &str, to: &str) -> Result<(), DbError> {
    let sql = "update service_desk_views set name = $3 where person_id = $1 and name = $2";
    tx.execute(sql, &params![&person.text(), from, to]).map(|_| ())
}

/// Makes a view the one with which the inbox opens; no name for none.
pub fn put_first(tx: &mut Tx<'_>, person: PersonId, name: Option<&str>) -> Result<(), DbError> {
    let none = "update service_desk_views set is_first = false where person_id = $1";
    tx.execute(none, &params![&person.text()])?;
    let Some(name) = name else { return Ok(()) };
    let one = "update service_desk_views set is_first = true where person_id = $1 and name = $2";
    tx.execute(one, &params![&person.text(), name]).map(|_| ())
}

/// Forgets a view.
pub fn forget_view(tx: &mut Tx<'_>, person: PersonId, name: &str) -> Result<(), DbError> {
    let sql = "delete from service_desk_views where person_id = $1 and name = $2";
    tx.execute(sql, &params![&person.text(), name]).map(|_| ())
}

/// Forgets all views of a person.
pub fn erase_views(tx: &mut Tx<'_>, person: PersonId) -> Result<(), DbError> {
    tx.execute("delete from service_desk_views where person_id = $1", &params![&person.text()]).map(|_| ())
}
