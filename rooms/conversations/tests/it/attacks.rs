//! What should not come through.

use crate::town::rooms;
use axum::http::{Method, Request, StatusCode, header};
use serde_json::json;

#[tokio::test]
async fn nobody_answers_by_a_voice_we_did_not_give() {
    for room in rooms().await {
        let code = room.open(&[]).await;
        let path = format!("/conversations/{code}/take-part");
        let own = format!("{}.{}", "0".repeat(32), "0".repeat(64));
        for voice in ["", "x", own.as_str(), &"a".repeat(97), "../../etc"] {
            let browser = room.town.browser();
            browser.set_cookie("polity_voice", voice);
            let seen = browser.post(&path, &[("statement", "0"), ("vote", "agree")]).await;
            seen.sees(StatusCode::UNPROCESSABLE_ENTITY).says("We cannot know you again");
        }
        // Without any cookie neither.
        let program =
            room.town.browser().post_json(&format!("{path}.json"), &json!({"statement": 0, "vote": "agree"})).await;
        program.sees(StatusCode::UNPROCESSABLE_ENTITY).says("voice-missing");
        assert!(room.answers().await.is_empty());
    }
}

#[tokio::test]
async fn statements_of_other_conversations_are_not_here() {
    for room in rooms().await {
        let (one, other) = (room.open(&[]).await, room.draft(&[]).await);
        let desk = format!("/desk/conversations/{one}/seeds");
        room.lead
            .post(&desk, &[("seeds", "Only the first conversation has this one")])
            .await
            .sees(StatusCode::SEE_OTHER);
        room.advance(&other, "publish").await;
        let amina = room.visitor(&one).await;
        assert_eq!(room.vote(&amina, &one, "4", "agree").await, StatusCode::SEE_OTHER);
        assert_eq!(room.vote(&amina, &other, "4", "agree").await, StatusCode::NOT_FOUND);
        for nonsense in ["-1", "99", "9223372036854775807"] {
            assert_eq!(room.vote(&amina, &one, nonsense, "agree").await, StatusCode::NOT_FOUND, "{nonsense}");
        }
        for nonsense in ["", "x", "1e3", "99999999999999999999"] {
            assert_eq!(
                room.vote(&amina, &one, nonsense, "agree").await,
                StatusCode::UNPROCESSABLE_ENTITY,
                "{nonsense}"
            );
        }
        // The same voice is somebody else in another conversation.
        assert_eq!(room.vote(&amina, &other, "0", "agree").await, StatusCode::SEE_OTHER);
        let who = room.town.column("select distinct who from conversation_participants").await;
        assert_eq!(who.len(), 2, "{who:?}");
        let voice = amina.cookie("polity_voice").unwrap();
        assert!(who.iter().all(|who| !who.contains(&voice[..32])), "the secret itself is not kept");
    }
}

#[tokio::test]
async fn words_are_refused_in_a_sentence_and_never_half_kept() {
    for room in rooms().await {
        let code = room.open(&[]).await;
        let path = format!("/conversations/{code}/write");
        let amina = room.visitor(&code).await;
        let long = "a ".repeat(5_000);
        let zalgo = "Bu\u{202E}ses should run";
        for (words, says) in [
            (long.as_str(), "at most 280"),
            ("", "whole sentence"),
            ("🙂🙂🙂🙂🙂🙂🙂🙂", "whole sentence"),
            (zalgo, "hidden characters"),
            ("Why are there no buses at night?", "not a question"),
            ("See https://spam.example/buy now", "without an address"),
        ] {
            let seen = amina.post(&path, &[("words", words), ("sure", "yes")]).await;
            seen.sees(StatusCode::UNPROCESSABLE_ENTITY).says(says);
        }
        assert_eq!(room.town.column("select number || '' from conversation_statements").await.len(), 4);
        let script = "Trams <script>alert(1)</script> should \"ring\" & stop 🚋";
        amina.post(&path, &[("words", script), ("sure", "yes")]).await.sees(StatusCode::SEE_OTHER);
        for page in ["statements", "take-part?statement=4", "map", "report", "log"] {
            let seen = room.town.browser().get(&format!("/conversations/{code}/{page}")).await;
            seen.never_says("<script>alert");
        }
        // A spreadsheet runs nothing of it.
        amina
            .post(&path, &[("words", "=cmd|' /C calc'!A0 is what they said"), ("sure", "yes")])
            .await
            .sees(StatusCode::SEE_OTHER);
        let csv = room.town.browser().get(&format!("/conversations/{code}/export/comments.csv")).await.text;
        assert!(csv.contains("'=cmd") && !csv.contains(",=cmd"), "{csv}");
    }
}

