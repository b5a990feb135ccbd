//! What became of the town's promises in one year, from the promises and what was said of them in time. Pure.
//!
//! A promise is counted by the day that was promised first, and by what had been said when the year ended: moving its day,
//! taking it up again or closing it later changes no year that is over, and makes nothing that was late into what was in time.

use crate::model::{Commitment, State};
use civic::{Currency, Moment};
use std::collections::BTreeMap;

/// A year on the town's clock, as far as it has gone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Year {
    /// Its first moment.
    pub begins_at: Moment,
    /// The first moment after it, or now while it lasts.
    pub ends_at: Moment,
}

impl Year {
    fn has(&self, at: Moment) -> bool {
        self.begins_at <= at && at < self.ends_at
    }
}

/// How a promise stood at the end of a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fate {
    /// It was kept in the year, by the day that was promised first.
    Kept,
    /// It was kept in the year, after that day, or after it had been given up.
    KeptLate,
    /// It was broken in the year, or had been and was taken up again without an end yet.
    Broken,
    /// It was dropped in the year.
    Dropped,
    /// It was open, and its day had passed.
    Late,
    /// It was open, the day that was promised first had passed, and a later day had not come.
    Moved,
    /// It was open, and its day had not come.
    Open,
}

impl Fate {
    /// All of them, in the order in which they are told.
    pub const ALL: [Self; 7] =
        [Self::Kept, Self::KeptLate, Self::Late, Self::Moved, Self::Broken, Self::Dropped, Self::Open];

    /// As in columns.
    pub fn word(self) -> &'static str {
        match self {
            Self::Kept => "kept",
            Self::KeptLate => "kept-late",
            Self::Broken => "broken",
            Self::Dropped => "dropped",
            Self::Late => "late",
            Self::Moved => "moved",
            Self::Open => "open",
        }
    }
}

/// A turn in the life of a promise that its figures hang on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Turn {
    /// Its day was moved from this one.
    Postponed {
        /// The end of the day that was promised until then.
        from_due: Moment,
    },
    /// It was kept.
    Kept,
    /// It was broken.
    Broken,
    /// It was dropped.
    Dropped,
    /// It was taken up again.
    Reopened,
}

/// The turns of a promise with their moments, oldest first.
pub type Past = Vec<(Moment, Turn)>;

/// The end of the day that was promised first.
pub fn first_due(one: &Commitment, past: &[(Moment, Turn)]) -> Moment {
    due_before(one, past, one.promised_at)
}

/// The end of the day that was promised at this moment.
fn due_before(one: &Commitment, past: &[(Moment, Turn)], at: Moment) -> Moment {
    let moved = past.iter().filter(|(when, _)| *when >= at).find_map(|(_, turn)| match turn {
        Turn::Postponed { from_due } => Some(*from_due),
        _ => None,
    });
    moved.unwrap_or(one.due_at)
}

/// How it had ended before this moment, if it had, and when.
fn ended_before(one: &Commitment, past: &[(Moment, Turn)], at: Moment) -> Option<(Moment, Turn)> {
    let turns = || past.iter().filter(|(_, turn)| !matches!(turn, Turn::Postponed { .. }));
    let told = turns().rfind(|(when, _)| *when < at).copied();
    if turns().next().is_some() {
        return told.filter(|(_, turn)| *turn != Turn::Reopened);
    }
    // Nothing is told of its end: it is what it is.
    let turn = match one.state {
        State::Kept { .. } => Turn::Kept,
        State::Broken { .. } => Turn::Broken,
        State::Dropped { .. } => Turn::Dropped,
        State::Promised | State::UnderWay { .. } => return None,
    };
    one.state.closed_at().filter(|when| *when < at).map(|when| (when, turn))
}

/// How a promise stood when a year ended; `None` for one that was not there in that year.
pub fn fate(one: &Commitment, past: &[(Moment, Turn)], year: Year) -> Option<Fate> {
    let ended = ended_before(one, past, year.ends_at);
    if one.promised_at >= year.ends_at || ended.is_some_and(|(at, _)| at < year.begins_at) {
        return None;
    }
    let was_broken = past.iter().any(|(at, turn)| *turn == Turn::Broken && *at < year.ends_at);
    let first = first_due(one, past);
    Some(match ended {
        Some((at, Turn::Kept)) if was_broken || at > first => Fate::KeptLate,
        Some((_, Turn::Kept)) => Fate::Kept,
        Some((_, Turn::Dropped)) if !was_broken => Fate::Dropped,
        Some(_) => Fate::Broken,
        None if was_broken => Fate::Broken,
        None if due_before(one, past, year.ends_at) < year.ends_at => Fate::Late,
        None if first < year.ends_at => Fate::Moved,
        None => Fate::Open,
    })
}

