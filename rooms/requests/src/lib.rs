//! Residents report problems in public space; the responsible agency answers.

mod acts;
mod category;
mod commands;
mod counts;
mod decide;
mod figures;
mod model;
mod open311;
mod pages;
mod room;
mod store;
mod views;

pub use category::{Attribute, Category, Choice, Datatype, Definition, Promise};
pub use commands::{
    DeskCommand, NewReport, Opened, OwnKey, act_at_desk, act_on_own, define_category, open_request, refresh_book,
};
pub use decide::{DeskAct, OpenRequest, OwnAct};
pub use model::{Contact, ServiceRequest, Source, State, StateWord};
pub use room::{Books, MIGRATIONS, room};
