//! Risk-limiting audits by comparing single ballots, for plurality and approval.

use crate::votes::Votes;
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One, Zero};
use thiserror::Error;

/// The most ballots that can be drawn; the risk is worked out in exact fractions, which grow with every draw.
pub const DRAWS_LIMIT: u64 = 100_000;

/// A contest as reported, in which each mark is one vote: plurality, or approval.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditedContest {
    /// All ballots cast, blank ones included.
    pub ballots: u64,
    /// The reported votes of each candidate.
    pub tallies: Vec<u64>,
    /// How many are elected.
    pub seats: usize,
}

/// What an audit is to hold to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditRules {
    /// The largest chance that a wrong result passes, for example 1/20.
    pub risk_limit: Votes,
    /// The error inflator γ, above 1: the larger, the less a found error costs, and the more ballots are drawn. Stark uses 1.03905.
    pub inflator: Votes,
}

/// Ballots whose hand reading differs from the report, by how much the report overstated the margin.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Discrepancies {
    /// Overstated by one vote.
    pub over_by_one: u64,
    /// Overstated by two votes.
    pub over_by_two: u64,
    /// Understated by one vote.
    pub under_by_one: u64,
    /// Understated by two votes.
    pub under_by_two: u64,
}

/// Why there is no audit.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum AuditError {
    /// Nothing to be sure of.
    #[error(
        "the last winner and the first loser have the same votes, so no sample can confirm the result; count everything by hand"
    )]
    NoMargin,
    /// Nobody to compare with.
    #[error("there are as many seats as candidates, so nothing can be wrong")]
    NoLoser,
    /// More votes than ballots.
    #[error("a candidate has more votes than there are ballots")]
    TooManyVotes,
    /// A chance is between 0 and 1.
    #[error("the risk limit must lie between 0 and 1, for example 1/20")]
    RiskLimit,
    /// Must be above 1.
    #[error("the error inflator must be above 1 and at most 100, for example 1.03905")]
    Inflator,
    /// Too many draws.
    #[error("more than the {DRAWS_LIMIT} ballots that can be drawn would be needed; count everything by hand")]
    TooMany,
    /// More differing ballots than draws.
    #[error("more ballots differ than were drawn")]
    MoreThanDrawn,
}

/// What a sample says so far.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KaplanMarkov {
    /// The chance, at most, of finding this little wrong if the reported result were wrong; never above 1.
    pub risk: Votes,
    /// Whether that is within the risk limit, so that the audit can stop.
    pub confirmed: bool,
    /// The same as a sentence, in English.
    pub sentence: String,
}

/// The smallest difference between a winner and a loser, divided by all ballots (Stark 2010).
///
/// # Errors
/// When there is no difference, or the report is impossible.
pub fn diluted_margin(contest: &AuditedContest) -> Result<Votes, AuditError> {
    let mut sorted = contest.tallies.clone();
    sorted.sort_unstable_by(|one, other| other.cmp(one));
    let (last_winner, first_loser) = match sorted.get(contest.seats.wrapping_sub(1)).zip(sorted.get(contest.seats)) {
        Some((winner, loser)) => (*winner, *loser),
        None => return Err(AuditError::NoLoser),
    };
    if sorted[0] > contest.ballots {
        return Err(AuditError::TooManyVotes);
    }
    if last_winner == first_loser {
        return Err(AuditError::NoMargin);
    }
    Ok(Votes::fraction(last_winner - first_loser, contest.ballots))
}

/// By how much the report of one ballot overstated the smallest lead of a winner over a loser: from −2 to 2. `reported` and
/// `actual` say for each candidate whether the ballot has a mark.
pub fn overstatement(contest: &AuditedContest, winners: &[u16], reported: &[bool], actual: &[bool]) -> i8 {
    let mark = |marks: &[bool], at: usize| i8::from(marks.get(at).copied().unwrap_or(false));
    let lead = |marks: &[bool], winner: usize, loser: usize| mark(marks, winner) - mark(marks, loser);
    let losers = (0..contest.tallies.len()).filter(|at| !winners.contains(&(*at as u16)));
    let pairs = losers.flat_map(|loser| winners.iter().map(move |&winner| (winner as usize, loser)));
    pairs.map(|(winner, loser)| lead(reported, winner, loser) - lead(actual, winner, loser)).max().unwrap_or(0)
}

