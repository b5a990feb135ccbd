//! Services of another directory become drafts.

use crate::town::{Hall, halls, hidden};
use axum::http::StatusCode;
use serde_json::{Value, json};
use testing::{Browser, Part, Seen};

const PATH: &str = "/admin/services/import";
const ONE: &str = "11111111-1111-4111-8111-111111111111";
const TWO: &str = "22222222-2222-4222-8222-222222222222";

/// The directory that Open Referral gives as its example.
fn example() -> String {
    let file = std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../../shared/data/service/hsds/examples/service_full.json");
    std::fs::read_to_string(&file)
        .unwrap_or_else(|_| panic!("{} is missing: lay `shared` beside the checkout", file.display()))
}

fn directory() -> Value {
    json!({"total_items": 2, "contents": [
        {"id": ONE, "name": "Food bank", "status": "active", "description": "Food for a week.", "fees_description": "Free",
         "phones": [{"number": "+44 1234"}], "cost_options": [{"amount": 12.5, "currency": "EUR"}],
         "required_documents": [{"document": "A referral"}, {"document": "An identity card"}]},
        {"id": TWO, "name": "Aparcamiento señalado", "status": "active", "minimum_age": 18},
        {"id": "x", "name": "No id", "status": "active"},
        {"id": TWO, "name": "Twice", "status": "active"},
        {"id": "33333333-3333-4333-8333-333333333333", "name": "Closed", "status": "defunct"},
        {"id": "44444444-4444-4444-8444-444444444444", "name": " ", "status": "active"},
        "no service",
        {"id": "55555555-5555-4555-8555-555555555555", "name": "Long", "status": "active", "description": "x".repeat(4_001)},
    ]})
}

async fn sends(officer: &Browser, text: &str, act: &str) -> Seen {
    let parts = [
        Part::Text("organisation", "streets"),
        Part::Text("language", "en"),
        Part::Text("act", act),
        Part::File("file", "directory.json", text.as_bytes()),
    ];
    officer.post_files(PATH, &parts).await
}

async fn taken(officer: &Browser, directory: &Value) -> Value {
    let text = directory.to_string();
    let fields = [("organisation", "streets"), ("language", "en"), ("act", "take"), ("json", text.as_str())];
    officer.post(&format!("{PATH}.json"), &fields).await.sees(StatusCode::OK).json()
}

async fn services(hall: &Hall) -> Vec<String> {
    hall.town.column("select code from services order by code").await
}

#[tokio::test]
async fn it_is_looked_at_first_then_made_and_twice_makes_nothing_twice() {
    for hall in halls().await {
        let olga = hall.officer("olga").await;
        let text = directory().to_string();
        let looked = sends(&olga, &text, "look").await.sees(StatusCode::OK);
        let looked = looked.says("Would be made: 2. Would be changed: 0").says("Set aside: 6").says("Food bank");
        for reason in
            ["no UUID", "stands in the file before", "not active", "It has no name", "something else", "more than 4"]
        {
            assert!(looked.text.contains(reason), "{reason}: {}", looked.text);
        }
        assert!(services(&hall).await.is_empty(), "looking does nothing");
        // What was looked at is what is taken over.
        let kept = hidden(&looked.text, "json");
        assert!(kept.contains("Food bank"));
        let again = [("organisation", "streets"), ("language", "en"), ("act", "take"), ("json", text.as_str())];
        let done = olga.post(PATH, &again).await.sees(StatusCode::CONFLICT);
        done.says("Made: 2. Changed: 0. The same as before: 0. Set aside: 6.");
        assert_eq!(services(&hall).await, ["aparcamiento-senalado", "food-bank"]);
        let same = taken(&olga, &directory()).await;
        assert_eq!((&same["made"], &same["import"]), (&json!([]), &Value::Null));
        assert_eq!(same["same"].as_array().unwrap().len(), 2);
        assert_eq!(same["aside"].as_array().unwrap().len(), 6);
        assert_eq!(services(&hall).await.len(), 2);
        let edit = olga.get("/admin/services/food-bank").await.sees(StatusCode::OK);
        let edit = edit.says("Food for a week.").says("A referral\nAn identity card").says("+44 1234");
        edit.says("value=\"12.50\"");
        hall.town.browser().get("/services/food-bank").await.sees(StatusCode::NOT_FOUND);
        assert!(hall.town.record().await.iter().all(|entry| !entry.contains("food-bank")), "a draft is not public");
    }
}

