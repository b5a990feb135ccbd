//! What a service asks of each joint applicant.

use crate::town::{Hall, REASONS, halls, hidden};
use axum::http::StatusCode;
use serde_json::json;
use testing::Browser;

const EACH: [(&str, &str); 3] = [("joint-least", "1"), ("joint-most", "2"), ("each-page", "page_rent")];

/// Amina applies with Bo, who has an address, and Cleo, who has none: the reference, Amina's key and Bo's.
async fn apply_together(hall: &Hall, amina: &Browser) -> (String, String, String) {
    let draft = hall.begins(amina).await;
    hall.answers(amina, &draft).await;
    let joint = format!("{draft}/joint");
    amina.post(&joint, &[("joint-name", "Bo"), ("joint-email", "bo@example.org")]).await.sees(StatusCode::SEE_OTHER);
    amina.post(&joint, &[("joint-name", "Cleo"), ("joint-email", "")]).await.sees(StatusCode::SEE_OTHER);
    let sent = amina.post(&format!("{draft}/check"), &[]).await.sees(StatusCode::SEE_OTHER);
    let (path, key) = sent.location().split_once("?key=").unwrap();
    let code = path.strip_prefix("/applications/").unwrap().strip_suffix("/receipt").unwrap().to_owned();
    let mails = hall.town.mails().await;
    let mail = mails.iter().find(|mail| mail.mail.to.as_str() == "bo@example.org").unwrap();
    let (_, own) = mail.mail.body_text.split_once("?key=").unwrap();
    (code, key.to_owned(), own.split_whitespace().next().unwrap().to_owned())
}

async fn kept(hall: &Hall) -> Vec<String> {
    hall.town.column("select answers from co_applicants where answers <> '' order by name").await
}

#[tokio::test]
async fn each_answers_for_themselves_before_they_confirm_and_who_applies_reads_it() {
    for hall in halls().await {
        let olga = hall.parking(&EACH).await;
        let (amina, bo) = (hall.town.browser(), hall.town.browser());
        let (code, key, own) = apply_together(&hall, &amina).await;
        let (page, mine) = (format!("/applications/{code}"), format!("/applications/{code}?key={own}"));
        bo.get(&mine).await.sees(StatusCode::OK).says("This is asked of everybody").says("Monthly rent");
        // No yes without the answer, and none with a wrong one; what was typed is still there.
        let confirm = format!("{page}/joint/confirm");
        for (typed, sentence) in [("", "Monthly rent"), ("much", "value=\"much\"")] {
            let no = bo.post(&confirm, &[("key", &own), ("q1", typed)]).await.sees(StatusCode::UNPROCESSABLE_ENTITY);
            no.says(sentence).says("Yes, I apply too");
        }
        assert!(kept(&hall).await.is_empty());
        let states = hall.town.column("select state from co_applicants").await;
        assert_eq!(states, ["asked", "asked"]);
        bo.post(&confirm, &[("key", &own), ("q1", "12.34")]).await.sees(StatusCode::SEE_OTHER);
        assert_eq!(kept(&hall).await, ["{\"rent\":1234}"]);
        // Shown to the first applicant, to the office and to who confirmed; not to who was only named.
        amina.get(&format!("{page}?key={key}")).await.says("What they answered").says("12.34");
        bo.get(&mine).await.says("12.34");
        hall.opens(&olga, &code).await.says("12.34");
        let program = amina.get(&format!("{page}.json?key={key}")).await.json();
        assert_eq!(program["joint"][0]["answers"], json!({"rent": 1234}), "{program}");
        assert!(program["joint"][1]["answers"].is_null(), "{program}");
        assert_eq!(program["answers"]["rent"], 70_050, "the first applicant's own answer stays");
        // Said twice changes nothing; taken back, it is gone.
        bo.post(&confirm, &[("key", &own), ("q1", "99")]).await.sees(StatusCode::SEE_OTHER);
        assert_eq!(kept(&hall).await, ["{\"rent\":1234}"]);
        bo.post(&format!("{page}/joint/decline"), &[("key", &own)]).await.sees(StatusCode::SEE_OTHER);
        assert!(kept(&hall).await.is_empty());
        amina.get(&format!("{page}?key={key}")).await.never_says("12.34");
        // A program says it by the name of the question.
        let said = json!({"key": own, "rent": "20"});
        let seen = bo.post_json(&format!("{confirm}.json"), &said).await.sees(StatusCode::OK).json();
        assert_eq!(seen["joint"][0]["answers"]["rent"], 2_000, "{seen}");
    }
}

