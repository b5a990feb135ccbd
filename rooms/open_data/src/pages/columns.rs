//! What a table and its columns are called and mean, in each language of the town.

use super::edit::{done, editable};
use crate::{commands, model::ColumnWords, said::Said};
use axum::{extract::State, http::StatusCode};
use civic::Language;
use std::collections::BTreeMap;
use web::{
    Answer, Frame, Stop, Town, Visit, Wants,
    answer::{page_with, see_other_saying},
    dates::number,
    forms::Submission,
    parts::Crumb,
    visit::{Path, Query},
};

/// Columns that a page describes; more are on further pages.
const COLUMNS_SHOWN: usize = 90;
/// Fields that it sends: which page it is, what the table is called, and two of each column, in each language.
pub(super) const FIELDS: usize = (COLUMNS_SHOWN * 2 + 1) * Language::ALL.len() + 1;

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
    /// How many columns are on the pages before.
    from: usize,
    /// Which of how many columns are shown; empty where all are.
    shown: String,
    first: String,
    next: String,
}

/// GET /data/{name}/{resource}/columns: with `from`, the columns beyond so many.
pub async fn form(
    State(town): State<Town>,
    visit: Visit,
    Path((name, resource)): Path<(String, String)>,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Answer {
    let dataset = editable(&town, &visit, &name)?;
    let resource = dataset.resource(&resource).ok_or(Stop::NotFound)?;
    let info = resource.body.info.as_ref().ok_or(Stop::NotFound)?;
    let asked = pairs.iter().find(|(key, _)| key == "from").map(|(_, value)| value.as_str());
    let from = begin_of_page(asked.unwrap_or_default(), info.columns.len());
    let until = (from + COLUMNS_SHOWN).min(info.columns.len());
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
            names: words(&names, &Said::default()),
            columns: info.columns.iter().skip(from).take(COLUMNS_SHOWN).map(line).collect(),
            from,
            shown: shown(&visit, from, until, info.columns.len()),
            first: if from == 0 { String::new() } else { format!("{path}/columns") },
            next: if until < info.columns.len() { format!("{path}/columns?from={until}") } else { String::new() },
            path,
        },
    )
}

/// Where the page begins that has the column at this place; what is no number, or beyond the last, is the first page. Pure.
fn begin_of_page(asked: &str, columns: usize) -> usize {
    let at = asked.parse::<usize>().ok().filter(|at| *at < columns).unwrap_or(0);
    at - at % COLUMNS_SHOWN
}

/// Which of how many columns a page has; empty where it has all.
fn shown(visit: &Visit, from: usize, until: usize, all: usize) -> String {
    if all <= COLUMNS_SHOWN {
        return String::new();
    }
    let count = |one: usize| number(i64::try_from(one).unwrap_or(i64::MAX), visit.t.language());
    let values = [("from", count(from + 1).into()), ("until", count(until).into()), ("count", count(all).into())];
    visit.t.with("data-columns-shown", &values)
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
    // Who describes a table of many pages goes on where they were.
    if let Some(from) = form.text("from").filter(|_| visit.wants == Wants::Html) {
        let columns =
            changed.resource(&resource).and_then(|one| one.body.info.as_ref()).map_or(0, |info| info.columns.len());
        let at = format!("/data/{}/{resource}/columns?from={}", changed.name, begin_of_page(from, columns));
        return see_other_saying(&at, "flash-dataset-saved");
    }
    done(&town, &visit, &changed, StatusCode::OK, "flash-dataset-saved").await
}

#[cfg(test)]
mod tests {
    use super::begin_of_page;

    #[test]
    fn a_page_begins_where_pages_begin() {
        let begins =
            ["", "x", "-1", "89", "90", "100", "199", "200", "99999999999999999999"].map(|at| begin_of_page(at, 200));
        assert_eq!(begins, [0, 0, 0, 0, 90, 90, 180, 0, 0]);
    }
}
