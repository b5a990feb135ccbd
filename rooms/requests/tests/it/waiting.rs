//! The agency asks; the clock stands still until the reporter answers.

use crate::town::{Room, rooms};
use axum::http::StatusCode;
use database::{DbError, OffRecord};

async fn due(room: &Room, code: &str) -> String {
    let seen = room.town.browser().get(&format!("/requests/{code}.json")).await.json();
    seen["due_at"].as_str().unwrap_or_default().to_owned()
}

async fn at_desk(room: &Room, code: &str, act: &str, text: &str) -> testing::Seen {
    let version = room.version(code).await;
    room.lamps.post(&format!("/desk/{code}/{act}"), &[("version", &version), ("text", text)]).await
}

fn split(own: &str) -> (String, String) {
    let (path, key) = own.split_once("?key=").unwrap();
    (path.strip_suffix("/own").unwrap().to_owned(), key.to_owned())
}

#[tokio::test]
async fn the_promise_stands_still_until_the_reporter_answers() {
    for room in rooms().await {
        let (code, own) = room.reachable_lamp("One of the lamps").await;
        let promised = due(&room, &code).await;
        at_desk(&room, &code, "ask", "Which of the four lamps?").await.sees(StatusCode::SEE_OTHER);
        assert_eq!(due(&room, &code).await, "", "nothing is promised while the agency waits");
        let visitor = room.town.browser();
        visitor.get(&format!("/requests/{code}")).await.says("Which of the four lamps?").says("Waits for an answer");
        room.lamps.get("/desk?state=waiting").await.says(&code);
        room.town.clock.advance_seconds(86_400 * 7);
        room.lamps.get("/desk?state=overdue").await.never_says(&code);
        at_desk(&room, &code, "ask", "And again?").await.sees(StatusCode::CONFLICT);
        visitor.get(&own).await.says("Which of the four lamps?").says("Your answer");
        let (path, key) = split(&own);
        visitor.post(&format!("{path}/reply"), &[("reply", "The northern one")]).await.sees(StatusCode::NOT_FOUND);
        visitor
            .post(&format!("{path}/reply"), &[("key", &key), ("reply", "")])
            .await
            .sees(StatusCode::UNPROCESSABLE_ENTITY);
        let reply = [("key", &*key), ("reply", "The northern one")];
        visitor.post(&format!("{path}/reply"), &reply).await.sees(StatusCode::SEE_OTHER);
        visitor.post(&format!("{path}/reply"), &reply).await.sees(StatusCode::CONFLICT);
        visitor.get(&format!("/requests/{code}")).await.says("The northern one");
        let later = due(&room, &code).await;
        assert!(later > promised, "{later} is the old promise {promised}, a week later");
        let (old, new): (jiff::Timestamp, jiff::Timestamp) = (promised.parse().unwrap(), later.parse().unwrap());
        assert_eq!(
            new.duration_since(old).as_hours(),
            24 * 6,
            "six closes were missed; that of the first day never counted"
        );
        let record = room.town.record().await.join("\n");
        assert!(record.contains("request.asked") && record.contains("request.replied") && !record.contains("northern"));
    }
}

#[tokio::test]
async fn an_agency_goes_on_without_an_answer_and_ends_it() {
    for room in rooms().await {
        let (code, _) = room.reachable_lamp("One of the lamps").await;
        at_desk(&room, &code, "continue", "").await.sees(StatusCode::CONFLICT);
        at_desk(&room, &code, "ask", "").await.sees(StatusCode::UNPROCESSABLE_ENTITY);
        at_desk(&room, &code, "ask", "Which one?").await.sees(StatusCode::SEE_OTHER);
        at_desk(&room, &code, "continue", "").await.sees(StatusCode::SEE_OTHER);
        assert_ne!(due(&room, &code).await, "");
        at_desk(&room, &code, "ask", "Which one?").await.sees(StatusCode::SEE_OTHER);
        room.town.clock.advance_seconds(86_400 * 20);
        at_desk(&room, &code, "resolve", "We found it").await.sees(StatusCode::SEE_OTHER);
        let seen = room.town.browser().get(&format!("/requests/{code}.json")).await.json();
        assert_eq!(seen["waiting_since"], serde_json::Value::Null);
        assert!(
            seen["due_at"].as_str().unwrap() > seen["closed_at"].as_str().unwrap(),
            "the wait does not count: {seen}"
        );
    }
}

