//! How moderation meets notes, and what a person leaves in them.

use super::{
    model::{ISSUE, NoteKind, REQUEST, REUSE},
    store,
};
use civic::Actor;
use commons::moderation;
use database::{DbError, Tx};
use web::{
    manifest::{Ending, Privacy, Retention},
    moderated::{Contents, Moderated, Part},
};

/// The three kinds, as moderation meets them.
pub const MODERATED: [Moderated; 3] = [
    Moderated { kind: REQUEST.0, key: "subject-data-request", read: contents, put: store::put_part, is_author },
    Moderated { kind: ISSUE.0, key: "subject-dataset-issue", read: contents, put: store::put_part, is_author },
    Moderated { kind: REUSE.0, key: "subject-dataset-reuse", read: contents, put: store::put_part, is_author },
];

/// The parts that are held back when a note looks like advertising.
pub const HELD: &[&str] = &["title", "text", "url"];

/// Export and erasure.
pub const PRIVACY: Privacy = Privacy { export: store::export_person, erase: store::erase_person };

/// Who supported a request that is settled is nobody's business for ever.
pub const RETENTION: Retention = Retention {
    name: "open_data.supports",
    key: "retention-open-data-supports",
    days: 90,
    limits_days: (30, 730),
    ending: Ending::Anonymised,
    run: store::forget_supports,
};

/// How moderation meets a note of this kind.
pub fn of(kind: NoteKind) -> Moderated {
    match kind {
        NoteKind::Request => MODERATED[0],
        NoteKind::Issue => MODERATED[1],
        NoteKind::Reuse => MODERATED[2],
    }
}

fn contents(tx: &mut Tx<'_>, code: &str) -> Result<Option<Contents>, DbError> {
    let Some(note) = store::by_code(tx, code)? else { return Ok(None) };
    let parts = [
        ("title", "part-note-title", note.title.as_str()),
        ("text", "part-note-text", &note.body),
        ("url", "part-note-url", &note.url),
    ];
    let filled = parts.into_iter().filter(|(.., text)| !text.is_empty());
    Ok(Some(Contents {
        about: note.subject(),
        organisation: Some(note.organisation),
        author: moderation::author(tx, note.person, note.handle.clone())?,
        at: note.made_at,
        parts: filled.map(|(name, key, text)| Part::text(name, key, text)).collect(),
    }))
}

fn is_author(tx: &mut Tx<'_>, code: &str, who: &Actor, _secret: Option<&str>) -> Result<bool, DbError> {
    Ok(store::by_code(tx, code)?.is_some_and(|note| note.person.is_some() && note.person == who.person))
}
