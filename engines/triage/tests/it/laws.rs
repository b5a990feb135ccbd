use crate::filed;
use proptest::prelude::*;
use triage::{CLASSES_LIMIT, Calibration, Case, FACTS_LIMIT, Learner, Model, RUN, WORDS_LIMIT};

proptest! {
    #[test]
    fn blocks_hold_every_guess_and_never_fall(notes in prop::collection::vec((-20_i32..20, any::<bool>()), 0..200)) {
        let notes: Vec<(f64, bool)> = notes.into_iter().map(|(margin, right)| (f64::from(margin), right)).collect();
        let calibration = Calibration::of(notes.clone());
        let blocks = calibration.blocks();
        if notes.len() < RUN {
            prop_assert!(blocks.is_empty());
        } else {
            prop_assert_eq!(blocks.iter().map(|block| block.of as usize).sum::<usize>(), notes.len());
        }
        prop_assert!(blocks.iter().all(|block| block.of as usize >= RUN && block.right <= block.of));
        for pair in blocks.windows(2) {
            prop_assert!(pair[0].from < pair[1].from);
            prop_assert!(u64::from(pair[0].right) * u64::from(pair[1].of) <= u64::from(pair[1].right) * u64::from(pair[0].of));
        }
    }

    #[test]
    fn the_order_of_cases_changes_no_count(words in prop::collection::vec(("[a-d]{1,6}", 0_usize..3), 1..30)) {
        let classes = ["one", "two", "three"];
        let learned = |some: &mut dyn Iterator<Item = &(String, usize)>| {
            let mut model = Model::default();
            some.for_each(|(word, class)| model.learn(&filed(word, "one"), classes[*class]));
            model
        };
        let (forth, back) = (learned(&mut words.iter()), learned(&mut words.iter().rev()));
        for (word, _) in &words {
            let asked = filed(word, "one");
            let (one, other) = (forth.guess(&asked).unwrap(), back.guess(&asked).unwrap());
            prop_assert_eq!(one.class, other.class);
            prop_assert_eq!(one.margin.to_bits(), other.margin.to_bits());
        }
    }
}

#[test]
fn limits_hold() {
    let mut learner = Learner::default();
    let names: Vec<String> = (0..CLASSES_LIMIT + 20).map(|number| format!("class-{number}")).collect();
    for name in &names {
        learner.see(&filed("word", name), name);
    }
    assert_eq!(learner.model().classes(), CLASSES_LIMIT);
    let words: Vec<String> = (0..WORDS_LIMIT + 50).map(|number| format!("w{number}")).collect();
    let all: Vec<&str> = words.iter().map(String::as_str).collect();
    let facts = vec![("fact", "value"); FACTS_LIMIT + 5];
    let mut model = Model::default();
    model.learn(&Case { words: all.clone(), facts: facts.clone(), presumed: "one" }, "one");
    let pieces = model.pieces(&Case { words: all, facts, presumed: "one" }, "one", "two");
    assert_eq!(pieces.len(), WORDS_LIMIT + FACTS_LIMIT);
}
