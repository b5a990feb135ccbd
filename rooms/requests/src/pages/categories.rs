//! The administrator sets up what can be reported.

mod read;

use crate::{
    category::{Attribute, Category, Datatype, Promise, WAIT_DAYS},
    commands::define_category,
    room::Books,
};
use axum::{extract::State, http::StatusCode};
use civic::{Language, LocalText};
use serde::Deserialize;
use web::{
    Answer, Frame, Town, Visit,
    answer::{page_with, see_other_saying},
    forms::{FormErrors, Submission},
    locals::{LocalField, labelled_fields},
    parts::Choice,
    visit::Query,
};

/// Questions a category may have.
pub(super) const QUESTIONS_LIMIT: usize = 12;
/// Empty rows for new questions.
const EMPTY_QUESTIONS: usize = 2;

/// Which category to change.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Edited {
    edit: String,
}

struct Line {
    code: String,
    name: String,
    organisation: String,
    questions: String,
    active: bool,
}

/// A question as the form shows it.
struct QuestionRow {
    number: usize,
    code: String,
    kinds: Vec<Choice>,
    required: bool,
    texts: Vec<LocalField>,
    choices: String,
}

/// An agency that may get reports of a category passed on, and its own promise.
struct OtherAgency {
    code: String,
    name: String,
    promise: String,
    units: Vec<Choice>,
    /// What is wrong with it; empty for nothing.
    error: String,
}

#[derive(askama::Template)]
#[template(path = "categories.html")]
struct CategoriesPage {
    frame: Frame,
    errors: FormErrors,
    lines: Vec<Line>,
    edited: bool,
    code: String,
    organisations: Vec<Choice>,
    no_organisations: bool,
    names: Vec<LocalField>,
    descriptions: Vec<LocalField>,
    groups: Vec<LocalField>,
    keywords: String,
    promise: String,
    promise_units: Vec<Choice>,
    wait_days: String,
    desk_publishes: bool,
    others: Vec<OtherAgency>,
    position: String,
    active: bool,
    questions: Vec<QuestionRow>,
}

/// GET /admin/categories
pub async fn list(State(town): State<Town>, visit: Visit, Query(edited): Query<Edited>) -> Answer {
    let book = town.part::<Books>().categories();
    let category = book.get(&edited.edit);
    show(&town, &visit, category, None, FormErrors::default())
}

/// POST /admin/categories
pub async fn save(State(town): State<Town>, visit: Visit, form: Submission) -> Answer {
    let category = match read::category(&town, visit.t.language(), &form) {
        Ok(category) => category,
        Err((typed, refusals)) => {
            let errors = FormErrors::of(&refusals, &visit.t);
            return show(&town, &visit, typed.as_deref(), Some(&form), errors);
        }
    };
    define_category(&town, visit.actor.clone(), category).await?;
    see_other_saying("/admin/categories", "flash-category")
}

/// The form with a category; `typed` shows what was sent of it where nothing can be made of that.
fn show(
    town: &Town,
    visit: &Visit,
    category: Option<&Category>,
    typed: Option<&Submission>,
    errors: FormErrors,
) -> Answer {
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let book = town.part::<Books>().categories();
    let t = &visit.t;
    let definition = category.map(|category| &category.definition);
    let promise = definition.and_then(|definition| definition.promise);
    let languages = &town.settings().languages;
    let fields = |field: &str, key: &str, text: Option<&LocalText>| {
        labelled_fields(visit, languages, field, key, |language| text?.exactly(language))
    };
    let organisations = organisation_choices(town, visit, category);
    page_with(
        status,
        &CategoriesPage {
            frame: Frame::new(town, visit, t.say("categories-title")),
            errors,
            lines: book.all().into_iter().map(|category| line(town, visit, category)).collect(),
            edited: category.is_some_and(|category| book.get(&category.code).is_some()),
            code: category.map(|category| category.code.clone()).unwrap_or_default(),
            no_organisations: organisations.len() < 2,
            organisations,
            names: fields("name", "categories-name", definition.map(|d| &d.name)),
            descriptions: fields("description", "categories-description", definition.map(|d| &d.description)),
            groups: fields("group", "categories-group", definition.and_then(|d| d.group.as_ref())),
            keywords: definition.map(|d| d.keywords.join(", ")).unwrap_or_default(),
            promise: number(typed, "promise", promise),
            promise_units: promise_units(visit, typed, "promise-unit", promise),
            wait_days: typed.and_then(|form| form.text("wait-days")).map_or_else(
                || definition.map_or(WAIT_DAYS, |definition| definition.wait_days()).to_string(),
                str::to_owned,
            ),
            desk_publishes: typed.map_or_else(
                || definition.is_some_and(|definition| definition.rules.desk_publishes),
                |form| form.is_ticked("desk-publishes"),
            ),
            others: other_agencies(town, visit, category, typed),
            position: category.map_or(book.all().len() as i64 + 1, |category| category.position).to_string(),
            active: category.is_none_or(|category| category.active),
            questions: question_rows(visit, languages, definition.map_or(&[], |d| &d.attributes)),
        },
    )
}

