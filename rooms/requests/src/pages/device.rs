//! Reports kept on the device: the page that opens without a network, and the worker that keeps it there.

use super::{
    list::choices,
    report::{Question, questions_of},
};
use crate::room::Books;
use axum::{
    extract::State,
    http::{HeaderName, HeaderValue, header},
};
use places::Districts;
use std::collections::BTreeMap;
use web::{
    Answer, Frame, Stop, Town, Visit,
    answer::{page, text},
    assets,
    parts::Choice,
};

/// Where the worker may work: the report and nothing else (Service Workers, 7.7 "Service-Worker-Allowed").
const SCOPE: &str = "/report";

/// The questions of one category.
struct Group {
    category: String,
    questions: Vec<Question>,
}

#[derive(askama::Template)]
#[template(path = "report_device.html")]
struct DevicePage {
    frame: Frame,
    categories: Vec<Choice>,
    districts: Vec<Choice>,
    groups: Vec<Group>,
}

/// GET /report/device: one form on one page, kept by the worker. It is the same for everybody, so that what a device keeps
/// names nobody.
pub async fn device(State(town): State<Town>, visit: Visit) -> Answer {
    let book = town.part::<Books>().categories();
    let offered = book.offered();
    let named =
        offered.iter().map(|one| (one.code.clone(), one.definition.name.in_language(visit.t.language()).to_owned()));
    let group = |code: &str| Group {
        category: code.to_owned(),
        questions: questions_of(&town, &visit, code, &BTreeMap::new()),
    };
    page(&DevicePage {
        frame: Frame::new(&town, &visit, visit.t.say("device-title")),
        categories: choices(visit.t.say("desk-choose"), named, ""),
        districts: choices(visit.t.say("report-no-district"), town.part::<Districts>().all(), ""),
        groups: offered.iter().map(|one| group(&one.code)).filter(|group| !group.questions.is_empty()).collect(),
    })
}

/// GET /report/worker.js: looked at anew on each visit, so that another edition of the program is noticed.
pub async fn worker() -> Answer {
    let asset = assets::WORKER.and_then(assets::find).ok_or(Stop::NotFound)?;
    let mut answer = text(asset.mime, asset.bytes);
    let headers = answer.headers_mut();
    headers.insert(HeaderName::from_static("service-worker-allowed"), HeaderValue::from_static(SCOPE));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    Ok(answer)
}
