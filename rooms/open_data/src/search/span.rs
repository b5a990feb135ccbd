//! Spans of time as Solr writes them: `[2026-05-01 TO NOW]`, `[NOW-7DAYS TO *]`.

use civic::Moment;

/// Digits of a number in `NOW-7DAYS`.
const DIGITS_LIMIT: usize = 5;

/// `[a TO b]`, with a brace where the end does not count: from, until, and whether each is meant too.
pub(super) fn range(text: &str) -> Option<(&str, &str, bool, bool)> {
    let (with_from, with_until) = (text.starts_with('['), text.ends_with(']'));
    let is_closed = (with_from || text.starts_with('{')) && (with_until || text.ends_with('}'));
    let inner = text.get(1..text.len().checked_sub(1)?).filter(|_| is_closed)?;
    let (from, until) = inner.split_once(" TO ")?;
    Some((from.trim().trim_matches('"'), until.trim().trim_matches('"'), with_from, with_until))
}

/// Puts moments in the place of what is reckoned from now, where this is a span: `NOW-7DAYS`, `NOW/DAY`.
///
/// # Errors
/// The end that is no day (`2026-05-01`), no moment (`2026-05-01T10:00:00Z`), not `*` and not reckoned from now in seconds, minutes, hours
/// or days.
pub fn set_ends(value: &mut String, now: Moment) -> Result<(), String> {
    let Some((from, until, with_from, with_until)) = range(value) else { return Ok(()) };
    let read = |text: &str| end(text, now).ok_or_else(|| text.to_owned());
    let (from, until) = (read(from)?, read(until)?);
    let (opens, closes) = (if with_from { '[' } else { '{' }, if with_until { ']' } else { '}' });
    *value = format!("{opens}{from} TO {until}{closes}");
    Ok(())
}

fn end(text: &str, now: Moment) -> Option<String> {
    if matches!(text, "*" | "NOW") {
        return Some(text.to_owned());
    }
    if let Some(steps) = text.strip_prefix("NOW") {
        return Some(reckoned(steps, now)?.rfc3339());
    }
    let plain = text.strip_suffix('Z').unwrap_or(text);
    let is_day = text.len() == 10 && text.parse::<jiff::civil::Date>().is_ok();
    (is_day || (plain.len() > 10 && plain.parse::<jiff::civil::DateTime>().is_ok())).then(|| text.to_owned())
}

/// A moment and steps from it: `-7DAYS`, `+1HOUR`, `/DAY`.
fn reckoned(mut steps: &str, mut at: Moment) -> Option<Moment> {
    while !steps.is_empty() {
        let (sign, rest) = steps.split_at_checked(1)?;
        let number = rest.bytes().take_while(u8::is_ascii_digit).count();
        let (number, rest) = rest.split_at(number);
        let word = rest.bytes().take_while(u8::is_ascii_uppercase).count();
        let (word, rest) = rest.split_at(word);
        let unit = match word.strip_suffix('S').unwrap_or(word) {
            "SECOND" => 1,
            "MINUTE" => 60,
            "HOUR" => 3_600,
            "DAY" => 86_400,
            _ => return None,
        };
        let times = || number.parse::<i64>().ok().filter(|_| number.len() <= DIGITS_LIMIT);
        at = match sign {
            "-" => at.plus_seconds(-times()? * unit),
            "+" => at.plus_seconds(times()? * unit),
            "/" if number.is_empty() => Moment(at.micros() - at.micros().rem_euclid(unit * 1_000_000)),
            _ => return None,
        };
        steps = rest;
    }
    Some(at)
}

#[cfg(test)]
mod tests {
    use super::set_ends;
    use civic::Moment;

    #[test]
    fn ends_are_days_moments_or_reckoned_from_now() {
        let now = Moment(1_777_800_000_000_000);
        assert_eq!(now.rfc3339(), "2026-05-03T09:20:00Z");
        let read = |text: &str| {
            let mut value = text.to_owned();
            set_ends(&mut value, now).map(|()| value)
        };
        for (text, meant) in [
            ("[NOW-7DAYS TO NOW]", "[2026-04-26T09:20:00Z TO NOW]"),
            ("{NOW/DAY-1HOUR TO *]", "{2026-05-02T23:00:00Z TO *]"),
            ("[2026-05-01 TO 2026-05-02T10:00:00.123Z}", "[2026-05-01 TO 2026-05-02T10:00:00.123Z}"),
            ("2026*", "2026*"),
        ] {
            assert_eq!(read(text).as_deref(), Ok(meant), "{text}");
        }
        for (text, bad) in [
            ("[yesterday TO *]", "yesterday"),
            ("[* TO 2026-13-01]", "2026-13-01"),
            ("[NOW-7MOONS TO *]", "NOW-7MOONS"),
            ("[NOW-é TO *]", "NOW-é"),
            ("[NOW-999999999999DAYS TO *]", "NOW-999999999999DAYS"),
            ("[ TO *]", ""),
        ] {
            assert_eq!(read(text), Err(bad.to_owned()), "{text}");
        }
    }
}
