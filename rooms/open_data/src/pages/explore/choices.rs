//! What can be chosen in the explorer.

use super::{Question, label_of};
use crate::model::Resource;
use civic::Language;
use tables::{Op, TableInfo};
use web::{Visit, parts::Choice};

pub(super) fn choice(value: &str, label: &str, chosen: bool) -> Choice {
    Choice { value: value.to_owned(), label: label.to_owned(), detail: String::new(), chosen }
}

/// The Fluent key of a comparison.
pub(super) fn op_key(op: Op) -> &'static str {
    match op {
        Op::Is | Op::Among => "data-op-is",
        Op::IsNot => "data-op-is-not",
        Op::Less => "data-op-less",
        Op::AtMost => "data-op-at-most",
        Op::More => "data-op-more",
        Op::AtLeast => "data-op-at-least",
        Op::Contains => "data-op-contains",
        Op::Starts => "data-op-starts",
        Op::Empty => "data-op-empty",
        Op::Filled => "data-op-filled",
    }
}

/// Columns whose values can be counted; those that are counted are chosen.
pub(super) fn facet_choices(
    question: &Question,
    resource: &Resource,
    info: &TableInfo,
    language: Language,
) -> Vec<Choice> {
    let countable = info
        .columns
        .iter()
        .enumerate()
        .filter(|(at, column)| info.geometry != Some(*at) && column.distinct.is_some_and(|distinct| distinct > 1));
    let one = |(_, column): (usize, &tables::Described)| {
        choice(&column.name, &label_of(resource, &column.name, language), question.facets.contains(&column.name))
    };
    countable.map(one).collect()
}

pub(super) fn group_choices(visit: &Visit, question: &Question, info: &TableInfo) -> Vec<Choice> {
    let asked = question.value("group");
    let mut choices = vec![choice("", visit.t.say("data-group-none"), asked.is_empty())];
    for column in info.columns.iter().filter(|column| column.distinct.is_some()) {
        choices.push(choice(&column.name, &column.name, asked == column.name));
        for (part, key) in [("year", "data-part-year"), ("month", "data-part-month"), ("day", "data-part-day")] {
            if column.kind.is_time() {
                let value = format!("{}:{part}", column.name);
                choices.push(choice(&value, &format!("{} ({})", column.name, visit.t.say(key)), asked == value));
            }
        }
    }
    choices
}

pub(super) fn sum_choices(visit: &Visit, question: &Question, info: &TableInfo) -> Vec<Choice> {
    let asked = question.value("sum");
    let mut choices = vec![choice("", visit.t.say("data-sum-count"), asked.is_empty())];
    for column in info.columns.iter().filter(|column| column.kind.is_number()) {
        for word in tables::Aggregate::WORDS {
            let key = match word {
                "sum" => "data-sum-sum",
                "mean" => "data-sum-mean",
                "median" => "data-sum-median",
                "min" => "data-sum-min",
                _ => "data-sum-max",
            };
            let value = format!("{word}:{}", column.name);
            choices.push(choice(&value, &visit.t.with1(key, "column", column.name.as_str()), asked == value));
        }
    }
    choices
}
