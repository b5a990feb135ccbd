//! An officer announces works, changes them and calls them off.

use super::{listen::district_choices, works::view};
use crate::{
    acts,
    commands::{Announcement, announce_works, call_off_works, change_works},
    model::Works,
    store,
};
use axum::{extract::State, http::StatusCode};
use civic::Moment;
use database::DbError;
use people::organisations;
use places::Districts;
use web::{
    Answer, Frame, Stop, Town, Visit, Wants,
    answer::{json, page_with, see_other_saying},
    forms::{FormErrors, Submission},
    parts::Choice,
    visit::Path,
};

#[derive(askama::Template)]
#[template(path = "works_form.html")]
struct FormPage {
    frame: Frame,
    errors: FormErrors,
    /// Empty for a new announcement.
    code: String,
    version: String,
    asked: Announcement,
    agencies: Vec<Choice>,
    districts: Vec<Choice>,
    bounds: String,
}

/// What is shown: which works, as they were read, and what is typed.
struct Typed {
    code: String,
    version: String,
    asked: Announcement,
}

async fn show(town: &Town, visit: &Visit, typed: Typed, errors: FormErrors, status: StatusCode) -> Answer {
    let agencies = town.db().read(organisations::list).await.map_err(|error: DbError| Stop::from(error))?;
    let Typed { code, version, asked } = typed;
    let own = agencies.iter().filter(|one| visit.actor.may_for(&acts::WORKS, Some(one.id)));
    let choice = |one: &organisations::Organisation| Choice {
        chosen: one.code == asked.organisation,
        value: one.code.clone(),
        label: one.name.in_language(visit.t.language()).to_owned(),
        detail: String::new(),
    };
    let title = if code.is_empty() { "works-new" } else { "works-edit" };
    page_with(
        status,
        &FormPage {
            frame: Frame::new(town, visit, visit.t.say(title)),
            agencies: own.map(choice).collect(),
            districts: district_choices(town, visit.t.say("alerts-no-district"), &asked.district),
            bounds: town.part::<Districts>().bounds_text(),
            errors,
            code,
            version,
            asked,
        },
    )
}

/// GET /works/new
pub async fn new(State(town): State<Town>, visit: Visit) -> Answer {
    let typed = Typed { code: String::new(), version: String::new(), asked: Announcement::default() };
    show(&town, &visit, typed, FormErrors::default(), StatusCode::OK).await
}

fn asked(form: &Submission) -> Announcement {
    let field = |name: &str| form.text(name).unwrap_or_default().to_owned();
    Announcement {
        organisation: field("organisation"),
        title: field("title"),
        words: field("words"),
        place: field("place"),
        lat: field("lat"),
        long: field("long"),
        district: field("district"),
        from: field("from"),
        until: field("until"),
    }
}

/// POST /works
pub async fn announce(State(town): State<Town>, visit: Visit, form: Submission) -> Answer {
    let asked = asked(&form);
    let done = announce_works(&town, visit.actor.clone(), asked.clone()).await;
    let typed = Typed { code: String::new(), version: String::new(), asked };
    answered(&town, &visit, done, typed, "flash-works-announced").await
}

/// What was done, or the form once more with what stands in the way.
async fn answered(town: &Town, visit: &Visit, done: Result<Works, Stop>, typed: Typed, flash: &'static str) -> Answer {
    match done {
        Ok(works) if visit.wants == Wants::Json => {
            let agencies = town.db().read(organisations::list).await.map_err(|error: DbError| Stop::from(error))?;
            json(&view(town, &works, &agencies))
        }
        Ok(works) => see_other_saying(&format!("/works/{}", works.code), flash),
        Err(Stop::Refused(refusals)) if visit.wants == Wants::Html => {
            let errors = FormErrors::of(&refusals, &visit.t);
            let status = refusals.first().map_or(StatusCode::UNPROCESSABLE_ENTITY, |refusal| refusal.status);
            show(town, visit, typed, errors, status).await
        }
        Err(stop) => Err(stop),
    }
}

async fn own(town: &Town, visit: &Visit, code: String) -> Result<Works, Stop> {
    let found =
        town.db().read(move |tx| store::by_code(tx, &code)).await.map_err(|error: DbError| Stop::from(error))?;
    let works = found.ok_or(Stop::NotFound)?;
    if visit.actor.may_for(&acts::WORKS, Some(works.organisation)) { Ok(works) } else { Err(Stop::NotAllowed) }
}

/// GET /works/{code}/edit
pub async fn edit(State(town): State<Town>, visit: Visit, Path(code): Path<String>) -> Answer {
    let works = own(&town, &visit, code).await?;
    // As a field of date and time takes it.
    let local = |moment: Moment| moment.in_zone(&visit.zone).strftime("%Y-%m-%dT%H:%M").to_string();
    let degrees = |value: Option<f64>| value.map(|value| value.to_string()).unwrap_or_default();
    let asked = Announcement {
        from: local(works.from_at),
        until: local(works.until_at),
        lat: degrees(works.spot.place.map(civic::Place::lat)),
        long: degrees(works.spot.place.map(civic::Place::long)),
        district: works.spot.district.clone().unwrap_or_default(),
        title: works.title,
        words: works.words,
        place: works.place,
        organisation: String::new(),
    };
    let typed = Typed { code: works.code.to_string(), version: works.version.to_string(), asked };
    show(&town, &visit, typed, FormErrors::default(), StatusCode::OK).await
}

/// The version that a form was made from.
fn version_of(form: &Submission) -> i64 {
    form.text("version").and_then(|text| text.parse().ok()).unwrap_or_default()
}

/// POST /works/{code}/edit
pub async fn change(State(town): State<Town>, visit: Visit, Path(code): Path<String>, form: Submission) -> Answer {
    let asked = asked(&form);
    let seen = version_of(&form);
    let done = change_works(&town, visit.actor.clone(), (code.clone(), seen), asked.clone()).await;
    let mut version = seen;
    if matches!(&done, Err(Stop::Refused(_))) {
        // What was typed stays; it is sent again against the works as they are now.
        version = own(&town, &visit, code.clone()).await?.version;
    }
    let typed = Typed { code, version: version.to_string(), asked };
    answered(&town, &visit, done, typed, "flash-works-changed").await
}

/// POST /works/{code}/call-off
pub async fn call_off(State(town): State<Town>, visit: Visit, Path(code): Path<String>, form: Submission) -> Answer {
    let works = call_off_works(&town, visit.actor.clone(), (code, version_of(&form))).await?;
    see_other_saying(&format!("/works/{}", works.code), "flash-works-called-off")
}
