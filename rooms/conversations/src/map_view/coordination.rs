//! What looks coordinated, as it is kept beside a map.

use super::number;
use opinion_map::{OpinionMap, Stance, is_alike};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Numbers of people that one sign of coordination lists.
const LISTED_LIMIT: usize = 200;

/// What looks coordinated. None of it proves anything, and nothing of it is left out of the map.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
pub struct CoordinationView {
    /// People with the same answers where chance would not explain it.
    pub identical: Vec<IdenticalView>,
    /// Many new people at once; only of those who also answer alike it looks coordinated.
    pub bursts: Vec<BurstView>,
    /// Numbers of those who answered one statement a second or faster.
    pub rapid: Vec<i64>,
    /// How many people came with times, without which some of it cannot be seen.
    pub people_with_times: usize,
}

/// People with the same answers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct IdenticalView {
    /// How many.
    pub size: usize,
    /// Their numbers, the first of them.
    pub people: Vec<i64>,
    /// How many statements each answered.
    pub seen: usize,
    /// 1, 0 or −1 where they gave one answer to all.
    pub throughout: Option<i8>,
}

/// Many new people within minutes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct BurstView {
    /// The first of them came, in milliseconds since 1970.
    pub begun_at_ms: i64,
    /// The last of them came.
    pub ended_at_ms: i64,
    /// How many.
    pub size: usize,
    /// Their numbers, the first of them.
    pub people: Vec<i64>,
    /// How many would have come at the rate of the day around.
    pub expected: f64,
    /// How often two of them answer alike.
    pub alike_share: f64,
    /// How often any two do.
    pub alike_share_of_all: f64,
    /// Whether the first people of the conversation are among them.
    #[serde(default)]
    pub from_the_start: bool,
}

impl BurstView {
    /// Whether they also answer alike: only then it may be coordinated.
    pub fn answers_alike(&self) -> bool {
        is_alike(self.alike_share, self.alike_share_of_all)
    }
}

fn numbers(ids: &[String]) -> Vec<i64> {
    ids.iter().take(LISTED_LIMIT).map(|id| number(id)).collect()
}

pub(super) fn coordination(map: &OpinionMap) -> CoordinationView {
    let found = &map.coordination;
    CoordinationView {
        identical: found
            .identical
            .iter()
            .map(|one| IdenticalView {
                size: one.people.len(),
                people: numbers(&one.people),
                seen: one.seen,
                throughout: one.throughout.map(Stance::value),
            })
            .collect(),
        bursts: found
            .bursts
            .iter()
            .map(|one| BurstView {
                begun_at_ms: one.begun_at_ms,
                ended_at_ms: one.ended_at_ms,
                size: one.people.len(),
                people: numbers(&one.people),
                expected: one.expected_people,
                alike_share: one.alike_share,
                alike_share_of_all: one.alike_share_of_all,
                from_the_start: one.from_the_start,
            })
            .collect(),
        rapid: found.rapid.iter().take(LISTED_LIMIT).map(|one| number(&one.person)).collect(),
        people_with_times: found.people_with_times,
    }
}
