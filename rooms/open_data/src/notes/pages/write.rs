//! Writing a note.

use super::{crumb, list_path, list_title};
use crate::{
    books::Books,
    model::Dataset,
    notes::{
        commands::{self, Asking},
        decide::Typed,
        model::NoteKind,
        views::view,
    },
};
use axum::{extract::State, http::StatusCode};
use commons::moderation::Seen;
use serde::Deserialize;
use web::{
    Answer, Frame, Refusal, Stop, Town, Visit, Wants,
    answer::{json_with, page_with, see_other_saying},
    forms::{FormErrors, Submission},
    parts::{Choice, Crumb},
    visit::{Path, Query},
};

/// What a link fills in.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Filled {
    dataset: String,
    table: String,
    row: String,
    column: String,
    version: String,
}

#[derive(askama::Template)]
#[template(path = "note_form.html")]
struct FormPage {
    frame: Frame,
    errors: FormErrors,
    crumbs: Vec<Crumb>,
    kind: &'static str,
    action: String,
    typed: Typed,
    datasets: String,
    organisations: Vec<Choice>,
    tables: Vec<Choice>,
    lead: String,
}

/// Where a note is written.
struct Desk<'d> {
    kind: NoteKind,
    dataset: Option<&'d Dataset>,
}

/// GET /data/requests/new
pub async fn request_form(State(town): State<Town>, visit: Visit) -> Answer {
    let desk = Desk { kind: NoteKind::Request, dataset: None };
    render(&town, &visit, &desk, Typed::default(), ("", ""), &[])
}

/// GET /data/showcase/new
pub async fn reuse_form(State(town): State<Town>, visit: Visit, Query(filled): Query<Filled>) -> Answer {
    let desk = Desk { kind: NoteKind::Reuse, dataset: None };
    render(&town, &visit, &desk, Typed::default(), (&filled.dataset, ""), &[])
}

/// GET /data/{name}/issues/new
pub async fn issue_form(
    State(town): State<Town>,
    visit: Visit,
    Path(name): Path<String>,
    Query(filled): Query<Filled>,
) -> Answer {
    let filed = public(&town, &visit, &name)?;
    let desk = Desk { kind: NoteKind::Issue, dataset: Some(&filed.dataset) };
    let typed = Typed {
        table: filled.table,
        row: filled.row,
        column: filled.column,
        version: filled.version,
        ..Typed::default()
    };
    render(&town, &visit, &desk, typed, ("", ""), &[])
}

fn public(town: &Town, visit: &Visit, name: &str) -> Result<std::sync::Arc<crate::books::Filed>, Stop> {
    let filed = crate::pages::seen(town, visit, name)?;
    if filed.dataset.is_public() { Ok(filed) } else { Err(Stop::NotFound) }
}

fn render(
    town: &Town,
    visit: &Visit,
    desk: &Desk<'_>,
    typed: Typed,
    (datasets, organisation): (&str, &str),
    refusals: &[Refusal],
) -> Answer {
    let (t, kind) = (&visit.t, desk.kind);
    let shelves = town.part::<Books>().now();
    let choice = |value: &str, label: &str, is: &str| Choice {
        value: value.to_owned(),
        label: label.to_owned(),
        detail: String::new(),
        chosen: value == is,
    };
    let mut organisations = vec![choice("", t.say("note-agency-unknown"), organisation)];
    let agencies = shelves.organisations.values();
    organisations.extend(agencies.map(|one| choice(&one.code, one.name.in_language(t.language()), organisation)));
    let mut tables = vec![choice("", t.say("note-table-all"), &typed.table)];
    let own = desk.dataset.iter().flat_map(|dataset| &dataset.resources).filter(|one| one.body.info.is_some());
    tables.extend(own.map(|one| choice(one.slug(), one.title(t.language()), &typed.table)));
    let title = t.say(&format!("notes-{}-new", kind.word())).to_owned();
    let mut crumbs = vec![crumb("/data", t.say("open-data-title"))];
    let mut action = list_path(kind).to_owned();
    if let Some(dataset) = desk.dataset {
        action = format!("/data/{}/issues", dataset.name);
        crumbs.push(crumb(&format!("/data/{}", dataset.name), dataset.meta.title.in_language(t.language())));
    }
    crumbs.push(crumb(&action, &list_title(t, kind)));
    crumbs.push(crumb("", &title));
    let page = FormPage {
        frame: Frame::new(town, visit, title),
        errors: FormErrors::of(refusals, t),
        crumbs,
        kind: kind.word(),
        action,
        typed,
        datasets: datasets.to_owned(),
        organisations,
        tables,
        lead: t.say(&format!("notes-{}-form", kind.word())).to_owned(),
    };
    page_with(refusals.first().map_or(StatusCode::OK, |refusal| refusal.status), &page)
}

/// POST /data/requests
pub async fn request(State(town): State<Town>, visit: Visit, form: Submission) -> Answer {
    write(&town, &visit, &Desk { kind: NoteKind::Request, dataset: None }, &form).await
}

/// POST /data/showcase
pub async fn reuse(State(town): State<Town>, visit: Visit, form: Submission) -> Answer {
    write(&town, &visit, &Desk { kind: NoteKind::Reuse, dataset: None }, &form).await
}

/// POST /data/{name}/issues
pub async fn issue(State(town): State<Town>, visit: Visit, Path(name): Path<String>, form: Submission) -> Answer {
    let filed = public(&town, &visit, &name)?;
    write(&town, &visit, &Desk { kind: NoteKind::Issue, dataset: Some(&filed.dataset) }, &form).await
}

async fn write(town: &Town, visit: &Visit, desk: &Desk<'_>, form: &Submission) -> Answer {
    let field = |name: &str| form.text(name).unwrap_or_default().to_owned();
    let typed = Typed {
        title: field("title"),
        body: field("body"),
        url: field("url"),
        table: field("table"),
        row: field("row"),
        column: field("column"),
        version: field("version"),
    };
    let (named, organisation) = (field("dataset"), field("organisation"));
    let datasets = match (desk.kind, desk.dataset) {
        (_, Some(dataset)) => vec![dataset.name.clone()],
        (NoteKind::Reuse, None) => names_in(&named),
        _ => Vec::new(),
    };
    let asking = Asking { kind: desk.kind, typed: typed.clone(), datasets, organisation: organisation.clone() };
    match commands::ask(town, visit.actor.clone(), asking).await {
        Ok((note, seen)) if visit.wants == Wants::Html => {
            let flash = match (note.kind, seen) {
                (NoteKind::Reuse, _) => "flash-note-waiting",
                (_, Seen::Held) => "flash-note-held",
                _ => "flash-note-written",
            };
            let to =
                if note.is_public() { note.kind.page(note.code.as_str()) } else { list_path(note.kind).to_owned() };
            see_other_saying(&to, flash)
        }
        Ok((note, _)) => {
            let shelves = town.part::<Books>().now();
            json_with(StatusCode::CREATED, &view(town, &shelves, &note, &[], visit.t.language(), visit.at))
        }
        Err(Stop::Refused(refusals)) if visit.wants == Wants::Html => {
            render(town, visit, desk, typed, (&named, &organisation), &refusals)
        }
        Err(stop) => Err(stop),
    }
}

/// Names of datasets as people write them: with commas or blanks between, or the addresses of their pages.
fn names_in(text: &str) -> Vec<String> {
    let words = text.split([',', ' ', '\n', '\r', '\t']).filter(|word| !word.is_empty());
    words.map(|word| word.trim_end_matches('/').rsplit('/').next().unwrap_or_default().to_owned()).collect()
}
