//! The complete instances of Flanigan et al. 2021 with the exact leximin minimum of the paper's own program, and results by hand.

use crate::pools::assembly;
use lottery::{Assembly, Fairness, PoolColumns, Refusal, Seed, prepare, read_pool, read_quotas};
use std::path::PathBuf;

pub fn shared(path: &str) -> String {
    let file = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/sortition").join(path);
    std::fs::read_to_string(&file)
        .unwrap_or_else(|error| panic!("{} is needed beside the checkout: {error}", file.display()))
}

pub fn example(name: &str, seats: u32) -> Assembly {
    let categories = read_quotas(&shared(&format!("data/{name}/categories.csv"))).unwrap();
    let volunteers =
        read_pool(&shared(&format!("data/{name}/respondents.csv")), &categories, &PoolColumns::default()).unwrap();
    Assembly { seats, categories, volunteers, one_per_address: false }
}

/// “LEXIMIN minimum probability (exact)” and “gini coefficient of LEXIMIN” of the reference, in per cent.
fn reference(name: &str) -> (f64, f64) {
    let text = shared(&format!("reference_output/{name}_statistics.txt"));
    let figure = |start: &str| {
        let line = text.lines().find_map(|line| line.strip_prefix(start)).unwrap();
        line.trim().trim_end_matches('%').parse().unwrap()
    };
    (figure("LEXIMIN minimum probability (exact):"), figure("gini coefficient of LEXIMIN:"))
}

#[test]
fn the_small_and_the_large_example_of_the_paper() {
    for (name, seats) in [("example_small_20", 20), ("example_large_200", 200)] {
        let (minimum, gini) = reference(name);
        let assembly = example(name, seats);
        let lottery = prepare(&assembly, Fairness::Leximin, 1000).unwrap();
        assert!(lottery.proved);
        assert!((lottery.smallest_ideal() * 100.0 - minimum).abs() < 1e-6, "{name}");
        assert_eq!(lottery.smallest(), (100, 1000), "{name}: exactly a tenth for everyone");
        assert!(lottery.seats.iter().all(|&seats| seats == 100));
        assert!((lottery.gini() * 100.0 - gini).abs() < 0.05);
    }
}

#[test]
fn two_women_for_one_seat_of_two() {
    // One seat must go to a woman; there are two women and four men: a half each, a quarter each.
    let rows: Vec<Vec<usize>> = [0, 0, 1, 1, 1, 1].iter().map(|&feature| vec![feature]).collect();
    let lottery = prepare(&assembly(2, &[vec![(1, 1), (1, 1)]], &rows, &[]), Fairness::Leximin, 1000).unwrap();
    assert_eq!(lottery.seats, [500, 500, 250, 250, 250, 250]);
}

#[test]
fn what_only_divided_people_could_do_is_not_promised() {
    // A panel of two with one of each feature in three categories: only people unlike in everything can sit together. With divided
    // people the first four could all have a chance; with whole ones only the last two can ever be drawn.
    let rows = vec![vec![0, 0, 1], vec![0, 1, 0], vec![1, 0, 0], vec![1, 1, 1], vec![0, 0, 0]];
    let quotas = vec![vec![(1, 1), (1, 1)]; 3];
    let lottery = prepare(&assembly(2, &quotas, &rows, &[]), Fairness::Leximin, 10).unwrap();
    assert_eq!(lottery.seats, [0, 0, 0, 10, 10]);
    assert_eq!((lottery.smallest_bound, lottery.proved), (0.0, true));
    // Without the last one no panel is left, and none can be had by one seat more or less.
    let refused = prepare(&assembly(2, &quotas, &rows[..4], &[]), Fairness::Leximin, 10).unwrap_err();
    let Refusal::Impossible(relaxation) = refused else { panic!("{refused}") };
    assert_eq!((relaxation.seats, relaxation.smallest), (2, true));
}

#[test]
fn impossible_quotas_are_refused_with_the_smallest_change() {
    let rows: Vec<Vec<usize>> = [0, 0, 1, 1, 1, 1].iter().map(|&feature| vec![feature]).collect();
    let refused = prepare(&assembly(4, &[vec![(3, 4), (1, 4)]], &rows, &[]), Fairness::Leximin, 1000).unwrap_err();
    assert_eq!(
        refused.to_string(),
        "No panel meets all quotas. The smallest change that helps (1 seat in all): category 0 “feature 0” at least 2 instead of 3."
    );
}

#[test]
fn a_quota_beyond_all_seats_is_answered_too() {
    let rows: Vec<Vec<usize>> = [0, 0, 0, 1, 1, 1].iter().map(|&feature| vec![feature]).collect();
    let refused = prepare(&assembly(2, &[vec![(9, 11), (0, 2)]], &rows, &[]), Fairness::Leximin, 10).unwrap_err();
    let Refusal::Impossible(relaxation) = refused else { panic!("{refused}") };
    assert_eq!((relaxation.seats, relaxation.changes[0].after), (7, (2, 11)));
}

#[test]
fn the_draw_of_the_small_example_is_the_same_bytes_everywhere() {
    let assembly = example("example_small_20", 20);
    let lottery = prepare(&assembly, Fairness::Leximin, 1000).unwrap();
    let drawn = lottery.draw(&Seed::read("4711").unwrap()).unwrap();
    assert_eq!(
        (lottery.commitment.as_str(), drawn.number),
        ("c89af742a59013c68da83a246e40f421c6a93a450178263f6777502650d08165", 986)
    );
}
