//! A chart, a map or rows of a table as a page that other sites may show in a frame. It knows no reader and sets no cookie.

use super::{Question, find, group_part, heads, history, path_of, picture, shown};
use crate::{
    commands::{ask, open_table, stop_of},
    usage::{self, Way},
};
use axum::extract::State;
use web::{
    Answer, Refusal, Sayings, Stop, Town, Visit, answer,
    parts::embed_snippet,
    serve::Embeddable,
    visit::{Path, Query},
};

/// Rows of a frame.
const ROWS: usize = 20;
/// Height of a frame in pixels, and its widest.
const SIZE: (u32, &str) = (520, "56rem");

/// What can be shown.
pub(super) const WAYS: [&str; 3] = ["chart", "map", "table"];

#[derive(askama::Template)]
#[template(path = "embed_table.html")]
struct EmbedPage {
    t: Sayings,
    lang: &'static str,
    dir: &'static str,
    css_path: &'static str,
    hues_path: String,
    title: String,
    origin: String,
    town_name: String,
    full: String,
    picture: String,
    heads: Vec<(String, bool)>,
    rows: Vec<Vec<(String, bool)>>,
}

/// The code by which other sites show a view: its way, its address and the code itself.
pub(super) fn snippets(
    town: &Town,
    question: &Question,
    path: &str,
    title: &str,
    has: [bool; 3],
) -> Vec<(&'static str, String)> {
    let one = |way: &'static str| {
        let address = question.address(&format!("{path}/embed"), &[("show", way)], &["after", "facet", "show"]);
        (way, embed_snippet(&town.url(&address), title, ("100%", SIZE.1), SIZE.0))
    };
    WAYS.into_iter().zip(has).filter(|(_, has)| *has).map(|(way, _)| one(way)).collect()
}

/// GET /data/{name}/{resource}/embed
pub async fn embed(
    State(town): State<Town>,
    visit: Visit,
    Path((name, resource)): Path<(String, String)>,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Answer {
    let filed = crate::pages::open(&town, &visit, &name)?;
    if !filed.dataset.is_public() {
        return Err(Stop::NotFound);
    }
    let resource = history::resource_at(&town, &filed.dataset, &resource, &pairs).await?;
    let table = open_table(&town, &resource).await?;
    let mut question = Question::read(pairs, table.info())?;
    question.facets.clear();
    let show = match question.value("show") {
        "" => "table",
        asked => {
            WAYS.into_iter().find(|way| *way == asked).ok_or_else(|| Refusal::new("data-embed-show").at("show"))?
        }
    };
    if show == "chart" && question.grouping.is_none() {
        return Err(Refusal::new("data-embed-chart").at("group").into());
    }
    usage::note(&town, &filed.dataset.id, Way::Api);
    let visit = visit.framed(&town, question.value("language"));
    let of_districts =
        (show == "map").then(|| picture::district_column(town.part::<places::Districts>(), &table)).flatten();
    let own = question.clone();
    let found = ask(table.clone(), move |table| find(table, &own, of_districts.as_deref()).map_err(stop_of)).await?;
    let (t, language, info) = (&visit.t, visit.t.language(), table.info());
    let path = path_of(&filed, &resource);
    let group = found.groups.as_ref().map(|groups| group_part(&visit, &question, groups));
    let (drawn, head_names, rows) = match (show, &group) {
        ("chart", Some(part)) => (part.chart.clone(), Vec::new(), Vec::new()),
        ("map", _) => (picture::map(&town, &visit, &table, &found), Vec::new(), Vec::new()),
        (_, Some(part)) => {
            let names = part.heads.iter().enumerate().map(|(at, head)| (head.clone(), at >= part.keys)).collect();
            let cells =
                |row: &Vec<String>| row.iter().enumerate().map(|(at, cell)| (cell.clone(), at >= part.keys)).collect();
            (String::new(), names, part.rows.iter().take(ROWS).map(cells).collect())
        }
        _ => {
            let names = heads(&question, &resource, (info, language), &path);
            let rows = found.rows.rows.iter().take(ROWS).map(|(_, cells)| shown(info, cells)).collect();
            (String::new(), names.into_iter().map(|head| (head.label, head.number)).collect(), rows)
        }
    };
    let dataset_title = filed.dataset.meta.title.in_language(language);
    let title = if resource.title(language).is_empty() { dataset_title } else { resource.title(language) };
    let mut answer = answer::page(&EmbedPage {
        t: t.clone(),
        lang: language.tag(),
        dir: language.direction(),
        css_path: web::assets::APP_CSS,
        hues_path: web::frame::hues_path(town.settings()),
        title: title.to_owned(),
        origin: filed.dataset.meta.origin.clone(),
        town_name: town.settings().name.in_language(language).to_owned(),
        full: town.url(&question.address(&path, &[], &["after", "show", "language"])),
        picture: drawn,
        heads: head_names,
        rows,
    })?;
    answer.extensions_mut().insert(Embeddable);
    Ok(answer)
}
