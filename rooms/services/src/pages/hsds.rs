//! The catalogue as Open Referral HSDS 3.0 (docs.openreferral.org), read only.

mod locations;

use super::list::event_words;
use crate::{
    acts,
    appointments::{self, Plan},
    figures::{self, FiguresView},
    find::fit,
    model::{Definition, LifeEvent, Service},
    store, views,
};
use axum::extract::State;
use civic::{Language, Moment};
use database::DbError;
use people::organisations::{self, Organisation};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use web::{
    Answer, Refusal, Route, Stop, Town, Visit, answer,
    manifest::Doc,
    openapi::text_schema,
    visit::{Path, Query},
};

/// Items of a page unless asked otherwise, and at most.
const PER_PAGE: usize = 50;
const PER_PAGE_LIMIT: usize = 500;

/// The routes, as the specification names them, under `/hsds`.
pub(super) fn routes() -> Vec<Route> {
    let one = |summary: &'static str| {
        Doc::new("hsds", summary).path("id", "Its UUID.", text_schema()).answers(
            200,
            "application/json",
            "It.",
            json!({"type": "object"}),
        )
    };
    let many = |summary: &'static str| {
        Doc::new("hsds", summary)
            .query("page", "The page, from 1.", json!({"type": "integer"}))
            .query("per_page", "Items of a page, at most 500.", json!({"type": "integer"}))
            .query("search", "Words.", text_schema())
            .answers(200, "application/json", "A page.", json!({"type": "object"}))
    };
    let get = |path, doc, handler: axum::routing::MethodRouter<Town>| {
        let mut route = Route::get(path, acts::READ, root).for_other_sites().documented(doc);
        route.to = handler;
        route
    };
    use axum::routing::get as on_get;
    vec![
        get(
            "/hsds",
            Doc::new("hsds", "HSDS 3.0: what this is").answers(
                200,
                "application/json",
                "Version and description.",
                json!({"type": "object"}),
            ),
            on_get(root),
        ),
        get("/hsds/services", many("HSDS 3.0: services"), on_get(services)),
        get("/hsds/services/{id}", one("HSDS 3.0: one service, with everything that belongs to it"), on_get(service)),
        get("/hsds/organizations", many("HSDS 3.0: organizations"), on_get(organizations)),
        get("/hsds/organizations/{id}", one("HSDS 3.0: one organization"), on_get(organization)),
        get("/hsds/service_at_locations", many("HSDS 3.0: services at the places where they are had"), on_get(places)),
        get("/hsds/service_at_locations/{id}", one("HSDS 3.0: one of them"), on_get(place)),
        get("/hsds/locations", many("HSDS 3.0: the places"), on_get(locations::list)),
        get("/hsds/locations/{id}", one("HSDS 3.0: one place"), on_get(locations::one)),
        get("/hsds/taxonomies", many("HSDS 3.0: taxonomies"), on_get(taxonomies)),
        get("/hsds/taxonomies/{id}", one("HSDS 3.0: one taxonomy"), on_get(taxonomy)),
        get("/hsds/taxonomy_terms", many("HSDS 3.0: events in a life"), on_get(terms)),
        get("/hsds/taxonomy_terms/{id}", one("HSDS 3.0: one event in a life"), on_get(term)),
    ]
}

type Asked = BTreeMap<String, String>;

/// Everything that is published.
struct Catalogue {
    town: Town,
    language: Language,
    services: Vec<(Service, Option<FiguresView>)>,
    organisations: Vec<Organisation>,
    /// Where people are seen by appointment.
    plans: Vec<Plan>,
}

async fn load(town: &Town, visit: &Visit) -> Result<Catalogue, Stop> {
    let (town, language) = (town.clone(), visit.t.language());
    let found = town
        .db()
        .read(|tx| {
            let mut services = Vec::new();
            for one in store::published(tx)? {
                let figures = figures::last(tx, &one.code)?;
                services.push((one, figures));
            }
            Ok((services, organisations::list(tx)?, appointments::plans_open(tx)?))
        })
        .await;
    let (services, mut organisations, plans) = found.map_err(|error: DbError| Stop::from(error))?;
    organisations.retain(|by| services.iter().any(|(one, _)| one.organisation == by.id));
    Ok(Catalogue { town, language, services, organisations, plans })
}

