//! The job that brings a mail to the mail server.

use super::{Mail, by_id};
use civic::{MailId, Moment};
use database::{DbError, OffRecord, params};
use lettre::{
    Message, SmtpTransport, Transport,
    message::{
        Mailbox,
        header::{ContentType, HeaderName, HeaderValue, MIME_VERSION_1_0},
    },
};
use serde_json::Value;
use std::{sync::Arc, time::Duration};
use web::{Town, manifest::JobKind};

/// The kind of the job.
pub const MAIL_SEND: &str = "mail.send";

/// How mail leaves the town; a part of the [`Town`].
#[derive(Debug, Clone)]
pub struct MailSettings {
    /// The mail server, as `smtps://name:password@mail.example.org`. `None` in demo and tests:
    /// mails then stay in the outbox, as if sent.
    pub smtp_url: Option<String>,
    /// From whom mails come, as `Springfield <noreply@example.org>`.
    pub from: String,
}

impl MailSettings {
    /// Checks that mail could be sent with these settings, without sending any.
    ///
    /// # Errors
    /// A sentence that says which setting cannot be read. It never repeats the password.
    pub fn check(&self) -> Result<(), String> {
        self.sender()?;
        self.smtp_url.as_deref().map_or(Ok(()), |url| transport(url).map(|_| ()))
    }

    /// Goes to the mail server, says who we are and leaves again, without sending anything. Waits for at most `patience`.
    ///
    /// # Errors
    /// A sentence that says why nothing could be sent; never the password. Without a mail server nothing is asked.
    pub fn reach(&self, patience: Duration) -> Result<(), String> {
        let Some(url) = self.smtp_url.as_deref() else { return Ok(()) };
        let builder = SmtpTransport::from_url(url).map_err(|_| unreadable())?;
        match builder.timeout(Some(patience)).build().test_connection() {
            Ok(true) => Ok(()),
            Ok(false) => Err("the mail server does not answer as one".to_owned()),
            Err(error) => Err(without_addresses(&format!("the mail server cannot be reached: {error}"))),
        }
    }

    fn sender(&self) -> Result<Mailbox, String> {
        self.from.parse().map_err(|_| format!("“{}” is not a sender: write Name <name@example.org>", self.from))
    }
}

/// The job `mail.send`: sends the mail once; what fails is tried again by the runner.
pub fn job_kind() -> JobKind {
    JobKind::asked(MAIL_SEND, Arc::new(|town, payload| Box::pin(async move { send(&town, &payload).await })))
}

async fn send(town: &Town, payload: &Value) -> Result<(), String> {
    let id: MailId = payload["mail"].as_str().unwrap_or_default().parse().map_err(|error| format!("{error}"))?;
    let written = town.db().read(move |tx| by_id(tx, id)).await.map_err(|error| error.to_string())?;
    // A mail that is gone was erased with its reader, or forgotten: nothing is left to do.
    let Some(written) = written.filter(|written| written.sent_at.is_none()) else { return Ok(()) };
    let settings = town.part::<MailSettings>().clone();
    let leaves = settings.smtp_url.is_some();
    if leaves {
        let sent =
            tokio::task::spawn_blocking(move || deliver(&settings, id, &written.mail, &written.unsubscribe)).await;
        sent.map_err(|error| error.to_string())??;
    }
    mark_sent(town, id, leaves).await.map_err(|error| error.to_string())
}

/// A mail that has left is remembered without its text, which may hold a link to sign in.
async fn mark_sent(town: &Town, id: MailId, leaves: bool) -> Result<(), DbError> {
    let now: Moment = town.now();
    town.db()
        .write(move |tx| {
            let sql = if leaves {
                "update mails set sent_at = $2, body = '', unsubscribe = '' where id = $1"
            } else {
                "update mails set sent_at = $2 where id = $1"
            };
            tx.execute(sql, &params![&id.text(), now.micros()])?;
            tx.commit(OffRecord("sending a mail is no act; the act that caused it is on the record"), ())
        })
        .await
}

fn deliver(settings: &MailSettings, id: MailId, mail: &Mail, unsubscribe: &str) -> Result<(), String> {
    let url = settings.smtp_url.as_deref().unwrap_or_default();
    let message = compose(settings, id, mail, unsubscribe)?;
    transport(url)?
        .send(&message)
        .map(|_| ())
        .map_err(|error| without_addresses(&format!("the mail server did not take the mail: {error}")))
}

/// The message as RFC 5322 with a body by RFC 2045; its Message-ID is the mail's id, so that one sent twice can be told, and it says that
/// no person wrote it, so that nobody's absence answers (RFC 3834). A mail of a list says where it can be stopped (RFC 2369, and RFC 8058
/// for one click).
fn compose(settings: &MailSettings, id: MailId, mail: &Mail, unsubscribe: &str) -> Result<Message, String> {
    let sender = settings.sender()?;
    let domain = sender.email.domain().to_owned();
    let to: Mailbox =
        mail.to.as_str().parse().map_err(|_| "the mail has no address that can be written to".to_owned())?;
    let mut builder = Message::builder()
        .from(sender)
        .to(to)
        .subject(&mail.subject)
        .message_id(Some(format!("<{id}@{domain}>")))
        .header(MIME_VERSION_1_0)
        .header(ContentType::TEXT_PLAIN)
        .raw_header(HeaderValue::new(HeaderName::new_from_ascii_str("Auto-Submitted"), "auto-generated".to_owned()));
    if !unsubscribe.is_empty() {
        let stop = HeaderName::new_from_ascii_str("List-Unsubscribe");
        builder = builder.raw_header(HeaderValue::new(stop, format!("<{unsubscribe}>")));
        let one_click = HeaderName::new_from_ascii_str("List-Unsubscribe-Post");
        builder = builder.raw_header(HeaderValue::new(one_click, "List-Unsubscribe=One-Click".to_owned()));
    }
    builder.body(mail.body_text.clone()).map_err(|error| format!("the mail cannot be written: {error}"))
}

fn transport(url: &str) -> Result<SmtpTransport, String> {
    let builder = SmtpTransport::from_url(url);
    builder.map(|builder| builder.build()).map_err(|_| unreadable())
}

fn unreadable() -> String {
    "the address of the mail server cannot be read: write smtps://name:password@mail.example.org".to_owned()
}

/// Mail servers repeat addresses in what they answer; ours must not outlive their people in a list of failures.
fn without_addresses(text: &str) -> String {
    let words: Vec<_> =
        text.split_whitespace().map(|word| if word.contains('@') { "(address)" } else { word }).collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mail_of_a_list_says_how_to_stop_it_and_others_do_not() {
        let settings = MailSettings { smtp_url: None, from: "Town <town@example.org>".to_owned() };
        let mail = Mail {
            to: "amina@example.org".parse().unwrap(),
            subject: "News".to_owned(),
            body_text: "Hello".to_owned(),
        };
        let id = MailId::new(Moment(0), &civic::SeededChance::new(1));
        let written = |unsubscribe: &str| {
            String::from_utf8(compose(&settings, id, &mail, unsubscribe).unwrap().formatted()).unwrap()
        };
        let listed = written("https://town.example/alerts/mail/abc");
        assert!(listed.contains("List-Unsubscribe: <https://town.example/alerts/mail/abc>\r\n"), "{listed}");
        assert!(listed.contains("List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n"), "{listed}");
        assert!(!written("").contains("List-Unsubscribe"));
        // Without it a reader need not undo the encoding, and a link is broken (RFC 2045, section 4).
        assert!(listed.contains("MIME-Version: 1.0\r\n") && listed.contains("Auto-Submitted: auto-generated\r\n"));
    }
}
