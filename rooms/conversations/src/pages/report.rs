//! What came of a conversation, on pages to print.

use super::{
    crumbs, known,
    map::{DistrictRow, district_rows},
    show::{FactsShown, PromiseShown, facts_shown, promises_shown},
    shown::{Shown, shown},
    summary::{SummaryShown, summary_shown},
};
use crate::{store, views::path};
use axum::extract::State;
use web::{Answer, Frame, Stop, Town, Visit, answer::page, parts::Crumb, visit::Path};

#[derive(askama::Template)]
#[template(path = "conversation_report.html")]
struct ReportPage {
    frame: Frame,
    crumbs: Vec<Crumb>,
    question: String,
    introduction: String,
    own: String,
    address: String,
    when: String,
    statements: String,
    facts: Option<FactsShown>,
    summary: Option<SummaryShown>,
    map: Option<Shown>,
    hidden: bool,
    promises: Vec<PromiseShown>,
    districts: Vec<DistrictRow>,
    has_census: bool,
    attribution: String,
}

/// GET /conversations/{code}/report
pub async fn show(State(town): State<Town>, visit: Visit, Path(code): Path<String>) -> Answer {
    let known = known(&town, &visit, &code)?;
    let districts = town.db().read(move |tx| store::of_district(tx, &code)).await.map_err(Stop::from)?;
    let (one, t) = (&known.conversation, &visit.t);
    let line = super::list::line(&visit, &known);
    let title = t.say("conversation-report-title");
    let own = path(one.code.as_str());
    page(&ReportPage {
        frame: Frame::new(&town, &visit, title),
        crumbs: crumbs(&visit, &known, title),
        question: one.question.in_language(t.language()).to_owned(),
        introduction: one.introduction.in_language(t.language()).to_owned(),
        address: town.url(&own),
        own,
        when: line.when,
        statements: line.statements,
        facts: known.facts.as_ref().map(|facts| facts_shown(&visit, facts)),
        summary: summary_shown(&visit, &known),
        map: known.map.as_ref().map(|map| shown(&visit, &known, map, None)),
        hidden: known.hides_map,
        promises: promises_shown(&town, &visit, &known).await?,
        districts: district_rows(&town, &visit, &known, &districts),
        has_census: !one.census.is_empty(),
        attribution: one.origin.clone().unwrap_or_default().attribution,
    })
}
