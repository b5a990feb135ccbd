//! The desk of those who lead conversations.

pub(super) mod choices;
mod drafts;
mod editor;
mod queue;
mod read;
mod report;
mod report_form;
mod roll;
mod translated;
mod typed;

pub use drafts::{ask_draft, decide_draft, drafts};
pub use editor::{advance, edit, facts, list, new, promise, save, seeds, start, undo_import};
pub use queue::{moderate, queue};
pub use report::{keep_report, preview_report, publish_report, report};
pub use roll::{roll, roll_empty, roll_file};

use crate::{
    books::{Books, Known},
    commands::may_lead,
};
use std::sync::Arc;
use web::{Stop, Town, Visit};

/// A conversation this reader leads; else it might as well not exist.
fn led(town: &Town, visit: &Visit, code: &str) -> Result<Arc<Known>, Stop> {
    let known = town.part::<Books>().get(code).ok_or(Stop::NotFound)?;
    let leads = may_lead(visit.actor(), &known.conversation) && known.conversation.undone_at.is_none();
    if leads { Ok(known) } else { Err(Stop::NotFound) }
}

/// The path of a conversation at the desk.
fn desk_path(code: &str) -> String {
    format!("/desk/conversations/{code}")
}
