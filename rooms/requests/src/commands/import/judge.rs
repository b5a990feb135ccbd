//! Which rows can be stored, and why the others cannot.

use super::{ImportReport, agency_code};
use crate::{
    category::CategoryBook,
    decide::{self, Opening, Where},
    imports::{Arrival, Ending, PinOutside, Reading, RowRefusal},
    model::{Contact, Source},
    room::Books,
};
use civic::{Language, Moment, OrganisationId};
use importing::{Aside, Row, RowFault, Tally};
use places::Districts;
use service_clock::Calendar;
use sha2::{Digest, Sha256};
use std::{
    collections::{BTreeMap, HashMap, HashSet},
    sync::Arc,
};
use web::{Refusal, Sayings, Town};

/// A row that can be stored.
pub(super) struct Ready {
    pub source_id: String,
    pub opening: Opening,
    pub contact: Contact,
    pub organisation: OrganisationId,
    pub agency: String,
    pub channel: Source,
    pub opened_at: Moment,
    pub updated_at: Moment,
    pub due_at: Option<Moment>,
    pub ending: Option<Ending>,
}

/// Rows that were judged together.
pub(super) struct Batch {
    pub ready: Vec<Ready>,
    /// What of them was set aside, with why; a row may have several.
    pub asides: Vec<Aside>,
    pub tally: Tally,
}

/// Judges rows one after another, and knows those before.
pub(super) struct Judge<'r> {
    reading: &'r Reading,
    categories: Arc<CategoryBook>,
    agencies: BTreeMap<String, OrganisationId>,
    district_codes: BTreeMap<String, String>,
    books: Books,
    districts: Districts,
    calendar: Calendar,
    promises: bool,
    now: Moment,
    t: Sayings,
    ids: HashSet<String>,
    copies: HashMap<String, u32>,
}

impl<'r> Judge<'r> {
    pub(super) fn new(town: &Town, reading: &'r Reading, promises: bool, language: Language) -> Self {
        let books = town.part::<Books>().clone();
        let districts = town.part::<Districts>().clone();
        let agencies = books.organisations().values().map(|one| (one.code.clone(), one.id)).collect();
        let mut district_codes = BTreeMap::new();
        for (code, name) in districts.all() {
            district_codes.insert(importing::folded(&name), code.clone());
            district_codes.insert(importing::folded(&code), code);
        }
        Self {
            reading,
            categories: books.categories(),
            agencies,
            district_codes,
            books,
            districts,
            calendar: town.settings().calendar.clone(),
            promises,
            now: town.now(),
            t: town.words().of(language),
            ids: HashSet::new(),
            copies: HashMap::new(),
        }
    }

    /// Judges the next rows; what is set aside goes into the report.
    pub(super) fn take(
        &mut self,
        rows: &mut impl Iterator<Item = Row>,
        most: usize,
        report: &mut ImportReport,
    ) -> Batch {
        let before = report.asides.len();
        let mut batch = Batch { ready: Vec::with_capacity(most), asides: Vec::new(), tally: Tally::default() };
        for row in rows.take(most) {
            batch.tally.rows += 1;
            match self.judge(row.cells, report) {
                Ok(ready) => batch.ready.push(ready),
                Err(refusals) => {
                    batch.tally.set_aside += 1;
                    report.asides.extend(refusals.into_iter().map(|refusal| self.aside(row.line, refusal)));
                }
            }
        }
        batch.asides = report.asides[before..].to_vec();
        batch
    }

    fn aside(&self, line: u64, refusal: RowRefusal) -> Aside {
        let RowRefusal { column, value, refusal } = refusal;
        // No database keeps a zero character.
        Aside { line, column, value: value.replace('\0', "\u{FFFD}"), reason: refusal.sentence(&self.t) }
    }

