//! A steward designs, publishes and reads a survey, without code.

use crate::town::rooms;
use axum::http::StatusCode;
use serde_json::json;
use surveys::Who;

#[tokio::test]
async fn a_steward_makes_a_survey_that_branches() {
    for room in rooms().await {
        let lead = &room.steward;
        let bad = lead.post("/admin/surveys", &[("code", "No Good"), ("title-en", "Parks")]).await;
        bad.sees(StatusCode::UNPROCESSABLE_ENTITY).says("lower-case letters").says("No Good");
        let made = lead.post("/admin/surveys", &[("code", "parks"), ("title-en", "Parks")]).await;
        assert_eq!(made.sees(StatusCode::SEE_OTHER).location(), "/admin/surveys/parks");
        lead.post("/admin/surveys/parks/publish", &[]).await.says("needs at least one question");
        let form = "/admin/surveys/parks/form";
        lead.get(form).await.sees(StatusCode::OK).says("One of several").never_says("A photo of a paper");
        let question =
            [("version", "1"), ("act", "add"), ("kind", "yes-no"), ("label-en", "Do you go?"), ("name", "go")];
        lead.post(form, &question).await.sees(StatusCode::SEE_OTHER);
        let hangs = [
            ("version", "2"),
            ("act", "add"),
            ("kind", "text"),
            ("label-en", "Why not?"),
            ("show-if", "go=no"),
            ("required", "yes"),
        ];
        lead.post(form, &hangs).await.sees(StatusCode::SEE_OTHER);
        let stale = lead.post(form, &hangs).await;
        stale.sees(StatusCode::CONFLICT).says("Somebody else changed this survey");
        let photo = [("version", "3"), ("act", "add"), ("kind", "upload"), ("label-en", "Photo")];
        lead.post(form, &photo).await.sees(StatusCode::UNPROCESSABLE_ENTITY).says("A survey asks for choices");
        let times = [
            ("version", "3"),
            ("title-en", "Parks"),
            ("summary-en", "How do you use them?"),
            ("who", "anyone"),
            ("opens", "2026-01-01T08:00"),
            ("closes", "2040-01-01T08:00"),
        ];
        lead.post("/admin/surveys/parks", &times).await.sees(StatusCode::SEE_OTHER);
        lead.post("/admin/surveys/parks/publish", &[]).await.sees(StatusCode::SEE_OTHER);
        lead.post("/admin/surveys/parks", &times).await.sees(StatusCode::CONFLICT).says("cannot be changed any more");
        let schema = room.town.browser().get("/surveys/parks/schema").await.json();
        assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
        assert_eq!(schema["allOf"][0]["if"]["properties"]["go"], json!({"const": false}));
        room.town.settle().await;
        room.town.browser().get("/search?q=parks").await.says("/surveys/parks");
    }
}

#[tokio::test]
async fn single_answers_are_read_after_the_count_by_who_leads_only() {
    for room in rooms().await {
        room.survey("parks", Who::Account).await;
        room.crowd("parks", 0, 6, &json!({"go": "no", "why": "Too far"})).await;
        let page = "/admin/surveys/parks/answers";
        room.steward.get(page).await.sees(StatusCode::CONFLICT).never_says("Too far");
        room.over().await;
        room.steward.get(page).await.sees(StatusCode::OK).says("Too far").never_says("crowd");
        let csv = room.steward.get(&format!("{page}.csv")).await.sees(StatusCode::OK);
        csv.says("go,often,missing,why,age").never_says("crowd0");
        room.town.signed_in("crowd0@example.org").await.get(page).await.sees(StatusCode::FORBIDDEN);
    }
}
