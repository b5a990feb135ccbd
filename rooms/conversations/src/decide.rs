//! What may be done. Pure: facts and a command in, what changes or a refusal out.

mod conversation;
mod draft;
mod moderation;
mod reaction;
mod report;
mod split;
mod statement;

pub use conversation::{
    CheckedFacts, Definition, FactsText, PromiseText, check_definition, check_facts, check_promise,
};
pub use draft::{draft_name, draft_sentence};
pub use moderation::{StatementAct, moderate};
pub use reaction::{Change, ReactFacts, change_of, may_join, react};
pub use report::{CHOSEN_LIMIT, SECTIONS_LIMIT, SectionText, check_publish, check_reason, check_report, freeze};
pub use split::split;
pub use statement::{STATEMENT_LIMIT, WriteFacts, may_write, said_before, seeds_of, write};

use web::Refusal;

/// Whether a text holds characters that nobody sees: controls, and those that turn the direction of writing (Unicode
/// Standard Annex 9) or hide letters from a reader.
pub fn has_hidden(text: &str) -> bool {
    text.chars().any(|c| {
        (c.is_control() && c != '\n' && c != '\r' && c != '\t')
            || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{200B}' | '\u{2060}' | '\u{FEFF}' | '\u{E0000}'..='\u{E007F}')
    })
}

/// A text within its limit and without hidden characters, trimmed.
pub fn plain(text: &str, field: &'static str, most: usize) -> Result<String, Refusal> {
    let text = text.trim();
    if text.chars().count() > most {
        return Err(Refusal::new("conversation-text-long").at(field).with("most", most));
    }
    if has_hidden(text) {
        return Err(Refusal::new("conversation-hidden-characters").at(field));
    }
    Ok(text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::has_hidden;

    #[test]
    fn what_nobody_sees_is_found_and_scripts_are_left_alone() {
        for text in ["a\u{202E}b", "a\u{2066}b", "a\u{0007}b", "a\u{200B}b", "\u{FEFF}a", "a\u{E0041}b"] {
            assert!(has_hidden(text), "{text:?}");
        }
        // The joiners of Persian, of emoji families, and the marks of one letter's direction are part of words.
        for text in ["می\u{200C}خواهم", "👩\u{200D}👧 ✅", "قال\u{200F}!", "línea\nsegunda\t."] {
            assert!(!has_hidden(text), "{text:?}");
        }
    }
}
