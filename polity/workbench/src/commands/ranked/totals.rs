use super::input::{Input, Votes};
use super::{Answer, one_seat, picture};
use crate::table::{Side, Table};
use serde_json::{Value, json};
use tallying::{
    Ballots, Method, ScoreBallot, Star, Tie, Totals, approval, borda, plurality, quadratic_voting, score_voting, star,
};

/// Methods that add something up for each candidate.
pub(super) fn answer(input: &Input) -> anyhow::Result<Answer> {
    let (rules, candidates) = (input.rules(), &input.candidates);
    let (seats, ties) = (rules.seats, &rules.ties);
    let found = match (&input.ballots, &input.method) {
        (Ballots::Ranked(ballots), Method::Borda(unranked)) => borda(candidates, ballots, *unranked, seats, ties)?,
        (Ballots::Ranked(ballots), _) => plurality(candidates, ballots, seats, ties)?,
        (Ballots::Scored(ballots), Method::Star { highest }) => return star_answer(input, ballots, *highest),
        (Ballots::Scored(ballots), Method::Score { highest }) => {
            score_voting(candidates, ballots, *highest, seats, ties)?
        }
        (Ballots::Scored(ballots), _) => approval(candidates, ballots, seats, ties)?,
        (Ballots::Credits(ballots), method) => {
            let credits = if let Method::Quadratic { credits } = method { *credits } else { 0 };
            quadratic_voting(candidates, ballots, credits, seats, ties)?
        }
    };
    Ok(from_totals(input, &found))
}

/// What the totals are of.
fn unit(method: &Method) -> &'static str {
    match method {
        Method::Approval => "approvals",
        Method::Plurality | Method::Quadratic { .. } => "votes",
        _ => "points",
    }
}

fn from_totals(input: &Input, found: &Totals) -> Answer {
    // Points and bought votes are no votes of voters, so no share of the votes can be asked of them.
    let counts_votes = matches!(input.method, Method::Plurality | Method::Approval);
    let last = found.winners.last();
    let winner_votes = found.totals.iter().find(|(at, _)| Some(at) == last).map(|(_, total)| total.clone());
    let names = input.names(&found.winners);
    Answer {
        json: json!({
            "contest": input.name, "method": input.method.word(), "winners": names,
            "totals": totals_json(input, &found.totals), "valid": found.valid, "blank": found.blank,
            "ties": ties_json(input, &found.ties), "steps": found.steps,
        }),
        text: format!(
            "{}\n\n{}\n{} votes, {} of them blank\n{}\n\nElected: {}\n",
            input.name,
            totals_table(input, &found.totals, &found.winners),
            Votes::from(found.valid) + &Votes::from(found.blank),
            found.blank,
            found.steps.join("\n"),
            names.join(", ")
        ),
        picture: picture::totals(input, &found.totals, &found.winners, unit(&input.method)),
        winners: found.winners.clone(),
        cast: Votes::from(found.valid) + &Votes::from(found.blank),
        valid: Votes::from(found.valid),
        winner_votes: winner_votes.filter(|_| counts_votes),
    }
}

fn star_answer(input: &Input, ballots: &[ScoreBallot], highest: u32) -> anyhow::Result<Answer> {
    one_seat(input)?;
    let found: Star = star(&input.candidates, ballots, highest, &input.rules().ties)?;
    let (first, second, neither) = found.runoff;
    let winner_votes = if found.finalists.first() == Some(&found.winner) { first } else { second };
    let finalists = input.names(&found.finalists);
    Ok(Answer {
        json: json!({
            "contest": input.name, "method": "star", "winners": [input.name_of(found.winner)], "finalists": finalists,
            "runoff": { "first": first, "second": second, "neither": neither },
            "totals": totals_json(input, &found.totals), "valid": found.valid, "blank": found.blank,
            "ties": ties_json(input, &found.ties), "steps": found.steps,
        }),
        text: format!(
            "{}\n\n{}\n{}\n\nElected: {}\n",
            input.name,
            totals_table(input, &found.totals, &found.finalists),
            found.steps.join("\n"),
            input.name_of(found.winner)
        ),
        picture: picture::totals(input, &found.totals, &found.finalists, "points"),
        winners: vec![found.winner],
        cast: Votes::from(found.valid) + &Votes::from(found.blank),
        valid: Votes::from(found.valid),
        winner_votes: Some(Votes::from(winner_votes)).filter(|_| found.finalists.len() == 2),
    })
}

fn totals_table(input: &Input, totals: &[(u16, Votes)], marked: &[u16]) -> String {
    let mut table = Table::new(&[("", Side::Left), ("candidate", Side::Left), (unit(&input.method), Side::Right)]);
    for (at, total) in totals {
        let mark = if marked.contains(at) { "*" } else { "" };
        table.row([mark.to_owned(), input.name_of(*at).to_owned(), crate::table::grouped(&total.to_string())]);
    }
    table.text()
}

fn totals_json(input: &Input, totals: &[(u16, Votes)]) -> Vec<Value> {
    totals.iter().map(|(at, total)| json!({ "candidate": input.name_of(*at), "total": total })).collect()
}

fn ties_json(input: &Input, ties: &[Tie]) -> Vec<Value> {
    let one = |tie: &Tie| {
        json!({
            "tied": input.names(&tie.tied), "taken": input.name_of(tie.taken), "sentence": tie.sentence(&input.candidates),
        })
    };
    ties.iter().map(one).collect()
}
