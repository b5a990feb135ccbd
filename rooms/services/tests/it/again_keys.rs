//! Who goes on with answers that are given again, by how things stand on that day.

use crate::town::{Hall, halls};
use axum::http::StatusCode;
use testing::Browser;

/// An application of Amina and Bo, who has confirmed, with these questions open again: the officer, the reference, Amina's key and Bo's.
async fn open_again(hall: &Hall, asked: &[&str]) -> (Browser, String, String, String) {
    let olga = hall.parking(&[("joint-least", "1"), ("joint-most", "2")]).await;
    let (code, key, own) = hall.applies_together(&hall.town.browser()).await;
    says(hall, &code, "confirm", &own).await;
    let asks: Vec<(&str, &str)> = asked.iter().map(|name| ("question", *name)).collect();
    hall.acts(&olga, &code, "ask", &asks).await.sees(StatusCode::SEE_OTHER);
    (olga, code, key, own)
}

async fn says(hall: &Hall, code: &str, what: &str, own: &str) {
    let said = hall.town.browser().post(&format!("/applications/{code}/joint/{what}"), &[("key", own)]).await;
    said.sees(StatusCode::SEE_OTHER);
}

/// Opens the questions with a key; the address of the draft.
async fn reopens(hall: &Hall, code: &str, key: &str) -> String {
    let begun = hall.town.browser().post(&format!("/applications/{code}/reopen"), &[("key", key)]).await;
    begun.sees(StatusCode::SEE_OTHER).location().rsplit_once('/').unwrap().0.to_owned()
}

/// Nothing of a draft can be read, written or sent.
async fn is_closed(hall: &Hall, draft: &str) {
    let who = hall.town.browser();
    for page in ["check", "page_rent"] {
        who.get(&format!("{draft}/{page}")).await.sees(StatusCode::NOT_FOUND);
    }
    for (page, fields) in [("page_rent", ("q1", "1")), ("page_rent/keep", ("q1", "1")), ("check", ("text", "hello"))] {
        who.post(&format!("{draft}/{page}"), &[fields]).await.sees(StatusCode::NOT_FOUND);
    }
}

#[tokio::test]
async fn who_applies_no_more_answers_no_more() {
    for hall in halls().await {
        let (_, code, key, own) = open_again(&hall, &["rent"]).await;
        let bo = hall.town.browser();
        let draft = reopens(&hall, &code, &own).await;
        assert_eq!(draft, format!("/apply/{own}"));
        bo.post(&format!("{draft}/page_rent"), &[("q1", "950")]).await.sees(StatusCode::SEE_OTHER);
        bo.get(&format!("{draft}/check")).await.sees(StatusCode::OK).says("Amina");
        says(&hall, &code, "decline", &own).await;
        is_closed(&hall, &draft).await;
        // Who goes on takes over what was written.
        let draft = reopens(&hall, &code, &key).await;
        hall.town.browser().get(&format!("{draft}/check")).await.sees(StatusCode::OK).says("950");
    }
}

#[tokio::test]
async fn a_key_that_was_replaced_opens_no_draft() {
    for hall in halls().await {
        let (_, code, key, own) = open_again(&hall, &["rent"]).await;
        let draft = reopens(&hall, &code, &own).await;
        hall.town.clock.advance_seconds(86_400);
        let who = hall.town.column("select id from co_applicants where name = 'Bo'").await.remove(0);
        let again = [("key", key.as_str()), ("who", who.as_str())];
        let sent = hall.town.browser().post(&format!("/applications/{code}/joint/again"), &again).await;
        sent.sees(StatusCode::SEE_OTHER);
        is_closed(&hall, &draft).await;
        // The same for a link of the first applicant that others came after.
        let draft = reopens(&hall, &code, &key).await;
        let check = format!("{draft}/check");
        hall.town.browser().get(&check).await.sees(StatusCode::OK);
        hall.runs(format!("update applications set secret_hash = 'another' where code = '{code}'")).await;
        is_closed(&hall, &draft).await;
    }
}

