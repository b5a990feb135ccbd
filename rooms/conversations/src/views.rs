//! Read models, shared by pages and machines.

use crate::{
    books::{Books, Known},
    export::written_at,
    levels::LevelView,
    model::{Cited, Draft, Facts, Phase, Source, Standing, Statement},
    promised::{GrownView, Promised},
};
use civic::{Language, LocalText, Moment};
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use web::{Town, dates};

/// A conversation, for machines.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct ConversationView {
    /// What people call it, as `C-7K2M`.
    pub code: String,
    /// Its page.
    pub url: String,
    /// What is asked, by language.
    pub question: BTreeMap<String, String>,
    /// Why, by language.
    pub introduction: BTreeMap<String, String>,
    /// `coming`, `open` or `closed`.
    pub phase: String,
    /// When it begins.
    pub opens_at: Option<String>,
    /// When it ends or ended.
    pub closes_at: Option<String>,
    /// Until when statements can be written; until the end where it does not say.
    pub writing_until: Option<String>,
    /// `open`, or `at-end`: map and counts are hidden until the conversation ended.
    pub map_shown: String,
    /// `anybody`, `account` or `roll`.
    pub entry: String,
    /// The age in whole years that the roll asks for.
    pub least_age: Option<u8>,
    /// The districts in one of which the roll asks people to live; none where it does not matter.
    pub lives_in: Vec<String>,
    /// How many people and answers came at which level, as the map was drawn.
    pub levels: Vec<LevelView>,
    /// `open`: statements are public at once; `first`: somebody looks at them before.
    pub moderation: String,
    /// How many people answered.
    pub people: usize,
    /// How many answers count.
    pub answers: usize,
    /// How many statements people are asked.
    pub statements: usize,
    /// The seed of its map.
    pub seed: u64,
    /// The facts in force.
    pub facts: Option<FactsView>,
    /// What the town promised in answer.
    pub promises: Vec<PromiseView>,
    /// Summaries that a machine drafted and facilitators accepted, by language.
    pub summaries: Vec<SummaryView>,
    /// The edition of its report that is in force; all of it is at `report.json`.
    pub report_edition: Option<i64>,
    /// Where it was held, and whom to name, when it was taken over.
    pub attribution: Option<String>,
    /// What it is about, as `kind/id`.
    pub about: Option<String>,
}

/// A summary that a machine drafted and facilitators made public, for machines.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct SummaryView {
    /// The language it is in.
    pub language: String,
    /// Which machine drafted it.
    pub machine: String,
    /// When facilitators made it public.
    pub published_at: Option<String>,
    /// Its sentences.
    pub sentences: Vec<SentenceView>,
}

/// A sentence of a summary, for machines.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct SentenceView {
    /// The sentence.
    pub text: String,
    /// The numbers of the statements it rests on.
    pub statements: Vec<i64>,
}

/// An edition of the facts, for machines.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct FactsView {
    /// Counts the editions.
    pub edition: i64,
    /// Since when.
    pub at: String,
    /// The facts, by language.
    pub words: BTreeMap<String, String>,
    /// The language in which they were written.
    pub original: String,
    /// By whom they were translated into others, `person` or `machine`; a language that is missing here is not said.
    pub translated: BTreeMap<String, String>,
    /// What they rest on.
    pub sources: Vec<SourceView>,
}

/// A source, for machines.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct SourceView {
    /// What it is called.
    pub label: String,
    /// Where it is.
    pub url: String,
}

/// A promise, for machines.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct PromiseView {
    /// Counts the promises.
    pub number: i64,
    /// Its subject, as `promise/C-7K2M.2`.
    pub subject: String,
    /// Its page.
    pub url: String,
    /// What, by language.
    pub words: BTreeMap<String, String>,
    /// The name of who promised it.
    pub by_whom: String,
    /// The code of that organisation; nothing for the whole town.
    pub organisation: Option<String>,
    /// By when.
    pub due_on: Option<String>,
    /// The statements it answers.
    pub statements: Vec<i64>,
    /// The commitments that grew out of it, with how they stand.
    pub led_to: Vec<GrownView>,
}

