//! The seed is committed to before anybody can register, the panels before it is opened; a draw is made once, or again with a reason.

use crate::town::{DAYS, kinds, plan, rooms};
use assemblies::{Begin, Change, Kind, Plan, State, begin_draw, change, draw_panel};
use axum::http::StatusCode;
use testing::{START, steward};

#[tokio::test]
async fn the_seed_is_committed_to_first_and_opened_last() {
    for room in rooms().await {
        let assembly = room.assembly(plan()).await;
        let committed = room.draws(assembly.code.as_str()).await.remove(0);
        assert_eq!(lottery::sha256_hex(&committed.seed), committed.seed_sha256);
        let record = room.town.record().await.join("\n");
        assert!(record.contains(&committed.seed_sha256) && !record.contains(&committed.seed));
        let page = format!("/assemblies/{}", assembly.code);
        let seen = room.officer.get(&page).await.sees(StatusCode::OK).says(&committed.seed_sha256);
        seen.never_says(&committed.seed);
        room.registered(&assembly, 40).await;
        let early = begin_draw(&room.town.town, steward(), assembly.code.to_string(), Begin::default()).await;
        assert!(format!("{early:?}").contains("assembly-open-still"));
        room.town.clock.turn_to(assembly.closes_at);
        let ready = room.prepared(&assembly, Begin::default()).await;
        assert_eq!((ready.state, ready.facts.volunteers), (State::Prepared, 40));
        let record = room.town.record().await.join("\n");
        assert!(record.contains(&ready.facts.panels_sha256) && record.contains(&ready.facts.pool_sha256));
        assert!(!record.contains(&committed.seed), "the panels are fixed before the seed is opened");
        room.officer.get(&format!("{page}/draws/1.json")).await.never_says(&committed.seed);
        let drawn = draw_panel(&room.town.town, steward(), assembly.code.to_string(), 1, String::new()).await.unwrap();
        room.town.settle().await;
        assert!(room.town.record().await.join("\n").contains(&drawn.seed));
        assert_eq!(drawn.facts.drawn.iter().map(|of| of.iter().sum::<u32>()).collect::<Vec<_>>(), [10, 10]);
        let next = room.draws(assembly.code.as_str()).await.pop().unwrap();
        assert!(
            room.town.record().await.join("\n").contains(&next.seed_sha256),
            "the next seed is committed to at once"
        );
        room.town.browser().get(&page).await.sees(StatusCode::OK).says("10 of 10");
    }
}

#[tokio::test]
async fn a_second_draw_needs_a_reason_and_both_stay() {
    for room in rooms().await {
        let assembly = room.closed(plan(), 60).await;
        let code = assembly.code.to_string();
        let first = room.drawn(&assembly, Begin::default()).await;
        let silent = begin_draw(&room.town.town, steward(), code.clone(), Begin::default()).await;
        assert!(format!("{silent:?}").contains("assembly-no-free-seats"));
        let no_reason = Begin { again: Some(String::new()), source: String::new() };
        let refused = begin_draw(&room.town.town, steward(), code.clone(), no_reason).await;
        assert!(format!("{refused:?}").contains("assembly-reason"));
        let reason = Begin { again: Some("The table held last year's people".to_owned()), source: String::new() };
        let second = room.drawn(&assembly, reason).await;
        room.town.settle().await;
        let draws = room.draws(&code).await;
        let wanted = [(Kind::First, State::Drawn), (Kind::Again, State::Drawn), (Kind::Vacancies, State::Committed)];
        assert_eq!(kinds(&draws), wanted);
        assert_ne!(first.seed, second.seed);
        let page = room.town.browser().get(&format!("/assemblies/{code}")).await.sees(StatusCode::OK);
        page.says("last year&#39;s people").says("/draws/1").says("/draws/2");
        let told = room.town.mails().await.into_iter().filter(|one| one.mail.subject.contains("drawn again")).count();
        assert_eq!(told, 10, "whoever was drawn before hears of it, with the reason");
        assert!(room.town.record().await.join("\n").contains("last year's people"));
        let states = room.town.column("select state from assembly_members where draw = 1").await;
        assert!(states.iter().all(|one| one == "dismissed"), "{states:?}");
    }
}

