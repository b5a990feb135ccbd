//! What became of the town's promises in one year, from the promises as they stand. Pure.

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
    /// It was kept in the year, by its day.
    Kept,
    /// It was kept in the year, after its day.
    KeptLate,
    /// It was broken in the year.
    Broken,
    /// It was dropped in the year.
    Dropped,
    /// It was open, and its day had passed.
    Late,
    /// It was open, and its day had not come.
    Open,
}

impl Fate {
    /// All of them, in the order in which they are told.
    pub const ALL: [Self; 6] = [Self::Kept, Self::KeptLate, Self::Late, Self::Broken, Self::Dropped, Self::Open];

    /// As in columns.
    pub fn word(self) -> &'static str {
        match self {
            Self::Kept => "kept",
            Self::KeptLate => "kept-late",
            Self::Broken => "broken",
            Self::Dropped => "dropped",
            Self::Late => "late",
            Self::Open => "open",
        }
    }
}

/// How a promise stood when a year ended; `None` for one that was not there in that year.
pub fn fate(one: &Commitment, year: Year) -> Option<Fate> {
    let was_open = one.state.closed_at().is_none_or(|at| at >= year.ends_at);
    if one.promised_at >= year.ends_at || one.state.closed_at().is_some_and(|at| at < year.begins_at) {
        return None;
    }
    Some(match one.state {
        _ if was_open && one.due_at < year.ends_at => Fate::Late,
        _ if was_open => Fate::Open,
        State::Kept { at } if at > one.due_at => Fate::KeptLate,
        State::Kept { .. } => Fate::Kept,
        State::Broken { .. } => Fate::Broken,
        State::Dropped { .. } => Fate::Dropped,
        State::Promised | State::UnderWay { .. } => Fate::Open,
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
    pub lines: Vec<(Fate, Commitment)>,
}

/// Works it out.
pub fn report(commitments: Vec<Commitment>, year: Year) -> Report {
    let mut report = Report::default();
    for one in commitments {
        let Some(fate) = fate(&one, year) else { continue };
        report.all.add(&one, fate, year);
        report.districts.entry(one.district.clone().unwrap_or_default()).or_default().add(&one, fate, year);
        report.lines.push((fate, one));
    }
    let place = |fate: Fate| Fate::ALL.iter().position(|one| *one == fate);
    report.lines.sort_by_key(|(fate, one)| (place(*fate), one.due_at, one.code.as_str().to_owned()));
    report
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::{Fate, Year, fate, report};
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
            assert_eq!(fate(&promise(made, due, state), YEAR), expected, "{made} {due} {state:?}");
        }
    }

    #[test]
    fn figures_add_up_and_never_overflow() {
        let state = State::Broken { at: Moment(1_200) };
        let all =
            vec![promise(500, 1_500, state), promise(1_200, 1_501, State::Promised), promise(9_000, 9_001, state)];
        let report = report(all, YEAR);
        assert_eq!((report.all.made, report.all.all(), report.lines.len()), (1, 2, 2));
        assert_eq!(report.districts.keys().collect::<Vec<_>>(), ["", "mill"]);
        let sums = report.all.money["EUR"];
        assert_eq!((sums.budgeted_cents, sums.contracted_cents, sums.paid_cents), (200, 0, i64::MAX));
        let parts: i64 = report.districts.values().map(super::Figures::all).sum();
        assert_eq!(parts, report.all.all());
    }
}
