//! The categories.

use super::rows::{broken, json};
use crate::category::{Category, CategoryBook};
use database::{DbError, Tx, params};

/// All categories.
pub fn read_book(tx: &mut Tx<'_>) -> Result<CategoryBook, DbError> {
    let rows = tx.query("select code, organisation_id, position, active, definition from request_categories", &[])?;
    let categories = rows.iter().map(|row| {
        Ok(Category {
            code: row.get(0)?,
            organisation: row.get::<String>(1)?.parse().map_err(broken)?,
            position: row.get(2)?,
            active: row.get(3)?,
            definition: serde_json::from_str(&row.get::<String>(4)?).map_err(broken)?,
        })
    });
    Ok(CategoryBook::of(categories.collect::<Result<_, DbError>>()?))
}

/// Adds a category, or replaces the one of its code.
pub fn save_category(tx: &mut Tx<'_>, category: &Category) -> Result<(), DbError> {
    tx.execute(
        "insert into request_categories (code, organisation_id, position, active, definition) values ($1, $2, $3, $4, $5) \
         on conflict (code) do update set organisation_id = excluded.organisation_id, position = excluded.position, \
         active = excluded.active, definition = excluded.definition",
        &params![
            &category.code,
            &category.organisation.text(),
            category.position,
            category.active,
            &json(&category.definition)?
        ],
    )
    .map(|_| ())
}
