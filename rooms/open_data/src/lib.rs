//! The town's data for everybody: published, found, asked, drawn, downloaded, harvested.

mod activity;
mod acts;
mod books;
mod changes;
mod ckan;
mod commands;
mod datajson;
mod dcat;
mod decide;
mod extent;
mod for_all;
mod harvest;
mod index;
mod intakes;
mod joining;
mod links;
mod model;
mod notes;
mod ogc;
mod on_web;
mod own;
mod package;
mod pages;
mod plans;
mod quality;
mod retention;
mod room;
mod said;
mod saved;
mod search;
mod soda;
mod store;
mod stories;
mod usage;
mod views;
mod vocabulary;
mod workbook;

pub use books::{Books, refresh};
pub use commands::{
    FileIn, From, add_file, change, describe_columns, draft, publish, replace_file, town_itself, withdraw,
};
pub use decide::{Draft, Farewell};
pub use model::{ColumnWords, DATASET, Dataset};
pub use notes::{Answering, Asking, Note, NoteKind, NoteState, Typed, answer, ask, support};
pub use own::{publish_own, renew_own};
pub use room::{MIGRATIONS, room};
pub use said::Said;
