//! What the open-data portal gets of processes and proposals.

use crate::town::rooms;
use axum::http::StatusCode;

#[tokio::test]
async fn proposals_without_words_and_without_small_counts() {
    for room in rooms().await {
        let code = room.proposal(&room.amina, "Benches by the pond").await;
        room.turn_to_phase(1);
        room.supported(&code, 4).await;
        let few = room.town.own_rows("proposals").await;
        let cells = |row: &std::collections::BTreeMap<&str, String>| {
            ["proposal", "process", "state", "category", "district", "cost_cents", "supports"]
                .map(|column| row[column].clone())
        };
        assert_eq!(cells(&few[0]), [code.as_str(), "budget", "open", "parks", "mill", "120000", ""]);
        assert_eq!(room.town.own_rows("participation-processes").await[0]["supports"], "");
        let fifth = room.town.signed_in("fifth@example.org").await;
        fifth.post(&format!("/proposals/{code}/support"), &[]).await.sees(StatusCode::SEE_OTHER);
        let five = room.town.own_rows("proposals").await;
        assert_eq!(five[0]["supports"], "5");
        let process = &room.town.own_rows("participation-processes").await[0];
        let cells = ["process", "title", "organisation", "standing", "budget_cents", "proposals", "supports"];
        assert_eq!(
            cells.map(|column| process[column].as_str()),
            ["budget", "People’s budget", "parks", "open", "10000000", "1", "5"]
        );
        let said =
            [few, five].concat().iter().flat_map(|row| row.values().cloned().collect::<Vec<_>>()).collect::<String>();
        assert!(!said.contains("Benches") && !said.contains("mill pond") && !said.contains("Amina"), "{said}");
    }
}

#[tokio::test]
async fn every_decision_is_a_row_and_the_last_one_is_in_force() {
    for room in rooms().await {
        let code = room.proposal(&room.amina, "Benches by the pond").await;
        room.turn_to_phase(1);
        room.supported(&code, 2).await;
        room.turn_to_phase(2);
        room.answered(&code, "infeasible", "").await;
        room.town.clock.advance_seconds(3_600);
        room.answered(&code, "feasible", "900").await;
        let rows = room.town.own_rows("proposal-decisions").await;
        let told: Vec<_> = rows
            .iter()
            .map(|row| {
                ["proposal", "verdict", "cost_cents", "days_from_submission", "in_force"].map(|c| row[c].as_str())
            })
            .collect();
        assert_eq!(
            told,
            [[code.as_str(), "infeasible", "", "10", "false"], [&code, "feasible", "90000", "10", "true"]]
        );
        assert_eq!(room.town.own_rows("proposals").await[0]["state"], "feasible");
    }
}
