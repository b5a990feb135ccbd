//! The map of a conversation as it is kept and shown: the engine's, with numbers in the place of ids.

mod coordination;
mod given;

pub use coordination::{BurstView, CoordinationView};
pub use given::{GivenGroup, GivenView};

use crate::{importance::ImportantView, levels::LevelView, model::Statement};
use civic::Moment;
use coordination::coordination;
use database::DbError;
use opinion_map::{Comparison, Counts, OpinionMap, Representative};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeSet, HashMap};

/// Places are kept in so many steps from the middle to the farthest person.
pub const STEPS: i32 = 1_000;

/// A map of opinions.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct MapView {
    /// When it was drawn, in UTC.
    pub drawn_at: String,
    /// Where all chance in it comes from.
    pub seed: u64,
    /// How many people answered at least one statement.
    pub people: usize,
    /// How many answered enough to be on the map.
    pub people_on_map: usize,
    /// How many answers count: the last of each person to each statement.
    pub reactions: usize,
    /// `clear`, `gradual`, `no-clear-groups` or `not-measured`.
    pub clarity: String,
    /// What to know before trusting it, as codes.
    pub warnings: Vec<String>,
    /// The shares of all differences that the two axes show, 0 to 1.
    pub variance_share: [f64; 2],
    /// How the groups compare with clouds that have none.
    pub separation: Option<SeparationView>,
    /// Whether the groups come back when other people come.
    pub stability: Option<StabilityView>,
    /// The groups.
    pub groups: Vec<GroupView>,
    /// Every statement, by number.
    pub statements: Vec<StatementFigures>,
    /// Statements most agree with.
    pub agreed: Vec<i64>,
    /// Statements most disagree with.
    pub rejected: Vec<i64>,
    /// Statements on which groups differ most.
    pub divisive: Vec<DivisiveView>,
    /// Statements that many passed on.
    pub uncertain: Vec<i64>,
    /// To how many people statements are important, by number.
    #[serde(default)]
    pub important: Vec<ImportantView>,
    /// How many people and answers came at which level.
    #[serde(default)]
    pub levels: Vec<LevelView>,
    /// What looks coordinated.
    pub coordination: CoordinationView,
    /// The groups of the system from which the conversation was taken over.
    pub given: Option<GivenView>,
    /// Each person: number, place across and up in thousandths, group or −1. Of a conversation held here nobody has a number:
    /// it is −1, also where something looks coordinated.
    pub places: Vec<(i64, i32, i32, i32)>,
}

/// What is counted beside a map.
#[derive(Debug, Clone, Default)]
pub struct Sums {
    /// To how many people statements are important, by number.
    pub important: Vec<ImportantView>,
    /// How many people and answers came at which level.
    pub levels: Vec<LevelView>,
}

/// See `opinion_map::Separation`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SeparationView {
    /// The map's silhouette.
    pub silhouette: f64,
    /// The best of round clouds.
    pub round_cloud: f64,
    /// The best of clouds as long and wide as the map.
    pub stretched_cloud: f64,
}

/// See `opinion_map::Stability`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct StabilityView {
    /// Half-samples of the people that were looked at.
    pub resamples: usize,
    /// Mean adjusted Rand index of their groups with those of the map.
    pub agreement: f64,
    /// How often they give as many groups.
    pub same_number_share: f64,
    /// How well each group is found again (mean Jaccard index).
    pub groups: Vec<f64>,
}

/// People who answer alike.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct GroupView {
    /// Its number, from 0.
    pub id: usize,
    /// How many they are.
    pub size: usize,
    /// The middle of their places, in thousandths.
    pub centre: (i32, i32),
    /// The statements that mark it.
    pub marks: Vec<MarkView>,
}

/// A statement that marks a group.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct MarkView {
    /// The statement's number.
    pub statement: i64,
    /// Whether the group stands out by agreeing; otherwise by disagreeing.
    pub agrees: bool,
    /// How many of the group agreed, disagreed, saw it.
    pub counts: (u32, u32, u32),
    /// How many times as often as everybody else.
    pub ratio: f64,
    /// Whether it is what the group agrees with most, be it that others do too.
    #[serde(default)]
    pub best_agree: bool,
    /// Whether the group differs from everybody else by it.
    #[serde(default = "yes")]
    pub marks: bool,
}

