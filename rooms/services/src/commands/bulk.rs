//! One letter to several applicants, each in a transaction of its own, and none of them twice.

use super::{definition_of, letters, office::saved_as};
use crate::{
    conflict,
    decide::{apply, decide_letter, fill},
    letter_templates,
    model::{Application, Definition, LOOKS, Look},
    store,
};
use civic::{Actor, EntryId, Language, Moment};
use database::{DbError, OffRecord, Tx};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use web::{Refusal, Stop, Town};

/// Characters of the name under which a batch is sent.
const BATCH_LIMIT: usize = 100;
const PRIVATE: OffRecord = OffRecord("letters are between the office and the applicant");

/// A letter to several.
#[derive(Debug, Clone, Default)]
pub struct BulkLetter {
    /// Names the batch: under the same name nobody gets it twice from the same officer.
    pub batch: String,
    /// The text with its fields.
    pub template: String,
    /// The text for those who read in one of these languages; the others get the kept letter, or [`BulkLetter::template`] where none is named.
    pub others: BTreeMap<Language, String>,
    /// The id of a kept letter, for programs: its text in the language of each, where none is written here in that language.
    pub kept: String,
    /// Why the applications are opened, as one of [`LOOKS`].
    pub why: String,
}

/// What became of one letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sent {
    /// It was sent.
    Now,
    /// It had been sent before, under the same name of the batch.
    Before,
}

/// A letter as it would be sent.
#[derive(Debug, Clone)]
pub struct Prepared {
    /// Its subject.
    pub subject: String,
    /// Its text, with the frame of the town's letters around it.
    pub body: String,
    /// Whether it must go by post too, because somebody who applies has no e-mail address.
    pub by_post: bool,
}

/// The names of fields that every application has.
const FIELDS: [&str; 4] = ["reference", "service", "filed", "due"];

/// The letter to one application as it would be sent. To read it is to open the application, so it is noted there with the reason.
///
/// # Errors
/// `NotFound` where the actor's mandate does not reach; why it would not be sent.
pub async fn prepare_letter(town: &Town, actor: Actor, code: String, letter: BulkLetter) -> Result<Prepared, Stop> {
    let own = town.clone();
    town.db()
        .write(move |tx| {
            let one = opened(tx, &own, &actor, &code, &letter)?;
            let definition = definition_of(tx, &one)?;
            let by_post = letters::is_by_post(tx, &one)?;
            let text = match wording(tx, &actor, &one, &letter) {
                Err(Stop::Refused(mut refusals)) if !refusals.is_empty() => Err(refusals.remove(0)),
                other => Ok(other?),
            };
            let filled = text.and_then(|text| text_of(&own, &one, &definition, &text));
            let prepared = filled.and_then(|text| {
                let change = decide_letter(&one, text, &actor.handle)?;
                let (subject, body) = letters::composed(&own, &one, &definition, &change);
                Ok(Prepared { subject, body, by_post })
            });
            // That it was opened stands, whether a letter comes of it or not.
            tx.commit(PRIVATE, prepared).map_err(Stop::from)
        })
        .await?
        .map_err(Stop::from)
}

/// Sends the letter to one application.
///
/// # Errors
/// `NotFound` where the actor's mandate does not reach; why it is not sent.
pub async fn send_letter(town: &Town, actor: Actor, code: String, letter: BulkLetter) -> Result<Sent, Stop> {
    let own = town.clone();
    town.db()
        .write(move |tx| {
            if letter.batch.is_empty() || letter.batch.len() > BATCH_LIMIT {
                return Err(Refusal::new("letters-batch").at("batch").with("most", BATCH_LIMIT).into());
            }
            let now = own.now();
            let mut one = opened(tx, &own, &actor, &code, &letter)?;
            let step = step_id(&letter.batch, &actor.handle, one.code.as_str());
            if store::has_step(tx, &one.code, &step)? {
                return tx.commit(PRIVATE, Sent::Before).map_err(Stop::from);
            }
            let definition = definition_of(tx, &one)?;
            let text = text_of(&own, &one, &definition, &wording(tx, &actor, &one, &letter)?)?;
            let change = decide_letter(&one, text, &actor.handle)?;
            apply(&mut one, &change, &actor.handle, now);
            saved_as(tx, &one, &change, &actor.handle, now, step.clone())?;
            if !one.is_simulated {
                letters::said(tx, &own, &one, &definition, &change, &step)?;
            }
            tx.commit(PRIVATE, Sent::Now).map_err(Stop::from)
        })
        .await
}

