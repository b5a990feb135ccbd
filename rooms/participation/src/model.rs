//! The nouns of the room.

mod group;
mod process;
mod proposal;
mod said;

pub use group::{GROUP, GROUP_NAME_LEAST, GROUP_NAME_LIMIT, GROUPS_LIMIT, Group, MEMBERS_LIMIT, Member};
pub use process::{
    CATEGORIES_LIMIT, Definition, PHASES_LIMIT, PROCESS, Phase, PhaseAct, Process, Rules, Standing, Template, Topic,
};
pub use proposal::{
    Author, AuthorPart, DOCUMENTS_LIMIT, GroupName, PHOTOS_LIMIT, PROPOSAL, Proposal, SOURCES_LIMIT, State, StateWord,
    TEXT_LIMIT, TITLE_LIMIT, Version,
};
pub use said::{AMENDMENT, ARGUMENT, Amendment, AmendmentState, Argument, Evaluation, Verdict};
