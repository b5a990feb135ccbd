//! `polity record begin-anew`: a new record in the same town, where the old one cannot go on.

use crate::{
    assemble::{self, Folder},
    command_line::BeginAnewArgs,
    shell::{SystemChance, SystemClock},
    town_commands::{self, config_of},
};
use anyhow::{Context as _, bail, ensure};
use civic::{Actor, Clock as _};
use database::Db;
use record::{BeginAnew, EndedRecord, Why};
use std::{
    fs, io,
    path::{Path, PathBuf},
};
use transparency_log::{Checkpoint, SigningKey, VerifierKey};

/// Ends the record and begins a new one.
///
/// # Errors
/// A sentence that says why nothing was changed.
pub fn run(asked: &BeginAnewArgs) -> anyhow::Result<()> {
    let why = Why::of_word(&asked.why)
        .with_context(|| format!("“{}” is no reason: say key-lost, entries-lost or key-exposed", asked.why))?;
    if asked.town.database.is_none() && !assemble::holds_town(&asked.town.dir) {
        bail!("there is no town in {}", asked.town.dir.display());
    }
    let jurisdiction = config_of(&asked.town)?.settings(0, false)?.jurisdiction;
    let folder = Folder(asked.town.dir.clone());
    let _occupied = asked.town.database.is_none().then(|| folder.occupy()).transpose()?;
    let db = assemble::open_database(&assemble::source(&folder, asked.town.database.as_deref()))?;
    let done = begin(&folder, &db, &jurisdiction, why, asked);
    db.close();
    done
}

fn begin(folder: &Folder, db: &Db, jurisdiction: &str, why: Why, asked: &BeginAnewArgs) -> anyhow::Result<()> {
    let fresh = folder.0.join("record.key.new");
    if is_signed_by(db, &fresh)? {
        let ended = db.read_blocking(record::ended_records)?.pop().context("no record has ended")?;
        put_in_place(folder, &fresh, ended.number)?;
        println!("The new record had begun already; its key is in its place now. Start the town again.");
        return Ok(());
    }
    let present = is_signed_by(db, &folder.key())?;
    ensure!(
        !(why == Why::KeyLost && present),
        "the key of the record is here and fits ({}): nothing is lost",
        folder.key().display()
    );
    let old_key = old_key(folder, db, asked, present)?;
    if !asked.yes && !town_commands::confirmed(&question(folder, db, why)?)? {
        println!("Nothing was changed.");
        return Ok(());
    }
    let first = format!("{jurisdiction}/record");
    let outside = newest_outside(folder, asked)?;
    let known: Vec<String> = [
        name_of_key(&folder.key())?,
        outside.as_deref().and_then(|note| record::unchecked(note).ok()).map(|one| one.origin),
    ]
    .into_iter()
    .flatten()
    .collect();
    let name = db.read_blocking(move |tx| record::next_name(tx, &first, &known))?;
    // On the disk before anything is signed with it; a name of an earlier try is thrown away with its key.
    match fs::remove_file(&fresh) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error.into()),
        _ => {}
    }
    let key = record::load_or_make_key(&fresh, &name, &SystemChance)?;
    let order = BeginAnew { why, key, old_key, outside };
    let now = SystemClock.now();
    let begun =
        db.write_blocking(move |tx| record::begin_anew(tx, &order, &Actor::of_town("console"), now, &SystemChance));
    let ended: EndedRecord = begun.map_err(|error: record::AnewError| error)?;
    put_in_place(folder, &fresh, ended.number)?;
    tell(folder, &ended, &name);
    Ok(())
}

fn question(folder: &Folder, db: &Db, why: Why) -> anyhow::Result<String> {
    let inside = db.read_blocking(record::last_checkpoint)?.map_or(0, |signed| signed.size);
    Ok(format!(
        "The record of {} ends ({}), and a new one with a new key begins with the {inside} entries that are here. \
         Everybody sees it, and witnesses must be told the new key. Every other machine that serves this town must be stopped before, and \
         started again afterwards. Begin?",
        folder.0.display(),
        why.word()
    ))
}

