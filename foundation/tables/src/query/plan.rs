//! What can be asked, as it is typed.

use crate::{ColumnKind, Refused, TableInfo, Value};

/// Conditions of one question.
const CONDITIONS_LIMIT: usize = 20;

/// A question.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Plan {
    /// All of these must hold.
    pub conditions: Vec<Condition>,
    /// Words that must stand in one of the cells; empty for any.
    pub words: String,
    /// The geometry must meet this box: west, south, east, north. Where there are no geometries, no row does.
    pub within: Option<[f64; 4]>,
    /// The order; that of the file without.
    pub sort: Option<Sort>,
    /// The page begins after the row with this number.
    pub after: Option<u64>,
    /// So many rows are passed over; only where a standard wants it, for it is slower the further it goes.
    pub offset: usize,
    /// Rows of the page.
    pub limit: usize,
}

/// A condition on one column.
#[derive(Debug, Clone, PartialEq)]
pub struct Condition {
    /// The column.
    pub column: String,
    /// What it is compared by.
    pub op: Op,
    /// What it is compared with, as typed; for [`Op::Among`] several.
    pub values: Vec<String>,
}

/// A comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Op {
    /// The same.
    Is,
    /// Another, or nothing.
    IsNot,
    /// Less.
    Less,
    /// Not more.
    AtMost,
    /// More.
    More,
    /// Not less.
    AtLeast,
    /// Has these letters, capital or not.
    Contains,
    /// Begins with these letters, capital or not.
    Starts,
    /// Holds nothing.
    Empty,
    /// Holds something.
    Filled,
    /// One of these.
    Among,
}

impl Op {
    /// All that people can choose from.
    pub const ALL: [Self; 10] = [
        Self::Is,
        Self::IsNot,
        Self::Less,
        Self::AtMost,
        Self::More,
        Self::AtLeast,
        Self::Contains,
        Self::Starts,
        Self::Empty,
        Self::Filled,
    ];

    /// As in addresses.
    pub fn word(self) -> &'static str {
        match self {
            Self::Is => "=",
            Self::IsNot => "!=",
            Self::Less => "<",
            Self::AtMost => "<=",
            Self::More => ">",
            Self::AtLeast => ">=",
            Self::Contains => "contains",
            Self::Starts => "starts",
            Self::Empty => "empty",
            Self::Filled => "filled",
            Self::Among => "in",
        }
    }

    fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().chain([Self::Among]).find(|op| op.word() == word)
    }
}

/// An order.
#[derive(Debug, Clone, PartialEq)]
pub struct Sort {
    /// By this column.
    pub column: String,
    /// The greatest first.
    pub descending: bool,
}

/// Rows put together.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Grouping {
    /// By these columns, one or two, each whole or by a part of its date.
    pub by: Vec<(String, Part)>,
    /// What is added up.
    pub aggregates: Vec<Aggregate>,
}

/// A part of a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Part {
    /// All of the value.
    #[default]
    Whole,
    /// `2026`
    Year,
    /// `2026-11`
    Month,
    /// `2026-11-26`
    Day,
    /// `09`, of a moment.
    Hour,
}

impl Part {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Whole, Self::Year, Self::Month, Self::Day, Self::Hour];

    /// As in addresses.
    pub fn word(self) -> &'static str {
        match self {
            Self::Whole => "",
            Self::Year => "year",
            Self::Month => "month",
            Self::Day => "day",
            Self::Hour => "hour",
        }
    }

    /// This part of a value.
    pub(crate) fn of(self, value: &Value) -> Value {
        let Value::Text(text) = value else { return value.clone() };
        let cut = match self {
            Self::Whole => Some(text.as_str()),
            Self::Year => text.get(..4),
            Self::Month => text.get(..7),
            Self::Day => text.get(..10),
            Self::Hour => text.get(11..13),
        };
        cut.map_or(Value::Null, |cut| Value::Text(cut.to_owned()))
    }
}

/// Something added up over a group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Aggregate {
    /// The sum of a column.
    Sum(String),
    /// Its mean.
    Mean(String),
    /// Its least value.
    Least(String),
    /// Its greatest value.
    Most(String),
    /// The middle of its values; not of a table in parts.
    Median(String),
}

