//! Reads a JSON list of decided cases from standard input, in the order of time, as `{"words": […], "facts": [["district", "mill"]],
//! "presumed": "lamp", "class": "bin"}`, and writes what the learner guessed before each, its blocks, and what it suggests for each afterwards.

use serde_json::{Value, json};
use triage::{Case, Learner};

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

fn case_of(value: &Value) -> Case<'_> {
    let list = |name: &str| value[name].as_array().into_iter().flatten();
    Case {
        words: list("words").map(text).collect(),
        facts: list("facts").map(|pair| (text(&pair[0]), text(&pair[1]))).collect(),
        presumed: text(&value["presumed"]),
    }
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let given: Vec<Value> = serde_json::from_reader(std::io::stdin())?;
    let mut learner = Learner::default();
    let mut guesses = Vec::new();
    for one in &given {
        let case = case_of(one);
        let guess = learner.model().guess(&case);
        guesses.push(guess.map(|guess| json!({"class": guess.class, "margin": guess.margin})));
        learner.see(&case, text(&one["class"]));
    }
    learner.settle();
    let suggestions = given.iter().map(|one| {
        learner.suggest(&case_of(one)).map(|made| {
            let reasons: Vec<Value> =
                made.reasons.iter().map(|reason| json!([reason.name, reason.is_fact, reason.weight])).collect();
            json!({"class": made.class, "margin": made.margin, "right": made.right, "of": made.of, "share": made.share, "reasons": reasons})
        })
    });
    let blocks: Vec<Value> =
        learner.calibration().blocks().iter().map(|block| json!([block.from, block.right, block.of])).collect();
    let found = json!({"guesses": guesses, "blocks": blocks, "suggestions": suggestions.collect::<Vec<_>>()});
    serde_json::to_writer(std::io::stdout(), &found)?;
    Ok(())
}
