//! Groups that another system made, beside those of the map.

use super::{MarkView, mark, number};
use opinion_map::{Conversation, OpinionMap, adjusted_rand_index};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// Groups that another system made, beside ours.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct GivenView {
    /// How far they agree with ours (adjusted Rand index, 1 for the same).
    pub agreement: f64,
    /// The groups.
    pub groups: Vec<GivenGroup>,
}

/// A group that another system made.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct GivenGroup {
    /// What it was called there.
    pub label: String,
    /// How many they are.
    pub size: usize,
    /// The statements that mark it, by our figures.
    pub marks: Vec<MarkView>,
    /// How many of them are in each of our groups.
    pub in_ours: Vec<usize>,
}

impl GivenView {
    /// Compares groups of another system, by the number of a person, with those of a map; `None` where there are none.
    pub fn of(
        map: &OpinionMap,
        conversation: &Conversation,
        given: &BTreeMap<i64, String>,
    ) -> Result<Option<Self>, opinion_map::Refusal> {
        let labels: Vec<&String> = given.values().collect::<BTreeSet<_>>().into_iter().collect();
        if labels.is_empty() || labels.len() > usize::from(u8::MAX) {
            return Ok(None);
        }
        let label_of = |id: &String| {
            let label = given.get(&number(id))?;
            labels.binary_search(&label).ok().and_then(|at| u8::try_from(at).ok())
        };
        let theirs: Vec<Option<u8>> = conversation.people.iter().map(label_of).collect();
        let ours: BTreeMap<&str, usize> =
            map.people.iter().filter_map(|one| Some((one.id.as_str(), one.group?))).collect();
        let ours: Vec<Option<u8>> = conversation
            .people
            .iter()
            .map(|id| ours.get(id.as_str()).and_then(|group| u8::try_from(*group).ok()))
            .collect();
        let figures = opinion_map::figures_of_groups(conversation, &theirs)?;
        let group = |(at, label): (usize, &&String)| {
            let of_it = |own: &Option<u8>| own.map(usize::from) == Some(at);
            let both = |group: usize| {
                theirs
                    .iter()
                    .zip(&ours)
                    .filter(|(one, other)| of_it(one) && other.map(usize::from) == Some(group))
                    .count()
            };
            GivenGroup {
                label: (*label).clone(),
                size: theirs.iter().filter(|own| of_it(own)).count(),
                marks: figures.representative.get(at).map(|marks| marks.iter().map(mark).collect()).unwrap_or_default(),
                in_ours: (0..map.groups.len()).map(both).collect(),
            }
        };
        Ok(Some(Self {
            agreement: adjusted_rand_index(&theirs, &ours),
            groups: labels.iter().enumerate().map(group).collect(),
        }))
    }
}