fn check(rules: &AuditRules) -> Result<(), AuditError> {
    let one = Votes::from(1u64);
    if rules.risk_limit.ratio() <= &BigRational::zero() || rules.risk_limit >= one {
        return Err(AuditError::RiskLimit);
    }
    if rules.inflator <= one || rules.inflator > Votes::from(100u64) {
        return Err(AuditError::Inflator);
    }
    Ok(())
}

/// What each draw, and each discrepancy, multiplies the risk by.
struct Factors {
    draw: BigRational,
    discrepancies: BigRational,
}

impl Factors {
    fn of(contest: &AuditedContest, rules: &AuditRules, found: Discrepancies) -> Result<Self, AuditError> {
        check(rules)?;
        let one = BigRational::one();
        let twice = rules.inflator.ratio() * BigInt::from(2);
        let draw = &one - diluted_margin(contest)?.ratio() / &twice;
        let by = |votes: i64, times: u64| power(&(&one - BigRational::from_integer(votes.into()) / &twice), times);
        let all = by(1, found.over_by_one)
            * by(2, found.over_by_two)
            * by(-1, found.under_by_one)
            * by(-2, found.under_by_two);
        Ok(Self { draw, discrepancies: all.recip() })
    }
}

fn power(base: &BigRational, times: u64) -> BigRational {
    num_traits::pow(base.clone(), usize::try_from(times).unwrap_or(usize::MAX))
}

fn differing(found: Discrepancies) -> u64 {
    found
        .over_by_one
        .saturating_add(found.over_by_two)
        .saturating_add(found.under_by_one)
        .saturating_add(found.under_by_two)
}

/// The Kaplan–Markov check after `drawn` ballots, drawn with replacement: each draw multiplies the risk by 1 − μ/2γ, each ballot that
/// overstated the margin by e votes divides it by 1 − e/2γ (Stark, *Super-simple simultaneous single-ballot risk-limiting audits*,
/// 2010, equation 9; Stark, *Risk-limiting postelection audits: conservative P-values from common probability inequalities*, IEEE
/// Transactions on Information Forensics and Security 4, 2009). Worked out in exact fractions.
///
/// # Errors
/// When the contest or the rules are at fault, or a limit is reached.
pub fn kaplan_markov(
    contest: &AuditedContest,
    rules: &AuditRules,
    drawn: u64,
    found: Discrepancies,
) -> Result<KaplanMarkov, AuditError> {
    if drawn > DRAWS_LIMIT {
        return Err(AuditError::TooMany);
    }
    if differing(found) > drawn {
        return Err(AuditError::MoreThanDrawn);
    }
    let factors = Factors::of(contest, rules, found)?;
    let risk = power(&factors.draw, drawn) * factors.discrepancies;
    let confirmed = risk <= *rules.risk_limit.ratio();
    let risk = Votes::from(risk.min(BigRational::one()));
    let verdict = if confirmed { "the result is confirmed" } else { "draw more, or count everything by hand" };
    let sentence = format!(
        "After {drawn} ballots the risk is {:.6}, the limit {}: {verdict}.",
        risk.approximately(),
        rules.risk_limit
    );
    Ok(KaplanMarkov { risk, confirmed, sentence })
}

/// The fewest draws that confirm the result if just these discrepancies turn up; with none, the usual first sample. An estimate by
/// logarithms, settled by exact fractions.
///
/// # Errors
/// When the contest or the rules are at fault, or more than [`DRAWS_LIMIT`] would be needed.
pub fn sample_size(contest: &AuditedContest, rules: &AuditRules, expected: Discrepancies) -> Result<u64, AuditError> {
    let factors = Factors::of(contest, rules, expected)?;
    let least = differing(expected);
    if least > DRAWS_LIMIT {
        return Err(AuditError::TooMany);
    }
    let goal = rules.risk_limit.ratio() / &factors.discrepancies;
    let log = |ratio: &BigRational| Votes::from(ratio.clone()).approximately().ln();
    let estimate = (log(&goal) / log(&factors.draw)).ceil();
    if estimate > DRAWS_LIMIT as f64 {
        return Err(AuditError::TooMany);
    }
    let mut draws = if estimate > 0.0 { estimate as u64 } else { 0 };
    let mut risk = power(&factors.draw, draws);
    while risk > goal {
        risk *= &factors.draw;
        draws += 1;
    }
    while draws > 0 && &risk / &factors.draw <= goal {
        risk /= &factors.draw;
        draws -= 1;
    }
    Ok(draws.max(least))
}
