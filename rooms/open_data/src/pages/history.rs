//! The versions of a dataset: which there were, and the files of each, as long as they are kept.

use super::{edit::editable, show::step_of};
use crate::{
    books::Filed,
    commands,
    model::{Dataset, Resource, ResourceBody, Version, VersionFile},
    store, views,
};
use axum::{extract::State, http::StatusCode};
use database::{DbError, OffRecord};
use serde_json::{Value as Json, json};
use web::{
    Answer, Frame, Refusal, Stop, Town, Visit, Wants,
    answer::{self, see_other_saying},
    dates::number,
    forms::Submission,
    parts::Crumb,
    visit::{Path, Query},
};

/// Versions of a page.
const PAGE: u32 = 50;

type Pairs = [(String, String)];

/// The version that an address asks for; `None` for the newest.
pub(super) fn asked(pairs: &Pairs) -> Option<i64> {
    pairs.iter().find(|(name, _)| name == "version").and_then(|(_, value)| value.trim().parse().ok())
}

fn unknown(version: &str) -> Stop {
    let version: String = version.chars().take(20).collect();
    Refusal::new("data-version-unknown").status(StatusCode::NOT_FOUND).with("version", version).into()
}

/// A resource as it is, or as it was in the version that an address asks for.
///
/// # Errors
/// `NotFound` where it is not there; `data-version-unknown` (404) where there was no such version, or its files are not kept, or
/// closed since a withdrawal.
pub(crate) async fn resource_at(town: &Town, dataset: &Dataset, slug: &str, pairs: &Pairs) -> Result<Resource, Stop> {
    let now = dataset.resource(slug).cloned();
    let text = pairs.iter().find(|(name, _)| name == "version").map_or("", |(_, value)| value.trim());
    if text.is_empty() {
        return now.ok_or(Stop::NotFound);
    }
    let version: i64 = text.parse().map_err(|_| unknown(text))?;
    if !(1..=dataset.version).contains(&version) {
        return Err(unknown(text));
    }
    if version == dataset.version {
        return now.ok_or(Stop::NotFound);
    }
    let (id, slug, own) = (dataset.id.clone(), slug.to_owned(), now.as_ref().map(|one| one.id.clone()));
    let read = town.db().read(move |tx| {
        let since = own.map(|own| store::stands_since(tx, &id, &own)).transpose()?.flatten();
        Ok::<_, DbError>((store::version_file(tx, &id, &slug, version)?, since))
    });
    let (kept, since) = read.await?;
    let Some(kept) = kept else {
        return now.filter(|_| since.is_some_and(|since| since <= version)).ok_or_else(|| unknown(text));
    };
    let (kept, is_hidden) = (kept.resource, kept.is_hidden);
    match now {
        // What is said of it now, where it is the same file still.
        Some(now) if now.id == kept.id && now.file_id == kept.file_id => Ok(now),
        _ if kept.file_id.is_none() || is_hidden => Err(unknown(text)),
        _ => Ok(kept),
    }
}

/// Says on a page that it shows an older version; empty for the newest.
pub(super) fn told(visit: &Visit, dataset: &Dataset, resource: &Resource, version: &str) -> String {
    if version.trim().is_empty() {
        return String::new();
    }
    let values = [
        ("version", version.trim().to_owned().into()),
        ("date", visit.date(resource.updated_at).into()),
        ("newest", dataset.version.into()),
    ];
    visit.t.with("data-version-shown", &values)
}

/// A file of a version on the page.
struct FileLine {
    title: String,
    detail: String,
    original: String,
    table: String,
    changes: String,
    resource: String,
    version: i64,
    may_forget: bool,
}

/// A version on the page.
struct VersionLine {
    title: String,
    detail: String,
    files: Vec<FileLine>,
}

#[derive(askama::Template)]
#[template(path = "versions.html")]
struct VersionsPage {
    frame: Frame,
    crumbs: Vec<Crumb>,
    path: String,
    lines: Vec<VersionLine>,
    first: String,
    next: String,
}

