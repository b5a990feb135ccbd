//! A town's boundary file, read at the door.

use crate::{
    BoundaryRefusal, District, Overlap,
    geojson_check::{MAX_BYTES, MAX_POSITIONS, features_of, read_outline},
    overlaps::{Comparison, compare},
    property_names::{code_from, names_of},
    strict_json::{REPEATED_KEY, read_json},
};
use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
};

/// What a boundary file holds.
#[derive(Debug, Clone, PartialEq)]
pub struct Boundaries {
    /// In the order of the file, at least one, codes all different.
    pub districts: Vec<District>,
    /// What was repaired, made up, or looks doubtful; to be shown before the clerk agrees.
    pub notes: Vec<BoundaryNote>,
}

/// Something the clerk should know. `Display` is the sentence to show; features count from 1.
#[derive(Debug, Clone, PartialEq)]
pub enum BoundaryNote {
    /// These features had rings wound the other way round; they were turned (RFC 7946, section 3.1.6).
    Rewound {
        /// Their numbers.
        features: Vec<usize>,
    },
    /// These features gave no name, so one was made.
    NameMade {
        /// Their numbers.
        features: Vec<usize>,
    },
    /// These features gave no code, so one was made.
    CodeMade {
        /// Their numbers.
        features: Vec<usize>,
    },
    /// Two districts claim the same ground.
    Overlap(Overlap),
    /// So many districts lie so close that not all pairs were compared for overlaps.
    NotAllCompared,
}

/// Reads any GeoJSON file of polygons: FeatureCollection, Feature or bare geometry.
///
/// Name and code come from the usual property names, at any of three depths; where a feature gives none they are made
/// and a note says so. Wrongly wound rings are turned, with a note. Positions are longitude, latitude in WGS 84.
///
/// # Errors
/// [`BoundaryRefusal`], a sentence that names the feature, polygon, ring and position.
pub fn read_boundaries(bytes: &[u8]) -> Result<Boundaries, BoundaryRefusal> {
    let file = read_file(bytes)?;
    let mut left = MAX_POSITIONS;
    let mut named = Vec::new();
    let mut rewound = Vec::new();
    for (i, (feature, geometry)) in features_of(&file)?.into_iter().enumerate() {
        let outline = read_outline(geometry, i + 1, &mut left)?;
        if outline.was_rewound {
            rewound.push(i + 1);
        }
        named.push((names_of(feature), outline.shape));
    }
    let (names, shapes): (Vec<_>, Vec<_>) = named.into_iter().unzip();
    let mut notes = said(rewound, |features| BoundaryNote::Rewound { features });
    let names = complete(names, &mut notes)?;
    let districts = names.into_iter().zip(shapes).map(|((code, name), shape)| District::new(code, name, shape));
    let districts: Vec<District> = districts.collect();
    add_overlaps(&districts, &mut notes);
    Ok(Boundaries { districts, notes })
}

fn read_file(bytes: &[u8]) -> Result<serde_json::Value, BoundaryRefusal> {
    if bytes.len() > MAX_BYTES {
        return Err(BoundaryRefusal::TooManyBytes { bytes: bytes.len() });
    }
    // Windows programs put a byte order mark first; RFC 8259, section 8.1, lets a reader ignore it.
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if bytes.trim_ascii().is_empty() {
        return Err(BoundaryRefusal::EmptyFile);
    }
    read_json(bytes).map_err(|error| {
        let reason = error.to_string();
        if reason.starts_with(REPEATED_KEY) {
            BoundaryRefusal::RepeatedKey { reason }
        } else {
            BoundaryRefusal::NotJson { reason }
        }
    })
}

type Names = (Option<String>, Option<String>);

/// Gives every feature a code of its own and a name; notes which ones were made.
fn complete(names: Vec<Names>, notes: &mut Vec<BoundaryNote>) -> Result<Vec<(String, String)>, BoundaryRefusal> {
    let mut taken = given_codes(&names)?;
    let (mut names_made, mut codes_made) = (Vec::new(), Vec::new());
    let mut complete = Vec::with_capacity(names.len());
    for (i, (name, code)) in names.into_iter().enumerate() {
        let code = code.unwrap_or_else(|| {
            codes_made.push(i + 1);
            free_code(name.as_deref(), i + 1, &mut taken)
        });
        let name = name.unwrap_or_else(|| {
            names_made.push(i + 1);
            format!("District {code}")
        });
        complete.push((code, name));
    }
    notes.extend(said(names_made, |features| BoundaryNote::NameMade { features }));
    notes.extend(said(codes_made, |features| BoundaryNote::CodeMade { features }));
    Ok(complete)
}

fn given_codes(names: &[Names]) -> Result<BTreeSet<String>, BoundaryRefusal> {
    let mut first_with = BTreeMap::new();
    for (i, (_, code)) in names.iter().enumerate() {
        let Some(code) = code else { continue };
        if let Some(first) = first_with.insert(code.clone(), i + 1) {
            return Err(BoundaryRefusal::RepeatedCode { code: code.clone(), first, second: i + 1 });
        }
    }
    Ok(first_with.into_keys().collect())
}

fn free_code(name: Option<&str>, number: usize, taken: &mut BTreeSet<String>) -> String {
    let wish = name.map(code_from).filter(|code| !code.is_empty()).unwrap_or_else(|| number.to_string());
    let mut code = wish.clone();
    let mut next = 2;
    while !taken.insert(code.clone()) {
        code = format!("{wish}-{next}");
        next += 1;
    }
    code
}

fn add_overlaps(districts: &[District], notes: &mut Vec<BoundaryNote>) {
    let Comparison { overlaps, is_complete } = compare(districts);
    notes.extend(overlaps.into_iter().map(BoundaryNote::Overlap));
    if !is_complete {
        notes.push(BoundaryNote::NotAllCompared);
    }
}

fn said(features: Vec<usize>, note: fn(Vec<usize>) -> BoundaryNote) -> Vec<BoundaryNote> {
    if features.is_empty() { Vec::new() } else { vec![note(features)] }
}

impl fmt::Display for BoundaryNote {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Rewound { features } => {
                write!(f, "{} had rings in the wrong direction; they were turned.", listed(features))
            }
            Self::NameMade { features } => write!(f, "{} had no name; one was made from the code.", listed(features)),
            Self::CodeMade { features } => write!(f, "{} had no code; one was made from the name.", listed(features)),
            Self::Overlap(overlap) => write!(f, "{overlap}"),
            Self::NotAllCompared => {
                f.write_str("There are too many districts close together to look for every overlap.")
            }
        }
    }
}

/// The first few numbers and how many more there are.
fn listed(features: &[usize]) -> String {
    const SHOWN: usize = 10;
    let first: Vec<String> = features.iter().take(SHOWN).map(ToString::to_string).collect();
    let more = features.len().saturating_sub(SHOWN);
    let word = if features.len() == 1 { "Feature" } else { "Features" };
    if more == 0 {
        format!("{word} {}", first.join(", "))
    } else {
        format!("{word} {} and {more} more", first.join(", "))
    }
}
