//! Reading one row: its cells into a report as if it had been made here on its day.

use super::{
    Mapping, MappingError,
    fields::{CODED, FIELDS, PRIVATE_FIELDS},
    find::{Meanings, column_of, lexicon, zone},
    mapping::PinOutside,
};
use crate::{
    decide::OpenRequest,
    model::{Contact, Source},
};
use civic::Moment;
use importing::{DateOrder, Table, read_degrees, read_moment, read_point};
use jiff::tz::TimeZone;
use std::collections::BTreeMap;
use web::{Refusal, Town};

/// Characters an id of another system may have.
const SOURCE_ID_LIMIT: usize = 200;
/// Characters of a cell that is shown with the reason why its row was set aside.
const SHOWN_LIMIT: usize = 500;

/// How a table is read, made from a complete mapping.
pub struct Reading {
    columns: BTreeMap<&'static str, usize>,
    header: Vec<String>,
    dates: BTreeMap<String, DateOrder>,
    answers: Vec<(String, usize)>,
    zone: TimeZone,
    meanings: Meanings,
    /// What becomes of a row whose pin lies outside every district.
    pub pin_outside: PinOutside,
}

/// Why a row is set aside.
#[derive(Debug, Clone, PartialEq)]
pub struct RowRefusal {
    /// The name of the column; empty where it is the whole row.
    pub column: String,
    /// What stands there.
    pub value: String,
    /// Why.
    pub refusal: Refusal,
}

/// What a row says.
#[derive(Debug, Clone)]
pub struct Arrival {
    /// Its id in the other system; `None` where the table has no ids.
    pub source_id: Option<String>,
    /// The report.
    pub command: OpenRequest,
    /// By which way it came.
    pub channel: Source,
    /// When it was made.
    pub opened_at: Moment,
    /// How it ended.
    pub ending: Option<Ending>,
    /// When something last changed.
    pub updated_at: Moment,
    /// By when an end was promised.
    pub due_at: Option<Moment>,
    /// The code of the agency that answers, where the table names one.
    pub agency: Option<String>,
    /// What was read with a grain of salt, by the key of its sentence.
    pub oddities: Vec<&'static str>,
}

/// How a request ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ending {
    /// When.
    pub at: Moment,
    /// Whether it was declined, not resolved.
    pub declined: bool,
    /// The agency's words; may be empty.
    pub words: String,
}

