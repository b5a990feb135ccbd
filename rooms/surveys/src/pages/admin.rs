//! Stewards see their surveys and begin new ones.

use super::list::{Card, card};
use crate::{
    acts,
    commands::{NewSurvey, create as begin},
    store,
};
use axum::{extract::State, http::StatusCode};
use database::DbError;
use people::organisations;
use web::{
    Answer, Frame, Refusal, Stop, Town, Visit,
    answer::{page_with, see_other},
    forms::{FormErrors, Submission},
    locals::{LocalFields, local, local_fields},
    parts::Choice,
};

#[derive(askama::Template)]
#[template(path = "surveys_admin.html")]
struct ListPage {
    frame: Frame,
    errors: FormErrors,
    cards: Vec<Card>,
    code: String,
    titles: LocalFields,
    organisations: Vec<Choice>,
}

/// GET /admin/surveys
pub async fn list(State(town): State<Town>, visit: Visit) -> Answer {
    show(&town, &visit, &Submission::default(), FormErrors::default(), StatusCode::OK).await
}

async fn show(town: &Town, visit: &Visit, typed: &Submission, errors: FormErrors, status: StatusCode) -> Answer {
    let look = |tx: &mut database::Tx<'_>| Ok::<_, DbError>((store::list(tx, true)?, organisations::list(tx)?));
    let (surveys, agencies) = town.db().read(look).await.map_err(Stop::from)?;
    let own = surveys.iter().filter(|one| visit.actor.may_for(&acts::KEEP, one.organisation));
    let t = &visit.t;
    page_with(
        status,
        &ListPage {
            frame: Frame::new(town, visit, t.say("surveys-admin")),
            errors,
            cards: own.map(|one| card(visit, one, format!("/admin/surveys/{}", one.code))).collect(),
            code: typed.text("code").unwrap_or_default().to_owned(),
            titles: local_fields(town, "title", t.say("survey-title-label"), "", 1, local(typed, "title").as_ref()),
            organisations: organisations::choices(
                visit,
                &acts::KEEP,
                &agencies,
                typed.text("organisation").unwrap_or_default(),
            ),
        },
    )
}

/// POST /admin/surveys
pub async fn create(State(town): State<Town>, visit: Visit, form: Submission) -> Answer {
    match read(&town, &form).await {
        Ok(new) => match begin(&town, visit.actor.clone(), new).await {
            Ok(survey) => see_other(&format!("/admin/surveys/{}", survey.code)),
            Err(Stop::Refused(refusals)) => again(&town, &visit, &form, &refusals).await,
            Err(stop) => Err(stop),
        },
        Err(Stop::Refused(refusals)) => again(&town, &visit, &form, &refusals).await,
        Err(stop) => Err(stop),
    }
}

async fn again(town: &Town, visit: &Visit, form: &Submission, refusals: &[Refusal]) -> Answer {
    show(town, visit, form, FormErrors::of(refusals, &visit.t), refusals[0].status).await
}

async fn read(town: &Town, form: &Submission) -> Result<NewSurvey, Stop> {
    let title = local(form, "title").ok_or_else(|| {
        let language = town.settings().languages.first().copied().unwrap_or_default();
        Refusal::new("survey-words-missing").at("title-en").with("language", language.own_name())
    })?;
    let organisation = match form.text("organisation").map(str::to_owned) {
        None => None,
        Some(code) => {
            let found = town.db().read(move |tx| organisations::by_code(tx, &code)).await.map_err(Stop::from)?;
            Some(found.ok_or_else(|| Refusal::new("survey-organisation").at("organisation"))?.id)
        }
    };
    Ok(NewSurvey { code: form.text("code").unwrap_or_default().to_owned(), title, organisation })
}
