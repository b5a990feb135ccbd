//! Letters that an office writes again and again: kept once, in the languages of the town, with fields in braces.

mod commands;
mod decide;
mod model;
mod store;

pub use commands::{change, chosen, keep, offered, retire, text_for};
pub use decide::{Lack, lacks};
pub use model::{LetterTemplate, Written};
pub use store::{forget, of_organisations};
