//! The town answers with reasons; stewards merge and separate; what is feasible is offered.

use crate::town::{Room, rooms, send};
use axum::http::StatusCode;
use civic::Role;
use participation::{PROCESS, Rules};
use web::manifest::Catalogue;

#[tokio::test]
async fn there_is_no_answer_without_reasons_and_only_who_answers_gives_one() {
    for room in rooms().await {
        let code = room.proposal(&room.amina, "A bench by the mill pond").await;
        let path = format!("/proposals/{code}/answer");
        room.turn_to_phase(2);
        let good = [("verdict", "feasible"), ("cost", "900"), ("reasons", "The ground is ours."), ("version", "1")];
        room.amina.post(&path, &good).await.sees(StatusCode::FORBIDDEN);
        let water = room.town.agency("water", "Water").await;
        let other = room.town.holder("water@example.org", Role::Officer, Some(&water)).await;
        other.post(&path, &good).await.sees(StatusCode::FORBIDDEN);
        other.get(&path).await.sees(StatusCode::FORBIDDEN);
        for (field, value, says) in [
            ("reasons", " ", "Please write something here."),
            ("verdict", "maybe", "Choose an answer."),
            ("cost", "", "Say what it costs."),
            ("cost", "-3", "Give an amount"),
        ] {
            let wrong: Vec<_> =
                good.iter().map(|(name, old)| (*name, if *name == field { value } else { *old })).collect();
            room.officer.post(&path, &wrong).await.sees(StatusCode::UNPROCESSABLE_ENTITY).says(says);
        }
        let stale = [("version", "7"), ("verdict", "feasible"), ("cost", "1"), ("reasons", "Yes.")];
        room.officer.post(&path, &stale).await.sees(StatusCode::CONFLICT);
        room.officer.post(&path, &good).await.sees(StatusCode::SEE_OTHER);
        let page = room.town.browser().get(&format!("/proposals/{code}")).await;
        page.says("It can be done").says("The ground is ours.").says("EUR 900").says("Parks");
        let record = room.town.record().await.concat();
        assert!(record.contains("proposal.evaluated") && record.contains("\"cost_cents\":90000"));
        assert!(!record.contains("The ground is ours."));
    }
}

#[tokio::test]
async fn merging_unites_supporters_once_each_names_the_authors_and_can_be_undone() {
    for room in rooms().await {
        let one = room.proposal(&room.amina, "A bench by the mill pond").await;
        let two = room.proposal(&room.jon, "Somewhere to sit at the pond").await;
        room.turn_to_phase(1);
        room.supported(&one, 2).await;
        room.supported(&two, 1).await;
        room.jon.post(&format!("/proposals/{two}/support"), &[]).await.sees(StatusCode::SEE_OTHER);
        let merge = format!("/proposals/{two}/merge");
        room.amina.post(&merge, &[("into", &one), ("why", "The same bench")]).await.sees(StatusCode::FORBIDDEN);
        room.steward
            .post(&merge, &[("into", &two), ("why", "The same bench")])
            .await
            .sees(StatusCode::UNPROCESSABLE_ENTITY);
        room.steward
            .post(&merge, &[("into", "P-2222"), ("why", "The same bench")])
            .await
            .sees(StatusCode::UNPROCESSABLE_ENTITY);
        room.steward.post(&merge, &[("into", &one), ("why", " ")]).await.sees(StatusCode::UNPROCESSABLE_ENTITY);
        let form = [("into", &*one.to_lowercase()), ("why", "The same bench")];
        room.steward.post(&merge, &form).await.sees(StatusCode::SEE_OTHER);
        let mail = room.town.mails().await.remove(0).mail;
        assert_eq!(mail.to.as_str(), "jon@example.org");
        assert!(mail.body_text.contains("The same bench") && mail.body_text.contains(&one), "{}", mail.body_text);
        assert_eq!(room.supports(&one).await, 3, "s0 supported both and counts once");
        let page = room.town.browser().get(&format!("/proposals/{one}")).await;
        page.says("From a merged proposal").says("Jon").says("Somewhere to sit at the pond");
        room.town
            .browser()
            .get(&format!("/proposals/{two}"))
            .await
            .says(&format!("/proposals/{one}"))
            .says("Merged")
            .says("The same bench");
        room.jon.post(&format!("/proposals/{two}/support"), &[]).await.sees(StatusCode::CONFLICT);
        room.jon.post(&format!("/proposals/{one}/support"), &[("leave", "yes")]).await.sees(StatusCode::SEE_OTHER);
        assert_eq!(room.supports(&one).await, 2, "who came by the merger can leave too");
        room.steward.post(&format!("/proposals/{two}/separate"), &[]).await.sees(StatusCode::SEE_OTHER);
        assert_eq!((room.supports(&one).await, room.supports(&two).await), (2, 1));
        room.town.browser().get(&format!("/proposals/{one}")).await.never_says("From a merged proposal");
        room.steward.post(&format!("/proposals/{two}/separate"), &[]).await.sees(StatusCode::CONFLICT);
    }
}

