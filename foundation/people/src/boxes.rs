//! The keys of ballot boxes and rolls, kept outside the database: a file for each vote or conversation, thrown away when its
//! box has been emptied.
//!
//! With the database alone (or its log, its backups, its replicas) nobody can tell who voted, and nobody can read a ballot
//! before the count. After the count nobody can at all: the key is gone. What this does not do, `docs/decisions` says.

use civic::Chance;
use hmac::{Hmac, Mac as _};
use ring::aead::{Aad, CHACHA20_POLY1305, LessSafeKey, Nonce, UnboundKey};
use sha2::{Digest as _, Sha256};
use std::{
    collections::BTreeMap,
    fs, io,
    path::PathBuf,
    sync::{Arc, Mutex, PoisonError},
};
use web::Stop;

/// Bytes of a key.
const KEY_BYTES: usize = 32;
/// Bytes of a nonce (RFC 8439).
const NONCE_BYTES: usize = 12;
/// What the file of a key begins with.
const FILE_BEGINS: &str = "polity-ballot-box-1 ";

/// Why a box cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum BoxError {
    /// The file cannot be read or written.
    #[error("the key of the ballot box of {0} cannot be used: {1}")]
    File(String, io::Error),
    /// There is no such file here.
    #[error("the key of the ballot box of {0} is not on this machine")]
    Missing(String),
    /// The file holds something else, or another key than the vote was set up with.
    #[error("the file of the key of the ballot box of {0} does not hold its key")]
    Wrong(String),
    /// A ballot was not sealed by this key.
    #[error("a ballot in the box of {0} cannot be opened with its key")]
    Sealed(String),
}

impl From<BoxError> for Stop {
    /// A key that is not on this machine may be on another: come back. Anything else is our mistake.
    fn from(error: BoxError) -> Self {
        match error {
            BoxError::Missing(_) => Self::Busy(error.to_string()),
            other => Self::Fault(other.to_string()),
        }
    }
}

/// The keys of all votes that are not counted yet. Clones share them.
#[derive(Clone)]
pub struct BallotBoxes(Arc<Inside>);

struct Inside {
    folder: Option<PathBuf>,
    known: Mutex<BTreeMap<String, Arc<BoxKey>>>,
}

/// The key of one ballot box.
pub struct BoxKey {
    ballots: LessSafeKey,
    marks: Vec<u8>,
    print: String,
}

impl BallotBoxes {
    /// Keys in this folder, which is made when the first one comes.
    pub fn in_folder(folder: PathBuf) -> Self {
        Self(Arc::new(Inside { folder: Some(folder), known: Mutex::default() }))
    }

    /// Keys in memory only, for tests.
    pub fn in_memory() -> Self {
        Self(Arc::new(Inside { folder: None, known: Mutex::default() }))
    }

    /// Makes the key of a vote; it is on the disk before this returns. Answers its fingerprint.
    ///
    /// # Errors
    /// When it cannot be written, or is there already.
    pub fn make(&self, vote: &str, chance: &dyn Chance) -> Result<String, BoxError> {
        let mut secret = [0_u8; KEY_BYTES];
        chance.fill(&mut secret);
        if let Some(path) = self.path(vote) {
            let failed = |error| BoxError::File(vote.to_owned(), error);
            if let Some(folder) = path.parent() {
                fs::create_dir_all(folder).map_err(failed)?;
            }
            record::write_private(&path, &format!("{FILE_BEGINS}{}\n", hex::encode(secret))).map_err(failed)?;
            if let Some(folder) = path.parent() {
                fs::File::open(folder).and_then(|folder| folder.sync_all()).map_err(failed)?;
            }
        }
        let key = Arc::new(BoxKey::of(&secret));
        let print = key.print.clone();
        self.known().insert(vote.to_owned(), key);
        Ok(print)
    }

    /// The key of a vote that was set up with this fingerprint.
    ///
    /// # Errors
    /// When it is not here, or is another one.
    pub fn key(&self, vote: &str, print: &str) -> Result<Arc<BoxKey>, BoxError> {
        if let Some(key) = self.known().get(vote).filter(|key| key.print == print) {
            return Ok(Arc::clone(key));
        }
        let path = self.path(vote).ok_or_else(|| BoxError::Missing(vote.to_owned()))?;
        let text = fs::read_to_string(&path).map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => BoxError::Missing(vote.to_owned()),
            _ => BoxError::File(vote.to_owned(), error),
        })?;
        let secret = text.trim().strip_prefix(FILE_BEGINS).and_then(|digits| hex::decode(digits).ok());
        let secret = secret.and_then(|bytes| <[u8; KEY_BYTES]>::try_from(bytes).ok());
        let key = Arc::new(BoxKey::of(&secret.ok_or_else(|| BoxError::Wrong(vote.to_owned()))?));
        if key.print != print {
            return Err(BoxError::Wrong(vote.to_owned()));
        }
        self.known().insert(vote.to_owned(), Arc::clone(&key));
        Ok(key)
    }

    /// Throws the key of a vote away: overwritten, as far as the disk does what it is told, and removed.
    ///
    /// # Errors
    /// When the file is there and cannot be removed.
    pub fn destroy(&self, vote: &str) -> Result<(), BoxError> {
        self.known().remove(vote);
        let Some(path) = self.path(vote) else { return Ok(()) };
        let gone = |result: io::Result<()>| match result {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(BoxError::File(vote.to_owned(), error)),
            _ => Ok(()),
        };
        let overwrite = || {
            let mut file = fs::OpenOptions::new().write(true).open(&path)?;
            io::Write::write_all(&mut file, &[b'0'; FILE_BEGINS.len() + 2 * KEY_BYTES + 1])?;
            file.sync_all()
        };
        gone(overwrite())?;
        gone(fs::remove_file(&path))
    }

    /// The votes whose keys are here.
    pub fn votes(&self) -> Vec<String> {
        let Some(folder) = &self.0.folder else { return self.known().keys().cloned().collect() };
        let names = fs::read_dir(folder)
            .into_iter()
            .flatten()
            .flatten()
            .filter_map(|entry| entry.file_name().into_string().ok());
        let mut votes: Vec<String> = names.filter_map(|name| name.strip_suffix(".key").map(str::to_owned)).collect();
        votes.sort();
        votes
    }

    fn known(&self) -> std::sync::MutexGuard<'_, BTreeMap<String, Arc<BoxKey>>> {
        self.0.known.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Codes of votes are capitals, digits and a hyphen, so no path leads out of the folder.
    fn path(&self, vote: &str) -> Option<PathBuf> {
        self.0.folder.as_ref().map(|folder| folder.join(format!("{vote}.key")))
    }
}