/// From the twenty-first voice of one network within an hour on, a machine must work for each.
#[tokio::test]
async fn a_crowd_from_one_network_has_to_work() {
    for room in rooms().await {
        let code = room.open(&[]).await;
        let path = format!("/conversations/{code}/take-part");
        for _ in 0..20 {
            let visitor = room.visitor(&code).await;
            assert_eq!(room.vote(&visitor, &code, "0", "agree").await, StatusCode::SEE_OTHER);
            room.town.clock.advance_seconds(5);
        }
        let late = room.visitor(&code).await;
        let form = [("statement", "0"), ("vote", "agree")];
        let seen = late.post(&path, &form).await.sees(StatusCode::TOO_MANY_REQUESTS);
        let page = seen.says("data-challenge=").says("Without scripts: sign in").text;
        assert_eq!(room.answers().await.len(), 20, "it is not taken, and that is said");
        let asked = page.split("data-challenge=\"").nth(1).unwrap().split('"').next().unwrap();
        let solution = solve(&asked.replace("&quot;", "\"").replace("&#34;", "\""));
        let solved = [("statement", "0"), ("vote", "agree"), ("altcha", solution.as_str())];
        late.post(&path, &solved).await.sees(StatusCode::SEE_OTHER);
        assert_eq!(room.answers().await.len(), 21);
        // A solution counts once.
        let next = room.visitor(&code).await;
        next.post(&path, &solved).await.sees(StatusCode::TOO_MANY_REQUESTS);
        // Whoever is in, and whoever has an account, goes on.
        assert_eq!(room.vote(&late, &code, "1", "agree").await, StatusCode::SEE_OTHER);
        let amina = room.town.signed_in("amina@example.org").await;
        assert_eq!(room.vote(&amina, &code, "0", "agree").await, StatusCode::SEE_OTHER);
    }
}

fn solve(challenge: &str) -> String {
    use base64::{Engine as _, engine::general_purpose::STANDARD};
    use sha2::{Digest as _, Sha256};
    let asked: serde_json::Value = serde_json::from_str(challenge).unwrap();
    let salt = asked["salt"].as_str().unwrap();
    let most = asked["maxnumber"].as_u64().unwrap();
    let found = (0..=most)
        .find(|number| hex::encode(Sha256::digest(format!("{salt}{number}"))) == asked["challenge"].as_str().unwrap());
    let solution = json!({
        "algorithm": "SHA-256", "challenge": asked["challenge"], "number": found.unwrap(), "salt": salt, "signature": asked["signature"],
    });
    STANDARD.encode(solution.to_string())
}

/// A form on another site cannot answer in somebody's name.
#[tokio::test]
async fn other_sites_cannot_ride_on_a_cookie() {
    for room in rooms().await {
        let code = room.open(&[]).await;
        let amina = room.town.signed_in("amina@example.org").await;
        for path in ["take-part", "undo", "write", "district"] {
            let request = Request::builder()
                .method(Method::POST)
                .uri(format!("/conversations/{code}/{path}"))
                .header("sec-fetch-site", "cross-site")
                .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
            amina.send(request, b"statement=0&vote=agree&words=x".to_vec()).await.sees(StatusCode::FORBIDDEN);
        }
        assert!(room.answers().await.is_empty());
    }
}

#[tokio::test]
async fn what_one_person_answered_is_shown_to_nobody_else() {
    for room in rooms().await {
        let code = room.open(&[]).await;
        let path = format!("/conversations/{code}/take-part");
        let amina = room.visitor(&code).await;
        room.vote(&amina, &code, "0", "agree").await;
        let other = room.visitor(&code).await;
        let turn = other.get(&format!("{path}.json?statement=0")).await.json();
        assert_eq!((turn["answered"].as_str(), turn["done"].as_u64()), (None, Some(0)));
        let record = room.town.record().await.join("\n");
        assert!(!record.contains("agree") && !record.contains("voice:"), "{record}");
        // Who wrote a statement is not in the tables, because its author agrees to it.
        amina
            .post(&format!("/conversations/{code}/write"), &[("words", "Kites may fly on the green"), ("sure", "yes")])
            .await;
        let csv = room.town.browser().get(&format!("/conversations/{code}/export/comments.csv")).await.text;
        let row = csv.lines().find(|line| line.contains("Kites")).unwrap();
        assert_eq!(row.split(',').nth(3), Some(""), "{row}");
    }
}
