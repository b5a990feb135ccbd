use crate::{eigen, matrix::Matrix, random::Draws};
use rayon::prelude::*;

/// Vectors are found in pairs, so that both axes are found even where people differ as much along one as along the other.
const WIDTH: usize = 2;
type Block = Vec<[f64; WIDTH]>;

/// People are summed in pieces of this many, whatever the number of threads, so that every machine rounds alike.
const PIECE: usize = 512;
/// An axis is done when what it misses is this small beside the largest eigenvalue.
const TOLERANCE: f64 = 5e-14;
const PASSES_MAX: usize = 500;
/// After so many passes it is looked at for the first time what is missed.
const PASSES_UNSEEN: usize = 8;
/// How many blocks are kept at once, and how many of the best go on when these are full.
const BLOCKS_MAX: usize = 24;
const BLOCKS_KEPT: usize = 4;
/// How much of everything is mixed into earlier axes.
const FRESH: f64 = 1e-4;

/// The two lines along which people differ most: the first principal components.
#[derive(Debug, Clone, PartialEq)]
pub struct Axes {
    /// The mean of each statement over those who saw it; 0 where nobody did or the statement is not open.
    pub centre: Vec<f64>,
    /// Two directions of length 1, one number for each statement; all 0 where people do not differ. The entry of largest
    /// magnitude is positive.
    pub directions: [Vec<f64>; 2],
    /// How strongly people differ along each: the first two singular values of the centred matrix.
    pub singular_values: [f64; 2],
    /// The share of all differences that each explains, 0 to 1.
    pub variance_share: [f64; 2],
    /// What the axes miss of being exact: |Gv − λv| / λ₁ for the Gram matrix G of the centred matrix.
    pub residual: f64,
    /// How often the matrix was multiplied.
    pub passes: usize,
    block: Block,
}

/// How far to go.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Precision {
    /// To the limit of rounding.
    Full,
    /// So many steps from a good beginning, for resamples.
    Steps(usize),
}

/// Finds the axes of the people in `rows`, beginning from those of `near` when given.
pub(crate) fn find(
    open: &Matrix,
    rows: &[u32],
    statements: usize,
    near: Option<&Axes>,
    precision: Precision,
    seed: u64,
) -> Axes {
    let centre = centre(open, rows, statements);
    // A little of everything is added to earlier axes, so that what has come since is never orthogonal to them.
    let mut block = first(statements, seed);
    if let Some(near) = near.filter(|near| near.block.len() == statements) {
        for (own, near) in block.iter_mut().flatten().zip(near.block.iter().flatten()) {
            *own = near + *own * FRESH;
        }
    }
    orthonormal(&mut block, &[]);
    let limit = match precision {
        Precision::Full => None,
        Precision::Steps(steps) => Some(steps),
    };
    let found = Krylov::default().search(block, limit, |block| multiply(open, rows, &centre, block));
    let all: f64 = squares(open, rows, &centre);
    finish(centre, found, all)
}

struct Found {
    block: Block,
    values: [f64; WIDTH],
    residual: f64,
    passes: usize,
}

/// A space in which the axes are looked for, block by block, and what the matrix makes of it.
#[derive(Default)]
struct Krylov {
    basis: Vec<Block>,
    images: Vec<Block>,
    /// The matrix as seen from the basis.
    projected: Vec<Vec<f64>>,
}