/// The application, held for a change, with a note that it was opened where there is none of today.
fn opened(tx: &mut Tx<'_>, town: &Town, actor: &Actor, code: &str, letter: &BulkLetter) -> Result<Application, Stop> {
    if !LOOKS.contains(&letter.why.as_str()) {
        return Err(Refusal::new("look-why").at("why").into());
    }
    let found = store::by_code_to_change(tx, code)?;
    let one = conflict::for_officer(tx, actor, found)?;
    let now = town.now();
    if !store::has_looked(tx, &one.code, &actor.handle, super::office::looks_hold_since(now))? {
        let look = Look { at: now, actor: actor.handle.clone(), why: letter.why.clone() };
        store::add_look(tx, &EntryId::new(now, &*town.chance_handle()).text(), &one.code, &look)?;
    }
    Ok(one)
}

/// The id of the step of a letter: the same for the same batch, officer and application.
fn step_id(batch: &str, officer: &str, code: &str) -> String {
    let parts = ["letter", batch, officer, code].map(|part| format!("{} {part}", part.len()));
    format!("letter-{}", hex::encode(&Sha256::digest(parts.join("\n").as_bytes())[..16]))
}

/// The text for one application, with its fields still in braces: what is written here in its language, else what a kept letter says, else the
/// text for all others.
fn wording(tx: &mut Tx<'_>, actor: &Actor, one: &Application, letter: &BulkLetter) -> Result<String, Stop> {
    match letter.others.get(&one.language) {
        Some(written) => Ok(written.clone()),
        None if !letter.kept.is_empty() => letter_templates::text_for(tx, actor, &letter.kept, one),
        None => Ok(letter.template.clone()),
    }
}

/// A kept letter to one applicant, filled in, to be read and changed before it is sent. Where something cannot be filled in, the text with its
/// braces, and why.
///
/// # Errors
/// Those of [`letter_templates::text_for`].
pub async fn begin_letter(
    town: &Town,
    actor: Actor,
    one: Application,
    kept: String,
) -> Result<(String, Option<Refusal>), Stop> {
    let own = town.clone();
    town.db()
        .read(move |tx| {
            let text = letter_templates::text_for(tx, &actor, &kept, &one)?;
            let definition = definition_of(tx, &one)?;
            Ok(match text_of(&own, &one, &definition, &text) {
                Ok(filled) => (filled, None),
                Err(refusal) => (text, Some(refusal.at("letter"))),
            })
        })
        .await
}

/// The text with the fields of one application.
fn text_of(town: &Town, one: &Application, definition: &Definition, template: &str) -> Result<String, Refusal> {
    let t = town.words().of(one.language);
    let day = |moment: Moment| web::dates::date(moment, &town.settings().zone, one.language);
    fill(template, |name| {
        Some(match name {
            "reference" => one.code.to_string(),
            "service" => definition.title.in_language(one.language).to_owned(),
            "filed" => day(one.filed_at),
            "due" => day(one.due_at),
            _ => {
                let (page, field) = definition.form.field(name)?;
                let answer = one.answers.0.get(name).filter(|_| page.repeat == 0 && !is_file(field.kind));
                answer.map(|value| forms::shown(field, value, &t, town)).unwrap_or_default()
            }
        })
    })
}

/// What is no text to be put into a letter.
fn is_file(kind: forms::Kind) -> bool {
    matches!(kind, forms::Kind::Upload | forms::Kind::Signature)
}

/// The fields that a letter on these versions of services can have: those of every application, then the questions.
pub fn fields_of<'d>(definitions: impl Iterator<Item = &'d Definition>) -> Vec<String> {
    let mut names: Vec<String> = FIELDS.iter().map(|name| (*name).to_owned()).collect();
    for definition in definitions {
        for (page, field) in definition.form.fields() {
            if page.repeat == 0 && !is_file(field.kind) && !names.contains(&field.name) {
                names.push(field.name.clone());
            }
        }
    }
    names
}

/// The versions at filing of these applications, each once.
///
/// # Errors
/// Those of the database.
pub fn versions_of(tx: &mut Tx<'_>, all: &[Application]) -> Result<Vec<Definition>, DbError> {
    let mut seen: Vec<(&str, i64)> = Vec::new();
    let mut definitions = Vec::new();
    for one in all {
        if !seen.contains(&(one.service.as_str(), one.number)) {
            seen.push((one.service.as_str(), one.number));
            definitions.push(definition_of(tx, one)?);
        }
    }
    Ok(definitions)
}
