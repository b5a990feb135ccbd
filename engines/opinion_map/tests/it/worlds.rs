//! Made-up conversations.

use opinion_map::{Conversation, Reaction, Stance, Standing, Statement};
use proptest::prelude::*;

/// A small generator, so that a world is the same on every machine.
pub struct Dice(pub u64);

impl Dice {
    pub fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % bound
    }
}

pub fn empty(people: usize, statements: usize) -> Conversation {
    Conversation {
        people: (0..people).map(|at| at.to_string()).collect(),
        statements: (0..statements).map(|at| Statement { id: at.to_string(), standing: Standing::Open }).collect(),
        reactions: Vec::new(),
    }
}

/// `camps` groups that agree to statement s with 90% or 10%, and see `seen` of 100 statements each.
pub fn camps(
    people: usize,
    statements: usize,
    camps: usize,
    seen: usize,
    seed: u64,
) -> (Conversation, Vec<Option<u8>>) {
    let mut dice = Dice(seed);
    let leaning: Vec<Vec<usize>> =
        (0..camps).map(|_| (0..statements).map(|_| [10, 90][dice.below(2)]).collect()).collect();
    let mut world = empty(people, statements);
    let camp_of: Vec<usize> = (0..people).map(|at| at % camps).collect();
    for person in 0..people {
        for statement in 0..statements {
            if dice.below(100) < seen {
                let agrees = dice.below(100) < leaning[camp_of[person]][statement];
                let stance = if agrees { Stance::Agree } else { Stance::Disagree };
                world.reactions.push(Reaction {
                    person: person as u32,
                    statement: statement as u32,
                    stance,
                    at_ms: None,
                });
            }
        }
    }
    (world, camp_of.into_iter().map(|camp| Some(camp as u8)).collect())
}

/// Votes that have nothing to do with each other.
pub fn noise(people: usize, statements: usize, seed: u64) -> Conversation {
    let mut dice = Dice(seed);
    let share: Vec<usize> = (0..statements).map(|_| 20 + dice.below(60)).collect();
    let mut world = empty(people, statements);
    for person in 0..people as u32 {
        for statement in 0..statements {
            if dice.below(10) < 6 {
                let stance = if dice.below(100) < share[statement] { Stance::Agree } else { Stance::Disagree };
                world.reactions.push(Reaction { person, statement: statement as u32, stance, at_ms: None });
            }
        }
    }
    world
}

/// Any small conversation, with changed votes, times here and there, and statements of any standing.
pub fn any() -> impl Strategy<Value = Conversation> {
    (1usize..30, 1usize..9).prop_flat_map(|(people, statements)| {
        let reaction = (0..people as u32, 0..statements as u32, -1i8..=1, prop::option::of(0i64..50));
        let standing =
            prop::sample::select(vec![Standing::Open, Standing::Open, Standing::ModeratedOut, Standing::Meta]);
        (prop::collection::vec(reaction, 0..300), prop::collection::vec(standing, statements)).prop_map(
            move |(reactions, standings)| {
                let mut world = empty(people, statements);
                world.statements.iter_mut().zip(standings).for_each(|(one, standing)| one.standing = standing);
                let reaction = |(person, statement, value, at_ms)| Reaction {
                    person,
                    statement,
                    stance: Stance::of_value(value).unwrap(),
                    at_ms,
                };
                world.reactions = reactions.into_iter().map(reaction).collect();
                world
            },
        )
    })
}
