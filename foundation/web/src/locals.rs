//! Texts that are written in all languages of the town.

use crate::{Town, forms::Submission};
use civic::{Language, LocalText};
use std::collections::BTreeMap;

/// The field of one language.
pub struct LocalField {
    /// The id and name of the field, as `title-en`.
    pub id: String,
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
        label: language.own_name().to_owned(),
        value: text.and_then(|text| text.exactly(*language)).unwrap_or_default().to_owned(),
        lang: language.tag(),
    };
    let fields = town.settings().languages.iter().map(field).collect();
    LocalFields { heading: heading.to_owned(), hint: hint.to_owned(), rows, fields }
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