/// How much is promised: as it was typed, or as it is.
fn number(typed: Option<&Submission>, field: &str, promise: Option<Promise>) -> String {
    let typed = typed.and_then(|form| form.text(field)).map(str::to_owned);
    typed.or_else(|| Some(promise?.words().1.to_string())).unwrap_or_default()
}

fn promise_units(visit: &Visit, typed: Option<&Submission>, field: &str, promise: Option<Promise>) -> Vec<Choice> {
    let typed = typed.and_then(|form| form.text(field)).map(|unit| unit == "hours");
    let is_hours = typed.unwrap_or(matches!(promise, Some(Promise::Hours(_))));
    [("days", !is_hours), ("hours", is_hours)]
        .map(|(unit, chosen)| Choice {
            value: unit.to_owned(),
            label: visit.t.say(&format!("categories-promise-{unit}")).to_owned(),
            detail: String::new(),
            chosen,
        })
        .to_vec()
}

/// Every agency but the category's own.
fn other_agencies(
    town: &Town,
    visit: &Visit,
    category: Option<&Category>,
    typed: Option<&Submission>,
) -> Vec<OtherAgency> {
    let organisations = town.part::<Books>().organisations();
    let others = organisations.values().filter(|one| category.is_none_or(|category| category.organisation != one.id));
    let other = |one: &people::organisations::Organisation| {
        let promise = category.and_then(|category| category.definition.rules.promises.get(&one.code).copied());
        let name = one.name.in_language(visit.t.language());
        let wrong = typed.is_some_and(|form| read::promise_of(form, &one.code).is_err());
        OtherAgency {
            name: name.to_owned(),
            promise: number(typed, &format!("promise-of[{}]", one.code), promise),
            units: promise_units(visit, typed, &format!("promise-unit-of[{}]", one.code), promise),
            error: if wrong { read::wrong_promise_of(name).sentence(&visit.t) } else { String::new() },
            code: one.code.clone(),
        }
    };
    others.map(other).collect()
}

fn line(town: &Town, visit: &Visit, category: &Category) -> Line {
    let language = visit.t.language();
    Line {
        code: category.code.clone(),
        name: category.definition.name.in_language(language).to_owned(),
        organisation: town.part::<Books>().organisation_name(category.organisation, language),
        questions: web::dates::number(category.definition.attributes.len() as i64, language),
        active: category.active,
    }
}

fn organisation_choices(town: &Town, visit: &Visit, category: Option<&Category>) -> Vec<Choice> {
    let organisations = town.part::<Books>().organisations();
    let chosen = category.and_then(|category| organisations.get(&category.organisation)).map(|one| one.code.as_str());
    super::desk::organisation_choices(town, visit, chosen.unwrap_or_default())
}

fn question_rows(visit: &Visit, languages: &[Language], attributes: &[Attribute]) -> Vec<QuestionRow> {
    let count = (attributes.len() + EMPTY_QUESTIONS).min(QUESTIONS_LIMIT);
    (0..count).map(|index| question_row(visit, languages, index, attributes.get(index))).collect()
}

fn question_row(visit: &Visit, languages: &[Language], index: usize, attribute: Option<&Attribute>) -> QuestionRow {
    let kind = attribute.map(|attribute| attribute.datatype);
    let kinds = Datatype::ALL.iter().map(|datatype| Choice {
        value: datatype.as_str().to_owned(),
        label: visit.t.say(&format!("categories-kind-{}", datatype.as_str())).to_owned(),
        detail: String::new(),
        chosen: kind == Some(*datatype),
    });
    let text = attribute.map(|attribute| &attribute.description);
    QuestionRow {
        number: index + 1,
        code: attribute.map(|attribute| attribute.code.clone()).unwrap_or_default(),
        kinds: kinds.collect(),
        required: attribute.is_some_and(|attribute| attribute.required),
        texts: labelled_fields(visit, languages, &format!("question-{index}"), "categories-question", |language| {
            text?.exactly(language)
        }),
        choices: attribute.map(|attribute| read::choice_lines(attribute, languages)).unwrap_or_default(),
    }
}