/// Two with one support each are enough together, and who owed an answer for one owes it for both.
#[tokio::test]
async fn a_merger_carries_the_earlier_due_day_and_counts_what_both_have_together() {
    for room in rooms().await {
        let rules = Rules { supports_min: 2, answer_days: Some(5), asks_cost: true, ..Rules::default() };
        room.process("petition", rules).await;
        let mut made = Vec::new();
        for title in ["A bench by the mill pond", "Somewhere to sit at the pond", "Seats at the water"] {
            let mut words = Room::words(title);
            words["process"] = "petition".into();
            made.push(
                send(&room.amina, &words).await.sees(StatusCode::CREATED).json()["code"].as_str().unwrap().to_owned(),
            );
        }
        let [one, two, three] = &made[..] else { panic!("three") };
        room.turn_to_phase(1);
        let due = async |code: &str| {
            let seen = room.town.browser().get(&format!("/proposals/{code}.json")).await.json();
            seen["answer_due_at"].as_str().map(str::to_owned)
        };
        for (by, code) in [("s1@example.org", one), ("s2@example.org", two)] {
            let browser = room.town.signed_in(by).await;
            browser.post(&format!("/proposals/{code}/support"), &[]).await.sees(StatusCode::SEE_OTHER);
        }
        assert_eq!((due(one).await, due(two).await), (None, None));
        let merge = async |code: &str, into: &str| {
            let form = [("into", into), ("why", "They want the same")];
            room.steward.post(&format!("/proposals/{code}/merge"), &form).await.sees(StatusCode::SEE_OTHER);
        };
        merge(two, one).await;
        let first = due(one).await.expect("both together have enough");
        // Merging what must be answered into a fresh one takes the day along.
        room.town.clock.advance_seconds(86_400);
        merge(one, three).await;
        assert_eq!(due(three).await, Some(first));
        let record = room.town.record().await;
        assert_eq!(record.iter().filter(|entry| entry.contains("\"proposal.reached\"")).count(), 1);
    }
}

/// The old way: the day stayed with the other, which then owed an answer for nobody's supports, and never for its own.
#[tokio::test]
async fn separating_takes_the_carried_due_day_along_and_another_can_follow() {
    for room in rooms().await {
        let rules = Rules { supports_min: 2, answer_days: Some(5), asks_cost: true, ..Rules::default() };
        room.process("petition", rules).await;
        let mut made = Vec::new();
        for title in ["A bench by the mill pond", "Somewhere to sit at the pond", "Seats at the water"] {
            let mut words = Room::words(title);
            words["process"] = "petition".into();
            made.push(
                send(&room.amina, &words).await.sees(StatusCode::CREATED).json()["code"].as_str().unwrap().to_owned(),
            );
        }
        let [reached, other, third] = &made[..] else { panic!("three") };
        room.turn_to_phase(1);
        let due = async |code: &str| {
            let seen = room.town.browser().get(&format!("/proposals/{code}.json")).await.json();
            seen["answer_due_at"].as_str().map(str::to_owned)
        };
        room.supported(reached, 2).await;
        let first = due(reached).await.expect("enough");
        let post = async |path: String, form: &[(&str, &str)]| {
            room.steward.post(&path, form).await.sees(StatusCode::SEE_OTHER);
        };
        let merge = async |code: &str| {
            post(format!("/proposals/{code}/merge"), &[("into", other), ("why", "They want the same")]).await;
        };
        merge(reached).await;
        merge(third).await;
        assert_eq!(due(other).await.as_ref(), Some(&first));
        post(format!("/proposals/{reached}/separate"), &[]).await;
        assert_eq!((due(reached).await.as_ref(), due(other).await), (Some(&first), None));
        room.town.clock.advance_seconds(3 * 86_400);
        room.supported(other, 2).await;
        let own = due(other).await.expect("enough of its own");
        assert!(own > first, "{own} {first}");
        // What it reached by itself stays, whatever is separated from it.
        post(format!("/proposals/{third}/separate"), &[]).await;
        assert_eq!(due(other).await, Some(own));
        let record = room.town.record().await;
        assert_eq!(record.iter().filter(|entry| entry.contains("\"proposal.reached\"")).count(), 2);
    }
}