#[tokio::test]
async fn a_later_public_value_is_named_before_and_mixed_in() {
    for room in rooms().await {
        let source = "The six numbers of the lottery of 1 August".to_owned();
        let assembly = room.closed(Plan { source: source.clone(), ..plan() }, 60).await;
        let page = format!("/assemblies/{}", assembly.code);
        room.town.browser().get(&page).await.says(&source);
        assert!(room.town.record().await.join("\n").contains(&source));
        let ready = room.prepared(&assembly, Begin::default()).await;
        let draw = |value: &str| {
            draw_panel(&room.town.town, steward(), assembly.code.to_string(), ready.number, value.to_owned())
        };
        for bad in ["", "3'; rm -rf", "<b>3</b>"] {
            assert!(format!("{:?}", draw(bad).await).contains("assembly-value"), "{bad}");
        }
        let drawn = draw("3  17 22 31 40\t44").await.unwrap();
        assert_eq!(drawn.value, "3 17 22 31 40 44");
        let seed = lottery::Seed::read(&format!("{} 3 17 22 31 40 44", drawn.seed)).unwrap();
        let number = seed.number(drawn.facts.panels, &drawn.facts.panels_sha256).unwrap();
        assert_eq!(drawn.panel, Some(i64::from(number)));
    }
}

#[tokio::test]
async fn quotas_that_the_pool_cannot_meet_get_the_engines_sentence_and_can_be_changed_in_public() {
    for room in rooms().await {
        let assembly = room.assembly(plan()).await;
        let code = assembly.code.to_string();
        let north = "id,Age,Area\n".to_owned() + &(0..30).map(|n| format!("n{n},16-39,north\n")).collect::<String>();
        assemblies::enter(&room.town.town, steward(), code.clone(), north.into_bytes()).await.unwrap();
        room.town.clock.turn_to(assembly.closes_at);
        let failed = room.prepared(&assembly, Begin::default()).await;
        assert_eq!(failed.state, State::Failed);
        assert!(failed.fault.contains("No panel meets all quotas"), "{}", failed.fault);
        room.officer.get(&format!("/admin/assemblies/{code}/draw")).await.says("No panel meets all quotas");
        let wide = "category,feature,min,max\nAge,16-39,4,10\nAge,40+,0,6\nArea,north,3,10\nArea,south,0,7\n";
        let asked = |quotas: &str, reason: &str| Change {
            closes_at: assembly.closes_at,
            quotas: quotas.to_owned(),
            reason: reason.to_owned(),
        };
        let other = "category,feature,min,max\nAge,16-39,0,10\n";
        for (quotas, reason, said) in
            [(wide, "", "assembly-reason"), (other, "x", "assembly-same-features"), ("x", "x", "assembly-quotas")]
        {
            let refused = change(&room.town.town, steward(), code.clone(), asked(quotas, reason)).await;
            assert!(format!("{refused:?}").contains(said), "{said}: {refused:?}");
        }
        change(&room.town.town, steward(), code.clone(), asked(wide, "Nobody came from the south")).await.unwrap();
        let drawn = room.drawn(&assembly, Begin::default()).await;
        assert_eq!(drawn.facts.drawn, [[10, 0], [10, 0]]);
        room.town.settle().await;
        assert!(room.town.record().await.join("\n").contains("Nobody came from the south"));
    }
}

#[tokio::test]
async fn registration_can_be_closed_later_but_never_earlier() {
    for room in rooms().await {
        let assembly = room.assembly(plan()).await;
        let asked = |days: i64| Change {
            closes_at: START.plus_days(days),
            quotas: assembly.plan.quotas.clone(),
            reason: "Holidays".to_owned(),
        };
        let code = assembly.code.to_string();
        let refused = change(&room.town.town, steward(), code.clone(), asked(DAYS - 1)).await;
        assert!(format!("{refused:?}").contains("assembly-later"));
        let later = change(&room.town.town, steward(), code.clone(), asked(DAYS + 5)).await.unwrap();
        assert_eq!(later.closes_at, START.plus_days(DAYS + 5));
        room.town.clock.turn_to(later.closes_at);
        let refused = change(&room.town.town, steward(), code, asked(DAYS + 9)).await;
        assert!(format!("{refused:?}").contains("assembly-later"), "what is over stays over");
    }
}
