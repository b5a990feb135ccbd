//! Stories that officers write: drafted, published, changed, withdrawn; and what should not come through.

use crate::town::{Room, rooms};
use axum::http::StatusCode;
use database::{DbError, OffRecord};
use serde_json::json;
use testing::{Browser, Seen};

const SQL: &str = "select kind, count(*) as trees from trees group by kind order by trees desc, kind";

async fn write(browser: &Browser, path: &str, change: &[(&str, &str)]) -> Seen {
    let usual = [
        ("organisation", "parks"),
        ("name", "kinds"),
        ("title[en]", "Which trees stand here?"),
        ("title[es]", "¿Qué árboles hay aquí?"),
        ("lead[en]", "Most of them are oaks."),
        ("text[en]", "Counted by the parks."),
        ("sql", SQL),
        ("label", "kind"),
        ("value", "trees"),
        ("map", ""),
    ];
    let given = |name: &str| change.iter().find(|(other, _)| *other == name).map(|(_, value)| *value);
    let extra = change.iter().filter(|(name, _)| !usual.iter().any(|(other, _)| other == name)).copied();
    let form: Vec<(&str, &str)> =
        usual.iter().map(|(name, value)| (*name, given(name).unwrap_or(value))).chain(extra).collect();
    browser.post(path, &form).await
}

async fn drafted(room: &Room) {
    room.trees().await;
    let to = write(&room.parks, "/data/stories", &[]).await.sees(StatusCode::SEE_OTHER);
    assert_eq!(to.location(), "/data/stories/kinds/edit");
}

#[tokio::test]
async fn a_story_from_its_draft_to_its_end() {
    for room in rooms().await {
        drafted(&room).await;
        let visitor = room.town.browser();
        visitor.get("/data/stories/kinds").await.sees(StatusCode::NOT_FOUND);
        visitor.get("/data").await.never_says("Which trees");
        let own = room.parks.get("/data/stories/kinds").await.sees(StatusCode::OK);
        own.says("Not public").says("Draft").says("<svg class=\"chart").says("oak").says("Counted by the parks");
        room.parks.get("/data/stories/new").await.says("id=\"name\" name=\"name\" value=\"\"");
        room.parks.get("/data").await.says("/data/stories/kinds").says("(Draft)").says("/data/stories/new");
        room.parks
            .get("/data/stories/kinds/edit")
            .await
            .sees(StatusCode::OK)
            .says("order by trees desc")
            .says("Publish it");

        room.parks.post("/data/stories/kinds/publish", &[("version", "1")]).await.sees(StatusCode::SEE_OTHER);
        visitor
            .get("/data")
            .await
            .says("/data/stories/kinds")
            .says("Which trees stand here?")
            .never_says("/data/stories/new");
        visitor
            .get("/data/stories/kinds")
            .await
            .sees(StatusCode::OK)
            .never_says("Not public")
            .says("Trees of the parks");
        room.town.browser().reading("es").get("/data/stories/kinds").await.says("¿Qué árboles hay aquí?");
        let twin = visitor.get("/data/stories/kinds.json").await.sees(StatusCode::OK).json();
        assert_eq!(twin["rows"], json!([{"kind": "oak", "trees": 2}, {"kind": "elm", "trees": 1}]));
        assert_eq!((twin["sql"].as_str(), twin["datasets"].clone()), (Some(SQL), json!(["trees"])));
        let csv = visitor.get("/data/stories/kinds.csv").await.sees(StatusCode::OK);
        assert_eq!(csv.text.replace("\r\n", "\n"), "kind,trees\noak,2\nelm,1\n");

        let changed = [("lead[en]", "Oaks are most of them."), ("version", "2")];
        write(&room.parks, "/data/stories/kinds/save", &changed).await.sees(StatusCode::SEE_OTHER);
        visitor.get("/data/stories/kinds").await.says("Oaks are most of them.");
        nobody_writes_over_what_they_have_not_seen(&room).await;

        room.parks.post("/data/stories/kinds/withdraw", &[("version", "3")]).await.sees(StatusCode::SEE_OTHER);
        visitor.get("/data/stories/kinds").await.sees(StatusCode::NOT_FOUND);
        visitor.get("/data/stories/kinds.json").await.sees(StatusCode::NOT_FOUND);
        visitor.get("/data").await.never_says("Which trees");
        room.town.settle().await;
        let record = room.town.record().await.join("\n");
        for saying in ["data-story.published", "data-story.changed", "data-story.withdrawn"] {
            assert_eq!(record.matches(saying).count(), 1, "{saying}");
        }
        assert!(!record.contains("Which trees"), "its words are on its page, and may change");
    }
}

