//! What should not come through.

use crate::town::{accounts, acting, plan, rooms, said, table};
use assemblies::{Begin, State, begin_draw, draw_panel, enter, register};
use axum::http::StatusCode;
use std::collections::BTreeMap;
use testing::steward;

#[tokio::test]
async fn what_waited_in_the_queue_does_not_slip_in_behind_the_close() {
    for room in rooms().await {
        let assembly = room.assembly(plan()).await;
        let people = accounts(&room.town, "p", 2).await;
        let code = assembly.code.to_string();
        let asked = register(&room.town.town, acting(people[0]), code.clone(), said(1));
        let entered = enter(&room.town.town, steward(), code.clone(), table(3).into_bytes());
        room.town.clock.turn_to(assembly.closes_at);
        assert!(format!("{:?}", asked.await).contains("assembly-closed"), "the clock inside the transaction counts");
        assert!(format!("{:?}", entered.await).contains("assembly-closed"), "also for whoever holds the assembly");
        let withdrawn = assemblies::withdraw(&room.town.town, acting(people[1]), code).await;
        assert!(format!("{withdrawn:?}").contains("assembly-closed"));
        assert!(room.town.column("select ticket from assembly_pool").await.is_empty());
    }
}

#[tokio::test]
async fn thirty_two_registrations_at_once_are_one() {
    for room in rooms().await {
        let assembly = room.assembly(plan()).await;
        let person = accounts(&room.town, "p", 1).await[0];
        let asks = (0..32).map(|number| {
            let (town, code) = (room.town.town.clone(), assembly.code.to_string());
            tokio::spawn(async move { register(&town, acting(person), code, said(number)).await.unwrap() })
        });
        for ask in asks.collect::<Vec<_>>() {
            ask.await.unwrap();
        }
        assert_eq!(room.town.column("select ticket from assembly_pool").await.len(), 1);
    }
}

#[tokio::test]
async fn eight_draws_at_once_are_one() {
    for room in rooms().await {
        let assembly = room.closed(plan(), 40).await;
        let begins = (0..8).map(|_| {
            let (town, code) = (room.town.town.clone(), assembly.code.to_string());
            tokio::spawn(async move { begin_draw(&town, steward(), code, Begin::default()).await.is_ok() })
        });
        let mut begun = 0;
        for ask in begins.collect::<Vec<_>>() {
            begun += usize::from(ask.await.unwrap());
        }
        assert_eq!(begun, 1);
        room.town.settle().await;
        let draws = (0..8).map(|_| {
            let (town, code) = (room.town.town.clone(), assembly.code.to_string());
            tokio::spawn(async move { draw_panel(&town, steward(), code, 1, String::new()).await.is_ok() })
        });
        let mut drawn = 0;
        for ask in draws.collect::<Vec<_>>() {
            drawn += usize::from(ask.await.unwrap());
        }
        assert_eq!(drawn, 1);
        assert_eq!(room.town.column("select ticket from assembly_members").await.len(), 10);
        assert_eq!(room.draws(assembly.code.as_str()).await.len(), 2, "and one seed for the next");
    }
}

#[tokio::test]
async fn forged_features_are_refused() {
    for room in rooms().await {
        let assembly = room.assembly(plan()).await;
        let person = accounts(&room.town, "p", 1).await[0];
        for (age, area) in [("99", "north"), ("", "north"), ("16-39", "NORTH"), ("north", "16-39")] {
            let given = BTreeMap::from([("Age".to_owned(), age.to_owned()), ("Area".to_owned(), area.to_owned())]);
            let refused = register(&room.town.town, acting(person), assembly.code.to_string(), given).await;
            assert!(format!("{refused:?}").contains("assembly-answer"), "{age} {area}");
        }
        let eve = room.town.signed_in("eve@example.org").await;
        let path = format!("/assemblies/{}/register", assembly.code);
        let forged = [("answer-0", "<script>alert(1)</script>"), ("answer-1", "north"), ("answer-9", "x")];
        let seen = eve.post(&path, &forged).await.sees(StatusCode::UNPROCESSABLE_ENTITY);
        seen.never_says("<script>alert");
        room.town.browser().post(&path, &[("answer-0", "16-39"), ("answer-1", "north")]).await;
        assert!(room.town.column("select ticket from assembly_pool").await.is_empty());
    }
}

