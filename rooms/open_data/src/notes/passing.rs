//! A request for data is passed on to the agency that has the data: who answers changes, the time begins anew, and whoever asked is told.

use super::{
    commands::{agency_code, due},
    decide,
    model::{Note, NoteKind, NoteState},
    store,
};
use crate::{acts, books::Books};
use civic::{Actor, Language, Moment};
use database::{DbError, Row, Tx, params};
use people::{
    accounts,
    mail::{self, Mail},
    organisations,
};
use record::Entry;
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::json;
use web::{Refusal, Stop, Town};

/// How often one request is passed on at most.
pub const PASSES_LIMIT: usize = 3;

/// A step of a request's way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pass {
    /// The id of its entry in the record.
    pub id: String,
    /// When.
    pub at: Moment,
    /// The code of who passed it on.
    pub from: String,
    /// The code of who has it since.
    pub to: String,
    /// Why.
    pub body: String,
}

/// The same for programs.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct PassView {
    /// When (RFC 3339).
    pub at: String,
    /// The code of who passed it on.
    pub from: String,
    /// The code of who has it since.
    pub to: String,
    /// Why.
    pub text: String,
}

impl From<&Pass> for PassView {
    fn from(one: &Pass) -> Self {
        Self { at: one.at.rfc3339(), from: one.from.clone(), to: one.to.clone(), text: one.body.clone() }
    }
}

/// What somebody who passes a request on says.
#[derive(Debug, Clone)]
pub struct Passing {
    /// The code of the agency that is to answer.
    pub to: String,
    /// Why.
    pub body: String,
    /// The version that was read; `None` where it does not matter.
    pub seen: Option<i64>,
}

/// Whether a request that came this way may go on to an agency. Pure.
///
/// # Errors
/// `note-settled` (409); `note-pass-back` to one that has it or had it; `note-pass-often`.
pub fn may_pass(note: &Note, own: &str, to: &str, before: &[Pass]) -> Result<(), Refusal> {
    let goes_on = note.kind == NoteKind::Request && matches!(note.state, NoteState::Open | NoteState::Answered);
    match () {
        () if !goes_on => Err(Refusal::conflict("note-pass-settled")),
        () if before.len() >= PASSES_LIMIT => Err(Refusal::conflict("note-pass-often").with("most", PASSES_LIMIT)),
        () if to == own || before.iter().any(|pass| pass.from == to) => {
            Err(Refusal::new("note-pass-back").at("organisation"))
        }
        () => Ok(()),
    }
}

/// Passes a request on.
///
/// # Errors
/// `NotFound` where the mandate does not reach; those of [`may_pass`]; `note-organisation`; `note-changed` (409).
pub async fn pass(town: &Town, actor: Actor, code: String, passing: Passing) -> Result<Note, Stop> {
    let own = town.clone();
    let passed = town.db().write(move |tx| {
        let found = store::to_change(tx, &code)?.filter(|note| note.kind == NoteKind::Request);
        let found = found.filter(|note| actor.may_for(&acts::PUBLISH, Some(note.organisation)));
        let mut note = found.ok_or(Stop::NotFound)?;
        if passing.seen.is_some_and(|seen| seen != note.version) {
            return Err(Refusal::conflict("note-changed").into());
        }
        let body = decide::body(&passing.body).map_err(|refusal| refusal.at("why"))?;
        let to = organisations::by_code(tx, passing.to.trim())?;
        let to = to.ok_or_else(|| Refusal::new("note-organisation").at("organisation"))?;
        let from = agency_code(tx, note.organisation)?;
        may_pass(&note, &from, &to.code, &passes(tx, &code)?)?;
        let now = own.now();
        (note.organisation, note.state, note.state_at, note.updated_at) = (to.id, NoteState::Open, now, now);
        note.due_at = due(&own, tx, to.id, note.kind, now)?;
        note.version += 1;
        store::update(tx, &note)?;
        let what = json!({"from": from, "organisation": to.code, "due": note.due_at.map(Moment::rfc3339)});
        let entry = Entry::about(note.subject(), "data-request.passed-on", &actor, now, own.chance())
            .publicly(&what)?
            .privately(&json!({"text": body}), own.chance())?;
        let pass = Pass { id: entry.id().text(), at: now, from, to: to.code.clone(), body };
        add_pass(tx, &code, &pass)?;
        tell_asker(&own, tx, &note, |language| to.name.in_language(language).to_owned())?;
        tx.commit(entry, note).map_err(Stop::from)
    });
    passed.await
}

/// A mail to whoever asked, in their language, where they have an account still.
fn tell_asker(town: &Town, tx: &mut Tx<'_>, note: &Note, agency: impl Fn(Language) -> String) -> Result<(), DbError> {
    let Some(person) = note.person.map(|id| accounts::by_id(tx, id)).transpose()?.flatten() else { return Ok(()) };
    let Some(to) = person.email.clone() else { return Ok(()) };
    let t = town.words().of(person.language);
    let due = note.due_at.map(|due| web::dates::date(due, &town.settings().zone, person.language)).unwrap_or_default();
    let values = [
        ("code", note.code.as_str().into()),
        ("title", note.headline().into()),
        ("agency", agency(person.language).into()),
        ("date", due.into()),
        ("link", town.url(&note.kind.page(note.code.as_str())).into()),
    ];
    let subject = t.with("note-pass-mail-subject", &values);
    let body_text = t.with("note-pass-mail-body", &values);
    mail::put(tx, &Mail { to, subject, body_text }, town.now(), town.chance()).map(|_| ())
}

fn add_pass(tx: &mut Tx<'_>, code: &str, new: &Pass) -> Result<(), DbError> {
    let sql =
        "insert into data_note_passes (id, note, at, from_agency, to_agency, body) values ($1, $2, $3, $4, $5, $6)";
    tx.execute(sql, &params![&new.id, code, new.at.micros(), &new.from, &new.to, &new.body]).map(|_| ())
}

/// The way of a request, oldest step first.
///
/// # Errors
/// Those of the database.
pub fn passes(tx: &mut Tx<'_>, code: &str) -> Result<Vec<Pass>, DbError> {
    let sql = "select id, at, from_agency, to_agency, body from data_note_passes where note = $1 order by at, id";
    let pass = |row: &Row| {
        Ok(Pass { id: row.get(0)?, at: Moment(row.get(1)?), from: row.get(2)?, to: row.get(3)?, body: row.get(4)? })
    };
    tx.query(sql, &params![code])?.iter().map(pass).collect()
}

/// The agencies that a request can be passed on to, by code: every one but who has it or had it.
pub fn next(town: &Town, own: &str, before: &[Pass], language: Language) -> Vec<(String, String)> {
    let shelves = town.part::<Books>().now();
    let mut all: Vec<(String, String)> = shelves
        .organisations
        .values()
        .filter(|one| one.code != own && !before.iter().any(|pass| pass.from == one.code))
        .map(|one| (one.code.clone(), one.name.in_language(language).to_owned()))
        .collect();
    all.sort();
    all
}
