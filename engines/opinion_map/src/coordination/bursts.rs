use super::LISTED_MAX;
use crate::matrix::Matrix;

/// Many new people within minutes.
#[derive(Debug, Clone, PartialEq)]
pub struct Burst {
    /// The first of them came, in milliseconds since 1970 UTC.
    pub begun_at_ms: i64,
    /// The last of them came.
    pub ended_at_ms: i64,
    /// Who came.
    pub people: Vec<String>,
    /// How many would have come in that time at the rate of the day around it.
    pub expected_people: f64,
    /// How often two of them gave the same answer to a statement both saw.
    pub alike_share: f64,
    /// The same for any two people of the conversation.
    pub alike_share_of_all: f64,
    /// Whether the first people of the conversation are among them: whatever opens begins with a crowd.
    pub from_the_start: bool,
}

/// By how much of the way from usual to complete agreement a burst must answer more alike.
const ALIKE_EXCESS_LEAST: f64 = 0.2;

impl Burst {
    /// Whether they also answer alike; many who come at once and answer as everybody does are no sign of coordination.
    pub fn answers_alike(&self) -> bool {
        is_alike(self.alike_share, self.alike_share_of_all)
    }
}

/// Whether people of whom two answer alike with the share `own` do so clearly more than everybody does: by at least a fifth of what
/// is missing to complete agreement.
pub fn is_alike(own: f64, all: f64) -> bool {
    own > all && own - all >= ALIKE_EXCESS_LEAST * (1.0 - all)
}

const WINDOW_MS: i64 = 10 * 60 * 1_000;
const HALF_DAY_MS: i64 = 12 * 60 * 60 * 1_000;
const PEOPLE_LEAST: usize = 10;
/// −ln of one in a million, for Chernoff's bound on the tail of a Poisson distribution.
const SURPRISE_LEAST: f64 = 13.8;

pub(super) fn find(matrix: &Matrix) -> Vec<Burst> {
    let mut arrivals: Vec<(i64, u32)> = (0..matrix.people.len())
        .filter(|row| matrix.spans[*row].reactions > 0)
        .map(|row| (matrix.spans[row].first_ms, row as u32))
        .collect();
    arrivals.sort_unstable();
    let mut found: Vec<(usize, usize)> = Vec::new();
    let (mut end, mut day_begin, mut day_end) = (0, 0, 0);
    for begin in 0..arrivals.len() {
        let at = arrivals[begin].0;
        let forward = |from: &mut usize, until: i64| {
            while *from < arrivals.len() && arrivals[*from].0 < until {
                *from += 1;
            }
        };
        forward(&mut end, at.saturating_add(WINDOW_MS));
        forward(&mut day_begin, at.saturating_sub(HALF_DAY_MS));
        forward(&mut day_end, at.saturating_add(HALF_DAY_MS));
        let people = end - begin;
        let others = (day_end - day_begin).saturating_sub(people);
        if people < PEOPLE_LEAST || surprise(people as f64, expected(others, WINDOW_MS)) < SURPRISE_LEAST {
            continue;
        }
        match found.last_mut() {
            Some(last) if begin <= last.1 => last.1 = end,
            _ => found.push((begin, end)),
        }
    }
    if found.is_empty() {
        return Vec::new();
    }
    let everybody: Vec<u32> = (0..matrix.people.len() as u32).collect();
    let alike_share_of_all = alike(matrix, &everybody);
    // The largest, then in the order of time.
    found.sort_by_key(|(begin, end)| std::cmp::Reverse(end - begin));
    found.truncate(LISTED_MAX);
    found.sort_unstable();
    found.into_iter().map(|(begin, end)| burst(matrix, &arrivals, begin, end, alike_share_of_all)).collect()
}

fn burst(matrix: &Matrix, arrivals: &[(i64, u32)], begin: usize, end: usize, alike_share_of_all: f64) -> Burst {
    let own = &arrivals[begin..end];
    let (begun_at_ms, ended_at_ms) = (own[0].0, own[own.len() - 1].0);
    let around = |at_ms: i64| {
        at_ms >= begun_at_ms.saturating_sub(HALF_DAY_MS) && at_ms < ended_at_ms.saturating_add(HALF_DAY_MS)
    };
    let others = arrivals.iter().filter(|one| around(one.0)).count() - own.len();
    let mut rows: Vec<u32> = own.iter().map(|one| one.1).collect();
    rows.sort_unstable();
    Burst {
        begun_at_ms,
        ended_at_ms,
        people: rows.iter().map(|row| matrix.people[*row as usize].clone()).collect(),
        expected_people: expected(others, ended_at_ms.saturating_sub(begun_at_ms).max(WINDOW_MS)),
        alike_share: alike(matrix, &rows),
        alike_share_of_all,
        from_the_start: begin == 0,
    }
}

/// How many of `others`, spread over the day around, fall into a window; half a person more, as a rate of nothing at all
/// is never known.
fn expected(others: usize, window_ms: i64) -> f64 {
    (others as f64 + 0.5) * window_ms as f64 / (2 * HALF_DAY_MS) as f64
}

/// Chernoff: P(X ≥ people) ≤ exp(−(people ln(people / mean) − people + mean)).
fn surprise(people: f64, mean: f64) -> f64 {
    if people <= mean { 0.0 } else { people * (people / mean).ln() - people + mean }
}

/// The share of pairs of people and statements seen by both with the same answer.
fn alike(matrix: &Matrix, rows: &[u32]) -> f64 {
    let mut counts = vec![[0u64; 3]; matrix.statements.len()];
    for at in rows {
        let (columns, values) = matrix.row(*at as usize);
        columns.iter().zip(values).for_each(|(column, value)| counts[*column as usize][(*value + 1) as usize] += 1);
    }
    let pairs = |count: u64| (count * count.saturating_sub(1) / 2) as f64;
    let same: f64 = counts.iter().flatten().map(|count| pairs(*count)).sum();
    let all: f64 = counts.iter().map(|counts| pairs(counts.iter().sum())).sum();
    if all > 0.0 { same / all } else { 0.0 }
}