#[tokio::test]
async fn at_the_counter_the_officer_types_it_in() {
    for hall in halls().await {
        let olga = hall.parking(&EACH).await;
        let (amina, bo) = (hall.town.browser(), hall.town.browser());
        let (code, key, own) = apply_together(&hall, &amina).await;
        bo.post(&format!("/applications/{code}/joint/confirm"), &[("key", &own), ("q1", "1")]).await;
        let who = hall.town.column("select id from co_applicants where name = 'Cleo'").await.remove(0);
        let counter = format!("/desk/services/{code}/joint/{who}");
        // Not before somebody says why they open it, and not for another office.
        olga.get(&counter).await.never_says("Monthly rent");
        let bins = hall.town.agency("bins", "Bins").await;
        let ben = hall.town.holder("ben@example.org", civic::Role::Officer, Some(&bins)).await;
        ben.get(&counter).await.sees(StatusCode::NOT_FOUND);
        ben.post(&counter, &[("q1", "5")]).await.sees(StatusCode::NOT_FOUND);
        hall.opens(&olga, &code).await.says(&format!("href=\"{counter}\""));
        olga.get(&counter).await.sees(StatusCode::OK).says("Cleo").says("Monthly rent").says("person in front of you");
        let no = olga.post(&counter, &[("q1", "much")]).await.sees(StatusCode::UNPROCESSABLE_ENTITY);
        no.says("value=\"much\"").says("Is here and confirms");
        olga.post(&counter, &[]).await.sees(StatusCode::UNPROCESSABLE_ENTITY);
        let grant = [("outcome", "granted"), REASONS];
        hall.acts(&olga, &code, "decide", &grant).await.sees(StatusCode::CONFLICT).says("Cleo must say first");
        olga.post(&counter, &[("q1", "33.30")]).await.sees(StatusCode::SEE_OTHER);
        olga.get(&counter).await.sees(StatusCode::OK);
        hall.opens(&olga, &code).await.says("33.30").says("confirmed at the counter");
        bo.get(&format!("/applications/{code}?key={own}")).await.says("33.30");
        hall.acts(&olga, &code, "decide", &grant).await.sees(StatusCode::SEE_OTHER);
        olga.get(&counter).await.sees(StatusCode::NOT_FOUND);
        amina.get(&format!("/applications/{code}?key={key}")).await.says("33.30");
        // Erased with the application.
        hall.runs("update applications set state = 'closed', is_open = false, state_at = 1".to_owned()).await;
        let room = services::room();
        let run = room.retention.iter().find(|rule| rule.name == "services.applications").unwrap().run;
        let now = hall.town.town.now();
        let erased = hall.town.town.db().write(move |tx| {
            let erased = run(tx, now, 10)?;
            tx.commit(database::OffRecord("a test"), erased)
        });
        assert_eq!(erased.await.map_err(|error: database::DbError| error).unwrap(), 1);
        assert!(hall.town.column("select id from co_applicants").await.is_empty());
    }
}

#[tokio::test]
async fn only_a_page_that_rests_on_nothing_else_is_asked_of_each() {
    for hall in halls().await {
        let olga = hall.parking(&EACH).await;
        for wrong in ["page_year", "page_owner", "page_nothing"] {
            let no = hall.keep(&olga, "parking", &[("joint-most", "2"), ("each-page", wrong)]).await;
            no.sees(StatusCode::UNPROCESSABLE_ENTITY).says("is asked a page of the form").says("href=\"#each-page\"");
        }
        olga.get("/admin/services/parking").await.says("page_rent").never_says("value=\"page_year\"");
        // The page cannot be taken out while it is asked of each.
        hall.keep(&olga, "parking", &[("joint-most", "2"), ("each-page", "page_sign")])
            .await
            .sees(StatusCode::SEE_OTHER);
        let version = hidden(&olga.get("/admin/services/parking/form").await.text, "version");
        let out = [("version", version.as_str()), ("act", "remove"), ("target", "sign")];
        let refused = olga.post("/admin/services/parking/form", &out).await.sees(StatusCode::UNPROCESSABLE_ENTITY);
        refused.says("is asked a page of the form");
        hall.keep(&olga, "parking", &[("joint-most", "2"), ("each-page", "")]).await.sees(StatusCode::SEE_OTHER);
        hall.publish(&olga, "parking").await.sees(StatusCode::SEE_OTHER);
        let (code, _, own) = apply_together(&hall, &hall.town.browser()).await;
        let bo = hall.town.browser();
        bo.get(&format!("/applications/{code}?key={own}")).await.never_says("This is asked of everybody");
        bo.post(&format!("/applications/{code}/joint/confirm"), &[("key", &own), ("q1", "5")]).await;
        assert!(kept(&hall).await.is_empty(), "what nobody asked is not kept");
    }
}

#[tokio::test]
async fn the_key_of_a_link_is_no_answer() {
    for hall in halls().await {
        let olga = hall.parking(&[]).await;
        let version = hall.stamp(&olga, "parking").await;
        // One that need not be answered.
        let question =
            [("version", version.as_str()), ("act", "add"), ("kind", "text"), ("label-en", "Its key"), ("name", "key")];
        olga.post("/admin/services/parking/form", &question).await.sees(StatusCode::SEE_OTHER);
        let each = [("joint-most", "2"), ("each-page", "page_key")];
        hall.keep(&olga, "parking", &each).await.sees(StatusCode::SEE_OTHER);
        hall.publish(&olga, "parking").await.sees(StatusCode::SEE_OTHER);
        let (code, _, own) = apply_together(&hall, &hall.town.browser()).await;
        let confirm = format!("/applications/{code}/joint/confirm");
        hall.town.browser().post(&confirm, &[("key", &own), ("q1", "")]).await.sees(StatusCode::SEE_OTHER);
        assert!(kept(&hall).await.is_empty(), "the secret of the link was kept");
    }
}

#[tokio::test]
async fn what_they_answered_is_in_the_export_and_goes_with_the_account() {
    for hall in halls().await {
        hall.parking(&EACH).await;
        let amina = hall.town.signed_in("amina@example.org").await;
        let (code, _, own) = apply_together(&hall, &amina).await;
        let said = [("key", own.as_str()), ("q1", "98.76")];
        let confirm = format!("/applications/{code}/joint/confirm");
        hall.town.browser().post(&confirm, &said).await.sees(StatusCode::SEE_OTHER);
        let export = amina.get("/me/export").await.sees(StatusCode::OK).json();
        assert!(export.to_string().contains("\"answers\":{\"rent\":9876}"), "{export}");
        amina.post("/me/erase", &[("agreed", "yes"), ("sure", "yes")]).await;
        assert!(hall.town.column("select id from co_applicants").await.is_empty());
    }
}
