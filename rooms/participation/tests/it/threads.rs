//! Comments answer each other: in threads, limited in depth, sorted, in pages, moderated and erased one by one.

use crate::town::{Room, named, rooms};
use axum::http::{Request, StatusCode};
use civic::Role;
use serde_json::{Value, json};
use testing::{Browser, Seen};

async fn say(by: &Browser, body: &Value) -> Seen {
    let request = Request::post("/comments")
        .header("sec-fetch-site", "same-origin")
        .header("accept", "application/json")
        .header("content-type", "application/json");
    by.send(request, body.to_string().into_bytes()).await
}

/// Says something about a proposal, in answer to a comment or to nobody; its id.
async fn said(room: &Room, by: &Browser, code: &str, text: &str, answers: &str) -> String {
    room.town.clock.advance_seconds(900);
    let mut body = json!({"kind": "proposal", "id": code, "text": text});
    if !answers.is_empty() {
        body["answers"] = answers.into();
    }
    let view = say(by, &body).await.sees(StatusCode::CREATED).json();
    view["id"].as_str().unwrap().to_owned()
}

/// The texts of a page of comments with how deep they stand.
fn told(page: &Value) -> Vec<(i64, String)> {
    let line = |one: &Value| (one["depth"].as_i64().unwrap(), one["text"].as_str().unwrap().to_owned());
    page["comments"].as_array().unwrap().iter().map(line).collect()
}

fn lines(all: &[(i64, &str)]) -> Vec<(i64, String)> {
    all.iter().map(|(depth, text)| (*depth, (*text).to_owned())).collect()
}

#[tokio::test]
async fn answers_stand_under_what_they_answer_and_not_too_deep() {
    for room in rooms().await {
        let code = room.proposal(&room.amina, "A bench by the mill pond").await;
        let first = said(&room, &room.jon, &code, "first", "").await;
        let other = said(&room, &room.amina, &code, "other", "").await;
        let mut last = first.clone();
        for text in ["one", "two", "three", "four", "five"] {
            last = said(&room, &room.amina, &code, text, &last).await;
        }
        said(&room, &room.jon, &code, "late", &first).await;
        said(&room, &room.jon, &code, "to other", &other).await;
        let visitor = room.town.browser();
        let list = format!("/comments.json?kind=proposal&id={code}");
        let expected = lines(&[
            (0, "first"),
            (1, "one"),
            (2, "two"),
            (3, "three"),
            (4, "four"),
            (4, "five"),
            (1, "late"),
            (0, "other"),
            (1, "to other"),
        ]);
        assert_eq!(told(&visitor.get(&list).await.json()), expected);
        let newest = visitor.get(&format!("{list}&sort=newest")).await.json();
        assert_eq!(told(&newest)[0], (0, "other".to_owned()));
        let answered = visitor.get(&format!("{list}&sort=answered&limit=1")).await.json();
        assert_eq!(told(&answered)[0], (0, "first".to_owned()));
        let next = answered["next"].as_str().unwrap();
        let rest = visitor.get(&format!("{list}&sort=answered&limit=1&after={next}")).await.json();
        assert_eq!(told(&rest), lines(&[(0, "other"), (1, "to other")]));
        assert_eq!(rest["next"], Value::Null);
        visitor.get(&format!("{list}&sort=body;drop")).await.sees(StatusCode::UNPROCESSABLE_ENTITY);
        let page = visitor.get(&format!("/proposals/{code}")).await;
        page.says("9 comments").says("five").says(&format!("/comments/{last}/reply"));
        let thread = visitor.get(&format!("/comments/{last}/thread.json")).await.json();
        assert_eq!(told(&thread).len(), 7, "one thread, from its first comment on");
        let leads = visitor.get(&format!("/comments/{last}")).await.sees(StatusCode::SEE_OTHER);
        assert_eq!(leads.location(), format!("/proposals/{code}#comment-{last}"));
    }
}

#[tokio::test]
async fn somebody_answers_without_a_script_and_loses_nothing() {
    for room in rooms().await {
        let code = room.proposal(&room.amina, "A bench by the mill pond").await;
        let first = said(&room, &room.jon, &code, "It floods there", "").await;
        let form = format!("/comments/{first}/reply");
        room.town.browser().get(&form).await.sees(StatusCode::SEE_OTHER);
        room.amina.get(&form).await.sees(StatusCode::OK).says("Reply to Jon").says("It floods there");
        let fields = |text: &'static str| {
            vec![("kind", "proposal"), ("id", code.as_str()), ("answers", first.as_str()), ("text", text)]
        };
        let long = "x".repeat(3_001);
        let mut too_long = fields("");
        too_long[3].1 = &long;
        let refused = room.amina.post("/comments", &too_long).await.sees(StatusCode::UNPROCESSABLE_ENTITY);
        refused.says("may have at most").says(&long).says("Reply to Jon");
        let done = room.amina.post("/comments", &fields("Only in spring")).await.sees(StatusCode::SEE_OTHER);
        assert!(done.location().starts_with("/comments/"), "{}", done.location());
        room.town.settle().await;
        let record = room.town.record().await.join("\n");
        assert!(record.contains(&format!("\"answers\":\"{first}\"")) && !record.contains("Only in spring"));
    }
}

