//! What a table and its columns are called and mean, in each language of the town.

use super::edit::{done, editable};
use crate::{commands, model::ColumnWords, said::Said};
use axum::{extract::State, http::StatusCode};
use civic::Language;
use std::collections::BTreeMap;
use web::{Answer, Frame, Stop, Town, Visit, answer::page_with, forms::Submission, parts::Crumb, visit::Path};

/// Columns that a page describes.
const COLUMNS_SHOWN: usize = 90;
/// Fields that it sends: what the table is called, and two of each column, in each language.
pub(super) const FIELDS: usize = (COLUMNS_SHOWN * 2 + 1) * Language::ALL.len();

/// A language, and what is said in it.
struct Words {
    tag: &'static str,
    own_name: &'static str,
    dir: &'static str,
    label: String,
    notes: String,
}

#[derive(askama::Template)]
#[template(path = "columns.html")]
struct ColumnsPage {
    frame: Frame,
    crumbs: Vec<Crumb>,
    path: String,
    names: Vec<Words>,
    columns: Vec<(String, String, Vec<Words>)>,
}

/// GET /data/{name}/{resource}/columns
pub async fn form(State(town): State<Town>, visit: Visit, Path((name, resource)): Path<(String, String)>) -> Answer {
    let dataset = editable(&town, &visit, &name)?;
    let resource = dataset.resource(&resource).ok_or(Stop::NotFound)?;
    let info = resource.body.info.as_ref().ok_or(Stop::NotFound)?;
    let languages = &town.settings().languages;
    let words = |label: &Said, notes: &Said| -> Vec<Words> {
        let one = |language: &Language| Words {
            tag: language.tag(),
            own_name: language.own_name(),
            dir: language.direction(),
            label: label.exactly(*language).to_owned(),
            notes: notes.exactly(*language).to_owned(),
        };
        languages.iter().map(one).collect()
    };
    let line = |column: &tables::Described| {
        let said = resource.body.words.get(&column.name).cloned().unwrap_or_default();
        (column.name.clone(), column.kind.word().to_owned(), words(&said.label, &said.notes))
    };
    let mut names = resource.body.names.clone();
    if let Some(first) = languages.first().filter(|_| names.is_empty()) {
        names.put(*first, &resource.body.name);
    }
    let path = format!("/data/{}/{}", dataset.name, resource.slug());
    let language = visit.t.language();
    let crumb = |href: String, label: &str| Crumb { href, label: label.to_owned() };
    page_with(
        StatusCode::OK,
        &ColumnsPage {
            frame: Frame::new(&town, &visit, visit.t.say("data-columns-edit")),
            crumbs: vec![
                crumb("/data".to_owned(), visit.t.say("open-data-title")),
                crumb(format!("/data/{}", dataset.name), dataset.meta.title.in_language(language)),
                crumb(path.clone(), resource.title(language)),
                crumb(String::new(), visit.t.say("data-columns-edit")),
            ],
            path,
            names: words(&names, &Said::default()),
            columns: info.columns.iter().take(COLUMNS_SHOWN).map(line).collect(),
        },
    )
}

/// POST /data/{name}/{resource}/columns: what is said of a column that is not named stays. `label[COLUMN]` and `notes[COLUMN]` in the town's first language, or with `-es` and the like behind the
/// word in another; `title[en]` for what the table is called.
pub async fn save(
    State(town): State<Town>,
    visit: Visit,
    Path((name, resource)): Path<(String, String)>,
    form: Submission,
) -> Answer {
    let dataset = editable(&town, &visit, &name)?;
    let before = &dataset.resource(&resource).ok_or(Stop::NotFound)?.body.words;
    let mut words: BTreeMap<String, ColumnWords> = BTreeMap::new();
    let first = town.settings().languages.first().copied().unwrap_or_default();
    let ways = Language::ALL.into_iter().map(|language| (language, format!("-{}", language.tag())));
    for (language, end) in std::iter::once((first, String::new())).chain(ways) {
        for (column, label) in form.keyed(&format!("label{end}")) {
            words.entry(column.to_owned()).or_default().label.put(language, label);
        }
        for (column, notes) in form.keyed(&format!("notes{end}")) {
            words.entry(column.to_owned()).or_default().notes.put(language, notes);
        }
    }
    for (column, said) in before {
        words.entry(column.clone()).or_insert_with(|| said.clone());
    }
    let mut names = Said::default();
    for (tag, text) in form.keyed("title") {
        if let Some(language) = Language::ALL.into_iter().find(|one| one.tag() == tag) {
            names.put(language, text);
        }
    }
    let said = (Some(names), words);
    let changed = commands::describe_columns(&town, &visit.actor, &name, &resource, said).await?;
    done(&town, &visit, &changed, StatusCode::OK, "flash-dataset-saved")
}
