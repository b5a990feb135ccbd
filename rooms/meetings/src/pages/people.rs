//! Who holds a meeting sees who comes: for the door, and for nobody else.

use super::keep::own;
use crate::store;
use axum::{
    extract::State,
    http::{HeaderValue, header},
};
use database::{DbError, Tx};
use web::{Answer, Frame, Stop, Town, Visit, Wants, answer::page, parts::Crumb, table::csv_answer, visit::Path};

struct Line {
    name: String,
    email: String,
    waits: bool,
    at: String,
}

#[derive(askama::Template)]
#[template(path = "meeting_people.html")]
struct PeoplePage {
    frame: Frame,
    crumbs: Vec<Crumb>,
    code: String,
    lines: Vec<Line>,
}

/// GET /admin/meetings/{code}/people
pub async fn show(State(town): State<Town>, visit: Visit, Path(code): Path<String>) -> Answer {
    let meeting = own(&town, &visit, code.clone()).await?;
    let reader = visit.clone();
    let read = move |tx: &mut Tx<'_>| {
        let mut lines = Vec::new();
        for one in store::of_meeting(tx, &code)? {
            let Some(account) = people::accounts::by_id(tx, one.person)? else { continue };
            let email = account.email.as_ref().map(ToString::to_string).unwrap_or_default();
            lines.push(Line { name: account.name, email, waits: one.waits, at: reader.date_time(one.at) });
        }
        Ok::<_, DbError>(lines)
    };
    let lines = town.db().read(read).await.map_err(Stop::from)?;
    let mut answer = if visit.wants == Wants::Csv {
        let row = |line: Line| {
            let place = if line.waits { "waiting" } else { "taken" };
            [line.name, line.email, place.to_owned(), line.at]
        };
        csv_answer(&["name", "email", "place", "registered"], lines.into_iter().map(row))?
    } else {
        let title = visit.t.say("meeting-people");
        page(&PeoplePage {
            frame: Frame::new(&town, &visit, title).twins(&visit, super::PEOPLE_TWINS),
            crumbs: vec![
                Crumb { href: "/admin/meetings".to_owned(), label: visit.t.say("meetings-admin").to_owned() },
                Crumb {
                    href: format!("/admin/meetings/{}", meeting.code),
                    label: meeting.plan.title.in_language(visit.t.language()).to_owned(),
                },
                Crumb { href: String::new(), label: title.to_owned() },
            ],
            code: meeting.code.to_string(),
            lines,
        })?
    };
    answer.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(answer)
}
