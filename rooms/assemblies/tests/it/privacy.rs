//! What somebody takes along, what is erased, and what is forgotten.

use crate::town::{plan, rooms};
use assemblies::Begin;
use axum::http::StatusCode;
use database::{DbError, OffRecord};

#[tokio::test]
async fn what_somebody_said_is_taken_along_and_erased_and_their_seat_falls_free() {
    for room in rooms().await {
        let assembly = room.assembly(plan()).await;
        let people = room.registered(&assembly, 12).await;
        let one = room.town.signed_in("crowd0@example.org").await;
        one.get("/me/export").await.sees(StatusCode::OK).says("16-39").says(assembly.code.as_str());
        room.town.clock.turn_to(assembly.closes_at);
        room.drawn(&assembly, Begin::default()).await;
        let sql =
            "select p.person_id from assembly_pool p join assembly_members m on m.ticket = p.ticket order by p.ticket";
        let drawn = room.town.column(sql).await;
        let gone = people.into_iter().find(|one| one.text() == drawn[0]).unwrap();
        let erase = assemblies::room().privacy.unwrap().erase;
        let erased = room.town.town.db().write(move |tx| {
            erase(tx, gone)?;
            tx.commit(OffRecord("a test"), ())
        });
        erased.await.map_err(|error: DbError| error).unwrap();
        let json = room.town.browser().get(&format!("/assemblies/{}.json", assembly.code)).await.json();
        assert_eq!((&json["free"], &json["asked"]), (&1.into(), &9.into()));
        assert_eq!(room.town.column("select ticket from assembly_pool").await.len(), 11);
    }
}

#[tokio::test]
async fn pools_are_forgotten_when_their_time_is_over() {
    for room in rooms().await {
        let assembly = room.closed(plan(), 20).await;
        let rule = assemblies::room().retention.iter().find(|rule| rule.name == "assemblies.pools").unwrap();
        let run = |before: civic::Moment| {
            room.town.town.db().write(move |tx| {
                let count = (rule.run)(tx, before, 100)?;
                tx.commit(OffRecord("a test"), count)
            })
        };
        assert_eq!(run(assembly.closes_at).await.map_err(|error: DbError| error).unwrap(), 0);
        let later = assembly.closes_at.plus_seconds(1);
        assert_eq!(run(later).await.map_err(|error: DbError| error).unwrap(), 20);
        assert!(room.town.column("select email from assembly_pool").await.is_empty());
    }
}
