//! Stewards set processes up; they are private until published, and what is past stays as it was.

use crate::town::{PHASE_DAYS, Room, definition, phases, rooms, rules};
use axum::http::StatusCode;
use civic::Role;
use participation::{Rules, save_process};
use testing::{START, steward};

#[tokio::test]
async fn a_process_is_private_until_it_is_published() {
    for room in rooms().await {
        let form =
            [("code", "next-year"), ("title[en]", "Next year"), ("origin", "copy:budget"), ("organisation", "parks")];
        room.jon.post("/admin/processes", &form).await.sees(StatusCode::FORBIDDEN);
        let made = room.steward.post("/admin/processes", &form).await.sees(StatusCode::SEE_OTHER);
        assert_eq!(made.location(), "/admin/processes/next-year");
        room.steward.get(made.location()).await.sees(StatusCode::OK).says("Next year");
        for door in ["/processes/next-year", "/processes/next-year.json", "/processes/next-year/calendar.ics"] {
            room.jon.get(door).await.sees(StatusCode::NOT_FOUND);
        }
        room.steward.get("/processes/next-year").await.says("Private draft");
        for list in ["/processes", "/processes.json", "/processes.csv", "/proposals", "/"] {
            room.town.browser().get(list).await.never_says("Next year");
        }
        let mut words = Room::words("A bench by the mill pond");
        words["process"] = "next-year".into();
        crate::town::send(&room.amina, &words).await.sees(StatusCode::NOT_FOUND);
        room.steward.post("/admin/processes/next-year/publish", &[]).await.sees(StatusCode::SEE_OTHER);
        room.town.settle().await;
        let shown = room.town.browser().get("/processes").await.sees(StatusCode::OK);
        shown.says("Next year").says("Coming");
        room.town.browser().get("/search?q=next+year").await.says("Next year");
        let view = room.town.browser().get("/processes/next-year.json").await.json();
        let opens = civic::Moment::parse(view["phases"][0]["opens_at"].as_str().unwrap()).unwrap();
        assert_eq!(opens.seconds_since(START), 365 * 86_400, "a year later");
        room.steward.post("/admin/processes", &form).await.sees(StatusCode::CONFLICT);
    }
}

#[tokio::test]
async fn every_template_can_be_begun_from_and_published() {
    for room in rooms().await {
        for template in ["budget", "consultation", "initiative", "petition", "assembly", "survey"] {
            let code = format!("next-{template}");
            let form = [("code", &*code), ("title[en]", "Next"), ("origin", template), ("organisation", "parks")];
            room.steward.post("/admin/processes", &form).await.sees(StatusCode::SEE_OTHER);
            let path = format!("/admin/processes/{code}");
            room.steward.post(&format!("{path}/publish"), &[]).await.sees(StatusCode::SEE_OTHER);
            let view = room.town.browser().get(&format!("/processes/{code}.json")).await.json();
            assert_eq!(view["template"], template);
        }
        let page = room.town.browser().reading("es").get("/processes/next-assembly").await;
        page.says("Ideas e inscripción para el sorteo").says("Asamblea ciudadana");
        let refused = [("code", "x-y"), ("title[en]", "Next"), ("origin", "monarchy"), ("organisation", "parks")];
        let seen = room.steward.post("/admin/processes", &refused).await;
        assert!(seen.status.is_client_error(), "{}", seen.status);
    }
}

#[tokio::test]
async fn the_phases_are_a_calendar() {
    for room in rooms().await {
        let seen = room.town.browser().get("/processes/budget/calendar.ics").await.sees(StatusCode::OK);
        assert!(seen.headers["content-type"].to_str().unwrap().starts_with("text/calendar"));
        assert_eq!(seen.text.matches("BEGIN:VEVENT").count(), 5);
        seen.says("SUMMARY:People’s budget: Proposals").says("UID:process-budget-0@town.test");
    }
}

