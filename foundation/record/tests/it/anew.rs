//! A record that cannot go on ends, and one with another key begins with what is left.

use super::{NOW, databases, key, positions, say};
use civic::{Actor, SeededChance};
use database::{Db, DbError};
use record::{AnewError, BEGUN_ANEW, BeginAnew, EndedRecord, KeptOutside, SequenceError, Sequencer, Step, Why};
use transparency_log::{Checkpoint, SigningKey, VerifierKey, consistency_proof, leaf_hash};

/// The next key of the town.
fn next_key() -> SigningKey {
    SigningKey::from_seed("town.test/record/2", &[9; 32]).unwrap()
}

async fn anew(db: &Db, why: Why, old: Option<VerifierKey>, outside: Option<&str>) -> Result<EndedRecord, AnewError> {
    let order = BeginAnew { why, key: next_key(), old_key: old, outside: outside.map(str::to_owned) };
    let chance = SeededChance::new(7_777_777);
    db.write(move |tx| record::begin_anew(tx, &order, &Actor::of_town("console"), NOW, &chance)).await
}

/// So many acts with their places; the note that was signed of them.
async fn signed(db: &Db, key: SigningKey, numbers: std::ops::Range<u64>) -> String {
    for number in numbers {
        say(db, number, false).await.unwrap();
    }
    let (sequencer, record) = Sequencer::new(db.clone(), key, KeptOutside::in_memory());
    sequencer.catch_up(NOW).await.unwrap();
    record.checkpoint().unwrap().note.clone()
}

#[tokio::test]
async fn a_lost_key_ends_a_record_and_all_its_entries_are_in_the_next() {
    for db in databases() {
        let note = signed(&db, key(), 0..300).await;
        let before: Vec<u64> = positions(&db).await;
        assert!(matches!(anew(&db, Why::EntriesLost, None, Some(&note)).await, Err(AnewError::NothingLost)));
        let other = SigningKey::from_seed("town.test/record", &[8; 32]).unwrap().verifier();
        assert!(matches!(anew(&db, Why::KeyLost, Some(other), None).await, Err(AnewError::OtherKey(_))));
        let kept: Result<String, DbError> = db.read(record::last_verifier).await;
        assert_eq!(kept.unwrap(), key().verifier().to_string(), "the key stands beside what it signed");
        let ended = anew(&db, Why::KeyLost, Some(key().verifier()), Some(&note)).await.unwrap();
        assert_eq!((ended.number, ended.size, ended.signed_size, ended.lost()), (1, 300, 300, 0));
        assert_eq!((ended.origin.as_str(), ended.note.as_str()), ("town.test/record", note.as_str()));

        // The old key signs nothing any more, the new one goes on where the old one was.
        let (old, _) = Sequencer::new(db.clone(), key(), KeptOutside::in_memory());
        assert!(matches!(old.step(NOW).await, Err(SequenceError::OtherKey(_))));
        let (sequencer, shown) = Sequencer::new(db.clone(), next_key(), KeptOutside::in_memory());
        assert_eq!(sequencer.step(NOW).await.unwrap(), Step::Sequenced(1));
        assert_eq!(positions(&db).await[..300], before[..], "every entry keeps its place");
        let now = shown.checkpoint().unwrap();
        let opened = Checkpoint::open(&now.note, &next_key().verifier()).unwrap();
        assert_eq!((opened.size, opened.origin.as_str()), (301, "town.test/record/2"));
        let said: Result<_, DbError> = db.read(|tx| record::at(tx, 300)).await;
        let said = said.unwrap().unwrap();
        assert_eq!((said.saying.as_str(), said.what()["before"].as_str()), (BEGUN_ANEW, Some("town.test/record")));

        // Whoever kept the old checkpoint proves that the new record contains it.
        let old = Checkpoint::open(&note, &key().verifier()).unwrap();
        let tiles: Result<_, DbError> = db
            .read(|tx| {
                consistency_proof(300, 301, &mut |id| {
                    record::tile(tx, id, 301)?.ok_or_else(|| DbError::Other("a tile is missing".to_owned()))
                })
            })
            .await;
        assert!(transparency_log::verify_consistency(300, 301, &tiles.unwrap(), &old.root, &opened.root));
        let receipt: Result<_, DbError> = db.read(|tx| record::receipt(tx, 7)).await;
        let entry: Result<_, DbError> = db.read(|tx| record::at(tx, 7)).await;
        let leaf = leaf_hash(entry.unwrap().unwrap().body.as_bytes());
        receipt.unwrap().unwrap().verify(&leaf, &next_key().verifier()).unwrap();
        let first = record::first_name("town.test/record/2");
        assert_eq!((first, record::first_name("town.test/record")), ("town.test/record", "town.test/record"));
    }
}

#[tokio::test]
async fn lost_entries_are_counted_in_public() {
    for (whole, older) in databases().into_iter().zip(databases()) {
        // The same acts, but the copy ends ten earlier.
        signed(&older, key(), 0..90).await;
        let newest = signed(&whole, key(), 0..100).await;
        let ended = anew(&older, Why::EntriesLost, Some(key().verifier()), Some(&newest)).await.unwrap();
        assert_eq!((ended.size, ended.signed_size, ended.lost()), (90, 100, 10));
        assert_eq!(ended.signed_note, newest, "the last that was signed stays beside");
        signed(&older, next_key(), 200..203).await;
        let said: Result<_, DbError> = older.read(|tx| record::from(tx, 90, 10)).await;
        let said = said.unwrap();
        let first = said.iter().find(|entry| entry.saying == BEGUN_ANEW).unwrap().what();
        assert_eq!(
            (first["kept"].as_u64(), first["lost"].as_u64(), first["signed"].as_u64()),
            (Some(90), Some(10), Some(100))
        );
        assert_eq!(first["checkpoint"].as_str(), Some(newest.as_str()));
        let all: Result<_, DbError> = older.read(record::ended_records).await;
        assert_eq!(all.unwrap(), [ended]);
    }
}

#[tokio::test]
async fn what_was_changed_is_not_signed_anew_and_an_empty_record_needs_no_end() {
    for db in databases() {
        assert!(matches!(anew(&db, Why::KeyLost, None, None).await, Err(AnewError::NothingSigned)));
        signed(&db, key(), 0..5).await;
        let spoilt: Result<(), DbError> = db
            .write(|tx| {
                let row = tx.query_one("select hashes from record_tiles where level = 0 and number = 0", &[])?;
                let mut hashes: Vec<u8> = row.get(0)?;
                hashes[40] ^= 1;
                tx.execute(
                    "update record_tiles set hashes = $1 where level = 0 and number = 0",
                    &database::params![&hashes],
                )?;
                tx.commit(database::OffRecord("a test"), ())
            })
            .await;
        spoilt.unwrap();
        assert!(matches!(anew(&db, Why::KeyExposed, None, None).await, Err(AnewError::Changed)));
        assert!(matches!(anew(&db, Why::KeyExposed, None, Some("no note")).await, Err(AnewError::Outside(_))));
    }
}
