//! What somebody did here stands under their account, and nowhere under anybody else's.

use crate::town::rooms;
use axum::http::StatusCode;
use testing::Browser;

async fn kinds(browser: &Browser) -> Vec<(String, String)> {
    let seen = browser.get("/me/activity.json").await.sees(StatusCode::OK).json();
    let text = |one: &serde_json::Value, name: &str| one[name].as_str().unwrap().to_owned();
    seen["activity"].as_array().unwrap().iter().map(|one| (text(one, "kind"), text(one, "title"))).collect()
}

#[tokio::test]
async fn a_resident_finds_what_they_proposed_argued_and_support() {
    for room in rooms().await {
        let code = room.proposal(&room.amina, "A bench by the mill pond").await;
        room.town.clock.advance_seconds(60);
        let argue = [("side", "for"), ("argument", "Children like it.")];
        room.jon.post(&format!("/proposals/{code}/arguments"), &argue).await.sees(StatusCode::SEE_OTHER);
        room.turn_to_phase(1);
        room.jon.post(&format!("/proposals/{code}/support"), &[]).await.sees(StatusCode::SEE_OTHER);
        let bench = "A bench by the mill pond".to_owned();
        let of = |kind: &str| (kind.to_owned(), bench.clone());
        assert_eq!(kinds(&room.amina).await, [of("proposal")]);
        assert_eq!(kinds(&room.jon).await, [of("support"), of("argument")]);
        let table = room.jon.get("/me/activity.csv?kind=argument").await.sees(StatusCode::OK).says("Children like it.");
        assert_eq!(table.text.lines().count(), 2, "the support is of another kind");
        room.jon.get("/me/activity").await.sees(StatusCode::OK).says("You gave a reason").says("Children like it.");
        room.jon.post(&format!("/proposals/{code}/support"), &[("leave", "yes")]).await.sees(StatusCode::SEE_OTHER);
        assert_eq!(kinds(&room.jon).await, [of("argument")], "what is taken back is gone");
        room.jon.post("/me/erase", &[("sure", "yes")]).await.sees(StatusCode::SEE_OTHER);
        assert!(room.town.column("select id from proposal_arguments where author_id is not null").await.is_empty());
    }
}
