use super::paths::Paths;
use super::piles::Piles;
use crate::arithmetic::{Arithmetic, Decimals};
use crate::ballots::{Candidate, RankedBallots};
use crate::rounds::{Action, Counted, Decided, Round, Transfer, WhyElected, WhyEliminated};
use crate::rules::{Reading, TallyError};
use crate::tie::{Tie, TieBreaker, TieRule};
use std::collections::BTreeMap;

/// The decimal places of a transfer value in Scotland: rule 48 (3).
pub const SCOTTISH_PLACES: u32 = 5;

/// The rules of Scottish local elections (Scottish Local Government Elections Order 2007, SSI 2007/42, schedule 1, rules 46 to 52):
/// one surplus at a time, the largest first; a paper's transfer value is surplus × its value on receipt ÷ votes of the candidate,
/// to five decimal places, the remainder being ignored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScottishRules {
    /// How many are to be elected.
    pub seats: u32,
    /// How marks are read.
    pub reading: Reading,
    /// How ties are broken. The order says: by the most recent earlier stage where they differed, else by lot (rules 49 and 51),
    /// which is [`TieRule::EarlierRounds`].
    pub ties: TieRule,
}

/// Counts by the Scottish rules.
///
/// # Errors
/// When the ballots or rules are at fault, or a tie is left to people.
pub fn count_scottish(
    candidates: &[Candidate],
    ballots: &RankedBallots,
    rules: &ScottishRules,
) -> Result<Counted, TallyError> {
    if rules.seats == 0 {
        return Err(TallyError::NoSeats);
    }
    let continuing = super::continuing_at_start(candidates, ballots)?;
    let paths = Paths::read(ballots, &rules.reading);
    let piles = Piles::lay(Decimals::new(SCOTTISH_PLACES), ballots, paths, &continuing);
    Stages::new(candidates, rules, piles, continuing).run()
}

struct Stages<'e> {
    candidates: &'e [Candidate],
    seats: usize,
    piles: Piles<'e, Decimals>,
    /// Neither elected nor excluded.
    continuing: Vec<bool>,
    /// What a candidate has kept whose surplus was passed on.
    kept: BTreeMap<u16, u128>,
    winners: Vec<u16>,
    /// Elected with a surplus that is yet to be passed on.
    waiting: Vec<u16>,
    quota: u128,
    residual: u128,
    ties: TieBreaker<'e>,
    history: Vec<Vec<u128>>,
    rounds: Vec<Round>,
}

impl<'e> Stages<'e> {
    fn new(
        candidates: &'e [Candidate],
        rules: &'e ScottishRules,
        piles: Piles<'e, Decimals>,
        continuing: Vec<bool>,
    ) -> Self {
        let arithmetic = &piles.arithmetic;
        let one = arithmetic.whole(1);
        let valid: u128 = piles.tally.iter().sum();
        let quota = (valid / one / (u128::from(rules.seats) + 1) + 1) * one;
        Self {
            candidates,
            seats: rules.seats as usize,
            piles,
            continuing,
            kept: BTreeMap::new(),
            winners: Vec::new(),
            waiting: Vec::new(),
            quota,
            residual: 0,
            ties: TieBreaker::new(&rules.ties),
            history: Vec::new(),
            rounds: Vec::new(),
        }
    }

    fn run(mut self) -> Result<Counted, TallyError> {
        loop {
            self.open_stage();
            self.elect_with_quota();
            self.fill_last_vacancies();
            if self.winners.len() >= self.seats || !self.continuing.contains(&true) {
                break;
            }
            if self.waiting.is_empty() { self.exclude()? } else { self.pass_surplus()? }
        }
        let first = &self.rounds[0];
        let cast = first.tally.values().fold(first.inactive.total(), |sum, votes| sum + votes);
        Ok(Counted { winners: self.winners, rounds: self.rounds, cast })
    }

    fn votes_of(&self, at: u16) -> u128 {
        self.kept.get(&at).copied().unwrap_or(self.piles.tally[at as usize])
    }

    fn in_count(&self) -> Vec<u16> {
        (0..self.candidates.len() as u16).filter(|&at| self.continuing[at as usize]).collect()
    }

    fn open_stage(&mut self) {
        let arithmetic = &self.piles.arithmetic;
        let shown = self.in_count().into_iter().chain(self.winners.iter().copied());
        let tally = shown.map(|at| (at, arithmetic.votes(&self.votes_of(at)))).collect();
        self.history.push((0..self.candidates.len() as u16).map(|at| self.votes_of(at)).collect());
        self.rounds.push(Round {
            number: self.rounds.len() as u32 + 1,
            tally,
            quota: arithmetic.votes(&self.quota),
            inactive: self.piles.inactive(),
            residual: arithmetic.votes(&self.residual),
            kept: BTreeMap::new(),
            actions: Vec::new(),
            ties: Vec::new(),
        });
    }

