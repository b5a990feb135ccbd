//! Datasets out of DCAT in Turtle, RDF/XML or JSON-LD, as other catalogues write it.

use crate::{
    harvest::{Offered, OfferedFile},
    vocabulary::{THEMES, licence_like},
};
use civic::Language;
use oxrdf::{NamedOrBlankNode, Term, Triple};
use std::collections::{BTreeMap, HashMap};

const DCAT: &str = "http://www.w3.org/ns/dcat#";
const DCT: &str = "http://purl.org/dc/terms/";
const TYPE: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";
/// Triples that are read of one catalogue.
const TRIPLES_LIMIT: usize = 2_000_000;

/// The datasets in a text, whichever of the three it is, and what is wrong with parts that could not be read.
///
/// # Errors
/// A sentence when it is none of them.
pub fn datasets(bytes: &[u8], base: &str) -> Result<(Vec<Offered>, Vec<String>), String> {
    let (triples, wrong) = triples(bytes, base)?;
    let mut graph = Graph::default();
    for triple in triples {
        graph.put(triple);
    }
    let found: Vec<Offered> =
        graph.of_class(&format!("{DCAT}Dataset")).iter().map(|subject| graph.dataset(subject)).collect();
    if found.is_empty() && !wrong.is_empty() { Err(wrong.join("; ")) } else { Ok((found, wrong)) }
}

/// Reads as much as can be read; a bad line does not take the rest along where the syntax allows to go on.
fn triples(bytes: &[u8], base: &str) -> Result<(Vec<Triple>, Vec<String>), String> {
    let first = bytes.iter().find(|byte| !byte.is_ascii_whitespace() && !b"\xEF\xBB\xBF".contains(byte));
    let (mut good, mut wrong) = (Vec::new(), Vec::new());
    let mut take = |read: Result<Triple, String>| match read {
        Ok(triple) if good.len() < TRIPLES_LIMIT => good.push(triple),
        Ok(_) => {}
        Err(error) if wrong.len() < 20 => wrong.push(error),
        Err(_) => {}
    };
    match first {
        Some(b'{' | b'[') => {
            let parser = oxjsonld::JsonLdParser::new().with_base_iri(base).map_err(|error| error.to_string())?;
            for quad in parser.for_slice(bytes) {
                take(
                    quad.map(|quad| Triple::new(quad.subject, quad.predicate, quad.object))
                        .map_err(|error| error.to_string()),
                );
            }
        }
        Some(b'<') if is_xml(bytes) => {
            let parser = oxrdfxml::RdfXmlParser::new().with_base_iri(base).map_err(|error| error.to_string())?;
            for triple in parser.for_slice(bytes) {
                let stop = triple.is_err();
                take(triple.map_err(|error| error.to_string()));
                if stop {
                    break;
                }
            }
        }
        _ => {
            let parser = oxttl::TurtleParser::new().with_base_iri(base).map_err(|error| error.to_string())?;
            for triple in parser.for_slice(bytes) {
                take(triple.map_err(|error| error.to_string()));
            }
        }
    }
    Ok((good, wrong))
}

fn is_xml(bytes: &[u8]) -> bool {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(2_000)]).into_owned();
    head.contains("<?xml") || head.contains("rdf:RDF") || head.contains("xmlns")
}

#[derive(Default)]
struct Graph {
    about: HashMap<String, Vec<(String, Term)>>,
    order: Vec<String>,
}

fn key(subject: &NamedOrBlankNode) -> String {
    match subject {
        NamedOrBlankNode::NamedNode(node) => node.as_str().to_owned(),
        NamedOrBlankNode::BlankNode(node) => format!("_:{}", node.as_str()),
    }
}

fn key_of(term: &Term) -> String {
    match term {
        Term::NamedNode(node) => node.as_str().to_owned(),
        Term::BlankNode(node) => format!("_:{}", node.as_str()),
        Term::Literal(literal) => literal.value().to_owned(),
        #[expect(unreachable_patterns, reason = "the library has more kinds of terms with other features")]
        _ => String::new(),
    }
}

impl Graph {
    fn put(&mut self, triple: Triple) {
        let subject = key(&triple.subject);
        if !self.about.contains_key(&subject) {
            self.order.push(subject.clone());
        }
        self.about.entry(subject).or_default().push((triple.predicate.as_str().to_owned(), triple.object));
    }

    fn of_class(&self, class: &str) -> Vec<String> {
        let is = |subject: &&String| self.all(subject, TYPE).iter().any(|one| key_of(one) == class);
        self.order.iter().filter(is).cloned().collect()
    }

    fn all(&self, subject: &str, predicate: &str) -> Vec<&Term> {
        self.about.get(subject).into_iter().flatten().filter(|(of, _)| of == predicate).map(|(_, term)| term).collect()
    }

    /// The first text or address.
    fn one(&self, subject: &str, predicate: &str) -> String {
        self.all(subject, predicate).first().map(|term| key_of(term)).unwrap_or_default()
    }

