use crate::ballots::Candidate;
use crate::read::Contest;
use crate::rounds::{Action, Counted, Decided, Round, Target};
use serde_json::{Map, Value, json};

/// The rounds of a count as JSON, laid out as RCTab's detailed reports, so that what reads those reads this; with `winners` at the
/// top and `steps`, a sentence each, in every round. `contest` says more of the contest, when it is known.
pub fn report(name: &str, contest: Option<&Contest>, candidates: &[Candidate], counted: &Counted, seats: u32) -> Value {
    let last = counted.rounds.last();
    let surpluses = seats > 1 && contest.is_none_or(|contest| contest.rules().passes_surpluses());
    let rounds = counted.rounds.iter().map(|round| {
        let is_last = last.is_some_and(|last| last.number == round.number);
        round_json(round, candidates, surpluses && is_last)
    });
    let blank = counted.rounds.first().map(|round| round.inactive.blank.to_string()).unwrap_or_default();
    let said = |of: fn(&Contest) -> &String| contest.map(of).cloned().unwrap_or_default();
    let winners = counted.winners.iter().map(|&at| candidates[at as usize].name.clone());
    json!({
        "config": {
            "contest": name,
            "date": said(|contest| &contest.date),
            "generatedBy": "Polity",
            "jurisdiction": said(|contest| &contest.jurisdiction),
            "office": said(|contest| &contest.office),
        },
        "jsonFormatVersion": "1",
        "results": rounds.collect::<Vec<Value>>(),
        "summary": {
            "finalThreshold": last.map(|round| round.quota.to_string()),
            "numCandidates": candidates.len(),
            "numWinners": seats,
            "totalNumBallots": counted.cast.to_string(),
            "undervotes": blank.parse::<u64>().unwrap_or(0),
        },
        "winners": winners.collect::<Vec<String>>(),
    })
}

fn round_json(round: &Round, candidates: &[Candidate], with_final_surplus: bool) -> Value {
    let name = |at: u16| candidates[at as usize].name.clone();
    let tally: Map<String, Value> = round.tally.iter().map(|(&at, votes)| (name(at), json!(votes))).collect();
    let mut inactive = json!({
        "exhaustedChoices": round.inactive.exhausted,
        "overvotes": round.inactive.overvoted,
        "repeatedRankings": round.inactive.repeated,
        "skippedRankings": round.inactive.skipped,
    });
    if with_final_surplus {
        inactive["finalRoundSurplus"] = json!(round.inactive.final_surplus);
    }
    json!({
        "inactiveBallots": inactive,
        "round": round.number,
        "steps": round.sentences(candidates),
        "tally": tally,
        "tallyResults": round.actions.iter().map(|action| action_json(action, candidates)).collect::<Vec<Value>>(),
        "threshold": round.quota,
    })
}

fn action_json(action: &Action, candidates: &[Candidate]) -> Value {
    let name = |at: u16| candidates[at as usize].name.clone();
    let transfers: Map<String, Value> = action
        .transfers
        .iter()
        .map(|transfer| {
            let to = match transfer.to {
                Target::Candidate(to) => name(to),
                Target::Exhausted => "exhausted".to_owned(),
                Target::Residual => "residual surplus".to_owned(),
            };
            (to, json!(transfer.votes))
        })
        .collect();
    let kind = match action.decided {
        Decided::Elected(_) => "elected",
        Decided::Eliminated(_) => "eliminated",
        Decided::SurplusPassed { .. } => "surplus",
    };
    json!({ kind: name(action.candidate), "transfers": transfers })
}
