//! PURE: what a survey may be, how it may change, who may answer when.

use crate::model::{Definition, KINDS, Standing, Survey, Who};
use civic::{Language, LocalText, Moment};
use web::Refusal;

/// Characters a code may have.
const CODE_LIMIT: usize = 60;
/// Characters of the title, of the summary, and of all there is to say, in each language.
const TITLE_LIMIT: usize = 150;
const SUMMARY_LIMIT: usize = 400;
const ABOUT_LIMIT: usize = 10_000;

/// Whether `text` can be the code of a survey: lower-case letters, digits and inner hyphens.
pub fn is_code(text: &str) -> bool {
    civic::is_slug(text, CODE_LIMIT) && text != "new"
}

/// Checks what was written down of a survey; a form without questions is fine until it is published.
///
/// # Errors
/// Every reason against it.
pub fn check(definition: &Definition, opens_at: Moment, closes_at: Moment, own: Language) -> Result<(), Vec<Refusal>> {
    let mut refusals = Vec::new();
    let mut text = |text: Option<&LocalText>, field: &'static str, limit: usize, needed: bool| {
        let missing = needed && text.and_then(|text| text.exactly(own)).is_none_or(str::is_empty);
        if missing {
            refusals.push(Refusal::new("survey-words-missing").at(field).with("language", own.own_name()));
        }
        let is_long = |one: &Language| {
            text.and_then(|text| text.exactly(*one)).is_some_and(|words| words.chars().count() > limit)
        };
        if Language::ALL.iter().any(is_long) {
            refusals.push(Refusal::new("survey-words-long").at(field).with("most", limit));
        }
    };
    text(Some(&definition.title), field_of("title"), TITLE_LIMIT, true);
    text(Some(&definition.summary), field_of("summary"), SUMMARY_LIMIT, true);
    text(definition.about.as_ref(), field_of("about"), ABOUT_LIMIT, false);
    if opens_at >= closes_at {
        refusals.push(Refusal::new("survey-times").at("closes"));
    }
    if definition.form.fields().any(|(page, field)| page.repeat > 0 || !KINDS.contains(&field.kind)) {
        refusals.push(Refusal::new("survey-kind"));
    }
    if let Err(refusal) = forms::check(&definition.form) {
        refusals.push(refusal);
    }
    if refusals.is_empty() { Ok(()) } else { Err(refusals) }
}

/// The id of the first field of a text.
fn field_of(name: &str) -> &'static str {
    match name {
        "title" => "title-en",
        "summary" => "summary-en",
        _ => "about-en",
    }
}

/// Whether what is asked may still be changed.
///
/// # Errors
/// `survey-fixed` once it is public.
pub fn may_change(survey: &Survey) -> Result<(), Refusal> {
    if survey.published_at.is_none() { Ok(()) } else { Err(Refusal::conflict("survey-fixed")) }
}

/// Whether a survey may become public now.
///
/// # Errors
/// `survey-published`, `survey-empty`, `survey-too-late`.
pub fn may_publish(survey: &Survey, now: Moment) -> Result<(), Refusal> {
    if survey.published_at.is_some() {
        return Err(Refusal::conflict("survey-published"));
    }
    if survey.definition.form.pages.is_empty() {
        return Err(Refusal::new("survey-empty"));
    }
    if survey.closes_at <= now {
        return Err(Refusal::new("survey-too-late").at("closes"));
    }
    Ok(())
}

/// Whether the close may be put off to this moment: only while nobody was turned away by it, and never to an earlier one.
///
/// # Errors
/// `survey-prolong`.
pub fn may_prolong(survey: &Survey, closes_at: Moment, now: Moment) -> Result<(), Refusal> {
    let runs = matches!(survey.standing(now), Standing::Open | Standing::Coming);
    if runs && closes_at > survey.closes_at { Ok(()) } else { Err(Refusal::conflict("survey-prolong").at("closes")) }
}

/// Whether somebody may answer now, by the town's clock.
///
/// # Errors
/// `survey-not-yet`, `survey-over`, `survey-needs-account`.
pub fn may_answer(survey: &Survey, has_account: bool, now: Moment) -> Result<(), Refusal> {
    match survey.standing(now) {
        Standing::Open if survey.definition.who == Who::Account && !has_account => {
            Err(Refusal::new("survey-needs-account"))
        }
        Standing::Open => Ok(()),
        Standing::Private | Standing::Coming => Err(Refusal::conflict("survey-not-yet")),
        Standing::Closed | Standing::Counted => Err(Refusal::conflict("survey-over")),
    }
}
