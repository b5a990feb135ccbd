//! A report at the desk: written part by part, looked at as readers will see it, published as an edition.

use super::{desk_path, led, queue::queue_crumbs, report_form, typed::Typed};
use crate::{
    books::Known,
    commands::{self, NextEdition},
    decide::freeze,
    model::{Edition, EditionState, ReportContent, ReportDraft, Statement},
    pages::{
        report::{Composed, composed},
        shown::{Line, shown},
    },
    store,
    views::{Said, is_public, path},
};
use axum::{extract::State, http::StatusCode};
use web::{
    Answer, Frame, Refusal, Stop, Town, Visit,
    answer::{page_with, see_other, see_other_saying},
    forms::{FormErrors, Submission},
    parts::{Choice, Crumb},
    visit::Path,
};

/// A statement or promise that can be put into a part.
struct Pick {
    id: String,
    number: i64,
    said: Option<Said>,
    words: String,
    figures: String,
}

/// A list to choose from.
struct Picks {
    heading: String,
    picks: Vec<Pick>,
}

#[derive(askama::Template)]
#[template(path = "desk_report.html")]
struct ReportPage {
    frame: Frame,
    crumbs: Vec<Crumb>,
    errors: FormErrors,
    desk: String,
    version: i64,
    parts: Vec<report_form::PartField>,
    into: Vec<Choice>,
    lists: Vec<Picks>,
    /// What somebody else kept while this was typed: heading and words of each part.
    kept: Vec<(String, String)>,
    editions: Vec<EditionLine>,
    reason: String,
    can_publish: bool,
    can_restore: bool,
    can_withdraw: bool,
    hidden: bool,
}

/// An edition at the desk.
struct EditionLine {
    number: i64,
    label: String,
    reason: String,
    href: String,
    can_restore: bool,
}

#[derive(askama::Template)]
#[template(path = "desk_report_preview.html")]
struct PreviewPage {
    frame: Frame,
    crumbs: Vec<Crumb>,
    errors: FormErrors,
    desk: String,
    own: String,
    question: String,
    version: i64,
    report: Composed,
    is_first: bool,
    has_map: bool,
    hidden: bool,
    can_publish: bool,
    reason: String,
}

/// GET /desk/conversations/{code}/report
pub async fn report(State(town): State<Town>, visit: Visit, Path(code): Path<String>) -> Answer {
    let known = led(&town, &visit, &code)?;
    show(&town, &visit, &known, Typed::default(), &[]).await
}

/// POST /desk/conversations/{code}/report: keeps the draft; `act` is `keep`, `add` or `preview`.
pub async fn keep_report(State(town): State<Town>, visit: Visit, Path(code): Path<String>, form: Submission) -> Answer {
    let known = led(&town, &visit, &code)?;
    let seen = form.text("version").and_then(|text| text.parse().ok()).unwrap_or(-1);
    let kept = match report_form::sections(&town, &form) {
        Ok(sections) => commands::keep_report(&town, visit.actor.clone(), &code, seen, sections).await,
        Err(refusals) => Err(Stop::Refused(refusals)),
    };
    let desk = desk_path(&code);
    match kept {
        Ok(_) if form.text("act") == Some("preview") => see_other(&format!("{desk}/report/preview")),
        Ok(_) => see_other_saying(&format!("{desk}/report"), "flash-creport-kept"),
        Err(Stop::Refused(refusals)) => show(&town, &visit, &known, Typed(Some(&form)), &refusals).await,
        Err(stop) => Err(stop),
    }
}

/// GET /desk/conversations/{code}/report/preview
pub async fn preview_report(State(town): State<Town>, visit: Visit, Path(code): Path<String>) -> Answer {
    let known = led(&town, &visit, &code)?;
    preview(&town, &visit, &known, Typed::default(), &[]).await
}

