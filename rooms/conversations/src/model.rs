//! Conversations, statements, and who takes part.

mod conversation;
mod draft;
mod statement;

pub use conversation::{
    CONVERSATION, Conversation, DISTRICT, Entry, Facts, Hand, Level, Moderation, Origin, Phase, Promise, Source,
    code_of, text_of,
};
pub use draft::{Cited, Draft, DraftContent, DraftState, GroupName};
pub use statement::{LogLine, Participant, Reaction, Reason, STATEMENT, Standing, Statement, StatementWords};
