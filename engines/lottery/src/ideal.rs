//! The fairest lottery over mixes, with what is known of its being the fairest.

use crate::{
    Assembly, Fairness, Refusal,
    columns::{MASTER_KINDS_MAX, Master},
    levels::{Levels, levels},
    near::{Finder, PROGRAMS_ANY_MAX, kept},
    peel::{Peeled, peel},
    relax::relax,
    shape::{Mix, Shape},
};

/// Chances this close count as the same.
pub(crate) const SAME_CHANCE: f64 = 1e-7;

/// Mixes with their shares of 1.
#[derive(Debug, Clone)]
pub(crate) struct Ideal {
    pub mixes: Vec<(Mix, f64)>,
    /// The chance of each person of a kind.
    pub chances: Vec<f64>,
    /// No lottery gives everyone more than this.
    pub bound: f64,
    /// Whether no lottery is fairer, to [`SAME_CHANCE`].
    pub proved: bool,
}

pub(crate) fn ideal(assembly: &Assembly, shape: &Shape, fairness: Fairness) -> Result<Ideal, Refusal> {
    let mut finder = Finder::new(shape);
    let any = some_panel(assembly, shape, &mut finder)?;
    let Levels { seats, floor } = levels(shape, fairness).ok_or(Refusal::Unsolved)?;
    let bound = smallest(&floor);
    let peeled = peel(&mut finder, &seats);
    let ended = peeled.left == 0.0;
    let mixes = whole(peeled, &any);
    let chances = chances(shape, &mixes);
    if ended && attains(&chances, &floor) {
        return Ok(Ideal { mixes, chances, bound, proved: true });
    }
    Ok(by_columns(shape, &mut finder, mixes, any, &floor, fairness, bound))
}

/// Any panel, or why there is none.
fn some_panel(assembly: &Assembly, shape: &Shape, finder: &mut Finder<'_>) -> Result<Vec<i64>, Refusal> {
    let there: i64 = shape.sizes.iter().sum();
    if there < i64::from(assembly.seats) {
        return Err(Refusal::TooFew { seats: assembly.seats, there: there as usize, by_address: false });
    }
    let found = finder.any();
    match (found.values, found.ended) {
        (Some(mix), _) => Ok(mix),
        (None, false) => Err(Refusal::GivenUp { programs: PROGRAMS_ANY_MAX }),
        (None, true) => match relax(assembly, shape) {
            Some(relaxation) => Err(Refusal::Impossible(relaxation)),
            None => Err(Refusal::TooFew { seats: assembly.seats, there: apart(assembly), by_address: true }),
        },
    }
}

/// How many people with different addresses there are.
fn apart(assembly: &Assembly) -> usize {
    let addresses: std::collections::BTreeSet<_> =
        assembly.volunteers.iter().filter_map(|volunteer| volunteer.address.as_ref()).collect();
    addresses.len() + assembly.volunteers.iter().filter(|volunteer| volunteer.address.is_none()).count()
}

/// First to the floors of divided seats; where whole panels cannot attain them, level by level over whole panels.
fn by_columns<'s>(
    shape: &'s Shape,
    finder: &mut Finder<'s>,
    mixes: Vec<(Mix, f64)>,
    any: Vec<i64>,
    floor: &[f64],
    fairness: Fairness,
    bound: f64,
) -> Ideal {
    let as_they_are = |mixes: Vec<(Mix, f64)>| {
        let chances = chances(shape, &mixes);
        let proved = attains(&chances, floor);
        Ideal { mixes, chances, bound, proved }
    };
    if shape.kinds() > MASTER_KINDS_MAX {
        return as_they_are(mixes);
    }
    let known: Vec<Mix> = mixes.iter().map(|(mix, _)| mix.clone()).chain([kept(&any)]).collect();
    let mut master = Master::new(shape, finder, known.clone());
    match master.lack(floor) {
        None => return as_they_are(mixes),
        Some(lack) if lack <= SAME_CHANCE => return as_they_are(master.weighed()),
        Some(_) if !master.proved => return as_they_are(master.weighed()),
        Some(_) => {}
    }
    let better = master.weighed();
    let Some(levels) = master.levels(fairness) else { return as_they_are(better) };
    let (mixes, proved) = (master.weighed(), master.proved);
    let bound = if proved { smallest(&levels) } else { bound };
    Ideal { chances: chances(shape, &mixes), mixes, bound, proved }
}

/// The peeled panels, with what could not be peeled laid on all in proportion.
fn whole(peeled: Peeled, any: &[i64]) -> Vec<(Mix, f64)> {
    if peeled.mixes.is_empty() {
        return vec![(kept(any), 1.0)];
    }
    let given: f64 = peeled.mixes.iter().map(|(_, share)| share).sum();
    peeled.mixes.into_iter().map(|(mix, share)| (mix, share / given)).collect()
}

pub(crate) fn chances(shape: &Shape, mixes: &[(Mix, f64)]) -> Vec<f64> {
    let mut seats = vec![0.0; shape.kinds()];
    for (mix, share) in mixes {
        seats.iter_mut().zip(mix).for_each(|(sum, &seats)| *sum += share * f64::from(seats));
    }
    seats.iter().zip(&shape.sizes).map(|(seats, &size)| (seats / size as f64).min(1.0)).collect()
}

fn attains(chances: &[f64], floor: &[f64]) -> bool {
    chances.iter().zip(floor).all(|(chance, floor)| *chance >= floor - SAME_CHANCE)
}

fn smallest(chances: &[f64]) -> f64 {
    let least = chances.iter().copied().fold(1.0, f64::min);
    if least > 0.0 { least } else { 0.0 }
}
