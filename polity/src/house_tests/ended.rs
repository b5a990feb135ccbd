//! A record that ended is shown with what checks it.

use super::towns;
use axum::http::StatusCode;
use civic::Actor;
use record::{BeginAnew, Why};
use transparency_log::{Checkpoint, SigningKey, VerifierKey};

#[tokio::test]
async fn everybody_reads_what_became_of_the_record_before() {
    for town in towns() {
        town.agency("streets", "Street office").await;
        town.settle().await;
        let visitor = town.browser();
        assert!(visitor.get("/record.json").await.json()["ended"].as_array().unwrap().is_empty());
        visitor.get("/record/before/1/checkpoint").await.sees(StatusCode::NOT_FOUND);
        let key: VerifierKey = visitor.get("/record/key").await.text.trim().parse().unwrap();
        let note = visitor.get("/record/checkpoint").await.text;
        let size = Checkpoint::open(&note, &key).unwrap().size;
        assert!(size > 0, "there is something to keep");
        let (now, chance) = (town.town.now(), town.chance());
        let order = BeginAnew {
            why: Why::KeyExposed,
            key: SigningKey::from_seed("town.test/2", &[9; 32]).unwrap(),
            old_key: Some(key.clone()),
            outside: Some(note.clone()),
        };
        let begun =
            town.town.db().write(move |tx| record::begin_anew(tx, &order, &Actor::of_town("console"), now, &*chance));
        begun.await.unwrap();
        let page = visitor.get("/record").await.sees(StatusCode::OK);
        page.says("Records before this one").says("Others may have its key.").says("/record/before/1/checkpoint");
        visitor.reading("ar").get("/record").await.says("سجلات قبل هذا السجل");
        let visitor = town.browser();
        let ended = &visitor.get("/record.json").await.json()["ended"][0];
        assert_eq!((ended["why"].as_str(), ended["kept"].as_u64()), (Some("key-exposed"), Some(size)));
        let shown: VerifierKey = visitor.get("/record/before/1/key").await.text.trim().parse().unwrap();
        let old = visitor.get("/record/before/1/checkpoint").await.sees(StatusCode::OK).text;
        assert_eq!(Checkpoint::open(&old, &shown).unwrap().size, size);
        let width = size.min(256);
        let path = if width == 256 { "entries/000".to_owned() } else { format!("entries/000.p/{width}") };
        visitor.get(&format!("/record/before/1/tile/{path}")).await.sees(StatusCode::OK);
        visitor.get("/record/before/1/tile/entries/999").await.sees(StatusCode::NOT_FOUND);
    }
}
