//! The list: filters, orders, pages, twins.

use crate::town::{Room, rooms};
use axum::http::StatusCode;
use std::collections::BTreeSet;

async fn many(room: &Room) -> Vec<String> {
    let mut codes = Vec::new();
    for number in 0..7 {
        codes.push(room.proposal(&room.amina, &format!("Bench number {number} for the pond")).await);
    }
    codes
}

#[tokio::test]
async fn every_order_goes_through_all_pages_without_repeating() {
    for room in rooms().await {
        let codes = many(&room).await;
        room.turn_to_phase(1);
        room.supported(&codes[2], 2).await;
        room.supported(&codes[5], 1).await;
        let comment = [("kind", "proposal"), ("id", codes[4].as_str()), ("text", "Good.")];
        room.jon.post("/comments", &comment).await.sees(StatusCode::SEE_OTHER);
        room.town.settle().await;
        for (sort, first) in [("newest", &codes[6]), ("supported", &codes[2]), ("discussed", &codes[4])] {
            let seen = all_pages(&room, &format!("sort={sort}")).await;
            assert_eq!(&seen[0], first, "{sort}");
            assert_eq!(seen.iter().collect::<BTreeSet<_>>().len(), 7, "{sort}");
        }
        let one = all_pages(&room, "sort=random&seed=12345").await;
        assert_eq!(one, all_pages(&room, "sort=random&seed=12345").await, "the same seed is the same order");
        assert_eq!(one.iter().collect::<BTreeSet<_>>().len(), 7);
        let orders: BTreeSet<Vec<String>> = [
            all_pages(&room, "sort=random&seed=1").await,
            all_pages(&room, "sort=random&seed=77777").await,
            all_pages(&room, "sort=random&seed=1987654321").await,
        ]
        .into();
        assert!(orders.len() > 1, "other seeds are other orders");
        let drawn = room.town.browser().get("/proposals.json?sort=random").await.json();
        assert!(drawn["seed"].as_i64().unwrap() > 0);
    }
}

async fn all_pages(room: &Room, query: &str) -> Vec<String> {
    let (mut codes, mut after) = (Vec::new(), String::new());
    loop {
        let page = room.town.browser().get(&format!("/proposals.json?{query}&limit=3&after={after}")).await;
        let page = page.sees(StatusCode::OK).json();
        let rows = page["proposals"].as_array().unwrap();
        codes.extend(rows.iter().map(|row| row["code"].as_str().unwrap().to_owned()));
        match page["next"].as_str() {
            Some(next) => next.clone_into(&mut after),
            None => return codes,
        }
    }
}

#[tokio::test]
async fn filters_narrow_and_refuse_what_is_not_there() {
    for room in rooms().await {
        many(&room).await;
        let mut words = Room::words("Lamps along the quay");
        (words["category"], words["district"]) = ("streets".into(), "docks".into());
        let code = crate::town::send(&room.jon, &words).await.json()["code"].as_str().unwrap().to_owned();
        room.town.settle().await;
        for query in
            ["district=docks", "category=streets", "q=quay", "q=quay&process=budget&state=open", &format!("q={code}")]
        {
            let page = room.town.browser().get(&format!("/proposals.json?{query}")).await.json();
            assert_eq!(
                (page["total"].as_i64(), page["proposals"][0]["code"].as_str()),
                (Some(1), Some(code.as_str())),
                "{query}"
            );
        }
        let none = room.town.browser().get("/proposals.json?process=nothing").await.json();
        assert_eq!(none["total"], 0);
        for wrong in [
            "state=draft",
            "state=x",
            "district=moon",
            "sort=title;drop",
            "sort=random&seed=0",
            "sort=random&seed=x",
            "after=zz",
            "limit=0",
        ] {
            let seen = room.town.browser().get(&format!("/proposals.json?{wrong}")).await;
            assert!(matches!(seen.status.as_u16(), 400 | 422), "{wrong}: {}", seen.status);
        }
    }
}

#[tokio::test]
async fn every_twin_says_the_same() {
    for room in rooms().await {
        let code = room.proposal(&room.amina, "A bench by the mill pond").await;
        for end in ["", ".json", ".csv", ".geojson", ".rss"] {
            let seen = room.town.browser().get(&format!("/proposals{end}")).await.sees(StatusCode::OK);
            seen.says(&code).says("A bench by the mill pond");
        }
        for language in ["es", "ar"] {
            let page = room.town.browser().reading(language).get(&format!("/proposals/{code}")).await;
            page.sees(StatusCode::OK).says("A bench by the mill pond").never_says("⟦");
        }
        room.town.browser().get(&format!("/proposals/{code}.rss")).await.sees(StatusCode::OK).says("was proposed");
        room.town.browser().get("/sitemap-0.xml").await;
    }
}

/// The table has what proposals say, as their pages and the JSON do.
#[tokio::test]
async fn the_table_of_proposals_has_their_texts() {
    for room in rooms().await {
        room.proposal(&room.amina, "A bench by the mill pond").await;
        let table = room.town.browser().get("/proposals.csv").await.sees(StatusCode::OK);
        table.says(",url,text").says("There is nowhere to sit by the old mill pond.");
    }
}
