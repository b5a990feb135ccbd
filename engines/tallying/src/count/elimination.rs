use super::paths::Paths;
use super::piles::Piles;
use crate::arithmetic::{Arithmetic, Decimals, Fractions, Precision, step};
use crate::ballots::{Candidate, RankedBallots};
use crate::rounds::{Action, Counted, Decided, Round};
use crate::rules::{EliminationRules, Quota, TallyError, Winners};
use crate::tie::TieBreaker;
use crate::votes::Votes;
use std::collections::BTreeMap;

/// Counts ranked ballots by elimination: instant-runoff voting for one seat, the single transferable vote for several, with
/// the surplus of a winner passed on by all of its ballots at a reduced value (weighted inclusive Gregory method).
///
/// # Errors
/// When the ballots or rules are at fault, or a tie is left to people.
pub fn count_by_elimination(
    candidates: &[Candidate],
    ballots: &RankedBallots,
    rules: &EliminationRules,
) -> Result<Counted, TallyError> {
    rules.check()?;
    let continuing = super::continuing_at_start(candidates, ballots)?;
    let paths = Paths::read(ballots, &rules.reading);
    match rules.precision {
        Precision::Decimals(places) => {
            Election::new(candidates, rules, Piles::lay(Decimals::new(places), ballots, paths, &continuing), continuing)
                .run()
        }
        Precision::Exact => {
            Election::new(candidates, rules, Piles::lay(Fractions, ballots, paths, &continuing), continuing).run()
        }
    }
}

/// Where a candidate stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Status {
    Continuing,
    Elected(u32),
    Eliminated(u32),
    Excluded,
}

/// A count under way.
pub(super) struct Election<'e, A: Arithmetic> {
    pub candidates: &'e [Candidate],
    pub rules: &'e EliminationRules,
    pub piles: Piles<'e, A>,
    pub status: Vec<Status>,
    /// Whether a ballot can count for a candidate.
    pub continuing: Vec<bool>,
    pub rounds: Vec<Round>,
    /// The tallies of each round, for ties.
    pub history: Vec<Vec<A::Number>>,
    pub ties: TieBreaker<'e>,
    pub quota: Votes,
    winners: Vec<u16>,
    /// What an elected candidate keeps once the surplus is passed on.
    kept: BTreeMap<u16, A::Number>,
    residual: A::Number,
}

/// Rounds a count may take beyond one to elect and one to eliminate each candidate.
const ROUNDS_BEYOND: usize = 10;

impl<'e, A: Arithmetic> Election<'e, A> {
    fn new(
        candidates: &'e [Candidate],
        rules: &'e EliminationRules,
        piles: Piles<'e, A>,
        continuing: Vec<bool>,
    ) -> Self {
        let status = continuing.iter().map(|&can| if can { Status::Continuing } else { Status::Excluded }).collect();
        Self {
            residual: piles.arithmetic.whole(0),
            candidates,
            rules,
            piles,
            status,
            continuing,
            rounds: Vec::new(),
            history: Vec::new(),
            ties: TieBreaker::new(&rules.ties),
            quota: Votes::default(),
            winners: Vec::new(),
            kept: BTreeMap::new(),
        }
    }

    /// The round under way, from 1.
    pub(super) fn round(&self) -> u32 {
        self.rounds.len() as u32
    }

    fn run(mut self) -> Result<Counted, TallyError> {
        let limit = self.candidates.len() * 2 + ROUNDS_BEYOND;
        while self.goes_on() {
            if self.rounds.len() > limit {
                return Err(TallyError::Rounds(limit as u32));
            }
            self.pass_votes_on();
            if !self.continuing.contains(&true) && !self.rounds.is_empty() && self.winners_needed() > 0 {
                break;
            }
            self.open_round();
            let decided = self.decide()?;
            self.close_round(decided);
        }
        let cast = self.rounds.first().map_or_else(Votes::default, |first| {
            first.tally.values().fold(first.inactive.total(), |sum, votes| sum + votes)
        });
        Ok(Counted { winners: self.winners, rounds: self.rounds, cast })
    }

    /// Seats nobody has yet.
    pub(super) fn winners_needed(&self) -> usize {
        (self.rules.seats as usize).saturating_sub(self.winners.len())
    }

    pub(super) fn eliminated(&self) -> usize {
        self.status.iter().filter(|status| matches!(status, Status::Eliminated(_))).count()
    }

    pub(super) fn is_elected(&self, at: u16) -> bool {
        matches!(self.status[at as usize], Status::Elected(_))
    }

    /// Candidates that are not excluded.
    pub(super) fn standing(&self) -> usize {
        self.status.iter().filter(|status| **status != Status::Excluded).count()
    }

    /// Whether there is another round.
    fn goes_on(&self) -> bool {
        let round = self.round();
        let elected = self.winners.len();
        let declared = self.candidates.iter().filter(|candidate| !candidate.undeclared).count();
        if self.rules.last_round.is_some_and(|last| round >= last) {
            return false;
        }
        if elected == declared && self.rules.seats as usize > self.standing() {
            return false;
        }
        if self.rules.until_two_remain {
            let just_eliminated = self.status.contains(&Status::Eliminated(round)) && round > 0;
            return self.eliminated() + elected + 1 < self.standing() || just_eliminated;
        }
        if matches!(self.rules.winners, Winners::AllAboveShare(_)) {
            return elected == 0;
        }
        // One more round shows where the last surpluses went.
        let just_elected = round > 0 && self.status.contains(&Status::Elected(round));
        self.winners_needed() > 0 || (self.rules.passes_surpluses() && just_elected)
    }

