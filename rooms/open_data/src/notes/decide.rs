//! What is decided of notes. Pure: everything it knows is an argument.

use super::model::{BODY_LIMIT, DATASETS_LIMIT, NOTES_PER_DAY, Note, NoteKind, NoteState, Spot, TITLE_LIMIT};
use crate::{decide::is_web_address, model::Dataset};
use web::Refusal;

/// What somebody wrote, as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Typed {
    /// The title.
    pub title: String,
    /// The text.
    pub body: String,
    /// The address of what was made.
    pub url: String,
    /// The table with the mistake; empty for all of the dataset.
    pub table: String,
    /// The row.
    pub row: String,
    /// The column.
    pub column: String,
    /// The version of the dataset in which it was seen; empty for the newest.
    pub version: String,
}

/// What was written, read once and then trusted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    /// The title; empty for a mistake.
    pub title: String,
    /// The text.
    pub body: String,
    /// The address; empty but for what was made.
    pub url: String,
    /// Where the mistake is.
    pub spot: Spot,
}

/// Reads a note about these datasets, which everybody sees.
///
/// # Errors
/// A refusal for each thing to put right.
pub fn read(kind: NoteKind, typed: &Typed, about: &[&Dataset]) -> Result<Words, Vec<Refusal>> {
    let mut wrong = Vec::new();
    let title = line(&typed.title);
    match (kind, title.chars().count()) {
        (NoteKind::Issue, _) => {}
        (_, 0) => wrong.push(Refusal::new("note-title").at("title")),
        (_, long) if long > TITLE_LIMIT => {
            wrong.push(Refusal::new("dataset-long").at("title").with("most", TITLE_LIMIT));
        }
        _ => {}
    }
    let body = body(&typed.body).unwrap_or_else(|refusal| {
        wrong.push(refusal);
        String::new()
    });
    let url = typed.url.trim();
    if kind == NoteKind::Reuse && !(is_web_address(url) && url.len() <= crate::model::LINE_LIMIT) {
        wrong.push(Refusal::new("dataset-url").at("url"));
    }
    if kind != NoteKind::Request && about.is_empty() {
        wrong.push(Refusal::new("note-dataset").at("dataset"));
    }
    if about.len() > DATASETS_LIMIT {
        wrong.push(Refusal::new("note-datasets").at("dataset").with("most", DATASETS_LIMIT));
    }
    let spot = match (kind, about) {
        (NoteKind::Issue, [dataset]) => spot(typed, dataset, &mut wrong),
        _ => Spot::default(),
    };
    if !wrong.is_empty() {
        return Err(wrong);
    }
    Ok(Words {
        title: if kind == NoteKind::Issue { String::new() } else { title },
        body,
        url: if kind == NoteKind::Reuse { url.to_owned() } else { String::new() },
        spot,
    })
}

fn line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").replace('\0', "")
}

/// A text of some length.
///
/// # Errors
/// `note-body` for none; `dataset-long`.
pub fn body(text: &str) -> Result<String, Refusal> {
    let text = text.trim().replace("\r\n", "\n").replace('\0', "");
    match text.chars().count() {
        0 => Err(Refusal::new("note-body").at("body")),
        long if long > BODY_LIMIT => Err(Refusal::new("dataset-long").at("body").with("most", BODY_LIMIT)),
        _ => Ok(text),
    }
}

