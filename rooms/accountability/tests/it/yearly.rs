//! The annual report, and the agency that a new promise begins with.

use crate::{
    town::{day, rooms, trees},
    wishes::{New, lay, wish},
};
use axum::http::StatusCode;
use civic::Role;
use serde_json::json;

#[tokio::test]
async fn a_year_is_told_as_page_table_and_data_that_agree() {
    for room in rooms().await {
        let visitor = room.town.browser();
        visitor.get("/commitments/years").await.sees(StatusCode::SEE_OTHER);
        let mut codes = Vec::new();
        for (number, due) in [(0, 40), (1, 5), (2, 5), (3, 5), (4, 400)] {
            let mut making = trees();
            making["title[en]"] = json!(format!("Promise <b>{number}</b>, =cmd()"));
            making["due"] = json!(day(due));
            making["milestones"] = json!("");
            if number == 3 {
                (making["lat"], making["long"]) = (json!(""), json!(""));
            }
            codes.push(room.promise(&making).await);
        }
        room.keep(&codes[0], "fulfil", &[("text", "All planted")]).await.sees(StatusCode::SEE_OTHER);
        room.keep(&codes[1], "break", &[("text", "No water there")]).await.sees(StatusCode::SEE_OTHER);
        room.pass_days(10).await;
        let room = room.signed_in_anew().await;
        room.keep(&codes[2], "fulfil", &[("text", "Late, but there")]).await.sees(StatusCode::SEE_OTHER);
        let year = &testing::START.rfc3339()[..4];
        let base = format!("/commitments/years/{year}");
        let seen = visitor.get(&format!("{base}.json")).await.sees(StatusCode::OK).json();
        let of = |figures: &serde_json::Value| {
            ["made", "kept", "kept_late", "late", "broken", "dropped", "open"].map(|key| figures[key].as_i64().unwrap())
        };
        assert_eq!(of(&seen["all"]), [5, 1, 1, 1, 1, 0, 1]);
        assert_eq!(of(&seen["districts"]["mill"]), [4, 1, 1, 0, 1, 0, 1]);
        assert_eq!(of(&seen["districts"][""]), [1, 0, 0, 1, 0, 0, 0]);
        assert_eq!(seen["all"]["money"]["EUR"]["budgeted_cents"], 5 * 8_400_000);
        let csv = visitor.get(&format!("{base}.csv")).await.sees(StatusCode::OK).text;
        assert_eq!(csv.lines().count(), 6);
        let page = visitor
            .get(&base)
            .await
            .sees(StatusCode::OK)
            .says("Annual report")
            .says("Kept, but later than first promised");
        page.says("Mill").says("EUR 420,000").says(&codes[3]).never_says("<b>0</b>").never_says("⟦");
        for language in ["es", "ar"] {
            room.town.browser().reading(language).get(&base).await.sees(StatusCode::OK).never_says("⟦");
        }
        // A promise that ended is told in the year of its end and no more; years to come and no years are not there.
        for other in ["9999", "0", "-1", "abc", "99999999999", "2026'--"] {
            visitor.get(&format!("/commitments/years/{other}")).await.sees(StatusCode::NOT_FOUND);
        }
        room.pass_days(370).await;
        let next = year.parse::<i32>().unwrap() + 1;
        let seen = visitor.get(&format!("/commitments/years/{next}.json")).await.sees(StatusCode::OK).json();
        assert_eq!(of(&seen["all"]), [0, 0, 0, 1, 0, 0, 1]);
        let newest = visitor.get("/commitments/years").await.sees(StatusCode::SEE_OTHER);
        assert_eq!(newest.location(), base, "the last whole year comes first");
    }
}

/// Who is late moves the day by one and keeps it then; who has broken a promise takes it up again.
#[tokio::test]
async fn moving_the_day_or_taking_up_again_makes_no_promise_kept_in_time() {
    for room in rooms().await {
        let making = |due| {
            let mut making = trees();
            (making["due"], making["milestones"]) = (json!(day(due)), json!(""));
            making
        };
        let late = room.promise(&making(3)).await;
        let broken = room.promise(&making(40)).await;
        let moved = room.promise(&making(4)).await;
        room.keep(&moved, "postpone", &[("until", &day(90)), ("text", "No plants yet")])
            .await
            .sees(StatusCode::SEE_OTHER);
        room.keep(&broken, "break", &[("text", "No money")]).await.sees(StatusCode::SEE_OTHER);
        room.pass_days(6).await;
        let room = room.signed_in_anew().await;
        room.keep(&late, "postpone", &[("until", &day(8)), ("text", "A day more")]).await.sees(StatusCode::SEE_OTHER);
        room.keep(&late, "fulfil", &[("text", "Done")]).await.sees(StatusCode::SEE_OTHER);
        room.keep(&broken, "reopen", &[("text", "There is money")]).await.sees(StatusCode::SEE_OTHER);
        let year = &testing::START.rfc3339()[..4];
        let visitor = room.town.browser();
        let report = async || visitor.get(&format!("/commitments/years/{year}.json")).await.sees(StatusCode::OK).json();
        let of = |seen: &serde_json::Value| {
            ["kept", "kept_late", "late", "moved", "broken"].map(|key| seen["all"][key].as_i64().unwrap())
        };
        let seen = report().await;
        assert_eq!(of(&seen), [0, 1, 0, 1, 1]);
        let line = seen["commitments"].as_array().unwrap().iter().find(|line| line["code"] == *late).unwrap().clone();
        assert!(line["first_due_at"].as_str() < line["due_at"].as_str(), "{line}");
        room.keep(&broken, "fulfil", &[("text", "Done after all")]).await.sees(StatusCode::SEE_OTHER);
        assert_eq!(of(&report().await), [0, 2, 0, 1, 0]);
        let page = visitor.get(&format!("/commitments/years/{year}")).await.sees(StatusCode::OK);
        page.says("by the day that was promised first").says("Moved to a later day");
    }
}

#[tokio::test]
async fn a_promise_begins_with_the_agency_that_answers_for_what_it_grows_out_of() {
    for room in rooms().await {
        lay(&room.town, New { vote: Some("V-1"), ..wish("W-1", "A fountain") }).await;
        lay(&room.town, wish("W-2", "A bench")).await;
        let both = room.town.holder("both@example.org", Role::Administrator, None).await;
        let chosen = |page: &str| {
            let menu =
                page.split("name=\"organisation\"").nth(1).unwrap().split("</select>").next().unwrap().to_owned();
            let option =
                menu.split("<option").find(|option| option.contains(" selected")).unwrap_or_default().to_owned();
            option.split("value=\"").nth(1).unwrap_or_default().split('"').next().unwrap_or_default().to_owned()
        };
        let seen = both.get("/commitments/new?from=wish/W-1").await.sees(StatusCode::OK);
        assert_eq!(chosen(&seen.text), "roads");
        let seen = both.get("/commitments/new?from=wish/W-2").await.sees(StatusCode::OK);
        assert_eq!(chosen(&seen.text), "", "nobody answers for it, so one has to choose");
        // Who answers for the parks alone promises for the parks.
        let seen = room.parks.get("/commitments/new?from=wish/W-1").await.sees(StatusCode::OK);
        assert_eq!(chosen(&seen.text), "parks");
    }
}