/// POST /desk/conversations/{code}/report/publish: `act` is `publish` with the `version` that was looked at, `withdraw`, or
/// `restore` with an `edition`.
pub async fn publish_report(
    State(town): State<Town>,
    visit: Visit,
    Path(code): Path<String>,
    form: Submission,
) -> Answer {
    let known = led(&town, &visit, &code)?;
    let number = |field: &str| form.text(field).and_then(|text| text.parse().ok()).unwrap_or(-1);
    let (next, from_preview) = match form.text("act") {
        Some("publish") => (NextEdition::Draft(number("version")), true),
        Some("withdraw") => (NextEdition::Withdraw, false),
        Some("restore") => (NextEdition::Restore(number("edition")), false),
        _ => return Err(Refusal::new("statement-act").at("act").into()),
    };
    let reason = form.text("reason").unwrap_or_default().to_owned();
    match commands::publish_report(&town, visit.actor.clone(), &code, next, reason).await {
        Ok(_) => see_other_saying(&format!("{}/report", path(&code)), "flash-creport-published"),
        Err(Stop::Refused(refusals)) if from_preview => {
            preview(&town, &visit, &known, Typed(Some(&form)), &refusals).await
        }
        Err(Stop::Refused(refusals)) => show(&town, &visit, &known, Typed(Some(&form)), &refusals).await,
        Err(stop) => Err(stop),
    }
}

async fn stored(town: &Town, code: &str) -> Result<(Option<ReportDraft>, Vec<Edition>), Stop> {
    let code = code.to_owned();
    let read = town.db().read(move |tx| Ok((store::report_draft(tx, &code)?, store::report_editions(tx, &code)?)));
    read.await.map_err(|error: database::DbError| error.into())
}

fn status_of(refusals: &[Refusal]) -> StatusCode {
    refusals.first().map_or(StatusCode::OK, |refusal| refusal.status)
}

async fn show(town: &Town, visit: &Visit, known: &Known, typed: Typed<'_>, refusals: &[Refusal]) -> Answer {
    let (t, code) = (&visit.t, known.conversation.code.as_str());
    let (draft, editions) = stored(town, code).await?;
    let promises: Vec<i64> = known.promises.iter().map(|one| one.number).collect();
    let stale = refusals.iter().any(|one| one.code == "conversation-report-stale");
    let version = draft.as_ref().map_or(0, |draft| draft.version);
    let content = draft.map_or_else(|| report_form::beginning(town, promises), |draft| draft.content);
    // Typed again only what was typed here, not the form of an edition.
    let written = Typed(typed.0.filter(|form| form.raw("position-0").is_some()));
    let parts = report_form::fields(town, visit, &content, written);
    let title = t.say("creport-desk-title");
    let newest = editions.first().map(|one| (one.number, one.restored));
    let lines: Vec<EditionLine> = editions.iter().map(|one| edition_line(visit, code, one, newest)).collect();
    page_with(
        status_of(refusals),
        &ReportPage {
            frame: Frame::new(town, visit, title),
            crumbs: queue_crumbs(visit, known, title),
            errors: FormErrors::of(refusals, t),
            desk: desk_path(code),
            version,
            into: into_choices(visit, parts.len(), written),
            lists: lists(visit, known),
            kept: if stale { words_of(visit, &content) } else { Vec::new() },
            can_restore: lines.iter().any(|one| one.can_restore),
            editions: lines,
            reason: typed.or("reason", String::new),
            can_publish: known.conversation.published_at.is_some(),
            can_withdraw: editions.first().is_some_and(|one| one.state == EditionState::Report),
            hidden: known.conversation.hides_map(visit.at),
            parts,
        },
    )
}

fn edition_line(visit: &Visit, code: &str, one: &Edition, newest: Option<(i64, Option<i64>)>) -> EditionLine {
    let in_force = newest.is_some_and(|(number, restored)| number == one.number || restored == Some(one.number));
    EditionLine {
        number: one.number,
        label: crate::pages::report::label(visit, one),
        reason: one.reason.clone(),
        href: format!("{}/report/{}", path(code), one.number),
        can_restore: one.state == EditionState::Report && !in_force,
    }
}

fn words_of(visit: &Visit, content: &ReportContent) -> Vec<(String, String)> {
    let language = visit.t.language();
    let one = |one: &crate::model::Section| {
        (one.heading.in_language(language).to_owned(), one.words.in_language(language).to_owned())
    };
    content.sections.iter().map(one).collect()
}

