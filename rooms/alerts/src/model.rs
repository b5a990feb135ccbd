//! The nouns of the room.

use civic::{Code, EntryId, Moment, OrganisationId, Place, Subject, SubjectKind};
use people::EmailAddress;
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// The radii of a circle that can be chosen, in metres.
pub const RADII_M: [i64; 5] = [200, 500, 1_000, 2_000, 5_000];
/// Areas one address may hear of.
pub const AREAS_LIMIT: i64 = 20;
/// Pieces of news one mail or feed holds; a mail says how many more there are.
pub const NEWS_LIMIT: u32 = 50;
/// Works and promised ends one calendar holds.
pub const CALENDAR_LIMIT: u32 = 500;

/// The kind of works as a subject.
pub const WORKS: SubjectKind = SubjectKind("works");

/// What somebody wants to hear of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Area {
    /// A district, by its code.
    District(String),
    /// All around a pin.
    Circle {
        /// Its middle.
        middle: Place,
        /// Its radius in metres, 200 to 5,000.
        radius_m: i64,
    },
}

/// The text names no area.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AreaError;

impl fmt::Display for Area {
    /// As the database keeps it: `district 7`, or `circle 34052200 -118243700 500`, in millionths of a degree and metres.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::District(code) => write!(f, "district {code}"),
            Self::Circle { middle, radius_m } => {
                write!(f, "circle {} {} {radius_m}", middle.lat_micro(), middle.long_micro())
            }
        }
    }
}

impl FromStr for Area {
    type Err = AreaError;
    fn from_str(text: &str) -> Result<Self, AreaError> {
        if let Some(code) = text.strip_prefix("district ") {
            return Ok(Self::District(code.to_owned()));
        }
        let numbers: Result<Vec<i64>, _> =
            text.strip_prefix("circle ").ok_or(AreaError)?.split(' ').map(str::parse).collect();
        match numbers.map_err(|_| AreaError)?[..] {
            [lat, long, radius_m] => Ok(Self::Circle { middle: Place::from_micro(lat, long), radius_m }),
            _ => Err(AreaError),
        }
    }
}

/// How often somebody hears.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Pace {
    /// Within a minute or two.
    AtOnce,
    /// In the morning, with all of the day before.
    Daily,
}

impl Pace {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Daily, Self::AtOnce];

    /// As in forms and in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::AtOnce => "at-once",
            Self::Daily => "daily",
        }
    }

    /// The Fluent key of its name.
    pub fn key(self) -> &'static str {
        match self {
            Self::AtOnce => "alerts-pace-at-once",
            Self::Daily => "alerts-pace-daily",
        }
    }
}

impl FromStr for Pace {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|pace| pace.as_str() == text).ok_or(())
    }
}

/// An address that hears of an area.
#[derive(Debug, Clone, PartialEq)]
pub struct Subscription {
    /// Its id.
    pub id: String,
    /// Where mails go. Private.
    pub email: EmailAddress,
    /// In which language.
    pub language: civic::Language,
    /// Of what.
    pub area: Area,
    /// How often.
    pub pace: Pace,
    /// When the address was confirmed; nothing is sent before.
    pub confirmed_at: Option<Moment>,
    /// When the last news were sent.
    pub told_at: Option<Moment>,
}

/// What a piece of news says of its subject.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum What {
    /// It began.
    Began,
    /// It changed in time, or goes on again.
    Changed,
    /// It ended.
    Ended,
}

impl What {
    /// As in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Began => "began",
            Self::Changed => "changed",
            Self::Ended => "ended",
        }
    }

    /// The Fluent key of its heading.
    pub fn key(self) -> &'static str {
        match self {
            Self::Began => "alerts-what-began",
            Self::Changed => "alerts-what-changed",
            Self::Ended => "alerts-what-ended",
        }
    }
}

impl FromStr for What {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        [Self::Began, Self::Changed, Self::Ended].into_iter().find(|what| what.as_str() == text).ok_or(())
    }
}

/// Something that began, changed or ended at a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct News {
    /// The id of its entry in the record.
    pub entry: String,
    /// When.
    pub at: Moment,
    /// What it is about.
    pub subject: Subject,
    /// What happened to it.
    pub what: What,
    /// Where.
    pub spot: Spot,
}

/// Where something is, as far as the record says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Spot {
    /// The pin.
    pub place: Option<Place>,
    /// The code of its district.
    pub district: Option<String>,
}

/// What a public body plans to do at a place, and when.
#[derive(Debug, Clone, PartialEq)]
pub struct Works {
    /// What people call it, as `W-7K2M`.
    pub code: Code,
    /// Whose works they are.
    pub organisation: OrganisationId,
    /// What is done, in a line.
    pub title: String,
    /// What residents should know; may be empty.
    pub words: String,
    /// The place in words.
    pub place: String,
    /// Where it is.
    pub spot: Spot,
    /// When they begin.
    pub from_at: Moment,
    /// When they end.
    pub until_at: Moment,
    /// When they were announced.
    pub made_at: Moment,
    /// When the announcement last changed.
    pub changed_at: Moment,
    /// When they were called off, if they were.
    pub called_off_at: Option<Moment>,
    /// Counts changes.
    pub version: i64,
}

impl Works {
    /// The subject under which entries hang.
    pub fn subject(&self) -> Subject {
        Subject::new(WORKS, self.code.as_str())
    }

    /// The Fluent key of where they stand.
    pub fn state_key(&self, now: Moment) -> &'static str {
        match self {
            Self { called_off_at: Some(_), .. } => "works-called-off",
            _ if now < self.from_at => "works-planned",
            _ if now < self.until_at => "works-under-way",
            _ => "works-over",
        }
    }
}

/// An id for a subscription.
pub fn fresh_id(now: Moment, chance: &dyn civic::Chance) -> String {
    EntryId::new(now, chance).text()
}
