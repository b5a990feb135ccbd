use crate::twin;
use std::convert::Infallible;
use transparency_log::*;

const AT: u64 = 1_679_315_147;

fn log() -> SigningKey {
    SigningKey::from_seed("town.example/record", &[1; 32]).unwrap()
}

fn witness() -> SigningKey {
    SigningKey::cosigner_from_seed("witness.example/w1", &[2; 32]).unwrap()
}

fn note_of(size: u64) -> String {
    Checkpoint { origin: log().name().to_owned(), size, root: twin::root(&twin::leaves(size)) }.sign(&log())
}

fn root_of(size: u64) -> Hash {
    twin::root(&twin::leaves(size))
}

fn asked(old_size: u64, size: u64) -> AddCheckpoint {
    let leaves = twin::leaves(size);
    let proof = if old_size == 0 || old_size == size {
        Vec::new()
    } else {
        let mut tile = |id| Ok::<_, Infallible>(twin::tile(id, &leaves));
        consistency_proof(old_size, size, &mut tile).unwrap()
    };
    AddCheckpoint { old_size, proof, note: note_of(size) }
}

#[test]
fn a_cosignature_is_believed_with_its_time_and_no_other() {
    let note = note_of(5);
    let text = open_note(&note, &[log().verifier()]).unwrap().to_owned();
    let line = witness().cosign(&text, AT);
    let both = format!("{note}{line}");
    let (_, signed) = signatures_of(&both, &[log().verifier(), witness().verifier()]).unwrap();
    assert_eq!(signed.len(), 2);
    assert_eq!(
        (signed[1].name.as_str(), signed[1].at_seconds, &signed[1].line),
        ("witness.example/w1", Some(AT), &line)
    );
    // Who does not know the witness passes it over; the log's own signature is still believed.
    assert_eq!(Checkpoint::open(&both, &log().verifier()).unwrap().size, 5);
    assert!(matches!(open_note(&format!("{text}\n{line}"), &[log().verifier()]), Err(NoteError::Unsigned)));
    let other = note_of(6);
    let moved = format!("{other}{line}");
    assert!(matches!(signatures_of(&moved, &[witness().verifier()]), Err(NoteError::WrongSignature(_))));
    let never = format!("{note}{}", witness().cosign(&text, 0));
    assert!(matches!(signatures_of(&never, &[witness().verifier()]), Err(NoteError::WrongSignature(_))));
}

#[test]
fn keys_of_both_kinds_are_read_back_and_never_mixed_up() {
    for key in [log(), witness()] {
        assert_eq!(key.secret_text().parse::<SigningKey>().unwrap().verifier(), key.verifier());
        assert_eq!(key.verifier().to_string().parse::<VerifierKey>().unwrap(), key.verifier());
    }
    let same = SigningKey::from_seed("witness.example/w1", &[2; 32]).unwrap();
    assert_ne!(same.verifier(), witness().verifier());
    let note = note_of(5);
    let text = open_note(&note, &[log().verifier()]).unwrap();
    let plain = same.sign(text);
    assert!(matches!(signatures_of(&plain, &[witness().verifier()]).unwrap().1.as_slice(), []));
}

#[test]
fn a_witness_cosigns_what_grew_and_nothing_else() {
    let key = log().verifier();
    assert_eq!(asked(0, 0).judge(None, &key).unwrap().size, 0);
    assert_eq!(asked(0, 7).judge(None, &key).unwrap().size, 7);
    assert_eq!(asked(7, 300).judge(Some((7, root_of(7))), &key).unwrap().size, 300);
    assert_eq!(asked(7, 7).judge(Some((7, root_of(7))), &key).unwrap().size, 7);

    let refused = |request: AddCheckpoint, last| request.judge(last, &key).unwrap_err();
    assert_eq!(refused(asked(0, 7), Some((5, root_of(5)))), WitnessRefusal::OtherSize(5));
    assert_eq!(refused(asked(5, 7), None), WitnessRefusal::OtherSize(0));
    let forged = Some((5, leaf_hash(b"another history")));
    assert_eq!(refused(asked(5, 7), forged), WitnessRefusal::NotConsistent);
    assert_eq!(refused(asked(5, 5), forged), WitnessRefusal::NotConsistent);
    let with_proof = AddCheckpoint { proof: vec![root_of(1)], ..asked(0, 7) };
    assert_eq!(refused(with_proof, None), WitnessRefusal::NotConsistent);
    let shorter = AddCheckpoint { old_size: 9, ..asked(0, 7) };
    assert!(matches!(refused(shorter, Some((9, root_of(9)))), WitnessRefusal::Malformed(_)));
    let stranger = SigningKey::from_seed("town.example/record", &[9; 32]).unwrap();
    assert_eq!(asked(0, 7).judge(None, &stranger.verifier()).unwrap_err(), WitnessRefusal::NotSigned);
}

#[test]
fn what_is_asked_is_read_back() {
    let request = asked(7, 300);
    assert_eq!(request.to_string().parse::<AddCheckpoint>().unwrap(), request);
    assert_eq!(request.origin().unwrap(), "town.example/record");
    for (broken, why) in [
        ("", "blank line"),
        ("old 07\n\nx", "first line"),
        ("new 7\n\nx", "first line"),
        ("old -1\n\nx", "first line"),
        ("old 1\nnot a hash\n\nx", ""),
    ] {
        let error = broken.parse::<AddCheckpoint>().unwrap_err();
        assert!(error.to_string().contains(why) && error.status() == 400, "{broken:?}: {error}");
    }
    let long = format!("old 1\n{}\n{}", format!("{}\n", root_of(1)).repeat(64), note_of(2));
    assert!(long.parse::<AddCheckpoint>().is_err());
}
