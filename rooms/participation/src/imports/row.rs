//! One row of a file from elsewhere.

use super::names::{Names, cell, first};
use crate::model::{TEXT_LIMIT, TITLE_LIMIT, Verdict};
use civic::{Language, Moment, Place};
use importing::{plain, read_degrees};

/// Where what stands; `None` for what a file does not have.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Columns {
    id: Option<usize>,
    title: Vec<usize>,
    text: Vec<usize>,
    author: Option<usize>,
    at: Option<usize>,
    lat: Option<usize>,
    long: Option<usize>,
    address: Option<usize>,
    votes: Option<usize>,
    state: Option<usize>,
    retired: Option<usize>,
    answer: Vec<usize>,
    cost: Option<usize>,
}

impl Columns {
    /// Finds the columns by the names that Decidim and CONSUL give them; `None` where id, title or text is missing.
    pub fn find(header: &[String], language: Language) -> Option<Self> {
        let names = Names::of(header, language);
        let (one, local) = (|of: &[&str]| names.one(of), |of: &[&str]| names.local(of));
        let columns = Self {
            id: one(&["id"]),
            title: local(&["title"]),
            text: local(&["body", "description", "summary"]),
            author: one(&["author/name", "author_name", "author"]),
            at: one(&["published_at", "created_at"]),
            lat: one(&["latitude", "lat"]),
            long: one(&["longitude", "long", "lng"]),
            address: one(&["address", "location"]),
            votes: one(&["votes", "proposal_votes_count", "cached_votes_up", "endorsements/total_count"]),
            state: one(&["state"]),
            retired: one(&["retired_at"]),
            answer: local(&["answer"]),
            cost: one(&["cost"]),
        };
        let is_whole = columns.id.is_some() && !columns.title.is_empty() && !columns.text.is_empty();
        is_whole.then_some(columns)
    }
}

/// A proposal as the other platform has it.
#[derive(Debug, Clone, PartialEq)]
pub struct Imported {
    /// Its id there.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// What it says; plain.
    pub text: String,
    /// What its author is called there.
    pub author: String,
    /// When it was published there.
    pub at: Option<Moment>,
    /// Where.
    pub place: Option<Place>,
    /// The place in words.
    pub address: String,
    /// How many supported it there.
    pub votes: i64,
    /// What was found there.
    pub verdict: Option<Verdict>,
    /// Whether it was taken back there.
    pub withdrawn: bool,
    /// The answer there.
    pub answer: String,
    /// In cents.
    pub cost_cents: Option<i64>,
}

/// Reads a row.
///
/// # Errors
/// Column and reason, as the page of an import shows them: a Fluent key.
pub fn read_row(columns: &Columns, cells: &[String]) -> Result<Imported, (&'static str, &'static str)> {
    let (cell, first) = (|index| cell(cells, index), |of: &[usize]| first(cells, of));
    let id = cell(columns.id);
    if id.is_empty() || id.len() > 60 {
        return Err(("id", "proposal-aside-id"));
    }
    let (title, text) = (plain(first(&columns.title)), plain(first(&columns.text)));
    if title.is_empty() || title.chars().count() > TITLE_LIMIT || title.chars().any(char::is_control) {
        return Err(("title", "proposal-aside-title"));
    }
    if text.is_empty() || text.chars().count() > TEXT_LIMIT || text.contains('\0') {
        return Err(("body", "proposal-aside-text"));
    }
    let at = moment(cell(columns.at)).map_err(|()| ("published_at", "proposal-aside-time"))?;
    let state = cell(columns.state);
    Ok(Imported {
        id: id.to_owned(),
        title,
        text,
        author: cell(columns.author).chars().filter(|c| !c.is_control()).take(80).collect(),
        at,
        place: place(cell(columns.lat), cell(columns.long)),
        address: cell(columns.address).chars().filter(|c| !c.is_control()).take(300).collect(),
        votes: cell(columns.votes).parse().ok().filter(|votes| (0..=100_000_000).contains(votes)).unwrap_or(0),
        verdict: match state {
            "accepted" | "feasible" | "selected" => Some(Verdict::Feasible),
            "rejected" | "unfeasible" | "infeasible" => Some(Verdict::Infeasible),
            _ => None,
        },
        withdrawn: state == "withdrawn" || !cell(columns.retired).is_empty(),
        answer: plain(first(&columns.answer)).chars().take(6_000).collect(),
        cost_cents: crate::decide::cents_of(cell(columns.cost), "cost").ok().flatten(),
    })
}

/// RFC 3339, or as Ruby prints a time: `2020-11-26 08:30:00 UTC`, `2020-11-26 08:30:00 +0100`.
pub(super) fn moment(text: &str) -> Result<Option<Moment>, ()> {
    if text.is_empty() {
        return Ok(None);
    }
    if let Ok(at) = Moment::parse(text) {
        return Ok(Some(at));
    }
    let text = text.trim_end_matches(" UTC");
    let zoned = jiff::fmt::strtime::parse("%Y-%m-%d %H:%M:%S %z", text).and_then(|parsed| parsed.to_timestamp());
    if let Ok(at) = zoned {
        return Ok(Some(at.into()));
    }
    let local: jiff::civil::DateTime = text.parse().map_err(|_| ())?;
    local.to_zoned(jiff::tz::TimeZone::UTC).map(|zoned| Some(zoned.timestamp().into())).map_err(|_| ())
}

fn place(lat: &str, long: &str) -> Option<Place> {
    let degrees = |text: &str, most: f64| read_degrees(text, most);
    Place::from_degrees(degrees(lat, 90.0)?, degrees(long, 180.0)?).ok()
}
