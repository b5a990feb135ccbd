//! What the open-data portal gets of promises.

use crate::town::{rooms, trees};
use axum::http::StatusCode;

#[tokio::test]
async fn each_promise_is_a_row_with_its_days_and_its_money() {
    for room in rooms().await {
        let code = room.promise(&trees()).await;
        let rows = room.town.own_rows("commitments").await;
        let [row] = rows.as_slice() else { panic!("{rows:?}") };
        let cells =
            ["code", "title", "organisation", "district", "state", "budgeted_cents", "paid_cents", "milestones"];
        assert_eq!(
            cells.map(|column| row[column].as_str()),
            [code.as_str(), "Forty trees on Mill Lane", "parks", "mill", "promised", "8400000", "", "2"]
        );
        assert_eq!([&row["days_late"], &row["lat"], &row["milestones_reached"]], ["0", "50.050000", "0"]);
        let room = {
            room.town.clock.turn_to(testing::START.plus_days(41));
            room.signed_in_anew().await
        };
        let rows = room.town.own_rows("commitments").await;
        assert_eq!([&rows[0]["state"], &rows[0]["days_late"], &rows[0]["closed_at"]], ["late", "10", ""]);
        room.keep(&code, "drop", &[("text", "The lane was sold, so there is nowhere to plant.")])
            .await
            .sees(StatusCode::SEE_OTHER);
        let rows = room.town.own_rows("commitments").await;
        assert_eq!(rows[0]["state"], "dropped");
        assert!(!rows[0]["closed_at"].is_empty());
    }
}

#[tokio::test]
async fn districts_are_rows_to_join_with() {
    for room in rooms().await {
        let rows = room.town.own_rows("districts").await;
        let named: Vec<_> = rows.iter().map(|row| [row["district"].as_str(), row["name"].as_str()]).collect();
        assert_eq!(named, [["docks", "Docks"], ["mill", "Mill"]]);
        let area: f64 = rows[0]["area_km2"].parse().unwrap();
        assert!((79.0..81.0).contains(&area), "a tenth of a degree each way at 50° north: {area}");
        assert_eq!([&rows[0]["lat"], &rows[0]["long"]], ["50.050000", "0.150000"]);
    }
}
