//! What was answered: as tables with bars, and for machines.

use super::show::seen;
use crate::{
    model::Survey,
    results::{Outcome, SMALL, Tally},
};
use axum::extract::State;
use forms::{Field, Kind};
use serde_json::json;
use web::{
    Answer, Frame, Stop, Town, Visit, Wants,
    answer::{json, page},
    dates,
    parts::Crumb,
    table::csv_answer,
    visit::Path,
};

/// One answer with how often it was given.
pub(super) struct Bar {
    pub label: String,
    pub count: String,
    pub share: String,
    pub value: u64,
    pub told: bool,
}

/// What was answered to one question.
pub(super) struct Question {
    pub label: String,
    pub asked: String,
    pub bars: Vec<Bar>,
    pub most: u64,
    pub words: Vec<String>,
}

/// The results as a page shows them.
#[derive(Default)]
pub(super) struct Shown {
    pub lead: String,
    pub questions: Vec<Question>,
    pub hides: bool,
}

#[derive(askama::Template)]
#[template(path = "survey_results.html")]
struct ResultsPage {
    frame: Frame,
    crumbs: Vec<Crumb>,
    code: String,
    outcome: Shown,
}

/// What was counted; `None` before.
pub(super) fn outcome_of(survey: &Survey) -> Result<Option<Outcome>, Stop> {
    if survey.counted_at.is_none() {
        return Ok(None);
    }
    serde_json::from_str(&survey.results).map(Some).map_err(Stop::fault)
}

/// The results for a page; nothing before they are there.
pub(super) fn shown(town: &Town, visit: &Visit, survey: &Survey) -> Result<Shown, Stop> {
    let Some(outcome) = outcome_of(survey)? else { return Ok(Shown::default()) };
    let Some(answers) = outcome.answers else {
        let lead = visit.t.with1("survey-too-few", "least", i64::try_from(SMALL).unwrap_or_default());
        return Ok(Shown { lead, ..Shown::default() });
    };
    let number = i64::try_from(answers).unwrap_or(i64::MAX);
    let form = &survey.definition.form;
    let tables = outcome.questions.iter().filter_map(|tally| Some((form.field(&tally.name)?.1, tally)));
    let questions: Vec<Question> = tables.map(|(field, tally)| question(town, visit, field, tally)).collect();
    let hides = questions.iter().flat_map(|one| &one.bars).any(|bar| !bar.told);
    Ok(Shown { lead: visit.t.with1("survey-answered", "count", number), questions, hides })
}

fn question(town: &Town, visit: &Visit, field: &Field, tally: &Tally) -> Question {
    let (t, language) = (&visit.t, visit.t.language());
    let count = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
    let asked = match (tally.asked, tally.answered) {
        (Some(asked), Some(answered)) => t.with2("survey-asked", "asked", count(asked), "answered", count(answered)),
        (Some(asked), None) => t.with1("survey-asked-only", "asked", count(asked)),
        _ => t.say("survey-asked-few").to_owned(),
    };
    let whole = tally.answered.unwrap_or(0).max(1);
    let bar = |cell: &crate::results::Cell| Bar {
        label: label(town, visit, field, &cell.value),
        count: cell.count.map(|one| dates::number(count(one), language)).unwrap_or_default(),
        share: cell.count.map(|one| dates::number(count(one * 100 / whole), language)).unwrap_or_default(),
        value: cell.count.unwrap_or(0),
        told: cell.count.is_some(),
    };
    let mut words = Vec::new();
    if let Some((mean, median)) = tally.mean.zip(tally.median) {
        let (mean, median) = (dates::decimal(mean, 2, language), dates::decimal(median, 2, language));
        words.push(t.with2("survey-mean", "mean", mean, "median", median));
    }
    if matches!(field.kind, Kind::Text | Kind::LongText | Kind::Date) {
        words.push(t.say("survey-words-private").to_owned());
    }
    Question {
        label: field.label.in_language(language).to_owned(),
        asked,
        bars: tally.cells.iter().map(bar).collect(),
        most: whole,
        words,
    }
}

/// What an answer is called.
fn label(town: &Town, visit: &Visit, field: &Field, value: &str) -> String {
    let value = match (field.kind, value) {
        (Kind::YesNo, value) => json!(value == "yes"),
        (_, value) => json!(value),
    };
    forms::shown(field, &value, &visit.t, town)
}

/// GET /surveys/{code}/results
pub async fn show(State(town): State<Town>, visit: Visit, Path(code): Path<String>) -> Answer {
    let actor = visit.actor.clone();
    let survey = town.db().read(move |tx| seen(tx, &code, &actor)).await?;
    let outcome = outcome_of(&survey)?.ok_or(Stop::NotFound)?;
    match visit.wants {
        Wants::Json => json(&outcome),
        Wants::Csv => csv(&town, &visit, &survey, &outcome),
        _ => {
            let title = survey.definition.title.in_language(visit.t.language()).to_owned();
            let heading = visit.t.with1("survey-results-of", "title", title.as_str());
            page(&ResultsPage {
                frame: Frame::new(&town, &visit, heading).twins(&visit, super::RESULT_TWINS),
                crumbs: vec![
                    Crumb { href: "/surveys".to_owned(), label: visit.t.say("surveys-title").to_owned() },
                    Crumb { href: format!("/surveys/{}", survey.code), label: title },
                    Crumb { href: String::new(), label: visit.t.say("survey-results").to_owned() },
                ],
                outcome: shown(&town, &visit, &survey)?,
                code: survey.code,
            })
        }
    }
}

/// A row for each answer that could be given; a count that is not told is empty.
fn csv(town: &Town, visit: &Visit, survey: &Survey, outcome: &Outcome) -> Answer {
    let header =
        ["question", "question_label", "asked", "answered", "answer", "answer_label", "count", "mean", "median"];
    let text = |number: Option<u64>| number.map(|number| number.to_string()).unwrap_or_default();
    let decimal = |number: Option<f64>| number.map(|number| number.to_string()).unwrap_or_default();
    let mut rows = Vec::new();
    for tally in &outcome.questions {
        let Some((_, field)) = survey.definition.form.field(&tally.name) else { continue };
        let row = |value: &str, label: String, count: Option<u64>| {
            [
                tally.name.clone(),
                field.label.in_language(visit.t.language()).to_owned(),
                text(tally.asked),
                text(tally.answered),
                value.to_owned(),
                label,
                text(count),
                decimal(tally.mean),
                decimal(tally.median),
            ]
        };
        if tally.cells.is_empty() {
            rows.push(row("", String::new(), None));
        }
        for cell in &tally.cells {
            rows.push(row(&cell.value, label(town, visit, field, &cell.value), cell.count));
        }
    }
    csv_answer(&header, rows)
}