#[tokio::test]
async fn what_is_past_cannot_be_moved_and_the_rules_hold_from_the_first_phase_on() {
    for room in rooms().await {
        let town = &room.town.town;
        room.proposal(&room.amina, "A bench by the mill pond").await;
        room.turn_to_phase(1);
        let save = |definition, version| {
            save_process(town, steward(), "budget".to_owned(), version, definition, Some(room.agency.id))
        };
        let version = 3;
        let mut moved = definition(rules());
        moved.phases[0].closes_at = moved.phases[0].closes_at.plus_days(-1);
        assert!(save(moved, version).await.is_err(), "a phase that is over stays as it was");
        let mut moved = definition(rules());
        moved.phases[1].opens_at = moved.phases[1].opens_at.plus_seconds(60);
        assert!(save(moved, version).await.is_err(), "what has begun stays begun");
        assert!(save(definition(Rules { supports_min: 1, ..rules() }), version).await.is_err(), "the rules hold");
        let mut poorer = definition(rules());
        poorer.budget_cents = Some(9_999_999);
        assert!(save(poorer.clone(), version).await.is_err(), "the money does not become less");
        poorer.budget_cents = None;
        assert!(save(poorer, version).await.is_err(), "nor does it go");
        let mut without = definition(rules());
        without.categories.retain(|topic| topic.code != "parks");
        assert!(save(without, version).await.is_err(), "a category with proposals stays");
        let mut longer = definition(rules());
        longer.budget_cents = Some(10_000_001);
        longer.categories.retain(|topic| topic.code != "streets");
        longer.phases[1].closes_at = longer.phases[1].closes_at.plus_seconds(-3_600);
        save(longer.clone(), version).await.unwrap();
        assert!(room.town.record().await.iter().any(|body| body.contains("process.changed")), "in public");
        assert!(save(longer, version).await.is_err(), "somebody else was faster");
    }
}

#[tokio::test]
async fn the_form_says_what_is_wrong_and_keeps_what_was_typed() {
    for room in rooms().await {
        let page = room.steward.get("/admin/processes/budget").await.sees(StatusCode::OK);
        page.says("phase-4-opens").says("parks | Parks");
        let form = [
            ("title[en]", "Another name"),
            ("summary[en]", "Short"),
            ("organisation", "parks"),
            ("phase-0-opens", "2030-01-02T00:00"),
            ("phase-0-closes", "2030-01-01T00:00"),
            ("phase-0-act", "submit"),
            ("categories", "Not A Code"),
            ("supports_min", "many"),
        ];
        let seen = room.steward.post("/admin/processes/budget", &form).await;
        let seen = seen.sees(StatusCode::UNPROCESSABLE_ENTITY).says("Another name");
        seen.says("is not a category").says("Give a whole number");
        let ok = [
            ("title[en]", "Another name"),
            ("summary[en]", "Short"),
            ("organisation", "parks"),
            ("version", "3"),
            ("phase-0-opens", "2026-09-21T12:00"),
            ("phase-0-closes", "2030-01-01T00:00"),
            ("phase-0-act", "submit"),
        ];
        let _ = phases();
        room.steward.post("/admin/processes/budget", &ok).await.sees(StatusCode::CONFLICT).says("What has begun");
    }
}

#[tokio::test]
async fn a_steward_of_an_organisation_leads_its_processes_only() {
    for room in rooms().await {
        let water = room.town.agency("water", "Water").await;
        let other = room.town.holder("w@example.org", Role::Steward, Some(&water)).await;
        other.get("/admin/processes/budget").await.sees(StatusCode::FORBIDDEN);
        other.post("/admin/processes/budget/publish", &[]).await.sees(StatusCode::FORBIDDEN);
        other.get("/admin/processes").await.never_says("People’s budget");
        let form = [("code", "wells"), ("title[en]", "Wells"), ("origin", "petition"), ("organisation", "parks")];
        other.post("/admin/processes", &form).await.sees(StatusCode::FORBIDDEN);
        let form = [("code", "wells"), ("title[en]", "Wells"), ("origin", "petition"), ("organisation", "water")];
        other.post("/admin/processes", &form).await.sees(StatusCode::SEE_OTHER);
        other.post("/admin/processes/wells/publish", &[]).await.sees(StatusCode::SEE_OTHER);
        let view = room.town.browser().get("/processes/wells.json").await.json();
        assert_eq!((view["supports_min"].as_i64(), view["answer_days"].as_i64()), (Some(100), Some(20)));
        assert_eq!(view["standing"], "coming");
    }
}

#[tokio::test]
async fn the_list_tells_past_present_and_coming_apart() {
    for room in rooms().await {
        let standing = || async { room.town.browser().get("/processes/budget.json").await.json()["standing"].clone() };
        room.town.clock.turn_to(START.plus_seconds(-60));
        assert_eq!(standing().await, "coming");
        room.turn_to_phase(0);
        assert_eq!(standing().await, "open");
        room.town.clock.turn_to(START.plus_days(5 * PHASE_DAYS));
        assert_eq!(standing().await, "over");
        room.town.browser().get("/processes").await.says("Over").says("ended on");
    }
}
