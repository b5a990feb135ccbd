//! What waits for the desk: an agency reads words and photos before they are public, and may leave some out.
//!
//! They are moved aside like what moderators hide, so that no door can show them; but the moderators have no part in it: the
//! case that keeps them is closed from its beginning and in no queue.

use super::{
    model::{Case, Cause, Standing, Withheld},
    store, watch,
    withhold::{self, Mark},
};
use crate::{files, search};
use civic::{Act, Chance, FileId, Moment, Role, Subject};
use database::{DbError, Tx};
use std::collections::BTreeMap;
use web::moderated::{Contents, Moderated, Part};

/// Reading what waits for the desk, of what one's organisation answers for.
pub const READ: Act = Act::organisation("moderation.desk", &[Role::Officer, Role::Administrator]);

/// A part that is not public because the desk has not published it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeskPart {
    /// What identifies it within its subject, as `description`.
    pub name: String,
    /// The Fluent key of what it is called.
    pub key: String,
    /// The photo, where it is one.
    pub photo: Option<FileId>,
    /// What it says; empty for a photo.
    pub shown: String,
    /// Whether it waits; else the desk left it out.
    pub waits: bool,
}

/// Moves parts aside until the desk has read them, and says whether there were any. What moderators hide, whole or in a passage, stays with them.
///
/// # Errors
/// Those of the database.
pub fn hold(
    tx: &mut Tx<'_>,
    moderated: Moderated,
    subject: &Subject,
    chosen: impl Fn(&Part) -> bool,
    now: Moment,
    chance: &dyn Chance,
) -> Result<bool, DbError> {
    let Some(contents) = (moderated.read)(tx, &subject.id)? else { return Ok(false) };
    let theirs: Vec<String> = store::of_subject(tx, subject)?.into_iter().map(|one| one.part).collect();
    let held = |part: &Part| chosen(part) && !theirs.contains(&part.name);
    if !contents.parts.iter().any(held) {
        return Ok(false);
    }
    let case = case_of(tx, subject, &contents, now, chance)?;
    let mark = Mark { case: &case.code, reason: None, at: now };
    withhold::hide(tx, moderated, subject, &contents, held, None, &mark)?;
    Ok(true)
}

/// Lets a part that the desk has wait for it, or notes that the desk leaves it out.
///
/// # Errors
/// Those of the database.
pub fn set_waiting(tx: &mut Tx<'_>, subject: &Subject, part: &str, waits: bool) -> Result<(), DbError> {
    store::set_desk_waiting(tx, subject, part, waits)
}

/// Puts other words in the place of a text that the desk has.
///
/// # Errors
/// Those of the database.
pub fn rewrite(tx: &mut Tx<'_>, subject: &Subject, part: &str, text: &str) -> Result<(), DbError> {
    store::rewrite_desk_text(tx, subject, part, text)
}

/// Makes a part public that the desk has: as it is, or with these words in place of a text.
///
/// # Errors
/// Those of the database.
pub fn give_back(
    tx: &mut Tx<'_>,
    moderated: Moderated,
    subject: &Subject,
    part: &str,
    words: Option<&str>,
) -> Result<(), DbError> {
    let found = store::of_subject(tx, subject)?.into_iter().find(|one| one.desk && one.part == part);
    let Some(one) = found else { return Ok(()) };
    match photo_of(&one)? {
        Some(file) => files::set_hidden(tx, file, false)?,
        None => (moderated.put)(tx, &subject.id, part, words.unwrap_or(&one.kept))?,
    }
    store::forget(tx, subject, part)?;
    search::remove(tx, subject)
}

/// Forgets what the desk has of a subject that is taken away.
///
/// # Errors
/// Those of the database.
pub fn forget(tx: &mut Tx<'_>, subject: &Subject) -> Result<(), DbError> {
    store::forget_desk_case(tx, subject)
}

/// What the desk has of a subject, oldest first.
///
/// # Errors
/// Those of the database.
pub fn parts(tx: &mut Tx<'_>, subject: &Subject) -> Result<Vec<DeskPart>, DbError> {
    store::of_subject(tx, subject)?.into_iter().filter(|one| one.desk).map(desk_part).collect()
}

/// The same for many subjects of one kind, by id; those of which it has nothing are left out.
///
/// # Errors
/// Those of the database.
pub fn parts_of_each(tx: &mut Tx<'_>, kind: &str, ids: &[&str]) -> Result<BTreeMap<String, Vec<DeskPart>>, DbError> {
    let mut found = BTreeMap::new();
    for (id, hidden) in store::of_each(tx, kind, ids)? {
        let parts: Vec<DeskPart> =
            hidden.into_iter().filter(|one| one.desk).map(desk_part).collect::<Result<_, _>>()?;
        if !parts.is_empty() {
            found.insert(id, parts);
        }
    }
    Ok(found)
}

fn desk_part(one: Withheld) -> Result<DeskPart, DbError> {
    Ok(DeskPart { photo: photo_of(&one)?, name: one.part, key: one.key, shown: one.shown, waits: one.held })
}

fn photo_of(one: &Withheld) -> Result<Option<FileId>, DbError> {
    one.photo.then(|| files::id_of(&one.kept)).transpose()
}

/// The case that keeps what the desk has of a subject.
fn case_of(
    tx: &mut Tx<'_>,
    subject: &Subject,
    contents: &Contents,
    now: Moment,
    chance: &dyn Chance,
) -> Result<Case, DbError> {
    if let Some(case) = store::desk_case(tx, subject)? {
        return Ok(case);
    }
    for code in watch::codes(chance) {
        let case = watch::new_case(code, subject, contents, Cause::Desk, now);
        // Held and closed: nothing in it can be decided by a moderator.
        let case = Case { held: true, standing: Standing::Closed, ..case };
        if store::insert(tx, &case)? {
            return Ok(case);
        }
    }
    Err(DbError::Other("no free code was drawn for a case in six tries".to_owned()))
}
