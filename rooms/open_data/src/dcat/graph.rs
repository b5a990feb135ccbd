//! Datasets as triples. What is no good address is left out, so that one of them never breaks the whole catalogue.

use crate::{
    books::{Filed, Shelves},
    decide::is_web_address,
    extent,
    model::{Dataset, Resource},
    views::download_url,
    vocabulary::{FREQUENCIES, HIGH_VALUE, THEMES, licence, licence_url},
};
use civic::{Language, LocalText, Moment, OrganisationId};
use oxrdf::{Literal, NamedNode, Term, Triple};
use std::{collections::BTreeMap, sync::Arc};
use web::Town;

const DCAT: &str = "http://www.w3.org/ns/dcat#";
const DCT: &str = "http://purl.org/dc/terms/";
const FOAF: &str = "http://xmlns.com/foaf/0.1/";
const VCARD: &str = "http://www.w3.org/2006/vcard/ns#";
const SKOS: &str = "http://www.w3.org/2004/02/skos/core#";
const XSD: &str = "http://www.w3.org/2001/XMLSchema#";
const SPDX: &str = "http://spdx.org/rdf/terms#";
const DCATAP: &str = "http://data.europa.eu/r5r/";
const TYPE: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";
const RESOURCE: &str = "http://www.w3.org/2000/01/rdf-schema#Resource";
const AUTHORITY: &str = "http://publications.europa.eu/resource/authority/";
/// The regulation of high-value datasets.
const HIGH_VALUE_LAW: &str = "http://data.europa.eu/eli/reg_impl/2023/138/oj";
/// A geometry as text, in degrees, longitude first (GeoSPARQL 1.1).
const WKT: &str = "http://www.opengis.net/ont/geosparql#wktLiteral";
const IANA: &str = "http://www.iana.org/assignments/media-types/";

/// Writes triples.
pub(super) struct Writer<'t> {
    town: &'t Town,
    shelves: &'t Shelves,
    pub triples: Vec<Triple>,
    typed: std::collections::HashSet<String>,
}

impl<'t> Writer<'t> {
    pub(super) fn new(town: &'t Town, shelves: &'t Shelves) -> Self {
        Self { town, shelves, triples: Vec::new(), typed: std::collections::HashSet::new() }
    }

    /// The catalogue with these datasets.
    pub(super) fn catalogue(&mut self, datasets: &[Arc<Filed>]) {
        let id = self.town.url("/data");
        let settings = self.town.settings();
        self.is_a(&id, &format!("{DCAT}Catalog"));
        let words: BTreeMap<Language, String> = settings
            .languages
            .iter()
            .map(|one| (*one, format!("{} – {}", settings.name.in_language(*one), self.word(*one, "open-data-title"))))
            .collect();
        if let Ok(title) = LocalText::try_from(words) {
            self.texts(&id, &format!("{DCT}title"), &title);
        }
        let leads: BTreeMap<Language, String> =
            settings.languages.iter().map(|one| (*one, self.word(*one, "data-lead"))).collect();
        if let Ok(lead) = LocalText::try_from(leads) {
            self.texts(&id, &format!("{DCT}description"), &lead);
        }
        let publisher = self.town.url("/data#publisher");
        self.is_a(&publisher, &format!("{FOAF}Agent"));
        self.texts(&publisher, &format!("{FOAF}name"), &settings.name.clone());
        self.link(&id, &format!("{DCT}publisher"), &publisher);
        self.linked(&id, &format!("{FOAF}homepage"), &self.town.url("/data"), &format!("{FOAF}Document"));
        let newest = datasets.iter().map(|one| one.dataset.updated_at).max();
        if let Some(newest) = newest {
            self.moment(&id, &format!("{DCT}modified"), newest);
        }
        self.languages(&id);
        for filed in datasets {
            self.link(&id, &format!("{DCAT}dataset"), &self.uri(&filed.dataset));
            self.dataset(&filed.dataset);
        }
    }

    fn word(&self, language: Language, key: &str) -> String {
        self.town.words().of(language).say(key).to_owned()
    }

    fn uri(&self, one: &Dataset) -> String {
        self.town.url(&format!("/data/{}", one.name))
    }

