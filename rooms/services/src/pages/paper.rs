//! The paper twin of a form, to fill in by hand: its code opens the page on which a clerk types it in, and the sheet that was filled in goes
//! into the file of the case.

mod sheet;

use super::{apply::private, desk_case::refused, files};
use crate::{commands, store};
use axum::{extract::State, http::header};
use serde::Deserialize;
use web::{
    Answer, Refusal, Stop, Town, Visit, Wants,
    answer::{json_with, see_other, see_other_saying, text},
    forms::Submission,
    visit::{Path, Query},
};

/// In which language.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    language: String,
}

/// GET /services/{code}/paper.pdf, in the reader's language or the one that is asked for.
pub async fn print(
    State(town): State<Town>,
    visit: Visit,
    Path(code): Path<String>,
    Query(asked): Query<Asked>,
) -> Answer {
    let own = code.clone();
    let found = town.db().read(move |tx| store::in_force(tx, &own)).await;
    let found = found.map_err(|error: database::DbError| Stop::from(error))?;
    let (number, definition) = found.filter(|(_, one)| !one.form.pages.is_empty()).ok_or(Stop::NotFound)?;
    let t = asked.language.parse().map_or_else(|_| visit.t.clone(), |language| town.words().of(language));
    let sheets = sheet::draw(&town, &t, &code, number, &definition).map_err(Stop::fault)?;
    let mut answer = text("application/pdf", print::pdf_of(&sheets).map_err(Stop::fault)?);
    let name = format!("inline; filename=\"{code}-{number}.pdf\"");
    answer.headers_mut().insert(header::CONTENT_DISPOSITION, name.parse().map_err(Stop::fault)?);
    Ok(answer)
}

/// POST /desk/services/{code}/scan: a sheet or paper that came to the office goes into the file of the case.
pub async fn scan(State(town): State<Town>, visit: Visit, Path(code): Path<String>, form: Submission) -> Answer {
    let here = format!("/desk/services/{code}");
    if !commands::look(&town, visit.actor.clone(), code.clone(), None).await? {
        return see_other(&here);
    }
    let kept = match form.file("scan") {
        Some(file) => {
            commands::add_scan(&town, visit.actor.clone(), code.clone(), &file.file_name, file.bytes.clone()).await
        }
        None => Err(Refusal::new("scan-none").into()),
    };
    match kept {
        Ok(id) if visit.wants == Wants::Json => {
            let view = serde_json::json!({"file": id, "url": town.url(&format!("{here}/photo/{id}"))});
            Ok(private(json_with(axum::http::StatusCode::CREATED, &view)?))
        }
        Ok(_) => Ok(private(see_other_saying(&here, "sv-flash-scan")?)),
        Err(Stop::Refused(refusals)) if visit.wants != Wants::Json => {
            let refusals: Vec<Refusal> = refusals.into_iter().map(|refusal| refusal.at("scan")).collect();
            refused(&town, &visit, &code, &refusals).await
        }
        Err(other) => Err(other),
    }
}

/// GET /desk/services/{code}/photo/{file}, once somebody said why they open the case.
pub async fn desk_file(State(town): State<Town>, visit: Visit, Path((code, file)): Path<(String, String)>) -> Answer {
    if !commands::look(&town, visit.actor.clone(), code.clone(), None).await? {
        return see_other(&format!("/desk/services/{code}"));
    }
    files::given(&town, code, file).await
}
