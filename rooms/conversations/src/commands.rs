//! What the room does: load facts, decide, save, record, commit. One act, one transaction, one entry.

mod conversation;
mod counting;
mod drafts;
mod import;
mod moderate;
mod react;
mod report;
mod roll;
mod simulate;
mod split;
mod undo_import;
mod write;

pub use conversation::{Advance, add_promise, advance_conversation, save_conversation, set_facts, start_conversation};
pub use counting::job_kind as counting_job_kind;
pub use drafts::{DraftDecision, ask_draft, decide_draft, job_kind as draft_job_kind};
pub use import::{Imported, import_conversation};
pub use moderate::{ModerateStatement, moderate_statement, offered_reasons};
pub use react::{React, Reacted, react, say_district, undo};
pub use report::{NextEdition, digest, keep_report, publish_report};
pub use roll::{Gate, RollLook, empty_roll, keep_roll, look_at_roll, may_by_roll};
pub use simulate::{Simulated, simulate};
pub use split::{SplitStatement, split_statement};
pub use undo_import::{UndoneImport, undo_deadline, undo_import};
pub use write::{NewStatement, Written, add_seeds, write_statement};

use crate::{
    acts,
    model::{Conversation, LogLine, Reason},
    store,
};
use civic::{Actor, Language, Moment, Role};
use database::{DbError, Tx};
use record::Entry;
use web::Stop;

/// Who speaks in the record where a participant does: which participant wrote what would lead from a statement to all the
/// answers of its author.
fn participant() -> Actor {
    Actor { handle: "participant".to_owned(), ..Actor::visitor(Language::En) }
}

/// The conversation, held against change; as if it were not there for whoever may not lead it.
fn led_by(tx: &mut Tx<'_>, code: &str, actor: &Actor) -> Result<Conversation, Stop> {
    let conversation = store::by_code_to_change(tx, code)?.ok_or(Stop::NotFound)?;
    if may_lead(actor, &conversation) && conversation.undone_at.is_none() {
        Ok(conversation)
    } else {
        Err(Stop::NotFound)
    }
}

/// Whether somebody may lead a conversation.
pub fn may_lead(actor: &Actor, conversation: &Conversation) -> bool {
    actor.may_for(&acts::FACILITATE, conversation.organisation)
}

/// Counts a change, so that everybody reads the conversation anew.
fn touched(mut conversation: Conversation, now: Moment) -> Conversation {
    conversation.version += 1;
    conversation.updated_at = now;
    conversation
}

/// Keeps what a facilitator did in the public log, under the id of its entry.
fn log(
    tx: &mut Tx<'_>,
    conversation: &Conversation,
    entry: &Entry,
    (act, statement): (&str, Option<i64>),
    (reason, detail): (Option<&Reason>, &str),
    (actor, now): (&Actor, Moment),
) -> Result<(), DbError> {
    let role = if actor.is(Role::Administrator) { Role::Administrator } else { Role::Officer };
    let line = LogLine {
        id: entry.id().text(),
        at: now,
        act: act.to_owned(),
        statement,
        reason: reason.cloned(),
        detail: detail.to_owned(),
        role: role.word().to_owned(),
    };
    store::add_line(tx, conversation.code.as_str(), &line)
}
