//! Who wrote a statement is in nothing that anybody can download, also for whoever lays the tables side by side.

use crate::town::{Room, rooms};
use axum::http::StatusCode;
use std::collections::BTreeSet;

async fn table(room: &Room, code: &str, file: &str) -> Vec<Vec<String>> {
    let path = format!("/conversations/{code}/export/{file}.csv");
    let text = room.town.browser().get(&path).await.sees(StatusCode::OK).text;
    text.lines().skip(1).map(|line| line.split(',').map(str::to_owned).collect()).collect()
}

/// Whoever might have written a statement by the tables: those who agreed to it on its first day there.
async fn suspects(room: &Room, code: &str, statement: &str) -> BTreeSet<String> {
    let votes = table(room, code, "votes").await;
    let own: Vec<&Vec<String>> = votes.iter().filter(|row| row[2] == statement).collect();
    let Some(first) = own.iter().map(|row| row[0].parse::<i64>().unwrap()).min() else { return BTreeSet::new() };
    let first = first.to_string();
    own.iter().filter(|row| row[0] == first && row[4] == "1").map(|row| row[3].clone()).collect()
}

#[tokio::test]
async fn the_tables_lead_from_no_statement_to_its_author() {
    for room in rooms().await {
        let code = room.open(&[]).await;
        let page = format!("/conversations/{code}");
        let amina = room.visitor(&code).await;
        for (statement, vote) in [("0", "agree"), ("1", "disagree"), ("2", "pass")] {
            room.vote(&amina, &code, statement, vote).await;
        }
        let words = [("words", "Kites may fly on the green"), ("sure", "yes")];
        amina.post(&format!("{page}/write"), &words).await.sees(StatusCode::SEE_OTHER);
        assert!(suspects(&room, &code, "4").await.is_empty(), "the only answer is that of the author");
        let cells = |rows: Vec<Vec<String>>| rows.into_iter().map(|row| row[10].clone()).collect::<String>();
        assert_eq!(cells(table(&room, &code, "participants-votes").await), "");
        let comments = table(&room, &code, "comments").await;
        assert_eq!((comments[4][4].as_str(), comments[4][5].as_str()), ("", ""), "so does a count of one");
        let mut others = Vec::new();
        for _ in 0..4 {
            room.town.clock.advance_seconds(86_400);
            let other = room.visitor(&code).await;
            room.vote(&other, &code, "0", "agree").await;
            room.vote(&other, &code, "4", "agree").await;
            others.push(other);
        }
        assert!(table(&room, &code, "votes").await.is_empty(), "the last of them came today, and four are too few");
        room.town.clock.advance_seconds(86_400);
        let found = suspects(&room, &code, "4").await;
        assert_eq!(found.len(), 5, "all who agreed begin on one day: {found:?}");
        // Whoever reads the tables twice sees no answer come.
        let before = table(&room, &code, "votes").await;
        room.vote(&amina, &code, "3", "agree").await;
        assert_eq!(table(&room, &code, "votes").await, before);
        room.town.clock.advance_seconds(86_400);
        assert_eq!(table(&room, &code, "votes").await, before, "nor that of one alone on a later day");
        let comments = table(&room, &code, "comments").await;
        assert_eq!((comments[3][4].as_str(), comments[0][4].as_str()), ("", "5"), "{comments:?}");
        // No number says who came first, and only its owner is told which is theirs.
        let turn = amina.get(&format!("{page}/take-part.json")).await.json();
        let own = turn["participant"].as_i64().unwrap();
        assert!(own > 1_000 && found.contains(&own.to_string()), "{own} in {found:?}");
        for row in table(&room, &code, "votes").await.iter().chain(&table(&room, &code, "comments").await) {
            assert_eq!(row[0].parse::<i64>().unwrap() % 86_400_000, 0, "{row:?}");
        }
        let told = room.town.browser().get(&format!("{page}/statements.json")).await.json();
        assert!(
            told["statements"].as_array().unwrap().iter().all(|one| one["at"].as_str().unwrap().contains("T00:00:00"))
        );
        let votes = table(&room, &code, "votes").await;
        let mut sorted = votes.clone();
        sorted.sort_by_key(|row| {
            (row[0].parse::<i64>().unwrap(), row[3].parse::<i64>().unwrap(), row[2].parse::<i64>().unwrap())
        });
        assert_eq!(votes, sorted, "the order says no more than the days");
        // Both tables know people by the same numbers.
        let rows = table(&room, &code, "participants-votes").await;
        let people: BTreeSet<&String> = rows.iter().map(|row| &row[0]).collect();
        assert_eq!(people, votes.iter().map(|row| &row[3]).collect());
        // The map, now and as it was, has nobody by number.
        room.drawn().await;
        let map = room.town.browser().get(&format!("{page}/map.json")).await.sees(StatusCode::OK).json();
        let places = map["places"].as_array().unwrap();
        assert!(places.len() == 5 && places.iter().all(|place| place[0] == -1), "{places:?}");
    }
}

#[tokio::test]
async fn what_waits_or_was_not_shown_is_not_given_away_by_its_only_vote() {
    for room in rooms().await {
        let code = room.open(&[("moderation", "first")]).await;
        let desk = format!("/desk/conversations/{code}/statements");
        let amina = room.visitor(&code).await;
        for words in ["Dogs should be allowed on trams", "Cats should be allowed on buses"] {
            let form = [("words", words), ("sure", "yes")];
            amina.post(&format!("/conversations/{code}/write"), &form).await.sees(StatusCode::SEE_OTHER);
        }
        room.lead
            .post(&format!("{desk}/5"), &[("act", "reject"), ("reason", "unclear")])
            .await
            .sees(StatusCode::SEE_OTHER);
        assert!(table(&room, &code, "votes").await.is_empty());
        assert!(table(&room, &code, "participants-votes").await.is_empty());
        // What facilitators change after the end changes the tables, so they are counted anew.
        room.vote(&amina, &code, "0", "agree").await;
        room.advance(&code, "close").await;
        room.town.clock.advance_seconds(600);
        room.town.settle().await;
        let counted =
            |record: Vec<String>| record.iter().filter(|entry| entry.contains("conversation.counted")).count();
        assert_eq!(counted(room.town.record().await), 1);
        room.lead
            .post(&format!("{desk}/0"), &[("act", "reject"), ("reason", "unclear")])
            .await
            .sees(StatusCode::SEE_OTHER);
        room.town.clock.advance_seconds(600);
        room.town.settle().await;
        assert_eq!(counted(room.town.record().await), 2);
        assert!(table(&room, &code, "votes").await.is_empty());
    }
}
