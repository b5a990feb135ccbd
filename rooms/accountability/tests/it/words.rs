use civic::Language;
use web::Words;

#[test]
fn every_sentence_is_there_in_every_language() {
    let words = Words::read(accountability::room().messages).unwrap();
    for language in [Language::Es, Language::Ar] {
        assert_eq!(words.keys(language), words.keys(Language::En), "{language}");
    }
}

#[test]
fn every_saying_subject_door_and_offshoot_has_its_words() {
    let room = accountability::room();
    let words = Words::read(room.messages).unwrap().of(Language::En);
    let keys = room.sayings.iter().map(|saying| saying.key).chain(room.subjects.iter().map(|subject| subject.key));
    let keys = keys.chain(room.doors.iter().map(|door| door.key)).chain(room.retention.iter().map(|rule| rule.key));
    for key in keys.chain(room.offshoots.iter().map(|offshoot| offshoot.key)) {
        assert!(words.has(key), "{key}");
    }
}

/// Keys that are put together while a page is made.
#[test]
fn every_form_of_the_desk_has_its_words() {
    let words = Words::read(accountability::room().messages).unwrap().of(Language::En);
    for act in ["begin", "report", "reach", "postpone", "spend", "fulfil", "break", "drop", "reopen"] {
        for part in ["heading", "label", "hint", "button"] {
            assert!(words.has(&format!("keep-{act}-{part}")), "keep-{act}-{part}");
        }
    }
}
