//! Questions in SQL, from the page to the worker and back.

use crate::town::{Room, rooms};
use axum::http::StatusCode;
use serde_json::Value;
use tables::sql::Worker;

const AS_WORKER: &str = "POLITY_TEST_SQL_WORKER";

#[test]
fn worker() {
    if std::env::var_os(AS_WORKER).is_some() {
        tables::sql::serve(std::io::stdin().lock(), std::io::stdout().lock()).unwrap();
    }
}

/// This test's own program as the worker.
pub fn workers() -> Worker {
    Worker {
        program: std::env::current_exe().unwrap(),
        arguments: ["--exact", "sql::worker", "--nocapture"].map(str::to_owned).to_vec(),
        environment: vec![(AS_WORKER.to_owned(), "1".to_owned())],
    }
}

async fn ask(room: &Room, sql: &str) -> testing::Seen {
    let encoded: String = sql.bytes().map(|b| format!("%{b:02X}")).collect();
    room.town.browser().get(&format!("/data/sql.json?sql={encoded}")).await
}

#[tokio::test]
async fn a_question_is_answered_and_a_bad_one_says_why() {
    for room in rooms().await {
        room.trees().await;
        let seen = ask(&room, "select kind, count(*) as trees from trees group by 1 order by 2 desc, 1")
            .await
            .sees(StatusCode::OK)
            .json();
        assert_eq!(seen["rows"][0], serde_json::json!({"kind": "oak", "trees": 2}));
        assert_eq!((seen["cut_by"].clone(), seen["count"].clone()), (Value::Null, Value::from(2)));
        let page = room.town.browser().get("/data/sql?sql=select+*+from+trees").await.sees(StatusCode::OK);
        page.says("<td><bdi>oak</bdi></td>").says("planted");
        room.town.browser().get("/data/sql").await.sees(StatusCode::OK).says("select kind, count(*)");
        for (sql, says) in [
            ("delete from trees", "exactly one select"),
            ("select load_extension('x')", "Only public tables"),
            ("select colour from trees", "no such column"),
            ("select * from datasets", "no such table"),
            (
                "select a.* from trees a, trees b, trees c, trees d, trees e, trees f, trees g, trees h, trees i, trees j, trees k, trees l, trees m, trees n, trees o, trees p, trees q order by random()",
                "",
            ),
        ] {
            ask(&room, sql).await.sees(StatusCode::UNPROCESSABLE_ENTITY).says(says);
        }
        room.town
            .browser()
            .get("/data/sql?sql=drop+table+trees")
            .await
            .sees(StatusCode::UNPROCESSABLE_ENTITY)
            .says("exactly one select");
        let cut = ask(&room, "with recursive c(x) as (select 1 union all select x + 1 from c) select x from c")
            .await
            .sees(StatusCode::OK)
            .json();
        assert_eq!((cut["cut_by"].as_str(), cut["count"].as_i64()), (Some("rows"), Some(10_000)));
    }
}