    /// One dataset.
    pub(super) fn dataset(&mut self, one: &Dataset) {
        let (id, meta) = (self.uri(one), &one.meta);
        self.is_a(&id, &format!("{DCAT}Dataset"));
        self.texts(&id, &format!("{DCT}title"), &meta.title);
        self.texts(&id, &format!("{DCT}description"), meta.notes.as_ref().unwrap_or(&meta.title));
        self.text(&id, &format!("{DCT}identifier"), &id);
        self.moment(&id, &format!("{DCT}issued"), one.state.since().unwrap_or(one.made_at));
        self.moment(&id, &format!("{DCT}modified"), one.updated_at);
        for tag in &meta.tags {
            self.text(&id, &format!("{DCAT}keyword"), tag);
        }
        self.linked(&id, &format!("{DCAT}landingPage"), &id, &format!("{FOAF}Document"));
        if is_web_address(&meta.url) {
            self.linked(&id, &format!("{FOAF}page"), &meta.url, &format!("{FOAF}Document"));
        }
        self.text(&id, &format!("{DCAT}version"), &one.version.to_string());
        self.publisher(&id, one.organisation);
        self.contact(&id, one);
        self.concepts(&id, one);
        self.coverage(&id, one);
        self.languages(&id);
        self.high_value(&id, one);
        self.source(&id, one);
        for resource in &one.resources {
            self.distribution(&id, one, resource);
        }
    }

    fn publisher(&mut self, id: &str, organisation: OrganisationId) {
        let Some(agency) = self.shelves.organisations.get(&organisation).cloned() else { return };
        let uri = self.town.url(&format!("/data?organization={}", agency.code));
        self.link(id, &format!("{DCT}publisher"), &uri);
        if self.is_a(&uri, &format!("{FOAF}Agent")) {
            self.texts(&uri, &format!("{FOAF}name"), &agency.name);
        }
    }

    fn contact(&mut self, id: &str, one: &Dataset) {
        let language = self.town.settings().languages.first().copied().unwrap_or_default();
        let name = if one.meta.contact_name.is_empty() {
            self.shelves.agency_name(one.organisation, language).to_owned()
        } else {
            one.meta.contact_name.clone()
        };
        let mail = if one.meta.contact_email.is_empty() {
            self.town.settings().contact_email.clone()
        } else {
            one.meta.contact_email.clone()
        };
        let uri = format!("{id}#contact");
        self.link(id, &format!("{DCAT}contactPoint"), &uri);
        self.is_a(&uri, &format!("{VCARD}Organization"));
        self.is_a(&uri, &format!("{VCARD}Kind"));
        self.text(&uri, &format!("{VCARD}fn"), &name);
        self.linked(&uri, &format!("{VCARD}hasEmail"), &format!("mailto:{mail}"), RESOURCE);
        self.linked(&uri, &format!("{VCARD}hasURL"), id, RESOURCE);
    }

    fn concepts(&mut self, id: &str, one: &Dataset) {
        for theme in &one.meta.themes {
            let uri = format!("{AUTHORITY}data-theme/{theme}");
            self.linked(id, &format!("{DCAT}theme"), &uri, &format!("{SKOS}Concept"));
            if let Some((_, key)) = THEMES.iter().find(|(code, _)| code == theme) {
                self.label(&uri, &format!("{SKOS}prefLabel"), key);
            }
        }
        if FREQUENCIES.iter().any(|(code, ..)| *code == one.meta.frequency) {
            let uri = format!("{AUTHORITY}frequency/{}", one.meta.frequency);
            self.linked(id, &format!("{DCT}accrualPeriodicity"), &uri, &format!("{DCT}Frequency"));
        }
        let rights = format!("{AUTHORITY}access-right/PUBLIC");
        self.linked(id, &format!("{DCT}accessRights"), &rights, &format!("{DCT}RightsStatement"));
    }

    fn label(&mut self, uri: &str, predicate: &str, key: &str) {
        for language in self.town.settings().languages.clone() {
            let word = self.word(language, key);
            self.tagged(uri, predicate, &word, language);
        }
    }

