//! The words of pictures, which are shown to people in their language; what a terminal says is English.

use clap::ValueEnum;
use fluent_bundle::{FluentArgs, FluentBundle, FluentResource, FluentValue};
use unic_langid::LanguageIdentifier;

/// A language of pictures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum Language {
    /// English.
    #[default]
    En,
    /// Spanish.
    Es,
    /// Arabic, from right to left.
    Ar,
}

impl Language {
    fn source(self) -> (&'static str, &'static str) {
        match self {
            Self::En => ("en", include_str!("../messages/en.ftl")),
            Self::Es => ("es", include_str!("../messages/es.ftl")),
            Self::Ar => ("ar", include_str!("../messages/ar.ftl")),
        }
    }

    /// Its tag.
    pub fn tag(self) -> &'static str {
        self.source().0
    }

    /// Whether it is written from right to left.
    pub fn is_rtl(self) -> bool {
        self == Self::Ar
    }
}

/// The words of one language.
pub struct Words {
    bundle: FluentBundle<FluentResource>,
    /// Which.
    pub language: Language,
}

impl Words {
    /// The words of a language.
    pub fn of(language: Language) -> Self {
        let (tag, source) = language.source();
        let identifier: LanguageIdentifier = tag.parse().expect("the tags are valid BCP 47");
        let mut bundle = FluentBundle::new(vec![identifier]);
        bundle.set_use_isolating(false);
        // A test reads every message of every language, so none is lost here.
        let resource = FluentResource::try_new(source.to_owned()).unwrap_or_else(|(resource, _)| resource);
        bundle.add_resource_overriding(resource);
        Self { bundle, language }
    }

    /// A message, its variables filled in; its key where there is none.
    pub fn say(&self, key: &str, values: &[(&str, FluentValue<'_>)]) -> String {
        let Some(pattern) = self.bundle.get_message(key).and_then(|message| message.value()) else {
            return key.to_owned();
        };
        let arguments: FluentArgs<'_> = values.iter().map(|(name, value)| (*name, value.clone())).collect();
        self.bundle.format_pattern(pattern, Some(&arguments), &mut Vec::new()).into_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    fn keys(language: Language) -> BTreeSet<String> {
        let lines = language.source().1.lines();
        lines
            .filter(|line| line.starts_with(|letter: char| letter.is_ascii_lowercase()))
            .filter_map(|line| Some(line.split_once(" = ")?.0.to_owned()))
            .collect()
    }

    #[test]
    fn every_language_has_every_message() {
        let english = keys(Language::En);
        assert!(english.len() > 30, "{english:?}");
        for language in [Language::En, Language::Es, Language::Ar] {
            assert_eq!(keys(language), english, "{language:?}");
            assert!(FluentResource::try_new(language.source().1.to_owned()).is_ok(), "{language:?}");
            let words = Words::of(language);
            for key in &english {
                assert_ne!(&words.say(key, &[]), key, "{language:?} has no {key}");
            }
        }
    }

    #[test]
    fn every_warning_of_the_map_has_its_words() {
        use opinion_map::Warning;
        let all = [
            Warning::TooFewPeople { people: 3 },
            Warning::NotSeparated { silhouette: 0.1, cloud: 0.2 },
            Warning::Gradual { silhouette: 0.1, cloud: 0.2 },
            Warning::NotStable { agreement: 0.1 },
            Warning::NumberUnsure { same_number_share: 0.1 },
            Warning::GroupNotStable { group: 1, found_again: 0.1 },
            Warning::SeparationNotMeasured,
            Warning::StabilityNotMeasured,
            Warning::AxesNotExact,
        ];
        let english = keys(Language::En);
        for warning in all {
            assert!(english.contains(&format!("warning-{}", warning.code())), "{warning:?}");
        }
        assert_eq!(english.iter().filter(|key| key.starts_with("warning-")).count(), all.len());
    }
}