impl BoxKey {
    fn of(secret: &[u8; KEY_BYTES]) -> Self {
        let part = |what: &str| hmac(secret, what);
        let ballots = UnboundKey::new(&CHACHA20_POLY1305, &part("ballots")).expect("an HMAC-SHA-256 has 32 bytes");
        Self {
            ballots: LessSafeKey::new(ballots),
            marks: part("marks"),
            print: hex::encode(Sha256::digest(part("print"))),
        }
    }

    /// What the roll knows a voter by: a name that only this key gives, so that after the count it leads to nobody.
    pub fn voter(&self, who: &str) -> String {
        hex::encode(hmac(&self.marks, who))
    }

    /// Seals a ballot of a vote (ChaCha20-Poly1305, RFC 8439, under a drawn nonce).
    pub fn seal(&self, vote: &str, ballot: &[u8], chance: &dyn Chance) -> Vec<u8> {
        let mut nonce = [0_u8; NONCE_BYTES];
        chance.fill(&mut nonce);
        let mut sealed = ballot.to_vec();
        let tag = self
            .ballots
            .seal_in_place_separate_tag(Nonce::assume_unique_for_key(nonce), Aad::from(vote), &mut sealed)
            .expect("a ballot is far shorter than what the cipher takes");
        [&nonce[..], &sealed, tag.as_ref()].concat()
    }

    /// Opens a sealed ballot of a vote.
    ///
    /// # Errors
    /// When it was not sealed by this key for this vote, or was changed since.
    pub fn open(&self, vote: &str, sealed: &[u8]) -> Result<Vec<u8>, BoxError> {
        let broken = || BoxError::Sealed(vote.to_owned());
        let (nonce, rest) = sealed.split_at_checked(NONCE_BYTES).ok_or_else(broken)?;
        let nonce = Nonce::try_assume_unique_for_key(nonce).map_err(|_| broken())?;
        let mut rest = rest.to_vec();
        let ballot = self.ballots.open_in_place(nonce, Aad::from(vote), &mut rest).map_err(|_| broken())?;
        Ok(ballot.to_vec())
    }
}

fn hmac(key: &[u8], text: &str) -> Vec<u8> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes a key of any length");
    mac.update(text.as_bytes());
    mac.finalize().into_bytes().to_vec()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::{BallotBoxes, BoxError};
    use civic::SeededChance;

    #[test]
    fn a_key_outlives_the_program_and_not_the_count() {
        let folder = std::env::temp_dir().join(format!("polity-boxes-{}", std::process::id()));
        let chance = SeededChance::new(1);
        let print = BallotBoxes::in_folder(folder.clone()).make("V-2222", &chance).unwrap();
        let later = BallotBoxes::in_folder(folder.clone());
        let key = later.key("V-2222", &print).unwrap();
        let sealed = key.seal("V-2222", b"ballot", &chance);
        assert_eq!(key.open("V-2222", &sealed).unwrap(), b"ballot");
        assert!(matches!(key.open("V-3333", &sealed), Err(BoxError::Sealed(_))), "it is bound to its vote");
        assert!(matches!(later.key("V-2222", "another"), Err(BoxError::Wrong(_))));
        assert_eq!(later.votes(), ["V-2222"]);
        later.destroy("V-2222").unwrap();
        later.destroy("V-2222").unwrap();
        assert!(matches!(later.key("V-2222", &print), Err(BoxError::Missing(_))));
        assert!(later.votes().is_empty());
        std::fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn equal_ballots_are_sealed_differently_and_equally_long() {
        let (boxes, chance) = (BallotBoxes::in_memory(), SeededChance::new(2));
        let print = boxes.make("V-2222", &chance).unwrap();
        let key = boxes.key("V-2222", &print).unwrap();
        let (one, other) = (key.seal("V-2222", b"same", &chance), key.seal("V-2222", b"same", &chance));
        assert!(one != other && one.len() == other.len());
        let mut changed = one;
        changed[14] ^= 1;
        assert!(matches!(key.open("V-2222", &changed), Err(BoxError::Sealed(_))));
    }
}
