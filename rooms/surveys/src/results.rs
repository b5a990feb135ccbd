//! PURE: what was answered, counted so that nobody is found in a small number.

use forms::{Answers, Field, Form, Kind, visible_pages};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;

/// Counts from 1 to one less than this are not told, nor anything by which they could be worked out.
pub const SMALL: u64 = 5;

/// What was counted of a survey.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Outcome {
    /// How many answered; `null` where there are fewer than five, and then there is no table.
    pub answers: Option<u64>,
    /// A table for each question.
    pub questions: Vec<Tally>,
}

/// What was answered to one question.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Tally {
    /// The name of the question.
    pub name: String,
    /// How many were asked it, which on branches is not everybody; `null` where it is not told.
    pub asked: Option<u64>,
    /// How many answered it; `null` where it is not told.
    pub answered: Option<u64>,
    /// How often each answer was given, in the order of the form; none for numbers, days and words.
    pub cells: Vec<Cell>,
    /// The mean of a number, to two places; `null` where fewer than five answered.
    pub mean: Option<f64>,
    /// The median of a number.
    pub median: Option<f64>,
}

/// How often one answer was given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Cell {
    /// The value of the answer.
    pub value: String,
    /// How often; `null` where it is not told.
    pub count: Option<u64>,
}

/// Counts the answers to a form; `districts` are the codes of the town's.
pub fn tally(form: &Form, all: &[Answers], districts: &[String]) -> Outcome {
    if (all.len() as u64) < SMALL {
        return Outcome { answers: None, questions: Vec::new() };
    }
    let shown: Vec<Vec<&str>> = all.iter().map(|one| names_shown(form, one)).collect();
    let question = |(_, field): (_, &Field)| {
        let asked = shown.iter().filter(|names| names.contains(&field.name.as_str())).count() as u64;
        one_question(field, asked, all, districts)
    };
    Outcome { answers: Some(all.len() as u64), questions: form.fields().map(question).collect() }
}

fn names_shown<'f>(form: &'f Form, answers: &Answers) -> Vec<&'f str> {
    visible_pages(form, answers).iter().flat_map(|page| page.fields.iter().map(|field| field.name.as_str())).collect()
}

fn one_question(field: &Field, asked: u64, all: &[Answers], districts: &[String]) -> Tally {
    let given: Vec<&Value> = all.iter().filter_map(|one| one.0.get(&field.name)).collect();
    let answered = given.len() as u64;
    let everybody = all.len() as u64;
    // Who was asked and who was not are two groups, and so are who answered and who did not: each small one hides both.
    let tells_asked = is_told(asked) && is_told(everybody - asked);
    let tells_answered = tells_asked && is_told(answered) && is_told(asked.saturating_sub(answered));
    let enough = answered >= SMALL && tells_answered;
    let numbers: Vec<f64> = given.iter().filter_map(|value| value.as_f64()).collect();
    Tally {
        name: field.name.clone(),
        asked: tells_asked.then_some(asked),
        answered: tells_answered.then_some(answered),
        cells: if enough { cells(field, &given, districts) } else { Vec::new() },
        mean: (enough && field.kind == Kind::Number).then(|| mean(&numbers)),
        median: (enough && field.kind == Kind::Number).then(|| median(numbers)),
    }
}

fn is_told(count: u64) -> bool {
    count == 0 || count >= SMALL
}

fn cells(field: &Field, given: &[&Value], districts: &[String]) -> Vec<Cell> {
    let values: Vec<String> = match field.kind {
        Kind::Choice | Kind::Several => field.choices.iter().map(|choice| choice.value.clone()).collect(),
        Kind::YesNo => vec!["yes".to_owned(), "no".to_owned()],
        Kind::District => districts.to_vec(),
        _ => return Vec::new(),
    };
    let mut counts: BTreeMap<&str, u64> = values.iter().map(|value| (value.as_str(), 0)).collect();
    for value in given {
        match value {
            Value::Bool(yes) => count(&mut counts, if *yes { "yes" } else { "no" }),
            Value::String(text) => count(&mut counts, text),
            Value::Array(several) => several.iter().filter_map(Value::as_str).for_each(|one| count(&mut counts, one)),
            _ => {}
        }
    }
    let counts: Vec<u64> = values.iter().map(|value| counts[value.as_str()]).collect();
    let told = match field.kind {
        Kind::Several => each_told(&counts, given.len() as u64),
        _ => parts_told(&counts),
    };
    values.into_iter().zip(told).map(|(value, count)| Cell { value, count }).collect()
}

