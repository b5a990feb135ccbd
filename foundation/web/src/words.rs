//! Words for people, in their language: Fluent messages (projectfluent.org).

use civic::Language;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue, concurrent::FluentBundle};
use std::{collections::HashMap, sync::Arc};
use unic_langid::LanguageIdentifier;

/// What fills a variable of a message.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// A number, which also chooses between plural forms.
    Number(i64),
    /// A text.
    Text(String),
}

impl From<i64> for Value {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}

impl From<usize> for Value {
    fn from(number: usize) -> Self {
        Self::Number(i64::try_from(number).unwrap_or(i64::MAX))
    }
}

impl From<&i64> for Value {
    fn from(number: &i64) -> Self {
        Self::Number(*number)
    }
}

impl From<&usize> for Value {
    fn from(number: &usize) -> Self {
        (*number).into()
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<&String> for Value {
    fn from(text: &String) -> Self {
        Self::Text(text.clone())
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<&Value> for FluentValue<'static> {
    #[expect(clippy::cast_precision_loss, reason = "Fluent counts in f64, which is exact to 2^53")]
    fn from(value: &Value) -> Self {
        match value {
            Value::Number(number) => FluentValue::from(*number as f64),
            Value::Text(text) => FluentValue::from(text.clone()),
        }
    }
}

/// All messages of the town, by language. Cheap to clone.
#[derive(Clone)]
pub struct Words(Arc<[Dictionary; 3]>);

struct Dictionary {
    bundle: FluentBundle<FluentResource>,
    /// Messages without variables, formatted once: most of a page.
    plain: HashMap<String, String>,
    keys: Vec<String>,
}

/// Shown in place of a message that is missing; a test looks for it on every page.
pub const MISSING: &str = "⟦missing words⟧";

impl Words {
    /// Reads Fluent sources, each with its language.
    ///
    /// # Errors
    /// A sentence that names the language and what Fluent could not read or found twice.
    pub fn read<'a>(sources: impl IntoIterator<Item = &'a (Language, &'static str)>) -> Result<Self, String> {
        let mut bundles = Language::ALL.map(|language| (language, new_bundle(language), Vec::new()));
        for (language, text) in sources {
            let (_, bundle, keys) = bundles
                .iter_mut()
                .find(|(of, ..)| of == language)
                .ok_or_else(|| format!("{language} is not offered"))?;
            keys.extend(message_keys(text));
            let resource = FluentResource::try_new((*text).to_owned())
                .map_err(|(_, errors)| format!("{language}: a Fluent file cannot be read: {errors:?}"))?;
            bundle.add_resource(resource).map_err(|errors| format!("{language}: {errors:?}"))?;
        }
        Ok(Self(Arc::new(bundles.map(|(_, bundle, keys)| Dictionary::new(bundle, keys)))))
    }

    /// The words for readers of `language`.
    pub fn of(&self, language: Language) -> Sayings {
        Sayings { words: self.clone(), language }
    }

    /// Every message key there is in `language`, in the order of the sources.
    pub fn keys(&self, language: Language) -> &[String] {
        &self.dictionary(language).keys
    }

    fn dictionary(&self, language: Language) -> &Dictionary {
        match language {
            Language::En => &self.0[0],
            Language::Es => &self.0[1],
            Language::Ar => &self.0[2],
        }
    }
}

impl Dictionary {
    fn new(bundle: FluentBundle<FluentResource>, keys: Vec<String>) -> Self {
        let plain = keys
            .iter()
            .filter_map(|key| {
                let pattern = bundle.get_message(key)?.value()?;
                let mut errors = Vec::new();
                let text = bundle.format_pattern(pattern, None, &mut errors).into_owned();
                errors.is_empty().then(|| (key.clone(), text))
            })
            .collect();
        Self { bundle, plain, keys }
    }
}

/// The words of one language, as templates use them: `t.say("key")`.
#[derive(Clone)]
pub struct Sayings {
    words: Words,
    language: Language,
}

impl Sayings {
    /// The language of these words.
    pub fn language(&self) -> Language {
        self.language
    }

    /// The message `key`, which has no variables.
    pub fn say(&self, key: &str) -> &str {
        self.words.dictionary(self.language).plain.get(key).map_or(MISSING, String::as_str)
    }

    /// The message `key` for a list of messages, its variables left open as `…`.
    pub fn plain(&self, key: &str) -> String {
        let dictionary = self.words.dictionary(self.language);
        let Some(pattern) = dictionary.bundle.get_message(key).and_then(|message| message.value()) else {
            return MISSING.to_owned();
        };
        let text = dictionary.bundle.format_pattern(pattern, None, &mut Vec::new());
        let mut open = String::with_capacity(text.len());
        let mut rest = &*text;
        while let Some((before, after)) = rest.split_once("{$") {
            open.push_str(before);
            open.push('…');
            rest = after.split_once('}').map_or("", |(_, rest)| rest);
        }
        open + rest
    }

    /// Whether there is a message `key`.
    pub fn has(&self, key: &str) -> bool {
        self.words.dictionary(self.language).bundle.has_message(key)
    }

    /// The message `key` with its variables filled in.
    pub fn with(&self, key: &str, values: &[(&str, Value)]) -> String {
        let dictionary = self.words.dictionary(self.language);
        let Some(pattern) = dictionary.bundle.get_message(key).and_then(|message| message.value()) else {
            return MISSING.to_owned();
        };
        let mut arguments = FluentArgs::with_capacity(values.len());
        for (name, value) in values {
            arguments.set((*name).to_owned(), FluentValue::from(value));
        }
        dictionary.bundle.format_pattern(pattern, Some(&arguments), &mut Vec::new()).into_owned()
    }

    /// The message `key` with one variable: `t.with1("greeting", "name", name)`.
    pub fn with1(&self, key: &str, name: &str, value: impl Into<Value>) -> String {
        self.with(key, &[(name, value.into())])
    }

    /// The message `key` with two variables.
    pub fn with2(&self, key: &str, first: &str, one: impl Into<Value>, second: &str, two: impl Into<Value>) -> String {
        self.with(key, &[(first, one.into()), (second, two.into())])
    }
}

/// A bundle without bidi isolation marks: pages isolate with `<bdi>` where it matters,
/// and the marks would end up in mails, CSV and feeds.
fn new_bundle(language: Language) -> FluentBundle<FluentResource> {
    let identifier: LanguageIdentifier = language.tag().parse().expect("the three tags are valid BCP 47");
    let mut bundle = FluentBundle::new_concurrent(vec![identifier]);
    bundle.set_use_isolating(false);
    bundle
}

/// The keys of a Fluent source: `key = …` at the start of a line.
fn message_keys(text: &str) -> impl Iterator<Item = String> + '_ {
    text.lines().filter_map(|line| {
        let (key, _) = line.split_once('=')?;
        let key = key.trim_end();
        let is_key = key.starts_with(|c: char| c.is_ascii_alphabetic())
            && key.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_');
        is_key.then(|| key.to_owned())
    })
}
