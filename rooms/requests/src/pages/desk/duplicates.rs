//! At the desk: what may be the same, and what was merged.

use super::matter::Typed;
use crate::{
    alike::{self, Asked, Found},
    commands::{DuplicateAct, act_on_duplicate},
    model::{REQUEST, ServiceRequest},
    pages::{
        alike::{Line, line},
        me_too::affected,
        show::may_answer,
    },
    store,
    views::{Eyes, headline},
};
use axum::{extract::State, http::StatusCode};
use civic::Moment;
use database::{DbError, Tx};
use std::collections::BTreeMap;
use web::{
    Answer, Stop, Town, Visit, Wants,
    answer::{json, see_other_saying},
    forms::{FormErrors, Submission},
    visit::Path,
};

/// What the database knows about duplicates of one request.
pub(super) struct Known {
    found: Vec<Found>,
    merged: Vec<ServiceRequest>,
    of: Option<ServiceRequest>,
    root: Option<ServiceRequest>,
    set_aside: BTreeMap<String, bool>,
    count: i64,
}

/// A suggestion.
pub(super) struct Suggestion {
    pub line: Line,
    /// Which of the two is merged, its version, and into which: the later into the earlier.
    pub later: String,
    pub version: i64,
    pub earlier: String,
    /// Whether the officer answers for the other one too.
    pub may_merge: bool,
    /// Whether whoever reported it said that it is another matter.
    pub denied: bool,
}

/// The part of the desk's page.
pub(super) struct Section {
    pub open: bool,
    pub suggestions: Vec<Suggestion>,
    pub merged: Vec<(String, String)>,
    pub of: Option<(String, String)>,
    pub root: Option<(String, String)>,
    pub set_aside: Vec<String>,
    pub count: i64,
    pub into: String,
}

pub(super) fn read(tx: &mut Tx<'_>, request: &ServiceRequest, now: Moment) -> Result<Known, DbError> {
    let code = request.code.as_str();
    let set_aside = store::set_aside_of(tx, code)?;
    let found = if request.state.is_open() { suggested(tx, request, &set_aside, now)? } else { Vec::new() };
    let of = match request.state.duplicate_of() {
        Some(of) => store::by_code(tx, of.as_str())?,
        None => None,
    };
    let root = of.clone().map(|of| store::root_of(tx, of)).transpose()?;
    let merged = store::merged_into(tx, code)?;
    Ok(Known { count: affected(tx, root.as_ref().unwrap_or(request))?, found, merged, of, root, set_aside })
}

/// Open ones that may be the same, without those an officer set aside.
fn suggested(
    tx: &mut Tx<'_>,
    request: &ServiceRequest,
    set_aside: &BTreeMap<String, bool>,
    now: Moment,
) -> Result<Vec<Found>, DbError> {
    let by_officers = set_aside.iter().filter(|(_, by_reporter)| !**by_reporter).map(|(code, _)| code.clone());
    let photos = commons::files::hashes_of_each(tx, REQUEST.0, &[request.code.as_str()])?;
    let asked = Asked {
        category: request.category.clone(),
        place: request.place,
        address: request.address.clone(),
        text: request.description.clone(),
        photo: photos.first().map(|(_, hash)| *hash),
        without: by_officers.chain([request.code.to_string()]).collect(),
        open_only: true,
    };
    alike::find(tx, &asked, request.opened_at, now)
}

pub(super) fn section(
    visit: &Visit,
    eyes: &Eyes<'_>,
    request: &ServiceRequest,
    known: Known,
    typed: &Typed,
) -> Section {
    let Known { found, merged, of, root, set_aside, count } = known;
    let named = |one: &ServiceRequest| (one.code.to_string(), headline(&eyes.row(one)));
    let suggestion = |found: &Found| {
        let other = &found.request;
        let is_later = (other.opened_at, other.id.text()) > (request.opened_at, request.id.text());
        let (later, earlier) = if is_later { (other, request) } else { (request, other) };
        Suggestion {
            line: line(visit, eyes, found, ""),
            later: later.code.to_string(),
            version: later.version,
            earlier: earlier.code.to_string(),
            may_merge: may_answer(&visit.actor, other),
            denied: set_aside.get(other.code.as_str()).copied().unwrap_or(false),
        }
    };
    Section {
        open: request.state.is_open(),
        suggestions: found.iter().map(suggestion).collect(),
        merged: merged.iter().map(named).collect(),
        root: root.filter(|root| of.as_ref().is_some_and(|of| of.id != root.id)).as_ref().map(named),
        of: of.as_ref().map(named),
        set_aside: set_aside.into_iter().filter(|(_, by_reporter)| !by_reporter).map(|(code, _)| code).collect(),
        count,
        into: typed.into.clone().unwrap_or_default(),
    }
}

/// POST /desk/{code}/merge: into the earlier one named `into`.
pub async fn merge(state: State<Town>, visit: Visit, path: Path<String>, form: Submission) -> Answer {
    let act = DuplicateAct::Merge { into: form.text("into").unwrap_or_default().to_owned() };
    done(state, visit, path, form, "merge", act).await
}

/// POST /desk/{code}/separate
pub async fn separate(state: State<Town>, visit: Visit, path: Path<String>, form: Submission) -> Answer {
    let act = DuplicateAct::Separate { reason: form.text("text").unwrap_or_default().to_owned() };
    done(state, visit, path, form, "separate", act).await
}

/// POST /desk/{code}/not-same: a suggestion is not shown again; with `again` it is.
pub async fn not_same(state: State<Town>, visit: Visit, path: Path<String>, form: Submission) -> Answer {
    let other = form.text("other").unwrap_or_default().to_owned();
    let act = DuplicateAct::SetAside { other, again: form.is_ticked("again") };
    done(state, visit, path, form, "not-same", act).await
}

async fn done(
    State(town): State<Town>,
    visit: Visit,
    Path(code): Path<String>,
    form: Submission,
    word: &'static str,
    act: DuplicateAct,
) -> Answer {
    let flash = match &act {
        DuplicateAct::Merge { .. } => "flash-merged",
        DuplicateAct::Separate { .. } => "flash-separated",
        DuplicateAct::SetAside { again: true, .. } => "flash-suggested-again",
        DuplicateAct::SetAside { .. } => "flash-set-aside",
    };
    let seen_version = form.text("version").and_then(|text| text.parse().ok());
    // A later one may be merged from the page of the earlier one; then that page is shown again.
    let back = form.text("back").filter(|back| back.parse::<civic::Code>().is_ok()).unwrap_or(&code).to_owned();
    match act_on_duplicate(&town, visit.actor.clone(), &code, seen_version, act).await {
        Ok(request) if visit.wants != Wants::Html => json(&Eyes::new(&town, visit.t.language()).row(&request)),
        Ok(_) => see_other_saying(&format!("/desk/{back}"), flash),
        Err(Stop::Refused(refusals)) if visit.wants == Wants::Html => {
            let status = refusals.first().map_or(StatusCode::CONFLICT, |refusal| refusal.status);
            let errors = FormErrors::of(&refusals, &visit.t);
            super::matter::show(&town, &visit, back, Typed::of(&form, word), errors, status).await
        }
        Err(stop) => Err(stop),
    }
}
