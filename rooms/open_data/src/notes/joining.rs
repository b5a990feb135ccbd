//! Notes for other rooms: in a line each, in the search, at the desk.

use super::{
    model::{Note, NoteKind},
    store, views,
};
use crate::{acts, links};
use civic::{Language, OrganisationId, Scope, Subject};
use commons::search::{self, Document};
use database::{Cursor, DbError, Tx};
use web::{
    Town,
    manifest::{AskedWork, Brief, Desk, Work},
};

/// Public notes in a line each.
pub fn briefs(town: &Town, tx: &mut Tx<'_>, subjects: &[Subject], language: Language) -> Result<Vec<Brief>, DbError> {
    let t = town.words().of(language);
    let mut briefs = Vec::new();
    for subject in subjects.iter().filter(|subject| NoteKind::of_subject(&subject.kind).is_some()) {
        let found = store::by_code(tx, &subject.id)?.filter(|note| note.is_public() && note.subject() == *subject);
        briefs.extend(found.map(|note| Brief {
            subject: subject.clone(),
            title: note.headline().to_owned(),
            state: Some(t.say(&views::state_key(note.kind, note.state)).to_owned()),
            at: note.made_at,
        }));
    }
    Ok(briefs)
}

/// Puts a note into the search of the town as it is now, or takes it out.
pub fn put_into_search(tx: &mut Tx<'_>, subject: &Subject) -> Result<(), DbError> {
    let found = store::by_code(tx, &subject.id)?.filter(|note| note.is_public() && !note.body.is_empty());
    let Some(note) = found else { return search::remove(tx, subject) };
    let text = format!("{} {}", note.code, note.body);
    let title = note.headline().to_owned();
    search::put(tx, &Document { subject: subject.clone(), title, text, at: note.made_at })
}

/// What waits for those who publish.
pub fn desk() -> Desk {
    Desk { room: "open_data", key: "data-work", act: acts::PUBLISH, work }
}

fn work(town: &Town, tx: &mut Tx<'_>, asked: &AskedWork<'_>) -> Result<Vec<Work>, DbError> {
    if asked.only_mine {
        return Ok(Vec::new());
    }
    let own = own_organisations(asked);
    let after = asked.after.as_ref().map(|(due, place)| Cursor::new(*due, place.as_str()));
    let t = town.words().of(asked.language);
    let line = |one: &Note| Work {
        code: one.code.to_string(),
        title: if one.title.is_empty() { one.datasets.join(", ") } else { one.title.clone() },
        state: t.say(&views::state_key(one.kind, one.state)).to_owned(),
        due_at: one.due_at,
        since: one.made_at,
        is_mine: false,
        href: one.kind.page(one.code.as_str()),
        place: one.code.to_string(),
    };
    let mut work: Vec<Work> =
        store::waiting(tx, own.as_deref(), after.as_ref(), asked.limit)?.iter().map(line).collect();
    // Links that do not answer are never due, and come last.
    work.extend(links::desk(town, tx, asked, own.as_deref())?);
    work.sort_by(|one, other| (one.due_micros(), &one.place).cmp(&(other.due_micros(), &other.place)));
    work.truncate(asked.limit as usize);
    Ok(work)
}

/// The organisations for which somebody publishes; `None` for all of them.
fn own_organisations(asked: &AskedWork<'_>) -> Option<Vec<OrganisationId>> {
    let mandates = asked.actor.mandates.iter().filter(|mandate| acts::PUBLISH.roles.contains(&mandate.role));
    // One mandate for the whole town is one for every organisation.
    mandates
        .map(|mandate| match mandate.scope {
            Scope::Organisation(id) => Some(id),
            Scope::Town => None,
        })
        .collect()
}
