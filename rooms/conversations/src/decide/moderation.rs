//! What facilitators may do with a statement.

use super::{has_hidden, statement::STATEMENT_LIMIT};
use crate::model::{Reason, Standing, Statement};
use civic::Language;
use web::{Refusal, Stop};

/// An act of a facilitator on one statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StatementAct {
    /// Shows it.
    Accept,
    /// Does not show it, for a reason. Only its code is asked for; its words are those of the town when it is done.
    Reject(Reason),
    /// Says that another one says the same and goes on.
    Merge(i64),
    /// Shows it first, or no longer.
    Pin(bool),
    /// Says that it is about the people, or no longer.
    Meta(bool),
    /// Says in which language it was written.
    Language(Language),
    /// Gives it in another language; empty takes the translation away.
    Translate(Language, String),
}

impl StatementAct {
    /// What the record says.
    pub fn saying(&self) -> &'static str {
        match self {
            Self::Accept => "statement.accepted",
            Self::Reject(_) => "statement.rejected",
            Self::Merge(_) => "statement.merged",
            Self::Pin(true) => "statement.pinned",
            Self::Pin(false) => "statement.unpinned",
            Self::Meta(true) => "statement.marked-meta",
            Self::Meta(false) => "statement.unmarked-meta",
            Self::Language(_) => "statement.language-set",
            Self::Translate(..) => "statement.translated",
        }
    }
}

/// Applies an act; `into` is the statement that would go on in a merge.
///
/// # Errors
/// `statement-unchanged` when it is so already; `statement-merge-itself`, `statement-merge-not-open`; for a translation as
/// for a statement.
pub fn moderate(before: &Statement, act: &StatementAct, into: Option<&Statement>) -> Result<Statement, Stop> {
    let mut after = before.clone();
    match act {
        StatementAct::Accept if before.words.original.is_empty() => {
            return Err(Refusal::conflict("statement-words-hidden").into());
        }
        StatementAct::Accept => after.standing = Standing::Open,
        StatementAct::Reject(reason) => after.standing = Standing::Out(reason.clone()),
        StatementAct::Merge(number) => {
            if *number == before.number {
                return Err(Refusal::conflict("statement-merge-itself").at("into").into());
            }
            let open = into.is_some_and(Statement::is_asked);
            if !open {
                return Err(Refusal::conflict("statement-merge-not-open").at("into").with("number", *number).into());
            }
            after.standing = Standing::Merged(*number);
        }
        StatementAct::Pin(pinned) => after.pinned = *pinned,
        StatementAct::Meta(meta) => after.meta = *meta,
        StatementAct::Language(language) => {
            after.words.language = language.tag().to_owned();
            after.words.translations.remove(language);
        }
        StatementAct::Translate(language, words) => translate(&mut after, *language, words)?,
    }
    if after == *before { Err(Refusal::conflict("statement-unchanged").into()) } else { Ok(after) }
}

fn translate(statement: &mut Statement, language: Language, words: &str) -> Result<(), Refusal> {
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    if words.chars().count() > 2 * STATEMENT_LIMIT {
        return Err(Refusal::new("statement-long").at("translation").with("most", 2 * STATEMENT_LIMIT));
    }
    if has_hidden(&words) {
        return Err(Refusal::new("conversation-hidden-characters").at("translation"));
    }
    if statement.words.language == language.tag() {
        return Err(Refusal::conflict("statement-own-language").at("translation"));
    }
    if words.is_empty() {
        statement.words.translations.remove(&language);
    } else {
        statement.words.translations.insert(language, words);
    }
    Ok(())
}
