//! Views that officers keep.

use crate::town::rooms;
use axum::http::StatusCode;

#[tokio::test]
async fn an_officer_keeps_a_view_and_nobody_else_sees_it() {
    for room in rooms().await {
        let view = [("name", "Late in Mill"), ("state", "overdue"), ("district", "mill"), ("q", "")];
        let kept = room.lamps.post("/desk/views", &view).await.sees(StatusCode::SEE_OTHER);
        assert_eq!(kept.location(), "/desk?state=overdue&district=mill");
        room.lamps.get("/desk").await.says("Late in Mill").says("/desk?state=overdue&#38;district=mill");
        room.bins.get("/desk").await.never_says("Late in Mill");
        room.lamps.get("/me/export.json").await.says("Late in Mill");
        room.lamps.post("/desk/views", &[("forget", "Late in Mill")]).await.sees(StatusCode::SEE_OTHER);
        room.lamps.get("/me/export.json").await.never_says("Late in Mill");
    }
}

#[tokio::test]
async fn names_are_words_and_there_is_a_limit() {
    for room in rooms().await {
        let long = "x".repeat(41);
        for name in ["", &long, "a\u{7}b"] {
            let status = room.lamps.post("/desk/views", &[("name", name)]).await.status;
            assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{name:?}");
        }
        room.lamps.post("/desk/views", &[("name", "<script>alert(1)</script>")]).await.sees(StatusCode::SEE_OTHER);
        room.lamps.get("/desk").await.never_says("<script>alert(1)");
        for number in 1..20 {
            room.lamps.post("/desk/views", &[("name", &*format!("View {number}"))]).await.sees(StatusCode::SEE_OTHER);
        }
        room.lamps.post("/desk/views", &[("name", "One more")]).await.sees(StatusCode::CONFLICT).says("20 views");
        room.lamps.post("/desk/views", &[("name", "View 1"), ("q", "lamp")]).await.sees(StatusCode::SEE_OTHER);
        assert_ne!(room.town.browser().post("/desk/views", &[("name", "Mine")]).await.status, StatusCode::OK);
    }
}
