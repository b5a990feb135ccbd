//! From the form to a category.

use super::QUESTIONS_LIMIT;
use crate::{
    category::{Attribute, Category, Choice, Datatype, Definition, Promise, Rules},
    room::Books,
};
use civic::{Language, LocalText, OrganisationId};
use std::collections::BTreeMap;
use web::{Refusal, Town, forms::Submission, locals::local_in};

/// Characters a code may have.
const CODE_LIMIT: usize = 60;
/// Characters a name, description or question may have.
const TEXT_LIMIT: usize = 400;
/// Working days or hours that may be promised.
const PROMISE_LIMIT: u32 = 1_000;
/// Working days for which a question may stop the clock.
const WAIT_LIMIT: u32 = 60;
/// Values a question may have to choose from.
const CHOICES_LIMIT: usize = 100;

/// Reads a category; refusals name agencies in `language`.
///
/// # Errors
/// What was typed as far as it can be shown again, with every reason against it.
pub(super) fn category(
    town: &Town,
    language: Language,
    form: &Submission,
) -> Result<Category, (Option<Box<Category>>, Vec<Refusal>)> {
    let languages = &town.settings().languages;
    let mut refusals = Vec::new();
    let code = form.text("code").unwrap_or_default().to_owned();
    if !is_code(&code) {
        refusals.push(Refusal::new("category-code").at("code").with("most", CODE_LIMIT));
    }
    let chosen = organisation(town, form);
    if chosen.is_none() {
        refusals.push(Refusal::new("organisation-unknown").at("organisation"));
    }
    // Only for showing what was typed: what is kept has the one that was chosen.
    let Some(organisation) = chosen.or_else(|| town.part::<Books>().organisations().keys().next().copied()) else {
        return Err((None, refusals));
    };
    let mut text = |field: &str, refusal: Option<&'static str>| {
        let found = local(form, field, languages);
        if found.is_none() {
            refusals.extend(refusal.map(|code| Refusal::new(code).with("most", TEXT_LIMIT)));
        }
        found
    };
    let name = text("name", Some("category-name"));
    let description = text("description", Some("category-description"));
    let group = text("group", None);
    let position = form.text("position").unwrap_or("1").parse().unwrap_or(1);
    let keywords = form.text("keywords").unwrap_or_default().split(',').map(str::trim).filter(|word| !word.is_empty());
    let (attributes, wrong): (Vec<_>, Vec<_>) = questions(form, languages).partition(Result::is_ok);
    refusals.extend(wrong.into_iter().filter_map(Result::err));
    let promise = promise(form, "promise", "promise-unit").unwrap_or_else(|NotPromised| {
        refusals.push(Refusal::new("category-promise").at("promise").with("most", i64::from(PROMISE_LIMIT)));
        None
    });
    let rules = rules(town, language, form, organisation, &mut refusals);
    let definition = Definition {
        promise,
        rules,
        name: name.unwrap_or_else(|| LocalText::plain("")),
        description: description.unwrap_or_else(|| LocalText::plain("")),
        group,
        keywords: keywords.map(str::to_owned).collect(),
        attributes: attributes.into_iter().filter_map(Result::ok).collect(),
    };
    let category = Category { code, organisation, position, active: form.is_ticked("active"), definition };
    if refusals.is_empty() { Ok(category) } else { Err((Some(Box::new(category)), refusals)) }
}

/// What else is asked of agencies: promises of others than the category's own, and for how long a question stops the clock.
fn rules(
    town: &Town,
    language: Language,
    form: &Submission,
    own: OrganisationId,
    refusals: &mut Vec<Refusal>,
) -> Rules {
    let mut rules = Rules { desk_publishes: form.is_ticked("desk-publishes"), ..Rules::default() };
    for one in town.part::<Books>().organisations().values().filter(|one| one.id != own) {
        match promise_of(form, &one.code) {
            Ok(promise) => rules.promises.extend(promise.map(|promise| (one.code.clone(), promise))),
            Err(NotPromised) => refusals.push(wrong_promise_of(one.name.in_language(language))),
        }
    }
    if let Some(text) = form.text("wait-days") {
        rules.wait_days = text.parse().ok().filter(|days| (1..=WAIT_LIMIT).contains(days));
        if rules.wait_days.is_none() {
            refusals.push(Refusal::new("category-wait").at("wait-days").with("most", i64::from(WAIT_LIMIT)));
        }
    }
    rules
}

/// What was typed is no promise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct NotPromised;