/// A UUID of our own for something that has none (RFC 9562 section 5.8): the same every time.
fn derived(parts: &[&str]) -> String {
    let mut bytes = [0_u8; 16];
    bytes.copy_from_slice(&Sha256::digest(parts.join("\n").as_bytes())[..16]);
    bytes[6] = (bytes[6] & 0x0f) | 0x80;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    let text = hex::encode(bytes);
    format!("{}-{}-{}-{}-{}", &text[..8], &text[8..12], &text[12..16], &text[16..20], &text[20..])
}

impl Catalogue {
    fn definition<'s>(&self, one: &'s Service) -> &'s Definition {
        one.published.as_ref().unwrap_or(&one.draft)
    }

    /// The fields of a service that are one each.
    fn flat(&self, one: &Service, figures: Option<&FiguresView>) -> Value {
        let definition = self.definition(one);
        let say = |text: &Option<civic::LocalText>| views::words(text.as_ref(), self.language);
        let wait = figures.and_then(|figures| figures.all.wait);
        let t = self.town.words().of(self.language);
        let mut value = json!({
            "id": one.id,
            "organization_id": one.organisation.text(),
            "name": definition.title.in_language(self.language),
            "description": definition.summary.in_language(self.language),
            "url": self.town.url(&format!("/services/{}", one.code)),
            "status": "active",
            "wait_time": super::list::wait_words(wait.as_ref(), &t),
            "last_modified": one.published_at.unwrap_or(one.updated_at).rfc3339(),
        });
        let more = [
            ("eligibility_description", say(&definition.who)),
            ("fees_description", say(&definition.cost)),
            (
                "application_process",
                if definition.online {
                    self.town.url(&format!("/services/{}/apply", one.code))
                } else {
                    say(&definition.counter)
                },
            ),
        ];
        more.into_iter().filter(|(_, text)| !text.is_empty()).for_each(|(key, text)| value[key] = json!(text));
        value
    }

    fn organization(&self, by: &Organisation) -> Value {
        let name = by.name.in_language(self.language);
        let town = self.town.settings().name.in_language(self.language);
        json!({
            "id": by.id.text(), "name": name, "description": format!("{name}, {town}"),
            "website": self.town.url(&format!("/services?organisation={}", by.code)),
            "uri": self.town.url(&format!("/services?organisation={}", by.code)),
        })
    }

    /// A service with everything that belongs to it.
    fn full(&self, one: &Service, figures: Option<&FiguresView>) -> Value {
        let definition = self.definition(one);
        let mut value = self.flat(one, figures);
        let by = self.organisations.iter().find(|by| by.id == one.organisation);
        if let Some(by) = by {
            value["organization"] = self.organization(by);
        }
        value["languages"] = self
            .town
            .settings()
            .languages
            .iter()
            .map(|language| json!({"id": derived(&[&one.id, "language", language.tag()]), "service_id": one.id, "name": language.own_name(), "code": language.tag()}))
            .collect();
        value["required_documents"] = views::lines(definition, self.language)
            .iter()
            .enumerate()
            .map(|(at, line)| json!({"id": derived(&[&one.id, "document", &at.to_string()]), "service_id": one.id, "document": line}))
            .collect();
        if let Some(cents) = definition.cost_cents {
            let currency = self.town.settings().currency.to_string();
            value["cost_options"] = json!([{
                "id": derived(&[&one.id, "cost"]), "service_id": one.id, "currency": currency, "amount": cents as f64 / 100.0,
                "amount_description": views::words(definition.cost.as_ref(), self.language),
            }]);
        }
        if !definition.phone.is_empty() {
            value["phones"] =
                json!([{"id": derived(&[&one.id, "phone"]), "service_id": one.id, "number": definition.phone}]);
        }
        let at: Vec<Value> = self.places_of(one);
        if !at.is_empty() {
            value["service_at_locations"] = json!(at);
        }
        value["attributes"] = definition
            .events
            .iter()
            .map(|event| {
                json!({
                    "id": derived(&[&one.id, "event", event.word()]), "link_id": one.id, "link_entity": "service",
                    "link_type": "life-event", "value": event.word(), "taxonomy_term_id": term_id(*event), "taxonomy_term": self.term(*event),
                })
            })
            .collect();
        value
    }

    /// Where it can be had: online, at a counter.
    fn places_of(&self, one: &Service) -> Vec<Value> {
        let definition = self.definition(one);
        let location = |kind: &str, location_type: &str, description: String, url: Option<String>| {
            let location_id = derived(&[&one.id, "location", kind]);
            let mut location = json!({
                "id": location_id, "location_type": location_type, "organization_id": one.organisation.text(),
                "name": definition.title.in_language(self.language), "description": description,
            });
            if let Some(url) = url {
                location["url"] = json!(url);
            }
            json!({
                "id": derived(&[&one.id, "at", kind]), "service_id": one.id, "location_id": location_id, "description": description,
                "location": location,
            })
        };
        let mut places = Vec::new();
        if definition.online {
            let url = self.town.url(&format!("/services/{}/apply", one.code));
            let t = self.town.words().of(self.language);
            places.push(location("online", "virtual", t.say("sv-channel-online").to_owned(), Some(url)));
        }
        if let Some(counter) = &definition.counter {
            places.push(location("counter", "physical", counter.in_language(self.language).to_owned(), None));
        }
        places.extend(
            self.plans.iter().filter(|plan| plan.service == one.code).map(|plan| self.by_appointment(one, plan)),
        );
        places
    }

    fn term(&self, event: LifeEvent) -> Value {
        let t = self.town.words().of(self.language);
        let name = t.say(&format!("sv-event-{}", event.word()));
        json!({
            "id": term_id(event), "code": event.word(), "name": name, "description": name, "taxonomy": "life-events",
            "term_uri": self.town.url(&format!("/services?event={}", event.word())), "language": self.language.tag(),
        })
    }

    fn taxonomy(&self) -> Value {
        let t = self.town.words().of(self.language);
        json!({
            "id": derived(&["taxonomy", "life-events"]), "name": t.say("sv-events"), "description": t.say("sv-events"),
            "uri": self.town.url("/services"), "version": "1",
        })
    }

    /// Services that fit what was asked.
    fn asked(&self, asked: &Asked) -> Result<Vec<&(Service, Option<FiguresView>)>, Stop> {
        let text = |name: &str| asked.get(name).map(String::as_str).filter(|text| !text.is_empty());
        let since = text("modified_after").map(read_moment).transpose()?;
        let fits = |(one, _): &&(Service, Option<FiguresView>)| {
            let definition = self.definition(one);
            text("search").is_none_or(|q| fit(definition, &event_words(self.town.words(), definition), q).whole > 0)
                && text("organization_id").is_none_or(|id| one.organisation.text() == id)
                && text("taxonomy_term_id").is_none_or(|id| definition.events.iter().any(|event| term_id(*event) == id))
                && text("taxonomy_id")
                    .is_none_or(|id| !definition.events.is_empty() && id == derived(&["taxonomy", "life-events"]))
                && since.is_none_or(|since| one.published_at.is_some_and(|at| at >= since))
        };
        Ok(self.services.iter().filter(fits).collect())
    }
}

