//! Conversations, statements, and who takes part.

mod conversation;
mod statement;

pub use conversation::{
    CONVERSATION, Conversation, Entry, Facts, Moderation, Origin, Phase, Promise, Source, code_of, text_of,
};
pub use statement::{LogLine, Participant, Reaction, Reason, STATEMENT, Standing, Statement, StatementWords};
