//! Takes over a conversation that was held elsewhere: in one act, so that it is there whole or not at all.

use super::conversation::{free_code, make_findable, seed};
use crate::{
    books::Books,
    drawing,
    model::{Conversation, Entry as WhoMay, Moderation, Origin, Reaction},
    polis::Export,
    store,
};
use civic::{Actor, Chance, LocalText, Moment};
use database::{DbError, Tx};
use record::Entry;
use serde_json::json;
use std::collections::{BTreeMap, HashMap};
use web::{Refusal, Stop, Town};

/// Answers that are taken over at once.
const ANSWERS_LIMIT: usize = 3_000_000;

/// Frames of the playback, where the answers came with their times.
const FRAMES: usize = 10;

/// What was taken over, or would be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Imported {
    /// The code of the conversation; `None` when it was only tried.
    pub code: Option<String>,
    /// How many people.
    pub people: usize,
    /// How many statements.
    pub statements: usize,
    /// How many of those are not shown.
    pub statements_out: usize,
    /// How many answers count.
    pub answers: usize,
    /// How many were replaced by later ones.
    pub superseded: usize,
    /// How many people Polis placed in each of its groups.
    pub groups: BTreeMap<String, usize>,
    /// How many things were set aside.
    pub set_aside: usize,
}

/// Takes over an export, or only says what it holds.
///
/// # Errors
/// `conversation-imported-already` when one of the same address is there; `conversation-import-large`.
pub async fn import_conversation(
    town: &Town,
    actor: Actor,
    export: Export,
    origin: Origin,
    dry_run: bool,
) -> Result<Imported, Stop> {
    if export.conversation.reactions.len() > ANSWERS_LIMIT {
        return Err(Refusal::new("conversation-import-large").with("most", ANSWERS_LIMIT).into());
    }
    let (now, chance) = (town.now(), town.chance_handle());
    let own = town.clone();
    let imported = town
        .db()
        .write(move |tx| {
            let (current, before) = split(&export);
            let mut report = report_of(&export, current.len(), before.len());
            if let Some(code) = already(tx, &origin)? {
                return Err(Refusal::conflict("conversation-imported-already").with("code", code).into());
            }
            if dry_run {
                return tx.commit(database::OffRecord("only tried"), report).map_err(Stop::from);
            }
            let conversation = conversation_of(tx, &export, origin, &current, now, &*chance)?;
            let code = conversation.code.as_str();
            store::insert(tx, &conversation)?;
            store::add_many(tx, code, &export.statements)?;
            store::join_many(tx, code, &people(&export, &current, &before))?;
            store::give_many(tx, code, &current)?;
            store::give_many_before(tx, code, &before)?;
            drawing::ask_with_frames(tx, code, FRAMES, now, &*chance)?;
            let language = own.settings().languages.first().copied().unwrap_or_default();
            make_findable(tx, &conversation, language)?;
            report.code = Some(code.to_owned());
            let entry = entry_of(&conversation, &report, &actor, now, &*chance)?;
            tx.commit(entry, report).map_err(Stop::from)
        })
        .await?;
    if let Some(code) = &imported.code {
        Books::reread(town, code).await?;
    }
    Ok(imported)
}

fn already(tx: &mut Tx<'_>, origin: &Origin) -> Result<Option<String>, DbError> {
    if origin.url.is_empty() {
        return Ok(None);
    }
    let same = |one: &Conversation| {
        one.undone_at.is_none() && one.origin.as_ref().is_some_and(|other| other.url == origin.url)
    };
    Ok(store::all(tx)?.into_iter().find(same).map(|one| one.code.to_string()))
}

fn report_of(export: &Export, answers: usize, superseded: usize) -> Imported {
    let mut groups = BTreeMap::new();
    export.groups.iter().flatten().for_each(|label| *groups.entry(label.clone()).or_default() += 1);
    Imported {
        code: None,
        people: export.people.len(),
        statements: export.statements.len(),
        statements_out: export.statements.iter().filter(|one| !one.is_asked()).count(),
        answers,
        superseded,
        groups,
        set_aside: export.set_aside,
    }
}

