//! The public log.

use super::{kind_name, page_of, part_names};
use crate::moderation::{
    letters,
    model::{AppealOutcome, LogLine, Outcome},
    store,
};
use axum::{extract::State, response::Response};
use database::{Cursor, DbError, Page};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use web::{
    Answer, Frame, Refusal, Sayings, Stop, Town, Visit, Wants,
    answer::{json, page},
    feed::{Item, rss_answer},
    paging,
    parts::Choice,
    table::csv_answer,
    visit::Query,
};

/// The acts of the log besides those of decisions.
const OTHER_ACTS: [&str; 2] = ["held", "appealed"];

/// What an address asks for.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    act: String,
    after: String,
    limit: String,
}

/// A page of the log, for machines.
#[derive(Debug, Serialize, JsonSchema)]
pub struct LogView {
    /// The lines, newest first.
    pub log: Vec<LineView>,
    /// The value of `after` for the next page, if there is more.
    pub next: Option<String>,
}

/// A line of the log, for machines.
#[derive(Debug, Serialize, JsonSchema)]
pub struct LineView {
    /// Its id.
    pub id: String,
    /// When (RFC 3339).
    pub at: String,
    /// The case.
    pub case: String,
    /// The kind of the subject.
    pub kind: String,
    /// The matter on whose page it stands, as `request/R-7K2M`.
    pub about: String,
    /// Its page.
    pub url: String,
    /// hidden, restored, released, dismissed, warned, held, appealed, upheld or overturned.
    pub act: String,
    /// The code of the reason; empty where none is needed.
    pub reason: String,
    /// Its public sentence as it was then, in the reader's language.
    pub why: String,
    /// The kinds of parts.
    pub parts: Vec<String>,
    /// As what somebody acted: moderator, administrator, author, or score.
    pub role: String,
    /// The pseudonym of who acted.
    pub by: String,
    /// How the appeal of the case ended: upheld, overturned, waiting, or empty for none.
    pub appeal: String,
}

impl LineView {
    /// A line for machines.
    pub(super) fn of(town: &Town, t: &Sayings, line: &LogLine) -> Self {
        Self {
            id: line.id.clone(),
            at: line.at.rfc3339(),
            case: line.case.clone(),
            kind: line.subject.kind.clone(),
            about: line.about.to_string(),
            url: town.url(&page_of(town, &line.about)),
            act: line.act.clone(),
            reason: line.reason.as_ref().map(|reason| reason.code.clone()).unwrap_or_default(),
            why: line.reason.as_ref().map(|reason| reason.why(t)).unwrap_or_default(),
            parts: line.parts.iter().map(|key| key.trim_start_matches("part-").to_owned()).collect(),
            role: line.role.clone(),
            by: line.handle.clone(),
            appeal: line.appeal.clone(),
        }
    }
}

struct Line {
    date: String,
    act: String,
    chip: &'static str,
    kind: String,
    about: String,
    href: String,
    reason: String,
    why: String,
    parts: String,
    by: String,
    appeal: String,
}

#[derive(askama::Template)]
#[template(path = "moderation_log.html")]
struct LogPage {
    frame: Frame,
    acts: Vec<Choice>,
    lines: Vec<Line>,
    first: String,
    next: String,
    narrowed: bool,
}

/// GET /moderation/log
pub async fn show(State(town): State<Town>, visit: Visit, Query(asked): Query<Asked>) -> Answer {
    let (after, limit) = paging::read(Some(&asked.after), Some(&asked.limit))?;
    let act = Some(asked.act.clone()).filter(|act| !act.is_empty());
    if act.as_deref().is_some_and(|act| !acts().any(|known| known == act)) {
        return Err(Refusal::new("moderation-act").at("act").into());
    }
    let look = move |tx: &mut database::Tx<'_>| store::page_of_log(tx, act.as_deref(), after.as_ref(), limit);
    let db = town.db();
    let found = if limit > paging::PAGE_SIZE { db.read_long(look).await } else { db.read(look).await };
    let found = found.map_err(|error: DbError| Stop::from(error))?;
    match visit.wants {
        Wants::Csv => csv(&town, &visit.t, &asked, &found),
        Wants::Rss => Ok(rss(&town, &visit, &found)),
        Wants::Html => html(&town, &visit, &asked, &found),
        _ => json(&LogView {
            log: found.items.iter().map(|line| LineView::of(&town, &visit.t, line)).collect(),
            next: found.next.as_ref().map(Cursor::encode),
        }),
    }
}

/// Every act there is.
fn acts() -> impl Iterator<Item = &'static str> {
    let outcomes = Outcome::ALL.iter().map(|outcome| outcome.word());
    OTHER_ACTS.into_iter().chain(outcomes).chain(AppealOutcome::ALL.iter().map(|outcome| outcome.word()))
}

