//! The validation tests of w3c/csvw. The files lie in `../shared/data/open/csvw/tests` of a development machine, or where `POLITY_DATA` says;
//! where they are not, the tests are passed over, and say so.

use csvw::{Document, check};
use serde_json::Value;
use std::{collections::BTreeMap, fs, path::PathBuf};

const BASE: &str = "http://www.w3.org/2013/csvw/tests/";

/// Tests whose outcome is another one here, with the reason.
const OTHERWISE: &[(&str, &str)] = &[];

fn folder() -> Option<PathBuf> {
    let beside = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared");
    let data = std::env::var_os("POLITY_DATA").map_or_else(|| beside.join("data"), PathBuf::from);
    Some(data.join("open/csvw/tests")).filter(|path| path.join("manifest-validation.jsonld").exists())
}

#[test]
fn every_test_has_its_outcome() {
    let Some(folder) = folder() else {
        eprintln!("the files of the W3C are not here: nothing was tested");
        return;
    };
    let manifest: Value =
        serde_json::from_slice(&fs::read(folder.join("manifest-validation.jsonld")).unwrap()).unwrap();
    let (mut right, mut wrong) = (0, BTreeMap::new());
    for entry in manifest["entries"].as_array().unwrap() {
        let number = entry["id"].as_str().unwrap().rsplit("#test").next().unwrap().to_owned();
        let action = entry["action"].as_str().unwrap();
        let link =
            entry["httpLink"].as_str().and_then(|link| link.strip_prefix('<')?.split('>').next()).map(str::to_owned);
        let load = |address: &str| {
            let path = address.strip_prefix(BASE)?;
            let is_action = path == action;
            let bytes = fs::read(folder.join(path.split(['?', '#']).next()?)).ok()?;
            // The server of the W3C knows the query as a part of the name.
            if path.contains('?') && !is_action && !path.split('?').next()?.ends_with(".csv") {
                return None;
            }
            if path.contains("?") && path.ends_with(".json") {
                return None;
            }
            Some(Document { bytes, link: link.clone().filter(|_| is_action) })
        };
        let given = entry["option"]["metadata"].as_str().map(|name| format!("{BASE}{name}"));
        let findings = check(&format!("{BASE}{action}"), given.as_deref(), &load);
        let outcome = match (findings.errors, findings.warnings) {
            (0, 0) => "Positive",
            (0, _) => "Warning",
            _ => "Negative",
        };
        let expected = entry["type"].as_str().unwrap();
        if expected == format!("csvt:{outcome}ValidationTest") {
            right += 1;
        } else {
            let first: Vec<_> =
                findings.listed.iter().take(3).map(|one| format!("{:?} {}", one.row, one.reason)).collect();
            wrong.insert(number, format!("{expected}, not {outcome}: {} {first:?}", entry["name"].as_str().unwrap()));
        }
    }
    let known: BTreeMap<_, _> = OTHERWISE.iter().map(|(number, why)| ((*number).to_owned(), *why)).collect();
    for (number, what) in &wrong {
        eprintln!("{number}: {what}");
    }
    eprintln!("{right} of {} have their outcome", right + wrong.len());
    assert_eq!(wrong.keys().collect::<Vec<_>>(), known.keys().collect::<Vec<_>>());
    assert_eq!(right + wrong.len(), 282);
}
