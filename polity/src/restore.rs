//! `polity restore`: a copy in the place of the database, after it was looked at.

use crate::{
    assemble::{self, Folder},
    check,
    command_line::RestoreArgs,
    town_commands::config_of,
};
use anyhow::{Context as _, bail, ensure};
use database::Source;
use std::{
    fs,
    path::{Path, PathBuf},
};

/// What belongs to an SQLite database besides its file.
const BESIDE: [&str; 2] = ["-wal", "-shm"];

/// Restores a copy.
///
/// # Errors
/// A sentence that says why nothing was changed.
pub fn run(asked: &RestoreArgs) -> anyhow::Result<()> {
    ensure!(asked.town.database.is_none(), "a town on PostgreSQL is restored with pg_restore");
    ensure!(asked.from.is_file(), "there is no file {}", asked.from.display());
    let log = with_end(&asked.from, BESIDE[0]);
    let is_in_use = fs::metadata(&log).is_ok_and(|log| log.len() > 0);
    ensure!(!is_in_use, "{} is a database in use, not a copy; make one with polity backup", asked.from.display());
    let config = config_of(&asked.town).context("settings")?;
    let jurisdiction = config.settings(8080, false).context("settings")?.jurisdiction;
    let folder = Folder(asked.town.dir.clone());
    folder.make()?;
    let _occupied = folder.occupy()?;
    let candidate = folder.0.join("polity.db.restoring");
    let looked = fs::copy(&asked.from, &candidate)
        .with_context(|| format!("{} cannot be copied", asked.from.display()))
        .and_then(|_| look(&folder, &candidate, &jurisdiction, asked.older));
    let found = looked.inspect_err(|_| remove(&candidate))?;
    let kept = set_aside(&folder.database())?;
    fs::rename(&candidate, folder.database()).context("the copy cannot be put in its place")?;
    fs::File::open(&folder.0)?.sync_all()?;
    println!("Restored {}: {found}.", asked.from.display());
    if let Some(kept) = kept {
        println!("What was there before is kept as {}.", kept.display());
    }
    Ok(())
}

/// Opens the copy, brings its tables up to date, and says what its record comes to.
fn look(folder: &Folder, candidate: &Path, jurisdiction: &str, older: bool) -> anyhow::Result<String> {
    ensure!(!is_of_something_else(candidate), "it is no database of a town");
    let db = assemble::open_database(&Source::Sqlite(candidate.to_owned()))?;
    db.check_integrity().context("the copy is damaged")?;
    let signed = db.read_blocking(record::last_checkpoint)?.map_or(0, |checkpoint| checkpoint.size);
    if signed > 0 && !folder.key().exists() && !older {
        bail!(
            "the copy has {signed} signed entries, but {} is missing; put it back first. Where it is lost for good, add --older, and then begin a new \
             record: polity record begin-anew --why key-lost",
            folder.key().display()
        );
    }
    let found = match check::record_line(folder, &db, jurisdiction) {
        Ok(line) => line,
        Err(error) if older => format!("{error:#}; nothing is signed until the newest database is back"),
        Err(error) => {
            bail!("{error:#}. Where there is no newer copy, add --older: acts are taken again, and nothing is signed")
        }
    };
    db.close();
    drop(db);
    ensure!(!with_end(candidate, BESIDE[0]).exists(), "the copy could not be closed cleanly");
    fs::File::open(candidate)?.sync_all()?;
    Ok(found)
}

/// Whether a file is a database without the tables of a town, before they are made.
fn is_of_something_else(file: &Path) -> bool {
    let Ok(db) = database::Db::open(&Source::Sqlite(file.to_owned())) else { return false };
    let found: Result<_, database::DbError> =
        db.read_blocking(|tx| tx.query_opt("select 1 from record_entries limit 1", &[]));
    db.close();
    found.is_err()
}

/// Moves the present database to a name that is free.
fn set_aside(database: &Path) -> anyhow::Result<Option<PathBuf>> {
    if !database.exists() {
        return Ok(None);
    }
    let name = |number: u32| with_end(database, &format!(".before-restore-{number}"));
    let kept = (1..10_000).map(name).find(|path| !path.exists()).context("there are too many kept databases")?;
    for end in BESIDE {
        if with_end(database, end).exists() {
            fs::rename(with_end(database, end), with_end(&kept, end))?;
        }
    }
    fs::rename(database, &kept)?;
    Ok(Some(kept))
}

fn remove(candidate: &Path) {
    let ends = BESIDE.iter().map(|end| with_end(candidate, end));
    for path in ends.chain([candidate.to_owned()]) {
        let _ = fs::remove_file(path);
    }
}

fn with_end(path: &Path, end: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(end);
    PathBuf::from(name)
}
