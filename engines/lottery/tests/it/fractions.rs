//! The simplex method in exact fractions, with Bland's rule and no care for speed. It shares nothing with the engine.

use num_rational::BigRational;
use num_traits::{One, Zero};

pub fn fraction(value: i64) -> BigRational {
    BigRational::from_integer(value.into())
}

/// The greatest `cost · x` with `rows · x = right`, `x ≥ 0`, `right ≥ 0`; `None` when there is no such `x`.
pub fn greatest(rows: &[Vec<BigRational>], right: &[BigRational], cost: &[BigRational]) -> Option<BigRational> {
    let (height, width) = (rows.len(), cost.len());
    let mut table: Vec<Vec<BigRational>> = rows
        .iter()
        .enumerate()
        .map(|(at, row)| {
            let own = (0..height).map(|other| if other == at { BigRational::one() } else { BigRational::zero() });
            row.iter().cloned().chain(own).chain([right[at].clone()]).collect()
        })
        .collect();
    let mut basis: Vec<usize> = (width..width + height).collect();
    let artificial: Vec<BigRational> =
        (0..width + height).map(|at| fraction(if at < width { 0 } else { -1 })).collect();
    if !climb(&mut table, &mut basis, &artificial, width + height).is_zero() {
        return None;
    }
    for place in 0..height {
        let column = (0..width).find(|&column| !table[place][column].is_zero());
        if let (true, Some(column)) = (basis[place] >= width, column) {
            pivot(&mut table, &mut basis, place, column);
        }
    }
    let padded: Vec<BigRational> = cost.iter().cloned().chain((0..height).map(|_| BigRational::zero())).collect();
    Some(climb(&mut table, &mut basis, &padded, width))
}

fn climb(table: &mut [Vec<BigRational>], basis: &mut [usize], cost: &[BigRational], width: usize) -> BigRational {
    loop {
        let gain = |column: usize| {
            table
                .iter()
                .zip(basis.iter())
                .fold(cost[column].clone(), |left, (row, &own)| left - &cost[own] * &row[column])
        };
        let Some(column) = (0..width).find(|&column| gain(column) > BigRational::zero()) else {
            return table.iter().zip(basis.iter()).map(|(row, &own)| &cost[own] * row.last().unwrap()).sum();
        };
        let place = (0..basis.len())
            .filter(|&place| table[place][column] > BigRational::zero())
            .min_by_key(|&place| (table[place].last().unwrap() / &table[place][column], basis[place]))
            .expect("the programs of the twin are bounded");
        pivot(table, basis, place, column);
    }
}

fn pivot(table: &mut [Vec<BigRational>], basis: &mut [usize], place: usize, column: usize) {
    let by = table[place][column].clone();
    table[place].iter_mut().for_each(|entry| *entry /= &by);
    let own = table[place].clone();
    for (other, row) in table.iter_mut().enumerate() {
        if other != place && !row[column].is_zero() {
            let by = row[column].clone();
            row.iter_mut().zip(&own).for_each(|(entry, own)| *entry -= &by * own);
        }
    }
    basis[place] = column;
}