fn html(town: &Town, visit: &Visit, asked: &Asked, found: &Page<LogLine>) -> Answer {
    let t = &visit.t;
    let all = Choice {
        value: String::new(),
        label: t.say("moderation-all-acts").to_owned(),
        detail: String::new(),
        chosen: asked.act.is_empty(),
    };
    let choice = |act: &'static str| Choice {
        value: act.to_owned(),
        label: t.say(&format!("moderation-act-{act}")).to_owned(),
        detail: String::new(),
        chosen: act == asked.act,
    };
    page(&LogPage {
        frame: Frame::new(town, visit, t.say("moderation-log")).twins(visit, super::LOG_TWINS),
        acts: std::iter::once(all).chain(acts().map(choice)).collect(),
        lines: found.items.iter().map(|line| line_of(town, visit, line)).collect(),
        first: if asked.after.is_empty() { String::new() } else { address(asked, None) },
        next: found.next.as_ref().map(|next| address(asked, Some(&next.encode()))).unwrap_or_default(),
        narrowed: !asked.act.is_empty(),
    })
}

fn line_of(town: &Town, visit: &Visit, line: &LogLine) -> Line {
    let t = &visit.t;
    Line {
        date: visit.date_time(line.at),
        act: t.say(&format!("moderation-act-{}", line.act)).to_owned(),
        chip: chip(&line.act),
        kind: kind_name(town, t, &line.subject.kind),
        about: line.about.id.clone(),
        href: page_of(town, &line.about),
        reason: reason(t, line),
        why: line.reason.as_ref().map(|reason| reason.why(t)).unwrap_or_default(),
        parts: part_names(t, &line.parts),
        by: by(t, line),
        appeal: appeal(t, line),
    }
}

/// The name of the reason as it was then.
pub(super) fn reason(t: &Sayings, line: &LogLine) -> String {
    line.reason.as_ref().map(|reason| reason.name(t)).unwrap_or_default()
}

fn appeal(t: &Sayings, line: &LogLine) -> String {
    if line.appeal.is_empty() { String::new() } else { t.say(&format!("moderation-appeal-{}", line.appeal)).to_owned() }
}

/// As what somebody acted, and their pseudonym.
pub(super) fn by(t: &Sayings, line: &LogLine) -> String {
    let role = t.say(&format!("moderation-role-{}", line.role));
    if line.handle.is_empty() || line.role == "author" { role.to_owned() } else { format!("{role} ({})", line.handle) }
}

/// The colour of an act's chip.
pub(super) fn chip(act: &str) -> &'static str {
    match act {
        "hidden" | "upheld" => "r",
        "restored" | "released" | "overturned" => "g",
        "held" | "appealed" | "warned" => "y",
        _ => "",
    }
}

fn address(asked: &Asked, after: Option<&str>) -> String {
    let fields = [("act", asked.act.as_str()), ("limit", &asked.limit), ("after", after.unwrap_or_default())];
    web::parts::with_query("/moderation/log", &fields)
}

fn csv(town: &Town, t: &Sayings, asked: &Asked, found: &Page<LogLine>) -> Answer {
    let header = ["id", "at", "case", "kind", "about", "url", "act", "reason", "parts", "role", "by", "appeal", "why"];
    let rows = found.items.iter().map(|line| LineView::of(town, t, line)).map(|line| {
        let parts = line.parts.join(" ");
        [
            line.id,
            line.at,
            line.case,
            line.kind,
            line.about,
            line.url,
            line.act,
            line.reason,
            parts,
            line.role,
            line.by,
            line.appeal,
            line.why,
        ]
    });
    let mut answer = csv_answer(&header, rows)?;
    // Tables have no room for `next`: it stands in the Link header (RFC 8288).
    if let Some(next) = &found.next {
        let path = address(asked, Some(&next.encode())).replacen("/moderation/log", "/moderation/log.csv", 1);
        if let Ok(link) = format!("<{}>; rel=\"next\"", town.url(&path)).parse() {
            answer.headers_mut().insert(axum::http::header::LINK, link);
        }
    }
    Ok(answer)
}

fn rss(town: &Town, visit: &Visit, found: &Page<LogLine>) -> Response {
    let t = &visit.t;
    let items: Vec<Item> = found
        .items
        .iter()
        .map(|line| {
            let what = letters::name_of(town, &line.about, t.language());
            let facts = [reason(t, line), part_names(t, &line.parts), by(t, line), appeal(t, line)];
            let facts: Vec<String> = facts.into_iter().filter(|fact| !fact.is_empty()).collect();
            Item {
                title: format!("{}: {what}", t.say(&format!("moderation-act-{}", line.act))),
                link: town.url(&page_of(town, &line.about)),
                description: facts.join(" · "),
                at: line.at,
                id: line.id.clone(),
            }
        })
        .collect();
    let title = format!("{} – {}", t.say("moderation-log"), town.settings().name.in_language(t.language()));
    rss_answer(&title, &town.url("/moderation/log"), t.say("moderation-log-lead"), t.language().tag(), &items)
}
