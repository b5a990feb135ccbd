//! The public record: in the transaction of its act, in dense places, never back.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

mod anew;

use civic::{Actor, Language, Moment, SeededChance, Subject, SubjectKind};
use database::{Db, DbError, OffRecord, Source, test_support::each_database};
use record::{Entry, KeptOutside, SequenceError, Sequencer, Step};
use serde_json::json;
use std::{fs, sync::Arc};
use transparency_log::{Checkpoint, SigningKey, leaf_hash};

const NOW: Moment = Moment(1_790_000_000_000_000);
const LAMP: SubjectKind = SubjectKind("lamp");

fn key() -> SigningKey {
    SigningKey::from_seed("town.test/record", &[7; 32]).unwrap()
}

fn databases() -> Vec<Db> {
    std::thread::spawn(|| each_database(&[record::MIGRATIONS])).join().unwrap()
}

/// An act about the lamp of this number.
async fn say(db: &Db, number: u64, fails: bool) -> Result<(), DbError> {
    db.write(move |tx| {
        let chance = SeededChance::new(number);
        let entry = Entry::about(
            Subject::new(LAMP, number.to_string()),
            "lamp.lit",
            &Actor::visitor(Language::En),
            NOW,
            &chance,
        );
        let entry = entry.publicly(&json!({"number": number}))?.privately(&json!({"by": "Zanzibar"}), &chance)?;
        if fails { Err(DbError::Other("no".to_owned())) } else { tx.commit(entry, ()) }
    })
    .await
}

async fn positions(db: &Db) -> Vec<u64> {
    let entries: Result<_, DbError> = db.read(|tx| record::from(tx, 0, 1_000)).await;
    entries.unwrap().into_iter().map(|entry| entry.position).collect()
}

#[tokio::test]
async fn an_act_and_its_entry_are_one() {
    for db in databases() {
        say(&db, 1, false).await.unwrap();
        say(&db, 2, true).await.unwrap_err();
        let (sequencer, record) = Sequencer::new(db.clone(), key(), KeptOutside::in_memory());
        sequencer.catch_up(NOW).await.unwrap();
        assert_eq!(positions(&db).await, [0], "what was rolled back has no entry");
        let shown = record.checkpoint().unwrap();
        let opened = Checkpoint::open(&shown.note, &key().verifier()).unwrap();
        assert_eq!((opened.size, opened.root), (1, shown.root));
        let body: Result<Vec<_>, DbError> = db.read(|tx| record::from(tx, 0, 1)).await;
        let body = body.unwrap().remove(0).body;
        assert!(body.contains("\"number\":1") && !body.contains("Zanzibar"));
        assert_eq!(sequencer.step(NOW).await.unwrap(), Step::Idle, "an idle town signs nothing");
    }
}

#[tokio::test]
async fn places_are_dense_and_receipts_lead_to_the_checkpoint() {
    for db in databases() {
        let (sequencer, _record) = Sequencer::new(db.clone(), key(), KeptOutside::in_memory());
        for round in 0..3 {
            for number in 0..200 {
                say(&db, round * 200 + number, false).await.unwrap();
            }
            sequencer.catch_up(NOW).await.unwrap();
        }
        assert_eq!(positions(&db).await, (0..600).collect::<Vec<_>>());
        for position in [0, 1, 255, 256, 599] {
            let proof: Result<_, DbError> = db.read(move |tx| record::receipt(tx, position)).await;
            let proof = proof.unwrap().unwrap();
            let entry: Result<_, DbError> = db.read(move |tx| record::at(tx, position)).await;
            let entry = entry.unwrap().unwrap();
            proof.verify(&leaf_hash(entry.body.as_bytes()), &key().verifier()).unwrap();
            assert!(proof.verify(&leaf_hash(b"something else"), &key().verifier()).is_err());
        }
        let none: Result<_, DbError> = db.read(|tx| record::receipt(tx, 600)).await;
        assert!(none.unwrap().is_none());
    }
}

#[tokio::test]
async fn two_sequencers_sign_one_log() {
    for db in databases() {
        let (one, _) = Sequencer::new(db.clone(), key(), KeptOutside::in_memory());
        let (other, _) = Sequencer::new(db.clone(), key(), KeptOutside::in_memory());
        let (one, other) = (Arc::new(one), Arc::new(other));
        for round in 0..10 {
            for number in 0..20 {
                say(&db, round * 20 + number, false).await.unwrap();
            }
            let (first, second) = tokio::join!(one.step(NOW), other.step(NOW));
            first.unwrap();
            second.unwrap();
        }
        one.catch_up(NOW).await.unwrap();
        assert_eq!(positions(&db).await, (0..200).collect::<Vec<_>>());
    }
}

