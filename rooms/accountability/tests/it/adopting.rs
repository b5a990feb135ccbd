//! What a vote selected becomes promises in one go.

use crate::{
    town::{Room, day, rooms},
    wishes::{New, VOTE, lay, settle, wish},
};
use axum::http::StatusCode;
use civic::Subject;
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
