use crate::{
    axes::{self, Axes, Precision},
    consensus::{self, Consensus, Divisive, Uncertain},
    conversation::{Conversation, Standing},
    coordination::{self, Coordination},
    grouping::{self, Candidate, Grouping},
    matrix::Matrix,
    place,
    refusal::Refusal,
    representative::{self, Representative},
    routing,
    separation::{self, Separation},
    settings::Settings,
    stability::{self, Stability},
    statistics::{self, Comparison, Counts},
    verdict::{self, Clarity, Warning},
};

/// A person's place.
#[derive(Debug, Clone, PartialEq)]
pub struct PersonPlace {
    /// Who.
    pub id: String,
    /// Where, along both axes.
    pub place: [f64; 2],
    /// How many statements they saw.
    pub seen: usize,
    /// Their group; None when they saw too few statements to be on the map.
    pub group: Option<usize>,
}

/// A statement's place and figures.
#[derive(Debug, Clone, PartialEq)]
pub struct StatementFigures {
    /// Which.
    pub id: String,
    /// Whether it counts.
    pub standing: Standing,
    /// Where somebody would stand who had only agreed to it.
    pub place: [f64; 2],
    /// The distance of that from the middle.
    pub extremity: f64,
    /// How much it deserves to be shown next; see [`routing::priority`].
    pub priority: f64,
    /// All answers.
    pub counts: Counts,
    /// Product over the groups of (agrees + 1) / (seen + 2); 1/2, which says nothing, while nobody is in a group.
    pub group_informed_agree: f64,
    /// The same for disagreeing.
    pub group_informed_disagree: f64,
}

/// People who answer alike.
#[derive(Debug, Clone, PartialEq)]
pub struct Group {
    /// Its number; 0 is the largest when first drawn.
    pub id: usize,
    /// Who, in the order of ids.
    pub members: Vec<String>,
    /// The mean of their places.
    pub centre: [f64; 2],
    /// What marks it.
    pub representative: Vec<Representative>,
    /// Its answers to every statement, in the order of [`OpinionMap::statements`].
    pub figures: Vec<Comparison>,
}

/// A map of opinions, with what it rests on.
#[derive(Debug, Clone, PartialEq)]
pub struct OpinionMap {
    /// The seed of all chance in it.
    pub seed: u64,
    /// How many reactions count: the last of each person to each statement.
    pub reactions: usize,
    /// How many were replaced by later ones.
    pub superseded: usize,
    /// Everybody, in the order of ids.
    pub people: Vec<PersonPlace>,
    /// Every statement, in the order of ids.
    pub statements: Vec<StatementFigures>,
    /// The axes.
    pub axes: Axes,
    /// Every division looked at; empty when people could not be divided.
    pub candidates: Vec<Candidate>,
    /// The groups; one of all people on the map when they could not be divided.
    pub groups: Vec<Group>,
    /// Whether there are groups at all.
    pub clarity: Clarity,
    /// What to know before trusting it.
    pub warnings: Vec<Warning>,
    /// How the division compares with that of clouds without groups.
    pub separation: Option<Separation>,
    /// Whether it comes back when other people had come.
    pub stability: Option<Stability>,
    /// What most people agree or disagree on.
    pub consensus: Consensus,
    /// Where groups differ most.
    pub divisive: Vec<Divisive>,
    /// What many passed on.
    pub uncertain: Vec<Uncertain>,
    /// What looks coordinated.
    pub coordination: Coordination,
}

impl OpinionMap {
    /// How many people are on the map.
    pub fn people_on_map(&self) -> usize {
        self.groups.iter().map(|group| group.members.len()).sum()
    }

    /// The statements by group-informed consensus, that is, by how far every group agrees; open ones only.
    pub fn by_group_informed_consensus(&self) -> Vec<&StatementFigures> {
        let mut open: Vec<&StatementFigures> =
            self.statements.iter().filter(|one| one.standing == Standing::Open && one.counts.seen > 0).collect();
        open.sort_by(|one, other| other.group_informed_agree.total_cmp(&one.group_informed_agree));
        open
    }
}

/// Draws the map.
///
/// # Errors
/// When the conversation or the settings are beyond a limit, or contradict themselves.
pub fn draw_map(conversation: &Conversation, settings: &Settings) -> Result<OpinionMap, Refusal> {
    settings.check()?;
    let matrix = Matrix::default().with(conversation)?.matrix;
    Ok(Drawing::begin(&matrix, settings, &|id| settings.admitted_before.contains(id), None)
        .finish(&matrix, settings, None))
}

/// A map that is being drawn.
pub(crate) struct Drawing {
    pub(crate) open: Matrix,
    pub(crate) axes: Axes,
    pub(crate) places: Vec<[f64; 2]>,
    /// The rows of people on the map.
    pub(crate) admitted: Vec<u32>,
    pub(crate) grouping: Option<Grouping>,
}

/// What an earlier drawing lends to a later one.
pub(crate) struct Before<'a> {
    pub(crate) axes: Axes,
    pub(crate) centres: &'a [Vec<[f64; 2]>],
}

