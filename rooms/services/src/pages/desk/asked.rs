//! What an address of the inbox asks for.

use crate::{
    model::State as Standing,
    store::{Inbox, InboxOrder, LookedAfter, Named},
};
use civic::{Language, Moment};
use places::Districts;
use serde::Deserialize;
use web::{Refusal, Stop, parts::with_query};

/// Where the inbox is.
pub(super) const PATH: &str = "/desk/services";
/// Characters of a reference.
const REFERENCE_LIMIT: usize = 20;
/// Who looks after it: what they are called in addresses, and their words.
pub(super) const OFFICERS: [(&str, &str); 3] =
    [("mine", "sv-inbox-mine"), ("nobody", "sv-inbox-nobody"), ("somebody", "sv-inbox-somebody")];
/// The orders: what they are called in addresses, and their words.
pub(super) const ORDERS: [(&str, &str); 3] =
    [("due", "sv-inbox-due"), ("oldest", "sv-inbox-oldest"), ("newest", "sv-inbox-newest")];

/// Which applications, as an address says it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Asked {
    pub(super) show: String,
    pub(super) officer: String,
    pub(super) service: String,
    pub(super) state: String,
    pub(super) district: String,
    pub(super) language: String,
    pub(super) overdue: String,
    pub(super) q: String,
    pub(super) sort: String,
    pub(super) after: String,
    pub(super) limit: String,
}

/// What an address is read by.
pub(super) struct Known<'k> {
    pub(super) services: &'k [Named],
    pub(super) districts: &'k Districts,
    /// The officer's pseudonym.
    pub(super) officer: &'k str,
    /// The day, as 2026-12-24.
    pub(super) today: &'k str,
    pub(super) now: Moment,
}

impl Asked {
    /// The address of the same list, from its beginning or from a place on.
    pub(super) fn address(&self, after: Option<&str>) -> String {
        let fields = [
            ("show", self.show.as_str()),
            ("officer", &self.officer),
            ("service", &self.service),
            ("state", &self.state),
            ("district", &self.district),
            ("language", &self.language),
            ("overdue", &self.overdue),
            ("q", &self.q),
            ("sort", &self.sort),
            ("limit", &self.limit),
            ("after", after.unwrap_or_default()),
        ];
        with_query(PATH, &fields)
    }

    /// Whether it asks for less than a tab does.
    pub(super) fn is_narrow(&self) -> bool {
        let asked = [&self.service, &self.state, &self.district, &self.language, &self.overdue, &self.q];
        asked.iter().any(|one| !one.is_empty()) || self.officer == "somebody"
    }
}

/// Reads an address: the filter, without the organisations, and the address as it is written from now on.
///
/// # Errors
/// A refusal for each value that names nothing.
pub(super) fn read(asked: &Asked, known: &Known<'_>) -> Result<(Asked, Inbox), Stop> {
    let mut refusals = Vec::new();
    let mut refuse = |code: &'static str, field: &'static str| refusals.push(Refusal::new(code).at(field));
    let mut filter = Inbox { is_open: true, ..Inbox::default() };
    let mut officer = asked.officer.as_str();
    match asked.show.as_str() {
        "" | "open" => {}
        "done" => filter.is_open = false,
        // The tabs, as they were called before there were filters.
        "mine" if officer.is_empty() => officer = "mine",
        "free" if officer.is_empty() => officer = "nobody",
        "mine" | "free" => {}
        _ => refuse("inbox-show", "show"),
    }
    match officer {
        "" => {}
        "mine" => {
            let (officer, today) = (known.officer.to_owned(), known.today.to_owned());
            filter.officer = LookedAfter::By { officer, today };
        }
        "nobody" => filter.officer = LookedAfter::ByNobody,
        "somebody" => filter.officer = LookedAfter::BySomebody,
        _ => refuse("inbox-officer", "officer"),
    }
    if !asked.state.is_empty() {
        // A state says by itself whether it is open.
        match Standing::WORDS.iter().find(|(word, _)| *word == asked.state) {
            Some((_, is_open)) => (filter.is_open, filter.state) = (*is_open, Some(asked.state.clone())),
            None => refuse("inbox-state", "state"),
        }
    }
    if !asked.service.is_empty() {
        match known.services.iter().any(|one| one.code == asked.service) {
            true => filter.service = Some(asked.service.clone()),
            false => refuse("inbox-service", "service"),
        }
    }
    if !asked.district.is_empty() {
        match known.districts.name(&asked.district) {
            Some(_) => filter.district = Some(asked.district.clone()),
            None => refuse("inbox-district", "district"),
        }
    }
    if !asked.language.is_empty() {
        match Language::ALL.into_iter().find(|one| one.tag() == asked.language) {
            Some(language) => filter.language = Some(language),
            None => refuse("inbox-language", "language"),
        }
    }
    match asked.overdue.as_str() {
        "" => {}
        "yes" => filter.overdue_at = Some(known.now),
        _ => refuse("inbox-overdue", "overdue"),
    }
    let q = asked.q.trim().to_ascii_uppercase();
    if !q.is_empty() {
        let is_part = q.len() <= REFERENCE_LIMIT && q.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
        if is_part { filter.reference = Some(q.clone()) } else { refuse("inbox-reference", "q") }
    }
    match asked.sort.as_str() {
        "" | "due" => {}
        "oldest" => filter.order = InboxOrder::Oldest,
        "newest" => filter.order = InboxOrder::Newest,
        _ => refuse("inbox-sort", "sort"),
    }
    if !refusals.is_empty() {
        return Err(Stop::Refused(refusals));
    }
    let show = if filter.is_open { "open" } else { "done" }.to_owned();
    let sort = if filter.order == InboxOrder::Due { String::new() } else { asked.sort.clone() };
    Ok((Asked { show, officer: officer.to_owned(), q, sort, ..asked.clone() }, filter))
}