    fn coverage(&mut self, id: &str, one: &Dataset) {
        let around = one.bbox();
        if !one.meta.spatial.is_empty() || around.is_some() {
            let uri = format!("{id}#place");
            self.linked(id, &format!("{DCT}spatial"), &uri, &format!("{DCT}Location"));
            if !one.meta.spatial.is_empty() {
                self.text(&uri, &format!("{SKOS}prefLabel"), &one.meta.spatial);
            }
            if let (Some(around), Ok(kind)) = (around, NamedNode::new(WKT)) {
                let corners = extent::corners(around).map(|(x, y)| format!("{x} {y}")).join(", ");
                let shape = Literal::new_typed_literal(format!("POLYGON(({corners}))"), kind);
                self.put(&uri, &format!("{DCAT}bbox"), shape.into());
            }
        }
        if !one.meta.from.is_empty() || !one.meta.until.is_empty() {
            let uri = format!("{id}#period");
            self.linked(id, &format!("{DCT}temporal"), &uri, &format!("{DCT}PeriodOfTime"));
            for (predicate, day) in [("startDate", &one.meta.from), ("endDate", &one.meta.until)] {
                if !day.is_empty() {
                    self.value(&uri, &format!("{DCAT}{predicate}"), day, "date");
                }
            }
        }
    }

    /// Where it was taken over from.
    fn source(&mut self, id: &str, one: &Dataset) {
        let Some(source) = crate::views::source(one) else { return };
        let uri = format!("{id}#source");
        self.linked(id, &format!("{DCT}provenance"), &uri, &format!("{DCT}ProvenanceStatement"));
        let who =
            if source.publisher.is_empty() { String::new() } else { format!(", published by {}", source.publisher) };
        let text =
            format!("Taken over from the catalogue {}, where it is called {}{who}.", source.catalogue, source.id);
        self.tagged(&uri, "http://www.w3.org/2000/01/rdf-schema#label", &text, Language::En);
    }

    fn high_value(&mut self, id: &str, one: &Dataset) {
        let Some((_, key, end)) = HIGH_VALUE.iter().find(|(code, ..)| *code == one.meta.high_value) else { return };
        let uri = format!("http://data.europa.eu/bna/{end}");
        self.linked(id, &format!("{DCATAP}hvdCategory"), &uri, &format!("{SKOS}Concept"));
        self.label(&uri, &format!("{SKOS}prefLabel"), key);
        self.linked(
            id,
            &format!("{DCATAP}applicableLegislation"),
            HIGH_VALUE_LAW,
            "http://data.europa.eu/eli/ontology#LegalResource",
        );
    }

    fn distribution(&mut self, dataset: &str, one: &Dataset, resource: &Resource) {
        let url = Some(download_url(self.town, one, resource)).filter(|url| is_web_address(url));
        let page = resource.body.info.as_ref().map(|_| format!("{dataset}/{}", resource.slug()));
        // A distribution without an address is none.
        let Some(access) = page.or_else(|| url.clone()) else { return };
        let id = format!("{dataset}#{}", resource.id);
        self.link(dataset, &format!("{DCAT}distribution"), &id);
        self.is_a(&id, &format!("{DCAT}Distribution"));
        self.linked(&id, &format!("{DCAT}accessURL"), &access, RESOURCE);
        if let Some(url) = &url {
            self.linked(&id, &format!("{DCAT}downloadURL"), url, RESOURCE);
        }
        let title = if resource.body.name.is_empty() { resource.slug() } else { &resource.body.name };
        let names: BTreeMap<Language, String> = resource.body.names.clone().into();
        for (language, name) in &names {
            self.tagged(&id, &format!("{DCT}title"), name, *language);
        }
        if names.is_empty() {
            self.text(&id, &format!("{DCT}title"), title);
        }
        let description = if resource.body.description.is_empty() { title } else { &resource.body.description };
        self.text(&id, &format!("{DCT}description"), description);
        self.moment(&id, &format!("{DCT}issued"), one.made_at);
        self.moment(&id, &format!("{DCT}modified"), resource.updated_at);
        if let Some(licence) = licence(&one.meta.licence) {
            let uri = if licence.authority.is_empty() { licence_url(&one.meta) } else { licence.authority };
            self.linked(&id, &format!("{DCT}license"), uri, &format!("{DCT}LicenseDocument"));
        }
        self.formats(&id, resource);
        if HIGH_VALUE.iter().any(|(code, ..)| *code == one.meta.high_value) {
            self.linked(
                &id,
                &format!("{DCATAP}applicableLegislation"),
                HIGH_VALUE_LAW,
                "http://data.europa.eu/eli/ontology#LegalResource",
            );
        }
    }

