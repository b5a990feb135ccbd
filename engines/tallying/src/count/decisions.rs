use super::elimination::Election;
use crate::arithmetic::Arithmetic;
use crate::rounds::{Decided, WhyElected, WhyEliminated};
use crate::rules::{TallyError, Winners};
use std::collections::BTreeMap;

type Decisions = Vec<(u16, Decided)>;

impl<A: Arithmetic> Election<'_, A> {
    fn votes_of(&self, at: u16) -> &A::Number {
        &self.piles.tally[at as usize]
    }

    /// What this round decides: winners if there are any, else who is eliminated.
    pub(super) fn decide(&mut self) -> Result<Decisions, TallyError> {
        let mut elected = self.elect()?;
        elected.sort_by(|(one, _), (other, _)| self.votes_of(*other).cmp(self.votes_of(*one)).then(one.cmp(other)));
        if !elected.is_empty() {
            return Ok(elected.into_iter().map(|(at, why)| (at, Decided::Elected(why))).collect());
        }
        let two_not_left = self.rules.until_two_remain && self.eliminated() + 2 < self.standing();
        if self.winners_needed() == 0 && !two_not_left && !matches!(self.rules.winners, Winners::AllAboveShare(_)) {
            return Ok(Vec::new());
        }
        let out = self.eliminate()?;
        Ok(out.into_iter().map(|(at, why)| (at, Decided::Eliminated(why))).collect())
    }

    fn undeclared(&self) -> Option<u16> {
        let zero = self.piles.arithmetic.whole(0);
        self.in_count().into_iter().find(|&at| self.candidates[at as usize].undeclared && *self.votes_of(at) > zero)
    }

    fn elect(&mut self) -> Result<Vec<(u16, WhyElected)>, TallyError> {
        let here = self.in_count();
        let needed = self.winners_needed();
        if self.undeclared().is_some() {
            return Ok(Vec::new());
        }
        if matches!(self.rules.winners, Winners::AllAboveShare(_)) {
            let above = |&at: &u16| self.piles.arithmetic.votes(self.votes_of(at)) > self.quota;
            let all = here.iter().all(above);
            return Ok(if all { with(here, WhyElected::AboveShare) } else { Vec::new() });
        }
        if needed == 0 {
            return Ok(Vec::new());
        }
        let declared = here.iter().copied().filter(|&at| !self.candidates[at as usize].undeclared);
        let elected = if here.len() <= needed {
            with(declared.collect(), WhyElected::Remaining)
        } else if self.rules.first_round_sets_quota && here.len() == self.rules.seats as usize + 1 {
            with(self.with_most(&here), WhyElected::MostVotes)
        } else if matches!(self.rules.winners, Winners::LastRemaining) {
            Vec::new()
        } else {
            let quota = self.piles.arithmetic.down(&self.quota);
            with(declared.filter(|&at| *self.votes_of(at) >= quota).collect(), WhyElected::Quota)
        };
        self.only_one_where_asked(elected, &here, needed)
    }

    /// Leaves one winner where the rules allow only one, and breaks the tie of the last two.
    fn only_one_where_asked(
        &mut self,
        elected: Vec<(u16, WhyElected)>,
        here: &[u16],
        needed: usize,
    ) -> Result<Vec<(u16, WhyElected)>, TallyError> {
        let one_only = self.rules.winners == Winners::OnePerRound || self.rules.first_round_sets_quota;
        let last_two = self.rules.seats == 1 && elected.is_empty() && here.len() == 2 && needed == 1;
        if !(elected.len() > 1 && one_only || last_two) {
            return Ok(elected);
        }
        let why = elected.first().map_or(WhyElected::MostVotes, |(_, why)| why.clone());
        let most = self.with_most(here);
        let taken = if let [only] = most[..] { only } else { self.break_tie(&most, true)? };
        Ok(vec![(taken, why)])
    }

    /// Those with the most votes.
    fn with_most(&self, among: &[u16]) -> Vec<u16> {
        let most = among.iter().map(|&at| self.votes_of(at)).max();
        among.iter().copied().filter(|&at| Some(self.votes_of(at)) == most).collect()
    }

    fn break_tie(&mut self, tied: &[u16], to_win: bool) -> Result<u16, TallyError> {
        let round = self.round();
        let history = &self.history;
        let tie = self
            .ties
            .take(tied, to_win, self.candidates, round, |earlier, at| {
                history[earlier as usize - 1][at as usize].clone()
            })
            .map_err(|unbroken| super::tied(unbroken, round, self.candidates))?;
        let taken = tie.taken;
        self.rounds.last_mut().expect("a round is open").ties.push(tie);
        Ok(taken)
    }

    fn eliminate(&mut self) -> Result<Vec<(u16, WhyEliminated)>, TallyError> {
        if let Some(undeclared) = self.undeclared() {
            return Ok(vec![(undeclared, WhyEliminated::Undeclared)]);
        }
        let here = self.in_count();
        let minimum = self.piles.arithmetic.whole(self.rules.minimum_votes);
        let stays = |at: u16| *self.votes_of(at) >= minimum || self.is_elected(at);
        let below: Vec<u16> = here.iter().copied().filter(|&at| !stays(at)).collect();
        if !below.is_empty() {
            return Ok(with(below, WhyEliminated::BelowMinimum));
        }
        if self.rules.batch_elimination {
            let batch = self.batch(&here);
            if batch.len() > 1 {
                return Ok(batch);
            }
        }
        let fewest = here.iter().map(|&at| self.votes_of(at)).min();
        let last: Vec<u16> = here.iter().copied().filter(|&at| Some(self.votes_of(at)) == fewest).collect();
        let out = if let [only] = last[..] { only } else { self.break_tie(&last, false)? };
        Ok(vec![(out, WhyEliminated::Fewest)])
    }

    /// All who cannot catch up: together they have fewer votes than the next candidate.
    fn batch(&self, here: &[u16]) -> Vec<(u16, WhyEliminated)> {
        let arithmetic = &self.piles.arithmetic;
        let mut levels: BTreeMap<A::Number, Vec<u16>> = BTreeMap::new();
        for &at in here {
            levels.entry(self.votes_of(at).clone()).or_default().push(at);
        }
        let mut together = arithmetic.whole(0);
        // How many of the batch could go, smallest number first.
        let (mut seen, mut batch, mut sizes) = (Vec::new(), Vec::new(), vec![0]);
        for (votes, level) in levels {
            if together < votes && seen.len() > batch.len() {
                let why =
                    WhyEliminated::Batch { together: arithmetic.votes(&together), next: arithmetic.votes(&votes) };
                let new: Vec<u16> = seen[batch.len()..].to_vec();
                batch.extend(with(new, why));
                sizes.push(batch.len());
            }
            arithmetic.add(&mut together, &arithmetic.times_whole(&votes, level.len() as u64));
            seen.extend(level);
        }
        if self.rules.until_two_remain && batch.len() + self.eliminated() + 1 == self.standing() {
            sizes.pop();
        }
        let can_go = here.len().saturating_sub(self.winners_needed());
        batch.truncate(sizes.into_iter().rfind(|size| *size <= can_go).unwrap_or(0));
        batch
    }
}

fn with<W: Clone>(candidates: Vec<u16>, why: W) -> Vec<(u16, W)> {
    candidates.into_iter().map(|at| (at, why.clone())).collect()
}
