//! What the open-data portal gets of votes.

use crate::town::halls;
use voting::BallotKind;

#[tokio::test]
async fn results_are_counted_from_the_published_ballots_and_nothing_is_told_before() {
    for hall in halls() {
        let vote = hall.parks(BallotKind::Cart).await;
        hall.open(&vote);
        let mut receipts = Vec::new();
        for (name, choices) in [("a", &["001", "003"][..]), ("b", &["001"]), ("c", &["002", "003"])] {
            receipts.push(hall.resident_votes(name, &vote, choices).await);
        }
        let before = hall.town.own_rows("votes").await;
        let cells = |row: &std::collections::BTreeMap<&str, String>| {
            ["phase", "voted", "ballots_url", "outcome_url"].map(|column| row[column].clone())
        };
        assert_eq!(cells(&before[0]), ["open", "", "", ""]);
        assert!(hall.town.own_rows("vote-results").await.is_empty());
        hall.close(&vote).await;
        let after = hall.town.own_rows("votes").await;
        let files = [format!("votes/{}/ballots.pb", vote.code), format!("votes/{}/outcome.json", vote.code)];
        let address = |path: &String| format!("{}/{path}", testing::ADDRESS);
        assert_eq!(cells(&after[0]), ["decided".to_owned(), "3".to_owned(), address(&files[0]), address(&files[1])]);
        let rows = hall.town.own_rows("vote-results").await;
        let seen = hall.town.browser().get(&format!("/votes/{}.json", vote.code)).await.json();
        let won = |id: &str| seen["selected"].as_array().unwrap().iter().any(|one| one == id).to_string();
        let told: Vec<_> = rows
            .iter()
            .map(|row| ["title", "cost_cents", "ballots", "points", "selected"].map(|column| row[column].clone()))
            .collect();
        let of = |title: &str, cost: &str, ballots: &str, id| {
            [title.to_owned(), cost.to_owned(), ballots.to_owned(), String::new(), won(id)]
        };
        assert_eq!(
            told,
            [of("Trees", "6000", "2", "001"), of("Benches", "5000", "1", "002"), of("A fountain", "4000", "2", "003")]
        );
        assert!(told.iter().any(|row| row[4] == "true") && told.iter().any(|row| row[4] == "false"), "{told:?}");
        let published = hall.town.browser().get(&format!("/votes/{}/ballots.pb", vote.code)).await.text;
        for row in rows.iter().chain(&after) {
            assert!(receipts.iter().all(|receipt| row.values().all(|cell| !cell.contains(receipt.as_str()))));
        }
        assert!(published.contains("VOTES"), "{published}");
    }
}

#[tokio::test]
async fn a_draft_is_in_neither() {
    for hall in halls() {
        let town = &hall.town.town;
        let definition = crate::town::budget(town.now(), BallotKind::Cart);
        voting::create_vote(town, definition, voting::Origin::Held).await.unwrap();
        assert!(hall.town.own_rows("votes").await.is_empty());
        assert!(hall.town.own_rows("vote-results").await.is_empty());
    }
}
