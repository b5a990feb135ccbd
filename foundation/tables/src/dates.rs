//! Days and moments, read fast and strictly: a whole column must be of one kind.

/// The order of a date's parts, by the first of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Parts {
    Year,
    Day,
    Month,
}

/// A day with a time, if it has one, and an offset from UTC in minutes, if it says so.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Read<'c> {
    pub year: i64,
    pub month: i64,
    pub day: i64,
    pub time: Option<Time<'c>>,
    pub offset_minutes: Option<i64>,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Time<'c> {
    pub hour: i64,
    pub minute: i64,
    pub second: i64,
    /// The digits of a fraction of a second, with nothing lost.
    pub fraction: &'c str,
}

/// Reads a cell in this order of parts; years from 1000 to 2999.
pub(crate) fn read(cell: &str, parts: Parts) -> Option<Read<'_>> {
    if !cell.is_ascii() {
        return None;
    }
    let (day, rest) = split_day(cell)?;
    let [first, second, third] = day;
    let (year, month, day) = match parts {
        Parts::Year => (first, second, third),
        Parts::Day => (third, second, first),
        Parts::Month => (third, first, second),
    };
    if year.1 != 4 || month.1 > 2 || day.1 > 2 || (parts == Parts::Year && (month.1 != 2 || day.1 != 2)) {
        return None;
    }
    let (year, month, day) = (year.0, month.0, day.0);
    if !(1_000..3_000).contains(&year) || !(1..=12).contains(&month) || !(1..=days_of(year, month)).contains(&day) {
        return None;
    }
    let (time, offset_minutes) = if rest.is_empty() { (None, None) } else { split_time(rest)? };
    Some(Read { year, month, day, time, offset_minutes })
}

type Number = (i64, usize);

/// Three numbers with the same sign between them, and what follows.
fn split_day(cell: &str) -> Option<([Number; 3], &str)> {
    let (first, rest) = number(cell)?;
    let sign = *rest.as_bytes().first().filter(|sign| b"-/.".contains(sign))?;
    let (second, rest) = number(&rest[1..])?;
    if rest.as_bytes().first() != Some(&sign) {
        return None;
    }
    let (third, rest) = number(&rest[1..])?;
    Some(([first, second, third], rest))
}

fn number(text: &str) -> Option<(Number, &str)> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    if digits == 0 || digits > 4 {
        return None;
    }
    Some(((text[..digits].parse().ok()?, digits), &text[digits..]))
}

/// `T05:00:00Z`, ` 21:36`, ` 09:36:22 PM`, `T05:00:00.250+02:00`.
fn split_time(rest: &str) -> Option<(Option<Time<'_>>, Option<i64>)> {
    let rest = rest.strip_prefix(['T', ' '])?;
    let (hour, rest) = number(rest)?;
    let (minute, rest) = number(rest.strip_prefix(':')?)?;
    let (second, rest) = match rest.strip_prefix(':') {
        Some(rest) => number(rest)?,
        None => ((0, 2), rest),
    };
    let (fraction, rest) = match rest.strip_prefix('.') {
        Some(rest) => {
            let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
            if digits == 0 || digits > 9 {
                return None;
            }
            rest.split_at(digits)
        }
        None => ("", rest),
    };
    if hour.1 > 2 || minute.1 != 2 || second.1 != 2 || minute.0 > 59 || second.0 > 59 {
        return None;
    }
    let (hour, rest) = half_of_day(hour.0, rest)?;
    let offset = offset(rest)?;
    Some((Some(Time { hour, minute: minute.0, second: second.0, fraction }), offset))
}

fn half_of_day(hour: i64, rest: &str) -> Option<(i64, &str)> {
    let word = rest.trim_start();
    let half = word.get(..2).map(str::to_ascii_uppercase);
    match half.as_deref() {
        Some("AM") if (1..=12).contains(&hour) => Some((hour % 12, &word[2..])),
        Some("PM") if (1..=12).contains(&hour) => Some((hour % 12 + 12, &word[2..])),
        _ => (0..=23).contains(&hour).then_some((hour, rest)),
    }
}

