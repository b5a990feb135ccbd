//! Who holds meetings sees them and begins new ones.

use super::list::{Card, card};
use crate::{
    acts,
    commands::{NewMeeting, create as begin},
    store,
};
use axum::{extract::State, http::StatusCode};
use civic::LocalText;
use database::DbError;
use people::organisations;
use web::{
    Answer, Frame, Refusal, Stop, Town, Visit,
    answer::{page_with, see_other},
    forms::{FormErrors, Submission},
    locals::{self, LocalFields, local},
    parts::Choice,
};

/// The fields of a text; its words are `meeting-{name}-label` and `-hint`.
pub(super) fn local_fields(
    town: &Town,
    visit: &Visit,
    name: &str,
    rows: usize,
    text: Option<&LocalText>,
) -> LocalFields {
    let t = &visit.t;
    let hint = format!("meeting-{name}-hint");
    let hint = if t.has(&hint) { t.say(&hint) } else { "" };
    locals::local_fields(town, name, t.say(&format!("meeting-{name}-label")), hint, rows, text)
}

#[derive(askama::Template)]
#[template(path = "meetings_admin.html")]
struct ListPage {
    frame: Frame,
    errors: FormErrors,
    cards: Vec<Card>,
    titles: LocalFields,
    organisations: Vec<Choice>,
}

/// GET /admin/meetings
pub async fn list(State(town): State<Town>, visit: Visit) -> Answer {
    show(&town, &visit, &Submission::default(), FormErrors::default(), StatusCode::OK).await
}

async fn show(town: &Town, visit: &Visit, typed: &Submission, errors: FormErrors, status: StatusCode) -> Answer {
    let look = |tx: &mut database::Tx<'_>| Ok::<_, DbError>((store::list(tx, true)?, organisations::list(tx)?));
    let (meetings, agencies) = town.db().read(look).await.map_err(Stop::from)?;
    let own = meetings.iter().filter(|one| visit.actor.may_for(&acts::KEEP, one.organisation));
    page_with(
        status,
        &ListPage {
            frame: Frame::new(town, visit, visit.t.say("meetings-admin")),
            errors,
            cards: own.map(|one| card(town, visit, one, format!("/admin/meetings/{}", one.code))).collect(),
            titles: local_fields(town, visit, "title", 1, local(typed, "title").as_ref()),
            organisations: organisations::choices(
                visit,
                &acts::KEEP,
                &agencies,
                typed.text("organisation").unwrap_or_default(),
            ),
        },
    )
}

/// POST /admin/meetings
pub async fn create(State(town): State<Town>, visit: Visit, form: Submission) -> Answer {
    let made = match read(&town, &form).await {
        Ok(new) => begin(&town, visit.actor.clone(), new).await,
        Err(stop) => Err(stop),
    };
    match made {
        Ok(meeting) => see_other(&format!("/admin/meetings/{}", meeting.code)),
        Err(Stop::Refused(refusals)) => {
            show(&town, &visit, &form, FormErrors::of(&refusals, &visit.t), refusals[0].status).await
        }
        Err(stop) => Err(stop),
    }
}

async fn read(town: &Town, form: &Submission) -> Result<NewMeeting, Stop> {
    let title = local(form, "title").ok_or_else(|| {
        let language = town.settings().languages.first().copied().unwrap_or_default();
        Refusal::new("meeting-words-missing").at("title-en").with("language", language.own_name())
    })?;
    let organisation = match form.text("organisation").map(str::to_owned) {
        None => None,
        Some(code) => {
            let found = town.db().read(move |tx| organisations::by_code(tx, &code)).await.map_err(Stop::from)?;
            Some(found.ok_or_else(|| Refusal::new("meeting-organisation").at("organisation"))?.id)
        }
    };
    Ok(NewMeeting { title, organisation })
}
