//! The nouns of the room.

mod process;
mod proposal;

pub use process::{
    CATEGORIES_LIMIT, Definition, PHASES_LIMIT, PROCESS, Phase, PhaseAct, Process, Rules, Standing, Template, Topic,
};
pub use proposal::{
    AMENDMENT, ARGUMENT, Amendment, AmendmentState, Argument, Author, AuthorPart, Evaluation, PHOTOS_LIMIT, PROPOSAL,
    Proposal, SOURCES_LIMIT, State, StateWord, TEXT_LIMIT, TITLE_LIMIT, Verdict, Version,
};
