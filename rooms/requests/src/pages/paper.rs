//! The paper twin of the report: a form for each category, to fill in by hand, and by whose code a clerk opens the right page.

mod sheet;

use super::posters::Asked;
use crate::{category::Category, room::Books};
use axum::extract::State;
use civic::Language;
use schemars::JsonSchema;
use serde::Serialize;
use web::{
    Answer, Frame, Stop, Town, Visit, Wants,
    answer::{json, page, text},
    visit::{Path, Query},
};

/// A form of paper, for machines.
#[derive(Debug, Serialize, JsonSchema)]
pub struct PaperView {
    /// The code of its category, printed at its foot.
    pub category: String,
    /// What the category is called, in the reader's language.
    pub name: String,
    /// Its PDF document; `?language=` chooses another language.
    pub url: String,
}

#[derive(askama::Template)]
#[template(path = "paper.html")]
struct PaperPage {
    frame: Frame,
    forms: Vec<PaperView>,
    languages: Vec<Language>,
}

/// GET /report/paper
pub async fn list(State(town): State<Town>, visit: Visit) -> Answer {
    let book = town.part::<Books>().categories();
    let view = |category: &Category| PaperView {
        category: category.code.clone(),
        name: category.definition.name.in_language(visit.t.language()).to_owned(),
        url: town.url(&format!("/report/paper/{}.pdf", category.code)),
    };
    let forms: Vec<_> = book.offered().into_iter().map(view).collect();
    if visit.wants == Wants::Json {
        return json(&forms);
    }
    let languages = town.settings().languages.clone();
    let frame = Frame::new(&town, &visit, visit.t.say("paper-title")).twins(&visit, &[Wants::Json]);
    page(&PaperPage { frame, forms, languages })
}

/// GET /report/paper/{category}.pdf, in the reader's language or the one that is asked for.
pub async fn print(
    State(town): State<Town>,
    visit: Visit,
    Path(file): Path<String>,
    Query(asked): Query<Asked>,
) -> Answer {
    let code = file.strip_suffix(".pdf").ok_or(Stop::NotFound)?;
    let book = town.part::<Books>().categories();
    let category = book.get(code).filter(|category| category.active).ok_or(Stop::NotFound)?;
    let sheets = sheet::draw(&town, &asked.words(&town, &visit), category).map_err(Stop::fault)?;
    Ok(text("application/pdf", print::pdf_of(&sheets).map_err(Stop::fault)?))
}
