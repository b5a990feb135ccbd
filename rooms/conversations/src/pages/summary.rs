//! A summary that a machine drafted and facilitators made public: always said to be so, each sentence with what it rests on.

use super::shown::group_name;
use crate::{
    books::Known,
    model::{Cited, Draft, DraftContent},
    views::is_public,
};
use civic::Moment;
use web::Visit;

/// A sentence, or the name of a group, with the statements it rests on.
pub(super) struct CitedShown {
    /// The name of the group; empty for a sentence.
    pub group: String,
    pub text: String,
    pub statements: Vec<i64>,
}

/// A summary for a reader.
pub(super) struct SummaryShown {
    pub lang: &'static str,
    /// Who wrote it, who read it, from which map.
    pub about: String,
    pub sentences: Vec<CitedShown>,
    /// Names of the groups, while the map is the one they were made for.
    pub names: Vec<CitedShown>,
}

/// The summary in the reader's language, else in another. A sentence that rests on a statement which is no longer public is not
/// shown; without any sentence there is no summary.
pub(super) fn summary_shown(visit: &Visit, known: &Known) -> Option<SummaryShown> {
    let own = known.summaries.iter().find(|one| one.language == visit.t.language());
    let draft = own.or_else(|| known.summaries.first())?;
    let stands = draft.content.resting_on(|number| known.statement(number).is_some_and(is_public));
    let drawn_at = known.map.as_ref().map(|map| map.drawn_at.as_str());
    let shown = SummaryShown {
        lang: draft.language.tag(),
        about: about(visit, draft),
        sentences: sentences(&stands),
        names: if drawn_at == Some(&draft.map_drawn_at) { names(visit, &stands) } else { Vec::new() },
    };
    (!shown.sentences.is_empty()).then_some(shown)
}

fn about(visit: &Visit, draft: &Draft) -> String {
    let day = |at: Option<Moment>| at.map(|at| visit.date(at)).unwrap_or_default();
    let values = [
        ("machine", draft.machine.as_str().into()),
        ("date", day(draft.decided_at).into()),
        ("map", day(Moment::parse(&draft.map_drawn_at).ok()).into()),
    ];
    visit.t.with("csummary-about", &values)
}

/// The sentences of a draft.
pub(super) fn sentences(content: &DraftContent) -> Vec<CitedShown> {
    let one =
        |one: &Cited| CitedShown { group: String::new(), text: one.text.clone(), statements: one.statements.clone() };
    content.summary.iter().map(one).collect()
}

/// The names of groups in a draft.
pub(super) fn names(visit: &Visit, content: &DraftContent) -> Vec<CitedShown> {
    let one = |one: &crate::model::GroupName| CitedShown {
        group: group_name(visit, one.group),
        text: one.name.clone(),
        statements: one.statements.clone(),
    };
    content.groups.iter().map(one).collect()
}
