//! Conversations, statements, and who takes part.

mod conversation;
mod draft;
mod report;
mod statement;

pub use commons::moderation::Reason;
pub use conversation::{
    CONVERSATION, Conversation, DATASET, DISTRICT, Entry, Facts, Hand, Level, MapShown, Moderation, Origin, PROMISE,
    Phase, Promise, Source, code_of, text_of,
};
pub use draft::{Cited, Draft, DraftContent, DraftState, GroupName};
pub use report::{Edition, EditionState, Frozen, FrozenStatement, ReportContent, ReportDraft, Section};
pub use statement::{
    ELSEWHERE, LogLine, OF_STATEMENTS, Participant, Reaction, SEVERAL, STATEMENT, Standing, Statement, StatementWords,
    UNCLEAR, built_in, why,
};