/// A statement, for machines.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct StatementView {
    /// Its number.
    pub number: i64,
    /// Its words as they were written.
    pub words: String,
    /// The language they are in; empty where nobody knows.
    pub language: String,
    /// The same in other languages.
    pub translations: BTreeMap<String, String>,
    /// `open`, `merged` or `split`.
    pub state: String,
    /// The statement that goes on, when it was merged.
    pub merged_into: Option<i64>,
    /// The statements that go on, when it was split.
    pub split_into: Vec<i64>,
    /// The statement it was split from, to which the credit belongs.
    pub split_from: Option<i64>,
    /// Whether it is about the people, not the matter.
    pub meta: bool,
    /// Whether the facilitators began with it.
    pub seeded: bool,
    /// Who agreed; `null` while the counts are hidden.
    pub agrees: Option<i64>,
    /// Who disagreed; `null` while the counts are hidden.
    pub disagrees: Option<i64>,
    /// Who passed; `null` while the counts are hidden.
    pub passes: Option<i64>,
    /// To how many it is important; `null` for fewer than 5, but more than none, and while the counts are hidden.
    pub important: Option<i64>,
    /// Product over the groups of (agrees + 1) / (seen + 2), where there is a map.
    pub group_informed: Option<f64>,
    /// When it was written; of a conversation held here the beginning of that day.
    pub at: String,
}

pub(crate) fn by_language(text: &LocalText) -> BTreeMap<String, String> {
    Language::ALL
        .into_iter()
        .filter_map(|language| Some((language.tag().to_owned(), text.exactly(language)?.to_owned())))
        .filter(|(_, words)| !words.is_empty())
        .collect()
}

/// The view of a conversation that is public.
pub fn conversation_view(
    town: &Town,
    known: &Known,
    promised: &Promised,
    (now, language): (Moment, Language),
) -> ConversationView {
    let one = &known.conversation;
    let phase = one.phase(now);
    let ended = match phase {
        Phase::Closed(at) => Some(at),
        _ => one.closes_at,
    };
    ConversationView {
        code: one.code.to_string(),
        url: town.url(&path(one.code.as_str())),
        question: by_language(&one.question),
        introduction: by_language(&one.introduction),
        phase: phase.word().to_owned(),
        opens_at: one.opens_at.or(one.published_at).map(Moment::rfc3339),
        closes_at: ended.map(Moment::rfc3339),
        writing_until: one.writing_until.map(Moment::rfc3339),
        map_shown: one.map_shown.word().to_owned(),
        entry: one.entry.word().to_owned(),
        least_age: one.eligible.least_age,
        lives_in: one.eligible.lives_in.clone(),
        levels: known.map.as_ref().map(|map| map.levels.clone()).unwrap_or_default(),
        moderation: one.moderation.word().to_owned(),
        people: known.totals.0,
        answers: known.totals.1,
        statements: known.asked.len(),
        seed: one.seed,
        facts: known.facts.as_ref().map(facts_view),
        promises: known
            .promises
            .iter()
            .map(|promise| promised.view(town, one.code.as_str(), promise, language))
            .collect(),
        summaries: known.summaries.iter().map(|draft| summary_view(known, draft)).collect(),
        report_edition: known.report().map(|edition| edition.number),
        attribution: one.origin.as_ref().map(|origin| origin.attribution.clone()),
        about: one.about.as_ref().map(ToString::to_string),
    }
}

fn summary_view(known: &Known, draft: &Draft) -> SummaryView {
    let content = draft.content.resting_on(|number| known.statement(number).is_some_and(is_public));
    let sentence = |one: Cited| SentenceView { text: one.text, statements: one.statements };
    SummaryView {
        language: draft.language.tag().to_owned(),
        machine: draft.machine.clone(),
        published_at: draft.decided_at.map(Moment::rfc3339),
        sentences: content.summary.into_iter().map(sentence).collect(),
    }
}