impl Krylov {
    /// The block Lanczos method with full orthogonalisation, Rayleigh–Ritz extraction and thick restart (Saad, *Numerical
    /// Methods for Large Eigenvalue Problems*, 2nd ed., ch. 6 and 7; Wu, Simon, *Thick-restart Lanczos*, 2000): until the best
    /// pair is exact or, with a limit, for so many passes.
    fn search(mut self, mut block: Block, limit: Option<usize>, multiply: impl Fn(&Block) -> Block) -> Found {
        let last = limit.unwrap_or(PASSES_MAX);
        let (mut passes, mut look) = (0, PASSES_UNSEEN);
        // When it was last looked at what is missed, and what it was.
        let (mut before, mut missed_before) = (0, 1.0f64);
        loop {
            passes += 1;
            let image = multiply(&block);
            let next = self.take(block, image);
            let Some(next) = next.filter(|_| passes < last) else {
                let (values, vectors) = eigen::symmetric(self.projected.clone());
                return self.best(&values, &vectors, passes);
            };
            let is_full = self.basis.len() == BLOCKS_MAX;
            if limit.is_none() && (passes >= look || is_full) {
                let (values, vectors) = eigen::symmetric(self.projected.clone());
                let found = self.best(&values, &vectors, passes);
                if found.residual <= TOLERANCE {
                    return found;
                }
                let digits_a_pass = (missed_before / found.residual).ln().max(1e-3) / (passes - before) as f64;
                let left = (found.residual / TOLERANCE).ln() / digits_a_pass;
                // It goes the faster the nearer it comes.
                look = passes.saturating_add(((left * 0.6) as usize).max(1));
                (before, missed_before) = (passes, found.residual);
                if is_full {
                    self.restart(&values, &vectors);
                }
            }
            block = next;
        }
    }

    /// Takes a block and its image in; says what of the image is new, if anything is.
    fn take(&mut self, block: Block, image: Block) -> Option<Block> {
        self.basis.push(block);
        let begun = self.projected.len();
        self.projected.iter_mut().for_each(|row| row.extend([0.0; WIDTH]));
        self.projected.extend((0..WIDTH).map(|_| vec![0.0; begun + WIDTH]));
        for (at, other) in self.basis.iter().enumerate() {
            let products = inner(other, &image);
            for (row, products) in products.iter().enumerate() {
                for (column, product) in products.iter().enumerate() {
                    self.projected[begun + column][at * WIDTH + row] = *product;
                    self.projected[at * WIDTH + row][begun + column] = *product;
                }
            }
        }
        let mut next = image.clone();
        self.images.push(image);
        (orthonormal(&mut next, &self.basis) > 0).then_some(next)
    }

    fn best(&self, values: &[f64], vectors: &[Vec<f64>], passes: usize) -> Found {
        let block = combined(&self.basis, &vectors[..WIDTH]);
        let image = combined(&self.images, &vectors[..WIDTH]);
        let values = std::array::from_fn(|at| values[at].max(0.0));
        Found { residual: residual(&block, &image, &values), block, values, passes }
    }

    /// Keeps the best of the space. What the last image brought that is new goes on from there.
    fn restart(&mut self, values: &[f64], vectors: &[Vec<f64>]) {
        let kept = |of: &[Block]| vectors.chunks(WIDTH).take(BLOCKS_KEPT).map(|some| combined(of, some)).collect();
        (self.basis, self.images) = (kept(&self.basis), kept(&self.images));
        let size = BLOCKS_KEPT * WIDTH;
        let row = |at: usize| (0..size).map(|other| if at == other { values[at] } else { 0.0 }).collect();
        self.projected = (0..size).map(row).collect();
    }
}

/// The mean of each column over those of `rows` who saw it: sums of whole numbers, so exact in any order.
fn centre(open: &Matrix, rows: &[u32], statements: usize) -> Vec<f64> {
    let mut sums = vec![(0i64, 0i64); statements];
    for row in rows {
        let (columns, values) = open.row(*row as usize);
        for (column, value) in columns.iter().zip(values) {
            let sum = &mut sums[*column as usize];
            sum.0 += i64::from(*value);
            sum.1 += 1;
        }
    }
    sums.into_iter().map(|(sum, seen)| if seen == 0 { 0.0 } else { sum as f64 / seen as f64 }).collect()
}

fn squares(open: &Matrix, rows: &[u32], centre: &[f64]) -> f64 {
    let of = |row: &u32| -> f64 {
        let (columns, values) = open.row(*row as usize);
        columns.iter().zip(values).map(|(column, value)| (f64::from(*value) - centre[*column as usize]).powi(2)).sum()
    };
    rows.iter().map(of).sum()
}

