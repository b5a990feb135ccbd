//! A facilitator splits a statement. The whole stays to be seen, with its answers; nothing of them is moved to the parts.

use super::{led_by, log, touched, write};
use crate::{
    books::Books,
    decide::{self, WriteFacts},
    drawing,
    model::{Standing, Statement},
    store,
};
use civic::Actor;
use database::OffRecord;
use record::{Entries, Entry};
use serde_json::json;
use web::{Stop, Town};

/// What to split into what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SplitStatement {
    /// The code of the conversation.
    pub conversation: String,
    /// The number of the statement.
    pub number: i64,
    /// The words of its parts, in its language.
    pub parts: Vec<String>,
}

/// Splits it; the numbers of its parts.
///
/// # Errors
/// Those of [`decide::split`]; `NotFound` for whoever may not lead the conversation.
pub async fn split_statement(town: &Town, actor: Actor, asked: SplitStatement) -> Result<Vec<i64>, Stop> {
    let (now, chance, code) = (town.now(), town.chance_handle(), asked.conversation.clone());
    let numbers = town
        .db()
        .write(move |tx| {
            let SplitStatement { conversation: code, number, parts } = asked;
            let conversation = led_by(tx, &code, &actor)?;
            let before = store::of_number_to_change(tx, &code, number)?.ok_or(Stop::NotFound)?;
            let author = store::author_of(tx, &code, number)?.and_then(|(person, _)| person);
            let statements = store::statements(tx, &code)?;
            let facts = WriteFacts {
                conversation: &conversation,
                statements: &statements,
                actor: &actor,
                is_known: true,
                on_roll: false,
                own: 0,
                facilitates: true,
                now,
            };
            let next = store::next_number(tx, &code)?;
            let (after, parts) = decide::split(&facts, &before, &parts, next)?;
            store::save_statement(tx, &code, &after)?;
            for part in &parts {
                // Whoever has their account erased takes the parts of their words with them.
                store::add_statement(tx, &code, part, author)?;
            }
            let conversation = touched(conversation, now);
            store::update(tx, &conversation)?;
            drawing::ask(tx, &code, now, &*chance)?;
            let numbers: Vec<i64> = parts.iter().map(|part| part.number).collect();
            if conversation.published_at.is_none() {
                return tx.commit(OffRecord("a draft is not public yet"), numbers).map_err(Stop::from);
            }
            let view = json!({
                "conversation": code, "number": number, "state": Standing::Split.word(), "parts": numbers,
            });
            let whole = Entry::about(Statement::subject(&code, number), "statement.split", &actor, now, &*chance);
            let whole = whole.publicly(&view)?;
            let detail = numbers.iter().map(i64::to_string).collect::<Vec<_>>().join(", ");
            log(tx, &conversation, &whole, ("statement.split", Some(number)), (None, &detail), (&actor, now))?;
            let mut entries = vec![whole];
            for part in &parts {
                entries.push(write::entry_of(&code, part, &actor, now, &*chance)?);
            }
            tx.commit(Entries(entries), numbers).map_err(Stop::from)
        })
        .await?;
    Books::reread(town, &code).await?;
    Ok(numbers)
}
