//! What the room does: load facts, decide, save, record, commit.

mod helped;
mod keep;
mod letters;
mod make;
mod taken;

pub use helped::{has_asked, say_whether_it_helped};
pub use keep::{KeepCommand, keep};
pub(crate) use keep::{Spoken, step_of};
pub(crate) use letters::tell_late;
pub(crate) use make::{ADOPTED_LIMIT, ORIGINS_LIMIT};
pub use make::{Adoption, Making, adopt, make};
pub(crate) use taken::promised_before;

use crate::model::Commitment;
use civic::{Actor, Chance, Moment, Subject};
use commons::links::{self, Relation};
use database::{DbError, Tx};
use record::Entry;
use serde_json::json;

/// Matters a commitment grew out of whose followers hear of its beginning and end.
const TOLD_LIMIT: usize = ORIGINS_LIMIT;

/// The matters a commitment grew out of directly.
fn origins(tx: &mut Tx<'_>, commitment: &Commitment) -> Result<Vec<Subject>, DbError> {
    let own = commitment.subject();
    let links = links::of(tx, &own)?.into_iter();
    let grew = links.filter(|link| link.relation == Relation::GrewOutOf && link.from == own);
    Ok(grew.map(|link| link.to).take(TOLD_LIMIT).collect())
}

/// One entry about each matter a commitment grew out of, so that who follows it hears.
fn entries_about_origins(
    origins: &[Subject],
    saying: &'static str,
    commitment: &Commitment,
    by: &Actor,
    now: Moment,
    chance: &dyn Chance,
) -> Result<Vec<Entry>, DbError> {
    let what = json!({"commitment": commitment.code.as_str(), "standing": commitment.standing(now).word()});
    origins.iter().map(|origin| Entry::about(origin.clone(), saying, by, now, chance).publicly(&what)).collect()
}
