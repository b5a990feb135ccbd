//! What may be done when: the town's clock decides, inside the transaction.

use crate::town::{PHASE_DAYS, Room, rooms, rules};
use axum::http::StatusCode;
use participation::Rules;
use testing::START;

#[tokio::test]
async fn every_act_is_refused_out_of_its_phase() {
    for room in rooms().await {
        let code = room.proposal(&room.amina, "A bench by the mill pond").await;
        let page = format!("/proposals/{code}");
        let amend = [
            ("title", "Two benches"),
            ("text", "By the pond and the lane."),
            ("why", "One is short"),
            ("version", "1"),
        ];
        let support = format!("{page}/support");
        room.jon.post(&support, &[]).await.sees(StatusCode::CONFLICT).says("Supports are not collected now");
        room.turn_to_phase(1);
        crate::town::send(&room.jon, &Room::words("A second bench")).await.sees(StatusCode::CONFLICT);
        room.jon.post(&format!("{page}/amend"), &amend).await.sees(StatusCode::CONFLICT);
        let answer = [("verdict", "feasible"), ("cost", "1"), ("reasons", "Yes"), ("version", "1")];
        room.officer.post(&format!("{page}/answer"), &answer).await.sees(StatusCode::CONFLICT);
        room.jon.post(&support, &[]).await.sees(StatusCode::SEE_OTHER);
        let comment = [("kind", "proposal"), ("id", code.as_str()), ("text", "Good.")];
        room.jon.post("/comments", &comment).await.sees(StatusCode::SEE_OTHER);
        let argue = [("side", "for"), ("argument", "People rest.")];
        room.jon.post(&format!("{page}/arguments"), &argue).await.sees(StatusCode::SEE_OTHER);
        room.turn_to_phase(2);
        room.jon.post(&support, &[("leave", "yes")]).await.sees(StatusCode::CONFLICT);
        room.jon.post(&format!("{page}/arguments"), &argue).await.sees(StatusCode::CONFLICT);
        let refused = room.jon.post("/comments", &comment).await.sees(StatusCode::CONFLICT);
        refused.says("There is no discussion here now");
        assert_eq!(room.supports(&code).await, 1);
        room.turn_to_phase(5);
        room.officer.post(&format!("{page}/answer"), &answer).await.sees(StatusCode::CONFLICT);
    }
}

#[tokio::test]
async fn a_phase_ends_at_its_very_moment() {
    for room in rooms().await {
        let end = START.plus_days(PHASE_DAYS);
        room.town.clock.turn_to(civic::Moment(end.micros() - 1));
        crate::town::send(&room.amina, &Room::words("In the last instant")).await.sees(StatusCode::CREATED);
        room.town.clock.turn_to(end);
        crate::town::send(&room.amina, &Room::words("An instant late")).await.sees(StatusCode::CONFLICT);
    }
}

#[tokio::test]
async fn what_waited_in_the_queue_does_not_slip_in_behind_the_close() {
    for room in rooms().await {
        let code = room.proposal(&room.amina, "A bench by the mill pond").await;
        room.turn_to_phase(1);
        let person = room.town.column("select id from people where email = 'jon@example.org'").await.remove(0);
        let actor = civic::Actor { person: person.parse().ok(), ..testing::steward() };
        // Asked while the phase lasts, done when it is over: the act reads the clock in its own transaction.
        let asked =
            participation::support(&room.town.town, actor, code.clone(), participation::Supported::Yes { grade: None });
        room.town.clock.turn_to(START.plus_days(2 * PHASE_DAYS));
        assert!(asked.await.is_err(), "the clock that counts is the one inside the transaction");
        assert_eq!(room.supports(&code).await, 0);
    }
}

#[tokio::test]
async fn the_next_phase_waits_for_the_answers_that_must_be_given() {
    for room in rooms().await {
        let code = room.proposal(&room.amina, "A bench by the mill pond").await;
        let weak = room.proposal(&room.jon, "A slide for the pond").await;
        room.turn_to_phase(1);
        room.supported(&code, 2).await;
        room.supported(&weak, 1).await;
        room.turn_to_phase(3);
        let page = room.town.browser().get("/processes/budget").await;
        page.says("1 proposal still waits for the answer it must have");
        let view = room.town.browser().get("/processes/budget.json").await.json();
        assert_eq!(view["waiting"], 1, "one had too few supports");
        assert_eq!(view["phases"][2]["open"], true, "held in the evaluation");
        assert_eq!(view["phases"][3]["open"], false);
        room.officer.get("/proposals/desk").await.says("A bench by the mill pond").never_says("A slide");
        room.answered(&code, "feasible", "900").await;
        let view = room.town.browser().get("/processes/budget.json").await.json();
        assert_eq!((view["waiting"].as_i64(), view["phases"][3]["open"].as_bool()), (Some(0), Some(true)));
    }
}

#[tokio::test]
async fn a_process_may_ask_for_an_account_of_some_days() {
    for room in rooms().await {
        room.process("old-friends", Rules { account_days: 3, ..rules() }).await;
        let mut words = Room::words("A bench by the mill pond");
        words["process"] = "old-friends".into();
        let refused = crate::town::send(&room.amina, &words).await.sees(StatusCode::CONFLICT);
        refused.says("account-too-new");
        room.town.clock.turn_to(START.plus_days(4));
        crate::town::send(&room.amina, &words).await.sees(StatusCode::CREATED);
    }
}
