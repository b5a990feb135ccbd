use super::person_of;
use axum::extract::State;
use civic::Subject;
use database::{Cursor, DbError};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use web::{
    Answer, Doc, Frame, Refusal, Stop, Town, Visit, Wants,
    answer::{json, page},
    forms::FormErrors,
    manifest::{ActivityEnd, Catalogue, Done},
    openapi::{schema_of, text_schema},
    paging::{self, link_next},
    parts::Choice,
    table::csv_answer,
    visit::Query,
};

/// The forms of the list.
pub(super) const TWINS: &[Wants] = &[Wants::Json, Wants::Csv];
/// Characters of somebody's own words that the list shows.
const WORDS_SHOWN: usize = 200;

/// Which activity.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    kind: String,
    after: String,
    limit: String,
}

/// What somebody did, for machines.
#[derive(Debug, Serialize, JsonSchema)]
struct ActivityView {
    /// What was done, newest first.
    activity: Vec<DoneView>,
    /// Where the next page begins, for `after`; none on the last.
    next: Option<String>,
}

/// One thing that somebody did.
#[derive(Debug, Serialize, JsonSchema)]
struct DoneView {
    /// When (RFC 3339, UTC).
    at: String,
    /// Its kind, as `report` or `comment`.
    kind: String,
    /// What it is about.
    title: String,
    /// The person's own words, shortened; empty for none.
    words: String,
    /// Its page.
    url: String,
}

struct Line {
    date: String,
    what: String,
    title: String,
    words: String,
    href: String,
}

#[derive(askama::Template)]
#[template(path = "people_activity.html")]
struct ActivityPage {
    frame: Frame,
    errors: FormErrors,
    kinds: Vec<Choice>,
    kind: String,
    lines: Vec<Line>,
    first: String,
    next: String,
}

/// GET /me/activity: what the visitor did, in all rooms.
pub(super) async fn show(State(town): State<Town>, visit: Visit, Query(asked): Query<Asked>) -> Answer {
    let person = person_of(&visit)?;
    let (after, limit) = paging::read(Some(&asked.after), Some(&asked.limit))?;
    let before = after.as_ref().map(end_of).transpose()?;
    let kind = known_kind(&town, &asked.kind)?;
    let (own, language) = (town.clone(), visit.t.language());
    let look = town.db().read(move |tx| {
        let catalogue = own.part::<Catalogue>();
        let (done, next) = catalogue.done_by(tx, person, &kind, before.as_ref(), limit)?;
        let subjects: Vec<Subject> = done.iter().map(|one| one.about.clone()).collect();
        let briefs = catalogue.briefs(&own, tx, &subjects, language)?;
        let titles: BTreeMap<Subject, String> = briefs.into_iter().map(|brief| (brief.subject, brief.title)).collect();
        Ok::<_, DbError>((done, next, titles))
    });
    let (done, next, titles) = look.await.map_err(Stop::from)?;
    let next = next.map(|(at, kind, place)| Cursor::new(at, format!("{kind}/{place}")));
    // What is not public has its code for a title.
    let title = |one: &Done| titles.get(&one.about).cloned().unwrap_or_else(|| one.about.id.clone());
    let href = |one: &Done| {
        let page = town.part::<Catalogue>().page_of(&one.subject.kind, &one.subject.id);
        page.unwrap_or_else(|| "/me/activity".to_owned())
    };
    if visit.wants == Wants::Html {
        let line = |one: &Done| Line {
            date: visit.date_time(one.at),
            what: visit.t.say(one.key).to_owned(),
            title: title(one),
            words: shortened(&one.words),
            href: href(one),
        };
        let lines = done.iter().map(line).collect();
        return show_page(&town, &visit, &asked, lines, next.as_ref());
    }
    let views = done.iter().map(|one| DoneView {
        at: one.at.rfc3339(),
        kind: one.kind.to_owned(),
        title: title(one),
        words: shortened(&one.words),
        url: town.url(&href(one)),
    });
    if visit.wants == Wants::Csv {
        let mut answer = csv_answer(&["at", "kind", "title", "words", "url"], views.map(cells))?;
        link_next(&town, &visit, "/me/activity", next.as_ref(), &mut answer);
        return Ok(answer);
    }
    json(&ActivityView { activity: views.collect(), next: next.map(|next| next.encode()) })
}

fn cells(view: DoneView) -> [String; 5] {
    [view.at, view.kind, view.title, view.words, view.url]
}

fn shortened(words: &str) -> String {
    let mut short: String = words.chars().take(WORDS_SHOWN).collect();
    if short.len() < words.len() {
        short.push('…');
    }
    short
}

/// A kind that some room has; empty for all.
fn known_kind(town: &Town, kind: &str) -> Answer<String> {
    let all = &town.part::<Catalogue>().activity;
    if kind.is_empty() || all.iter().any(|one| one.kind == kind) {
        return Ok(kind.to_owned());
    }
    let kinds: Vec<&str> = all.iter().map(|one| one.kind).collect();
    Err(Refusal::new("people-activity-kind").at("kind").with("kinds", kinds.join(", ")).into())
}

/// Where the page before ended: a moment, then kind and place.
fn end_of(cursor: &Cursor) -> Answer<ActivityEnd> {
    let (kind, place) = cursor.id().split_once('/').ok_or_else(|| Refusal::new("paging-cursor").at("after"))?;
    Ok((cursor.at(), kind.to_owned(), place.to_owned()))
}

fn show_page(town: &Town, visit: &Visit, asked: &Asked, lines: Vec<Line>, next: Option<&Cursor>) -> Answer {
    let t = &visit.t;
    let choice = |value: &str, key: &str| Choice {
        value: value.to_owned(),
        label: t.say(key).to_owned(),
        detail: String::new(),
        chosen: asked.kind == value,
    };
    let all = town.part::<Catalogue>().activity.iter().map(|one| choice(one.kind, one.key));
    let here =
        if asked.kind.is_empty() { "/me/activity?".to_owned() } else { format!("/me/activity?kind={}&", asked.kind) };
    let first = here.trim_end_matches(['?', '&']).to_owned();
    page(&ActivityPage {
        frame: Frame::new(town, visit, t.say("people-activity-heading")).twins(visit, TWINS),
        errors: FormErrors::default(),
        kinds: std::iter::once(choice("", "people-activity-all")).chain(all).collect(),
        kind: asked.kind.clone(),
        lines,
        first: if asked.after.is_empty() { String::new() } else { first },
        next: next.map(|next| format!("{here}after={}", next.encode())).unwrap_or_default(),
    })
}

/// How developers read about it.
pub(super) fn doc() -> Doc {
    Doc::new("people", "What you did here, in all rooms, newest first; never how you voted")
        .query("kind", "Only this kind, as `report` or `comment`.", text_schema())
        .query("after", "Where the page before ended.", text_schema())
        .query("limit", "Items of a page, at most 1000.", text_schema())
        .answers(200, Wants::Json.media_type(), "What was done.", schema_of::<ActivityView>())
}
