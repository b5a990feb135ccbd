use crate::town::towns;
use database::DbError;
use people::mail::{self, Mail};
use web::Town;

async fn put(town: &Town, subject: &str) -> civic::MailId {
    let mail =
        Mail { to: "amina@example.org".parse().unwrap(), subject: subject.to_owned(), body_text: "Hello".to_owned() };
    let (now, chance) = (town.now(), town.chance_handle());
    let put = town.db().write(move |tx| {
        let id = mail::put(tx, &mail, now, &*chance)?;
        tx.commit(database::test_support::OFF_RECORD, id)
    });
    put.await.map_err(|error: DbError| error).unwrap()
}

#[tokio::test]
async fn a_subject_cannot_add_a_header() {
    for town in towns() {
        put(&town.town, "Your request\r\nBcc: everybody@example.org\u{2028}\0end").await;
        let mails = town.mails().await;
        assert_eq!(mails[0].mail.subject, "Your request Bcc: everybody@example.org end");
    }
}

#[tokio::test]
async fn the_job_sends_a_mail_once() {
    for town in towns() {
        let id = put(&town.town, "Hello").await;
        let job = mail::job_kind();
        let payload = serde_json::json!({ "mail": id });
        (job.run)(town.town.clone(), payload.clone()).await.unwrap();
        let sent_at = town.mails().await[0].sent_at;
        assert_eq!(sent_at, Some(town.town.now()));
        town.clock.advance_seconds(60);
        (job.run)(town.town.clone(), payload).await.unwrap();
        assert_eq!(town.mails().await[0].sent_at, sent_at, "a job that runs twice sends once");
        assert!((job.run)(town.town.clone(), serde_json::json!({ "mail": "nonsense" })).await.is_err());
    }
}

#[test]
fn settings_that_cannot_work_are_found_before_the_first_mail() {
    let settings = |url: Option<&str>, from: &str| people::MailSettings {
        smtp_url: url.map(str::to_owned),
        from: from.to_owned(),
    };
    assert_eq!(settings(None, "Town <town@example.org>").check(), Ok(()));
    assert_eq!(settings(Some("smtps://me:secret@mail.example.org"), "town@example.org").check(), Ok(()));
    assert!(settings(None, "no address").check().is_err());
    let refused = settings(Some("gopher://me:secret@mail"), "town@example.org").check().unwrap_err();
    assert!(!refused.contains("secret"));
}
