//! Tiles and entry bundles (c2sp.org/tlog-tiles): their names and their bytes.

use std::fmt;

/// Hashes in a full tile, and entries in a full bundle.
pub const TILE_WIDTH: u64 = 256;
/// Bytes an entry may have: its length is a uint16.
pub const ENTRY_LIMIT_BYTES: usize = 65_535;
/// Levels a path may name.
const LEVEL_LIMIT: u8 = 63;

/// One tile: `width` hashes (1 to 256) beginning with number `index * 256` of its level.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TileId {
    /// 0 holds the hashes of entries, each further level the roots of full tiles below.
    pub level: u8,
    /// The number of the tile within its level.
    pub index: u64,
    /// How many hashes it holds; 256 when it is full.
    pub width: u16,
}

impl TileId {
    /// The tile `index` of `level` as it is in a tree of `size` entries; `None` when it is empty there.
    pub fn in_tree(level: u8, index: u64, size: u64) -> Option<Self> {
        let hashes = if level >= 8 { 0 } else { size >> (8 * u32::from(level)) };
        let width = hashes.saturating_sub(index.checked_mul(TILE_WIDTH)?).min(TILE_WIDTH);
        let width = u16::try_from(width).ok().filter(|width| *width > 0)?;
        Some(Self { level, index, width })
    }
}

/// What a path under the log's prefix names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TilePath {
    /// `tile/<L>/<N>[.p/<W>]`
    Hashes(TileId),
    /// `tile/entries/<N>[.p/<W>]`
    Entries {
        /// The number of the bundle.
        index: u64,
        /// How many entries it holds.
        width: u16,
    },
}

/// The path names no tile.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not the path of a tile: tile/<level 0-63 or entries>/<number as x001/234>[.p/<width 1-255>]")]
pub struct PathError;

impl fmt::Display for TilePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (index, width) = match self {
            Self::Hashes(tile) => {
                write!(f, "tile/{}/", tile.level)?;
                (tile.index, tile.width)
            }
            Self::Entries { index, width } => {
                f.write_str("tile/entries/")?;
                (*index, *width)
            }
        };
        write_index(f, index)?;
        if u64::from(width) == TILE_WIDTH { Ok(()) } else { write!(f, ".p/{width}") }
    }
}

/// Groups of three digits, all but the last with an `x` before them.
fn write_index(f: &mut fmt::Formatter<'_>, index: u64) -> fmt::Result {
    if index >= 1_000 {
        write_leading(f, index / 1_000)?;
    }
    write!(f, "{:03}", index % 1_000)
}

fn write_leading(f: &mut fmt::Formatter<'_>, groups: u64) -> fmt::Result {
    if groups >= 1_000 {
        write_leading(f, groups / 1_000)?;
    }
    write!(f, "x{:03}/", groups % 1_000)
}

impl TilePath {
    /// Reads a path, without a slash before it.
    ///
    /// # Errors
    /// [`PathError`] for every path that this module would not write.
    pub fn parse(path: &str) -> Result<Self, PathError> {
        let rest = path.strip_prefix("tile/").ok_or(PathError)?;
        let (kind, rest) = rest.split_once('/').ok_or(PathError)?;
        let (number, width) = match rest.split_once(".p/") {
            Some((number, width)) => {
                (number, decimal(width).and_then(|width| u16::try_from(width).ok()).ok_or(PathError)?)
            }
            None => (rest, 256),
        };
        if width == 0 || width > 256 || (width == 256 && rest.contains(".p/")) {
            return Err(PathError);
        }
        let index = parse_index(number).ok_or(PathError)?;
        if kind == "entries" {
            return Ok(Self::Entries { index, width });
        }
        let level = decimal(kind).and_then(|level| u8::try_from(level).ok()).filter(|level| *level <= LEVEL_LIMIT);
        Ok(Self::Hashes(TileId { level: level.ok_or(PathError)?, index, width }))
    }
}

/// A decimal number without additional leading zeroes.
pub(crate) fn decimal(text: &str) -> Option<u64> {
    let plain = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let canonical = plain && (text == "0" || !text.starts_with('0'));
    if canonical { text.parse().ok() } else { None }
}

fn parse_index(text: &str) -> Option<u64> {
    let groups: Vec<&str> = text.split('/').collect();
    let (last, leading) = groups.split_last()?;
    let mut index: u64 = 0;
    for (position, group) in leading.iter().map(|group| group.strip_prefix('x')).chain([Some(*last)]).enumerate() {
        let group = group.filter(|group| group.len() == 3 && group.bytes().all(|byte| byte.is_ascii_digit()))?;
        // The first of several groups is not zero, so that each tile has one path.
        if position == 0 && !leading.is_empty() && group == "000" {
            return None;
        }
        index = index.checked_mul(1_000)?.checked_add(group.parse().ok()?)?;
    }
    Some(index)
}

/// The bundle is broken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BundleError {
    /// The bytes end within an entry.
    #[error("the bundle ends within entry {0}")]
    Short(usize),
    /// There are more entries than a bundle holds.
    #[error("a bundle holds at most 256 entries")]
    TooMany,
    /// The entry is too long.
    #[error("an entry may have at most {ENTRY_LIMIT_BYTES} bytes")]
    TooLong,
}

/// Writes entries one after another, each behind its length as big-endian uint16.
///
/// # Errors
/// [`BundleError::TooLong`] and [`BundleError::TooMany`].
pub fn encode_bundle<'e>(entries: impl IntoIterator<Item = &'e [u8]>) -> Result<Vec<u8>, BundleError> {
    let mut bundle = Vec::new();
    for (number, entry) in entries.into_iter().enumerate() {
        if number as u64 >= TILE_WIDTH {
            return Err(BundleError::TooMany);
        }
        let length = u16::try_from(entry.len()).map_err(|_| BundleError::TooLong)?;
        bundle.extend_from_slice(&length.to_be_bytes());
        bundle.extend_from_slice(entry);
    }
    Ok(bundle)
}

/// Reads what [`encode_bundle`] wrote.
///
/// # Errors
/// [`BundleError::Short`] and [`BundleError::TooMany`].
pub fn decode_bundle(mut bundle: &[u8]) -> Result<Vec<&[u8]>, BundleError> {
    let mut entries = Vec::new();
    while !bundle.is_empty() {
        let short = BundleError::Short(entries.len());
        let (length, rest) = bundle.split_first_chunk::<2>().ok_or(short)?;
        let length = usize::from(u16::from_be_bytes(*length));
        let (entry, rest) = rest.split_at_checked(length).ok_or(short)?;
        if entries.len() as u64 >= TILE_WIDTH {
            return Err(BundleError::TooMany);
        }
        entries.push(entry);
        bundle = rest;
    }
    Ok(entries)
}
