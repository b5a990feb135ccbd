//! What should not come through.

use crate::town::{DAYS, accounts, rooms};
use axum::http::StatusCode;
use civic::Actor;
use meetings::{Place, register};
use testing::START;

#[tokio::test]
async fn sixty_four_at_once_take_no_more_places_than_there_are() {
    for room in rooms().await {
        let meeting = room.meeting(Some(10)).await;
        let people = accounts(&room.town, "p", 0, 64).await;
        let asks = people.into_iter().map(|person| {
            let (town, code) = (room.town.town.clone(), meeting.code.to_string());
            let actor = Actor { person: Some(person), ..Actor::visitor(civic::Language::En) };
            tokio::spawn(async move { register(&town, actor, code).await.unwrap() })
        });
        let mut taken = 0;
        for ask in asks.collect::<Vec<_>>() {
            taken += usize::from(ask.await.unwrap() == Place::Taken);
        }
        assert_eq!(taken, 10);
        let json = room.town.browser().get(&format!("/meetings/{}.json", meeting.code)).await.json();
        assert_eq!((&json["taken"], &json["waiting"]), (&10.into(), &54.into()));
    }
}

#[tokio::test]
async fn what_waited_in_the_queue_does_not_slip_in_behind_the_beginning() {
    for room in rooms().await {
        let meeting = room.meeting(Some(10)).await;
        room.town.signed_in("amina@example.org").await;
        let person = room.town.column("select id from people where email = 'amina@example.org'").await.remove(0);
        let actor = Actor { person: person.parse().ok(), ..Actor::visitor(civic::Language::En) };
        let asked = register(&room.town.town, actor, meeting.code.to_string());
        room.town.clock.turn_to(START.plus_days(DAYS));
        assert!(asked.await.is_err(), "the clock that counts is the one inside the transaction");
    }
}

#[tokio::test]
async fn who_comes_is_told_to_nobody() {
    for room in rooms().await {
        let meeting = room.meeting(Some(10)).await;
        let amina = room.comes("amina", &meeting).await;
        amina.post("/me", &[("name", "Quokka"), ("language", "en")]).await.sees(StatusCode::SEE_OTHER);
        room.town.settle().await;
        let page = format!("/meetings/{}", meeting.code);
        let eve = room.town.signed_in("eve@example.org").await;
        let doors = [page.clone(), format!("{page}.json"), format!("{page}/calendar.ics"), "/meetings.json".to_owned()];
        for door in doors {
            eve.get(&door).await.sees(StatusCode::OK).never_says("Quokka").never_says("amina");
        }
        for door in ["/people", "/people.csv", "/minutes", ""] {
            let admin = format!("/admin/meetings/{}{door}", meeting.code);
            eve.get(&admin).await.sees(StatusCode::FORBIDDEN).never_says("amina");
        }
        let record = room.town.record().await.join("\n");
        assert!(!record.contains("register") && !record.contains("Quokka"));
        amina.get("/me/export").await.says(meeting.code.as_str());
    }
}

#[tokio::test]
async fn words_in_every_field_are_words() {
    const EVIL: &str = "<img src=x onerror=alert(1)>";
    for room in rooms().await {
        let made = room.officer.post("/admin/meetings", &[("title-en", EVIL), ("organisation", "parks")]).await;
        let admin = made.sees(StatusCode::SEE_OTHER).location().to_owned();
        let form = [
            ("version", "1"),
            ("title-en", EVIL),
            ("summary-en", EVIL),
            ("agenda-en", EVIL),
            ("starts", "2040-05-01T18:00"),
            ("ends", "2040-05-01T20:00"),
            ("place", EVIL),
        ];
        room.officer.post(&admin, &form).await.sees(StatusCode::SEE_OTHER);
        room.officer.post(&format!("{admin}/publish"), &[]).await.sees(StatusCode::SEE_OTHER);
        for door in [admin.replace("/admin", ""), "/meetings".to_owned(), admin] {
            room.officer.get(&door).await.sees(StatusCode::OK).never_says("<img src=x");
        }
    }
}
