//! PURE: what a meeting may be, who may register when, who moves up.

use crate::model::{Meeting, Minutes, Plan, Standing};
use civic::{Language, LocalText, Moment};
use web::Refusal;

/// Characters of the title, the summary, the agenda and the minutes in each language, and of a line.
const TITLE_LIMIT: usize = 150;
const SUMMARY_LIMIT: usize = 400;
const AGENDA_LIMIT: usize = 4_000;
const MINUTES_LIMIT: usize = 40_000;
const LINE_LIMIT: usize = 300;
/// Places a meeting may have.
pub const PLACES_LIMIT: u32 = 100_000;
/// Decisions one meeting may make.
pub const DECISIONS_LIMIT: usize = 50;
/// Days a meeting may last.
const DAYS_LIMIT: i64 = 14;
const DAY_SECONDS: i64 = 86_400;

fn long(text: &LocalText, limit: usize) -> bool {
    Language::ALL.iter().any(|one| text.exactly(*one).is_some_and(|words| words.chars().count() > limit))
}

/// Checks what was written down of a meeting; `own` is the town's first language.
///
/// # Errors
/// Every reason against it.
pub fn check(plan: &Plan, starts_at: Moment, ends_at: Moment, own: Language) -> Result<(), Vec<Refusal>> {
    let mut refusals = Vec::new();
    let texts = [
        (Some(&plan.title), "title-en", TITLE_LIMIT, true),
        (Some(&plan.summary), "summary-en", SUMMARY_LIMIT, true),
        (plan.agenda.as_ref(), "agenda-en", AGENDA_LIMIT, false),
    ];
    for (text, field, limit, needed) in texts {
        if needed && text.and_then(|text| text.exactly(own)).is_none_or(str::is_empty) {
            refusals.push(Refusal::new("meeting-words-missing").at(field).with("language", own.own_name()));
        }
        if text.is_some_and(|text| long(text, limit)) {
            refusals.push(Refusal::new("meeting-words-long").at(field).with("most", limit));
        }
    }
    if ends_at <= starts_at || ends_at.seconds_since(starts_at) > DAYS_LIMIT * DAY_SECONDS {
        refusals.push(Refusal::new("meeting-times").at("ends").with("days", DAYS_LIMIT));
    }
    if plan.place.is_empty() && plan.online_url.is_empty() {
        refusals.push(Refusal::new("meeting-nowhere").at("place"));
    }
    for (text, field) in [(&plan.place, "place"), (&plan.online_url, "online_url")] {
        if text.chars().count() > LINE_LIMIT {
            refusals.push(Refusal::new("meeting-words-long").at(field).with("most", LINE_LIMIT));
        }
    }
    if !plan.online_url.is_empty() && !is_web_address(&plan.online_url) {
        refusals.push(Refusal::new("meeting-online").at("online_url"));
    }
    if plan.places.is_some_and(|places| places == 0 || places > PLACES_LIMIT) {
        refusals.push(Refusal::new("meeting-places").at("places").with("most", i64::from(PLACES_LIMIT)));
    }
    if refusals.is_empty() { Ok(()) } else { Err(refusals) }
}

/// Whether an address can stand behind a link: of the web, and without anything that is no part of one.
fn is_web_address(text: &str) -> bool {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    rest.is_some_and(|rest| rest.len() > 3 && rest.contains('.'))
        && text.chars().all(|c| c.is_ascii_graphic() && !"\"'<>\\^`{|}".contains(c))
}

/// Whether a meeting may be changed now.
///
/// # Errors
/// `meeting-begun` once it began, `meeting-is-cancelled`.
pub fn may_change(meeting: &Meeting, now: Moment) -> Result<(), Refusal> {
    match meeting.standing(now) {
        Standing::Private | Standing::Coming => Ok(()),
        Standing::Cancelled => Err(Refusal::conflict("meeting-is-cancelled")),
        Standing::Now | Standing::Over | Standing::Minuted => Err(Refusal::conflict("meeting-begun")),
    }
}

