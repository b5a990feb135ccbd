//! The signing key, in a file of its own beside the database.

use civic::Chance;
use std::{fs, io, path::Path};
use transparency_log::{KeyError, SigningKey};

/// Why there is no key.
#[derive(Debug, thiserror::Error)]
pub enum KeyFileError {
    /// The file cannot be read or written.
    #[error("the record's key file cannot be used: {0}")]
    File(#[from] io::Error),
    /// Its content is not a key.
    #[error(
        "the record's key file does not hold a key: {0}. Restore it from your backup of the keys; without it the record cannot go on."
    )]
    Content(#[from] KeyError),
}

/// The key in this file; made, for the log `origin`, where there is no file yet.
///
/// # Errors
/// [`KeyFileError`].
pub fn load_or_make_key(path: &Path, origin: &str, chance: &dyn Chance) -> Result<SigningKey, KeyFileError> {
    load_or_make(path, chance, |seed| SigningKey::from_seed(origin, seed))
}

/// The same for the key of a witness with this name.
///
/// # Errors
/// [`KeyFileError`].
pub fn load_or_make_witness_key(path: &Path, name: &str, chance: &dyn Chance) -> Result<SigningKey, KeyFileError> {
    load_or_make(path, chance, |seed| SigningKey::cosigner_from_seed(name, seed))
}

fn load_or_make(
    path: &Path,
    chance: &dyn Chance,
    make: impl FnOnce(&[u8; 32]) -> Result<SigningKey, KeyError>,
) -> Result<SigningKey, KeyFileError> {
    match fs::read_to_string(path) {
        Ok(text) => return Ok(text.parse()?),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(error) => return Err(error.into()),
    }
    let mut seed = [0_u8; 32];
    chance.fill(&mut seed);
    let key = make(&seed)?;
    write_private(path, &format!("{}\n", key.secret_text()))?;
    Ok(key)
}

/// Writes a new file that only its owner may read; it is on the disk before this returns.
///
/// # Errors
/// When it is there already, or cannot be written.
#[cfg(unix)]
pub fn write_private(path: &Path, text: &str) -> io::Result<()> {
    use std::{io::Write as _, os::unix::fs::OpenOptionsExt as _};
    let mut file = fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}

/// Writes a new file.
///
/// # Errors
/// When it cannot be written.
#[cfg(not(unix))]
pub fn write_private(path: &Path, text: &str) -> io::Result<()> {
    fs::write(path, text)
}