/// The promise of the agency of this code in place of the category's own.
///
/// # Errors
/// For what is no promise: see [`wrong_promise_of`].
pub(super) fn promise_of(form: &Submission, agency: &str) -> Result<Option<Promise>, NotPromised> {
    promise(form, &format!("promise-of[{agency}]"), &format!("promise-unit-of[{agency}]"))
}

/// Says so of an agency; the field is where the promises of all others are.
pub(super) fn wrong_promise_of(agency: &str) -> Refusal {
    Refusal::new("category-promise-of").at("promise-of").with("agency", agency).with("most", i64::from(PROMISE_LIMIT))
}

/// Nothing for no promise; else a whole number of working days or hours.
fn promise(form: &Submission, field: &str, unit: &str) -> Result<Option<Promise>, NotPromised> {
    let Some(text) = form.text(field) else { return Ok(None) };
    let number = text.parse().ok().filter(|number| (1..=PROMISE_LIMIT).contains(number)).ok_or(NotPromised)?;
    Ok(Some(if form.text(unit) == Some("hours") { Promise::Hours(number) } else { Promise::Days(number) }))
}

/// Lower-case letters, digits, inner hyphens and underscores.
fn is_code(code: &str) -> bool {
    let plain = code.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'-' | b'_'));
    (1..=CODE_LIMIT).contains(&code.len()) && plain && code.starts_with(|c: char| c.is_ascii_alphanumeric())
}

fn organisation(town: &Town, form: &Submission) -> Option<OrganisationId> {
    let code = form.text("organisation")?;
    town.part::<Books>().organisations().values().find(|one| one.code == code).map(|one| one.id)
}

/// `field[en]`, `field[es]`, …: at least the town's first language, each within its limit.
fn local(form: &Submission, field: &str, languages: &[Language]) -> Option<LocalText> {
    let fits = |text: &str| text.chars().count() <= TEXT_LIMIT && !text.chars().any(char::is_control);
    let text = local_in(form, field, languages)?;
    languages.iter().all(|language| text.exactly(*language).is_none_or(fits)).then_some(text)
}

fn questions<'f>(
    form: &'f Submission,
    languages: &'f [Language],
) -> impl Iterator<Item = Result<Attribute, Refusal>> + 'f {
    (0..QUESTIONS_LIMIT).filter_map(move |index| {
        let code = form.text(&format!("question-{index}-code"))?;
        Some(question(form, languages, index, code))
    })
}

fn question(form: &Submission, languages: &[Language], index: usize, code: &str) -> Result<Attribute, Refusal> {
    let field = |part: &str| form.text(&format!("question-{index}-{part}"));
    let refused = |reason: &'static str| Refusal::new(reason).with("number", index + 1);
    if !is_code(&code.to_ascii_lowercase()) {
        return Err(refused("question-code"));
    }
    let kind = field("kind").unwrap_or_default();
    let datatype =
        Datatype::ALL.into_iter().find(|datatype| datatype.as_str() == kind).ok_or_else(|| refused("question-kind"))?;
    let description = local(form, &format!("question-{index}"), languages).ok_or_else(|| refused("question-text"))?;
    let is_list = matches!(datatype, Datatype::SingleValueList | Datatype::MultiValueList);
    let values = if is_list { choices(field("choices").unwrap_or_default(), languages) } else { Vec::new() };
    if is_list && (values.is_empty() || values.len() > CHOICES_LIMIT) {
        return Err(refused("question-choices"));
    }
    let required = form.is_ticked(&format!("question-{index}-required"));
    Ok(Attribute { code: code.to_owned(), datatype, required, description, values })
}

/// One choice a line: key, then its name in each language of the town, all between bars.
fn choices(text: &str, languages: &[Language]) -> Vec<Choice> {
    let read = |line: &str| {
        let mut parts = line.split('|').map(str::trim);
        let key = parts.next().filter(|key| !key.is_empty())?;
        let names: BTreeMap<_, _> =
            languages.iter().copied().zip(parts.map(str::to_owned)).filter(|(_, name)| !name.is_empty()).collect();
        let name = LocalText::try_from(names).unwrap_or_else(|_| LocalText::plain(key));
        Some(Choice { key: key.to_owned(), name })
    };
    text.lines().filter_map(read).collect()
}

/// The choices as [`choices`] reads them.
pub(super) fn choice_lines(attribute: &Attribute, languages: &[Language]) -> String {
    let line = |choice: &Choice| {
        let names = languages.iter().map(|language| choice.name.exactly(*language).unwrap_or_default().to_owned());
        std::iter::once(choice.key.clone()).chain(names).collect::<Vec<_>>().join(" | ")
    };
    attribute.values.iter().map(line).collect::<Vec<_>>().join("\n")
}
