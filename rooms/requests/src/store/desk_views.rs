//! Views of the desk that officers keep for themselves.

use civic::PersonId;
use database::{DbError, Tx, params};

/// A kept view: its name and the query of its address.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct DeskView {
    /// What the officer calls it.
    pub name: String,
    /// As `state=overdue&district=4`; empty for all that is open.
    pub query: String,
}

/// The views of a person, by name.
pub fn views_of(tx: &mut Tx<'_>, person: PersonId) -> Result<Vec<DeskView>, DbError> {
    let rows =
        tx.query("select name, query from desk_views where person_id = $1 order by name", &params![&person.text()])?;
    rows.iter().map(|row| Ok(DeskView { name: row.get(0)?, query: row.get(1)? })).collect()
}

/// Keeps a view; one of the same name is replaced.
pub fn keep_view(tx: &mut Tx<'_>, person: PersonId, view: &DeskView) -> Result<(), DbError> {
    tx.execute(
        "insert into desk_views (person_id, name, query) values ($1, $2, $3) \
         on conflict (person_id, name) do update set query = excluded.query",
        &params![&person.text(), &view.name, &view.query],
    )
    .map(|_| ())
}

/// Forgets a view.
pub fn forget_view(tx: &mut Tx<'_>, person: PersonId, name: &str) -> Result<(), DbError> {
    tx.execute("delete from desk_views where person_id = $1 and name = $2", &params![&person.text(), name]).map(|_| ())
}

/// Forgets all views of a person.
pub fn erase_views(tx: &mut Tx<'_>, person: PersonId) -> Result<(), DbError> {
    tx.execute("delete from desk_views where person_id = $1", &params![&person.text()]).map(|_| ())
}
