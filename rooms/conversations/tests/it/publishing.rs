//! What the open-data portal gets of conversations.

use crate::town::rooms;
use conversations::Stance;

#[tokio::test]
async fn statements_by_number_with_counts_that_are_large_enough() {
    for room in rooms().await {
        let code = room.open(&[]).await;
        room.draft(&[]).await;
        let first = room.town.own_rows("conversation-statements").await;
        assert_eq!(first.len(), 4, "a draft is in none: {first:?}");
        for person in 0..6 {
            let second = if person < 5 { Stance::Agree } else { Stance::Disagree };
            let mut answers = vec![(0, Stance::Agree), (1, second)];
            if person < 4 {
                answers.push((2, Stance::Pass));
            }
            room.answers_as(&code, &format!("p{person}"), &answers).await;
        }
        let rows = room.town.own_rows("conversation-statements").await;
        let told: Vec<_> = rows
            .iter()
            .map(|row| ["statement", "agrees", "disagrees", "passes", "suppressed"].map(|column| row[column].as_str()))
            .collect();
        assert_eq!(
            told,
            [
                ["0", "6", "0", "0", "false"],
                ["1", "5", "", "0", "true"],
                ["2", "", "", "", "true"],
                ["3", "", "", "", "true"]
            ]
        );
        let totals = room.town.own_rows("conversations").await;
        let [one] = totals.as_slice() else { panic!("{totals:?}") };
        assert_eq!(
            [
                "conversation",
                "question",
                "organisation",
                "phase",
                "people",
                "statements",
                "agrees",
                "disagrees",
                "passes"
            ]
            .map(|column| one[column].as_str()),
            [code.as_str(), "How should we move about town?", "streets", "open", "6", "4", "11", "", ""]
        );
        let said: String = rows.iter().flat_map(|row| row.values().cloned().collect::<Vec<_>>()).collect();
        assert!(!said.contains("Buses"), "{said}");
    }
}
