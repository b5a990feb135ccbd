//! Datatypes (tabular-metadata 5.11): the built-in ones, formats, and bounds.

use crate::{
    Findings,
    formats::{FORMATS_LIMIT, Formats, Unread},
    moment::MomentFormat,
    number::NumberFormat,
};
use regex::Regex;
use serde_json::Value as Json;

/// The kinds of datatypes that are read in different ways.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Base {
    /// Text, and what is read as text; with its name.
    Text(&'static str),
    /// Bytes in base 64.
    Base64,
    /// Bytes in base 16.
    Hex,
    /// True or false.
    Boolean,
    /// Whole numbers with the least and the greatest there is.
    Whole(i128, i128),
    /// Decimals, without exponent.
    Decimal,
    /// Numbers with exponents, NaN and INF.
    Float,
    /// A moment or a part of one, with its name.
    Moment(&'static str),
    /// A length of time, with its name.
    Duration(&'static str),
}

const MAX: i128 = i128::MAX;
const MIN: i128 = i128::MIN;

const NAMES: &[(&str, Base)] = &[
    ("anyAtomicType", Base::Text("anyAtomicType")),
    ("any", Base::Text("anyAtomicType")),
    ("anyURI", Base::Text("anyURI")),
    ("base64Binary", Base::Base64),
    ("binary", Base::Base64),
    ("boolean", Base::Boolean),
    ("date", Base::Moment("date")),
    ("dateTime", Base::Moment("dateTime")),
    ("datetime", Base::Moment("dateTime")),
    ("dateTimeStamp", Base::Moment("dateTimeStamp")),
    ("decimal", Base::Decimal),
    ("integer", Base::Whole(MIN, MAX)),
    ("long", Base::Whole(i64::MIN as i128, i64::MAX as i128)),
    ("int", Base::Whole(i32::MIN as i128, i32::MAX as i128)),
    ("short", Base::Whole(i16::MIN as i128, i16::MAX as i128)),
    ("byte", Base::Whole(i8::MIN as i128, i8::MAX as i128)),
    ("nonNegativeInteger", Base::Whole(0, MAX)),
    ("positiveInteger", Base::Whole(1, MAX)),
    ("unsignedLong", Base::Whole(0, u64::MAX as i128)),
    ("unsignedInt", Base::Whole(0, u32::MAX as i128)),
    ("unsignedShort", Base::Whole(0, u16::MAX as i128)),
    ("unsignedByte", Base::Whole(0, u8::MAX as i128)),
    ("nonPositiveInteger", Base::Whole(MIN, 0)),
    ("negativeInteger", Base::Whole(MIN, -1)),
    ("double", Base::Float),
    ("number", Base::Float),
    ("float", Base::Float),
    ("duration", Base::Duration("duration")),
    ("dayTimeDuration", Base::Duration("dayTimeDuration")),
    ("yearMonthDuration", Base::Duration("yearMonthDuration")),
    ("gDay", Base::Moment("gDay")),
    ("gMonth", Base::Moment("gMonth")),
    ("gMonthDay", Base::Moment("gMonthDay")),
    ("gYear", Base::Moment("gYear")),
    ("gYearMonth", Base::Moment("gYearMonth")),
    ("hexBinary", Base::Hex),
    ("QName", Base::Text("QName")),
    ("string", Base::Text("string")),
    ("normalizedString", Base::Text("normalizedString")),
    ("token", Base::Text("token")),
    ("language", Base::Text("language")),
    ("Name", Base::Text("Name")),
    ("NMTOKEN", Base::Text("NMTOKEN")),
    ("xml", Base::Text("xml")),
    ("html", Base::Text("html")),
    ("json", Base::Text("json")),
    ("time", Base::Moment("time")),
];

impl Base {
    /// The base of this name.
    pub fn of(name: &str) -> Option<Self> {
        NAMES.iter().find(|(known, _)| *known == name).map(|(_, base)| *base)
    }

    fn has_length(self) -> bool {
        matches!(self, Self::Text(_) | Self::Base64 | Self::Hex)
    }

    fn has_order(self) -> bool {
        matches!(self, Self::Whole(..) | Self::Decimal | Self::Float | Self::Moment(_) | Self::Duration(_))
    }
}

/// How the text of a cell is written.
#[derive(Debug, Clone)]
pub(crate) enum Format {
    None,
    Text(Regex),
    Boolean(String, String),
    Number(NumberFormat),
    Moment(MomentFormat),
}

/// A bound of values, with its text and whether the bound itself is within.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Bound {
    pub(crate) text: String,
    pub(crate) is_within: bool,
}

/// What cells are.
#[derive(Debug, Clone)]
pub struct Datatype {
    /// The built-in one it comes from.
    pub base: Base,
    /// Its name.
    pub name: String,
    pub(crate) format: Format,
    pub(crate) length: Option<u64>,
    pub(crate) shortest: Option<u64>,
    pub(crate) longest: Option<u64>,
    pub(crate) least: Option<Bound>,
    pub(crate) most: Option<Bound>,
}

impl Default for Datatype {
    fn default() -> Self {
        Self::bare("string", Base::Text("string"))
    }
}

impl Datatype {
    fn bare(name: &str, base: Base) -> Self {
        Self {
            base,
            name: name.to_owned(),
            format: Format::None,
            length: None,
            shortest: None,
            longest: None,
            least: None,
            most: None,
        }
    }

    /// Reads one: a name, or an object with a base. What is unknown is a string, with a warning.
    pub(crate) fn read(json: &Json, place: &str, formats: &Formats, findings: &mut Findings) -> Self {
        match json {
            Json::String(name) => Self::named(name, place, findings),
            Json::Object(_) => Self::described(json, place, formats, findings),
            _ => {
                findings.warn(place, "“datatype” is neither a name nor an object; it is read as string");
                Self::default()
            }
        }
    }

    fn named(name: &str, place: &str, findings: &mut Findings) -> Self {
        match Base::of(name) {
            Some(base) => Self::bare(name, base),
            None => {
                findings.warn(place, format!("“{name}” is no datatype that is known; it is read as string"));
                Self::default()
            }
        }
    }

    fn described(json: &Json, place: &str, formats: &Formats, findings: &mut Findings) -> Self {
        let mut one = match json.get("base") {
            None => Self::default(),
            Some(Json::String(name)) => Self::named(name, place, findings),
            Some(_) => {
                findings.warn(place, "the base of a datatype is no name; it is read as string");
                Self::default()
            }
        };
        if let Some(id) = json.get("@id") {
            let id = id.as_str().unwrap_or_default();
            let is_builtin = [
                "http://www.w3.org/2001/XMLSchema#",
                "http://www.w3.org/ns/csvw#",
                "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
            ]
            .iter()
            .any(|space| {
                id.strip_prefix(space)
                    .is_some_and(|name| Base::of(name).is_some() || name == "XMLLiteral" || name == "HTML")
            });
            if id.starts_with("_:") || is_builtin {
                findings.error(place, format!("“{id}” cannot be the id of a datatype"));
            }
        }
        one.read_lengths(json, place, findings);
        one.read_bounds(json, place, findings);
        if let Some(format) = json.get("format") {
            one.read_format(format, place, formats, findings);
        }
        one
    }

    fn read_lengths(&mut self, json: &Json, place: &str, findings: &mut Findings) {
        let mut of = |name: &str| {
            let value = json.get(name)?;
            let number = value.as_u64().or_else(|| value.as_str()?.parse().ok());
            if number.is_none() {
                findings.warn(place, format!("“{name}” is no number; it is ignored"));
            }
            number
        };
        (self.length, self.shortest, self.longest) = (of("length"), of("minLength"), of("maxLength"));
        let any = [self.length, self.shortest, self.longest];
        if any.iter().any(Option::is_some) && !self.base.has_length() {
            findings.error(place, format!("a {} has no length that could be bounded", self.name));
        }
        let wrong = |one: Option<u64>, other: Option<u64>| one.zip(other).is_some_and(|(one, other)| one > other);
        if wrong(self.shortest, self.length) || wrong(self.length, self.longest) || wrong(self.shortest, self.longest) {
            findings.error(place, "lengths exclude each other");
        }
    }

    fn read_bounds(&mut self, json: &Json, place: &str, findings: &mut Findings) {
        let of =
            |name: &str| json.get(name).map(|value| value.as_str().map_or_else(|| value.to_string(), str::to_owned));
        let mut pick = |inclusive: [&str; 2], exclusive: &str| {
            let within = of(inclusive[0]).or_else(|| of(inclusive[1]));
            let without = of(exclusive);
            if within.is_some() && without.is_some() {
                findings.error(place, format!("“{}” and “{exclusive}” exclude each other", inclusive[0]));
            }
            within.map(|text| Bound { text, is_within: true }).or(without.map(|text| Bound { text, is_within: false }))
        };
        self.least = pick(["minInclusive", "minimum"], "minExclusive");
        self.most = pick(["maxInclusive", "maximum"], "maxExclusive");
        let any = [&self.least, &self.most];
        if any.iter().any(|bound| bound.is_some()) && !self.base.has_order() {
            findings.error(place, format!("a {} has no order, so it has no least and no most", self.name));
            (self.least, self.most) = (None, None);
        }
        for bound in [&self.least, &self.most].into_iter().flatten() {
            if self.measure(&bound.text).is_none() {
                findings.error(place, format!("the bound “{}” is no {}", bound.text, self.name));
            }
        }
        let (Some(least), Some(most)) = (&self.least, &self.most) else { return };
        let both = self.measure(&least.text).zip(self.measure(&most.text));
        let is_empty =
            both.is_some_and(|(low, high)| low > high || (low == high && !(least.is_within && most.is_within)));
        if is_empty {
            findings.error(place, "no value lies between the least and the most");
        }
    }

    fn read_format(&mut self, json: &Json, place: &str, formats: &Formats, findings: &mut Findings) {
        let format = match (self.base, json) {
            (Base::Whole(..) | Base::Decimal | Base::Float, json) => {
                NumberFormat::read(json, matches!(self.base, Base::Whole(..))).map(Format::Number)
            }
            (Base::Boolean, Json::String(text)) => text
                .split_once('|')
                .filter(|(yes, no)| !yes.is_empty() && !no.is_empty() && yes != no)
                .map(|(yes, no)| Format::Boolean(yes.to_owned(), no.to_owned())),
            (Base::Moment(name), Json::String(text)) => MomentFormat::read(text, name).map(Format::Moment),
            (Base::Text(_) | Base::Duration(_) | Base::Base64 | Base::Hex, Json::String(text)) => {
                match formats.of(text) {
                    Ok(format) => Some(Format::Text(format)),
                    Err(Unread::Broken) => None,
                    Err(Unread::Large) => {
                        let begin: String = text.chars().take(100).collect();
                        return findings.error(place, format!("the format “{begin}” is too large to be compiled"));
                    }
                    Err(Unread::Many) => {
                        let why = format!("there are more than {FORMATS_LIMIT} different formats of texts");
                        return findings.error(place, why);
                    }
                }
            }
            _ => None,
        };
        match format {
            Some(format) => self.format = format,
            None => findings.warn(place, format!("the format {json} cannot be read for {}; it is ignored", self.name)),
        }
    }
}
