//! Something is promised.

use super::{end_of_day, words_within};
use crate::model::{MILESTONES_LIMIT, Milestone, SUMMARY_LIMIT, Spending, TITLE_LIMIT, YEARS_LIMIT};
use civic::{Currency, Language, LocalText, Moment, Place};
use jiff::tz::TimeZone;
use std::collections::BTreeMap;
use web::{Refusal, money::read_amount};

/// A commitment as it was written down, nothing of it trusted yet.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MakeCommitment {
    /// What is promised, by language.
    pub title: BTreeMap<Language, String>,
    /// More about it, by language; may be empty.
    pub summary: BTreeMap<Language, String>,
    /// The day by which, as `2026-11-23`.
    pub due: String,
    /// What may be spent; may be empty.
    pub budgeted: String,
    /// The code of a district; may be empty.
    pub district: String,
    /// Degrees north; may be empty.
    pub lat: String,
    /// Degrees east; may be empty.
    pub long: String,
    /// One milestone a line: its day, then its words.
    pub milestones: String,
}

/// Where a pin lies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Where {
    /// No pin was set.
    NoPin,
    /// In the district of this code, or in a town without districts.
    Inside(Option<String>),
    /// Outside every district.
    Outside,
    /// The numbers are no place.
    Unreadable,
}

/// What the decision has to know.
#[derive(Debug, Clone)]
pub struct MakeFacts {
    /// The town's clock.
    pub now: Moment,
    /// The town's zone.
    pub zone: TimeZone,
    /// What the town's money is counted in.
    pub currency: Currency,
    /// Where the pin lies.
    pub located: Where,
    /// The place of the pin.
    pub place: Option<Place>,
    /// Whether the district that was named exists.
    pub district_exists: bool,
}

/// A commitment that may be made.
#[derive(Debug, Clone, PartialEq)]
pub struct Made {
    /// What is promised.
    pub title: LocalText,
    /// More about it.
    pub summary: Option<LocalText>,
    /// The end of its day.
    pub due_at: Moment,
    /// What may be spent.
    pub spending: Spending,
    /// Its district.
    pub district: Option<String>,
    /// Its place.
    pub place: Option<Place>,
    /// Its milestones, in the order of their days.
    pub milestones: Vec<Milestone>,
}

/// Decides whether this can be promised.
///
/// # Errors
/// A refusal for each thing to put right.
pub fn decide_make(facts: &MakeFacts, command: &MakeCommitment) -> Result<Made, Vec<Refusal>> {
    let mut refusals = Vec::new();
    let mut take = |refusal| refusals.push(refusal);
    let title = texts(&command.title, "title", TITLE_LIMIT).unwrap_or_else(|refusal| {
        take(refusal);
        None
    });
    let summary = texts(&command.summary, "summary", SUMMARY_LIMIT).unwrap_or_else(|refusal| {
        take(refusal);
        None
    });
    if title.is_none() && command.title.values().all(|text| text.trim().is_empty()) {
        take(Refusal::new("commitment-title").at("title"));
    }
    let due_at = due(facts, &command.due).map_err(&mut take).ok();
    let budgeted_cents = budget(&command.budgeted).map_err(&mut take).ok().flatten();
    let district = district(facts, &command.district).map_err(&mut take).ok().flatten();
    let milestones = milestones(facts, &command.milestones, due_at).map_err(&mut take).unwrap_or_default();
    let (Some(title), Some(due_at), true) = (title, due_at, refusals.is_empty()) else { return Err(refusals) };
    let spending = Spending { currency: facts.currency, budgeted_cents, contracted_cents: None, paid_cents: None };
    Ok(Made { title, summary, due_at, spending, district, place: facts.place, milestones })
}

fn texts(written: &BTreeMap<Language, String>, field: &'static str, most: usize) -> Result<Option<LocalText>, Refusal> {
    let mut kept = BTreeMap::new();
    for (language, text) in written {
        let words = words_within(text, field, most)?;
        if !words.is_empty() {
            kept.insert(*language, words);
        }
    }
    Ok(LocalText::try_from(kept).ok())
}

fn due(facts: &MakeFacts, day: &str) -> Result<Moment, Refusal> {
    let due = end_of_day(day, &facts.zone).ok_or_else(|| Refusal::new("commitment-day").at("due"))?;
    if due <= facts.now {
        return Err(Refusal::new("commitment-past").at("due"));
    }
    if due > facts.now.plus_days(366 * YEARS_LIMIT) {
        return Err(Refusal::new("commitment-far").at("due").with("years", YEARS_LIMIT));
    }
    Ok(due)
}

fn budget(text: &str) -> Result<Option<i64>, Refusal> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    read_amount(text).map(Some).map_err(|_| Refusal::new("commitment-amount").at("budgeted"))
}

/// The district of the pin; without a pin the one that was named.
fn district(facts: &MakeFacts, named: &str) -> Result<Option<String>, Refusal> {
    match &facts.located {
        Where::Inside(Some(code)) => Ok(Some(code.clone())),
        Where::Outside => Err(Refusal::new("commitment-outside").at("lat")),
        Where::Unreadable => Err(Refusal::new("commitment-pin").at("lat")),
        Where::NoPin | Where::Inside(None) => match (named.trim(), facts.district_exists) {
            ("", _) => Ok(None),
            (code, true) => Ok(Some(code.to_owned())),
            (_, false) => Err(Refusal::new("commitment-district").at("district")),
        },
    }
}

