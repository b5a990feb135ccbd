//! What is known of a dataset, and the steps of its life, for its page.

use crate::{
    model::{Dataset, Version},
    views,
    vocabulary::{FREQUENCIES, HIGH_VALUE, THEMES, licence, licence_url},
};
use web::{
    Visit,
    parts::{Step, StepState},
};

/// What is known of it: label, value, and where the value leads.
pub(super) fn facts(visit: &Visit, one: &Dataset) -> Vec<(String, String, String)> {
    let (t, meta) = (&visit.t, &one.meta);
    let mut facts = Vec::new();
    let mut fact = |key: &str, value: String, href: String| {
        if !value.is_empty() {
            facts.push((t.say(key).to_owned(), value, href));
        }
    };
    let found = licence(&meta.licence);
    fact("open-data-licence", found.map(|one| one.label(t)).unwrap_or_default(), licence_url(meta).to_owned());
    fact("data-spatial", meta.spatial.clone(), String::new());
    fact("data-bbox", one.bbox().map(crate::extent::text).unwrap_or_default(), String::new());
    let days =
        [&meta.from, &meta.until].into_iter().filter(|day| !day.is_empty()).cloned().collect::<Vec<_>>().join(" – ");
    fact("data-temporal", days, String::new());
    let frequency =
        FREQUENCIES.iter().find(|(code, ..)| *code == meta.frequency).map(|(_, key, _)| t.say(key).to_owned());
    fact("data-frequency", frequency.unwrap_or_default(), String::new());
    let themes: Vec<&str> = meta
        .themes
        .iter()
        .filter_map(|theme| THEMES.iter().find(|(code, _)| code == theme))
        .map(|(_, key)| t.say(key))
        .collect();
    fact("data-theme", themes.join(", "), String::new());
    let high = HIGH_VALUE.iter().find(|(code, ..)| *code == meta.high_value).map(|(_, key, _)| t.say(key).to_owned());
    fact("data-high-value", high.unwrap_or_default(), String::new());
    fact("data-contact", meta.contact_name.clone(), String::new());
    let mail = if meta.contact_email.is_empty() { String::new() } else { format!("mailto:{}", meta.contact_email) };
    fact("data-contact-mail", meta.contact_email.clone(), mail);
    fact("data-updated", visit.date(one.updated_at), String::new());
    if let Some(source) = views::source(one) {
        fact("data-from-catalogue", source.catalogue.clone(), source.catalogue);
        fact("data-source-publisher", source.publisher, String::new());
        fact("data-source-modified", source.modified, String::new());
    }
    facts
}

/// A version as a step.
pub(in crate::pages) fn step_of(visit: &Visit, one: &Version) -> Step {
    let key = match one.saying.as_str() {
        "dataset.published" => "dataset-step-published",
        "dataset.withdrawn" => "dataset-step-withdrawn",
        "dataset.data-changed" => "dataset-step-data",
        "dataset.submitted" => "dataset-step-submitted",
        "dataset.approved" => "dataset-step-approved",
        _ => "dataset-step-changed",
    };
    let state = if one.saying == "dataset.withdrawn" { StepState::Bad } else { StepState::Done };
    let what: Vec<&str> = one
        .changed
        .iter()
        .map(|code| change_key(code))
        .filter(|key| !key.is_empty())
        .map(|key| visit.t.say(key))
        .collect();
    let detail = [visit.date_time(one.at), what.join(", ")].into_iter().filter(|part| !part.is_empty());
    Step {
        state,
        title: format!("v{} · {}", one.version, visit.t.say(key)),
        detail: detail.collect::<Vec<_>>().join(" · "),
    }
}

/// The Fluent key of what changed.
fn change_key(code: &str) -> &'static str {
    match code {
        "title" => "dataset-changed-title",
        "notes" => "data-notes",
        "tags" => "data-tags",
        "themes" => "data-theme",
        "licence" => "open-data-licence",
        "contact" => "data-contact",
        "coverage" => "data-temporal",
        "frequency" => "data-frequency",
        "added" => "dataset-changed-added",
        "replaced" => "dataset-changed-replaced",
        "removed" => "dataset-changed-removed",
        "rechecked" => "dataset-changed-rechecked",
        _ => "",
    }
}
