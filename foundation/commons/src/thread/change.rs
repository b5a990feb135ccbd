//! An officer links two matters, or takes a link away, with a public reason.

use crate::links::{self, Change, Link, Relation};
use civic::{Actor, Chance, Language, Moment, Subject};
use database::{DbError, Tx};
use record::Entry;
use serde_json::json;
use web::{Refusal, Stop, Town, manifest::Catalogue};

/// What the record says of a link that was made.
pub const LINKED: &str = "thread.linked";
/// What the record says of a link that was taken away.
pub const UNLINKED: &str = "thread.unlinked";
/// Characters a reason may have.
pub(super) const REASON_LIMIT: usize = 1_000;
/// Links that may be made by hand of one subject.
pub const LINKS_BY_HAND_LIMIT: usize = 50;

/// A change as it was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Asked {
    /// Whether to make the link; else it is taken away.
    pub made: bool,
    /// Which.
    pub link: Link,
    /// Why.
    pub reason: String,
}

/// Does it, and gives the entry to commit.
///
/// # Errors
/// `NotFound` when one of the two is not public; refusals `thread-reason`, `thread-reason-long`, `thread-duplicate`,
/// `thread-itself`, `thread-there`, `thread-gone`, `thread-many`.
pub(super) fn change(
    tx: &mut Tx<'_>,
    town: &Town,
    by: &Actor,
    asked: &Asked,
    now: Moment,
    chance: &dyn Chance,
) -> Result<Entry, Stop> {
    let Asked { made, link, reason } = asked;
    check(asked)?;
    let both = [link.from.clone(), link.to.clone()];
    if town.part::<Catalogue>().briefs(town, tx, &both, Language::En)?.len() != 2 {
        return Err(Stop::NotFound);
    }
    if *made {
        let there = links::of(tx, &link.from)?;
        if there.contains(link) {
            return Err(Refusal::conflict("thread-there").at("other").into());
        }
        if there.len() >= LINKS_BY_HAND_LIMIT {
            return Err(Refusal::new("thread-many").at("other").with("most", LINKS_BY_HAND_LIMIT).into());
        }
        links::link(tx, link, now)?;
    } else if !links::unlink(tx, link)? {
        return Err(Refusal::conflict("thread-gone").at("other").into());
    }
    let entry = entry(link, *made, by, reason, now, chance)?;
    let kept = Change { link: link.clone(), made: *made, at: now, reason: reason.clone(), handle: by.handle.clone() };
    links::keep_change(tx, &entry.id().text(), &kept)?;
    Ok(entry)
}

fn check(asked: &Asked) -> Result<(), Refusal> {
    if asked.reason.is_empty() {
        return Err(Refusal::new("thread-reason").at("reason"));
    }
    if asked.reason.chars().count() > REASON_LIMIT {
        return Err(Refusal::new("thread-reason-long").at("reason").with("most", REASON_LIMIT));
    }
    if asked.link.relation == Relation::DuplicateOf {
        return Err(Refusal::new("thread-duplicate").at("relation"));
    }
    if asked.link.from == asked.link.to {
        return Err(Refusal::new("thread-itself").at("other"));
    }
    Ok(())
}

/// Public: which two, and how. Sealed: the reason.
fn entry(
    link: &Link,
    made: bool,
    by: &Actor,
    reason: &str,
    now: Moment,
    chance: &dyn Chance,
) -> Result<Entry, DbError> {
    let saying = if made { LINKED } else { UNLINKED };
    let other: &Subject = &link.to;
    let what = json!({"relation": link.relation.word(), "other": other.id, "other_kind": other.kind});
    Entry::about(link.from.clone(), saying, by, now, chance)
        .publicly(&what)?
        .privately(&json!({"reason": reason}), chance)
}
