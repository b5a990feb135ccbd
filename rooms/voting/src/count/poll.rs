use super::{Contest, Counted, file::names, file_of};
use crate::{
    ballot::{Choices, Published},
    model::{Definition, GRADES, HIGHEST_SCORE},
    rule::{PollMethod, PollRule},
};
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::collections::BTreeMap;
use tallying::{
    Candidate, EliminationRules, MiddleGrade, PairwiseMatrix, Precision, RankedBallots, ScoreBallot, Strength,
    TallyError, TieRule, Totals, approval, count_by_elimination, majority_judgment, plurality, read_preflib, schulze,
    score_voting,
};

/// Decimal places in which parts of votes are passed on, as `polity tally ranked` takes them for a PrefLib file.
const PLACES: u32 = 5;

/// The outcome of a poll.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct PollOutcome {
    /// The ids of who or what won, the first first.
    pub winners: Vec<String>,
    /// What each option got, from the most, as exact numbers; empty where the method adds nothing up.
    #[serde(default)]
    pub totals: Vec<(String, String)>,
    /// The rounds, where the method has some: what each option still in the count had.
    #[serde(default)]
    pub rounds: Vec<BTreeMap<String, String>>,
    /// The order of all options, those not told apart together, where the method gives one.
    #[serde(default)]
    pub ranking: Vec<Vec<String>>,
    /// Whether the order of the ballot decided between equals.
    #[serde(default)]
    pub by_order: bool,
    /// What happened, sentence by sentence, in English.
    pub steps: Vec<String>,
}

pub(super) fn count(contest: Contest<'_>, rule: PollRule, ballots: &[Published]) -> Counted {
    let file = file_of(contest, ballots, None);
    match outcome(contest.definition, rule, ballots, &file) {
        Ok(found) => {
            let mut view = serde_json::to_value(&found).unwrap_or_default();
            view["vote"] = json!(contest.code);
            view["rule"] = json!(rule);
            let command = rule.arguments().map(|arguments| format!("polity tally ranked ballots.soi {arguments}"));
            view["command"] = json!(command);
            let outcome = Ok(format!("{view:#}\n"));
            Counted { file, outcome, others: "[]".to_owned(), selected: found.winners, areas: Vec::new() }
        }
        Err(why) => {
            Counted { file, outcome: Err(why), others: "[]".to_owned(), selected: Vec::new(), areas: Vec::new() }
        }
    }
}

fn outcome(definition: &Definition, rule: PollRule, ballots: &[Published], file: &str) -> Result<PollOutcome, String> {
    if ballots.is_empty() {
        return Err("there are no ballots, so nothing can be decided by them".to_owned());
    }
    worked_out(definition, rule, ballots, file).map_err(|error| error.to_string())
}

fn worked_out(
    definition: &Definition,
    rule: PollRule,
    ballots: &[Published],
    file: &str,
) -> Result<PollOutcome, TallyError> {
    let candidates: Vec<Candidate> = names(definition).map(Candidate::named).collect();
    let listed = TieRule::as_listed(&candidates);
    let scores = || score_ballots(definition, ballots);
    match rule.method {
        PollMethod::Approval => Ok(added(definition, approval(&candidates, &scores(), rule.seats, &listed)?)),
        PollMethod::Score => {
            let highest = u32::from(HIGHEST_SCORE);
            Ok(added(definition, score_voting(&candidates, &scores(), highest, rule.seats, &listed)?))
        }
        PollMethod::MajorityJudgment => judged(definition, &candidates, &scores()),
        // The file itself, read back, so that whoever reads it counts the same.
        PollMethod::Plurality => {
            let ranked = in_file(file);
            Ok(added(definition, plurality(&candidates, &ranked, rule.seats, &listed)?))
        }
        PollMethod::Transferable => transferred(definition, &candidates, &in_file(file), rule.seats),
        PollMethod::Schulze => by_paths(definition, &candidates, &in_file(file)),
    }
}

