//! The conversation as tables, for whoever wants to work out everything again.

use super::{crumbs, known};
use crate::{
    books::Books,
    export::{self, COMMENT_COLUMNS, IMPORTANCE_COLUMNS},
    names::Names,
    store,
    views::path,
};
use axum::extract::State;
use database::DbError;
use web::{
    Answer, Frame, Refusal, Stop, Town, Visit, Wants,
    answer::{page, text},
    parts::Crumb,
    table::csv_answer,
    visit::Path,
};

#[derive(askama::Template)]
#[template(path = "exports.html")]
struct ExportsPage {
    frame: Frame,
    crumbs: Vec<Crumb>,
    own: String,
    hidden: bool,
    attribution: String,
}

/// GET /conversations/{code}/export
pub async fn index(State(town): State<Town>, visit: Visit, Path(code): Path<String>) -> Answer {
    let known = known(&town, &visit, &code)?;
    let title = visit.t.say("cexport-title");
    page(&ExportsPage {
        frame: Frame::new(&town, &visit, title),
        crumbs: crumbs(&visit, &known, title),
        own: path(known.conversation.code.as_str()),
        hidden: known.hides_map,
        attribution: known.conversation.origin.clone().unwrap_or_default().attribution,
    })
}

/// GET /conversations/{code}/export/{file}.csv
pub async fn file(State(town): State<Town>, visit: Visit, Path((code, file)): Path<(String, String)>) -> Answer {
    let known = known(&town, &visit, &code)?;
    if visit.wants != Wants::Csv {
        return Err(Stop::NotFound);
    }
    if known.hides_map {
        return Err(Refusal::conflict("omap-hidden").into());
    }
    let table = |bytes: Vec<u8>| Ok(text(Wants::Csv.media_type(), bytes));
    let names = Names::of(&Books::key(&town).await?, &known.conversation);
    let (look, until) = (code.clone(), export::until(&known.conversation, visit.at));
    match file.as_str() {
        "votes" | "participants-votes" => {
            let public = names.clone();
            let read = town.db().read_long(move |tx| export::events(tx, &look, &public, until));
            let events = read.await.map_err(|error: DbError| Stop::from(error))?;
            table(if file == "votes" {
                export::votes_csv(&events)
            } else {
                export::participants_votes_csv(&known, &events, &names)
            })
        }
        "comments" | "importance" => {
            let read = town.db().read_long(move |tx| {
                Ok::<_, DbError>((export::events(tx, &look, &names, until)?, store::tally(tx, &look)?))
            });
            let (events, tally) = read.await?;
            let counted = export::counted(&known, &events, &tally);
            if file == "comments" {
                csv_answer(&COMMENT_COLUMNS, export::comment_rows(&known, &counted))
            } else {
                csv_answer(&IMPORTANCE_COLUMNS, export::importance_rows(&known, &tally, &counted))
            }
        }
        "summary" => {
            let people = town.db().read(move |tx| store::count(tx, &look)).await.map_err(Stop::from)?;
            let mut lines = export::summary_rows(&known, &town.url(&path(&code)), people).into_iter();
            let header = lines.next().unwrap_or_default();
            let header: Vec<&str> = header.iter().map(String::as_str).collect();
            csv_answer(&header, lines)
        }
        _ => Err(Stop::NotFound),
    }
}
