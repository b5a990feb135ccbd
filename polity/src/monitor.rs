//! `polity monitor`: watches a record from outside, and keeps what it saw.

use crate::command_line::MonitorArgs;
use anyhow::{Context as _, bail};
use record::{
    VerifierKey,
    monitor::{Contradiction, Seen, contradiction, shown_now},
    verify::{Place, Reader},
    witnesses::{Witness, seen_by},
};
use std::{fs, path::PathBuf, thread, time::Duration};
use transparency_log::Checkpoint;

/// Looks, again and again unless asked to look once.
///
/// # Errors
/// A sentence when the record contradicts itself; then both signed checkpoints are kept as evidence. What cannot be
/// reached is an error only when one look was asked for.
pub fn run(asked: &MonitorArgs) -> anyhow::Result<()> {
    let reader = Reader::open(&Place::Url(asked.url.clone()));
    let witnesses: Vec<Witness> =
        asked.witnesses.iter().map(|text| text.parse().map_err(anyhow::Error::msg)).collect::<anyhow::Result<_>>()?;
    let kept = Kept { file: asked.keep.clone() };
    let key = kept.key(asked, &reader)?;
    loop {
        match look(&reader, &key, &kept, &witnesses, asked) {
            Ok(said) => println!("{said}"),
            Err(error) if asked.once || error.is::<Contradiction>() => return Err(error),
            Err(error) => eprintln!("polity: {error:#}; looking again in {} seconds", asked.every),
        }
        if asked.once {
            return Ok(());
        }
        thread::sleep(Duration::from_secs(asked.every.max(1)));
    }
}

fn look(
    reader: &Reader,
    key: &VerifierKey,
    kept: &Kept,
    witnesses: &[Witness],
    asked: &MonitorArgs,
) -> anyhow::Result<String> {
    let now = shown_now(reader, key).context("the record cannot be looked at")?;
    let before = kept.last(key)?;
    if let Some(before) = &before {
        kept.compare(reader, before, &now)?;
    }
    for witness in witnesses {
        compare_with(reader, key, kept, witness, asked)?;
    }
    record::replace_file(&kept.file, &now.note)
        .with_context(|| format!("{} cannot be written", kept.file.display()))?;
    let size = now.checkpoint.size;
    Ok(match before {
        Some(before) => {
            format!("{size} entries, {} of them new; all that was seen before is in it.", size - before.checkpoint.size)
        }
        None => format!("{size} entries; the first look, kept in {}.", kept.file.display()),
    })
}

/// What a witness saw must be in what the record shows.
fn compare_with(
    reader: &Reader,
    key: &VerifierKey,
    kept: &Kept,
    witness: &Witness,
    asked: &MonitorArgs,
) -> anyhow::Result<()> {
    let policy = outgoing::Policy {
        plain_http: asked.plain_http,
        private_addresses: asked.plain_http,
        ..outgoing::Policy::default()
    };
    let seen = seen_by(&outgoing::Client::new(policy), witness, key)
        .with_context(|| format!("the witness {}", witness.address))?;
    let Some(checkpoint) = seen else { return Ok(()) };
    // Looked at after the witness, so that an honest record is never the older of the two.
    let now = shown_now(reader, key)?;
    let note = format!("{}\n(as cosigned by {})\n", checkpoint.text(), witness.key.name());
    kept.compare(reader, &Seen { checkpoint, note }, &now)
}

/// The file in which the newest checkpoint is kept, with the key beside it.
struct Kept {
    file: PathBuf,
}

impl Kept {
    /// The key that is given, else the one kept before, else the record's own, from now on.
    fn key(&self, asked: &MonitorArgs, reader: &Reader) -> anyhow::Result<VerifierKey> {
        let beside = self.file.with_extension("key");
        if let Some(key) = &asked.key {
            return key.parse().context("the key to trust");
        }
        if beside.exists() {
            return fs::read_to_string(&beside)?.parse().with_context(|| beside.display().to_string());
        }
        let key: VerifierKey = reader.text("key")?.parse()?;
        record::replace_file(&beside, &format!("{key}\n"))?;
        println!("Trusting the key that the record shows, from now on: {key}");
        Ok(key)
    }

    fn last(&self, key: &VerifierKey) -> anyhow::Result<Option<Seen>> {
        if !self.file.exists() {
            return Ok(None);
        }
        let note = fs::read_to_string(&self.file)?;
        let seen = Seen::read(note, key)
            .with_context(|| format!("{} holds another record's checkpoint", self.file.display()))?;
        Ok(Some(seen))
    }

    fn compare(&self, reader: &Reader, before: &Seen, now: &Seen) -> anyhow::Result<()> {
        let Some(found) = found(reader, &before.checkpoint, &now.checkpoint)? else { return Ok(()) };
        let evidence = self.file.with_extension("evidence");
        record::replace_file(&evidence, &format!("{}\n{}", before.note, now.note))?;
        eprintln!("polity: both checkpoints are kept as evidence in {}", evidence.display());
        bail!(found)
    }
}

fn found(reader: &Reader, before: &Checkpoint, now: &Checkpoint) -> anyhow::Result<Option<Contradiction>> {
    contradiction(reader, before, now).context("the tiles of the record cannot be read")
}
