//! Who holds an assembly writes it down and publishes it; other people's are none of their business.

use crate::town::{QUOTAS, plan, rooms};
use axum::http::StatusCode;
use civic::Role;

#[tokio::test]
async fn an_officer_publishes_an_assembly_of_their_agency() {
    for room in rooms().await {
        let made = room.officer.post("/admin/assemblies", &[("title-en", "The pond"), ("organisation", "parks")]).await;
        let admin = made.sees(StatusCode::SEE_OTHER).location().to_owned();
        let page = admin.replace("/admin", "");
        room.town.browser().get(&page).await.sees(StatusCode::NOT_FOUND);
        room.officer.get(&page).await.sees(StatusCode::OK).says("Only those who hold");
        let mut form = vec![
            ("version", "1"),
            ("title-en", "The pond"),
            ("summary-en", "What becomes of it?"),
            ("remit-en", "Say what it is for."),
            ("opens", "2040-05-01T18:00"),
            ("closes", "2040-05-01T17:00"),
            ("seats", "many"),
            ("reply_days", "7"),
            ("quotas", "category,feature,min,max\nAge,young,few,2"),
            ("answer_due", "soon"),
        ];
        let bad = room.officer.post(&admin, &form).await.sees(StatusCode::UNPROCESSABLE_ENTITY);
        bad.says("closes after it opens").says("1 to 500").says("line 2").says("2027-06-30").says("Age,young,few");
        form.truncate(5);
        form.extend([("closes", "2040-06-01T20:00"), ("seats", "13"), ("reply_days", "7"), ("quotas", QUOTAS)]);
        let bad = room.officer.post(&admin, &form).await.sees(StatusCode::UNPROCESSABLE_ENTITY);
        bad.says("No panel meets all quotas");
        form[6] = ("seats", "10");
        room.officer.post(&admin, &form).await.sees(StatusCode::SEE_OTHER);
        room.officer.post(&admin, &form).await.sees(StatusCode::CONFLICT).says("Somebody else changed");
        room.officer.post(&format!("{admin}/publish"), &[]).await.sees(StatusCode::SEE_OTHER);
        room.officer.post(&format!("{admin}/publish"), &[]).await.sees(StatusCode::CONFLICT);
        room.officer.post(&admin, &form).await.sees(StatusCode::CONFLICT);
        room.town.settle().await;
        let visitor = room.town.browser();
        visitor.get(&page).await.sees(StatusCode::OK).says("4 to 6").says("Registration opens later");
        visitor.get("/assemblies").await.says("The pond");
        visitor.get("/search?q=pond").await.says(&page);
        let csv = visitor.get(&format!("{page}.csv")).await.sees(StatusCode::OK);
        csv.says("category,feature,min,max,pool,drawn").says("Area,south,3,7,,");
        for door in ["", "/pool", "/draw", "/people"] {
            room.officer.get(&format!("{admin}{door}")).await.sees(StatusCode::OK);
        }
    }
}

#[tokio::test]
async fn another_agency_sees_neither_pool_nor_people() {
    for room in rooms().await {
        let assembly = room.closed(plan(), 40).await;
        room.drawn(&assembly, assemblies::Begin::default()).await;
        let lamps = room.town.agency("lamps", "Lamps").await;
        let eve = room.town.holder("eve@example.org", Role::Officer, Some(&lamps)).await;
        let admin = format!("/admin/assemblies/{}", assembly.code);
        for door in ["", "/pool", "/draw", "/people", "/people.csv"] {
            let seen = eve.get(&format!("{admin}{door}")).await.sees(StatusCode::FORBIDDEN);
            seen.never_says("@example.org,");
        }
        for (door, form) in [("publish", ("x", "y")), ("draw", ("number", "1")), ("draw/begin", ("again", "yes"))] {
            eve.post(&format!("{admin}/{door}"), &[form]).await.sees(StatusCode::FORBIDDEN);
        }
        room.officer.get(&format!("{admin}/people.csv")).await.says("@example.org,asked,1");
    }
}