    /// A text in the languages of this program; in others, or in none, as English.
    fn texts(&self, subject: &str, predicate: &str) -> BTreeMap<Language, String> {
        let mut texts = BTreeMap::new();
        let mut other = None;
        for term in self.all(subject, predicate) {
            let Term::Literal(literal) = term else { continue };
            match literal.language().and_then(|tag| tag.parse::<Language>().ok()) {
                Some(language) => {
                    texts.insert(language, literal.value().to_owned());
                }
                None => other = other.or(Some(literal.value().to_owned())),
            }
        }
        if let Some(other) = other {
            texts.entry(Language::En).or_insert(other);
        }
        texts
    }

    fn dataset(&self, subject: &str) -> Offered {
        let dct = |name: &str| self.one(subject, &format!("{DCT}{name}"));
        let identifier = dct("identifier");
        let distributions = self.all(subject, &format!("{DCAT}distribution"));
        let files: Vec<OfferedFile> = distributions.iter().map(|term| self.file(&key_of(term))).collect();
        let licences = distributions.iter().map(|term| self.one(&key_of(term), &format!("{DCT}license")));
        let licences: Vec<String> = std::iter::once(dct("license")).chain(licences).collect();
        let known = licences.iter().find_map(|text| licence_like(text)).map(|one| one.code.to_owned());
        let named = licences.iter().find(|text| !text.is_empty() && !text.starts_with("_:")).cloned();
        let place = dct("spatial");
        let label = ["http://www.w3.org/2004/02/skos/core#prefLabel", "http://www.w3.org/2000/01/rdf-schema#label"];
        let label = label.iter().map(|name| self.one(&place, name)).find(|text| !text.is_empty());
        let publisher = self.one(&dct("publisher"), "http://xmlns.com/foaf/0.1/name");
        let facts = [("publisher_name", publisher), ("modified", dct("modified")), ("issued", dct("issued"))];
        let contact = self.one(subject, &format!("{DCAT}contactPoint"));
        let vcard = |name: &str| self.one(&contact, &format!("http://www.w3.org/2006/vcard/ns#{name}"));
        let period = dct("temporal");
        let day = |names: [&str; 2]| {
            let found =
                names.iter().map(|name| self.one(&period, name)).find(|text| !text.is_empty()).unwrap_or_default();
            found.get(..10).map(str::to_owned).unwrap_or_default()
        };
        Offered {
            // The name of a blank node is another each time it is read, so it tells nothing.
            id: [identifier.as_str(), subject]
                .into_iter()
                .find(|id| !id.is_empty() && !id.starts_with("_:"))
                .unwrap_or_default()
                .to_owned(),
            title: self.texts(subject, &format!("{DCT}title")),
            notes: self.texts(subject, &format!("{DCT}description")),
            tags: self.all(subject, &format!("{DCAT}keyword")).iter().map(|term| key_of(term)).collect(),
            themes: self
                .all(subject, &format!("{DCAT}theme"))
                .iter()
                .filter_map(|term| {
                    let uri = key_of(term);
                    let end = uri.rsplit('/').next()?.to_uppercase();
                    THEMES.iter().find(|(code, _)| *code == end).map(|(code, _)| (*code).to_owned())
                })
                .collect(),
            licence: known.or(named).unwrap_or_default(),
            licence_url: String::new(),
            spatial: label.unwrap_or_else(|| if place.starts_with("_:") { String::new() } else { place }),
            high_value: self.one(subject, "http://data.europa.eu/r5r/hvdCategory"),
            extras: facts
                .into_iter()
                .filter(|(_, value)| !value.is_empty())
                .map(|(key, value)| (key.to_owned(), value))
                .collect(),
            warnings: Vec::new(),
            url: self.one(subject, &format!("{DCAT}landingPage")),
            contact_name: vcard("fn"),
            contact_email: vcard("hasEmail").trim_start_matches("mailto:").to_owned(),
            frequency: dct("accrualPeriodicity").rsplit('/').next().unwrap_or_default().to_owned(),
            from: day(["http://www.w3.org/ns/dcat#startDate", "http://schema.org/startDate"]),
            until: day(["http://www.w3.org/ns/dcat#endDate", "http://schema.org/endDate"]),
            files,
        }
    }

    fn file(&self, subject: &str) -> OfferedFile {
        let of = |name: &str| self.one(subject, name);
        let download = of(&format!("{DCAT}downloadURL"));
        let format = of(&format!("{DCT}format"));
        let label = self.one(&format, "http://www.w3.org/2000/01/rdf-schema#label");
        let value = self.one(&format, "http://www.w3.org/1999/02/22-rdf-syntax-ns#value");
        let format = [label, value, format]
            .into_iter()
            .find(|text| !text.is_empty() && !text.starts_with("_:"))
            .unwrap_or_default();
        let media = of(&format!("{DCAT}mediaType"));
        let media = if media.starts_with("_:") {
            String::new()
        } else {
            media.split("media-types/").last().unwrap_or_default().to_owned()
        };
        let url = if download.is_empty() { of(&format!("{DCAT}accessURL")) } else { download };
        OfferedFile {
            id: if subject.starts_with("_:") { url.clone() } else { subject.to_owned() },
            name: of(&format!("{DCT}title")),
            description: of(&format!("{DCT}description")),
            url,
            format: format.rsplit(['/', '#']).next().unwrap_or_default().to_owned(),
            media_type: media,
        }
    }
}