#[tokio::test]
async fn nobody_answers_what_is_elsewhere_hidden_or_gone() {
    for room in rooms().await {
        let code = room.proposal(&room.amina, "A bench by the mill pond").await;
        let elsewhere = room.proposal(&room.amina, "A slide for the pond").await;
        let first = said(&room, &room.jon, &code, "You fool", "").await;
        let body = |id: &str, answers: &str| json!({"kind": "proposal", "id": id, "text": "x", "answers": answers});
        let foreign = say(&room.amina, &body(&elsewhere, &first)).await.sees(StatusCode::CONFLICT);
        foreign.says("comment-reply-gone");
        say(&room.amina, &body(&code, "nothing")).await.sees(StatusCode::CONFLICT);
        room.amina.post(&format!("/moderation/report/comment/{first}"), &[("reason", "insult"), ("note", "")]).await;
        let case = room.town.column("select id from moderation_cases").await.remove(0);
        let moderator = room.town.holder("mod@example.org", Role::Moderator, None).await;
        let hide = [("act", "hide"), ("reason", "insult"), ("part", "text")];
        moderator.post(&format!("/moderation/cases/{case}"), &hide).await.sees(StatusCode::SEE_OTHER);
        say(&room.amina, &body(&code, &first)).await.sees(StatusCode::CONFLICT).says("comment-reply-gone");
        let page = room.town.browser().get(&format!("/proposals/{code}")).await;
        page.never_says("You fool").never_says(&format!("/comments/{first}/reply"));
        room.turn_to_phase(2);
        let other = body(&code, "");
        say(&room.amina, &other).await.sees(StatusCode::CONFLICT).says("phase-not-discuss");
        room.amina.get(&format!("/comments/{first}/reply")).await.sees(StatusCode::CONFLICT);
    }
}

#[tokio::test]
async fn who_is_erased_leaves_an_empty_place_where_others_answered() {
    for room in rooms().await {
        let code = room.proposal(&room.amina, "A bench by the mill pond").await;
        let eve = named(&room.town, "eve@example.org", "Eve").await;
        let first = said(&room, &eve, &code, "Quokka", "").await;
        said(&room, &room.jon, &code, "I agree", &first).await;
        said(&room, &eve, &code, "Quokka again", "").await;
        room.town.settle().await;
        let person = room.town.column("select id from people where email = 'eve@example.org'").await.remove(0);
        let erased = room.town.town.db().write(move |tx| {
            (commons::room().privacy.unwrap().erase)(tx, person.parse().unwrap())?;
            tx.commit(database::OffRecord("a test"), ())
        });
        erased.await.map_err(|error: database::DbError| error).unwrap();
        let page = room.town.browser().get(&format!("/comments.json?kind=proposal&id={code}")).await.json();
        assert_eq!(told(&page), lines(&[(0, ""), (1, "I agree")]));
        assert_eq!((&page["comments"][0]["gone"], &page["comments"][0]["by"]), (&true.into(), &"".into()));
        let seen = room.town.browser().get(&format!("/proposals/{code}")).await;
        seen.says("was deleted, and the words with it").says("I agree").never_says("Quokka").never_says(">Eve<");
    }
}

#[tokio::test]
async fn long_discussions_come_in_pages_and_every_comment_keeps_its_address() {
    for room in rooms().await {
        let code = room.proposal(&room.amina, "A bench by the mill pond").await;
        let first = said(&room, &room.jon, &code, "The first", "").await;
        let mut last = String::new();
        for number in 0..25 {
            last = said(&room, &room.amina, &code, &format!("answer {number:02}"), &first).await;
        }
        for number in 0..35 {
            last_of(&room, &code, number).await;
        }
        let visitor = room.town.browser();
        let page = visitor.get(&format!("/proposals/{code}")).await.sees(StatusCode::OK);
        let page =
            page.says("answer 19").never_says("answer 20").says("5 more answers in this thread").says("All comments");
        page.says("remark 28").never_says("remark 29");
        let leads = visitor.get(&format!("/comments/{last}")).await.location().to_owned();
        assert_eq!(leads, format!("/comments/{last}/thread?to={last}#comment-{last}"));
        visitor.get(&format!("/comments/{last}/thread?to={last}")).await.says("answer 24").says("class=\"here\"");
        let list = visitor.get(&format!("/comments?kind=proposal&id={code}")).await.sees(StatusCode::OK);
        list.says("Newest first").says("rel=\"next\"").never_says("remark 34");
        visitor.get("/comments?kind=proposal&id=P-NONE").await.sees(StatusCode::NOT_FOUND);
    }
}

async fn last_of(room: &Room, code: &str, number: usize) -> String {
    let by = if number.is_multiple_of(2) { &room.jon } else { &room.amina };
    said(room, by, code, &format!("remark {number:02}"), "").await
}
