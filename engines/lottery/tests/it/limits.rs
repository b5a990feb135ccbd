//! Each limit has its sentence.

use crate::pools::assembly;
use lottery::{Assembly, Fairness, Refusal, prepare};

fn refused(assembly: &Assembly, panels: u32) -> String {
    prepare(assembly, Fairness::Leximin, panels).unwrap_err().to_string()
}

#[test]
fn limits_are_sentences() {
    let pool = |seats: u32| assembly(seats, &[vec![(0, seats), (0, seats)]], &vec![vec![0]; 30], &[]);
    assert_eq!(refused(&pool(0), 10), "A panel needs at least one seat.");
    assert_eq!(refused(&pool(2), 0), "A lottery needs at least one panel to draw from.");
    assert_eq!(refused(&pool(2), 100_001), "There are 100001 panels; one draw takes at most 100000.");
    assert_eq!(
        refused(&pool(3_000), 10_000),
        "There are 30000000 seats on all panels together; one draw takes at most 20000000."
    );
    assert_eq!(refused(&pool(31), 10), "31 seats are to be filled, but only 30 volunteers are there.");
    assert_eq!(refused(&pool(5_001), 10), "There are 5001 seats; one draw takes at most 5000.");
    let mut twice = pool(2);
    twice.volunteers[3].id = twice.volunteers[7].id.clone();
    assert_eq!(refused(&twice, 10), "The volunteer “v007” stands twice; each must be there once.");
    let mut unknown = pool(2);
    unknown.volunteers[3].features = vec![2];
    assert_eq!(refused(&unknown, 10), "The volunteer “v003” does not have exactly one known feature of each category.");
    let homes: Vec<Option<u8>> = (0..30).map(|person| Some(person % 3)).collect();
    let shared = assembly(4, &[vec![(0, 4)]], &vec![vec![0]; 30], &homes);
    assert_eq!(refused(&shared, 10), "4 seats are to be filled, but only 3 people with addresses apart are there.");
}

#[test]
fn kinds_and_rows_are_bounded() {
    let quotas = vec![vec![(0, 1_u32); 20]; 14];
    let rows: Vec<Vec<usize>> =
        (0..10_001).map(|person: usize| (0..14).map(|at| person / 20_usize.pow(at % 4) % 20).collect()).collect();
    let many = assembly(2, &quotas, &rows, &[]);
    assert_eq!(
        refused(&many, 10),
        "There are 10001 kinds of people that the categories tell apart; one draw takes at most 10000."
    );
    assert!(matches!(prepare(&many, Fairness::Leximin, 10), Err(Refusal::TooMany { .. })));
}
