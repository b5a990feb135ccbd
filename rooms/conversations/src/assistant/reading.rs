//! What a model wrote, read as data: sentences that cite what they were told, and nothing else.

use super::Problem;
use crate::{
    decide::{draft_name, draft_sentence},
    model::{Cited, DraftContent, GroupName},
};
use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeSet;

/// Sentences of a summary.
pub const SENTENCES_LIMIT: usize = 12;

/// An answer of `/chat/completions`; what else is in it is passed over.
#[derive(Deserialize)]
struct Completion {
    choices: Vec<Choice>,
}

#[derive(Deserialize)]
struct Choice {
    message: Message,
}

#[derive(Deserialize)]
struct Message {
    content: String,
}

#[derive(Deserialize)]
struct Written {
    #[serde(default)]
    summary: Vec<Value>,
    #[serde(default)]
    groups: Vec<Value>,
}

#[derive(Deserialize)]
struct Sentence {
    text: String,
    #[serde(default)]
    statements: Vec<i64>,
}

#[derive(Deserialize)]
struct Name {
    group: usize,
    name: String,
    #[serde(default)]
    statements: Vec<i64>,
}

/// Reads an answer: what may be shown, and how many sentences and names were left out because they cite nothing, cite what is not
/// there, or are no plain sentence.
///
/// # Errors
/// `Unreadable` for what is not of the form that was asked for; `CitesNothing` when no sentence is left.
pub fn read(body: &[u8], told: &BTreeSet<i64>, groups: usize) -> Result<(DraftContent, usize), Problem> {
    let completion: Completion = serde_json::from_slice(body).map_err(|_| Problem::Unreadable)?;
    let text = &completion.choices.first().ok_or(Problem::Unreadable)?.message.content;
    let written: Written = serde_json::from_str(unfenced(text)).map_err(|_| Problem::Unreadable)?;
    let all = written.summary.len() + written.groups.len();
    let known = |number: i64| told.contains(&number);
    let sentence = |value: Value| {
        let Sentence { text, statements } = serde_json::from_value(value).ok()?;
        draft_sentence(&text, &statements, known).ok()
    };
    let summary: Vec<Cited> = written.summary.into_iter().filter_map(sentence).take(SENTENCES_LIMIT).collect();
    let mut names: Vec<GroupName> = Vec::new();
    for value in written.groups {
        let Ok(Name { group, name, statements }) = serde_json::from_value(value) else { continue };
        let is_new = group < groups && names.iter().all(|other| other.group != group);
        if let Some(name) = draft_name(group, &name, &statements, known).ok().filter(|_| is_new) {
            names.push(name);
        }
    }
    if summary.is_empty() {
        return Err(Problem::CitesNothing);
    }
    names.sort_by_key(|name| name.group);
    let left_out = all - summary.len() - names.len();
    Ok((DraftContent { summary, groups: names }, left_out))
}

/// Without the fence that some models put around JSON.
fn unfenced(text: &str) -> &str {
    let text = text.trim();
    let inner =
        text.strip_prefix("```json").or_else(|| text.strip_prefix("```")).and_then(|rest| rest.strip_suffix("```"));
    inner.unwrap_or(text).trim()
}

#[cfg(test)]
mod tests {
    use super::{Problem, read};
    use crate::model::DraftContent;
    use serde_json::{Value, json};

    fn reads(content: &Value) -> Result<(DraftContent, usize), Problem> {
        said(&content.to_string())
    }

    fn said(content: &str) -> Result<(DraftContent, usize), Problem> {
        let body = json!({"choices": [{"message": {"role": "assistant", "content": content}}], "usage": {}});
        read(body.to_string().as_bytes(), &[3, 14].into(), 2)
    }

    #[test]
    fn what_cites_is_kept_and_what_does_not_is_left_out_and_counted() {
        let (draft, left_out) = reads(&json!({
            "summary": [
                {"text": " Most want night\nbuses. ", "statements": [14, 3, 3]},
                {"text": "It cites nothing.", "statements": []},
                {"text": "It does not even have a list."},
                {"text": "It cites what is not there.", "statements": [3, 99]},
                {"text": "Read https://spam.example now.", "statements": [3]},
                {"text": "It has <b>markup</b>.", "statements": [3]},
                {"text": "It hides \u{202E}something.", "statements": [3]},
                {"text": "x".repeat(500), "statements": [3]},
                {"text": "", "statements": [3]},
                "no object at all",
            ],
            "groups": [
                {"group": 1, "name": "For the bus", "statements": [3]},
                {"group": 1, "name": "Twice", "statements": [3]},
                {"group": 2, "name": "Not there", "statements": [3]},
                {"group": 0, "name": "Cites nothing"},
            ],
        }))
        .unwrap();
        assert_eq!((draft.summary.len(), draft.groups.len(), left_out), (1, 1, 12));
        assert_eq!(
            (draft.summary[0].text.as_str(), draft.summary[0].statements.as_slice()),
            ("Most want night buses.", &[3, 14][..])
        );
        assert_eq!(draft.groups[0].name, "For the bus");
    }

    #[test]
    fn a_draft_that_cites_nothing_is_none() {
        assert_eq!(reads(&json!({"summary": [{"text": "All is well."}]})), Err(Problem::CitesNothing));
        assert_eq!(reads(&json!({"summary": [], "groups": []})), Err(Problem::CitesNothing));
        assert_eq!(reads(&json!({})), Err(Problem::CitesNothing));
    }

    #[test]
    fn what_is_not_of_the_form_is_unreadable_and_a_fence_is_not_minded() {
        assert!(said("```json\n{\"summary\": [{\"text\": \"Buses.\", \"statements\": [3]}]}\n```").is_ok());
        for content in ["", "Sure! Here is your summary.", "[7]", "{\"summary\": 7}", "null"] {
            assert_eq!(said(content), Err(Problem::Unreadable), "{content}");
        }
        for body in [
            &b""[..],
            b"<html>",
            b"{}",
            b"{\"choices\": []}",
            b"{\"choices\": [{\"message\": {\"content\": null}}]}",
            b"\xff\xfe",
        ] {
            assert_eq!(read(body, &[3].into(), 2), Err(Problem::Unreadable));
        }
    }

    #[test]
    fn it_has_a_limit() {
        let many: Vec<_> = (0..40).map(|_| json!({"text": "Again and again.", "statements": [3]})).collect();
        let (draft, left_out) = reads(&json!({ "summary": many })).unwrap();
        assert_eq!((draft.summary.len(), left_out), (12, 28));
    }
}
