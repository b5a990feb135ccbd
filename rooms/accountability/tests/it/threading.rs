//! The thread across rooms: what led to a promise, and what came of it.

use crate::{
    town::{Room, rooms, trees},
    wishes::{New, VOTE, WISH, lay, wish},
};
use axum::http::StatusCode;
use civic::{Moment, Subject};
use commons::links::{Link, Relation, link};
use database::{DbError, OffRecord};
use serde_json::json;

async fn tie(room: &Room, from: Subject, relation: Relation, to: Subject) {
    let done = room.town.town.db().write(move |tx| {
        link(tx, &Link { from, relation, to }, Moment(1))?;
        tx.commit(OffRecord("a test"), ())
    });
    done.await.map_err(|error: DbError| error).unwrap();
}

fn wish_of(id: &str) -> Subject {
    Subject::new(WISH, id)
}

async fn ids(room: &Room, path: &str) -> Vec<String> {
    let thread = room.town.browser().get(&format!("/thread/{path}.json")).await.sees(StatusCode::OK).json();
    thread["steps"].as_array().unwrap().iter().map(|step| step["id"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn a_thread_goes_back_and_on_but_not_sideways() {
    for room in rooms().await {
        for (id, title) in [("W-1", "More shade"), ("W-2", "Trees"), ("W-3", "Benches")] {
            lay(&room.town, wish(id, title)).await;
        }
        lay(&room.town, New { subject: Subject::new(VOTE, "V-1"), ..wish("", "Budget") }).await;
        tie(&room, wish_of("W-2"), Relation::GrewOutOf, wish_of("W-1")).await;
        let mut making = trees();
        making["from"] = json!("wish/W-2");
        let code = room.promise(&making).await;
        making["from"] = json!("wish/W-3");
        let other = room.promise(&making).await;
        for code in [&code, &other] {
            let promise = Subject::new(accountability::COMMITMENT, code.as_str());
            tie(&room, Subject::new(VOTE, "V-1"), Relation::Funds, promise).await;
        }
        assert_eq!(ids(&room, "wish/W-1").await, ["W-1", "W-2", &*code]);
        let own = ids(&room, &format!("commitment/{code}")).await;
        assert_eq!(own, ["V-1", "W-1", "W-2", &*code], "the other promise of the vote has a thread of its own");
        assert_eq!(ids(&room, "vote/V-1").await.len(), 3);
        let page = room.town.browser().get(&format!("/thread/commitment/{code}")).await.sees(StatusCode::OK);
        page.says("More shade")
            .says("<svg class=\"threadline\"")
            .says("You are here")
            .never_says("⟦")
            .never_says("Benches");
        let arabic = room.town.browser().reading("ar").get("/thread/wish/W-1").await.sees(StatusCode::OK);
        arabic.never_says("⟦").says("dir=\"rtl\"");
    }
}

#[tokio::test]
async fn a_circle_ends_and_a_long_thread_is_cut() {
    for room in rooms().await {
        for number in 0..16 {
            lay(&room.town, wish(&format!("W-{number}"), "Again")).await;
        }
        for (from, to) in [(0, 1), (1, 2), (2, 0)] {
            tie(&room, wish_of(&format!("W-{from}")), Relation::GrewOutOf, wish_of(&format!("W-{to}"))).await;
        }
        assert_eq!(ids(&room, "wish/W-0").await.len(), 3);
        for number in 3..15 {
            tie(&room, wish_of(&format!("W-{}", number + 1)), Relation::GrewOutOf, wish_of(&format!("W-{number}")))
                .await;
        }
        let whole = room.town.browser().get("/thread/wish/W-4.json").await.json();
        assert_eq!((whole["cut"].clone(), whole["steps"].as_array().unwrap().len()), (json!(false), 13));
        let deep = room.town.browser().get("/thread/wish/W-15.json").await.json();
        assert_eq!(deep["cut"], json!(true));
        room.town.browser().get("/thread/wish/W-15").await.says("longer than");
    }
}

#[tokio::test]
async fn what_is_not_public_is_not_in_any_thread() {
    for room in rooms().await {
        lay(&room.town, wish("W-1", "More shade")).await;
        lay(&room.town, New { public: false, ..wish("W-2", "Secret draft") }).await;
        lay(&room.town, wish("W-3", "Behind it")).await;
        tie(&room, wish_of("W-2"), Relation::GrewOutOf, wish_of("W-1")).await;
        tie(&room, wish_of("W-3"), Relation::GrewOutOf, wish_of("W-2")).await;
        let visitor = room.town.browser();
        for path in ["wish/W-2", "wish/W-9", "nothing/W-1", "wish/%00", "commitment/K-2222"] {
            visitor.get(&format!("/thread/{path}")).await.sees(StatusCode::NOT_FOUND).never_says("Secret");
        }
        let thread = visitor.get("/thread/wish/W-1.json").await.sees(StatusCode::OK);
        thread.never_says("W-2").never_says("Behind").says("W-1");
        visitor.get("/thread/wish/W-1").await.never_says("W-2");
        room.parks.get("/commitments/new?from=wish/W-2").await.sees(StatusCode::NOT_FOUND);
    }
}

#[tokio::test]
async fn officers_link_with_a_public_reason_and_nobody_else() {
    for room in rooms().await {
        lay(&room.town, wish("W-1", "More shade")).await;
        lay(&room.town, wish("W-2", "Trees")).await;
        let path = "/thread/wish/W-2";
        let fields = |other| [("relation", "grew-out-of"), ("other", other), ("reason", "The same lane")];
        let resident = room.town.signed_in("amina@example.org").await;
        resident.post(path, &fields("/wishes/W-1")).await.sees(StatusCode::FORBIDDEN);
        room.parks
            .post(path, &[("relation", "grew-out-of"), ("other", "/wishes/W-1"), ("reason", " ")])
            .await
            .sees(StatusCode::UNPROCESSABLE_ENTITY);
        for other in ["/wishes/W-9", "/nowhere/W-1", "javascript:alert(1)", "/wishes/", "W-1"] {
            let status = room.parks.post(path, &fields(other)).await.status;
            assert!(status.is_client_error(), "{other}: {status}");
        }
        room.parks
            .post(path, &fields("/wishes/W-2"))
            .await
            .sees(StatusCode::UNPROCESSABLE_ENTITY)
            .says("linked to itself");
        let duplicate = [("relation", "duplicate-of"), ("other", "/wishes/W-1"), ("reason", "x")];
        room.parks.post(path, &duplicate).await.sees(StatusCode::UNPROCESSABLE_ENTITY);
        let full = format!("{}/wishes/W-1?x=1#top", testing::ADDRESS);
        room.parks.post(path, &fields(&full)).await.sees(StatusCode::SEE_OTHER);
        room.parks.post(path, &fields("/wishes/W-1")).await.sees(StatusCode::CONFLICT);
        room.town.browser().get(path).await.says("The same lane").says("More shade");
        let record = room.town.record().await.join("\n");
        assert!(record.contains("thread.linked") && !record.contains("same lane"));
        let take = [("take", "grew-out-of wish/W-1"), ("reason", "Another lane after all")];
        room.parks.post(path, &take).await.sees(StatusCode::SEE_OTHER);
        room.parks.post(path, &take).await.sees(StatusCode::CONFLICT);
        assert_eq!(ids(&room, "wish/W-2").await, ["W-2"]);
        room.town.browser().get(path).await.says("Another lane after all").says("The same lane");
    }
}
