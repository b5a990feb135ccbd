//! The administrator sets up what can be reported.

use crate::{category::Category, room::Books, store};
use civic::{Actor, Subject, SubjectKind};
use database::DbError;
use record::Entry;
use serde_json::json;
use web::{Stop, Town};

/// The kind of a category as a subject.
pub const CATEGORY: SubjectKind = SubjectKind("request-category");

/// Adds or changes a category, in public.
///
/// # Errors
/// Those of the database.
pub async fn define_category(town: &Town, actor: Actor, category: Category) -> Result<(), Stop> {
    let (now, chance) = (town.now(), town.chance_handle());
    town.db()
        .write(move |tx| {
            store::save_category(tx, &category)?;
            let subject = Subject::new(CATEGORY, category.code.as_str());
            let what = json!({"category": category.code, "active": category.active, "name": category.definition.name});
            let entry = Entry::about(subject, "request-category.defined", &actor, now, &*chance).publicly(&what)?;
            tx.commit(entry, ())
        })
        .await
        .map_err(|error: DbError| Stop::from(error))?;
    refresh_book(town).await.map_err(Stop::from)
}

/// The codes of all categories there are, offered or not, as they are kept in memory.
pub fn category_codes(town: &Town) -> Vec<String> {
    town.part::<Books>().categories().all().iter().map(|category| category.code.clone()).collect()
}

/// Reads categories, organisations and counts anew; also called now and then, as another node may have changed them.
///
/// # Errors
/// Those of the database.
pub async fn refresh_book(town: &Town) -> Result<(), DbError> {
    let shelf = town.db().read(Books::read).await?;
    town.part::<Books>().replace(shelf);
    Ok(())
}
