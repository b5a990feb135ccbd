use super::matrix::PairwiseMatrix;

/// What the pairs say by themselves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Condorcet {
    /// Who beats everybody else (Condorcet 1785), if there is one.
    pub winner: Option<u16>,
    /// The smallest group whose every member beats everybody outside it (Smith 1973).
    pub smith_set: Vec<u16>,
    /// For each candidate compared, victories and defeats (Copeland 1951 ranks by their difference).
    pub records: Vec<(u16, u32, u32)>,
    /// A sentence for each step, in English.
    pub steps: Vec<String>,
}

/// Looks for a Condorcet winner, and for the Smith set.
pub fn condorcet(matrix: &PairwiseMatrix) -> Condorcet {
    let all = matrix.included();
    let count = |one: u16, wins: bool| {
        let against = all.iter().filter(|&&other| other != one);
        against.filter(|&&other| if wins { matrix.beats(one, other) } else { matrix.beats(other, one) }).count() as u32
    };
    let records: Vec<(u16, u32, u32)> = all.iter().map(|&one| (one, count(one, true), count(one, false))).collect();
    let winner = records.iter().find(|(_, wins, _)| *wins as usize + 1 == all.len()).map(|(one, ..)| *one);
    let smith_set = smith_set(matrix, &records);
    let mut steps: Vec<String> = records
        .iter()
        .map(|&(one, wins, losses)| format!("{} beats {wins} and is beaten by {losses} others.", matrix.name(one)))
        .collect();
    steps.push(match winner {
        Some(winner) => format!("{} beats everybody else and is the Condorcet winner.", matrix.name(winner)),
        None => {
            let names: Vec<&str> = smith_set.iter().map(|&one| matrix.name(one)).collect();
            format!("Nobody beats everybody else; the smallest group that beats all others is {}.", names.join(", "))
        }
    });
    Condorcet { winner, smith_set, records, steps }
}

/// Starts with whoever has the best record, who must belong to it, and takes in everybody not beaten by a member.
fn smith_set(matrix: &PairwiseMatrix, records: &[(u16, u32, u32)]) -> Vec<u16> {
    let score = |(_, wins, losses): &(u16, u32, u32)| i64::from(*wins) - i64::from(*losses);
    let best = records.iter().map(score).max();
    let mut set: Vec<u16> = records.iter().filter(|record| Some(score(record)) == best).map(|(one, ..)| *one).collect();
    let mut at = 0;
    while at < set.len() {
        let member = set[at];
        for &other in matrix.included() {
            if !set.contains(&other) && !matrix.beats(member, other) {
                set.push(other);
            }
        }
        at += 1;
    }
    set.sort_unstable();
    set
}
