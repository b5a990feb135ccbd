//! Statements: written, looked at, merged, hidden, given back.

use crate::town::rooms;
use axum::http::StatusCode;
use civic::Role;
use serde_json::json;

#[tokio::test]
async fn what_is_like_it_is_shown_first() {
    for room in rooms().await {
        let code = room.open(&[]).await;
        let path = format!("/conversations/{code}/write");
        let amina = room.visitor(&code).await;
        let words = "Buses should run until midnight at weekends";
        let page = amina.post(&path, &[("words", words)]).await.sees(StatusCode::OK);
        page.says("Is it one of these?").says("Answer this one").says(words);
        amina.post(&path, &[("words", words), ("sure", "yes")]).await.sees(StatusCode::SEE_OTHER);
        let turn = amina.get(&format!("/conversations/{code}/take-part.json?statement=4")).await.json();
        assert_eq!((turn["statement"]["words"].as_str(), turn["answered"].as_str()), (Some(words), Some("agree")));
        let seen = amina.post(&path, &[("words", "buses SHOULD run until midnight"), ("sure", "yes")]).await;
        seen.sees(StatusCode::CONFLICT).says("Statement 0 says just this already");
        let similar =
            room.town.browser().get(&format!("/conversations/{code}/similar?text=midnight%20buses")).await.json();
        assert!(similar.as_array().unwrap().iter().any(|one| one["number"] == 0), "{similar}");
        let record = room.town.record().await.join("\n");
        assert!(record.contains("statement.submitted") && record.contains("\"by\":\"participant\""), "{record}");
        assert!(!record.contains("weekends"), "{record}");
    }
}

#[tokio::test]
async fn what_waits_is_nowhere_until_somebody_looked() {
    for room in rooms().await {
        let code = room.open(&[("moderation", "first")]).await;
        let (page, desk) = (format!("/conversations/{code}"), format!("/desk/conversations/{code}/statements"));
        let amina = room.visitor(&code).await;
        let written =
            amina.post_json(&format!("{page}/write.json"), &json!({"words": "Dogs should be allowed on trams"})).await;
        assert_eq!(written.sees(StatusCode::CREATED).json(), json!({"number": 4, "state": "waiting"}));
        for path in [
            "",
            "/statements",
            "/statements.json",
            "/statements.csv",
            "/map",
            "/report",
            "/export/comments.csv",
            "/similar?text=Dogs",
            "/take-part?statement=4",
        ] {
            room.town.browser().get(&format!("{page}{path}")).await.never_says("Dogs");
        }
        assert_eq!(room.vote(&amina, &code, "4", "agree").await, StatusCode::CONFLICT);
        room.lead.get(&desk).await.sees(StatusCode::OK).says("Dogs should be allowed on trams");
        room.lead.post(&format!("{desk}/4"), &[("act", "accept")]).await.sees(StatusCode::SEE_OTHER);
        room.lead.post(&format!("{desk}/4"), &[("act", "accept")]).await.sees(StatusCode::CONFLICT);
        room.town.browser().get(&format!("{page}/statements")).await.says("Dogs should be allowed on trams");
        room.lead.post(&format!("{desk}/4"), &[("act", "reject")]).await.sees(StatusCode::UNPROCESSABLE_ENTITY);
        room.lead
            .post(&format!("{desk}/4"), &[("act", "reject"), ("reason", "off-topic")])
            .await
            .sees(StatusCode::SEE_OTHER);
        assert_eq!(room.vote(&amina, &code, "4", "disagree").await, StatusCode::CONFLICT);
        room.town.browser().get(&format!("{page}/statements")).await.never_says("Dogs");
        room.town
            .browser()
            .get(&format!("{page}/log"))
            .await
            .says("Statement 4 not shown")
            .says("It has nothing to do with this matter.");
        let log = room.town.browser().get(&format!("{page}/log.json")).await.json();
        assert_eq!(
            (log[0]["act"].as_str(), log[0]["reason"].as_str()),
            (Some("statement.rejected"), Some("off-topic"))
        );
    }
}

