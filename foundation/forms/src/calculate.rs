//! Amounts worked out from other answers: `rent * 12 + heating - 100`, with brackets. Exact, in hundredths.

use super::{
    answers::Answers,
    shape::{Form, Kind},
};
use serde_json::Value;

/// Characters a formula may have.
const FORMULA_LIMIT: usize = 200;
/// Brackets inside one another.
const DEPTH_LIMIT: usize = 12;
/// The largest amount, in hundredths.
const AMOUNT_LIMIT: i128 = 1_000_000_000_000_000;

/// Whether a formula can be read, and uses only what it may; else the place (in characters, from 0) where it cannot.
///
/// # Errors
/// The place.
pub fn check_formula(formula: &str, may_use: &dyn Fn(&str) -> bool) -> Result<(), usize> {
    let mut look = |name: &str| may_use(name).then_some(0);
    Reader::new(formula).all(&mut look).map(|_| ())
}

/// What a formula gives, in hundredths; `None` while an answer that it needs is missing.
pub fn calculate(formula: &str, form: &Form, answers: &Answers) -> Option<i64> {
    let mut look = |name: &str| amount(form, answers, name).map(i128::from);
    Reader::new(formula).all(&mut look).ok().and_then(|value| i64::try_from(value).ok())
}

/// The number or amount that was answered, in hundredths; of a page that is filled in several times the sum.
pub fn amount(form: &Form, answers: &Answers, name: &str) -> Option<i64> {
    let (page, field) = form.field(name)?;
    let one = |value: &Value| match field.kind {
        Kind::Number => hundredths(value),
        Kind::Money | Kind::Calculated => value.as_i64(),
        _ => None,
    };
    if page.repeat == 0 {
        return one(answers.0.get(name)?);
    }
    let entries = answers.0.get(&page.id)?.as_array()?;
    entries.iter().try_fold(0_i64, |sum, entry| sum.checked_add(one(entry.get(name)?)?))
}

/// A number with at most two places as hundredths, without rounding errors.
pub(crate) fn hundredths(value: &Value) -> Option<i64> {
    if let Some(whole) = value.as_i64() {
        return whole.checked_mul(100);
    }
    let scaled = value.as_f64()? * 100.0;
    #[expect(clippy::cast_possible_truncation, reason = "bounded by the line before")]
    (scaled.abs() < 1e15).then(|| scaled.round() as i64)
}

struct Reader {
    text: Vec<char>,
    at: usize,
    depth: usize,
    too_long: bool,
}

type Look<'l> = dyn FnMut(&str) -> Option<i128> + 'l;

impl Reader {
    fn new(formula: &str) -> Self {
        let text: Vec<char> = formula.chars().take(FORMULA_LIMIT + 1).collect();
        let too_long = text.len() > FORMULA_LIMIT;
        Self { text, at: 0, depth: 0, too_long }
    }

    fn all(&mut self, look: &mut Look<'_>) -> Result<i128, usize> {
        if self.too_long {
            return Err(FORMULA_LIMIT);
        }
        let value = self.sum(look)?;
        self.blanks();
        if self.at == self.text.len() { Ok(value) } else { Err(self.at) }
    }

    fn sum(&mut self, look: &mut Look<'_>) -> Result<i128, usize> {
        let mut value = self.product(look)?;
        loop {
            self.blanks();
            let sign = match self.text.get(self.at) {
                Some('+') => 1,
                Some('-') => -1,
                _ => return Ok(value),
            };
            self.at += 1;
            let product = self.product(look)?;
            value = self.bounded(value + sign * product)?;
        }
    }

    fn product(&mut self, look: &mut Look<'_>) -> Result<i128, usize> {
        let mut value = self.factor(look)?;
        loop {
            self.blanks();
            if self.text.get(self.at) != Some(&'*') {
                return Ok(value);
            }
            self.at += 1;
            let product = value * self.factor(look)?;
            // Hundredths of hundredths, rounded half away from zero.
            value = self.bounded((product + 50 * product.signum()) / 100)?;
        }
    }

    fn factor(&mut self, look: &mut Look<'_>) -> Result<i128, usize> {
        self.blanks();
        let begun = self.at;
        match self.text.get(self.at) {
            Some('(') if self.depth < DEPTH_LIMIT => {
                (self.at, self.depth) = (self.at + 1, self.depth + 1);
                let value = self.sum(look)?;
                self.blanks();
                if self.text.get(self.at) != Some(&')') {
                    return Err(self.at);
                }
                (self.at, self.depth) = (self.at + 1, self.depth - 1);
                Ok(value)
            }
            Some(c) if c.is_ascii_digit() => {
                let digits = self.word(|c| c.is_ascii_digit() || c == '.');
                web::money::read_amount(&digits).map(i128::from).map_err(|_| begun)
            }
            Some(c) if c.is_ascii_lowercase() => {
                let name = self.word(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
                look(&name).ok_or(begun)
            }
            _ => Err(begun),
        }
    }

    fn word(&mut self, is_part: impl Fn(char) -> bool) -> String {
        let word: String = self.text[self.at..].iter().copied().take_while(|c| is_part(*c)).collect();
        self.at += word.chars().count();
        word
    }

    fn blanks(&mut self) {
        while self.text.get(self.at).is_some_and(|c| c.is_whitespace()) {
            self.at += 1;
        }
    }

    fn bounded(&self, value: i128) -> Result<i128, usize> {
        if value.abs() <= AMOUNT_LIMIT { Ok(value) } else { Err(self.at) }
    }
}

#[cfg(test)]
mod tests {
    use super::Reader;

    fn value(formula: &str) -> Result<i128, usize> {
        Reader::new(formula).all(&mut |name| match name {
            "rent" => Some(50_050),
            "people" => Some(300),
            _ => None,
        })
    }

    #[test]
    fn known_answers() {
        assert_eq!(value("rent * 12"), Ok(600_600));
        assert_eq!(value("(rent + 10.50) * people - 1"), Ok(153_200));
        assert_eq!(value("2 + 3 * 4"), Ok(1_400));
        assert_eq!(value("0.1 * 0.15"), Ok(2), "half a hundredth goes up");
    }

    #[test]
    fn what_cannot_be_read_says_where() {
        assert_eq!(value(""), Err(0));
        assert_eq!(value("rent *"), Err(6));
        assert_eq!(value("rent + wage"), Err(7));
        assert_eq!(value("rent / 2"), Err(5));
        assert_eq!(value(&"(".repeat(40)), Err(12));
        assert_eq!(value(&"1".repeat(500)), Err(200));
        assert!(value("999999999 * 999999999").is_err());
    }
}
