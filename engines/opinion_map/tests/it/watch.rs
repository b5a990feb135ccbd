use crate::worlds::noise;
use opinion_map::{Reaction, Settings, Stance, draw_map};

const HOUR_MS: i64 = 3_600_000;

/// People who come one an hour, and 40 within two minutes who all answer alike.
#[test]
fn a_swarm_is_reported_and_counted() {
    let mut world = noise(300, 25, 3);
    world
        .reactions
        .iter_mut()
        .for_each(|one| one.at_ms = Some(i64::from(one.person) * HOUR_MS + i64::from(one.statement) * 9_000));
    let honest = draw_map(&world, &Settings::default()).unwrap();
    assert!(honest.coordination.identical.is_empty() && honest.coordination.bursts.is_empty());
    assert_eq!(honest.coordination.people_with_times, 300);
    for swarmer in 0..40u32 {
        world.people.push(format!("swarm-{swarmer}"));
        for statement in 0..25u32 {
            let stance = if statement % 3 == 0 { Stance::Disagree } else { Stance::Agree };
            let at_ms = Some(100 * HOUR_MS + i64::from(swarmer) * 3_000 + i64::from(statement) * 300);
            world.reactions.push(Reaction { person: 300 + swarmer, statement, stance, at_ms });
        }
    }
    let map = draw_map(&world, &Settings::default()).unwrap();
    assert_eq!(map.people.len(), 340, "nobody is left out");
    let [identical] = &map.coordination.identical[..] else { panic!("{:?}", map.coordination.identical) };
    assert_eq!((identical.people.len(), identical.seen, identical.throughout), (40, 25, None));
    assert!(identical.expected_log10 <= -2.0);
    let [burst] = &map.coordination.bursts[..] else { panic!("{:?}", map.coordination.bursts) };
    assert!(burst.people.len() >= 40 && burst.expected_people < 1.0);
    assert!(burst.alike_share > 0.9 && burst.alike_share_of_all < 0.7, "{burst:?}");
    assert!(burst.answers_alike() && !burst.from_the_start, "{burst:?}");
    assert_eq!(map.coordination.rapid.len(), 40);
    assert!(map.coordination.rapid.iter().all(|one| one.person.starts_with("swarm") && one.lasted_ms == 7_200));
}

/// Whatever opens begins with a crowd; where it answers as everybody does that is no sign of coordination.
#[test]
fn an_opening_is_a_crowd_and_not_coordinated() {
    let mut world = noise(300, 25, 3);
    world.reactions.iter_mut().for_each(|one| {
        let came = if one.person < 36 { i64::from(one.person) * 5_000 } else { i64::from(one.person) * HOUR_MS };
        one.at_ms = Some(came + i64::from(one.statement) * 9_000);
    });
    let map = draw_map(&world, &Settings::default()).unwrap();
    let [burst] = &map.coordination.bursts[..] else { panic!("{:?}", map.coordination.bursts) };
    assert!(burst.people.len() == 36 && burst.from_the_start && !burst.answers_alike(), "{burst:?}");
}
