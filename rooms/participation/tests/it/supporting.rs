//! Supports: once each, taken back, never more than the process gives; an answer is due when there are enough.

use crate::town::{Room, named, rooms, rules};
use axum::http::StatusCode;
use futures_util::future::join_all;
use participation::Rules;

#[tokio::test]
async fn sixty_four_at_once_are_counted_once() {
    for room in rooms().await {
        let code = room.proposal(&room.amina, "A bench by the mill pond").await;
        room.turn_to_phase(1);
        let path = format!("/proposals/{code}/support");
        let all = join_all((0..64).map(|_| room.jon.post(&path, &[]))).await;
        assert!(all.iter().all(|seen| seen.status == StatusCode::SEE_OTHER));
        assert_eq!(room.supports(&code).await, 1);
        assert_eq!(room.town.column("select proposal from proposal_supports").await.len(), 1);
        let back = join_all((0..64).map(|_| room.jon.post(&path, &[("leave", "yes")]))).await;
        assert!(back.iter().all(|seen| seen.status == StatusCode::SEE_OTHER));
        assert_eq!(room.supports(&code).await, 0);
    }
}

#[tokio::test]
async fn nobody_gives_more_supports_than_there_are_not_even_all_at_once() {
    for room in rooms().await {
        let mut codes = Vec::new();
        for number in 0..8 {
            codes.push(room.proposal(&room.amina, &format!("Bench number {number}")).await);
        }
        room.turn_to_phase(1);
        let all = join_all(codes.iter().map(|code| {
            let path = format!("/proposals/{code}/support");
            let jon = &room.jon;
            async move { jon.post(&path, &[]).await }
        }))
        .await;
        let done = all.iter().filter(|seen| seen.status == StatusCode::SEE_OTHER).count();
        assert_eq!(done, 2, "the process gives two");
        assert_eq!(room.town.column("select proposal from proposal_supports").await.len(), 2);
        let mine = room.town.column("select proposal from proposal_supports").await;
        let other = codes.iter().find(|code| !mine.contains(code)).unwrap();
        let support = |code: &str| format!("/proposals/{code}/support");
        let refused = room.jon.post(&support(other), &[]).await.sees(StatusCode::CONFLICT);
        refused.says("You have given all 2 supports of this process");
        room.jon.post(&support(&mine[0]), &[("leave", "yes")]).await.sees(StatusCode::SEE_OTHER);
        room.jon.post(&support(other), &[]).await.sees(StatusCode::SEE_OTHER);
    }
}

#[tokio::test]
async fn who_supports_is_named_nowhere() {
    for room in rooms().await {
        let code = room.proposal(&room.amina, "A bench by the mill pond").await;
        room.turn_to_phase(1);
        let page = format!("/proposals/{code}");
        room.jon.post(&format!("{page}/support"), &[]).await.sees(StatusCode::SEE_OTHER);
        room.town.settle().await;
        let handle = room.town.column("select handle from people where email = 'jon@example.org'").await.remove(0);
        assert!(!room.town.record().await.iter().any(|body| body.contains(&handle)), "not in the record");
        for door in [page.clone(), format!("{page}.json"), format!("{page}.rss")] {
            room.amina.get(&door).await.never_says(&handle).never_says("Jon");
        }
        room.jon.get(&page).await.says("You support this proposal").says("Take my support back");
        room.town.browser().get(&page).await.says("Sign in to support it").never_says("You support");
    }
}

