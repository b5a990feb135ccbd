//! What the assembly recommends is published, can be taken on elsewhere, and is answered.

use crate::town::{plan, rooms};
use assemblies::{ASSEMBLY, Begin, Plan, RECOMMENDATION};
use axum::http::StatusCode;
use civic::{Language, Role, Subject};
use database::DbError;
use web::manifest::Catalogue;

#[tokio::test]
async fn a_recommendation_is_offered_and_answered_by_the_body_that_must() {
    for room in rooms().await {
        let lamps = room.town.agency("lamps", "Lamps").await;
        let assembly = room.closed(Plan { answered_by: Some(lamps.id), ..plan() }, 40).await;
        let code = assembly.code.to_string();
        let desk = format!("/admin/assemblies/{code}");
        let words = [("rtitle-en", "Benches"), ("rwords-en", "Put **benches** there."), ("rtitle-es", "Bancos")];
        let early = room.officer.post(&format!("{desk}/recommendations"), &words).await;
        early.sees(StatusCode::CONFLICT);
        room.drawn(&assembly, Begin::default()).await;
        let empty = room.officer.post(&format!("{desk}/recommendations"), &[("rtitle-en", "Benches")]).await;
        empty.sees(StatusCode::UNPROCESSABLE_ENTITY).says("Benches");
        room.officer.post(&format!("{desk}/recommendations"), &words).await.sees(StatusCode::SEE_OTHER);
        room.town.settle().await;
        let page = format!("/assemblies/{code}/recommendations/1");
        let visitor = room.town.browser();
        visitor.get(&page).await.sees(StatusCode::OK).says("<strong>benches</strong>").says("Not answered yet");
        visitor.get(&format!("/assemblies/{code}")).await.says(&page).says("Lamps");
        let amina = room.town.signed_in("amina@example.org").await;
        let comment = [("kind", "assembly"), ("id", code.as_str()), ("text", "Who mends them?")];
        amina.post("/comments", &comment).await.sees(StatusCode::SEE_OTHER);
        visitor.get(&format!("/assemblies/{code}")).await.says("Who mends them?");
        visitor.get("/search?q=benches").await.says(&format!("/assemblies/{code}"));
        let (town, own) = (room.town.town.clone(), code.clone());
        let read = room.town.town.db().read(move |tx| {
            let catalogue = town.part::<Catalogue>();
            let one = Subject::new(RECOMMENDATION, format!("{own}.1"));
            let briefs = catalogue.briefs(&town, tx, std::slice::from_ref(&one), Language::Es)?;
            let whole = catalogue.offers(&town, tx, &Subject::new(ASSEMBLY, own.as_str()))?;
            Ok((catalogue.offers(&town, tx, &one)?, briefs, whole))
        });
        let (offers, briefs, whole) = read.await.map_err(|error: DbError| error).unwrap();
        let offers = offers.unwrap();
        assert_eq!((offers.len(), offers[0].title.as_str(), offers[0].organisation), (1, "Benches", Some(lamps.id)));
        assert_eq!((briefs[0].title.as_str(), whole.unwrap().len()), ("Bancos", 1));
        let answer = [("rwords-en", "We put them there in spring.")];
        room.officer.post(&format!("{page}/answer"), &answer).await.sees(StatusCode::FORBIDDEN);
        let lamp = room.town.holder("lamp@example.org", Role::Officer, Some(&lamps)).await;
        lamp.get(&page).await.says("Publish the answer");
        lamp.post(&format!("{page}/answer"), &answer).await.sees(StatusCode::SEE_OTHER);
        visitor.get(&page).await.says("in spring").never_says("Publish the answer");
        let json = visitor.get(&format!("/assemblies/{code}.json")).await.json();
        assert_eq!(json["recommendations"][0]["answer"], "We put them there in spring.");
        room.town.settle().await;
        let record = room.town.record().await.join("\n");
        assert!(record.contains("assembly.recommended") && record.contains("assembly.answered"));
    }
}

#[tokio::test]
async fn an_answer_that_is_late_is_called_late() {
    for room in rooms().await {
        let assembly = room.closed(Plan { answer_due: Some("2026-10-20".to_owned()), ..plan() }, 40).await;
        room.drawn(&assembly, Begin::default()).await;
        let code = assembly.code.to_string();
        let words = civic::LocalText::plain("Benches");
        assemblies::recommend(&room.town.town, testing::steward(), code.clone(), words.clone(), words).await.unwrap();
        let page = format!("/assemblies/{code}");
        room.town.browser().get(&page).await.never_says("overdue").says("20 October 2026");
        room.town.clock.turn_to(assembly.closes_at.plus_days(30));
        room.town.browser().get(&page).await.says("overdue");
    }
}
