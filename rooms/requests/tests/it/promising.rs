//! An end is promised with the report, moved with a reason, and seen by everybody when it was not kept.

use crate::town::rooms;
use axum::http::StatusCode;
use civic::Moment;
use serde_json::json;

/// The test town works mon-fri 08:00-16:00; its clock begins on Monday, 21 September 2026. A lamp is promised in 3 working days.
const DUE: &str = "2026-09-24T16:00:00Z";

#[tokio::test]
async fn a_report_carries_its_promise_everywhere() {
    for room in rooms().await {
        let (code, own) = room.lamp("It flickers").await;
        let visitor = room.town.browser();
        visitor.get(&format!("/requests/{code}")).await.says("Promised by").says("24 September 2026");
        visitor.get(&own.replace("/own?", "/thanks?")).await.says("24 September 2026");
        let seen = visitor.get(&format!("/requests/{code}.json")).await.json();
        assert_eq!((seen["due_at"].as_str(), seen["overdue"].as_bool()), (Some(DUE), Some(false)));
        visitor.get("/requests.csv").await.says("due_at").says(DUE);
        let standard = visitor.get(&format!("/open311/v2/requests/{code}.json")).await.json();
        assert_eq!(standard[0]["expected_datetime"], DUE);
        let bin = json!({"category": "bin", "address": "Quay", "attributes": {"size": "L"}});
        let bin = visitor.post_json("/requests.json", &bin).await.sees(StatusCode::CREATED).json();
        assert!(bin["due_at"].is_null(), "nothing was promised for bins: {bin}");
    }
}

#[tokio::test]
async fn what_is_overdue_comes_first_and_is_public() {
    for room in rooms().await {
        let visitor = room.town.browser();
        let bin = json!({"category": "bin", "address": "Quay", "attributes": {"size": "L"}});
        let bin = visitor.post_json("/requests.json", &bin).await.sees(StatusCode::CREATED).json();
        let bin = bin["code"].as_str().unwrap();
        let (first, _) = room.lamp("It flickers").await;
        room.town.clock.advance_seconds(86_400);
        let (second, _) = room.lamp("It is dark").await;
        visitor.get("/requests.json?state=overdue").await.never_says(&first);
        room.town.clock.turn_to(Moment::parse("2026-09-24T16:00:01Z").unwrap());
        visitor.get("/requests?state=overdue").await.says(&first).says("Overdue").never_says(&second).never_says(bin);
        visitor.get("/requests?state=late").await.sees(StatusCode::UNPROCESSABLE_ENTITY);
        let admin = room.town.administrator().await;
        let desk = admin.get("/desk.json").await.json();
        let codes: Vec<_> =
            desk["requests"].as_array().unwrap().iter().map(|one| one["code"].as_str().unwrap()).collect();
        assert_eq!(codes, [&*first, &*second, bin], "what is due first, then what has no promise");
        // Page by page, the same.
        let one = admin.get("/desk.json?limit=1").await.json();
        let next = admin.get(&format!("/desk.json?limit=2&after={}", one["next"].as_str().unwrap())).await.json();
        assert_eq!(next["requests"][0]["code"], *second);
        assert_eq!(next["requests"][1]["code"], *bin);
        room.lamps.get("/desk?state=overdue").await.says(&first).never_says(&second);
        let done = [("text", "A new bulb"), ("version", &*room.version(&first).await)];
        room.lamps.post(&format!("/desk/{first}/resolve"), &done).await.sees(StatusCode::SEE_OTHER);
        assert_eq!(visitor.get(&format!("/requests/{first}.json")).await.json()["overdue"], false);
        visitor.get("/requests.json?state=overdue").await.never_says(&first);
    }
}

