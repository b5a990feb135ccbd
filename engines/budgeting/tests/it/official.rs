//! What cities announced.

use crate::town::{bytes, data, election};
use budgeting::{Check, check};

#[test]
fn official_outcomes_of_equal_shares_come_out_again() {
    for (file, count) in [
        ("Netherlands_Assen_2024.pb", 9),
        ("Poland_Swiecie_2023.pb", 17),
        ("Poland_Wieliczka_2023_Green_Budget.pb", 30),
    ] {
        match check(&election(file)).unwrap() {
            Check::Same { selected } => assert_eq!(selected.len(), count, "{file}"),
            other => panic!("{file}: {other:?}"),
        }
    }
}

#[test]
fn every_file_with_a_checkable_outcome_but_one_is_the_same() {
    let (mut same, mut differs) = (0, Vec::new());
    for entry in std::fs::read_dir(data()).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        if !name.ends_with(".pb") {
            continue;
        }
        let document = bytes(&name);
        let election = budgeting::pabulib::Document::read(&document).unwrap().election().unwrap();
        match check(&election).unwrap() {
            Check::Same { .. } => same += 1,
            Check::Untold(why) => assert!(why.contains("selected") || why.contains("unknown"), "{name}: {why}"),
            Check::Differs { only_file, only_rule, .. } => {
                differs.push((name, election.ids(&only_file), election.ids(&only_rule)));
            }
        }
    }
    // Łódź passed over L048, which fitted: the file does not tell of what the city knew.
    let lodz = (
        "poland_lodz_2020_.pb".to_owned(),
        ["L099", "L249", "L155", "L163"].map(str::to_owned).to_vec(),
        vec!["L048".to_owned()],
    );
    assert_eq!(differs, [lodz]);
    assert_eq!(same, 13);
}
