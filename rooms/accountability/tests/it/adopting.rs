//! What a vote selected becomes promises in one go.

use crate::{
    town::{Room, day, rooms, trees},
    wishes::{New, VOTE, WISH, lay, settle, wish},
};
use axum::http::StatusCode;
use civic::Subject;
use commons::links::{Link, Relation};
use testing::Seen;

async fn vote(room: &Room) {
    let vote = New { subject: Subject::new(VOTE, "V-1"), ..wish("", "Budget 2026") };
    lay(&room.town, vote).await;
    for (id, title, cost) in [("W-1", "Trees", 8_400_000), ("W-2", "Benches", 120_000), ("W-3", "A fountain", 990_000)]
    {
        lay(&room.town, New { cost: Some(cost), vote: Some("V-1"), ..wish(id, title) }).await;
    }
    room.town.settle().await;
}

async fn adopt(room: &Room, picked: &[&str]) -> Seen {
    let due = day(100);
    let mut fields = vec![("organisation", "parks"), ("from", "vote/V-1"), ("due", due.as_str())];
    fields.extend(picked.iter().map(|pick| ("pick", *pick)));
    room.parks.post("/commitments/adopt", &fields).await
}

async fn promised(room: &Room) -> Vec<String> {
    let list = room.town.browser().get("/commitments.json").await.json();
    list["commitments"].as_array().unwrap().iter().map(|one| one["title"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn everything_selected_is_promised_at_once_with_its_money_and_its_links() {
    for room in rooms().await {
        vote(&room).await;
        let form = room.parks.get("/commitments/new?from=vote/V-1").await.sees(StatusCode::OK);
        form.says("Trees").says("Benches").says("EUR 84,000");
        adopt(&room, &["wish/W-1", "wish/W-2"]).await.sees(StatusCode::SEE_OTHER);
        let mut titles = promised(&room).await;
        titles.sort();
        assert_eq!(titles, ["Benches", "Trees"]);
        let links =
            room.town.column("select from_kind || ' ' || relation || ' ' || to_kind from links order by 1").await;
        let wanted = [
            "commitment grew-out-of wish",
            "commitment grew-out-of wish",
            "vote funds commitment",
            "vote funds commitment",
        ];
        assert_eq!(links, wanted);
        let record = room.town.record().await.join("\n");
        assert_eq!(record.matches("\"commitment.made\"").count(), 2);
        assert!(record.contains("\"budgeted_cents\":120000"));
        room.parks.get("/commitments/new?from=vote/V-1").await.says("promised already").says("A fountain");
    }
}

/// What was taken on when a matter offered its parts under its own name is not taken on again, now that each has its own.
#[tokio::test]
async fn what_was_promised_for_the_whole_counts_for_the_part_it_was_about() {
    for room in rooms().await {
        vote(&room).await;
        let done = async |link: Link| {
            let now = room.town.town.now();
            let done = room.town.town.db().write(move |tx| {
                commons::links::link(tx, &link, now)?;
                tx.commit(database::OffRecord("a test"), ())
            });
            done.await.map_err(|error: database::DbError| error).unwrap();
        };
        for id in ["W-1", "W-2", "W-3"] {
            let (from, to) = (Subject::new(WISH, id), Subject::new(VOTE, "V-1"));
            done(Link { from, relation: Relation::GrewOutOf, to }).await;
        }
        let mut making = trees();
        (making["title[en]"], making["from"]) = ("Trees".into(), "vote/V-1".into());
        let code = room.promise(&making).await;
        // Of three, it is the one whose words it has.
        adopt(&room, &["wish/W-1"]).await.sees(StatusCode::CONFLICT).says("promised already");
        let form = room.parks.get("/commitments/new?from=vote/V-1").await;
        form.says("promised already").says(&code);
        adopt(&room, &["wish/W-2"]).await.sees(StatusCode::SEE_OTHER);
        // The only offer of a matter is what was promised for it, in whatever words.
        lay(&room.town, New { subject: Subject::new(VOTE, "V-2"), ..wish("", "Another budget") }).await;
        lay(&room.town, New { vote: Some("V-2"), ..wish("W-4", "A swing") }).await;
        done(Link { from: Subject::new(WISH, "W-4"), relation: Relation::GrewOutOf, to: Subject::new(VOTE, "V-2") })
            .await;
        room.town.settle().await;
        (making["title[en]"], making["from"]) = ("Something to swing on".into(), "vote/V-2".into());
        room.promise(&making).await;
        let fields = [("organisation", "parks"), ("from", "vote/V-2"), ("due", &*day(100)), ("pick", "wish/W-4")];
        room.parks.post("/commitments/adopt", &fields).await.sees(StatusCode::CONFLICT).says("promised already");
    }
}

#[tokio::test]
async fn all_of_them_or_none() {
    for room in rooms().await {
        vote(&room).await;
        adopt(&room, &[]).await.sees(StatusCode::UNPROCESSABLE_ENTITY);
        adopt(&room, &["wish/W-1", "wish/W-9"])
            .await
            .sees(StatusCode::UNPROCESSABLE_ENTITY)
            .says("is not offered here");
        assert!(promised(&room).await.is_empty(), "nothing half-promised");
        adopt(&room, &["wish/W-1"]).await.sees(StatusCode::SEE_OTHER);
        adopt(&room, &["wish/W-2", "wish/W-1"]).await.sees(StatusCode::CONFLICT).says("promised already");
        adopt(&room, &["wish/W-2", "wish/W-2"]).await.sees(StatusCode::CONFLICT);
        assert_eq!(promised(&room).await, ["Trees"]);
    }
}

/// Pressed 16 times at once, each project is promised once.
#[tokio::test]
async fn a_button_pressed_many_times_promises_once() {
    for room in rooms().await {
        vote(&room).await;
        let all = futures_util::future::join_all((0..16).map(|_| adopt(&room, &["wish/W-1", "wish/W-2"]))).await;
        assert_eq!(all.iter().filter(|seen| seen.status == StatusCode::SEE_OTHER).count(), 1);
        assert!(all.iter().all(|seen| matches!(seen.status, StatusCode::SEE_OTHER | StatusCode::CONFLICT)));
        assert_eq!(promised(&room).await.len(), 2);
    }
}

/// What an offer says of by whom and by when holds for the promise.
#[tokio::test]
async fn an_offer_that_names_who_and_when_is_promised_just_so() {
    for room in rooms().await {
        vote(&room).await;
        settle(&room.town, "W-1", "parks", day(50)).await;
        settle(&room.town, "W-2", "roads", day(50)).await;
        let form = room.parks.get("/commitments/new?from=vote/V-1").await.sees(StatusCode::OK);
        form.says(&day(50));
        adopt(&room, &["wish/W-1"]).await.sees(StatusCode::UNPROCESSABLE_ENTITY).says("settled for");
        adopt(&room, &["wish/W-2"]).await.sees(StatusCode::UNPROCESSABLE_ENTITY).says("as the work of");
        let alone = [("from", "vote/V-1"), ("pick", "wish/W-2")];
        room.parks.post("/commitments/adopt", &alone).await.sees(StatusCode::UNPROCESSABLE_ENTITY);
        assert!(promised(&room).await.is_empty());
        let alone = [("from", "vote/V-1"), ("pick", "wish/W-1")];
        room.parks.post("/commitments/adopt", &alone).await.sees(StatusCode::SEE_OTHER);
        let list = room.town.browser().get("/commitments.json").await.json();
        let made = &list["commitments"][0];
        assert!(made.to_string().contains(&day(50)) && made.to_string().contains("parks"), "{made}");
    }
}
