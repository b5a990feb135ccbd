//! What the figures say of applications that were made up for it.

use super::{Counted, FiguresView, Key, SMALL, all_figures, told};
use crate::{
    model::{Channel, Outcome},
    store::Case,
};
use civic::Moment;

const NOW: Moment = Moment(1_790_000_000_000_000);

fn case(day: i64, first: Option<Outcome>) -> Case {
    Case {
        filed_at: NOW.plus_days(-100),
        decided_at: first.map(|_| NOW.plus_days(day - 100)),
        first,
        appeal: None,
        was_incomplete: day % 2 == 0,
        minutes: day,
        pages: 5,
        visits: i64::from(day > 5),
        letters: 2,
        is_simulated: true,
    }
}

fn key(service: &str, district: &str) -> Key {
    let (channel, language) = (Channel::Online.word(), "en".to_owned());
    Key { service: service.to_owned(), district: district.to_owned(), channel, language }
}

fn figures(cases: &[(Key, Case)]) -> FiguresView {
    let mut counted = Counted::new(NOW);
    cases.iter().for_each(|(key, case)| counted.add(key.clone(), case));
    all_figures(&counted, &[]).remove("").unwrap()
}

fn of(count: i64, district: &str, outcome: Outcome) -> Vec<(Key, Case)> {
    (1..=count).map(|day| (key("parking", district), case(day, Some(outcome)))).collect()
}

#[test]
fn known_answers() {
    let mut cases = of(15, "1", Outcome::Granted);
    cases.extend((16..=20).map(|day| (key("parking", "1"), case(day, Some(Outcome::Refused)))));
    let figures = figures(&cases);
    let wait = figures.all.wait.unwrap();
    assert_eq!((wait.median_days, wait.p90_days, wait.n), (10.0, 18.0, 20));
    assert_eq!((wait.median_low_days, wait.median_high_days), (Some(6.0), Some(15.0)));
    assert_eq!(figures.all.granted.unwrap().value, 0.75);
    assert_eq!(figures.all.incomplete.unwrap().value, 0.5);
    let tax = figures.time_tax.unwrap();
    assert_eq!((tax.minutes_median, tax.pages_median, tax.visits_median, tax.letters_median), (10, 5, 1, 2));
    assert_eq!((figures.time_tax_by_service[0].service.as_str(), figures.time_tax_by_service[0].n), ("parking", 20));
    assert_eq!(figures.all.appeals_changed, None, "no appeal");
}

#[test]
fn nothing_is_said_of_a_few_nor_of_whoever_would_give_them_away() {
    let mut cases = of(20, "1", Outcome::Granted);
    cases.extend(of(30, "2", Outcome::Granted));
    cases.extend(of(SMALL.cast_signed() - 1, "3", Outcome::Refused));
    let figures = figures(&cases);
    let said: Vec<_> = figures.districts.iter().map(|one| (one.group.as_str(), one.applications)).collect();
    // All less the others would be the nine, so the next smallest is not told either.
    assert_eq!(said, [("1", None), ("2", Some(30)), ("3", None)]);
    assert!(figures.districts[0].granted.is_none() && figures.districts[1].wait.is_some());
    assert_eq!(figures.all.applications, Some(59));
}

#[test]
fn who_is_not_told_hides_enough() {
    let may = [true; 4];
    assert_eq!(told(&[10, 20, 30, 40], 0, &may), [true; 4]);
    assert_eq!(told(&[6, 6, 30, 40], 0, &may), [false, false, true, true], "twelve hide each other");
    assert_eq!(told(&[6, 30, 40, 50], 3, &may), [false, false, true, true], "nine do not");
    assert_eq!(told(&[6, 30, 40, 50], 4, &may), [false, true, true, true], "with the four who said nothing they do");
    assert_eq!(told(&[50, 30, 40, 50], 4, &may), [true, false, true, true], "nor may the four be told");
    assert_eq!(told(&[50, 30, 40, 50], 0, &[true, true, false, true]), [true, true, false, true]);
}

/// A service with nine applications does not follow from all services and the others.
#[test]
fn a_small_service_is_left_out_of_all() {
    let mut cases = of(20, "1", Outcome::Granted);
    cases.extend((1..=9).map(|day| (key("rare", "1"), case(day, Some(Outcome::Refused)))));
    assert_eq!(figures(&cases).all.applications, Some(20));
    cases.extend((1..=9).map(|day| (key("rarer", "1"), case(day, Some(Outcome::Refused)))));
    assert_eq!(figures(&cases).all.applications, Some(38), "together they are enough");
}

#[test]
fn a_changed_decision_is_a_success_of_the_appeal() {
    let mut cases = of(12, "1", Outcome::Refused);
    for (at, (_, case)) in cases.iter_mut().enumerate() {
        case.appeal = Some(Some(if at < 3 { Outcome::Granted } else { Outcome::Refused }));
    }
    assert_eq!(figures(&cases).all.appeals_changed.unwrap().value, 0.25);
}

/// District 2 gets what takes long, and is as quick as the other for the same.
#[test]
fn groups_are_compared_for_the_same_mix() {
    let mut cases = Vec::new();
    let mut add = |service: &str, district: &str, count: i64, days: i64, granted: i64| {
        for at in 0..count {
            let outcome = if at < granted { Outcome::Granted } else { Outcome::Refused };
            let mut one = case(days, Some(outcome));
            // Not all the same, or there is nothing to compare.
            one.decided_at = one.decided_at.map(|when| when.plus_seconds((at % 3) * 3_600));
            cases.push((key(service, district), one));
        }
    };
    add("quick", "1", 90, 2, 81);
    add("slow", "1", 30, 20, 15);
    add("quick", "2", 30, 2, 27);
    add("slow", "2", 90, 20, 45);
    let figures = figures(&cases);
    let two = figures.fair.iter().find(|one| one.by == "district" && one.group == "2").unwrap();
    let (wait, granted) = (two.wait.unwrap(), two.granted.unwrap());
    assert!((wait.value - 1.0).abs() < 1e-9 && wait.low < 1.0 && wait.high > 1.0, "{wait:?}");
    assert!(granted.value.abs() < 1e-9 && granted.n == 120, "{granted:?}");
    let crude = figures.districts[1].granted.unwrap().value - figures.districts[0].granted.unwrap().value;
    assert!(crude < -0.15, "the plain shares mislead: {crude}");
    assert_eq!(two.appeals_changed, None, "no appeals");
}
