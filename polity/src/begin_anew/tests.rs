//! The command on a town in a folder: what it refuses, what it leaves, and that both records are whole afterwards.

use super::run;
use crate::{
    assemble::{self, Folder},
    command_line::{BeginAnewArgs, TownArgs, VerifyArgs},
    shell::{SystemChance, SystemClock},
};
use civic::{Actor, Clock as _, Subject, SubjectKind};
use record::{Entry, KeptOutside, SequenceError};
use std::{
    fs,
    path::{Path, PathBuf},
};

/// The folder of a town that calls itself localhost.
struct Town(PathBuf);

impl Town {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("polity-anew-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn folder(&self) -> Folder {
        Folder(self.0.clone())
    }

    /// So many acts, and a signature over them; the refusal where there is none.
    fn acts(&self, count: usize) -> Result<(), SequenceError> {
        let folder = self.folder();
        let db = assemble::open_database(&assemble::source(&folder, None)).unwrap();
        for _ in 0..count {
            let entry = Entry::about(
                Subject::new(SubjectKind("lamp"), "1"),
                "lamp.lit",
                &Actor::of_town("test"),
                SystemClock.now(),
                &SystemChance,
            );
            db.write_blocking(move |tx| tx.commit(entry, ())).map_err(|error: database::DbError| error).unwrap();
        }
        let (sequencer, _) = assemble::open_record(&folder, &db, "localhost").unwrap();
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        let done = runtime.block_on(sequencer.catch_up(SystemClock.now()));
        db.close();
        done
    }

    fn asked(&self) -> TownArgs {
        TownArgs { dir: self.0.clone(), database: None, config: None }
    }

    fn anew(&self, why: &str) -> Result<(), String> {
        self.anew_with(why, None)
    }

    fn anew_with(&self, why: &str, checkpoint: Option<PathBuf>) -> Result<(), String> {
        let asked = BeginAnewArgs { town: self.asked(), why: why.to_owned(), old_key: None, checkpoint, yes: true };
        run(&asked).map_err(|error| format!("{error:#}"))
    }

    /// Puts a copy in the place of the database.
    fn put_back(&self, copy: &Path) {
        for beside in ["polity.db", "polity.db-wal", "polity.db-shm"] {
            let _ = fs::remove_file(self.0.join(beside));
        }
        fs::copy(copy, self.folder().database()).unwrap();
    }

    /// `polity verify` of the record now, or of one that ended.
    fn verify(&self, before: Option<u32>) -> Result<(), String> {
        let place = Some(self.0.display().to_string());
        crate::verify::run(&VerifyArgs { place, receipt: None, key: None, before })
            .map_err(|error| format!("{error:#}"))
    }

    fn has(&self, name: &str) -> bool {
        self.0.join(name).exists()
    }
}