/// The story is in its third version, with another lead than the second had.
async fn nobody_writes_over_what_they_have_not_seen(room: &Room) {
    let path = "/data/stories/kinds/save";
    let mine = [("lead[en]", "Mine."), ("version", "2")];
    let told = write(&room.parks, path, &mine).await.sees(StatusCode::CONFLICT);
    told.says("What is kept now").says("Oaks are most of them.").says("Mine.").says("name=\"version\" value=\"3\"");
    // What is wrong besides is told first, and the version stays the one that was seen.
    let wrong = [("sql", "delete from trees"), ("version", "2")];
    let told = write(&room.parks, path, &wrong).await.sees(StatusCode::UNPROCESSABLE_ENTITY);
    told.says("name=\"version\" value=\"2\"").never_says("What is kept now");
    for version in [None, Some("x"), Some("")] {
        let version: Vec<(&str, &str)> = version.map(|version| ("version", version)).into_iter().collect();
        let mine = [[("lead[en]", "Mine.")].as_slice(), version.as_slice()].concat();
        let told = write(&room.parks, path, &mine).await.sees(StatusCode::UNPROCESSABLE_ENTITY);
        told.says("did not say which version").says("What is kept now").says("Oaks are most of them.").says("Mine.");
        for act in ["publish", "withdraw"] {
            let told = room.parks.post(&format!("/data/stories/kinds/{act}"), &version).await;
            told.sees(StatusCode::UNPROCESSABLE_ENTITY)
                .says("did not say which version")
                .never_says("What is kept now");
        }
    }
    for act in ["publish", "withdraw"] {
        let told = room.parks.post(&format!("/data/stories/kinds/{act}"), &[("version", "2")]).await;
        told.sees(StatusCode::CONFLICT);
    }
    let now = room.parks.get("/data/stories/kinds").await.sees(StatusCode::OK);
    now.says("Oaks are most of them.").never_says("Mine.");
}

#[tokio::test]
async fn only_who_publishes_for_the_agency_writes_and_changes() {
    for room in rooms().await {
        drafted(&room).await;
        let visitor = room.town.browser();
        for path in ["/data/stories/new", "/data/stories/kinds/edit"] {
            assert_ne!(visitor.get(path).await.status, StatusCode::OK, "{path}");
        }
        let told = write(&visitor, "/data/stories", &[("name", "mine")]).await.sees(StatusCode::SEE_OTHER);
        assert!(told.location().contains("sign-in"), "{}", told.location());
        room.parks.get("/data/stories/mine").await.sees(StatusCode::NOT_FOUND);
        room.roads.get("/data/stories/kinds").await.sees(StatusCode::NOT_FOUND);
        room.roads.get("/data/stories/kinds/edit").await.sees(StatusCode::NOT_FOUND);
        for act in ["save", "publish", "withdraw"] {
            write(&room.roads, &format!("/data/stories/kinds/{act}"), &[]).await.sees(StatusCode::NOT_FOUND);
        }
        let for_parks = write(&room.roads, "/data/stories", &[("name", "mine")]).await;
        for_parks.sees(StatusCode::UNPROCESSABLE_ENTITY);
        room.roads.get("/data").await.never_says("Which trees");
        room.parks.post("/data/stories/kinds/burn", &[]).await.sees(StatusCode::NOT_FOUND);
    }
}

