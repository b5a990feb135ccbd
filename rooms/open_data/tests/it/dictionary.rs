//! A table of many columns is described page by page.

use crate::town::rooms;
use axum::http::StatusCode;

#[tokio::test]
async fn two_hundred_columns_are_described_page_by_page() {
    for room in rooms().await {
        room.draft("wide").await;
        let names: Vec<String> = (0..200).map(|at| format!("c{at}")).collect();
        let cells = vec!["1"; 200].join(",");
        room.add("wide", "wide.csv", format!("{}\n{cells}\n", names.join(",")).as_bytes()).await;
        let path = "/data/wide/wide/columns";
        let first = room.parks.get(path).await.sees(StatusCode::OK);
        let first =
            first.says("Columns 1 to 90 of 200").says("name=\"title[en]\"").says("[c89]\"").never_says("[c90]\"");
        first.says(&format!("{path}?from=90")).says("rel=\"next\"");
        let second = room.parks.get(&format!("{path}?from=90")).await.sees(StatusCode::OK);
        second.says("[c90]\"").says("[c179]\"").never_says("[c89]\"").never_says("[c180]\"").never_says("title[en]");
        let last = room.parks.get(&format!("{path}?from=180")).await.sees(StatusCode::OK);
        last.says("Columns 181 to 200 of 200").says("[c199]\"").never_says("rel=\"next\"");
        for wrong in ["", "x", "-1", "200", "99999999999999999999999"] {
            room.parks.get(&format!("{path}?from={wrong}")).await.sees(StatusCode::OK).says("Columns 1 to 90");
        }
        for (language, sentence) in [("es", "Columnas 1 a 90 de 200"), ("ar", "الأعمدة من")] {
            let reader = room.town.holder(&format!("{language}@example.org"), civic::Role::Administrator, None).await;
            reader.reading(language).get(path).await.sees(StatusCode::OK).says(sentence);
        }

        let saved = [("from", "180"), ("label-en[c199]", "The last"), ("notes-en[c199]", "What it means.")];
        let to = room.parks.post(path, &saved).await.sees(StatusCode::SEE_OTHER);
        assert!(to.location().starts_with(&format!("{path}?from=180")), "{}", to.location());
        let saved = [("from", "0"), ("title[en]", "Wide"), ("label-en[c0]", "The first")];
        room.parks.post(path, &saved).await.sees(StatusCode::SEE_OTHER);
        let view = room.parks.get("/data/wide.json").await.sees(StatusCode::OK).json();
        let columns = view["resources"][0]["columns"].as_array().unwrap();
        assert_eq!(columns.len(), 200);
        assert_eq!(
            (columns[0]["label"].as_str(), columns[199]["label"].as_str()),
            (Some("The first"), Some("The last"))
        );
        assert_eq!(view["resources"][0]["title"], "Wide", "other pages leave what the table is called");
    }
}
