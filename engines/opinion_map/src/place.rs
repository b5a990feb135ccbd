use crate::{
    axes::Axes,
    conversation::{Standing, Statement},
    matrix::Matrix,
};
use rayon::prelude::*;

/// Where people stand: only votes cast count, stretched by √(statements / seen), so that who saw little is not drawn to the
/// middle. Statements that are not open count as seen by everybody.
pub(crate) fn people(open: &Matrix, rows: &[u32], statements: &[Statement], axes: &Axes) -> Vec<[f64; 2]> {
    let zeroed = statements.iter().filter(|one| one.standing != Standing::Open).count();
    let directions: Vec<[f64; 2]> =
        axes.directions[0].iter().zip(&axes.directions[1]).map(|(first, second)| [*first, *second]).collect();
    let one = |row: &u32| {
        let (columns, values) = open.row(*row as usize);
        let mut place = [0.0; 2];
        for (column, value) in columns.iter().zip(values) {
            let column = *column as usize;
            let cell = f64::from(*value) - axes.centre[column];
            place[0] += cell * directions[column][0];
            place[1] += cell * directions[column][1];
        }
        let seen = (columns.len() + zeroed).max(1);
        let stretch = (statements.len() as f64 / seen as f64).sqrt();
        place.map(|along| along * stretch)
    };
    rows.par_iter().with_min_len(1_024).map(one).collect()
}

/// Where each statement stands: where somebody would who had only agreed to it. Its distance from the middle is its
/// extremity. Statements that are not open stand in the middle.
pub(crate) fn statements(statements: &[Statement], axes: &Axes) -> Vec<[f64; 2]> {
    let stretch = (statements.len() as f64).sqrt();
    let one = |(at, statement): (usize, &Statement)| match statement.standing {
        Standing::Open => [0, 1].map(|axis| stretch * (1.0 - axes.centre[at]) * axes.directions[axis][at]),
        _ => [0.0; 2],
    };
    statements.iter().enumerate().map(one).collect()
}

/// Who is on the map: everybody who saw at least min(7, statements); whoever was on it before; and when these are fewer
/// than 15, those who saw most, ties by the order of ids.
pub(crate) fn admitted(matrix: &Matrix, before: impl Fn(&str) -> bool) -> Vec<u32> {
    let least = LEAST_SEEN.min(matrix.statements.len());
    let enough = |row: usize| matrix.seen(row) >= least && matrix.seen(row) > 0;
    let mut rows: Vec<u32> = (0..matrix.people.len())
        .filter(|row| enough(*row) || (matrix.seen(*row) > 0 && before(&matrix.people[*row])))
        .map(|row| row as u32)
        .collect();
    if rows.len() < LEAST_PEOPLE {
        let mut others: Vec<u32> = (0..matrix.people.len() as u32)
            .filter(|row| rows.binary_search(row).is_err() && matrix.seen(*row as usize) > 0)
            .collect();
        others.sort_by_key(|row| std::cmp::Reverse(matrix.seen(*row as usize)));
        others.truncate(LEAST_PEOPLE - rows.len());
        rows.extend(others);
        rows.sort_unstable();
    }
    rows
}

/// Whoever saw so many statements is on the map.
const LEAST_SEEN: usize = 7;
/// With fewer on the map, it is topped up to so many.
const LEAST_PEOPLE: usize = 15;
