//! The town answers with reasons; stewards merge and separate; what is feasible is offered.

use crate::town::rooms;
use axum::http::StatusCode;
use civic::Role;
use participation::PROCESS;
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
        room.amina.post(&merge, &[("into", &one)]).await.sees(StatusCode::FORBIDDEN);
        room.steward.post(&merge, &[("into", &two)]).await.sees(StatusCode::UNPROCESSABLE_ENTITY);
        room.steward.post(&merge, &[("into", "P-2222")]).await.sees(StatusCode::UNPROCESSABLE_ENTITY);
        room.steward.post(&merge, &[("into", &one.to_lowercase())]).await.sees(StatusCode::SEE_OTHER);
        assert_eq!(room.supports(&one).await, 3, "s0 supported both and counts once");
        let page = room.town.browser().get(&format!("/proposals/{one}")).await;
        page.says("From a merged proposal").says("Jon").says("Somewhere to sit at the pond");
        room.town.browser().get(&format!("/proposals/{two}")).await.says(&format!("/proposals/{one}")).says("Merged");
        room.jon.post(&format!("/proposals/{two}/support"), &[]).await.sees(StatusCode::CONFLICT);
        room.jon.post(&format!("/proposals/{one}/support"), &[("leave", "yes")]).await.sees(StatusCode::SEE_OTHER);
        assert_eq!(room.supports(&one).await, 2, "who came by the merger can leave too");
        room.steward.post(&format!("/proposals/{two}/separate"), &[]).await.sees(StatusCode::SEE_OTHER);
        assert_eq!((room.supports(&one).await, room.supports(&two).await), (2, 1));
        room.town.browser().get(&format!("/proposals/{one}")).await.never_says("From a merged proposal");
        room.steward.post(&format!("/proposals/{two}/separate"), &[]).await.sees(StatusCode::CONFLICT);
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