/// The key that signed the old record: from its file, as it was given, or as it stood beside the checkpoint.
fn old_key(folder: &Folder, db: &Db, asked: &BeginAnewArgs, present: bool) -> anyhow::Result<Option<VerifierKey>> {
    if present {
        return Ok(Some(read_key(&folder.key())?.verifier()));
    }
    if let Some(text) = &asked.old_key {
        return Ok(Some(text.trim().parse().context("the old key")?));
    }
    let kept = db.read_blocking(record::last_verifier)?;
    if kept.is_empty() { Ok(None) } else { Ok(Some(kept.parse().context("the key beside the checkpoint")?)) }
}

/// Whether the newest checkpoint in the database is signed by the key of this file.
fn is_signed_by(db: &Db, path: &Path) -> anyhow::Result<bool> {
    let Ok(key) = read_key(path) else { return Ok(false) };
    let last = db.read_blocking(record::last_checkpoint)?;
    Ok(last.is_some_and(|last| Checkpoint::open(&last.note, &key.verifier()).is_ok()))
}

fn read_key(path: &Path) -> anyhow::Result<SigningKey> {
    Ok(fs::read_to_string(path)?.parse()?)
}

fn read_if_there(path: &Path) -> anyhow::Result<Option<String>> {
    match fs::read_to_string(path) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error).with_context(|| format!("{} cannot be read", path.display())),
    }
}

/// The checkpoint that was given, where it has more entries than the one that is kept; else that one.
fn newest_outside(folder: &Folder, asked: &BeginAnewArgs) -> anyhow::Result<Option<String>> {
    let kept = read_if_there(&folder.checkpoint())?;
    let Some(path) = &asked.checkpoint else { return Ok(kept) };
    let given = fs::read_to_string(path).with_context(|| format!("{} cannot be read", path.display()))?;
    let size = |note: &str| record::unchecked(note).map(|one| one.size);
    let known = size(&given).map_err(|why| anyhow::anyhow!("{} is no checkpoint: {why}", path.display()))?;
    Ok(Some(kept.filter(|kept| size(kept).is_ok_and(|size| size >= known)).unwrap_or(given)))
}

/// The name that a key signs for; none where there is no key, or none that can be read.
fn name_of_key(path: &Path) -> anyhow::Result<Option<String>> {
    if !path.exists() {
        return Ok(None);
    }
    Ok(read_key(path).ok().map(|key| key.name().to_owned()))
}

/// Keeps the old files beside, under the number of their record or what is free behind it, and puts the new key in its place. Nothing is
/// ever written over: a key that is gone cannot be made again.
fn put_in_place(folder: &Folder, fresh: &Path, number: u32) -> anyhow::Result<()> {
    for old in [folder.checkpoint(), folder.key()] {
        if old.exists() {
            let to = free_beside(&old, number)?;
            fs::rename(&old, &to).with_context(|| format!("{} cannot be moved", old.display()))?;
        }
    }
    fs::rename(fresh, folder.key()).context("the new key cannot be put in its place")?;
    fs::File::open(&folder.0)?.sync_all()?;
    Ok(())
}

/// `record.key.1`, else `record.key.1.2` and so on.
fn free_beside(path: &Path, number: u32) -> anyhow::Result<PathBuf> {
    let first = beside(path, number);
    let others = (2..10_000).map(|more| beside(&first, more));
    std::iter::once(first.clone()).chain(others).find(|path| !path.exists()).context("there are too many kept files")
}

fn beside(path: &Path, number: u32) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(format!(".{number}"));
    PathBuf::from(name)
}

fn tell(folder: &Folder, ended: &EndedRecord, name: &str) {
    println!("The record {} has ended. The new one is {name}; it begins with {} entries.", ended.origin, ended.size);
    if ended.lost() > 0 {
        println!("{} entries that were signed are lost. /record says so, and the new record does.", ended.lost());
    }
    if ended.verifier.is_empty() {
        println!("Nobody here knows the key of the old one: only those who kept it can check what it signed.");
    }
    println!(
        "What was signed stays beside, in {} and on /record. Copy {} to a safe place, start the town again, and give witnesses the new key (/record/key).",
        beside(&folder.checkpoint(), ended.number).display(),
        folder.key().display()
    );
}

#[cfg(test)]
mod tests;