fn count(counts: &mut BTreeMap<&str, u64>, value: &str) {
    if let Some(count) = counts.get_mut(value) {
        *count += 1;
    }
}

/// Parts of a known whole: what is small is not told, and as much beside it as hides it, the smallest first, so that what is
/// not told is at least two parts and [`SMALL`] people.
pub(crate) fn parts_told(counts: &[u64]) -> Vec<Option<u64>> {
    let mut hidden: Vec<bool> = counts.iter().map(|count| !is_told(*count)).collect();
    if !hidden.contains(&true) {
        return counts.iter().copied().map(Some).collect();
    }
    loop {
        let parts = hidden.iter().filter(|hides| **hides).count();
        let people: u64 = counts.iter().zip(&hidden).filter(|(_, hides)| **hides).map(|(count, _)| count).sum();
        if parts >= 2 && people >= SMALL {
            break;
        }
        let rest = counts.iter().enumerate().filter(|(at, count)| !hidden[*at] && **count > 0);
        let Some((next, _)) = rest.min_by_key(|(at, count)| (**count, *at)) else { break };
        hidden[next] = true;
    }
    // Where one part is all there is to hide, nothing can stand beside it: then none is told.
    if hidden.iter().filter(|hides| **hides).count() < 2 {
        return vec![None; counts.len()];
    }
    counts.iter().zip(hidden).map(|(count, hides)| (!hides).then_some(*count)).collect()
}

/// Answers of which several could be given: each with those who did not give it is a whole of its own.
pub(crate) fn each_told(counts: &[u64], answered: u64) -> Vec<Option<u64>> {
    counts.iter().map(|count| (is_told(*count) && is_told(answered - count)).then_some(*count)).collect()
}

fn mean(numbers: &[f64]) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "far fewer than 2^52 answers")]
    let mean = numbers.iter().sum::<f64>() / numbers.len().max(1) as f64;
    (mean * 100.0).round() / 100.0
}

fn median(mut numbers: Vec<f64>) -> f64 {
    numbers.sort_by(f64::total_cmp);
    let half = numbers.len() / 2;
    match numbers.len() {
        0 => 0.0,
        count if count % 2 == 1 => numbers[half],
        _ => f64::midpoint(numbers[half - 1], numbers[half]),
    }
}

#[cfg(test)]
mod tests {
    use super::{SMALL, each_told, parts_told};
    use proptest::prelude::*;

    #[test]
    fn known_answers() {
        assert_eq!(parts_told(&[10, 20, 30]), [Some(10), Some(20), Some(30)]);
        assert_eq!(parts_told(&[10, 2, 30]), [None, None, Some(30)], "2 alone would be the rest of 42");
        assert_eq!(parts_told(&[1, 1, 30]), [None, None, None], "two single people are told by their sum");
        assert_eq!(parts_told(&[4, 4, 30]), [None, None, Some(30)]);
        assert_eq!(parts_told(&[0, 8, 30]), [Some(0), Some(8), Some(30)]);
        assert_eq!(parts_told(&[3, 0, 0]), [None, None, None]);
        assert_eq!(
            each_told(&[10, 8, 2], 11),
            [None, None, None],
            "one did not choose the first, three not the second"
        );
        assert_eq!(each_told(&[10, 11, 0], 20), [Some(10), Some(11), Some(0)]);
    }

    proptest! {
        #[test]
        fn what_is_not_told_is_hidden_among_others(counts in prop::collection::vec(0_u64..40, 1..8)) {
            let told = parts_told(&counts);
            let hidden: Vec<u64> =
                counts.iter().zip(&told).filter(|(_, told)| told.is_none()).map(|(count, _)| *count).collect();
            prop_assert!(told.iter().flatten().all(|count| *count == 0 || *count >= SMALL));
            if !hidden.is_empty() && hidden.len() < counts.len() {
                prop_assert!(hidden.len() >= 2 && hidden.iter().sum::<u64>() >= SMALL);
            }
            prop_assert!(told.iter().zip(&counts).all(|(told, count)| told.is_none_or(|told| told == *count)));
        }
    }
}
