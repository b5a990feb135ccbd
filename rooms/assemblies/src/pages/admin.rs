//! Who holds assemblies sees them and begins new ones.

use super::{
    list::{Card, card},
    views::Matter,
};
use crate::{
    acts,
    commands::{NewAssembly, create as begin},
    store,
};
use axum::{extract::State, http::StatusCode};
use civic::LocalText;
use database::{DbError, Tx};
use people::organisations;
use web::{
    Answer, Frame, Refusal, Stop, Town, Visit,
    answer::{page_with, see_other},
    forms::{FormErrors, Submission},
    locals::{self, LocalFields, local},
    parts::Choice,
};

/// The fields of a text; its words are `assembly-{name}-label` and `-hint`.
pub(super) fn local_fields(
    town: &Town,
    visit: &Visit,
    name: &str,
    rows: usize,
    text: Option<&LocalText>,
) -> LocalFields {
    let t = &visit.t;
    let hint = format!("assembly-{name}-hint");
    let hint = if t.has(&hint) { t.say(&hint) } else { "" };
    locals::local_fields(town, name, t.say(&format!("assembly-{name}-label")), hint, rows, text)
}

#[derive(askama::Template)]
#[template(path = "assemblies_admin.html")]
struct ListPage {
    frame: Frame,
    errors: FormErrors,
    cards: Vec<Card>,
    titles: LocalFields,
    organisations: Vec<Choice>,
}

/// GET /admin/assemblies
pub async fn list(State(town): State<Town>, visit: Visit) -> Answer {
    show(&town, &visit, &Submission::default(), FormErrors::default(), StatusCode::OK).await
}

async fn show(town: &Town, visit: &Visit, typed: &Submission, errors: FormErrors, status: StatusCode) -> Answer {
    let actor = visit.actor.clone();
    let look = move |tx: &mut Tx<'_>| {
        let all = store::list(tx, true)?.into_iter().filter(|one| actor.may_for(&acts::KEEP, one.organisation));
        let own = all.collect::<Vec<_>>();
        let own = own.into_iter().map(|one| Matter::of(tx, one)).collect::<Result<Vec<_>, DbError>>()?;
        Ok::<_, DbError>((own, organisations::list(tx)?))
    };
    let (own, agencies) = town.db().read(look).await.map_err(Stop::from)?;
    let chosen = typed.text("organisation").unwrap_or_default();
    page_with(
        status,
        &ListPage {
            frame: Frame::new(town, visit, visit.t.say("assemblies-admin")),
            errors,
            cards: own.iter().map(|one| card(visit, one, format!("/admin/assemblies/{}", one.assembly.code))).collect(),
            titles: local_fields(town, visit, "title", 1, local(typed, "title").as_ref()),
            organisations: organisations::choices(visit, &acts::KEEP, &agencies, chosen),
        },
    )
}

/// POST /admin/assemblies
pub async fn create(State(town): State<Town>, visit: Visit, form: Submission) -> Answer {
    let made = match read(&town, &form).await {
        Ok(new) => begin(&town, visit.actor.clone(), new).await,
        Err(stop) => Err(stop),
    };
    match made {
        Ok(assembly) => see_other(&format!("/admin/assemblies/{}", assembly.code)),
        Err(Stop::Refused(refusals)) => {
            show(&town, &visit, &form, FormErrors::of(&refusals, &visit.t), refusals[0].status).await
        }
        Err(stop) => Err(stop),
    }
}

/// The organisation of this code; the town itself for none.
pub(super) async fn organisation(
    town: &Town,
    form: &Submission,
    field: &'static str,
) -> Result<Option<civic::OrganisationId>, Stop> {
    let Some(code) = form.text(field).map(str::to_owned) else { return Ok(None) };
    let found = town.db().read(move |tx| organisations::by_code(tx, &code)).await.map_err(Stop::from)?;
    Ok(Some(found.ok_or_else(|| Refusal::new("assembly-organisation").at(field))?.id))
}

async fn read(town: &Town, form: &Submission) -> Result<NewAssembly, Stop> {
    let title = local(form, "title").ok_or_else(|| {
        let language = town.settings().languages.first().copied().unwrap_or_default();
        Refusal::new("assembly-words-missing").at("title-en").with("language", language.own_name())
    })?;
    Ok(NewAssembly { title, organisation: organisation(town, form, "organisation").await? })
}
