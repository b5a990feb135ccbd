use crate::ballots::Candidate;
use crate::tie::{Broken, Tie};
use crate::votes::Votes;
use std::collections::BTreeMap;

/// The result of a count with rounds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counted {
    /// Who is elected, in the order of their election; of one round those with more votes first.
    pub winners: Vec<u16>,
    /// Every round.
    pub rounds: Vec<Round>,
    /// All votes cast, blank ones included.
    pub cast: Votes,
}

/// One round, or stage, of a count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Round {
    /// From 1.
    pub number: u32,
    /// The votes of everybody still in the count or elected, as the round begins.
    pub tally: BTreeMap<u16, Votes>,
    /// What it takes to be elected.
    pub quota: Votes,
    /// Votes that count for nobody.
    pub inactive: Inactive,
    /// Parts of votes lost by rounding, up to this round.
    pub residual: Votes,
    /// In Meek's method, the share of each vote that an elected candidate keeps.
    pub kept: BTreeMap<u16, Votes>,
    /// What was decided.
    pub actions: Vec<Action>,
    /// Ties broken on the way.
    pub ties: Vec<Tie>,
}

/// Votes that count for nobody, by reason.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Inactive {
    /// No further candidate of the ballot is in the count.
    pub exhausted: Votes,
    /// Several candidates at one rank.
    pub overvoted: Votes,
    /// Too many ranks skipped.
    pub skipped: Votes,
    /// A candidate marked twice.
    pub repeated: Votes,
    /// Nobody marked at all.
    pub blank: Votes,
    /// What the last winners had above the quota, all seats being filled.
    pub final_surplus: Votes,
}

impl Inactive {
    /// All of them.
    pub fn total(&self) -> Votes {
        let all = [&self.overvoted, &self.skipped, &self.repeated, &self.blank, &self.final_surplus];
        all.into_iter().fold(self.exhausted.clone(), |sum, more| sum + more)
    }
}

/// Something decided about one candidate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Action {
    /// Who.
    pub candidate: u16,
    /// What, and why.
    pub decided: Decided,
    /// Where the votes went before the next round. Empty when they stayed.
    pub transfers: Vec<Transfer>,
}

/// What was decided, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Decided {
    /// Elected.
    Elected(WhyElected),
    /// Out of the count.
    Eliminated(WhyEliminated),
    /// Elected before; passes on what is above the quota only now.
    SurplusPassed {
        /// How many votes are above the quota.
        surplus: Votes,
    },
}

/// Why somebody is elected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WhyElected {
    /// Has the quota.
    Quota,
    /// As many are left as there are seats, or fewer.
    Remaining,
    /// The most votes of those left.
    MostVotes,
    /// Everybody left is above the share asked for.
    AboveShare,
}

/// Why somebody is out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WhyEliminated {
    /// The fewest votes.
    Fewest,
    /// Cannot catch up: all eliminated together have `together`, the next one has `next`.
    Batch {
        /// The votes of all eliminated together.
        together: Votes,
        /// The votes of the next candidate.
        next: Votes,
    },
    /// Stands for names nobody declared.
    Undeclared,
    /// Fewer votes than a candidate must have.
    BelowMinimum,
    /// All seats are filled.
    SeatsFilled,
}

/// Votes that moved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transfer {
    /// Where to.
    pub to: Target,
    /// How many.
    pub votes: Votes,
}

/// Where votes can go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Target {
    /// To a candidate.
    Candidate(u16),
    /// To nobody.
    Exhausted,
    /// Lost by rounding; stays with nobody.
    Residual,
}

impl Round {
    /// All votes of this round: with candidates, with nobody, and lost by rounding. The same in every round.
    pub fn all_votes(&self) -> Votes {
        self.tally.values().fold(self.inactive.total() + &self.residual, |sum, votes| sum + votes)
    }

    /// A sentence for each step, in English.
    pub fn sentences(&self, candidates: &[Candidate]) -> Vec<String> {
        let ties = self.ties.iter().map(|tie| tie.sentence(candidates));
        ties.chain(self.actions.iter().map(|action| self.action_sentence(action, candidates))).collect()
    }

    fn action_sentence(&self, action: &Action, candidates: &[Candidate]) -> String {
        let name = |at: u16| candidates.get(at as usize).map_or("?", |candidate| &candidate.name);
        let said = self.decided(action, name(action.candidate));
        let moved: Vec<String> = action
            .transfers
            .iter()
            .map(|transfer| match transfer.to {
                Target::Candidate(to) => format!("{} to {}", transfer.votes, name(to)),
                Target::Exhausted => format!("{} to nobody further", transfer.votes),
                Target::Residual => format!("{} lost by rounding", transfer.votes),
            })
            .collect();
        if moved.is_empty() { ended(said) } else { ended(format!("{said}. Votes move: {}", moved.join(", "))) }
    }

    fn decided(&self, action: &Action, who: &str) -> String {
        let quota = &self.quota;
        let number = self.tally.get(&action.candidate).cloned().unwrap_or_default();
        let one = number == Votes::from(1u64);
        let votes = if one { "1 vote".to_owned() } else { format!("{number} votes") };
        let (reach, are) = if one { ("reaches", "is") } else { ("reach", "are") };
        match &action.decided {
            Decided::Elected(WhyElected::Quota) => format!("{who} is elected: {votes} {reach} the quota of {quota}"),
            Decided::Elected(WhyElected::Remaining) => {
                format!("{who} is elected with {votes}: no more are left than there are seats")
            }
            Decided::Elected(WhyElected::MostVotes) => format!("{who} is elected: {votes} {are} the most"),
            Decided::Elected(WhyElected::AboveShare) => {
                format!("{who} is elected: with {votes}, as everybody left, above the {quota} asked for")
            }
            Decided::Eliminated(WhyEliminated::Fewest) => format!("{who} is eliminated: {votes} {are} the fewest"),
            Decided::Eliminated(WhyEliminated::Batch { together, next }) => format!(
                "{who} is eliminated with {votes}: those eliminated together have {together}, fewer than the {next} of the next"
            ),
            Decided::Eliminated(WhyEliminated::Undeclared) => {
                format!("{who} with {votes}: nobody declared these names, so they are eliminated first")
            }
            Decided::Eliminated(WhyEliminated::BelowMinimum) => {
                format!("{who} is eliminated: {votes} {are} fewer than a candidate must have")
            }
            Decided::Eliminated(WhyEliminated::SeatsFilled) => format!("{who} is not elected: all seats are filled"),
            Decided::SurplusPassed { surplus } => format!("{who} passes on {surplus} above the quota of {quota}"),
        }
    }
}

/// With a full stop, unless a name at the end brings one.
fn ended(said: String) -> String {
    if said.ends_with('.') { said } else { said + "." }
}

impl Tie {
    /// The tie in a sentence, in English.
    pub fn sentence(&self, candidates: &[Candidate]) -> String {
        let name = |at: u16| candidates.get(at as usize).map_or("?", |candidate| candidate.name.as_str());
        let tied: Vec<&str> = self.tied.iter().map(|&at| name(at)).collect();
        let how = match &self.how {
            Broken::ByOrder => "the order fixed beforehand".to_owned(),
            Broken::ByLot => "a lot drawn from the public number".to_owned(),
            Broken::ByRound(round) => format!("the votes of round {round}"),
            Broken::ByMethod(rule) => (*rule).to_owned(),
        };
        let lot = if self.to_win { "goes ahead" } else { "falls behind" };
        format!("{} are tied; by {how}, {} {lot}.", tied.join(", "), name(self.taken))
    }
}
