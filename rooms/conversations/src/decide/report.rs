//! What a report may say, and which figures it keeps.

use super::plain;
use crate::{
    importance::SMALL,
    map_view::{MapView, StatementFigures},
    model::{Frozen, FrozenStatement, ReportContent, Section, Statement},
};
use civic::{Language, LocalText};
use std::collections::BTreeMap;
use web::Refusal;

/// Parts of a report.
pub const SECTIONS_LIMIT: usize = 10;
/// Characters of a heading.
pub const HEADING_LIMIT: usize = 120;
/// Characters of the words of a part.
pub const WORDS_LIMIT: usize = 6_000;
/// Statements of a report, each part counted by itself.
pub const CHOSEN_LIMIT: usize = 60;
/// Characters of a reason for another edition.
pub const REASON_LIMIT: usize = 400;

/// A part as a facilitator writes it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct SectionText {
    /// What it is called, by language.
    pub heading: BTreeMap<Language, String>,
    /// What is said, by language.
    pub words: BTreeMap<Language, String>,
    /// The statements it shows.
    pub statements: Vec<i64>,
    /// The promises it shows.
    pub promises: Vec<i64>,
}

impl SectionText {
    /// Whether nothing at all was written or chosen: then it is no part.
    pub fn is_empty(&self) -> bool {
        self.heading.is_empty() && self.words.is_empty() && self.statements.is_empty() && self.promises.is_empty()
    }
}

/// Looks whether a draft can be kept. `statement` says whether a statement can be shown, `promise` whether a promise is there.
pub fn check_report(
    sections: &[SectionText],
    statement: impl Fn(i64) -> bool,
    promise: impl Fn(i64) -> bool,
) -> Result<ReportContent, Vec<Refusal>> {
    let mut refusals = Vec::new();
    let written: Vec<&SectionText> = sections.iter().filter(|one| !one.is_empty()).collect();
    if written.len() > SECTIONS_LIMIT {
        refusals.push(Refusal::new("conversation-report-sections-many").at("report").with("most", SECTIONS_LIMIT));
    }
    if written.iter().map(|one| one.statements.len()).sum::<usize>() > CHOSEN_LIMIT {
        refusals.push(Refusal::new("conversation-report-statements-many").at("report").with("most", CHOSEN_LIMIT));
    }
    let mut content = ReportContent::default();
    for one in written {
        let mut texts = |given: &BTreeMap<Language, String>, most| local(given, most, &mut refusals);
        let (heading, words) = (texts(&one.heading, HEADING_LIMIT), texts(&one.words, WORDS_LIMIT));
        let (statements, promises) = (in_order(&one.statements), in_order(&one.promises));
        for number in statements.iter().filter(|number| !statement(**number)) {
            refusals.push(Refusal::new("conversation-report-statement").at("report").with("number", *number));
        }
        for number in promises.iter().filter(|number| !promise(**number)) {
            refusals.push(Refusal::new("conversation-report-promise").at("report").with("number", *number));
        }
        content.sections.push(Section { heading, words, statements, promises });
    }
    if refusals.is_empty() { Ok(content) } else { Err(refusals) }
}

/// Each number once, where it stood first.
fn in_order(numbers: &[i64]) -> Vec<i64> {
    let mut kept = Vec::with_capacity(numbers.len());
    numbers.iter().for_each(|number| {
        if !kept.contains(number) {
            kept.push(*number);
        }
    });
    kept
}

fn local(given: &BTreeMap<Language, String>, most: usize, refusals: &mut Vec<Refusal>) -> LocalText {
    let mut kept = BTreeMap::new();
    for (language, text) in given.iter().filter(|(_, text)| !text.trim().is_empty()) {
        match plain(text, "report", most) {
            Ok(text) => drop(kept.insert(*language, text)),
            Err(refusal) => refusals.push(refusal),
        }
    }
    LocalText::try_from(kept).unwrap_or_else(|_| LocalText::plain(""))
}