fn in_file(file: &str) -> RankedBallots {
    read_preflib(file).map(|read| read.ballots).unwrap_or_default()
}

fn score_ballots(definition: &Definition, ballots: &[Published]) -> Vec<ScoreBallot> {
    let of = |ballot: &Published| {
        let mut scores = vec![None; definition.options.len()];
        for (place, value) in Choices::read(&ballot.choices, definition).unwrap_or_default().0 {
            scores[place] = Some(u32::from(value));
        }
        ScoreBallot { scores, weight: 1 }
    };
    ballots.iter().map(of).collect()
}

fn id(definition: &Definition, at: u16) -> String {
    definition.options.get(usize::from(at)).map(|option| option.id.clone()).unwrap_or_default()
}

fn ids(definition: &Definition, all: &[u16]) -> Vec<String> {
    all.iter().map(|at| id(definition, *at)).collect()
}

fn added(definition: &Definition, found: Totals) -> PollOutcome {
    PollOutcome {
        winners: ids(definition, &found.winners),
        totals: found.totals.iter().map(|(at, total)| (id(definition, *at), total.to_string())).collect(),
        by_order: !found.ties.is_empty(),
        steps: found.steps,
        ..PollOutcome::default()
    }
}

/// The first of a ranking; where it is several, the first of them on the ballot.
fn first_of(definition: &Definition, ranking: &[Vec<u16>], steps: Vec<String>) -> PollOutcome {
    let first = ranking.first().map_or(&[][..], Vec::as_slice);
    let winner = first.iter().min().copied();
    PollOutcome {
        winners: winner.map(|at| id(definition, at)).into_iter().collect(),
        ranking: ranking.iter().map(|group| ids(definition, group)).collect(),
        by_order: first.len() > 1,
        steps,
        ..PollOutcome::default()
    }
}

fn judged(
    definition: &Definition,
    candidates: &[Candidate],
    ballots: &[ScoreBallot],
) -> Result<PollOutcome, TallyError> {
    let grades: Vec<String> = (0..GRADES).map(|grade| format!("grade {grade}")).collect();
    let found = majority_judgment(candidates, ballots, &grades, MiddleGrade::Worse)?;
    let mut outcome = first_of(definition, &found.ranking, found.steps);
    outcome.totals = found.majority_grades.iter().map(|(at, grade)| (id(definition, *at), grade.to_string())).collect();
    Ok(outcome)
}

fn transferred(
    definition: &Definition,
    candidates: &[Candidate],
    ballots: &RankedBallots,
    seats: u32,
) -> Result<PollOutcome, TallyError> {
    let ties = TieRule::EarlierRounds(Box::new(TieRule::as_listed(candidates)));
    let rules = EliminationRules::transferable(seats, Precision::Decimals(PLACES), ties);
    let found = count_by_elimination(candidates, ballots, &rules)?;
    let round = |round: &tallying::Round| {
        round.tally.iter().map(|(at, votes)| (id(definition, *at), votes.to_string())).collect()
    };
    let sentences = found.rounds.iter().flat_map(|round| {
        let number = round.number;
        round.sentences(candidates).into_iter().map(move |sentence| format!("Round {number}: {sentence}"))
    });
    Ok(PollOutcome {
        winners: ids(definition, &found.winners),
        rounds: found.rounds.iter().map(round).collect(),
        by_order: found.rounds.iter().any(|round| round.ties.iter().any(|tie| tie.how == tallying::Broken::ByOrder)),
        steps: sentences.collect(),
        ..PollOutcome::default()
    })
}

fn by_paths(
    definition: &Definition,
    candidates: &[Candidate],
    ballots: &RankedBallots,
) -> Result<PollOutcome, TallyError> {
    let matrix = PairwiseMatrix::count(candidates, ballots)?;
    let found = schulze(&matrix, Strength::WinningVotes)?;
    Ok(first_of(definition, &found.ranking, found.steps))
}