/// Maps of before did not say it.
fn yes() -> bool {
    true
}

/// How a statement was answered.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct StatementFigures {
    /// Its number.
    pub number: i64,
    /// Who agreed.
    pub agrees: u32,
    /// Who disagreed.
    pub disagrees: u32,
    /// Who passed.
    pub passes: u32,
    /// Product over the groups of (agrees + 1) / (seen + 2).
    pub group_informed: f64,
    /// How far from the middle somebody would stand who had only agreed to it.
    pub extremity: f64,
    /// How much it deserves to be shown next.
    pub priority: f64,
    /// Agrees, disagrees and seen of each group.
    pub by_group: Vec<(u32, u32, u32)>,
}

/// A statement on which groups differ.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DivisiveView {
    /// Its number.
    pub statement: i64,
    /// The group that agrees most.
    pub most: usize,
    /// The group that agrees least.
    pub least: usize,
    /// The difference of their shares of agreement.
    pub gap: f64,
}

fn number(id: &str) -> i64 {
    id.parse().unwrap_or(-1)
}

fn three(counts: Counts) -> (u32, u32, u32) {
    (counts.agrees, counts.disagrees, counts.seen)
}

fn mark(one: &Representative) -> MarkView {
    let Comparison { counts, agree_ratio, disagree_ratio, .. } = one.figures;
    let ratio = if one.agrees { agree_ratio } else { disagree_ratio };
    MarkView {
        statement: number(&one.statement),
        agrees: one.agrees,
        counts: three(counts),
        ratio,
        best_agree: one.best_agree,
        marks: one.marks(),
    }
}

impl MapView {
    /// The view of a map, with the groups of another system and sums beside it.
    pub fn of(map: &OpinionMap, drawn_at: Moment, given: Option<GivenView>, sums: Sums) -> Self {
        let largest = map.people.iter().flat_map(|one| one.place.map(f64::abs)).fold(1e-9, f64::max);
        let step = |value: f64| (value / largest * f64::from(STEPS)).round() as i32;
        let group = |one: &opinion_map::Group| GroupView {
            id: one.id,
            size: one.members.len(),
            centre: (step(one.centre[0]), step(one.centre[1])),
            marks: one.representative.iter().map(mark).collect(),
        };
        let place = |one: &opinion_map::PersonPlace| {
            let group = one.group.and_then(|group| i32::try_from(group).ok()).unwrap_or(-1);
            (number(&one.id), step(one.place[0]), step(one.place[1]), group)
        };
        Self {
            drawn_at: drawn_at.rfc3339(),
            seed: map.seed,
            people: map.people.iter().filter(|one| one.seen > 0).count(),
            people_on_map: map.people_on_map(),
            reactions: map.reactions,
            clarity: map.clarity.code().to_owned(),
            warnings: map
                .warnings
                .iter()
                .map(|warning| warning.code().to_owned())
                .collect::<BTreeSet<_>>()
                .into_iter()
                .collect(),
            variance_share: map.axes.variance_share,
            separation: map.separation.as_ref().map(|one| SeparationView {
                silhouette: one.silhouette,
                round_cloud: one.round_cloud,
                stretched_cloud: one.stretched_cloud,
            }),
            stability: map.stability.as_ref().map(|one| StabilityView {
                resamples: one.resamples,
                agreement: one.agreement,
                same_number_share: one.same_number_share,
                groups: one.groups.clone(),
            }),
            groups: map.groups.iter().map(group).collect(),
            statements: statements(map),
            agreed: map.consensus.agree.iter().map(|one| number(&one.statement)).collect(),
            rejected: map.consensus.disagree.iter().map(|one| number(&one.statement)).collect(),
            divisive: map
                .divisive
                .iter()
                .map(|one| DivisiveView {
                    statement: number(&one.statement),
                    most: one.most,
                    least: one.least,
                    gap: one.gap,
                })
                .collect(),
            uncertain: map.uncertain.iter().map(|one| number(&one.statement)).collect(),
            important: sums.important,
            levels: sums.levels,
            coordination: coordination(map),
            given,
            places: by_number(map.people.iter().map(place).collect()),
        }
    }

    /// The same with the numbers of the town in the place of those under which the engine knows people.
    #[must_use]
    pub fn numbered(mut self, people: &HashMap<i64, i64>) -> Self {
        self.each_number(|number| people.get(&number).copied().unwrap_or(number));
        self.places = by_number(self.places);
        self
    }

