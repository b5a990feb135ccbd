use crate::{
    conversation::{Conversation, Statement},
    grouping::Grouping,
    map::{Before, Drawing, OpinionMap, PersonPlace},
    matrix::Matrix,
    order,
    refusal::Refusal,
    separation::Separation,
    settings::Settings,
    stability::Stability,
};
use std::{cmp::Ordering, collections::HashSet};

/// A map that takes votes as they arrive.
///
/// After each update the map is the one that [`crate::draw_map`] would draw from everything so far, but for four things:
/// axes keep their sign and groups their number, so that the picture does not jump; people once on the map stay on it; the
/// grouping begins from the earlier centres and a quarter of the new beginnings; and separation and stability are those measured last, until
/// [`LiveMap::measure_again`]. A later update counts as later, whatever its times say.
#[derive(Debug, Clone)]
pub struct LiveMap {
    settings: Settings,
    matrix: Matrix,
    map: OpinionMap,
    centres: Vec<Vec<[f64; 2]>>,
}

impl LiveMap {
    /// Draws a first map, with all measurements.
    ///
    /// # Errors
    /// As [`crate::draw_map`].
    pub fn begin(conversation: &Conversation, settings: Settings) -> Result<Self, Refusal> {
        settings.check()?;
        let matrix = Matrix::default().with(conversation)?.matrix;
        let drawing = Drawing::begin(&matrix, &settings, &|id| settings.admitted_before.contains(id), None);
        let centres = centres(&drawing);
        let map = drawing.finish(&matrix, &settings, None);
        Ok(Self { settings, matrix, map, centres })
    }

    /// The map as it stands.
    pub fn map(&self) -> &OpinionMap {
        &self.map
    }

    /// Takes new reactions, with the people and statements they are of, known or new. A known statement may come with
    /// another standing: that is how one is moderated. On an error nothing has changed.
    ///
    /// # Errors
    /// As [`crate::draw_map`].
    pub fn update(&mut self, added: &Conversation) -> Result<&OpinionMap, Refusal> {
        let matrix = self.matrix.with(added)?.matrix;
        let (drawing, centres) = self.draw(&matrix);
        let separation =
            self.map.separation.clone().zip(drawing.grouping.as_ref()).map(|(before, grouping)| Separation {
                silhouette: grouping.candidates.iter().map(|one| one.silhouette).fold(f64::NEG_INFINITY, f64::max),
                ..before
            });
        let groups = drawing.grouping.as_ref().map(|grouping| grouping.centres.len());
        let stability: Option<Stability> =
            self.map.stability.clone().filter(|stability| Some(stability.groups.len()) == groups);
        self.map = drawing.finish(&matrix, &self.settings, Some((separation, stability)));
        self.matrix = matrix;
        self.centres = centres;
        Ok(&self.map)
    }

    /// Measures separation and stability anew: some tenths of a second for a few thousand people.
    pub fn measure_again(&mut self) -> &OpinionMap {
        let (drawing, centres) = self.draw(&self.matrix);
        self.map = drawing.finish(&self.matrix, &self.settings, None);
        self.centres = centres;
        &self.map
    }

    fn draw(&self, matrix: &Matrix) -> (Drawing, Vec<Vec<[f64; 2]>>) {
        let on_map: HashSet<&str> =
            self.map.people.iter().filter(|one| one.group.is_some()).map(|one| one.id.as_str()).collect();
        let axes = self.map.axes.carried(&places_of(&self.matrix.statements, &matrix.statements));
        let before = Before { axes, centres: &self.centres };
        let mut drawing = Drawing::begin(matrix, &self.settings, &|id| on_map.contains(id), Some(before));
        let centres = centres(&drawing);
        let labels = labels_before(&self.map.people, matrix, &drawing.admitted);
        if let Some(grouping) = &mut drawing.grouping {
            renumber(grouping, &labels, self.map.groups.len());
        }
        (drawing, centres)
    }
}

fn centres(drawing: &Drawing) -> Vec<Vec<[f64; 2]>> {
    drawing.grouping.as_ref().map(|grouping| grouping.all_centres.clone()).unwrap_or_default()
}

/// Where each of the new statements was before.
fn places_of(old: &[Statement], new: &[Statement]) -> Vec<Option<usize>> {
    let mut old = old.iter().enumerate().peekable();
    let place = |one: &Statement| {
        while old.next_if(|(_, before)| order::by_id(&before.id, &one.id) == Ordering::Less).is_some() {}
        old.next_if(|(_, before)| before.id == one.id).map(|(at, _)| at)
    };
    new.iter().map(place).collect()
}

/// The earlier group of each person on the new map.
fn labels_before(old: &[PersonPlace], matrix: &Matrix, admitted: &[u32]) -> Vec<Option<usize>> {
    let mut old = old.iter().peekable();
    let label = |row: &u32| {
        let id = &matrix.people[*row as usize];
        while old.next_if(|before| order::by_id(&before.id, id) == Ordering::Less).is_some() {}
        old.next_if(|before| before.id == *id).and_then(|before| before.group)
    };
    admitted.iter().map(label).collect()
}

/// Gives each group the number of the earlier one with which it shares most people, the largest overlaps first.
fn renumber(grouping: &mut Grouping, before: &[Option<usize>], groups_before: usize) {
    let groups = grouping.centres.len();
    let mut overlaps = vec![vec![0usize; groups_before]; groups];
    for (label, before) in grouping.labels.iter().zip(before) {
        if let Some(before) = before {
            overlaps[*label as usize][*before] += 1;
        }
    }
    let mut pairs: Vec<(usize, usize, usize)> = overlaps
        .iter()
        .enumerate()
        .flat_map(|(new, row)| row.iter().enumerate().map(move |(old, count)| (*count, new, old)))
        .filter(|(count, _, old)| *count > 0 && *old < groups)
        .collect();
    pairs.sort_by_key(|(count, new, old)| (std::cmp::Reverse(*count), *old, *new));
    let mut number: Vec<Option<usize>> = vec![None; groups];
    for (_, new, old) in pairs {
        if number[new].is_none() && !number.contains(&Some(old)) {
            number[new] = Some(old);
        }
    }
    for new in 0..groups {
        if number[new].is_none() {
            number[new] = (0..groups).find(|free| !number.contains(&Some(*free)));
        }
    }
    let number: Vec<usize> = number.into_iter().map(|one| one.expect("there are as many numbers as groups")).collect();
    grouping.labels.iter_mut().for_each(|label| *label = number[*label as usize] as u8);
    let mut centres = grouping.centres.clone();
    number.iter().enumerate().for_each(|(new, number)| centres[*number] = grouping.centres[new]);
    grouping.centres = centres;
}
