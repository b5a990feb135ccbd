//! Reporting something to the moderators: no account needed.

use super::{kind_name, page_of, reasons, subject};
use crate::{
    browser,
    moderation::{
        commands::{self, Flag},
        reasons::templates,
    },
};
use axum::{
    extract::State,
    http::{HeaderMap, StatusCode},
};
use civic::Subject;
use database::Tx;
use sha2::{Digest, Sha256};
use web::{
    Answer, Frame, Stop, Town, Visit, Wants,
    answer::{json_with, page_with, see_other_saying},
    forms::{FormErrors, Submission},
    parts::Choice,
    visit::Path,
};

#[derive(askama::Template)]
#[template(path = "moderation_report.html")]
struct ReportPage {
    frame: Frame,
    errors: FormErrors,
    kind: String,
    id: String,
    what: String,
    back: String,
    excerpt: String,
    reasons: Vec<Choice>,
    note: String,
}

/// GET /moderation/report/{kind}/{id}
pub async fn ask(
    State(town): State<Town>,
    visit: Visit,
    headers: HeaderMap,
    Path(of): Path<(String, String)>,
) -> Answer {
    form(&town, &visit, &headers, subject(of), ("", ""), FormErrors::default(), StatusCode::OK).await
}

/// POST /moderation/report/{kind}/{id}
pub async fn send(
    State(town): State<Town>,
    visit: Visit,
    headers: HeaderMap,
    Path(of): Path<(String, String)>,
    sent: Submission,
) -> Answer {
    let subject = subject(of);
    let (reason, note) = (sent.text("reason").unwrap_or_default(), sent.text("note").unwrap_or_default());
    match report(&town, &visit, &headers, &subject, reason, note).await {
        Ok(_) if visit.wants != Wants::Html => json_with(StatusCode::ACCEPTED, &serde_json::json!({"reported": true})),
        Ok(about) => see_other_saying(&page_of(&town, &about), "flash-reported"),
        Err(Stop::Refused(refusals)) if visit.wants == Wants::Html => {
            let errors = FormErrors::of(&refusals, &visit.t);
            form(&town, &visit, &headers, subject, (reason, note), errors, refusals[0].status).await
        }
        Err(stop) => Err(stop),
    }
}

async fn report(
    town: &Town,
    visit: &Visit,
    headers: &HeaderMap,
    subject: &Subject,
    reason: &str,
    note: &str,
) -> Result<Subject, Stop> {
    let browser = browser::known(headers);
    let flag = Flag {
        subject: subject.clone(),
        reason: reason.to_owned(),
        note: note.to_owned(),
        actor: visit.actor.clone(),
        browser: browser.as_deref().map(|secret| hex::encode(Sha256::digest(secret.as_bytes()))),
        address: visit.address,
    };
    commands::report(town, flag).await
}

async fn form(
    town: &Town,
    visit: &Visit,
    headers: &HeaderMap,
    subject: Subject,
    (reason, note): (&str, &str),
    errors: FormErrors,
    status: StatusCode,
) -> Answer {
    let (own, asked) = (town.clone(), subject.clone());
    let look = move |tx: &mut Tx<'_>| Ok::<_, Stop>((commands::readable(&own, tx, &asked)?, templates(tx)?));
    let ((_, contents), templates) = town.db().read(look).await?;
    let excerpt: Vec<&str> = contents.parts.iter().map(web::moderated::Part::shown).filter(|s| !s.is_empty()).collect();
    let answer = page_with(
        status,
        &ReportPage {
            frame: Frame::new(town, visit, visit.t.say("flag-to-moderators")),
            errors,
            what: kind_name(town, &visit.t, &subject.kind),
            back: page_of(town, &contents.about),
            excerpt: excerpt.join("\n").chars().take(super::queue::EXCERPT_LIMIT).collect(),
            reasons: reasons(&visit.t, &templates, reason),
            note: note.to_owned(),
            kind: subject.kind,
            id: subject.id,
        },
    )?;
    browser::make_known(town, visit, headers, answer)
}
