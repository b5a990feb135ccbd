//! Who lost their private link gets another, and nobody learns anything by asking.

use crate::town::{Hall, REASONS, halls};
use axum::http::StatusCode;
use serde_json::json;

const ASK: &str = "/applications/link";

/// The paths of the links that were sent anew, the newest first.
async fn links(hall: &Hall) -> Vec<String> {
    let all = hall.town.mails().await.into_iter().map(|mail| mail.mail);
    let new = all.filter(|mail| mail.subject.contains("a new private link"));
    new.map(|mail| {
        assert_eq!(mail.to.as_str(), "amina@example.org");
        let (_, rest) = mail.body_text.split_once("/applications/").unwrap();
        format!("/applications/{}", rest.split_whitespace().next().unwrap())
    })
    .collect()
}

#[tokio::test]
async fn a_fresh_link_goes_to_the_filed_address_and_the_answer_tells_nothing() {
    for hall in halls().await {
        let olga = hall.parking(&[]).await;
        let visitor = hall.town.browser();
        let (code, key) = hall.applies(&visitor).await;
        let anybody = hall.town.browser();
        anybody.get(&format!("{ASK}?code={code}")).await.sees(StatusCode::OK).says("A new private link").says(&code);
        anybody.post(ASK, &[]).await.sees(StatusCode::UNPROCESSABLE_ENTITY).says("Write the reference");
        let known = anybody.post(ASK, &[("code", &code.to_lowercase())]).await.sees(StatusCode::OK);
        let unknown = anybody.post(ASK, &[("code", "A-NOBODY")]).await.sees(StatusCode::OK);
        let again = anybody.post(ASK, &[("code", &code)]).await.sees(StatusCode::OK);
        let main = |text: &str| text.split_once("<main").unwrap().1.to_owned();
        assert_eq!(main(&known.text), main(&unknown.text));
        assert_eq!(main(&known.text), main(&again.text));
        known.never_says(&code).never_says("amina@example.org").never_says("key=");
        let both = ["A-NOBODY", code.as_str()].map(|code| json!({"code": code}));
        for body in &both {
            let said = anybody.post_json(&format!("{ASK}.json"), body).await.sees(StatusCode::OK).json();
            assert_eq!(said, json!({"asked": true}));
        }
        // One an hour, and the link of the receipt stays.
        let sent = links(&hall).await;
        assert_eq!(sent.len(), 1);
        visitor.get(&sent[0]).await.sees(StatusCode::OK).says("700.50");
        visitor.get(&format!("/applications/{code}?key={key}")).await.sees(StatusCode::OK).says("700.50");
        for _ in 0..4 {
            hall.town.clock.advance_seconds(3_600);
            anybody.post(ASK, &[("code", &code)]).await.sees(StatusCode::OK);
        }
        let all = links(&hall).await;
        assert_eq!(all.len(), 5);
        let mut open = 0;
        for link in &all {
            open += i32::from(visitor.get(link).await.status == StatusCode::OK);
        }
        assert_eq!(open, 3, "only the last few open anything");
        // By it one appeals.
        let refuse = [("outcome", "refused"), REASONS];
        hall.acts(&olga, &code, "decide", &refuse).await.sees(StatusCode::SEE_OTHER);
        hall.town.clock.advance_seconds(3_600);
        anybody.post(ASK, &[("code", &code)]).await.sees(StatusCode::OK);
        let hashes = hall.town.column("select secret_hash from application_keys").await;
        assert!(hashes.iter().all(|hash| all.iter().all(|link| !link.contains(hash.as_str()))), "only hashes are kept");
        let before: Vec<String> = all;
        let new = links(&hall).await.into_iter().find(|link| !before.contains(link)).unwrap();
        let fresh = new.split_once("?key=").unwrap().1.to_owned();
        let appeal = [("key", fresh.as_str()), ("text", "I do live there.")];
        visitor.post(&format!("/applications/{code}/appeal"), &appeal).await.sees(StatusCode::SEE_OTHER);
    }
}

#[tokio::test]
async fn every_letter_says_how_to_get_a_link_and_an_appeal_is_answered_with_one() {
    for hall in halls().await {
        let olga = hall.parking(&[]).await;
        let visitor = hall.town.browser();
        let (code, key) = hall.applies(&visitor).await;
        hall.acts(&olga, &code, "ask", &[("text", "A photo of the registration")]).await.sees(StatusCode::SEE_OTHER);
        let page = format!("/applications/{code}");
        visitor.post(&format!("{page}/answer"), &[("key", &key), ("text", "Here")]).await.sees(StatusCode::SEE_OTHER);
        hall.acts(&olga, &code, "decide", &[("outcome", "refused"), REASONS]).await.sees(StatusCode::SEE_OTHER);
        let appeal = [("key", key.as_str()), ("text", "I moved here in May")];
        visitor.post(&format!("{page}/appeal"), &appeal).await.sees(StatusCode::SEE_OTHER);
        let all: Vec<_> = hall.town.mails().await.into_iter().map(|mail| mail.mail).collect();
        for subject in ["something is missing", "decision on", "your appeal in"] {
            let found = all.iter().find(|mail| mail.subject.contains(subject)).unwrap();
            let body = &found.body_text;
            assert!(body.contains(&format!("/applications/link?code={code}")) && !body.contains("key="), "{body}");
        }
        let came = all.iter().find(|mail| mail.subject.contains("your appeal in")).unwrap();
        assert!(came.body_text.contains("I moved here in May") && came.to.as_str() == "amina@example.org");
    }
}

#[tokio::test]
async fn who_is_erased_or_gave_no_address_gets_nothing() {
    for hall in halls().await {
        hall.parking(&[]).await;
        let amina = hall.town.browser();
        let (code, _) = hall.applies(&amina).await;
        hall.runs(format!("update applications set email = null where code = '{code}'")).await;
        amina.post(ASK, &[("code", &code)]).await.sees(StatusCode::OK).says("If there is an application");
        assert!(links(&hall).await.is_empty());
        assert!(hall.town.column("select code from application_keys").await.is_empty());
    }
}
