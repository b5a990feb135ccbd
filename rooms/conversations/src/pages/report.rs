//! What came of a conversation: the report that facilitators published, edition by edition, and an overview made from the map.
//! Both on pages to print.

mod edition;
mod overview;
mod view;

pub(super) use edition::{Composed, composed};
pub use view::{EditionView, ReportView};

use super::{crumbs, known};
use crate::{
    books::Known,
    commands::digest,
    model::{Edition, EditionState},
    promised::Promised,
    store,
    views::path,
};
use axum::extract::State;
use web::{
    Answer, Frame, Refusal, Stop, Town, Visit, Wants,
    answer::{json, page, text},
    parts::Crumb,
    visit::Path,
};

/// An edition in the list of all.
struct EditionLine {
    href: String,
    label: String,
    reason: String,
    current: bool,
}

#[derive(askama::Template)]
#[template(path = "conversation_edition.html")]
struct EditionPage {
    frame: Frame,
    crumbs: Vec<Crumb>,
    question: String,
    own: String,
    address: String,
    /// Which edition this is, and since when.
    about: String,
    reason: String,
    /// That a newer one is in force, or that the report was taken back; empty for the one in force.
    older: String,
    report: Composed,
    hidden: bool,
    editions: Vec<EditionLine>,
    figures: String,
    attribution: String,
}

/// GET /conversations/{code}/report: the edition in force, else the overview.
pub async fn show(State(town): State<Town>, visit: Visit, Path(code): Path<String>) -> Answer {
    let known = known(&town, &visit, &code)?;
    match known.report() {
        _ if visit.wants == Wants::Json => told(&town, &visit, &known).await,
        Some(edition) => shown(&town, &visit, &known, edition).await,
        None => overview::answer(&town, &visit, &known).await,
    }
}

/// All there is of it, for machines.
async fn told(town: &Town, visit: &Visit, known: &Known) -> Answer {
    let promised = Promised::of(town, known, visit.t.language()).await?;
    let code = known.conversation.code.to_string();
    let editions = town.db().read(move |tx| store::report_editions(tx, &code)).await.map_err(Stop::from)?;
    json(&view::report_view(town, known, &promised, &editions, visit.t.language()))
}

/// GET /conversations/{code}/report/overview
pub async fn overview(State(town): State<Town>, visit: Visit, Path(code): Path<String>) -> Answer {
    let known = known(&town, &visit, &code)?;
    if visit.wants == Wants::Json {
        return told(&town, &visit, &known).await;
    }
    overview::answer(&town, &visit, &known).await
}

/// GET /conversations/{code}/report/{edition}: any edition, also an older one.
pub async fn edition(State(town): State<Town>, visit: Visit, Path((code, number)): Path<(String, i64)>) -> Answer {
    let known = known(&town, &visit, &code)?;
    let read = town.db().read(move |tx| store::edition(tx, &code, number));
    let edition = read.await.map_err(Stop::from)?.ok_or(Stop::NotFound)?;
    if visit.wants == Wants::Json {
        return json(&view::edition_view(&town, &known, &edition));
    }
    shown(&town, &visit, &known, &edition).await
}

/// GET /conversations/{code}/report/{edition}/figures: the bytes of which the record has the SHA-256.
pub async fn figures(State(town): State<Town>, visit: Visit, Path((code, number)): Path<(String, i64)>) -> Answer {
    let known = known(&town, &visit, &code)?;
    if known.hides_map {
        return Err(Refusal::conflict("omap-hidden").into());
    }
    let read = town.db().read(move |tx| store::edition(tx, &code, number));
    let edition = read.await.map_err(Stop::from)?.filter(|one| !one.figures.is_empty()).ok_or(Stop::NotFound)?;
    Ok(text("application/json", edition.figures))
}

/// What an edition is called, with its day.
pub(super) fn label(visit: &Visit, edition: &Edition) -> String {
    let key = match (edition.state, edition.restored) {
        (EditionState::Withdrawn, _) => "creport-edition-withdrawn",
        (EditionState::Report, Some(_)) => "creport-edition-restored",
        (EditionState::Report, None) => "creport-edition",
    };
    let values = [
        ("number", edition.number.into()),
        ("date", visit.date(edition.at).into()),
        ("older", edition.restored.unwrap_or(0).into()),
    ];
    visit.t.with(key, &values)
}

/// All editions, the newest first; `current` is the number of the one that is shown.
async fn lines(town: &Town, visit: &Visit, known: &Known, current: i64) -> Result<Vec<EditionLine>, Stop> {
    if known.edition.is_none() {
        return Ok(Vec::new());
    }
    let code = known.conversation.code.to_string();
    let own = path(&code);
    let all = town.db().read(move |tx| store::report_editions(tx, &code)).await.map_err(Stop::from)?;
    let line = |one: &Edition| EditionLine {
        href: format!("{own}/report/{}", one.number),
        label: label(visit, one),
        reason: one.reason.clone(),
        current: one.number == current,
    };
    Ok(all.iter().map(line).collect())
}

async fn shown(town: &Town, visit: &Visit, known: &Known, edition: &Edition) -> Answer {
    let (one, t) = (&known.conversation, &visit.t);
    let (title, own) = (t.say("conversation-report-title"), path(one.code.as_str()));
    let newest = known.edition.as_ref().filter(|newest| newest.number != edition.number);
    let older = match newest {
        Some(newest) if newest.state == EditionState::Withdrawn => t.say("creport-taken-back").to_owned(),
        Some(_) => t.say("creport-older").to_owned(),
        None => String::new(),
    };
    let frozen = edition.frozen().filter(|_| !known.hides_map);
    page(&EditionPage {
        frame: Frame::new(town, visit, title).twins(visit, &[Wants::Json]),
        crumbs: crumbs(visit, known, title),
        question: one.question.in_language(t.language()).to_owned(),
        address: town.url(&format!("{own}/report/{}", edition.number)),
        about: label(visit, edition),
        reason: edition.reason.clone(),
        older,
        report: composed(town, visit, known, &edition.content, frozen.as_ref()).await?,
        hidden: known.hides_map,
        editions: lines(town, visit, known, edition.number).await?,
        figures: if edition.figures.is_empty() { String::new() } else { digest(&edition.figures) },
        attribution: one.origin.clone().unwrap_or_default().attribution,
        own,
    })
}