/// One a line, as `2026-03-01 The trees are ordered`; none later than the promise itself.
fn milestones(facts: &MakeFacts, text: &str, due: Option<Moment>) -> Result<Vec<Milestone>, Refusal> {
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    if lines.len() > MILESTONES_LIMIT {
        return Err(Refusal::new("commitment-milestones").at("milestones").with("most", MILESTONES_LIMIT));
    }
    let mut read = Vec::new();
    for line in lines {
        let unreadable = || Refusal::new("commitment-milestone").at("milestones").with("line", cut(line));
        let (day, title) = line.split_once(char::is_whitespace).ok_or_else(unreadable)?;
        let due_at = end_of_day(day, &facts.zone).ok_or_else(unreadable)?;
        let title = words_within(title, "milestones", TITLE_LIMIT)?;
        if due.is_some_and(|due| due_at > due) {
            return Err(Refusal::new("commitment-milestone-late").at("milestones").with("line", cut(line)));
        }
        read.push((due_at, title));
    }
    read.sort();
    let number = |(position, (due_at, title))| Milestone { position, title, due_at, done_at: None };
    Ok((1..).zip(read).map(number).collect())
}

fn cut(line: &str) -> String {
    line.chars().take(60).collect()
}

#[cfg(test)]
mod tests {
    use super::{MakeCommitment, MakeFacts, Where, decide_make};
    use civic::{Language, Moment};
    use jiff::tz::TimeZone;
    use std::collections::BTreeMap;

    fn facts() -> MakeFacts {
        MakeFacts {
            now: Moment::parse("2026-01-10T12:00:00Z").unwrap(),
            zone: TimeZone::UTC,
            currency: "EUR".parse().unwrap(),
            located: Where::NoPin,
            place: None,
            district_exists: true,
        }
    }

    fn trees() -> MakeCommitment {
        MakeCommitment {
            title: BTreeMap::from([(Language::En, "Forty trees".to_owned())]),
            due: "2026-04-30".to_owned(),
            budgeted: "84,000".to_owned(),
            milestones: "2026-03-01 Ordered\n\n2026-02-01  Places chosen\n".to_owned(),
            ..MakeCommitment::default()
        }
    }

    fn refused(command: &MakeCommitment) -> Vec<&'static str> {
        decide_make(&facts(), command).unwrap_err().iter().map(|refusal| refusal.code).collect()
    }

    #[test]
    fn a_promise_is_due_at_the_end_of_its_day() {
        let made = decide_make(&facts(), &trees()).unwrap();
        assert_eq!(made.due_at.rfc3339(), "2026-04-30T23:59:59Z");
        assert_eq!(made.spending.budgeted_cents, Some(8_400_000));
        let days: Vec<_> = made.milestones.iter().map(|m| (m.position, m.title.as_str())).collect();
        assert_eq!(days, [(1, "Places chosen"), (2, "Ordered")]);
        let today = MakeCommitment { due: "2026-01-10".to_owned(), milestones: String::new(), ..trees() };
        assert!(decide_make(&facts(), &today).is_ok(), "today can still be kept");
    }

    #[test]
    fn everything_to_put_right_is_said_at_once() {
        let wrong = MakeCommitment { due: "soon".to_owned(), budgeted: "-1".to_owned(), ..MakeCommitment::default() };
        assert_eq!(refused(&wrong), ["commitment-title", "commitment-day", "commitment-amount"]);
        for (due, code) in [("2026-01-09", "commitment-past"), ("2099-01-01", "commitment-far")] {
            assert_eq!(refused(&MakeCommitment { due: due.to_owned(), ..trees() })[0], code);
        }
        for (lines, code) in [
            ("tomorrow Ordered".to_owned(), "commitment-milestone"),
            ("2026-03-01".to_owned(), "commitment-milestone"),
            ("2026-05-01 Later than the promise".to_owned(), "commitment-milestone-late"),
            ("2026-03-01 x\n".repeat(21), "commitment-milestones"),
        ] {
            assert_eq!(refused(&MakeCommitment { milestones: lines, ..trees() }), [code]);
        }
        let long = BTreeMap::from([(Language::En, "x".repeat(141))]);
        assert_eq!(refused(&MakeCommitment { title: long, ..trees() }), ["commitment-long"]);
    }

    #[test]
    fn the_pin_says_which_district() {
        let command = MakeCommitment { district: "mill".to_owned(), ..trees() };
        let at = |located| decide_make(&MakeFacts { located, ..facts() }, &command);
        assert_eq!(at(Where::Inside(Some("docks".to_owned()))).unwrap().district.as_deref(), Some("docks"));
        assert_eq!(at(Where::NoPin).unwrap().district.as_deref(), Some("mill"));
        assert_eq!(at(Where::Outside).unwrap_err()[0].code, "commitment-outside");
        let unknown = MakeFacts { district_exists: false, ..facts() };
        assert_eq!(decide_make(&unknown, &command).unwrap_err()[0].code, "commitment-district");
    }
}
