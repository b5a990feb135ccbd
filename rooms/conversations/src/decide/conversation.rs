//! What a conversation may say of itself.

use super::plain;
use crate::model::{Entry, Hand, MapShown, Moderation, Source};
use civic::{Language, LocalText, Moment, OrganisationId, Subject};
use people::roll::{AGE_LIMIT, Eligible};
use std::collections::BTreeMap;
use web::Refusal;

/// Characters of a question.
pub const QUESTION_LIMIT: usize = 200;
/// Characters of an introduction.
pub const INTRODUCTION_LIMIT: usize = 4_000;
/// Characters of the facts.
pub const FACTS_LIMIT: usize = 10_000;
/// Sources of the facts.
pub const SOURCES_LIMIT: usize = 30;
/// Characters of a promise.
pub const PROMISE_LIMIT: usize = 600;

/// What a facilitator sets.
#[derive(Debug, Clone, PartialEq)]
pub struct Definition {
    /// The question by language.
    pub question: BTreeMap<Language, String>,
    /// Why it is asked, by language.
    pub introduction: BTreeMap<Language, String>,
    /// Who answers for it.
    pub organisation: Option<OrganisationId>,
    /// When somebody looks at new statements.
    pub moderation: Moderation,
    /// Who may take part.
    pub entry: Entry,
    /// What is asked of people on the roll.
    pub eligible: Eligible,
    /// When it begins.
    pub opens_at: Option<Moment>,
    /// When it ends.
    pub closes_at: Option<Moment>,
    /// Until when statements can be written.
    pub writing_until: Option<Moment>,
    /// When the map and the counts are shown.
    pub map_shown: MapShown,
    /// People by district.
    pub census: BTreeMap<String, i64>,
    /// What it is about.
    pub about: Option<Subject>,
}

impl Default for Definition {
    fn default() -> Self {
        Self {
            question: BTreeMap::new(),
            introduction: BTreeMap::new(),
            organisation: None,
            moderation: Moderation::First,
            entry: Entry::Anybody,
            eligible: Eligible::default(),
            opens_at: None,
            closes_at: None,
            writing_until: None,
            map_shown: MapShown::Open,
            census: BTreeMap::new(),
            about: None,
        }
    }
}

/// A definition that holds.
pub struct Checked {
    /// What is asked.
    pub question: LocalText,
    /// Why.
    pub introduction: LocalText,
}

/// Looks whether a definition can be kept; `first` is the town's first language, in which the question must be there.
pub fn check_definition(definition: &Definition, first: Language) -> Result<Checked, Vec<Refusal>> {
    let mut refusals = Vec::new();
    let question = texts(&definition.question, "question", QUESTION_LIMIT, &mut refusals);
    let introduction = texts(&definition.introduction, "introduction", INTRODUCTION_LIMIT, &mut refusals);
    if !question.contains_key(&first) {
        refusals.push(Refusal::new("conversation-question").at("question").with("most", QUESTION_LIMIT));
    }
    if let (Some(opens), Some(closes)) = (definition.opens_at, definition.closes_at)
        && opens >= closes
    {
        refusals.push(Refusal::new("conversation-ends-first").at("closes"));
    }
    let out = |until| {
        definition.opens_at.is_some_and(|opens| until <= opens)
            || definition.closes_at.is_some_and(|closes| until > closes)
    };
    if definition.writing_until.is_some_and(out) {
        refusals.push(Refusal::new("conversation-writing-until").at("writing"));
    }
    let eligible = &definition.eligible;
    if eligible.least_age.is_some_and(|age| age == 0 || age > AGE_LIMIT) {
        refusals.push(Refusal::new("conversation-age").at("least_age").with("most", i64::from(AGE_LIMIT)));
    }
    if !eligible.is_everybody() && definition.entry != Entry::Roll {
        refusals.push(Refusal::new("conversation-eligible-roll").at("entry"));
    }
    if definition.census.values().any(|people| *people < 0) {
        refusals.push(Refusal::new("conversation-census").at("census"));
    }
    if !refusals.is_empty() {
        return Err(refusals);
    }
    let local = |texts| LocalText::try_from(texts).unwrap_or_else(|_| LocalText::plain(""));
    Ok(Checked { question: local(question), introduction: local(introduction) })
}

fn texts(
    given: &BTreeMap<Language, String>,
    field: &'static str,
    most: usize,
    refusals: &mut Vec<Refusal>,
) -> BTreeMap<Language, String> {
    let mut kept = BTreeMap::new();
    for (language, text) in given.iter().filter(|(_, text)| !text.trim().is_empty()) {
        match plain(text, field, most) {
            Ok(text) => {
                kept.insert(*language, text);
            }
            Err(refusal) => refusals.push(refusal),
        }
    }
    kept
}

/// The facts as a facilitator writes them.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct FactsText {
    /// The facts by language.
    pub words: BTreeMap<Language, String>,
    /// The language in which they were written; the first of the town that is there, where nothing is said.
    pub original: Option<Language>,
    /// By whom they were translated into others.
    pub translated: BTreeMap<Language, Hand>,
    /// What they rest on.
    pub sources: Vec<Source>,
}

/// Facts that hold.
pub struct CheckedFacts {
    /// The facts.
    pub words: LocalText,
    /// The language in which they were written.
    pub original: Language,
    /// By whom they were translated into the others that are there.
    pub translated: BTreeMap<Language, Hand>,
    /// What they rest on.
    pub sources: Vec<Source>,
}

