//! Thousands of voices on one question: statements, answers to them, and a map of what they share.

mod activity;
mod acts;
mod altcha;
mod assistant;
mod books;
mod commands;
mod datasets;
mod decide;
mod drawing;
mod export;
mod follow;
mod importance;
mod joining;
mod levels;
mod map_view;
mod model;
mod moderated;
mod names;
mod pages;
mod picture;
mod polis;
mod privacy;
mod promised;
mod retention;
mod room;
mod store;
mod views;
mod voice;

pub use assistant::{Assistant, AssistantSettings};
pub use books::Books;
pub use commands::{
    Advance, Imported, ModerateStatement, NewStatement, React, Reacted, Simulated, SplitStatement, UndoneImport,
    Written, add_promise, add_seeds, advance_conversation, import_conversation, keep_roll, moderate_statement, react,
    save_conversation, set_facts, simulate, split_statement, start_conversation, undo_import, write_statement,
};
pub use decide::{Definition, FactsText, PromiseText, StatementAct};
pub use drawing::{draw, draw_frames};
pub use map_view::MapView;
pub use model::{
    Conversation, Entry, Facts, Hand, Level, MapShown, Moderation, OF_STATEMENTS, Origin, Phase, Source, Standing,
    Statement, StatementWords,
};
pub use opinion_map::Stance;
pub use polis::{Aside, Export, read_export, read_folder};
pub use room::{MIGRATIONS, room};
pub use voice::Who;
