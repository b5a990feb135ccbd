//! Forms: what is asked, page by page, and what was answered.

mod answers;
mod ask;
mod bounds;
mod calculate;
mod change;
mod design;
mod schema;
mod shape;

pub use answers::{Answers, Given, Problem, QUESTIONS, is_visible, missing, read_one, read_page, shown, visible_pages};
pub use ask::{Question, entries, is_single, questions, texts};
pub use bounds::{Bounds, broken, written};
pub use calculate::{amount, calculate, check_formula};
pub use change::changed;
pub use design::{Designer, Filled, designer};
pub use schema::{SchemaRefusal, read, write};
pub use shape::{
    CHOICES_LIMIT, Choice, Condition, FIELDS_LIMIT, FIELDS_OF_PAGE_LIMIT, Field, Form, FormPage, Kind, PAGES_LIMIT,
    REPEATS_LIMIT, check,
};

use civic::Language;
use web::Room;

const MESSAGES: &[(Language, &str)] = &[
    (Language::En, include_str!("../messages/en/forms.ftl")),
    (Language::Es, include_str!("../messages/es/forms.ftl")),
    (Language::Ar, include_str!("../messages/ar/forms.ftl")),
];

/// The words of forms, to be mounted wherever a room asks.
pub fn room() -> Room {
    Room { name: "forms", messages: MESSAGES, ..Room::default() }
}
