use crate::worlds::{camps, empty, noise};
use opinion_map::{
    Clarity, Reaction, Refusal, Settings, Stance, Standing, adjusted_rand_index, draw_map, next_statement,
};
use std::collections::BTreeMap;

#[test]
fn camps_are_found_again() {
    for (number, seed) in [(2, 1), (3, 2), (2, 3)] {
        let (world, truth) = camps(300, 60, number, 60, seed);
        let map = draw_map(&world, &Settings::seeded(seed)).unwrap();
        assert_eq!(map.groups.len(), number);
        assert_eq!(map.clarity, Clarity::Clear, "{:?}", map.warnings);
        let found: Vec<Option<u8>> = map.people.iter().map(|one| one.group.map(|group| group as u8)).collect();
        assert!(adjusted_rand_index(&truth, &found) > 0.95);
        assert!(map.stability.unwrap().agreement > 0.9);
        for group in &map.groups {
            assert!(!group.representative.is_empty() && group.representative.len() <= 5);
        }
    }
}

#[test]
fn noise_has_no_clear_groups() {
    let mut none = 0;
    for seed in 0..20 {
        let map = draw_map(&noise(250, 40, seed + 7), &Settings::seeded(seed)).unwrap();
        let says_so = map.warnings.iter().any(|one| one.to_string().starts_with("There are no clear groups"));
        assert_eq!(says_so, map.clarity == Clarity::NoClearGroups);
        none += usize::from(says_so);
    }
    assert!(none >= 19, "only {none} of 20");
}

#[test]
fn nothing_to_divide_is_said() {
    for world in [empty(0, 0), empty(5, 3), empty(0, 4)] {
        let map = draw_map(&world, &Settings::default()).unwrap();
        assert_eq!((map.clarity, map.groups.len()), (Clarity::NoClearGroups, 0));
    }
    let mut alike = empty(30, 10);
    for person in 0..30 {
        for statement in 0..10 {
            alike.reactions.push(Reaction { person, statement, stance: Stance::Agree, at_ms: None });
        }
    }
    let map = draw_map(&alike, &Settings::default()).unwrap();
    assert_eq!((map.clarity, map.groups.len(), map.people_on_map()), (Clarity::NoClearGroups, 1, 30));
    assert_eq!(map.consensus.agree.len(), 5);
}

#[test]
fn what_was_not_measured_is_not_called_clear() {
    let (world, _) = camps(100, 30, 2, 70, 5);
    for (resamples, references) in [(0, 19), (20, 0), (0, 0)] {
        let settings = Settings { resamples, references, ..Settings::default() };
        assert_eq!(draw_map(&world, &settings).unwrap().clarity, Clarity::NotMeasured);
    }
    let (few, _) = camps(10, 30, 2, 70, 5);
    assert_eq!(draw_map(&few, &Settings::default()).unwrap().clarity, Clarity::NoClearGroups);
}

#[test]
fn moderated_statements_move_nobody_and_mark_nothing() {
    let (mut world, _) = camps(120, 30, 2, 70, 5);
    world.statements[3].standing = Standing::ModeratedOut;
    world.statements[4].standing = Standing::Meta;
    let map = draw_map(&world, &Settings::default()).unwrap();
    let hidden = |id: &str| id == "3" || id == "4";
    assert!(map.groups.iter().flat_map(|group| &group.representative).all(|one| !hidden(&one.statement)));
    assert!(map.statements.iter().filter(|one| hidden(&one.id)).all(|one| one.extremity == 0.0 && one.counts.seen > 0));
    assert_eq!(map.statements[4].priority, 49.0);
    let turned = {
        let mut turned = world.clone();
        let flip = |stance| Stance::of_value(-Stance::value(stance)).unwrap();
        turned.reactions.iter_mut().filter(|one| one.statement == 3).for_each(|one| one.stance = flip(one.stance));
        draw_map(&turned, &Settings::default()).unwrap()
    };
    assert_eq!(turned.people, map.people);
}

#[test]
fn routing_draws_in_proportion_and_ends() {
    let (mut world, _) = camps(60, 6, 2, 50, 9);
    world.statements[5].standing = Standing::ModeratedOut;
    let map = draw_map(&world, &Settings::default()).unwrap();
    let mut drawn: BTreeMap<&str, f64> = BTreeMap::new();
    let turns = 40_000;
    for draw in 0..turns {
        *drawn.entry(next_statement(&map, |id| id == "0", draw).unwrap()).or_default() += 1.0;
    }
    assert_eq!(drawn.keys().copied().collect::<Vec<_>>(), ["1", "2", "3", "4"]);
    let all: f64 = map.statements[1..5].iter().map(|one| one.priority).sum();
    for one in &map.statements[1..5] {
        let share = drawn[one.id.as_str()] / turns as f64;
        assert!((share - one.priority / all).abs() < 0.015, "{share} {}", one.priority / all);
    }
    assert_eq!(next_statement(&map, |_| true, 1), None);
    assert_eq!(next_statement(&map, |_| false, 5), next_statement(&map, |_| false, 5));
}

#[test]
fn few_people_are_topped_up_and_stay() {
    let mut world = empty(40, 20);
    for person in 0..40u32 {
        for statement in 0..1 + person % 10 {
            let stance = if (person + statement) % 3 == 0 { Stance::Disagree } else { Stance::Agree };
            world.reactions.push(Reaction { person, statement, stance, at_ms: None });
        }
    }
    // Seven statements or more: 4 in each 10; topped up to 15 means that 16 are enough already.
    assert_eq!(draw_map(&world, &Settings::default()).unwrap().people_on_map(), 16);
    world.people.truncate(30);
    world.reactions.retain(|one| one.person < 30);
    assert_eq!(draw_map(&world, &Settings::default()).unwrap().people_on_map(), 15);
    let settings = Settings { admitted_before: ["0".to_owned(), "1".to_owned()].into(), ..Settings::default() };
    let map = draw_map(&world, &settings).unwrap();
    assert!(map.people[0].group.is_some() && map.people[1].group.is_some());
}

#[test]
fn refusals_say_what_is_wrong() {
    let mut world = empty(2, 2);
    world.people[1] = "0".to_owned();
    assert_eq!(draw_map(&world, &Settings::default()), Err(Refusal::PersonTwice("0".to_owned())));
    let mut world = empty(2, 2);
    world.reactions.push(Reaction { person: 2, statement: 0, stance: Stance::Pass, at_ms: None });
    let said = draw_map(&world, &Settings::default()).unwrap_err().to_string();
    assert_eq!(said, "vote 0 is by person 2, but there are only 2 people");
    let few = Settings { restarts: 3, ..Settings::default() };
    let said = draw_map(&empty(1, 1), &few).unwrap_err().to_string();
    assert_eq!(said, "the number of restarts must be between 20 and 1000, not 3");
}
