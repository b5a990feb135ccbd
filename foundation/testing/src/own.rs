//! What the rooms publish of their own activity, as the open-data portal reads it.

use crate::TestTown;
use database::DbError;
use std::collections::BTreeMap;
use web::manifest::Catalogue;

impl TestTown {
    /// The rows of a room's own dataset, by column.
    pub async fn own_rows(&self, name: &str) -> Vec<BTreeMap<&'static str, String>> {
        let all = &self.town.part::<Catalogue>().datasets;
        let one = *all.iter().find(|one| one.name == name).expect("a dataset of this name");
        let own = self.town.clone();
        let rows = self.town.db().read_long(move |tx| {
            let mut rows = Vec::new();
            (one.rows)(&own, tx, &mut |row| rows.push(row))?;
            Ok::<_, DbError>(rows)
        });
        let by_column = |row: Vec<String>| {
            assert_eq!(row.len(), one.columns.len(), "{name}: {row:?}");
            one.columns.iter().map(|(column, _)| *column).zip(row).collect()
        };
        rows.await.unwrap().into_iter().map(by_column).collect()
    }
}