/// The view of an edition of the facts.
pub fn facts_view(facts: &Facts) -> FactsView {
    let source = |one: &Source| SourceView { label: one.label.clone(), url: one.url.clone() };
    FactsView {
        edition: facts.version,
        at: facts.at.rfc3339(),
        words: by_language(&facts.words),
        original: facts.original.tag().to_owned(),
        translated: facts
            .translated
            .iter()
            .map(|(language, hand)| (language.tag().to_owned(), hand.word().to_owned()))
            .collect(),
        sources: facts.sources.iter().map(source).collect(),
    }
}

/// Whether a statement is public: asked, merged into one that is, or split into some.
pub fn is_public(one: &Statement) -> bool {
    let stands = matches!(one.standing, Standing::Open | Standing::Merged(_) | Standing::Split);
    stands && !one.words.original.is_empty()
}

/// The view of a statement that is public.
pub fn statement_view(known: &Known, one: &Statement, important: Option<i64>) -> StatementView {
    let figures = known.map.as_ref().and_then(|map| map.figures(one.number));
    let count = |of: fn(&crate::map_view::StatementFigures) -> u32| {
        (!known.hides_map).then(|| figures.map_or(0, |figures| i64::from(of(figures))))
    };
    StatementView {
        number: one.number,
        words: one.words.original.clone(),
        language: one.words.language.clone(),
        translations: one.words.translations.iter().map(|(tag, words)| (tag.tag().to_owned(), words.clone())).collect(),
        state: one.standing.word().to_owned(),
        merged_into: match one.standing {
            Standing::Merged(into) => Some(into),
            _ => None,
        },
        split_into: known.parts_of(one.number),
        split_from: one.split_from,
        meta: one.meta,
        seeded: one.seeded,
        agrees: count(|one| one.agrees),
        disagrees: count(|one| one.disagrees),
        passes: count(|one| one.passes),
        important: important.filter(|_| !known.hides_map),
        group_informed: figures.map(|figures| figures.group_informed),
        at: written_at(known, one).rfc3339(),
    }
}

/// The words of a statement for a reader, with the original beside a translation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// The statement's number.
    pub number: i64,
    /// The words.
    pub words: String,
    /// Their language; empty where nobody knows.
    pub lang: String,
    /// The words as they were written and their language, where what is shown is a translation; else both empty.
    pub original: String,
    /// See `original`.
    pub original_lang: String,
}

/// What a reader of `language` reads of a statement.
pub fn said(one: &Statement, language: Language) -> Said {
    let (words, translated) = one.words.in_language(language);
    let lang = if translated { language.tag().to_owned() } else { one.words.language.clone() };
    Said {
        number: one.number,
        words: words.to_owned(),
        lang,
        original: if translated { one.words.original.clone() } else { String::new() },
        original_lang: if translated { one.words.language.clone() } else { String::new() },
    }
}

/// The path of a conversation.
pub fn path(code: &str) -> String {
    format!("/conversations/{code}")
}

/// The path of a promise.
pub fn promise_path(code: &str, number: i64) -> String {
    format!("{}/promises/{number}", path(code))
}

/// How many take part in each conversation that is open, for pages that stay open.
pub fn live_numbers(town: &Town, language: Language) -> Value {
    let number = |count: usize| dates::number(i64::try_from(count).unwrap_or(i64::MAX), language);
    let mut numbers = Map::new();
    for known in town.part::<Books>().all() {
        if known.conversation.phase(town.now()) == Phase::Open {
            let (people, answers) = known.totals;
            let value = json!({"people": number(people), "answers": number(answers)});
            numbers.insert(known.conversation.code.to_string(), value);
        }
    }
    Value::Object(numbers)
}
