//! One draw: what was committed to when, everybody's chances, and how to recompute it.

use super::{
    show::draw_line,
    views::{DrawView, Matter, QuotaView, file_name, seen},
};
use crate::{acts, model::State, store};
use axum::{
    extract::State as Given,
    http::{HeaderValue, header},
};
use database::Tx;
use web::{
    Answer, Frame, Stop, Town, Visit, Wants,
    answer::{json, page, see_other, text},
    chart::{About, Datum, bars_svg},
    dates::decimal,
    parts::Crumb,
    visit::Path,
};

/// Decimal places of percentages and of the Gini coefficient.
const PERCENT_PLACES: usize = 1;
const GINI_PLACES: usize = 3;

#[derive(askama::Template)]
#[template(path = "assembly_draw.html")]
struct DrawPage {
    frame: Frame,
    crumbs: Vec<Crumb>,
    code: String,
    state: String,
    when: String,
    reason: String,
    fault: String,
    has_lottery: bool,
    is_drawn: bool,
    committed: String,
    one: DrawView,
    panels_of: String,
    chances: String,
    fairness: String,
    freed: String,
    chart: String,
    spread: Vec<(String, u64)>,
    quotas: Vec<QuotaView>,
    audits: bool,
}

async fn read(town: &Town, visit: &Visit, code: String) -> Result<Matter, Stop> {
    let actor = visit.actor.clone();
    let read = move |tx: &mut Tx<'_>| {
        let assembly = seen(tx, &code, &actor)?;
        Ok::<_, Stop>(Matter::of(tx, assembly)?)
    };
    town.db().read(read).await
}

/// GET /assemblies/{code}/draws/{number}
pub async fn show(Given(town): Given<Town>, visit: Visit, Path((code, number)): Path<(String, i64)>) -> Answer {
    let matter = read(&town, &visit, code).await?;
    let draw = matter.draws.iter().find(|one| one.number == number).ok_or(Stop::NotFound)?;
    let (t, language) = (&visit.t, visit.t.language());
    let one = matter.draw_view(&town, draw, language);
    if visit.wants != Wants::Html {
        return json(&one);
    }
    let line = draw_line(&visit, draw);
    let facts = &draw.facts;
    let of = f64::from(facts.panels.max(1));
    let percent = |times: u32| decimal(f64::from(times) * 100.0 / of, PERCENT_PLACES, language);
    let chances = [
        ("least", percent(facts.least).into()),
        ("greatest", percent(facts.greatest).into()),
        ("gini", decimal(facts.gini, GINI_PLACES, language).into()),
        ("ideal", decimal(facts.ideal * 100.0, PERCENT_PLACES, language).into()),
    ];
    let spread = spread(&visit, &facts.spread);
    let title = matter.assembly.plan.title.in_language(language).to_owned();
    page(&DrawPage {
        frame: Frame::new(&town, &visit, line.title.clone()).twins(&visit, super::JSON),
        crumbs: vec![
            Crumb { href: "/assemblies".to_owned(), label: t.say("assemblies-title").to_owned() },
            Crumb { href: format!("/assemblies/{}", matter.assembly.code), label: title },
            Crumb { href: String::new(), label: line.title },
        ],
        code: matter.assembly.code.to_string(),
        state: line.state,
        when: line.when,
        reason: line.reason,
        fault: draw.fault.clone(),
        has_lottery: matches!(draw.state, State::Prepared | State::Drawn),
        is_drawn: draw.is_drawn(),
        committed: visit.date_time(draw.committed_at),
        panels_of: match draw.panel {
            Some(panel) => t.with2("assembly-panel-drawn", "panel", panel, "panels", i64::from(facts.panels)),
            None => String::new(),
        },
        chances: t.with("assembly-chances", &chances),
        fairness: t.with(if facts.proved { "assembly-proved" } else { "assembly-not-proved" }, &chances),
        freed: if facts.declined + facts.silent > 0 {
            t.with2("assembly-freed", "declined", i64::from(facts.declined), "silent", i64::from(facts.silent))
        } else {
            String::new()
        },
        chart: chart(&visit, &spread),
        spread,
        quotas: one.quotas.clone(),
        audits: visit.actor.may_for(&acts::AUDIT, matter.assembly.organisation),
        one,
    })
}

/// How many people have which chance, without the chances that nobody has.
fn spread(visit: &Visit, counts: &[u64]) -> Vec<(String, u64)> {
    let label = |tenth: usize| match tenth {
        10 => visit.t.say("assembly-chance-sure").to_owned(),
        tenth => {
            let (from, until) = (tenth as i64 * 10, tenth as i64 * 10 + 10);
            visit.t.with2("assembly-chance-from", "from", from, "until", until)
        }
    };
    counts.iter().enumerate().filter(|(_, count)| **count > 0).map(|(at, count)| (label(at), *count)).collect()
}

fn chart(visit: &Visit, spread: &[(String, u64)]) -> String {
    let (t, language) = (&visit.t, visit.t.language());
    let datum = |(label, count): &(String, u64)| Datum {
        label: label.clone(),
        value: *count as f64,
        text: web::dates::number(*count as i64, language),
    };
    let about = About {
        id: "spread",
        title: t.say("assembly-chart"),
        desc: t.say("assembly-chart-desc"),
        rtl: language.direction() == "rtl",
    };
    bars_svg(&about, &spread.iter().map(datum).collect::<Vec<_>>(), 3)
}

async fn file(town: &Town, visit: &Visit, (code, number): (String, i64), name: &'static str) -> Answer {
    if visit.wants != Wants::Csv {
        return see_other(&format!("/assemblies/{code}/draws/{number}/{name}.csv"));
    }
    let actor = visit.actor.clone();
    let own = code.clone();
    let read = move |tx: &mut Tx<'_>| {
        let assembly = seen(tx, &own, &actor)?;
        if name == "pool" && !actor.may_for(&acts::AUDIT, assembly.organisation) {
            return Err(Stop::NotAllowed);
        }
        let draw = store::draws(tx, &own)?.into_iter().find(|one| one.number == number).ok_or(Stop::NotFound)?;
        // Before the draw the panels would tell, together with one's own ticket, who can still be drawn with whom.
        if name == "panels" && !draw.is_drawn() {
            return Err(Stop::NotFound);
        }
        store::file(tx, &own, number, name)?.ok_or(Stop::NotFound)
    };
    let body = town.db().read(read).await?;
    let mut answer = text("text/csv; charset=utf-8", body);
    let named = format!("attachment; filename=\"{}\"", file_name(&code, number, name));
    let headers = answer.headers_mut();
    headers.insert(header::CONTENT_DISPOSITION, HeaderValue::from_str(&named).map_err(Stop::fault)?);
    if name == "pool" {
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    Ok(answer)
}

/// GET /assemblies/{code}/draws/{number}/quotas.csv
pub async fn quotas(Given(town): Given<Town>, visit: Visit, Path(at): Path<(String, i64)>) -> Answer {
    file(&town, &visit, at, "quotas").await
}

/// GET /assemblies/{code}/draws/{number}/panels.csv
pub async fn panels(Given(town): Given<Town>, visit: Visit, Path(at): Path<(String, i64)>) -> Answer {
    file(&town, &visit, at, "panels").await
}

/// GET /assemblies/{code}/draws/{number}/pool.csv
pub async fn pool(Given(town): Given<Town>, visit: Visit, Path(at): Path<(String, i64)>) -> Answer {
    file(&town, &visit, at, "pool").await
}
