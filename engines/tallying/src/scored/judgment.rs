use super::{ScoreBallot, check, standing};
use crate::ballots::Candidate;
use crate::rules::TallyError;
use std::cmp::Ordering;

/// Which of two middle grades counts, when there is an even number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MiddleGrade {
    /// The worse one, as Balinski and Laraki define the majority-grade.
    Worse,
    /// The better one, as Belenios counts.
    Better,
}

/// The result of majority judgment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judgment {
    /// Candidates from first to last; those of one group have exactly the same grades.
    pub ranking: Vec<Vec<u16>>,
    /// Each candidate's majority-grade, 0 being the best, in order of the contest.
    pub majority_grades: Vec<(u16, u32)>,
    /// For each candidate, how many votes gave each grade, the best first.
    pub grades: Vec<(u16, Vec<u64>)>,
    /// A sentence for each candidate, in English.
    pub steps: Vec<String>,
}

/// Majority judgment: each voter grades each candidate, 0 being the best of `grades` grades; the best middle grade wins, and among the same
/// the middle grades are taken away one by one until they differ (Balinski, Laraki, *Majority Judgment*, 2011, chapter 1). Where a
/// voter said nothing, the grade is the worst.
///
/// # Errors
/// When the ballots are at fault.
pub fn majority_judgment(
    candidates: &[Candidate],
    ballots: &[ScoreBallot],
    grades: &[String],
    middle: MiddleGrade,
) -> Result<Judgment, TallyError> {
    let worst = (grades.len() as u32).saturating_sub(1);
    check(candidates, ballots, worst)?;
    let mut counted: Vec<(u16, Vec<u64>)> =
        standing(candidates).into_iter().map(|at| (at, vec![0; worst as usize + 1])).collect();
    for ballot in ballots {
        for (at, counts) in &mut counted {
            counts[ballot.scores[*at as usize].unwrap_or(worst) as usize] += ballot.weight;
        }
    }
    let mut order: Vec<usize> = (0..counted.len()).collect();
    order.sort_by(|&one, &other| compare(&counted[one].1, &counted[other].1, middle).then(one.cmp(&other)));
    let mut ranking: Vec<Vec<u16>> = Vec::new();
    for (place, &at) in order.iter().enumerate() {
        let same = place > 0 && counted[order[place - 1]].1 == counted[at].1;
        match ranking.last_mut() {
            Some(group) if same => group.push(counted[at].0),
            _ => ranking.push(vec![counted[at].0]),
        }
    }
    let majority_grades: Vec<(u16, u32)> =
        counted.iter().map(|(at, counts)| (*at, middle_of(counts, middle) as u32)).collect();
    let steps = order.iter().map(|&at| sentence(candidates, grades, &counted[at], majority_grades[at].1)).collect();
    Ok(Judgment { ranking, majority_grades, grades: counted, steps })
}

/// The middle grade.
fn middle_of(counts: &[u64], middle: MiddleGrade) -> usize {
    let all: u64 = counts.iter().sum();
    // How many grades are before the middle one, the best first.
    let before = match middle {
        MiddleGrade::Worse => all / 2,
        MiddleGrade::Better => all.saturating_sub(1) / 2,
    };
    let mut seen = 0;
    counts
        .iter()
        .position(|count| {
            seen += count;
            seen > before
        })
        .unwrap_or(counts.len().saturating_sub(1))
}

/// For how many removals in a row the middle grade stays `grade`, at least 1.
fn removals(counts: &[u64], grade: usize, middle: MiddleGrade) -> u64 {
    let stays = |removed: u64| {
        let mut left = counts.to_vec();
        left[grade] -= removed;
        left[grade] > 0 && middle_of(&left, middle) == grade
    };
    let (mut fewest, mut most) = (0, counts[grade]);
    while fewest + 1 < most {
        let half = fewest + (most - fewest) / 2;
        if stays(half) { fewest = half } else { most = half }
    }
    fewest + 1
}

/// Takes middle grades away from both until they differ; many at a time, which comes to the same.
fn compare(one: &[u64], other: &[u64], middle: MiddleGrade) -> Ordering {
    let (mut one, mut other) = (one.to_vec(), other.to_vec());
    loop {
        if one == other {
            return Ordering::Equal;
        }
        let (grade, grade_of_other) = (middle_of(&one, middle), middle_of(&other, middle));
        if grade != grade_of_other {
            return grade.cmp(&grade_of_other);
        }
        let together = removals(&one, grade, middle).min(removals(&other, grade, middle));
        one[grade] -= together;
        other[grade] -= together;
    }
}

fn sentence(candidates: &[Candidate], grades: &[String], (at, counts): &(u16, Vec<u64>), grade: u32) -> String {
    let name = &candidates[*at as usize].name;
    let grade = grade as usize;
    let (better, worse): (u64, u64) = (counts[..grade].iter().sum(), counts[grade + 1..].iter().sum());
    format!(
        "{name} has the majority-grade “{}”: {better} votes are better, {worse} worse.",
        grades.get(grade).map_or("?", String::as_str)
    )
}
