use civic::Language;
use web::Words;

#[test]
fn every_sentence_is_there_in_every_language() {
    let words = Words::read(people::room().messages).unwrap();
    let english = words.keys(Language::En);
    for language in [Language::Es, Language::Ar] {
        assert_eq!(words.keys(language), english, "{language}");
        let same: Vec<_> =
            english.iter().filter(|key| words.of(language).say(key) == words.of(Language::En).say(key)).collect();
        let untranslated: Vec<_> =
            same.into_iter().filter(|key| words.of(language).say(key) != web::words::MISSING).collect();
        assert!(untranslated.is_empty(), "{language}: {untranslated:?}");
    }
}

#[test]
fn every_saying_and_subject_has_its_words() {
    let words = Words::read(people::room().messages).unwrap().of(Language::En);
    let room = people::room();
    let keys = room.sayings.iter().map(|saying| saying.key).chain(room.subjects.iter().map(|subject| subject.key));
    for key in keys {
        assert!(words.has(key), "{key}");
    }
    let said = words.with(
        "people-said-mandate-given",
        &[("handle", "resident-4f7k2q".into()), ("role", "officer".into()), ("scope", "town".into())],
    );
    assert_eq!(said, "resident-4f7k2q was made officer for the whole town");
}
