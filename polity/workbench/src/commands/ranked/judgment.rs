use super::input::{Input, Votes};
use super::{Answer, one_seat, picture};
use crate::table::{Side, Table};
use serde_json::{Value, json};
use tallying::{MiddleGrade, ScoreBallot, majority_judgment};

/// Majority judgment.
pub(super) fn answer(
    input: &Input,
    ballots: &[ScoreBallot],
    grades: &[String],
    middle: MiddleGrade,
) -> anyhow::Result<Answer> {
    one_seat(input)?;
    let found = majority_judgment(&input.candidates, ballots, grades, middle)?;
    let mut columns = vec![("", Side::Right), ("candidate", Side::Left), ("majority-grade", Side::Left)];
    columns.extend(grades.iter().map(|grade| (grade.as_str(), Side::Right)));
    let mut table = Table::new(&columns);
    let (mut rows, mut json_rows) = (Vec::new(), Vec::new());
    for (place, at) in
        found.ranking.iter().enumerate().flat_map(|(place, group)| group.iter().map(move |at| (place, *at)))
    {
        let counts =
            found.grades.iter().find(|(own, _)| *own == at).map(|(_, counts)| counts.clone()).unwrap_or_default();
        let grade = found.majority_grades.iter().find(|(own, _)| *own == at).map_or(0, |(_, grade)| *grade as usize);
        let cells = [(place + 1).to_string(), input.name_of(at).to_owned(), grades[grade].clone()];
        table.row(cells.into_iter().chain(counts.iter().map(u64::to_string)));
        let of_grade: serde_json::Map<String, Value> =
            grades.iter().cloned().zip(counts.iter().map(|count| json!(count))).collect();
        json_rows.push(json!({
            "candidate": input.name_of(at), "place": place + 1, "majority_grade": grades[grade], "grades": of_grade,
        }));
        rows.push((at, counts));
    }
    let ranking: Vec<Vec<String>> = found.ranking.iter().map(|group| input.names(group)).collect();
    let first = ranking.first().map(|group| group.join(", ")).unwrap_or_default();
    let says = |ballot: &&ScoreBallot| ballot.scores.iter().any(Option::is_some);
    let votes = |all: &mut dyn Iterator<Item = u64>| Votes::from(all.map(u128::from).sum::<u128>());
    Ok(Answer {
        json: json!({
            "contest": input.name, "method": "majority-judgment", "winners": ranking.first(), "ranking": ranking,
            "candidates": json_rows, "steps": found.steps,
        }),
        text: format!("{}\n\n{}\n{}\n\nFirst: {first}\n", input.name, table.text(), found.steps.join("\n")),
        picture: picture::grades(input, &rows, grades),
        winners: found.ranking.into_iter().next().unwrap_or_default(),
        cast: votes(&mut ballots.iter().map(|ballot| ballot.weight)),
        valid: votes(&mut ballots.iter().filter(says).map(|ballot| ballot.weight)),
        winner_votes: None,
    })
}
