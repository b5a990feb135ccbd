//! Zip archives: what is in them is measured before anything is read, for a small file can claim a large one.

use super::{Form, SHEETS_LIMIT, Sheet};
use crate::Refused;
use importing::Wish;
use std::io::{Cursor, Read as _};
use zip::ZipArchive;

/// Bytes that an archive may unpack to.
pub const UNPACKED_LIMIT_BYTES: u64 = 512 * 1024 * 1024;
/// How many times its own size an archive may unpack to.
pub const ZIP_RATIO_LIMIT: u64 = 200;
/// Archives so small are not measured by their ratio: a page of blanks packs well.
const SMALL_BYTES: u64 = 4 * 1024 * 1024;
/// Files of an archive that were passed over of which the report says which they are.
const PASSED_TOLD: usize = 50;
/// Entries of an archive that are looked at.
const ENTRIES_LIMIT: usize = 2_000;

pub(super) type Archive<'b> = ZipArchive<Cursor<&'b [u8]>>;

/// What kind of archive it is.
pub(super) fn form(bytes: &[u8]) -> Form {
    let Ok(archive) = ZipArchive::new(Cursor::new(bytes)) else { return Form::Zip };
    let has = |name: &str| archive.index_for_name(name).is_some();
    if has("[Content_Types].xml") && archive.file_names().any(|name| name.starts_with("xl/")) {
        Form::Xlsx
    } else if has("content.xml") {
        Form::Ods
    } else {
        Form::Zip
    }
}

/// Opens an archive and unpacks everything once, into nothing, to see how much there is.
pub(super) fn measured(bytes: &[u8]) -> Result<Archive<'_>, Refused> {
    let broken = |error: &dyn std::fmt::Display| Refused::Workbook(error.to_string());
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| broken(&error))?;
    let bomb = || Refused::Bomb { most_mib: UNPACKED_LIMIT_BYTES / 1024 / 1024, ratio: ZIP_RATIO_LIMIT };
    if archive.len() > ENTRIES_LIMIT {
        return Err(bomb());
    }
    let most = (bytes.len() as u64 * ZIP_RATIO_LIMIT).clamp(SMALL_BYTES, UNPACKED_LIMIT_BYTES);
    let mut unpacked = 0_u64;
    for index in 0..archive.len() {
        let entry = archive.by_index(index).map_err(|error| broken(&error))?;
        // What claims too much is believed.
        if entry.size() > most {
            return Err(bomb());
        }
        let mut bounded = entry.take(most - unpacked + 1);
        unpacked += std::io::copy(&mut bounded, &mut std::io::sink()).map_err(|error| broken(&error))?;
        if unpacked > most {
            return Err(bomb());
        }
    }
    Ok(archive)
}

/// One entry, which was measured before.
pub(super) fn entry(archive: &mut Archive<'_>, name: &str) -> Result<Vec<u8>, Refused> {
    let broken = |error: &dyn std::fmt::Display| Refused::Workbook(error.to_string());
    let found = archive.by_name(name).map_err(|error| broken(&error))?;
    let mut bytes = Vec::new();
    found.take(UNPACKED_LIMIT_BYTES).read_to_end(&mut bytes).map_err(|error| broken(&error))?;
    Ok(bytes)
}

/// The tables in an archive; what is none is passed over, unless nothing is left.
pub(super) fn sheets(bytes: &[u8], wish: &Wish) -> Result<Vec<Sheet>, Refused> {
    let mut archive = measured(bytes)?;
    let mut names: Vec<String> = archive.file_names().map(str::to_owned).collect();
    names.sort();
    let is_table = |name: &str| {
        let end = name.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
        ["csv", "tsv", "txt", "json", "geojson", "ndjson"].contains(&end.as_str()) && !name.starts_with("__MACOSX")
    };
    let is_shown = |name: &&String| !name.ends_with('/') && !name.starts_with("__MACOSX");
    let mut passed: Vec<String> = names.iter().filter(is_shown).filter(|name| !is_table(name)).cloned().collect();
    names.retain(|name| is_table(name));
    if names.len() > SHEETS_LIMIT {
        return Err(Refused::TooManySheets { most: SHEETS_LIMIT });
    }
    let mut sheets = Vec::new();
    let mut refused = None;
    for name in &names {
        let inner = entry(&mut archive, name)?;
        match super::sniff(&inner) {
            Form::Xlsx | Form::Ods | Form::Zip => passed.push(name.clone()),
            _ => match super::read(&inner, wish) {
                Ok(found) => sheets.extend(found.into_iter().map(|sheet| Sheet { name: stem(name), ..sheet })),
                Err(why) => {
                    passed.push(format!("{name} ({why})"));
                    refused = Some(why);
                }
            },
        }
    }
    let shown: Vec<String> = passed.iter().take(PASSED_TOLD).map(|name| name.chars().take(200).collect()).collect();
    if let Some(first) = sheets.first_mut().filter(|_| !shown.is_empty()) {
        let count = passed.len();
        first
            .notes
            .push(format!("{count} files of the archive are no tables and were passed over: {}", shown.join(", ")));
    }
    match refused {
        Some(why) if sheets.is_empty() => Err(why),
        _ if sheets.is_empty() => Err(Refused::NoTable(importing::TableRefusal::Packed)),
        _ => Ok(sheets),
    }
}

/// The last part of a path, without its end: never a path of ours.
fn stem(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    last.rsplit_once('.').map_or(last, |(stem, _)| stem).chars().take(100).collect()
}
