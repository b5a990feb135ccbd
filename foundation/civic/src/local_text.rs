//! Words in several languages.

use serde::{Deserialize, Serialize};
use std::{collections::BTreeMap, fmt, str::FromStr};

/// A language the program speaks (BCP 47 primary subtag).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Default)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// English, the language in which the program is written.
    #[default]
    En,
    /// Spanish.
    Es,
    /// Arabic, written from right to left.
    Ar,
}

impl Language {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 3] = [Self::En, Self::Es, Self::Ar];

    /// The BCP 47 tag.
    pub fn tag(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Es => "es",
            Self::Ar => "ar",
        }
    }

    /// The direction of its script, as HTML's `dir`.
    pub fn direction(self) -> &'static str {
        match self {
            Self::Ar => "rtl",
            Self::En | Self::Es => "ltr",
        }
    }

    /// What its speakers call it.
    pub fn own_name(self) -> &'static str {
        match self {
            Self::En => "English",
            Self::Es => "Español",
            Self::Ar => "العربية",
        }
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.tag())
    }
}

impl FromStr for Language {
    type Err = String;
    /// Accepts a tag with region, like `es-MX`.
    fn from_str(text: &str) -> Result<Self, String> {
        let primary = text.split(['-', '_']).next().unwrap_or_default();
        Self::ALL
            .into_iter()
            .find(|language| language.tag().eq_ignore_ascii_case(primary))
            .ok_or_else(|| format!("“{text}” is not a language of this program: choose en, es or ar"))
    }
}

/// One text in one or more languages. Empty in none: at least one text is there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "BTreeMap<Language, String>", into = "BTreeMap<Language, String>")]
pub struct LocalText(BTreeMap<Language, String>);

impl LocalText {
    /// The same words for readers of every language, as a street name.
    pub fn plain(text: impl Into<String>) -> Self {
        Self(BTreeMap::from([(Language::En, text.into())]))
    }

    /// Adds or replaces the words in `language`.
    #[must_use]
    pub fn with(mut self, language: Language, text: impl Into<String>) -> Self {
        self.0.insert(language, text.into());
        self
    }

    /// The words in just this language, if there are any.
    pub fn exactly(&self, language: Language) -> Option<&str> {
        self.0.get(&language).map(String::as_str)
    }

    /// The words in `language`, else in English, else in the first language there is.
    pub fn in_language(&self, language: Language) -> &str {
        self.0
            .get(&language)
            .or_else(|| self.0.get(&Language::En))
            .or_else(|| self.0.values().next())
            .map_or("", String::as_str)
    }
}

impl TryFrom<BTreeMap<Language, String>> for LocalText {
    type Error = &'static str;
    fn try_from(texts: BTreeMap<Language, String>) -> Result<Self, Self::Error> {
        if texts.is_empty() { Err("a text needs at least one language") } else { Ok(Self(texts)) }
    }
}

impl From<LocalText> for BTreeMap<Language, String> {
    fn from(text: LocalText) -> Self {
        text.0
    }
}
