//! What was sent and refused, so that nobody has to type it again.

use web::{forms::Submission, parts::Choice};

/// A form that was refused; nothing where a page is opened. A field that was emptied stays empty; one that is not in the form
/// shows what is stored.
#[derive(Clone, Copy, Default)]
pub(super) struct Typed<'f>(pub Option<&'f Submission>);

impl<'f> Typed<'f> {
    /// A field as it was sent.
    pub fn given(self, name: &str) -> Option<&'f str> {
        self.0?.raw(name)
    }

    /// A field as it was sent, else as it is stored.
    pub fn or(self, name: &str, stored: impl FnOnce() -> String) -> String {
        self.given(name).map_or_else(stored, str::to_owned)
    }

    /// Choices with the one that was sent.
    pub fn chosen(self, name: &str, mut choices: Vec<Choice>) -> Vec<Choice> {
        if let Some(given) = self.given(name).filter(|given| choices.iter().any(|one| one.value == *given)) {
            choices.iter_mut().for_each(|one| one.chosen = one.value == given);
        }
        choices
    }
}
