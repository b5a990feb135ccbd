use crate::{
    data::conversation,
    worlds::{any, camps},
};
use opinion_map::{Conversation, LiveMap, OpinionMap, Settings, Standing, adjusted_rand_index, draw_map};
use proptest::prelude::*;

/// The first and the later reactions, each with everybody and everything.
fn split(world: &Conversation, at: usize) -> (Conversation, Conversation) {
    let mut first = world.clone();
    let later = Conversation { reactions: first.reactions.split_off(at), ..world.clone() };
    (first, later)
}

fn same_but_for_signs(one: &OpinionMap, other: &OpinionMap) {
    assert_eq!((one.reactions, &one.consensus), (other.reactions, &other.consensus));
    for axis in 0..2 {
        let along: f64 = one.axes.directions[axis].iter().zip(&other.axes.directions[axis]).map(|(a, b)| a * b).sum();
        for (own, others) in one.people.iter().zip(&other.people) {
            assert!((own.place[axis] - along.signum() * others.place[axis]).abs() < 1e-8);
        }
    }
    let labels = |map: &OpinionMap| map.people.iter().map(|one| one.group.map(|group| group as u8)).collect::<Vec<_>>();
    assert!(adjusted_rand_index(&labels(one), &labels(other)) > 0.99);
}

#[test]
fn updates_lead_to_the_map_of_everything() {
    let mut all = conversation("vtaiwan.uberx").conversation;
    all.reactions.sort_by_key(|one| one.at_ms);
    let (first, later) = split(&all, all.reactions.len() - 300);
    let mut live = LiveMap::begin(&first, Settings::default()).unwrap();
    let stability = live.map().stability.clone();
    for part in later.reactions.chunks(100) {
        live.update(&Conversation { reactions: part.to_vec(), ..all.clone() }).unwrap();
    }
    let whole = draw_map(&all, &Settings::default()).unwrap();
    same_but_for_signs(live.map(), &whole);
    assert_eq!(live.map().stability, stability);
    assert_eq!(live.measure_again().stability.as_ref().unwrap().measured_at_reactions, whole.reactions);
}

#[test]
fn groups_keep_their_numbers_and_new_people_and_statements_come() {
    let (world, _) = camps(201, 30, 3, 60, 4);
    let mut live = LiveMap::begin(&world, Settings::default()).unwrap();
    let before = live.map().clone();
    let (mut more, _) = camps(240, 33, 3, 60, 4);
    more.reactions.retain(|one| one.person >= 201);
    live.update(&more).unwrap();
    assert_eq!((live.map().people.len(), live.map().statements.len()), (240, 33));
    for group in &before.groups {
        let kept = live.map().groups[group.id].members.iter().filter(|id| group.members.contains(id)).count();
        assert!(kept * 10 > group.members.len() * 9, "group {} kept {kept}", group.id);
    }
    let mut taken_out = Conversation { statements: vec![world.statements[0].clone()], ..Conversation::default() };
    taken_out.statements[0].standing = Standing::ModeratedOut;
    assert_eq!(live.update(&taken_out).unwrap().statements[0].extremity, 0.0);
}

#[test]
fn a_refused_update_changes_nothing() {
    let (world, _) = camps(50, 10, 2, 60, 4);
    let mut live = LiveMap::begin(&world, Settings::default()).unwrap();
    let before = live.map().clone();
    let mut wrong = world.clone();
    wrong.reactions[0].person = 999;
    assert!(live.update(&wrong).is_err());
    assert_eq!(live.map(), &before);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, ..ProptestConfig::default() })]

    #[test]
    fn counts_are_those_of_everything(mut world in any(), part in 0.0..1.0f64) {
        // Without times, so that later updates are later.
        world.reactions.iter_mut().for_each(|one| one.at_ms = None);
        let settings = Settings { resamples: 0, references: 0, ..Settings::default() };
        let (first, later) = split(&world, (world.reactions.len() as f64 * part) as usize);
        let mut live = LiveMap::begin(&first, settings.clone()).unwrap();
        live.update(&later).unwrap();
        let whole = draw_map(&world, &settings).unwrap();
        prop_assert_eq!(live.map().reactions, whole.reactions);
        prop_assert_eq!(live.map().superseded, whole.superseded);
        prop_assert_eq!(&live.map().consensus, &whole.consensus);
        for axis in 0..2 {
            let (one, other) = (live.map().axes.singular_values[axis], whole.axes.singular_values[axis]);
            prop_assert!((one - other).abs() < 1e-6 * whole.axes.singular_values[0].max(1.0), "{} {}", one, other);
        }
    }
}
