use super::input::Input;
use super::{Answer, listed, one_seat, picture};
use crate::table;
use serde_json::{Value, json};
use tallying::{Method, PairwiseMatrix, RankedBallots, Strength, Votes, condorcet, ranked_pairs, schulze};

/// Methods that compare candidates two by two.
pub(super) fn answer(input: &Input, ballots: &RankedBallots) -> anyhow::Result<Answer> {
    one_seat(input)?;
    let matrix = PairwiseMatrix::count(&input.candidates, ballots)?;
    let (groups, steps) = match input.method {
        Method::Schulze(strength) => {
            let found = schulze(&matrix, strength)?;
            (found.ranking, found.steps)
        }
        Method::RankedPairs(strength) => {
            let found = ranked_pairs(&matrix, strength, &listed(input))?;
            (found.ranking, found.steps)
        }
        _ => {
            let found = condorcet(&matrix);
            (vec![found.winner.map_or(found.smith_set, |winner| vec![winner])], found.steps)
        }
    };
    let ranking: Vec<Vec<String>> = groups.iter().map(|group| input.names(group)).collect();
    let first = ranking.first().map(|group| group.join(", ")).unwrap_or_default();
    let text = format!(
        "{}\n\n{}\n{}\n\nFirst: {first}\n",
        input.name,
        table::of_rows(&matrix_rows(input, &matrix)),
        steps.join("\n")
    );
    let blank: u64 = ballots.iter().filter(|ballot| ballot.marks.is_empty()).map(|ballot| ballot.weight).sum();
    let cast = Votes::from(ballots.weight());
    let json = json!({
        "contest": input.name, "method": input.method.word(), "strength": strength_word(&input.method),
        "winners": ranking.first(), "ranking": ranking, "pairwise": matrix_json(input, &matrix), "steps": steps,
    });
    Ok(Answer {
        json,
        text,
        picture: picture::pairs(input, &matrix),
        winners: groups.into_iter().next().unwrap_or_default(),
        valid: cast.clone() - &Votes::from(blank),
        cast,
        winner_votes: None,
    })
}

fn strength_word(method: &Method) -> Option<&'static str> {
    match method {
        Method::Schulze(strength) | Method::RankedPairs(strength) => Some(match strength {
            Strength::WinningVotes => "winning-votes",
            Strength::Margins => "margins",
        }),
        _ => None,
    }
}

fn matrix_rows(input: &Input, matrix: &PairwiseMatrix) -> Vec<Vec<String>> {
    let all = matrix.included();
    let head = std::iter::once("prefers row to column".to_owned()).chain((1..=all.len()).map(|at| at.to_string()));
    let rows = all.iter().enumerate().map(|(number, &one)| {
        let cell =
            |&other: &u16| if one == other { "–".to_owned() } else { matrix.preferring(one, other).to_string() };
        std::iter::once(format!("{} {}", number + 1, input.name_of(one))).chain(all.iter().map(cell)).collect()
    });
    std::iter::once(head.collect()).chain(rows).collect()
}

fn matrix_json(input: &Input, matrix: &PairwiseMatrix) -> Value {
    let row = |&one: &u16| {
        let cells = matrix.included().iter().filter(|&&other| other != one);
        let votes = cells.map(|&other| (input.name_of(other).to_owned(), json!(matrix.preferring(one, other))));
        (input.name_of(one).to_owned(), Value::Object(votes.collect()))
    };
    Value::Object(matrix.included().iter().map(row).collect())
}
