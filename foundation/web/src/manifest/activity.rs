//! What a person did, whichever room keeps it: for their own eyes.

use super::Catalogue;
use civic::{Moment, PersonId, Subject};
use database::{DbError, Tx, params};

/// A kind of thing that people do in a room, and where the room keeps it. Each text but `kind` and `key` is SQL of the room, the same
/// on both databases; `$1` in `from` is the person. How somebody voted, and that they did where the house keeps that apart, is no
/// activity.
#[derive(Debug, Clone, Copy)]
pub struct Activity {
    /// As `report`; one kind belongs to one room, and stands in addresses.
    pub kind: &'static str,
    /// The Fluent key of its sentence, as `You reported`.
    pub key: &'static str,
    /// What stands behind `from`, up to and with a `where` that names the person.
    pub from: &'static str,
    /// When it was done, in microseconds.
    pub at: &'static str,
    /// A text that tells apart what was done at one moment.
    pub place: &'static str,
    /// The kind and the id of the subject whose page shows it.
    pub subject: (&'static str, &'static str),
    /// The kind and the id of the public subject that it is about, by whose title it is called.
    pub about: (&'static str, &'static str),
    /// The person's own words; `''` for none.
    pub words: &'static str,
}

/// Something that a person did.
#[derive(Debug, Clone, PartialEq)]
pub struct Done {
    /// Its kind.
    pub kind: &'static str,
    /// The Fluent key of its sentence.
    pub key: &'static str,
    /// When.
    pub at: Moment,
    /// Its place among what was done at that moment.
    pub place: String,
    /// Whose page shows it.
    pub subject: Subject,
    /// What it is about.
    pub about: Subject,
    /// The person's own words, empty for none.
    pub words: String,
}

/// Where a page of activity ends: moment, kind, place.
pub type ActivityEnd = (i64, String, String);

impl Activity {
    /// What a person did of this kind before a moment and place (exclusive), newest first, at most `limit`.
    fn done(
        &self,
        tx: &mut Tx<'_>,
        person: PersonId,
        (at, place): (i64, &str),
        limit: u32,
    ) -> Result<Vec<Done>, DbError> {
        let Self { from, at: moment, place: spot, subject, about, words, .. } = self;
        let sql = format!(
            "select {moment}, {spot}, {}, {}, {}, {}, {words} from {from} and ({moment} < $2 or ({moment} = $2 and {spot} < $3)) \
             order by {moment} desc, {spot} desc limit $4",
            subject.0, subject.1, about.0, about.1
        );
        let rows = tx.query(&sql, &params![&person.text(), at, place, limit])?;
        let read = |row: &database::Row| {
            Ok(Done {
                kind: self.kind,
                key: self.key,
                at: Moment(row.get(0)?),
                place: row.get(1)?,
                subject: Subject { kind: row.get(2)?, id: row.get(3)? },
                about: Subject { kind: row.get(4)?, id: row.get(5)? },
                words: row.get(6)?,
            })
        };
        rows.iter().map(read).collect()
    }
}

impl Catalogue {
    /// What a person did in all rooms, newest first, and where the next page begins; `kind` is empty for all kinds. Each kind is asked for
    /// one page beyond the same place, so that nothing is left out or told twice.
    ///
    /// # Errors
    /// Those of the database.
    pub fn done_by(
        &self,
        tx: &mut Tx<'_>,
        person: PersonId,
        kind: &str,
        before: Option<&ActivityEnd>,
        limit: u32,
    ) -> Result<(Vec<Done>, Option<ActivityEnd>), DbError> {
        let mut all = Vec::new();
        for one in self.activity.iter().filter(|one| kind.is_empty() || one.kind == kind) {
            let (at, place) = before.map_or((i64::MAX, ""), |end| beyond(end, one.kind));
            all.extend(one.done(tx, person, (at, place), limit + 1)?);
        }
        // Stable: within a kind what was done at one moment stays in the order of the database.
        all.sort_by(|one, other| (other.at, one.kind).cmp(&(one.at, other.kind)));
        let is_more = all.len() > limit as usize;
        all.truncate(limit as usize);
        let end = |done: &Done| (done.at.micros(), done.kind.to_owned(), done.place.clone());
        let next = all.last().filter(|_| is_more).map(end);
        Ok((all, next))
    }
}

/// Where a kind goes on after the end of a page. The order is moment (newest first), kind, place (last first): of what was done at the very
/// moment of the end, kinds before that of the end are through, and kinds after it have not begun.
fn beyond<'e>((at, of, place): &'e ActivityEnd, kind: &str) -> (i64, &'e str) {
    match kind.cmp(of.as_str()) {
        std::cmp::Ordering::Equal => (*at, place),
        std::cmp::Ordering::Less => (*at, ""),
        std::cmp::Ordering::Greater => (at.saturating_add(1), ""),
    }
}

#[cfg(test)]
mod tests {
    use super::beyond;

    #[test]
    fn a_page_goes_on_where_the_last_ended_in_every_kind() {
        let end = (7, "report".to_owned(), "b".to_owned());
        assert_eq!(beyond(&end, "report"), (7, "b"));
        assert_eq!(beyond(&end, "comment"), (7, ""), "through with that moment");
        assert_eq!(beyond(&end, "support"), (8, ""), "has not begun with it");
    }
}
