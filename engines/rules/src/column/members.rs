//! Sums, counts and the like over the members of each group of a block.

use super::{
    Block, Seat,
    vector::{Data, GOOD, NOTHING, REDO, Units, Vector},
};
use crate::{model::Members, syntax::Over};

impl<'a> Block<'a> {
    pub(super) fn members(&mut self, members: &'a Members, seat: Seat) -> Vector {
        let groups = self.stretch.groups.clone();
        let within = Seat { entity: self.population.single, ..seat };
        let filter = members.filter.as_ref().map(|filter| self.node(filter, within));
        let value = members.value.as_ref().map(|value| self.node(value, within));
        let group = Group {
            filter: filter.as_deref(),
            value: value.as_deref(),
            role: members.role,
            roles: &self.population.roles,
        };
        let begin = self.stretch.persons.start;
        let ranges =
            groups.clone().map(|at| (self.population.first[at] as usize, self.population.first[at + 1] as usize));
        let mut state = None;
        let mut mark = |at: usize, with: u8| state.get_or_insert_with(|| vec![GOOD; groups.len()])[at] = with;
        if let Some(found) = group.plain_sum(members.over, &self.population.first[groups.start..=groups.end], begin) {
            return found;
        }
        let data = match members.over {
            Over::Any | Over::All => {
                let decides = members.over == Over::Any;
                let each = |(at, (from, to))| {
                    group.decided(from, to, begin, decides).unwrap_or_else(|| {
                        mark(at, REDO);
                        false
                    })
                };
                Data::Yesno(ranges.enumerate().map(each).collect())
            }
            Over::Number => {
                let each = |(at, (from, to))| {
                    group.counted(from, to, begin).unwrap_or_else(|| {
                        mark(at, REDO);
                        0
                    })
                };
                Data::Number(ranges.enumerate().map(each).collect(), 0)
            }
            Over::Sum | Over::Least | Over::Greatest => {
                let numbers = value.as_deref().and_then(Vector::numbers);
                let Some(numbers) = numbers else { return Vector::redo(groups.len()) };
                let over = members.over;
                let each =
                    |(at, (from, to))| match group.gathered(from, to, begin, over, |person| numbers.units.at(person)) {
                        Some(Some(units)) => units,
                        Some(None) if over == Over::Sum => 0,
                        found => {
                            mark(at, if found.is_some() { NOTHING } else { REDO });
                            0
                        }
                    };
                Data::Number(ranges.enumerate().map(each).collect(), numbers.decimals)
            }
        };
        Vector::new(data, state)
    }
}

struct Group<'v> {
    filter: Option<&'v Vector>,
    value: Option<&'v Vector>,
    role: Option<u8>,
    roles: &'v [u8],
}

impl Group<'_> {
    /// Whether a member counts; `None` when the group is to be redone.
    #[inline]
    fn counts(&self, person: usize, begin: usize) -> Option<bool> {
        if self.role.is_some_and(|role| role != self.roles[person]) {
            return Some(false);
        }
        self.filter.map_or(Some(true), |filter| filter.yes(person - begin))
    }

    /// The sum over all members of groups where all values are good, and none can be too large.
    fn plain_sum(&self, over: Over, first: &[u32], begin: usize) -> Option<Vector> {
        let value = self.value.filter(|value| value.state.is_none())?;
        if over != Over::Sum || self.filter.is_some() {
            return None;
        }
        let numbers = value.numbers()?;
        let Units::Each(units) = numbers.units else { return None };
        let largest = first.windows(2).map(|ends| u64::from(ends[1] - ends[0])).max().unwrap_or(0);
        let most = numbers.most.checked_mul(largest).filter(|most| *most <= i64::MAX as u64)?;
        let sum = |ends: &[u32]| {
            let (from, to) = (ends[0] as usize, ends[1] as usize);
            let own = units[from - begin..to - begin].iter();
            match self.role {
                None => own.sum::<i64>(),
                Some(wanted) => {
                    own.zip(&self.roles[from..to]).map(|(units, role)| if *role == wanted { *units } else { 0 }).sum()
                }
            }
        };
        let data = Data::Number(first.windows(2).map(sum).collect(), numbers.decimals);
        Some(Vector::bounded(data, None, Some(most)))
    }

    fn decided(&self, from: usize, to: usize, begin: usize, decides: bool) -> Option<bool> {
        if let (Some(all), None) = (self.value?.plain_yesno(), self.filter) {
            let own = all[from - begin..to - begin].iter().zip(&self.roles[from..to]);
            let found = own.fold(false, |found, (yes, role)| {
                found | ((*yes == decides) & self.role.is_none_or(|wanted| wanted == *role))
            });
            return Some(found == decides);
        }
        let mut open = false;
        for person in from..to {
            let counts = self.counts(person, begin);
            if counts == Some(false) {
                continue;
            }
            let yes = self.value?.yes(person - begin);
            if counts.is_some() && yes == Some(decides) {
                return Some(decides);
            }
            open |= counts.is_none() || yes.is_none();
        }
        if open { None } else { Some(!decides) }
    }

    fn counted(&self, from: usize, to: usize, begin: usize) -> Option<i64> {
        let mut count = 0;
        let Some(filter) = self.filter else {
            let roles = self.roles[from..to].iter();
            return Some(roles.map(|role| i64::from(self.role.is_none_or(|wanted| wanted == *role))).sum());
        };
        if let Some(all) = filter.plain_yesno() {
            let own = all[from - begin..to - begin].iter().zip(&self.roles[from..to]);
            return Some(own.map(|(yes, role)| i64::from(*yes & self.role.is_none_or(|wanted| wanted == *role))).sum());
        }
        for person in from..to {
            count += i64::from(self.counts(person, begin)?);
        }
        Some(count)
    }

    /// `None`: to be redone; `Some(None)`: of nobody.
    #[inline]
    fn gathered(
        &self,
        from: usize,
        to: usize,
        begin: usize,
        over: Over,
        units: impl Fn(usize) -> i64,
    ) -> Option<Option<i64>> {
        let mut all: Option<i64> = None;
        for person in from..to {
            if !self.counts(person, begin)? {
                continue;
            }
            if self.value?.state(person - begin) != GOOD {
                return None;
            }
            let own = units(person - begin);
            all = Some(match (all, over) {
                (None, _) => own,
                (Some(before), Over::Sum) => before.checked_add(own)?,
                (Some(before), Over::Least) => before.min(own),
                (Some(before), _) => before.max(own),
            });
        }
        Some(all)
    }
}
