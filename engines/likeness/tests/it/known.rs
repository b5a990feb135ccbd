use crate::{at, lamp, open};
use likeness::{
    CANDIDATES_LIMIT, CELLS_LIMIT, Candidate, Confidence, Grid, LikenessError, Match, Parts, Point, RADIUS_M, Report,
    alike, distance_m, photo_distance, photo_hash,
};
use proptest::prelude::*;

fn one(new: &Report<'_>, candidate: Candidate<'_>) -> Option<Match> {
    alike(new, &[candidate]).unwrap().pop()
}

#[test]
fn points_are_those_of_the_readme() {
    let new = lamp(at(0.0, 0.0), "", 7.0);
    let found = one(&new, open("a", lamp(at(50.0, 0.0), "", 0.0))).unwrap();
    assert_eq!(found.parts, Parts { place: 15, category: 15, time: 8, words: 0, photo: 0 });
    assert_eq!((found.points, found.confidence), (38, Confidence::Possible));
    assert_eq!((found.distance_m, found.days, found.same_category, found.ended), (Some(50), 7, true, false));
    // Ended, it is just worth showing; of another category it is not.
    let ended = Candidate { ended: true, ..open("a", lamp(at(50.0, 0.0), "", 0.0)) };
    assert_eq!(one(&new, ended).unwrap().points, 30);
    assert_eq!(one(&new, open("a", Report { category: "bin", ..lamp(at(50.0, 0.0), "", 0.0) })), None);
    // The same words on the same spot on the same day.
    let new = lamp(at(0.0, 0.0), "The lamp is dark", 0.0);
    let found = one(&new, open("a", lamp(at(0.0, 0.0), "LAMP: dark!", 0.0))).unwrap();
    assert_eq!((found.points, found.confidence), (30 + 15 + 10 + 35, Confidence::VeryLikely));
    assert_eq!(found.shared_words, ["lamp", "dark"]);
}

#[test]
fn words_meet_in_every_script_and_form() {
    let pairs = [
        ("Farolas rotas en la plaza", "FAROLA ROTA", vec!["Farolas", "rotas"]),
        ("المصابيحُ مُعَطَّلَة", "المصابيح معطله", vec!["المصابيحُ", "مُعَطَّلَة"]),
        ("Ñandú", "nandu", vec!["Ñandú"]),
        ("lamps", "lamp", vec!["lamps"]),
        ("lamp", "tree", vec![]),
        ("the of and", "the of and", vec![]),
        ("", "", vec![]),
    ];
    for (ours, theirs, shared) in pairs {
        let found = one(&lamp(at(0.0, 0.0), ours, 0.0), open("a", lamp(at(1.0, 0.0), theirs, 0.0))).unwrap();
        assert_eq!(found.shared_words, shared, "{ours} | {theirs}");
        assert_eq!(found.parts.words > 0, !shared.is_empty(), "{ours} | {theirs}");
    }
}

#[test]
fn rare_words_weigh_more() {
    let new = lamp(at(0.0, 0.0), "dark corner xylophone", 0.0);
    let common = ["dark corner north", "dark corner south", "dark corner west"];
    let mut candidates: Vec<_> = common.iter().map(|text| open("c", lamp(at(0.0, 0.0), text, 0.0))).collect();
    candidates.push(open("x", lamp(at(0.0, 0.0), "xylophone hangs there loose", 0.0)));
    let found = alike(&new, &candidates).unwrap();
    let words = |index: usize| found.iter().find(|one| one.index == index).unwrap().parts.words;
    // “dark corner” is nine letters that everybody has, “xylophone” nine that nobody else has.
    assert!(words(3) >= words(0), "{} {}", words(3), words(0));
}

#[test]
fn photos_speak_only_when_they_are_alike() {
    let spot = at(0.0, 0.0);
    let with = |photo| Report { photo, ..lamp(spot, "", 0.0) };
    let points = |one: Option<u64>, other| {
        let found = super::known::one(&with(one), open("a", with(other))).unwrap();
        (found.parts.photo, found.photo_bits)
    };
    assert_eq!(points(Some(0xff), Some(0xff)), (40, Some(0)));
    assert_eq!(points(Some(0xff), Some(0xf0)), (40, Some(4)));
    assert_eq!(points(Some(0xff), Some(0xe0)), (25, Some(5)));
    assert_eq!(points(Some(0xfff), Some(0)), (10, Some(12)));
    assert_eq!(points(Some(0x1fff), Some(0)), (0, None));
    assert_eq!(points(None, Some(1)), (0, None));
    let mut grey = [10_u8; 72];
    assert_eq!(photo_hash(&grey), None, "all one grey");
    grey[0] = 200;
    assert_eq!(photo_hash(&grey), Some(1 << 63), "only the first spot is lighter than its neighbour");
    assert_eq!(photo_distance(0, u64::MAX), 64);
}