impl Reading {
    /// From a mapping that leaves nothing to ask.
    ///
    /// # Errors
    /// [`MappingError`] where it names what is not there.
    pub fn of(town: &Town, table: &Table, mapping: &Mapping) -> Result<Self, MappingError> {
        let mut columns = BTreeMap::new();
        for field in FIELDS.iter().map(|field| field.wanted.field).chain(PRIVATE_FIELDS.iter().copied()) {
            if let Some(name) = mapping.columns.get(field).filter(|name| !name.is_empty()) {
                columns.insert(field, column_of(table, name)?);
            }
        }
        let answers = mapping.answers.iter().map(|(code, name)| Ok((code.clone(), column_of(table, name)?)));
        let meaning = |field: &&'static str| {
            let said = mapping.values.get(*field).cloned().unwrap_or_default();
            (*field, (said, lexicon(town, field)))
        };
        Ok(Self {
            columns,
            header: table.header().to_vec(),
            dates: mapping.dates.clone(),
            answers: answers.collect::<Result<_, _>>()?,
            zone: zone(town, mapping)?,
            meanings: CODED.iter().map(meaning).collect(),
            pin_outside: mapping.pin_outside,
        })
    }

    /// Reads a row, as it is known at `now`.
    ///
    /// # Errors
    /// Every reason why it cannot be stored.
    pub fn read(&self, cells: &[String], now: Moment) -> Result<Arrival, Vec<RowRefusal>> {
        let row = Cells { reading: self, cells };
        let mut refusals = Vec::new();
        let category = noted(row.coded("category"), &mut refusals);
        let opened_at = noted(row.opened(now).map(Some), &mut refusals);
        let dates = ["closed", "updated", "due"].map(|field| noted(row.date(field), &mut refusals));
        let [status, agency, channel] =
            ["status", "agency", "channel"].map(|field| noted(row.coded(field), &mut refusals));
        let source_id = noted(row.source_id(), &mut refusals);
        let place = noted(row.place(), &mut refusals);
        let (Some(opened_at), Some(category)) = (opened_at, category) else {
            if refusals.is_empty() {
                refusals.push(row.refused("category", Refusal::new("import-empty")));
            }
            return Err(refusals);
        };
        let [closed, updated, due_at] = dates;
        let known = Known { opened_at, closed, updated, now };
        let (ending, oddities) = row.ending(status.as_deref(), &known).unwrap_or_else(|refusal| {
            refusals.push(refusal);
            (None, Vec::new())
        });
        if !refusals.is_empty() {
            return Err(refusals);
        }
        let ended_at = ending.as_ref().map_or(opened_at, |ending: &Ending| ending.at);
        Ok(Arrival {
            source_id,
            command: row.command(category, place),
            channel: channel.and_then(|code| code.parse().ok()).unwrap_or(Source::Import),
            opened_at,
            updated_at: updated.unwrap_or(ended_at).max(ended_at).min(now),
            ending,
            due_at,
            agency,
            oddities,
        })
    }

    /// A refusal with the column and the cell it is about.
    pub fn about(&self, cells: &[String], refusal: Refusal) -> RowRefusal {
        let row = Cells { reading: self, cells };
        let field = match refusal.field {
            Some("lat") if !self.columns.contains_key("lat") && self.columns.contains_key("point") => "point",
            Some(field) => field,
            None => "",
        };
        row.refused(field, refusal)
    }
}

/// What was read, where it could be.
fn noted<T>(read: Result<Option<T>, RowRefusal>, refusals: &mut Vec<RowRefusal>) -> Option<T> {
    read.unwrap_or_else(|refusal| {
        refusals.push(refusal);
        None
    })
}

/// What is known of the dates of a row.
struct Known {
    opened_at: Moment,
    closed: Option<Moment>,
    updated: Option<Moment>,
    now: Moment,
}

/// The cells of one row.
struct Cells<'r> {
    reading: &'r Reading,
    cells: &'r [String],
}

