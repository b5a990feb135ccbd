//! The administrator's page of catalogues.

use super::{HarvestReport, readers};
use crate::{
    acts,
    books::Books,
    commands::new_id,
    plans::{is_rhythm, rhythms},
    store::{self, HarvestSource},
};
use axum::{extract::State, http::StatusCode};
use database::{DbError, OffRecord};
use people::organisations;
use web::{
    Answer, Frame, Refusal, Route, Stop, Town, Visit, Wants,
    answer::{json, page_with, see_other_saying},
    forms::{FormErrors, Submission},
    parts::{Choice, Crumb},
    visit::Path,
};

/// Bytes of a catalogue that is handed in as a file.
const FILE_LIMIT_BYTES: usize = 64 * 1024 * 1024;

/// The routes of the page.
pub fn routes() -> Vec<Route> {
    vec![
        Route::get("/data/harvest", acts::HARVEST, page).twins(&[Wants::Json]),
        Route::post("/data/harvest", acts::HARVEST, add),
        Route::post("/data/harvest/{id}/run", acts::HARVEST, run).body_limit(FILE_LIMIT_BYTES),
        Route::post("/data/harvest/{id}/every", acts::HARVEST, every),
    ]
}

struct SourceLine {
    id: String,
    url: String,
    kind: String,
    when: String,
    sum: String,
    failures: Vec<(String, String)>,
    warned: String,
    warnings: Vec<(String, String)>,
    rhythms: Vec<Choice>,
}

#[derive(askama::Template)]
#[template(path = "harvest.html")]
struct HarvestPage {
    frame: Frame,
    errors: FormErrors,
    crumbs: Vec<Crumb>,
    sources: Vec<SourceLine>,
    kinds: Vec<Choice>,
    organisations: Vec<Choice>,
    url: String,
}

/// GET /data/harvest
async fn page(State(town): State<Town>, visit: Visit) -> Answer {
    let sources = town.db().read(store::sources).await.map_err(|error: DbError| Stop::from(error))?;
    if visit.wants == Wants::Json {
        let view = |one: &HarvestSource| {
            serde_json::json!({
                "id": one.id, "url": one.url, "kind": one.kind, "run_at": one.run_at.map(civic::Moment::rfc3339),
                "every_days": one.every_days,
                "report": serde_json::from_str::<serde_json::Value>(&one.report).unwrap_or_default(),
            })
        };
        return json(&serde_json::json!({"sources": sources.iter().map(view).collect::<Vec<_>>()}));
    }
    render(&town, &visit, &sources, &[], "")
}

fn render(town: &Town, visit: &Visit, sources: &[HarvestSource], refusals: &[Refusal], url: &str) -> Answer {
    let t = &visit.t;
    let shelves = town.part::<Books>().now();
    let choice = |value: &str, label: &str| Choice {
        value: value.to_owned(),
        label: label.to_owned(),
        detail: String::new(),
        chosen: false,
    };
    let line = |one: &HarvestSource| {
        let report = serde_json::from_str::<HarvestReport>(&one.report).unwrap_or_default();
        let values = [
            ("seen", report.seen.into()),
            ("made", report.made.into()),
            ("changed", report.changed.into()),
            ("same", report.same.into()),
            ("gone", report.gone.into()),
            ("failed", report.failed.into()),
        ];
        SourceLine {
            id: one.id.clone(),
            url: one.url.clone(),
            kind: one.kind.clone(),
            when: one.run_at.map(|at| visit.date_time(at)).unwrap_or_default(),
            sum: if report.broken.is_empty() { t.with("harvest-sum", &values) } else { report.broken.clone() },
            warned: t.with1("harvest-warned", "count", i64::try_from(report.warned).unwrap_or(i64::MAX)),
            warnings: report.warnings.iter().map(|one| (one.dataset.clone(), one.why.clone())).collect(),
            failures: report.failures.iter().map(|one| (one.dataset.clone(), one.why.clone())).collect(),
            rhythms: rhythms(t, one.every_days),
        }
    };
    let page = HarvestPage {
        frame: Frame::new(town, visit, t.say("harvest-title")),
        errors: FormErrors::of(refusals, t),
        crumbs: vec![
            Crumb { href: "/data".to_owned(), label: t.say("open-data-title").to_owned() },
            Crumb { href: String::new(), label: t.say("harvest-title").to_owned() },
        ],
        sources: sources.iter().map(line).collect(),
        kinds: vec![choice("ckan", "CKAN"), choice("dcat", "DCAT (RDF)"), choice("datajson", "data.json")],
        organisations: shelves
            .organisations
            .values()
            .map(|one| choice(&one.code, one.name.in_language(t.language())))
            .collect(),
        url: url.to_owned(),
    };
    page_with(refusals.first().map_or(StatusCode::OK, |refusal| refusal.status), &page)
}

