//! GET requests, GET requests/{id} and GET tokens/{id}.

use super::{
    Element, answer,
    asked::{self, Asked, bad},
    split,
};
use crate::{
    category::CategoryBook,
    model::{HistoryStep, ServiceRequest},
    room::Books,
    store::{self, Filter},
    views::last_words,
};
use axum::{
    extract::{RawQuery, State},
    http::StatusCode,
};
use civic::{FileId, Language, Place};
use database::{DbError, Tx};
use std::collections::BTreeMap;
use web::{Answer, Refusal, Stop, Town, Visit, visit::Path};

/// Requests a comma list may name.
const NAMED_LIMIT: usize = 500;

/// Requests with what is shown of each.
struct Found {
    requests: Vec<ServiceRequest>,
    pictures: BTreeMap<String, FileId>,
    steps: Vec<Vec<HistoryStep>>,
}

/// GET requests
pub async fn found<'e>(town: &Town, visit: &Visit, asked: &Asked) -> Result<Element<'e>, Stop> {
    let (skip, take) = asked.rows()?;
    let extended = asked.text("extensions").is_some_and(|value| value.eq_ignore_ascii_case("true"));
    let filter = filter_of(asked, &town.part::<Books>().categories())?;
    let (now, span) = (town.now(), (asked.date("start_date")?, asked.date("end_date")?));
    asked.span(now)?;
    let look = move |tx: &mut Tx<'_>| {
        let mut filter = filter;
        if filter.codes.is_none() {
            let newest = store::newest_at(tx)?.unwrap_or(now);
            let (start, end) = span_of(span, newest);
            (filter.from, filter.until) = (Some(start), Some(end));
        }
        let requests = store::rows_of(tx, &filter, skip, take)?;
        read_more(tx, requests, extended)
    };
    let db = town.db();
    let found = if take > i64::from(web::paging::PAGE_SIZE) || extended {
        db.read_long(look).await
    } else {
        db.read(look).await
    };
    let found: Found = found.map_err(|error: DbError| Stop::from(error))?;
    Ok(write_all(town, visit.t.language(), &found, extended))
}

/// What [`Asked::span`] checked, with the newest request for the end where no date is given: a town that has been quiet
/// for a season still answers with its last one.
fn span_of(
    (start, end): (Option<civic::Moment>, Option<civic::Moment>),
    newest: civic::Moment,
) -> (civic::Moment, civic::Moment) {
    let start_at = start.unwrap_or_else(|| end.unwrap_or(newest).plus_days(-asked::SPAN_DAYS));
    // The end of a span belongs to it; the filter's does not.
    let end_at = end.unwrap_or_else(|| start.map_or(newest, |start| start.plus_days(asked::SPAN_DAYS)));
    (start_at, civic::Moment(end_at.micros().saturating_add(1)))
}

fn filter_of(asked: &Asked, book: &CategoryBook) -> Result<Filter, Refusal> {
    let codes = asked.listed("service_request_id");
    if codes.len() > NAMED_LIMIT {
        return Err(bad("too-many-ids").with("most", NAMED_LIMIT));
    }
    if !codes.is_empty() {
        return Ok(Filter { codes: Some(codes), ..Filter::default() });
    }
    let categories = asked.listed("service_code");
    if let Some(unknown) = categories.iter().find(|code| book.get(code).is_none()) {
        return Err(Refusal::new("service-code-unknown").status(StatusCode::NOT_FOUND).with("code", unknown.clone()));
    }
    let open = match asked.text("status").map(str::to_ascii_lowercase).as_deref() {
        None => None,
        Some("open") => Some(true),
        Some("closed") => Some(false),
        Some("open,closed" | "closed,open") => None,
        Some(_) => return Err(bad("status-unknown")),
    };
    Ok(Filter { categories, open, ..Filter::default() })
}

fn read_more(tx: &mut Tx<'_>, requests: Vec<ServiceRequest>, extended: bool) -> Result<Found, DbError> {
    let codes: Vec<&str> = requests.iter().map(|request| request.code.as_str()).collect();
    let pictures = commons::files::first_of_each(tx, crate::model::REQUEST.0, &codes)?.into_iter().collect();
    let mut steps = Vec::new();
    if extended {
        for request in &requests {
            steps.push(store::steps(tx, request.id, false)?);
        }
    }
    Ok(Found { requests, pictures, steps })
}

/// GET requests/{id}
pub async fn one(
    State(town): State<Town>,
    visit: Visit,
    Path(file): Path<String>,
    RawQuery(query): RawQuery,
) -> Answer {
    let (code, format) = split(&file)?;
    let asked = asked::read(&town, query.as_deref())?;
    let extended = asked.text("extensions").is_some_and(|value| value.eq_ignore_ascii_case("true"));
    let code = code.to_owned();
    let found = town
        .db()
        .read(move |tx| {
            let request = store::by_code(tx, &code)?.ok_or(DbError::NotFound)?;
            read_more(tx, vec![request], extended)
        })
        .await?;
    Ok(answer(&write_all(&town, visit.t.language(), &found, extended), format))
}

