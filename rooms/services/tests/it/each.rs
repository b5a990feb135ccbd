//! What a service asks of each joint applicant.

use crate::town::{Hall, REASONS, halls, hidden};
use axum::http::StatusCode;
use serde_json::json;

const EACH: [(&str, &str); 3] = [("joint-least", "1"), ("joint-most", "2"), ("each-page", "page_rent")];

async fn kept(hall: &Hall) -> Vec<String> {
    hall.town.column("select answers from co_applicants where answers <> '' order by name").await
}

#[tokio::test]
async fn each_answers_for_themselves_before_they_confirm_and_who_applies_reads_it() {
    for hall in halls().await {
        let olga = hall.parking(&EACH).await;
        let (amina, bo) = (hall.town.browser(), hall.town.browser());
        let (code, key, own) = hall.applies_together(&amina).await;
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
        // Taken back, it is gone.
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
        let (code, key, own) = hall.applies_together(&amina).await;
        bo.post(&format!("/applications/{code}/joint/confirm"), &[("key", &own), ("q1", "1")]).await;
        let who = hall.town.column("select id from co_applicants where name = 'Cleo'").await.remove(0);
        let counter = format!("/desk/services/{code}/joint/{who}");
        // Not before somebody says why they open it, and not for another office.
        olga.get(&counter).await.never_says("Monthly rent");
        let bins = hall.town.agency("bins", "Bins").await;
        let ben = hall.town.holder("ben@example.org", civic::Role::Officer, Some(&bins)).await;
        ben.get(&counter).await.sees(StatusCode::NOT_FOUND);
        ben.post(&counter, &[("version", "2"), ("q1", "5")]).await.sees(StatusCode::NOT_FOUND);
        hall.opens(&olga, &code).await.says(&format!("href=\"{counter}\""));
        let asked = olga.get(&counter).await.sees(StatusCode::OK).says("Cleo").says("Monthly rent");
        let asked = asked.says("person in front of you").says("not yet confirmed");
        let version = hidden(&asked.text, "version");
        let at = |rent| [("version", version.as_str()), ("q1", rent)];
        let no = olga.post(&counter, &at("much")).await.sees(StatusCode::UNPROCESSABLE_ENTITY);
        no.says("value=\"much\"").says("Is here and confirms");
        olga.post(&counter, &at("")).await.sees(StatusCode::UNPROCESSABLE_ENTITY);
        let grant = [("outcome", "granted"), REASONS];
        hall.acts(&olga, &code, "decide", &grant).await.sees(StatusCode::CONFLICT).says("Cleo must say first");
        olga.post(&counter, &at("33.30")).await.sees(StatusCode::SEE_OTHER);
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
async fn who_says_yes_again_with_other_answers_changes_them_until_it_is_decided() {
    for hall in halls().await {
        let olga = hall.parking(&EACH).await;
        let bo = hall.town.browser();
        let (code, _, own) = hall.applies_together(&hall.town.browser()).await;
        let confirm = format!("/applications/{code}/joint/confirm");
        let say = |rent| [("key", own.as_str()), ("q1", rent)];
        for _ in 0..2 {
            bo.post(&confirm, &say("12.34")).await.sees(StatusCode::SEE_OTHER);
        }
        let version = hidden(&hall.opens(&olga, &code).await.text, "version");
        bo.post(&confirm, &say("99")).await.sees(StatusCode::SEE_OTHER);
        assert_eq!(kept(&hall).await, ["{\"rent\":9900}"]);
        let steps =
            hall.town.column("select what from application_steps where what like 'joint-%' order by what").await;
        assert_eq!(steps, ["joint-answered", "joint-confirmed"], "said twice, noted once; changed, noted");
        // Who decides on a page that shows the answers of before is told so.
        let refuse = [("version", version.as_str()), ("outcome", "refused"), REASONS];
        olga.post(&format!("/desk/services/{code}/decide"), &refuse).await.sees(StatusCode::CONFLICT);
        hall.opens(&olga, &code).await.says("What a joint applicant answered was changed").says("99");
        // What cannot be read changes nothing, and is said where there is no field to lead to.
        let no = bo.post(&confirm, &say("much")).await.sees(StatusCode::UNPROCESSABLE_ENTITY);
        no.says("Monthly rent").never_says("href=\"#q1\"");
        let cleo = hall.town.column("select id from co_applicants where name = 'Cleo'").await.remove(0);
        let counter = format!("/desk/services/{code}/joint/{cleo}");
        let version = hidden(&olga.get(&counter).await.text, "version");
        olga.post(&counter, &[("version", &version), ("q1", "5")]).await.sees(StatusCode::SEE_OTHER);
        hall.acts(&olga, &code, "decide", &[("outcome", "granted"), REASONS]).await.sees(StatusCode::SEE_OTHER);
        bo.post(&confirm, &say("99")).await.sees(StatusCode::SEE_OTHER);
        let late = bo.post(&confirm, &say("100")).await.sees(StatusCode::CONFLICT);
        late.says("can no longer be changed");
        assert_eq!(kept(&hall).await, ["{\"rent\":9900}", "{\"rent\":500}"]);
    }
}

/// What an officer sends from the counter's page.
fn typed<'t>(version: &'t str, rent: &'t str) -> [(&'t str, &'t str); 2] {
    [("version", version), ("q1", rent)]
}

#[tokio::test]
async fn the_counter_overwrites_nothing_that_it_did_not_show() {
    for hall in halls().await {
        let olga = hall.parking(&EACH).await;
        let bo = hall.town.browser();
        let (code, _, own) = hall.applies_together(&hall.town.browser()).await;
        let who = hall.town.column("select id from co_applicants where name = 'Bo'").await.remove(0);
        let counter = format!("/desk/services/{code}/joint/{who}");
        hall.opens(&olga, &code).await;
        let seen = hidden(&olga.get(&counter).await.text, "version");
        // Meanwhile Bo says so by the link.
        let said = [("key", own.as_str()), ("q1", "12.34")];
        bo.post(&format!("/applications/{code}/joint/confirm"), &said).await.sees(StatusCode::SEE_OTHER);
        for version in [seen.as_str(), "", "x"] {
            let stale = olga.post(&counter, &typed(version, "5")).await.sees(StatusCode::CONFLICT);
            // Beside what was typed stands what is kept.
            stale.says("Somebody else changed this application").says("value=\"5\"").says("12.34").says("applies too");
        }
        assert_eq!(kept(&hall).await, ["{\"rent\":1234}"]);
        // The same as Bo said is no change.
        olga.post(&counter, &typed(&seen, "12.34")).await.sees(StatusCode::SEE_OTHER);
        let now = olga.get(&counter).await.sees(StatusCode::OK).says("value=\"12.34\"");
        olga.post(&counter, &typed(&hidden(&now.text, "version"), "5")).await.sees(StatusCode::SEE_OTHER);
        assert_eq!(kept(&hall).await, ["{\"rent\":500}"]);
        // Decided meanwhile: there is nothing to type in any more.
        let cleo = hall.town.column("select id from co_applicants where name = 'Cleo'").await.remove(0);
        let counter = format!("/desk/services/{code}/joint/{cleo}");
        let seen = hidden(&olga.get(&counter).await.text, "version");
        olga.post(&counter, &typed(&seen, "6")).await.sees(StatusCode::SEE_OTHER);
        hall.acts(&olga, &code, "decide", &[("outcome", "granted"), REASONS]).await.sees(StatusCode::SEE_OTHER);
        olga.post(&counter, &typed(&seen, "7")).await.sees(StatusCode::CONFLICT);
        assert_eq!(kept(&hall).await, ["{\"rent\":500}", "{\"rent\":600}"]);
    }
}

#[tokio::test]
async fn refusals_name_the_question_in_the_language_of_who_reads_them() {
    for hall in halls().await {
        let olga = hall.parking(&[]).await;
        let question = [("kind", "text"), ("label-en", "Your plate"), ("label-es", "Su matrícula"), ("name", "plate")];
        hall.question(&olga, "parking", &question).await.sees(StatusCode::SEE_OTHER);
        // Amina applies in English; of each joint applicant the new page is asked.
        let each = [("joint-most", "2"), ("each-page", "page_plate")];
        hall.keep(&olga, "parking", &each).await.sees(StatusCode::SEE_OTHER);
        hall.publish(&olga, "parking").await.sees(StatusCode::SEE_OTHER);
        let amina = hall.town.browser();
        let draft = hall.begins(&amina).await;
        hall.answers(&amina, &draft).await;
        amina.post(&format!("{draft}/page_plate"), &[("q1", "M 1234")]).await.sees(StatusCode::SEE_OTHER);
        let named = [("joint-name", "Bo"), ("joint-email", "bo@example.org")];
        amina.post(&format!("{draft}/joint"), &named).await.sees(StatusCode::SEE_OTHER);
        amina.post(&format!("{draft}/check"), &[]).await.sees(StatusCode::SEE_OTHER);
        let (_, link) = hall.links().await.pop().unwrap();
        let (code, own) = link.strip_prefix("/applications/").unwrap().split_once("?key=").unwrap();
        let confirm = format!("/applications/{code}/joint/confirm");
        let bo = hall.town.browser().reading("es");
        let no = bo.post(&format!("{confirm}.json"), &[("key", own)]).await.sees(StatusCode::UNPROCESSABLE_ENTITY);
        no.says("Su matrícula").never_says("Your plate");
        let no = bo.post(&confirm, &[("key", own)]).await.sees(StatusCode::UNPROCESSABLE_ENTITY);
        no.says("Su matrícula").never_says("Your plate");
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
        refused.says("is asked a page of the form").never_says("href=\"#each-page\"");
        hall.keep(&olga, "parking", &[("joint-most", "2"), ("each-page", "")]).await.sees(StatusCode::SEE_OTHER);
        hall.publish(&olga, "parking").await.sees(StatusCode::SEE_OTHER);
        let (code, _, own) = hall.applies_together(&hall.town.browser()).await;
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
        let (code, _, own) = hall.applies_together(&hall.town.browser()).await;
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
        let (code, _, own) = hall.applies_together(&amina).await;
        let said = [("key", own.as_str()), ("q1", "98.76")];
        let confirm = format!("/applications/{code}/joint/confirm");
        hall.town.browser().post(&confirm, &said).await.sees(StatusCode::SEE_OTHER);
        let export = amina.get("/me/export").await.sees(StatusCode::OK).json();
        assert!(export.to_string().contains("\"answers\":{\"rent\":9876}"), "{export}");
        amina.post("/me/erase", &[("agreed", "yes"), ("sure", "yes")]).await;
        assert!(hall.town.column("select id from co_applicants").await.is_empty());
    }
}