#[tokio::test]
async fn a_promise_is_moved_with_a_reason() {
    for room in rooms().await {
        let (code, _) = room.lamp("It flickers").await;
        let extend = format!("/desk/{code}/extend");
        let version = room.version(&code).await;
        for (until, text, sentence) in [
            ("", "The part is late", "Write the day as"),
            ("tomorrow", "The part is late", "Write the day as"),
            ("2026-09-22", "The part is late", "after the promise that stands"),
            ("2020-01-01", "The part is late", "after the promise that stands"),
            ("2036-01-04", "The part is late", "within two years"),
            ("2026-10-02", "", "Please write"),
        ] {
            let form = [("until", until), ("text", text), ("version", &*version)];
            let refused = room.lamps.post(&extend, &form).await.sees(StatusCode::UNPROCESSABLE_ENTITY).says(sentence);
            refused.says(&format!("value=\"{until}\"")).says(text);
        }
        let form = [("until", "2026-10-03"), ("text", "The part is late"), ("version", &*version)];
        room.town.browser().post(&extend, &form).await.sees(StatusCode::SEE_OTHER).location().contains("/sign-in");
        room.bins.post(&extend, &form).await.sees(StatusCode::NOT_FOUND);
        room.lamps.post(&extend, &form).await.sees(StatusCode::SEE_OTHER);
        let visitor = room.town.browser();
        visitor
            .get(&format!("/requests/{code}"))
            .await
            .says("The part is late")
            .says("5 October 2026")
            .says("Promise moved");
        let seen = visitor.get(&format!("/requests/{code}.json")).await.json();
        assert_eq!(seen["due_at"], "2026-10-05T16:00:00Z", "a Saturday means the close of Monday");
        room.lamps.post(&extend, &form).await.sees(StatusCode::CONFLICT);
        room.town.settle().await;
        let record = room.town.record().await.join("\n");
        assert!(
            record.contains("request.extended") && record.contains("2026-10-05") && !record.contains("part is late")
        );
    }
}

#[tokio::test]
async fn the_promise_follows_the_category_and_begins_anew() {
    for room in rooms().await {
        let (code, _) = room.lamp("It flickers").await;
        let admin = room.town.administrator().await;
        let due = async || room.town.browser().get(&format!("/requests/{code}.json")).await.json()["due_at"].clone();
        let act = async |admin: &testing::Browser, word: &str, field: &str, value: &str| {
            let form = [(field, value), ("version", &*room.version(&code).await)];
            admin.post(&format!("/desk/{code}/{word}"), &form).await.sees(StatusCode::SEE_OTHER);
        };
        act(&admin, "category", "category", "bin").await;
        assert!(due().await.is_null());
        act(&admin, "category", "category", "lamp").await;
        assert_eq!(due().await, DUE);
        act(&admin, "decline", "text", "Not ours").await;
        room.town.clock.turn_to(Moment::parse("2026-12-23T09:00:00Z").unwrap());
        act(&room.town.signed_in("first@example.org").await, "reopen", "text", "It is ours").await;
        // Christmas is a holiday of this town.
        assert_eq!(due().await, "2026-12-29T16:00:00Z");
    }
}

/// Says anew what is promised for lamps.
async fn promised(admin: &testing::Browser, more: &[(&str, &str)]) -> testing::Seen {
    let lamp = [
        ("code", "lamp"),
        ("organisation", "lights"),
        ("name[en]", "Broken lamp"),
        ("description[en]", "When it does not work."),
        ("position", "1"),
        ("active", "yes"),
    ];
    admin.post("/admin/categories", &[lamp.as_slice(), more].concat()).await
}

#[tokio::test]
async fn the_administrator_sets_what_is_promised() {
    for room in rooms().await {
        let admin = room.town.administrator().await;
        let save =
            async |promise: &str, unit: &str| promised(&admin, &[("promise", promise), ("promise-unit", unit)]).await;
        for wrong in ["0", "-1", "1.5", "soon", "1001", "99999999999"] {
            save(wrong, "days").await.sees(StatusCode::UNPROCESSABLE_ENTITY).says("whole number from 1 to 1000");
        }
        save("4", "hours").await.sees(StatusCode::SEE_OTHER);
        admin.get("/admin/categories?edit=lamp").await.says("value=\"4\"").says("value=\"hours\" selected");
        let (code, _) = room.lamp("It flickers").await;
        let seen = room.town.browser().get(&format!("/requests/{code}.json")).await.json();
        // Reported a little after 14:13 on Monday: less than two hours are left of that day.
        assert!(seen["due_at"].as_str().unwrap().starts_with("2026-09-22T10:1"), "{seen}");
    }
}

