//! What a person is given of what this room keeps about them.

use crate::town::rooms;
use axum::http::StatusCode;
use std::collections::BTreeSet;

/// Tables with a column that names a person, and under which key of the export they are.
const KEYED: [(&str, &str); 5] = [
    ("requests", "requests"),
    ("request_reporters", "requests"),
    ("request_supporters", "me_too"),
    ("request_not_fixed", "not_fixed"),
    ("desk_views", "desk_views"),
];

/// The tables whose columns name a person, by the migrations: by account, or by how to reach them.
fn person_keyed() -> BTreeSet<String> {
    let sql: String = requests::MIGRATIONS.migrations.iter().map(|one| one.sql).collect::<Vec<_>>().join("\n");
    let statements = sql.split(';').map(|statement| {
        statement.lines().filter(|line| !line.trim_start().starts_with("--")).collect::<Vec<_>>().join("\n")
    });
    let named = |statement: &String| {
        ["person_id", "reporter_id", "email text", "phone text"].iter().any(|column| statement.contains(column))
    };
    let table = |statement: String| {
        let mut words = statement.split_whitespace();
        let made = (words.next()?, words.next()?);
        matches!(made, ("create" | "alter", "table")).then(|| words.next().unwrap_or_default().to_owned())
    };
    statements.filter(named).filter_map(table).collect()
}

#[tokio::test]
async fn the_export_has_every_table_that_names_a_person() {
    let keyed: BTreeSet<String> = KEYED.iter().map(|(table, _)| (*table).to_owned()).collect();
    assert_eq!(person_keyed(), keyed, "a table that names a person belongs into the export, and into this test");
    for room in rooms().await {
        let (code, _) = room.lamp("The lamp is out").await;
        let version = room.version(&code).await;
        let done = [("text", "A new bulb"), ("version", &*version)];
        room.lamps.post(&format!("/desk/{code}/resolve"), &done).await.sees(StatusCode::SEE_OTHER);
        let amina = room.town.signed_in("amina@example.org").await;
        let words = [("reason", "It is still dark there")];
        amina.post(&format!("/requests/{code}/not-fixed"), &words).await.sees(StatusCode::SEE_OTHER);
        // A second lamp is hers.
        let (own, _) = room.lamp("Her own").await;
        let mine = room.town.town.db().write(move |tx| {
            let sql = "update requests set reporter_id = (select id from people where email = $1) where code = $2";
            tx.execute(sql, &database::params!["amina@example.org", &own])?;
            tx.commit(database::OffRecord("a test"), ())
        });
        mine.await.map_err(|error: database::DbError| error).unwrap();
        let person = room.town.column("select id from people where email = 'amina@example.org'").await.remove(0);
        let person = person.parse().unwrap();
        let export = requests::room().privacy.unwrap().export;
        let given = room.town.town.db().read(move |tx| export(tx, person)).await.unwrap();
        for (table, key) in KEYED {
            assert!(given[key].is_array(), "{table} is not under {key}: {given}");
        }
        let said = &given["not_fixed"][0];
        assert_eq!((said["code"].as_str(), said["words"].as_str()), (Some(&*code), Some("It is still dark there")));
        assert_eq!(given["requests"].as_array().map(Vec::len), Some(1));
    }
}
