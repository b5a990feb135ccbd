//! What was offered, as a draft of ours: what cannot be taken over as it is, is named, and never the reason to lose a dataset.

use super::{Offered, OfferedFile, addresses::resolved};
use crate::{
    decide::{self, Draft, is_web_address},
    model::{LINE_LIMIT, NOTES_LIMIT, ResourceBody, TAGS_LIMIT, TITLE_LIMIT},
    vocabulary::{FREQUENCIES, high_value_like, licence_like},
};
use civic::Language;
use std::collections::BTreeMap;

/// Files of one dataset that are taken over.
const FILES_LIMIT: usize = 100;
/// Further facts of one dataset that are taken over.
const EXTRAS_LIMIT: usize = 100;

/// The draft, its files, and what is not as it was there, in English.
pub(super) fn understood(offered: &Offered, source: &str) -> (Draft, Vec<ResourceBody>, Vec<String>) {
    let mut warnings = offered.warnings.clone();
    let draft = draft_of(offered, source, &mut warnings);
    if offered.files.len() > FILES_LIMIT {
        warnings.push(format!("it has {} files; the first {FILES_LIMIT} were taken over", offered.files.len()));
    }
    let mut files = Vec::new();
    for file in offered.files.iter().take(FILES_LIMIT) {
        match body_of(file, source) {
            Ok(body) => files.push(body),
            Err(why) => {
                let name = if file.name.is_empty() { &file.id } else { &file.name };
                warnings.push(format!("the file “{}” was left out: {why}", cut(name, 100)));
            }
        }
    }
    (draft, files, warnings)
}

fn cut(text: &str, most: usize) -> String {
    text.replace('\0', "").chars().take(most).collect()
}

fn draft_of(offered: &Offered, source: &str, warnings: &mut Vec<String>) -> Draft {
    let mut short = |text: &str, most: usize, what: &str| {
        if text.chars().count() > most {
            warnings.push(format!("its {what} was cut to {most} characters"));
        }
        cut(text, most)
    };
    let mut local = |texts: &BTreeMap<Language, String>, most: usize, what: &str| {
        texts.iter().map(|(language, text)| (*language, short(text, most, what))).collect()
    };
    let (title, notes) =
        (local(&offered.title, TITLE_LIMIT, "title"), local(&offered.notes, NOTES_LIMIT, "description"));
    let line = |text: &str| cut(&text.replace(['\r', '\n'], " "), LINE_LIMIT);
    let mut draft = Draft {
        title,
        notes,
        tags: tags(&offered.tags, warnings),
        themes: offered.themes.clone(),
        contact_name: line(&offered.contact_name),
        contact_email: line(&offered.contact_email),
        spatial: short_of(&offered.spatial, "place", warnings),
        from: offered.from.clone(),
        until: offered.until.clone(),
        ..Draft::default()
    };
    for (name, value) in offered.extras.iter().take(EXTRAS_LIMIT) {
        draft.extras.insert(line(name), short_of(value, name, warnings));
    }
    if offered.extras.len() > EXTRAS_LIMIT {
        warnings.push(format!("it has {} further facts; {EXTRAS_LIMIT} were taken over", offered.extras.len()));
    }
    licence(offered, &mut draft, warnings);
    if !offered.url.is_empty() {
        match resolved(&offered.url, source) {
            Ok(url) => draft.url = url,
            Err(why) => warnings.push(format!("its page was left out: {why}")),
        }
    }
    let frequency = offered.frequency.to_uppercase();
    if FREQUENCIES.iter().any(|(code, ..)| *code == frequency) {
        draft.frequency = frequency;
    } else if !frequency.is_empty() {
        draft.extras.insert("frequency".to_owned(), line(&offered.frequency));
    }
    match high_value_like(&offered.high_value) {
        Some(code) => code.clone_into(&mut draft.high_value),
        None if offered.high_value.is_empty() => {}
        None => {
            warnings.push(format!("“{}” is no high-value category that is known here", cut(&offered.high_value, 100)));
            draft.extras.insert("hvd_category".to_owned(), line(&offered.high_value));
        }
    }
    let Err(refusals) = decide::read_meta(&draft) else { return draft };
    for field in refusals.iter().filter_map(|refusal| refusal.field) {
        match field {
            "contact_email" => {
                warnings.push(format!("“{}” is no address of mail", std::mem::take(&mut draft.contact_email)));
            }
            "from" | "until" if !draft.from.is_empty() || !draft.until.is_empty() => {
                let (from, until) = (std::mem::take(&mut draft.from), std::mem::take(&mut draft.until));
                warnings.push(format!("“{from}” to “{until}” are no days as 2026-11-26, the first before the last"));
            }
            "tags" => {
                warnings.push("its tags were left out".to_owned());
                draft.tags = Vec::new();
            }
            _ => {}
        }
    }
    draft
}

fn short_of(text: &str, what: &str, warnings: &mut Vec<String>) -> String {
    if text.chars().count() > LINE_LIMIT {
        warnings.push(format!("its “{}” was cut to {LINE_LIMIT} characters", cut(what, 60)));
    }
    cut(&text.replace(['\r', '\n'], " "), LINE_LIMIT)
}

fn tags(all: &[String], warnings: &mut Vec<String>) -> Vec<String> {
    let plain = |tag: &String| -> String {
        tag.chars().map(|c| if c.is_alphanumeric() || " -_.'".contains(c) { c } else { ' ' }).take(60).collect()
    };
    if all.len() > TAGS_LIMIT {
        warnings.push(format!("it has {} tags; the first {TAGS_LIMIT} were taken over", all.len()));
    }
    all.iter().take(TAGS_LIMIT).map(plain).collect()
}

/// A licence that is not known here keeps its address, or its words.
fn licence(offered: &Offered, draft: &mut Draft, warnings: &mut Vec<String>) {
    let said = offered.licence.trim();
    let known = licence_like(said).or_else(|| licence_like(&offered.licence_url));
    let url = [offered.licence_url.as_str(), said].into_iter().find(|url| is_web_address(url)).unwrap_or_default();
    match known {
        Some(one) => {
            one.code.clone_into(&mut draft.licence);
            if one.is_other() {
                url.clone_into(&mut draft.licence_url);
            }
        }
        None if !url.is_empty() => {
            "other".clone_into(&mut draft.licence);
            url.clone_into(&mut draft.licence_url);
        }
        None if said.is_empty() || said == "notspecified" => {}
        None => {
            warnings.push(format!("its licence “{}” is not known here", cut(said, 100)));
            "other".clone_into(&mut draft.licence);
            draft.extras.insert("license_title".to_owned(), cut(said, LINE_LIMIT));
        }
    }
}

/// A file, its address resolved from that of the catalogue.
fn body_of(file: &OfferedFile, source: &str) -> Result<ResourceBody, String> {
    Ok(ResourceBody {
        name: cut(&file.name, LINE_LIMIT),
        description: cut(&file.description, LINE_LIMIT),
        format: cut(&file.format, 40),
        media_type: cut(&file.media_type, LINE_LIMIT),
        url: resolved(&file.url, source)?,
        source_id: cut(&file.id, LINE_LIMIT),
        ..ResourceBody::default()
    })
}