/// Money of several promises in one currency, in cents.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Sums {
    /// What may be spent.
    pub budgeted_cents: i64,
    /// What was ordered.
    pub contracted_cents: i64,
    /// What was paid.
    pub paid_cents: i64,
}

/// The figures of a year, of all promises or of one district.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Figures {
    /// How many were made in the year.
    pub made: i64,
    /// How many stood how when it ended.
    pub fates: BTreeMap<Fate, i64>,
    /// Their money, by currency, as it stands now.
    pub money: BTreeMap<String, Sums>,
}

impl Figures {
    /// How many stood like this.
    pub fn of(&self, fate: Fate) -> i64 {
        self.fates.get(&fate).copied().unwrap_or(0)
    }

    /// All that were there in the year.
    pub fn all(&self) -> i64 {
        self.fates.values().sum()
    }

    fn add(&mut self, one: &Commitment, fate: Fate, year: Year) {
        self.made += i64::from(year.has(one.promised_at));
        *self.fates.entry(fate).or_default() += 1;
        let sums = self.money.entry(currency(one.spending.currency)).or_default();
        let add = |sum: &mut i64, cents: Option<i64>| *sum = sum.saturating_add(cents.unwrap_or(0));
        add(&mut sums.budgeted_cents, one.spending.budgeted_cents);
        add(&mut sums.contracted_cents, one.spending.contracted_cents);
        add(&mut sums.paid_cents, one.spending.paid_cents);
    }
}

fn currency(currency: Currency) -> String {
    currency.to_string()
}

/// The report of a year.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Report {
    /// The whole town.
    pub all: Figures,
    /// By the code of a district; empty for what is in none.
    pub districts: BTreeMap<String, Figures>,
    /// The promises that were there in the year, by how they stood, then by day.
    pub lines: Vec<Told>,
}

/// A promise as a report tells of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Told {
    /// How it stood when the year ended.
    pub fate: Fate,
    /// It, as it stands now.
    pub commitment: Commitment,
    /// The end of the day that was promised first.
    pub first_due_at: Moment,
}

