//! From shares of 1 to a stated number of equally likely panels, so that the draw is one number from a bowl.
//!
//! (Flanigan, Kehne & Procaccia, Fair Sortition Made Transparent, NeurIPS 2021: a uniform lottery over m panels loses little.)
//! Each mix gets its whole number of panels. What is left is a divided sum of the remaining panels: it is rounded to whole seats once,
//! and then dealt out panel by panel, each as even as whole numbers allow.

use crate::{
    near::{Around, Finder, PROGRAMS_NEAR_MAX, kept},
    peel::next_to,
    shape::{Mix, Shape},
};

/// Shares of a panel this close to whole are whole.
const SHARE_WITHIN: f64 = 1e-6;
/// Linear programs in the search for a panel of even shares; a wider search follows.
const PROGRAMS_EVEN_MAX: usize = 40;

/// `count` mixes whose average is as near to that of `mixes` as was found.
pub(crate) fn equally_likely(shape: &Shape, mixes: &[(Mix, f64)], count: u32) -> Vec<Mix> {
    let mut panels = Vec::with_capacity(count as usize);
    let mut rest = vec![0.0; shape.kinds()];
    for (mix, share) in mixes {
        let wanted = share * f64::from(count);
        let whole = (wanted + SHARE_WITHIN).floor();
        let left = (count as usize - panels.len()).min(whole as usize);
        panels.extend(std::iter::repeat_n(mix.clone(), left));
        let part = (wanted - whole).max(0.0);
        rest.iter_mut().zip(mix).for_each(|(sum, &seats)| *sum += part * f64::from(seats));
    }
    let left = count as usize - panels.len();
    if left > 0 {
        let mut finder = Finder::new(shape);
        let sums = whole_sums(&mut finder, &rest, left);
        deal(&mut finder, sums, left, mixes, &mut panels);
    }
    panels
}

/// Whole seats of each kind over all panels that are left, next to the divided ones.
fn whole_sums(finder: &mut Finder<'_>, rest: &[f64], left: usize) -> Vec<i64> {
    let shape = finder.shape;
    let over = |(low, high): (i64, i64)| (low * left as i64, high * left as i64);
    let of_kind = |(&value, &size): (&f64, &i64)| next_to(value, over((0, size)), SHARE_WITHIN);
    let of_row = |(sum, &bounds): (f64, &(i64, i64))| next_to(sum, over(bounds), SHARE_WITHIN);
    let around = Around {
        kinds: rest.iter().zip(&shape.sizes).map(of_kind).collect(),
        rows: shape.sums(rest).into_iter().zip(&shape.rows).map(of_row).collect(),
    };
    let worth: Vec<f64> = rest.iter().map(|value| value - value.floor()).collect();
    finder
        .within(&around, &worth, PROGRAMS_NEAR_MAX)
        .unwrap_or_else(|| rest.iter().map(|value| value.round() as i64).collect())
}

fn deal(finder: &mut Finder<'_>, mut sums: Vec<i64>, left: usize, mixes: &[(Mix, f64)], panels: &mut Vec<Mix>) {
    let shape = finder.shape;
    for left in (1..=left as i64).rev() {
        let even: Vec<f64> = sums.iter().map(|sum| sum.rem_euclid(left) as f64 / left as f64).collect();
        let share: Vec<f64> = sums.iter().map(|&sum| sum as f64 / left as f64).collect();
        let mix = finder
            .within(&dealt(shape, &sums, |sum, bounds| evenly(sum, left, bounds)), &even, PROGRAMS_EVEN_MAX)
            .or_else(|| {
                finder.within(&dealt(shape, &sums, |sum, bounds| leaving(sum, left, bounds)), &share, PROGRAMS_NEAR_MAX)
            })
            .filter(|mix| shape.holds(mix))
            .map(|mix| kept(&mix))
            .or_else(|| nearest(shape, &sums, left, mixes));
        let Some(mix) = mix else { return };
        sums.iter_mut().zip(&mix).for_each(|(sum, &seats)| *sum -= i64::from(seats));
        panels.push(mix);
    }
}

/// Bounds for one panel from the sums over those that are left.
fn dealt(shape: &Shape, sums: &[i64], bounds: impl Fn(i64, (i64, i64)) -> (i64, i64)) -> Around {
    Around {
        kinds: sums.iter().zip(&shape.sizes).map(|(&sum, &size)| bounds(sum, (0, size))).collect(),
        rows: shape.sums(sums).into_iter().zip(&shape.rows).map(|(sum, &own)| bounds(sum, own)).collect(),
    }
}

/// The even share, rounded down or up.
fn evenly(sum: i64, left: i64, (low, high): (i64, i64)) -> (i64, i64) {
    let down = sum.div_euclid(left);
    (down.clamp(low, high), (down + i64::from(sum.rem_euclid(left) > 0)).clamp(low, high))
}

/// Whatever leaves to the other panels a sum that keeps their bounds.
fn leaving(sum: i64, left: i64, (low, high): (i64, i64)) -> (i64, i64) {
    let others = left - 1;
    let (least, most) = ((sum - others * high).max(low), (sum - others * low).min(high));
    if least <= most { (least, most) } else { (low, high) }
}

/// Of the known mixes the one nearest to an even share, by squares of chances.
fn nearest(shape: &Shape, sums: &[i64], left: i64, mixes: &[(Mix, f64)]) -> Option<Mix> {
    let apart = |mix: &Mix| -> f64 {
        mix.iter()
            .zip(sums)
            .zip(&shape.sizes)
            .map(|((&seats, &sum), &size)| {
                let by = f64::from(seats) - sum as f64 / left as f64;
                by * by / size as f64
            })
            .sum()
    };
    let least =
        mixes.iter().map(|(mix, _)| (apart(mix), mix)).reduce(|one, other| if other.0 < one.0 { other } else { one });
    least.map(|(_, mix)| mix.clone())
}
