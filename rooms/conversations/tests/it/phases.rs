//! Until when statements can be written, and a map that is shown at the end; who took part by district.

use crate::town::{Room, rooms, setting};
use axum::http::StatusCode;
use conversations::Stance::{Agree, Disagree};
use serde_json::json;

async fn answered(room: &Room, code: &str) {
    for person in 0..9 {
        let one = if person < 7 { Agree } else { Disagree };
        room.answers_as(code, &format!("p{person}"), &[(0, one), (1, Agree), (2, one), (3, Disagree)]).await;
    }
    room.drawn().await;
}

#[tokio::test]
async fn a_map_that_is_shown_at_the_end_is_behind_no_door_before() {
    for room in rooms().await {
        let code = room.open(&[("map_shown", "at-end")]).await;
        answered(&room, &code).await;
        let page = format!("/conversations/{code}");
        let get = |path: String| {
            let browser = room.town.browser();
            async move { browser.get(&path).await }
        };
        for door in ["/map", "/report", "/statements"] {
            let seen =
                get(format!("{page}{door}")).await.sees(StatusCode::OK).says("shown when the conversation ended");
            seen.never_says("78 %").never_says("<svg class=\"omap").never_says("agree 0 %");
        }
        get(format!("/embed{page}/map")).await.sees(StatusCode::OK).never_says("78 %");
        get(page.clone()).await.sees(StatusCode::OK).never_says("What came out so far");
        let closed = ["/map.json", "/map?at=17", "/export/votes.csv", "/export/participants-votes.csv"];
        for door in closed.iter().chain(&["/export/comments.csv", "/export/importance.csv", "/export/summary.csv"]) {
            get(format!("{page}{door}")).await.sees(StatusCode::CONFLICT);
        }
        let told = get(format!("{page}.json")).await.json();
        assert_eq!(
            (told["people"].as_u64(), &told["levels"], &told["map_shown"]),
            (Some(9), &json!([]), &json!("at-end"))
        );
        assert_eq!(get("/conversations.json".to_owned()).await.json()[0], told);
        let all = get(format!("{page}/statements.json")).await.json();
        let turn = get(format!("{page}/take-part.json?statement=0")).await.json();
        for one in all["statements"].as_array().unwrap().iter().chain([&turn["statement"]]) {
            for figure in ["agrees", "disagrees", "passes", "important", "group_informed"] {
                assert!(one[figure].is_null(), "{figure}: {one}");
            }
        }
        let table = get(format!("{page}/statements.csv?sort=number")).await.text;
        assert!(table.lines().skip(1).all(|line| line.contains(",,,,")), "{table}");
        assert!(room.town.own_rows("conversation-statements").await.is_empty());
        // Those who lead it see what may be coordinated, and everybody sees all of it afterwards.
        room.advance(&code, "close").await;
        get(format!("{page}/report")).await.says("78 %").never_says("shown when the conversation ended");
        assert_eq!(get(format!("{page}/statements.json?sort=number")).await.json()["statements"][0]["agrees"], 7);
        assert_eq!(get(format!("{page}/export/votes.csv")).await.sees(StatusCode::OK).text.lines().count(), 37);
    }
}

#[tokio::test]
async fn writing_can_end_before_answering_does() {
    for room in rooms().await {
        let wrong = [("writing", "2026-09-24T10:00"), ("closes", "2026-09-23T10:00")];
        let seen = room.lead.post("/desk/conversations", &setting(&wrong)).await.sees(StatusCode::UNPROCESSABLE_ENTITY);
        seen.says("before the beginning or after the end").says("value=\"2026-09-24T10:00\"");
        // The town's clock stands at 2026-09-21 14:13 UTC.
        let code = room.open(&[("writing", "2026-09-22T10:00"), ("closes", "2026-09-23T10:00")]).await;
        let page = format!("/conversations/{code}");
        room.town.browser().get(&page).await.says("New ones can be written until");
        let amina = room.visitor(&code).await;
        let form = [("words", "Kites may fly on the green"), ("sure", "yes")];
        amina.post(&format!("{page}/write"), &form).await.sees(StatusCode::SEE_OTHER);
        room.town.clock.advance_seconds(86_400);
        let late = [("words", "Dogs should be allowed on trams"), ("sure", "yes")];
        amina.post(&format!("{page}/write"), &late).await.sees(StatusCode::CONFLICT).says("Now they are answered");
        amina.get(&format!("{page}/write")).await.says("Nobody can write here now");
        amina.get(&format!("{page}/take-part")).await.sees(StatusCode::OK).never_says("Write a statement");
        assert_eq!(room.vote(&amina, &code, "0", "agree").await, StatusCode::SEE_OTHER);
        let numbers = "select number || '' from conversation_statements order by number";
        assert_eq!(room.town.column(numbers).await.len(), 5);
    }
}

#[tokio::test]
async fn districts_and_gaps_are_told_to_machines_and_few_are_not_counted() {
    for room in rooms().await {
        let code = room.open(&[("census", "mill, 600\ndocks, 400")]).await;
        for person in 0..8 {
            let visitor = room.visitor(&code).await;
            room.vote(&visitor, &code, "0", "agree").await;
            let district = if person < 6 { "mill" } else { "docks" };
            let path = format!("/conversations/{code}/district");
            visitor.post(&path, &[("district", district)]).await.sees(StatusCode::SEE_OTHER);
            room.town.clock.advance_seconds(5);
        }
        room.drawn().await;
        let map = room.town.browser().get(&format!("/conversations/{code}/map.json")).await.sees(StatusCode::OK).json();
        let of = |wanted: &str| map["districts"].as_array().unwrap().iter().find(|one| one["code"] == wanted).unwrap();
        assert_eq!((of("mill")["people"].as_i64(), of("mill")["share"].as_f64()), (Some(6), Some(1.0)));
        assert_eq!(of("mill")["gap_points"].as_f64().map(f64::round), Some(40.0));
        assert_eq!(of("docks")["living_share"].as_f64(), Some(0.4));
        for figure in ["people", "share", "gap_points"] {
            assert!(of("docks")[figure].is_null(), "{figure}: {map}");
        }
        for door in ["map", "report"] {
            let seen = room.town.browser().get(&format!("/conversations/{code}/{door}")).await;
            seen.says("fewer than 5").says("40 points more");
        }
    }
}
