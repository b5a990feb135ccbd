//! A naive twin: texts instead of numbers, every count made anew from all cases for each question.

use proptest::prelude::*;
use std::collections::BTreeSet;
use triage::{Case, Model};

type Decided = (Vec<&'static str>, &'static str, &'static str);

fn runs(word: &str) -> BTreeSet<String> {
    let padded: Vec<char> = format!(" {word} ").chars().collect();
    if padded.len() <= 4 {
        return BTreeSet::from([padded.iter().collect()]);
    }
    (3..padded.len()).map(|at| padded[at - 3..=at].iter().collect()).collect()
}

fn unique(words: &[&'static str]) -> BTreeSet<&'static str> {
    words.iter().copied().collect()
}

/// How often a run comes in the words of the cases of a class.
fn seen(cases: &[Decided], class: &str, run: Option<&str>) -> f64 {
    let own = cases.iter().filter(|case| case.2 == class).flat_map(|case| unique(&case.0)).flat_map(runs);
    own.filter(|one| run.is_none_or(|run| run == one)).count() as f64
}

fn score(cases: &[Decided], asked: &Decided, class: &str) -> f64 {
    let classes = cases.iter().map(|case| case.2).collect::<BTreeSet<_>>().len() as f64;
    let kinds: BTreeSet<String> = cases.iter().flat_map(|case| unique(&case.0)).flat_map(runs).collect();
    let own: Vec<_> = cases.iter().filter(|case| case.2 == class).collect();
    let mut score = ((own.len() as f64 + 1.0) / (cases.len() as f64 + classes + 1.0)).ln();
    for word in unique(&asked.0) {
        let known: Vec<String> = runs(word).into_iter().filter(|run| kinds.contains(run)).collect();
        let all = seen(cases, class, None) + 0.1 * kinds.len() as f64;
        let sum: f64 = known.iter().map(|run| ((seen(cases, class, Some(run)) + 0.1) / all).ln()).sum();
        score += if known.is_empty() { 0.0 } else { sum / known.len() as f64 };
    }
    let values: BTreeSet<&str> = cases.iter().map(|case| case.1).collect();
    if values.contains(asked.1) {
        let with_it = own.iter().filter(|case| case.1 == asked.1).count() as f64;
        score += ((with_it + 0.5) / (own.len() as f64 + 0.5 * values.len() as f64)).ln();
    }
    score
}

fn case<'c>(decided: &Decided, presumed: &'c str) -> Case<'c> {
    Case { words: decided.0.clone(), facts: vec![("district", decided.1)], presumed }
}

fn decided() -> impl Strategy<Value = Decided> {
    let words = vec!["lamp", "lamps", "dark", "bin", "full", "farola", "مصباح", "7", "a", "lamp"];
    let words = prop::collection::vec(prop::sample::select(words), 0..5);
    (words, prop::sample::select(vec!["mill", "docks", "hill"]), prop::sample::select(vec!["lamp", "bin", "sofa"]))
}

proptest! {
    #[test]
    fn the_twin_agrees(cases in prop::collection::vec(decided(), 1..15), asked in decided()) {
        let mut model = Model::default();
        cases.iter().for_each(|one| model.learn(&case(one, "lamp"), one.2));
        let classes: BTreeSet<&str> = cases.iter().map(|one| one.2).collect();
        for presumed in ["lamp", "never"] {
            let guess = model.guess(&case(&asked, presumed)).unwrap();
            let best = classes.iter().map(|class| score(&cases, &asked, class)).fold(f64::NEG_INFINITY, f64::max);
            let own = score(&cases, &asked, &guess.class);
            prop_assert!((best - own).abs() < 1e-9, "{} is not the likeliest", guess.class);
            let margin = own - score(&cases, &asked, presumed);
            prop_assert!((guess.margin - margin).abs() < 1e-9, "{} {}", guess.margin, margin);
        }
        let pieces = model.pieces(&case(&asked, "lamp"), "bin", "lamp");
        let sum: f64 = pieces.iter().map(|piece| piece.weight).sum();
        let prior = |class: &str| (cases.iter().filter(|one| one.2 == class).count() as f64 + 1.0).ln();
        let wanted = score(&cases, &asked, "bin") - score(&cases, &asked, "lamp") - (prior("bin") - prior("lamp"));
        prop_assert!((sum - wanted).abs() < 1e-9, "the pieces are the whole: {sum} {wanted}");
    }
}
