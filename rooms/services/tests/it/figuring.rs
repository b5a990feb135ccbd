//! Figures over all applications, groups compared, gaps that open, and the queue.

use crate::town::{Hall, halls};
use axum::http::StatusCode;

const DAY: i64 = 86_400_000_000;

/// One application, so that there is something to copy.
async fn one(hall: &Hall) -> testing::Browser {
    let olga = hall.parking(&[]).await;
    hall.applies(&hall.town.browser()).await;
    olga
}

/// Values of a copy that was decided.
const DECIDED: [(&str, &str); 7] = [
    ("code", "'A-COPY' || i"),
    ("secret_hash", "'copy' || i"),
    ("state", "'closed'"),
    ("is_open", "false"),
    ("outcome", "'granted'"),
    ("first_outcome", "case when i % 4 = 0 then 'refused' else 'granted' end"),
    ("decided_by", "case when i % 2 = 0 then 'olga' else 'peter' end"),
];

fn decided<'v>(more: &[(&'v str, &'v str)]) -> Vec<(&'v str, &'v str)> {
    more.iter().chain(&DECIDED).copied().collect()
}

#[tokio::test]
async fn however_many_there_are_all_are_counted() {
    for hall in halls().await {
        one(&hall).await;
        let decided_at = format!("filed_at - i * 1000000 + (i % 20) * {DAY}");
        let values = decided(&[
            ("filed_at", "filed_at - i * 1000000"),
            ("decided_at", &decided_at),
            ("district", "case when i % 3 = 0 then null else cast(i % 3 as text) end"),
        ]);
        // More than are read at once.
        hall.copies(20_050, &values).await;
        hall.measures().await;
        let figures = hall.town.browser().get("/services/figures.json").await.sees(StatusCode::OK).json();
        assert_eq!(figures["all"]["applications"], 20_051);
        // Twenty days in turn: the 10,025th waited nine, the 18,045th seventeen.
        let wait = &figures["all"]["wait"];
        assert_eq!((wait["n"].as_i64(), wait["median_days"].as_f64()), (Some(20_050), Some(9.0)), "{wait}");
        assert_eq!(wait["p90_days"], 17.0);
        let granted = &figures["all"]["granted"];
        assert_eq!((granted["n"].as_i64(), granted["value"].as_f64()), (Some(20_050), Some(15_038.0 / 20_050.0)));
        let told: Vec<_> =
            figures["districts"].as_array().unwrap().iter().map(|one| one["applications"].as_i64()).collect();
        assert_eq!(told, [Some(6_684), Some(6_683)]);
        let two = figures["fair"].as_array().unwrap().iter().find(|one| one["group"] == "2").unwrap();
        assert_eq!((two["by"].as_str(), two["granted"]["n"].as_i64()), (Some("district"), Some(6_683)));
        let page = hall.town.browser().get("/services/figures").await.sees(StatusCode::OK);
        page.says("For the same mix of services").says("n = 6,683").says("20,051").says("times to come in person");
        let csv = hall.town.browser().get("/services/figures.csv").await.sees(StatusCode::OK).text;
        let line = csv.lines().find(|line| line.starts_with("service,parking,20051,")).unwrap();
        assert_eq!(line.matches(',').count(), csv.lines().next().unwrap().matches(',').count(), "{line}");
        assert!(csv.lines().any(|line| line.starts_with("district,2,6683,")), "{csv}");
    }
}

#[tokio::test]
async fn a_gap_is_said_once_and_told_to_who_answers_for_the_town() {
    for hall in halls().await {
        one(&hall).await;
        hall.town.administrator().await;
        // Two periods of four weeks, in which district 2 waits three times as long.
        let decided_at = format!("filed_at - (case when i % 4 < 2 then 39 else 67 end) * {DAY} - i * 1000000");
        let took = "(36000 + i * 90) * (case when i % 2 = 0 then 3 else 1 end) * 1000000";
        let filed_at = format!("{decided_at} - {took}");
        let values = decided(&[
            ("filed_at", filed_at.as_str()),
            ("decided_at", &decided_at),
            ("district", "case when i % 2 = 0 then '2' else '1' end"),
            ("first_outcome", "'granted'"),
        ]);
        hall.copies(400, &values).await;
        hall.measures().await;
        hall.measures().await;
        hall.town.settle().await;
        let said: Vec<String> =
            hall.town.record().await.into_iter().filter(|entry| entry.contains("services.gap-opened")).collect();
        assert_eq!(said.len(), 1, "{said:?}");
        assert!(said[0].contains("\"group\":\"district.2\"") && said[0].contains("\"measure\":\"wait\""), "{said:?}");
        let mails = hall.town.mails().await;
        let told: Vec<_> = mails.iter().filter(|mail| mail.mail.subject.contains("fares worse")).collect();
        assert_eq!(told.len(), 1, "the administrator, once");
        assert!(told[0].mail.body_text.contains("/services/figures"), "{:?}", told[0].mail);
        let page = hall.town.browser().get("/services/figures").await.sees(StatusCode::OK);
        page.says("Gaps").says("Waiting time, 2: clearly worse");
        // The same wait for both, and it closes.
        let same = hall.town.town.db().write(|tx| {
            tx.execute("update applications set filed_at = decided_at - 36000000000 where code like 'A-COPY%'", &[])?;
            tx.execute("update applications set filed_at = filed_at - 3600000000 where code like 'A-COPY%0'", &[])?;
            tx.commit(database::OffRecord("a test"), ())
        });
        same.await.map_err(|error: database::DbError| error).unwrap();
        hall.town.clock.advance_seconds(86_400);
        hall.measures().await;
        hall.town.settle().await;
        assert!(hall.town.record().await.iter().any(|entry| entry.contains("services.gap-closed")));
        hall.town.browser().get("/services/figures").await.never_says("clearly worse");
    }
}