impl Drawing {
    pub(crate) fn begin(
        matrix: &Matrix,
        settings: &Settings,
        was_on_map: &dyn Fn(&str) -> bool,
        before: Option<Before<'_>>,
    ) -> Self {
        let open = matrix.open();
        let rows: Vec<u32> = (0..matrix.people.len() as u32).collect();
        let near = before.as_ref().map(|before| &before.axes);
        let mut axes = axes::find(&open, &rows, matrix.statements.len(), near, Precision::Full, settings.seed);
        if let Some(near) = near {
            axes.align(&near.directions);
        }
        let places = place::people(&open, &rows, &matrix.statements, &axes);
        let admitted = place::admitted(matrix, was_on_map);
        let on_map: Vec<[f64; 2]> = admitted.iter().map(|row| places[*row as usize]).collect();
        let centres = before.as_ref().map_or(&[][..], |before| before.centres);
        let grouping = grouping::divide(&on_map, settings, centres);
        Self { open, axes, places, admitted, grouping }
    }

    pub(crate) fn on_map(&self) -> Vec<[f64; 2]> {
        self.admitted.iter().map(|row| self.places[*row as usize]).collect()
    }

    /// Works out all that follows from the groups. Separation and stability are measured anew unless they are given.
    pub(crate) fn finish(
        self,
        matrix: &Matrix,
        settings: &Settings,
        known: Option<(Option<Separation>, Option<Stability>)>,
    ) -> OpinionMap {
        let (separation, stability) = known.unwrap_or_else(|| self.measure(matrix, settings));
        let groups = self.grouping.as_ref().map_or(1, |grouping| grouping.centres.len());
        let mut labels = vec![None; matrix.people.len()];
        for (at, row) in self.admitted.iter().enumerate() {
            labels[*row as usize] = Some(self.grouping.as_ref().map_or(0, |grouping| grouping.labels[at]));
        }
        let by_group = statistics::counts(matrix, &labels, groups);
        let all = statistics::together(&by_group);
        let in_groups = statistics::together(&by_group[..groups]);
        let comparisons = statistics::comparisons(&by_group[..groups]);
        let is_divided = self.grouping.is_some();
        let (clarity, warnings) =
            verdict::of(self.admitted.len(), is_divided, separation.as_ref(), stability.as_ref(), self.axes.residual);
        OpinionMap {
            seed: settings.seed,
            reactions: matrix.cells(),
            superseded: matrix.superseded,
            people: people(matrix, &self.places, &labels),
            statements: figures(matrix, &self.axes, &all, &in_groups, &comparisons),
            candidates: self.grouping.as_ref().map(|grouping| grouping.candidates.clone()).unwrap_or_default(),
            clarity,
            warnings,
            separation,
            stability,
            consensus: consensus::of(&matrix.statements, &all),
            divisive: if is_divided { consensus::divisive(&matrix.statements, &comparisons) } else { Vec::new() },
            uncertain: consensus::uncertain(&matrix.statements, &all),
            coordination: coordination::watch(matrix),
            groups: if self.admitted.is_empty() {
                Vec::new()
            } else {
                described(matrix, &self.on_map(), &self.admitted, &labels, comparisons, is_divided)
            },
            axes: self.axes,
        }
    }

    fn measure(&self, matrix: &Matrix, settings: &Settings) -> (Option<Separation>, Option<Stability>) {
        let Some(grouping) = &self.grouping else { return (None, None) };
        let best = grouping.candidates.iter().map(|one| one.silhouette).fold(f64::NEG_INFINITY, f64::max);
        rayon::join(
            || separation::measure(&self.on_map(), best, settings),
            || stability::measure((matrix, &self.open), &self.admitted, &self.axes, grouping, settings),
        )
    }
}

fn people(matrix: &Matrix, places: &[[f64; 2]], labels: &[Option<u8>]) -> Vec<PersonPlace> {
    let one = |row: usize| PersonPlace {
        id: matrix.people[row].clone(),
        place: places[row],
        seen: matrix.seen(row),
        group: labels[row].map(usize::from),
    };
    (0..matrix.people.len()).map(one).collect()
}

fn figures(
    matrix: &Matrix,
    axes: &Axes,
    all: &[Counts],
    in_groups: &[Counts],
    comparisons: &[Vec<Comparison>],
) -> Vec<StatementFigures> {
    let places = place::statements(&matrix.statements, axes);
    let one = |at: usize| {
        let statement = &matrix.statements[at];
        let extremity = places[at][0].hypot(places[at][1]);
        let (group_informed_agree, group_informed_disagree) = consensus::group_informed(comparisons, at);
        StatementFigures {
            id: statement.id.clone(),
            standing: statement.standing,
            place: places[at],
            extremity,
            priority: routing::priority(statement.standing, in_groups[at], extremity),
            counts: all[at],
            group_informed_agree,
            group_informed_disagree,
        }
    };
    (0..matrix.statements.len()).map(one).collect()
}

fn described(
    matrix: &Matrix,
    places: &[[f64; 2]],
    admitted: &[u32],
    labels: &[Option<u8>],
    comparisons: Vec<Vec<Comparison>>,
    is_divided: bool,
) -> Vec<Group> {
    let group = |(id, figures): (usize, Vec<Comparison>)| {
        let own = || (0..admitted.len()).filter(|at| labels[admitted[*at] as usize] == Some(id as u8));
        let count = own().count().max(1) as f64;
        Group {
            id,
            members: own().map(|at| matrix.people[admitted[at] as usize].clone()).collect(),
            centre: [0, 1].map(|axis| own().map(|at| places[at][axis]).sum::<f64>() / count),
            representative: if is_divided {
                representative::of_group(&matrix.statements, &figures)
            } else {
                Vec::new()
            },
            figures,
        }
    };
    comparisons.into_iter().enumerate().map(group).collect()
}