#[expect(clippy::option_option, reason = "no offset is not an unreadable one")]
fn offset(rest: &str) -> Option<Option<i64>> {
    match rest {
        "" => return Some(None),
        "Z" | " UTC" | " +0000 UTC" => return Some(Some(0)),
        _ => {}
    }
    let rest = rest.strip_prefix(' ').unwrap_or(rest);
    let (sign, digits) = (rest.get(..1)?, rest.get(1..)?.replace(':', ""));
    if digits.len() != 4 || !digits.bytes().all(|digit| digit.is_ascii_digit()) {
        return None;
    }
    let minutes = digits[..2].parse::<i64>().ok()? * 60 + digits[2..].parse::<i64>().ok()?;
    match sign {
        "+" if minutes <= 14 * 60 => Some(Some(minutes)),
        "-" if minutes <= 14 * 60 => Some(Some(-minutes)),
        _ => None,
    }
}

fn days_of(year: i64, month: i64) -> i64 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        _ => 31,
    }
}

impl Read<'_> {
    /// The day, as `2026-11-26`.
    pub(crate) fn date(&self) -> String {
        format!("{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }

    /// The moment: in UTC with `Z` where it says its offset, on the clocks of its place otherwise.
    pub(crate) fn moment(&self) -> String {
        let zero = Time { hour: 0, minute: 0, second: 0, fraction: "" };
        let time = self.time.as_ref().unwrap_or(&zero);
        let point = if time.fraction.is_empty() { "" } else { "." };
        let Some(offset) = self.offset_minutes else {
            let (h, m, s) = (time.hour, time.minute, time.second);
            return format!("{}T{h:02}:{m:02}:{s:02}{point}{}", self.date(), time.fraction);
        };
        let minutes = days_from_civil(self.year, self.month, self.day) * 1_440 + time.hour * 60 + time.minute - offset;
        let (year, month, day) = civil_from_days(minutes.div_euclid(1_440));
        let of_day = minutes.rem_euclid(1_440);
        let (h, m, s) = (of_day / 60, of_day % 60, time.second);
        format!("{year:04}-{month:02}-{day:02}T{h:02}:{m:02}:{s:02}{point}{}Z", time.fraction)
    }
}

/// Days since 1970-01-01 (Howard Hinnant, chrono-Compatible Low-Level Date Algorithms).
fn days_from_civil(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

fn civil_from_days(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let of_era = days.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    (year_of_era + era * 400 + i64::from(month <= 2), month, day)
}

#[cfg(test)]
mod tests {
    use super::{Parts, civil_from_days, days_from_civil, read};

    #[test]
    fn days_come_back_as_they_went() {
        for day in (-400_000..400_000).step_by(17) {
            let (y, m, d) = civil_from_days(day);
            assert_eq!(days_from_civil(y, m, d), day);
        }
        assert_eq!(civil_from_days(0), (1970, 1, 1));
    }

    #[test]
    fn moments_are_read_strictly() {
        let moment = |cell, parts| read(cell, parts).map(|read| read.moment());
        assert_eq!(moment("2013-01-01T05:00:00Z", Parts::Year).as_deref(), Some("2013-01-01T05:00:00Z"));
        assert_eq!(moment("2013-01-01T01:00:00+02:00", Parts::Year).as_deref(), Some("2012-12-31T23:00:00Z"));
        assert_eq!(moment("12/27/2017 09:36:22 PM", Parts::Month).as_deref(), Some("2017-12-27T21:36:22"));
        assert_eq!(moment("2012/02/29 7:05", Parts::Year).as_deref(), Some("2012-02-29T07:05:00"));
        for bad in
            ["2013-02-29", "2013-1-1", "2013-01-01T25:00", "2013-01/01", "13-01-01", "2013-01-01T05:00:00 nonsense"]
        {
            assert_eq!(read(bad, Parts::Year), None, "{bad}");
        }
        assert_eq!(read("31/12/2012", Parts::Month), None);
        assert!(read("31/12/2012", Parts::Day).is_some());
    }
}
