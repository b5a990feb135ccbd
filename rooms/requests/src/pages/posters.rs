//! Notices on the spot: a sheet with a code that opens the report with category and place filled in.

mod sheet;

use crate::{
    acts,
    commands::{PosterOrder, make_poster, withdraw_poster},
    pages::{desk::own_organisations, list::choices},
    room::Books,
    store::{self, Poster},
    views::Eyes,
};
use axum::{extract::State, http::StatusCode};
use civic::Language;
use database::DbError;
use places::Districts;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use web::{
    Answer, Frame, Stop, Town, Visit, Wants,
    answer::{json, page_with, see_other, see_other_saying, text},
    forms::{FormErrors, Submission},
    parts::Choice,
    visit::{Path, Query},
};

/// Notices one page shows.
const SHOWN_LIMIT: u32 = 200;

/// A notice, for machines.
#[derive(Debug, Serialize, JsonSchema)]
pub struct PosterView {
    /// What people call it.
    pub code: String,
    /// What its code opens.
    pub url: String,
    /// The category it asks for.
    pub category: String,
    /// The place in words.
    pub address: String,
    /// What it hangs on.
    pub asset: String,
}

struct Line {
    code: String,
    category: String,
    place: String,
    made: String,
}

#[derive(askama::Template)]
#[template(path = "posters.html")]
struct PostersPage {
    frame: Frame,
    errors: FormErrors,
    order: PosterOrder,
    lat: String,
    long: String,
    bounds: String,
    categories: Vec<Choice>,
    languages: Vec<Language>,
    lines: Vec<Line>,
}

/// GET /desk/posters
pub async fn list(State(town): State<Town>, visit: Visit) -> Answer {
    if visit.wants == Wants::Json {
        let views: Vec<_> = hanging(&town, &visit).await?.into_iter().map(|poster| view(&town, poster)).collect();
        return json(&views);
    }
    show(&town, &visit, PosterOrder::default(), FormErrors::default(), StatusCode::OK).await
}

fn view(town: &Town, poster: Poster) -> PosterView {
    PosterView {
        url: town.url(&format!("/report/at/{}", poster.code)),
        code: poster.code.to_string(),
        category: poster.category,
        address: poster.address,
        asset: poster.asset,
    }
}

async fn hanging(town: &Town, visit: &Visit) -> Result<Vec<Poster>, Stop> {
    match own_organisations(&visit.actor) {
        Some(own) if own.is_empty() => Ok(Vec::new()),
        own => {
            let own = own.unwrap_or_default();
            let found = town.db().read(move |tx| store::posters_of(tx, &own, SHOWN_LIMIT)).await;
            found.map_err(|error: DbError| error.into())
        }
    }
}

async fn show(town: &Town, visit: &Visit, order: PosterOrder, errors: FormErrors, status: StatusCode) -> Answer {
    let eyes = Eyes::new(town, visit.t.language());
    let line = |poster: Poster| Line {
        code: poster.code.to_string(),
        category: eyes.category(&poster.category).name,
        place: [poster.address, poster.asset]
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(", "),
        made: visit.date(poster.made_at),
    };
    let lines = hanging(town, visit).await?.into_iter().map(line).collect();
    page_with(
        status,
        &PostersPage {
            frame: Frame::new(town, visit, visit.t.say("posters-title")).twins(visit, &[Wants::Json]),
            categories: own_categories(town, visit, &order.category),
            languages: town.settings().languages.clone(),
            bounds: town.part::<Districts>().bounds_text(),
            lat: order.lat.clone().unwrap_or_default(),
            long: order.long.clone().unwrap_or_default(),
            errors,
            order,
            lines,
        },
    )
}

/// The categories that the reader answers for.
fn own_categories(town: &Town, visit: &Visit, chosen: &str) -> Vec<Choice> {
    let book = town.part::<Books>().categories();
    let own = book.offered().into_iter().filter(|one| visit.actor.may_for(&acts::POSTERS, Some(one.organisation)));
    let named = own.map(|one| (one.code.clone(), one.definition.name.in_language(visit.t.language()).to_owned()));
    choices(visit.t.say("desk-choose"), named, chosen)
}

/// POST /desk/posters
pub async fn make(State(town): State<Town>, visit: Visit, form: Submission) -> Answer {
    let field = |name: &str| form.text(name).map(str::to_owned);
    let order = PosterOrder {
        category: field("category").unwrap_or_default(),
        lat: field("lat"),
        long: field("long"),
        address: field("address").unwrap_or_default(),
        asset: field("asset").unwrap_or_default(),
    };
    match make_poster(&town, visit.actor.clone(), order.clone()).await {
        Ok(poster) if visit.wants == Wants::Json => json(&view(&town, poster)),
        Ok(_) => see_other_saying("/desk/posters", "flash-poster"),
        Err(Stop::Refused(refusals)) if visit.wants == Wants::Html => {
            let errors = FormErrors::of(&refusals, &visit.t);
            show(&town, &visit, order, errors, StatusCode::UNPROCESSABLE_ENTITY).await
        }
        Err(stop) => Err(stop),
    }
}

/// POST /desk/posters/{code}/withdraw
pub async fn withdraw(State(town): State<Town>, visit: Visit, Path(code): Path<String>) -> Answer {
    withdraw_poster(&town, visit.actor.clone(), code).await?;
    see_other_saying("/desk/posters", "flash-poster-withdrawn")
}

/// In which language a sheet is asked for.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    language: String,
}

impl Asked {
    /// The words of the language that is asked for, else of the reader's.
    pub(super) fn words(&self, town: &Town, visit: &Visit) -> web::Sayings {
        self.language.parse().map_or_else(|_| visit.t.clone(), |language| town.words().of(language))
    }
}

/// GET /desk/posters/{code}.pdf or .svg: the sheet to print.
pub async fn print(
    State(town): State<Town>,
    visit: Visit,
    Path(file): Path<String>,
    Query(asked): Query<Asked>,
) -> Answer {
    let (code, form) = file.rsplit_once('.').ok_or(Stop::NotFound)?;
    let code = code.to_owned();
    let poster =
        town.db().read(move |tx| store::poster(tx, &code)).await.map_err(|error: DbError| Stop::from(error))?;
    let poster = poster.filter(|poster| visit.actor.may_for(&acts::POSTERS, Some(poster.organisation)));
    let sheet = sheet::draw(&town, &asked.words(&town, &visit), &poster.ok_or(Stop::NotFound)?).map_err(Stop::fault)?;
    match form {
        "svg" => Ok(text("image/svg+xml; charset=utf-8", sheet.to_svg().map_err(Stop::fault)?)),
        "pdf" => Ok(text("application/pdf", sheet.to_pdf().map_err(Stop::fault)?)),
        _ => Err(Stop::NotFound),
    }
}

/// GET /report/at/{code}: what the code of a notice opens; of one that was taken down an empty report.
pub async fn open(State(town): State<Town>, Path(code): Path<String>) -> Answer {
    let found = town.db().read(move |tx| store::poster(tx, &code)).await.map_err(|error: DbError| Stop::from(error))?;
    let Some(poster) = found.filter(|poster| poster.withdrawn_at.is_none()) else { return see_other("/report") };
    let words =
        [poster.address, poster.asset].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ");
    let mut fields = vec![("category", poster.category), ("address", words)];
    if let Some(place) = poster.place {
        fields.extend([("lat", place.lat().to_string()), ("long", place.long().to_string())]);
    }
    see_other(&format!("/report?{}", serde_urlencoded::to_string(&fields).map_err(Stop::fault)?))
}