impl Aggregate {
    /// The words of all of them, as in addresses.
    pub const WORDS: [&'static str; 5] = ["sum", "mean", "median", "min", "max"];

    /// By its word.
    pub fn of(word: &str, column: &str) -> Option<Self> {
        let column = column.to_owned();
        match word {
            "sum" => Some(Self::Sum(column)),
            "mean" | "avg" => Some(Self::Mean(column)),
            "min" => Some(Self::Least(column)),
            "max" => Some(Self::Most(column)),
            "median" => Some(Self::Median(column)),
            _ => None,
        }
    }

    /// Its column.
    pub fn column(&self) -> &str {
        match self {
            Self::Sum(column)
            | Self::Mean(column)
            | Self::Least(column)
            | Self::Most(column)
            | Self::Median(column) => column,
        }
    }

    /// Its word.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Sum(_) => "sum",
            Self::Mean(_) => "mean",
            Self::Least(_) => "min",
            Self::Most(_) => "max",
            Self::Median(_) => "median",
        }
    }
}

impl Plan {
    /// Whether every row is asked for, in the order of the file.
    pub fn is_whole(&self) -> bool {
        self.conditions.is_empty() && self.within.is_none() && self.words.trim().is_empty() && self.sort.is_none()
    }

    /// Adds a condition.
    ///
    /// # Errors
    /// [`Refused::Condition`] for one too many.
    pub fn and(mut self, condition: Condition) -> Result<Self, Refused> {
        if self.conditions.len() >= CONDITIONS_LIMIT {
            return Err(Refused::Condition(format!("more than {CONDITIONS_LIMIT} conditions")));
        }
        self.conditions.push(condition);
        Ok(self)
    }
}

impl Condition {
    /// One that holds where a column has this value.
    pub fn is(column: &str, value: &str) -> Self {
        Self { column: column.to_owned(), op: Op::Is, values: vec![value.to_owned()] }
    }

    /// Reads `dep_delay >= 60`, `carrier = UA`, `tailnum empty`, `origin in JFK|LGA` or `origin in (JFK|LGA)`; the longest name of a column
    /// that fits.
    ///
    /// # Errors
    /// [`Refused::Condition`] where it is none.
    pub fn read(text: &str, info: &TableInfo) -> Result<Self, Refused> {
        let refused = || Refused::Condition(text.chars().take(100).collect());
        let names = info.columns.iter().map(|column| column.name.as_str());
        let fitting = names.filter_map(|name| Some((name, text.strip_prefix(name)?.strip_prefix(' ')?)));
        let (column, rest) = fitting.max_by_key(|(name, _)| name.len()).ok_or_else(refused)?;
        let (word, value) = rest.split_once(' ').unwrap_or((rest, ""));
        let op = Op::of(word).ok_or_else(refused)?;
        let values = match op {
            Op::Among => {
                let bare = value.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')).unwrap_or(value);
                bare.split('|').map(str::to_owned).collect()
            }
            _ => vec![value.to_owned()],
        };
        Ok(Self { column: column.to_owned(), op, values })
    }

    /// As [`Condition::read`] reads it.
    pub fn text(&self) -> String {
        match self.op {
            Op::Empty | Op::Filled => format!("{} {}", self.column, self.op.word()),
            _ => format!("{} {} {}", self.column, self.op.word(), self.values.join("|")),
        }
    }
}

/// What was typed, as the column's cells are; `None` where no cell can be like it.
pub(super) fn typed(kind: ColumnKind, text: &str) -> Option<Value> {
    let trimmed = text.trim();
    match kind {
        ColumnKind::Boolean => match trimmed {
            "1" => Some(Value::Bool(true)),
            "0" => Some(Value::Bool(false)),
            other => crate::guess::boolean(other).map(Value::Bool),
        },
        ColumnKind::Integer => trimmed.parse().map(Value::Int).ok().or_else(|| trimmed.parse().map(Value::Real).ok()),
        ColumnKind::Number => trimmed.parse::<f64>().ok().map(Value::Real),
        _ => Some(Value::Text(text.to_owned())),
    }
}
