//! What the town promises in answer, each promise a matter of its own.

use crate::town::{Room, rooms};
use axum::http::StatusCode;
use civic::Subject;
use commons::links::{Link, Relation, link};
use database::{DbError, OffRecord};
use web::manifest::{Catalogue, Offer};

async fn offers(room: &Room, kind: &str, id: &str) -> Vec<Offer> {
    let (town, about) = (room.town.town.clone(), Subject { kind: kind.to_owned(), id: id.to_owned() });
    let own = town.clone();
    let read = town.db().read(move |tx| own.part::<Catalogue>().offers(&own, tx, &about));
    read.await.unwrap().unwrap_or_default()
}

async fn promise(room: &Room, code: &str, words: &str, due: &str) {
    let form = [("promise[en]", words), ("by", "streets"), ("due", due), ("statements", "0")];
    room.lead.post(&format!("/desk/conversations/{code}/promises"), &form).await.sees(StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn each_promise_is_offered_as_a_matter_of_its_own() {
    for room in rooms().await {
        let code = room.open(&[]).await;
        promise(&room, &code, "Night buses on two lines from May.", "2027-05-01").await;
        promise(&room, &code, "Forty trees on the market square.", "").await;
        let page = room.town.browser().get(&format!("/conversations/{code}")).await;
        page.says("Night buses on two lines").says("1 May 2027").says("Streets");
        let all = offers(&room, "conversation", &code).await;
        let subjects: Vec<_> = all.iter().map(|one| one.subject.to_string()).collect();
        assert_eq!(subjects, [format!("promise/{code}.1"), format!("promise/{code}.2")]);
        assert_eq!(all[0].summary, "Night buses on two lines from May.");
        assert_eq!((all[0].due_on.as_deref(), all[1].due_on.as_deref()), (Some("2027-05-01"), None));
        assert!(all[0].organisation.is_some() && all[0].organisation == all[1].organisation);
        assert_eq!(offers(&room, "promise", &format!("{code}.2")).await, all[1..]);
        assert!(offers(&room, "promise", &format!("{code}.3")).await.is_empty());
        for (path, status) in [("1", StatusCode::OK), ("3", StatusCode::NOT_FOUND), ("x", StatusCode::NOT_FOUND)] {
            room.town.browser().get(&format!("/conversations/{code}/promises/{path}")).await.sees(status);
        }
        let own = room.town.browser().get(&format!("/conversations/{code}/promises/1")).await;
        own.says("Buses should run until midnight").says("No commitment has grown out of it yet");
    }
}

#[tokio::test]
async fn what_became_of_a_promise_stands_beside_it() {
    for room in rooms().await {
        let (code, other) = (room.open(&[]).await, room.open(&[]).await);
        promise(&room, &code, "Night buses on two lines from May.", "2027-05-01").await;
        // Another conversation plays what grew out of it: a room knows none of the others.
        let grown = Link {
            from: Subject { kind: "conversation".to_owned(), id: other.clone() },
            relation: Relation::GrewOutOf,
            to: Subject { kind: "promise".to_owned(), id: format!("{code}.1") },
        };
        let now = room.town.town.now();
        let done = room.town.town.db().write(move |tx| {
            link(tx, &grown, now)?;
            tx.commit(OffRecord("a test"), ())
        });
        done.await.map_err(|error: DbError| error).unwrap();
        for path in ["", "/report", "/promises/1"] {
            let page = room.town.browser().get(&format!("/conversations/{code}{path}")).await.sees(StatusCode::OK);
            page.says("What became of it").says(&format!("href=\"/conversations/{other}\"")).says("Open");
        }
        let told = room.town.browser().get(&format!("/conversations/{code}/promises/1.json")).await.json();
        assert_eq!(told["organisation"], "streets");
        assert_eq!(told["led_to"][0]["subject"], format!("conversation/{other}"));
        assert_eq!(told["led_to"][0]["state"], "Open");
        let all = room.town.browser().get("/conversations.json").await.json();
        let of = all.as_array().unwrap().iter().find(|one| one["code"] == code.as_str()).unwrap();
        assert_eq!(of["promises"][0], told);
    }
}

#[tokio::test]
async fn nobody_promises_for_others_or_for_yesterday() {
    for room in rooms().await {
        let code = room.open(&[]).await;
        room.town.agency("parks", "Parks").await;
        let desk = format!("/desk/conversations/{code}/promises");
        let refused = |by: &'static str, due: &'static str, statements: &'static str| {
            let form = [("promise[en]", "Benches at all stops."), ("by", by), ("due", due), ("statements", statements)];
            let (lead, desk) = (&room.lead, &desk);
            async move { lead.post(desk, &form).await.sees(StatusCode::UNPROCESSABLE_ENTITY) }
        };
        refused("parks", "", "").await.says("the organisation you answer for");
        refused("town", "", "").await.says("the organisation you answer for");
        refused("", "", "").await.says("the organisation you answer for");
        // The town's clock stands at 2026-09-21.
        refused("streets", "2026-09-20", "").await.says("That day is over");
        // What was typed is still there.
        let page = refused("streets", "2027-02-30", "0").await.says("not a day");
        page.says("Benches at all stops.").says("value=\"2027-02-30\"");
        refused("streets", "", "99").await.says("There is no statement 99").says("value=\"99\"");
        assert!(room.town.column("select words from conversation_promises").await.is_empty());
        promise(&room, &code, "Benches at all stops.", "2026-09-21").await;
    }
}

/// Promises of a town from before get the link that new ones have, so that what was promised for their conversation is found.
#[tokio::test]
async fn promises_from_before_grew_out_of_their_conversation_too() {
    for room in rooms().await {
        let code = room.open(&[]).await;
        promise(&room, &code, "Night buses on two lines from May.", "").await;
        promise(&room, &code, "Forty trees on the market square.", "").await;
        let done = room.town.town.db().write(move |tx| {
            tx.execute("delete from links where from_kind = 'promise' and from_id like '%.1'", &[])?;
            tx.execute(include_str!("../../migrations/0008_promises_grew_out.sql"), &[])?;
            tx.commit(OffRecord("a test"), ())
        });
        done.await.map_err(|error: DbError| error).unwrap();
        let links =
            "select from_id || ' ' || relation || ' ' || to_id from links where from_kind = 'promise' order by 1";
        let expected = [1, 2].map(|number| format!("{code}.{number} grew-out-of {code}"));
        assert_eq!(room.town.column(links).await, expected);
    }
}
