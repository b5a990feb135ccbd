//! Checking a whole record from outside: a running town by its address, a folder of tiles, or a town's own folder.

use std::{fs, io::Read as _, path::PathBuf, time::Duration};
use transparency_log::{Checkpoint, CheckpointError, LogCheck, LogFault, TilePath, VerifierKey};

/// Bytes a bundle or tile may have: 256 entries of 64 KiB.
const BODY_LIMIT_BYTES: u64 = 17 * 1024 * 1024;
/// How long one answer may take.
const PATIENCE: Duration = Duration::from_secs(30);
/// Bundles fetched at once.
const AT_ONCE: usize = 8;

/// Where a record is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// The address of a town, or of its `/record`, or of a record before (`/record/before/1`).
    Url(String),
    /// A folder with `checkpoint` and `tile/`.
    Folder(PathBuf),
}

/// What was checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verified {
    /// The checkpoint that everything agrees with.
    pub checkpoint: Checkpoint,
    /// The key that signed it.
    pub key: VerifierKey,
}

/// Why a record is not believed.
#[derive(Debug, thiserror::Error)]
pub enum VerifyError {
    /// Something could not be fetched or read.
    #[error("{what} cannot be read: {why}")]
    Unreadable {
        /// Which file.
        what: String,
        /// Why.
        why: String,
    },
    /// The key is not a key.
    #[error("the record's key: {0}")]
    Key(#[from] transparency_log::KeyError),
    /// The checkpoint is not believed.
    #[error("the checkpoint: {0}")]
    Checkpoint(#[from] CheckpointError),
    /// The log does not fit.
    #[error("the record was changed: {0}")]
    Fault(#[from] LogFault),
}

/// Fetches and checks everything: signature, every entry, every tile, the root. `key` is the key one
/// trusts; without it the record's own key is taken, which shows that the record is whole, but not whose it is.
/// `progress` hears how many of how many entries are checked.
///
/// # Errors
/// [`VerifyError`], naming the first thing that does not fit.
pub fn verify(
    place: &Place,
    key: Option<VerifierKey>,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<Verified, VerifyError> {
    let source = Source::open(place);
    let key = match key {
        Some(key) => key,
        None => source.text("key")?.trim().parse()?,
    };
    let checkpoint = Checkpoint::open(&source.text("checkpoint")?, &key)?;
    let size = checkpoint.size;
    let mut check = LogCheck::new(checkpoint);
    let bundles = check.bundles();
    let mut next = 0;
    while next < bundles {
        let batch: Vec<u64> = (next..bundles.min(next + AT_ONCE as u64)).collect();
        for fetched in source.bundles_and_tiles(&batch, size) {
            let (bundle, tile) = fetched?;
            for (id, follows) in check.take_bundle(&bundle, &tile)? {
                LogCheck::compare(id, &follows, &source.bytes(&TilePath::Hashes(id).to_string())?)?;
            }
        }
        next += batch.len() as u64;
        progress(check.checked(), size);
    }
    Ok(Verified { checkpoint: check.finish()?, key })
}

/// Reads the files of a record, wherever it is.
pub struct Reader(Source);

enum Source {
    Web { agent: ureq::Agent, base: String },
    Folder(PathBuf),
}

impl Reader {
    /// A reader of the record at this place. Nothing is read yet.
    pub fn open(place: &Place) -> Self {
        Self(Source::open(place))
    }

    /// A file as text: `checkpoint`, `key`, `witnessed`.
    ///
    /// # Errors
    /// [`VerifyError::Unreadable`].
    pub fn text(&self, name: &str) -> Result<String, VerifyError> {
        self.0.text(name)
    }

    /// A file: a tile or a bundle, by its path.
    ///
    /// # Errors
    /// [`VerifyError::Unreadable`].
    pub fn bytes(&self, name: &str) -> Result<Vec<u8>, VerifyError> {
        self.0.bytes(name)
    }
}

type Fetched = Result<(Vec<u8>, Vec<u8>), VerifyError>;

impl Source {
    fn open(place: &Place) -> Self {
        match place {
            Place::Url(url) => {
                let base = url.trim_end_matches('/');
                // `…/record/before/1` is a record that ended.
                let is_record = base.ends_with("/record") || base.contains("/record/before/");
                let base = if is_record { base.to_owned() } else { format!("{base}/record") };
                let agent = ureq::Agent::config_builder().timeout_global(Some(PATIENCE)).build().into();
                Self::Web { agent, base }
            }
            Place::Folder(path) => Self::Folder(path.clone()),
        }
    }

    fn text(&self, name: &str) -> Result<String, VerifyError> {
        String::from_utf8(self.bytes(name)?).map_err(|_| unreadable(name, "it is not text"))
    }

    fn bytes(&self, name: &str) -> Result<Vec<u8>, VerifyError> {
        match self {
            Self::Web { agent, base } => {
                let mut answer = agent.get(format!("{base}/{name}")).call().map_err(|why| unreadable(name, why))?;
                let mut bytes = Vec::new();
                let body = answer.body_mut().as_reader().take(BODY_LIMIT_BYTES).read_to_end(&mut bytes);
                body.map_err(|why| unreadable(name, why))?;
                Ok(bytes)
            }
            Self::Folder(folder) => fs::read(folder.join(name)).map_err(|why| unreadable(name, why)),
        }
    }

    /// Several bundles with their level-0 tiles, fetched side by side, in order.
    fn bundles_and_tiles(&self, indices: &[u64], size: u64) -> Vec<Fetched> {
        let fetch = |index: u64| -> Fetched {
            let width = u16::try_from((size - index * 256).min(256)).unwrap_or(256);
            let bundle = self.bytes(&TilePath::Entries { index, width }.to_string())?;
            let tile = TilePath::Hashes(transparency_log::TileId { level: 0, index, width });
            Ok((bundle, self.bytes(&tile.to_string())?))
        };
        std::thread::scope(|scope| {
            let threads: Vec<_> = indices.iter().map(|index| scope.spawn(move || fetch(*index))).collect();
            let gone = |_| Err(unreadable("a bundle", "the reader broke off"));
            threads.into_iter().map(|thread| thread.join().unwrap_or_else(gone)).collect()
        })
    }
}

fn unreadable(what: &str, why: impl std::fmt::Display) -> VerifyError {
    VerifyError::Unreadable { what: what.to_owned(), why: why.to_string() }
}
