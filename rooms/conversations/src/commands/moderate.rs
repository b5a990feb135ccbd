//! Facilitators look after statements, each act with its entry and a line of the public log.

use super::{led_by, log, touched};
use crate::{
    books::Books,
    decide::{self, StatementAct},
    drawing,
    model::{Reason, SEVERAL, Statement, UNCLEAR, built_in},
    store,
};
use civic::{Actor, Chance, Moment};
use commons::moderation::reasons::templates;
use database::{DbError, OffRecord, Tx};
use record::Entry;
use serde_json::{Value, json};
use web::{Refusal, Stop, Town};

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
/// Those of [`decide::moderate`]; `statement-reason` for one that is not offered; `NotFound` for whoever may not lead the conversation.
pub async fn moderate_statement(town: &Town, actor: Actor, asked: ModerateStatement) -> Result<Statement, Stop> {
    let (now, chance, code) = (town.now(), town.chance_handle(), asked.conversation.clone());
    let after = town
        .db()
        .write(move |tx| {
            let ModerateStatement { conversation: code, number, act } = asked;
            let mut conversation = touched(led_by(tx, &code, &actor)?, now);
            let before = store::of_number_to_change(tx, &code, number)?.ok_or(Stop::NotFound)?;
            let act = match act {
                StatementAct::Reject(asked) => StatementAct::Reject(chosen(tx, &asked.code)?),
                other => other,
            };
            let into = match act {
                StatementAct::Merge(into) => store::of_number(tx, &code, into)?,
                _ => None,
            };
            let after = decide::moderate(&before, &act, into.as_ref())?;
            store::save_statement(tx, &code, &after)?;
            if before.standing != after.standing && conversation.origin.is_none() {
                // What is asked decides what the tables hold, so they are counted again: see `counting`.
                conversation.counted_at = None;
            }
            store::update(tx, &conversation)?;
            if before.engine_standing() != after.engine_standing() {
                drawing::ask(tx, &code, now, &*chance)?;
            }
            if conversation.published_at.is_none() {
                return tx.commit(OffRecord("a draft is not public yet"), after).map_err(Stop::from);
            }
            let entry = entry_of(&code, &after, &act, &actor, now, &*chance)?;
            let (reason, detail) = said(&act);
            log(tx, &conversation, &entry, (act.saying(), Some(number)), (reason.as_ref(), &detail), (&actor, now))?;
            tx.commit(entry, after).map_err(Stop::from)
        })
        .await?;
    Books::reread(town, &code).await?;
    Ok(after)
}

/// The reasons a facilitator can choose: those of statements that the town does not word itself, then those it offers.
///
/// # Errors
/// Those of the database.
pub fn offered_reasons(tx: &mut Tx<'_>) -> Result<Vec<Reason>, DbError> {
    let all = templates(tx)?;
    let own = [UNCLEAR, SEVERAL].into_iter().filter(|code| all.get(code).is_none()).map(built_in);
    Ok(own.chain(all.offered().map(|one| one.reason.clone())).collect())
}

/// The reason of this code with its present words.
fn chosen(tx: &mut Tx<'_>, code: &str) -> Result<Reason, Stop> {
    let found = offered_reasons(tx)?.into_iter().find(|reason| reason.code == code);
    found.ok_or_else(|| Refusal::new("statement-reason").at("reason").into())
}

/// The reason and the detail of an act.
fn said(act: &StatementAct) -> (Option<Reason>, String) {
    match act {
        StatementAct::Reject(reason) => (Some(reason.clone()), String::new()),
        StatementAct::Merge(into) => (None, into.to_string()),
        StatementAct::Translate(language, _) | StatementAct::Language(language) => (None, language.tag().to_owned()),
        StatementAct::Accept | StatementAct::Pin(_) | StatementAct::Meta(_) => (None, String::new()),
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
    let mut view = json!({
        "conversation": code, "number": after.number, "state": after.standing.word(),
        "statement_reason": reason.as_ref().map(|reason| &reason.code), "detail_code": detail,
    });
    if let Some(words) = reason.and_then(|reason| reason.words) {
        view["detail"] = json!({"statement_reason": words.sentence});
    }
    let entry = Entry::about(Statement::subject(code, after.number), act.saying(), actor, now, chance);
    let entry = entry.publicly(&view)?;
    match act {
        StatementAct::Translate(language, words) => {
            entry.privately(&json!({"language": language, "words": Value::from(words.as_str())}), chance)
        }
        _ => Ok(entry),
    }
}