/// G × block, where G = XᵀX and X is the centred matrix, whose unseen cells are 0: both products in one pass over the cells. A cell
/// has one of three values for each column, so what it adds is looked up, and what it gets is multiplied once for all.
fn multiply(open: &Matrix, rows: &[u32], centre: &[f64], block: &Block) -> Block {
    let values = |centre: f64| [-1.0 - centre, -centre, 1.0 - centre];
    let terms: Block = block
        .iter()
        .zip(centre)
        .flat_map(|(row, centre)| values(*centre).map(|value| row.map(|x| x * value)))
        .collect();
    let piece = |rows: &[u32]| {
        let mut image = vec![[0.0; WIDTH]; terms.len()];
        for row in rows {
            let slots = open.slots(*row as usize);
            let along = gathered(&terms, slots);
            for slot in slots {
                let sum = &mut image[*slot as usize];
                (0..WIDTH).for_each(|at| sum[at] += along[at]);
            }
        }
        image
    };
    // At most 64 pieces, so that a large conversation does not need a large table for each 512 people.
    let size = PIECE.max(rows.len().div_ceil(64));
    let pieces: Vec<Block> = rows.par_chunks(size).map(piece).collect();
    let mut sums = vec![[0.0; WIDTH]; terms.len()];
    for part in pieces {
        for (sum, term) in sums.iter_mut().flatten().zip(part.iter().flatten()) {
            *sum += term;
        }
    }
    let whole = |(parts, centre): (&[[f64; WIDTH]], &f64)| {
        let [disagrees, passes, agrees] = values(*centre);
        std::array::from_fn(|at| disagrees * parts[0][at] + passes * parts[1][at] + agrees * parts[2][at])
    };
    sums.chunks_exact(3).zip(centre).map(whole).collect()
}

/// The sum of these terms: four sums side by side, as one would wait for itself.
fn gathered(terms: &Block, slots: &[u16]) -> [f64; WIDTH] {
    let (fours, rest) = slots.as_chunks::<4>();
    let mut sums = [[0.0; WIDTH]; 4];
    for four in fours {
        for (sum, slot) in sums.iter_mut().zip(four) {
            let term = terms[*slot as usize];
            (0..WIDTH).for_each(|at| sum[at] += term[at]);
        }
    }
    for (sum, slot) in sums.iter_mut().zip(rest) {
        let term = terms[*slot as usize];
        (0..WIDTH).for_each(|at| sum[at] += term[at]);
    }
    std::array::from_fn(|at| (sums[0][at] + sums[1][at]) + (sums[2][at] + sums[3][at]))
}

/// A beginning that no axis is likely to be orthogonal to.
fn first(statements: usize, seed: u64) -> Block {
    let mut draws = Draws::new(seed, 1, 0);
    (0..statements).map(|_| std::array::from_fn(|_| draws.share() - 0.5)).collect()
}

/// Makes the columns of `block` orthogonal to `basis` and to each other, of length 1 or 0; says how many are not 0. Done
/// twice, which is enough (Kahan's and Parlett's rule).
fn orthonormal(block: &mut Block, basis: &[Block]) -> usize {
    let mut alive = 0;
    let before = lengths(block);
    for _ in 0..2 {
        for other in basis {
            let products = inner(other, block);
            for (own, other) in block.iter_mut().zip(other) {
                for (at, products) in products.iter().enumerate() {
                    for column in 0..WIDTH {
                        own[column] -= other[at] * products[column];
                    }
                }
            }
        }
        alive = 0;
        for column in 0..WIDTH {
            // What the columns before it have of this one, all at once: they are orthogonal to each other already.
            let products = inner_with(block, column);
            for row in block.iter_mut() {
                let taken: f64 = (0..column).map(|earlier| products[earlier] * row[earlier]).sum();
                row[column] -= taken;
            }
            let long = block.iter().map(|row| row[column] * row[column]).sum::<f64>().sqrt();
            let factor = if long > before[column] * 1e-14 && long > 0.0 { 1.0 / long } else { 0.0 };
            alive += usize::from(factor > 0.0);
            block.iter_mut().for_each(|row| row[column] *= factor);
        }
    }
    alive
}

