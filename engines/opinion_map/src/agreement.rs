/// How far two divisions of the same people agree: the adjusted Rand index (Hubert, Arabie, *Comparing partitions*, 1985).
/// 1 for the same division whatever the groups are called, about 0 for chance. People without a label in one of them do
/// not count. 1 when nothing can differ.
pub fn adjusted_rand_index(one: &[Option<u8>], other: &[Option<u8>]) -> f64 {
    let table = table(one, other);
    let pairs = |count: u64| (count * count.saturating_sub(1) / 2) as f64;
    let rows: f64 = table.iter().map(|row| pairs(row.iter().sum())).sum();
    let width = table.first().map_or(0, Vec::len);
    let columns: f64 = (0..width).map(|at| pairs(table.iter().map(|row| row[at]).sum())).sum();
    let both: f64 = table.iter().flatten().map(|count| pairs(*count)).sum();
    let all = pairs(table.iter().flatten().sum());
    let chance = if all > 0.0 { rows * columns / all } else { 0.0 };
    let most = f64::midpoint(rows, columns);
    if most - chance == 0.0 { 1.0 } else { (both - chance) / (most - chance) }
}

/// For each group of `one` how well it is found again in `other`: the largest Jaccard index with one of its groups (Hennig,
/// *Cluster-wise assessment of cluster stability*, 2007).
pub(crate) fn found_again(one: &[Option<u8>], other: &[Option<u8>], groups: usize) -> Vec<f64> {
    let mut table = table(one, other);
    let width = table.first().map_or(0, Vec::len);
    table.resize(groups.max(table.len()), vec![0; width]);
    let columns: Vec<u64> = (0..width).map(|at| table.iter().map(|row| row[at]).sum()).collect();
    let best = |row: &Vec<u64>| {
        let own: u64 = row.iter().sum();
        let jaccard = |(both, column): (&u64, &u64)| *both as f64 / (own + column - both).max(1) as f64;
        row.iter().zip(&columns).map(jaccard).fold(0.0, f64::max)
    };
    table.iter().take(groups).map(best).collect()
}

/// How many people are in group i of one and j of the other.
fn table(one: &[Option<u8>], other: &[Option<u8>]) -> Vec<Vec<u64>> {
    let both = || one.iter().zip(other).filter_map(|(one, other)| Some(((*one)?, (*other)?)));
    let height = both().map(|pair| pair.0 as usize + 1).max().unwrap_or(0);
    let width = both().map(|pair| pair.1 as usize + 1).max().unwrap_or(0);
    let mut table = vec![vec![0; width]; height];
    both().for_each(|pair| table[pair.0 as usize][pair.1 as usize] += 1);
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn worked_by_hand() {
        let some = |labels: &[u8]| labels.iter().map(|label| Some(*label)).collect::<Vec<_>>();
        assert!((adjusted_rand_index(&some(&[0, 0, 1, 1]), &some(&[1, 1, 0, 0])) - 1.0).abs() < 1e-15);
        // scikit-learn's documentation: 0.57…
        let index = adjusted_rand_index(&some(&[0, 0, 1, 1]), &some(&[0, 0, 1, 2]));
        assert!((index - 4.0 / 7.0).abs() < 1e-12, "{index}");
        let found = found_again(&some(&[0, 0, 1, 1]), &some(&[0, 0, 1, 2]), 2);
        assert_eq!(found, [1.0, 0.5]);
    }
}
