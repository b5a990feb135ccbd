//! The form in which a report is written: read, and filled again with what was typed.

use super::{read, typed::Typed};
use crate::{
    decide::{SECTIONS_LIMIT, SectionText},
    model::{ReportContent, Section},
};
use civic::{Language, LocalText};
use web::{
    Refusal, Town, Visit,
    forms::Submission,
    locals::{LocalField, labelled_fields},
};

/// Numbers one field can hold.
const NUMBERS_LIMIT: usize = 100;

/// A part in the form.
pub(super) struct PartField {
    /// Counts the parts of the form, from 0.
    pub at: usize,
    pub position: String,
    pub headings: Vec<LocalField>,
    pub words: Vec<LocalField>,
    pub statements: String,
    pub promises: String,
}

/// The parts as they were sent, in the order of their positions; what stands without one keeps its place. What was ticked in the
/// lists is added to the part that was chosen.
pub(super) fn sections(town: &Town, form: &Submission) -> Result<Vec<SectionText>, Vec<Refusal>> {
    let into = form.text("into").and_then(|text| text.parse::<usize>().ok()).unwrap_or(0);
    let (mut all, mut refusals) = (Vec::new(), Vec::new());
    for at in 0..SECTIONS_LIMIT {
        let mut take = |field: &str, letter: char| {
            let mut found =
                numbers(form.text(&format!("{field}-{at}")).unwrap_or_default()).unwrap_or_else(|refusal| {
                    refusals.push(refusal);
                    Vec::new()
                });
            if into == at {
                let picked = form.keyed("pick").filter_map(|(key, _)| key.strip_prefix(letter)?.parse::<i64>().ok());
                found.extend(picked.take(NUMBERS_LIMIT));
            }
            found
        };
        let section = SectionText {
            statements: take("statements", 's'),
            promises: take("promises", 'p'),
            heading: read::texts(town, form, &format!("heading-{at}")),
            words: read::texts(town, form, &format!("words-{at}")),
        };
        let position = form.text(&format!("position-{at}")).and_then(|text| text.parse::<i64>().ok());
        let own = i64::try_from(at).unwrap_or(i64::MAX) + 1;
        all.push((position.unwrap_or(own), section));
    }
    all.sort_by_key(|(position, _)| *position);
    if refusals.is_empty() { Ok(all.into_iter().map(|(_, one)| one).collect()) } else { Err(refusals) }
}

fn numbers(text: &str) -> Result<Vec<i64>, Refusal> {
    let parts = text.split([',', '،', ' ', ';', '\n', '\r']).filter(|part| !part.is_empty());
    let read = |part: &str| {
        let refused = || {
            Refusal::new("conversation-report-number")
                .at("report")
                .with("what", part.chars().take(20).collect::<String>())
        };
        part.trim_start_matches('#').parse().map_err(|_| refused())
    };
    let all = parts.take(NUMBERS_LIMIT + 1).map(read).collect::<Result<Vec<i64>, Refusal>>()?;
    if all.len() > NUMBERS_LIMIT {
        return Err(Refusal::new("conversation-report-statements-many")
            .at("report")
            .with("most", crate::decide::CHOSEN_LIMIT));
    }
    Ok(all)
}

/// What a report begins with where nothing was kept: what people usually want to know, as empty parts with their headings.
pub(super) fn beginning(town: &Town, promises: Vec<i64>) -> ReportContent {
    let heading = |key: &str| {
        let words = |language: &Language| (*language, town.words().of(*language).say(key).to_owned());
        let all = town.settings().languages.iter().map(words).collect::<std::collections::BTreeMap<_, _>>();
        LocalText::try_from(all).unwrap_or_else(|_| LocalText::plain(""))
    };
    let part = |key: &str, promises: Vec<i64>| Section {
        heading: heading(key),
        words: LocalText::plain(""),
        statements: Vec::new(),
        promises,
    };
    ReportContent {
        sections: vec![
            part("creport-part-agreed", Vec::new()),
            part("creport-part-differ", Vec::new()),
            part("creport-part-promised", promises),
        ],
    }
}

/// The parts of the form, and an empty one to go on with.
pub(super) fn fields(town: &Town, visit: &Visit, content: &ReportContent, typed: Typed<'_>) -> Vec<PartField> {
    let languages = &town.settings().languages;
    let sent = (0..SECTIONS_LIMIT).rev().find(|at| typed.given(&format!("position-{at}")).is_some());
    let count = sent.map_or((content.sections.len() + 1).min(SECTIONS_LIMIT), |last| last + 1);
    let field = |at: usize| {
        let kept = content.sections.get(at);
        let local = |name: String, key: &str, text: Option<&LocalText>| {
            labelled_fields(visit, languages, &name, key, |language| {
                typed.given(&format!("{name}[{}]", language.tag())).or_else(|| text?.exactly(language))
            })
        };
        let listed = |numbers: Option<&Vec<i64>>| {
            let numbers = numbers.map(Vec::as_slice).unwrap_or_default();
            numbers.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
        };
        PartField {
            at,
            position: typed.or(&format!("position-{at}"), || (at + 1).to_string()),
            headings: local(format!("heading-{at}"), "creport-heading", kept.map(|one| &one.heading)),
            words: local(format!("words-{at}"), "creport-words", kept.map(|one| &one.words)),
            statements: typed.or(&format!("statements-{at}"), || listed(kept.map(|one| &one.statements))),
            promises: typed.or(&format!("promises-{at}"), || listed(kept.map(|one| &one.promises))),
        }
    };
    (0..count).map(field).collect()
}
