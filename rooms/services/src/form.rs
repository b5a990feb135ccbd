//! Forms: what is asked, page by page, and what was answered.

mod answers;
mod calculate;
mod schema;
mod shape;

pub use answers::{Answers, Given, Problem, QUESTIONS, is_visible, missing, read_page, shown, visible_pages};
pub use calculate::{amount, calculate, check_formula};
pub use schema::{SchemaRefusal, read, write};
pub use shape::{
    CHOICES_LIMIT, Choice, Condition, FIELDS_LIMIT, FIELDS_OF_PAGE_LIMIT, Field, Form, FormPage, Kind, PAGES_LIMIT,
    REPEATS_LIMIT, check,
};
