use super::{cookies, to_put_right};
use crate::{EmailAddress, back::local_path, commands, links, mail::MailSettings};
use axum::{
    extract::State,
    http::{HeaderMap, StatusCode},
};
use serde::Deserialize;
use web::{
    Answer, Frame, Refusal, Stop, Town, Visit,
    answer::{page, page_with, see_other, see_other_saying},
    forms::{FormErrors, Submission},
    limits::Gates,
    visit::{Path, Query},
};

/// Where one goes who came from nowhere.
const HOME: &str = "/me";

#[derive(askama::Template)]
#[template(path = "people_sign_in.html")]
struct AskPage {
    frame: Frame,
    errors: FormErrors,
    email: String,
    back: String,
}

#[derive(askama::Template)]
#[template(path = "people_sign_in_sent.html")]
struct SentPage {
    frame: Frame,
    lead: String,
}

#[derive(askama::Template)]
#[template(path = "people_sign_in_confirm.html")]
struct ConfirmPage {
    frame: Frame,
    email: String,
    action: String,
}

#[derive(Deserialize)]
pub(super) struct Wish {
    back: Option<String>,
}

/// GET /sign-in
pub(super) async fn ask(State(town): State<Town>, visit: Visit, Query(wish): Query<Wish>) -> Answer {
    let back = wish.back.as_deref().and_then(local_path).unwrap_or_default().to_owned();
    ask_page(&town, &visit, StatusCode::OK, FormErrors::default(), String::new(), back)
}

fn ask_page(town: &Town, visit: &Visit, status: StatusCode, errors: FormErrors, email: String, back: String) -> Answer {
    let frame = Frame::new(town, visit, visit.t.say("people-sign-in-heading"));
    page_with(status, &AskPage { frame, errors, email, back })
}

/// POST /sign-in: answers the same for every address.
pub(super) async fn send(State(town): State<Town>, visit: Visit, form: Submission) -> Answer {
    let back = form.text("back").and_then(local_path).unwrap_or(HOME).to_owned();
    let typed = form.text("email").unwrap_or_default().to_owned();
    match send_link(&town, &visit, &typed, back.clone()).await {
        Ok(()) => see_other("/sign-in/sent"),
        Err(stop) => {
            let refusals = to_put_right(&visit, stop)?;
            let status = refusals.first().map_or(StatusCode::UNPROCESSABLE_ENTITY, |refusal| refusal.status);
            ask_page(&town, &visit, status, FormErrors::of(&refusals, &visit.t), typed, back)
        }
    }
}

async fn send_link(town: &Town, visit: &Visit, typed: &str, back: String) -> Answer<()> {
    let email: EmailAddress = typed.parse().map_err(|_| Refusal::new("people-email").at("email"))?;
    town.part::<Gates>().mail(visit.address).map_err(|wait| wait.refused("people-mail-often"))?;
    commands::ask_for_link(town, &visit.t, email, back).await
}

/// GET /sign-in/sent
pub(super) async fn sent(State(town): State<Town>, visit: Visit) -> Answer {
    let frame = Frame::new(&town, &visit, visit.t.say("people-sign-in-sent-heading"));
    let no_mail = !town.settings().demo && town.part::<MailSettings>().smtp_url.is_none();
    let lead = match no_mail {
        true => visit.t.say("people-sign-in-sent-no-mail").to_owned(),
        false => visit.t.with1("people-sign-in-sent-lead", "minutes", links::LINK_MINUTES),
    };
    page(&SentPage { frame, lead })
}

/// GET /sign-in/link/{secret}: a page with a button. Mail scanners follow links, so looking changes nothing.
pub(super) async fn confirm(State(town): State<Town>, visit: Visit, Path(secret): Path<String>) -> Answer {
    let (asked, now) = (secret.clone(), town.now());
    let link = town.db().read(move |tx| links::look_at(tx, &asked, now)).await;
    let link = link.map_err(Stop::from)?.ok_or_else(commands::link_spent)?;
    let frame = Frame::new(&town, &visit, visit.t.say("people-sign-in-confirm-heading"));
    let action = format!("/sign-in/link/{secret}");
    page(&ConfirmPage { frame, email: link.email.to_string(), action }).map(cookies::never_kept)
}

/// POST /sign-in/link/{secret}
pub(super) async fn enter(
    State(town): State<Town>,
    visit: Visit,
    headers: HeaderMap,
    Path(secret): Path<String>,
) -> Answer {
    let old = cookies::session_of(&headers);
    let signed_in = commands::sign_in(&town, visit.t.language(), secret, old).await?;
    let back = local_path(&signed_in.back).unwrap_or(HOME);
    cookies::with_session(&town, see_other_saying(back, "people-signed-in")?, &signed_in.session)
}

/// POST /sign-out
pub(super) async fn leave(State(town): State<Town>, headers: HeaderMap) -> Answer {
    if let Some(session) = cookies::session_of(&headers) {
        commands::sign_out(&town, session).await?;
    }
    cookies::without_session(&town, see_other_saying("/", "people-signed-out")?)
}
