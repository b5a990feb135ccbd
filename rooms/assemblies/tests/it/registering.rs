//! People put themselves into the pool, change what they said, and take themselves out.

use crate::town::{plan, rooms};
use assemblies::Plan;
use axum::http::StatusCode;

#[tokio::test]
async fn somebody_registers_changes_and_withdraws() {
    for room in rooms().await {
        let assembly = room.assembly(plan()).await;
        let page = format!("/assemblies/{}", assembly.code);
        room.town.browser().get(&page).await.sees(StatusCode::OK).says("Sign in to register");
        let amina = room.town.signed_in("amina@example.org").await;
        amina.get(&format!("{page}/register")).await.sees(StatusCode::OK).says("16-39").says("south");
        let none = amina.post(&format!("{page}/register"), &[("answer-0", "16-39")]).await;
        none.sees(StatusCode::UNPROCESSABLE_ENTITY).says("Area");
        let given = [("answer-0", "16-39"), ("answer-1", "south")];
        amina.post(&format!("{page}/register"), &given).await.sees(StatusCode::SEE_OTHER);
        amina.get(&page).await.says("You can be drawn");
        amina.get("/me/activity").await.says("You registered for a citizens’ assembly").says(&page);
        let given = [("answer-0", "40+"), ("answer-1", "south")];
        amina.post(&format!("{page}/register"), &given).await.sees(StatusCode::SEE_OTHER);
        let answers = room.town.column("select answers from assembly_pool").await;
        assert_eq!(answers, ["[\"40+\",\"south\"]"]);
        let json = room.town.browser().get(&format!("{page}.json")).await.json();
        assert_eq!(json["registered"], 1);
        amina.post(&format!("{page}/withdraw"), &[]).await.sees(StatusCode::SEE_OTHER);
        amina.get(&page).await.never_says("You can be drawn");
        assert_eq!(amina.get("/me/activity.json").await.json()["activity"], serde_json::json!([]));
        assert!(room.town.column("select ticket from assembly_pool").await.is_empty());
        assert!(!room.town.record().await.join("\n").contains("40+\",\"south"));
    }
}

#[tokio::test]
async fn questions_are_asked_in_the_readers_language() {
    for room in rooms().await {
        let assembly = room.assembly(plan()).await;
        let amina = room.town.signed_in("amina@example.org").await.reading("es");
        amina.get(&format!("/assemblies/{}/register", assembly.code)).await.says("Edad").never_says(">Age<");
    }
}

#[tokio::test]
async fn nobody_registers_where_the_pool_is_entered() {
    for room in rooms().await {
        let assembly = room.assembly(Plan { open: false, ..plan() }).await;
        let page = format!("/assemblies/{}", assembly.code);
        room.town.browser().get(&page).await.never_says("Sign in to register");
        let eve = room.town.signed_in("eve@example.org").await;
        let given = [("answer-0", "16-39"), ("answer-1", "south")];
        eve.post(&format!("{page}/register"), &given).await.sees(StatusCode::CONFLICT);
    }
}
