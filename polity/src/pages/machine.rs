//! What machines ask of any site.

use crate::operations::{Machine, Signing, Unsigned};
use axum::{
    extract::State,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use civic::Language;
use metrics_exporter_prometheus::PrometheusHandle;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::OnceLock;
use web::{
    Answer, Stop, Town,
    answer::{json_with, see_other, text},
    assets,
    feed::escape,
    manifest::{Catalogue, Doc},
    openapi::schema_of,
    serve::LANGUAGE_COOKIE,
    visit::{Path, Query},
};

/// Free bytes on the disk of the town below which nothing more can be promised.
const DISK_FULL_BYTES: u64 = 64 * 1024 * 1024;
/// Addresses of one sitemap file (sitemaps.org: at most 50,000).
const SITEMAP_PAGES_LIMIT: u32 = 1_000;
/// How long a choice of language is remembered, in seconds.
const LANGUAGE_SECONDS: u32 = 31_536_000;

/// Where to return to.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Back {
    back: String,
}

/// GET /language/{tag}
pub async fn choose_language(
    State(town): State<Town>,
    Path(tag): Path<String>,
    Query(Back { back }): Query<Back>,
) -> Answer {
    let language: Language = tag.parse().map_err(|_| Stop::NotFound)?;
    if !town.settings().languages.contains(&language) {
        return Err(Stop::NotFound);
    }
    let mut answer = see_other(people::local_path(&back).unwrap_or("/"))?;
    let secure = if town.settings().secure_cookies { "; Secure" } else { "" };
    let cookie = format!(
        "{LANGUAGE_COOKIE}={}; Path=/; Max-Age={LANGUAGE_SECONDS}; HttpOnly; SameSite=Lax{secure}",
        language.tag()
    );
    answer.headers_mut().append(header::SET_COOKIE, HeaderValue::from_str(&cookie).map_err(Stop::fault)?);
    Ok(answer)
}

/// GET /assets/…
pub async fn asset(headers: HeaderMap, Path(path): Path<String>) -> Answer {
    let asset = assets::find(&format!("/assets/{path}")).ok_or(Stop::NotFound)?;
    let accepted = headers.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let (bytes, coding) = asset.for_reader(accepted);
    let mut answer = text(asset.mime, bytes);
    let headers = answer.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(assets::CACHE_CONTROL));
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    if let Some(coding) = coding {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(coding));
    }
    Ok(answer)
}

/// GET /town.css: the town's own colours. Their address names them, so they can be kept for a day.
pub async fn hues(State(town): State<Town>) -> Answer {
    let mut answer = text("text/css; charset=utf-8", web::hues::stylesheet(&town.settings().hues));
    answer.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=86400"));
    Ok(answer)
}

/// GET /sitemap.xml: the files of each room (sitemaps.org/protocol).
pub async fn sitemap_index(State(town): State<Town>) -> Answer {
    let mut files = String::new();
    for (room, sitemap) in town.part::<Catalogue>().sitemaps.clone().into_iter().enumerate() {
        for page in 0..SITEMAP_PAGES_LIMIT {
            let found = town.db().read_long(move |tx| sitemap(tx, page)).await.map_err(Stop::from)?;
            if found.is_empty() {
                break;
            }
            let address = escape(&town.url(&format!("/sitemap/{room}/{page}")));
            files.push_str(&format!("<sitemap><loc>{address}</loc></sitemap>\n"));
        }
    }
    let body = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<sitemapindex xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n{files}</sitemapindex>\n"
    );
    Ok(text("application/xml; charset=utf-8", body))
}

/// GET /sitemap/{room}/{page}
pub async fn sitemap_page(State(town): State<Town>, Path((room, page)): Path<(usize, u32)>) -> Answer {
    let sitemap = *town.part::<Catalogue>().sitemaps.get(room).ok_or(Stop::NotFound)?;
    let found = town.db().read_long(move |tx| sitemap(tx, page)).await.map_err(Stop::from)?;
    if found.is_empty() {
        return Err(Stop::NotFound);
    }
    let mut urls = String::new();
    for (path, changed) in found {
        let changed =
            if changed.micros() == 0 { String::new() } else { format!("<lastmod>{}</lastmod>", changed.rfc3339()) };
        urls.push_str(&format!("<url><loc>{}</loc>{changed}</url>\n", escape(&town.url(&path))));
    }
    let body = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n{urls}</urlset>\n"
    );
    Ok(text("application/xml; charset=utf-8", body))
}

