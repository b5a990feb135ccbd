//! Numbers and their patterns (tabular-metadata 6.4.2; Unicode TR 35, number patterns).

use serde_json::Value as Json;

/// How numbers are written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NumberFormat {
    decimal: char,
    group: Option<char>,
    pattern: Option<Pattern>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Pattern {
    prefix: Option<char>,
    suffix: Option<char>,
    sign: bool,
    least_digits: usize,
    /// Digits of the last group of whole numbers, and of those before it; 0 for none.
    groups: (usize, usize),
    fraction: (usize, usize),
    fraction_group: usize,
    /// The least number of digits of the exponent, and whether its sign is written.
    exponent: Option<(usize, bool)>,
}

impl Default for NumberFormat {
    fn default() -> Self {
        Self { decimal: '.', group: None, pattern: None }
    }
}

impl NumberFormat {
    /// A pattern, or an object with `pattern`, `decimalChar`, `groupChar`; `None` where it cannot be read.
    pub fn read(json: &Json, is_whole: bool) -> Option<Self> {
        let one = |name: &str| match json.get(name) {
            None => Some(None),
            Some(value) => {
                let mut chars = value.as_str()?.chars();
                let first = chars.next()?;
                chars.next().is_none().then_some(Some(first))
            }
        };
        let (decimal, group) = (one("decimalChar")?, one("groupChar")?);
        let text = match json {
            Json::String(text) => Some(text.as_str()),
            Json::Object(_) => match json.get("pattern") {
                None => None,
                Some(value) => Some(value.as_str()?),
            },
            _ => return None,
        };
        let decimal = decimal.unwrap_or('.');
        // Patterns are written with the marks of the format; without one, groups are marked by a comma.
        let marks = (decimal, group.unwrap_or(','));
        let pattern = match text {
            None => None,
            Some(text) => Some(Pattern::read(text, marks).filter(|read| !is_whole || read.fraction.1 == 0)?),
        };
        let groups = pattern.as_ref().is_some_and(|read| read.groups.0 > 0 || read.fraction_group > 0);
        Some(Self { decimal, group: group.or(groups.then_some(',')), pattern })
    }

    /// The number as it is plainly written: `-1234.5E6`, with what is per cent or per mille divided; `None` where it is not as it should be.
    pub fn plain(&self, text: &str) -> Option<String> {
        let pattern = self.pattern.as_ref();
        let mut rest = text;
        let mut marks = (None, None);
        if let Some(mark) = rest.chars().next().filter(|c| "%‰".contains(*c)) {
            (marks.0, rest) = (Some(mark), &rest[mark.len_utf8()..]);
        } else if let Some(mark) = rest.chars().next_back().filter(|c| "%‰".contains(*c)) {
            (marks.1, rest) = (Some(mark), &rest[..rest.len() - mark.len_utf8()]);
        }
        if pattern.is_some_and(|pattern| (pattern.prefix, pattern.suffix) != marks) {
            return None;
        }
        let sign = rest.chars().next().filter(|c| "+-".contains(*c));
        rest = rest.trim_start_matches(|c| Some(c) == sign);
        if sign.is_some() && rest.len() + 1 != text.len() - marks.0.or(marks.1).map_or(0, char::len_utf8) {
            return None;
        }
        if pattern.is_some_and(|pattern| pattern.sign) && sign.is_none() {
            return None;
        }
        let (mantissa, exponent) = match rest.find(['e', 'E']) {
            Some(at) => (&rest[..at], Some(&rest[at + 1..])),
            None => (rest, None),
        };
        let (whole, fraction) = match mantissa.split_once(self.decimal) {
            Some((whole, fraction)) => (whole, Some(fraction)),
            None => (mantissa, None),
        };
        let mut plain = String::new();
        if sign == Some('-') {
            plain.push('-');
        }
        let digits = self.digits(whole, true)?;
        plain.push_str(&digits);
        let after = fraction.map_or(Some(String::new()), |fraction| self.digits(fraction, false))?;
        if (digits.is_empty() && after.is_empty()) || (fraction.is_some() && after.is_empty()) {
            return None;
        }
        if let Some(pattern) = pattern {
            pattern.fits(digits.len(), after.len(), exponent)?;
        }
        if !after.is_empty() {
            plain.push('.');
            plain.push_str(&after);
        }
        let shift = marks.0.or(marks.1).map_or(0, |mark| if mark == '%' { -2 } else { -3 });
        match exponent {
            Some(exponent) => {
                let power: i32 = exponent.strip_prefix('+').unwrap_or(exponent).parse().ok()?;
                plain.push_str(&format!("E{}", power.checked_add(shift)?));
            }
            None if shift != 0 => plain.push_str(&format!("E{shift}")),
            None => {}
        }
        Some(plain)
    }

