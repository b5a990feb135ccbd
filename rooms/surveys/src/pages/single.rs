//! Who leads a survey reads the single answers, among them the words that nobody else sees: once it is over, without who and when.

use crate::{acts, store};
use axum::extract::State;
use database::Tx;
use forms::Answers;
use serde::Serialize;
use web::{
    Answer, Frame, Stop, Town, Visit, Wants,
    answer::{json, page},
    parts::Crumb,
    table::csv_answer,
    visit::Path,
};

/// Answers the page shows; the tables have all.
const SHOWN: usize = 200;

#[derive(Serialize)]
struct SingleView {
    answers: Vec<Answers>,
}

#[derive(askama::Template)]
#[template(path = "survey_answers.html")]
struct SinglePage {
    frame: Frame,
    crumbs: Vec<Crumb>,
    code: String,
    header: Vec<String>,
    rows: Vec<Vec<String>>,
    count: usize,
}

/// GET /admin/surveys/{code}/answers
pub async fn show(State(town): State<Town>, visit: Visit, Path(code): Path<String>) -> Answer {
    let actor = visit.actor.clone();
    let read = move |tx: &mut Tx<'_>| {
        let survey = store::by_code(tx, &code)?.ok_or(Stop::NotFound)?;
        if !actor.may_for(&acts::KEEP, survey.organisation) {
            return Err(Stop::NotAllowed);
        }
        // While it runs, whoever reads along would see who answers what by its time.
        if survey.counted_at.is_none() {
            return Err(web::Refusal::conflict("survey-answers-later").into());
        }
        let answers = store::all_sent(tx, &code)?;
        Ok::<_, Stop>((survey, answers))
    };
    let (survey, answers) = town.db().read(read).await?;
    let language = visit.t.language();
    if visit.wants == Wants::Json {
        return json(&SingleView { answers });
    }
    let fields: Vec<_> = survey.definition.form.fields().map(|(_, field)| field).collect();
    let row = |one: &Answers| {
        let cell = |field: &&forms::Field| match one.0.get(&field.name) {
            Some(value) => forms::shown(field, value, &visit.t, &town),
            None => String::new(),
        };
        fields.iter().map(cell).collect::<Vec<_>>()
    };
    if visit.wants == Wants::Csv {
        let header: Vec<&str> = fields.iter().map(|field| field.name.as_str()).collect();
        return csv_answer(&header, answers.iter().map(row));
    }
    let title = survey.definition.title.in_language(language).to_owned();
    page(&SinglePage {
        frame: Frame::new(&town, &visit, visit.t.say("survey-answers-title")).twins(&visit, super::RESULT_TWINS),
        crumbs: vec![
            Crumb { href: "/admin/surveys".to_owned(), label: visit.t.say("surveys-admin").to_owned() },
            Crumb { href: format!("/admin/surveys/{}", survey.code), label: title },
            Crumb { href: String::new(), label: visit.t.say("survey-answers-title").to_owned() },
        ],
        header: fields.iter().map(|field| field.label.in_language(language).to_owned()).collect(),
        rows: answers.iter().take(SHOWN).map(row).collect(),
        count: answers.len(),
        code: survey.code,
    })
}