/// A restored old database does not sign until it agrees with what was signed before.
#[tokio::test]
async fn the_record_never_goes_back() {
    let folder = std::env::temp_dir().join(format!("polity-record-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    let (file, kept, old) = (folder.join("town.db"), folder.join("checkpoint"), folder.join("old.db"));
    let open = || {
        let db = Db::open(&Source::Sqlite(file.clone())).unwrap();
        db.migrate(&[record::MIGRATIONS]).unwrap();
        let outside = KeptOutside::open(&kept, &key().verifier()).unwrap();
        let (sequencer, _) = Sequencer::new(db.clone(), key(), outside);
        (db, sequencer)
    };
    let (db, sequencer) = open();
    say(&db, 1, false).await.unwrap();
    sequencer.catch_up(NOW).await.unwrap();
    database::back_up(&file, &old).unwrap();
    say(&db, 2, false).await.unwrap();
    sequencer.catch_up(NOW).await.unwrap();
    db.close();
    let newest = folder.join("newest.db");
    fs::rename(&file, &newest).unwrap();
    fs::copy(&old, &file).unwrap();
    let (db, sequencer) = open();
    // Acts are taken and kept, but nothing is signed, however much is said.
    for number in 3..9 {
        say(&db, number, false).await.unwrap();
        let refused = sequencer.step(NOW).await.unwrap_err();
        assert!(matches!(refused, SequenceError::WouldGoBack { outside: 2, .. }), "{refused}");
    }
    db.close();
    fs::remove_file(&file).unwrap();
    fs::rename(&newest, &file).unwrap();
    let (db, sequencer) = open();
    say(&db, 9, false).await.unwrap();
    sequencer.catch_up(NOW).await.unwrap();
    assert_eq!(positions(&db).await, [0, 1, 2]);
    db.close();
    fs::remove_dir_all(folder).unwrap();
}

#[tokio::test]
async fn followers_take_each_entry_once_and_salts_can_be_forgotten() {
    for db in databases() {
        let (sequencer, _) = Sequencer::new(db.clone(), key(), KeptOutside::in_memory());
        for number in 0..25 {
            say(&db, number, false).await.unwrap();
        }
        sequencer.catch_up(NOW).await.unwrap();
        let mut taken = Vec::new();
        for broken in [false, true, false, false, false, false] {
            let some: Result<Vec<u64>, DbError> = db
                .write(move |tx| {
                    let entries = record::take_next(tx, "test", 10)?;
                    let positions = entries.iter().map(|entry| entry.position).collect::<Vec<_>>();
                    // A follower that breaks off has taken nothing.
                    if broken {
                        Err(DbError::Other("no".to_owned()))
                    } else {
                        tx.commit(OffRecord("a test"), positions)
                    }
                })
                .await;
            taken.extend(some.unwrap_or_default());
        }
        assert_eq!(taken, (0..25).collect::<Vec<_>>());
        let salts = |db: Db| async move {
            let count: Result<i64, DbError> =
                db.read(|tx| tx.query_one("select count(*) from record_salts", &[])?.get(0)).await;
            count.unwrap()
        };
        assert_eq!(salts(db.clone()).await, 25);
        let forgotten: Result<(), DbError> = db
            .write(|tx| {
                record::forget_salts_about(tx, &Subject::new(LAMP, "3"))?;
                tx.commit(OffRecord("a test"), ())
            })
            .await;
        forgotten.unwrap();
        assert_eq!(salts(db.clone()).await, 24);
        let facts = json!({"by": "Zanzibar"}).to_string();
        assert_ne!(record::seal("aa", &facts), record::seal("bb", &facts), "without its salt a seal proves nothing");
    }
}

#[tokio::test]
async fn an_entry_has_a_limit() {
    for db in databases() {
        let large: Result<(), DbError> = db
            .write(|tx| {
                let chance = SeededChance::new(1);
                let entry =
                    Entry::about(Subject::new(LAMP, "1"), "lamp.lit", &Actor::visitor(Language::En), NOW, &chance);
                let entry = entry.publicly(&json!({"text": "x".repeat(record::ENTRY_LIMIT_BYTES)}))?;
                tx.commit(entry, ())
            })
            .await;
        assert!(large.is_err());
    }
}

/// The columns beside an entry find it; what is told of it is what was signed.
#[tokio::test]
async fn what_is_told_is_what_was_signed() {
    for db in databases() {
        for number in 1..=3 {
            say(&db, number, false).await.unwrap();
        }
        let (sequencer, _record) = Sequencer::new(db.clone(), key(), KeptOutside::in_memory());
        sequencer.catch_up(NOW).await.unwrap();
        let misfiled: Result<_, DbError> = db.read(|tx| record::misfiled(tx, 0, 100)).await;
        assert_eq!(misfiled.unwrap(), None);
        let forged: Result<(), DbError> = db
            .write(|tx| {
                tx.execute(
                    "update record_entries set saying = 'lamp.broken', subject_id = '3' where position = 1",
                    &[],
                )?;
                tx.commit(OffRecord("a forgery"), ())
            })
            .await;
        forged.unwrap();
        let told: Result<_, DbError> = db.read(|tx| Ok(record::at(tx, 1)?.unwrap())).await;
        let told = told.unwrap();
        let signed = told.json();
        assert_eq!(
            (told.subject.to_string().as_str(), told.saying.as_str()),
            (signed["about"].as_str().unwrap(), "lamp.lit")
        );
        let three = Subject::new(LAMP, "3".to_owned());
        let about: Result<_, DbError> = db.read(move |tx| record::about(tx, &three, 10)).await;
        assert_eq!(about.unwrap().len(), 1, "nothing is told of a subject that was not said of it");
        let misfiled: Result<_, DbError> = db.read(|tx| record::misfiled(tx, 0, 100)).await;
        assert_eq!(misfiled.unwrap(), Some(1));
    }
}
