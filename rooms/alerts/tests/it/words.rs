use civic::Language;
use web::Words;

#[test]
fn every_sentence_is_there_in_every_language() {
    let words = Words::read(alerts::room().messages).unwrap();
    for language in [Language::Es, Language::Ar] {
        assert_eq!(words.keys(language), words.keys(Language::En), "{language}");
    }
}
