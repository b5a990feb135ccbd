//! Pages: search, following, files; and the form by which a comment comes.

use crate::{acts, documents, files, followers, moderation, search, talk::pages::stands_under_another};
use axum::{
    extract::State,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse as _, Response},
};
use civic::{FileId, Subject};
use people::EmailAddress;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use web::{
    Answer, Frame, Refusal, Route, Stop, Town, Visit, Wants,
    answer::{json, page, see_other_saying},
    forms::Submission,
    limits::Gates,
    manifest::{Catalogue, Doc},
    openapi::{schema_of, text_schema},
    visit::{Path, Query},
};

/// Results one page of a search shows.
const RESULTS_SHOWN: u32 = 50;

pub(crate) fn routes() -> Vec<Route> {
    let search_doc = Doc::new("search", "Find anything by words")
        .query("q", "The words; all must be there.", text_schema())
        .answers(200, "application/json", "The newest matters with these words.", schema_of::<SearchView>());
    vec![
        Route::get("/search", acts::READ, find).twins(&[Wants::Json]).documented(search_doc),
        Route::get("/files/{name}", acts::READ, file),
        Route::get("/documents/{id}", acts::READ, document),
        Route::post("/follow", acts::FOLLOW, follow),
        Route::get("/follow/{token}", acts::FOLLOW, ask_follow),
        Route::post("/follow/{token}", acts::FOLLOW, settle_follow),
    ]
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct Asked {
    q: String,
}

/// What a search found, for machines.
#[derive(Debug, Serialize, JsonSchema)]
struct SearchView {
    query: String,
    results: Vec<ResultView>,
    /// Whether there are older ones that are not in it.
    more: bool,
}

#[derive(Debug, Serialize, JsonSchema)]
struct ResultView {
    kind: String,
    id: String,
    title: String,
    url: String,
    at: String,
}

struct Shown {
    kind: String,
    id: String,
    title: String,
    href: String,
    date: String,
}

#[derive(askama::Template)]
#[template(path = "search.html")]
struct SearchPage {
    frame: Frame,
    query: String,
    results: Vec<Shown>,
    /// Whether there are older ones that are not shown.
    more: bool,
}

async fn find(State(town): State<Town>, visit: Visit, Query(Asked { q }): Query<Asked>) -> Answer {
    let query: String = q.trim().chars().filter(|c| *c != '\0').take(200).collect();
    let words = query.clone();
    let found =
        town.db().read(move |tx| search::find(tx, &words, None, RESULTS_SHOWN + 1)).await.map_err(Stop::from)?;
    let catalogue = town.part::<Catalogue>();
    let more = found.len() > RESULTS_SHOWN as usize;
    let placed = found.into_iter().take(RESULTS_SHOWN as usize).filter_map(|found| {
        let href = catalogue.page_of(&found.subject.kind, &found.subject.id)?;
        Some((found, href))
    });
    if visit.wants == Wants::Json {
        let results = placed.map(|(found, href)| ResultView {
            kind: found.subject.kind,
            id: found.subject.id,
            title: found.title,
            url: town.url(&href),
            at: found.at.rfc3339(),
        });
        return json(&SearchView { query, results: results.collect(), more });
    }
    let kind_of =
        |kind: &str| catalogue.subjects.iter().find(|subject| subject.kind == kind).map(|subject| subject.key);
    let results = placed
        .map(|(found, href)| Shown {
            kind: kind_of(&found.subject.kind).map(|key| visit.t.say(key).to_owned()).unwrap_or_default(),
            id: found.subject.id,
            title: found.title,
            href,
            date: visit.date(found.at),
        })
        .collect();
    let frame = Frame::new(&town, &visit, visit.t.say("search-title")).twins(&visit, &[Wants::Json]);
    page(&SearchPage { frame, query, results, more })
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct FileAsked {
    draft: String,
    small: String,
    key: String,
}

/// A photo. Public once it belongs to something; before that, only for whoever holds the draft's secret.
/// One that is hidden only for moderators and for its author.
async fn file(
    State(town): State<Town>,
    visit: Visit,
    Path(name): Path<String>,
    Query(asked): Query<FileAsked>,
) -> Answer {
    let id: FileId = name.strip_suffix(".jpg").and_then(|id| id.parse().ok()).ok_or(Stop::NotFound)?;
    let small = !asked.small.is_empty();
    let (bytes, public) =
        town.db().read(move |tx| files::picture(tx, id, small)).await.map_err(Stop::from)?.ok_or(Stop::NotFound)?;
    if !public
        && !files::is_of_draft(&town, id, &asked.draft).await?
        && !moderation::pages::may_see_photo(&town, &visit, id, &asked.key).await?
    {
        return Err(Stop::NotFound);
    }
    let mut answer: Response = (StatusCode::OK, [(header::CONTENT_TYPE, "image/jpeg")], bytes).into_response();
    let headers = answer.headers_mut();
    headers.insert(header::CONTENT_DISPOSITION, HeaderValue::from_static("inline; filename=\"photo.jpg\""));
    // Not longer, because a photo may have to be hidden.
    let caching = if public { "public, max-age=600" } else { "no-store" };
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(caching));
    Ok(answer)
}

/// A document, to be saved and not shown: nothing in it runs in our name.
async fn document(State(town): State<Town>, visit: Visit, Path(id): Path<String>) -> Answer {
    let id: FileId = id.parse().map_err(|_| Stop::NotFound)?;
    let found = town.db().read(move |tx| documents::content(tx, id)).await.map_err(Stop::from)?;
    let (name, media_type, bytes, public) = found.ok_or(Stop::NotFound)?;
    if !public && !moderation::pages::may_see_photo(&town, &visit, id, "").await? {
        return Err(Stop::NotFound);
    }
    documents::answer(&name, media_type, bytes, public)
}

/// Reads what a form is about; only kinds that have pages, and only local pages to return to.
pub(crate) async fn subject_of(town: &Town, form: &Submission) -> Result<(Subject, String), Stop> {
    let (kind, id) = form.text("kind").zip(form.text("id")).ok_or(Stop::NotFound)?;
    let subject = Subject { kind: kind.to_owned(), id: id.to_owned() };
    let page = town.part::<Catalogue>().page_of(kind, id).ok_or(Stop::NotFound)?;
    let (asked, own) = (subject.clone(), town.clone());
    let there = town.db().read(move |tx| {
        // What stands under a matter, as a comment, has no comments and followers of its own.
        if stands_under_another(&own, tx, &asked)? {
            return Err(Stop::NotFound);
        }
        Ok(!record::about(tx, &asked, 1)?.is_empty())
    });
    if there.await? { Ok((subject, page)) } else { Err(Refusal::conflict("subject-too-new").into()) }
}

async fn follow(State(town): State<Town>, visit: Visit, form: Submission) -> Answer {
    let (subject, back) = subject_of(&town, &form).await?;
    let refused = || Refusal::new("email-unreadable").at("email");
    let email: EmailAddress = form.text("email").unwrap_or_default().parse().map_err(|_| refused())?;
    town.part::<Gates>().mail(visit.address)?;
    let (now, chance, language, own) = (town.now(), town.chance_handle(), visit.t.language(), town.clone());
    town.db()
        .write(move |tx| {
            followers::ask(tx, &own, &subject, &email, language, now, &*chance)?;
            tx.commit(database::OffRecord("who follows what is private"), ()).map_err(Stop::from)
        })
        .await?;
    see_other_saying(&back, "flash-follow")
}

#[derive(askama::Template)]
#[template(path = "follow.html")]
struct FollowPage {
    frame: Frame,
    what: String,
    href: String,
    token: String,
    confirmed: bool,
}

/// The link of a mail: a page with a button, because mail scanners follow links too.
async fn ask_follow(State(town): State<Town>, visit: Visit, Path(token): Path<String>) -> Answer {
    let asked = token.clone();
    let found = town.db().read(move |tx| followers::by_token(tx, &asked)).await.map_err(Stop::from)?;
    let following = found.ok_or(Stop::NotFound)?;
    let href = town.part::<Catalogue>().page_of(&following.subject.kind, &following.subject.id).unwrap_or_default();
    page(&FollowPage {
        frame: Frame::new(&town, &visit, visit.t.say("follow-title")),
        what: following.subject.id,
        href,
        token,
        confirmed: following.confirmed,
    })
}

async fn settle_follow(State(town): State<Town>, Path(token): Path<String>, form: Submission) -> Answer {
    let leaves = form.text("leave").is_some();
    let now = town.now();
    let good = town
        .db()
        .write(move |tx| {
            let good = if leaves { followers::leave(tx, &token)? } else { followers::confirm(tx, &token, now)? };
            tx.commit(database::OffRecord("who follows what is private"), good).map_err(Stop::from)
        })
        .await?;
    if !good {
        return Err(Stop::NotFound);
    }
    see_other_saying("/", if leaves { "flash-unfollowed" } else { "flash-followed" })
}