fn term_id(event: LifeEvent) -> String {
    derived(&["life-event", event.word()])
}

/// A moment, or a day for its beginning in UTC.
fn read_moment(text: &str) -> Result<Moment, Stop> {
    let whole = if text.len() == 10 { format!("{text}T00:00:00Z") } else { text.to_owned() };
    Moment::parse(&whole).map_err(|_| bad("modified_after"))
}

fn bad(field: &'static str) -> Stop {
    Refusal::new("hsds-query").status(axum::http::StatusCode::BAD_REQUEST).with("field", field).into()
}

/// A page, as the specification shapes it.
fn paged(asked: &Asked, all: Vec<Value>) -> Answer {
    let number = |name: &'static str, usual: usize, most: usize| match asked.get(name).filter(|text| !text.is_empty()) {
        None => Ok(usual),
        Some(text) => text.parse::<usize>().ok().filter(|number| (1..=most).contains(number)).ok_or_else(|| bad(name)),
    };
    let (page, size) = (number("page", 1, 1_000_000)?, number("per_page", PER_PAGE, PER_PAGE_LIMIT)?);
    let total = all.len();
    let pages = total.div_ceil(size).max(1);
    let contents: Vec<Value> = all.into_iter().skip((page - 1) * size).take(size).collect();
    answer::json(&json!({
        "total_items": total, "total_pages": pages, "page_number": page, "size": contents.len(), "first_page": page == 1,
        "last_page": page >= pages, "empty": contents.is_empty(), "contents": contents,
    }))
}