#[tokio::test]
async fn an_answer_is_due_in_working_days_once_enough_support_it() {
    for room in rooms().await {
        let rules = Rules { supports_min: 2, answer_days: Some(3), asks_cost: false, ..rules() };
        room.process("asks", rules).await;
        let mut words = Room::words("Open the mill again");
        words["process"] = "asks".into();
        words.as_object_mut().unwrap().remove("cost");
        let seen = crate::town::send(&room.amina, &words).await.sees(StatusCode::CREATED).json();
        let code = seen["code"].as_str().unwrap().to_owned();
        room.turn_to_phase(1);
        room.supported(&code, 2).await;
        room.town.settle().await;
        let view = room.town.browser().get(&format!("/proposals/{code}.json")).await.json();
        let due = civic::Moment::parse(view["answer_due_at"].as_str().unwrap()).unwrap();
        assert!(due > crate::town::now(&room).plus_days(2) && due < crate::town::now(&room).plus_days(7), "{view}");
        let record = room.town.record().await;
        assert_eq!(record.iter().filter(|body| body.contains("proposal.reached")).count(), 1);
        let list = room.town.browser().get("/proposals.json?state=overdue").await.json();
        assert_eq!(list["total"], 0);
        room.town.clock.turn_to(due.plus_seconds(60));
        let list = room.town.browser().get("/proposals.json?state=overdue").await.json();
        assert_eq!((list["total"].as_i64(), list["proposals"][0]["overdue"].as_bool()), (Some(1), Some(true)));
        room.town.browser().get("/processes/asks").await.says("The town is late with 1 answer.");
        room.town.browser().get(&format!("/proposals/{code}")).await.says("Answer overdue");
    }
}

#[tokio::test]
async fn only_an_officer_endorses_and_only_for_the_own_organisation() {
    for room in rooms().await {
        let code = room.proposal(&room.amina, "A bench by the mill pond").await;
        let path = format!("/proposals/{code}/endorse");
        let parks = [("organisation", "parks")];
        room.jon.post(&path, &parks).await.sees(StatusCode::FORBIDDEN);
        room.town.agency("water", "Water").await;
        room.officer.post(&path, &[("organisation", "water")]).await.sees(StatusCode::FORBIDDEN);
        room.officer.post(&path, &parks).await.sees(StatusCode::SEE_OTHER);
        room.officer.post(&path, &parks).await.sees(StatusCode::SEE_OTHER);
        let told = room.town.browser().get(&format!("/proposals/{code}.json")).await.json();
        assert_eq!(told["endorsements"].as_array().unwrap().len(), 1);
        room.town.browser().get(&format!("/proposals/{code}")).await.says("Endorsed by").says("Parks");
        room.officer.post(&path, &[("organisation", "parks"), ("leave", "yes")]).await.sees(StatusCode::SEE_OTHER);
        let told = room.town.browser().get(&format!("/proposals/{code}.json")).await.json();
        assert!(told["endorsements"].as_array().unwrap().is_empty());
    }
}

#[tokio::test]
async fn arguments_stand_on_their_side() {
    for room in rooms().await {
        let code = room.proposal(&room.amina, "A bench by the mill pond").await;
        let path = format!("/proposals/{code}/arguments");
        let eve = named(&room.town, "eve@example.org", "Eve").await;
        eve.post(&path, &[("side", "against"), ("argument", "It floods.")]).await.sees(StatusCode::SEE_OTHER);
        eve.post(&path, &[("side", "maybe"), ("argument", "x")]).await.sees(StatusCode::UNPROCESSABLE_ENTITY);
        eve.post(&path, &[("side", "for"), ("argument", " ")]).await.sees(StatusCode::UNPROCESSABLE_ENTITY);
        let page = room.town.browser().get(&format!("/proposals/{code}")).await;
        page.says("In favour (0)").says("Against (1)").says("It floods.").says("Eve");
        let id = room.town.column("select id from proposal_arguments").await.remove(0);
        let led = room.town.browser().get(&format!("/arguments/{id}")).await.sees(StatusCode::SEE_OTHER);
        assert_eq!(led.location(), format!("/proposals/{code}#argument-{id}"));
    }
}