impl Cells<'_> {
    /// The cell of a field, trimmed; empty where there is no such column.
    fn text(&self, field: &str) -> &str {
        self.reading.columns.get(field).and_then(|column| self.cells.get(*column)).map_or("", |cell| cell.trim())
    }

    fn maybe(&self, field: &str) -> Option<String> {
        Some(self.text(field)).filter(|text| !text.is_empty()).map(str::to_owned)
    }

    fn refused(&self, field: &str, refusal: Refusal) -> RowRefusal {
        let column = self.reading.columns.get(field).and_then(|column| self.reading.header.get(*column));
        let value = self.text(field).chars().take(SHOWN_LIMIT).collect();
        RowRefusal { column: column.cloned().unwrap_or_default(), value, refusal }
    }

    fn coded(&self, field: &'static str) -> Result<Option<String>, RowRefusal> {
        let value = self.text(field);
        if value.is_empty() {
            return Ok(None);
        }
        let (said, lexicon) = &self.reading.meanings[field];
        match said.get(value).map(String::as_str).or_else(|| lexicon.sure(value)) {
            Some("") => Err(self.refused(field, Refusal::new("import-left-out"))),
            Some(code) => Ok(Some(code.to_owned())),
            None => Err(self.refused(field, Refusal::new("import-meaning"))),
        }
    }

    fn date(&self, field: &'static str) -> Result<Option<Moment>, RowRefusal> {
        let cell = self.text(field);
        if cell.is_empty() {
            return Ok(None);
        }
        let order = self.reading.dates.get(field).copied().unwrap_or(DateOrder::YearFirst);
        let read = read_moment(cell, order, &self.reading.zone);
        read.map(|moment| Some(moment.into()))
            .ok_or_else(|| self.refused(field, Refusal::new("import-date").with("order", order.as_str())))
    }

    fn opened(&self, now: Moment) -> Result<Moment, RowRefusal> {
        match self.date("opened")? {
            None => Err(self.refused("opened", Refusal::new("import-empty"))),
            Some(opened) if opened > now => Err(self.refused("opened", Refusal::new("import-future"))),
            Some(opened) => Ok(opened),
        }
    }

    fn source_id(&self) -> Result<Option<String>, RowRefusal> {
        if !self.reading.columns.contains_key("id") {
            return Ok(None);
        }
        let id = self.text("id");
        if id.is_empty() {
            return Err(self.refused("id", Refusal::new("import-empty")));
        }
        if id.chars().count() > SOURCE_ID_LIMIT || id.chars().any(char::is_control) {
            return Err(self.refused("id", Refusal::new("import-id").with("most", SOURCE_ID_LIMIT as i64)));
        }
        Ok(Some(id.to_owned()))
    }

    /// Latitude and longitude as the decision reads them.
    fn place(&self) -> Result<Option<(String, String)>, RowRefusal> {
        let unreadable = |field| self.refused(field, Refusal::new("place-number"));
        let (lat, long) = (self.text("lat"), self.text("long"));
        let degrees = match (lat.is_empty(), long.is_empty()) {
            (true, true) if self.text("point").is_empty() => return Ok(None),
            (true, true) => read_point(self.text("point")).ok_or_else(|| unreadable("point"))?,
            (true, false) => return Err(self.refused("lat", Refusal::new("place-half"))),
            (false, true) => return Err(self.refused("long", Refusal::new("place-half"))),
            (false, false) => (
                read_degrees(lat, 90.0).ok_or_else(|| unreadable("lat"))?,
                read_degrees(long, 180.0).ok_or_else(|| unreadable("long"))?,
            ),
        };
        Ok(Some((degrees.0.to_string(), degrees.1.to_string())))
    }

    fn command(&self, category: String, place: Option<(String, String)>) -> OpenRequest {
        let (lat, long) = place.unzip();
        let answer =
            |(code, column): &(String, usize)| Some((code.clone(), self.cells.get(*column)?.trim().to_owned()));
        OpenRequest {
            category,
            lat,
            long,
            address: self.text("address").to_owned(),
            district: self.maybe("district"),
            description: self.text("description").to_owned(),
            attributes: self.reading.answers.iter().filter_map(answer).collect(),
            media_url: self.maybe("media_url"),
            contact: Contact { email: self.maybe("email"), name: self.maybe("name"), phone: self.maybe("phone") },
        }
    }

    /// How it ended: by its status where there is one, else by whether it has a closing date.
    fn ending(&self, status: Option<&str>, known: &Known) -> Result<(Option<Ending>, Vec<&'static str>), RowRefusal> {
        let mut oddities = Vec::new();
        let is_open = status.map_or(known.closed.is_none(), |status| status == "received");
        if is_open {
            if known.closed.is_some() {
                oddities.push("import-odd-open-but-closed");
            }
            return Ok((None, oddities));
        }
        let Some(mut at) = known.closed.or(known.updated) else {
            return Err(self.refused("closed", Refusal::new("import-no-end")));
        };
        if at > known.now {
            return Ok((None, vec!["import-odd-ends-later"]));
        }
        if at < known.opened_at {
            oddities.push("import-odd-ends-before");
            at = known.opened_at;
        }
        let words = self.text("answer").to_owned();
        Ok((Some(Ending { at, declined: status == Some("declined"), words }), oddities))
    }
}
