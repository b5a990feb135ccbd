//! Work is shared out by load and skill; who is away is covered; and what waits stands in one list.

use crate::town::{Hall, REASONS, halls};
use axum::http::StatusCode;
use testing::Browser;

async fn team(officer: &Browser, act: &str, fields: &[(&str, &str)]) -> testing::Seen {
    let mut all = vec![("agency", "streets")];
    all.extend_from_slice(fields);
    officer.post(&format!("/desk/services/team/{act}"), &all).await
}

/// The pseudonym of an officer, by the name of their mail.
pub async fn handle(hall: &Hall, name: &str) -> String {
    let email = format!("{name}@example.org").parse().unwrap();
    let found = hall.town.town.db().read(move |tx| people::accounts::by_email(tx, &email)).await;
    found.map_err(|error: database::DbError| error).unwrap().unwrap().handle
}

async fn officers(hall: &Hall) -> Vec<String> {
    hall.town.column("select officer from applications order by filed_at, code").await
}

#[tokio::test]
async fn what_nobody_has_goes_to_who_is_there_knows_it_and_has_least() {
    for hall in halls().await {
        let olga = hall.parking(&[]).await;
        let (_peter, _ruth) = (hall.officer("peter").await, hall.officer("ruth").await);
        let (o, p, r) = (handle(&hall, "olga").await, handle(&hall, "peter").await, handle(&hall, "ruth").await);
        for _ in 0..5 {
            hall.applies(&hall.town.browser()).await;
        }
        assert_eq!(officers(&hall).await, vec![String::new(); 5]);
        // Ruth is away, and Peter does other things.
        let today = [("officer", r.as_str()), ("from", "2026-09-21"), ("to", "2026-09-25"), ("cover", o.as_str())];
        team(&olga, "away", &today).await.sees(StatusCode::SEE_OTHER);
        olga.post("/admin/services", &[("code", "trees"), ("organisation", "streets"), ("title-en", "Trees")]).await;
        team(&olga, "knows", &[("officer", &p), ("service", "trees"), ("service", "nothing")])
            .await
            .sees(StatusCode::SEE_OTHER);
        team(&olga, "share", &[]).await.sees(StatusCode::SEE_OTHER);
        assert_eq!(officers(&hall).await, vec![o.clone(); 5]);
        olga.get("/desk/services/team").await.sees(StatusCode::OK).says("Trees").says("Away").says("covered by");
        // All three from now on, by themselves: the two with nothing first.
        team(&olga, "knows", &[("officer", &p)]).await.sees(StatusCode::SEE_OTHER);
        let id = hall.town.column("select id from officer_absences").await.remove(0);
        team(&olga, "back", &[("absence", &id)]).await.sees(StatusCode::SEE_OTHER);
        team(&olga, "shares", &[("shares", "yes")]).await.sees(StatusCode::SEE_OTHER);
        for _ in 0..4 {
            hall.applies(&hall.town.browser()).await;
        }
        let loads = officers(&hall).await;
        let of = |who: &String| loads.iter().filter(|officer| *officer == who).count();
        assert_eq!((of(&o), of(&p), of(&r)), (5, 2, 2), "{loads:?}");
    }
}

#[tokio::test]
async fn many_at_once_are_shared_evenly() {
    for hall in halls().await {
        let olga = hall.parking(&[]).await;
        let (_peter, _ruth) = (hall.officer("peter").await, hall.officer("ruth").await);
        team(&olga, "shares", &[("shares", "yes")]).await.sees(StatusCode::SEE_OTHER);
        let visitors: Vec<Browser> = (0..6).map(|_| hall.town.browser()).collect();
        futures_util::future::join_all(visitors.iter().map(|visitor| hall.applies(visitor))).await;
        let mut loads = std::collections::BTreeMap::new();
        officers(&hall).await.into_iter().for_each(|officer| *loads.entry(officer).or_insert(0) += 1);
        assert_eq!(loads.values().copied().collect::<Vec<i32>>(), [2, 2, 2], "{loads:?}");
    }
}