/// The lengths of the columns.
fn lengths(block: &Block) -> [f64; WIDTH] {
    let mut squares = [0.0; WIDTH];
    for row in block {
        for column in 0..WIDTH {
            squares[column] += row[column] * row[column];
        }
    }
    squares.map(f64::sqrt)
}

/// The inner products of all columns with one.
fn inner_with(block: &Block, column: usize) -> [f64; WIDTH] {
    let mut products = [0.0; WIDTH];
    for row in block {
        for at in 0..WIDTH {
            products[at] += row[at] * row[column];
        }
    }
    products
}

/// The inner products of the columns of both.
fn inner(one: &Block, other: &Block) -> [[f64; WIDTH]; WIDTH] {
    let mut products = [[0.0; WIDTH]; WIDTH];
    for (one, other) in one.iter().zip(other) {
        for row in 0..WIDTH {
            for column in 0..WIDTH {
                products[row][column] += one[row] * other[column];
            }
        }
    }
    products
}

/// The vectors of a basis, or their images, put together with these weights.
fn combined(basis: &[Block], vectors: &[Vec<f64>]) -> Block {
    let mut block = vec![[0.0; WIDTH]; basis.first().map_or(0, Vec::len)];
    for (at, part) in basis.iter().enumerate() {
        let weights: [[f64; WIDTH]; WIDTH] =
            std::array::from_fn(|row| std::array::from_fn(|column| vectors[column][at * WIDTH + row]));
        for (own, part) in block.iter_mut().zip(part) {
            for row in 0..WIDTH {
                for column in 0..WIDTH {
                    own[column] += weights[row][column] * part[row];
                }
            }
        }
    }
    block
}

fn residual(block: &Block, image: &Block, values: &[f64; WIDTH]) -> f64 {
    let largest = values[0].max(f64::MIN_POSITIVE);
    (0..2)
        .map(|column| {
            let missed =
                block.iter().zip(image).map(|(own, image)| (image[column] - values[column] * own[column]).powi(2));
            missed.sum::<f64>().sqrt() / largest
        })
        .fold(0.0, f64::max)
}

fn finish(centre: Vec<f64>, found: Found, all: f64) -> Axes {
    // Below this an eigenvalue is rounding: people do not differ along that axis.
    let least = all * 1e-13;
    let directions = [0, 1].map(|column| {
        let mut direction: Vec<f64> = found.block.iter().map(|row| row[column]).collect();
        let largest = direction.iter().fold(0.0f64, |most, entry| if entry.abs() > most.abs() { *entry } else { most });
        let factor = if found.values[column] <= least { 0.0 } else { largest.signum() };
        direction.iter_mut().for_each(|entry| *entry *= factor);
        direction
    });
    let share = |value: f64| if all > 0.0 && value > least { value / all } else { 0.0 };
    let [first, second] = found.values.map(|value| if value > least { value } else { 0.0 });
    Axes {
        centre,
        directions,
        singular_values: [first.sqrt(), second.sqrt()],
        variance_share: [share(first), share(second)],
        residual: if first > 0.0 { found.residual } else { 0.0 },
        passes: found.passes,
        block: found.block,
    }
}

impl Axes {
    /// Turns an axis around where it points away from the earlier one, so that a live map does not flip.
    pub(crate) fn align(&mut self, earlier: &[Vec<f64>; 2]) {
        for (own, earlier) in self.directions.iter_mut().zip(earlier) {
            let along: f64 = own.iter().zip(earlier).map(|(own, earlier)| own * earlier).sum();
            if own.len() == earlier.len() && along < 0.0 {
                own.iter_mut().for_each(|entry| *entry = -*entry);
            }
        }
    }

    /// The same axes for other statements: `places` says where each was before. New ones begin at 0.
    pub(crate) fn carried(&self, places: &[Option<usize>]) -> Self {
        let of = |list: &[f64]| places.iter().map(|place| place.map_or(0.0, |place| list[place])).collect::<Vec<f64>>();
        Self {
            centre: of(&self.centre),
            directions: [of(&self.directions[0]), of(&self.directions[1])],
            block: places.iter().map(|place| place.map_or([0.0; WIDTH], |place| self.block[place])).collect(),
            ..*self
        }
    }
}
