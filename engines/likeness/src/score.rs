//! Points for each kind of evidence, added up.

use crate::{
    fold::fold,
    grid::{Point, distance_m},
    photo::photo_distance,
    words::{Rarity, Text},
};

/// Candidates one comparison takes.
pub const CANDIDATES_LIMIT: usize = 1_000;
/// Metres beyond which nothing counts as the same.
pub const RADIUS_M: f64 = 250.0;
/// Points from which on a candidate is worth showing.
pub const SHOWN_POINTS: i32 = 30;

/// For standing on the same spot; a point less for each `PLACE_STEP_M` metres.
const PLACE_MOST: i32 = 30;
const PLACE_STEP_M: f64 = 10.0 / 3.0;
const PLACE_LEAST: i32 = -20;
/// For the same address where there is no pin.
const ADDRESS: i32 = 20;
const CATEGORY_SAME: i32 = 15;
const CATEGORY_OTHER: i32 = -12;
/// For the same day; a point less for each three days.
const TIME_MOST: i32 = 10;
const TIME_STEP_DAYS: f64 = 3.0;
const TIME_LEAST: i32 = -5;
const ENDED: i32 = -8;
/// For the same words.
const WORDS_MOST: f64 = 35.0;
/// For photos that differ in at most so many of 64 bits; more say nothing, as another side of the same thing looks different.
const PHOTO: [(u32, i32); 3] = [(4, 40), (8, 25), (12, 10)];
/// From so many points on.
const VERY_LIKELY: i32 = 65;
const LIKELY: i32 = 45;

const DAY_SECONDS: f64 = 86_400.0;

/// What is known of a report. Texts may be in any language and empty.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Report<'r> {
    /// The code of its category.
    pub category: &'r str,
    /// Where the pin is.
    pub place: Option<Point>,
    /// The place in words.
    pub address: &'r str,
    /// What was written.
    pub text: &'r str,
    /// When, in seconds since 1970.
    pub at: i64,
    /// The hash of its photo; see [`crate::photo_hash`].
    pub photo: Option<u64>,
}

/// An earlier (or later) report that may be about the same.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Candidate<'c> {
    /// Its name, by which ties are broken last.
    pub key: &'c str,
    /// What is known of it.
    pub report: Report<'c>,
    /// Whether it has ended.
    pub ended: bool,
}

/// In words, how sure a match is; the points are no probability.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Confidence {
    /// 30 points.
    Possible,
    /// 45 points.
    Likely,
    /// 65 points.
    VeryLikely,
}

/// The points of each kind of evidence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Parts {
    /// Distance, or the same address.
    pub place: i32,
    /// The same category or another.
    pub category: i32,
    /// Days between, and whether it has ended.
    pub time: i32,
    /// Words in common.
    pub words: i32,
    /// Photos that look alike.
    pub photo: i32,
}

impl Parts {
    /// All points together.
    pub fn sum(self) -> i32 {
        self.place + self.category + self.time + self.words + self.photo
    }
}

/// A candidate that may be the same, with why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Match {
    /// Its place among the candidates.
    pub index: usize,
    /// All points.
    pub points: i32,
    /// What they amount to.
    pub confidence: Confidence,
    /// The points one by one.
    pub parts: Parts,
    /// Whole metres between the pins, where both have one.
    pub distance_m: Option<u32>,
    /// Whether the addresses are the same words, where there are any.
    pub same_address: bool,
    /// Whole days between the two.
    pub days: u32,
    /// Whether it has ended.
    pub ended: bool,
    /// Whether the categories are the same.
    pub same_category: bool,
    /// Words both have in some form, as the new report spells them.
    pub shared_words: Vec<String>,
    /// In how many of 64 bits the photos differ, where that gave points.
    pub photo_bits: Option<u32>,
}

/// Why nothing can be compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum LikenessError {
    /// More candidates than the limit.
    #[error("at most {CANDIDATES_LIMIT} candidates can be compared at once")]
    TooMany,
}

