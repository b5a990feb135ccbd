//! Taking over a conversation that was held with Polis: its files, first tried and then stored.

use crate::{
    commands::{self, Imported},
    model::Origin,
    polis::{Aside, COMMENTS, SUMMARY, TABLE, VOTES, read_export},
    views::path,
};
use axum::{extract::State, http::StatusCode};
use std::collections::BTreeMap;
use web::{
    Answer, Frame, Stop, Town, Visit,
    answer::{page_with, see_other_saying},
    forms::{FormErrors, Submission},
    parts::Crumb,
};

/// Things set aside that the page shows.
const ASIDES_SHOWN: usize = 50;

/// What was tried, in words.
struct Tried {
    sentence: String,
    groups: Vec<(String, usize)>,
    asides: Vec<String>,
    more: usize,
    cells_apart: Option<usize>,
}

#[derive(askama::Template)]
#[template(path = "import_conversation.html")]
struct ImportPage {
    frame: Frame,
    crumbs: Vec<Crumb>,
    errors: FormErrors,
    tried: Option<Tried>,
    attribution: String,
}

/// GET /admin/conversations/import
pub async fn ask(State(town): State<Town>, visit: Visit) -> Answer {
    show(&town, &visit, FormErrors::default(), None, String::new(), StatusCode::OK)
}

/// POST /admin/conversations/import: with `store` it is stored, otherwise tried.
pub async fn send(State(town): State<Town>, visit: Visit, form: Submission) -> Answer {
    let attribution = form.text("attribution").unwrap_or_default().chars().take(500).collect::<String>();
    let mut files = BTreeMap::new();
    for (field, name) in [("table", TABLE), ("votes", VOTES), ("comments", COMMENTS), ("summary", SUMMARY)] {
        if let Some(file) = form.file(field) {
            files.insert(name.to_owned(), file.bytes.to_vec());
        }
    }
    let read = tokio::task::spawn_blocking(move || read_export(&files)).await.map_err(Stop::fault)?;
    let export = match read {
        Ok(export) => export,
        Err(aside) => {
            let refusal =
                web::Refusal::new("conversation-import-unreadable").at("table").with("problem", aside.to_string());
            let (status, errors) = (refusal.status, FormErrors::of(&[refusal], &visit.t));
            return show(&town, &visit, errors, None, attribution, status);
        }
    };
    let (asides, cells_apart, url) = (export.asides.clone(), export.cells_apart, export.url.clone());
    let origin = Origin { system: "polis".to_owned(), attribution: attribution.clone(), url, language: String::new() };
    let dry_run = !form.is_ticked("store");
    match commands::import_conversation(&town, visit.actor.clone(), export, origin, dry_run).await {
        Ok(Imported { code: Some(code), .. }) => see_other_saying(&path(&code), "flash-conversation-imported"),
        Ok(tried) => {
            let tried = in_words(&visit, tried, &asides, cells_apart);
            show(&town, &visit, FormErrors::default(), Some(tried), attribution, StatusCode::OK)
        }
        Err(Stop::Refused(refusals)) => {
            let errors = FormErrors::of(&refusals, &visit.t);
            show(&town, &visit, errors, None, attribution, refusals[0].status)
        }
        Err(stop) => Err(stop),
    }
}

fn in_words(visit: &Visit, tried: Imported, asides: &[Aside], cells_apart: Option<usize>) -> Tried {
    let values = [
        ("people", tried.people.into()),
        ("statements", tried.statements.into()),
        ("out", tried.statements_out.into()),
        ("answers", tried.answers.into()),
        ("superseded", tried.superseded.into()),
        ("aside", tried.set_aside.into()),
    ];
    Tried {
        sentence: visit.t.with("import-conversation-tried", &values),
        groups: tried.groups.into_iter().collect(),
        more: tried.set_aside.saturating_sub(asides.len().min(ASIDES_SHOWN)),
        asides: asides.iter().take(ASIDES_SHOWN).map(ToString::to_string).collect(),
        cells_apart: cells_apart.filter(|apart| *apart > 0),
    }
}

fn show(
    town: &Town,
    visit: &Visit,
    errors: FormErrors,
    tried: Option<Tried>,
    attribution: String,
    status: StatusCode,
) -> Answer {
    let title = visit.t.say("import-conversation-title");
    let desk = Crumb { href: "/desk/conversations".to_owned(), label: visit.t.say("facilitate-title").to_owned() };
    page_with(
        status,
        &ImportPage {
            frame: Frame::new(town, visit, title),
            crumbs: vec![desk, Crumb { href: String::new(), label: title.to_owned() }],
            errors,
            tried,
            attribution,
        },
    )
}
