//! A conversation of the demo town: texts of our own, and a population that is simulated and said to be.

mod population;
mod texts;

use super::{replay::setter, stands_at};
use anyhow::{Context as _, anyhow};
use civic::Language;
use conversations::{
    Advance, Definition, Entry, FactsText, Hand, ModerateStatement, Moderation, Source, StatementAct, add_seeds,
    advance_conversation, moderate_statement, set_facts, simulate, start_conversation,
};
use futures_util::future::try_join_all;
use std::collections::BTreeMap;
use web::{Stop, Town};

/// Days before the demo's day on which it began.
const BEGAN_DAYS: i64 = 21;
/// Days after it on which it ends.
const ENDS_DAYS: i64 = 27;
/// Frames of the playback.
const FRAMES: usize = 8;

/// Makes the conversation.
///
/// # Errors
/// A sentence that says what stands in the way.
pub(super) async fn build(town: &Town) -> anyhow::Result<()> {
    let begun = stands_at().plus_days(-BEGAN_DAYS);
    let then = town.at(begun);
    let districts = town.part::<places::Districts>().all().into_iter().map(|(code, _)| code).collect::<Vec<_>>();
    let definition = Definition { census: census(&districts), ..definition() };
    let made = start_conversation(&then, setter(), definition).await.map_err(in_words)?;
    let code = made.code.to_string();
    let english: Vec<String> = texts::STATEMENTS.iter().map(|one| one.en.to_owned()).collect();
    add_seeds(&then, setter(), &code, Language::En, english).await.map_err(in_words)?;
    let translations = (0_i64..).zip(texts::STATEMENTS).flat_map(|(number, one)| {
        [(Language::Es, one.es), (Language::Ar, one.ar)].map(|(language, words)| ModerateStatement {
            conversation: code.clone(),
            number,
            act: StatementAct::Translate(language, words.to_owned()),
        })
    });
    try_join_all(translations.map(|act| moderate_statement(&then, setter(), act))).await.map_err(in_words)?;
    set_facts(&then, setter(), &code, facts()).await.map_err(in_words)?;
    advance_conversation(&then, setter(), &code, Advance::Publish).await.map_err(in_words)?;
    let people = population::population(begun, stands_at(), &districts);
    simulate(&town.at(stands_at()), &code, people, FRAMES).await.map_err(in_words).context("the simulated people")
}

fn definition() -> Definition {
    let of = |texts: [&str; 3]| -> BTreeMap<Language, String> {
        Language::ALL.into_iter().zip(texts.map(str::to_owned)).collect()
    };
    Definition {
        question: of(texts::QUESTION),
        introduction: of(texts::INTRODUCTION),
        moderation: Moderation::First,
        entry: Entry::Anybody,
        closes_at: Some(stands_at().plus_days(ENDS_DAYS)),
        ..Definition::default()
    }
}

/// How many live in each district: made up like the town, between 6,000 and 10,000.
fn census(districts: &[String]) -> BTreeMap<String, i64> {
    (0_i64..).zip(districts).map(|(at, code)| (code.clone(), 6_000 + at * 7_919 % 4_000)).collect()
}

fn facts() -> FactsText {
    FactsText {
        words: Language::ALL.into_iter().zip(texts::FACTS.map(str::to_owned)).collect(),
        original: Some(Language::En),
        translated: [(Language::Es, Hand::Machine), (Language::Ar, Hand::Machine)].into(),
        sources: vec![Source {
            label: "Reports of this town by district".to_owned(),
            url: "/requests/figures".to_owned(),
        }],
    }
}

fn in_words(stop: Stop) -> anyhow::Error {
    match stop {
        Stop::Busy(why) | Stop::Fault(why) => anyhow!("{why}"),
        other => anyhow!("{other:?}"),
    }
}