#[tokio::test]
async fn two_more_clerks_on_monday() {
    for hall in halls().await {
        let olga = one(&hall).await;
        let path = "/desk/services/queue";
        olga.get(path).await.sees(StatusCode::OK).says("too few to say").never_says("What changes");
        let filed_at = format!("filed_at - (1 + i % 84) * {DAY}");
        let decided_at = format!("filed_at - (1 + i % 84) * {DAY} + 3600000000");
        let values = [
            ("filed_at", filed_at.as_str()),
            ("decided_at", &decided_at),
            ("decided_by", "case when (i / 84) % 2 = 0 then 'olga' else 'peter' end"),
        ];
        hall.copies(840, &decided(&values)).await;
        let waiting =
            [("code", "'A-COPYW' || i"), ("secret_hash", "'waiting' || i"), ("filed_at", "filed_at - i * 1000")];
        hall.copies(60, &waiting).await;
        let page = olga.get(path).await.sees(StatusCode::OK);
        page.says("61 applications wait for the office").says("What changes").says("a difference could be chance");
        let found = olga.get(&format!("{path}.json")).await.sees(StatusCode::OK).json();
        let measured =
            |name: &str| found[name].as_array().unwrap().iter().map(|one| one.as_f64().unwrap()).sum::<f64>();
        assert_eq!((measured("arrivals"), measured("clerks")), (70.0, 14.0), "{found}");
        assert_eq!((found["per_clerk_day"].as_f64(), found["backlog"].as_i64()), (Some(5.0), Some(61)));
        assert_eq!(found["compared"]["backlog_change"]["value"], 0.0);
        // Fewer on Monday leave more behind, surely; more leave less.
        let less = olga.get(&format!("{path}.json?rate=5&then-1=0")).await.sees(StatusCode::OK).json();
        assert!(less["compared"]["backlog_change"]["low"].as_f64().unwrap() > 0.0, "{less}");
        let more = olga.get(&format!("{path}?agency=streets&rate=4,5&now-1=1&then-1=3")).await.sees(StatusCode::OK);
        more.says("fewer wait").says("value=\"4,5\"").says("Week 12");
        let wrong = olga.get(&format!("{path}?then-3=many")).await.sees(StatusCode::UNPROCESSABLE_ENTITY);
        wrong.says("href=\"#then-3\"").says("between 0 and 500");
        olga.get(&format!("{path}.json?rate=-1")).await.sees(StatusCode::UNPROCESSABLE_ENTITY);
        hall.town.browser().get(path).await.sees(StatusCode::SEE_OTHER);
        let other = hall.town.agency("parks", "Parks").await;
        let paula = hall.town.holder("paula@example.org", civic::Role::Officer, Some(&other)).await;
        paula.get(path).await.sees(StatusCode::OK).never_says("61 applications");
    }
}

#[tokio::test]
async fn what_is_likely_to_wait_is_told_to_everybody_with_its_interval() {
    for hall in halls().await {
        one(&hall).await;
        // For 120 days one comes each day and waits twenty; a few of another service wait too.
        let filed_at = format!("filed_at - i * {DAY}");
        let state = "case when i > 20 then 'closed' else 'received' end";
        let ended = format!("case when i > 20 then filed_at - i * {DAY} + 20 * {DAY} end");
        let values = [
            ("code", "'A-COPY' || i"),
            ("secret_hash", "'copy' || i"),
            ("filed_at", filed_at.as_str()),
            ("state", state),
            ("is_open", "i <= 20"),
            ("decided_at", ended.as_str()),
            ("outcome", "case when i > 20 then 'granted' end"),
            ("first_outcome", "case when i > 20 then 'granted' end"),
        ];
        hall.copies(120, &values).await;
        hall.measures().await;
        let anybody = hall.town.browser();
        for path in ["/services/figures.json", "/services/figures.json?service=parking"] {
            let outlook = anybody.get(path).await.sees(StatusCode::OK).json()["outlook"].clone();
            assert!((18..=21).contains(&outlook["waiting"].as_u64().unwrap()), "{outlook}");
            assert!((119..=121).contains(&outlook["history_days"].as_u64().unwrap()), "{outlook}");
            let weeks = outlook["weeks"].as_array().unwrap();
            assert_eq!(weeks.len(), 4);
            for week in weeks {
                let [low, expected, high] = ["low", "expected", "high"].map(|name| week[name].as_u64().unwrap());
                assert!(low <= expected && expected <= high && (10..=30).contains(&expected), "{week}");
            }
        }
        anybody.get("/services/figures").await.says("What is likely to wait").says("With 95% certainty");
    }
}
