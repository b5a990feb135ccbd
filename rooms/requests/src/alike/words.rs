//! Why it may be the same, in words and for machines.

use super::Found;
use crate::views::{Eyes, RequestRow};
use likeness::{Confidence, Match};
use schemars::JsonSchema;
use serde::Serialize;
use web::{Sayings, Town};

/// Metres within which two pins are on the same spot.
const SAME_SPOT_M: u32 = 3;

/// A request that may be the same, for machines.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct AlikeView {
    /// The request.
    #[serde(flatten)]
    pub request: RequestRow,
    /// `very-likely`, `likely` or `possible`; no probability.
    pub confidence: &'static str,
    /// The points behind it, and how they add up.
    pub points: PointsView,
    /// Whole metres between the pins, where both have one.
    pub distance_m: Option<u32>,
    /// Whole days between the reports.
    pub days: u32,
    /// Whether the categories are the same.
    pub same_category: bool,
    /// Whether the addresses are the same.
    pub same_address: bool,
    /// Words both have in some form.
    pub shared_words: Vec<String>,
    /// Whether the photos look alike.
    pub photo_alike: bool,
    /// The same in sentences, in the reader's language.
    pub reasons: Vec<String>,
    /// Its photo, small.
    pub photo: Option<String>,
}

/// Points by kind of evidence; what they mean is in the README of the engine likeness.
#[derive(Debug, Clone, Copy, Serialize, JsonSchema)]
pub struct PointsView {
    /// All together.
    pub all: i32,
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

/// A match for machines.
pub fn view(town: &Town, eyes: &Eyes<'_>, t: &Sayings, found: &Found) -> AlikeView {
    let why = &found.why;
    let parts = why.parts;
    AlikeView {
        request: eyes.row(&found.request),
        confidence: confidence_word(why.confidence),
        points: PointsView {
            all: why.points,
            place: parts.place,
            category: parts.category,
            time: parts.time,
            words: parts.words,
            photo: parts.photo,
        },
        distance_m: why.distance_m,
        days: why.days,
        same_category: why.same_category,
        same_address: why.same_address,
        shared_words: why.shared_words.clone(),
        photo_alike: why.photo_bits.is_some(),
        reasons: reasons(t, why),
        photo: found.photo.map(|photo| town.url(&format!("/files/{photo}.jpg?small=1"))),
    }
}

/// As in addresses and JSON.
fn confidence_word(confidence: Confidence) -> &'static str {
    match confidence {
        Confidence::VeryLikely => "very-likely",
        Confidence::Likely => "likely",
        Confidence::Possible => "possible",
    }
}

/// The Fluent key of a confidence and the colour of its chip.
pub fn confidence_key(confidence: Confidence) -> (&'static str, &'static str) {
    match confidence {
        Confidence::VeryLikely => ("alike-very-likely", "g"),
        Confidence::Likely => ("alike-likely", "b"),
        Confidence::Possible => ("alike-possible", "k"),
    }
}

/// Why it may be the same, a sentence each.
pub fn reasons(t: &Sayings, why: &Match) -> Vec<String> {
    let mut reasons = Vec::new();
    match why.distance_m {
        Some(metres) if metres <= SAME_SPOT_M => reasons.push(t.say("alike-here").to_owned()),
        Some(metres) => reasons.push(t.with1("alike-distance", "metres", i64::from(metres))),
        None => reasons.push(t.say("alike-address").to_owned()),
    }
    reasons.push(t.say(if why.same_category { "alike-category" } else { "alike-category-other" }).to_owned());
    reasons.push(t.with1("alike-days", "count", i64::from(why.days)));
    if !why.shared_words.is_empty() {
        reasons.push(t.with1("alike-words", "words", why.shared_words.join(t.say("alike-comma"))));
    }
    if why.photo_bits.is_some() {
        reasons.push(t.say("alike-photo").to_owned());
    }
    reasons
}
