//! Nobody decides for themselves, and whoever types for somebody is named.

use crate::town::{Hall, REASONS, halls};
use axum::http::StatusCode;
use testing::Browser;

/// Everything an officer could do with an application is refused with the same sentence, and nothing of it shown.
async fn may_do_nothing(hall: &Hall, officer: &Browser, code: &str) {
    let desk = format!("/desk/services/{code}");
    let sentence = "a colleague handles this application";
    officer.get(&desk).await.sees(StatusCode::FORBIDDEN).says(sentence).never_says("700.50");
    let version = hall.town.column("select cast(version as text) from applications").await.pop().unwrap();
    for act in ["look", "take", "ask", "decide", "confirm", "send-back", "note", "letter", "decide-appeal", "fee/waive"]
    {
        let fields = [
            ("version", version.as_str()),
            ("why", "working"),
            ("outcome", "granted"),
            ("fee-version", "1"),
            ("reason", "A reason that is long enough"),
            REASONS,
        ];
        officer.post(&format!("{desk}/{act}"), &fields).await.sees(StatusCode::FORBIDDEN).says(sentence);
    }
    let several = [("pick", code), ("batch", "b"), ("text", "Dear all"), ("why", "working"), ("stage", "send")];
    officer.post("/desk/services/letters", &several).await.sees(StatusCode::CONFLICT).says(sentence);
    assert!(hall.town.column("select why from application_looks where why <> 'entered'").await.is_empty());
}

#[tokio::test]
async fn an_officer_does_nothing_with_what_they_apply_for_themselves() {
    for hall in halls().await {
        hall.parking(&[]).await;
        // Amina is an officer and gives another address: it is her account.
        let amina = hall.officer("amalia").await;
        let (code, _) = hall.applies(&amina).await;
        may_do_nothing(&hall, &amina, &code).await;
        // Whoever applies without signing in is known by the address they gave.
        hall.runs("update applications set person_id = null".to_owned()).await;
        let amina = hall.officer("amina").await;
        may_do_nothing(&hall, &amina, &code).await;
        let peter = hall.officer("peter").await;
        hall.acts(&peter, &code, "decide", &[("outcome", "granted"), REASONS]).await.sees(StatusCode::SEE_OTHER);
    }
}

#[tokio::test]
async fn nor_with_what_they_apply_for_together_with_others() {
    for hall in halls().await {
        hall.parking(&[("joint-least", "1"), ("joint-most", "2")]).await;
        let bo = hall.officer("bo").await;
        let (code, _, own) = hall.applies_together(&hall.town.browser()).await;
        may_do_nothing(&hall, &bo, &code).await;
        let who = hall.town.column("select id from co_applicants where email is null").await.pop().unwrap();
        bo.post(&format!("/desk/services/{code}/joint/{who}"), &[("version", "1")]).await.sees(StatusCode::FORBIDDEN);
        // Whoever says that they do not apply has no part in it.
        bo.post(&format!("/applications/{code}/joint/decline"), &[("key", &own)]).await.sees(StatusCode::SEE_OTHER);
        hall.acts(&bo, &code, "decide", &[("outcome", "refused"), REASONS]).await.sees(StatusCode::SEE_OTHER);
    }
}

#[tokio::test]
async fn nothing_is_shared_out_to_whoever_applies() {
    for hall in halls().await {
        let olga = hall.parking(&[("joint-least", "1"), ("joint-most", "2")]).await;
        let bo = hall.officer("bo").await;
        let share = [("agency", "streets"), ("shares", "yes")];
        olga.post("/desk/services/team/shares", &share).await.sees(StatusCode::SEE_OTHER);
        let olgas = hall.town.column("select handle from people where email = 'olga@example.org'").await;
        for _ in 0..3 {
            hall.applies_together(&hall.town.browser()).await;
        }
        assert_eq!(hall.town.column("select distinct officer from applications").await, olgas);
        hall.runs("update applications set officer = ''".to_owned()).await;
        bo.post("/desk/services/team/share", &[("agency", "streets")]).await.sees(StatusCode::SEE_OTHER);
        assert_eq!(hall.town.column("select distinct officer from applications").await, olgas);
    }
}

/// An application that a clerk typed at the counter: its reference and key.
async fn enters(hall: &Hall, clerk: &Browser) -> (String, String) {
    let begun = clerk.post("/services/parking/apply", &[("channel", "counter")]).await.sees(StatusCode::SEE_OTHER);
    let draft = begun.location().rsplit_once('/').unwrap().0.to_owned();
    hall.answers(clerk, &draft).await;
    let sent = clerk.post(&format!("{draft}/check"), &[]).await.sees(StatusCode::SEE_OTHER);
    let (path, key) = sent.location().split_once("?key=").unwrap();
    let code = path.strip_prefix("/applications/").unwrap().strip_suffix("/receipt").unwrap();
    (code.to_owned(), key.to_owned())
}

#[tokio::test]
async fn who_typed_it_is_named_to_the_applicant_and_to_the_office() {
    for hall in halls().await {
        let olga = hall.parking(&[]).await;
        let (code, key) = enters(&hall, &olga).await;
        let handle =
            hall.town.column("select handle from people where email = 'olga@example.org'").await.pop().unwrap();
        let own = hall.town.browser().get(&format!("/applications/{code}?key={key}")).await.sees(StatusCode::OK);
        own.says(&format!("Entered for you by {handle}")).says("entered it for the applicant");
        let view = hall.town.browser().get(&format!("/applications/{code}.json?key={key}")).await.json();
        assert_eq!((view["entered_by"].as_str(), view["channel"].as_str()), (Some(handle.as_str()), Some("counter")));
        assert_eq!(hall.town.column("select actor from application_steps where what = 'filed'").await, [handle]);
        // To open it again, she says why like everybody.
        olga.get(&format!("/desk/services/{code}")).await.says("Why do you open this application?");
        hall.opens(&olga, &code).await.says("Entered by");
        // What the applicant writes is theirs.
        let (code, key) = hall.applies(&hall.town.browser()).await;
        let view = hall.town.browser().get(&format!("/applications/{code}.json?key={key}")).await.json();
        assert!(view["entered_by"].is_null());
    }
}

#[tokio::test]
async fn where_two_decide_the_clerk_who_typed_it_is_neither() {
    for hall in halls().await {
        let olga = hall.parking(&[("four-eyes", "yes")]).await;
        let (peter, quinn) = (hall.officer("peter").await, hall.officer("quinn").await);
        let (code, _) = enters(&hall, &olga).await;
        let grant = [("outcome", "granted"), REASONS];
        let no = hall.acts(&olga, &code, "decide", &grant).await.sees(StatusCode::UNPROCESSABLE_ENTITY);
        no.says("You entered this application for the applicant");
        hall.acts(&peter, &code, "decide", &grant).await.sees(StatusCode::SEE_OTHER);
        hall.acts(&olga, &code, "confirm", &[]).await.sees(StatusCode::UNPROCESSABLE_ENTITY);
        hall.acts(&quinn, &code, "confirm", &[]).await.sees(StatusCode::SEE_OTHER);
        assert_eq!(hall.town.column("select state from applications").await, ["decided"]);
    }
}
