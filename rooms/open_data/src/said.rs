//! Short texts in the town's languages, each of which may be left out.

use civic::Language;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A text in some languages, perhaps in none. One that was kept before languages were told apart is read as it stands, as English.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Kept", into = "BTreeMap<Language, String>")]
pub struct Said(BTreeMap<Language, String>);

#[derive(Deserialize)]
#[serde(untagged)]
enum Kept {
    Plain(String),
    Local(BTreeMap<Language, String>),
}

impl From<Kept> for Said {
    fn from(kept: Kept) -> Self {
        match kept {
            Kept::Plain(text) => Self::plain(text),
            Kept::Local(texts) => texts.into_iter().collect(),
        }
    }
}

impl From<Said> for BTreeMap<Language, String> {
    fn from(said: Said) -> Self {
        said.0
    }
}

impl FromIterator<(Language, String)> for Said {
    fn from_iter<I: IntoIterator<Item = (Language, String)>>(texts: I) -> Self {
        let trimmed = texts.into_iter().map(|(language, text)| (language, text.trim().to_owned()));
        Self(trimmed.filter(|(_, text)| !text.is_empty()).collect())
    }
}

impl Said {
    /// The same words for readers of every language.
    pub fn plain(text: impl Into<String>) -> Self {
        [(Language::En, text.into())].into_iter().collect()
    }

    /// Puts words in a language, or takes them away where there are none.
    pub fn put(&mut self, language: Language, text: &str) {
        match text.trim() {
            "" => self.0.remove(&language),
            text => self.0.insert(language, text.to_owned()),
        };
    }

    /// The words in this language, else in English, else in the first there is; empty for none at all.
    pub fn in_language(&self, language: Language) -> &str {
        let found = self.0.get(&language).or_else(|| self.0.get(&Language::En)).or_else(|| self.0.values().next());
        found.map_or("", String::as_str)
    }

    /// The words in just this language.
    pub fn exactly(&self, language: Language) -> &str {
        self.0.get(&language).map_or("", String::as_str)
    }

    /// Whether nothing is said.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether no language has more characters than this.
    pub fn fits(&self, most: usize) -> bool {
        self.0.values().all(|text| text.chars().count() <= most)
    }
}

#[cfg(test)]
mod tests {
    use super::Said;
    use civic::Language;

    #[test]
    fn what_was_kept_as_one_text_is_still_read() {
        let old: Said = serde_json::from_str("\"Kind of tree\"").unwrap();
        assert_eq!((old.in_language(Language::Ar), old.exactly(Language::Es)), ("Kind of tree", ""));
        let mut new = old.clone();
        new.put(Language::Es, " Tipo de árbol ");
        assert_eq!(serde_json::to_string(&new).unwrap(), "{\"en\":\"Kind of tree\",\"es\":\"Tipo de árbol\"}");
        assert_eq!(serde_json::from_str::<Said>("{\"es\":\"x\"}").unwrap().in_language(Language::Ar), "x");
        new.put(Language::En, "");
        assert!(!new.is_empty() && new.in_language(Language::En) == "Tipo de árbol");
        assert!(serde_json::from_str::<Said>("\"\"").unwrap().is_empty() && Said::plain(" ").is_empty());
        assert!(new.fits(13) && !new.fits(12));
    }
}
