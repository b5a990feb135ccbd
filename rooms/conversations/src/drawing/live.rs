//! A map that is kept in memory while people answer.

use super::{MARGIN_SECONDS, Material};
use crate::{
    map_view::{MapView, Sums, engine_statements},
    model::Reaction,
};
use civic::Moment;
use opinion_map::{Conversation, LiveMap, OpinionMap, Refusal, Settings, draw_map};
use std::collections::{BTreeMap, HashMap, HashSet};

/// Stability and separation are measured anew when there are so many times as many answers.
const MEASURE_GROWTH: f64 = 1.15;

/// The map, and what it was drawn from.
#[derive(Debug)]
pub struct Live {
    map: LiveMap,
    /// The newest answer it holds.
    pub until: Option<Moment>,
    /// The answers of the last moments it holds, those that were taken back among them, with when they were given.
    recent: HashMap<(i64, i64), Moment>,
    /// The participants by the numbers under which the engine knows them.
    pub people: HashMap<i64, i64>,
    /// How many answers it had when it was measured.
    measured_at: usize,
}

impl Live {
    /// The map.
    pub fn map(&self) -> &OpinionMap {
        self.map.map()
    }

    /// Whether it holds just this answer.
    pub fn knows(&self, one: &Reaction) -> bool {
        one.at.is_some() && self.recent.get(&(one.participant, one.statement)).copied() == one.at
    }

    fn remember(&mut self, reactions: &[Reaction]) {
        self.until = reactions.iter().filter_map(|one| one.at).chain(self.until).max();
        let Some(from) = self.until.map(|until| until.plus_seconds(-MARGIN_SECONDS)) else { return };
        self.recent.retain(|_, at| *at >= from);
        let recent = reactions.iter().filter_map(|one| Some(((one.participant, one.statement), one.at?)));
        self.recent.extend(recent.filter(|(_, at)| *at >= from));
    }
}

/// Brings a map up to date, or draws the first.
///
/// # Errors
/// Those of the engine.
pub fn advance(live: Option<Live>, material: &Material) -> Result<Live, Refusal> {
    let Some(mut live) = live.filter(|_| !material.whole) else { return begin(material) };
    let fresh: Vec<Reaction> = material.reactions.iter().filter(|one| !live.knows(one)).copied().collect();
    let asked: Vec<Reaction> = fresh.iter().filter(|one| one.stance.is_some()).copied().collect();
    live.map.update(&of_reactions(material, &[], &asked))?;
    live.remember(&fresh);
    live.people.extend(people_of(material));
    let (map, measured) = (live.map.map(), live.measured_at as f64);
    let grown = map.reactions as f64 >= measured * MEASURE_GROWTH;
    let other_groups =
        map.stability.is_none() && map.reactions as f64 >= measured * (1.0 + (MEASURE_GROWTH - 1.0) / 5.0);
    if grown || other_groups {
        live.measured_at = live.map.measure_again().reactions;
    }
    Ok(live)
}

fn begin(material: &Material) -> Result<Live, Refusal> {
    let settings = Settings {
        admitted_before: material.was_on_map.iter().map(|one| material.names.public(*one).to_string()).collect(),
        ..Settings::seeded(material.conversation.seed)
    };
    let map = LiveMap::begin(&engine_conversation(material), settings)?;
    let measured_at = map.map().reactions;
    let mut live = Live { map, until: None, recent: HashMap::new(), people: people_of(material), measured_at };
    live.remember(&material.reactions);
    Ok(live)
}

fn people_of(material: &Material) -> HashMap<i64, i64> {
    let all: HashSet<i64> = material.reactions.iter().map(|one| one.participant).collect();
    material.names.back(all)
}

/// Everything as the engine takes it. Of an answer that was taken back nothing counts, also not what stood there before.
pub fn engine_conversation(material: &Material) -> Conversation {
    let gone: HashSet<(i64, i64)> = material
        .reactions
        .iter()
        .filter(|one| one.stance.is_none())
        .map(|one| (one.participant, one.statement))
        .collect();
    let before: Vec<Reaction> =
        material.before.iter().filter(|one| !gone.contains(&(one.participant, one.statement))).copied().collect();
    of_reactions(material, &before, &material.reactions)
}

fn of_reactions(material: &Material, before: &[Reaction], now: &[Reaction]) -> Conversation {
    let statements: BTreeMap<i64, u32> =
        material.statements.iter().zip(0..).map(|(one, at)| (one.number, at)).collect();
    let mut people: HashMap<i64, u32> = HashMap::new();
    let mut names = Vec::new();
    let mut reactions = Vec::with_capacity(before.len() + now.len());
    for one in before.iter().chain(now) {
        let (Some(stance), Some(statement)) = (one.stance, statements.get(&one.statement)) else { continue };
        let next = names.len() as u32;
        let person = *people.entry(one.participant).or_insert_with(|| {
            names.push(material.names.public(one.participant).to_string());
            next
        });
        let at_ms = one.at.map(|at| at.micros().div_euclid(1_000));
        reactions.push(opinion_map::Reaction { person, statement: *statement, stance, at_ms });
    }
    Conversation { people: names, statements: engine_statements(&material.statements), reactions }
}

/// What the map looked like at so many moments, when an equal share of the answers had come each time; the last, which is the map
/// itself, left out. None of answers without times.
///
/// # Errors
/// Those of the engine.
pub fn frames(material: &Material, frames: usize) -> Result<Vec<MapView>, Refusal> {
    let mut all = material.reactions.clone();
    all.retain(|one| one.at.is_some() && one.stance.is_some());
    all.sort_by_key(|one| one.at);
    let (mut drawn, people) = (Vec::new(), people_of(material));
    for frame in 1..frames {
        let some = &all[..all.len() * frame / frames];
        let Some(at) = some.last().and_then(|one| one.at) else { continue };
        let settings = Settings { resamples: 0, references: 0, ..Settings::seeded(material.conversation.seed) };
        let map = draw_map(&of_reactions(material, &[], some), &settings)?;
        drawn.push(MapView::of(&map, at, None, Sums::default()).numbered(&people));
    }
    Ok(drawn)
}