/// The candidates that may be about the same thing as `new`, the likeliest first: by points, then the nearer, the closer in
/// time, and last by key. Only those of at least [`SHOWN_POINTS`], within [`RADIUS_M`].
///
/// # Errors
/// [`LikenessError::TooMany`].
pub fn alike(new: &Report<'_>, candidates: &[Candidate<'_>]) -> Result<Vec<Match>, LikenessError> {
    if candidates.len() > CANDIDATES_LIMIT {
        return Err(LikenessError::TooMany);
    }
    let near: Vec<(usize, Near)> =
        candidates.iter().enumerate().filter_map(|(index, one)| Some((index, near(new, &one.report)?))).collect();
    let text = Text::of(new.text);
    let texts: Vec<Text> = near.iter().map(|(index, _)| Text::of(candidates[*index].report.text)).collect();
    let rarity = Rarity::among(std::iter::once(&text).chain(&texts));
    let mut matches: Vec<Match> = near
        .into_iter()
        .zip(&texts)
        .map(|((index, near), theirs)| {
            let words = (WORDS_MOST * rarity.likeness(&text, theirs)).round() as i32;
            let shared_words = if words > 0 { text.shared_with(theirs) } else { Vec::new() };
            judge(new, &candidates[index], index, near, words, shared_words)
        })
        .filter(|found| found.points >= SHOWN_POINTS)
        .collect();
    matches.sort_by(|one, other| {
        let order = |m: &Match| (-m.points, m.distance_m.unwrap_or(u32::MAX), m.days);
        order(one).cmp(&order(other)).then_with(|| candidates[one.index].key.cmp(candidates[other.index].key))
    });
    Ok(matches)
}

/// How near a candidate is: by its pin or by its address.
#[derive(Debug, Clone, Copy)]
struct Near {
    distance_m: Option<u32>,
    same_address: bool,
}

/// `None` for what is too far away, or nowhere.
fn near(new: &Report<'_>, other: &Report<'_>) -> Option<Near> {
    let same_address = !new.address.trim().is_empty() && fold(new.address.trim()) == fold(other.address.trim());
    match new.place.zip(other.place) {
        Some((one, two)) => {
            let metres = distance_m(one, two);
            (metres <= RADIUS_M).then(|| Near { distance_m: Some(metres.round() as u32), same_address })
        }
        None => same_address.then_some(Near { distance_m: None, same_address }),
    }
}

fn judge(
    new: &Report<'_>,
    candidate: &Candidate<'_>,
    index: usize,
    near: Near,
    words: i32,
    shared_words: Vec<String>,
) -> Match {
    let days = new.at.abs_diff(candidate.report.at) as f64 / DAY_SECONDS;
    let bits = new.photo.zip(candidate.report.photo).map(|(one, other)| photo_distance(one, other));
    let photo = bits.and_then(|bits| PHOTO.iter().find(|(most, _)| bits <= *most)).map_or(0, |(_, points)| *points);
    let same_category = new.category == candidate.report.category;
    let since = falling(TIME_MOST, days / TIME_STEP_DAYS, TIME_LEAST);
    let parts = Parts {
        place: near
            .distance_m
            .map_or(ADDRESS, |metres| falling(PLACE_MOST, f64::from(metres) / PLACE_STEP_M, PLACE_LEAST)),
        category: if same_category { CATEGORY_SAME } else { CATEGORY_OTHER },
        time: since + if candidate.ended { ENDED } else { 0 },
        words,
        photo,
    };
    let points = parts.sum();
    Match {
        index,
        points,
        confidence: match points {
            VERY_LIKELY.. => Confidence::VeryLikely,
            LIKELY.. => Confidence::Likely,
            _ => Confidence::Possible,
        },
        parts,
        distance_m: near.distance_m,
        same_address: near.same_address,
        days: days as u32,
        ended: candidate.ended,
        same_category,
        shared_words,
        photo_bits: bits.filter(|_| photo > 0),
    }
}

/// `most` less `steps`, as a whole number, never under `least`.
fn falling(most: i32, steps: f64, least: i32) -> i32 {
    most.saturating_sub(steps.round() as i32).max(least)
}