#[tokio::test]
async fn other_peoples_drafts_crowd_nobody_out_of_the_list() {
    for room in rooms().await {
        drafted(&room).await;
        room.parks.post("/data/stories/kinds/publish", &[("version", "1")]).await.sees(StatusCode::SEE_OTHER);
        // Sixty newer ones of the roads, which only they see.
        let roads = room.town.column("select id from organisations where code = 'roads'").await.remove(0);
        let made = room.town.town.db().write(move |tx| {
            for number in 1..=60 {
                let copy = format!(
                    "insert into data_stories (name, organisation_id, state, since, body, made_at, updated_at, version)
                    select 'road-{number}', '{roads}', 'draft', since, body, made_at, updated_at + {number}, 1
                    from data_stories where name = 'kinds'"
                );
                tx.execute(&copy, &[])?;
            }
            tx.commit(OffRecord("a test"), ())
        });
        made.await.map_err(|error: DbError| error).unwrap();
        room.town.browser().get("/data").await.says("/data/stories/kinds\"").never_says("/data/stories/road-");
        room.parks.get("/data").await.says("/data/stories/kinds\"").never_says("/data/stories/road-");
        room.roads
            .get("/data")
            .await
            .says("/data/stories/kinds\"")
            .says("/data/stories/road-60\"")
            .says("(Draft)")
            .never_says("/data/stories/road-1\"");
        let version = [("version", "2")];
        room.parks.post("/data/stories/kinds/withdraw", &version).await.sees(StatusCode::SEE_OTHER);
        room.town.browser().get("/data").await.never_says("/data/stories/kinds\"");
        room.parks.get("/data").await.says("/data/stories/kinds\"").says("(Withdrawn)");
    }
}

#[tokio::test]
async fn hostile_questions_and_words_do_not_come_through() {
    for room in rooms().await {
        drafted(&room).await;
        for (change, says) in [
            (("sql", "delete from trees"), "exactly one select"),
            (("sql", "select 1; drop table trees"), "exactly one select"),
            (("sql", "select load_extension('x') as kind"), "Only public tables"),
            (("sql", "select * from people"), "no such table"),
            (("sql", ""), "exactly one select"),
            (("value", "height"), "It has: kind, trees"),
            (("label", "<script>alert(1)</script>"), "It has: kind, trees"),
            (("map", "district"), "has no column"),
            (("name", "lamps"), "Choose a name"),
            (("name", "new"), "Choose a name"),
            (("name", "../trees"), "Choose a name"),
            (("name", "kinds"), "kinds"),
            (("lead[en]", "  "), "at least one language"),
        ] {
            let name = ("name", "other");
            let change = if change.0 == "name" { vec![change] } else { vec![name, change] };
            let seen = write(&room.parks, "/data/stories", &change).await;
            assert!(
                seen.status == StatusCode::UNPROCESSABLE_ENTITY || seen.status == StatusCode::CONFLICT,
                "{change:?} {}",
                seen.status
            );
            seen.says(says).never_says("<script>alert");
        }
        room.parks.get("/data/stories/other").await.sees(StatusCode::NOT_FOUND);
        let bad = "<script>alert(1)</script>";
        let sql = format!("select '{bad}' as kind, 3 as trees from trees limit 1");
        let change = [
            ("name", "bad"),
            ("title[en]", bad),
            ("lead[en]", bad),
            ("text[en]", bad),
            ("sql", sql.as_str()),
            ("map", "kind"),
        ];
        write(&room.parks, "/data/stories", &change).await.sees(StatusCode::SEE_OTHER);
        room.parks.post("/data/stories/bad/publish", &[("version", "1")]).await.sees(StatusCode::SEE_OTHER);
        for path in ["/data/stories/bad", "/data", "/data/stories/bad/edit"] {
            let seen = room.parks.get(path).await.sees(StatusCode::OK);
            seen.says("&#60;script&#62;").never_says("<script>alert");
        }
        // What a limit cuts says so, on the page and for programs.
        let sql = "with recursive c(n) as (select 1 union all select n + 1 from c) select n as kind, n as trees from c";
        let change = [("name", "many"), ("sql", sql)];
        write(&room.parks, "/data/stories", &change).await.sees(StatusCode::SEE_OTHER);
        let page = room.parks.get("/data/stories/many").await.sees(StatusCode::OK);
        page.says("A limit cut this answer").says("The page shows the first 200 of them.");
        let csv = room.parks.get("/data/stories/many.csv").await.sees(StatusCode::OK);
        assert_eq!((csv.headers["x-answer-cut"].to_str().unwrap(), csv.text.lines().count()), ("true", 10_001));
        let json = room.parks.get("/data/stories/many.json").await.sees(StatusCode::OK).json();
        assert_eq!(json["cut_by"], "rows");
        let csv = room.parks.get("/data/stories/bad.csv").await.sees(StatusCode::OK);
        assert!(!csv.headers.contains_key("x-answer-cut"));
        // A table that is taken back takes its story's answer along, and a draft about it is not published.
        room.parks.post("/data/trees/withdraw", &[]).await.sees(StatusCode::SEE_OTHER);
        for _ in 0..2 {
            let told = room.town.browser().get("/data/stories/bad").await.sees(StatusCode::UNPROCESSABLE_ENTITY);
            told.never_says("<script>alert");
        }
        let told = room.parks.post("/data/stories/kinds/publish", &[("version", "1")]).await;
        told.sees(StatusCode::UNPROCESSABLE_ENTITY).says("no such table");
        room.town.browser().get("/data/stories/kinds").await.sees(StatusCode::NOT_FOUND);
        // Once the table is there again, both are.
        room.parks.post("/data/trees/publish", &[]).await.sees(StatusCode::SEE_OTHER);
        room.parks.post("/data/stories/kinds/publish", &[("version", "1")]).await.sees(StatusCode::SEE_OTHER);
        for story in ["bad", "kinds"] {
            room.town.browser().get(&format!("/data/stories/{story}")).await.sees(StatusCode::OK);
        }
    }
}

