//! Texts that are written in all languages of the town.

use crate::{Town, Visit, forms::Submission};
use civic::{Language, LocalText};
use std::collections::BTreeMap;

/// The field of one language.
pub struct LocalField {
    /// Its id in the page.
    pub id: String,
    /// The name under which it is sent, as `title-en` or `title[en]`.
    pub name: String,
    /// The language as it calls itself.
    pub label: String,
    /// What stands in it.
    pub value: String,
    /// The language tag.
    pub lang: &'static str,
}

/// A text in all languages of the town.
pub struct LocalFields {
    /// What it is.
    pub heading: String,
    /// A line that helps.
    pub hint: String,
    /// Lines it is written in.
    pub rows: usize,
    /// The fields.
    pub fields: Vec<LocalField>,
}

/// The fields of a text named `name`, as it is so far.
pub fn local_fields(
    town: &Town,
    name: &str,
    heading: &str,
    hint: &str,
    rows: usize,
    text: Option<&LocalText>,
) -> LocalFields {
    let field = |language: &Language| LocalField {
        id: format!("{name}-{}", language.tag()),
        name: format!("{name}-{}", language.tag()),
        label: language.own_name().to_owned(),
        value: text.and_then(|text| text.exactly(*language)).unwrap_or_default().to_owned(),
        lang: language.tag(),
    };
    let fields = town.settings().languages.iter().map(field).collect();
    LocalFields { heading: heading.to_owned(), hint: hint.to_owned(), rows, fields }
}

/// Fields with labels of their own: for each of these languages the sentence `key` with `language`, and what is written so far.
/// The first takes the name of the field as its id, so that an error summary can lead there.
pub fn labelled_fields<'w>(
    visit: &Visit,
    languages: &[Language],
    field: &str,
    key: &str,
    written: impl Fn(Language) -> Option<&'w str>,
) -> Vec<LocalField> {
    let of = |(place, language): (usize, &Language)| LocalField {
        id: if place == 0 { field.to_owned() } else { format!("{field}-{}", language.tag()) },
        name: format!("{field}[{}]", language.tag()),
        label: visit.t.with1(key, "language", language.own_name()),
        value: written(*language).unwrap_or_default().to_owned(),
        lang: language.tag(),
    };
    languages.iter().enumerate().map(of).collect()
}

/// A text in these languages, from `title[en]`, `title[es]`, …: `None` unless the first of them is there.
pub fn local_in(form: &Submission, name: &str, languages: &[Language]) -> Option<LocalText> {
    let written = |language: &Language| {
        let words = form.text(&format!("{name}[{}]", language.tag()))?;
        Some((*language, words.replace("\r\n", "\n")))
    };
    let texts: BTreeMap<Language, String> = languages.iter().filter_map(written).collect();
    texts.contains_key(languages.first()?).then(|| LocalText::try_from(texts).ok()).flatten()
}

/// A text in the languages in which it was written: `title-en` from forms, `title[en]` or the plain name from programs.
pub fn local(form: &Submission, name: &str) -> Option<LocalText> {
    let mut texts = BTreeMap::new();
    for language in Language::ALL {
        let tag = language.tag();
        let given = form.text(&format!("{name}-{tag}")).or_else(|| form.text(&format!("{name}[{tag}]")));
        let given = given.or_else(|| if language == Language::En { form.text(name) } else { None });
        texts.extend(given.map(|words| (language, words.replace("\r\n", "\n"))));
    }
    LocalText::try_from(texts).ok()
}
