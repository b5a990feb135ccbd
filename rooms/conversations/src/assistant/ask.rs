//! Asking the model, through the guarded client. It waits, so it runs where waiting is allowed.

use super::{Assistant, Material, reading};
use crate::model::DraftContent;
use outgoing::OutgoingRefusal;
use serde_json::json;

/// Tokens an answer may have.
const TOKENS_LIMIT: u32 = 2_000;

/// Why there is no draft. No text of the other side is in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Problem {
    /// It could not be reached.
    Unreachable,
    /// It took too long.
    Slow,
    /// It sent too much.
    Large,
    /// It refused, by its status.
    Refused,
    /// What it sent is not what was asked for.
    Unreadable,
    /// No sentence cites a statement it was told.
    CitesNothing,
}

impl Problem {
    /// The word for it in the database and in the keys of its sentence.
    pub fn word(self) -> &'static str {
        match self {
            Self::Unreachable => "unreachable",
            Self::Slow => "slow",
            Self::Large => "large",
            Self::Refused => "refused",
            Self::Unreadable => "unreadable",
            Self::CitesNothing => "cites-nothing",
        }
    }
}

/// Asks for a draft: what of it can be shown, and how many sentences and names cannot.
///
/// # Errors
/// [`Problem`].
pub fn ask(assistant: &Assistant, material: &Material) -> Result<(DraftContent, usize), Problem> {
    let reach = assistant.0.as_ref().ok_or(Problem::Unreachable)?;
    let body = json!({
        "model": reach.model, "messages": material.messages, "temperature": 0, "max_tokens": TOKENS_LIMIT, "stream": false,
        "response_format": {"type": "json_object"},
    });
    let bearer = reach.key.as_ref().map(|key| format!("Bearer {key}"));
    let mut headers = vec![("content-type", "application/json"), ("accept", "application/json")];
    headers.extend(bearer.as_deref().map(|bearer| ("authorization", bearer)));
    let answer = reach.client.post(&reach.url, &headers, body.to_string().as_bytes()).map_err(problem_of)?;
    if !answer.is_success() {
        tracing::warn!(status = answer.status, "the language model refused to write a draft");
        return Err(Problem::Refused);
    }
    reading::read(&answer.body, &material.statements, material.groups)
}

fn problem_of(refusal: OutgoingRefusal) -> Problem {
    match refusal {
        OutgoingRefusal::TooSlow => Problem::Slow,
        OutgoingRefusal::TooLarge => Problem::Large,
        _ => Problem::Unreachable,
    }
}
