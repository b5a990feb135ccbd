//! What the columns of a table are called and mean.

use super::edit::{done, editable};
use crate::{commands, model::ColumnWords};
use axum::{extract::State, http::StatusCode};
use std::collections::BTreeMap;
use web::{Answer, Frame, Stop, Town, Visit, answer::page_with, forms::Submission, parts::Crumb, visit::Path};

#[derive(askama::Template)]
#[template(path = "columns.html")]
struct ColumnsPage {
    frame: Frame,
    crumbs: Vec<Crumb>,
    path: String,
    columns: Vec<(String, String, String, String)>,
}

/// GET /data/{name}/{resource}/columns
pub async fn form(State(town): State<Town>, visit: Visit, Path((name, resource)): Path<(String, String)>) -> Answer {
    let dataset = editable(&town, &visit, &name)?;
    let resource = dataset.resource(&resource).ok_or(Stop::NotFound)?;
    let info = resource.body.info.as_ref().ok_or(Stop::NotFound)?;
    let line = |column: &tables::Described| {
        let words = resource.body.words.get(&column.name).cloned().unwrap_or_default();
        (column.name.clone(), column.kind.word().to_owned(), words.label, words.notes)
    };
    let path = format!("/data/{}/{}", dataset.name, resource.slug());
    let title = dataset.meta.title.in_language(visit.t.language()).to_owned();
    let crumb = |href: String, label: &str| Crumb { href, label: label.to_owned() };
    page_with(
        StatusCode::OK,
        &ColumnsPage {
            frame: Frame::new(&town, &visit, visit.t.say("data-columns-edit")),
            crumbs: vec![
                crumb("/data".to_owned(), visit.t.say("open-data-title")),
                crumb(format!("/data/{}", dataset.name), &title),
                crumb(path.clone(), &resource.body.name),
                crumb(String::new(), visit.t.say("data-columns-edit")),
            ],
            path,
            columns: info.columns.iter().take(90).map(line).collect(),
        },
    )
}

/// POST /data/{name}/{resource}/columns
pub async fn save(
    State(town): State<Town>,
    visit: Visit,
    Path((name, resource)): Path<(String, String)>,
    form: Submission,
) -> Answer {
    let mut words: BTreeMap<String, ColumnWords> = BTreeMap::new();
    for (column, label) in form.keyed("label") {
        words.entry(column.to_owned()).or_default().label = label.to_owned();
    }
    for (column, notes) in form.keyed("notes") {
        words.entry(column.to_owned()).or_default().notes = notes.to_owned();
    }
    let changed = commands::describe_columns(&town, &visit.actor, &name, &resource, words).await?;
    done(&town, &visit, &changed, StatusCode::OK, "flash-dataset-saved")
}
