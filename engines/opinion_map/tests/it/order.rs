use crate::{
    data::{ALL, conversation},
    worlds::{Dice, any},
};
use opinion_map::{Conversation, OpinionMap, Settings, adjusted_rand_index, draw_map};
use proptest::prelude::*;

fn shuffled(count: usize, dice: &mut Dice) -> Vec<u32> {
    let mut order: Vec<u32> = (0..count as u32).collect();
    for at in (1..count).rev() {
        order.swap(at, dice.below(at + 1));
    }
    order
}

/// The same conversation with people and statements listed in another order.
fn reordered(of: &Conversation, dice: &mut Dice) -> Conversation {
    let (people, statements) = (shuffled(of.people.len(), dice), shuffled(of.statements.len(), dice));
    let mut new = of.clone();
    for (old, place) in people.iter().enumerate() {
        new.people[*place as usize] = of.people[old].clone();
    }
    for (old, place) in statements.iter().enumerate() {
        new.statements[*place as usize] = of.statements[old].clone();
    }
    for one in &mut new.reactions {
        (one.person, one.statement) = (people[one.person as usize], statements[one.statement as usize]);
    }
    new
}

fn labels(map: &OpinionMap) -> Vec<Option<u8>> {
    map.people.iter().map(|one| one.group.map(|group| group as u8)).collect()
}

/// The same people under the same names, in another order of the files: the same map to the last bit. The same people under
/// other names, as if they had come in another order: practically the same groups.
#[test]
fn twenty_reorderings_of_real_conversations() {
    for name in &ALL[..3] {
        let imported = conversation(name);
        let quick = Settings { resamples: 0, references: 0, ..Settings::default() };
        let map = draw_map(&imported.conversation, &quick).unwrap();
        let mut dice = Dice(11);
        let mut agreements = Vec::new();
        for turn in 0..20 {
            if turn < 3 {
                let again = reordered(&imported.conversation, &mut dice);
                assert!(draw_map(&again, &quick).unwrap() == map, "{name}");
            }
            let names = shuffled(imported.conversation.people.len(), &mut dice);
            let mut renamed = imported.conversation.clone();
            renamed.people.iter_mut().zip(&names).for_each(|(person, name)| *person = name.to_string());
            let other = draw_map(&renamed, &quick).unwrap();
            let of_first: Vec<Option<u8>> = {
                let place: std::collections::HashMap<&str, Option<u8>> =
                    other.people.iter().map(|one| (one.id.as_str(), one.group.map(|group| group as u8))).collect();
                let new_name: std::collections::HashMap<&str, &str> = imported
                    .conversation
                    .people
                    .iter()
                    .map(String::as_str)
                    .zip(renamed.people.iter().map(String::as_str))
                    .collect();
                map.people.iter().map(|one| place[new_name[one.id.as_str()]]).collect()
            };
            agreements.push(adjusted_rand_index(&labels(&map), &of_first));
        }
        let mean = agreements.iter().sum::<f64>() / 20.0;
        assert!(mean >= 0.99, "{name}: {mean} {agreements:?}");
    }
}

#[test]
fn the_number_of_threads_has_no_influence() {
    let conversation = conversation(ALL[3]).conversation;
    let with = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| draw_map(&conversation, &Settings::default()).unwrap())
    };
    let one = with(1);
    assert!(with(2) == one && with(5) == one);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, ..ProptestConfig::default() })]

    #[test]
    fn order_has_no_influence(world in any(), seed in proptest::num::u64::ANY) {
        // Reactions keep their order, as the last one counts.
        let other = reordered(&world, &mut Dice(seed));
        let settings = Settings { resamples: 4, references: 3, ..Settings::seeded(seed) };
        prop_assert_eq!(draw_map(&world, &settings).unwrap(), draw_map(&other, &settings).unwrap());
    }

    #[test]
    fn every_figure_is_in_its_range(world in any()) {
        let map = draw_map(&world, &Settings { resamples: 4, references: 3, ..Settings::default() }).unwrap();
        let grouped = map.people.iter().filter(|one| one.group.is_some()).count();
        prop_assert_eq!(map.people_on_map(), grouped);
        for group in &map.groups {
            prop_assert!(!group.members.is_empty() && group.centre.iter().all(|along| along.is_finite()));
        }
        for candidate in &map.candidates {
            prop_assert!(candidate.silhouette.abs() <= 1.0 && candidate.inertia >= 0.0);
        }
        for one in &map.statements {
            prop_assert!(one.priority.is_finite() && one.priority >= 0.0 && one.extremity.is_finite());
            prop_assert!((0.0..=1.0).contains(&one.group_informed_agree));
            prop_assert!(one.counts.agrees + one.counts.disagrees <= one.counts.seen);
        }
        prop_assert!(map.axes.variance_share.iter().sum::<f64>() <= 1.0 + 1e-9);
    }
}
