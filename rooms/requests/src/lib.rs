//! Residents report problems in public space; the responsible agency answers.

mod activity;
mod acts;
mod alike;
mod category;
mod commands;
mod counts;
mod datasets;
mod decide;
mod elsewhere;
mod escalate;
mod figures;
pub mod imports;
mod joining;
mod model;
mod moderated;
mod open311;
mod pages;
mod promises;
mod retention;
mod room;
mod store;
mod suggest;
mod unpublished;
mod views;

pub use category::{Attribute, Category, Choice, Datatype, Definition, Promise, Rules};
pub use commands::{
    DeskCommand, ImportOrder, ImportReport, ImportStop, NewReport, Opened, OwnKey, PosterOrder, Sent, Undone,
    act_at_desk, act_on_own, category_codes, define_category, import_requests, make_poster, open_request, refresh_book,
    undo_import,
};
pub use decide::{DeskAct, OpenRequest, OwnAct};
pub use escalate::escalate;
pub use figures::job::renew_figures;
pub use model::{Contact, ServiceRequest, Source, State, StateWord};

/// Categories that most towns begin with, as TOML, in every language.
pub const STARTER: &str = include_str!("../starter/categories.toml");

pub use room::{Books, MIGRATIONS, room};
pub use store::{ImportRow, asides, imports as list_imports};
