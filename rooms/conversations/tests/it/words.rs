use civic::Language;
use web::Words;

#[test]
fn every_sentence_is_there_in_every_language() {
    let words = Words::read(conversations::room().messages).unwrap();
    for language in [Language::Es, Language::Ar] {
        assert_eq!(words.keys(language), words.keys(Language::En), "{language}");
    }
}

#[test]
fn every_saying_subject_and_door_has_its_words() {
    let room = conversations::room();
    let words = Words::read(room.messages).unwrap().of(Language::En);
    let keys = room.sayings.iter().map(|saying| saying.key).chain(room.subjects.iter().map(|subject| subject.key));
    let keys = keys.chain(room.doors.iter().map(|door| door.key)).chain(room.retention.iter().map(|one| one.key));
    for key in keys {
        assert!(words.has(key), "{key}");
    }
}

#[test]
fn every_reason_phase_and_saying_of_the_log_has_its_words() {
    let room = conversations::room();
    let words = Words::read(room.messages).unwrap().of(Language::En);
    for reason in conversations::OF_STATEMENTS {
        assert!(words.has(&format!("statement-reason-{reason}")), "{reason}");
    }
    for saying in
        room.sayings.iter().filter(|saying| !["conversation.counted", "conversation.imported"].contains(&saying.name))
    {
        assert!(words.has(&format!("clog-{}", saying.name.replace('.', "-"))), "{}", saying.name);
    }
    for problem in ["unreachable", "slow", "large", "refused", "unreadable", "cites-nothing"] {
        assert!(words.has(&format!("cdrafts-problem-{problem}")), "{problem}");
    }
    for clarity in ["clear", "gradual", "no-clear-groups", "not-measured"] {
        assert!(words.has(&format!("omap-verdict-{clarity}")) && words.has(&format!("omap-explained-{clarity}")));
    }
}
