//! Takes back the taking over of a conversation, while nothing in the town rests on it.

use super::{log, touched};
use crate::{
    books::Books,
    export,
    model::{Conversation, Phase},
    names::Names,
    store,
};
use civic::{Actor, Moment};
use commons::{links, search};
use database::{DbError, Tx};
use record::Entry;
use serde_json::json;
use sha2::{Digest, Sha256};
use web::{Refusal, Stop, Town};

/// Days within which a taking over can be undone.
const UNDO_DAYS: i64 = 14;

/// What was taken back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UndoneImport {
    /// How many people.
    pub people: i64,
    /// How many statements.
    pub statements: usize,
    /// How many answers, those that were changed later among them.
    pub answers: usize,
    /// The SHA-256 of `votes.csv` as it was.
    pub votes_sha256: String,
}

/// Until when the taking over of a conversation can be undone; `None` for one that was held here.
pub fn undo_deadline(conversation: &Conversation) -> Option<Moment> {
    conversation.origin.as_ref().map(|_| conversation.made_at.plus_days(UNDO_DAYS))
}

/// Undoes it: its statements, people, answers and maps go; its code, its entries and the log of its facilitators stay, and its
/// page says what became of it. The same export can be taken over again.
///
/// # Errors
/// `conversation-not-imported`, `conversation-undo-late`; `conversation-undo-answered` when somebody here answered it;
/// `conversation-undo-promised`, `conversation-undo-linked` when something rests on it; `NotFound`.
pub async fn undo_import(town: &Town, actor: Actor, code: &str) -> Result<UndoneImport, Stop> {
    let (now, chance, own) = (town.now(), town.chance_handle(), code.to_owned());
    // What was held elsewhere has ended, so what is counted here is what is taken away below.
    let counted = town.db().read_long(move |tx| count(tx, &own)).await?;
    let own = code.to_owned();
    let undone = town
        .db()
        .write(move |tx| {
            let before = store::by_code_to_change(tx, &own)?.ok_or(Stop::NotFound)?;
            may_undo(tx, &before, now)?;
            store::take_away(tx, &own)?;
            search::remove(tx, &before.subject())?;
            let after = touched(Conversation { published_at: None, undone_at: Some(now), ..before }, now);
            store::update(tx, &after)?;
            let view = json!({
                "people": counted.people, "statements": counted.statements, "answers": counted.answers,
                "votes_sha256": counted.votes_sha256,
            });
            let entry = Entry::about(after.subject(), "conversation.import-undone", &actor, now, &*chance);
            let entry = entry.publicly(&view)?;
            log(tx, &after, &entry, ("conversation.import-undone", None), (None, ""), (&actor, now))?;
            tx.commit(entry, counted).map_err(Stop::from)
        })
        .await?;
    Books::reread(town, code).await?;
    Ok(undone)
}

fn count(tx: &mut Tx<'_>, code: &str) -> Result<UndoneImport, DbError> {
    let events = export::events(tx, code, &Names::of_elsewhere(), None)?;
    Ok(UndoneImport {
        people: store::count(tx, code)?,
        statements: store::statements(tx, code)?.len(),
        answers: events.len(),
        votes_sha256: hex::encode(Sha256::digest(export::votes_csv(&events))),
    })
}

fn may_undo(tx: &mut Tx<'_>, before: &Conversation, now: Moment) -> Result<(), Stop> {
    let code = before.code.as_str();
    let refused = |code: &'static str| Err(Refusal::conflict(code).into());
    let Some(deadline) = undo_deadline(before).filter(|_| before.undone_at.is_none()) else {
        return refused("conversation-not-imported");
    };
    if now >= deadline {
        return refused("conversation-undo-late");
    }
    if store::has_live_answers(tx, code)? || !matches!(before.phase(now), Phase::Closed(_)) {
        return refused("conversation-undo-answered");
    }
    if !store::promises(tx, code)?.is_empty() {
        return refused("conversation-undo-promised");
    }
    if !links::of(tx, &before.subject())?.is_empty() {
        return refused("conversation-undo-linked");
    }
    Ok(())
}
