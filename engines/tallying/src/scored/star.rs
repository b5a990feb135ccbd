use super::totals::{added, split};
use super::{ScoreBallot, check};
use crate::ballots::Candidate;
use crate::rules::TallyError;
use crate::tie::{Broken, Tie, TieBreaker, TieRule};
use crate::votes::Votes;

/// The result of STAR voting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Star {
    /// Who wins.
    pub winner: u16,
    /// The two of the runoff, the higher total first; only one when there is only one candidate.
    pub finalists: Vec<u16>,
    /// How many votes prefer the first, the second, and neither of the finalists.
    pub runoff: (u64, u64, u64),
    /// Each candidate's total, from the highest.
    pub totals: Vec<(u16, Votes)>,
    /// Votes that say something, and those that do not.
    pub valid: u64,
    /// Votes that say nothing.
    pub blank: u64,
    /// Ties broken on the way.
    pub ties: Vec<Tie>,
    /// A sentence for each step, in English.
    pub steps: Vec<String>,
}

/// Score, then automatic runoff: of the two with the highest totals the one that more ballots prefer wins (Equal Vote Coalition; Wolk,
/// Quinn, Ogren, *STAR Voting, equality of voice, and voter satisfaction*, Constitutional Political Economy 34, 2023). A tie for the runoff goes to
/// whoever more ballots prefer of the tied, one in the runoff to the higher total; what is still tied goes by `ties`.
///
/// # Errors
/// When the ballots are at fault, or a tie is left to people.
pub fn star(
    candidates: &[Candidate],
    ballots: &[ScoreBallot],
    highest: u32,
    ties: &TieRule,
) -> Result<Star, TallyError> {
    check(candidates, ballots, highest)?;
    let mut totals = added(candidates, ballots, u64::from);
    totals.sort_by(|one, other| other.1.cmp(&one.1).then(one.0.cmp(&other.0)));
    let (valid, blank) = split(ballots, |ballot| ballot.scores.iter().any(Option::is_some));
    let mut round = Runoff { candidates, ballots, breaker: TieBreaker::new(ties), broken: Vec::new() };
    let mut left: Vec<(u16, Votes)> =
        totals.iter().filter(|(at, _)| !candidates[*at as usize].undeclared).cloned().collect();
    let (mut finalists, mut steps) = (Vec::new(), Vec::new());
    while finalists.len() < 2 && !left.is_empty() {
        let tied: Vec<u16> = left.iter().filter(|(_, total)| *total == left[0].1).map(|(at, _)| *at).collect();
        let taken = if tied.len() + finalists.len() <= 2 { tied[0] } else { round.most_preferred(&tied)? };
        let at = left.iter().position(|(at, _)| *at == taken).expect("who is taken is among those left");
        let (_, total) = left.remove(at);
        steps.push(format!("{} goes into the runoff with {total} points.", candidates[taken as usize].name));
        finalists.push(taken);
    }
    let (winner, runoff) = round.decide(&finalists, &totals)?;
    let name = |at: u16| &candidates[at as usize].name;
    steps.splice(0..0, round.broken.iter().map(|tie| tie.sentence(candidates)));
    let (one, other, neither) = runoff;
    if let [first, second] = finalists[..] {
        let pair = (name(first), name(second));
        steps.push(format!("{one} votes prefer {}, {other} prefer {}, {neither} neither.", pair.0, pair.1));
    }
    steps.push(format!("{} wins.", name(winner)));
    Ok(Star { winner, finalists, runoff, totals, valid, blank, ties: round.broken, steps })
}

struct Runoff<'e> {
    candidates: &'e [Candidate],
    ballots: &'e [ScoreBallot],
    breaker: TieBreaker<'e>,
    broken: Vec<Tie>,
}

impl Runoff<'_> {
    /// How many votes score the one higher, the other higher, both the same.
    fn between(&self, one: u16, other: u16) -> (u64, u64, u64) {
        let mut votes = (0, 0, 0);
        for ballot in self.ballots {
            let of = |at: u16| ballot.scores[at as usize].unwrap_or(0);
            match of(one).cmp(&of(other)) {
                std::cmp::Ordering::Greater => votes.0 += ballot.weight,
                std::cmp::Ordering::Less => votes.1 += ballot.weight,
                std::cmp::Ordering::Equal => votes.2 += ballot.weight,
            }
        }
        votes
    }

    fn by_rule(&mut self, tied: &[u16]) -> Result<u16, TallyError> {
        let tie = self
            .breaker
            .take(tied, true, self.candidates, 1, |_, _| 0)
            .map_err(|unbroken| crate::count::tied(unbroken, 1, self.candidates))?;
        let taken = tie.taken;
        self.broken.push(tie);
        Ok(taken)
    }

    /// Of those tied, whoever wins the most comparisons with the others.
    fn most_preferred(&mut self, tied: &[u16]) -> Result<u16, TallyError> {
        let wins = |one: u16| {
            let others = tied.iter().filter(|&&other| other != one);
            others.filter(|&&other| matches!(self.between(one, other), (with, against, _) if with > against)).count()
        };
        let counted: Vec<(u16, usize)> = tied.iter().map(|&one| (one, wins(one))).collect();
        let most = counted.iter().map(|(_, wins)| *wins).max().unwrap_or(0);
        let best: Vec<u16> = counted.iter().filter(|(_, wins)| *wins == most).map(|(one, _)| *one).collect();
        if let [only] = best[..] {
            let how = Broken::ByMethod("the comparisons of the tied two by two");
            self.broken.push(Tie { tied: tied.to_vec(), taken: only, to_win: true, how });
            return Ok(only);
        }
        self.by_rule(&best)
    }

    fn decide(&mut self, finalists: &[u16], totals: &[(u16, Votes)]) -> Result<(u16, (u64, u64, u64)), TallyError> {
        let [one, other] = finalists else {
            return finalists.first().map(|&only| (only, (0, 0, 0))).ok_or(TallyError::NoCandidates);
        };
        let runoff = self.between(*one, *other);
        if runoff.0 != runoff.1 {
            return Ok((if runoff.0 > runoff.1 { *one } else { *other }, runoff));
        }
        let total = |at: u16| totals.iter().find(|(own, _)| *own == at).map(|(_, total)| total);
        if total(*one) == total(*other) {
            return Ok((self.by_rule(&[*one, *other])?, runoff));
        }
        let taken = if total(*one) > total(*other) { *one } else { *other };
        let how = Broken::ByMethod("the higher total");
        self.broken.push(Tie { tied: vec![*one.min(other), *one.max(other)], taken, to_win: true, how });
        Ok((taken, runoff))
    }
}
