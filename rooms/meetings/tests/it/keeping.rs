//! Who holds a meeting writes it down and announces it; other people's are none of their business.

use crate::town::rooms;
use axum::http::StatusCode;
use civic::Role;

#[tokio::test]
async fn an_officer_announces_a_meeting_of_their_agency() {
    for room in rooms().await {
        let made = room.officer.post("/admin/meetings", &[("title-en", "The pond"), ("organisation", "parks")]).await;
        let admin = made.sees(StatusCode::SEE_OTHER).location().to_owned();
        let page = admin.replace("/admin", "");
        room.town.browser().get(&page).await.sees(StatusCode::NOT_FOUND);
        let mut form = vec![
            ("version", "1"),
            ("title-en", "The pond"),
            ("summary-en", "What becomes of it?"),
            ("starts", "2040-05-01T18:00"),
            ("ends", "2040-05-01T17:00"),
            ("place", "Mill hall"),
            ("online_url", "javascript:alert(1)"),
            ("places", "many"),
        ];
        let bad = room.officer.post(&admin, &form).await.sees(StatusCode::UNPROCESSABLE_ENTITY);
        bad.says("ends after it begins").says("not an address of the web").says("how many places").says("Mill hall");
        form.truncate(4);
        form.extend([("ends", "2040-05-01T20:00"), ("place", "Mill hall"), ("places", "30")]);
        room.officer.post(&admin, &form).await.sees(StatusCode::SEE_OTHER);
        room.officer.post(&admin, &form).await.sees(StatusCode::CONFLICT).says("Somebody else changed");
        room.officer.post(&format!("{admin}/publish"), &[]).await.sees(StatusCode::SEE_OTHER);
        room.town.settle().await;
        let visitor = room.town.browser();
        visitor.get(&page).await.sees(StatusCode::OK).says("0 of 30 places").says("Sign in to take a place");
        visitor.get("/meetings").await.says("The pond");
        visitor.get("/search?q=pond").await.says(&page);
        visitor.get("/meetings/calendar.ics").await.says("SUMMARY:The pond").never_says("javascript");
    }
}

#[tokio::test]
async fn another_agency_sees_neither_draft_nor_people() {
    for room in rooms().await {
        let meeting = room.meeting(Some(3)).await;
        room.comes("amina", &meeting).await;
        let lamps = room.town.agency("lamps", "Lamps").await;
        let eve = room.town.holder("eve@example.org", Role::Officer, Some(&lamps)).await;
        let people = format!("/admin/meetings/{}/people", meeting.code);
        for door in [people.clone(), format!("{people}.csv"), format!("/admin/meetings/{}", meeting.code)] {
            eve.get(&door).await.sees(StatusCode::FORBIDDEN).never_says("amina");
        }
        room.officer.get(&people).await.sees(StatusCode::OK).says("amina@example.org");
        room.officer.get(&format!("{people}.csv")).await.says("amina@example.org,taken");
    }
}