    /// Passes on the votes of those decided about in the last round.
    fn pass_votes_on(&mut self) {
        let Some(mut last) = self.rounds.pop() else { return };
        let all_filled = self.rules.passes_surpluses() && self.winners_needed() == 0;
        for action in &mut last.actions {
            if self.continuing[action.candidate as usize] {
                continue;
            }
            match action.decided {
                Decided::Eliminated(_) => self.pass_all_on(action, all_filled),
                _ if self.rules.passes_surpluses() => self.pass_surplus_on(action, all_filled),
                _ => {}
            }
        }
        self.rounds.push(last);
    }

    fn pass_all_on(&mut self, action: &mut Action, all_filled: bool) {
        let (moved, _) = self.piles.pass_on(action.candidate, |_, value| value.clone(), &self.continuing, all_filled);
        action.transfers = self.piles.transfers(moved);
    }

    fn pass_surplus_on(&mut self, action: &mut Action, all_filled: bool) {
        let arithmetic = &self.piles.arithmetic;
        let quota = arithmetic.down(&self.quota);
        let votes = self.piles.tally[action.candidate as usize].clone();
        let surplus = if votes > quota { arithmetic.minus(&votes, &quota) } else { arithmetic.whole(0) };
        let fraction = arithmetic.over(&surplus, &votes);
        let (mut moved, mut kept) = self.piles.pass_on(
            action.candidate,
            |arithmetic, value| arithmetic.times(value, &fraction),
            &self.continuing,
            all_filled,
        );
        if kept > quota {
            let lost = self.piles.arithmetic.minus(&kept, &quota);
            self.piles.lose(&mut moved, &lost);
            self.piles.arithmetic.add(&mut self.residual, &lost);
            kept = quota;
        }
        self.kept.insert(action.candidate, kept);
        action.transfers = self.piles.transfers(moved);
    }

    /// Those in the count, in order of the contest.
    pub(super) fn in_count(&self) -> Vec<u16> {
        (0..self.candidates.len() as u16).filter(|&at| self.continuing[at as usize]).collect()
    }

    fn open_round(&mut self) {
        let arithmetic = &self.piles.arithmetic;
        let of = |at: u16| (at, arithmetic.votes(&self.piles.tally[at as usize]));
        let mut tally: BTreeMap<u16, Votes> = self.in_count().into_iter().map(of).collect();
        let inactive = self.piles.inactive();
        let active = tally.values().fold(inactive.final_surplus.clone(), |sum, votes| sum + votes);
        let anew = self.rules.seats <= 1
            && !self.rules.first_round_sets_quota
            && (!self.rules.until_two_remain || self.winners.is_empty());
        if self.rounds.is_empty() || anew {
            self.quota = self.quota_of(&active);
        }
        tally.extend(self.kept.iter().map(|(&at, kept)| (at, arithmetic.votes(kept))));
        let mut history = self.piles.tally.clone();
        for (&at, kept) in &self.kept {
            history[at as usize] = kept.clone();
        }
        self.history.push(history);
        self.rounds.push(Round {
            number: self.rounds.len() as u32 + 1,
            tally,
            quota: self.quota.clone(),
            inactive,
            residual: arithmetic.votes(&self.residual),
            kept: BTreeMap::new(),
            actions: Vec::new(),
            ties: Vec::new(),
        });
    }

    fn quota_of(&self, active: &Votes) -> Votes {
        if let Winners::AllAboveShare(share) = &self.rules.winners {
            return active.times(share);
        }
        let places = match (&self.rules.quota, self.rules.precision) {
            (Quota::Droop | Quota::Hare, _) => 0,
            (_, Precision::Decimals(places)) => places,
            (_, Precision::Exact) => 6,
        };
        let hare = matches!(self.rules.quota, Quota::Hare | Quota::HareInDecimals);
        let divisor = u64::from(self.rules.seats) + u64::from(!hare);
        let step = step(places);
        let steps = active.divided_by(&Votes::from(divisor)).divided_by(&step);
        if hare {
            // Without any votes nobody has the quota.
            return Votes::from(steps.ratio().ceil()).times(&step).max(step);
        }
        Votes::from(steps.ratio().floor()).times(&step) + &step
    }

    fn close_round(&mut self, decided: Vec<(u16, Decided)>) {
        let round = self.round();
        for (at, what) in &decided {
            let elected = matches!(what, Decided::Elected(_));
            self.status[*at as usize] = if elected { Status::Elected(round) } else { Status::Eliminated(round) };
            self.continuing[*at as usize] = elected && self.rules.until_two_remain;
            if elected {
                self.winners.push(*at);
            }
        }
        let actions =
            decided.into_iter().map(|(candidate, decided)| Action { candidate, decided, transfers: Vec::new() });
        self.rounds.last_mut().expect("a round is open").actions = actions.collect();
    }
}