    fn decided(&mut self, candidate: u16, decided: Decided, transfers: Vec<Transfer>) {
        self.rounds.last_mut().expect("a stage is open").actions.push(Action { candidate, decided, transfers });
    }

    fn elect(&mut self, at: u16, why: WhyElected) {
        self.continuing[at as usize] = false;
        self.winners.push(at);
        if self.votes_of(at) > self.quota {
            self.waiting.push(at);
        }
        self.decided(at, Decided::Elected(why), Vec::new());
    }

    /// Rule 47: who has the quota is elected.
    fn elect_with_quota(&mut self) {
        let mut with_quota = self.in_count();
        with_quota.retain(|&at| self.votes_of(at) >= self.quota && !self.candidates[at as usize].undeclared);
        with_quota.sort_by_key(|&at| (std::cmp::Reverse(self.votes_of(at)), at));
        for at in with_quota {
            self.elect(at, WhyElected::Quota);
        }
    }

    /// Rule 52.
    fn fill_last_vacancies(&mut self) {
        let mut left = self.in_count();
        left.retain(|&at| !self.candidates[at as usize].undeclared);
        let vacancies = self.seats.saturating_sub(self.winners.len());
        left.sort_by_key(|&at| (std::cmp::Reverse(self.votes_of(at)), at));
        if left.len() <= vacancies {
            for at in left {
                self.elect(at, WhyElected::Remaining);
            }
        } else if vacancies == 1 {
            let others: u128 = self.in_count().iter().filter(|&&at| at != left[0]).map(|&at| self.votes_of(at)).sum();
            let pending: u128 = self.waiting.iter().map(|&at| self.votes_of(at) - self.quota).sum();
            let clear = self.votes_of(left[0]) > self.votes_of(left[1]);
            if clear && self.votes_of(left[0]) >= others + pending {
                self.elect(left[0], WhyElected::MostVotes);
            }
        }
    }

    /// Rules 48 and 49: the largest surplus is passed on.
    fn pass_surplus(&mut self) -> Result<(), TallyError> {
        let largest = self.waiting.iter().map(|&at| self.votes_of(at)).max();
        let tied: Vec<u16> = self.waiting.iter().copied().filter(|&at| Some(self.votes_of(at)) == largest).collect();
        let from = self.one_of(&tied, true)?;
        self.waiting.retain(|&at| at != from);
        let total = self.votes_of(from);
        let surplus = total - self.quota;
        let share = |arithmetic: &Decimals, value: &u128| arithmetic.share(value, &surplus, &total);
        let (mut moved, kept) = self.piles.pass_on(from, share, &self.continuing, false);
        let lost = kept - self.quota;
        if lost > 0 {
            self.piles.lose(&mut moved, &lost);
        }
        self.residual += lost;
        self.kept.insert(from, self.quota);
        let transfers = self.piles.transfers(moved);
        let surplus = self.piles.arithmetic.votes(&surplus);
        self.decided(from, Decided::SurplusPassed { surplus }, transfers);
        Ok(())
    }

    /// Rules 50 and 51: the candidate with the fewest votes is excluded. Undeclared names go first.
    fn exclude(&mut self) -> Result<(), TallyError> {
        let left = self.in_count();
        let undeclared = left.iter().copied().find(|&at| self.candidates[at as usize].undeclared);
        let (from, why) = if let Some(undeclared) = undeclared {
            (undeclared, WhyEliminated::Undeclared)
        } else {
            let fewest = left.iter().map(|&at| self.votes_of(at)).min();
            let tied: Vec<u16> = left.into_iter().filter(|&at| Some(self.votes_of(at)) == fewest).collect();
            (self.one_of(&tied, false)?, WhyEliminated::Fewest)
        };
        self.continuing[from as usize] = false;
        let (moved, _) = self.piles.pass_on(from, |_, value| *value, &self.continuing, false);
        let transfers = self.piles.transfers(moved);
        self.decided(from, Decided::Eliminated(why), transfers);
        Ok(())
    }

    fn one_of(&mut self, tied: &[u16], to_win: bool) -> Result<u16, TallyError> {
        if let [only] = tied {
            return Ok(*only);
        }
        let round = self.rounds.len() as u32;
        let history = &self.history;
        let tie: Tie = self
            .ties
            .take(tied, to_win, self.candidates, round, |earlier, at| history[earlier as usize - 1][at as usize])
            .map_err(|unbroken| super::tied(unbroken, round, self.candidates))?;
        let taken = tie.taken;
        self.rounds.last_mut().expect("a stage is open").ties.push(tie);
        Ok(taken)
    }
}
