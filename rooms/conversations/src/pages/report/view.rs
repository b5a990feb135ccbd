//! A report, for machines.

use crate::{
    books::Known,
    commands::digest,
    model::{Edition, Frozen, Section},
    promised::Promised,
    views::{PromiseView, by_language, is_public, path},
};
use civic::Language;
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::BTreeMap;
use web::Town;

/// Statements of each list of the overview.
const LISTED: usize = 50;

/// What came of a conversation, for machines.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ReportView {
    /// The reference of the conversation.
    pub conversation: String,
    /// The page of the report.
    pub url: String,
    /// What was asked, by language.
    pub question: BTreeMap<String, String>,
    /// The edition in force; `null` where none was published, or it was taken back.
    pub edition: Option<EditionView>,
    /// All editions, the newest first.
    pub editions: Vec<EditionLineView>,
    /// What the map says now; `null` where there is none, or while it is hidden.
    pub overview: Option<OverviewView>,
    /// All that was promised in answer.
    pub promises: Vec<PromiseView>,
}

/// An edition in a list, for machines.
#[derive(Debug, Serialize, JsonSchema)]
pub struct EditionLineView {
    /// Counts the editions, from 1.
    pub edition: i64,
    /// `report`, or `withdrawn` where it takes the one before back.
    pub state: String,
    /// When it was published.
    pub at: String,
    /// Why, in the words of a facilitator; empty for the first.
    pub reason: String,
    /// The older edition that it puts in force again.
    pub restored: Option<i64>,
    /// Its page.
    pub url: String,
}

/// An edition, for machines.
#[derive(Debug, Serialize, JsonSchema)]
pub struct EditionView {
    /// Which one.
    #[serde(flatten)]
    pub line: EditionLineView,
    /// Its parts, in order.
    pub sections: Vec<SectionView>,
    /// The figures that stood then; `null` where it takes a report back, and while map and counts are hidden.
    pub figures: Option<Frozen>,
    /// The SHA-256 of the bytes at `figures_url`, as the record has it; empty where there are none.
    pub figures_sha256: String,
    /// Where those bytes are.
    pub figures_url: String,
}

/// A part of a report, for machines.
#[derive(Debug, Serialize, JsonSchema)]
pub struct SectionView {
    /// What it is called, by language.
    pub heading: BTreeMap<String, String>,
    /// What facilitators say, by language, in a small part of CommonMark.
    pub words: BTreeMap<String, String>,
    /// The statements it shows, in order.
    pub statements: Vec<ChosenView>,
    /// The numbers of the promises it shows, in order.
    pub promises: Vec<i64>,
}

/// A statement of a report, for machines.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ChosenView {
    /// Its number.
    pub number: i64,
    /// Its words as they were written; empty where they are not public any more.
    pub words: String,
}

/// What a map says, as lists of statements by number; its figures are in the JSON of the map.
#[derive(Debug, Serialize, JsonSchema)]
pub struct OverviewView {
    /// When the map was drawn.
    pub drawn_at: String,
    /// Where all chance in it comes from.
    pub seed: u64,
    /// How many people answered at least one statement.
    pub people: usize,
    /// How many answers count.
    pub answers: usize,
    /// `clear`, `gradual`, `no-clear-groups` or `not-measured`.
    pub clarity: String,
    /// What every group agrees with (group-informed consensus); none where there are no groups.
    pub across: Vec<i64>,
    /// What most people agree with.
    pub agreed: Vec<i64>,
    /// What most people disagree with.
    pub rejected: Vec<i64>,
    /// Where groups differ.
    pub divisive: Vec<i64>,
    /// What many are not sure about.
    pub uncertain: Vec<i64>,
}

/// The view of all.
pub(super) fn report_view(
    town: &Town,
    known: &Known,
    promised: &Promised,
    editions: &[Edition],
    language: Language,
) -> ReportView {
    let one = &known.conversation;
    let code = one.code.as_str();
    let public = |number: &i64| known.statement(*number).is_some_and(is_public);
    let listed = |all: &[i64]| all.iter().copied().filter(public).take(LISTED).collect::<Vec<i64>>();
    ReportView {
        conversation: code.to_owned(),
        url: town.url(&format!("{}/report", path(code))),
        question: by_language(&one.question),
        edition: known.report().map(|edition| edition_view(town, known, edition)),
        editions: editions.iter().map(|edition| line(town, code, edition)).collect(),
        overview: known.map.as_ref().map(|map| {
            let across: Vec<i64> = map.across_groups(LISTED).iter().map(|one| one.number).collect();
            let divisive: Vec<i64> = map.divisive.iter().map(|one| one.statement).collect();
            OverviewView {
                drawn_at: map.drawn_at.clone(),
                seed: map.seed,
                people: map.people,
                answers: map.reactions,
                clarity: map.clarity.clone(),
                across: if map.has_groups() { listed(&across) } else { Vec::new() },
                agreed: listed(&map.agreed),
                rejected: listed(&map.rejected),
                divisive: if map.has_groups() { listed(&divisive) } else { Vec::new() },
                uncertain: listed(&map.uncertain),
            }
        }),
        promises: known.promises.iter().map(|promise| promised.view(town, code, promise, language)).collect(),
    }
}

fn line(town: &Town, code: &str, edition: &Edition) -> EditionLineView {
    EditionLineView {
        edition: edition.number,
        state: edition.state.word().to_owned(),
        at: edition.at.rfc3339(),
        reason: edition.reason.clone(),
        restored: edition.restored,
        url: town.url(&format!("{}/report/{}", path(code), edition.number)),
    }
}

/// The view of an edition.
pub(super) fn edition_view(town: &Town, known: &Known, edition: &Edition) -> EditionView {
    let code = known.conversation.code.as_str();
    let chosen = |number: &i64| {
        let statement = known.statement(*number).filter(|one| is_public(one));
        ChosenView { number: *number, words: statement.map(|one| one.words.original.clone()).unwrap_or_default() }
    };
    let section = |one: &Section| SectionView {
        heading: by_language(&one.heading),
        words: by_language(&one.words),
        statements: one.statements.iter().map(chosen).collect(),
        promises: one.promises.clone(),
    };
    let has_figures = !edition.figures.is_empty();
    let own = format!("{}/report/{}/figures", path(code), edition.number);
    EditionView {
        line: line(town, code, edition),
        sections: edition.content.sections.iter().map(section).collect(),
        figures: edition.frozen().filter(|_| !known.hides_map),
        figures_sha256: if has_figures { digest(&edition.figures) } else { String::new() },
        figures_url: if has_figures { town.url(&own) } else { String::new() },
    }
}
