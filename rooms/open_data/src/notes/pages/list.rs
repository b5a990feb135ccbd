//! Lists of notes.

use super::{LIST_TWINS, crumb, list_path, list_title, state_name};
use crate::{
    books::Books,
    notes::{
        model::{Note, NoteKind, NoteState},
        store::{self, Filter},
        views::{Told, view},
    },
};
use axum::extract::State;
use database::{Cursor, DbError, Page};
use serde::Deserialize;
use web::{
    Answer, Frame, Refusal, Stop, Town, Visit, Wants,
    answer::{json, page},
    dates::number,
    feed::{Item, rss_answer},
    paging,
    parts::{Choice, Crumb},
    table::csv_answer,
    visit::{Path, Query},
};

/// Characters of a text that a list shows.
const TEXT_SHOWN: usize = 200;

/// What an address asks for, as written.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    state: String,
    dataset: String,
    sort: String,
    after: String,
    limit: String,
}

struct Line {
    href: String,
    title: String,
    code: String,
    text: String,
    about: String,
    state: String,
    chip: &'static str,
    late: bool,
    supports: String,
}

#[derive(askama::Template)]
#[template(path = "notes.html")]
struct ListPage {
    frame: Frame,
    crumbs: Vec<Crumb>,
    lead: String,
    path: String,
    new: (String, String),
    none: String,
    dataset: String,
    states: Vec<Choice>,
    sorts: Vec<Choice>,
    lines: Vec<Line>,
    first: String,
    next: String,
}

/// GET /data/requests
pub async fn requests(State(town): State<Town>, visit: Visit, Query(asked): Query<Asked>) -> Answer {
    list(&town, &visit, NoteKind::Request, asked, list_path(NoteKind::Request).to_owned()).await
}

/// GET /data/showcase
pub async fn reuses(State(town): State<Town>, visit: Visit, Query(asked): Query<Asked>) -> Answer {
    list(&town, &visit, NoteKind::Reuse, asked, list_path(NoteKind::Reuse).to_owned()).await
}

/// GET /data/issues
pub async fn issues(State(town): State<Town>, visit: Visit, Query(asked): Query<Asked>) -> Answer {
    list(&town, &visit, NoteKind::Issue, asked, list_path(NoteKind::Issue).to_owned()).await
}

/// GET /data/{name}/issues
pub async fn of_dataset(
    State(town): State<Town>,
    visit: Visit,
    Path(name): Path<String>,
    Query(asked): Query<Asked>,
) -> Answer {
    let filed = crate::pages::seen(&town, &visit, &name)?;
    let path = format!("/data/{}/issues", filed.dataset.name);
    list(&town, &visit, NoteKind::Issue, Asked { dataset: filed.dataset.name.clone(), ..asked }, path).await
}

async fn list(town: &Town, visit: &Visit, kind: NoteKind, asked: Asked, path: String) -> Answer {
    let (after, limit) = paging::read(Some(&asked.after), Some(&asked.limit))?;
    let filter = Filter {
        kind: Some(kind),
        state: state_of(kind, &asked.state)?,
        dataset: Some(asked.dataset.clone()).filter(|name| !name.is_empty()),
        supported: match asked.sort.as_str() {
            "" | "newest" => false,
            "supported" => true,
            _ => return Err(Refusal::new("note-sort").at("sort").into()),
        },
    };
    let found = town.db().read(move |tx| store::page_of(tx, &filter, after.as_ref(), limit)).await;
    let found = found.map_err(|error: DbError| Stop::from(error))?;
    match visit.wants {
        Wants::Html => page(&compose(town, visit, kind, &asked, path, &found)),
        Wants::Json => json(&Told { notes: views(town, visit, &found), next: found.next.as_ref().map(Cursor::encode) }),
        Wants::Csv => csv(town, visit, &path, &found),
        _ => Ok(rss(town, visit, kind, &path, &found)),
    }
}

fn state_of(kind: NoteKind, text: &str) -> Result<Option<NoteState>, Refusal> {
    if text.is_empty() {
        return Ok(None);
    }
    let known = NoteState::of_word(text).filter(|state| states(kind).contains(state));
    known.map(Some).ok_or_else(|| Refusal::new("note-state").at("state"))
}

/// Where a public note of a kind can stand.
fn states(kind: NoteKind) -> Vec<NoteState> {
    let first = (kind != NoteKind::Reuse).then_some(NoteState::Open);
    let answers = kind.answers().iter().copied();
    first.into_iter().chain(answers.filter(|state| kind != NoteKind::Reuse || *state == NoteState::Shown)).collect()
}

fn views(town: &Town, visit: &Visit, found: &Page<Note>) -> Vec<crate::notes::NoteView> {
    let shelves = town.part::<Books>().now();
    found.items.iter().map(|note| view(town, &shelves, note, &[], visit.t.language(), visit.at)).collect()
}