fn into_choices(visit: &Visit, parts: usize, typed: Typed<'_>) -> Vec<Choice> {
    let chosen = typed.given("into").unwrap_or("0");
    let one = |at: usize| Choice {
        value: at.to_string(),
        label: visit.t.with1("creport-part", "number", at + 1),
        detail: String::new(),
        chosen: at.to_string() == chosen,
    };
    (0..parts).map(one).collect()
}

/// What the map suggests, and the promises.
fn lists(visit: &Visit, known: &Known) -> Vec<Picks> {
    let t = &visit.t;
    let mut lists = Vec::new();
    let mut list = |heading: &str, picks: Vec<Pick>| {
        if !picks.is_empty() {
            lists.push(Picks { heading: heading.to_owned(), picks });
        }
    };
    let public = |said: &Said| known.statement(said.number).is_some_and(is_public);
    let pick = |said: Said, figures: String| Pick {
        id: format!("s{}", said.number),
        number: said.number,
        said: Some(said),
        words: String::new(),
        figures,
    };
    if let Some(map) = &known.map {
        let map = shown(visit, known, map, None);
        let lines = |all: Vec<Line>| -> Vec<Pick> {
            all.into_iter().filter(|one| public(&one.said)).map(|one| pick(one.said, one.figures)).collect()
        };
        if map.has_groups {
            list(t.say("omap-across"), lines(map.across));
        }
        list(t.say("omap-agreed"), lines(map.agreed));
        list(t.say("omap-rejected"), lines(map.rejected));
        let differing = map.divisive.into_iter().filter(|one| public(&one.said)).map(|one| {
            let shares = one.shares.into_iter().map(|(name, share)| format!("{name}: {share}"));
            pick(one.said, shares.collect::<Vec<_>>().join(" · "))
        });
        list(t.say("omap-divisive"), differing.collect());
        list(t.say("omap-uncertain"), lines(map.uncertain));
        let important = map.important.into_iter().filter(|one| public(&one.said)).map(|one| {
            let figures = t.with2("creport-pick-important", "people", one.people.as_str(), "share", one.share.as_str());
            pick(one.said, figures)
        });
        list(t.say("omap-important"), important.collect());
    }
    let promises = known.promises.iter().map(|one| Pick {
        id: format!("p{}", one.number),
        number: one.number,
        said: None,
        words: one.words.in_language(t.language()).to_owned(),
        figures: one.due_on.clone().unwrap_or_default(),
    });
    list(t.say("cpromise-title"), promises.collect());
    lists
}

async fn preview(town: &Town, visit: &Visit, known: &Known, typed: Typed<'_>, refusals: &[Refusal]) -> Answer {
    let (t, one) = (&visit.t, &known.conversation);
    let code = one.code.as_str();
    let (draft, editions) = stored(town, code).await?;
    let (version, content) =
        draft.map_or_else(|| (0, ReportContent::default()), |draft| (draft.version, draft.content));
    let chosen = content.statements();
    let chosen: Vec<&Statement> =
        known.statements.iter().filter(|one| chosen.binary_search(&one.number).is_ok()).collect();
    let frozen = known.map.as_ref().map(|map| freeze(map, known.map_version, &chosen, one.origin.is_none()));
    let title = t.say("creport-preview");
    let hidden = one.hides_map(visit.at);
    page_with(
        status_of(refusals),
        &PreviewPage {
            frame: Frame::new(town, visit, title),
            crumbs: queue_crumbs(visit, known, title),
            errors: FormErrors::of(refusals, t),
            desk: desk_path(code),
            own: path(code),
            question: one.question.in_language(t.language()).to_owned(),
            version,
            report: composed(town, visit, known, &content, frozen.as_ref()).await?,
            is_first: editions.is_empty(),
            has_map: frozen.is_some(),
            hidden,
            can_publish: one.published_at.is_some() && frozen.is_some() && !hidden && !content.sections.is_empty(),
            reason: typed.or("reason", String::new),
        },
    )
}
