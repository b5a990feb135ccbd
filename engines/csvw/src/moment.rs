//! Days, times, moments and parts of them (XML Schema 1.1 part 2, 3.3), and formats for them (tabular-metadata 6.4.4).

use jiff::civil::{Date, Time};

/// How a moment is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MomentFormat {
    parts: Vec<Part>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Year,
    /// With the least number of digits.
    Month(usize),
    Day(usize),
    Hour(usize),
    Minute,
    Second,
    /// At most so many digits, with the point before them.
    Fraction(usize),
    /// `X` where a `Z` may stand, `x` where it may not; how many of them.
    Zone(bool, usize),
    Mark(char),
}

/// What was read.
#[derive(Debug, Clone, PartialEq)]
pub struct Read {
    /// As XML Schema writes it.
    pub plain: String,
    /// Seconds since 1970, to compare it with others of its kind.
    pub seconds: f64,
}

#[derive(Default)]
struct Fields {
    date: (Option<i16>, Option<i8>, Option<i8>),
    time: (Option<i8>, i8, i8),
    fraction: String,
    zone: String,
    zone_minutes: i64,
}

impl MomentFormat {
    /// A format for this datatype; `None` where it cannot be read.
    pub fn read(text: &str, base: &str) -> Option<Self> {
        let mut parts = Vec::new();
        let mut rest = text;
        while let Some(c) = rest.chars().next() {
            let same = rest.chars().take_while(|one| *one == c).count();
            let part = match (c, same) {
                ('y', 4) => Part::Year,
                ('M', 1 | 2) => Part::Month(same),
                ('d', 1 | 2) => Part::Day(same),
                ('H', 1 | 2) => Part::Hour(same),
                ('m', 2) => Part::Minute,
                ('s', 2) => Part::Second,
                ('X' | 'x', 1..=3) => Part::Zone(c == 'X', same),
                ('.', 1) if rest[1..].starts_with('S') => {
                    let digits = rest[1..].chars().take_while(|one| *one == 'S').count();
                    parts.push(Part::Fraction(digits));
                    rest = &rest[1 + digits..];
                    continue;
                }
                ('-' | '/' | '.' | ':' | ' ' | 'T', 1) => Part::Mark(c),
                _ => return None,
            };
            parts.push(part);
            rest = &rest[same * c.len_utf8()..];
        }
        let is_day = |part: &Part| matches!(part, Part::Year | Part::Month(_) | Part::Day(_));
        let is_time = |part: &Part| matches!(part, Part::Hour(_) | Part::Minute | Part::Second | Part::Fraction(_));
        let fits = match base {
            "date" => parts.iter().filter(|part| is_day(part)).count() == 3 && !parts.iter().any(is_time),
            "time" => parts.iter().any(is_time) && !parts.iter().any(is_day),
            "dateTime" | "dateTimeStamp" => parts.iter().any(is_time) && parts.iter().any(is_day),
            _ => !parts.iter().any(is_time),
        };
        fits.then_some(Self { parts })
    }

    /// What a cell says in this format.
    pub fn value(&self, text: &str, base: &str) -> Option<Read> {
        let mut fields = Fields::default();
        let mut rest = text;
        for part in &self.parts {
            rest = fields.take(*part, rest)?;
        }
        if rest.is_empty() { fields.read(base) } else { None }
    }
}

/// What a cell says in the form of XML Schema.
pub fn plain(text: &str, base: &str) -> Option<Read> {
    let (before, zone) = cut_zone(text);
    let parts: &[Part] = match base {
        "date" => &[Part::Year, Part::Mark('-'), Part::Month(2), Part::Mark('-'), Part::Day(2)],
        "time" => TIME,
        "gDay" => &[Part::Mark('-'), Part::Mark('-'), Part::Mark('-'), Part::Day(2)],
        "gMonth" => &[Part::Mark('-'), Part::Mark('-'), Part::Month(2)],
        "gMonthDay" => &[Part::Mark('-'), Part::Mark('-'), Part::Month(2), Part::Mark('-'), Part::Day(2)],
        "gYear" => &[Part::Year],
        "gYearMonth" => &[Part::Year, Part::Mark('-'), Part::Month(2)],
        _ => MOMENT,
    };
    let mut fields = Fields::default();
    let mut rest = before;
    for part in parts {
        rest = fields.take(*part, rest)?;
    }
    if let (true, Some(fraction)) = (base == "time" || base.starts_with("dateTime"), rest.strip_prefix('.')) {
        let is_good = !fraction.is_empty() && fraction.bytes().all(|byte| byte.is_ascii_digit());
        fields.fraction = is_good.then(|| fraction.to_owned())?;
        rest = "";
    }
    if !zone.is_empty() && !fields.take(Part::Zone(true, 3), zone)?.is_empty() {
        return None;
    }
    if !rest.is_empty() || (base == "dateTimeStamp" && zone.is_empty()) { None } else { fields.read(base) }
}