/// Looks whether a draft can be published: something is in it, and each part has a heading and says or shows something. What it
/// shows is looked at again, because statements change while a draft waits.
pub fn check_publish(
    content: &ReportContent,
    statement: impl Fn(i64) -> bool,
    promise: impl Fn(i64) -> bool,
) -> Result<(), Vec<Refusal>> {
    let mut refusals = Vec::new();
    if content.sections.is_empty() {
        refusals.push(Refusal::conflict("conversation-report-empty").at("report"));
    }
    for (number, one) in (1_i64..).zip(&content.sections) {
        let is_blank = |text: &LocalText| text.in_language(Language::En).is_empty();
        if is_blank(&one.heading) {
            refusals.push(Refusal::new("conversation-report-heading").at("report").with("number", number));
        }
        if is_blank(&one.words) && one.statements.is_empty() && one.promises.is_empty() {
            refusals.push(Refusal::new("conversation-report-section-empty").at("report").with("number", number));
        }
    }
    for number in content.statements().into_iter().filter(|number| !statement(*number)) {
        refusals.push(Refusal::new("conversation-report-statement").at("report").with("number", number));
    }
    for number in content.promises().into_iter().filter(|number| !promise(*number)) {
        refusals.push(Refusal::new("conversation-report-promise").at("report").with("number", number));
    }
    if refusals.is_empty() { Ok(()) } else { Err(refusals) }
}

/// The figures of a map that a report keeps of these statements. Of a conversation held here (`veiled`) what fewer than five
/// people answered is not told, nor how a statement of a participant was answered before five people agreed with it: else
/// whoever knew when it was written knew its author's answer. Groups are told where all of them can be, so that none can be
/// worked out from the others.
pub fn freeze(map: &MapView, map_version: i64, chosen: &[&Statement], veiled: bool) -> Frozen {
    let enough = |count: usize| !veiled || i64::try_from(count).unwrap_or(i64::MAX) >= SMALL;
    let groups: Vec<usize> = map.groups.iter().map(|one| one.size).collect();
    let tells_groups = map.has_groups() && groups.iter().all(|size| enough(*size));
    let one = |one: &&Statement| {
        let figures = map.figures(one.number);
        let counts = figures.map(|found| [found.agrees, found.disagrees, found.passes]);
        let told = |[agrees, disagrees, passes]: &[u32; 3]| {
            enough((agrees + disagrees + passes) as usize) && (one.author.is_none() || enough(*agrees as usize))
        };
        let counts = counts.filter(told);
        let by_group = |found: &StatementFigures| -> Vec<[u32; 3]> {
            found.by_group.iter().map(|(agrees, disagrees, seen)| [*agrees, *disagrees, *seen]).collect()
        };
        let groups = figures.filter(|_| tells_groups && counts.is_some()).map(by_group).unwrap_or_default();
        let groups = if groups.iter().all(|[.., seen]| enough(*seen as usize)) { groups } else { Vec::new() };
        FrozenStatement {
            number: one.number,
            counts,
            group_informed: figures.filter(|_| !groups.is_empty()).map(|found| found.group_informed),
            groups,
        }
    };
    Frozen {
        map_version,
        map_drawn_at: map.drawn_at.clone(),
        seed: map.seed,
        people: map.people,
        people_on_map: map.people_on_map,
        answers: map.reactions,
        clarity: map.clarity.clone(),
        groups: if tells_groups { groups } else { Vec::new() },
        statements: chosen.iter().map(one).collect(),
    }
}

/// Why there is another edition. The first needs no reason.
pub fn check_reason(reason: &str, is_first: bool) -> Result<String, Refusal> {
    let reason = plain(reason, "reason", REASON_LIMIT)?;
    if is_first {
        return Ok(String::new());
    }
    if reason.is_empty() { Err(Refusal::new("conversation-report-reason").at("reason")) } else { Ok(reason) }
}
