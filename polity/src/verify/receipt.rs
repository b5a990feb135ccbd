//! `polity verify --receipt`: checks the proof of one decision, by itself or against the record of a town.

use anyhow::{Context as _, anyhow, bail};
use record::{
    VerifierKey,
    monitor::{contradiction, shown_now},
    verify::{Place, Reader},
};
use services::{Proven, check_proof};
use std::{fs, path::Path};

/// Checks a file and says what it proves. With the address (or the folder of a copied record) of a town, its key is trusted unless one is
/// given, and its record must still hold what the proof rests on.
pub(super) fn run(file: &Path, place: Option<&str>, key: Option<VerifierKey>) -> anyhow::Result<()> {
    let text = fs::read_to_string(file).with_context(|| format!("{} cannot be read", file.display()))?;
    let reader = place.map(|place| {
        let is_address = place.starts_with("http://") || place.starts_with("https://");
        Reader::open(&if is_address { Place::Url(place.to_owned()) } else { Place::Folder(place.into()) })
    });
    let trusted = match (&key, &reader) {
        (Some(key), _) => Some(key.clone()),
        (None, Some(reader)) => Some(reader.text("key")?.trim().parse().context("the record's key")?),
        (None, None) => None,
    };
    let proven = check_proof(&text, trusted.clone()).map_err(|why| anyhow!("the proof is not believed: {why}"))?;
    if let Some(reader) = &reader {
        still_holds(reader, &proven)?;
    }
    println!("{} of application {}, {}: {}", proven.said, proven.code, proven.at, proven.public);
    println!(
        "It is entry {} of the record, under a checkpoint of {} entries.",
        proven.position, proven.checkpoint.size
    );
    println!("Signed by {}", proven.key);
    if reader.is_some() {
        println!("The record there holds it still.");
    }
    if trusted.is_none() {
        println!("The key is that of the file. Give --key, or the address of the town, to know whose record it is.");
    }
    println!("What it seals:\n{}", proven.sealed);
    Ok(())
}

/// What the record shows now must contain what the proof rests on.
fn still_holds(reader: &Reader, proven: &Proven) -> anyhow::Result<()> {
    let now = shown_now(reader, &proven.key).context("the record there cannot be looked at")?;
    match contradiction(reader, &proven.checkpoint, &now.checkpoint)? {
        Some(found) => bail!("the record there does not hold what the proof rests on: {found}"),
        None => Ok(()),
    }
}
