//! One letter to several applicants: a text with fields in braces, filled in case by case. Pure.

use super::{Change, OfficerAct, decide_officer};
use crate::model::{Application, State};
use civic::Moment;
use web::Refusal;

/// Applications that can be written to at a time: a page of the inbox.
pub const LETTERS_LIMIT: usize = 100;

/// Fills in a text. A field is a name in braces, as `{full_name}`: small letters, digits and low lines, beginning with a letter; other
/// braces stay as they are. `value` answers `None` for a field that this application does not have.
///
/// # Errors
/// `letter-field-unknown`, `letter-field-empty`: a letter that begins with “Dear ,” is not sent.
pub fn fill(text: &str, value: impl Fn(&str) -> Option<String>) -> Result<String, Refusal> {
    let mut filled = String::with_capacity(text.len());
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
            Some(value) => filled.push_str(&value),
        }
        rest = &behind[name.len() + 1..];
    }
    filled.push_str(rest);
    Ok(filled)
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
pub fn decide_letter(one: &Application, text: String, by: &str, now: Moment) -> Result<Change, Refusal> {
    if matches!(one.state, State::Closed { .. } | State::Withdrawn) {
        return Err(Refusal::conflict("letter-closed"));
    }
    decide_officer(one, OfficerAct::Letter { text }, false, by, now)
}

#[cfg(test)]
mod tests {
    use super::fill;

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
    fn a_field_that_is_not_there_or_not_answered_sends_no_letter() {
        assert_eq!(fill("Dear {rent},", value).unwrap_err().code, "letter-field-empty");
        assert_eq!(fill("Dear {surname},", value).unwrap_err().code, "letter-field-unknown");
    }
}