#[tokio::test]
async fn what_was_late_before_the_question_stays_late() {
    for room in rooms().await {
        let (code, _) = room.reachable_lamp("One of the lamps").await;
        room.town.clock.advance_seconds(86_400 * 10);
        at_desk(&room, &code, "ask", "Which one?").await.sees(StatusCode::SEE_OTHER);
        room.lamps.get("/desk?state=overdue").await.says(&code);
        at_desk(&room, &code, "continue", "").await.sees(StatusCode::SEE_OTHER);
        room.lamps.get("/desk?state=overdue").await.says(&code);
    }
}

#[tokio::test]
async fn the_reporter_is_asked_by_mail_with_a_link_of_its_own() {
    for room in rooms().await {
        let body = serde_json::json!({"category": "lamp", "lat": 50.05, "long": 0.05, "email": "amina@example.org"});
        let seen = room.town.browser().post_json("/requests.json", &body).await.json();
        let (code, own) = (seen["code"].as_str().unwrap(), seen["own_url"].as_str().unwrap());
        at_desk(&room, code, "ask", "Which of them?").await.sees(StatusCode::SEE_OTHER);
        let mails = room.town.mails().await;
        let asked = mails.iter().find(|mail| mail.mail.subject.contains("question")).unwrap();
        assert!(asked.mail.body_text.contains("Which of them?"));
        let link = testing::link_in(&asked.mail.body_text);
        let local = |url: &str| url.strip_prefix(testing::ADDRESS).unwrap_or(url).to_owned();
        assert_ne!(local(&link), local(own));
        for way in [local(&link), local(own)] {
            room.town.browser().get(&way).await.sees(StatusCode::OK).says("Which of them?");
        }
    }
}

#[tokio::test]
async fn nobody_waits_for_somebody_who_cannot_be_reached() {
    for room in rooms().await {
        let (code, own) = room.lamp("One of the lamps").await;
        let promised = due(&room, &code).await;
        room.lamps.get(&format!("/desk/{code}")).await.says("So the clock runs on");
        at_desk(&room, &code, "ask", "Which of the four?").await.sees(StatusCode::SEE_OTHER);
        let visitor = room.town.browser();
        let seen = visitor.get(&format!("/requests/{code}.json")).await.json();
        assert_eq!((seen["due_at"].as_str(), seen["waiting_since"].as_str()), (Some(&*promised), None));
        visitor.get(&format!("/requests/{code}")).await.says("Which of the four?").never_says("Waits for an answer");
        // Who looks at their report can answer all the same, once.
        let (path, key) = split(&own);
        visitor.get(&own).await.says("Which of the four?").says("Your answer");
        let reply = [("key", &*key), ("reply", "The northern one")];
        visitor.post(&format!("{path}/reply"), &reply).await.sees(StatusCode::SEE_OTHER);
        visitor.post(&format!("{path}/reply"), &reply).await.sees(StatusCode::CONFLICT);
        assert_eq!(due(&room, &code).await, promised);
    }
}

