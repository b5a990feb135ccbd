//! Whoever leaves takes their words along, but for what the town has answered.

use crate::town::{Room, rooms};
use axum::http::StatusCode;

async fn erased(room: &Room) {
    let seen = room.amina.post("/me/erase", &[("sure", "yes")]).await;
    assert!(seen.status.is_success() || seen.status.is_redirection(), "{}: {}", seen.status, seen.text);
}

#[tokio::test]
async fn export_has_everything_and_erasing_takes_names_and_words() {
    for room in rooms().await {
        let open = room.proposal(&room.amina, "A bench by the mill pond").await;
        let answered = room.proposal(&room.amina, "Shade at the playground").await;
        let other = room.proposal(&room.jon, "A slide for the children").await;
        let draft = [("process", "budget"), ("title", "My secret plan")];
        room.amina.post("/proposals/new", &draft).await.sees(StatusCode::SEE_OTHER);
        let argue = [("side", "for"), ("argument", "Children like it.")];
        room.amina.post(&format!("/proposals/{other}/arguments"), &argue).await.sees(StatusCode::SEE_OTHER);
        room.turn_to_phase(1);
        room.amina.post(&format!("/proposals/{other}/support"), &[]).await.sees(StatusCode::SEE_OTHER);
        room.turn_to_phase(2);
        room.answered(&answered, "feasible", "50").await;
        let export = room.amina.get("/me/export").await;
        for words in ["A bench by the mill pond", "My secret plan", "Children like it.", &other] {
            assert!(export.text.contains(words), "{words}");
        }
        erased(&room).await;
        room.town.settle().await;
        let gone = room.town.browser().get(&format!("/proposals/{open}")).await.sees(StatusCode::OK);
        gone.never_says("mill pond").never_says("Amina");
        let stays = room.town.browser().get(&format!("/proposals/{answered}")).await;
        stays.says("Shade at the playground").never_says("Amina");
        room.town.browser().get(&format!("/proposals/{other}")).await.never_says("Children like it.");
        assert_eq!(room.supports(&other).await, 1, "the count stays, the name goes");
        assert!(room.town.column("select proposal from proposal_supports").await.is_empty());
        assert!(room.town.column("select title from proposals where submitted_at is null").await.is_empty());
        assert!(room.town.column("select name from proposal_authors").await.iter().all(|name| name != "Amina"));
    }
}
