//! Facilitators look after statements, each act with its entry and a line of the public log.

use super::{led_by, log, touched};
use crate::{
    books::Books,
    decide::{self, StatementAct},
    drawing,
    model::Statement,
    store,
};
use civic::{Actor, Chance, Moment};
use database::{DbError, OffRecord};
use record::Entry;
use serde_json::{Value, json};
use web::{Stop, Town};

/// An act on a statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ModerateStatement {
    /// The code of the conversation.
    pub conversation: String,
    /// The number of the statement.
    pub number: i64,
    /// What to do.
    pub act: StatementAct,
}

/// Does it.
///
/// # Errors
/// Those of [`decide::moderate`]; `NotFound` for whoever may not lead the conversation.
pub async fn moderate_statement(town: &Town, actor: Actor, asked: ModerateStatement) -> Result<Statement, Stop> {
    let (now, chance, code) = (town.now(), town.chance_handle(), asked.conversation.clone());
    let after = town
        .db()
        .write(move |tx| {
            let ModerateStatement { conversation: code, number, act } = asked;
            let conversation = touched(led_by(tx, &code, &actor)?, now);
            let before = store::of_number_to_change(tx, &code, number)?.ok_or(Stop::NotFound)?;
            let into = match act {
                StatementAct::Merge(into) => store::of_number(tx, &code, into)?,
                _ => None,
            };
            let after = decide::moderate(&before, &act, into.as_ref())?;
            store::save_statement(tx, &code, &after)?;
            store::update(tx, &conversation)?;
            if before.engine_standing() != after.engine_standing() {
                drawing::ask(tx, &code, now, &*chance)?;
            }
            if conversation.published_at.is_none() {
                return tx.commit(OffRecord("a draft is not public yet"), after).map_err(Stop::from);
            }
            let entry = entry_of(&code, &after, &act, &actor, now, &*chance)?;
            let (reason, detail) = said(&act);
            log(tx, &conversation, &entry, (act.saying(), Some(number)), (reason, &detail), (&actor, now))?;
            tx.commit(entry, after).map_err(Stop::from)
        })
        .await?;
    Books::reread(town, &code).await?;
    Ok(after)
}

/// The reason and the detail of an act, as codes.
fn said(act: &StatementAct) -> (&'static str, String) {
    match act {
        StatementAct::Reject(reason) => (reason.word(), String::new()),
        StatementAct::Merge(into) => ("", into.to_string()),
        StatementAct::Translate(language, _) => ("", language.tag().to_owned()),
        StatementAct::Accept | StatementAct::Pin(_) | StatementAct::Meta(_) => ("", String::new()),
    }
}

fn entry_of(
    code: &str,
    after: &Statement,
    act: &StatementAct,
    actor: &Actor,
    now: Moment,
    chance: &dyn Chance,
) -> Result<Entry, DbError> {
    let (reason, detail) = said(act);
    let view = json!({
        "conversation": code, "number": after.number, "state": after.standing.word(),
        "statement_reason": Some(reason).filter(|reason| !reason.is_empty()), "detail_code": detail,
    });
    let entry = Entry::about(Statement::subject(code, after.number), act.saying(), actor, now, chance);
    let entry = entry.publicly(&view)?;
    match act {
        StatementAct::Translate(language, words) => {
            entry.privately(&json!({"language": language, "words": Value::from(words.as_str())}), chance)
        }
        _ => Ok(entry),
    }
}