#[tokio::test]
async fn an_agency_keeps_its_own_hours() {
    for room in rooms().await {
        let first = room.town.administrator().await;
        let page = "/admin/organisations/lights";
        for (hours, holidays, says) in
            [("noon", "", "noon"), ("mon 10:00-09:00", "", "end after"), ("", "25.12.", "25.12.")]
        {
            let form = [("hours", hours), ("holidays", holidays)];
            first.post(page, &form).await.sees(StatusCode::UNPROCESSABLE_ENTITY).says(says);
        }
        let form = [("hours", "mon-sun 06:00-10:00"), ("holidays", "2026-09-22\n")];
        room.lamps.post(page, &form).await.sees(StatusCode::FORBIDDEN);
        first.post(page, &form).await.sees(StatusCode::SEE_OTHER);
        first.get(page).await.says("mon-sun 06:00-10:00").says("2026-09-22");
        first.post("/admin/organisations/nobody", &form).await.sees(StatusCode::NOT_FOUND);
        room.town.settle().await;
        // Reported on Monday 21 September; the 22nd is its holiday: three days later at its own close.
        let (code, _) = room.lamp("It flickers").await;
        let seen = room.town.browser().get(&format!("/requests/{code}.json")).await.json();
        assert_eq!(seen["due_at"], "2026-09-25T10:00:00Z");
        assert!(room.town.record().await.join("\n").contains("organisation.hours-set"));
    }
}

#[tokio::test]
async fn another_agency_may_promise_something_else() {
    for room in rooms().await {
        let admin = room.town.administrator().await;
        let save = async |theirs: &str, wait: &str| {
            let own = [("promise", "3"), ("promise-unit", "days")];
            let others = [("promise-of[waste]", theirs), ("promise-unit-of[waste]", "days"), ("wait-days", wait)];
            promised(&admin, &[own.as_slice(), &others].concat()).await
        };
        save("0", "5")
            .await
            .sees(StatusCode::UNPROCESSABLE_ENTITY)
            .says("<a href=\"#promise-of\">Waste and recycling: write a whole number from 1 to 1000")
            .says("name=\"promise-of[waste]\" value=\"0\"")
            .says("aria-describedby=\"promise-of-waste-error\"")
            .says("id=\"promise-of-waste-error\"")
            .never_says("id=\"promise-error\"");
        save("7", "61").await.sees(StatusCode::UNPROCESSABLE_ENTITY).says("1 to 60 working days");
        save("7", "5").await.sees(StatusCode::SEE_OTHER);
        let page = admin.get("/admin/categories?edit=lamp").await;
        page.says("name=\"promise-of[waste]\" value=\"7\"").says("value=\"5\"");
        let (code, _) = room.lamp("It flickers").await;
        let seen = async || room.town.browser().get(&format!("/requests/{code}.json")).await.json();
        assert_eq!(seen().await["due_at"], DUE);
        let pass = async |from: &testing::Browser, to: &str| {
            let form = [("organisation", to), ("version", &*room.version(&code).await)];
            from.post(&format!("/desk/{code}/pass"), &form).await.sees(StatusCode::SEE_OTHER);
        };
        // Seven working days from the report on Monday 21 September; the other agency promised three.
        pass(&room.lamps, "waste").await;
        let passed = seen().await;
        assert_eq!((passed["due_at"].as_str(), &passed["first_due_at"]), (Some("2026-09-30T16:00:00Z"), &DUE.into()));
        // Back again nothing is taken back of what was promised since.
        pass(&room.bins, "lights").await;
        assert_eq!(seen().await["due_at"], "2026-09-30T16:00:00Z");
        room.town.browser().get(&format!("/requests/{code}")).await.says("was promised first");
    }
}