#[tokio::test]
async fn a_clock_that_stands_still_runs_again_by_itself() {
    for room in rooms().await {
        let (code, own) = room.reachable_lamp("One of the lamps").await;
        at_desk(&room, &code, "ask", "Which one?").await.sees(StatusCode::SEE_OTHER);
        let visitor = room.town.browser();
        visitor.get(&format!("/requests/{code}")).await.says("it runs again by itself");
        visitor.get(&own).await.says("If you do not answer");
        room.town.clock.advance_seconds(86_400 * 13);
        room.town.settle().await;
        assert_eq!(due(&room, &code).await, "", "ten working days are two weeks");
        room.town.clock.advance_seconds(86_400 * 8);
        room.town.settle().await;
        let seen = visitor.get(&format!("/requests/{code}.json")).await.json();
        // Asked on a Monday, the clock ran again at the close of the Monday two weeks later; three days were promised.
        assert!(seen["due_at"].as_str().unwrap().starts_with("2026-10-08"), "{seen}");
        let step =
            seen["history"].as_array().unwrap().iter().find(|step| step["saying"] == "request.continued").cloned();
        assert_eq!(step.unwrap()["by"], "town");
        assert_eq!(seen["overdue"], true, "and runs out like any other");
    }
}

/// A lamp whose reporter was asked on a Monday and did not answer, so many days later, without a job that looked at it meanwhile.
async fn unanswered(room: &Room, days: i64) -> String {
    let (code, _) = room.reachable_lamp("One of the lamps").await;
    room.town.settle().await;
    at_desk(room, &code, "ask", "Which one?").await.sees(StatusCode::SEE_OTHER);
    room.town.clock.advance_seconds(86_400 * days);
    code
}

async fn told(room: &Room) -> usize {
    room.town.mails().await.iter().filter(|mail| mail.mail.subject.starts_with("Overdue")).count()
}

#[tokio::test]
async fn a_promise_that_was_broken_before_anybody_looked_is_told() {
    for room in rooms().await {
        room.town.administrator().await;
        let code = unanswered(&room, 100).await;
        room.town.settle().await;
        let seen = room.town.browser().get(&format!("/requests/{code}.json")).await.json();
        assert!(seen["due_at"].as_str().unwrap().starts_with("2026-10-08"), "{seen}");
        let record = room.town.record().await.join("\n");
        assert!(record.contains("request.escalated") && told(&room).await > 0, "{record}");
    }
}

#[tokio::test]
async fn a_wait_from_before_clocks_ran_again_by_themselves_ends_at_the_upgrade() {
    for room in rooms().await {
        let code = unanswered(&room, 100).await;
        let as_upgraded = room.town.town.db().write(|tx| {
            let sql =
                "insert into request_waits_of_old (request_id) select id from requests where waiting_since is not null";
            tx.execute(sql, &[])?;
            tx.commit(OffRecord("a test: as the migration leaves it"), ())
        });
        as_upgraded.await.map_err(|error: DbError| error).unwrap();
        let upgraded = room.town.town.now().rfc3339();
        room.town.settle().await;
        assert!(due(&room, &code).await > upgraded, "nobody knew that the clock would run");
        assert_eq!(told(&room).await, 0);
        // From now on it is a promise like any other, and the next wait one like any other.
        room.town.clock.advance_seconds(86_400 * 8);
        room.town.settle().await;
        assert!(told(&room).await > 0);
        assert_eq!(room.town.column("select request_id from request_waits_of_old").await, Vec::<String>::new());
    }
}

#[tokio::test]
async fn what_was_asked_before_an_end_is_not_asked_again_when_it_is_opened_again() {
    for room in rooms().await {
        let (code, own) = room.lamp("One of the lamps").await;
        let visitor = room.town.browser();
        at_desk(&room, &code, "ask", "Which of the four?").await.sees(StatusCode::SEE_OTHER);
        at_desk(&room, &code, "resolve", "We found it").await.sees(StatusCode::SEE_OTHER);
        visitor.get(&own).await.never_says("Your answer");
        let (path, key) = split(&own);
        let reopen = [("key", &*key), ("reason", "It is dark")];
        visitor.post(&format!("{path}/reopen"), &reopen).await.sees(StatusCode::SEE_OTHER);
        visitor.get(&own).await.never_says("Your answer");
        let reply = [("key", &*key), ("reply", "The northern one")];
        visitor.post(&format!("{path}/reply"), &reply).await.sees(StatusCode::CONFLICT);
    }
}