    /// The digits without the marks of groups, where those stand where they should.
    fn digits(&self, text: &str, is_whole: bool) -> Option<String> {
        let digits: String = text.chars().filter(|c| Some(*c) != self.group).collect();
        if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let Some(mark) = self.group else { return Some(digits) };
        let parts: Vec<usize> = text.split(mark).map(str::len).collect();
        let (last, before) = match &self.pattern {
            Some(pattern) if is_whole => pattern.groups,
            Some(pattern) => (pattern.fraction_group, pattern.fraction_group),
            // Without a pattern groups may be of any size, but none is empty.
            None => return (parts.len() == 1 || parts.iter().all(|part| *part > 0)).then_some(digits),
        };
        let fits = match (last, parts.as_slice()) {
            (0, parts) => parts.len() == 1,
            (_, [first, between @ .., end]) if is_whole => {
                *end == last && between.iter().all(|part| *part == before) && (1..=before).contains(first)
            }
            (_, [only]) if is_whole => *only <= last,
            (_, [full @ .., end]) => {
                full.iter().all(|part| *part == last) && (*end <= last) && (*end > 0 || full.is_empty())
            }
            (_, []) => true,
        };
        fits.then_some(digits)
    }
}

impl Pattern {
    fn read(text: &str, (decimal, group): (char, char)) -> Option<Self> {
        let mut pattern = Self::default();
        let mut rest = text;
        for _ in 0..2 {
            match rest.chars().next()? {
                c @ ('%' | '‰') if pattern.prefix.is_none() => {
                    (pattern.prefix, rest) = (Some(c), &rest[c.len_utf8()..])
                }
                '+' | '-' if !pattern.sign => (pattern.sign, rest) = (true, &rest[1..]),
                _ => {}
            }
        }
        if let Some(c) = rest.chars().next_back().filter(|c| "%‰".contains(*c)) {
            (pattern.suffix, rest) = (Some(c), &rest[..rest.len() - c.len_utf8()]);
        }
        let (mantissa, exponent) = match rest.split_once('E') {
            Some((mantissa, exponent)) => (mantissa, Some(exponent)),
            None => (rest, None),
        };
        if let Some(exponent) = exponent {
            let digits = exponent.strip_prefix('+').unwrap_or(exponent);
            if digits.is_empty() || !digits.chars().all(|c| "#0".contains(c)) {
                return None;
            }
            pattern.exponent = Some((digits.matches('0').count(), digits.len() < exponent.len()));
        }
        let (whole, fraction) = mantissa.split_once(decimal).unwrap_or((mantissa, ""));
        let good = |part: &str| part.chars().all(|c| c == '#' || c == '0' || c == group);
        if !good(whole) || !good(fraction) || (whole.is_empty() && fraction.is_empty()) {
            return None;
        }
        pattern.least_digits = whole.matches('0').count();
        let parts: Vec<usize> = whole.split(group).map(|part| part.chars().count()).collect();
        pattern.groups = match parts.as_slice() {
            [.., before, last] => (*last, if parts.len() > 2 { *before } else { *last }),
            _ => (0, 0),
        };
        let places = fraction.chars().filter(|c| *c != group).count();
        pattern.fraction = (fraction.matches('0').count(), places);
        pattern.fraction_group = fraction.split_once(group).map_or(0, |(first, _)| first.chars().count());
        Some(pattern)
    }

    fn fits(&self, whole: usize, fraction: usize, exponent: Option<&str>) -> Option<()> {
        let exponent_fits = match (self.exponent, exponent) {
            (None, None) => true,
            (Some((least, signed)), Some(exponent)) => {
                let digits = exponent.trim_start_matches(['+', '-']);
                digits.len() >= least && (!signed || digits.len() < exponent.len())
            }
            _ => false,
        };
        (whole >= self.least_digits && (self.fraction.0..=self.fraction.1).contains(&fraction) && exponent_fits)
            .then_some(())
    }
}

#[cfg(test)]
mod tests {
    use super::NumberFormat;
    use serde_json::json;

    fn fits(pattern: &str, text: &str) -> bool {
        NumberFormat::read(&json!(pattern), false).unwrap().plain(text).is_some()
    }

    #[test]
    fn patterns_are_kept_to() {
        for (pattern, good, bad) in [
            ("#,##,#00", "12,34,567", "1,234,567"),
            ("#0.0#,#", "12.24,5", "12.34,567"),
            ("%000", "%-123", "123%"),
            ("+0", "+1", "1"),
            ("0.0E0", "1.5E3", "1.5"),
            ("0.000,000", "1.123,456", "1.123456"),
        ] {
            assert!(fits(pattern, good), "{pattern} {good}");
            assert!(!fits(pattern, bad), "{pattern} {bad}");
        }
        assert!(NumberFormat::read(&json!("["), false).is_none());
        assert_eq!(NumberFormat::default().plain("12.5%").as_deref(), Some("12.5E-2"));
        assert_eq!(NumberFormat::default().plain("1--2"), None);
        assert_eq!(NumberFormat::default().plain("--2"), None);
    }
}
