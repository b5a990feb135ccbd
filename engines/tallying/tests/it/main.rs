//! Known answers, properties, naive twins, and readers fed with rubbish.
#![allow(clippy::unwrap_used, missing_docs)]

mod audits;
mod books;
mod known;
mod properties;
mod readers;
mod rules;
mod twins;
mod workbooks;

use proptest::prelude::*;
use tallying::{Candidate, Mark, RankedBallots, ScoreBallot};

pub fn candidates(names: &str) -> Vec<Candidate> {
    names.split_whitespace().map(Candidate::named).collect()
}

/// Ballots such as `3 ABC` or `2 BA`: how many, and the candidates A to Z by rank; `=` joins those of one rank.
pub fn ballots(text: &str) -> RankedBallots {
    let mut found = RankedBallots::default();
    let words: Vec<&str> = text.split_whitespace().collect();
    for pair in words.chunks(2) {
        let (mut rank, mut joined, mut marks) = (0, false, Vec::new());
        for letter in pair[1].bytes() {
            match letter {
                b'=' => joined = true,
                b'-' => rank += 1,
                _ => {
                    rank += u16::from(!std::mem::take(&mut joined));
                    marks.push(Mark { rank, candidate: u16::from(letter - b'A') });
                }
            }
        }
        found.push(&marks, pair[0].parse().unwrap()).unwrap();
    }
    found
}

pub fn letters(ranking: &[u16]) -> String {
    ranking.iter().map(|&at| char::from(b'A' + at as u8)).collect()
}

pub fn lettered(size: usize) -> Vec<Candidate> {
    (0..size).map(|at| Candidate::named(char::from(b'A' + at as u8).to_string())).collect()
}

/// Any marks at all: orders, overvotes, gaps, duplicates, blanks, with weights.
pub fn any_ballots(size: usize) -> impl Strategy<Value = Vec<(Vec<Mark>, u64)>> {
    let mark = (1..=(size as u16 + 1), 0..size as u16).prop_map(|(rank, candidate)| Mark { rank, candidate });
    let marks = prop::collection::vec(mark, 0..=size + 1).prop_map(|mut marks| {
        marks.sort_by_key(|mark| mark.rank);
        marks
    });
    prop::collection::vec((marks, 1..5u64), 1..25)
}

/// Orders without ties, complete or not.
pub fn orders(size: usize) -> impl Strategy<Value = Vec<(Vec<u16>, u64)>> {
    let order =
        (Just((0..size as u16).collect::<Vec<u16>>()).prop_shuffle(), 1..=size).prop_map(|(mut order, kept)| {
            order.truncate(kept);
            order
        });
    prop::collection::vec((order, 1..6u64), 1..25)
}

pub fn packed(marks: &[(Vec<Mark>, u64)]) -> RankedBallots {
    let mut ballots = RankedBallots::default();
    marks.iter().for_each(|(marks, weight)| ballots.push(marks, *weight).unwrap());
    ballots
}

pub fn packed_orders(orders: &[(Vec<u16>, u64)]) -> RankedBallots {
    let mut ballots = RankedBallots::default();
    orders.iter().for_each(|(order, weight)| ballots.push_order(order, *weight).unwrap());
    ballots
}

pub fn scores(rows: &[(&[u32], u64)]) -> Vec<ScoreBallot> {
    rows.iter()
        .map(|(row, weight)| ScoreBallot { scores: row.iter().map(|&s| Some(s)).collect(), weight: *weight })
        .collect()
}
