//! What stands on the page of every subject that has links: its neighbours in the thread.

use crate::links;
use askama::Template as _;
use civic::{Language, Subject};
use database::{DbError, Tx};
use web::{
    Sayings, Town, Visit,
    manifest::{Brief, Catalogue},
};

/// Neighbours one page shows.
const NEAR_LIMIT: usize = 12;

/// A neighbour of a subject.
#[derive(Debug, Clone, PartialEq)]
pub struct Near {
    /// The Fluent key of how it stands to the subject.
    pub key: &'static str,
    /// What it is and where it stands.
    pub brief: Brief,
}

/// The public neighbours of a subject, what led to it first. Duplicates are left to their room, which says more of them.
///
/// # Errors
/// Those of the database.
pub fn near(town: &Town, tx: &mut Tx<'_>, subject: &Subject, language: Language) -> Result<Vec<Near>, DbError> {
    let (mut causes, mut effects) = (Vec::new(), Vec::new());
    for link in links::of(tx, subject)? {
        if link.relation == links::Relation::DuplicateOf || link.from == link.to {
            continue;
        }
        let (other, key) = if link.from == *subject {
            (link.to.clone(), link.relation.key())
        } else {
            (link.from.clone(), link.relation.key_back())
        };
        let is_cause = *link.flow().0 == other;
        let side = if is_cause { &mut causes } else { &mut effects };
        side.push((other, key));
    }
    causes.append(&mut effects);
    causes.truncate(NEAR_LIMIT);
    let subjects: Vec<Subject> = causes.iter().map(|(subject, _)| subject.clone()).collect();
    if subjects.is_empty() {
        return Ok(Vec::new());
    }
    let briefs = town.part::<Catalogue>().briefs(town, tx, &subjects, language)?;
    let found = |(subject, key): &(Subject, &'static str)| {
        let brief = briefs.iter().find(|brief| brief.subject == *subject)?;
        Some(Near { key, brief: brief.clone() })
    };
    Ok(causes.iter().filter_map(found).collect())
}

struct Line {
    how: String,
    href: String,
    title: String,
    state: String,
}

#[derive(askama::Template)]
#[template(path = "thread_panel.html")]
struct Panel {
    t: Sayings,
    whole: String,
    lines: Vec<Line>,
    offshoots: Vec<(String, String)>,
}

/// The panel for a subject's page, as HTML; empty where the subject has no neighbours and the reader can make nothing grow
/// out of it.
pub fn panel(town: &Town, visit: &Visit, subject: &Subject, near: &[Near]) -> String {
    let offshoots = offshoots(town, visit, subject);
    if near.is_empty() && offshoots.is_empty() {
        return String::new();
    }
    let catalogue = town.part::<Catalogue>();
    let line = |near: &Near| Line {
        how: visit.t.say(near.key).to_owned(),
        href: catalogue.page_of(&near.brief.subject.kind, &near.brief.subject.id).unwrap_or_default(),
        title: near.brief.title.clone(),
        state: near.brief.state.clone().unwrap_or_default(),
    };
    let whole = if near.is_empty() { String::new() } else { super::pages::address(subject) };
    let panel = Panel { t: visit.t.clone(), whole, lines: near.iter().map(line).collect(), offshoots };
    panel.render().unwrap_or_default()
}

/// What this reader can make grow out of a subject: words and address.
pub(super) fn offshoots(town: &Town, visit: &Visit, subject: &Subject) -> Vec<(String, String)> {
    let all = town.part::<Catalogue>().offshoots.iter().filter(|offshoot| visit.actor.may(&offshoot.act));
    all.map(|offshoot| (visit.t.say(offshoot.key).to_owned(), (offshoot.page)(subject))).collect()
}
