//! What a witness remembers: of each log the checkpoint it cosigned last.

use anyhow::Context as _;
use record::witnesses::origin_hash;
use std::{
    collections::BTreeMap,
    fs, io,
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
};
use transparency_log::{AddCheckpoint, Checkpoint, Hash, SigningKey, VerifierKey, WitnessRefusal, signatures_of};

/// Why nothing was cosigned.
#[derive(Debug, thiserror::Error)]
pub enum NotCosigned {
    /// The witness refuses.
    #[error(transparent)]
    Refused(#[from] WitnessRefusal),
    /// The checkpoint could not be kept, so it is not cosigned.
    #[error("the checkpoint cannot be kept: {0}")]
    NotKept(#[from] io::Error),
}

/// A log, and the file that holds what was cosigned of it last.
struct Log {
    key: VerifierKey,
    file: PathBuf,
    last: Mutex<Option<Kept>>,
}

#[derive(Clone)]
struct Kept {
    size: u64,
    root: Hash,
    note: String,
}

/// All logs that are watched, by their names.
pub struct Watched {
    key: SigningKey,
    logs: BTreeMap<String, Log>,
}

impl Watched {
    /// Reads what was cosigned before out of the folder.
    ///
    /// # Errors
    /// When a file is there that cannot be read or is not ours: a witness that has forgotten must not go on as if new.
    pub fn open(folder: &Path, key: SigningKey, logs: Vec<VerifierKey>) -> anyhow::Result<Self> {
        let open = |log: VerifierKey| {
            let file = folder.join(format!("{}.checkpoint", origin_hash(log.name())));
            let last = kept(&file, &log, &key).with_context(|| format!("{} (of {})", file.display(), log.name()))?;
            Ok((log.name().to_owned(), Log { key: log, file, last: Mutex::new(last) }))
        };
        let logs = logs.into_iter().map(open).collect::<anyhow::Result<_>>()?;
        Ok(Self { key, logs })
    }

    /// The key it cosigns with.
    pub fn key(&self) -> &SigningKey {
        &self.key
    }

    /// Cosigns, when the log only grew; answers the line. What is cosigned is on the disk before this returns.
    ///
    /// # Errors
    /// [`NotCosigned`].
    pub fn cosign(&self, asked: &AddCheckpoint, now_seconds: u64) -> Result<String, NotCosigned> {
        let origin = asked.origin()?;
        let log = self.logs.get(origin).ok_or_else(|| WitnessRefusal::UnknownLog(origin.to_owned()))?;
        // Held until it is kept: else a smaller tree could be kept after a larger one.
        let mut last = log.last.lock().unwrap_or_else(PoisonError::into_inner);
        let checkpoint = asked.judge(last.as_ref().map(|kept| (kept.size, kept.root)), &log.key)?;
        let (text, signed) =
            signatures_of(&asked.note, std::slice::from_ref(&log.key)).map_err(|_| WitnessRefusal::NotSigned)?;
        let line = self.key.cosign(text, now_seconds);
        let own: String = signed.iter().map(|signed| signed.line.as_str()).collect();
        let note = format!("{text}\n{own}{line}");
        record::replace_file(&log.file, &note)?;
        *last = Some(Kept { size: checkpoint.size, root: checkpoint.root, note });
        Ok(line)
    }

    /// The last cosigned checkpoint of the log with this hash.
    pub fn last_of(&self, hash: &str) -> Option<String> {
        let log = self.logs.values().find(|log| origin_hash(log.key.name()) == hash)?;
        log.last.lock().unwrap_or_else(PoisonError::into_inner).as_ref().map(|kept| kept.note.clone())
    }

    /// Each log's name, with the size cosigned last.
    pub fn overview(&self) -> Vec<(String, Option<u64>)> {
        let size = |log: &Log| log.last.lock().unwrap_or_else(PoisonError::into_inner).as_ref().map(|kept| kept.size);
        self.logs.iter().map(|(name, log)| (name.clone(), size(log))).collect()
    }
}

fn kept(file: &Path, log: &VerifierKey, own: &SigningKey) -> anyhow::Result<Option<Kept>> {
    let note = match fs::read_to_string(file) {
        Ok(note) => note,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error.into()),
    };
    let checkpoint = Checkpoint::open(&note, log).context("what was cosigned before cannot be believed")?;
    let (_, signed) = signatures_of(&note, &[own.verifier()])?;
    if signed.is_empty() {
        anyhow::bail!("what was cosigned before does not carry this witness' own line");
    }
    Ok(Some(Kept { size: checkpoint.size, root: checkpoint.root, note }))
}