/// Where a mistake is: a table of the dataset, a row that it has, a column of it; each may be left out.
fn spot(typed: &Typed, dataset: &Dataset, wrong: &mut Vec<Refusal>) -> Spot {
    let (table, column, row) = (typed.table.trim(), typed.column.trim(), typed.row.trim());
    let only = || dataset.resources.iter().find(|one| one.body.info.is_some());
    let resource = match table {
        "" if row.is_empty() && column.is_empty() => return Spot::default(),
        "" => only(),
        named => dataset.resource(named).filter(|one| one.body.info.is_some()),
    };
    let Some((resource, info)) = resource.and_then(|one| Some((one, one.body.info.as_ref()?))) else {
        wrong.push(Refusal::new("note-table").at("table"));
        return Spot::default();
    };
    if !column.is_empty() && !info.columns.iter().any(|one| one.name == column) {
        wrong.push(Refusal::new("note-column").at("column"));
    }
    let version = typed.version.trim();
    let version = match version.parse::<i64>().ok().filter(|version| (1..=dataset.version).contains(version)) {
        Some(version) => version,
        None if version.is_empty() => dataset.version,
        None => {
            wrong.push(
                Refusal::new("data-version-unknown").with("version", version.chars().take(20).collect::<String>()),
            );
            return Spot::default();
        }
    };
    // How many rows an older version had is not known here.
    let is_there = |row: &i64| *row >= 1 && (version < dataset.version || row.unsigned_abs() <= info.rows);
    let number = row.parse::<i64>().ok().filter(is_there);
    if !row.is_empty() && number.is_none() {
        wrong.push(Refusal::new("note-row").at("row").with("most", i64::try_from(info.rows).unwrap_or(i64::MAX)));
    }
    Spot { table: resource.slug().to_owned(), row: number, column: column.to_owned(), version: Some(version) }
}

/// Whether somebody who wrote so many notes within a day may write one more.
///
/// # Errors
/// `note-often`.
pub fn may_write(within_day: i64) -> Result<(), Refusal> {
    if within_day < NOTES_PER_DAY {
        return Ok(());
    }
    // When the day is over at the latest.
    Err(Refusal::new("note-often").again_in(86_400).with("most", NOTES_PER_DAY))
}

/// Whether an answer can make this of a note, with a dataset that everybody sees or without one.
///
/// # Errors
/// `note-state`; `note-published` where data is said to be published and no dataset is named.
pub fn may_answer(note: &Note, becomes: NoteState, dataset: Option<&Dataset>) -> Result<(), Refusal> {
    if !note.kind.answers().contains(&becomes) {
        return Err(Refusal::new("note-state").at("state"));
    }
    if becomes == NoteState::Published && !dataset.is_some_and(Dataset::is_public) {
        return Err(Refusal::new("note-published").at("dataset"));
    }
    Ok(())
}

/// Whether a note can be supported: a request that nobody has settled.
///
/// # Errors
/// `note-settled`.
pub fn may_support(note: &Note) -> Result<(), Refusal> {
    let goes_on = note.kind == NoteKind::Request && matches!(note.state, NoteState::Open | NoteState::Answered);
    if goes_on { Ok(()) } else { Err(Refusal::conflict("note-settled")) }
}

#[cfg(test)]
mod tests {
    use super::{NoteKind, Typed, body, may_write, read};

    fn codes(kind: NoteKind, typed: &Typed) -> Vec<&'static str> {
        read(kind, typed, &[]).err().into_iter().flatten().map(|refusal| refusal.code).collect()
    }

    #[test]
    fn each_kind_wants_what_it_needs() {
        let nothing = Typed::default();
        assert_eq!(codes(NoteKind::Request, &nothing), ["note-title", "note-body"]);
        assert_eq!(codes(NoteKind::Issue, &nothing), ["note-body", "note-dataset"]);
        assert_eq!(codes(NoteKind::Reuse, &nothing), ["note-title", "note-body", "dataset-url", "note-dataset"]);
        let good = Typed { title: " A \n title ".to_owned(), body: "Why".to_owned(), ..Typed::default() };
        assert_eq!(read(NoteKind::Request, &good, &[]).unwrap().title, "A title");
        let script = Typed { url: "javascript:alert(1)".to_owned(), ..good };
        assert_eq!(codes(NoteKind::Reuse, &script), ["dataset-url", "note-dataset"]);
    }

    #[test]
    fn texts_and_paces_have_limits() {
        assert!(body(&"x".repeat(3_000)).is_ok());
        assert_eq!(body(&"x".repeat(3_001)).unwrap_err().code, "dataset-long");
        assert!(may_write(9).is_ok() && may_write(10).is_err());
    }
}