#[tokio::test]
async fn who_is_signed_in_answers_under_a_secret_of_its_own() {
    for hall in halls().await {
        let olga = hall.parking(&[]).await;
        let amina = hall.town.signed_in("amina@example.org").await;
        let (code, key) = hall.applies(&amina).await;
        hall.acts(&olga, &code, "ask", &[("question", "rent")]).await.sees(StatusCode::SEE_OTHER);
        let begun = amina.post(&format!("/applications/{code}/reopen"), &[]).await.sees(StatusCode::SEE_OTHER);
        let draft = begun.location().rsplit_once('/').unwrap().0.to_owned();
        assert_ne!(draft, format!("/apply/{key}"));
        amina.post(&format!("{draft}/page_rent"), &[("q1", "950")]).await.sees(StatusCode::SEE_OTHER);
        // By the key it goes on under the key, and back.
        let by_key = reopens(&hall, &code, &key).await;
        amina.get(&format!("{draft}/check")).await.sees(StatusCode::NOT_FOUND);
        amina.get(&format!("{by_key}/check")).await.sees(StatusCode::OK).says("950");
        amina.post(&format!("{by_key}/check"), &[]).await.sees(StatusCode::SEE_OTHER);
    }
}

#[tokio::test]
async fn only_the_first_applicant_changes_where_letters_go_and_the_address_before_is_told() {
    for hall in halls().await {
        let (_, code, key, own) = open_again(&hall, &["email", "rent"]).await;
        let (amina, bo) = (hall.town.browser(), hall.town.browser());
        let draft = reopens(&hall, &code, &own).await;
        bo.post(&format!("{draft}/page_email"), &[("q1", "bo@example.org")]).await.sees(StatusCode::SEE_OTHER);
        let no = bo.post(&format!("{draft}/check"), &[]).await.sees(StatusCode::UNPROCESSABLE_ENTITY);
        no.says("Only the first applicant can change the e-mail");
        assert_eq!(hall.town.column("select email from applications").await, ["amina@example.org"]);
        let draft = reopens(&hall, &code, &key).await;
        amina.post(&format!("{draft}/page_email"), &[("q1", "new@example.org")]).await.sees(StatusCode::SEE_OTHER);
        amina.post(&format!("{draft}/check"), &[]).await.sees(StatusCode::SEE_OTHER);
        assert_eq!(hall.town.column("select email from applications").await, ["new@example.org"]);
        let told = hall.town.mails().await.into_iter().map(|mail| mail.mail);
        let told: Vec<_> = told.filter(|mail| mail.subject.contains("go to another address")).collect();
        assert_eq!(told.len(), 1);
        assert_eq!(told[0].to.as_str(), "amina@example.org");
        assert!(!told[0].body_text.contains("new@example.org"));
    }
}

#[tokio::test]
async fn whoever_said_yes_is_told_that_answers_changed() {
    for hall in halls().await {
        let (_, code, key, _) = open_again(&hall, &["rent"]).await;
        let amina = hall.town.browser();
        let draft = reopens(&hall, &code, &key).await;
        amina.post(&format!("{draft}/page_rent"), &[("q1", "950")]).await.sees(StatusCode::SEE_OTHER);
        amina.post(&format!("{draft}/check"), &[]).await.sees(StatusCode::SEE_OTHER);
        let mails = hall.town.mails().await.into_iter().map(|mail| mail.mail);
        let told: Vec<_> = mails.filter(|mail| mail.subject.contains("were changed")).collect();
        let mut to: Vec<&str> = told.iter().map(|mail| mail.to.as_str()).collect();
        to.sort_unstable();
        assert_eq!(to, ["amina@example.org", "bo@example.org"]);
        assert!(told[0].body_text.contains("Monthly rent") && !told[0].body_text.contains("950"), "{:?}", told[0]);
    }
}

#[tokio::test]
async fn nobody_is_named_and_nothing_booked_in_answers_given_again() {
    for hall in halls().await {
        let (_, code, key, _) = open_again(&hall, &["rent"]).await;
        let draft = reopens(&hall, &code, &key).await;
        let who = hall.town.browser();
        who.post(&format!("{draft}/joint"), &[("joint-name", "Dan")]).await.sees(StatusCode::NOT_FOUND);
        who.post(&format!("{draft}/joint"), &[("drop", "x")]).await.sees(StatusCode::NOT_FOUND);
        let slot = [("plan", "x"), ("slot", "2026-01-01T10:00:00Z")];
        who.post(&format!("{draft}/appointment"), &slot).await.sees(StatusCode::NOT_FOUND);
    }
}
