//! A naive twin: words as texts, distances by vectors, everything counted anew for each pair.

use likeness::{Candidate, Match, Point, Report, alike, fold, words_of};
use proptest::prelude::*;
use std::collections::BTreeSet;

fn trigrams(text: &str) -> BTreeSet<String> {
    let short: String = text.chars().take(400).collect();
    let mut found = BTreeSet::new();
    for (word, _) in words_of(&short) {
        let padded: Vec<char> = format!(" {word} ").chars().collect();
        for at in 2..padded.len() {
            found.insert([padded[at - 2], padded[at - 1], padded[at]].iter().collect());
        }
    }
    found
}

/// Metres by the angle between two vectors.
fn metres(one: Point, other: Point) -> f64 {
    let vector = |point: Point| {
        let (lat, long) = ((point.lat_micro as f64 / 1e6).to_radians(), (point.long_micro as f64 / 1e6).to_radians());
        [lat.cos() * long.cos(), lat.cos() * long.sin(), lat.sin()]
    };
    let (a, b) = (vector(one), vector(other));
    let cross = [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
    let length = cross.iter().map(|part| part * part).sum::<f64>().sqrt();
    let dot: f64 = a.iter().zip(b).map(|(one, other)| one * other).sum();
    6_371_008.8 * length.atan2(dot)
}

/// The points of one candidate; `None` for one that is too far away.
fn points(new: &Report<'_>, candidates: &[Candidate<'_>], index: usize) -> Option<i32> {
    let reach = |one: &Report<'_>| match (new.place, one.place) {
        (Some(a), Some(b)) => {
            Some(metres(a, b)).filter(|m| *m <= 250.0).map(|m| (30 - (m.round() * 0.3).round() as i32).max(-20))
        }
        _ => (!new.address.is_empty() && fold(new.address) == fold(one.address)).then_some(20),
    };
    let one = &candidates[index];
    let place = reach(&one.report)?;
    let texts: Vec<_> =
        candidates.iter().filter(|c| reach(&c.report).is_some()).map(|c| trigrams(c.report.text)).collect();
    let own = trigrams(new.text);
    let said: Vec<_> = texts.iter().chain([&own]).filter(|text| !text.is_empty()).collect();
    let weight = |trigram: &String| {
        let with_it = said.iter().filter(|text| text.contains(trigram)).count();
        (1.0 + said.len() as f64 / with_it as f64).ln()
    };
    let theirs = trigrams(one.report.text);
    let sum = |set: &BTreeSet<String>| set.iter().map(weight).sum::<f64>();
    let both: f64 = own.intersection(&theirs).map(weight).sum();
    let all = sum(&own) + sum(&theirs);
    let words = if all > 0.0 { (35.0 * 2.0 * both / all).round() as i32 } else { 0 };
    let days = (new.at - one.report.at).abs() as f64 / 86_400.0;
    let time = (10 - (days / 3.0).round() as i32).max(-5) - if one.ended { 8 } else { 0 };
    let photo = match (new.photo, one.report.photo) {
        (Some(a), Some(b)) => match (0..64).filter(|bit| a >> bit & 1 != b >> bit & 1).count() {
            0..=4 => 40,
            5..=8 => 25,
            9..=12 => 10,
            _ => 0,
        },
        _ => 0,
    };
    let category = if new.category == one.report.category { 15 } else { -12 };
    Some(place + time + words + photo + category)
}

type Drawn = (bool, (i64, i64), Option<bool>, String, i64, Option<u64>, bool);

fn drawn() -> impl Strategy<Value = Drawn> {
    let word = prop::sample::select(vec![
        "lamp",
        "lamps",
        "Dark",
        "la farola",
        "FAROLAS",
        "مصباح",
        "المصباحُ",
        "the",
        "é",
        "42",
    ]);
    let text = prop::collection::vec(word, 0..6).prop_map(|words| words.join(" "));
    let photo = prop::option::of(prop::sample::select(vec![0_u64, 0b111, 0x3f, 0x3ff, u64::MAX]));
    let address = prop::option::weighted(0.2, any::<bool>());
    (any::<bool>(), (-3_000_i64..3_000, -3_000_i64..3_000), address, text, 0_i64..5_000_000, photo, any::<bool>())
}

fn report(drawn: &Drawn) -> Report<'_> {
    let (category, (north, east), address, text, at, photo, _) = drawn;
    Report {
        category: if *category { "lamp" } else { "bin" },
        place: address.is_none().then_some(Point { lat_micro: 34_000_000 + north, long_micro: -118_000_000 + east }),
        address: match address {
            Some(true) => "Quay 1",
            Some(false) => "QUÁY 1",
            None => "",
        },
        text,
        at: *at,
        photo: *photo,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn the_twin_agrees(new in drawn(), others in prop::collection::vec(drawn(), 0..12)) {
        let keys: Vec<String> = (0..others.len()).map(|number| number.to_string()).collect();
        let candidates: Vec<Candidate<'_>> = others
            .iter()
            .zip(&keys)
            .map(|(one, key)| Candidate { key, report: report(one), ended: one.6 })
            .collect();
        let new = report(&new);
        let found = alike(&new, &candidates).unwrap();
        let wanted: Vec<(usize, i32)> = (0..candidates.len())
            .filter_map(|index| Some((index, points(&new, &candidates, index)?)))
            .filter(|(_, points)| *points >= 30)
            .collect();
        let mut by_index: Vec<(usize, i32)> = found.iter().map(|one| (one.index, one.points)).collect();
        by_index.sort_unstable();
        prop_assert_eq!(by_index, wanted);
        prop_assert!(found.windows(2).all(|pair| pair[0].points >= pair[1].points));
        for one in &found {
            prop_assert_eq!(one.points, one.parts.sum());
        }
        // The order in which candidates come changes nothing but their indexes.
        let turned: Vec<Candidate<'_>> = candidates.iter().rev().copied().collect();
        let again = alike(&new, &turned).unwrap();
        let names = |found: &[Match], of: &[Candidate<'_>]| found.iter().map(|m| (of[m.index].key.to_owned(), m.points)).collect::<Vec<_>>();
        prop_assert_eq!(names(&found, &candidates), names(&again, &turned));
    }
}
