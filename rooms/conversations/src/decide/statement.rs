//! What a statement must be.

use super::{has_hidden, reaction::may_enter};
use crate::model::{Conversation, Moderation, Phase, Standing, Statement};
use civic::{Actor, Moment};
use likeness::fold;
use web::{Refusal, Stop};

/// Characters of a statement.
pub const STATEMENT_LIMIT: usize = 280;
/// The fewest letters of a statement.
const LETTERS_LEAST: usize = 6;
/// Statements of one conversation.
pub const STATEMENTS_LIMIT: usize = 5_000;
/// Statements of one participant.
const OWN_LIMIT: i64 = 20;

/// What is known when somebody writes a statement.
pub struct WriteFacts<'f> {
    /// The conversation.
    pub conversation: &'f Conversation,
    /// The statements there are.
    pub statements: &'f [Statement],
    /// Who writes.
    pub actor: &'f Actor,
    /// Whether they can be known again: by an account or by a voice.
    pub is_known: bool,
    /// Whether their account is on the roll of the conversation.
    pub on_roll: bool,
    /// How many they wrote before.
    pub own: i64,
    /// Whether they speak as facilitators, before it is public too.
    pub facilitates: bool,
    /// The present moment.
    pub now: Moment,
}

/// Decides whether words become a statement: its words and where it begins.
///
/// # Errors
/// `NotFound` for a draft; refusals with the field `words`.
pub fn write(facts: &WriteFacts<'_>, words: &str) -> Result<(String, Standing), Stop> {
    may_write(facts)?;
    let words = fresh_words(facts, words)?;
    let looked_at = facts.facilitates || facts.conversation.moderation == Moderation::Open;
    Ok((words, if looked_at { Standing::Open } else { Standing::Waiting }))
}

/// The words of a statement that is not there yet, in one line.
pub(super) fn fresh_words(facts: &WriteFacts<'_>, words: &str) -> Result<String, Refusal> {
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    judge(&words)?;
    if facts.statements.len() >= STATEMENTS_LIMIT {
        return Err(Refusal::conflict("statements-many").with("most", STATEMENTS_LIMIT));
    }
    let folded = fold(&words);
    if let Some(same) = facts.statements.iter().find(|one| one.is_asked() && fold(&one.words.original) == folded) {
        return Err(Refusal::conflict("statement-same").at("words").with("number", same.number));
    }
    Ok(words)
}

/// The statement that its author sent before in the same words, be it that it waits: sent again, it is that one.
pub fn said_before<'f>(statements: &'f [Statement], author: i64, words: &str) -> Option<&'f Statement> {
    let folded = fold(words.split_whitespace().collect::<Vec<_>>().join(" ").as_str());
    let stands =
        |one: &&Statement| matches!(one.standing, Standing::Open | Standing::Waiting) && one.split_from.is_none();
    let own = statements.iter().filter(|one| one.author == Some(author)).filter(stands);
    own.filter(|one| !one.words.original.is_empty()).find(|one| fold(&one.words.original) == folded)
}

/// Decides whether somebody may write at all now.
///
/// # Errors
/// As [`write`], without what is said of words.
pub fn may_write(facts: &WriteFacts<'_>) -> Result<(), Stop> {
    let phase = facts.conversation.phase(facts.now);
    if facts.facilitates && !matches!(phase, Phase::Closed(_)) {
        return Ok(());
    }
    match phase {
        Phase::Draft => return Err(Stop::NotFound),
        Phase::Coming(_) => return Err(Refusal::conflict("conversation-not-begun").into()),
        Phase::Closed(_) => return Err(Refusal::conflict("conversation-closed").into()),
        Phase::Open if !facts.conversation.takes_statements(facts.now) => {
            return Err(Refusal::conflict("conversation-writing-over").into());
        }
        Phase::Open => {}
    }
    may_enter(facts.conversation.entry, facts.actor, facts.on_roll)?;
    if !facts.is_known {
        return Err(Refusal::new("voice-missing").into());
    }
    if facts.own >= OWN_LIMIT {
        return Err(Refusal::conflict("statements-own-many").with("most", OWN_LIMIT).into());
    }
    Ok(())
}

fn judge(words: &str) -> Result<(), Refusal> {
    let refused = |code| Refusal::new(code).at("words");
    if words.chars().count() > STATEMENT_LIMIT {
        return Err(refused("statement-long").with("most", STATEMENT_LIMIT));
    }
    if has_hidden(words) {
        return Err(refused("conversation-hidden-characters"));
    }
    if words.chars().filter(|c| c.is_alphabetic()).count() < LETTERS_LEAST && !is_dense(words) {
        return Err(refused("statement-short"));
    }
    let lower = words.to_lowercase();
    if ["http://", "https://", "www."].iter().any(|sign| lower.contains(sign)) {
        return Err(refused("statement-link"));
    }
    if words.ends_with('?') || words.ends_with('؟') || words.starts_with('¿') {
        return Err(refused("statement-question"));
    }
    Ok(())
}

/// Words of scripts in which few signs say much.
fn is_dense(words: &str) -> bool {
    words.chars().filter(|c| *c >= '\u{2E80}' && c.is_alphabetic()).count() >= 3
}

/// The statements in a text, one a line.
pub fn seeds_of(text: &str) -> Vec<String> {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::judge;

    fn code(words: &str) -> Option<&'static str> {
        judge(words).err().map(|refusal| refusal.code)
    }

    #[test]
    fn a_statement_is_one_plain_sentence() {
        for good in
            ["Buses should run later.", "🌳 More trees, please ✅", "يجب أن تسير الحافلات ليلا", "公車應該開得晚一點"]
        {
            assert_eq!(code(good), None, "{good}");
        }
        assert_eq!(code(&"a".repeat(10_000)), Some("statement-long"));
        assert_eq!(code("Yes \u{202E}on"), Some("conversation-hidden-characters"));
        assert_eq!(code("🙂🙂🙂🙂🙂🙂🙂"), Some("statement-short"));
        assert_eq!(code(""), Some("statement-short"));
        assert_eq!(code("Read HTTPS://example.org now"), Some("statement-link"));
        for question in ["Why are there no buses?", "¿Por qué no hay autobuses", "لماذا لا توجد حافلات؟"]
        {
            assert_eq!(code(question), Some("statement-question"), "{question}");
        }
    }
}
