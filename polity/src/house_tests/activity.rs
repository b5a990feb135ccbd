//! What a person finds of themselves under their account, whichever room keeps it.

use super::towns;
use axum::http::StatusCode;
use civic::{PersonId, Role};
use std::collections::BTreeSet;
use testing::{Browser, TestTown};
use web::manifest::Catalogue;

async fn person(town: &TestTown, email: &str) -> PersonId {
    let email = email.parse().unwrap();
    let found = town.town.db().read(move |tx| people::accounts::by_email(tx, &email)).await;
    found.map_err(|error: database::DbError| error).unwrap().unwrap().id
}

async fn report(browser: &Browser, address: &str) -> String {
    let form = [("category", "lamp"), ("address", address), ("description", "It is dark")];
    let seen = browser.post("/requests.json", &form).await.sees(StatusCode::CREATED).json();
    seen["code"].as_str().unwrap_or_else(|| panic!("{seen}")).to_owned()
}

async fn town_with_a_category(town: &TestTown) {
    let agency = town.agency("lights", "Street lights").await;
    let definition = requests::Definition {
        name: civic::LocalText::plain("Street lamp"),
        description: civic::LocalText::plain("When it does not work."),
        group: None,
        keywords: Vec::new(),
        attributes: Vec::new(),
        promise: None,
        rules: requests::Rules::default(),
    };
    let lamp =
        requests::Category { code: "lamp".to_owned(), organisation: agency.id, position: 1, active: true, definition };
    requests::define_category(&town.town, testing::steward(), lamp).await.unwrap();
}

#[tokio::test]
async fn every_kind_of_activity_can_be_read_on_both_databases() {
    for town in towns() {
        let amina = town.signed_in("amina@example.org").await;
        let kinds = town.town.part::<Catalogue>().activity.clone();
        let names: BTreeSet<&str> = kinds.iter().map(|one| one.kind).collect();
        assert_eq!(names.len(), kinds.len(), "a kind belongs to one room");
        assert!(names.len() >= 17 && !names.contains("vote"), "{names:?}");
        for kind in names {
            let seen = amina.get(&format!("/me/activity.json?kind={kind}")).await.sees(StatusCode::OK).json();
            assert_eq!(seen["activity"].as_array().unwrap().len(), 0, "{kind}");
        }
        amina.get("/me/activity").await.sees(StatusCode::OK).says("You have done nothing here yet");
        let refused = amina.get("/me/activity.json?kind=votes").await.sees(StatusCode::UNPROCESSABLE_ENTITY);
        refused.says("people-activity-kind").says("report");
        amina.get("/me/activity?after=zz").await.sees(StatusCode::UNPROCESSABLE_ENTITY);
        town.browser().get("/me/activity.json").await.sees(StatusCode::UNAUTHORIZED);
    }
}

#[tokio::test]
async fn a_person_finds_what_they_did_and_nobody_elses() {
    for town in towns() {
        town_with_a_category(&town).await;
        let (amina, ben) = (town.signed_in("amina@example.org").await, town.signed_in("ben@example.org").await);
        let mut codes = Vec::new();
        for number in 1..=3 {
            // Two at the same moment, so that a page ends between them.
            if number != 2 {
                town.clock.advance_seconds(60);
            }
            codes.push(report(&amina, &format!("{number} Mill Lane")).await);
        }
        report(&ben, "9 Mill Lane").await;
        town.settle().await;
        town.clock.advance_seconds(60);
        let comment = [("kind", "request"), ("id", codes[0].as_str()), ("text", "Still dark = here")];
        amina.post("/comments", &comment).await.sees(StatusCode::SEE_OTHER);
        let all = amina.get("/me/activity.json").await.sees(StatusCode::OK).json();
        let told: Vec<&str> =
            all["activity"].as_array().unwrap().iter().map(|one| one["kind"].as_str().unwrap()).collect();
        assert_eq!(told, ["comment", "report", "report", "report"], "{all}");
        assert_eq!(all["activity"][0]["words"], "Still dark = here");
        assert!(all["activity"][1]["url"].as_str().unwrap().contains("/requests/"));
        assert!(all["activity"][1]["title"].as_str().unwrap().contains("Street lamp"), "{all}");
        // Page by page it is the same, each once.
        let (mut after, mut urls) = (String::new(), Vec::new());
        loop {
            let seen = amina.get(&format!("/me/activity.json?limit=1&after={after}")).await.sees(StatusCode::OK).json();
            urls.extend(seen["activity"].as_array().unwrap().iter().map(|one| one["url"].as_str().unwrap().to_owned()));
            match seen["next"].as_str() {
                Some(next) => after = next.to_owned(),
                None => break,
            }
        }
        let whole: Vec<String> =
            all["activity"].as_array().unwrap().iter().map(|one| one["url"].as_str().unwrap().to_owned()).collect();
        assert_eq!(urls, whole);
        let only = amina.get("/me/activity.json?kind=comment").await.json();
        assert_eq!(only["activity"].as_array().unwrap().len(), 1);
        let table = amina.get("/me/activity.csv?kind=report").await.sees(StatusCode::OK);
        assert_eq!(table.text.lines().count(), 4, "{}", table.text);
        amina
            .get("/me/activity")
            .await
            .sees(StatusCode::OK)
            .says("You reported")
            .says("Street lamp")
            .never_says("9 Mill");
        assert_eq!(ben.get("/me/activity.json").await.json()["activity"].as_array().unwrap().len(), 1);
    }
}

#[tokio::test]
async fn an_erased_account_leaves_no_activity() {
    for town in towns() {
        town_with_a_category(&town).await;
        let amina = town.signed_in("amina@example.org").await;
        report(&amina, "1 Mill Lane").await;
        let id = person(&town, "amina@example.org").await;
        amina.post("/me/erase", &[("sure", "yes")]).await.sees(StatusCode::SEE_OTHER);
        let own = town.town.clone();
        let left = town.town.db().read(move |tx| own.part::<Catalogue>().done_by(tx, id, "", None, 50)).await;
        assert!(left.map_err(|error: database::DbError| error).unwrap().0.is_empty());
    }
}

#[tokio::test]
async fn what_is_followed_is_listed_and_can_be_left() {
    for town in towns() {
        town_with_a_category(&town).await;
        let (amina, ben) = (town.signed_in("amina@example.org").await, town.signed_in("ben@example.org").await);
        let code = report(&ben, "1 Mill Lane").await;
        town.settle().await;
        let follow = [("kind", "request"), ("id", code.as_str()), ("email", "amina@example.org")];
        amina.post("/follow", &follow).await.sees(StatusCode::SEE_OTHER);
        let seen = amina.get("/me/following.json").await.sees(StatusCode::OK).json();
        assert_eq!((&seen[0]["id"], &seen[0]["confirmed"]), (&code.as_str().into(), &false.into()), "{seen}");
        amina.get("/me/following").await.sees(StatusCode::OK).says("Not confirmed yet").says("Street lamp");
        assert_eq!(ben.get("/me/following.json").await.json(), serde_json::json!([]));
        let leave = [("kind", "request"), ("id", code.as_str())];
        ben.post("/me/following", &leave).await.sees(StatusCode::NOT_FOUND);
        amina.post("/me/following", &leave).await.sees(StatusCode::SEE_OTHER);
        amina.get("/me/following").await.sees(StatusCode::OK).says("You follow nothing by e-mail");
        let officer = town.token(Role::Officer).await;
        town.program(&officer).get("/me/following.json").await.sees(StatusCode::FORBIDDEN);
    }
}
