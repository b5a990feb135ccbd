//! What the page of a request says in place of what is hidden.

use crate::{
    model::{HistoryStep, STEP},
    views::CommentRow,
};
use commons::{
    comments::SeenComment,
    moderation::{self, Notice},
};
use database::{DbError, Tx};
use std::collections::BTreeMap;
use web::{
    Visit,
    parts::{Step, StepState},
};

/// What is hidden of the steps of a request, by step.
pub(super) fn step_notices(tx: &mut Tx<'_>, steps: &[HistoryStep]) -> Result<BTreeMap<String, Vec<Notice>>, DbError> {
    let by_residents = steps.iter().filter(|step| step.agency.is_empty());
    let ids: Vec<&str> = by_residents.map(|step| step.id.as_str()).collect();
    moderation::notices_of_each(tx, STEP.0, &ids)
}

/// The sentence in place of a step's words.
pub(super) fn step_notice(visit: &Visit, notices: &BTreeMap<String, Vec<Notice>>, step: &str) -> Option<String> {
    notices.get(step)?.first().map(|notice| notice.sentence(&visit.t))
}

/// The sentences in place of what is hidden, each once: two photos are hidden by one sentence.
pub(super) fn sentences(visit: &Visit, notices: &[Notice]) -> Vec<String> {
    let mut sentences: Vec<String> = Vec::new();
    for sentence in notices.iter().map(|notice| notice.sentence(&visit.t)) {
        if !sentences.contains(&sentence) {
            sentences.push(sentence);
        }
    }
    sentences
}

/// The thread, with what moderators hid at its time.
pub(super) fn with_notices(
    visit: &Visit,
    mut thread: Vec<Step>,
    steps: &[HistoryStep],
    notices: &[Notice],
) -> Vec<Step> {
    let mut shown: Vec<(i64, String)> = Vec::new();
    // What the desk does with words are steps of its own.
    for notice in notices.iter().filter(|notice| !notice.desk) {
        let title = visit.t.with1("step-hidden-by-moderation", "why", notice.why(&visit.t));
        // What was hidden by one act is one step.
        if shown.contains(&(notice.at.micros(), title.clone())) {
            continue;
        }
        let before = steps.iter().filter(|step| step.at <= notice.at).count() + shown.len();
        let step = Step { state: StepState::Bad, title: title.clone(), detail: visit.date_time(notice.at) };
        thread.insert(before.min(thread.len()), step);
        shown.push((notice.at.micros(), title));
    }
    thread
}

/// Comments for machines.
pub(super) fn comment_rows(visit: &Visit, comments: &[SeenComment]) -> Vec<CommentRow> {
    let row = |seen: &SeenComment| CommentRow {
        id: seen.comment.id.text(),
        at: seen.comment.at.rfc3339(),
        by: seen.comment.author_name.clone(),
        text: seen.comment.text.clone(),
        hidden: seen.hidden.as_ref().map(|notice| notice.sentence(&visit.t)),
        answers: seen.comment.parent.map(|id| id.text()),
    };
    comments.iter().map(row).collect()
}
