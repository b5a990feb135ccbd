//! The parameters that leave the smallest squares: a grid, then steps that are halved (Hooke and Jeeves, 1961). No chance in it, so the
//! same series gives the same parameters everywhere; of equals the first found stays.

use crate::model::{Parameters, follow};

/// A point of the search: alpha, beta as a share of alpha, gamma as a share of what alpha leaves, and phi.
type Point = [f64; 4];

/// Where the grid stands.
const ALPHAS: [f64; 6] = [0.02, 0.1, 0.3, 0.5, 0.7, 0.9];
const BETA_SHARES: [f64; 3] = [0.0, 0.1, 0.3];
const GAMMA_SHARES: [f64; 3] = [0.0, 0.1, 0.3];
const PHIS: [f64; 3] = [0.8, 0.9, 0.98];
/// The bounds of each; phi as in the book of 2008, section 2.3.
const LOW: Point = [0.001, 0.0, 0.0, 0.8];
const HIGH: Point = [0.999, 0.999, 0.999, 0.98];
/// The first steps.
const STEPS: Point = [0.1, 0.1, 0.1, 0.04];
/// How often they are halved.
const HALVINGS: u32 = 7;
/// Rounds of steps of one size.
const ROUNDS_LIMIT: u32 = 20;

/// The best.
pub(crate) fn best(values: &[f64]) -> Parameters {
    let squares = |point: Point| follow(values, parameters(point)).squares;
    let mut best = (f64::INFINITY, LOW);
    for alpha in ALPHAS {
        for beta in BETA_SHARES {
            for gamma in GAMMA_SHARES {
                for phi in PHIS {
                    let point = [alpha, beta, gamma, phi];
                    let found = squares(point);
                    if found < best.0 {
                        best = (found, point);
                    }
                }
            }
        }
    }
    let mut steps = STEPS;
    for _ in 0..=HALVINGS {
        for _ in 0..ROUNDS_LIMIT {
            let before = best.0;
            step_around(&squares, &mut best, steps);
            if best.0 >= before {
                break;
            }
        }
        steps = steps.map(|step| step / 2.0);
    }
    parameters(best.1)
}

/// Tries one step up and down along each side.
fn step_around(squares: &impl Fn(Point) -> f64, best: &mut (f64, Point), steps: Point) {
    for side in 0..LOW.len() {
        for step in [steps[side], -steps[side]] {
            let mut point = best.1;
            point[side] = (point[side] + step).clamp(LOW[side], HIGH[side]);
            let found = squares(point);
            if found < best.0 {
                *best = (found, point);
            }
        }
    }
}

fn parameters([alpha, beta, gamma, phi]: Point) -> Parameters {
    Parameters { alpha, beta: alpha * beta, gamma: (1.0 - alpha) * gamma, phi }
}