#[tokio::test]
async fn a_support_has_a_grade_that_can_be_changed_and_taken_back() {
    for room in rooms().await {
        room.process("graded", Rules { grades: Some(3), asks_cost: false, ..rules() }).await;
        let code = proposal_of(&room, "graded", "A bench by the mill pond").await;
        room.turn_to_phase(1);
        let path = format!("/proposals/{code}/support");
        room.jon.get(&format!("/proposals/{code}")).await.says("How much do you want it?").says("Grade 3");
        room.jon.post(&path, &[("grade", "3")]).await.sees(StatusCode::SEE_OTHER);
        room.amina.post(&path, &[("grade", "1")]).await.sees(StatusCode::SEE_OTHER);
        let told = || async {
            let view = room.town.browser().get(&format!("/proposals/{code}.json")).await.json();
            (view["supports"].as_i64().unwrap(), view["points"].as_i64().unwrap())
        };
        assert_eq!(told().await, (2, 4));
        room.jon.post(&path, &[("grade", "2")]).await.sees(StatusCode::SEE_OTHER);
        assert_eq!(told().await, (2, 3), "another grade, the same person");
        for wrong in ["0", "4", "-3", "much", "9223372036854775808"] {
            let refused = room.jon.post(&path, &[("grade", wrong)]).await.sees(StatusCode::UNPROCESSABLE_ENTITY);
            refused.says("from 1 to 3");
        }
        assert_eq!(told().await, (2, 3));
        room.jon.post(&path, &[("leave", "yes")]).await.sees(StatusCode::SEE_OTHER);
        assert_eq!(told().await, (1, 1));
        room.town.browser().get(&format!("/proposals/{code}")).await.says("One point from the grades");
    }
}

#[tokio::test]
async fn where_a_process_has_no_grades_none_is_taken() {
    for room in rooms().await {
        let code = room.proposal(&room.amina, "A bench by the mill pond").await;
        room.turn_to_phase(1);
        let path = format!("/proposals/{code}/support");
        room.jon.post(&path, &[("grade", "5")]).await.sees(StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(room.supports(&code).await, 0);
    }
}

#[tokio::test]
async fn supports_count_together_once_somebody_gave_as_many_as_the_process_asks_for() {
    for room in rooms().await {
        let strict =
            Rules { supports_min: 1, supports_least: Some(2), supports_most: Some(3), answer_days: Some(3), ..rules() };
        room.process("strict", Rules { asks_cost: false, ..strict }).await;
        let mut codes = Vec::new();
        for number in 0..3 {
            codes.push(proposal_of(&room, "strict", &format!("Bench number {number}")).await);
        }
        room.turn_to_phase(1);
        let support = |code: &str| format!("/proposals/{code}/support");
        room.jon.post(&support(&codes[0]), &[]).await.sees(StatusCode::SEE_OTHER);
        assert_eq!(room.supports(&codes[0]).await, 0, "one is not enough");
        room.jon.get(&format!("/proposals/{}", codes[0])).await.says("once you have given 2");
        room.jon.post(&support(&codes[1]), &[]).await.sees(StatusCode::SEE_OTHER);
        assert_eq!((room.supports(&codes[0]).await, room.supports(&codes[1]).await), (1, 1), "both count now");
        room.town.settle().await;
        let record = room.town.record().await;
        assert_eq!(
            record.iter().filter(|body| body.contains("proposal.reached")).count(),
            2,
            "an answer is due for both"
        );
        room.jon.post(&support(&codes[1]), &[("leave", "yes")]).await.sees(StatusCode::SEE_OTHER);
        assert_eq!((room.supports(&codes[0]).await, room.supports(&codes[1]).await), (0, 0), "and neither alone");
        let all = join_all(codes.iter().map(|code| {
            let (path, jon) = (support(code), &room.jon);
            async move { jon.post(&path, &[]).await }
        }))
        .await;
        assert!(all.iter().all(|seen| seen.status == StatusCode::SEE_OTHER));
        for code in &codes {
            assert_eq!(room.supports(code).await, 1, "{code}");
        }
    }
}

/// Hands a proposal in to another process.
async fn proposal_of(room: &Room, process: &str, title: &str) -> String {
    room.town.clock.advance_seconds(1);
    let mut words = Room::words(title);
    words["process"] = process.into();
    words.as_object_mut().unwrap().remove("cost");
    let seen = crate::town::send(&room.amina, &words).await.sees(StatusCode::CREATED);
    room.town.settle().await;
    seen.json()["code"].as_str().unwrap().to_owned()
}
