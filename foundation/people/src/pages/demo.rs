//! The persona switch and the outbox of a demo.

use super::cookies;
use crate::{
    accounts,
    back::local_path,
    commands,
    demo::{PERSONAS, Persona, VISITOR, address_of},
    mail,
    mail::WrittenMail,
};
use axum::{
    extract::State,
    http::{HeaderMap, header},
};
use web::{
    Answer, Frame, Stop, Town, Visit,
    answer::{page, see_other_saying},
    visit::Path,
};

/// Mails the outbox shows.
const MAILS_SHOWN: i64 = 50;

#[derive(askama::Template)]
#[template(path = "people_outbox.html")]
struct OutboxPage {
    frame: Frame,
    lead: String,
    mails: Vec<ShownMail>,
}

struct ShownMail {
    to: String,
    subject: String,
    at: String,
    parts: Vec<Part>,
}

/// A stretch of a mail's text: words, or an address of this town to click.
struct Part {
    text: String,
    is_link: bool,
}

/// POST /demo/be/{persona}
pub(crate) async fn become_persona(State(town): State<Town>, headers: HeaderMap, Path(word): Path<String>) -> Answer {
    only_in_a_demo(&town)?;
    let old = cookies::session_of(&headers);
    let answer = see_other_saying(&page_before(&headers), "people-persona-now")?;
    if word == VISITOR {
        if let Some(old) = old {
            commands::sign_out(&town, old).await?;
        }
        return cookies::without_session(&town, answer);
    }
    let persona = PERSONAS.into_iter().find(|persona| persona.word == word).ok_or(Stop::NotFound)?;
    let session = sign_in(&town, persona, old).await?;
    cookies::with_session(&town, answer, &session)
}

async fn sign_in(town: &Town, persona: Persona, old: Option<String>) -> Answer<String> {
    let found = town.db().read(move |tx| accounts::by_email(tx, &address_of(persona))).await;
    let person = found.map_err(Stop::from)?.ok_or(Stop::NotFound)?;
    commands::sign_in_as(town, person.id, old).await
}

fn only_in_a_demo(town: &Town) -> Answer<()> {
    if town.settings().demo { Ok(()) } else { Err(Stop::NotFound) }
}

/// The page of ours on which the switch was pressed, else the front page.
fn page_before(headers: &HeaderMap) -> String {
    let referer = headers.get(header::REFERER).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let host = headers.get(header::HOST).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let rest = referer.split_once("://").map_or("", |(_, rest)| rest);
    rest.strip_prefix(host).and_then(local_path).unwrap_or("/").to_owned()
}

/// GET /outbox
pub(crate) async fn outbox(State(town): State<Town>, visit: Visit) -> Answer {
    only_in_a_demo(&town)?;
    let mails = town.db().read(|tx| mail::newest(tx, MAILS_SHOWN)).await.map_err(Stop::from)?;
    let frame = Frame::new(&town, &visit, visit.t.say("people-outbox-heading"));
    let lead = visit.t.with1("people-outbox-lead", "most", MAILS_SHOWN);
    page(&OutboxPage { frame, lead, mails: mails.into_iter().map(|one| shown(one, &town, &visit)).collect() })
}

fn shown(written: WrittenMail, town: &Town, visit: &Visit) -> ShownMail {
    ShownMail {
        to: written.mail.to.to_string(),
        parts: parts_of(&written.mail.body_text, &town.settings().address),
        subject: written.mail.subject,
        at: visit.date_time(written.made_at),
    }
}

/// The text with the addresses of this town apart, so that the page can make links of them.
fn parts_of(text: &str, address: &str) -> Vec<Part> {
    let is_link = |piece: &str| piece.strip_prefix(address).is_some_and(|path| local_path(path).is_some());
    let mut parts: Vec<Part> = Vec::new();
    for piece in text.split_inclusive(char::is_whitespace).flat_map(word_and_blank) {
        match parts.last_mut() {
            Some(last) if !last.is_link && !is_link(piece) => last.text.push_str(piece),
            _ => parts.push(Part { text: piece.to_owned(), is_link: is_link(piece) }),
        }
    }
    parts
}

fn word_and_blank(piece: &str) -> [&str; 2] {
    let (word, blank) = piece.split_at(piece.trim_end().len());
    [word, blank]
}