/// Works it out, with what was said of each promise, by its code.
pub fn report(commitments: Vec<Commitment>, pasts: &BTreeMap<String, Past>, year: Year) -> Report {
    let mut report = Report::default();
    for one in commitments {
        let past = pasts.get(one.code.as_str()).map_or(&[][..], Vec::as_slice);
        let Some(fate) = fate(&one, past, year) else { continue };
        report.all.add(&one, fate, year);
        report.districts.entry(one.district.clone().unwrap_or_default()).or_default().add(&one, fate, year);
        report.lines.push(Told { fate, first_due_at: first_due(&one, past), commitment: one });
    }
    let place = |fate: Fate| Fate::ALL.iter().position(|one| *one == fate);
    report
        .lines
        .sort_by_key(|told| (place(told.fate), told.commitment.due_at, told.commitment.code.as_str().to_owned()));
    report
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::{Fate, Turn, Year, fate, report};
    use crate::model::{Commitment, Spending, State};
    use civic::{LocalText, Moment, OrganisationId};

    const YEAR: Year = Year { begins_at: Moment(1_000), ends_at: Moment(2_000) };

    fn promise(promised_at: i64, due_at: i64, state: State) -> Commitment {
        Commitment {
            code: "K-2222".parse().unwrap(),
            organisation: "01890000-0000-7000-8000-000000000001".parse::<OrganisationId>().unwrap(),
            title: LocalText::plain("x"),
            summary: None,
            district: (due_at % 2 == 0).then(|| "mill".to_owned()),
            place: None,
            spending: Spending {
                currency: "EUR".parse().unwrap(),
                budgeted_cents: Some(100),
                contracted_cents: None,
                paid_cents: Some(i64::MAX),
            },
            state,
            promised_at: Moment(promised_at),
            due_at: Moment(due_at),
            updated_at: Moment(promised_at),
            version: 1,
        }
    }

    #[test]
    fn a_promise_is_told_as_it_stood_when_the_year_ended() {
        let kept = |at| State::Kept { at: Moment(at) };
        for (made, due, state, expected) in [
            (1_100, 1_500, State::Promised, Some(Fate::Late)),
            (1_100, 2_000, State::Promised, Some(Fate::Open)),
            (500, 1_500, kept(1_500), Some(Fate::Kept)),
            (500, 1_500, kept(1_501), Some(Fate::KeptLate)),
            (500, 1_500, kept(2_000), Some(Fate::Late)),
            (500, 2_500, kept(2_000), Some(Fate::Open)),
            (500, 900, kept(999), None),
            (500, 900, kept(1_000), Some(Fate::KeptLate)),
            (2_000, 2_500, State::Promised, None),
            (500, 1_500, State::Broken { at: Moment(1_200) }, Some(Fate::Broken)),
            (500, 1_500, State::Dropped { at: Moment(1_999) }, Some(Fate::Dropped)),
        ] {
            assert_eq!(fate(&promise(made, due, state), &[], YEAR), expected, "{made} {due} {state:?}");
        }
    }

    /// Moving the day, giving up and taking up again make nothing better that was late or broken, and change no year that is
    /// over.
    #[test]
    fn a_promise_is_counted_by_the_day_that_was_promised_first() {
        let kept = |at| State::Kept { at: Moment(at) };
        let moved = |at, from| (Moment(at), Turn::Postponed { from_due: Moment(from) });
        let turn = |at, turn| (Moment(at), turn);
        for (due, state, past, expected) in [
            // Late, moved by a day, kept on that day.
            (1_600, kept(1_550), vec![moved(1_510, 1_500), turn(1_550, Turn::Kept)], Fate::KeptLate),
            // Moved before its day came, twice, and still open.
            (2_500, State::Promised, vec![moved(1_400, 1_500), moved(1_700, 1_800)], Fate::Moved),
            // Moved, kept by the first day all the same.
            (1_600, kept(1_450), vec![moved(1_400, 1_500), turn(1_450, Turn::Kept)], Fate::Kept),
            // Broken and taken up again: it stays broken until it is kept, and then it is late.
            (
                1_500,
                State::UnderWay { since: Moment(1_300) },
                vec![turn(1_200, Turn::Broken), turn(1_300, Turn::Reopened)],
                Fate::Broken,
            ),
            (
                1_500,
                kept(1_400),
                vec![turn(1_200, Turn::Broken), turn(1_300, Turn::Reopened), turn(1_400, Turn::Kept)],
                Fate::KeptLate,
            ),
            (
                1_500,
                State::Dropped { at: Moment(1_400) },
                vec![turn(1_200, Turn::Broken), turn(1_300, Turn::Reopened), turn(1_400, Turn::Dropped)],
                Fate::Broken,
            ),
            // What happened after the year: it was late, and nobody had moved it.
            (2_500, kept(2_400), vec![moved(2_100, 1_500), turn(2_400, Turn::Kept)], Fate::Late),
            (
                1_500,
                State::UnderWay { since: Moment(2_300) },
                vec![turn(1_400, Turn::Kept), turn(2_300, Turn::Reopened)],
                Fate::Kept,
            ),
        ] {
            assert_eq!(fate(&promise(500, due, state), &past, YEAR), Some(expected), "{due} {state:?} {past:?}");
        }
        let before = [turn(900, Turn::Kept), turn(2_300, Turn::Reopened)];
        assert_eq!(fate(&promise(500, 1_500, State::UnderWay { since: Moment(2_300) }), &before, YEAR), None);
    }

    #[test]
    fn figures_add_up_and_never_overflow() {
        let state = State::Broken { at: Moment(1_200) };
        let all =
            vec![promise(500, 1_500, state), promise(1_200, 1_501, State::Promised), promise(9_000, 9_001, state)];
        let report = report(all, &std::collections::BTreeMap::new(), YEAR);
        assert_eq!((report.all.made, report.all.all(), report.lines.len()), (1, 2, 2));
        assert_eq!(report.districts.keys().collect::<Vec<_>>(), ["", "mill"]);
        let sums = report.all.money["EUR"];
        assert_eq!((sums.budgeted_cents, sums.contracted_cents, sums.paid_cents), (200, 0, i64::MAX));
        let parts: i64 = report.districts.values().map(super::Figures::all).sum();
        assert_eq!(parts, report.all.all());
    }
}