#[tokio::test]
async fn words_in_every_field_are_words() {
    const EVIL: &str = "<img src=x onerror=alert(1)>";
    for room in rooms().await {
        let made = room.officer.post("/admin/assemblies", &[("title-en", EVIL), ("organisation", "parks")]).await;
        let admin = made.sees(StatusCode::SEE_OTHER).location().to_owned();
        let quotas = format!("category,feature,min,max\n{EVIL},{EVIL},1,10\n");
        let form = [
            ("version", "1"),
            ("title-en", EVIL),
            ("summary-en", EVIL),
            ("remit-en", EVIL),
            ("opens", "2020-05-01T18:00"),
            ("closes", "2026-10-20T18:00"),
            ("seats", "2"),
            ("reply_days", "7"),
            ("quotas", quotas.as_str()),
            ("labels", &format!("{EVIL} | {EVIL} | {EVIL}")),
            ("source", EVIL),
        ];
        room.officer.post(&admin, &form).await.sees(StatusCode::UNPROCESSABLE_ENTITY);
        let mut form = form;
        form[4].1 = "2026-09-20T18:00";
        room.officer.post(&admin, &form).await.sees(StatusCode::SEE_OTHER);
        room.officer.post(&format!("{admin}/publish"), &[]).await.sees(StatusCode::SEE_OTHER);
        let code = admin.rsplit('/').next().unwrap().to_owned();
        let people = format!("id,name,email,{EVIL}\n1,{EVIL},a@example.org,{EVIL}\n2,=cmd(),b@example.org,{EVIL}\n");
        enter(&room.town.town, steward(), code.clone(), people.into_bytes()).await.unwrap();
        room.town.clock.turn_to(civic::Moment::parse("2026-10-25T00:00:00Z").unwrap());
        begin_draw(&room.town.town, steward(), code.clone(), Begin::default()).await.unwrap();
        room.town.settle().await;
        assert_eq!(room.draws(&code).await[0].state, State::Prepared);
        draw_panel(&room.town.town, steward(), code.clone(), 1, "1 2".to_owned()).await.unwrap();
        let words = civic::LocalText::plain(EVIL);
        assemblies::recommend(&room.town.town, steward(), code.clone(), words.clone(), words).await.unwrap();
        let page = admin.replace("/admin", "");
        let doors = [
            page.clone(),
            format!("{page}/draws/1"),
            format!("{page}/recommendations/1"),
            "/assemblies".to_owned(),
            admin.clone(),
            format!("{admin}/pool"),
            format!("{admin}/draw"),
            format!("{admin}/people"),
        ];
        let mut reader = room.town.holder("steward@example.org", civic::Role::Steward, None).await;
        for language in ["en", "es", "ar"] {
            reader = reader.reading(language);
            for door in &doors {
                reader.get(door).await.sees(StatusCode::OK).never_says("<img src=x");
            }
        }
        reader.get(&format!("{admin}/people.csv")).await.says("'=cmd()");
    }
}

#[tokio::test]
async fn who_registered_is_told_to_nobody() {
    for room in rooms().await {
        let assembly = room.assembly(plan()).await;
        let amina = room.town.signed_in("amina@example.org").await;
        amina.post("/me", &[("name", "Quokka"), ("language", "en")]).await.sees(StatusCode::SEE_OTHER);
        let page = format!("/assemblies/{}", assembly.code);
        let given = [("answer-0", "16-39"), ("answer-1", "south")];
        amina.post(&format!("{page}/register"), &given).await.sees(StatusCode::SEE_OTHER);
        room.town.settle().await;
        let ticket = room.town.column("select ticket from assembly_pool").await.remove(0);
        let eve = room.town.signed_in("eve@example.org").await;
        for door in [page.clone(), format!("{page}.json"), format!("{page}.csv"), format!("{page}/draws/1.json")] {
            let seen = eve.get(&door).await.sees(StatusCode::OK);
            seen.never_says("Quokka").never_says("amina").never_says(&ticket);
        }
        for door in ["", "/pool", "/people"] {
            let seen = room.officer.get(&format!("/admin{page}{door}")).await.sees(StatusCode::OK);
            seen.never_says("Quokka").never_says("amina");
        }
        let record = room.town.record().await.join("\n");
        assert!(!record.contains("Quokka") && !record.contains(&ticket) && !record.contains("register\""));
    }
}
