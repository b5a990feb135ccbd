//! Residents propose, discuss and support in processes with phases; the town answers with reasons.

mod activity;
mod acts;
mod commands;
mod datasets;
mod decide;
mod diff;
mod imports;
mod joining;
mod model;
mod moderated;
mod pages;
mod privacy;
mod retention;
mod room;
mod store;
mod views;

pub use commands::{
    Answer, Changed, Edited, Moved, NewProcess, Submitted, Supported, amend, argue, ask_into_group, create_process,
    edit, endorse, evaluate, form_group, invite, join, join_group, merge, propose, publish_process, save_draft,
    save_process, separate, settle_amendment, split, submit, support, withdraw,
};
pub use decide::{AmendmentAct, Side, Words};
pub use model::{
    Amendment, AmendmentState, Definition, PROCESS, PROPOSAL, Phase, PhaseAct, Process, Proposal, Rules, Standing,
    State, StateWord, TEXT_LIMIT, TITLE_LIMIT, Template, Topic, Verdict,
};
pub use room::{MIGRATIONS, room};
pub use store::{Filter, Order, by_code, page_of};
