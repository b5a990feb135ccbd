//! What people and programs send: a form, a form with files, or JSON. Parsed once, at the
//! door, into the same [`Submission`].

mod flat_json;
mod submission;

pub(crate) use submission::FieldLimits;
pub use submission::{FIELDS_LIMIT, Submission, Upload, VALUE_LIMIT_BYTES};

use crate::{Refusal, Sayings};

/// What is wrong with a form, for its error summary and beside each field.
#[derive(Debug, Clone, Default)]
pub struct FormErrors(Vec<FormError>);

/// One thing to put right.
#[derive(Debug, Clone)]
pub struct FormError {
    /// The id of the field; empty when it concerns the whole form.
    pub field: &'static str,
    /// What to do, in the reader's language.
    pub message: String,
}

impl FormErrors {
    /// The sentences of these refusals.
    pub fn of(refusals: &[Refusal], t: &Sayings) -> Self {
        Self(refusals.iter().map(|r| FormError { field: r.field.unwrap_or(""), message: r.sentence(t) }).collect())
    }

    /// The same on a page without these fields: what is wrong with them is said, and leads nowhere.
    #[must_use]
    pub fn not_on_page(mut self, is_missing: impl Fn(&str) -> bool) -> Self {
        self.0.iter_mut().filter(|error| is_missing(error.field)).for_each(|error| error.field = "");
        self
    }

    /// Whether nothing is wrong.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// All of them, in order.
    pub fn all(&self) -> &[FormError] {
        &self.0
    }

    /// What is wrong with one field.
    pub fn for_field(&self, field: &str) -> Option<&str> {
        self.0.iter().find(|error| error.field == field).map(|error| error.message.as_str())
    }
}
