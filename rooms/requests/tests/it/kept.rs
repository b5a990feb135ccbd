//! A promise that was broken stays broken, whatever is promised later.

use crate::town::{Room, rooms};
use axum::http::StatusCode;
use serde_json::Value;

async fn act(room: &Room, code: &str, act: &str, fields: &[(&str, &str)]) -> testing::Seen {
    let version = room.version(code).await;
    let mut all = vec![("version", &*version)];
    all.extend(fields);
    room.lamps.post(&format!("/desk/{code}/{act}"), &all).await.sees(StatusCode::SEE_OTHER)
}

async fn seen(room: &Room, code: &str) -> Value {
    room.town.browser().get(&format!("/requests/{code}.json")).await.json()
}

/// On time, of these moved, open with a moved promise, and all whose time has come.
async fn figures(room: &Room) -> [u64; 4] {
    room.town.clock.advance_seconds(61);
    let all = room.town.browser().get("/requests/figures.json").await.json()["all"].clone();
    ["on_time", "on_time_moved", "moved", "promised"].map(|field| all[field].as_u64().unwrap())
}

#[tokio::test]
async fn moving_a_promise_that_ran_out_does_not_keep_it() {
    for room in rooms().await {
        let (code, _) = room.lamp("one").await;
        let first = seen(&room, &code).await["due_at"].clone();
        assert_eq!((&seen(&room, &code).await["first_due_at"], figures(&room).await), (&first, [0, 0, 0, 0]));
        // The promise of three working days runs out on Thursday.
        room.town.clock.advance_seconds(86_400 * 7);
        assert_eq!((&seen(&room, &code).await["broken_at"], figures(&room).await), (&first, [0, 0, 0, 1]));
        act(&room, &code, "extend", &[("until", "2026-10-30"), ("text", "The lamp was ordered")]).await;
        let now = seen(&room, &code).await;
        assert_eq!((&now["broken_at"], &now["first_due_at"], now["overdue"].as_bool()), (&first, &first, Some(false)));
        assert_eq!(figures(&room).await, [0, 0, 1, 1], "it was broken, and is promised anew");
        let visitor = room.town.browser();
        visitor.get(&format!("/requests/{code}")).await.says("that promise was not kept");
        room.lamps.get(&format!("/desk/{code}")).await.says("that promise was not kept");
        act(&room, &code, "resolve", &[("text", "A new bulb")]).await;
        assert_eq!(figures(&room).await, [0, 0, 0, 1], "ended by the second promise is not ended by the first");
        act(&room, &code, "reopen", &[("text", "It is dark again")]).await;
        act(&room, &code, "resolve", &[("text", "Another bulb")]).await;
        assert_eq!((figures(&room).await, &seen(&room, &code).await["broken_at"]), ([0, 0, 0, 1], &first));
        visitor.get("/requests/figures").await.never_says("were kept after being moved");
    }
}

#[tokio::test]
async fn a_promise_that_was_moved_in_time_is_said_to_be() {
    for room in rooms().await {
        let (code, _) = room.lamp("one").await;
        let first = seen(&room, &code).await["due_at"].clone();
        act(&room, &code, "extend", &[("until", "2026-10-30"), ("text", "The lamp was ordered")]).await;
        let visitor = room.town.browser();
        visitor.get(&format!("/requests/{code}")).await.says("was promised first");
        room.town.clock.advance_seconds(86_400 * 7);
        act(&room, &code, "resolve", &[("text", "A new bulb")]).await;
        let now = seen(&room, &code).await;
        assert_eq!((&now["broken_at"], &now["first_due_at"]), (&Value::Null, &first));
        assert_eq!(figures(&room).await, [1, 1, 0, 1]);
        visitor.get(&format!("/requests/{code}")).await.says("Kept after being moved");
        visitor.get("/requests/figures").await.says("were kept after being moved");
        visitor.get("/requests.csv").await.says("first_due_at,broken_at").says(first.as_str().unwrap());
    }
}

#[tokio::test]
async fn what_is_open_is_counted_by_its_age() {
    for room in rooms().await {
        room.lamp("old").await;
        room.town.clock.advance_seconds(86_400 * 100);
        room.lamp("new").await;
        room.town.clock.advance_seconds(86_400);
        let visitor = room.town.browser();
        let all = visitor.get("/requests/figures.json").await.json()["all"].clone();
        let count = |field: &str| all[field].as_u64().unwrap();
        assert_eq!((count("open"), count("open_over_30_days"), count("open_over_90_days")), (2, 1, 1));
        assert!((86_400..86_500).contains(&count("age_median_seconds")), "{all}");
        assert!(count("age_p90_seconds") > 86_400 * 100, "{all}");
        assert!(all["median_seconds"].is_null() && all["answer_median_seconds"].is_null(), "nothing has ended: {all}");
        visitor.get("/requests/figures").await.says("not yet").says("1 for more than 90");
        visitor.get("/requests/figures.csv").await.says("open_over_90_days");
        visitor.get("/requests/figures/districts/mill").await.says("1 for more than 90");
        visitor.get("/requests/figures/districts/mill.svg").await.says("half open for");
        room.town.browser().get("/requests/figures/districts/mill.pdf").await.sees(StatusCode::OK);
    }
}

/// What stood in the town before promises were noted, as far as its history tells.
#[tokio::test]
async fn a_town_from_before_knows_what_its_history_tells() {
    for room in rooms().await {
        let (late, _) = room.lamp("late").await;
        let (told, _) = room.lamp("told of").await;
        room.town.clock.advance_seconds(86_400 * 5);
        room.town.settle().await;
        act(&room, &late, "resolve", &[("text", "A new bulb")]).await;
        act(&room, &told, "extend", &[("until", "2026-10-30"), ("text", "The lamp was ordered")]).await;
        let (fresh, _) = room.lamp("fresh").await;
        let migration = requests::MIGRATIONS.migrations.iter().find(|one| one.name == "broken promises").unwrap();
        let filled = room.town.town.db().write(move |tx| {
            tx.execute("update requests set first_due_at = null, broken_at = null", &[])?;
            for statement in migration.sql.split(';') {
                let lines = statement.lines().filter(|line| !line.starts_with("--")).collect::<Vec<_>>().join("\n");
                if lines.trim_start().starts_with("update requests") {
                    tx.execute(&lines, &[])?;
                }
            }
            tx.commit(database::OffRecord("a test"), ())
        });
        filled.await.map_err(|error: database::DbError| error).unwrap();
        let [late, told, fresh] = [seen(&room, &late).await, seen(&room, &told).await, seen(&room, &fresh).await];
        assert_eq!((&late["broken_at"], &late["first_due_at"]), (&late["due_at"], &late["due_at"]));
        assert!(told["broken_at"].is_string() && told["first_due_at"].is_null(), "it was carried up in public: {told}");
        assert_eq!((&fresh["broken_at"], &fresh["first_due_at"]), (&Value::Null, &fresh["due_at"]));
    }
}
