//! What is kept of a dataset, beside what was typed by somebody who did not know it.

use super::draft_of;
use crate::{
    decide::Draft,
    model::Dataset,
    pages::KeptLine,
    vocabulary::{FREQUENCIES, HIGH_VALUE, THEMES, licence},
};
use civic::Language;
use std::collections::BTreeMap;
use web::{Town, Visit};

/// What is kept of a dataset, where it is not what was typed.
pub(super) fn of(town: &Town, visit: &Visit, dataset: &Dataset, typed: &Draft) -> Vec<KeptLine> {
    let (t, now) = (&visit.t, draft_of(dataset));
    let mut lines = Vec::new();
    for (key, now, typed) in
        [("data-field-title", &now.title, &typed.title), ("data-field-notes", &now.notes, &typed.notes)]
    {
        let text = |of: &BTreeMap<Language, String>, language: &Language| of.get(language).cloned().unwrap_or_default();
        let line = |language: &Language| {
            let label = t.with1(key, "language", language.own_name());
            let line = KeptLine::of(label, &text(now, language), &text(typed, language))?;
            Some(line.in_language(language.tag()))
        };
        lines.extend(town.settings().languages.iter().filter_map(line));
    }
    let word = |all: &[(&str, &str)], code: &str| {
        let key = all.iter().find(|(own, _)| *own == code).map(|(_, key)| *key);
        key.map_or_else(|| code.to_owned(), |key| t.say(key).to_owned())
    };
    let licence = |code: &str| licence(code).map_or_else(|| code.to_owned(), |one| one.title.to_owned());
    let frequencies: Vec<(&str, &str)> = FREQUENCIES.iter().map(|(code, key, _)| (*code, *key)).collect();
    let high_values: Vec<(&str, &str)> = HIGH_VALUE.iter().map(|(code, key, _)| (*code, *key)).collect();
    let themes = |one: &Draft| {
        let mut all: Vec<String> = one.themes.iter().map(|code| word(&THEMES, code)).collect();
        all.sort();
        all.join(", ")
    };
    for (key, now, typed) in [
        ("open-data-licence", licence(&now.licence), licence(&typed.licence)),
        ("data-tags", now.tags.join(", "), typed.tags.join(", ")),
        ("data-theme", themes(&now), themes(typed)),
        ("data-contact", now.contact_name, typed.contact_name.clone()),
        ("data-contact-mail", now.contact_email, typed.contact_email.clone()),
        ("data-spatial", now.spatial, typed.spatial.clone()),
        ("data-bbox", now.bbox, typed.bbox.clone()),
        ("data-from", now.from, typed.from.clone()),
        ("data-until", now.until, typed.until.clone()),
        ("data-frequency", word(&frequencies, &now.frequency), word(&frequencies, &typed.frequency)),
        ("data-high-value", word(&high_values, &now.high_value), word(&high_values, &typed.high_value)),
        ("data-url", now.url, typed.url.clone()),
        ("data-origin", now.origin, typed.origin.clone()),
    ] {
        lines.extend(KeptLine::of(t.say(key), &now, &typed));
    }
    lines
}
