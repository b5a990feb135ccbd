//! What can be reported, who answers for it, and what must be asked.

use civic::{LocalText, Moment, OrganisationId};
use serde::{Deserialize, Serialize};
use service_clock::{Calendar, Length};
use std::collections::BTreeMap;

/// A kind of problem (in Open311: a service).
#[derive(Debug, Clone, PartialEq)]
pub struct Category {
    /// Its code, as `bulky-items` (in Open311: `service_code`).
    pub code: String,
    /// The agency that answers.
    pub organisation: OrganisationId,
    /// Its place in lists.
    pub position: i64,
    /// Whether it can be chosen for new reports.
    pub active: bool,
    /// Its words and questions.
    pub definition: Definition,
}

/// The words and questions of a category, kept as JSON.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Definition {
    /// What it is called.
    pub name: LocalText,
    /// When to choose it.
    pub description: LocalText,
    /// The group it is shown in.
    #[serde(default)]
    pub group: Option<LocalText>,
    /// Words by which people look for it.
    #[serde(default)]
    pub keywords: Vec<String>,
    /// What is asked besides.
    #[serde(default)]
    pub attributes: Vec<Attribute>,
    /// How soon the agency promises an end, in its working time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub promise: Option<Promise>,
    /// What else its agencies are held to.
    #[serde(default)]
    pub rules: Rules,
}

/// Working days for which a question to the reporter stops the clock, where a category says nothing else.
pub const WAIT_DAYS: u32 = 10;

/// What the agencies of a category are held to beside its promise.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Rules {
    /// Promises of single agencies in place of the category's, by the agency's code.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub promises: BTreeMap<String, Promise>,
    /// Working days for which a question to the reporter stops the clock; none for [`WAIT_DAYS`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub wait_days: Option<u32>,
    /// Whether words and photos are public only once the desk has published them.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub desk_publishes: bool,
}

impl Definition {
    /// How soon the agency of this code promises an end.
    pub fn promise_of(&self, agency: &str) -> Option<Promise> {
        self.rules.promises.get(agency).copied().or(self.promise)
    }

    /// Working days for which a question to the reporter stops the clock.
    pub fn wait_days(&self) -> u32 {
        self.rules.wait_days.unwrap_or(WAIT_DAYS)
    }
}

/// How soon an agency promises an end, in the working time of the town.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Promise {
    /// Working hours after the report.
    Hours(u32),
    /// Working days after the day of the report, to the close of the last.
    Days(u32),
}

impl Promise {
    /// When what was reported at `from` is due; `None` where the calendar never gets there.
    pub fn due(self, calendar: &Calendar, from: Moment) -> Option<Moment> {
        let length = match self {
            Self::Hours(hours) => Length::Hours(hours),
            Self::Days(days) => Length::Days(days),
        };
        calendar.deadline(from.timestamp(), length, &[]).ok().map(|deadline| deadline.at.into())
    }

    /// The Fluent key of its words, and its number.
    pub fn words(self) -> (&'static str, i64) {
        match self {
            Self::Hours(hours) => ("promise-hours", i64::from(hours)),
            Self::Days(days) => ("promise-days", i64::from(days)),
        }
    }
}

/// One question (Open311 GeoReport v2, "GET Service Definition").
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Attribute {
    /// Its code.
    pub code: String,
    /// What kind of answer.
    pub datatype: Datatype,
    /// Whether it must be answered.
    #[serde(default)]
    pub required: bool,
    /// The question.
    pub description: LocalText,
    /// What to choose from, where it is a list.
    #[serde(default)]
    pub values: Vec<Choice>,
}

/// The kinds of answers Open311 knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Datatype {
    /// One line.
    String,
    /// A number.
    Number,
    /// A date and time.
    Datetime,
    /// Several lines.
    Text,
    /// One of the values.
    SingleValueList,
    /// Any of the values.
    MultiValueList,
}

impl Datatype {
    /// All of them.
    pub const ALL: [Self; 6] =
        [Self::String, Self::Text, Self::Number, Self::Datetime, Self::SingleValueList, Self::MultiValueList];

    /// The word of the standard.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::String => "string",
            Self::Number => "number",
            Self::Datetime => "datetime",
            Self::Text => "text",
            Self::SingleValueList => "singlevaluelist",
            Self::MultiValueList => "multivaluelist",
        }
    }
}

/// One of the values of a list.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Choice {
    /// What is stored and sent.
    pub key: String,
    /// What people read.
    pub name: LocalText,
}

/// All categories in memory, by code, refreshed when one changes.
#[derive(Debug, Clone, Default)]
pub struct CategoryBook {
    by_code: BTreeMap<String, Category>,
}

impl CategoryBook {
    /// A book of these categories.
    pub fn of(categories: Vec<Category>) -> Self {
        Self { by_code: categories.into_iter().map(|category| (category.code.clone(), category)).collect() }
    }

    /// The category of this code, also when it cannot be chosen any more.
    pub fn get(&self, code: &str) -> Option<&Category> {
        self.by_code.get(code)
    }

    /// The categories that can be chosen, in their order.
    pub fn offered(&self) -> Vec<&Category> {
        let mut offered: Vec<_> = self.by_code.values().filter(|category| category.active).collect();
        offered.sort_by_key(|category| category.position);
        offered
    }

    /// All categories, in their order.
    pub fn all(&self) -> Vec<&Category> {
        let mut all: Vec<_> = self.by_code.values().collect();
        all.sort_by_key(|category| category.position);
        all
    }
}