/// GET /hsds
async fn root(State(town): State<Town>) -> Answer {
    answer::json(&json!({
        "version": "3.0",
        "profile": "https://docs.openreferral.org/en/3.0/hsds/",
        "openapi_url": town.url("/api/openapi.json"),
    }))
}

/// GET /hsds/services
async fn services(State(town): State<Town>, visit: Visit, Query(asked): Query<Asked>) -> Answer {
    let all = load(&town, &visit).await?;
    let is = |name: &str| asked.get(name).is_some_and(|text| text == "true");
    let line = |(one, figures): &(Service, Option<FiguresView>)| {
        if is("minimal") {
            json!({"id": one.id, "last_modified": one.published_at.unwrap_or(one.updated_at).rfc3339()})
        } else if is("full") {
            all.full(one, figures.as_ref())
        } else {
            all.flat(one, figures.as_ref())
        }
    };
    let lines = all.asked(&asked)?.into_iter().map(line).collect();
    paged(&asked, lines)
}

/// GET /hsds/services/{id}
async fn service(State(town): State<Town>, visit: Visit, Path(id): Path<String>) -> Answer {
    let all = load(&town, &visit).await?;
    let (one, figures) = all.services.iter().find(|(one, _)| one.id == id).ok_or(Stop::NotFound)?;
    answer::json(&all.full(one, figures.as_ref()))
}

/// GET /hsds/organizations
async fn organizations(State(town): State<Town>, visit: Visit, Query(asked): Query<Asked>) -> Answer {
    let all = load(&town, &visit).await?;
    let search = asked.get("search").map(|text| likeness::fold(text)).unwrap_or_default();
    let fits = |by: &&Organisation| likeness::fold(by.name.in_language(all.language)).contains(&search);
    paged(&asked, all.organisations.iter().filter(fits).map(|by| all.organization(by)).collect())
}

/// GET /hsds/organizations/{id}
async fn organization(State(town): State<Town>, visit: Visit, Path(id): Path<String>) -> Answer {
    let all = load(&town, &visit).await?;
    let by = all.organisations.iter().find(|by| by.id.text() == id).ok_or(Stop::NotFound)?;
    answer::json(&all.organization(by))
}

/// GET /hsds/service_at_locations
async fn places(State(town): State<Town>, visit: Visit, Query(asked): Query<Asked>) -> Answer {
    let all = load(&town, &visit).await?;
    let found = all.asked(&asked)?.into_iter().flat_map(|(one, _)| all.places_of(one)).collect();
    paged(&asked, found)
}

/// GET /hsds/service_at_locations/{id}
async fn place(State(town): State<Town>, visit: Visit, Path(id): Path<String>) -> Answer {
    let all = load(&town, &visit).await?;
    let mut found = all.services.iter().flat_map(|(one, _)| all.places_of(one));
    let found = found.find(|place| place["id"] == id.as_str()).ok_or(Stop::NotFound)?;
    answer::json(&found)
}

/// GET /hsds/taxonomies
async fn taxonomies(State(town): State<Town>, visit: Visit, Query(asked): Query<Asked>) -> Answer {
    let all = load(&town, &visit).await?;
    paged(&asked, vec![all.taxonomy()])
}

/// GET /hsds/taxonomies/{id}
async fn taxonomy(State(town): State<Town>, visit: Visit, Path(id): Path<String>) -> Answer {
    let found = load(&town, &visit).await?.taxonomy();
    if found["id"] == id.as_str() { answer::json(&found) } else { Err(Stop::NotFound) }
}

/// GET /hsds/taxonomy_terms
async fn terms(State(town): State<Town>, visit: Visit, Query(asked): Query<Asked>) -> Answer {
    let all = load(&town, &visit).await?;
    paged(&asked, LifeEvent::ALL.iter().map(|event| all.term(*event)).collect())
}

/// GET /hsds/taxonomy_terms/{id}
async fn term(State(town): State<Town>, visit: Visit, Path(id): Path<String>) -> Answer {
    let all = load(&town, &visit).await?;
    let event = LifeEvent::ALL.iter().find(|event| term_id(**event) == id).ok_or(Stop::NotFound)?;
    answer::json(&all.term(*event))
}
