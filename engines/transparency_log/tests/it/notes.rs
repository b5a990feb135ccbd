use proptest::prelude::*;
use transparency_log::*;

/// From the documentation of golang.org/x/mod/sumdb/note.
const SIGNER: &str = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";
const VERIFIER: &str = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
const TEXT: &str =
    "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n";
const SIGNED: &str = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n\n— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";

#[test]
fn the_example_of_go_s_note() {
    let key: SigningKey = SIGNER.parse().unwrap();
    let verifier: VerifierKey = VERIFIER.parse().unwrap();
    assert_eq!(key.verifier(), verifier);
    assert_eq!(key.secret_text(), SIGNER);
    assert_eq!(verifier.to_string(), VERIFIER);
    assert_eq!(key.sign(TEXT), SIGNED);
    assert_eq!(open_note(SIGNED, &[verifier]), Ok(TEXT));
}

#[test]
fn a_note_is_believed_only_by_a_known_and_right_signature() {
    let verifier: VerifierKey = VERIFIER.parse().unwrap();
    let other = SigningKey::from_seed("other.example", &[7; 32]).unwrap();
    assert_eq!(open_note(SIGNED, &[other.verifier()]), Err(NoteError::Unsigned));
    assert_eq!(open_note(SIGNED, &[]), Err(NoteError::Unsigned));
    let changed = SIGNED.replace("cryptography", "Cryptography");
    assert_eq!(
        open_note(&changed, std::slice::from_ref(&verifier)),
        Err(NoteError::WrongSignature("PeterNeumann".into()))
    );
    // A second signature by somebody unknown does no harm.
    let line = other.sign(TEXT).rsplit_once("\n\n").unwrap().1.to_owned();
    assert_eq!(open_note(&format!("{SIGNED}{line}"), &[verifier]), Ok(TEXT));
}

#[test]
fn a_receipt_proves_one_entry_and_no_other() {
    let key = SigningKey::from_seed("town.example/record", &[1; 32]).unwrap();
    let (leaf, other) = (leaf_hash(b"one"), leaf_hash(b"two"));
    let checkpoint = Checkpoint { origin: key.name().into(), size: 2, root: node_hash(&leaf, &other) };
    let receipt = LogProof { index: 0, hashes: vec![other], checkpoint: checkpoint.sign(&key) };
    let read: LogProof = receipt.to_string().parse().unwrap();
    assert_eq!(read, receipt);
    assert_eq!(read.verify(&leaf, &key.verifier()), Ok(checkpoint));
    assert_eq!(read.verify(&other, &key.verifier()), Err(LogProofError::NotIncluded));
    let stranger = SigningKey::from_seed("town.example/record", &[2; 32]).unwrap();
    assert!(matches!(read.verify(&leaf, &stranger.verifier()), Err(LogProofError::Checkpoint(_))));
}

#[test]
fn a_checkpoint_of_another_log_is_refused() {
    let key = SigningKey::from_seed("a.example", &[1; 32]).unwrap();
    let checkpoint = Checkpoint { origin: "b.example".into(), size: 0, root: Hash::of_nothing() };
    assert_eq!(
        Checkpoint::open(&checkpoint.sign(&key), &key.verifier()),
        Err(CheckpointError::OtherLog("b.example".into()))
    );
    for wrong in ["x\n01\nAAAA\n", "x\n1\n\n", "\n1\n", "x\n-1\n", "x\n1"] {
        assert!(Checkpoint::parse(wrong).is_err(), "{wrong:?}");
    }
}

proptest! {
    #[test]
    fn no_text_brings_a_parser_down(text in "\\PC{0,200}", more in "[a-z0-9 \n—+/=]{0,200}") {
        let verifier: VerifierKey = VERIFIER.parse().unwrap();
        for text in [&text, &more, &format!("{SIGNED}{more}")] {
            let _ = open_note(text, std::slice::from_ref(&verifier));
            let _ = Checkpoint::parse(text);
            let _ = text.parse::<LogProof>();
            let _ = text.parse::<VerifierKey>();
            let _ = text.parse::<SigningKey>();
        }
    }
}
