use super::{act, comment, flag, moderator};
use crate::town::{Room, rooms};
use axum::http::StatusCode;

/// Every text in the database that holds these words.
async fn found(room: &Room, words: &'static str) -> Vec<String> {
    let columns = [
        "comments.body",
        "requests.description",
        "requests.address",
        "request_history.body",
        "search_words.word",
        "moderation_withheld.kept",
        "moderation_withheld.shown",
        "moderation_reports.note",
        "moderation_cases.note",
        "moderation_cases.appeal",
        "moderation_cases.appeal_note",
        "moderation_log.parts",
        "record_entries.body",
        "mails.body",
    ];
    let mut left = Vec::new();
    for column in columns {
        let (table, name) = column.split_once('.').unwrap();
        let sql = format!("select count(*) from {table} where lower({name}) like '%{words}%'");
        let look = move |tx: &mut database::Tx<'_>| tx.query_one(&sql, &[])?.get::<i64>(0);
        if room.town.town.db().read(look).await.map_err(|error: database::DbError| error).unwrap() > 0 {
            left.push(column.to_owned());
        }
    }
    left
}

/// Hidden words, and what reports, notes and appeals quote of them, go with their author; what was decided stays.
#[tokio::test]
async fn erased_means_gone_even_where_it_is_hidden() {
    for room in rooms().await {
        let eve = room.town.signed_in("eve@example.org").await;
        let form = [("category", "lamp"), ("address", "Quay"), ("description", "Zanzibar lamp")];
        let sent = eve.post("/requests", &form).await.sees(StatusCode::SEE_OTHER);
        let code = sent.location().split('/').nth(2).unwrap().to_owned();
        room.town.settle().await;
        let id = comment(&room, &eve, &code, "Zanzibar fool").await;
        let (mireia, pau) = (moderator(&room, "mireia").await, moderator(&room, "pau").await);
        let amina = room.town.signed_in("amina@example.org").await;
        for subject in [format!("request/{code}"), format!("comment/{id}")] {
            let quote = [("reason", "insult"), ("note", "It says zanzibar")];
            amina.post(&format!("/moderation/report/{subject}"), &quote).await.sees(StatusCode::SEE_OTHER);
            let case = super::case_of(&room, &subject).await;
            act(&mireia, &case, "hide", &[("reason", "insult"), ("note", "No zanzibar here")])
                .await
                .sees(StatusCode::SEE_OTHER);
            eve.post(&format!("/moderation/of/{subject}"), &[("text", "Zanzibar is a place")])
                .await
                .sees(StatusCode::SEE_OTHER);
            act(&pau, &case, "uphold", &[("note", "Still zanzibar")]).await.sees(StatusCode::SEE_OTHER);
        }
        room.town.settle().await;
        eve.get("/me/export").await.says("Zanzibar lamp").says("Zanzibar fool");
        amina.get("/me/export").await.says("It says zanzibar");
        mireia.get("/me/export").await.says("No zanzibar here");
        assert!(found(&room, "zanzibar").await.len() >= 5);
        eve.post("/me/erase", &[("agreed", "yes"), ("sure", "yes")]).await.sees(StatusCode::SEE_OTHER);
        room.town.settle().await;
        assert_eq!(found(&room, "zanzibar").await, Vec::<String>::new());
        let log = room.town.browser().get("/moderation/log.json").await.json();
        assert_eq!(log["log"].as_array().unwrap().len(), 6, "what was done stays");
        mireia.get("/moderation?state=closed").await.sees(StatusCode::OK);
    }
}

#[tokio::test]
async fn reporters_and_moderators_are_erased_too() {
    for room in rooms().await {
        let (code, _) = room.lamp("That fool").await;
        let amina = room.town.signed_in("amina@example.org").await;
        let quote = [("reason", "insult"), ("note", "My cousin zebra saw it")];
        amina.post(&format!("/moderation/report/request/{code}"), &quote).await.sees(StatusCode::SEE_OTHER);
        let case = flag(&room, &format!("request/{code}"), "ben").await;
        let mireia = moderator(&room, "mireia").await;
        act(&mireia, &case, "hide", &[("reason", "insult"), ("note", "Kind zebra regards")])
            .await
            .sees(StatusCode::SEE_OTHER);
        for who in [&amina, &mireia] {
            who.post("/me/erase", &[("agreed", "yes"), ("sure", "yes")]).await.sees(StatusCode::SEE_OTHER);
        }
        assert_eq!(found(&room, "zebra").await, Vec::<String>::new());
        let people = room.town.column("select coalesce(decided_by, '') from moderation_cases").await;
        assert_eq!(people, [""]);
        let reporters = room.town.column("select who from moderation_reports where person_id is null").await;
        assert!(reporters.is_empty(), "{reporters:?}");
        room.town.browser().get(&format!("/requests/{code}")).await.never_says("That fool").says("It insults somebody");
        let pau = moderator(&room, "pau").await;
        pau.get(&format!("/moderation/cases/{case}")).await.sees(StatusCode::OK).says("Reported by 2");
    }
}