/// POST /data/harvest
async fn add(State(town): State<Town>, visit: Visit, form: Submission) -> Answer {
    let text = |name: &str| form.text(name).unwrap_or_default().to_owned();
    let (url, kind, agency) = (text("url"), text("kind"), text("organisation"));
    let sources = town.db().read(store::sources).await.map_err(|error: DbError| Stop::from(error))?;
    let mut wrong = Vec::new();
    if !crate::decide::is_web_address(&url) {
        wrong.push(Refusal::new("dataset-url").at("url"));
    }
    if !readers::KINDS.contains(&kind.as_str()) {
        wrong.push(Refusal::new("harvest-kind").at("kind"));
    }
    if !wrong.is_empty() {
        return if visit.wants == Wants::Html {
            render(&town, &visit, &sources, &wrong, &url)
        } else {
            Err(Stop::Refused(wrong))
        };
    }
    let (now, id) = (town.now(), new_id(town.now(), town.chance()));
    let added = town.db().write(move |tx| {
        let organisation = organisations::by_code(tx, &agency)?
            .ok_or_else(|| Refusal::new("dataset-organisation").at("organisation"))?;
        let source = HarvestSource {
            id,
            url,
            kind,
            organisation: organisation.id,
            run_at: None,
            report: String::new(),
            every_days: 0,
        };
        if !store::add_source(tx, &source, now)? {
            return Err(Stop::from(Refusal::conflict("harvest-known").at("url")));
        }
        tx.commit(OffRecord("where datasets are taken over from is on the page; each dataset is on the record"), source)
            .map_err(Stop::from)
    });
    match added.await {
        Ok(source) if visit.wants == Wants::Html => {
            let _added = source;
            see_other_saying("/data/harvest", "flash-harvest-added")
        }
        Ok(source) => json(&serde_json::json!({"id": source.id, "url": source.url, "kind": source.kind})),
        Err(Stop::Refused(refusals)) if visit.wants == Wants::Html => {
            render(&town, &visit, &sources, &refusals, form.text("url").unwrap_or_default())
        }
        Err(stop) => Err(stop),
    }
}

/// POST /data/harvest/{id}/run
async fn run(State(town): State<Town>, visit: Visit, Path(id): Path<String>, form: Submission) -> Answer {
    let source = found(&town, id).await?;
    let file = form.file("file").map(|file| file.bytes.clone());
    let report = super::run(&town, &visit.actor, &source, file).await?;
    if visit.wants == Wants::Html { see_other_saying("/data/harvest", "flash-harvest-done") } else { json(&report) }
}

async fn found(town: &Town, id: String) -> Result<HarvestSource, Stop> {
    let source = town.db().read(move |tx| store::source(tx, &id)).await.map_err(|error: DbError| Stop::from(error))?;
    source.ok_or(Stop::NotFound)
}

/// POST /data/harvest/{id}/every
async fn every(State(town): State<Town>, visit: Visit, Path(id): Path<String>, form: Submission) -> Answer {
    let source = found(&town, id).await?;
    let days = form.text("every").unwrap_or("0").parse::<i64>().ok().filter(|days| *days == 0 || is_rhythm(*days));
    let days = days.ok_or_else(|| Refusal::new("dataset-every").at("every"))?;
    let next = (days > 0).then(|| source.run_at.unwrap_or(town.now()).plus_days(days).max(town.now()));
    let own = source.id.clone();
    let written = town.db().write(move |tx| {
        store::set_every(tx, &own, days, next)?;
        tx.commit(OffRecord("where datasets are taken over from is on the page; each dataset is on the record"), ())
    });
    written.await.map_err(|error: DbError| Stop::from(error))?;
    if visit.wants == Wants::Html {
        return see_other_saying("/data/harvest", "flash-dataset-planned");
    }
    json(&serde_json::json!({"id": source.id, "every_days": days, "next_at": next.map(civic::Moment::rfc3339)}))
}
