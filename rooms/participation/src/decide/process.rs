//! What a process may be, and how it may change.

use crate::model::{Definition, PHASES_LIMIT, Phase, Process};
use civic::{Language, Moment};
use jiff::{Span, tz::TimeZone};
use std::collections::BTreeSet;
use web::Refusal;

/// Characters a code may have.
const CODE_LIMIT: usize = 60;
/// Characters a title and a summary may have in each language, and all there is to say.
const TITLE_LIMIT: usize = 150;
const SUMMARY_LIMIT: usize = 400;
const ABOUT_LIMIT: usize = 10_000;
/// The highest grade a process may have.
const GRADES_LIMIT: u32 = 5;

/// Whether `text` can be the code of a process: lower-case letters, digits and inner hyphens.
pub fn is_code(text: &str) -> bool {
    civic::is_slug(text, CODE_LIMIT)
}

/// Checks what was written down of a process.
///
/// # Errors
/// Every reason against it.
pub fn check_definition(definition: &Definition, language: Language) -> Result<(), Vec<Refusal>> {
    let mut refusals = Vec::new();
    let texts = [
        (Some(&definition.title), "title", TITLE_LIMIT),
        (Some(&definition.summary), "summary", SUMMARY_LIMIT),
        (definition.about.as_ref(), "about", ABOUT_LIMIT),
    ];
    for (text, field, limit) in texts {
        let Some(text) = text else { continue };
        if field != "about" && text.exactly(language).is_none_or(str::is_empty) {
            refusals.push(Refusal::new("process-words-missing").at(field).with("language", language.own_name()));
        }
        let too_long = |one: &Language| text.exactly(*one).is_some_and(|words| words.chars().count() > limit);
        if Language::ALL.iter().any(too_long) {
            refusals.push(Refusal::new("proposal-too-long").at(field).with("most", limit));
        }
    }
    refusals.extend(check_phases(&definition.phases));
    let rules = &definition.rules;
    if rules.grades.is_some_and(|most| !(2..=GRADES_LIMIT).contains(&most)) {
        refusals.push(Refusal::new("process-grades").at("grades").with("most", i64::from(GRADES_LIMIT)));
    }
    if rules.supports_least.zip(rules.supports_most).is_some_and(|(least, most)| least > most) {
        refusals.push(Refusal::new("process-supports-range").at("supports_least"));
    }
    if definition.rules.answer_days.is_some() && definition.rules.supports_min == 0 {
        refusals.push(Refusal::new("process-answer-without-threshold").at("supports_min"));
    }
    if refusals.is_empty() { Ok(()) } else { Err(refusals) }
}

fn check_phases(phases: &[Phase]) -> Option<Refusal> {
    if phases.is_empty() {
        return Some(Refusal::new("process-no-phase").at("phases"));
    }
    if phases.len() > PHASES_LIMIT {
        return Some(Refusal::new("process-too-many-phases").at("phases").with("most", PHASES_LIMIT));
    }
    let numbered = || phases.iter().enumerate();
    if let Some((index, _)) = numbered().find(|(_, phase)| phase.opens_at >= phase.closes_at) {
        return Some(Refusal::new("process-phase-backwards").at("phases").with("number", index + 1));
    }
    if let Some((index, _)) = numbered().find(|(_, phase)| phase.acts.is_empty()) {
        return Some(Refusal::new("process-phase-without-act").at("phases").with("number", index + 1));
    }
    let over = phases.windows(2).position(|pair| pair[1].opens_at < pair[0].closes_at);
    over.map(|index| Refusal::new("process-phases-overlap").at("phases").with("number", index + 2))
}

/// Whether a change is known to everybody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// It is still a private draft.
    Private,
    /// It stands on the record.
    Public,
}

/// Whether a process may become this now: once it is public, what is over stays as it was; from the first phase on the rules
/// hold, the money does not become less, and no category goes that a proposal is in (`used`). More money, a new category or
/// another name for one changes nobody's proposal, and goes on the record.
///
/// # Errors
/// `process-past-phase`, `process-rules-fixed`, `process-money-fixed`, `process-category-used`.
pub fn check_change(
    process: &Process,
    new: &Definition,
    used: &BTreeSet<String>,
    now: Moment,
) -> Result<Change, Refusal> {
    if process.published_at.is_none() {
        return Ok(Change::Private);
    }
    let old = &process.definition;
    let over = |phase: &&Phase| phase.closes_at <= now;
    let begun = |phase: &&Phase| phase.opens_at <= now;
    if !old.phases.iter().filter(over).eq(new.phases.iter().filter(over)) {
        return Err(Refusal::conflict("process-past-phase").at("phases"));
    }
    if !old.phases.iter().filter(begun).map(|phase| phase.opens_at).eq(new
        .phases
        .iter()
        .filter(begun)
        .map(|p| p.opens_at))
    {
        return Err(Refusal::conflict("process-past-phase").at("phases"));
    }
    if process.opens_at() <= now && old.rules != new.rules {
        return Err(Refusal::conflict("process-rules-fixed").at("supports_min"));
    }
    if process.opens_at() <= now {
        if old.budget_cents.is_some_and(|cents| new.budget_cents.is_none_or(|now| now < cents)) {
            return Err(Refusal::conflict("process-money-fixed").at("budget"));
        }
        let kept = |code: &&String| new.categories.iter().any(|topic| topic.code == **code);
        let mut gone = old.categories.iter().map(|topic| &topic.code).filter(|code| used.contains(*code));
        if let Some(code) = gone.find(|code| !kept(code)) {
            return Err(Refusal::conflict("process-category-used").at("categories").with("code", code.clone()));
        }
    }
    Ok(Change::Public)
}

/// The phases of last year's process for this year: the same days and hours on the town's clock, so many years later.
pub fn moved_by_years(phases: &[Phase], years: i32, zone: &TimeZone) -> Vec<Phase> {
    let later = |at: Moment| {
        let moved = at.in_zone(zone).checked_add(Span::new().years(years));
        moved.map_or(at, |zoned| zoned.timestamp().into())
    };
    let phase =
        |phase: &Phase| Phase { opens_at: later(phase.opens_at), closes_at: later(phase.closes_at), ..phase.clone() };
    phases.iter().map(phase).collect()
}
