//! A link and what its answers make of it. Pure.

use crate::{model::Dataset, vocabulary::licence};
use civic::Moment;
use outgoing::OutgoingRefusal;
use std::collections::BTreeMap;

/// Bytes of an address that is asked.
const LINKS_LIMIT_BYTES: usize = 2_000;
/// Seconds after which a link is asked again.
const AGAIN_SECONDS: i64 = 86_400;
/// Times in a row that a link must fail, and seconds since the first of them, before those who publish are told.
const TOLD_FAILURES: i64 = 3;
const TOLD_SECONDS: i64 = 2 * 86_400;
/// Statuses of servers that are there and keep programs out, or for a while: nothing is said of what people see.
const NOT_FOR_PROGRAMS: [u16; 2] = [403, 429];
/// What harvested datasets say of whom to ask, as pages.
const CONTACT_PAGES: [&str; 2] = ["contact_uri", "contact_url"];

/// An address that datasets name, with its last answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// The address.
    pub url: String,
    /// Its host, and port where one is named.
    pub host: String,
    /// When it is asked next.
    pub next_at: Moment,
    /// When it was last asked; `None` for not yet.
    pub asked_at: Option<Moment>,
    /// The HTTP status of the last answer; `None` where none came.
    pub status: Option<u16>,
    /// Why it did not answer: one of the codes of [`code_of`], or `status`; empty where it did.
    pub trouble: String,
    /// Since when it has not answered; `None` where it does.
    pub failing_since: Option<Moment>,
    /// How often in a row it did not.
    pub failures: i64,
    /// When those who publish were told; `None` for not yet.
    pub told_at: Option<Moment>,
}

impl Link {
    /// One that is named for the first time: it is asked at the next occasion.
    pub fn new(url: &str, now: Moment) -> Self {
        Self {
            url: url.to_owned(),
            host: host_of(url),
            next_at: now,
            asked_at: None,
            status: None,
            trouble: String::new(),
            failing_since: None,
            failures: 0,
            told_at: None,
        }
    }

    /// Whether it did not answer the last time.
    pub fn is_failing(&self) -> bool {
        self.failing_since.is_some()
    }

    /// Whether those who publish are to be told of it now: it has failed three days in a row, and they do not know.
    pub fn is_to_tell(&self, now: Moment) -> bool {
        let is_long = self.failing_since.is_some_and(|since| since.plus_seconds(TOLD_SECONDS) <= now);
        is_long && self.failures >= TOLD_FAILURES && self.told_at.is_none()
    }

    /// The same link after it was asked.
    #[must_use]
    pub fn after(self, answer: &Result<u16, OutgoingRefusal>, now: Moment) -> Self {
        let (status, trouble) = match answer {
            Ok(status) if (200..300).contains(status) || NOT_FOR_PROGRAMS.contains(status) => (Some(*status), ""),
            Ok(status) => (Some(*status), "status"),
            Err(refusal) => (None, code_of(refusal)),
        };
        let fails = !trouble.is_empty();
        Self {
            next_at: now.plus_seconds(AGAIN_SECONDS),
            asked_at: Some(now),
            status,
            trouble: trouble.to_owned(),
            failing_since: fails.then(|| self.failing_since.unwrap_or(now)),
            failures: if fails { self.failures + 1 } else { 0 },
            told_at: self.told_at.filter(|_| fails),
            ..self
        }
    }
}

/// The code of why nothing came; the Fluent key of its sentence is `data-link-` and the code.
fn code_of(refusal: &OutgoingRefusal) -> &'static str {
    match refusal {
        OutgoingRefusal::NotPublic => "private",
        OutgoingRefusal::Unknown => "unknown",
        OutgoingRefusal::Redirected => "redirected",
        OutgoingRefusal::TooSlow => "slow",
        OutgoingRefusal::NotAnAddress | OutgoingRefusal::NotHttps | OutgoingRefusal::Credentials => "address",
        OutgoingRefusal::TooLarge | OutgoingRefusal::Stopped | OutgoingRefusal::Broken(_) => "broken",
    }
}

