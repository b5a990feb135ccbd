use super::paths::{ENDS, Paths};
use crate::arithmetic::Precision;
use crate::ballots::{Candidate, RankedBallots};
use crate::rounds::{Action, Counted, Decided, Inactive, Round, WhyElected, WhyEliminated};
use crate::rules::{Reading, TallyError, check_precision};
use crate::tie::{TieBreaker, TieRule};
use crate::votes::Votes;

/// The most times the shares are worked out anew within one round.
pub const MEEK_ITERATIONS_LIMIT: u32 = 10_000;

/// Meek's method: an elected candidate keeps just the share of every vote that is needed for the quota, however late the vote
/// arrives (Hill, Wichmann, Woodall, *Algorithm 123: Single transferable vote by Meek's method*, The Computer Journal 30, 1987),
/// in the fixed decimals and with the stopping rule of the *Meek reference rule* of the Proportional Representation Foundation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MeekRules {
    /// How many are to be elected.
    pub seats: u32,
    /// How marks are read. Whether several candidates of an overvote are in the count is asked once, at the start: otherwise votes that
    /// count for nobody would come back.
    pub reading: Reading,
    /// Decimal places of all numbers; the reference rule has 9. At most 9.
    pub places: u32,
    /// The shares of a round are settled when the surpluses together are below 10 to the power of minus this; the reference rule has 6.
    pub settled_places: u32,
    /// How ties are broken.
    pub ties: TieRule,
}

impl MeekRules {
    /// The reference rule.
    pub fn reference(seats: u32, ties: TieRule) -> Self {
        Self { seats, reading: Reading::default(), places: 9, settled_places: 6, ties }
    }
}

/// Counts by Meek's method.
///
/// # Errors
/// When the ballots or rules are at fault, or a tie is left to people.
pub fn count_meek(candidates: &[Candidate], ballots: &RankedBallots, rules: &MeekRules) -> Result<Counted, TallyError> {
    if rules.seats == 0 {
        return Err(TallyError::NoSeats);
    }
    check_precision(Precision::Decimals(rules.places.saturating_mul(2)))?;
    let hopeful = super::continuing_at_start(candidates, ballots)?;
    let one = 10u128.pow(rules.places);
    Meek {
        candidates,
        ballots,
        rules,
        paths: Paths::read(ballots, &rules.reading),
        one,
        settled: one / 10u128.pow(rules.settled_places.min(rules.places)),
        standing: hopeful.clone(),
        keep: hopeful.iter().map(|&can| if can { one } else { 0 }).collect(),
        votes: vec![0; candidates.len()],
        inactive: [0; ENDS],
        quota: 0,
        hopeful,
        winners: Vec::new(),
        history: Vec::new(),
        rounds: Vec::new(),
        ties: TieBreaker::new(&rules.ties),
    }
    .run()
}

struct Meek<'e> {
    candidates: &'e [Candidate],
    ballots: &'e RankedBallots,
    rules: &'e MeekRules,
    paths: Paths,
    one: u128,
    settled: u128,
    /// Who stood at the start.
    standing: Vec<bool>,
    /// The share of each vote a candidate keeps, in parts of `one`.
    keep: Vec<u128>,
    votes: Vec<u128>,
    inactive: [u128; ENDS],
    quota: u128,
    hopeful: Vec<bool>,
    winners: Vec<u16>,
    history: Vec<Vec<u128>>,
    rounds: Vec<Round>,
    ties: TieBreaker<'e>,
}

