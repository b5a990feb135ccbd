//! What somebody with an account follows by e-mail, with a way out of each.

use crate::{acts, followers};
use axum::extract::State;
use civic::{PersonId, Subject};
use database::{DbError, OffRecord, Tx};
use people::EmailAddress;
use schemars::JsonSchema;
use serde::Serialize;
use web::{
    Answer, Frame, Route, Stop, Town, Visit, Wants,
    answer::{json, page, see_other_saying},
    forms::Submission,
    manifest::{Catalogue, Doc},
    openapi::schema_of,
};

/// Subjects that the page shows, oldest first.
const SHOWN: usize = 500;

pub(crate) fn routes() -> Vec<Route> {
    vec![
        Route::get("/me/following", acts::KEEP_FOLLOWING, show).twins(&[Wants::Json]).documented(doc()),
        Route::post("/me/following", acts::KEEP_FOLLOWING, leave),
    ]
}

/// Something that somebody follows.
#[derive(Debug, Serialize, JsonSchema)]
struct FollowedView {
    /// The kind of its subject, as `request`.
    kind: String,
    /// The public id of its subject.
    id: String,
    /// What it is called; its id where it is not public.
    title: String,
    /// Its page.
    url: String,
    /// Whether the address was confirmed; before that no news is sent.
    confirmed: bool,
}

#[derive(askama::Template)]
#[template(path = "following.html")]
struct FollowingPage {
    frame: Frame,
    lines: Vec<FollowedView>,
}

fn address_of(tx: &mut Tx<'_>, person: PersonId) -> Result<Option<EmailAddress>, DbError> {
    Ok(people::accounts::by_id(tx, person)?.and_then(|person| person.email))
}

/// GET /me/following
async fn show(State(town): State<Town>, visit: Visit) -> Answer {
    let person = visit.actor.person.ok_or(Stop::NotFound)?;
    let (own, language) = (town.clone(), visit.t.language());
    let look = town.db().read(move |tx| {
        let Some(email) = address_of(tx, person)? else { return Ok((Vec::new(), Vec::new())) };
        let mut followed = followers::followed_by(tx, email.as_str())?;
        followed.truncate(SHOWN);
        let subjects: Vec<Subject> = followed.iter().map(|one| one.subject.clone()).collect();
        let briefs = own.part::<Catalogue>().briefs(&own, tx, &subjects, language)?;
        Ok::<_, DbError>((followed, briefs))
    });
    let (followed, briefs) = look.await.map_err(Stop::from)?;
    let lines: Vec<FollowedView> = followed
        .into_iter()
        .map(|one| {
            let title = briefs.iter().find(|brief| brief.subject == one.subject).map(|brief| brief.title.clone());
            let href = town.part::<Catalogue>().page_of(&one.subject.kind, &one.subject.id).unwrap_or_default();
            FollowedView {
                title: title.unwrap_or_else(|| one.subject.id.clone()),
                url: if visit.wants == Wants::Html { href } else { town.url(&href) },
                confirmed: one.confirmed,
                kind: one.subject.kind,
                id: one.subject.id,
            }
        })
        .collect();
    if visit.wants == Wants::Json {
        return json(&lines);
    }
    let frame = Frame::new(&town, &visit, visit.t.say("following-title")).twins(&visit, &[Wants::Json]);
    page(&FollowingPage { frame, lines })
}

/// POST /me/following: no more news of one subject.
async fn leave(State(town): State<Town>, visit: Visit, form: Submission) -> Answer {
    let person = visit.actor.person.ok_or(Stop::NotFound)?;
    let (kind, id) = form.text("kind").zip(form.text("id")).ok_or(Stop::NotFound)?;
    let subject = Subject { kind: kind.to_owned(), id: id.to_owned() };
    let followed = town.db().write(move |tx| {
        let email = address_of(tx, person)?;
        let left = email.map_or(Ok(false), |email| followers::stop(tx, &subject, email.as_str()))?;
        tx.commit(OffRecord("who follows what is private"), left).map_err(Stop::from)
    });
    if !followed.await? {
        return Err(Stop::NotFound);
    }
    see_other_saying("/me/following", "flash-unfollowed")
}

fn doc() -> Doc {
    Doc::new("people", "What you follow by e-mail").answers(
        200,
        Wants::Json.media_type(),
        "The subjects, first followed first.",
        schema_of::<Vec<FollowedView>>(),
    )
}