/// Whether a meeting may be announced now.
///
/// # Errors
/// `meeting-published`, `meeting-past`.
pub fn may_publish(meeting: &Meeting, now: Moment) -> Result<(), Refusal> {
    match meeting.published_at {
        Some(_) => Err(Refusal::conflict("meeting-published")),
        None if meeting.starts_at <= now => Err(Refusal::new("meeting-past").at("starts")),
        None => Ok(()),
    }
}

/// Whether minutes may be published now.
///
/// # Errors
/// `meeting-not-begun`, `meeting-is-cancelled`; what is wrong with their words.
pub fn check_minutes(meeting: &Meeting, minutes: &Minutes, own: Language, now: Moment) -> Result<(), Vec<Refusal>> {
    match meeting.standing(now) {
        Standing::Private | Standing::Coming => return Err(vec![Refusal::conflict("meeting-not-begun")]),
        Standing::Cancelled => return Err(vec![Refusal::conflict("meeting-is-cancelled")]),
        Standing::Now | Standing::Over | Standing::Minuted => {}
    }
    let mut refusals = Vec::new();
    if minutes.text.exactly(own).is_none_or(str::is_empty) {
        refusals.push(Refusal::new("meeting-words-missing").at("text-en").with("language", own.own_name()));
    }
    if long(&minutes.text, MINUTES_LIMIT) {
        refusals.push(Refusal::new("meeting-words-long").at("text-en").with("most", MINUTES_LIMIT));
    }
    let long_line = minutes.decisions.iter().any(|one| one.words.chars().count() > LINE_LIMIT);
    if minutes.decisions.len() > DECISIONS_LIMIT || long_line {
        let refusal = Refusal::new("meeting-decisions").at("decisions");
        refusals.push(refusal.with("most", DECISIONS_LIMIT).with("characters", LINE_LIMIT));
    }
    if refusals.is_empty() { Ok(()) } else { Err(refusals) }
}

/// Whether somebody who comes now has a place (`false`) or waits for one (`true`): who waits already is not passed by.
///
/// # Errors
/// `meeting-no-registration`, `meeting-closed`, `meeting-is-cancelled`.
pub fn waits(meeting: &Meeting, taken: i64, waiting: i64, now: Moment) -> Result<bool, Refusal> {
    match meeting.standing(now) {
        Standing::Coming => {}
        Standing::Cancelled => return Err(Refusal::conflict("meeting-is-cancelled")),
        _ => return Err(Refusal::conflict("meeting-closed")),
    }
    let places = meeting.plan.places.ok_or_else(|| Refusal::conflict("meeting-no-registration"))?;
    Ok(waiting > 0 || taken >= i64::from(places))
}

/// How many who wait can have a place.
pub fn free(meeting: &Meeting, taken: i64) -> i64 {
    meeting.plan.places.map_or(0, |places| (i64::from(places) - taken).max(0))
}

/// What was decided, a line each: the words, and behind a bar what they answer, as `proposal/P-7K2M`.
pub fn read_decisions(text: &str) -> Vec<(String, Option<String>)> {
    let line = |line: &str| match line.rsplit_once('|') {
        Some((words, about)) => (words.trim().to_owned(), Some(about.trim().to_owned()).filter(|one| !one.is_empty())),
        None => (line.trim().to_owned(), None),
    };
    text.lines().map(line).filter(|(words, _)| !words.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::{is_web_address, read_decisions};

    #[test]
    fn only_addresses_of_the_web_become_links() {
        assert!(is_web_address("https://meet.example.org/room?id=1"));
        for bad in ["javascript:alert(1)", "https://", "https://a\"b.org", "ftp://example.org", "https://ex ample.org"]
        {
            assert!(!is_web_address(bad), "{bad}");
        }
    }

    #[test]
    fn decisions_are_read_line_by_line() {
        let read = read_decisions("Build it | proposal/P-7K2M\n\nAsk again\n | x/y\n");
        assert_eq!(read, [("Build it".to_owned(), Some("proposal/P-7K2M".to_owned())), ("Ask again".to_owned(), None)]);
    }
}