impl Meek<'_> {
    fn run(mut self) -> Result<Counted, TallyError> {
        let seats = self.rules.seats as usize;
        while self.hopefuls().len() > seats.saturating_sub(self.winners.len()) && self.winners.len() < seats {
            let (elected, surplus) = self.settle()?;
            self.open_round();
            if elected.is_empty() {
                self.defeat_lowest(surplus)?;
            }
            for at in elected {
                self.elect(at, WhyElected::Quota);
            }
        }
        self.finish(seats);
        let cast = Votes::from(self.ballots.weight());
        Ok(Counted { winners: self.winners, rounds: self.rounds, cast })
    }

    fn hopefuls(&self) -> Vec<u16> {
        (0..self.candidates.len() as u16).filter(|&at| self.hopeful[at as usize]).collect()
    }

    /// Works out the shares until somebody has the quota or the surpluses are gone. Returns who has it, and the surplus left.
    fn settle(&mut self) -> Result<(Vec<u16>, u128), TallyError> {
        let mut before = u128::MAX;
        for _ in 0..MEEK_ITERATIONS_LIMIT {
            self.distribute();
            let total: u128 = self.votes.iter().sum();
            self.quota = total / (u128::from(self.rules.seats) + 1) + 1;
            let mut elected = self.hopefuls();
            elected.retain(|&at| self.votes[at as usize] >= self.quota && !self.candidates[at as usize].undeclared);
            elected.sort_by_key(|&at| (std::cmp::Reverse(self.votes[at as usize]), at));
            let had: u128 = self.winners.iter().map(|&at| self.votes[at as usize]).sum();
            let surplus = had.saturating_sub(self.quota * self.winners.len() as u128);
            if !elected.is_empty() || surplus < self.settled || surplus >= before {
                return Ok((elected, surplus));
            }
            before = surplus;
            for &at in &self.winners {
                let (keep, votes) = (&mut self.keep[at as usize], self.votes[at as usize]);
                let kept = up(*keep, self.quota, self.one);
                *keep = up(kept, self.one, votes).min(self.one);
            }
        }
        Err(TallyError::Rounds(MEEK_ITERATIONS_LIMIT))
    }

    /// Every ballot gives each candidate in turn that candidate's share of what is left of it.
    fn distribute(&mut self) {
        self.votes.fill(0);
        self.inactive = [0; ENDS];
        for ballot in 0..self.ballots.len() as u32 {
            let weight = u128::from(self.ballots.weight_at(ballot));
            let (mut left, one) = (self.one, self.one);
            let (standing, keep, votes) = (&self.standing, &self.keep, &mut self.votes);
            let end = self.paths.each_rank(
                ballot,
                |at| standing[at as usize],
                |at| {
                    let part = up(left, keep[at as usize], one); // 0 for who is out
                    votes[at as usize] += part * weight;
                    left -= part;
                    left > 0
                },
            );
            self.inactive[end as usize] += left * weight;
        }
    }

    fn open_round(&mut self) {
        let of = |units: u128| Votes::decimal(units, self.rules.places);
        let shown = self.hopefuls().into_iter().chain(self.winners.iter().copied());
        let tally = shown.map(|at| (at, of(self.votes[at as usize]))).collect();
        let kept = self.winners.iter().map(|&at| (at, of(self.keep[at as usize]))).collect();
        let [exhausted, overvoted, skipped, repeated, blank, _] = self.inactive.map(of);
        self.history.push(self.votes.clone());
        self.rounds.push(Round {
            number: self.rounds.len() as u32 + 1,
            tally,
            quota: of(self.quota),
            inactive: Inactive { exhausted, overvoted, skipped, repeated, blank, final_surplus: Votes::default() },
            residual: Votes::default(),
            kept,
            actions: Vec::new(),
            ties: Vec::new(),
        });
    }

    fn decided(&mut self, candidate: u16, decided: Decided) {
        let action = Action { candidate, decided, transfers: Vec::new() };
        self.rounds.last_mut().expect("a round is open").actions.push(action);
    }

    fn elect(&mut self, at: u16, why: WhyElected) {
        self.hopeful[at as usize] = false;
        self.winners.push(at);
        self.decided(at, Decided::Elected(why));
    }

    /// Those within the surplus of the lowest are tied: the votes still to move could change their order.
    fn defeat_lowest(&mut self, surplus: u128) -> Result<(), TallyError> {
        let hopefuls = self.hopefuls();
        let undeclared = hopefuls.iter().copied().find(|&at| self.candidates[at as usize].undeclared);
        let lowest = hopefuls.iter().map(|&at| self.votes[at as usize]).min().unwrap_or(0);
        let tied: Vec<u16> = hopefuls.into_iter().filter(|&at| self.votes[at as usize] <= lowest + surplus).collect();
        let (out, why) = match (undeclared, &tied[..]) {
            (Some(undeclared), _) => (undeclared, WhyEliminated::Undeclared),
            (None, [only]) => (*only, WhyEliminated::Fewest),
            (None, _) => (self.break_tie(&tied)?, WhyEliminated::Fewest),
        };
        self.hopeful[out as usize] = false;
        self.keep[out as usize] = 0;
        self.decided(out, Decided::Eliminated(why));
        Ok(())
    }

    fn break_tie(&mut self, tied: &[u16]) -> Result<u16, TallyError> {
        let round = self.rounds.len() as u32;
        let history = &self.history;
        let tie = self
            .ties
            .take(tied, false, self.candidates, round, |earlier, at| history[earlier as usize - 1][at as usize])
            .map_err(|unbroken| super::tied(unbroken, round, self.candidates))?;
        let taken = tie.taken;
        self.rounds.last_mut().expect("a round is open").ties.push(tie);
        Ok(taken)
    }

    /// The seats left go to those left; who is left without a seat is out.
    fn finish(&mut self, seats: usize) {
        let left = self.hopefuls();
        if left.is_empty() && !self.rounds.is_empty() {
            return;
        }
        self.distribute();
        self.open_round();
        for at in left {
            if self.winners.len() < seats && !self.candidates[at as usize].undeclared {
                self.elect(at, WhyElected::Remaining);
            } else {
                self.hopeful[at as usize] = false;
                self.decided(at, Decided::Eliminated(WhyEliminated::SeatsFilled));
            }
        }
    }
}

/// `one × other ÷ by`, rounded up.
fn up(one: u128, other: u128, by: u128) -> u128 {
    if by == 0 { 0 } else { (one * other).div_ceil(by) }
}