    fn judge(
        &mut self,
        cells: Result<Vec<String>, RowFault>,
        report: &mut ImportReport,
    ) -> Result<Ready, Vec<RowRefusal>> {
        let cells = cells.map_err(|fault| vec![of_fault(fault)])?;
        let mut arrival = self.reading.read(&cells, self.now)?;
        self.settle_district(&mut arrival);
        let (opening, contact, moved) = self.open(&arrival, &cells)?;
        let source_id = self.id_of(&arrival, &cells)?;
        for oddity in arrival.oddities.iter().copied().chain(moved) {
            *report.oddities.entry(oddity).or_default() += 1;
        }
        let own = self.categories.get(&opening.category).map(|category| category.organisation);
        let named = arrival.agency.as_ref().and_then(|code| self.agencies.get(code).copied());
        let organisation = named.or(own).ok_or_else(Vec::new)?;
        let promised = || self.books.due_from(&opening.category, &self.calendar, arrival.opened_at);
        Ok(Ready {
            due_at: arrival.due_at.or_else(|| if self.promises { promised() } else { None }),
            source_id,
            contact,
            organisation,
            agency: agency_code(&self.books, organisation),
            channel: arrival.channel,
            opened_at: arrival.opened_at,
            updated_at: arrival.updated_at,
            ending: arrival.ending,
            opening,
        })
    }

    /// A district may be named by its code or by its name.
    fn settle_district(&self, arrival: &mut Arrival) {
        if let Some(district) = &mut arrival.command.district
            && let Some(code) = self.district_codes.get(&importing::folded(district))
        {
            district.clone_from(code);
        }
    }

    /// The decision that every report goes through; a pin outside the town may be left out, where the mapping says so.
    fn open(
        &self,
        arrival: &Arrival,
        cells: &[String],
    ) -> Result<(Opening, Contact, Option<&'static str>), Vec<RowRefusal>> {
        let mut command = arrival.command.clone();
        let pin = decide::pin_of(command.lat.as_deref(), command.long.as_deref()).ok().flatten();
        let mut located = pin.map_or(Where::NoPin, |pin| crate::commands::open::locate(&self.districts, pin));
        let mut moved = None;
        let is_outside = matches!(located, Where::Outside { .. }) && !self.districts.is_empty();
        if is_outside && self.reading.pin_outside == PinOutside::AddressOnly {
            (command.lat, command.long, located) = (None, None, Where::NoPin);
            moved = Some("import-odd-pin-outside");
        }
        let facts = decide::OpenFacts {
            category: self.categories.get(&command.category).filter(|category| category.active),
            located,
            has_districts: !self.districts.is_empty(),
            district_exists: command.district.as_deref().is_some_and(|code| self.districts.name(code).is_some()),
            source: Source::Import,
        };
        let opened = decide::open(&facts, &command);
        let mut opening = opened.map_err(|refusals| -> Vec<RowRefusal> {
            refusals.into_iter().map(|one| self.reading.about(cells, one)).collect()
        })?;
        let contact = std::mem::take(&mut opening.contact);
        Ok((opening, contact, moved))
    }

    /// The id of the other system; without one what the row says, and how often it was said before.
    fn id_of(&mut self, arrival: &Arrival, cells: &[String]) -> Result<String, Vec<RowRefusal>> {
        let Some(id) = &arrival.source_id else {
            let mut hash = Sha256::new();
            for cell in cells {
                hash.update((cell.len() as u64).to_be_bytes());
                hash.update(cell.as_bytes());
            }
            let said = hex::encode(&hash.finalize()[..16]);
            let copies = self.copies.entry(said.clone()).or_default();
            *copies += 1;
            return Ok(format!("{said}:{copies}"));
        };
        if self.ids.insert(id.clone()) {
            return Ok(id.clone());
        }
        Err(vec![self.reading.about(cells, Refusal::new("import-same-id").at("id"))])
    }
}

fn of_fault(fault: RowFault) -> RowRefusal {
    let (refusal, value) = match fault {
        RowFault::Blank => (Refusal::new("import-blank"), String::new()),
        RowFault::Unreadable { begins, .. } => (Refusal::new("import-quotes"), begins),
        RowFault::Ragged { cells, columns, begins } => {
            let count = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
            (Refusal::new("import-ragged").with("cells", count(cells)).with("columns", count(columns)), begins)
        }
    };
    RowRefusal { column: String::new(), value, refusal }
}