#[tokio::test]
async fn the_example_of_the_standard_becomes_a_draft() {
    for hall in halls().await {
        let olga = hall.officer("olga").await;
        sends(&olga, &example(), "take").await.sees(StatusCode::SEE_OTHER);
        let edit = olga.get("/admin/services/community-counselling").await.sees(StatusCode::OK);
        let edit = edit.says("Counselling Services provided by trained professionals").says("+44 1234 234567");
        edit.says("12–100").says("ask your GP for a referral letter").says("MyCity Counselling Services");
        // Under its own id, by which HSDS knows it again.
        assert_eq!(hall.town.column("select id from services").await, ["ac148810-d857-441c-9679-408f346de14b"]);
    }
}

#[tokio::test]
async fn what_changed_there_changes_here_unless_somebody_worked_on_it() {
    for hall in halls().await {
        let olga = hall.officer("olga").await;
        taken(&olga, &directory()).await;
        let mut newer = directory();
        newer["contents"][0]["description"] = json!("Food for two weeks.");
        newer["contents"][1]["description"] = json!("Where one may park.");
        let version = hall.stamp(&olga, "aparcamiento-senalado").await;
        let own =
            [("version", version.as_str()), ("title-en", "Our parking"), ("answer-days", "5"), ("appeal-days", "5")];
        olga.post("/admin/services/aparcamiento-senalado", &own).await.sees(StatusCode::SEE_OTHER);
        let done = taken(&olga, &newer).await;
        assert_eq!(done["changed"], json!(["food-bank"]));
        let aside = done["aside"].as_array().unwrap().iter().find(|one| one["number"] == 2).unwrap();
        assert!(aside["reason"].as_str().unwrap().contains("aparcamiento-senalado"), "{aside}");
        olga.get("/admin/services/food-bank").await.says("Food for two weeks.");
        olga.get("/admin/services/aparcamiento-senalado").await.says("Our parking");
        // Undone one by one, the newest first: the text of before, then the drafts that nobody touched go.
        let second = done["import"].as_str().unwrap();
        olga.post(&format!("{PATH}/{second}/undo"), &[]).await.sees(StatusCode::SEE_OTHER);
        olga.get("/admin/services/food-bank").await.says("Food for a week.");
        let again = olga.post(&format!("{PATH}/{second}/undo"), &[]).await;
        again.sees(StatusCode::CONFLICT).says("undone already");
        let first = hall.town.column("select id from service_imports where undone_at is null").await;
        let done = olga.post(&format!("{PATH}/{}/undo.json", first[0]), &[]).await.sees(StatusCode::OK).json();
        assert_eq!(done, json!({"undone": ["food-bank"], "left": ["aparcamiento-senalado"]}));
        assert_eq!(services(&hall).await, ["aparcamiento-senalado"]);
        // And it can be taken over anew.
        assert_eq!(taken(&olga, &directory()).await["made"], json!(["food-bank"]));
    }
}

#[tokio::test]
async fn what_is_no_directory_is_refused_in_a_sentence() {
    for hall in halls().await {
        let olga = hall.officer("olga").await;
        let many = json!((0..501).map(|number| json!({"name": number})).collect::<Vec<_>>()).to_string();
        for (text, sentence) in [
            ("", "Choose a file"),
            ("{\"contents\": [", "This is no JSON: line 1"),
            ("[]", "no services in this file"),
            ("{\"contents\": 3}", "no services in this file"),
            ("7", "no services in this file"),
            (many.as_str(), "at most 500 services"),
        ] {
            let seen = sends(&olga, text, "take").await.sees(StatusCode::UNPROCESSABLE_ENTITY);
            seen.says(sentence);
        }
        let deep = format!("{}1{}", "[".repeat(300), "]".repeat(300));
        sends(&olga, &deep, "look").await.sees(StatusCode::UNPROCESSABLE_ENTITY).says("This is no JSON");
        // Another agency's officer neither takes over for the streets, nor undoes what they took over.
        let bins = hall.town.agency("bins", "Bins").await;
        let ben = hall.town.holder("ben@example.org", civic::Role::Officer, Some(&bins)).await;
        sends(&ben, &directory().to_string(), "take").await.sees(StatusCode::UNPROCESSABLE_ENTITY);
        let import = taken(&olga, &directory()).await["import"].as_str().unwrap().to_owned();
        ben.post(&format!("{PATH}/{import}/undo"), &[]).await.sees(StatusCode::NOT_FOUND);
        ben.get(PATH).await.sees(StatusCode::OK).never_says("directory.json").never_says("made 2");
        hall.town.browser().get(PATH).await.never_says("HSDS 3");
        assert_eq!(services(&hall).await.len(), 2);
    }
}

