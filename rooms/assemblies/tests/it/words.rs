use civic::Language;
use web::Words;

#[test]
fn every_sentence_is_there_in_every_language() {
    let words = Words::read(assemblies::room().messages).unwrap();
    for language in [Language::Es, Language::Ar] {
        assert_eq!(words.keys(language), words.keys(Language::En), "{language}");
    }
}

#[test]
fn every_saying_subject_rule_and_door_has_its_words() {
    let room = assemblies::room();
    let words = Words::read(room.messages).unwrap().of(Language::En);
    let keys = room.sayings.iter().map(|saying| saying.key).chain(room.subjects.iter().map(|subject| subject.key));
    let keys = keys.chain(room.doors.iter().map(|door| door.key)).chain(room.retention.iter().map(|rule| rule.key));
    for key in keys {
        assert!(words.has(key), "{key}");
    }
}
