//! A conversation in a frame of another site.

use crate::town::{Room, rooms};
use axum::http::{Method, Request, StatusCode, header};
use testing::{Browser, Seen};

/// The voice that the form of a frame carries.
fn voice_in(page: &str) -> String {
    page.split("name=\"voice\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned()
}

/// Somebody whose browser keeps no cookies of frames: each request begins anew.
async fn answers(room: &Room, code: &str, voice: &str, statement: &str, vote: &str) -> Seen {
    let path = format!("/embed/conversations/{code}");
    room.town.browser().post(&path, &[("statement", statement), ("vote", vote), ("voice", voice)]).await
}

fn may_be_framed(seen: &Seen) {
    let policy = seen.headers["content-security-policy"].to_str().unwrap();
    assert!(
        policy.contains("frame-ancestors https://news.example") && policy.contains("default-src 'none'"),
        "{policy}"
    );
    assert!(!seen.headers.contains_key("x-frame-options"));
}

#[tokio::test]
async fn people_take_part_in_a_frame_without_any_cookie() {
    for room in rooms().await {
        let code = room.open(&[]).await;
        let path = format!("/embed/conversations/{code}");
        let first = room.town.browser().get(&path).await.sees(StatusCode::OK).says("0 of 4 answered");
        may_be_framed(&first);
        assert_eq!(first.headers["cache-control"], "no-store");
        let voice = voice_in(&first.text);
        for (done, statement) in ["0", "1", "2", "3"].into_iter().enumerate() {
            let seen = answers(&room, &code, &voice, statement, "agree").await.sees(StatusCode::OK);
            may_be_framed(&seen);
            seen.says(&format!("{} of 4 answered", done + 1));
        }
        assert_eq!(room.answers().await, ["0 0 1", "0 1 1", "0 2 1", "0 3 1"], "one person, four answers");
        let undone = room.town.browser().post(&path, &[("undo", "yes"), ("voice", &voice)]).await.sees(StatusCode::OK);
        undone.says("3 of 4 answered");
        assert_eq!(room.answers().await.last().unwrap(), "0 3 9");
        // A replay of the same form counts once.
        answers(&room, &code, &voice, "0", "agree").await.sees(StatusCode::OK);
        assert!(
            room.town
                .column("select stance || '' from conversation_reactions_before where statement = 0")
                .await
                .is_empty()
        );
    }
}

#[tokio::test]
async fn a_browser_that_keeps_the_cookie_is_known_again() {
    for room in rooms().await {
        let code = room.open(&[]).await;
        let path = format!("/embed/conversations/{code}");
        let amina = room.town.browser();
        let first = amina.get(&path).await.sees(StatusCode::OK);
        let cookie = first.headers["set-cookie"].to_str().unwrap();
        assert!(cookie.contains("Path=/embed/conversations") && cookie.contains("HttpOnly"), "{cookie}");
        amina.post(&path, &[("statement", "0"), ("vote", "agree"), ("voice", "")]).await.sees(StatusCode::OK);
        amina.get(&path).await.sees(StatusCode::OK).says("1 of 4 answered");
        amina.post(&path, &[("statement", "0"), ("vote", "disagree")]).await.sees(StatusCode::OK);
        assert_eq!(room.answers().await, ["0 0 -1"]);
    }
}

/// Whoever frames us must not be able to make somebody answer with their account, or as the voice of our own pages.
#[tokio::test]
async fn a_frame_never_acts_for_an_account() {
    for room in rooms().await {
        let code = room.open(&[]).await;
        let path = format!("/embed/conversations/{code}");
        let amina = room.town.signed_in("amina@example.org").await;
        let page = amina.get(&path).await.sees(StatusCode::OK);
        page.never_says("amina");
        amina.post(&path, &[("statement", "0"), ("vote", "agree")]).await.sees(StatusCode::OK);
        let who = room.town.column("select who from conversation_participants").await;
        assert!(who.len() == 1 && who[0].starts_with("voice:"), "{who:?}");
        assert!(
            room.town
                .column("select person_id from conversation_participants where person_id is not null")
                .await
                .is_empty()
        );
        // Where accounts are needed the frame shows the way to the town's own page, and takes nothing.
        let accounts = room.open(&[("entry", "account")]).await;
        let path = format!("/embed/conversations/{accounts}");
        amina.get(&path).await.sees(StatusCode::OK).says("target=\"_blank\"").never_says("class=\"stance");
        amina.post(&path, &[("statement", "0"), ("vote", "agree")]).await.sees(StatusCode::UNAUTHORIZED);
        assert_eq!(room.answers().await.len(), 1);
    }
}

#[tokio::test]
async fn forged_voices_and_foreign_forms_answer_nothing() {
    for room in rooms().await {
        let code = room.open(&[]).await;
        let good = voice_in(&room.town.browser().get(&format!("/embed/conversations/{code}")).await.text);
        let own = format!("{}.{}", "0".repeat(32), "0".repeat(64));
        let turned = format!("{}{}", if good.starts_with('0') { "1" } else { "0" }, &good[1..]);
        for voice in ["", "x", own.as_str(), turned.as_str()] {
            let seen = answers(&room, &code, voice, "0", "agree").await.sees(StatusCode::UNPROCESSABLE_ENTITY);
            may_be_framed(&seen.says("We cannot know you again"));
        }
        let request = Request::builder()
            .method(Method::POST)
            .uri(format!("/embed/conversations/{code}"))
            .header("sec-fetch-site", "cross-site")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        let body = format!("statement=0&vote=agree&voice={good}").into_bytes();
        room.town.browser().send(request, body).await.sees(StatusCode::FORBIDDEN);
        assert!(room.answers().await.is_empty());
        let draft = room.draft(&[]).await;
        for path in [format!("/embed/conversations/{draft}"), format!("/embed/conversations/{draft}/map")] {
            room.lead.get(&path).await.sees(StatusCode::NOT_FOUND);
        }
    }
}

#[tokio::test]
async fn only_what_is_made_for_frames_may_be_framed() {
    for room in rooms().await {
        let code = room.open(&[]).await;
        let visitor: Browser = room.visitor(&code).await;
        room.vote(&visitor, &code, "0", "agree").await;
        room.drawn().await;
        let map = room.town.browser().get(&format!("/embed/conversations/{code}/map")).await.sees(StatusCode::OK);
        may_be_framed(&map.says("<svg class=\"omap\""));
        for page in ["", "/take-part", "/map", "/embed", "/write"] {
            let seen = room.town.browser().get(&format!("/conversations/{code}{page}")).await.sees(StatusCode::OK);
            assert_eq!(seen.headers["x-frame-options"], "DENY", "{page}");
            assert!(seen.headers["content-security-policy"].to_str().unwrap().contains("frame-ancestors 'none'"));
        }
        let words =
            room.town.browser().get(&format!("/conversations/{code}/embed?language=ar")).await.sees(StatusCode::OK);
        let words = words
            .says("&#60;iframe")
            .never_says("<iframe")
            .says(&format!("http://town.test/embed/conversations/{code}?language=ar"));
        words.says(&format!("http://town.test/embed/conversations/{code}/map?language=ar"));
        let arabic =
            room.town.browser().get(&format!("/embed/conversations/{code}?language=ar")).await.sees(StatusCode::OK);
        arabic.says("dir=\"rtl\"").says("name=\"language\" value=\"ar\"");
    }
}