/// GET tokens/{id}: references are given at once here, so a token is the reference itself.
pub async fn of_token(State(town): State<Town>, Path(file): Path<String>, RawQuery(query): RawQuery) -> Answer {
    let (token, format) = split(&file)?;
    asked::read(&town, query.as_deref())?;
    let token = token.to_owned();
    let request = town.db().read(move |tx| store::by_code(tx, &token)?.ok_or(DbError::NotFound)).await?;
    let code = request.code.to_string();
    let parts = Element::Parts(vec![
        ("service_request_id", Element::text(code.as_str())),
        ("token", Element::text(code.as_str())),
    ]);
    Ok(answer(&Element::root("service_requests", Element::List("request", vec![parts])), format))
}

fn write_all<'e>(town: &Town, language: Language, found: &Found, extended: bool) -> Element<'e> {
    let books = town.part::<Books>();
    let (book, organisations) = (books.categories(), books.organisations());
    let of = |request: &ServiceRequest| {
        let category =
            book.get(&request.category).map(|category| category.definition.name.in_language(language).to_owned());
        let organisation =
            organisations.get(&request.organisation).map(|one| one.name.in_language(language).to_owned());
        let picture = found.pictures.get(request.code.as_str()).map(|file| town.url(&format!("/files/{file}.jpg")));
        let notes = match request.state.duplicate_of() {
            Some(of) => town.words().of(language).with2(
                "open311-duplicate",
                "code",
                of.as_str(),
                "url",
                town.url(&format!("/requests/{of}")),
            ),
            None => last_words(&request.state).to_owned(),
        };
        Written { category, organisation, picture: picture.or_else(|| request.media_url.clone()), notes }
    };
    let items = found.requests.iter().enumerate().map(|(number, request)| {
        let mut parts = parts_of(request, of(request));
        if extended {
            parts.extend(extensions(request, found.steps.get(number).map_or(&[], Vec::as_slice)));
        }
        Element::Parts(parts)
    });
    Element::root("service_requests", Element::List("request", items.collect()))
}

/// What stands elsewhere than in the request.
struct Written {
    category: Option<String>,
    organisation: Option<String>,
    picture: Option<String>,
    notes: String,
}

fn parts_of<'e>(request: &ServiceRequest, written: Written) -> Vec<(&'static str, Element<'e>)> {
    let status = if request.state.is_open() { "open" } else { "closed" };
    vec![
        ("service_request_id", Element::text(request.code.to_string())),
        ("status", Element::text(status)),
        ("status_notes", Element::text(written.notes)),
        ("service_name", Element::maybe(written.category)),
        ("service_code", Element::text(request.category.clone())),
        ("description", Element::text(request.description.clone())),
        ("agency_responsible", Element::maybe(written.organisation)),
        ("service_notice", Element::Empty),
        ("requested_datetime", Element::text(request.opened_at.rfc3339())),
        ("updated_datetime", Element::text(request.updated_at.rfc3339())),
        ("expected_datetime", Element::maybe(request.due_at.map(civic::Moment::rfc3339))),
        ("address", Element::text(request.address.clone())),
        ("address_id", Element::Empty),
        ("zipcode", Element::Empty),
        ("lat", request.place.map_or(Element::Empty, |place: Place| Element::Degrees(place.lat_micro()))),
        ("long", request.place.map_or(Element::Empty, |place: Place| Element::Degrees(place.long_micro()))),
        ("media_url", Element::maybe(written.picture)),
    ]
}

/// What `extensions=true` adds, as clients in use expect it.
fn extensions<'e>(request: &ServiceRequest, steps: &[HistoryStep]) -> Vec<(&'static str, Element<'e>)> {
    let attributes = request.attributes.iter().flat_map(|(code, values)| {
        values.iter().map(move |value| {
            Element::Parts(vec![("code", Element::text(code.clone())), ("value", Element::text(value.clone()))])
        })
    });
    let notes = steps.iter().map(|step| {
        Element::Parts(vec![
            ("datetime", Element::text(step.at.rfc3339())),
            ("summary", Element::text(step.saying.trim_start_matches("request.").to_owned())),
            ("description", Element::text(step.body.clone())),
        ])
    });
    let extended = vec![
        ("detailed_status", Element::text(request.state.word().as_str())),
        ("district", Element::maybe(request.district.clone())),
        ("channel", Element::text(request.source.as_str())),
    ];
    vec![
        ("extended_attributes", Element::Parts(extended)),
        ("attributes", Element::List("attribute", attributes.collect())),
        ("notes", Element::List("note", notes.collect())),
    ]
}
