use super::input::Input;
use super::{Answer, picture};
use crate::table;
use serde_json::{Value, json};
use std::fmt::Write;
use tallying::{
    Counted, Decided, How, MeekRules, Method, RankedBallots, Round, ScottishRules, Votes, count_by_elimination,
    count_in_sequence, count_meek, count_scottish, report,
};

/// Counts with rounds.
pub(super) fn answer(input: &Input, ballots: &RankedBallots) -> anyhow::Result<Answer> {
    let counts = counts(input, ballots)?;
    let mut text = format!("{}\n", input.name);
    for warning in &input.warnings {
        writeln!(text, "Note: {warning}")?;
    }
    for (at, counted) in counts.iter().enumerate() {
        if counts.len() > 1 {
            writeln!(text, "\nSeat {}", at + 1)?;
        }
        write_count(&mut text, input, counted)?;
    }
    let winners: Vec<u16> = counts.iter().flat_map(|counted| counted.winners.iter().copied()).collect();
    let names = input.names(&winners);
    let noun = if names.len() == 1 { "Elected" } else { "Elected, in this order" };
    writeln!(text, "\n{noun}: {}", if names.is_empty() { "nobody".to_owned() } else { names.join(", ") })?;
    let seats = input.rules().seats;
    let mut reports: Vec<Value> = counts.iter().map(|counted| report_of(input, counted, seats)).collect();
    let mut json =
        if let [_] = reports[..] { reports.remove(0) } else { json!({ "counts": reports, "winners": names }) };
    json["method"] = input.method.word().into();
    let cast = counts.first().map(|counted| counted.cast.clone()).unwrap_or_default();
    let blank = counts.first().and_then(|counted| counted.rounds.first()).map(|round| round.inactive.blank.clone());
    Ok(Answer {
        json,
        text,
        picture: picture::rounds(input, &counts),
        winner_votes: counts.last().and_then(votes_of_last_winner),
        winners,
        valid: cast.clone() - &blank.unwrap_or_default(),
        cast,
    })
}

fn counts(input: &Input, ballots: &RankedBallots) -> anyhow::Result<Vec<Counted>> {
    let (candidates, rules) = (&input.candidates, input.rules());
    let (seats, reading, ties) = (rules.seats, rules.reading.clone(), rules.ties.clone());
    Ok(match (&input.method, &input.how) {
        (Method::Scottish, _) => vec![count_scottish(candidates, ballots, &ScottishRules { seats, reading, ties })?],
        (Method::Meek, _) => {
            let rules = MeekRules { reading, ..MeekRules::reference(seats, ties) };
            vec![count_meek(candidates, ballots, &rules)?]
        }
        (_, How::Elimination(rules)) => vec![count_by_elimination(candidates, ballots, rules)?],
        (_, How::Sequence(rules)) => count_in_sequence(candidates, ballots, rules)?,
    })
}

/// What the last winner had in the round of their election.
fn votes_of_last_winner(counted: &Counted) -> Option<Votes> {
    let last = counted.winners.last()?;
    let elects = |round: &&Round| {
        round.actions.iter().any(|action| action.candidate == *last && matches!(action.decided, Decided::Elected(_)))
    };
    counted.rounds.iter().find(elects)?.tally.get(last).cloned()
}

fn report_of(input: &Input, counted: &Counted, seats: u32) -> Value {
    report(&input.name, input.contest.as_ref(), &input.candidates, counted, seats)
}

/// A table of all rounds, then what was decided in each, in sentences.
fn write_count(text: &mut String, input: &Input, counted: &Counted) -> std::fmt::Result {
    writeln!(text, "{} votes, {} rounds\n", counted.cast, counted.rounds.len())?;
    for part in counted.rounds.chunks(ROUNDS_PER_TABLE) {
        text.push_str(&table::of_rows(&cells(input, part, counted)));
        text.push('\n');
    }
    for round in &counted.rounds {
        for sentence in round.sentences(&input.candidates) {
            writeln!(text, "Round {}: {sentence}", round.number)?;
        }
    }
    Ok(())
}

const ROUNDS_PER_TABLE: usize = 8;

/// Candidates by how long they lasted, then by their first votes.
pub(super) fn by_endurance(counted: &Counted) -> Vec<u16> {
    let Some(first) = counted.rounds.first() else { return Vec::new() };
    let mut all: Vec<u16> = first.tally.keys().copied().collect();
    let lasted = |at: u16| counted.rounds.iter().filter(|round| round.tally.contains_key(&at)).count();
    all.sort_by(|one, other| {
        lasted(*other).cmp(&lasted(*one)).then_with(|| first.tally.get(other).cmp(&first.tally.get(one)))
    });
    all
}

fn cells(input: &Input, rounds: &[Round], counted: &Counted) -> Vec<Vec<String>> {
    let row = |name: &str, of: &dyn Fn(&Round) -> String| {
        std::iter::once(name.to_owned()).chain(rounds.iter().map(of)).collect::<Vec<String>>()
    };
    let mut table = vec![row("round", &|round| round.number.to_string())];
    for at in by_endurance(counted) {
        let mark = if counted.winners.contains(&at) { "* " } else { "  " };
        let votes = |round: &Round| round.tally.get(&at).map(ToString::to_string).unwrap_or_default();
        table.push(row(&format!("{mark}{}", input.name_of(at)), &votes));
    }
    table.push(row("  for nobody", &|round| round.inactive.total().to_string()));
    table.push(row("  quota", &|round| round.quota.to_string()));
    table
}
