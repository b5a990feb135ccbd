//! The catalogue as linked data: CPSV-AP 3.2 (semiceu.github.io/CPSV-AP), JSON-LD with a context of its own, so that nothing is fetched to
//! read it.

use crate::{
    model::{Definition, Service},
    store,
};
use axum::extract::State;
use civic::{Language, LocalText};
use database::DbError;
use people::organisations::{self, Organisation};
use serde_json::{Value, json};
use web::{Answer, Stop, Town, answer::text};

/// GET /services/linked-data
pub async fn catalogue(State(town): State<Town>) -> Answer {
    let found = town.db().read(|tx| Ok((store::published(tx)?, organisations::list(tx)?))).await;
    let (services, organisations) = found.map_err(|error: DbError| Stop::from(error))?;
    let currency = town.settings().currency.to_string();
    let concept = json!({"@id": currency_id(&town), "@type": "skos:Concept", "skos:prefLabel": currency, "skos:notation": currency});
    let mut graph: Vec<Value> = vec![place(&town), concept];
    graph.extend(
        organisations
            .iter()
            .filter(|by| services.iter().any(|one| one.organisation == by.id))
            .map(|by| organisation(&town, by)),
    );
    for one in &services {
        let (Some(definition), Some(by)) = (&one.published, organisations.iter().find(|by| by.id == one.organisation))
        else {
            continue;
        };
        graph.extend(service(&town, one, definition, by));
    }
    let document = json!({
        "@context": {
            "cpsv": "http://purl.org/vocab/cpsv#",
            "cv": "http://data.europa.eu/m8g/",
            "dct": "http://purl.org/dc/terms/",
            "eli": "http://data.europa.eu/eli/ontology#",
            "skos": "http://www.w3.org/2004/02/skos/core#",
            "xsd": "http://www.w3.org/2001/XMLSchema#",
        },
        "@graph": graph,
    });
    Ok(text("application/ld+json", document.to_string()))
}

fn texts(text: &LocalText) -> Value {
    let one = |language: &Language| {
        text.exactly(*language).map(|words| json!({"@language": language.tag(), "@value": words}))
    };
    Language::ALL.iter().filter_map(one).collect()
}

fn place(town: &Town) -> Value {
    json!({"@id": town.url("/#place"), "@type": "dct:Location", "skos:prefLabel": texts(&town.settings().name)})
}

fn currency_id(town: &Town) -> String {
    format!("http://publications.europa.eu/resource/authority/currency/{}", town.settings().currency)
}

fn organisation(town: &Town, by: &Organisation) -> Value {
    json!({
        "@id": organisation_id(town, by), "@type": "cv:PublicOrganisation", "skos:prefLabel": texts(&by.name),
        "dct:title": texts(&by.name), "dct:identifier": by.code, "dct:spatial": {"@id": town.url("/#place")},
    })
}

fn organisation_id(town: &Town, by: &Organisation) -> String {
    town.url(&format!("/services?organisation={}", by.code))
}

/// A service with its channels, cost, rule, contact and events.
fn service(town: &Town, one: &Service, definition: &Definition, by: &Organisation) -> Vec<Value> {
    let id = town.url(&format!("/services/{}", one.code));
    let part = |name: &str| format!("{id}#{name}");
    let mut node = json!({
        "@id": id, "@type": "cpsv:PublicService", "dct:identifier": one.code, "dct:title": texts(&definition.title),
        "dct:description": texts(&definition.summary), "cv:hasCompetentAuthority": {"@id": organisation_id(town, by)},
        "dct:spatial": {"@id": town.url("/#place")},
        "cv:processingTime": {"@type": "xsd:duration", "@value": format!("P{}D", definition.answer_days)},
    });
    let mut graph = Vec::new();
    let mut channels = Vec::new();
    let mut channel = |name: &str, is_there: bool| {
        if is_there {
            channels.push(json!({"@id": part(name)}));
            graph.push(
                json!({"@id": part(name), "@type": "cv:Channel", "dct:identifier": format!("{}-{name}", one.code)}),
            );
        }
    };
    channel("online", definition.online);
    channel("counter", definition.counter.is_some());
    channel("phone", !definition.phone.is_empty());
    node["cv:hasChannel"] = json!(channels);
    if !definition.phone.is_empty() {
        node["cv:contactPoint"] = json!({"@id": part("contact")});
        graph.push(json!({"@id": part("contact"), "@type": "cv:ContactPoint", "cv:telephone": definition.phone}));
    }
    if let Some(cents) = definition.cost_cents {
        node["cv:hasCost"] = json!({"@id": part("cost")});
        graph.push(cost(town, &part("cost"), one, definition, cents));
    }
    if let Some(law) = &definition.law {
        node["cpsv:follows"] = json!({"@id": part("rule")});
        let mut rule = json!({
            "@id": part("rule"), "@type": "cpsv:Rule", "dct:identifier": format!("{}-rule-{}", one.code, one.number),
            "dct:title": texts(law), "dct:description": definition.who.as_ref().map_or_else(|| texts(law), texts),
        });
        if !definition.law_url.is_empty() {
            node["cv:hasLegalResource"] = json!({"@id": definition.law_url});
            graph.push(json!({"@id": definition.law_url, "@type": "eli:LegalResource"}));
            rule["cpsv:implements"] = json!({"@id": definition.law_url});
        }
        graph.push(rule);
    }
    let event = |word: &str| town.url(&format!("/services?event={word}"));
    node["cv:isGroupedBy"] = definition.events.iter().map(|one| json!({"@id": event(one.word())})).collect();
    for one in &definition.events {
        let t = |language: Language| town.words().of(language).say(&format!("sv-event-{}", one.word())).to_owned();
        let title: Value =
            Language::ALL.iter().map(|language| json!({"@language": language.tag(), "@value": t(*language)})).collect();
        graph.push(json!({"@id": event(one.word()), "@type": ["cv:LifeEvent", "cv:Event"], "dct:identifier": one.word(), "dct:title": title}));
    }
    graph.push(node);
    graph
}

fn cost(town: &Town, id: &str, one: &Service, definition: &Definition, cents: i64) -> Value {
    let mut cost = json!({
        "@id": id, "@type": "cv:Cost", "dct:identifier": format!("{}-cost", one.code),
        "cv:value": {"@type": "xsd:double", "@value": format!("{}.{:02}", cents / 100, cents % 100)},
        "cv:currency": {"@id": currency_id(town)},
    });
    if let Some(words) = &definition.cost {
        cost["dct:description"] = texts(words);
    }
    cost
}
