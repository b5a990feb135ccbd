//! PURE: what an assembly may be, who may register when, what a draw may do.

mod drawing;
mod entering;
mod features;
mod lottery_of;

pub use drawing::{Begin, begin, may_answer, may_draw, seats_left};
pub use entering::{Aside, AsideWhy, Table, read_table};
pub use features::{Labels, categories, feasible, quotas_csv, same_features};
pub use lottery_of::{Ready, assembly_of, base_of, prepared};

use crate::model::{Assembly, Plan};
use civic::{Language, LocalText, Moment};
use jiff::civil::Date;
use lottery::Category;
use std::collections::BTreeMap;
use web::Refusal;

/// Characters of the title, the summary and the remit in each language.
const TITLE_LIMIT: usize = 150;
const SUMMARY_LIMIT: usize = 400;
const REMIT_LIMIT: usize = 20_000;
/// Characters of a recommendation, and of its answer, in each language.
const WORDS_LIMIT: usize = 10_000;
/// Characters of the line that names the public value, of that value, and of a reason.
pub const SOURCE_LIMIT: usize = 300;
/// Characters of the public value.
pub const VALUE_LIMIT: usize = 200;
/// Members of one assembly.
pub const SEATS_LIMIT: u32 = 500;
/// Days that somebody who was drawn has to answer.
const REPLY_DAYS_LIMIT: u32 = 60;
/// Days for which registration may be open.
const DAYS_LIMIT: i64 = 366;
const DAY_SECONDS: i64 = 86_400;

fn long(text: &LocalText, limit: usize) -> bool {
    Language::ALL.iter().any(|one| text.exactly(*one).is_some_and(|words| words.chars().count() > limit))
}

/// Checks what was written down of an assembly; `own` is the town's first language.
///
/// # Errors
/// Every reason against it; that of quotas which nobody can meet is the engine's sentence.
pub fn check(plan: &Plan, opens_at: Moment, closes_at: Moment, own: Language) -> Result<Vec<Category>, Vec<Refusal>> {
    let mut refusals = Vec::new();
    let texts = [
        (Some(&plan.title), "title-en", TITLE_LIMIT, true),
        (Some(&plan.summary), "summary-en", SUMMARY_LIMIT, true),
        (plan.remit.as_ref(), "remit-en", REMIT_LIMIT, true),
    ];
    for (text, field, limit, needed) in texts {
        if needed && text.and_then(|text| text.exactly(own)).is_none_or(str::is_empty) {
            refusals.push(Refusal::new("assembly-words-missing").at(field).with("language", own.own_name()));
        }
        if text.is_some_and(|text| long(text, limit)) {
            refusals.push(Refusal::new("assembly-words-long").at(field).with("most", limit));
        }
    }
    if closes_at <= opens_at || closes_at.seconds_since(opens_at) > DAYS_LIMIT * DAY_SECONDS {
        refusals.push(Refusal::new("assembly-times").at("closes").with("days", DAYS_LIMIT));
    }
    if plan.seats == 0 || plan.seats > SEATS_LIMIT {
        refusals.push(Refusal::new("assembly-seats").at("seats").with("most", i64::from(SEATS_LIMIT)));
    }
    if plan.reply_days == 0 || plan.reply_days > REPLY_DAYS_LIMIT {
        refusals.push(Refusal::new("assembly-reply-days").at("reply_days").with("most", i64::from(REPLY_DAYS_LIMIT)));
    }
    if plan.source.chars().count() > SOURCE_LIMIT {
        refusals.push(Refusal::new("assembly-words-long").at("source").with("most", SOURCE_LIMIT));
    }
    if plan.answer_due.as_ref().is_some_and(|day| day.parse::<Date>().is_err()) {
        refusals.push(Refusal::new("assembly-day").at("answer_due"));
    }
    let read = categories(&plan.quotas).and_then(|found| {
        Labels::read(&plan.labels, &found)?;
        if refusals.iter().all(|one| one.field != Some("seats")) {
            feasible(&found, plan.seats)?;
        }
        Ok(found)
    });
    match read {
        Ok(found) if refusals.is_empty() => Ok(found),
        Ok(_) => Err(refusals),
        Err(refusal) => {
            refusals.push(refusal);
            Err(refusals)
        }
    }
}

/// Whether an assembly may be published now.
///
/// # Errors
/// `assembly-published`, `assembly-past`.
pub fn may_publish(assembly: &Assembly, now: Moment) -> Result<(), Refusal> {
    match assembly.published_at {
        Some(_) => Err(Refusal::conflict("assembly-published")),
        None if assembly.closes_at <= now => Err(Refusal::new("assembly-past").at("closes")),
        None => Ok(()),
    }
}

/// Whether the pool can change now: by residents, or by whoever holds the assembly.
///
/// # Errors
/// `assembly-not-open`, `assembly-closed`.
pub fn is_open(assembly: &Assembly, now: Moment) -> Result<(), Refusal> {
    if now >= assembly.closes_at {
        return Err(Refusal::conflict("assembly-closed"));
    }
    if now < assembly.opens_at { Err(Refusal::conflict("assembly-not-open")) } else { Ok(()) }
}

/// What somebody answered, as the names of the features in the order of the categories.
///
/// # Errors
/// For each category without exactly one known feature, `assembly-answer` at its field `answer`.
pub fn answers(given: &BTreeMap<String, String>, categories: &[Category]) -> Result<Vec<String>, Vec<Refusal>> {
    let refused = |category: &Category| {
        let refusal = Refusal::new("assembly-answer").with("category", category.name.as_str());
        if categories.first().is_some_and(|first| first.name == category.name) {
            refusal.at("answer-0")
        } else {
            refusal
        }
    };
    let one = |category: &Category| {
        let word = given.get(&category.name)?;
        category.features.iter().find(|feature| feature.name == *word).map(|feature| feature.name.clone())
    };
    let found: Vec<_> = categories.iter().map(|category| one(category).ok_or_else(|| refused(category))).collect();
    let refusals: Vec<Refusal> = found.iter().filter_map(|one| one.as_ref().err()).cloned().collect();
    if refusals.is_empty() { Ok(found.into_iter().flatten().collect()) } else { Err(refusals) }
}

/// Checks the words of a recommendation (`title` may be missing for an answer).
///
/// # Errors
/// `assembly-words-missing`, `assembly-words-long`.
pub fn check_words(title: Option<&LocalText>, words: &LocalText, own: Language) -> Result<(), Vec<Refusal>> {
    let mut refusals = Vec::new();
    let texts = title.map(|title| (title, "rtitle-en", TITLE_LIMIT)).into_iter();
    for (text, field, limit) in texts.chain([(words, "rwords-en", WORDS_LIMIT)]) {
        if text.exactly(own).is_none_or(str::is_empty) {
            refusals.push(Refusal::new("assembly-words-missing").at(field).with("language", own.own_name()));
        }
        if long(text, limit) {
            refusals.push(Refusal::new("assembly-words-long").at(field).with("most", limit));
        }
    }
    if refusals.is_empty() { Ok(()) } else { Err(refusals) }
}
