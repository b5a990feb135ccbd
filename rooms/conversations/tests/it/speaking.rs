//! In which language a statement is, and that it is one however often it is sent.

use crate::town::rooms;
use axum::http::StatusCode;
use serde_json::json;

#[tokio::test]
async fn a_statement_has_the_language_its_author_says() {
    for room in rooms().await {
        let code = room.open(&[]).await;
        let page = format!("/conversations/{code}");
        let amina = room.visitor(&code).await;
        amina.get(&format!("{page}/write")).await.says("Language it is written in");
        let form = [("words", "Más árboles junto al río"), ("language", "es"), ("sure", "yes")];
        amina.post(&format!("{page}/write"), &form).await.sees(StatusCode::SEE_OTHER);
        let said = json!({"words": "المزيد من المقاعد عند النهر", "language": "ar"});
        amina.post_json(&format!("{page}/write.json"), &said).await.sees(StatusCode::CREATED);
        let wrong = [("words", "Trams should ring less often"), ("language", "xx"), ("sure", "yes")];
        let seen = amina.post(&format!("{page}/write"), &wrong).await.sees(StatusCode::UNPROCESSABLE_ENTITY);
        seen.says("Trams should ring less often");
        let mistaken = [("words", "Los tranvías deben sonar menos"), ("sure", "yes")];
        amina.post(&format!("{page}/write"), &mistaken).await.sees(StatusCode::SEE_OTHER);
        let act = [("act", "language"), ("show", "open"), ("language", "es")];
        let desk = format!("/desk{page}/statements/6");
        room.lead.post(&desk, &act).await.sees(StatusCode::SEE_OTHER);
        room.lead.post(&desk, &act).await.sees(StatusCode::CONFLICT);
        let languages = "select language from conversation_statements where seeded = false order by number";
        assert_eq!(room.town.column(languages).await, ["es", "ar", "es"]);
        room.town.browser().get(&format!("{page}/log")).await.says("Language of statement 6 put right: es");
        assert!(room.town.record().await.join("\n").contains("statement.language-set"));
    }
}

#[tokio::test]
async fn a_statement_that_is_sent_again_is_the_one_that_waits() {
    for room in rooms().await {
        let code = room.open(&[("moderation", "first")]).await;
        let path = format!("/conversations/{code}/write.json");
        let (amina, bela) = (room.visitor(&code).await, room.visitor(&code).await);
        let said = json!({"words": "Dogs should be allowed on trams"});
        let first = amina.post_json(&path, &said).await.sees(StatusCode::CREATED).json();
        let again = json!({"words": "dogs  should be allowed on TRAMS"});
        let second = amina.post_json(&path, &again).await.sees(StatusCode::OK).json();
        assert_eq!((&first, &second["number"]), (&json!({"number": 4, "state": "waiting"}), &json!(4)));
        // Nobody else learns by it what waits.
        let other = bela.post_json(&path, &said).await.sees(StatusCode::CREATED).json();
        assert_eq!(other["number"], 5);
        let all = futures_util::future::join_all((0..8).map(|_| amina.post_json(&path, &said))).await;
        assert!(all.iter().all(|seen| seen.status == StatusCode::OK));
        let numbers = "select number || '' from conversation_statements where seeded = false order by number";
        assert_eq!(room.town.column(numbers).await, ["4", "5"]);
    }
}

#[tokio::test]
async fn authors_see_what_became_of_their_statements_and_nobody_else_does() {
    for room in rooms().await {
        let code = room.open(&[("moderation", "first")]).await;
        let (page, desk) = (format!("/conversations/{code}"), format!("/desk/conversations/{code}/statements"));
        let (amina, bela) = (room.visitor(&code).await, room.visitor(&code).await);
        for words in ["Dogs should be allowed on trams", "Kites may fly on the green", "Trams should run at night"] {
            amina
                .post(&format!("{page}/write"), &[("words", words), ("sure", "yes")])
                .await
                .sees(StatusCode::SEE_OTHER);
        }
        room.lead
            .post(&format!("{desk}/4"), &[("act", "reject"), ("reason", "off-topic")])
            .await
            .sees(StatusCode::SEE_OTHER);
        room.lead.post(&format!("{desk}/5"), &[("act", "merge"), ("into", "1")]).await.sees(StatusCode::SEE_OTHER);
        let seen = amina.get(&format!("{page}/written")).await.sees(StatusCode::OK);
        let seen = seen.says("Dogs should be allowed on trams").says("It has nothing to do with this matter.");
        let seen = seen.says("Another says the same").says("Waits for somebody to look at it");
        assert_eq!(seen.headers["cache-control"], "no-store");
        let told = amina.get(&format!("{page}/written.json")).await.json();
        let states: Vec<_> = told.as_array().unwrap().iter().map(|one| one["state"].as_str().unwrap()).collect();
        assert_eq!((states.as_slice(), &told[1]["goes_on"]), (["out", "merged", "waiting"].as_slice(), &json!([1])));
        bela.get(&format!("{page}/written")).await.sees(StatusCode::OK).never_says("Dogs").says("Nothing yet");
        assert_eq!(room.town.browser().get(&format!("{page}/written.json")).await.json(), json!([]));
    }
}