/// The addresses of the web that a dataset names, with the Fluent key of what each is: its page, the page of a licence of its own, pages
/// of whom to ask, and resources that are only links. Licences of the list are not its own. What is too long is no address.
pub fn named_by(dataset: &Dataset) -> BTreeMap<&str, &'static str> {
    let meta = &dataset.meta;
    let has_own_licence = licence(&meta.licence).is_some_and(|one| one.is_other());
    let licence = Some(meta.licence_url.as_str()).filter(|_| has_own_licence);
    let contact = CONTACT_PAGES.iter().filter_map(|name| meta.extras.get(*name));
    let links = dataset.resources.iter().filter(|one| one.file_id.is_none());
    let all = std::iter::once((meta.url.as_str(), "data-link-page"))
        .chain(licence.map(|url| (url, "data-link-licence")))
        .chain(contact.map(|url| (url.as_str(), "data-link-contact")))
        .chain(links.map(|one| (one.body.url.as_str(), "data-link-file")));
    all.filter(|(url, _)| is_asked(url)).collect()
}

/// Whether it is an address that is asked at all; what a database cannot hold or index is none.
fn is_asked(url: &str) -> bool {
    let is_web = url.starts_with("https://") || url.starts_with("http://");
    is_web && url.len() <= LINKS_LIMIT_BYTES && !url.chars().any(char::is_control)
}

/// The host of an address, with its port, in small letters.
fn host_of(url: &str) -> String {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    authority.rsplit('@').next().unwrap_or_default().to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::{LINKS_LIMIT_BYTES, Link, host_of, is_asked};
    use civic::Moment;
    use outgoing::OutgoingRefusal;

    #[test]
    fn what_is_no_address_of_the_web_is_not_asked() {
        assert!(is_asked("https://a.example/x") && is_asked("http://a.example"));
        let long = format!("https://a.example/{}", "x".repeat(LINKS_LIMIT_BYTES));
        for wrong in ["", "ftp://a.example", "javascript:alert(1)", "file:///etc/passwd", "https://a.example/\0", &long]
        {
            assert!(!is_asked(wrong), "{wrong}");
        }
    }

    #[test]
    fn hosts_are_told_apart() {
        let hosts = ["https://A.example/x", "http://a.example:81?q", "https://u:p@b.example#f", "https://c.example"];
        assert_eq!(hosts.map(host_of), ["a.example", "a.example:81", "b.example", "c.example"]);
    }

    #[test]
    fn a_link_that_fails_three_days_is_told_of_once_and_forgotten_when_it_answers() {
        let day = |day: i64| Moment(0).plus_days(day);
        let slow = Err(OutgoingRefusal::TooSlow);
        let first = Link::new("https://a.example", day(0)).after(&Ok(404), day(0));
        assert_eq!((first.status, first.trouble.as_str(), first.failing_since), (Some(404), "status", Some(day(0))));
        let again = first.after(&slow, day(0)).after(&slow, day(0));
        assert!(!again.is_to_tell(day(1)), "three times on one day are not three days");
        let second = again.after(&slow, day(2));
        assert_eq!((second.failing_since, second.failures), (Some(day(0)), 4));
        assert!(second.is_to_tell(day(2)));
        let told = Link { told_at: Some(day(2)), ..second };
        let later = told.after(&slow, day(3));
        assert!(!later.is_to_tell(day(3)), "once");
        let well = later.after(&Ok(200), day(4));
        assert_eq!((well.is_failing(), well.failures, well.told_at), (false, 0, None));
        assert!(!well.after(&Ok(403), day(5)).is_failing(), "programs are kept out, people perhaps not");
        let away = Link::new("https://a.example", day(0)).after(&slow, day(0)).after(&slow, day(9));
        assert!(!away.is_to_tell(day(9)), "asked twice only");
    }
}
