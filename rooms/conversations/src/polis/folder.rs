//! The files of a folder.

use super::{Aside, COMMENTS, Export, SUMMARY, TABLE, VOTES, read_export};
use std::{collections::BTreeMap, fs, io, path::Path};

/// Bytes one file may have.
pub const FILE_LIMIT_BYTES: u64 = 512 * 1024 * 1024;

/// Reads an export from its folder.
///
/// # Errors
/// What stands against reading a file at all.
pub fn read_folder(folder: &Path) -> Result<Export, Aside> {
    let mut files = BTreeMap::new();
    for name in [TABLE, VOTES, COMMENTS, SUMMARY] {
        let path = folder.join(name);
        let refused = |reason: String| Aside { file: name.to_owned(), line: 0, column: None, reason };
        match fs::metadata(&path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            Err(error) => return Err(refused(error.to_string())),
            Ok(known) if known.len() > FILE_LIMIT_BYTES => {
                return Err(refused(format!("At most {FILE_LIMIT_BYTES} bytes are read.")));
            }
            Ok(_) => {}
        }
        files.insert(name.to_owned(), fs::read(&path).map_err(|error| refused(error.to_string()))?);
    }
    read_export(&files)
}
