//! The metadata of a file are found (tabular-data-model 5), and everything is checked.

use crate::{Findings, Group, address, keys};

/// A document as it was loaded.
#[derive(Debug, Clone, Default)]
pub struct Document {
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// The address of its metadata, where it came with one (`Link` with the relation `describedby`); may be relative.
    pub link: Option<String>,
}

/// Where metadata are looked for when nothing else is said (tabular-data-model 5.3).
const PLACES: [&str; 4] = ["{+url}-metadata.json", "csv-metadata.json", "{+url}.json", "csvm.json"];

/// Checks what is at an address: a metadata document with all its tables, or a file with the metadata that somebody gives or that are found.
pub fn check(url: &str, given: Option<&str>, load: &dyn Fn(&str) -> Option<Document>) -> Findings {
    let mut findings = Findings::default();
    let bytes = |address: &str| load(address).map(|document| document.bytes);
    let is_json = url.split(['?', '#']).next().unwrap_or_default().ends_with(".json");
    let group = if is_json || given.is_some() {
        read(given.unwrap_or(url), &bytes, &mut findings)
    } else {
        let Some(document) = load(url) else {
            findings.error(url, "there is no such file");
            return findings;
        };
        find(url, document.link.as_deref(), &bytes, &mut findings)
    };
    let Some(group) = group else { return findings };
    let mut all = Vec::new();
    for table in &group.tables {
        match bytes(&table.url) {
            Some(bytes) => all.push(table.check(&bytes, &mut findings)),
            None => {
                findings.error(&table.url, "there is no such file");
                all.push(keys::Rows::default());
            }
        }
    }
    keys::check(&group.tables, &all, &mut findings);
    findings
}

fn read(place: &str, bytes: &dyn Fn(&str) -> Option<Vec<u8>>, findings: &mut Findings) -> Option<Group> {
    let Some(text) = bytes(place) else {
        findings.error(place, "there is no such document");
        return None;
    };
    Group::read(&String::from_utf8_lossy(&text), place, bytes, findings)
}

/// The first metadata that describe the file: those it links to, then those in the usual places. Such that do not are passed over with a warning.
fn find(
    url: &str,
    link: Option<&str>,
    bytes: &dyn Fn(&str) -> Option<Vec<u8>>,
    findings: &mut Findings,
) -> Option<Group> {
    let places = PLACES.map(|place| address::resolve(url, &place.replace("{+url}", url)));
    let link = link.map(|link| address::resolve(url, link));
    for place in link.into_iter().chain(places) {
        let Some(text) = bytes(&place) else { continue };
        let mut own = Findings::default();
        match Group::read(&String::from_utf8_lossy(&text), &place, bytes, &mut own) {
            Some(group) if group.describes(url) => {
                findings.append(own);
                return Some(group);
            }
            _ => findings.warn(&place, "these metadata do not describe the file, and are passed over"),
        }
    }
    None
}
