//! From the form of a step to settings, as the file would write them (TOML).

use super::{Step, at};
use crate::settings::Source;
use civic::Language;
use jiff::tz::TimeZone;
use people::EmailAddress;
use service_clock::{Calendar, CalendarError};
use std::collections::BTreeMap;
use toml::{Table, Value};
use web::{
    Refusal, Town,
    forms::Submission,
    hues::{Colour, DOORS},
};

/// Characters the town's name may have in each language.
const NAME_LIMIT: usize = 60;
/// Characters the line under it may have.
const TAGLINE_LIMIT: usize = 140;
/// Lines of working hours and holidays.
const LINES_LIMIT: usize = 400;

type Values = BTreeMap<&'static str, String>;

/// The settings of this step; those that come from the file or the environment are passed over.
///
/// # Errors
/// Everything that is to be put right.
pub fn values(town: &Town, step: Step, form: &Submission) -> Result<Values, Vec<Refusal>> {
    let mut reading = Reading { town, form, values: Values::new(), refusals: Vec::new() };
    match step {
        Step::Name => reading.name(),
        Step::Languages => reading.languages(),
        Step::Time => reading.time(),
        Step::Hues => reading.hues(),
        _ => {}
    }
    if reading.refusals.is_empty() { Ok(reading.values) } else { Err(reading.refusals) }
}

struct Reading<'a> {
    town: &'a Town,
    form: &'a Submission,
    values: Values,
    refusals: Vec<Refusal>,
}

impl Reading<'_> {
    fn keep(&mut self, key: &'static str, value: Value) {
        if !self.town.part::<Source>().is_fixed(key) {
            self.values.insert(key, value.to_string());
        }
    }

    fn is_fixed(&self, key: &str) -> bool {
        self.town.part::<Source>().is_fixed(key)
    }

    /// Texts by language, on one line each; `None` where one is too long.
    fn local(&self, field: &str, most: usize) -> Option<Table> {
        let mut texts = Table::new();
        for language in &self.town.settings().languages {
            let name = format!("{field}[{}]", language.tag());
            let text = self.form.text(&name).unwrap_or_default();
            if text.chars().count() > most || text.chars().any(char::is_control) {
                return None;
            }
            if !text.is_empty() {
                texts.insert(language.tag().to_owned(), Value::String(text.to_owned()));
            }
        }
        Some(texts)
    }

    fn own_tag(&self) -> &'static str {
        self.town.settings().languages.first().copied().unwrap_or_default().tag()
    }

    fn name(&mut self) {
        if !self.is_fixed("town.name") {
            match self.local("name", NAME_LIMIT).filter(|texts| texts.contains_key(self.own_tag())) {
                Some(mut texts) => {
                    // Every text has English to fall back on.
                    let own = texts.get(self.own_tag()).cloned();
                    texts
                        .entry(Language::En.tag())
                        .or_insert_with(|| own.unwrap_or_else(|| Value::String(String::new())));
                    self.keep("town.name", Value::Table(texts));
                }
                None => self.refusals.push(at("setup-name", "name[en]").with("most", NAME_LIMIT as i64)),
            }
        }
        if !self.is_fixed("town.tagline") {
            match self.local("tagline", TAGLINE_LIMIT) {
                Some(mut texts) => {
                    let any = texts.values().next().cloned().unwrap_or_else(|| Value::String(String::new()));
                    texts.entry(Language::En.tag()).or_insert(any);
                    self.keep("town.tagline", Value::Table(texts));
                }
                None => self.refusals.push(at("setup-tagline", "tagline[en]").with("most", TAGLINE_LIMIT as i64)),
            }
        }
        if !self.is_fixed("town.contact_email") {
            match self.form.text("contact").unwrap_or_default().parse::<EmailAddress>() {
                Ok(address) => self.keep("town.contact_email", Value::String(address.to_string())),
                Err(_) => self.refusals.push(at("setup-contact", "contact")),
            }
        }
    }

    fn languages(&mut self) {
        let chosen: Vec<Language> = self.form.all("languages").filter_map(|tag| tag.parse().ok()).collect();
        let own: Option<Language> = self.form.text("own").and_then(|tag| tag.parse().ok());
        let Some(own) = own.filter(|own| chosen.contains(own)) else {
            if !self.is_fixed("town.languages") {
                self.refusals.push(at("setup-languages", "languages"));
            }
            return;
        };
        let others = Language::ALL.into_iter().filter(|language| *language != own && chosen.contains(language));
        let tags = std::iter::once(own).chain(others).map(|language| Value::String(language.tag().to_owned()));
        self.keep("town.languages", Value::Array(tags.collect()));
    }

    fn lines(&self, field: &str) -> Vec<String> {
        let lines = self.form.raw(field).unwrap_or_default().lines().map(str::trim);
        lines.filter(|line| !line.is_empty()).take(LINES_LIMIT).map(str::to_owned).collect()
    }

    fn time(&mut self) {
        let zone = self.form.text("zone").unwrap_or_default().to_owned();
        if TimeZone::get(&zone).is_ok_and(|found| found.iana_name().is_some()) {
            self.keep("town.time_zone", Value::String(zone));
        } else if !self.is_fixed("town.time_zone") {
            self.refusals.push(at("setup-zone", "zone"));
        }
        let (hours, holidays) = (self.lines("hours"), self.lines("holidays"));
        let fixed = (self.is_fixed("town.working_hours"), self.is_fixed("town.holidays"));
        // What cannot be changed here is not judged here.
        let judged = if fixed.0 { vec!["mon-fri 09:00-17:00".to_owned()] } else { hours.clone() };
        let days = if fixed.1 { Vec::new() } else { holidays.clone() };
        if let Err(error) = Calendar::read(&judged, &days, TimeZone::UTC) {
            self.refusals.push(refusal_of(&error));
        }
        let list = |lines: Vec<String>| Value::Array(lines.into_iter().map(Value::String).collect());
        self.keep("town.working_hours", list(hours));
        self.keep("town.holidays", list(holidays));
    }

    fn hues(&mut self) {
        let mut hues = Table::new();
        for (door, _) in DOORS {
            let text = self.form.text(door).unwrap_or_default();
            if text.is_empty() {
                continue;
            }
            match text.parse::<Colour>() {
                Ok(colour) => drop(hues.insert(door.to_owned(), Value::String(colour.to_string()))),
                Err(_) => self.refusals.push(at("setup-hue", door)),
            }
        }
        self.keep("town.hues", Value::Table(hues));
    }
}

/// The engine's reason as a sentence; the words are those of an agency's working hours.
fn refusal_of(error: &CalendarError) -> Refusal {
    match error {
        CalendarError::Hours(line) => at("people-hours-line", "hours").with("line", line.clone()),
        CalendarError::Date(line) => at("people-hours-date", "holidays").with("line", line.clone()),
        CalendarError::Overlap => at("people-hours-overlap", "hours"),
        _ => at("people-hours-none", "hours"),
    }
}
