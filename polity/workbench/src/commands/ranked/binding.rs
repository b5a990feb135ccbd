use super::Answer;
use super::input::{Input, Votes};
use anyhow::{Context, bail};
use serde_json::json;
use std::fmt::Write;
use tallying::{Requirement, Turnout, check_requirements};

/// Adds how delegations were followed, and whether the result binds.
pub(super) fn add(input: &Input, answer: &mut Answer) -> anyhow::Result<()> {
    if let Some(delegated) = &input.delegated {
        let passed =
            delegated.spoken_for_by.iter().enumerate().filter(|(own, by)| by.is_some_and(|by| by != *own)).count();
        let voters = delegated.spoken_for_by.len();
        writeln!(answer.text, "\nDelegations: for {passed} of {voters} voters somebody else's ballot speaks.")?;
        delegated.steps.iter().try_for_each(|step| writeln!(answer.text, "{step}"))?;
        answer.json["delegations"] = json!({
            "voters": voters, "passed_on": passed, "lost": delegated.lost, "steps": delegated.steps,
            "cycles": delegated.cycles.iter().map(|circle| circle.iter().map(|at| at + 1).collect()).collect::<Vec<Vec<usize>>>(),
        });
    }
    let requirements = &input.wanted.requirements;
    if requirements.is_empty() {
        return Ok(());
    }
    let asks_winner = |one: &&Requirement| matches!(one, Requirement::WinnerVotes(_) | Requirement::WinnerShare(..));
    if answer.winner_votes.is_none() && requirements.iter().any(|one| asks_winner(&one)) {
        bail!(
            "votes or a share are asked of the winner, but {} gives no number of votes for one candidate; rounds, scottish, meek, plurality, approval and star do",
            input.method.word()
        );
    }
    let turnout = Turnout {
        eligible: input.wanted.eligible.unwrap_or(0),
        cast: whole(&answer.cast)?,
        valid: whole(&answer.valid)?,
    };
    let checks = check_requirements(turnout, &answer.winner_votes.clone().unwrap_or_default(), requirements);
    // Methods that leave ties as groups may name more than there are seats.
    let is_settled = (1..=input.rules().seats as usize).contains(&answer.winners.len());
    let binds = checks.iter().all(|check| check.met) && is_settled;
    answer.text.push('\n');
    checks.iter().try_for_each(|check| writeln!(answer.text, "{}", check.sentence))?;
    writeln!(answer.text, "{}", if binds { "The result binds." } else { "The result does not bind." })?;
    answer.json["binds"] = binds.into();
    answer.json["requirements"] = checks
        .iter()
        .map(|check| json!({ "met": check.met, "found": check.found, "needed": check.needed, "sentence": check.sentence }))
        .collect();
    Ok(())
}

/// Ballots are whole, so that votes cast are.
fn whole(votes: &Votes) -> anyhow::Result<u64> {
    votes.to_string().parse().with_context(|| format!("{votes} votes are no whole number"))
}