/// GET /robots.txt
pub async fn robots(State(town): State<Town>) -> Answer {
    let closed = ["/desk", "/admin", "/me", "/report/", "/sign-in", "/outbox", "/follow/", "/alerts/mail/"];
    let lines: String = closed.iter().map(|path| format!("Disallow: {path}\n")).collect();
    Ok(text("text/plain; charset=utf-8", format!("User-agent: *\n{lines}Sitemap: {}\n", town.url("/sitemap.xml"))))
}

/// What is wrong with a town.
#[derive(Debug, Serialize, JsonSchema)]
struct TroubleView {
    /// `database`, `record-refuses`, `record-waits` or `disk-full`.
    code: String,
    /// A sentence for whoever operates the town.
    detail: String,
}

/// Whether the town does what it is for.
#[derive(Debug, Serialize, JsonSchema)]
struct HealthView {
    /// `ok`, or `failing` where anything is wrong.
    status: String,
    /// What is wrong, the gravest first; empty when all is well.
    problems: Vec<TroubleView>,
    /// The version of the program.
    version: String,
    /// Entries of the record that are signed.
    record_entries: u64,
}

/// GET /health: 200 while the database answers, the record signs and the disk takes more; else 503 with what is wrong.
pub async fn health(State(town): State<Town>) -> Response {
    let answers = town.db().read(|tx| tx.query_one("select 1", &[]).map(|_| ())).await;
    let problems = troubles(&town, answers.err());
    let status = if problems.is_empty() { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    let view = HealthView {
        status: if problems.is_empty() { "ok" } else { "failing" }.to_owned(),
        problems,
        version: env!("CARGO_PKG_VERSION").to_owned(),
        record_entries: town.record().checkpoint().map_or(0, |checkpoint| checkpoint.size),
    };
    json_with(status, &view).unwrap_or_else(|_| status.into_response())
}

fn troubles(town: &Town, database: Option<database::DbError>) -> Vec<TroubleView> {
    let mut troubles = Vec::new();
    let mut tell = |code: &str, detail: String| troubles.push(TroubleView { code: code.to_owned(), detail });
    if database.is_some() {
        tell("database", "the database does not answer".to_owned());
    }
    match town.part::<Signing>().wrong(town.now()) {
        Some(Unsigned::Refuses(why)) => tell("record-refuses", why),
        // Not why: the error of a database may name its address, and this page is everybody's.
        Some(Unsigned::Waits(seconds)) => {
            tell("record-waits", format!("for {seconds} s nothing could be signed; the log says why"));
        }
        None => {}
    }
    let free = town.part::<Machine>().disk_bytes().map(|(free, _)| free);
    if let Some(free) = free.filter(|free| *free < DISK_FULL_BYTES) {
        tell("disk-full", format!("{free} bytes are free on the disk of the town's folder"));
    }
    troubles
}

/// How it is described to developers.
pub fn health_doc() -> Doc {
    Doc::new(
        "town",
        "Whether the town does what it is for: the database answers, the record signs, the disk takes more",
    )
    .answers(200, "application/json", "All is well.", schema_of::<HealthView>())
    .answers(503, "application/json", "Something is wrong; `problems` says what.", schema_of::<HealthView>())
}

/// The counters of this process.
pub fn counters() -> Option<&'static PrometheusHandle> {
    static HANDLE: OnceLock<Option<PrometheusHandle>> = OnceLock::new();
    HANDLE.get_or_init(|| metrics_exporter_prometheus::PrometheusBuilder::new().install_recorder().ok()).as_ref()
}

/// GET /metrics: for Prometheus (text format 0.0.4). Counts only, nothing about anybody.
pub async fn metrics(State(town): State<Town>) -> Answer {
    let counts = town.db().read(database::jobs::counts).await.map_err(|error: database::DbError| Stop::from(error))?;
    let size = town.record().checkpoint().map_or(0, |checkpoint| checkpoint.size);
    let mut body = counters().map(PrometheusHandle::render).unwrap_or_default();
    for (name, what, value) in [
        ("polity_jobs_waiting", "Jobs in the outbox.", counts.waiting.to_string()),
        ("polity_jobs_dead", "Jobs that were given up.", counts.dead.to_string()),
        ("polity_record_entries", "Entries of the record that are signed.", size.to_string()),
    ] {
        body.push_str(&format!("# HELP {name} {what}\n# TYPE {name} gauge\n{name} {value}\n"));
    }
    Ok(text("text/plain; version=0.0.4; charset=utf-8", body))
}
