//! Cells (tabular-data-model 6.4): what a text says by what its column is.

use crate::{
    Column, Datatype,
    datatype::{Base, Bound, Format},
    moment,
    number::NumberFormat,
};

/// What a cell holds.
#[derive(Debug, Clone, PartialEq)]
pub struct Cell {
    /// Its values, each as XML Schema writes it: none for nothing, several where the column has a separator.
    pub values: Vec<String>,
    /// Why it is not as it should be.
    pub faults: Vec<&'static str>,
}

impl Column {
    /// What a text in this column says.
    pub fn cell(&self, text: &str) -> Cell {
        let inherited = &self.inherited;
        let mut text = inherited.datatype.tidy(text);
        if text.is_empty() {
            inherited.default.clone_into(&mut text);
        }
        let is_null = |text: &str| inherited.null.iter().any(|null| null == text);
        let missing = || if inherited.required { vec!["it must not be empty"] } else { Vec::new() };
        let Some(separator) = &inherited.separator else {
            if is_null(&text) {
                return Cell { values: Vec::new(), faults: missing() };
            }
            return inherited.datatype.cell(std::slice::from_ref(&text));
        };
        if text.is_empty() || is_null(&text) {
            return Cell { values: Vec::new(), faults: missing() };
        }
        let parts: Vec<String> = text
            .split(separator.as_str())
            .map(|part| if inherited.datatype.keeps_blanks() { part } else { part.trim() })
            .filter(|part| !is_null(part))
            .map(str::to_owned)
            .collect();
        inherited.datatype.cell(&parts)
    }
}

impl Datatype {
    fn keeps_blanks(&self) -> bool {
        matches!(self.base, Base::Text("string" | "anyAtomicType" | "json" | "xml" | "html" | "normalizedString"))
    }

    /// Blanks as the datatype wants them.
    fn tidy(&self, text: &str) -> String {
        match self.base {
            Base::Text("string" | "anyAtomicType" | "json" | "xml" | "html") => text.to_owned(),
            Base::Text("normalizedString") => text.replace(['\t', '\r', '\n'], " "),
            _ => text.replace(['\t', '\r', '\n'], " ").trim().to_owned(),
        }
    }

    fn cell(&self, texts: &[String]) -> Cell {
        let mut cell = Cell { values: Vec::new(), faults: Vec::new() };
        for text in texts {
            match self.value(text) {
                Ok(value) => cell.values.push(value),
                Err(fault) => {
                    cell.values.push(text.clone());
                    cell.faults.push(fault);
                }
            }
        }
        cell
    }

