use crate::votes::Votes;

/// A part of a whole, as a fraction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Share {
    /// Parts.
    pub numerator: u64,
    /// Of so many; 0 counts as 1.
    pub denominator: u64,
    /// Whether more than this is needed, and not just as much.
    pub exceeded: bool,
}

impl Share {
    /// More than half.
    pub const MAJORITY: Share = Share { numerator: 1, denominator: 2, exceeded: true };
    /// Two thirds.
    pub const TWO_THIRDS: Share = Share { numerator: 2, denominator: 3, exceeded: false };
}

/// What a share is taken of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Base {
    /// All who may vote.
    Eligible,
    /// All votes cast, blank and invalid ones included.
    Cast,
    /// Votes that count for somebody.
    Valid,
}

/// How many could vote and did, weights counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Turnout {
    /// All who may vote.
    pub eligible: u64,
    /// Votes cast.
    pub cast: u64,
    /// Votes that count for somebody.
    pub valid: u64,
}

/// What must hold for a result to bind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Requirement {
    /// So many votes must be cast.
    QuorumOfVotes(u64),
    /// Such a share of those eligible must have cast a vote.
    QuorumOfEligible(Share),
    /// The winner must have so many votes.
    WinnerVotes(u64),
    /// The winner must have such a share.
    WinnerShare(Share, Base),
}

/// Whether a requirement holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Check {
    /// Whether it does.
    pub met: bool,
    /// What there is.
    pub found: Votes,
    /// What there must be, or what must be exceeded.
    pub needed: Votes,
    /// The same as a sentence, in English.
    pub sentence: String,
}

/// Checks quorum and thresholds; the result binds when every check is met. `winner` has the votes of the winner, or of the last winner.
pub fn check_requirements(turnout: Turnout, winner: &Votes, requirements: &[Requirement]) -> Vec<Check> {
    requirements.iter().map(|requirement| check_one(turnout, winner, *requirement)).collect()
}

fn check_one(turnout: Turnout, winner: &Votes, requirement: Requirement) -> Check {
    let cast = Votes::from(turnout.cast);
    let base = |base| match base {
        Base::Eligible => (turnout.eligible, "of those eligible"),
        Base::Cast => (turnout.cast, "of the votes cast"),
        Base::Valid => (turnout.valid, "of the valid votes"),
    };
    let part = |share: Share, of: u64| Votes::fraction(share.numerator, share.denominator).times(&Votes::from(of));
    let (what, found, needed, exceeded, of) = match requirement {
        Requirement::QuorumOfVotes(needed) => ("Votes cast", cast, Votes::from(needed), false, String::new()),
        Requirement::QuorumOfEligible(share) => {
            let of = format!(" ({}/{} of those eligible)", share.numerator, share.denominator);
            ("Votes cast", cast, part(share, turnout.eligible), share.exceeded, of)
        }
        Requirement::WinnerVotes(needed) => {
            ("Votes of the winner", winner.clone(), Votes::from(needed), false, String::new())
        }
        Requirement::WinnerShare(share, of) => {
            let (whole, name) = base(of);
            let text = format!(" ({}/{} {name})", share.numerator, share.denominator);
            ("Votes of the winner", winner.clone(), part(share, whole), share.exceeded, text)
        }
    };
    let met = if exceeded { found > needed } else { found >= needed };
    let least = if exceeded { "more than" } else { "at least" };
    let verdict = if met { "met" } else { "not met" };
    let sentence = format!("{what}: {found}; {least} {needed} are needed{of}: {verdict}.");
    Check { met, found, needed, sentence }
}
