//! One inbox over the desks of all rooms: what waits for me, what is overdue first.

use axum::extract::State;
use database::Cursor;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use web::{
    Answer, Frame, Stop, Town, Visit, Wants,
    answer::{json, page},
    manifest::{AskedWork, Catalogue, Desk, Doc, NEVER_DUE, Work, WorkEnd, WorkPage},
    openapi::{schema_of, text_schema},
    paging,
    visit::Query,
};

/// Seconds before its end in which something counts as due soon: two days.
const SOON_SECONDS: i64 = 2 * 86_400;

/// Which work.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    room: String,
    show: String,
    after: String,
}

/// What waits.
#[derive(Debug, Serialize, JsonSchema)]
pub struct WorkView {
    /// The work, what is due first at the top.
    work: Vec<WorkLine>,
    /// Where the next page goes on, for `after`; none on the last.
    next: Option<String>,
}

/// One thing that waits.
#[derive(Debug, Serialize, JsonSchema)]
struct WorkLine {
    /// The room: `requests`, `services`.
    room: String,
    /// Its reference.
    code: String,
    /// What it is about.
    title: String,
    /// Where it stands.
    state: String,
    /// By when it is due (RFC 3339); none for never.
    due_at: Option<String>,
    /// Whether it is past that.
    overdue: bool,
    /// Since when it is there (RFC 3339).
    since: String,
    /// Whether you look after it.
    mine: bool,
    /// Its page at the desk.
    url: String,
}

struct Line {
    class: &'static str,
    kind: String,
    code: String,
    title: String,
    state: String,
    due: String,
    is_late: bool,
    since: String,
    is_mine: bool,
    href: String,
}

struct Tab {
    href: String,
    label: String,
    current: bool,
}

#[derive(askama::Template)]
#[template(path = "town_desk.html")]
struct DeskPage {
    frame: Frame,
    tabs: Vec<Tab>,
    rooms: Vec<Tab>,
    lines: Vec<Line>,
    first: String,
    next: String,
}

/// GET /desk/all
pub async fn all(State(town): State<Town>, visit: Visit, Query(asked): Query<Asked>) -> Answer {
    let (after, limit) = paging::read(Some(&asked.after), None)?;
    let end = after.as_ref().map(end_of).transpose()?;
    let (own, actor, language) = (town.clone(), visit.actor.clone(), visit.t.language());
    let (room, only_mine) = (asked.room.clone(), asked.show == "mine");
    let found = town.db().read(move |tx| {
        let asked = AskedWork { actor: &actor, language, only_mine, after: None, limit };
        own.part::<Catalogue>().work(&own, tx, &asked, &room, end.as_ref())
    });
    let found: WorkPage = found.await.map_err(|error: database::DbError| Stop::from(error))?;
    let next = found.next.as_ref().map(|(due, room, place)| Cursor::new(*due, format!("{room}/{place}")).encode());
    if visit.wants == Wants::Json {
        let work = found.items.iter().map(|(desk, work)| view(&town, &visit, desk, work)).collect();
        return json(&WorkView { work, next });
    }
    let t = &visit.t;
    let address = |room: &str, show: &str| {
        let query = [("room", room), ("show", show)].into_iter().filter(|(_, value)| !value.is_empty());
        let query = serde_urlencoded::to_string(query.collect::<Vec<_>>()).unwrap_or_default();
        if query.is_empty() { "/desk/all".to_owned() } else { format!("/desk/all?{query}") }
    };
    let tab = |show: &str, key: &str| Tab {
        href: address(&asked.room, show),
        label: t.say(key).to_owned(),
        current: asked.show == show,
    };
    let catalogue = town.part::<Catalogue>();
    let desks = catalogue.desks.iter().filter(|desk| visit.actor.may(&desk.act));
    let room_tab = |room: &str, key: &str| Tab {
        href: address(room, &asked.show),
        label: t.say(key).to_owned(),
        current: asked.room == room,
    };
    let here = address(&asked.room, &asked.show);
    let join = if here.contains('?') { '&' } else { '?' };
    page(&DeskPage {
        frame: Frame::new(&town, &visit, t.say("desk-all-title")).twins(&visit, &[Wants::Json]),
        tabs: vec![tab("", "desk-all-waiting"), tab("mine", "desk-all-mine")],
        rooms: std::iter::once(room_tab("", "desk-all-every"))
            .chain(desks.map(|desk| room_tab(desk.room, desk.key)))
            .collect(),
        lines: found.items.iter().map(|(desk, work)| line(&visit, desk, work)).collect(),
        first: if asked.after.is_empty() { String::new() } else { here.clone() },
        next: next.map(|next| format!("{here}{join}after={next}")).unwrap_or_default(),
    })
}

/// The end of the page before, as its address carries it: the due moment, then room and place.
fn end_of(cursor: &Cursor) -> Result<WorkEnd, Stop> {
    let (room, place) = cursor
        .id()
        .split_once('/')
        .ok_or_else(|| web::Refusal::new("query-unreadable").status(axum::http::StatusCode::BAD_REQUEST))?;
    Ok((cursor.at(), room.to_owned(), place.to_owned()))
}

fn is_late(visit: &Visit, work: &Work) -> bool {
    work.due_micros() != NEVER_DUE && work.due_at.is_some_and(|due| due < visit.at)
}

fn view(town: &Town, visit: &Visit, desk: &Desk, work: &Work) -> WorkLine {
    WorkLine {
        room: desk.room.to_owned(),
        code: work.code.clone(),
        title: work.title.clone(),
        state: work.state.clone(),
        due_at: work.due_at.map(civic::Moment::rfc3339),
        overdue: is_late(visit, work),
        since: work.since.rfc3339(),
        mine: work.is_mine,
        url: town.url(&work.href),
    }
}

fn line(visit: &Visit, desk: &Desk, work: &Work) -> Line {
    let late = is_late(visit, work);
    let soon = work.due_at.is_some_and(|due| due < visit.at.plus_seconds(SOON_SECONDS));
    Line {
        class: if late {
            "overdue"
        } else if soon {
            "soon"
        } else {
            ""
        },
        kind: visit.t.say(desk.key).to_owned(),
        code: work.code.clone(),
        title: work.title.clone(),
        state: work.state.clone(),
        due: work.due_at.map(|due| visit.date_time(due)).unwrap_or_default(),
        is_late: late,
        since: visit.date(work.since),
        is_mine: work.is_mine,
        href: work.href.clone(),
    }
}

/// How it is described to developers.
pub fn doc() -> Doc {
    Doc::new("town", "What waits for you at the desks of all rooms, what is overdue first")
        .query("room", "Only this room: `requests`, `services`.", text_schema())
        .query("show", "`mine` for what you look after; else also what nobody does.", text_schema())
        .query("after", "Where the page before ended.", text_schema())
        .answers(200, "application/json", "The work.", schema_of::<WorkView>())
}
