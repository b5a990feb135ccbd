use super::paths::{ENDS, End, Paths};
use crate::arithmetic::Arithmetic;
use crate::ballots::RankedBallots;
use crate::rounds::{Inactive, Target, Transfer};
use std::collections::BTreeMap;

/// Ballots of one value: which, and how many votes they were cast for.
#[derive(Default)]
struct Parcel {
    ballots: Vec<u32>,
    weight: u64,
}

/// Where every ballot lies: on the pile of a candidate, in parcels of equal value, or with those that count for nobody.
pub(super) struct Piles<'b, A: Arithmetic> {
    pub arithmetic: A,
    ballots: &'b RankedBallots,
    paths: Paths,
    piles: Vec<BTreeMap<A::Number, Parcel>>,
    pub tally: Vec<A::Number>,
    inactive: [A::Number; ENDS],
}

/// Where the votes of one pile went.
pub(super) struct Moved<N> {
    to: BTreeMap<Target, N>,
}

impl<N> Moved<N> {
    fn new() -> Self {
        Self { to: BTreeMap::new() }
    }
}

impl<'b, A: Arithmetic> Piles<'b, A> {
    /// All ballots, each for its first candidate in the count.
    pub(super) fn lay(arithmetic: A, ballots: &'b RankedBallots, paths: Paths, continuing: &[bool]) -> Self {
        let zero = arithmetic.whole(0);
        let mut piles = Self {
            piles: continuing.iter().map(|_| BTreeMap::new()).collect(),
            tally: vec![zero.clone(); continuing.len()],
            inactive: std::array::from_fn(|_| zero.clone()),
            arithmetic,
            ballots,
            paths,
        };
        let one = piles.arithmetic.whole(1);
        let all: Vec<u32> = (0..ballots.len() as u32).collect();
        piles.distribute(&all, &one, continuing, false, &mut Moved::new());
        piles
    }

    /// Moves ballots of one value to the next candidate of each.
    fn distribute(
        &mut self,
        ballots: &[u32],
        value: &A::Number,
        continuing: &[bool],
        all_filled: bool,
        moved: &mut Moved<A::Number>,
    ) {
        let mut to: Vec<Parcel> = continuing.iter().map(|_| Parcel::default()).collect();
        let mut ended = [0u64; ENDS];
        for &ballot in ballots {
            let weight = self.ballots.weight_at(ballot);
            let next = if all_filled && !self.paths.is_blank(ballot) {
                Err(End::FinalSurplus)
            } else {
                self.paths.next(ballot, continuing)
            };
            match next {
                Ok(candidate) => {
                    let parcel = &mut to[candidate as usize];
                    parcel.ballots.push(ballot);
                    parcel.weight += weight;
                }
                Err(end) => ended[end as usize] += weight,
            }
        }
        for (candidate, parcel) in to.into_iter().enumerate().filter(|(_, parcel)| !parcel.ballots.is_empty()) {
            let votes = self.arithmetic.times_whole(value, parcel.weight);
            self.arithmetic.add(&mut self.tally[candidate], &votes);
            self.note(moved, Target::Candidate(candidate as u16), &votes);
            let pile = self.piles[candidate].entry(value.clone()).or_default();
            pile.weight += parcel.weight;
            if pile.ballots.is_empty() { pile.ballots = parcel.ballots } else { pile.ballots.extend(parcel.ballots) }
        }
        for (end, weight) in ended.into_iter().enumerate().filter(|(_, weight)| *weight > 0) {
            let votes = self.arithmetic.times_whole(value, weight);
            self.arithmetic.add(&mut self.inactive[end], &votes);
            self.note(moved, Target::Exhausted, &votes);
        }
    }

    fn note(&self, moved: &mut Moved<A::Number>, to: Target, votes: &A::Number) {
        let sum = moved.to.entry(to).or_insert_with(|| self.arithmetic.whole(0));
        self.arithmetic.add(sum, votes);
    }

    /// Takes a pile away from a candidate and passes each ballot on with its new value, if it has any. Returns where the votes
    /// went, and how many the candidate keeps.
    pub(super) fn pass_on(
        &mut self,
        from: u16,
        new_value: impl Fn(&A, &A::Number) -> A::Number,
        continuing: &[bool],
        all_filled: bool,
    ) -> (Moved<A::Number>, A::Number) {
        let mut moved = Moved::new();
        let mut kept = self.arithmetic.whole(0);
        self.tally[from as usize] = self.arithmetic.whole(0);
        for (value, parcel) in std::mem::take(&mut self.piles[from as usize]) {
            let passed = new_value(&self.arithmetic, &value);
            let stays = self.arithmetic.times_whole(&self.arithmetic.minus(&value, &passed), parcel.weight);
            self.arithmetic.add(&mut kept, &stays);
            if !self.arithmetic.is_zero(&passed) {
                self.distribute(&parcel.ballots, &passed, continuing, all_filled, &mut moved);
            }
        }
        (moved, kept)
    }

    pub(super) fn lose(&self, moved: &mut Moved<A::Number>, votes: &A::Number) {
        self.note(moved, Target::Residual, votes);
    }

    pub(super) fn transfers(&self, moved: Moved<A::Number>) -> Vec<Transfer> {
        moved.to.into_iter().map(|(to, votes)| Transfer { to, votes: self.arithmetic.votes(&votes) }).collect()
    }

    pub(super) fn inactive(&self) -> Inactive {
        let of = |end: End| self.arithmetic.votes(&self.inactive[end as usize]);
        Inactive {
            exhausted: of(End::Exhausted),
            overvoted: of(End::Overvoted),
            skipped: of(End::Skipped),
            repeated: of(End::Repeated),
            blank: of(End::Blank),
            final_surplus: of(End::FinalSurplus),
        }
    }
}