#[test]
fn without_a_pin_only_the_same_address_counts() {
    let somewhere = |address| Report { place: None, address, ..lamp(at(0.0, 0.0), "", 0.0) };
    let found = one(&somewhere("12 Mill Lane"), open("a", somewhere(" 12 MILL lané"))).unwrap();
    assert_eq!((found.distance_m, found.same_address, found.parts.place), (None, true, 20));
    assert_eq!(one(&somewhere("12 Mill Lane"), open("a", somewhere("14 Mill Lane"))), None);
    assert_eq!(one(&somewhere(""), open("a", somewhere(""))), None, "nowhere is not the same place");
    // Two pins far apart are two places, whatever the address says.
    let far = Report { address: "Main Street", ..lamp(at(251.0, 0.0), "dark lamp", 0.0) };
    assert_eq!(one(&Report { address: "Main Street", ..lamp(at(0.0, 0.0), "dark lamp", 0.0) }, open("a", far)), None);
}

#[test]
fn ties_are_broken_by_rule() {
    let new = lamp(at(0.0, 0.0), "", 0.0);
    let near = lamp(at(1.0, 0.0), "", 0.0);
    let later = lamp(at(1.0, 0.0), "", 0.2);
    let candidates = [open("b", near), open("a", near), open("c", lamp(at(0.0, 0.0), "", 0.0)), open("0", later)];
    let found: Vec<usize> = alike(&new, &candidates).unwrap().iter().map(|one| one.index).collect();
    assert_eq!(found, [2, 3, 1, 0], "points and metres, then days (all 0), then the name");
}

#[test]
fn limits_are_kept() {
    let new = lamp(at(0.0, 0.0), "", 0.0);
    let many = vec![open("a", new); CANDIDATES_LIMIT + 1];
    assert_eq!(alike(&new, &many).unwrap_err(), LikenessError::TooMany);
    assert_eq!(alike(&new, &many[1..]).unwrap().len(), CANDIDATES_LIMIT);
    assert!(alike(&new, &[]).unwrap().is_empty());
    // What stands behind the 400th character is not compared, and no words of any length bring it down.
    let long = "lamp ".repeat(80) + "xylophone";
    assert!(
        one(&lamp(at(0.0, 0.0), "xylophone", 0.0), open("a", lamp(at(0.0, 0.0), &long, 0.0))).unwrap().parts.words == 0
    );
    let endless = "é".repeat(1_000_000);
    one(&lamp(at(0.0, 0.0), &endless, 0.0), open("a", lamp(at(0.0, 0.0), &endless, 0.0))).unwrap();
    let ages = Report { at: i64::MIN, ..new };
    assert_eq!(one(&ages, open("a", Report { at: i64::MAX, ..new })).unwrap().parts.time, -5);
}

#[test]
fn distances_are_those_of_the_earth() {
    let point = |lat: f64, long: f64| Point { lat_micro: (lat * 1e6) as i64, long_micro: (long * 1e6) as i64 };
    // A degree of the meridian on the sphere of the mean radius, and half way around it.
    assert!((distance_m(point(0.0, 0.0), point(1.0, 0.0)) - 111_195.08).abs() < 0.01);
    assert!((distance_m(point(90.0, 0.0), point(-90.0, 7.0)) - 20_015_114.4).abs() < 1.0);
    assert!((distance_m(point(60.0, 179.999), point(60.0, -179.999)) - 111.2).abs() < 0.1, "across the date line");
}

#[test]
fn the_grid_goes_around_the_earth() {
    let point = |lat_micro, long_micro| Point { lat_micro, long_micro };
    for (one, other) in [(179_999_900, -179_999_900), (-180_000_000, 179_999_000), (180_000_000, -179_999_000)] {
        for north in [-2_249, -1_500, 0, 1_500, 2_249] {
            let (here, there) = (point(12_000_000, one), point(12_000_000 + north, other));
            assert!(Grid::around(here, RADIUS_M).contains(&Grid::cell(there)), "{here:?} {there:?}");
            assert!(Grid::around(there, RADIUS_M).contains(&Grid::cell(here)), "{there:?} {here:?}");
        }
    }
}

proptest! {
    /// Whatever lies within reach lies in a cell that is looked into.
    #[test]
    fn the_grid_misses_nothing(lat in -84_000_000_i64..84_000_000, long in -180_000_000_i64..=180_000_000, turn in 0.0_f64..6.3, share in 0.0_f64..0.999) {
        let here = Point { lat_micro: lat, long_micro: long };
        let north = RADIUS_M * share * turn.sin() / 0.111_195_08;
        let east = RADIUS_M * share * turn.cos() / 0.111_195_08 / (lat as f64 / 1e6).to_radians().cos();
        let long_micro = (long + east as i64 + 180_000_000).rem_euclid(360_000_000) - 180_000_000;
        let there = Point { lat_micro: lat + north as i64, long_micro };
        let cells = Grid::around(here, RADIUS_M);
        prop_assert!(cells.len() <= CELLS_LIMIT, "{}", cells.len());
        if distance_m(here, there) <= RADIUS_M {
            prop_assert!(cells.contains(&Grid::cell(there)), "{here:?} {there:?}");
        }
    }

    #[test]
    fn the_poles_are_no_trap(lat in -90_000_000_i64..=90_000_000, long in -180_000_000_i64..=180_000_000) {
        let here = Point { lat_micro: lat, long_micro: long };
        let cells = Grid::around(here, RADIUS_M);
        prop_assert!(cells.len() <= CELLS_LIMIT && cells.contains(&Grid::cell(here)));
    }
}