#[tokio::test]
async fn merged_pinned_meta_translated() {
    for room in rooms().await {
        let code = room.open(&[]).await;
        let (page, desk) = (format!("/conversations/{code}"), format!("/desk/conversations/{code}/statements"));
        let act = |number: &'static str, form: Vec<(&'static str, &'static str)>| {
            let (lead, path) = (&room.lead, format!("{desk}/{number}"));
            async move { lead.post(&path, &form).await }
        };
        act("3", vec![("act", "pin")]).await.sees(StatusCode::SEE_OTHER);
        let amina = room.visitor(&code).await;
        assert_eq!(amina.get(&format!("{page}/take-part.json")).await.json()["statement"]["number"], 3);
        act("1", vec![("act", "merge"), ("into", "1")]).await.sees(StatusCode::CONFLICT);
        act("1", vec![("act", "merge"), ("into", "77")]).await.sees(StatusCode::CONFLICT);
        act("1", vec![("act", "merge"), ("into", "2")]).await.sees(StatusCode::SEE_OTHER);
        act("2", vec![("act", "merge"), ("into", "1")]).await.sees(StatusCode::CONFLICT);
        room.town.browser().get(&format!("{page}/statements")).await.says("It says the same as another");
        assert_eq!(room.vote(&amina, &code, "1", "agree").await, StatusCode::CONFLICT);
        act("0", vec![("act", "meta")]).await.sees(StatusCode::SEE_OTHER);
        act("0", vec![("act", "translate"), ("language", "es"), ("translation", "Los autobuses hasta medianoche")])
            .await
            .sees(StatusCode::SEE_OTHER);
        act("0", vec![("act", "translate"), ("language", "en"), ("translation", "x")]).await.sees(StatusCode::CONFLICT);
        let spanish = room.town.browser().reading("es").get(&format!("{page}/take-part?statement=0")).await;
        spanish.says("Los autobuses hasta medianoche").says("Buses should run until midnight");
    }
}

/// What the town's moderators hide is hidden at every door, and counts for nothing on the map until it is given back.
#[tokio::test]
async fn moderators_of_the_town_hide_words() {
    for room in rooms().await {
        let code = room.open(&[]).await;
        let page = format!("/conversations/{code}");
        let amina = room.town.signed_in("amina@example.org").await;
        assert_eq!(room.vote(&amina, &code, "2", "agree").await, StatusCode::SEE_OTHER);
        let report = format!("/moderation/report/statement/{code}.2");
        amina.post(&report, &[("reason", "insult"), ("note", "please look")]).await.sees(StatusCode::SEE_OTHER);
        let moderator = room.town.holder("m@example.org", Role::Moderator, None).await;
        let case = room.town.column("select id from moderation_cases").await.remove(0);
        let decide = |act: &'static str| {
            let (moderator, path) = (&moderator, format!("/moderation/cases/{case}"));
            async move {
                let page = moderator.get(&path).await.sees(StatusCode::OK).text;
                let value = |piece: &str| piece.split('"').next().unwrap().to_owned();
                let version = page.split("name=\"version\" value=\"").nth(1).map(value).unwrap_or_default();
                let form = [
                    ("act", act),
                    ("version", version.as_str()),
                    ("part", "words"),
                    ("reason", "insult"),
                    ("note", ""),
                ];
                moderator.post(&path, &form).await.sees(StatusCode::SEE_OTHER);
            }
        };
        decide("hide").await;
        room.drawn().await;
        for door in [
            "",
            "/statements",
            "/statements.json",
            "/take-part?statement=2",
            "/map",
            "/report",
            "/export/comments.csv",
            "/similar?text=Parking",
        ] {
            room.town.browser().get(&format!("{page}{door}")).await.never_says("Parking in the centre");
        }
        assert_eq!(room.vote(&amina, &code, "2", "disagree").await, StatusCode::CONFLICT);
        let desk = format!("/desk/conversations/{code}/statements?show=open");
        room.lead.get(&desk).await.says("The words are hidden by").never_says("Parking in the centre");
        assert_eq!(room.answers().await, ["0 2 1"], "its answers stay");
        decide("restore").await;
        room.drawn().await;
        room.town.browser().get(&format!("{page}/statements")).await.says("Parking in the centre");
    }
}

