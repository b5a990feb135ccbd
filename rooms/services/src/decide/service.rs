//! Whether a service can be kept and published.

use crate::{
    model::{Charges, Definition},
    rules,
};
use civic::{Language, LocalText};
use web::Refusal;

/// Characters of a title.
const TITLE_LIMIT: usize = 120;
/// Characters of any other text.
const TEXT_LIMIT: usize = 4_000;
/// The longest time that can be promised, in working days.
const ANSWER_DAYS_LIMIT: u32 = 365;
/// The longest time for an appeal, in days.
const APPEAL_DAYS_LIMIT: u32 = 365;
/// Codes that addresses of the room itself have.
const RESERVED: [&str; 10] = [
    "import",
    "figures",
    "linked-data",
    "new",
    "manage",
    "rules",
    "search",
    "take-up",
    "population",
    "letter-templates",
];

/// Whether `text` can be a service's code: lower-case letters, digits and inner hyphens, 2 to 40, no word of our addresses.
pub fn is_code(text: &str) -> bool {
    people::organisations::is_code(text) && !RESERVED.contains(&text)
}

/// What stands in the way of a definition.
///
/// # Errors
/// One refusal for each thing to put right.
pub fn check_definition(one: &Definition, to_publish: bool) -> Result<(), Vec<Refusal>> {
    let mut refusals = Vec::new();
    let mut within = |text: Option<&LocalText>, most: usize, field: &'static str| {
        let longest = text.map_or(0, |text| {
            Language::ALL
                .iter()
                .filter_map(|language| text.exactly(*language))
                .map(|words| words.chars().count())
                .max()
                .unwrap_or(0)
        });
        if longest > most {
            refusals.push(Refusal::new("words-long").at(field).with("most", most));
        }
    };
    within(Some(&one.title), TITLE_LIMIT, "title-en");
    within(Some(&one.summary), TEXT_LIMIT, "summary-en");
    within(one.who.as_ref(), TEXT_LIMIT, "who-en");
    within(one.need.as_ref(), TEXT_LIMIT, "need-en");
    within(one.cost.as_ref(), TEXT_LIMIT, "cost-en");
    within(one.law.as_ref(), TEXT_LIMIT, "law-en");
    within(one.complaints.as_ref(), TEXT_LIMIT, "complaints-en");
    within(one.counter.as_ref(), TEXT_LIMIT, "counter-en");
    let has_scheme = one.law_url.starts_with("https://") || one.law_url.starts_with("http://");
    if !has_scheme && !one.law_url.is_empty() {
        refusals.push(Refusal::new("service-law-url").at("law-url"));
    }
    if !(1..=ANSWER_DAYS_LIMIT).contains(&one.answer_days) {
        refusals.push(Refusal::new("service-days").at("answer-days").with("most", i64::from(ANSWER_DAYS_LIMIT)));
    }
    if !(1..=APPEAL_DAYS_LIMIT).contains(&one.appeal_days) {
        refusals.push(Refusal::new("service-days").at("appeal-days").with("most", i64::from(APPEAL_DAYS_LIMIT)));
    }
    if let Err(refusal) = crate::joint::check_joint(one.joint) {
        refusals.push(refusal);
    }
    if !one.each_page.is_empty() && !one.page_of_each().is_some_and(crate::joint::is_for_each) {
        refusals.push(Refusal::new("joint-page").at("each-page"));
    }
    if let Err(refusal) = forms::check(&one.form) {
        refusals.push(refusal);
    }
    if one.rule_tests.len() > rules::RULES_LIMIT {
        refusals.push(Refusal::new("words-long").at("rule-tests").with("most", rules::RULES_LIMIT));
    } else if !one.rules.trim().is_empty() {
        let tried = rules::read(&one.rules)
            .and_then(|law| if to_publish { rules::run_tests(&law, &one.rule_tests).map(|_| ()) } else { Ok(()) });
        refusals.extend(tried.err().into_iter().flatten());
        if to_publish && let Ok(law) = rules::read(&one.rules) {
            refusals.extend(law.misfits(&one.form, Language::En));
        }
        let wrong = rules::read(&one.rules).is_ok_and(|law| law.has_fee() && !law.fee_is_money());
        if wrong {
            refusals.push(Refusal::new("fee-rule").at("rules"));
        }
    }
    if to_publish {
        let says = rules::read(&one.rules).is_ok_and(|law| law.has_fee());
        if one.charges != Charges::Never && one.cost_cents.is_none() && !says {
            refusals.push(Refusal::new("fee-none").at("charges"));
        }
        if one.online && one.form.pages.is_empty() {
            refusals.push(Refusal::new("service-no-form"));
        }
        if one.who.is_none() || one.law.is_none() {
            refusals.push(Refusal::new("service-unsaid"));
        }
        if !one.online && one.counter.is_none() && one.phone.is_empty() {
            refusals.push(Refusal::new("service-no-channel"));
        }
    }
    if refusals.is_empty() { Ok(()) } else { Err(refusals) }
}
