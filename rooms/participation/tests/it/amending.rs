//! Other words for a proposal: only its authors decide.

use crate::town::{Room, named, rooms};
use axum::http::StatusCode;

async fn amendment(room: &Room, code: &str) -> String {
    let form = [
        ("title", "Two benches by the mill pond"),
        ("text", "There is nowhere to sit by the old mill pond, and in the lane."),
        ("why", "One is too short."),
        ("version", "1"),
    ];
    let seen = room.jon.post(&format!("/proposals/{code}/amend"), &form).await.sees(StatusCode::SEE_OTHER);
    seen.location().to_owned()
}

#[tokio::test]
async fn a_third_person_cannot_accept_or_reject_whatever_their_office() {
    for room in rooms().await {
        let code = room.proposal(&room.amina, "A bench by the mill pond").await;
        let page = amendment(&room, &code).await;
        let eve = named(&room.town, "eve@example.org", "Eve").await;
        let admin = room.town.holder("root@example.org", civic::Role::Administrator, None).await;
        let answer = [("answer", "I say so")];
        for other in [&room.jon, &eve, &room.officer, &room.steward, &admin] {
            for act in ["accept", "reject"] {
                other.post(&format!("{page}/{act}"), &answer).await.sees(StatusCode::FORBIDDEN);
            }
        }
        room.town.browser().post(&format!("{page}/accept"), &answer).await.sees(StatusCode::SEE_OTHER);
        eve.post(&format!("{page}/withdraw"), &[]).await.sees(StatusCode::FORBIDDEN);
        let told = room.town.browser().get(&format!("{page}.json")).await.json();
        assert_eq!(told["state"], "waiting");
        let proposal = room.town.browser().get(&format!("/proposals/{code}.json")).await.json();
        assert_eq!(
            (proposal["title"].as_str(), proposal["version"].as_i64()),
            (Some("A bench by the mill pond"), Some(1))
        );
    }
}

#[tokio::test]
async fn accepted_words_take_their_place_and_their_author_is_named() {
    for room in rooms().await {
        let code = room.proposal(&room.amina, "A bench by the mill pond").await;
        let page = amendment(&room, &code).await;
        room.town.browser().get(&page).await.says("<ins>Two benches</ins>").says("One is too short.");
        room.amina.get(&page).await.says("Take these words");
        room.jon.get(&page).await.never_says("Take these words");
        room.amina.post(&format!("{page}/accept"), &[]).await.sees(StatusCode::SEE_OTHER);
        room.amina.post(&format!("{page}/accept"), &[]).await.sees(StatusCode::CONFLICT);
        let told = room.town.browser().get(&format!("/proposals/{code}")).await;
        told.says("Two benches by the mill pond").says("Words by").says("Jon");
        let versions = room.town.browser().get(&format!("/proposals/{code}/versions")).await;
        versions.says("from amendment A-").says("<del>A bench</del>");
        room.jon.get(&format!("/proposals/{code}/edit")).await.sees(StatusCode::FORBIDDEN);
        assert!(room.town.record().await.concat().contains("proposal.amendment-accepted"));
    }
}

#[tokio::test]
async fn rejecting_needs_an_answer_and_what_is_stale_is_not_taken() {
    for room in rooms().await {
        let code = room.proposal(&room.amina, "A bench by the mill pond").await;
        let (one, two) = (amendment(&room, &code).await, amendment(&room, &code).await);
        room.amina.post(&format!("{one}/reject"), &[]).await.sees(StatusCode::UNPROCESSABLE_ENTITY);
        room.amina.post(&format!("{two}/accept"), &[]).await.sees(StatusCode::SEE_OTHER);
        let stale = room.amina.post(&format!("{one}/accept"), &[]).await.sees(StatusCode::CONFLICT);
        stale.says("The proposal has changed since this was written");
        room.amina
            .post(&format!("{one}/reject"), &[("answer", "We took the other.")])
            .await
            .sees(StatusCode::SEE_OTHER);
        room.town.browser().get(&one).await.says("We took the other.").says("Not accepted");
    }
}

#[tokio::test]
async fn authors_correct_instead_of_amending_and_nothing_is_no_amendment() {
    for room in rooms().await {
        let code = room.proposal(&room.amina, "A bench by the mill pond").await;
        let path = format!("/proposals/{code}/amend");
        let same = [
            ("title", "A bench by the mill pond"),
            ("text", "There is nowhere to sit by the old mill pond."),
            ("why", "No reason"),
            ("version", "1"),
        ];
        room.jon.post(&path, &same).await.sees(StatusCode::UNPROCESSABLE_ENTITY).says("Nothing is different.");
        room.amina.post(&path, &same).await.sees(StatusCode::CONFLICT).says("You are an author");
        let mine = amendment(&room, &code).await;
        room.jon.post(&format!("{mine}/withdraw"), &[]).await.sees(StatusCode::SEE_OTHER);
        room.amina.post(&format!("{mine}/accept"), &[]).await.sees(StatusCode::CONFLICT);
    }
}

/// The old way: what still waited when the time for it ended could be neither taken nor turned down.
#[tokio::test]
async fn what_waits_when_its_time_ends_can_be_turned_down_and_not_be_taken() {
    for room in rooms().await {
        let code = room.proposal(&room.amina, "A bench by the mill pond").await;
        let page = amendment(&room, &code).await;
        room.turn_to_phase(1);
        let amina = room.town.signed_in("amina@example.org").await;
        amina.get(&page).await.says("Do not take them").never_says("Take these words");
        amina.post(&format!("{page}/accept"), &[]).await.sees(StatusCode::CONFLICT);
        amina.post(&format!("{page}/reject"), &[]).await.sees(StatusCode::UNPROCESSABLE_ENTITY);
        let answer = [("answer", "It came too late")];
        amina.post(&format!("{page}/reject"), &answer).await.sees(StatusCode::SEE_OTHER);
        room.town.browser().get(&page).await.says("Not accepted").says("It came too late");
    }
}