    fn formats(&mut self, id: &str, resource: &Resource) {
        let format: String = match resource.body.format.as_str() {
            "GeoJSON" => "GEOJSON".to_owned(),
            other => other.to_uppercase(),
        };
        if ["CSV", "JSON", "XLSX", "ODS", "GEOJSON", "ZIP", "PDF", "XML", "RDF"].contains(&format.as_str()) {
            let uri = format!("{AUTHORITY}file-type/{format}");
            self.linked(id, &format!("{DCT}format"), &uri, &format!("{DCT}MediaTypeOrExtent"));
        }
        let plain = |c: char| c.is_ascii_alphanumeric() || "/.+-".contains(c);
        let media_type = &resource.body.media_type;
        if media_type.contains('/') && media_type.chars().all(plain) {
            self.linked(id, &format!("{DCAT}mediaType"), &format!("{IANA}{media_type}"), &format!("{DCT}MediaType"));
        }
        if resource.body.size_bytes > 0 {
            self.value(id, &format!("{DCAT}byteSize"), &resource.body.size_bytes.to_string(), "nonNegativeInteger");
        }
        if !resource.body.sha256.is_empty() {
            let uri = format!("{id}-checksum");
            self.linked(id, &format!("{SPDX}checksum"), &uri, &format!("{SPDX}Checksum"));
            let algorithm = format!("{SPDX}checksumAlgorithm_sha256");
            self.linked(&uri, &format!("{SPDX}algorithm"), &algorithm, &format!("{SPDX}ChecksumAlgorithm"));
            self.value(&uri, &format!("{SPDX}checksumValue"), &resource.body.sha256, "hexBinary");
        }
    }

    fn languages(&mut self, id: &str) {
        for language in self.town.settings().languages.clone() {
            let code = match language {
                Language::En => "ENG",
                Language::Es => "SPA",
                Language::Ar => "ARA",
            };
            let uri = format!("{AUTHORITY}language/{code}");
            self.linked(id, &format!("{DCT}language"), &uri, &format!("{DCT}LinguisticSystem"));
        }
    }

    /// Says once what something is; answers whether it was not said before.
    fn is_a(&mut self, subject: &str, class: &str) -> bool {
        let is_new = self.typed.insert(format!("{subject} {class}"));
        if is_new {
            self.link(subject, TYPE, class);
        }
        is_new
    }

    /// A link to something, and what that is.
    fn linked(&mut self, subject: &str, predicate: &str, object: &str, class: &str) {
        if NamedNode::new(object).is_ok() {
            self.link(subject, predicate, object);
            self.is_a(object, class);
        }
    }

    fn link(&mut self, subject: &str, predicate: &str, object: &str) {
        if let Ok(object) = NamedNode::new(object) {
            self.put(subject, predicate, object.into());
        }
    }

    fn text(&mut self, subject: &str, predicate: &str, text: &str) {
        self.put(subject, predicate, Literal::new_simple_literal(clean(text)).into());
    }

    fn texts(&mut self, subject: &str, predicate: &str, text: &LocalText) {
        let all: BTreeMap<Language, String> = text.clone().into();
        for (language, text) in all {
            self.tagged(subject, predicate, &text, language);
        }
    }

    fn tagged(&mut self, subject: &str, predicate: &str, text: &str, language: Language) {
        if let Ok(literal) = Literal::new_language_tagged_literal(clean(text), language.tag()) {
            self.put(subject, predicate, literal.into());
        }
    }

    fn moment(&mut self, subject: &str, predicate: &str, at: Moment) {
        self.value(subject, predicate, &at.rfc3339(), "dateTime");
    }

    fn value(&mut self, subject: &str, predicate: &str, text: &str, kind: &str) {
        if let Ok(kind) = NamedNode::new(format!("{XSD}{kind}")) {
            self.put(subject, predicate, Literal::new_typed_literal(clean(text), kind).into());
        }
    }

    fn put(&mut self, subject: &str, predicate: &str, object: Term) {
        if let (Ok(subject), Ok(predicate)) = (NamedNode::new(subject), NamedNode::new(predicate)) {
            self.triples.push(Triple::new(subject, predicate, object));
        }
    }
}

/// Without the characters that XML 1.0 cannot hold.
fn clean(text: &str) -> String {
    let good = |c: &char| matches!(c, '\t' | '\n' | '\r') || (*c >= ' ' && !matches!(*c, '\u{FFFE}' | '\u{FFFF}'));
    text.chars().filter(good).collect()
}
