//! Somebody writes a statement.

use super::{
    Gate, led_by, log, participant,
    react::{Entrance, give},
    touched,
};
use crate::{
    books::Books,
    decide::{self, WriteFacts, may_join},
    drawing,
    model::{Conversation, Reaction, Standing, Statement, StatementWords},
    moderated::STATEMENTS,
    store,
    voice::Who,
};
use civic::{Actor, Chance, Language, Moment};
use commons::moderation::{Seen, Text, watch};
use database::{DbError, OffRecord};
use opinion_map::Stance;
use record::{Entries, Entry};
use serde_json::json;
use web::{Stop, Town};

/// A statement to write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewStatement {
    /// The code of the conversation.
    pub conversation: String,
    /// Its words.
    pub words: String,
    /// The language they are in.
    pub language: Language,
    /// A challenge that was solved.
    pub challenge: Option<String>,
    /// Whether many new voices came from the network.
    pub crowded: bool,
}

/// What became of a statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Written {
    /// Its number.
    pub number: i64,
    /// Whether people are asked for it already; otherwise somebody looks at it first.
    pub is_open: bool,
    /// Whether it was not there before: what its author sends again is the same statement.
    pub is_new: bool,
}

/// Adds a statement of a participant. Its author is counted as agreeing.
///
/// # Errors
/// Those of [`decide::write`] and of [`decide::may_join`].
pub async fn write_statement(town: &Town, who: Who, new: NewStatement) -> Result<Written, Stop> {
    let (now, chance, code) = (town.now(), town.chance_handle(), new.conversation.clone());
    let gate = Gate::of(town, &code)?;
    let written = town
        .db()
        .write(move |tx| {
            let code = new.conversation.as_str();
            let conversation = store::by_code_to_change(tx, code)?.ok_or(Stop::NotFound)?;
            let known = store::by_names(tx, code, &who.names, true)?;
            let line = gate.line(tx, &conversation, &who.actor)?;
            let entrance =
                Entrance { code, who: &who, line: line.as_deref(), challenge: new.challenge.as_deref(), now };
            let own = known.as_ref().map(|(_, one)| store::by_author(tx, code, one.number)).transpose()?;
            let statements = store::statements(tx, code)?;
            let facts = WriteFacts {
                conversation: &conversation,
                statements: &statements,
                actor: &who.actor,
                is_known: who.is_known(),
                on_roll: line.is_some(),
                own: own.unwrap_or(0),
                facilitates: false,
                now,
            };
            let own = known.as_ref().and_then(|(_, one)| decide::said_before(&statements, one.number, &new.words));
            if let Some(own) = own {
                let known = Written { number: own.number, is_open: own.is_asked(), is_new: false };
                decide::may_write(&facts)?;
                return tx.commit(OffRecord("the same was sent again"), known).map_err(Stop::from);
            }
            let (words, standing) = decide::write(&facts, &new.words)?;
            let arrivals = entrance.arrivals(tx, known.is_some())?;
            let solved = entrance.solved(tx, known.is_some())?;
            may_join(&who.actor, known.is_some(), new.crowded, arrivals, solved)?;
            let author = entrance.enter(tx, known)?.number;
            let statement = Statement {
                number: store::next_number(tx, code)?,
                words: StatementWords {
                    language: new.language.tag().to_owned(),
                    original: words,
                    translations: Default::default(),
                },
                standing,
                meta: false,
                pinned: false,
                seeded: false,
                split_from: None,
                author: Some(author),
                at: now,
            };
            store::add_statement(tx, code, &statement, who.actor.person)?;
            let subject = Statement::subject(code, statement.number);
            let text = Text { text: &statement.words.original, author: &who.actor, sent_before: 0, parts: &["words"] };
            let held = watch(tx, STATEMENTS, &subject, &text, now, &*chance)? == Seen::Held;
            let agreed = Reaction {
                participant: author,
                statement: statement.number,
                stance: Some(Stance::Agree),
                important: false,
                at: Some(now),
            };
            give(tx, code, &agreed, now, &*chance)?;
            store::update(tx, &touched(conversation, now))?;
            let entry = entry_of(code, &statement, &participant(), now, &*chance)?;
            let is_open = statement.standing == Standing::Open && !held;
            tx.commit(entry, Written { number: statement.number, is_open, is_new: true }).map_err(Stop::from)
        })
        .await?;
    Books::reread(town, &code).await?;
    Ok(written)
}

pub(super) fn entry_of(
    code: &str,
    one: &Statement,
    actor: &Actor,
    now: Moment,
    chance: &dyn Chance,
) -> Result<Entry, DbError> {
    let view = json!({
        "conversation": code, "number": one.number, "state": one.standing.word(), "language": one.words.language,
        "seeded": one.seeded, "split_from": one.split_from,
    });
    let entry = Entry::about(Statement::subject(code, one.number), "statement.submitted", actor, now, chance);
    entry.publicly(&view)?.privately(&json!({"words": one.words.original}), chance)
}

/// Adds statements to begin with, in the name of the facilitators. One that cannot be taken stops all.
///
/// # Errors
/// Those of [`decide::write`]; `NotFound` for whoever may not lead the conversation.
pub async fn add_seeds(
    town: &Town,
    actor: Actor,
    code: &str,
    language: Language,
    seeds: Vec<String>,
) -> Result<usize, Stop> {
    let (now, chance, own) = (town.now(), town.chance_handle(), code.to_owned());
    let count = town
        .db()
        .write(move |tx| {
            let conversation = led_by(tx, &own, &actor)?;
            let mut statements = store::statements(tx, &own)?;
            let mut entries = Vec::new();
            let first = store::next_number(tx, &own)?;
            for (number, seed) in (first..).zip(&seeds) {
                let one = seed_of(&conversation, &statements, &actor, (language, seed), number, now)?;
                store::add_statement(tx, &own, &one, None)?;
                entries.push(entry_of(&own, &one, &actor, now, &*chance)?);
                statements.push(one);
            }
            drawing::ask(tx, &own, now, &*chance)?;
            let conversation = touched(conversation, now);
            store::update(tx, &conversation)?;
            if conversation.published_at.is_none() {
                return tx.commit(OffRecord("a draft is not public yet"), seeds.len()).map_err(Stop::from);
            }
            for (entry, one) in entries.iter().zip(&statements[statements.len() - entries.len()..]) {
                log(tx, &conversation, entry, ("statement.submitted", Some(one.number)), (None, ""), (&actor, now))?;
            }
            tx.commit(Entries(entries), seeds.len()).map_err(Stop::from)
        })
        .await?;
    Books::reread(town, code).await?;
    Ok(count)
}

fn seed_of(
    conversation: &Conversation,
    statements: &[Statement],
    actor: &Actor,
    (language, words): (Language, &str),
    number: i64,
    now: Moment,
) -> Result<Statement, Stop> {
    let facts =
        WriteFacts { conversation, statements, actor, is_known: true, on_roll: false, own: 0, facilitates: true, now };
    let (words, standing) = decide::write(&facts, words)?;
    let words =
        StatementWords { language: language.tag().to_owned(), original: words, translations: Default::default() };
    Ok(Statement {
        number,
        words,
        standing,
        meta: false,
        pinned: false,
        seeded: true,
        split_from: None,
        author: None,
        at: now,
    })
}