#[tokio::test]
async fn a_statement_is_split_and_stays_to_be_seen_with_its_answers() {
    for room in rooms().await {
        let code = room.open(&[]).await;
        let (page, desk) = (format!("/conversations/{code}"), format!("/desk/conversations/{code}/statements"));
        let amina = room.town.signed_in("amina@example.org").await;
        let both = [("words", "More trees and fewer cars on the square"), ("sure", "yes")];
        amina.post(&format!("{page}/write"), &both).await.sees(StatusCode::SEE_OTHER);
        let visitor = room.visitor(&code).await;
        assert_eq!(room.vote(&visitor, &code, "4", "disagree").await, StatusCode::SEE_OTHER);
        let split = |parts: &'static str| {
            let (lead, path) = (&room.lead, format!("{desk}/4"));
            async move { lead.post(&path, &[("act", "split"), ("parts", parts)]).await }
        };
        split("Only one part of it").await.sees(StatusCode::UNPROCESSABLE_ENTITY).says("two to 5 statements");
        split("There should be more trees here\nWhy?").await.sees(StatusCode::UNPROCESSABLE_ENTITY);
        split("There should be more trees here\nSchools should open their yards at weekends")
            .await
            .sees(StatusCode::CONFLICT)
            .says("Statement 3 says just this");
        assert_eq!(
            room.town.column("select number || '' from conversation_statements").await.len(),
            5,
            "nothing is half done"
        );
        split("There should be more trees here\nFewer cars should cross it").await.sees(StatusCode::SEE_OTHER);
        split("Once more it is split\nAnd once again").await.sees(StatusCode::CONFLICT);
        // Its answers stay with it; the parts have none.
        assert_eq!(room.answers().await, ["0 4 1", "1 4 -1"]);
        assert_eq!(room.vote(&visitor, &code, "4", "agree").await, StatusCode::CONFLICT);
        let list = room.town.browser().get(&format!("{page}/statements?sort=number")).await.sees(StatusCode::OK);
        list.says("More trees and fewer cars").says("These go on").says("Split from statement 4");
        let view = room.town.browser().get(&format!("{page}/statements.json?sort=number")).await.json();
        let (whole, part) = (&view["statements"][4], &view["statements"][5]);
        assert_eq!((&whole["state"], &whole["split_into"]), (&json!("split"), &json!([5, 6])));
        assert_eq!((&part["state"], &part["split_from"]), (&json!("open"), &json!(4)));
        assert_eq!(room.vote(&visitor, &code, "5", "agree").await, StatusCode::SEE_OTHER);
        room.town.browser().get(&format!("{page}/log")).await.says("Statement 4 split into 5, 6");
        let record = room.town.record().await.join("\n");
        assert!(record.contains("statement.split") && record.contains("\"parts\":[5,6]"), "{record}");
        assert!(!record.contains("trees here"), "{record}");
        let csv = room.town.browser().get(&format!("{page}/export/comments.csv")).await.text;
        assert!(csv.lines().nth(5).unwrap().ends_with("-1,0,More trees and fewer cars on the square"), "{csv}");
        // Whoever has their account erased takes the parts of their words along.
        amina.post("/me/erase", &[("agreed", "yes"), ("sure", "yes")]).await;
        room.town.settle().await;
        room.town
            .browser()
            .get(&format!("{page}/statements"))
            .await
            .never_says("trees here")
            .never_says("Fewer cars should");
    }
}