const TIME: &[Part] = &[Part::Hour(2), Part::Mark(':'), Part::Minute, Part::Mark(':'), Part::Second];
const MOMENT: &[Part] = &[
    Part::Year,
    Part::Mark('-'),
    Part::Month(2),
    Part::Mark('-'),
    Part::Day(2),
    Part::Mark('T'),
    Part::Hour(2),
    Part::Mark(':'),
    Part::Minute,
    Part::Mark(':'),
    Part::Second,
];

fn cut_zone(text: &str) -> (&str, &str) {
    if let Some(before) = text.strip_suffix('Z') {
        return (before, "Z");
    }
    let at = text.len().saturating_sub(6);
    match text.is_char_boundary(at).then(|| text.split_at(at)) {
        Some((before, zone)) if zone.len() == 6 && zone.starts_with(['+', '-']) && zone.as_bytes()[3] == b':' => {
            (before, zone)
        }
        _ => (text, ""),
    }
}

/// Digits at the beginning, at least and at most so many, with what follows.
fn digits(text: &str, least: usize, most: usize) -> Option<(&str, &str)> {
    let count = text.bytes().take(most).take_while(u8::is_ascii_digit).count();
    (count >= least).then(|| text.split_at(count))
}

impl Fields {
    fn take<'t>(&mut self, part: Part, text: &'t str) -> Option<&'t str> {
        let small = |least| digits(text, least, 2).and_then(|(number, rest)| Some((number.parse::<i8>().ok()?, rest)));
        match part {
            Part::Mark(mark) => text.strip_prefix(mark),
            Part::Year => {
                let (year, rest) = digits(text, 4, 4)?;
                self.date.0 = year.parse().ok();
                Some(rest)
            }
            Part::Month(least) => small(least).map(|(month, rest)| {
                self.date.1 = Some(month);
                rest
            }),
            Part::Day(least) => small(least).map(|(day, rest)| {
                self.date.2 = Some(day);
                rest
            }),
            Part::Hour(least) => small(least).map(|(hour, rest)| {
                self.time.0 = Some(hour);
                rest
            }),
            Part::Minute => small(2).map(|(minute, rest)| {
                self.time.1 = minute;
                rest
            }),
            Part::Second => small(2).map(|(second, rest)| {
                self.time.2 = second;
                rest
            }),
            Part::Fraction(most) => match text.strip_prefix('.') {
                None => Some(text),
                Some(after) => {
                    let (fraction, rest) = digits(after, 1, most)?;
                    fraction.clone_into(&mut self.fraction);
                    Some(rest)
                }
            },
            Part::Zone(with_z, letters) => self.take_zone(with_z, letters, text),
        }
    }

    /// `X`: +hh, +hhmm or Z; `XX`: +hhmm or Z; `XXX`: +hh:mm or Z (Unicode TR 35, date field symbols).
    fn take_zone<'t>(&mut self, with_z: bool, letters: usize, text: &'t str) -> Option<&'t str> {
        if let (true, Some(rest)) = (with_z, text.strip_prefix('Z')) {
            "Z".clone_into(&mut self.zone);
            return Some(rest);
        }
        let sign = text.chars().next().filter(|c| "+-".contains(*c))?;
        let (hours, rest) = digits(&text[1..], 2, 2)?;
        let (minutes, rest) = match letters {
            1 => digits(rest, 2, 2).unwrap_or(("00", rest)),
            2 => digits(rest, 2, 2)?,
            _ => digits(rest.strip_prefix(':')?, 2, 2)?,
        };
        let (hour, minute): (i64, i64) = (hours.parse().ok()?, minutes.parse().ok()?);
        if hour > 14 || minute > 59 {
            return None;
        }
        self.zone = format!("{sign}{hours}:{minutes}");
        self.zone_minutes = (hour * 60 + minute) * if sign == '-' { -1 } else { 1 };
        Some(rest)
    }

    #[expect(clippy::cast_precision_loss, reason = "seconds are compared with seconds")]
    fn read(&self, base: &str) -> Option<Read> {
        let (year, month, day) = self.date;
        let date = Date::new(year.unwrap_or(2000), month.unwrap_or(1), day.unwrap_or(1)).ok()?;
        let time = Time::new(self.time.0.unwrap_or(0), self.time.1, self.time.2, 0).ok()?;
        let plain = match base {
            "date" => date.to_string(),
            "time" => time.to_string(),
            "gDay" => format!("---{:02}", date.day()),
            "gMonth" => format!("--{:02}", date.month()),
            "gMonthDay" => format!("--{:02}-{:02}", date.month(), date.day()),
            "gYear" => format!("{:04}", date.year()),
            "gYearMonth" => format!("{:04}-{:02}", date.year(), date.month()),
            _ => format!("{date}T{time}"),
        };
        let fraction = if self.fraction.is_empty() { String::new() } else { format!(".{}", self.fraction) };
        let since = date.to_datetime(time).duration_since(Date::constant(1970, 1, 1).at(0, 0, 0, 0)).as_secs();
        let seconds = (since - self.zone_minutes * 60) as f64 + format!("0{fraction}").parse::<f64>().unwrap_or(0.0);
        Some(Read { plain: format!("{plain}{fraction}{}", self.zone), seconds })
    }
}

