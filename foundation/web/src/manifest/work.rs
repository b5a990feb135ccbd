//! What waits for officers, whichever room it is of.

use super::Catalogue;
use crate::Town;
use civic::{Act, Actor, Language, Moment};
use database::{DbError, Tx};

/// What has no due date comes after everything that has one.
pub const NEVER_DUE: i64 = i64::MAX;

/// One thing that waits at a desk.
#[derive(Debug, Clone, PartialEq)]
pub struct Work {
    /// Its reference, as people say it.
    pub code: String,
    /// What it is about, in the reader's language; nothing that an officer must first say why they read it.
    pub title: String,
    /// Where it stands, as a word in the reader's language.
    pub state: String,
    /// By when it is due; `None` for never.
    pub due_at: Option<Moment>,
    /// Since when it is there.
    pub since: Moment,
    /// Whether the asking officer looks after it.
    pub is_mine: bool,
    /// Its page at the desk.
    pub href: String,
    /// Its place among things that are due at the same moment: an id of the room, in the order of the database.
    pub place: String,
}

impl Work {
    /// When it is due, [`NEVER_DUE`] for never.
    pub fn due_micros(&self) -> i64 {
        self.due_at.map_or(NEVER_DUE, Moment::micros)
    }
}

/// Which work is asked for.
#[derive(Debug, Clone)]
pub struct AskedWork<'a> {
    /// Who asks.
    pub actor: &'a Actor,
    /// The reader's language.
    pub language: Language,
    /// Only what they look after; else also what nobody does.
    pub only_mine: bool,
    /// Only beyond this due moment and place, exclusive; `None` from the beginning.
    pub after: Option<(i64, String)>,
    /// How many at most.
    pub limit: u32,
}

/// What waits for an officer at a room's desk, ordered by [`Work::due_micros`], then [`Work::place`]. What waits for somebody outside
/// (an applicant, a reporter) is not among it.
pub type WorkOf = fn(&Town, &mut Tx<'_>, &AskedWork<'_>) -> Result<Vec<Work>, DbError>;

/// The desk of a room.
#[derive(Debug, Clone, Copy)]
pub struct Desk {
    /// The room.
    pub room: &'static str,
    /// The Fluent key of what its work is called.
    pub key: &'static str,
    /// Who has any.
    pub act: Act,
    /// What waits.
    pub work: WorkOf,
}

/// Where a page of work ends: due moment, room, place.
pub type WorkEnd = (i64, String, String);

/// A page of work over all rooms.
#[derive(Debug, Default)]
pub struct WorkPage {
    /// The work, each with its desk.
    pub items: Vec<(Desk, Work)>,
    /// Where the next page goes on; `None` on the last.
    pub next: Option<WorkEnd>,
}

impl Catalogue {
    /// What waits for an officer in every room whose desk they may read, what is due first at the top; `room` is empty for all.
    /// Each room is asked for one page beyond the same place, so that nothing is left out or told twice.
    ///
    /// # Errors
    /// Those of the database.
    pub fn work(
        &self,
        town: &Town,
        tx: &mut Tx<'_>,
        asked: &AskedWork<'_>,
        room: &str,
        after: Option<&WorkEnd>,
    ) -> Result<WorkPage, DbError> {
        let mut items: Vec<(Desk, Work)> = Vec::new();
        for desk in self.desks.iter().filter(|desk| room.is_empty() || desk.room == room) {
            if !asked.actor.may(&desk.act) {
                continue;
            }
            let own =
                AskedWork { after: after.map(|end| beyond(end, desk.room)), limit: asked.limit + 1, ..asked.clone() };
            items.extend((desk.work)(town, tx, &own)?.into_iter().map(|work| (*desk, work)));
        }
        items.sort_by(|(desk, one), (other_desk, other)| {
            (one.due_micros(), desk.room, &one.place).cmp(&(other.due_micros(), other_desk.room, &other.place))
        });
        let most = asked.limit as usize;
        let is_more = items.len() > most;
        items.truncate(most);
        let end = |(desk, work): &(Desk, Work)| (work.due_micros(), desk.room.to_owned(), work.place.clone());
        Ok(WorkPage { next: items.last().filter(|_| is_more).map(end), items })
    }
}

/// Where a room goes on after the end of a page. The order is due moment, room, place: of what is due at the very moment of the end,
/// rooms before that of the end are through, and rooms after it have not begun.
fn beyond((due, of, place): &WorkEnd, room: &str) -> (i64, String) {
    match room.cmp(of) {
        std::cmp::Ordering::Equal => (*due, place.clone()),
        // Whole microseconds: beyond all of this one is from the next on.
        std::cmp::Ordering::Less => (due.saturating_add(1), String::new()),
        std::cmp::Ordering::Greater => (*due, String::new()),
    }
}

#[cfg(test)]
mod tests {
    use super::beyond;

    #[test]
    fn a_page_goes_on_where_the_last_ended_in_every_room() {
        let end = (7, "requests".to_owned(), "b".to_owned());
        assert_eq!(beyond(&end, "requests"), (7, "b".to_owned()));
        assert_eq!(beyond(&end, "participation"), (8, String::new()));
        assert_eq!(beyond(&end, "services"), (7, String::new()));
    }
}
