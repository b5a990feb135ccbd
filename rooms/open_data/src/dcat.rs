//! The catalogue as DCAT-AP 3.0.1 (semiceu.github.io/DCAT-AP/releases/3.0.1), in Turtle, JSON-LD and RDF/XML.

mod graph;
pub(crate) mod read;

use crate::{acts, books::Books, books::Filed, model::EXPORT_LIMIT};
use axum::{
    extract::State,
    http::{HeaderValue, header},
    response::{IntoResponse as _, Response},
};
use graph::Writer;
use oxrdf::{GraphName, Quad, Triple};
use serde_json::json;
use std::sync::Arc;
use web::{Answer, Route, Stop, Town, Visit, manifest::Doc, openapi::text_schema, visit::Path};

/// Prefixes of the catalogue.
const PREFIXES: [(&str, &str); 10] = [
    ("dcat", "http://www.w3.org/ns/dcat#"),
    ("dct", "http://purl.org/dc/terms/"),
    ("foaf", "http://xmlns.com/foaf/0.1/"),
    ("vcard", "http://www.w3.org/2006/vcard/ns#"),
    ("skos", "http://www.w3.org/2004/02/skos/core#"),
    ("xsd", "http://www.w3.org/2001/XMLSchema#"),
    ("adms", "http://www.w3.org/ns/adms#"),
    ("spdx", "http://spdx.org/rdf/terms#"),
    ("dcatap", "http://data.europa.eu/r5r/"),
    ("rdfs", "http://www.w3.org/2000/01/rdf-schema#"),
];

/// The routes of the catalogue.
pub fn routes() -> Vec<Route> {
    let doc = |summary| {
        let kinds = ["text/turtle", "application/ld+json", "application/rdf+xml"];
        kinds.into_iter().fold(Doc::new("data", summary), |doc, kind| doc.answers(200, kind, "The graph.", json!({})))
    };
    let whole =
        |path, form| Route::get(path, acts::READ, move |town, visit| whole(town, visit, form)).for_other_sites();
    vec![
        whole("/data/catalog.ttl", "ttl").documented(doc("The whole catalogue as DCAT-AP 3.0.1, in Turtle")),
        whole("/data/catalog.jsonld", "jsonld").documented(doc("The whole catalogue as DCAT-AP 3.0.1, in JSON-LD")),
        whole("/data/catalog.rdf", "rdf").documented(doc("The whole catalogue as DCAT-AP 3.0.1, in RDF/XML")),
        Route::get("/data/catalog/{name}/{form}", acts::READ, one).for_other_sites().documented(
            doc("One dataset as DCAT-AP 3.0.1").path("name", "Its name.", text_schema()).path(
                "form",
                "ttl, jsonld or rdf.",
                text_schema(),
            ),
        ),
    ]
}

async fn whole(State(town): State<Town>, _visit: Visit, form: &'static str) -> Answer {
    let shelves = town.part::<Books>().now();
    let datasets: Vec<Arc<Filed>> = shelves.public().take(EXPORT_LIMIT).cloned().collect();
    let own = town.clone();
    let made = tokio::task::spawn_blocking(move || {
        let mut writer = Writer::new(&own, &shelves);
        writer.catalogue(&datasets);
        written(&writer.triples, form)
    });
    made.await.map_err(Stop::fault)?
}

async fn one(State(town): State<Town>, visit: Visit, Path((name, form)): Path<(String, String)>) -> Answer {
    let filed = crate::pages::open(&town, &visit, &name)?;
    if filed.dataset.is_gone() {
        return Err(crate::pages::gone(&filed.dataset));
    }
    if !filed.dataset.is_public() || !["ttl", "jsonld", "rdf"].contains(&form.as_str()) {
        return Err(Stop::NotFound);
    }
    let shelves = town.part::<Books>().now();
    let mut writer = Writer::new(&town, &shelves);
    writer.dataset(&filed.dataset);
    written(&writer.triples, &form)
}

fn written(triples: &[Triple], form: &str) -> Answer {
    let (media_type, bytes) = match form {
        "ttl" => ("text/turtle; charset=utf-8", turtle(triples)?),
        "rdf" => ("application/rdf+xml; charset=utf-8", rdf_xml(triples)?),
        _ => ("application/ld+json", json_ld(triples)?),
    };
    let mut answer: Response = bytes.into_response();
    answer.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(media_type));
    Ok(answer)
}

fn turtle(triples: &[Triple]) -> Result<Vec<u8>, Stop> {
    let mut serializer = oxttl::TurtleSerializer::new();
    for (prefix, iri) in PREFIXES {
        serializer = serializer.with_prefix(prefix, iri).map_err(Stop::fault)?;
    }
    let mut writer = serializer.for_writer(Vec::new());
    for triple in triples {
        writer.serialize_triple(triple).map_err(Stop::fault)?;
    }
    writer.finish().map_err(Stop::fault)
}

fn rdf_xml(triples: &[Triple]) -> Result<Vec<u8>, Stop> {
    let mut serializer = oxrdfxml::RdfXmlSerializer::new();
    for (prefix, iri) in PREFIXES {
        serializer = serializer.with_prefix(prefix, iri).map_err(Stop::fault)?;
    }
    let mut writer = serializer.for_writer(Vec::new());
    for triple in triples {
        writer.serialize_triple(triple).map_err(Stop::fault)?;
    }
    writer.finish().map_err(Stop::fault)
}

fn json_ld(triples: &[Triple]) -> Result<Vec<u8>, Stop> {
    let mut serializer = oxjsonld::JsonLdSerializer::new();
    for (prefix, iri) in PREFIXES {
        serializer = serializer.with_prefix(prefix, iri).map_err(Stop::fault)?;
    }
    let mut writer = serializer.for_writer(Vec::new());
    for triple in triples {
        let quad = Quad {
            subject: triple.subject.clone(),
            predicate: triple.predicate.clone(),
            object: triple.object.clone(),
            graph_name: GraphName::DefaultGraph,
        };
        writer.serialize_quad(&quad).map_err(Stop::fault)?;
    }
    writer.finish().map_err(Stop::fault)
}
