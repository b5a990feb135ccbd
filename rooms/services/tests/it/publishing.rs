//! What the open-data portal gets of services.

use crate::town::halls;

#[tokio::test]
async fn figures_of_nine_are_left_out_and_of_ten_are_told() {
    for hall in halls().await {
        hall.parking(&[]).await;
        let visitor = hall.town.browser();
        for _ in 0..9 {
            hall.applies(&visitor).await;
        }
        let rows = hall.town.own_rows("service-performance").await;
        assert!(!rows.is_empty());
        for row in &rows {
            assert_eq!([row["applications"].as_str(), &row["incomplete_share"], &row["suppressed"]], ["", "", "true"]);
        }
        hall.applies(&visitor).await;
        let rows = hall.town.own_rows("service-performance").await;
        let told: Vec<_> = rows
            .iter()
            .map(|row| {
                ["service", "by", "group", "applications", "incomplete_share", "suppressed"].map(|c| row[c].as_str())
            })
            .collect();
        let of = |service, by, group| [service, by, group, "10", "0.000", "false"];
        assert_eq!(
            told,
            [
                of("", "all", ""),
                of("", "channel", "online"),
                of("", "language", "en"),
                of("parking", "all", ""),
                of("parking", "channel", "online"),
                of("parking", "language", "en")
            ]
        );
        assert!(rows.iter().all(|row| row.values().all(|cell| !cell.contains("Amina"))));
    }
}
