//! Neighbours say that it is not fixed.

use crate::town::{Room, rooms};
use axum::http::StatusCode;

async fn resolved(room: &Room) -> String {
    let (code, _) = room.lamp("It flickers").await;
    resolve(room, &code).await;
    code
}

async fn resolve(room: &Room, code: &str) {
    let form = [("text", "A new bulb"), ("version", &*room.version(code).await)];
    room.lamps.post(&format!("/desk/{code}/resolve"), &form).await.sees(StatusCode::SEE_OTHER);
}

async fn state(room: &Room, code: &str) -> serde_json::Value {
    room.town.browser().get(&format!("/requests/{code}.json")).await.json()["state"].clone()
}

#[tokio::test]
async fn three_neighbours_open_it_again_once() {
    for room in rooms().await {
        let code = resolved(&room).await;
        let path = format!("/requests/{code}/not-fixed");
        room.town.browser().get(&format!("/requests/{code}")).await.says("Still not fixed?").says("Sign in to say");
        assert_ne!(room.town.browser().post(&path, &[("reason", "Dark")]).await.status, StatusCode::OK);
        for (number, email) in ["a@example.org", "b@example.org", "c@example.org"].into_iter().enumerate() {
            assert_eq!(state(&room, &code).await, "resolved", "{number}");
            let neighbour = room.town.signed_in(email).await;
            neighbour
                .post(&path, &[("reason", " ")])
                .await
                .sees(StatusCode::UNPROCESSABLE_ENTITY)
                .says("write something");
            let reason = format!("Still dark <b>{number}</b>");
            neighbour.post(&path, &[("reason", &reason)]).await.sees(StatusCode::SEE_OTHER);
            if number < 2 {
                let again = neighbour.post(&path, &[("reason", "Yes, dark")]).await.sees(StatusCode::CONFLICT);
                again.says("Yes, dark").says("You said so already");
            }
        }
        assert_eq!(state(&room, &code).await, "received");
        let page = room.town.browser().get(&format!("/requests/{code}")).await;
        page.says("Not fixed, says a neighbour")
            .says("Still dark")
            .never_says("<b>0</b>")
            .never_says("Still not fixed?");
        let record = room.town.record().await.join("\n");
        assert_eq!((record.matches("request.disputed").count(), record.matches("request.reopened").count()), (2, 1));
        assert!(!record.contains("Still dark"));
        resolve(&room, &code).await;
        let late = room.town.signed_in("d@example.org").await;
        late.post(&path, &[("reason", "Again")]).await.sees(StatusCode::CONFLICT);
    }
}

#[tokio::test]
async fn one_person_counts_once_however_often_they_send() {
    for room in rooms().await {
        let code = resolved(&room).await;
        let path = format!("/requests/{code}/not-fixed");
        let neighbour = room.town.signed_in("a@example.org").await;
        let form = [("reason", "Dark")];
        let all = futures_util::future::join_all((0..32).map(|_| neighbour.post(&path, &form))).await;
        assert_eq!(all.iter().filter(|seen| seen.status == StatusCode::SEE_OTHER).count(), 1);
        assert_eq!(state(&room, &code).await, "resolved");
        let page = room.town.browser().get(&format!("/requests/{code}")).await;
        page.says("One neighbour says so");
        let open = room.lamp("Open").await.0;
        neighbour.post(&format!("/requests/{open}/not-fixed"), &form).await.sees(StatusCode::CONFLICT);
        room.town.clock.advance_seconds(86_400 * 91);
        let later = room.town.signed_in("b@example.org").await;
        later.post(&path, &form).await.sees(StatusCode::CONFLICT);
    }
}

#[tokio::test]
async fn who_is_erased_takes_their_words_along() {
    for room in rooms().await {
        let code = resolved(&room).await;
        let neighbour = room.town.signed_in("a@example.org").await;
        let form = [("reason", "Zanzibar is dark")];
        neighbour.post(&format!("/requests/{code}/not-fixed"), &form).await.sees(StatusCode::SEE_OTHER);
        neighbour.post("/me/erase", &[("agreed", "yes"), ("sure", "yes")]).await.sees(StatusCode::SEE_OTHER);
        room.town.settle().await;
        room.town.browser().get(&format!("/requests/{code}.json")).await.never_says("Zanzibar");
        let said = room.town.column("select body from request_history where body like '%Zanzibar%'").await;
        let salts = room.town.column("select salt from record_salts").await;
        assert_eq!(
            (said.len(), room.town.column("select person_id from request_not_fixed").await.len()),
            (0, 0),
            "{salts:?}"
        );
    }
}
