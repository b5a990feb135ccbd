use crate::filed;
use triage::{Calibration, Case, Learner, Model, SHOWN_FROM, grams_of};

#[test]
fn a_word_is_its_runs_of_four_letters() {
    let packed = |text: &str| text.chars().fold(0_u128, |all, c| all << 21 | u128::from(u32::from(c)));
    let mut wanted = vec![packed(" lam"), packed("lamp"), packed("amp ")];
    wanted.sort_unstable();
    assert_eq!(grams_of("lamp"), wanted);
    assert_eq!(grams_of("7"), [packed(" 7 ")]);
    assert_eq!(grams_of("aaaaaaa").len(), 3, "each once");
    assert_eq!(grams_of("مصباح").len(), 4);
}

#[test]
fn one_case_of_each_by_hand() {
    let mut model = Model::default();
    model.learn(&Case { words: vec!["dark"], facts: vec![("district", "mill")], presumed: "lamp" }, "lamp");
    model.learn(&Case { words: vec!["full"], facts: vec![("district", "docks")], presumed: "bin" }, "bin");
    // Three runs each, six kinds: (1 + 0.1) / (3 + 0.6) against 0.1 / 3.6; the district (1 + 0.5) / (1 + 1) against 0.5 / 2.
    let asked = Case { words: vec!["full", "never"], facts: vec![("district", "docks")], presumed: "lamp" };
    let guess = model.guess(&asked).unwrap();
    assert_eq!(guess.class, "bin");
    assert!((guess.margin - (11.0_f64.ln() + 3.0_f64.ln())).abs() < 1e-12, "{}", guess.margin);
    let pieces = model.pieces(&asked, "bin", "lamp");
    assert_eq!(pieces[0].name, "full");
    assert!((pieces[0].weight - 11.0_f64.ln()).abs() < 1e-12);
    assert_eq!((pieces[1].name.as_str(), pieces[1].is_fact), ("district", true));
    assert_eq!(pieces[2].weight, 0.0, "a word that was never seen says nothing");
    assert_eq!(Model::default().guess(&asked), None);
}

#[test]
fn a_class_that_was_never_decided_for_is_no_wall() {
    let mut model = Model::default();
    model.learn(&filed("full bin", "bin"), "bin");
    let guess = model.guess(&filed("full bin", "sofa")).unwrap();
    assert_eq!(guess.class, "bin");
    assert!(guess.margin.is_finite() && guess.margin > 0.0);
}

#[test]
fn blocks_are_runs_that_never_fall() {
    let note = |margin: u32, right: bool| (f64::from(margin), right);
    // From the surest: 5 of 5, 1 of 5, 3 of 5; the last two are pooled to 4 of 10, and two left over join them.
    let mut notes: Vec<_> = (10..15).map(|margin| note(margin, true)).collect();
    notes.extend((5..10).map(|margin| note(margin, margin == 9)));
    notes.extend((0..5).map(|margin| note(margin, margin < 3)));
    notes.extend([(-1.0, false), (-2.0, false)]);
    notes.reverse();
    let calibration = Calibration::of(notes);
    let blocks: Vec<_> = calibration.blocks().iter().map(|block| (block.from, block.right, block.of)).collect();
    assert_eq!(blocks, [(-2.0, 4, 12), (10.0, 5, 5)]);
    assert_eq!(calibration.like(9.9).unwrap().of, 12);
    assert_eq!(calibration.like(10.0).unwrap().share(), 6.0 / 7.0);
    assert_eq!(calibration.like(-3.0), None, "nobody knows what is below all");
    assert!(Calibration::of(vec![(1.0, true); 4]).blocks().is_empty(), "four are too few");
    assert_eq!(Calibration::of(vec![(1.0, true); 12]).blocks().len(), 1, "equal margins stay together");
}

#[test]
fn nothing_is_suggested_against_a_class_that_nobody_decided_for() {
    let bins = (0..20).map(|_| (filed("full bin", "bin"), "bin"));
    // Each of these was something new, and rightly filed.
    let names = ["a", "b", "c", "d", "e", "f", "g", "h"];
    let new = names.iter().map(|name| (filed("something", name), *name));
    let learner = Learner::of(bins.chain(new));
    assert!(learner.calibration().blocks().is_empty(), "{:?}", learner.calibration());
    assert_eq!(learner.suggest(&filed("full bin", "never")), None);
}

/// Lamps that are lamps, and bins that were filed as lamps and corrected.
fn history(corrected: usize, agreed: bool) -> Learner {
    let lamps = ["lamp dark corner", "lamps flicker street", "farola apagada", "مصباح معطل"];
    let bins = ["bin full rubbish", "bins overflowing", "basura contenedor lleno", "حاويه ممتلئه"];
    let mut learner = Learner::default();
    for round in 0..corrected {
        learner.see(&filed(lamps[round % 4], "lamp"), "lamp");
        learner.see(&filed(bins[round % 4], "lamp"), if agreed { "bin" } else { "lamp" });
        learner.see(&filed(bins[round % 4], "bin"), "bin");
    }
    learner.settle();
    learner
}

#[test]
fn what_officers_correct_is_suggested_with_how_often_it_was_right_and_why() {
    let learner = history(12, true);
    let made = learner.suggest(&filed("bins full", "lamp")).unwrap();
    assert_eq!(made.class, "bin");
    assert!(made.share >= SHOWN_FROM && made.of >= 5 && made.right <= made.of, "{made:?}");
    assert!(made.reasons.iter().any(|reason| reason.name == "bins"), "{made:?}");
    assert!(made.reasons.iter().all(|reason| reason.weight > 0.0));
    let arabic = learner.suggest(&filed("حاويات ممتلئه", "lamp")).unwrap();
    assert_eq!(arabic.class, "bin", "forms of a word are alike");
    assert_eq!(learner.suggest(&filed("lamp dark", "lamp")), None, "it lies where it belongs");
    assert_eq!(learner.suggest(&filed("bins full", "bin")), None);
}

#[test]
fn what_officers_reject_is_not_suggested_again() {
    assert_eq!(history(12, false).suggest(&filed("bins full", "lamp")), None);
    assert_eq!(history(2, true).suggest(&filed("bins full", "lamp")), None, "too little is known");
    assert_eq!(Learner::default().suggest(&filed("bins full", "lamp")), None);
}
