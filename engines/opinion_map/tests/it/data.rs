use opinion_map::polis::{self, Imported};
use serde_json::Value;
use std::{fs, path::PathBuf};

pub const ALL: [&str; 4] =
    ["15-per-hour-seattle", "brexit-consensus", "vtaiwan.uberx", "american-assembly.bowling-green"];
pub const WITH_ANSWERS: [&str; 3] = ["15-per-hour-seattle", "brexit-consensus", "vtaiwan.uberx"];

fn path(conversation: &str, file: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/polis").join(conversation).join(file)
}

pub fn bytes(conversation: &str, file: &str) -> Vec<u8> {
    let path = path(conversation, file);
    fs::read(&path).unwrap_or_else(|error| panic!("{} is needed for this test: {error}", path.display()))
}

/// A real conversation, as a folder of an export.
pub fn conversation(name: &str) -> Imported {
    let (table, _) = polis::read_participants_votes(&bytes(name, "participants-votes.csv")).unwrap();
    let (comments, _) = polis::read_comments(&bytes(name, "comments.csv")).unwrap();
    let votes = path(name, "votes.csv").exists().then(|| polis::read_votes(&bytes(name, "votes.csv")).unwrap().0);
    polis::assemble(Some(table), votes, comments).unwrap()
}

pub fn expected(name: &str) -> Value {
    serde_json::from_slice(&bytes(name, "expected.json")).unwrap()
}

/// Groups of production Polis as labels.
pub fn labels(imported: &Imported) -> Vec<Option<u8>> {
    imported.groups.iter().map(|group| group.as_ref().map(|group| group.parse().unwrap())).collect()
}
