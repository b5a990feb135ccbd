//! Counts profiles from standard input, one JSON object a line, and answers with one line each: for tests from outside.
//!
//! `{"method":"schulze","ballots":[[1,2,2],…]}` (ranks by candidate, 0 for none), `{"method":"stv","seats":2,"ballots":[…]}` (exact
//! fractions, one winner a round), `{"method":"majority-judgment","grades":5,"ballots":[…]}` (grades from 1, the best).

use serde_json::{Value, json};
use std::io::{BufRead, Write, stdin, stdout};
use tallying::{
    Candidate, EliminationRules, Mark, MiddleGrade, PairwiseMatrix, Precision, RankedBallots, ScoreBallot, Strength,
    TieRule, Winners, count_by_elimination, majority_judgment, schulze,
};

type Answer = Result<Value, Box<dyn std::error::Error>>;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut out = stdout().lock();
    for line in stdin().lock().lines() {
        let asked: Value = serde_json::from_str(&line?)?;
        writeln!(out, "{}", answer(&asked)?)?;
    }
    Ok(())
}

fn answer(asked: &Value) -> Answer {
    let rows: Vec<Vec<u32>> = serde_json::from_value(asked["ballots"].clone())?;
    let size = rows.first().map_or(0, Vec::len);
    let mut candidates: Vec<Candidate> = (0..size).map(|at| Candidate::named(format!("{at:05}"))).collect();
    match asked["method"].as_str() {
        Some("schulze") => {
            let matrix = PairwiseMatrix::count(&candidates, &ranked(&rows)?)?;
            let found = schulze(&matrix, Strength::WinningVotes)?;
            Ok(json!({ "winners": found.ranking, "beatpaths": found.paths }))
        }
        Some("stv") => {
            // Belenios knows only candidates that somebody ranks.
            for (at, candidate) in candidates.iter_mut().enumerate() {
                candidate.excluded = rows.iter().all(|row| row[at] == 0);
            }
            let seats = asked["seats"].as_u64().unwrap_or(1) as u32;
            let ties = TieRule::as_listed(&candidates);
            let rules = EliminationRules {
                winners: Winners::OnePerRound,
                ..EliminationRules::transferable(seats, Precision::Exact, ties)
            };
            let found = count_by_elimination(&candidates, &ranked(&rows)?, &rules)?;
            let close = found.rounds.iter().any(|round| {
                let broken = |votes: &&tallying::Votes| votes.to_string().contains(['/', '.']);
                let mut shown: Vec<_> = round.tally.values().filter(broken).collect();
                shown.sort();
                shown.windows(2).any(|two| two[0] == two[1])
            });
            Ok(json!({ "winners": found.winners, "fractions_tied": close }))
        }
        Some("majority-judgment") => {
            let grades: Vec<String> =
                (1..=asked["grades"].as_u64().unwrap_or(1)).map(|grade| grade.to_string()).collect();
            let ballot = |row: &Vec<u32>| ScoreBallot {
                scores: row.iter().map(|grade| grade.checked_sub(1)).collect(),
                weight: 1,
            };
            let ballots: Vec<ScoreBallot> = rows.iter().map(ballot).collect();
            let found = majority_judgment(&candidates, &ballots, &grades, MiddleGrade::Better)?;
            Ok(json!({ "winners": found.ranking }))
        }
        _ => Err("an unknown method".into()),
    }
}

fn ranked(rows: &[Vec<u32>]) -> Result<RankedBallots, Box<dyn std::error::Error>> {
    let mut ballots = RankedBallots::default();
    for row in rows {
        let marks: Vec<Mark> = row
            .iter()
            .enumerate()
            .filter(|(_, rank)| **rank > 0)
            .map(|(at, &rank)| Mark { rank: rank as u16, candidate: at as u16 })
            .collect();
        ballots.push(&marks, 1)?;
    }
    Ok(ballots)
}
