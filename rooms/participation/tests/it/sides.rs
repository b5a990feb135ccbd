//! For and against on comments: said by whoever wants to, counted, narrowed by, and nowhere else.

use crate::town::rooms;
use axum::http::StatusCode;
use testing::{Browser, Seen};

async fn say(by: &Browser, code: &str, text: &str, side: &str) -> Seen {
    by.post("/comments", &[("kind", "proposal"), ("id", code), ("text", text), ("side", side)]).await
}

#[tokio::test]
async fn comments_take_a_side_or_none_and_are_counted_and_narrowed_by_it() {
    for room in rooms().await {
        let code = room.proposal(&room.amina, "A bench by the mill pond").await;
        say(&room.amina, &code, "I would sit there.", "for").await.sees(StatusCode::SEE_OTHER);
        say(&room.jon, &code, "It blocks the path.", "against").await.sees(StatusCode::SEE_OTHER);
        say(&room.jon, &code, "Where exactly?", "neutral").await.sees(StatusCode::SEE_OTHER);
        say(&room.jon, &code, "By the way, nice photo.", "").await.sees(StatusCode::SEE_OTHER);
        let page = room.town.browser().get(&format!("/proposals/{code}")).await;
        page.says("In favour: 1").says("Against: 1").says("Neutral: 1");
        let told = room.town.browser().get(&format!("/proposals/{code}.json")).await.json();
        assert_eq!(told["comment_sides"], serde_json::json!({"for": 1, "against": 1, "neutral": 1}));
        let list = format!("/comments?kind=proposal&id={code}");
        let against = room.town.browser().get(&format!("{list}&side=against")).await.sees(StatusCode::OK);
        against.says("It blocks the path.").never_says("I would sit there.");
        let told = room.town.browser().get(&format!("/comments.json?kind=proposal&id={code}&side=for")).await.json();
        assert_eq!(told["comments"].as_array().unwrap().len(), 1);
        assert_eq!((told["comments"][0]["side"].as_str(), told["sides"]["against"].as_i64()), (Some("for"), Some(1)));
        let csv = room.town.browser().get(&format!("/comments.csv?kind=proposal&id={code}")).await.sees(StatusCode::OK);
        csv.says("id,about,at,by,side,text").says(",against,It blocks the path.");
        room.town.settle().await;
        assert!(room.town.record().await.iter().any(|body| body.contains("\"side\":\"against\"")));
    }
}

#[tokio::test]
async fn a_side_that_is_none_is_refused_and_what_is_hidden_or_erased_counts_for_no_side() {
    for room in rooms().await {
        let code = room.proposal(&room.amina, "A bench by the mill pond").await;
        say(&room.jon, &code, "What?", "maybe").await.sees(StatusCode::UNPROCESSABLE_ENTITY).says("What?");
        let process = [("kind", "process"), ("id", "budget"), ("text", "I am for it."), ("side", "for")];
        let refused = room.jon.post("/comments", &process).await;
        refused.sees(StatusCode::UNPROCESSABLE_ENTITY).says("take no sides");
        let bad = room.town.browser().get(&format!("/comments.json?kind=proposal&id={code}&side=x")).await;
        bad.sees(StatusCode::UNPROCESSABLE_ENTITY);
        assert!(room.town.column("select id from comments").await.is_empty());
        say(&room.jon, &code, "You fools, never.", "against").await.sees(StatusCode::SEE_OTHER);
        let id = room.town.column("select id from comments").await.remove(0);
        room.amina.post(&format!("/moderation/report/comment/{id}"), &[("reason", "insult"), ("note", "")]).await;
        let case = room.town.column("select id from moderation_cases").await.remove(0);
        let moderator = room.town.holder("mod@example.org", civic::Role::Moderator, None).await;
        let hide = [("act", "hide"), ("reason", "insult"), ("part", "text")];
        moderator.post(&format!("/moderation/cases/{case}"), &hide).await.sees(StatusCode::SEE_OTHER);
        let told = room.town.browser().get(&format!("/proposals/{code}.json")).await.json();
        assert_eq!(told["comment_sides"]["against"], 0);
        // Somebody answered, so an empty place stays when the author goes: without a side.
        say(&room.jon, &code, "A calmer word.", "for").await.sees(StatusCode::SEE_OTHER);
        let id = room.town.column("select id from comments where body = 'A calmer word.'").await.remove(0);
        let answer = [("kind", "proposal"), ("id", code.as_str()), ("text", "Thank you."), ("answers", id.as_str())];
        room.amina.post("/comments", &answer).await.sees(StatusCode::SEE_OTHER);
        room.jon.post("/me/erase", &[("sure", "yes")]).await.sees(StatusCode::SEE_OTHER);
        let told = room.town.browser().get(&format!("/proposals/{code}.json")).await.json();
        assert_eq!(told["comment_sides"]["for"], 0);
        assert_eq!(room.town.column("select side from comments where gone = true").await, [""]);
    }
}
