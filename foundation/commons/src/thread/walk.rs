//! Following links from a subject, back to what led to it and on to what came of it.
//!
//! Each way goes one way only: a vote that paid for forty projects does not make their forty threads one.

use super::order::in_order;
use crate::links::{self, Link};
use civic::{Language, Subject};
use database::{DbError, Tx};
use std::collections::BTreeMap;
use web::{
    Town,
    manifest::{Brief, Catalogue},
};

/// Links in a row that are followed from a subject, each way.
pub const DEPTH_LIMIT: usize = 12;
/// Steps of one thread.
pub const STEPS_LIMIT: usize = 100;

/// One matter of a thread.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// What it is and where it stands.
    pub brief: Brief,
    /// Whether the thread is told from here.
    pub here: bool,
}

/// A thread.
#[derive(Debug, Clone, PartialEq)]
pub struct Thread {
    /// What led to what, causes first, and among those that wait for nothing the oldest first.
    pub steps: Vec<Step>,
    /// The links between these steps, each once.
    pub links: Vec<Link>,
    /// Whether there is more than the limits allow.
    pub cut: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    Back,
    On,
}

/// The thread of a subject; `None` where no room has it in public. What is not public is left out, with what hangs on it alone.
///
/// # Errors
/// Those of the database.
pub fn walk(town: &Town, tx: &mut Tx<'_>, start: &Subject, language: Language) -> Result<Option<Thread>, DbError> {
    let mut briefs = town.part::<Catalogue>().briefs(town, tx, std::slice::from_ref(start), language)?;
    let Some(own) = briefs.pop() else { return Ok(None) };
    let mut walker =
        Walker { town, language, found: BTreeMap::from([(start.clone(), own)]), links: Vec::new(), cut: false };
    walker.follow(tx, start, Way::Back)?;
    walker.follow(tx, start, Way::On)?;
    let Walker { found, mut links, cut, .. } = walker;
    links.retain(|link| found.contains_key(&link.from) && found.contains_key(&link.to));
    let order = in_order(found.values().map(|brief| (brief.subject.clone(), brief.at)), &links);
    let step =
        |subject: Subject| found.get(&subject).map(|brief| Step { brief: brief.clone(), here: subject == *start });
    Ok(Some(Thread { steps: order.into_iter().filter_map(step).collect(), links, cut }))
}

/// The public subjects that led to this one, itself first.
///
/// # Errors
/// Those of the database.
pub fn before(town: &Town, tx: &mut Tx<'_>, start: &Subject, language: Language) -> Result<Vec<Brief>, DbError> {
    let mut briefs = town.part::<Catalogue>().briefs(town, tx, std::slice::from_ref(start), language)?;
    let Some(own) = briefs.pop() else { return Ok(Vec::new()) };
    let found = BTreeMap::from([(start.clone(), own.clone())]);
    let mut walker = Walker { town, language, found, links: Vec::new(), cut: false };
    walker.follow(tx, start, Way::Back)?;
    walker.found.remove(start);
    Ok(std::iter::once(own).chain(walker.found.into_values()).collect())
}

struct Walker<'w> {
    town: &'w Town,
    language: Language,
    found: BTreeMap<Subject, Brief>,
    links: Vec<Link>,
    cut: bool,
}

impl Walker<'_> {
    /// One way, step by step, each subject once, whatever the links say.
    fn follow(&mut self, tx: &mut Tx<'_>, start: &Subject, way: Way) -> Result<(), DbError> {
        let (mut edge, mut seen) = (vec![start.clone()], vec![start.clone()]);
        for _ in 0..DEPTH_LIMIT {
            let mut next = Vec::new();
            for subject in &edge {
                for link in links::of(tx, subject)? {
                    let (cause, effect) = link.flow();
                    let (own, other) = if way == Way::Back { (effect, cause) } else { (cause, effect) };
                    if own != subject {
                        continue;
                    }
                    if !seen.contains(other) {
                        if seen.len() > STEPS_LIMIT {
                            self.cut = true;
                            continue;
                        }
                        seen.push(other.clone());
                        next.push(other.clone());
                    }
                    if !self.links.contains(&link) {
                        self.links.push(link);
                    }
                }
            }
            edge = self.keep(tx, &next)?;
            if edge.is_empty() {
                return Ok(());
            }
        }
        self.cut = true;
        Ok(())
    }

    /// Keeps those that are public; answers them.
    fn keep(&mut self, tx: &mut Tx<'_>, subjects: &[Subject]) -> Result<Vec<Subject>, DbError> {
        if subjects.is_empty() {
            return Ok(Vec::new());
        }
        let mut public = Vec::new();
        for brief in self.town.part::<Catalogue>().briefs(self.town, tx, subjects, self.language)? {
            if self.found.len() >= STEPS_LIMIT && !self.found.contains_key(&brief.subject) {
                self.cut = true;
                continue;
            }
            public.push(brief.subject.clone());
            self.found.insert(brief.subject.clone(), brief);
        }
        Ok(public)
    }
}
