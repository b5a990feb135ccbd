//! Money as people write and read it.

use crate::dates::number;
use civic::{Language, Money};

/// The largest amount that can be written down, in cents: far more than any town has.
pub const AMOUNT_LIMIT_CENTS: i64 = 10_000_000_000_000;

/// An amount with the code of its currency, as `EUR 12,000`, in Spanish `12.000 EUR`; cents only where there are some.
pub fn money(amount: Money, language: Language) -> String {
    let (whole, cents) = (amount.amount_cents / 100, amount.amount_cents.unsigned_abs() % 100);
    // What lies between −1 and 0 loses its sign in the division.
    let sign = if amount.amount_cents < 0 && whole == 0 { "−" } else { "" };
    let mut text = format!("{sign}{}", number(whole, language));
    if cents > 0 {
        let point = if language == Language::Es { ',' } else { '.' };
        text.push_str(&format!("{point}{cents:02}"));
    }
    match language {
        Language::En => format!("{} {text}", amount.currency),
        Language::Es | Language::Ar => format!("{text} {}", amount.currency),
    }
}

/// The text is not an amount, or one beyond [`AMOUNT_LIMIT_CENTS`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotAnAmount;

/// Reads an amount in whole units or with one or two places, as `12000`, `12,000.50`, `12.000,50` or `12 000`, into cents.
///
/// A last separator with one or two digits behind it is the decimal point; all others must stand before groups of three.
///
/// # Errors
/// [`NotAnAmount`] for anything else, also for negative amounts.
pub fn read_amount(text: &str) -> Result<i64, NotAnAmount> {
    let plain: String = text.chars().filter(|c| !c.is_whitespace() && *c != '\u{202F}').collect();
    let (whole, cents) = match plain.rfind([',', '.']) {
        Some(at) if (1..=2).contains(&(plain.len() - at - 1)) => plain.split_at(at),
        _ => (plain.as_str(), ""),
    };
    let cents = match cents.get(1..).unwrap_or_default() {
        "" => 0,
        digits => digits_of(digits)? * if digits.len() == 1 { 10 } else { 1 },
    };
    let mut groups = whole.split([',', '.']);
    let first = groups.next().unwrap_or_default();
    let mut joined = first.to_owned();
    for group in groups {
        if group.len() != 3 || first.is_empty() || first.len() > 3 {
            return Err(NotAnAmount);
        }
        joined.push_str(group);
    }
    let total = digits_of(&joined)?.checked_mul(100).and_then(|whole| whole.checked_add(cents)).ok_or(NotAnAmount)?;
    if total > AMOUNT_LIMIT_CENTS { Err(NotAnAmount) } else { Ok(total) }
}

fn digits_of(text: &str) -> Result<i64, NotAnAmount> {
    let all_digits = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    if all_digits { text.parse().map_err(|_| NotAnAmount) } else { Err(NotAnAmount) }
}

#[cfg(test)]
mod tests {
    use super::{AMOUNT_LIMIT_CENTS, NotAnAmount, money, read_amount};
    use civic::{Language, Money};

    fn euros(amount_cents: i64) -> Money {
        Money { amount_cents, currency: "EUR".parse().unwrap() }
    }

    #[test]
    fn an_amount_is_written_as_its_readers_do() {
        assert_eq!(money(euros(1_200_050), Language::En), "EUR 12,000.50");
        assert_eq!(money(euros(1_200_050), Language::Es), "12.000,50 EUR");
        assert_eq!(money(euros(1_200_000), Language::Ar), "12,000 EUR");
        assert_eq!(money(euros(-50), Language::En), "EUR −0.50");
    }

    #[test]
    fn what_was_written_can_be_read_again() {
        for cents in [0, 1, 10, 99, 100, 123_456, 1_200_000, 10_000_000_000, AMOUNT_LIMIT_CENTS] {
            for language in Language::ALL {
                let written = money(euros(cents), language).replace("EUR", "");
                assert_eq!(read_amount(&written), Ok(cents), "{written}");
            }
        }
        assert_eq!(read_amount("12 000"), Ok(1_200_000));
        assert_eq!(read_amount("1,5"), Ok(150));
    }

    #[test]
    fn anything_else_is_refused() {
        for text in ["", "-5", "abc", "1,00,000", ",500", "1.2.3", "1e9", "99999999999999", "٣٠", "12,", "1234,567"] {
            assert_eq!(read_amount(text), Err(NotAnAmount), "{text}");
        }
    }
}
