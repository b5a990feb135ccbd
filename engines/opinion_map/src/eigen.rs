/// Eigenvalues, largest first, and their vectors of a small symmetric matrix given by rows: Jacobi's method with cyclic
/// sweeps (Golub, Van Loan, *Matrix Computations*, 4th ed., 8.5). Vector `k` is `vectors[k]`.
pub(crate) fn symmetric(mut matrix: Vec<Vec<f64>>) -> (Vec<f64>, Vec<Vec<f64>>) {
    let size = matrix.len();
    let mut vectors: Vec<Vec<f64>> =
        (0..size).map(|at| (0..size).map(|other| f64::from(at == other)).collect()).collect();
    let all: f64 = matrix.iter().flatten().map(|value| value * value).sum();
    for _ in 0..40 {
        let off: f64 = (0..size).flat_map(|p| (0..p).map(move |q| (p, q))).map(|(p, q)| matrix[p][q].powi(2)).sum();
        if off <= all * 1e-32 {
            break;
        }
        for p in 0..size {
            for q in p + 1..size {
                rotate(&mut matrix, &mut vectors, p, q);
            }
        }
    }
    let mut order: Vec<usize> = (0..size).collect();
    order.sort_by(|one, other| matrix[*other][*other].total_cmp(&matrix[*one][*one]));
    (order.iter().map(|at| matrix[*at][*at]).collect(), order.iter().map(|at| vectors[*at].clone()).collect())
}

/// Makes the entry (p, q) zero; only rows are touched until the end, as the matrix stays symmetric.
fn rotate(matrix: &mut [Vec<f64>], vectors: &mut [Vec<f64>], p: usize, q: usize) {
    let off = matrix[p][q];
    if off.abs() <= f64::EPSILON * 1e-3 * (matrix[p][p].abs() * matrix[q][q].abs()).sqrt() {
        return;
    }
    let theta = (matrix[q][q] - matrix[p][p]) / (2.0 * off);
    let tangent = theta.signum() / (theta.abs() + (theta * theta + 1.0).sqrt());
    let cosine = 1.0 / (tangent * tangent + 1.0).sqrt();
    let sine = tangent * cosine;
    let (low, high) = (matrix[p][p] - tangent * off, matrix[q][q] + tangent * off);
    turn(matrix, p, q, cosine, sine);
    (0..matrix.len()).for_each(|at| (matrix[at][p], matrix[at][q]) = (matrix[p][at], matrix[q][at]));
    matrix[p][p] = low;
    matrix[q][q] = high;
    matrix[p][q] = 0.0;
    matrix[q][p] = 0.0;
    turn(vectors, p, q, cosine, sine);
}

fn turn(rows: &mut [Vec<f64>], p: usize, q: usize, cosine: f64, sine: f64) {
    let (first, second) = rows.split_at_mut(q);
    for (one, other) in first[p].iter_mut().zip(second[0].iter_mut()) {
        (*one, *other) = (cosine * *one - sine * *other, sine * *one + cosine * *other);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_matrix_worked_by_hand() {
        // Eigenvalues of [[2, 1], [1, 2]] are 3 and 1, of the third axis 5.
        let (values, vectors) = symmetric(vec![vec![2.0, 1.0, 0.0], vec![1.0, 2.0, 0.0], vec![0.0, 0.0, 5.0]]);
        for (value, wanted) in values.iter().zip([5.0, 3.0, 1.0]) {
            assert!((value - wanted).abs() < 1e-14);
        }
        assert!((vectors[1][0].abs() - 0.5f64.sqrt()).abs() < 1e-14 && (vectors[1][0] - vectors[1][1]).abs() < 1e-14);
    }
}