/// GET /data/{name}/versions
pub async fn page(
    State(town): State<Town>,
    visit: Visit,
    Path(name): Path<String>,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Answer {
    let filed = super::open(&town, &visit, &name)?;
    let after = pairs.iter().find(|(name, value)| name == "after" && !value.is_empty()).map(|(_, value)| value.parse());
    let after: i64 = after.transpose().map_err(|_| Refusal::new("paging-cursor").at("after"))?.unwrap_or(i64::MAX);
    let id = filed.dataset.id.clone();
    let read = town.db().read(move |tx| {
        let mut versions = store::versions_before(tx, &id, after, PAGE + 1)?;
        let more = versions.len() > PAGE as usize;
        versions.truncate(PAGE as usize);
        let ends = (versions.last().map_or(0, |one| one.version), versions.first().map_or(0, |one| one.version));
        Ok::<_, DbError>((store::version_files(tx, &id, ends.0, ends.1)?, versions, more))
    });
    let (mut files, versions, more) = read.await?;
    let may_forget = visit.actor.may_for(&crate::acts::PUBLISH, Some(filed.dataset.organisation));
    // What is closed since a withdrawal is shown to those who may take it away for good, and to others as if that were done.
    let shows_hidden = may_forget && visit.wants == Wants::Html;
    for file in files.iter_mut().filter(|file| !shows_hidden && !file.is_open(&filed.dataset)) {
        (file.resource.file_id, file.resource.body) = (None, ResourceBody::default());
    }
    let next = versions.last().filter(|_| more).map(|one| one.version.to_string());
    let path = format!("/data/{}/versions", filed.dataset.name);
    if visit.wants == Wants::Json {
        let next = next.map(|next| town.url(&format!("{path}.json?after={next}")));
        let all: Vec<Json> = versions.iter().map(|one| view(&town, &filed, one, &files)).collect();
        return answer::json(&json!({"dataset": filed.dataset.name, "versions": all, "next": next}));
    }
    let (t, language) = (&visit.t, visit.t.language());
    let line = |one: &Version| {
        let step = step_of(&visit, one);
        let own = files.iter().filter(|file| file.version == one.version);
        let files = own.map(|file| file_line(&visit, &filed.dataset, file, may_forget)).collect();
        VersionLine { title: step.title, detail: step.detail, files }
    };
    answer::page(&VersionsPage {
        frame: Frame::new(&town, &visit, t.say("data-versions")).twins(&visit, &[Wants::Json]),
        crumbs: vec![
            Crumb { href: "/data".to_owned(), label: t.say("open-data-title").to_owned() },
            Crumb {
                href: format!("/data/{}", filed.dataset.name),
                label: filed.dataset.meta.title.in_language(language).to_owned(),
            },
            Crumb { href: String::new(), label: t.say("data-versions").to_owned() },
        ],
        lines: versions.iter().map(line).collect(),
        first: if after == i64::MAX { String::new() } else { path.clone() },
        next: next.map(|next| format!("{path}?after={next}")).unwrap_or_default(),
        path,
    })
}

fn file_line(visit: &Visit, dataset: &Dataset, file: &VersionFile, may_forget: bool) -> FileLine {
    let (one, version) = (&file.resource, file.version);
    let path = format!("/data/{}/{}", dataset.name, one.slug());
    let is_kept = one.file_id.is_some();
    let count = |count: u64| number(i64::try_from(count).unwrap_or(i64::MAX), visit.t.language());
    let rows = one.body.info.as_ref().map(|info| visit.t.with1("data-rows-of", "count", count(info.rows)));
    let is_open = is_kept && file.is_open(dataset);
    let detail = match (is_kept, is_open) {
        (false, _) => visit.t.say("data-version-away").to_owned(),
        (true, false) => visit.t.say("data-version-hidden").to_owned(),
        (true, true) => rows.unwrap_or_default(),
    };
    let only = |is: bool, to: String| if is { to } else { String::new() };
    let is_table = is_open && one.body.info.is_some();
    let is_now = dataset.resources.iter().any(|now| now.file_id == one.file_id);
    FileLine {
        title: if one.body.name.is_empty() { one.slug() } else { one.title(visit.t.language()) }.to_owned(),
        detail,
        original: only(is_open, format!("{path}/file/original?version={version}")),
        table: only(is_table, format!("{path}?version={version}")),
        changes: only(is_table && one.revision > 1, format!("{path}/changes?to={version}")),
        resource: one.id.clone(),
        version,
        may_forget: may_forget && is_kept && !is_now,
    }
}

fn view(town: &Town, filed: &Filed, one: &Version, files: &[VersionFile]) -> Json {
    let file = |file: &VersionFile| {
        let (resource, path) = (&file.resource, format!("/data/{}/{}", filed.dataset.name, file.resource.slug()));
        let to = |end: &str| resource.file_id.as_ref().map(|_| town.url(&format!("{path}{end}{}", one.version)));
        let of_table = |end: &str| to(end).filter(|_| resource.body.info.is_some());
        json!({
            "resource": resource.id, "name": resource.slug(), "title": resource.body.name, "file_name": resource.body.file_name,
            "size_bytes": resource.body.size_bytes, "sha256": resource.body.sha256,
            "rows": resource.body.info.as_ref().map(|info| info.rows), "original_url": to("/file/original?version="),
            "table_url": of_table(".json?version="), "changes_url": of_table("/changes.json?to=").filter(|_| resource.revision > 1),
        })
    };
    let files: Vec<Json> = files.iter().filter(|file| file.version == one.version).map(file).collect();
    let mut all = json!(views::version_view(one));
    all["files"] = json!(files);
    all
}

/// POST /data/{name}/versions/forget: takes a file of an older version away for good, with every table of it, as one that should never have
/// been handed in. `data-version-current` (409) for one that a resource still has.
pub async fn forget(State(town): State<Town>, visit: Visit, Path(name): Path<String>, form: Submission) -> Answer {
    let dataset = editable(&town, &visit, &name)?;
    let resource = form.text("resource").unwrap_or_default().to_owned();
    let version: i64 = form.text("version").and_then(|text| text.parse().ok()).ok_or(Stop::NotFound)?;
    let (id, own) = (dataset.id.clone(), resource.clone());
    let gone = town.db().write(move |tx| {
        let files = store::version_files(tx, &id, version, version)?;
        let file = files.into_iter().find(|one| one.resource.id == own).and_then(|one| one.resource.file_id);
        let file = file.ok_or(Stop::NotFound)?;
        if store::is_file_in_use(tx, &file)? {
            return Err(Refusal::conflict("data-version-current").into());
        }
        store::forget_kept(tx, &id, &file)?;
        tx.commit(OffRecord("a file of an older version is taken away; that it was there stays in the record"), file)
            .map_err(Stop::from)
    });
    commands::clear_files(&town, vec![gone.await?]).await;
    if visit.wants == Wants::Html {
        return see_other_saying(&format!("/data/{}/versions", dataset.name), "flash-dataset-forgotten");
    }
    answer::json(&json!({"forgotten": {"resource": resource, "version": version}}))
}
