//! Forms that say which version they are of, and what is kept now where somebody was quicker: nobody writes over what they have not seen.

use web::{Refusal, Visit, Wants, forms::Submission};

/// A line of what is kept now, where something else was typed.
pub(crate) struct KeptLine {
    pub label: String,
    /// The language it is in; empty for none.
    pub lang: &'static str,
    pub text: String,
    /// Whether it is for machines, and reads from the left.
    pub is_code: bool,
}

impl KeptLine {
    /// `None` where the same was typed.
    pub(crate) fn of(label: impl Into<String>, now: &str, typed: &str) -> Option<Self> {
        let is_same = now.trim() == typed.trim().replace("\r\n", "\n");
        (!is_same).then(|| Self { label: label.into(), lang: "", text: now.to_owned(), is_code: false })
    }

    pub(crate) fn in_language(self, lang: &'static str) -> Self {
        Self { lang, ..self }
    }

    pub(crate) fn in_code(self) -> Self {
        Self { is_code: true, ..self }
    }
}

/// The version that a form was made of. A page always says it; a program need not.
///
/// # Errors
/// `data-version` where a page does not say it, or it is none.
pub(crate) fn version_of(visit: &Visit, form: &Submission) -> Result<Option<i64>, Refusal> {
    let refused = || Refusal::new("data-version");
    match form.text("version") {
        Some(text) => text.parse().map(Some).map_err(|_| refused()),
        None if visit.wants == Wants::Html => Err(refused()),
        None => Ok(None),
    }
}

/// Whether what was sent was written without knowing what is kept now, which is then shown beside it.
pub(crate) fn is_stale(refusals: &[Refusal]) -> bool {
    refusals.iter().any(|one| ["changed-meanwhile", "data-version"].contains(&one.code))
}

/// The version of a form that is shown again: of what is kept now where that is shown too, else as it was, so that it is still told apart.
pub(crate) fn version_again(now: i64, seen: Option<i64>, refusals: &[Refusal]) -> i64 {
    if is_stale(refusals) { now } else { seen.unwrap_or(now) }
}