    /// The value of a text, as XML Schema writes it, or why it is none.
    ///
    /// # Errors
    /// A reason, in English.
    pub fn value(&self, text: &str) -> Result<String, &'static str> {
        let value = self.plain(text)?;
        self.check_length(text)?;
        let Some(measure) = self.measure_plain(&value).filter(|_| self.least.is_some() || self.most.is_some()) else {
            return Ok(value);
        };
        let beyond = |bound: &Option<Bound>, is_least: bool| {
            bound.as_ref().and_then(|bound| Some((self.measure(&bound.text)?, bound.is_within))).is_some_and(
                |(limit, is_within)| {
                    let is_out = if is_least { measure < limit } else { measure > limit };
                    is_out || (!is_within && measure == limit)
                },
            )
        };
        match () {
            () if beyond(&self.least, true) => Err("it is less than the least that is allowed"),
            () if beyond(&self.most, false) => Err("it is more than the most that is allowed"),
            () => Ok(value),
        }
    }

    /// The text as XML Schema writes the value.
    fn plain(&self, text: &str) -> Result<String, &'static str> {
        match (self.base, &self.format) {
            (Base::Boolean, Format::Boolean(yes, no)) => match text {
                text if text == yes => Ok("true".to_owned()),
                text if text == no => Ok("false".to_owned()),
                _ => Err("it is none of the two words for true and false"),
            },
            (Base::Boolean, _) => match text {
                "true" | "1" => Ok("true".to_owned()),
                "false" | "0" => Ok("false".to_owned()),
                _ => Err("it is neither true nor false"),
            },
            (Base::Whole(..) | Base::Decimal | Base::Float, format) => self.number(text, format),
            (Base::Moment(name), Format::Moment(format)) => {
                format.value(text, name).map(|read| read.plain).ok_or("it is not written in the format of the column")
            }
            (Base::Moment(name), _) => {
                moment::plain(text, name).map(|read| read.plain).ok_or("it is no such day or moment")
            }
            (base, format) => {
                if let Format::Text(format) = format
                    && !format.is_match(text)
                {
                    return Err("it is not written in the format of the column");
                }
                is_lexical(base, text).then(|| text.to_owned()).ok_or("it is nothing of its datatype")
            }
        }
    }

    fn number(&self, text: &str, format: &Format) -> Result<String, &'static str> {
        if matches!(self.base, Base::Float) && matches!(text, "NaN" | "INF" | "-INF") {
            return Ok(text.to_owned());
        }
        let usual = NumberFormat::default();
        let format = if let Format::Number(format) = format { format } else { &usual };
        let plain = format.plain(text).ok_or("it is no number as the column writes them")?;
        let has_shift = text.contains(['%', '‰']);
        match self.base {
            Base::Whole(least, most) => {
                let whole: i128 = plain.parse().map_err(|_| "it is no whole number")?;
                if (least..=most).contains(&whole) {
                    Ok(whole.to_string())
                } else {
                    Err("it is no number of its datatype")
                }
            }
            Base::Decimal if plain.contains('E') && !has_shift => Err("it is no decimal number"),
            _ => Ok(plain),
        }
    }

    fn check_length(&self, text: &str) -> Result<(), &'static str> {
        let length = match self.base {
            Base::Hex => text.len() as u64 / 2,
            Base::Base64 => {
                let letters = text.bytes().filter(|byte| !byte.is_ascii_whitespace() && *byte != b'=').count() as u64;
                letters * 3 / 4
            }
            _ => text.chars().count() as u64,
        };
        match () {
            () if self.length.is_some_and(|wanted| wanted != length) => Err("it is not as long as it should be"),
            () if self.shortest.is_some_and(|least| length < least) => Err("it is shorter than allowed"),
            () if self.longest.is_some_and(|most| length > most) => Err("it is longer than allowed"),
            () => Ok(()),
        }
    }

    /// A number by which values of this datatype are compared, of a text as XML Schema writes it.
    pub(crate) fn measure(&self, text: &str) -> Option<f64> {
        match self.base {
            // Bounds may be written in the format of the column too.
            Base::Moment(_) => self.measure_plain(text).or_else(|| self.measure_plain(&self.plain(text).ok()?)),
            _ => self.measure_plain(text),
        }
    }

    fn measure_plain(&self, text: &str) -> Option<f64> {
        match self.base {
            Base::Whole(..) | Base::Decimal | Base::Float => match text {
                "INF" => Some(f64::INFINITY),
                "-INF" => Some(f64::NEG_INFINITY),
                text => text.parse::<f64>().ok().filter(|number| number.is_finite()),
            },
            Base::Moment(name) => moment::plain(text, name).map(|read| read.seconds),
            Base::Duration(name) => moment::duration(text, name),
            _ => None,
        }
    }
}

/// Whether a text is one of its datatype, where that is more than any text.
fn is_lexical(base: Base, text: &str) -> bool {
    match base {
        Base::Hex => text.len().is_multiple_of(2) && text.bytes().all(|byte| byte.is_ascii_hexdigit()),
        Base::Base64 => text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+/= ".contains(&byte)),
        Base::Duration(name) => moment::duration(text, name).is_some(),
        Base::Text("NMTOKEN") => !text.is_empty() && text.chars().all(|c| c.is_alphanumeric() || "-._:".contains(c)),
        Base::Text("Name") => {
            text.starts_with(|c: char| c.is_alphabetic() || "_:".contains(c))
                && text.chars().all(|c| c.is_alphanumeric() || "-._:".contains(c))
        }
        Base::Text("language") => crate::common::is_language(text),
        Base::Text("anyURI") => !text.contains([' ', '<', '>', '"']),
        _ => true,
    }
}
