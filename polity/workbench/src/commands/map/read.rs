use anyhow::{Context, bail};
use opinion_map::{
    OpinionMap, adjusted_rand_index,
    polis::{self, Faults, Imported},
};
use std::{collections::BTreeMap, fs, path::Path};

/// What the files hold.
pub struct Read {
    /// Put together.
    pub imported: Imported,
    /// What was left out of each file.
    pub faults: Vec<(String, Faults)>,
}

const TABLE: &str = "participants-votes.csv";
const VOTES: &str = "votes.csv";
const COMMENTS: &str = "comments.csv";

/// Reads one file of votes, or a folder of them.
pub fn read(path: &Path) -> anyhow::Result<Read> {
    if !path.is_dir() {
        return read_file(path);
    }
    let mut faults = Vec::new();
    let mut table = None;
    if let Some(bytes) = bytes(path, TABLE)? {
        let (read, left_out) = polis::read_participants_votes(&bytes).with_context(|| TABLE)?;
        table = Some(read);
        faults.push((TABLE.to_owned(), left_out));
    }
    let mut votes = None;
    if let Some(bytes) = bytes(path, VOTES)? {
        let (read, left_out) = polis::read_votes(&bytes).with_context(|| VOTES)?;
        votes = Some(read);
        faults.push((VOTES.to_owned(), left_out));
    }
    if table.is_none() && votes.is_none() {
        bail!("{} has neither {TABLE} nor {VOTES}.", path.display());
    }
    let mut comments = Vec::new();
    if let Some(bytes) = bytes(path, COMMENTS)? {
        let (read, left_out) = polis::read_comments(&bytes).with_context(|| COMMENTS)?;
        comments = read;
        faults.push((COMMENTS.to_owned(), left_out));
    }
    Ok(Read { imported: polis::assemble(table, votes, comments)?, faults })
}

/// The header says which of the two kinds of file it is.
fn read_file(path: &Path) -> anyhow::Result<Read> {
    let name = || path.display().to_string();
    let bytes = fs::read(path).with_context(name)?;
    let header = bytes.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let is_table =
        String::from_utf8_lossy(header).split(',').any(|name| name.trim().trim_matches('"') == "participant");
    let (table, votes, faults) = if is_table {
        let (read, faults) = polis::read_participants_votes(&bytes).with_context(name)?;
        (Some(read), None, faults)
    } else {
        let (read, faults) = polis::read_votes(&bytes).with_context(name)?;
        (None, Some(read), faults)
    };
    Ok(Read { imported: polis::assemble(table, votes, Vec::new())?, faults: vec![(name(), faults)] })
}

fn bytes(folder: &Path, file: &str) -> anyhow::Result<Option<Vec<u8>>> {
    let path = folder.join(file);
    if !path.exists() {
        return Ok(None);
    }
    fs::read(&path).map(Some).with_context(|| path.display().to_string())
}

impl Read {
    /// The words of a statement, in one line.
    pub fn words(&self, statement: &str) -> String {
        let words = self.imported.words.get(statement).map(String::as_str).unwrap_or_default();
        words.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// How far the groups agree with those in the file (adjusted Rand index), over those whom both placed.
    pub fn agreement_with_given(&self, map: &OpinionMap) -> Option<f64> {
        let names: BTreeMap<&str, u8> = self
            .imported
            .groups
            .iter()
            .flatten()
            .map(String::as_str)
            .collect::<std::collections::BTreeSet<_>>()
            .into_iter()
            .zip(0..)
            .collect();
        if names.is_empty() {
            return None;
        }
        let own: BTreeMap<&str, Option<u8>> =
            map.people.iter().map(|one| (one.id.as_str(), one.group.map(|group| group as u8))).collect();
        let given: Vec<Option<u8>> =
            self.imported.groups.iter().map(|group| names.get(group.as_deref()?).copied()).collect();
        let own: Vec<Option<u8>> =
            self.imported.conversation.people.iter().map(|id| own.get(id.as_str()).copied().flatten()).collect();
        Some(adjusted_rand_index(&given, &own))
    }
}
