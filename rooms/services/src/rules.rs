//! Who is entitled, by the rules of a service.

use crate::{form::Answers, model::Definition};
use civic::Moment;
use web::Sayings;

/// What the rules of a version say of these answers, as JSON; empty where there are none.
pub fn finding(_definition: &Definition, _answers: &Answers, _at: Moment) -> String {
    String::new()
}

/// A finding in words.
pub struct Shown {
    /// Whether it is a yes.
    pub is_yes: bool,
    /// It in one sentence.
    pub title: String,
    /// The rules that decided, with their law.
    pub lines: Vec<String>,
}

/// A kept finding in words; `None` where there is none.
pub fn shown(_finding: &str, _t: &Sayings) -> Option<Shown> {
    None
}