#[tokio::test]
async fn nobody_answers_a_proposal_of_their_own() {
    for room in rooms().await {
        let code = room.proposal(&room.officer, "A bench by the mill pond").await;
        room.turn_to_phase(2);
        let answer = [("verdict", "feasible"), ("cost", "900"), ("reasons", "I like it."), ("version", "1")];
        let path = format!("/proposals/{code}/answer");
        room.officer.post(&path, &answer).await.sees(StatusCode::CONFLICT).says("You wrote this proposal");
        room.steward.post(&path, &answer).await.sees(StatusCode::SEE_OTHER);
    }
}

#[tokio::test]
async fn a_process_offers_what_is_feasible_and_nothing_while_an_answer_is_missing() {
    for room in rooms().await {
        let yes = room.proposal(&room.amina, "A bench by the mill pond").await;
        let no = room.proposal(&room.jon, "A tunnel under the pond").await;
        room.turn_to_phase(1);
        room.supported(&yes, 2).await;
        room.supported(&no, 2).await;
        room.turn_to_phase(2);
        room.answered(&yes, "feasible", "900").await;
        room.turn_to_phase(3);
        let offered = || async {
            let town = room.town.town.clone();
            let look = move |tx: &mut database::Tx<'_>| {
                let process = civic::Subject::new(PROCESS, "budget");
                town.part::<Catalogue>().offers(&town, tx, &process)
            };
            room.town.town.db().read(look).await.unwrap()
        };
        assert_eq!(offered().await.unwrap().len(), 0, "one answer is missing");
        room.answered(&no, "infeasible", "").await;
        let offers = offered().await.unwrap();
        assert_eq!(offers.len(), 1);
        assert_eq!(
            (offers[0].title.as_str(), offers[0].district.as_deref()),
            ("A bench by the mill pond", Some("mill"))
        );
        assert_eq!(offers[0].cost.unwrap().amount_cents, 90_000);
    }
}

#[tokio::test]
async fn its_line_is_there_for_other_rooms_but_not_that_of_a_draft() {
    for room in rooms().await {
        let code = room.proposal(&room.amina, "A bench by the mill pond").await;
        let draft = [("process", "budget"), ("title", "Secret")];
        let edit = room.amina.post("/proposals/new", &draft).await.location().to_owned();
        let hidden = edit.split('/').nth(2).unwrap().to_owned();
        let town = room.town.town.clone();
        let look = move |tx: &mut database::Tx<'_>| {
            let of = |id: &str| civic::Subject::new(participation::PROPOSAL, id);
            let subjects = [of(&hidden), of(&code), civic::Subject::new(PROCESS, "budget")];
            town.part::<Catalogue>().briefs(&town, tx, &subjects, civic::Language::En)
        };
        let briefs = room.town.town.db().read(look).await.unwrap();
        let titles: Vec<_> = briefs.iter().map(|brief| brief.title.as_str()).collect();
        assert_eq!(titles, ["A bench by the mill pond", "People’s budget"]);
        assert_eq!(briefs[0].state.as_deref(), Some("Open"));
    }
}
