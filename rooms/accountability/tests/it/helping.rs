//! Those who asked say whether it helped: once, and nobody sees who said what.

use crate::{
    town::{Room, rooms, trees},
    wishes::{ask_for, lay, wish},
};
use axum::http::StatusCode;
use serde_json::json;
use testing::Browser;

async fn kept(room: &Room) -> String {
    lay(&room.town, wish("W-1", "More shade")).await;
    let mut making = trees();
    making["from"] = json!("wish/W-1");
    let code = room.promise(&making).await;
    room.keep(&code, "fulfil", &[("text", "Forty stand")]).await.sees(StatusCode::SEE_OTHER);
    room.town.settle().await;
    code
}

async fn follow(room: &Room, code: &str, email: &str) -> Browser {
    let browser = room.town.signed_in(email).await;
    let fields = [("kind", "commitment"), ("id", code), ("email", email)];
    browser.post("/follow", &fields).await.sees(StatusCode::SEE_OTHER);
    browser
}

async fn say(browser: &Browser, code: &str, answer: &str) -> StatusCode {
    browser.post(&format!("/commitments/{code}/helped"), &[("helped", answer)]).await.status
}

#[tokio::test]
async fn who_asked_or_follows_may_say_once() {
    for room in rooms().await {
        let code = kept(&room).await;
        let stranger = room.town.signed_in("stranger@example.org").await;
        assert_eq!(say(&stranger, &code, "no").await, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(say(&room.town.browser(), &code, "no").await, StatusCode::SEE_OTHER, "to the sign-in");
        let asker = room.town.signed_in("asker@example.org").await;
        assert_eq!(say(&asker, &code, "yes").await, StatusCode::UNPROCESSABLE_ENTITY);
        ask_for(&room.town, "W-1", "asker@example.org").await;
        asker.get(&format!("/commitments/{code}")).await.says("Send my answer");
        assert_eq!(say(&asker, &code, "maybe").await, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(say(&asker, &code, "yes").await, StatusCode::SEE_OTHER);
        assert_eq!(say(&asker, &code, "no").await, StatusCode::CONFLICT, "once");
        asker.get(&format!("/commitments/{code}")).await.says("You have answered").never_says("Send my answer");
        let follower = follow(&room, &code, "follower@example.org").await;
        assert_eq!(say(&follower, &code, "no").await, StatusCode::SEE_OTHER);
        assert_eq!(room.town.column("select answer from commitment_opinions order by answer").await, ["no", "yes"]);
    }
}

#[tokio::test]
async fn few_answers_are_not_shown() {
    for room in rooms().await {
        let code = kept(&room).await;
        let page = format!("/commitments/{code}");
        let visitor = room.town.browser();
        for number in 0..5 {
            assert!(room.seen(&code).await["helped"].is_null(), "{number} are too few");
            visitor.get(&page).await.says("Fewer than 5");
            visitor.get("/commitments/outcomes.json").await.says("\"helped\":null");
            let follower = follow(&room, &code, &format!("f{number}@example.org")).await;
            assert_eq!(say(&follower, &code, if number == 0 { "no" } else { "yes" }).await, StatusCode::SEE_OTHER);
        }
        assert_eq!(room.seen(&code).await["helped"], json!({"yes": 4, "partly": 0, "no": 1}));
        visitor.get(&page).await.says("4 of 5 who asked for it say that it helped");
        let record = room.town.record().await.join("\n");
        assert!(!record.contains("helped"), "not even a pseudonym is on the record");
    }
}

#[tokio::test]
async fn only_what_was_kept_and_for_a_year() {
    for room in rooms().await {
        let code = kept(&room).await;
        let follower = follow(&room, &code, "follower@example.org").await;
        room.keep(&code, "reopen", &[("text", "Ten have died")]).await.sees(StatusCode::SEE_OTHER);
        assert_eq!(say(&follower, &code, "yes").await, StatusCode::CONFLICT);
        room.keep(&code, "fulfil", &[("text", "Forty stand again")]).await.sees(StatusCode::SEE_OTHER);
        room.town.clock.advance_seconds(366 * 86_400);
        let follower = room.town.signed_in("follower@example.org").await;
        assert_eq!(say(&follower, &code, "yes").await, StatusCode::CONFLICT);
    }
}

#[tokio::test]
async fn an_answer_can_be_read_and_erased_by_its_author() {
    for room in rooms().await {
        let code = kept(&room).await;
        let follower = follow(&room, &code, "follower@example.org").await;
        assert_eq!(say(&follower, &code, "partly").await, StatusCode::SEE_OTHER);
        follower.get("/me/export.json").await.says("\"helped\":\"partly\"").says(&code);
        follower.post("/me/erase", &[("agreed", "yes"), ("sure", "yes")]).await;
        assert!(room.town.column("select answer from commitment_opinions").await.is_empty());
    }
}

/// After a time nobody can tell any more who said what, and the counts stay.
#[tokio::test]
async fn who_said_it_is_forgotten_and_the_count_stays() {
    for room in rooms().await {
        let code = kept(&room).await;
        for number in 0..5 {
            let follower = follow(&room, &code, &format!("f{number}@example.org")).await;
            assert_eq!(say(&follower, &code, "yes").await, StatusCode::SEE_OTHER);
        }
        let rule = accountability::room().retention[0];
        let before = room.town.town.now().plus_seconds(1);
        for limit in [2, 2, 2] {
            let ended = room.town.town.db().write(move |tx| {
                let ended = (rule.run)(tx, before, limit)?;
                tx.commit(database::OffRecord("a test"), ended)
            });
            ended.await.map_err(|error: database::DbError| error).unwrap();
        }
        let who = room.town.column("select who from commitment_opinions order by who").await;
        assert_eq!(who, ["nobody:0", "nobody:1", "nobody:2", "nobody:3", "nobody:4"]);
        assert_eq!(room.seen(&code).await["helped"]["yes"], 5);
    }
}
