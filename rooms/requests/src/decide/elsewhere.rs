//! An agency that answers elsewhere speaks: what that changes here.

use super::Change;
use crate::model::{ANSWER_LIMIT, ServiceRequest, State};
use civic::Moment;

/// What an agency's own system says of a request.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TheirWord {
    /// Their status, in lower case: `open` and `closed` of GeoReport v2, or one of mySociety's.
    pub status: String,
    /// Their words; may be empty.
    pub words: String,
}

/// What is known beside it.
pub struct TheirFacts<'f> {
    /// The request as it is now.
    pub request: &'f ServiceRequest,
    /// What the agency last said in public.
    pub last_words: &'f str,
    /// The words of an end that came without any: done, not done.
    pub no_words: [&'f str; 2],
    /// By when an end is promised when the clock runs again now.
    pub after_waiting: Option<Moment>,
    /// The clock's now.
    pub now: Moment,
}

/// Statuses that end a matter as done: of GeoReport v2, and of FixMyStreet's servers.
const DONE: [&str; 4] = ["closed", "fixed", "resolved", "completed"];
/// Statuses that end it as not to be done.
const NOT_DONE: [&str; 5] =
    ["no_further_action", "unable_to_fix", "not_councils_responsibility", "duplicate", "not_responsible"];

/// It was sent on; `reference` is its id there.
pub fn sent_on(agency: &str, way: &str, reference: Option<&str>) -> Change {
    let mut change = Change::saying("request.forwarded");
    change.detail.insert("organisation", agency.to_owned());
    change.detail.insert("way", way.to_owned());
    change.detail.extend(reference.map(|reference| ("reference", reference.to_owned())));
    change
}

/// What their word changes here; nothing for what has ended here, or was said already.
pub fn decide_their_word(facts: &TheirFacts<'_>, said: &TheirWord) -> Option<Change> {
    if !facts.request.state.is_open() {
        return None;
    }
    let words = readable(&said.words);
    let ended = |saying, words: String, otherwise: &str, state: fn(Moment, String) -> State| {
        let words = if words.is_empty() { otherwise.to_owned() } else { words };
        let state = state(facts.now, words.clone());
        let change = Change::saying(saying).with_body(words).into_state(state);
        super::waiting::run_again(facts.request, change, facts.after_waiting)
    };
    let [done, not_done] = facts.no_words;
    if DONE.contains(&said.status.as_str()) {
        let state = |at, what_was_done| State::Resolved { at, what_was_done };
        return Some(ended("request.resolved", words, done, state));
    }
    if NOT_DONE.contains(&said.status.as_str()) {
        let state = |at, reason| State::Declined { at, reason };
        return Some(ended("request.declined", words, not_done, state));
    }
    let is_new = !words.is_empty() && words != facts.last_words;
    is_new.then(|| Change::saying("request.answered").with_body(words))
}

/// Words of another system as a page can show them: without control characters, not longer than an answer may be.
fn readable(words: &str) -> String {
    let shown = |c: &char| !c.is_control() || matches!(c, '\n' | '\t');
    let words: String = words.replace("\r\n", "\n").chars().filter(shown).take(ANSWER_LIMIT).collect();
    words.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::readable;

    #[test]
    fn words_of_others_are_cut_to_what_a_page_shows() {
        assert_eq!(readable("  on\u{0} its\r\nway \u{1b}[31m "), "on its\nway [31m");
        assert_eq!(readable(&"x".repeat(5_000)).len(), 4_000);
    }
}
