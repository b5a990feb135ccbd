//! From the form to a definition.

use super::{CATEGORIES_LIMIT, COST_LIMIT_CENTS, Definition, PHASES_LIMIT, Phase, PhaseAct};
use crate::{
    decide::is_code,
    model::{Rules, Topic},
};
use civic::{Language, LocalText, Moment};
use jiff::{civil::DateTime, tz::TimeZone};
use places::Districts;
use std::collections::BTreeMap;
use web::{Refusal, Town, forms::Submission, locals::local_in};

/// The largest number a rule may have.
const NUMBER_LIMIT: u32 = 1_000_000;

/// What the form says, as far as it can be shown again, with every reason against it. What cannot be read stays as it was.
pub(super) fn definition(town: &Town, form: &Submission, was: &Definition) -> (Definition, Vec<Refusal>) {
    let languages = &town.settings().languages;
    let mut refusals = Vec::new();
    let title = local_in(form, "title", languages).unwrap_or_else(|| LocalText::plain(""));
    let summary = local_in(form, "summary", languages).unwrap_or_else(|| LocalText::plain(""));
    let phases = phases(form, languages, &town.settings().zone, &mut refusals);
    let categories = categories(form.text("categories").unwrap_or_default(), languages).unwrap_or_else(|refusal| {
        refusals.push(refusal);
        was.categories.clone()
    });
    let mut cents = |field: &'static str| {
        crate::decide::cents_of(form.text(field).unwrap_or_default(), field).unwrap_or_else(|refusal| {
            refusals.push(refusal);
            None
        })
    };
    let (budget_cents, cost_most_cents) = (cents("budget"), cents("cost_most"));
    let mut number = |field: &'static str| {
        let text = form.text(field)?;
        let number = text.parse::<u32>().ok().filter(|number| *number <= NUMBER_LIMIT);
        if number.is_none() {
            refusals.push(Refusal::new("process-number").at(field).with("most", i64::from(NUMBER_LIMIT)));
        }
        number
    };
    let rules = Rules {
        supports_min: number("supports_min").unwrap_or(0),
        supports_most: number("supports_most").filter(|most| *most > 0),
        supports_least: number("supports_least").filter(|least| *least > 1),
        grades: number("grades").filter(|most| *most > 0),
        account_days: number("account_days").unwrap_or(0),
        needs_place: form.is_ticked("needs_place"),
        asks_cost: form.is_ticked("asks_cost"),
        cost_most_cents,
        answer_days: number("answer_days").filter(|days| *days > 0),
    };
    let known = town.part::<Districts>();
    let districts = form.all("district").filter(|code| known.name(code).is_some()).map(str::to_owned).collect();
    let about = local_in(form, "about", languages);
    (Definition { title, summary, about, phases, categories, districts, budget_cents, rules }, refusals)
}

fn phases(form: &Submission, languages: &[Language], zone: &TimeZone, refusals: &mut Vec<Refusal>) -> Vec<Phase> {
    let mut phases = Vec::new();
    for index in 0..PHASES_LIMIT {
        let times = ["opens", "closes"].map(|part| form.text(&format!("phase-{index}-{part}")));
        let [Some(opens), Some(closes)] = times else {
            if times.iter().any(Option::is_some) {
                refusals.push(Refusal::new("process-phase-time").at("phases").with("number", index + 1));
            }
            continue;
        };
        let acts = form.all(&format!("phase-{index}-act")).filter_map(|word| word.parse::<PhaseAct>().ok()).collect();
        match moment(opens, zone).zip(moment(closes, zone)) {
            Some((opens_at, closes_at)) => {
                let title = local_in(form, &format!("phase-{index}"), languages);
                phases.push(Phase { title, opens_at, closes_at, acts });
            }
            None => refusals.push(Refusal::new("process-phase-time").at("phases").with("number", index + 1)),
        }
    }
    phases
}

/// A date and time as an HTML field gives it, on the town's clock.
fn moment(text: &str, zone: &TimeZone) -> Option<Moment> {
    let local: DateTime = text.parse().ok()?;
    local.to_zoned(zone.clone()).ok().map(|zoned| zoned.timestamp().into())
}

/// One category a line: code, then its name in each language of the town, all between bars.
fn categories(text: &str, languages: &[Language]) -> Result<Vec<Topic>, Refusal> {
    let mut topics: Vec<Topic> = Vec::new();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let mut parts = line.split('|').map(str::trim);
        let code = parts.next().unwrap_or_default();
        if !is_code(code) || topics.iter().any(|topic| topic.code == code) {
            return Err(Refusal::new("process-category").at("categories").with("line", line.to_owned()));
        }
        let names: BTreeMap<_, _> =
            languages.iter().copied().zip(parts.map(str::to_owned)).filter(|(_, name)| !name.is_empty()).collect();
        let name = LocalText::try_from(names).unwrap_or_else(|_| LocalText::plain(code));
        topics.push(Topic { code: code.to_owned(), name });
    }
    if topics.len() > CATEGORIES_LIMIT {
        return Err(Refusal::new("process-categories").at("categories").with("most", CATEGORIES_LIMIT));
    }
    Ok(topics)
}

/// The categories as [`categories`] reads them.
pub(super) fn category_lines(topics: &[Topic], languages: &[Language]) -> String {
    let line = |topic: &Topic| {
        let names = languages.iter().map(|language| topic.name.exactly(*language).unwrap_or_default().to_owned());
        std::iter::once(topic.code.clone()).chain(names).collect::<Vec<_>>().join(" | ")
    };
    topics.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// Cents as they are typed, in whole units, with what is left over behind a point.
pub(in crate::pages) fn units(cents: Option<i64>) -> String {
    match cents.filter(|cents| *cents <= COST_LIMIT_CENTS) {
        Some(cents) if cents % 100 == 0 => (cents / 100).to_string(),
        Some(cents) => format!("{}.{:02}", cents / 100, cents % 100),
        None => String::new(),
    }
}
