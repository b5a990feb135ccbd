//! Moving words aside, and giving them back.

use super::{
    model::{BLACKENED, Withheld},
    reasons::Reason,
    store,
};
use crate::{files, search};
use civic::{Code, Moment, Subject};
use database::{DbError, Tx};
use web::moderated::{Contents, Moderated, Part, PartWords};

/// By what and why parts are hidden.
pub(super) struct Mark<'m> {
    /// The case.
    pub case: &'m Code,
    /// Why; `None` while the spam score holds it.
    pub reason: Option<&'m Reason>,
    /// When.
    pub at: Moment,
}

/// Hides these parts, or a passage in them, and makes the subject impossible to find until its room puts it into the search
/// anew. Returns the Fluent keys of the parts.
///
/// # Errors
/// Those of the database.
pub(super) fn hide(
    tx: &mut Tx<'_>,
    moderated: Moderated,
    subject: &Subject,
    contents: &Contents,
    chosen: impl Fn(&Part) -> bool,
    passage: Option<&str>,
    mark: &Mark<'_>,
) -> Result<Vec<String>, DbError> {
    let mut keys = Vec::new();
    for part in contents.parts.iter().filter(|part| chosen(part)) {
        store::keep(tx, subject, &withheld(part, passage.is_none(), mark))?;
        match (&part.words, passage) {
            (PartWords::Photo(file), _) => files::set_hidden(tx, *file, true)?,
            (PartWords::Text(text), Some(passage)) => {
                (moderated.put)(tx, &subject.id, &part.name, &text.replace(passage, BLACKENED))?;
            }
            _ => (moderated.put)(tx, &subject.id, &part.name, "")?,
        }
        keys.push(part.key.to_owned());
    }
    search::remove(tx, subject)?;
    keys.dedup();
    Ok(keys)
}

fn withheld(part: &Part, whole: bool, mark: &Mark<'_>) -> Withheld {
    let (kept, shown) = match &part.words {
        PartWords::Text(text) => (text.clone(), text.clone()),
        PartWords::Kept { kept, shown } => (kept.clone(), shown.clone()),
        PartWords::Photo(file) => (file.text(), String::new()),
    };
    Withheld {
        part: part.name.clone(),
        key: part.key.to_owned(),
        photo: matches!(part.words, PartWords::Photo(_)),
        kept,
        shown,
        held: mark.reason.is_none(),
        whole,
        reason: mark.reason.cloned(),
        at: mark.at,
        case: mark.case.to_string(),
        desk: false,
    }
}

/// Shows again what a case hides. Returns the Fluent keys of the parts.
///
/// # Errors
/// Those of the database.
pub(super) fn show(
    tx: &mut Tx<'_>,
    moderated: Moderated,
    subject: &Subject,
    case: &Code,
) -> Result<Vec<String>, DbError> {
    let mut keys = Vec::new();
    for one in store::of_case(tx, subject, case.as_str())? {
        if one.photo {
            let file =
                one.kept.parse().map_err(|error| DbError::Other(format!("a hidden photo cannot be read: {error}")))?;
            files::set_hidden(tx, file, false)?;
        } else {
            (moderated.put)(tx, &subject.id, &one.part, &one.kept)?;
        }
        store::forget(tx, subject, &one.part)?;
        keys.push(one.key);
    }
    search::remove(tx, subject)?;
    keys.dedup();
    Ok(keys)
}