/// Looks whether facts can be kept; `languages` are those of the town.
pub fn check_facts(facts: &FactsText, languages: &[Language]) -> Result<CheckedFacts, Vec<Refusal>> {
    let mut refusals = Vec::new();
    let words = texts(&facts.words, "facts", FACTS_LIMIT, &mut refusals);
    if facts.sources.len() > SOURCES_LIMIT {
        refusals.push(Refusal::new("conversation-sources-many").at("sources").with("most", SOURCES_LIMIT));
    }
    for source in &facts.sources {
        if !is_address(&source.url) {
            refusals.push(Refusal::new("conversation-source").at("sources").with("source", short(&source.label)));
        }
    }
    if words.is_empty() {
        refusals.push(Refusal::new("conversation-facts-empty").at("facts"));
    }
    let there = |language: &Language| words.contains_key(language);
    let first = languages.iter().copied().find(there).or_else(|| words.keys().next().copied());
    let original = facts.original.or(first);
    if !words.is_empty() && original.is_none_or(|original| !there(&original)) {
        refusals.push(Refusal::new("conversation-facts-original").at("original"));
    }
    let others = facts.translated.iter().filter(|(language, _)| there(language) && Some(**language) != original);
    let translated = others.map(|(language, hand)| (*language, *hand)).collect();
    match (LocalText::try_from(words), original) {
        (Ok(words), Some(original)) if refusals.is_empty() => {
            Ok(CheckedFacts { words, original, translated, sources: facts.sources.clone() })
        }
        _ => Err(refusals),
    }
}

/// An address of the web, or a path of this town: nothing that a click would run.
fn is_address(url: &str) -> bool {
    let local = url.starts_with('/') && !url.starts_with("//");
    let plain = url.chars().all(|c| !c.is_whitespace() && !c.is_control()) && url.len() <= 1_000;
    plain && (local || url.starts_with("https://") || url.starts_with("http://"))
}

fn short(text: &str) -> String {
    text.chars().take(60).collect()
}

/// A promise as a facilitator writes it.
#[derive(Debug, Clone, PartialEq)]
pub struct PromiseText {
    /// What, by language.
    pub words: BTreeMap<Language, String>,
    /// The organisation that promises it; nothing for the whole town.
    pub organisation: Option<OrganisationId>,
    /// By when, as 2026-11-23; empty for no day.
    pub due_on: String,
    /// The statements it answers.
    pub statements: Vec<i64>,
}

/// Looks whether a promise can be kept; `known` says whether a statement is there, `today` is the day in the town.
pub fn check_promise(
    promise: &PromiseText,
    today: jiff::civil::Date,
    known: impl Fn(i64) -> bool,
) -> Result<LocalText, Vec<Refusal>> {
    let mut refusals = Vec::new();
    let words = texts(&promise.words, "promise", PROMISE_LIMIT, &mut refusals);
    if words.is_empty() {
        refusals.push(Refusal::new("conversation-promise-empty").at("promise"));
    }
    match promise.due_on.parse::<jiff::civil::Date>() {
        _ if promise.due_on.is_empty() => {}
        Ok(day) if day >= today => {}
        Ok(_) => refusals.push(Refusal::new("conversation-day-past").at("due")),
        Err(_) => refusals.push(Refusal::new("conversation-day").at("due")),
    }
    if let Some(number) = promise.statements.iter().find(|number| !known(**number)) {
        refusals.push(Refusal::new("statement-unknown").at("statements").with("number", *number));
    }
    match LocalText::try_from(words) {
        Ok(words) if refusals.is_empty() => Ok(words),
        _ => Err(refusals),
    }
}

#[cfg(test)]
mod tests {
    use super::{FactsText, check_facts};
    use crate::model::{Hand, Source};
    use civic::Language;
    use std::collections::BTreeMap;

    #[test]
    fn sources_lead_to_pages_and_run_nothing() {
        let facts = |url: &str| FactsText {
            words: BTreeMap::from([(Language::En, "Six of ten trips are shorter than 5 km.".to_owned())]),
            sources: vec![Source { label: "Survey".to_owned(), url: url.to_owned() }],
            ..FactsText::default()
        };
        let check_facts = |facts: &FactsText| check_facts(facts, &Language::ALL);
        for good in ["https://example.org/a?b=c", "http://example.org", "/requests/figures"] {
            assert!(check_facts(&facts(good)).is_ok(), "{good}");
        }
        for bad in ["javascript:alert(1)", "//example.org", "example.org", "https://a b", "data:text/html,x", ""] {
            assert_eq!(check_facts(&facts(bad)).err().unwrap()[0].code, "conversation-source", "{bad}");
        }
    }

    #[test]
    fn what_is_no_translation_is_named_as_none() {
        let mut facts = FactsText {
            words: BTreeMap::from([(Language::Es, "Seis de diez.".to_owned()), (Language::Ar, "ستة".to_owned())]),
            translated: BTreeMap::from([(Language::Es, Hand::Person), (Language::Ar, Hand::Machine)]),
            ..FactsText::default()
        };
        let checked = check_facts(&facts, &Language::ALL).unwrap();
        assert_eq!((checked.original, checked.translated.len()), (Language::Es, 1));
        assert_eq!(checked.translated[&Language::Ar], Hand::Machine);
        facts.original = Some(Language::En);
        assert_eq!(check_facts(&facts, &Language::ALL).err().unwrap()[0].code, "conversation-facts-original");
    }
}
