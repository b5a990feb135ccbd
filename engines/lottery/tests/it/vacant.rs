//! Seats that fall free.

use crate::pools::{assembly, town};
use lottery::{Fairness, Refusal, prepare, vacancies};

#[test]
fn the_filled_panel_meets_the_quotas_again() {
    let assembly = town(300, 30, &[2, 4, 3, 4], 1);
    let panel = prepare(&assembly, Fairness::Leximin, 100).unwrap().panels[7].clone();
    let declined = [panel[0], panel[9], panel[20]];
    let absent = [(0..300).find(|person| !panel.contains(person)).unwrap()];
    let draw = vacancies(&assembly, &panel, &declined, &absent).unwrap();
    assert_eq!(draw.seats, 3);
    assert_eq!(draw.volunteers.len(), 300 - 30 - 1);
    let lottery = prepare(&draw, Fairness::Leximin, 100).unwrap();
    for fill in &lottery.panels {
        let place = |id: &str| assembly.volunteers.iter().position(|volunteer| volunteer.id == id).unwrap();
        let mut filled: Vec<usize> = panel.iter().copied().filter(|person| !declined.contains(person)).collect();
        filled.extend(fill.iter().map(|&index| place(&draw.volunteers[index].id)));
        assert_eq!(crate::twin::missed(&assembly, &filled), 0);
        assert!(!filled.contains(&absent[0]));
    }
}

#[test]
fn nobody_from_the_address_of_one_who_stays() {
    let rows = vec![vec![0]; 5];
    let homes = [Some(1), Some(2), Some(1), None, Some(2)];
    let assembly = assembly(2, &[vec![(0, 2)]], &rows, &homes);
    let draw = vacancies(&assembly, &[0, 1], &[1], &[]).unwrap();
    let ids: Vec<&str> = draw.volunteers.iter().map(|volunteer| volunteer.id.as_str()).collect();
    assert_eq!(ids, ["v003", "v004"]);
}

#[test]
fn only_who_sits_can_leave() {
    let assembly = assembly(2, &[vec![(0, 2)]], &vec![vec![0]; 5], &[]);
    assert!(matches!(vacancies(&assembly, &[0, 1], &[4], &[]), Err(Refusal::NotOnPanel { .. })));
}
