//! One letter to several applicants: a text with fields in braces, filled in case by case. Pure.

use super::{Change, Given, OfficerAct, WORDS_LIMIT, decide_officer};
use crate::{
    model::{Application, State},
    rules::RulesSay,
};
use web::Refusal;

/// Applications that can be written to at a time: a page of the inbox.
pub const LETTERS_LIMIT: usize = 100;

/// Fills in a text. A field is a name in braces, as `{full_name}`: small letters, digits and low lines, beginning with a letter; other
/// braces stay as they are. `value` answers `None` for a field that this application does not have.
///
/// # Errors
/// `letter-field-unknown`, `letter-field-empty`: a letter that begins with “Dear ,” is not sent; `words-long` as soon as the text, or what is
/// filled in so far, has more characters than a letter may have.
pub fn fill(text: &str, value: impl Fn(&str) -> Option<String>) -> Result<String, Refusal> {
    let long = || Refusal::new("words-long").at("text").with("most", WORDS_LIMIT);
    if text.chars().count() > WORDS_LIMIT {
        return Err(long());
    }
    let (mut filled, mut count) = (String::with_capacity(text.len()), 0);
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once('{') {
        filled.push_str(before);
        let name = behind.split_once('}').map(|(name, _)| name).filter(|name| is_field(name));
        let Some(name) = name else {
            filled.push('{');
            rest = behind;
            continue;
        };
        let refused = |code: &'static str| Refusal::new(code).at("text").with("name", name);
        match value(name) {
            None => return Err(refused("letter-field-unknown")),
            Some(value) if value.trim().is_empty() => return Err(refused("letter-field-empty")),
            Some(value) => {
                count += value.chars().count();
                if count > WORDS_LIMIT {
                    return Err(long());
                }
                filled.push_str(&value);
            }
        }
        rest = &behind[name.len() + 1..];
    }
    filled.push_str(rest);
    Ok(filled)
}

/// The names of fields in a text, in order, as [`fill`] finds them.
pub fn fields_in(text: &str) -> Vec<&str> {
    let mut names = Vec::new();
    let mut rest = text;
    while let Some((_, behind)) = rest.split_once('{') {
        let name = behind.split_once('}').map(|(name, _)| name).filter(|name| is_field(name));
        names.extend(name);
        rest = name.map_or(behind, |name| &behind[name.len() + 1..]);
    }
    names
}

/// A letter that is written to one applicant has nothing left to fill in: its fields were filled in when it was begun.
///
/// # Errors
/// `letter-field-left` for the first field that still stands in it.
pub fn nothing_left(text: &str) -> Result<(), Refusal> {
    let left = fields_in(text).first().map(|name| Refusal::new("letter-field-left").at("letter").with("name", *name));
    left.map_or(Ok(()), Err)
}

fn is_field(name: &str) -> bool {
    let letter = |byte: u8| byte.is_ascii_lowercase();
    name.bytes().next().is_some_and(letter)
        && name.bytes().all(|byte| letter(byte) || byte.is_ascii_digit() || byte == b'_')
}

/// What one of several letters changes.
///
/// # Errors
/// `letter-closed` for what is over; else as of a single letter.
pub fn decide_letter(one: &Application, text: String, by: &str) -> Result<Change, Refusal> {
    if matches!(one.state, State::Closed { .. } | State::Withdrawn) {
        return Err(Refusal::conflict("letter-closed"));
    }
    decide_officer(
        one,
        OfficerAct::Letter { text },
        Given { four_eyes: false, has_entered: false, say: RulesSay::default() },
        by,
    )
}

#[cfg(test)]
mod tests {
    use super::{fields_in, fill, nothing_left};

    fn value(name: &str) -> Option<String> {
        match name {
            "full_name" => Some("Amina {rent}".to_owned()),
            "rent" => Some(String::new()),
            _ => None,
        }
    }

    #[test]
    fn fields_are_filled_in_once_and_other_braces_stay() {
        assert_eq!(
            fill("Dear {full_name}, {}{ x } {A} {1a} {", value).unwrap(),
            "Dear Amina {rent}, {}{ x } {A} {1a} {"
        );
        assert_eq!(fill("{{full_name}}", value).unwrap(), "{Amina {rent}}");
        assert_eq!(fill("no field", value).unwrap(), "no field");
    }

    #[test]
    fn fields_are_found_as_they_are_filled_in() {
        assert_eq!(fields_in("{a} {}{ x } {A} {{b_1}} {a} {"), ["a", "b_1", "a"]);
        assert_eq!(nothing_left("Dear {full_name}, {rent}").unwrap_err().code, "letter-field-left");
        assert!(nothing_left("{} { x } {A} {").is_ok());
    }

    #[test]
    fn what_is_filled_in_is_no_longer_than_a_letter() {
        let long = |name: &str| (name == "rent").then(|| "x".repeat(3_000));
        assert_eq!(fill(&"x".repeat(4_001), value).unwrap_err().code, "words-long");
        assert_eq!(fill("{rent}", long).unwrap().len(), 3_000);
        let asked = std::cell::Cell::new(0);
        let counting = |name: &str| {
            asked.set(asked.get() + 1);
            long(name)
        };
        assert_eq!(fill(&"{rent}".repeat(600), counting).unwrap_err().code, "words-long");
        assert_eq!(asked.get(), 2, "it stops where it is too long");
    }

    #[test]
    fn a_field_that_is_not_there_or_not_answered_sends_no_letter() {
        assert_eq!(fill("Dear {rent},", value).unwrap_err().code, "letter-field-empty");
        assert_eq!(fill("Dear {surname},", value).unwrap_err().code, "letter-field-unknown");
    }
}