#[tokio::test]
async fn who_edits_while_it_is_taken_over_is_not_overwritten() {
    for hall in halls().await {
        let olga = hall.officer("olga").await;
        taken(&olga, &directory()).await;
        let mut newer = directory();
        newer["contents"][0]["description"] = json!("Food for two weeks.");
        // An edit that is not committed yet when the import reads what there is.
        let (held, holds) = tokio::sync::oneshot::channel();
        let edit = hall.town.town.db().write(move |tx| {
            let sql = "update services set draft = replace(draft, 'Food for a week.', 'Our own words.'), version = version + 1 \
                       where code = 'food-bank'";
            tx.execute(sql, &[])?;
            held.send(()).unwrap();
            std::thread::sleep(std::time::Duration::from_millis(700));
            tx.commit(database::OffRecord("a test"), ())
        });
        let text = newer.to_string();
        let fields = [("organisation", "streets"), ("language", "en"), ("act", "take"), ("json", text.as_str())];
        let takes = async {
            holds.await.unwrap();
            olga.post(&format!("{PATH}.json"), &fields).await
        };
        let (edited, seen) = tokio::join!(edit, takes);
        edited.map_err(|error: database::DbError| error).unwrap();
        // SQLite lets one write after the other, so the import finds the edit; PostgreSQL lets both, so it stops at it.
        assert!(matches!(seen.status, StatusCode::OK | StatusCode::CONFLICT), "{}", seen.text);
        seen.says("food-bank");
        olga.get("/admin/services/food-bank").await.says("Our own words.").never_says("Food for two weeks.");
    }
}

#[tokio::test]
async fn undoing_reaches_no_further_than_the_mandate() {
    for hall in halls().await {
        let olga = hall.officer("olga").await;
        let import = taken(&olga, &directory()).await["import"].as_str().unwrap().to_owned();
        let bins = hall.town.agency("bins", "Bins").await;
        hall.runs(format!("update services set organisation_id = '{}' where code = 'food-bank'", bins.id.text())).await;
        let done = olga.post(&format!("{PATH}/{import}/undo.json"), &[]).await.sees(StatusCode::OK).json();
        assert_eq!(done, json!({"undone": ["aparcamiento-senalado"], "left": ["food-bank"]}));
        assert_eq!(services(&hall).await, ["food-bank"]);
    }
}

#[tokio::test]
async fn what_a_kept_letter_is_for_stays_when_an_import_is_undone() {
    for hall in halls().await {
        let olga = hall.officer("olga").await;
        let import = taken(&olga, &directory()).await["import"].as_str().unwrap().to_owned();
        let letters = "/admin/services/letter-templates";
        let new = [("organisation", "streets"), ("service", "food-bank"), ("name", "Shut"), ("text-en", "Closed")];
        olga.post(letters, &new).await.sees(StatusCode::SEE_OTHER);
        // One that is offered no more names its service as well.
        let new =
            [("service", "aparcamiento-senalado"), ("organisation", "streets"), ("name", "Old"), ("text-en", "x")];
        olga.post(letters, &new).await.sees(StatusCode::SEE_OTHER);
        let old = hall.town.column("select id from service_letter_templates where name = 'Old'").await;
        let retired = olga.post(&format!("{letters}/{}/retire", old[0]), &[("version", "1")]).await;
        retired.sees(StatusCode::SEE_OTHER);
        let done = olga.post(&format!("{PATH}/{import}/undo.json"), &[]).await.sees(StatusCode::OK).json();
        assert_eq!(done, json!({"undone": [], "left": ["aparcamiento-senalado", "food-bank"]}));
        assert_eq!(services(&hall).await, ["aparcamiento-senalado", "food-bank"]);
    }
}

#[tokio::test]
async fn imports_of_others_push_none_of_ones_own_off_the_page() {
    for hall in halls().await {
        let olga = hall.officer("olga").await;
        sends(&olga, &directory().to_string(), "take").await;
        let bins = hall.town.agency("bins", "Bins").await;
        for number in 0..51 {
            hall.runs(format!(
                "insert into service_imports (id, organisation_id, at, actor, name, made, changed, same, aside) \
                 values ('other-{number}', '{}', 9000000000000000, 'x', 'others.json', 1, 0, 0, 0)",
                bins.id.text()
            ))
            .await;
        }
        olga.get(PATH).await.sees(StatusCode::OK).says("directory.json").never_says("others.json");
    }
}

#[tokio::test]
async fn what_was_looked_at_can_be_taken_over_however_the_browser_ends_its_lines() {
    for hall in halls().await {
        let olga = hall.officer("olga").await;
        // 3.4 million bytes; with the line ends of a form it is more than the limit.
        let text = format!("{}{}{}", directory(), " ".repeat(2_400_000), "\n".repeat(1_000_000));
        sends(&olga, &text, "look").await.sees(StatusCode::OK);
        let sent_back = text.replace('\n', "\r\n");
        let fields = [("organisation", "streets"), ("language", "en"), ("act", "take"), ("json", sent_back.as_str())];
        let done = olga.post(&format!("{PATH}.json"), &fields).await.sees(StatusCode::OK).json();
        assert_eq!(done["made"].as_array().unwrap().len(), 2);
    }
}
