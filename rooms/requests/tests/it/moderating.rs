//! Moderation, seen from this room: what is hidden is gone from every door, and nothing else changes.

mod appealing;
pub mod doors;
mod erasing;
mod flagging;
mod limiting;
mod spamming;

use crate::town::Room;
use axum::http::StatusCode;
use civic::Role;
use testing::Browser;

/// A moderator of the whole town.
async fn moderator(room: &Room, name: &str) -> Browser {
    room.town.holder(&format!("{name}@example.org"), Role::Moderator, None).await
}

/// Somebody with an account reports a subject; the code of its case.
async fn flag(room: &Room, subject: &str, who: &str) -> String {
    let reporter = room.town.signed_in(&format!("{who}@example.org")).await;
    let path = format!("/moderation/report/{subject}");
    reporter.post(&path, &[("reason", "insult"), ("note", "please look")]).await.sees(StatusCode::SEE_OTHER);
    case_of(room, subject).await
}

/// The newest case of a subject.
async fn case_of(room: &Room, subject: &str) -> String {
    let (kind, id) = subject.split_once('/').unwrap();
    let (kind, id) = (kind.to_owned(), id.to_owned());
    let look = move |tx: &mut database::Tx<'_>| {
        let sql = "select id from moderation_cases where subject_kind = $1 and subject_id = $2 order by opened_at desc, id desc";
        tx.query_one(sql, &database::params![&kind, &id])?.get::<String>(0)
    };
    room.town.town.db().read(look).await.map_err(|error: database::DbError| error).unwrap()
}

/// What a moderator's form sends: every part that is ticked, and the version that was seen.
async fn act(by: &Browser, case: &str, act: &str, more: &[(&str, &str)]) -> testing::Seen {
    let path = format!("/moderation/cases/{case}");
    let page = by.get(&path).await.sees(StatusCode::OK).text;
    let value = |piece: &str| piece.split('"').next().unwrap().to_owned();
    let version = page.split("name=\"version\" value=\"").nth(1).map(value).unwrap_or_default();
    let parts: Vec<String> = page.split("name=\"part\" value=\"").skip(1).map(value).collect();
    let chosen = more.iter().any(|(name, _)| *name == "part");
    let mut form = vec![("act", act), ("version", version.as_str())];
    form.extend(parts.iter().filter(|_| !chosen).map(|part| ("part", part.as_str())));
    form.extend(more);
    by.post(&path, &form).await
}

/// Says something on a request; the id of the comment.
async fn comment(room: &Room, by: &Browser, code: &str, text: &str) -> String {
    by.post("/comments", &[("kind", "request"), ("id", code), ("text", text)]).await.sees(StatusCode::SEE_OTHER);
    room.town.column("select id from comments order by at desc, id desc limit 1").await.remove(0)
}
