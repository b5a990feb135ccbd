use crate::town::{Hall, budget, halls};
use axum::http::StatusCode;
use civic::Role;
use testing::Browser;
use voting::{BallotKind, Vote};

async fn with_paper(hall: &Hall) -> (Vote, Browser, Browser) {
    let mut definition = budget(hall.town.town.now(), BallotKind::Approval { most: 2 });
    definition.paper = true;
    let vote = hall.published(definition, &[("Trees", 6_000), ("Benches", 5_000)]).await;
    let hall_office = hall.town.agency("hall", "Town hall").await;
    let one = hall.town.holder("one@example.org", Role::Officer, Some(&hall_office)).await;
    let two = hall.town.holder("two@example.org", Role::Officer, Some(&hall_office)).await;
    hall.open(&vote);
    (vote, one, two)
}

#[tokio::test]
async fn two_clerks_enter_each_sheet_and_only_what_both_read_counts() {
    for hall in halls() {
        let (vote, one, two) = with_paper(&hall).await;
        let desk = format!("/votes/{}/paper", vote.code);
        let (voters, sheets, finish) = (format!("{desk}/voters"), format!("{desk}/sheets"), format!("{desk}/finish"));
        one.get(&desk).await.sees(StatusCode::OK).says("Somebody comes to vote");
        // Who has voted online cannot vote on paper, nor the other way round.
        hall.resident_votes("amina", &vote, &["001"]).await;
        let mark = |who| [("who", who), ("channel", "paper")];
        one.post(&voters, &mark("amina@example.org")).await.sees(StatusCode::CONFLICT).says("already");
        one.post(&voters, &mark("nobody@example.org")).await.sees(StatusCode::UNPROCESSABLE_ENTITY);
        let omar = hall.town.signed_in("omar@example.org").await;
        let ines = hall.town.signed_in("ines@example.org").await;
        one.post(&voters, &mark("omar@example.org")).await.sees(StatusCode::SEE_OTHER);
        one.post(&voters, &[("who", "ines@example.org"), ("channel", "assisted")]).await.sees(StatusCode::SEE_OTHER);
        for voter in [&omar, &ines] {
            hall.votes(voter, &vote, &["001"]).await.sees(StatusCode::CONFLICT);
        }
        // The clerks read the sheets; on the second they differ.
        let sheet = |number, choice| [("sheet", number), ("channel", "paper"), ("choice", choice)];
        for clerk in [&one, &two] {
            clerk.post(&sheets, &sheet("A1", "002")).await.sees(StatusCode::SEE_OTHER);
        }
        let help = |choice| [("sheet", "A2"), ("channel", "assisted"), ("choice", choice)];
        one.post(&sheets, &help("001")).await.sees(StatusCode::SEE_OTHER);
        one.get(&desk).await.says("waiting for a second clerk");
        two.post(&sheets, &help("002")).await.sees(StatusCode::SEE_OTHER);
        one.get(&desk).await.says("Read differently").never_says("</span>: <bdi");
        one.post(&finish, &[]).await.sees(StatusCode::CONFLICT);
        hall.close(&vote).await;
        let visitor = hall.town.browser();
        visitor.get(&format!("/votes/{}", vote.code)).await.says("Being counted");
        one.post(&finish, &[]).await.sees(StatusCode::CONFLICT).says("differently");
        one.get(&desk).await.says("Read differently").says("002");
        two.post(&sheets, &help("001")).await.sees(StatusCode::SEE_OTHER);
        // A sheet more than voters came is noticed.
        for clerk in [&one, &two] {
            clerk.post(&sheets, &sheet("A3", "002")).await.sees(StatusCode::SEE_OTHER);
        }
        one.post(&finish, &[]).await.sees(StatusCode::CONFLICT).says("more sheets than voters");
        assert_eq!(hall.town.column("select distinct state from voting_votes").await, ["closed"]);
    }
}

#[tokio::test]
async fn the_count_waits_for_the_paper_and_counts_it_by_channel() {
    for hall in halls() {
        let (vote, one, two) = with_paper(&hall).await;
        let desk = format!("/votes/{}/paper", vote.code);
        hall.resident_votes("amina", &vote, &["001"]).await;
        let _omar = hall.town.signed_in("omar@example.org").await;
        one.post(&format!("{desk}/voters"), &[("who", "omar@example.org"), ("channel", "paper")])
            .await
            .sees(StatusCode::SEE_OTHER);
        for clerk in [&one, &two] {
            let form = [("sheet", "7"), ("channel", "paper"), ("choice", "002")];
            clerk.post(&format!("{desk}/sheets"), &form).await.sees(StatusCode::SEE_OTHER);
        }
        hall.close(&vote).await;
        one.post(&format!("{desk}/finish"), &[]).await.sees(StatusCode::SEE_OTHER);
        hall.town.clock.advance_seconds(60);
        hall.town.settle().await;
        let seen = hall.town.browser().get(&format!("/votes/{}.json", vote.code)).await.json();
        assert_eq!(seen["phase"], "decided");
        assert_eq!(seen["turnout"], serde_json::json!({"online": 1, "paper": 1}));
        let ballots = hall.town.browser().get(&format!("/votes/{}/ballots.csv", vote.code)).await.text;
        assert!(ballots.contains("\"001\"") && ballots.contains("\"002\""), "{ballots}");
        assert!(hall.town.column("select sheet from voting_sheets").await.is_empty());
        let record = hall.town.record().await;
        assert!(record.iter().any(|entry| entry.contains("vote.paper-finished") && entry.contains("\"paper\":1")));
        assert!(record.iter().filter(|entry| entry.contains("vote.sheet-entered")).all(|entry| !entry.contains("002")));
    }
}