/// A length of time, in months and seconds together as seconds of average months; `None` for none (XML Schema 1.1 part 2, 3.3.6).
pub fn duration(text: &str, base: &str) -> Option<f64> {
    let (sign, rest) = text.strip_prefix('-').map_or((1.0, text), |rest| (-1.0, rest));
    let rest = rest.strip_prefix('P')?;
    let (days, times) = rest.split_once('T').map_or((rest, None), |(days, times)| (days, Some(times)));
    if times == Some("") || (days.is_empty() && times.is_none()) {
        return None;
    }
    let by_month = [('Y', 31_556_952.0), ('M', 2_629_746.0)];
    let by_day = [('D', 86_400.0)];
    let of_days: Vec<(char, f64)> = match base {
        "dayTimeDuration" => by_day.to_vec(),
        "yearMonthDuration" => by_month.to_vec(),
        _ => by_month.into_iter().chain(by_day).collect(),
    };
    if base == "yearMonthDuration" && times.is_some() {
        return None;
    }
    let sum = units(days, &of_days)? + units(times.unwrap_or_default(), &[('H', 3_600.0), ('M', 60.0), ('S', 1.0)])?;
    Some(sign * sum)
}

/// Numbers each followed by its unit, in this order, some left out.
fn units(text: &str, units: &[(char, f64)]) -> Option<f64> {
    let (mut rest, mut sum) = (text, 0.0);
    for (unit, seconds) in units {
        let Some((number, after)) = rest.split_once(*unit) else { continue };
        let is_good = !number.is_empty()
            && number.starts_with(|c: char| c.is_ascii_digit())
            && number.chars().all(|c| c.is_ascii_digit() || (c == '.' && *unit == 'S'));
        if !is_good {
            return None;
        }
        sum += number.parse::<f64>().ok()? * seconds;
        rest = after;
    }
    rest.is_empty().then_some(sum)
}

#[cfg(test)]
mod tests {
    use super::{MomentFormat, duration, plain};

    fn read(format: &str, base: &str, text: &str) -> Option<String> {
        MomentFormat::read(format, base)?.value(text, base).map(|read| read.plain)
    }

    #[test]
    fn formats_are_kept_to() {
        assert_eq!(read("d.M.yyyy", "date", "22.3.2015").as_deref(), Some("2015-03-22"));
        assert_eq!(read("yyyyMMdd", "date", "20150322").as_deref(), Some("2015-03-22"));
        assert_eq!(read("HHmm XX", "time", "1502 +0800").as_deref(), Some("15:02:00+08:00"));
        assert_eq!(read("HH:mm:ss.S", "time", "15:02:37.14"), None);
        assert_eq!(read("yy-MM-dd", "date", "15-03-22"), None);
        assert_eq!(read("dd.MM.yyyy", "date", "31.02.2015"), None);
    }

    #[test]
    fn plain_forms_are_read() {
        assert!(plain("2015-03-22Z", "date").is_some());
        assert!(plain("--02-21", "gMonthDay").is_some());
        assert!(plain("2015-03-15T15:02:37", "dateTimeStamp").is_none());
        let (early, late) = (plain("2015-03-15T15:02:37+02:00", "dateTime"), plain("2015-03-15T15:02:37Z", "dateTime"));
        assert!(early.unwrap().seconds < late.unwrap().seconds);
        assert_eq!(duration("P1DT2H", "duration"), Some(93_600.0));
        for bad in ["P", "P1", "PT", "P1S", "1D", "P1H", "P-1D"] {
            assert_eq!(duration(bad, "duration"), None, "{bad}");
        }
        assert_eq!(duration("P1D", "yearMonthDuration"), None);
    }
}
