//! A room of another kind has moderation for three functions: it is keyed by subject, and knows no room.

use axum::http::StatusCode;
use civic::{Actor, FileId, Moment, Role, Subject, SubjectKind};
use database::{DbError, Migration, MigrationSet, OffRecord, Tx, params};
use testing::{Browser, Plan, Seen, TestTown, towns};
use web::{
    Room, SubjectInfo,
    moderated::{Contents, Moderated, Part, PartWords},
};

const PEBBLE: SubjectKind = SubjectKind("pebble");
const TABLES: MigrationSet = MigrationSet {
    name: "pebbles",
    migrations: &[Migration {
        number: 1,
        name: "pebbles",
        sql: "create table pebbles (id text primary key, title text not null, body text not null, author_id text);",
    }],
};
const MODERATED: Moderated = Moderated { kind: PEBBLE.0, key: "part-comment", read, put, is_author };

fn read(tx: &mut Tx<'_>, id: &str) -> Result<Option<Contents>, DbError> {
    let row = tx.query_opt("select title, body, author_id from pebbles where id = $1", &params![id])?;
    let Some(row) = row else { return Ok(None) };
    let person = row.get::<Option<String>>(2)?.and_then(|id| id.parse().ok());
    let texts = [("title", row.get::<String>(0)?), ("body", row.get(1)?)];
    let parts = texts.into_iter().filter(|(_, text)| !text.is_empty());
    Ok(Some(Contents {
        about: Subject::new(PEBBLE, id),
        organisation: None,
        author: commons::moderation::author(tx, person, "somebody".to_owned())?,
        at: Moment(1),
        parts: parts.map(|(name, text)| Part::text(name, "part-description", text)).collect(),
    }))
}

fn put(tx: &mut Tx<'_>, id: &str, part: &str, text: &str) -> Result<(), DbError> {
    let sql = if part == "title" {
        "update pebbles set title = $1 where id = $2"
    } else {
        "update pebbles set body = $1 where id = $2"
    };
    tx.execute(sql, &params![text, id]).map(|_| ())
}

fn is_author(_: &mut Tx<'_>, _: &str, _: &Actor, secret: Option<&str>) -> Result<bool, DbError> {
    Ok(secret == Some("own"))
}

fn rooms() -> Vec<Room> {
    let pebbles = Room {
        name: "pebbles",
        migrations: Some(TABLES),
        subjects: &[SubjectInfo { kind: PEBBLE.0, key: "part-comment", page: |id| format!("/pebbles/{id}") }],
        moderated: vec![MODERATED],
        ..Room::default()
    };
    vec![people::room(), commons::room(), pebbles]
}

async fn act(by: &Browser, case: &str, fields: &[(&str, &str)]) -> Seen {
    by.post(&format!("/moderation/cases/{case}"), fields).await
}

async fn bodies(town: &TestTown) -> Vec<String> {
    town.column("select title || '/' || body from pebbles").await
}

#[tokio::test]
async fn another_kind_is_reported_hidden_appealed_and_shown_again() {
    for town in towns(&Plan { rooms, install: |_, _| {}, demo: false }) {
        let laid = town.town.db().write(|tx| {
            tx.execute("insert into pebbles (id, title, body) values ('P-1', 'Round', 'You fool')", &[])?;
            tx.commit(OffRecord("a test"), ())
        });
        laid.await.map_err(|error: DbError| error).unwrap();
        let amina = town.signed_in("amina@example.org").await;
        let report = [("reason", "insult"), ("note", "")];
        amina.post("/moderation/report/pebble/P-1", &report).await.sees(StatusCode::SEE_OTHER);
        amina.post("/moderation/report/pebble/P-2", &report).await.sees(StatusCode::NOT_FOUND);
        let case = town.column("select id from moderation_cases").await.remove(0);
        let mireia = town.holder("mireia@example.org", Role::Moderator, None).await;
        mireia.get("/moderation").await.says("You fool").says(&case);
        let hide = [("act", "hide"), ("reason", "insult"), ("part", "body")];
        act(&mireia, &case, &hide).await.sees(StatusCode::SEE_OTHER);
        assert_eq!(bodies(&town).await, ["Round/"], "nothing but what may be seen is left in the room");
        let page = "/moderation/of/pebble/P-1";
        town.browser().get(page).await.says("It insults somebody").never_says("You fool");
        let own = town.browser();
        own.get(&format!("{page}?key=own")).await.says("You fool");
        own.post(page, &[("key", "own"), ("text", "It was me")]).await.sees(StatusCode::SEE_OTHER);
        let pau = town.holder("pau@example.org", Role::Moderator, None).await;
        act(&mireia, &case, &[("act", "overturn")]).await.sees(StatusCode::CONFLICT);
        act(&pau, &case, &[("act", "overturn")]).await.sees(StatusCode::SEE_OTHER);
        assert_eq!(bodies(&town).await, ["Round/You fool"]);
        town.browser().get("/moderation/log.csv").await.says("pebble/P-1").never_says("You fool");
    }
}

/// A part can be a photo or words in a form of the room's own; only texts have passages.
#[test]
fn a_part_says_what_people_read() {
    let id = "01920000-0000-7000-8000-000000000000".parse::<FileId>().unwrap();
    let part = |words| Part { name: "x".to_owned(), key: "part-photo", words };
    assert_eq!(part(PartWords::Photo(id)).shown(), "");
    let kept = PartWords::Kept { kept: "{}".to_owned(), shown: "nothing".to_owned() };
    assert_eq!(part(kept).shown(), "nothing");
}