    /// The same as anybody may have it of a conversation that was held here: nobody by number. Whoever compared two maps, one
    /// from before a statement was written and one from after it, would see who moved.
    #[must_use]
    pub fn without_numbers(mut self) -> Self {
        self.each_number(|_| -1);
        self.places.sort_unstable();
        let minute = |at_ms: i64| at_ms.div_euclid(60_000) * 60_000;
        for one in &mut self.coordination.bursts {
            (one.begun_at_ms, one.ended_at_ms) = (minute(one.begun_at_ms), minute(one.ended_at_ms));
        }
        self
    }

    fn each_number(&mut self, change: impl Fn(i64) -> i64) {
        let found = &mut self.coordination;
        let listed = found.identical.iter_mut().map(|one| &mut one.people);
        let listed = listed.chain(found.bursts.iter_mut().map(|one| &mut one.people)).chain([&mut found.rapid]);
        listed.flatten().for_each(|number| *number = change(*number));
        self.places.iter_mut().for_each(|place| place.0 = change(place.0));
    }

    /// Reads a map that was kept.
    ///
    /// # Errors
    /// The text is none.
    pub fn read(text: &str) -> Result<Self, DbError> {
        let mut view: Self =
            serde_json::from_str(text).map_err(|error| DbError::Other(format!("a map cannot be read: {error}")))?;
        // Maps of before stand in the order of the engine.
        view.places = by_number(view.places);
        Ok(view)
    }

    /// Whether there are groups that can be told apart.
    pub fn has_groups(&self) -> bool {
        matches!(self.clarity.as_str(), "clear" | "gradual" | "not-measured") && self.groups.len() > 1
    }

    /// The figures of a statement.
    pub fn figures(&self, number: i64) -> Option<&StatementFigures> {
        self.statements.binary_search_by_key(&number, |one| one.number).ok().map(|at| &self.statements[at])
    }

    /// The statements by group-informed consensus, those that every group agrees with first; only those that enough people saw.
    pub fn across_groups(&self, limit: usize) -> Vec<&StatementFigures> {
        let groups = i32::try_from(self.groups.len().max(1)).unwrap_or(1);
        // In every group more agree than not: the product is above (1/2)^groups.
        let least = 0.5_f64.powi(groups);
        let enough = |one: &&StatementFigures| {
            one.by_group.iter().all(|(agrees, _, seen)| *seen >= 3 && 2 * *agrees > *seen) && one.group_informed > least
        };
        let mut found: Vec<_> = self.statements.iter().filter(enough).collect();
        found.sort_by(|one, other| other.group_informed.total_cmp(&one.group_informed));
        found.truncate(limit);
        found
    }

    /// Where somebody stands: place and group.
    pub fn place_of(&self, participant: i64) -> Option<(i32, i32, Option<usize>)> {
        let at = self.places.binary_search_by_key(&participant, |one| one.0).ok()?;
        let (_, x, y, group) = &self.places[at];
        Some((*x, *y, usize::try_from(*group).ok()))
    }
}

fn by_number(mut places: Vec<(i64, i32, i32, i32)>) -> Vec<(i64, i32, i32, i32)> {
    places.sort_unstable_by_key(|one| one.0);
    places
}

fn statements(map: &OpinionMap) -> Vec<StatementFigures> {
    let one = |(at, one): (usize, &opinion_map::StatementFigures)| StatementFigures {
        number: number(&one.id),
        agrees: one.counts.agrees,
        disagrees: one.counts.disagrees,
        passes: one.counts.passes(),
        group_informed: one.group_informed_agree,
        extremity: one.extremity,
        priority: one.priority,
        by_group: map.groups.iter().map(|group| three(group.figures[at].counts)).collect(),
    };
    let mut all: Vec<_> = map.statements.iter().enumerate().map(one).collect();
    all.sort_by_key(|one| one.number);
    all
}

/// The statements of a conversation as the engine takes them.
pub fn engine_statements(statements: &[Statement]) -> Vec<opinion_map::Statement> {
    let one = |one: &Statement| opinion_map::Statement { id: one.number.to_string(), standing: one.engine_standing() };
    statements.iter().map(one).collect()
}
