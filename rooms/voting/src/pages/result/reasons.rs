//! The engine's reasons as sentences.

use crate::{model::Vote, views};
use serde_json::Value;
use web::{Sayings, dates};

/// Why a project was funded.
pub(super) fn won(vote: &Vote, round: &Value, t: &Sayings) -> String {
    let tied = round["tied"].as_array().is_some_and(|tied| !tied.is_empty());
    let step = match round["step"].as_str().unwrap_or_default() {
        "completed" => t.say("why-completed").to_owned(),
        "free" => t.say("why-free").to_owned(),
        "mandatory" => t.say("why-mandatory").to_owned(),
        _ => paid(vote, &round["paid"], t).unwrap_or_else(|| t.say("why-chosen").to_owned()),
    };
    if tied { format!("{step} {}", t.say("why-tied")) } else { step }
}

/// Who paid for it, where the rule shares costs among voters.
fn paid(vote: &Vote, paid: &Value, t: &Sayings) -> Option<String> {
    let count = |value: &Value| value["voters"].as_i64().unwrap_or(0);
    let supporters = paid["supporters"].as_i64()?;
    let (full, rest) = (count(&paid["in_full"]), count(&paid["all_they_had"]));
    let each = if full > 0 { share_of(cents_of(&paid["in_full"]["total"]), full) } else { 0 };
    let number = |value: i64| dates::number(value, t.language());
    let key = match (supporters, rest) {
        (1, _) => "why-paid-one",
        (_, 0) => "why-paid",
        _ => "why-paid-rest",
    };
    Some(t.with(
        key,
        &[
            ("supporters", number(supporters).into()),
            ("full", number(full).into()),
            ("each", views::money(each, &vote.definition, t.language()).into()),
            ("rest", number(rest).into()),
        ],
    ))
}

/// What each of so many pays of a sum, to the nearest cent, halves up.
fn share_of(total_cents: i64, voters: i64) -> i64 {
    (total_cents + voters / 2) / voters
}

/// Why a project was not funded, and what more it would have needed.
pub(super) fn lost(vote: &Vote, loss: &Value, t: &Sayings) -> String {
    let money = |value: &Value| views::money(cents_of(value), &vote.definition, t.language());
    let number = |value: &Value| dates::number(value.as_i64().unwrap_or(0), t.language());
    let title = |id: &str| {
        let at = vote.definition.find(id);
        at.map_or_else(|| id.to_owned(), |at| vote.definition.options[at].title.in_language(t.language()).to_owned())
    };
    match loss["reason"].as_str().unwrap_or_default() {
        "no_support" => t.say("lost-no-support").to_owned(),
        "below_threshold" => {
            t.with2("lost-threshold", "has", number(&loss["votes"]), "needs", number(&loss["threshold"]))
        }
        "did_not_fit" => {
            let sentence = t.with2("lost-fit", "left", money(&loss["left"]), "missing", money(&loss["missing"]));
            match (loss["ahead_of"].as_str(), loss["votes_needed"].as_i64()) {
                (Some(other), Some(needed)) => {
                    let needed = dates::number(needed, t.language());
                    format!("{sentence} {}", t.with2("lost-fit-needed", "needed", needed, "other", title(other)))
                }
                _ => sentence,
            }
        }
        "not_reached" => t.with1("lost-not-reached", "left", money(&loss["left"])),
        "supporters_could_not_pay" => t.with(
            "lost-pay",
            &[
                ("had", money(&loss["had"]).into()),
                ("missing", money(&loss["missing"]).into()),
                ("more", loss["more_supporters"].as_i64().unwrap_or(0).into()),
            ],
        ),
        "stopped" => t.say("lost-stopped").to_owned(),
        _ => t.say("lost-other").to_owned(),
    }
}

/// An amount of the engine's JSON as cents: a number of the currency's units, or a fraction with its rounded decimal.
fn cents_of(value: &Value) -> i64 {
    let text = value["about"].as_str().map(str::to_owned).unwrap_or_else(|| value.to_string());
    text.parse::<f64>().map_or(0, |units| (units * 100.0).round() as i64)
}

#[cfg(test)]
mod tests {
    use super::{cents_of, share_of};
    use serde_json::json;

    #[test]
    fn shares_are_rounded_and_not_cut() {
        for (total, voters, each) in [(10_000, 3, 3_333), (20_000, 3, 6_667), (5, 2, 3), (1_923, 1, 1_923)] {
            assert_eq!(share_of(total, voters), each, "{total} by {voters}");
        }
    }

    #[test]
    fn amounts_become_cents() {
        assert_eq!(cents_of(&json!(1234)), 123_400);
        assert_eq!(cents_of(&json!(12.5)), 1_250);
        assert_eq!(cents_of(&json!({"exact": "100/3", "about": "33.333333"})), 3_333);
        assert_eq!(cents_of(&serde_json::Value::Null), 0);
    }
}
