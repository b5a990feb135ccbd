//! The conversations of the town.

use crate::{
    books::{Books, Known},
    model::Phase,
    views::{conversation_view, path},
};
use axum::extract::State;
use std::sync::Arc;
use web::{
    Answer, Frame, Town, Visit, Wants,
    answer::{json, page},
    dates::number,
    feed::{Item, rss_answer},
    parts::Crumb,
    table::csv_answer,
};

/// A conversation in the list.
pub(super) struct Line {
    pub href: String,
    pub code: String,
    pub question: String,
    pub chip: &'static str,
    pub phase: String,
    pub when: String,
    pub people: String,
    pub statements: String,
}

struct Part {
    heading: String,
    id: &'static str,
    lines: Vec<Line>,
}

#[derive(askama::Template)]
#[template(path = "conversations.html")]
struct ListPage {
    frame: Frame,
    crumbs: Vec<Crumb>,
    parts: Vec<Part>,
}

/// GET /conversations
pub async fn list(State(town): State<Town>, visit: Visit) -> Answer {
    let mut all = town.part::<Books>().all();
    all.retain(|known| known.conversation.published_at.is_some());
    match visit.wants {
        Wants::Json => {
            let views: Vec<_> = all.iter().map(|known| conversation_view(&town, known, visit.at)).collect();
            json(&views)
        }
        Wants::Csv => csv(&town, &visit, &all),
        Wants::Rss => Ok(rss(&town, &visit, &all)),
        _ => html(&town, &visit, &all),
    }
}

fn html(town: &Town, visit: &Visit, all: &[Arc<Known>]) -> Answer {
    let part = |id: &'static str, is: fn(Phase) -> bool| Part {
        heading: visit.t.say(&format!("conversations-part-{id}")).to_owned(),
        id,
        lines: all
            .iter()
            .filter(|known| is(known.conversation.phase(visit.at)))
            .map(|known| line(visit, known))
            .collect(),
    };
    let parts = vec![
        part("open", |phase| phase == Phase::Open),
        part("coming", |phase| matches!(phase, Phase::Coming(_))),
        part("closed", |phase| matches!(phase, Phase::Closed(_))),
    ];
    let title = visit.t.say("conversations-title");
    page(&ListPage {
        frame: Frame::new(town, visit, title)
            .describe(visit.t.say("conversations-lead"))
            .twins(visit, &[Wants::Json, Wants::Csv, Wants::Rss]),
        crumbs: vec![Crumb { href: String::new(), label: title.to_owned() }],
        parts: parts.into_iter().filter(|part| !part.lines.is_empty()).collect(),
    })
}

/// A conversation as a line of a list.
pub(super) fn line(visit: &Visit, known: &Known) -> Line {
    let (one, t, language) = (&known.conversation, &visit.t, visit.t.language());
    let phase = one.phase(visit.at);
    let when = match phase {
        Phase::Draft => String::new(),
        Phase::Coming(at) => t.with1("conversation-opens", "date", visit.date_time(at)),
        Phase::Closed(at) => t.with1("conversation-ended", "date", visit.date(at)),
        Phase::Open => match one.closes_at {
            Some(at) => t.with1("conversation-closes", "date", visit.date_time(at)),
            None => t.say("conversation-no-end").to_owned(),
        },
    };
    let people = known.map.as_ref().map_or(0, |map| map.people);
    Line {
        href: path(one.code.as_str()),
        code: one.code.to_string(),
        question: one.question.in_language(language).to_owned(),
        chip: match phase {
            Phase::Draft => "y",
            Phase::Coming(_) => "b",
            Phase::Open => "p",
            Phase::Closed(_) => "k",
        },
        phase: t.say(&format!("conversation-phase-{}", phase.word())).to_owned(),
        when,
        people: t.with2(
            "conversation-people",
            "count",
            people,
            "number",
            number(i64::try_from(people).unwrap_or(i64::MAX), language),
        ),
        statements: t.with1("conversation-statements", "count", known.asked.len()),
    }
}

fn csv(town: &Town, visit: &Visit, all: &[Arc<Known>]) -> Answer {
    let header = ["code", "url", "question", "phase", "opens_at", "closes_at", "people", "answers", "statements"];
    let rows = all.iter().map(|known| {
        let view = conversation_view(town, known, visit.at);
        let question = known.conversation.question.in_language(visit.t.language()).to_owned();
        [
            view.code,
            view.url,
            question,
            view.phase,
            view.opens_at.unwrap_or_default(),
            view.closes_at.unwrap_or_default(),
            view.people.to_string(),
            view.answers.to_string(),
            view.statements.to_string(),
        ]
    });
    csv_answer(&header, rows)
}

fn rss(town: &Town, visit: &Visit, all: &[Arc<Known>]) -> axum::response::Response {
    let language = visit.t.language();
    let items: Vec<Item> = all
        .iter()
        .map(|known| {
            let one = &known.conversation;
            let link = town.url(&path(one.code.as_str()));
            Item {
                title: one.question.in_language(language).to_owned(),
                description: one.introduction.in_language(language).to_owned(),
                at: one.published_at.unwrap_or(one.made_at),
                id: link.clone(),
                link,
            }
        })
        .collect();
    let title = visit.t.say("conversations-title");
    rss_answer(title, &town.url("/conversations"), visit.t.say("conversations-lead"), language.tag(), &items)
}
