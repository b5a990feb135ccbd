use super::{How, flag, number, text};
use crate::arithmetic::Precision;
use crate::ballots::Candidate;
use crate::read::ReadError;
use crate::rules::{EliminationRules, Overvotes, Quota, Reading, Winners};
use crate::tie::TieRule;
use crate::votes::Votes;
use serde_json::Value;

/// The rules of rounds; with `strictly` their keys must be there.
pub(super) fn how(rules: &Value, candidates: &[Candidate], strictly: bool) -> Result<How, ReadError> {
    let said = |key: &str, usual: &str| match text(rules, key) {
        nothing if nothing.is_empty() && !strictly => usual.to_owned(),
        said => said,
    };
    let mode = said("winnerElectionMode", "singleWinnerMajority");
    let winners = match mode.as_str() {
        "singleWinnerMajority" | "multiWinnerAllowMultipleWinnersPerRound" | "multiPassIrv" => Winners::AllWithQuota,
        "multiWinnerAllowOnlyOneWinnerPerRound" => Winners::OnePerRound,
        "bottomsUp" => Winners::LastRemaining,
        "bottomsUpUsingPercentageThreshold" => Winners::AllAboveShare(share(rules)?),
        other => return Err(ReadError::new("winnerElectionMode", format!("“{other}” is none of the modes of RCTab"))),
    };
    let decimal = flag(rules, "nonIntegerWinningThreshold");
    let quota = match (flag(rules, "hareQuota"), decimal) {
        (false, false) => Quota::Droop,
        (false, true) => Quota::DroopInDecimals,
        (true, false) => Quota::Hare,
        (true, true) => Quota::HareInDecimals,
    };
    let last_round = text(rules, "stopTabulationEarlyAfterRound");
    let rules = EliminationRules {
        seats: number(rules, "numberOfWinners", Some(1))?,
        reading: reading(rules, &said("overvoteRule", "alwaysSkipToNextRank"))?,
        quota,
        winners,
        precision: Precision::Decimals(number(rules, "decimalPlacesForVoteArithmetic", Some(4))?),
        batch_elimination: flag(rules, "batchElimination"),
        minimum_votes: number(rules, "minimumVoteThreshold", Some(0))?,
        until_two_remain: flag(rules, "continueUntilTwoCandidatesRemain"),
        first_round_sets_quota: flag(rules, "doesFirstRoundDetermineThreshold"),
        last_round: if last_round.is_empty() {
            None
        } else {
            Some(number(rules, "stopTabulationEarlyAfterRound", None)?)
        },
        ties: ties(rules, candidates, &said("tiebreakMode", "stopCountingAndAsk"))?,
    };
    Ok(if mode == "multiPassIrv" { How::Sequence(rules) } else { How::Elimination(rules) })
}

fn share(rules: &Value) -> Result<Votes, ReadError> {
    let key = "multiSeatBottomsUpPercentageThreshold";
    let percent: Votes = text(rules, key).parse().map_err(|error| ReadError::new(key, format!("{error}")))?;
    Ok(percent.divided_by(&Votes::from(100u64)))
}

fn reading(rules: &Value, overvotes: &str) -> Result<Reading, ReadError> {
    let overvotes = match overvotes {
        "alwaysSkipToNextRank" => Overvotes::Skip,
        "exhaustImmediately" => Overvotes::Exhaust,
        "exhaustIfMultipleContinuing" => Overvotes::ExhaustIfSeveralContinue,
        other => return Err(ReadError::new("overvoteRule", format!("“{other}” is none of the rules of RCTab"))),
    };
    let skipped_ranks = match text(rules, "maxSkippedRanksAllowed").as_str() {
        "" | "unlimited" => None,
        _ => Some(number(rules, "maxSkippedRanksAllowed", None)?),
    };
    Ok(Reading { overvotes, skipped_ranks, exhaust_on_duplicate: flag(rules, "exhaustOnDuplicateCandidate") })
}

fn ties(rules: &Value, candidates: &[Candidate], mode: &str) -> Result<TieRule, ReadError> {
    let seed = || number::<i64>(rules, "randomSeed", None);
    let earlier = |then: TieRule| TieRule::EarlierRounds(Box::new(then));
    Ok(match mode {
        "random" => TieRule::Lot { seed: seed()? },
        "previousRoundCountsThenRandom" => earlier(TieRule::Lot { seed: seed()? }),
        "stopCountingAndAsk" => TieRule::Refuse,
        "previousRoundCountsThenAsk" => earlier(TieRule::Refuse),
        "useCandidateOrder" => TieRule::as_listed(candidates),
        "generatePermutation" => TieRule::shuffled(candidates, seed()?),
        other => return Err(ReadError::new("tiebreakMode", format!("“{other}” is none of the modes of RCTab"))),
    })
}