#[tokio::test]
async fn who_is_away_is_covered() {
    for hall in halls().await {
        let olga = hall.parking(&[]).await;
        let (peter, ruth) = (hall.officer("peter").await, hall.officer("ruth").await);
        let (o, p) = (handle(&hall, "olga").await, handle(&hall, "peter").await);
        let (code, _) = hall.applies(&hall.town.browser()).await;
        hall.acts(&olga, &code, "take", &[]).await.sees(StatusCode::SEE_OTHER);
        peter.get("/desk/services?show=mine").await.never_says(&code);
        let away = |from: &'static str, to: &'static str, cover: String| {
            vec![("officer", o.clone()), ("from", from.to_owned()), ("to", to.to_owned()), ("cover", cover)]
        };
        let send = async |fields: Vec<(&str, String)>| {
            let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
            team(&ruth, "away", &fields).await
        };
        send(away("2026-09-25", "2026-09-21", p.clone()))
            .await
            .sees(StatusCode::UNPROCESSABLE_ENTITY)
            .says("Write two days");
        send(away("2027-02-29", "2027-03-01", p.clone())).await.sees(StatusCode::UNPROCESSABLE_ENTITY);
        send(away("2026-09-21", "2026-09-25", o.clone()))
            .await
            .sees(StatusCode::UNPROCESSABLE_ENTITY)
            .says("Somebody else of this agency");
        send(away("2026-09-22", "2026-09-22", p.clone())).await.sees(StatusCode::SEE_OTHER);
        peter.get("/desk/services?show=mine").await.never_says(&code);
        hall.town.clock.advance_seconds(86_400);
        peter.get("/desk/services?show=mine").await.says(&code);
        ruth.get("/desk/services?show=mine").await.never_says(&code);
        hall.town.clock.advance_seconds(86_400);
        peter.get("/desk/services?show=mine").await.never_says(&code);
        // Covered by the whole agency.
        send(away("2026-09-23", "2026-09-23", String::new())).await.sees(StatusCode::SEE_OTHER);
        ruth.get("/desk/services?show=mine").await.says(&code);
        // Another agency learns nothing and does nothing.
        let lights = hall.town.agency("lights", "Lights").await;
        let eve = hall.town.holder("eve@example.org", civic::Role::Officer, Some(&lights)).await;
        eve.get("/desk/services/team").await.sees(StatusCode::OK).never_says(&o);
        for act in ["away", "share", "shares", "knows", "back"] {
            team(&eve, act, &[("officer", &o)]).await.sees(StatusCode::NOT_FOUND);
        }
    }
}

/// The work of an officer, as the one inbox asks the room.
async fn work(hall: &Hall, name: &str, only_mine: bool) -> Vec<String> {
    let email = format!("{name}@example.org").parse().unwrap();
    let (town, now) = (hall.town.town.clone(), hall.town.town.now());
    let found = hall.town.town.db().read(move |tx| {
        let person = people::accounts::by_email(tx, &email)?.ok_or(database::DbError::NotFound)?;
        let mandates = people::mandates::held_by(tx, person.id, now)?;
        let actor = civic::Actor {
            person: Some(person.id),
            name: String::new(),
            handle: person.handle,
            mandates,
            language: civic::Language::En,
        };
        let asked = web::manifest::AskedWork {
            actor: &actor,
            language: civic::Language::En,
            only_mine,
            after: None,
            limit: 100,
        };
        town.part::<web::manifest::Catalogue>().work(&town, tx, &asked, "", None)
    });
    let found = found.await.map_err(|error: database::DbError| error).unwrap();
    found.items.into_iter().map(|(_, work)| work.code).collect()
}

#[tokio::test]
async fn what_waits_for_me_is_mine_nobodys_or_needs_my_eyes() {
    for hall in halls().await {
        let olga = hall.parking(&[("four-eyes", "yes")]).await;
        let _peter = hall.officer("peter").await;
        let mut codes = Vec::new();
        for _ in 0..3 {
            codes.push(hall.applies(&hall.town.browser()).await.0);
        }
        assert_eq!(work(&hall, "peter", false).await.len(), 3);
        hall.acts(&olga, &codes[0], "take", &[]).await.sees(StatusCode::SEE_OTHER);
        hall.acts(&olga, &codes[1], "ask", &[("text", "A photo")]).await.sees(StatusCode::SEE_OTHER);
        assert_eq!(
            work(&hall, "peter", false).await,
            [codes[2].clone()],
            "not a colleague's, not what waits for the applicant"
        );
        assert_eq!(work(&hall, "olga", true).await, [codes[0].clone()]);
        hall.acts(&olga, &codes[0], "decide", &[("outcome", "granted"), REASONS]).await.sees(StatusCode::SEE_OTHER);
        let (for_peter, for_olga) = (work(&hall, "peter", false).await, work(&hall, "olga", false).await);
        assert!(for_peter.contains(&codes[0]), "the second pair of eyes");
        assert!(!for_olga.contains(&codes[0]), "not those that proposed");
    }
}
