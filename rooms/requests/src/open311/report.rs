//! POST requests: a client reports on behalf of somebody.

use super::{Element, asked::Asked};
use crate::{
    acts,
    commands::{NewReport, open_request},
    decide::OpenRequest,
    model::{Contact, Source},
};
use axum::http::StatusCode;
use civic::Actor;
use web::{Refusal, Stop, Town, Visit, forms::Submission, limits::Gates};

/// Keeps a report and answers with its reference.
pub async fn report<'e>(town: &Town, visit: &Visit, fields: &Asked, form: &Submission) -> Result<Element<'e>, Stop> {
    let actor = holder_of_key(town, visit, fields).await?;
    let command = command_of(fields)?;
    let photo = match form.file("media") {
        Some(upload) => Some(commons::files::take_in(town, upload.bytes.clone(), "").await?),
        None => None,
    };
    let report = NewReport { command, source: Some(Source::Open311), photo, ..NewReport::default() };
    let opened = open_request(town, actor, report).await?;
    let notice = visit.t.with1("open311-notice", "url", town.url(&format!("/requests/{}", opened.request.code)));
    let kept = Element::Parts(vec![
        ("service_request_id", Element::text(opened.request.code.to_string())),
        ("service_notice", Element::text(notice)),
        ("account_id", Element::Empty),
    ]);
    Ok(Element::root("service_requests", Element::List("request", vec![kept])))
}

/// Who holds the key that was sent; 403 for none, or for one that does not open this.
pub async fn holder_of_key(town: &Town, visit: &Visit, fields: &Asked) -> Result<Actor, Stop> {
    let by_key = match fields.text("api_key") {
        Some(key) => people::actor_of_token(town, key).await.map_err(Stop::from)?,
        None if visit.credential == web::visit::Credential::Token => Some(visit.actor.clone()),
        None => None,
    };
    if let Some(actor) = by_key.filter(|actor| actor.may(&acts::OPEN311_WRITE)) {
        return Ok(actor);
    }
    // Keys cannot be tried out at will; good ones are not slowed down.
    town.part::<Gates>().act(visit.address)?;
    Err(Refusal::new("api-key").status(StatusCode::FORBIDDEN).into())
}

fn command_of(fields: &Asked) -> Result<OpenRequest, Refusal> {
    let text = |name: &str| fields.text(name).map(str::to_owned);
    let code = text("service_code").ok_or_else(|| super::asked::bad("service-code-missing"))?;
    let names = [text("first_name"), text("last_name")].into_iter().flatten().collect::<Vec<_>>().join(" ");
    Ok(OpenRequest {
        category: code,
        lat: text("lat"),
        long: text("long"),
        address: text("address_string").or_else(|| text("address_id")).unwrap_or_default(),
        district: None,
        description: text("description").unwrap_or_default(),
        attributes: fields.attributes(),
        media_url: text("media_url"),
        contact: Contact {
            email: text("email"),
            name: Some(names).filter(|name| !name.is_empty()),
            phone: text("phone"),
        },
    })
}
