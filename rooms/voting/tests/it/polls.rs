use crate::town::{Hall, budget, halls};
use axum::http::StatusCode;
use civic::LocalText;
use voting::{BallotKind, Definition, PollMethod, PollRule, Rule, Vote};

fn poll(hall: &Hall, method: PollMethod, seats: u32, ballot: BallotKind) -> Definition {
    let mut definition = budget(hall.town.town.now(), ballot);
    definition.title = LocalText::plain("A name for the bridge");
    definition.budget = None;
    definition.rule = Rule::Poll(PollRule { method, seats });
    definition
}

async fn held(hall: &Hall, definition: Definition, ballots: &[&[(&str, &str)]]) -> Vote {
    let vote = hall.published(definition, &[("Ada", 0), ("Grace", 0), ("Hedy", 0)]).await;
    hall.open(&vote);
    for (number, ballot) in ballots.iter().enumerate() {
        let browser = hall.town.signed_in(&format!("voter{number}@example.org")).await;
        browser.get(&format!("/votes/{}/ballot", vote.code)).await.sees(StatusCode::OK).says("Grace");
        browser.post(&format!("/votes/{}/check", vote.code), ballot).await.sees(StatusCode::OK).says("Cast my ballot");
        browser.post(&format!("/votes/{}/ballots", vote.code), ballot).await.sees(StatusCode::OK);
    }
    hall.close(&vote).await;
    vote
}

async fn winners(hall: &Hall, vote: &Vote) -> serde_json::Value {
    let visitor = hall.town.browser();
    visitor.get(&format!("/votes/{}/results", vote.code)).await.sees(StatusCode::OK).says("Check it yourself");
    visitor.get(&format!("/votes/{}/outcome.json", vote.code)).await.sees(StatusCode::OK).json()["winners"].clone()
}

#[tokio::test]
async fn rankings_are_counted_by_transfer_and_by_pairs() {
    // Ada leads by first choices; Grace gets Hedy's when Hedy drops out.
    let ballots: Vec<&[(&str, &str)]> = vec![
        &[("value[001]", "1")],
        &[("value[001]", "1")],
        &[("value[001]", "1"), ("value[003]", "2")],
        &[("value[002]", "1"), ("value[003]", "2")],
        &[("value[002]", "1")],
        &[("value[003]", "1"), ("value[002]", "2")],
        &[("value[002]", "2"), ("value[003]", "1")],
    ];
    for hall in halls() {
        let ranking = BallotKind::Ranking { most: 3 };
        let vote = held(&hall, poll(&hall, PollMethod::Transferable, 1, ranking), &ballots).await;
        assert_eq!(winners(&hall, &vote).await, serde_json::json!(["002"]));
        let visitor = hall.town.browser();
        let page = visitor.get(&format!("/votes/{}/results", vote.code)).await;
        page.says("Round by round").says("polity tally ranked ballots.soi --seats 1");
        // The file counts the same with the engine, as the command does.
        let file = visitor.get(&format!("/votes/{}/ballots.soi", vote.code)).await.sees(StatusCode::OK).text;
        let read = tallying::read_preflib(&file).unwrap();
        assert_eq!((read.ballots.weight(), read.warnings.len()), (7, 0), "{file}");
        visitor.get(&format!("/votes/{}/ballots.pb", vote.code)).await.sees(StatusCode::NOT_FOUND);
        // In pairs Hedy beats Grace and is level with Ada, whom Grace beats.
        let vote = held(&hall, poll(&hall, PollMethod::Schulze, 1, ranking), &ballots).await;
        assert_eq!(winners(&hall, &vote).await, serde_json::json!(["003"]));
    }
}

#[tokio::test]
async fn the_other_methods_each_have_their_ballot() {
    for hall in halls() {
        let one = held(
            &hall,
            poll(&hall, PollMethod::Plurality, 1, BallotKind::One),
            &[&[("choice", "002")], &[("choice", "002")], &[("choice", "001")]],
        );
        assert_eq!(winners(&hall, &one.await).await, serde_json::json!(["002"]));
        let approvals = held(
            &hall,
            poll(&hall, PollMethod::Approval, 2, BallotKind::Approval { most: 3 }),
            &[&[("choice", "001"), ("choice", "003")], &[("choice", "003")], &[("choice", "001")]],
        );
        assert_eq!(winners(&hall, &approvals.await).await, serde_json::json!(["001", "003"]));
        let scores = held(
            &hall,
            poll(&hall, PollMethod::Score, 1, BallotKind::Score { highest: 5 }),
            &[&[("value[001]", "5"), ("value[002]", "4")], &[("value[002]", "4"), ("value[001]", "0")]],
        );
        assert_eq!(winners(&hall, &scores.await).await, serde_json::json!(["002"]));
        let grades = held(
            &hall,
            poll(&hall, PollMethod::MajorityJudgment, 1, BallotKind::Grades),
            &[&[("value[001]", "0"), ("value[002]", "1")], &[("value[001]", "5"), ("value[002]", "1")]],
        );
        let grades = grades.await;
        assert_eq!(winners(&hall, &grades).await, serde_json::json!(["002"]));
        let page = hall.town.browser().get(&format!("/votes/{}/results", grades.code)).await;
        page.says("Very good").says("To reject");
    }
}

/// The old way: "1 ballots were counted".
#[tokio::test]
async fn one_ballot_is_one_in_each_language() {
    for hall in halls() {
        let ballots: [&[(&str, &str)]; 1] = [&[("choice", "002")]];
        let one = held(&hall, poll(&hall, PollMethod::Plurality, 1, BallotKind::One), &ballots).await;
        let page = hall.town.browser().get(&format!("/votes/{}/results", one.code)).await;
        page.says("Grace. 1 ballot was counted.");
        for (language, words) in [("es", "Se contó 1 papeleta."), ("ar", "عُدّت ورقة واحدة.")] {
            let page = hall.town.browser().reading(language).get(&format!("/votes/{}/results", one.code)).await;
            page.says(words);
        }
    }
}