impl Drop for Town {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

#[test]
fn a_town_that_lost_its_key_goes_on_under_another() {
    let town = Town::new("key");
    town.acts(5).unwrap();
    assert!(town.anew("key-lost").unwrap_err().contains("is here and fits"));
    assert!(town.anew("entries-lost").unwrap_err().contains("no entry is lost"));
    assert!(town.anew("because").unwrap_err().contains("is no reason"));
    fs::remove_file(town.folder().key()).unwrap();
    // Serving it makes a key that fits nothing, and signs nothing.
    assert!(KeptOutside::open(&town.folder().checkpoint(), &other_key()).is_err());
    town.anew("key-lost").unwrap();
    assert!(town.has("record.checkpoint.1") && town.has("record.key") && !town.has("record.key.new"));
    town.acts(3).unwrap();
    town.verify(None).unwrap();
    town.verify(Some(1)).unwrap();
    assert!(town.verify(Some(2)).unwrap_err().contains("no record 2"));
    let key = fs::read_to_string(town.folder().key()).unwrap();
    assert!(key.contains("localhost/record/2"), "another name, so that nobody takes it for the old one");
}

fn other_key() -> record::VerifierKey {
    transparency_log::SigningKey::from_seed("localhost/record", &[3; 32]).unwrap().verifier()
}

#[test]
fn a_town_that_lost_its_newest_database_signs_again_and_says_what_is_lost() {
    let town = Town::new("entries");
    town.acts(4).unwrap();
    let copy = town.0.join("copy.db");
    fs::copy(town.folder().database(), &copy).unwrap();
    town.acts(6).unwrap();
    for beside in ["polity.db", "polity.db-wal", "polity.db-shm"] {
        let _ = fs::remove_file(town.0.join(beside));
    }
    fs::copy(&copy, town.folder().database()).unwrap();
    assert!(matches!(town.acts(1), Err(SequenceError::WouldGoBack { outside: 10, inside: 4 })));
    town.anew("entries-lost").unwrap();
    assert!(town.has("record.key.1") && town.has("record.checkpoint.1"));
    town.acts(2).unwrap();
    town.verify(None).unwrap();
    town.verify(Some(1)).unwrap();
    let db = assemble::open_database(&assemble::source(&town.folder(), None)).unwrap();
    let ended = db.read_blocking(|tx| record::ended_record(tx, 1)).unwrap().unwrap();
    assert_eq!((ended.size, ended.signed_size, ended.lost()), (4, 10, 6));
    db.close();
}

#[test]
fn a_power_cut_between_signing_and_the_key_is_mended_by_the_same_command() {
    let town = Town::new("cut");
    town.acts(2).unwrap();
    town.anew("key-exposed").unwrap();
    // As if the files had not been moved yet.
    fs::rename(town.folder().key(), town.0.join("record.key.new")).unwrap();
    fs::rename(town.0.join("record.key.1"), town.folder().key()).unwrap();
    fs::rename(town.0.join("record.checkpoint.1"), town.folder().checkpoint()).unwrap();
    assert!(matches!(town.acts(1), Err(SequenceError::OtherKey(_))));
    town.anew("key-exposed").unwrap();
    town.acts(1).unwrap();
    town.verify(None).unwrap();
    let db = assemble::open_database(&assemble::source(&town.folder(), None)).unwrap();
    assert_eq!(db.read_blocking(record::ended_records).unwrap().len(), 1, "it ended once");
    db.close();
}

#[test]
fn what_others_know_of_the_record_tells_what_is_lost() {
    let town = Town::new("witness");
    town.acts(4).unwrap();
    let (copy, outside) = (town.0.join("copy.db"), town.folder().checkpoint());
    fs::copy(town.folder().database(), &copy).unwrap();
    let of_the_copy = fs::read(&outside).unwrap();
    town.acts(6).unwrap();
    let witness = town.0.join("from-a-witness");
    fs::copy(&outside, &witness).unwrap();
    // The machine is lost; what is left is the copy, the key and the checkpoint from before the copy.
    town.put_back(&copy);
    fs::write(&outside, of_the_copy).unwrap();
    assert!(town.anew("entries-lost").unwrap_err().contains("as far as is known here"));
    let nonsense = town.0.join("nonsense");
    fs::write(&nonsense, "no checkpoint").unwrap();
    assert!(town.anew_with("entries-lost", Some(nonsense)).unwrap_err().contains("is no checkpoint"));
    // One of somebody else, and one that was changed, prove nothing.
    let note = fs::read_to_string(&witness).unwrap();
    for forged in [note.replace("localhost/record", "elsewhere/record"), note.replacen("\n10\n", "\n11\n", 1)] {
        let path = town.0.join("forged");
        fs::write(&path, forged).unwrap();
        assert!(town.anew_with("entries-lost", Some(path)).unwrap_err().contains("cannot be used"));
    }
    town.anew_with("entries-lost", Some(witness)).unwrap();
    let db = assemble::open_database(&assemble::source(&town.folder(), None)).unwrap();
    let ended = db.read_blocking(|tx| record::ended_record(tx, 1)).unwrap().unwrap();
    assert_eq!((ended.size, ended.lost()), (4, 6));
    db.close();
    town.acts(1).unwrap();
    town.verify(None).unwrap();
}

#[test]
fn a_copy_from_before_a_new_beginning_takes_no_name_and_no_key_twice() {
    let town = Town::new("twice");
    town.acts(4).unwrap();
    let copy = town.0.join("copy.db");
    fs::copy(town.folder().database(), &copy).unwrap();
    town.anew("key-exposed").unwrap();
    town.acts(3).unwrap();
    let second = fs::read_to_string(town.folder().key()).unwrap();
    assert!(second.contains("localhost/record/2"));
    town.put_back(&copy);
    fs::copy(town.0.join("record.key.1"), town.0.join("first.key")).unwrap();
    town.anew("entries-lost").unwrap();
    let third = fs::read_to_string(town.folder().key()).unwrap();
    assert!(third.contains("localhost/record/3"), "{third}");
    let kept: Vec<String> = fs::read_dir(&town.0)
        .unwrap()
        .flatten()
        .filter(|file| file.file_name().to_string_lossy().starts_with("record.key"))
        .map(|file| fs::read_to_string(file.path()).unwrap())
        .collect();
    assert!(kept.contains(&second) && kept.contains(&third) && kept.len() == 3, "no key is ever written over");
    town.acts(2).unwrap();
    town.verify(None).unwrap();
}
