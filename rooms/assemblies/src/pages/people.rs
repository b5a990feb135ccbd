//! Who holds an assembly sees who was drawn: to invite them, and for nobody else.

use super::keep::{crumbs, own};
use crate::store;
use axum::{
    extract::State,
    http::{HeaderValue, header},
};
use database::{DbError, Tx};
use web::{Answer, Frame, Stop, Town, Visit, Wants, answer::page, parts::Crumb, table::csv_answer, visit::Path};

struct Line {
    ticket: String,
    name: String,
    email: String,
    state: &'static str,
    said: String,
    draw: i64,
}

#[derive(askama::Template)]
#[template(path = "assembly_people.html")]
struct PeoplePage {
    frame: Frame,
    crumbs: Vec<Crumb>,
    code: String,
    lines: Vec<Line>,
}

/// GET /admin/assemblies/{code}/people
pub async fn show(State(town): State<Town>, visit: Visit, Path(code): Path<String>) -> Answer {
    let matter = own(&town, &visit, code.clone()).await?;
    let (reader, members) = (visit.clone(), matter.members.clone());
    let read = move |tx: &mut Tx<'_>| {
        let mut lines = Vec::new();
        for member in &members {
            let entrant = store::entrant_of_ticket(tx, &code, &member.ticket)?;
            let account = match entrant.as_ref().and_then(|one| one.person) {
                Some(person) => people::accounts::by_id(tx, person)?,
                None => None,
            };
            let (name, email) = match (account, entrant) {
                (Some(account), _) => (account.name, account.email.map(|to| to.to_string()).unwrap_or_default()),
                (None, Some(entrant)) => (entrant.name, entrant.email),
                (None, None) => (String::new(), String::new()),
            };
            let state = member.at(reader.at).word();
            let said = reader.t.say(&format!("assembly-member-{state}")).to_owned();
            lines.push(Line { ticket: member.ticket.clone(), name, email, state, said, draw: member.draw });
        }
        Ok::<_, DbError>(lines)
    };
    let lines = town.db().read(read).await.map_err(Stop::from)?;
    let mut answer = if visit.wants == Wants::Csv {
        let row = |line: Line| [line.ticket, line.name, line.email, line.state.to_owned(), line.draw.to_string()];
        csv_answer(&["ticket", "name", "email", "state", "draw"], lines.into_iter().map(row))?
    } else {
        let title = visit.t.say("assembly-people");
        page(&PeoplePage {
            frame: Frame::new(&town, &visit, title).twins(&visit, super::CSV),
            crumbs: crumbs(&visit, &matter, title),
            code: matter.assembly.code.to_string(),
            lines,
        })?
    };
    answer.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(answer)
}