fn compose(town: &Town, visit: &Visit, kind: NoteKind, asked: &Asked, path: String, found: &Page<Note>) -> ListPage {
    let t = &visit.t;
    let shelves = town.part::<Books>().now();
    let choice = |value: &str, label: String, is: &str| Choice {
        value: value.to_owned(),
        label,
        detail: String::new(),
        chosen: value == is,
    };
    let all = choice("", t.say("notes-all").to_owned(), &asked.state);
    let states = states(kind).into_iter().map(|state| choice(state.word(), state_name(t, kind, state), &asked.state));
    let line = |note: &Note| {
        let cut: String = note.body.chars().take(TEXT_SHOWN).collect();
        let agency = shelves.agency_name(note.organisation, t.language()).to_owned();
        let datasets = note.datasets.iter().filter_map(|name| shelves.find(name));
        let titles = datasets.map(|one| one.dataset.meta.title.in_language(t.language()).to_owned());
        let about: Vec<String> = std::iter::once(agency).chain(titles).chain([visit.date(note.made_at)]).collect();
        Line {
            href: kind.page(note.code.as_str()),
            title: if note.title.is_empty() { cut.clone() } else { note.title.clone() },
            code: note.code.to_string(),
            text: if note.title.is_empty() { String::new() } else { cut },
            about: about.join(" · "),
            state: state_name(t, kind, note.state),
            chip: note.state.chip(),
            late: note.is_late(visit.at),
            supports: if kind == NoteKind::Request { number(note.supports, t.language()) } else { String::new() },
        }
    };
    let of_dataset = path != list_path(kind);
    let title = list_title(t, kind);
    let mut crumbs = vec![crumb("/data", t.say("open-data-title"))];
    if let Some(one) = shelves.find(&asked.dataset).filter(|_| of_dataset) {
        crumbs.push(crumb(&format!("/data/{}", asked.dataset), one.dataset.meta.title.in_language(t.language())));
    }
    crumbs.push(crumb("", &title));
    let new = if kind == NoteKind::Issue && !of_dataset { String::new() } else { format!("{path}/new") };
    let next = found.next.as_ref().map(|next| address(&path, asked, of_dataset, Some(&next.encode())));
    ListPage {
        frame: Frame::new(town, visit, title).twins(visit, LIST_TWINS),
        crumbs,
        lead: t.say(&format!("notes-{}-lead", kind.word())).to_owned(),
        new: (new, t.say(&format!("notes-{}-new", kind.word())).to_owned()),
        none: t.say(&format!("notes-{}-none", kind.word())).to_owned(),
        dataset: if of_dataset { String::new() } else { asked.dataset.clone() },
        states: std::iter::once(all).chain(states).collect(),
        sorts: if kind == NoteKind::Request {
            ["newest", "supported"]
                .map(|sort| choice(sort, t.say(&format!("notes-sort-{sort}")).to_owned(), &asked.sort))
                .into()
        } else {
            Vec::new()
        },
        lines: found.items.iter().map(line).collect(),
        first: if asked.after.is_empty() { String::new() } else { address(&path, asked, of_dataset, None) },
        next: next.unwrap_or_default(),
        path,
    }
}

fn address(path: &str, asked: &Asked, of_dataset: bool, after: Option<&str>) -> String {
    let dataset = if of_dataset { "" } else { asked.dataset.as_str() };
    let all = [("state", asked.state.as_str()), ("dataset", dataset), ("sort", &asked.sort), ("limit", &asked.limit)];
    let all = all.into_iter().chain(after.map(|after| ("after", after)));
    let query =
        serde_urlencoded::to_string(all.filter(|(_, value)| !value.is_empty()).collect::<Vec<_>>()).unwrap_or_default();
    if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
}

fn csv(town: &Town, visit: &Visit, path: &str, found: &Page<Note>) -> Answer {
    let row = |one: crate::notes::NoteView| {
        [
            one.code,
            one.title,
            one.organisation.code,
            one.state.to_owned(),
            one.made_at,
            one.due_at.unwrap_or_default(),
            one.supports.to_string(),
            one.datasets.join(" "),
            one.made.unwrap_or_default(),
            one.url,
        ]
    };
    let header = ["code", "title", "organisation", "state", "made_at", "due_at", "supports", "datasets", "made", "url"];
    let mut answer = csv_answer(&header, views(town, visit, found).into_iter().map(row))?;
    paging::link_next(town, visit, path, found.next.as_ref(), &mut answer);
    Ok(answer)
}

fn rss(town: &Town, visit: &Visit, kind: NoteKind, path: &str, found: &Page<Note>) -> axum::response::Response {
    let item = |note: &Note| {
        let link = town.url(&kind.page(note.code.as_str()));
        Item {
            title: format!("{} ({})", note.headline(), state_name(&visit.t, kind, note.state)),
            description: note.body.clone(),
            at: note.updated_at,
            id: format!("{link}#{}", note.version),
            link,
        }
    };
    let items: Vec<Item> = found.items.iter().map(item).collect();
    let lead = visit.t.say(&format!("notes-{}-lead", kind.word())).to_owned();
    rss_answer(&list_title(&visit.t, kind), &town.url(path), &lead, visit.t.language().tag(), &items)
}