#[tokio::test]
async fn amounts_have_their_thousands_apart_and_years_do_not() {
    for room in rooms().await {
        room.trees().await;
        let sql = "select kind, count(*) * 1234567 as trees, 2019 as year, -1234.5 as change from trees group by kind order by 2 desc, 1";
        write(&room.parks, "/data/stories", &[("sql", sql)]).await.sees(StatusCode::SEE_OTHER);
        room.parks.post("/data/stories/kinds/publish", &[("version", "1")]).await.sees(StatusCode::SEE_OTHER);
        let page = room.town.browser().get("/data/stories/kinds").await.sees(StatusCode::OK);
        page.says("<bdi>2,469,134</bdi>").says("<bdi>2019</bdi>").says("<bdi>−1,234.5</bdi>");
        let page = room.town.browser().reading("es").get("/data/stories/kinds").await.sees(StatusCode::OK);
        page.says("<bdi>2.469.134</bdi>").says("<bdi>−1.234,5</bdi>");
    }
}

#[tokio::test]
async fn lamps_that_are_still_dark_are_rounded_and_stand_in_the_table_and_in_the_answer() {
    for room in rooms().await {
        let publish = async |name: &str, csv: &str| {
            room.draft(name).await;
            room.add(name, "a.csv", csv.as_bytes()).await.sees(StatusCode::SEE_OTHER);
            room.parks.post(&format!("/data/{name}/publish"), &[]).await.sees(StatusCode::SEE_OTHER);
        };
        let lamps: String = (0..7)
            .map(|n| format!("street-light,east,{},{}\n", n + 1, if n < 4 { "2026-01-02T10:00:00Z" } else { "" }))
            .collect();
        publish("service-requests", &format!("category,district,days_open,closed_at\n{lamps}")).await;
        publish("districts", "district,name,area_km2\neast,East,10\nwest,West,20\n").await;
        publish("commitments", "district,closed_at\neast,2026-01-02T10:00:00Z\nwest,2026-01-03T10:00:00Z\n").await;
        let told = room.town.browser().get("/data/stories/lamps.json").await.sees(StatusCode::OK).json();
        assert_eq!(
            (told["rows"][0]["still_dark"].as_i64(), told["rows"][0]["still_dark_percent"].as_i64()),
            (Some(3), Some(43))
        );
        let page = room.town.browser().get("/data/stories/lamps").await.sees(StatusCode::OK);
        page.says("<td class=\"n\"><bdi>43 %</bdi></td>").says("Still dark, of 100").never_says("42 %");
    }
}
