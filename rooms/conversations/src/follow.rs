//! What the record says elsewhere and this room must know: statements that moderators hid or gave back.

use crate::{
    drawing,
    model::{STATEMENT, Statement},
    store,
};
use database::{DbError, Tx};
use record::Sequenced;
use web::Town;

/// Asks for another map where words went or came back.
pub fn follow(town: &Town, tx: &mut Tx<'_>, entries: &[Sequenced]) -> Result<(), DbError> {
    let (now, chance) = (town.now(), town.chance_handle());
    let moderated = |entry: &&Sequenced| entry.subject.kind == STATEMENT.0 && entry.saying.starts_with("moderation.");
    for entry in entries.iter().filter(moderated) {
        let Some((code, _)) = Statement::of_subject(&entry.subject.id) else { continue };
        store::touch(tx, code)?;
        drawing::ask(tx, code, now, &*chance)?;
    }
    Ok(())
}