fn conversation_of(
    tx: &mut Tx<'_>,
    export: &Export,
    origin: Origin,
    current: &[Reaction],
    now: Moment,
    chance: &dyn Chance,
) -> Result<Conversation, DbError> {
    let times = || current.iter().filter_map(|one| one.at);
    let topic = if export.topic.is_empty() { "Imported conversation" } else { &export.topic };
    Ok(Conversation {
        code: free_code(tx, chance)?,
        question: LocalText::plain(topic),
        introduction: LocalText::plain(export.description.clone()),
        organisation: None,
        moderation: Moderation::First,
        entry: WhoMay::Anybody,
        eligible: Default::default(),
        roll_print: String::new(),
        writing_until: None,
        map_shown: crate::model::MapShown::Open,
        opens_at: times().min(),
        closes_at: None,
        published_at: Some(now),
        closed_at: Some(times().max().unwrap_or(now)),
        counted_at: None,
        undone_at: None,
        census: BTreeMap::new(),
        about: None,
        origin: Some(origin),
        seed: seed(chance),
        made_at: now,
        updated_at: now,
        version: 1,
    })
}

/// The answers that count, and those that later ones took the place of: of several of one person to one statement the latest
/// counts; at the same time, or without times, the last of the file.
fn split(export: &Export) -> (Vec<Reaction>, Vec<Reaction>) {
    let mut last: HashMap<(u32, u32), usize> = HashMap::with_capacity(export.conversation.reactions.len());
    let all = &export.conversation.reactions;
    for (at, one) in all.iter().enumerate() {
        let place = last.entry((one.person, one.statement)).or_insert(at);
        if all[*place].at_ms <= one.at_ms {
            *place = at;
        }
    }
    let (mut current, mut before) = (Vec::with_capacity(last.len()), Vec::new());
    for (at, one) in all.iter().enumerate() {
        let reaction = Reaction {
            participant: export.people[one.person as usize],
            statement: export.statements[one.statement as usize].number,
            stance: Some(one.stance),
            important: false,
            at: one.at_ms.map(|ms| Moment(ms.saturating_mul(1_000))),
        };
        let counts = last.get(&(one.person, one.statement)) == Some(&at);
        if counts { current.push(reaction) } else { before.push(reaction) }
    }
    (current, before)
}

/// Everybody with their number, name, group and the time of their first answer.
fn people(
    export: &Export,
    current: &[Reaction],
    before: &[Reaction],
) -> Vec<(i64, String, Option<String>, Option<Moment>)> {
    let mut joined: HashMap<i64, Moment> = HashMap::new();
    for (participant, at) in current.iter().chain(before).filter_map(|one| Some((one.participant, one.at?))) {
        let first = joined.entry(participant).or_insert(at);
        *first = (*first).min(at);
    }
    let one = |(number, group): (&i64, &Option<String>)| {
        (*number, format!("origin:{number}"), group.clone(), joined.get(number).copied())
    };
    export.people.iter().zip(&export.groups).map(one).collect()
}

fn entry_of(
    conversation: &Conversation,
    report: &Imported,
    actor: &Actor,
    now: Moment,
    chance: &dyn Chance,
) -> Result<Entry, DbError> {
    let system = conversation.origin.as_ref().map(|origin| origin.system.as_str());
    let view = json!({
        "system": system, "people": report.people, "statements": report.statements, "answers": report.answers,
        "superseded": report.superseded, "set_aside": report.set_aside, "seed": conversation.seed,
    });
    let words = json!({"question": conversation.question, "introduction": conversation.introduction});
    let entry = Entry::about(conversation.subject(), "conversation.imported", actor, now, chance);
    entry.publicly(&view)?.privately(&words, chance)
}
