//! The overview: made from the map as it is now, where no report was published, and beside one.

use super::{EditionLine, lines};
use crate::{
    books::Known,
    model::EditionState,
    pages::{
        crumbs,
        list::line,
        map::{DistrictRow, district_rows},
        show::{FactsShown, PromiseShown, facts_shown, promises_shown},
        shown::{Shown, shown},
        summary::{SummaryShown, summary_shown},
    },
    store,
    views::path,
};
use web::{Answer, Frame, Stop, Town, Visit, Wants, answer::page, parts::Crumb};

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
    /// Whether facilitators published a report that stands.
    has_report: bool,
    /// That it was taken back, and why.
    withdrawn: String,
    editions: Vec<EditionLine>,
}

/// The page of the overview.
pub(super) async fn answer(town: &Town, visit: &Visit, known: &Known) -> Answer {
    let (one, t) = (&known.conversation, &visit.t);
    let code = one.code.to_string();
    let districts = town.db().read(move |tx| store::of_district(tx, &code)).await.map_err(Stop::from)?;
    let line = line(visit, known);
    let title = t.say("conversation-report-title");
    let own = path(one.code.as_str());
    let taken_back = known.edition.as_ref().filter(|edition| edition.state == EditionState::Withdrawn);
    page(&ReportPage {
        frame: Frame::new(town, visit, title).twins(visit, &[Wants::Json]),
        crumbs: crumbs(visit, known, title),
        question: one.question.in_language(t.language()).to_owned(),
        introduction: one.introduction.in_language(t.language()).to_owned(),
        address: town.url(&own),
        own,
        when: line.when,
        statements: line.statements,
        facts: known.facts.as_ref().map(|facts| facts_shown(visit, facts)),
        summary: summary_shown(visit, known),
        map: known.map.as_ref().map(|map| shown(visit, known, map, None)),
        hidden: known.hides_map,
        promises: promises_shown(town, visit, known).await?,
        districts: district_rows(town, visit, known, &districts),
        has_census: !one.census.is_empty(),
        attribution: one.origin.clone().unwrap_or_default().attribution,
        has_report: known.report().is_some(),
        withdrawn: taken_back
            .map(|edition| {
                let day = visit.date(edition.at);
                t.with2("creport-withdrawn", "date", day, "reason", edition.reason.as_str())
            })
            .unwrap_or_default(),
        editions: lines(town, visit, known, 0).await?,
    })
}
