//! The town asks everybody the same questions, which branch; answers stay private, results protect small groups.

mod activity;
mod acts;
mod answering;
mod commands;
mod decide;
mod joining;
mod model;
mod pages;
mod results;
mod retention;
mod room;
mod store;

pub use answering::{Answering, answer_all, save_page, send};
pub use commands::{NewSurvey, count_closed, create, prolong, publish, save};
pub use model::{Definition, KINDS, SURVEY, Survey, Who};
pub use results::{Cell, Outcome, SMALL, Tally, tally};
pub use room::{MIGRATIONS, room};
