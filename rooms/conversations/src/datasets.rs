//! What the town publishes of its conversations: each of them with its totals, and how each statement was answered. Nobody's words and
//! nobody's answers are in it.

use crate::{
    importance::{SMALL, protected},
    model::{Conversation, Statement},
    store::{self, Tally},
};
use database::{DbError, Tx};
use people::organisations;
use std::collections::BTreeMap;
use web::{Town, manifest::OwnDataset};

/// The datasets.
pub const DATASETS: &[OwnDataset] = &[
    OwnDataset {
        name: "conversations",
        title: "own-conversations-title",
        notes: "own-conversations-notes",
        tags: &["conversations", "opinions"],
        themes: &["SOCI", "GOVE"],
        columns: &[
            ("conversation", "own-conversations-conversation"),
            ("question", "own-conversations-question"),
            ("organisation", "own-conversations-organisation"),
            ("phase", "own-conversations-phase"),
            ("held_elsewhere", "own-conversations-elsewhere"),
            ("published_at", "own-conversations-published"),
            ("closes_at", "own-conversations-closes"),
            ("people", "own-conversations-people"),
            ("statements", "own-conversations-statements"),
            ("agrees", "own-conversations-agrees"),
            ("disagrees", "own-conversations-disagrees"),
            ("passes", "own-conversations-passes"),
        ],
        rows: conversations,
    },
    OwnDataset {
        name: "conversation-statements",
        title: "own-statements-title",
        notes: "own-statements-notes",
        tags: &["conversations", "opinions", "statements"],
        themes: &["SOCI", "GOVE"],
        columns: &[
            ("conversation", "own-conversations-conversation"),
            ("statement", "own-statements-statement"),
            ("language", "own-statements-language"),
            ("about_people", "own-statements-meta"),
            ("by_the_town", "own-statements-seeded"),
            ("agrees", "own-statements-agrees"),
            ("disagrees", "own-statements-disagrees"),
            ("passes", "own-statements-passes"),
            ("important", "own-statements-important"),
            ("suppressed", "own-statements-suppressed"),
        ],
        rows: statements,
    },
];

fn public(tx: &mut Tx<'_>) -> Result<Vec<Conversation>, DbError> {
    let mut all = store::all(tx)?;
    all.retain(|one| one.published_at.is_some() && one.undone_at.is_none());
    all.sort_by_key(|one| (one.published_at, one.code.to_string()));
    Ok(all)
}

fn conversations(town: &Town, tx: &mut Tx<'_>, take: &mut dyn FnMut(Vec<String>)) -> Result<(), DbError> {
    let language = town.settings().languages.first().copied().unwrap_or_default();
    let agencies: BTreeMap<_, _> = organisations::list(tx)?.into_iter().map(|one| (one.id, one.code)).collect();
    for one in public(tx)? {
        let code = one.code.as_str();
        let asked = store::statements(tx, code)?.iter().filter(|statement| statement.is_asked()).count();
        let tallies = store::tally(tx, code)?;
        let hidden = one.hides_map(town.now());
        let sum = |of: fn(&Tally) -> i64| if hidden { String::new() } else { said(tallies.values().map(of).sum()) };
        take(vec![
            code.to_owned(),
            one.question.in_language(language).to_owned(),
            one.organisation.and_then(|id| agencies.get(&id).cloned()).unwrap_or_default(),
            one.phase(town.now()).word().to_owned(),
            one.origin.is_some().to_string(),
            one.published_at.map(civic::Moment::rfc3339).unwrap_or_default(),
            [one.closed_at, one.closes_at].into_iter().flatten().min().map(civic::Moment::rfc3339).unwrap_or_default(),
            said(store::count(tx, code)?),
            asked.to_string(),
            sum(|tally| tally.agrees),
            sum(|tally| tally.disagrees),
            sum(|tally| tally.passes),
        ]);
    }
    Ok(())
}

fn statements(town: &Town, tx: &mut Tx<'_>, take: &mut dyn FnMut(Vec<String>)) -> Result<(), DbError> {
    // What is shown at the end only is in no table before.
    let shown = public(tx)?.into_iter().filter(|one| !one.hides_map(town.now()));
    for one in shown {
        let code = one.code.as_str();
        let tallies = store::tally(tx, code)?;
        for statement in store::statements(tx, code)?.iter().filter(|statement| statement.is_asked()) {
            take(line(code, statement, tallies.get(&statement.number).copied().unwrap_or_default()));
        }
    }
    Ok(())
}

/// A statement that few answered says nothing of how; of others a count of 1 to 4 is left out.
fn line(conversation: &str, one: &Statement, tally: Tally) -> Vec<String> {
    let answered = tally.agrees + tally.disagrees + tally.passes;
    let shown = |count: i64| if answered < SMALL { String::new() } else { said(count) };
    let counts = [tally.agrees, tally.disagrees, tally.passes, tally.important];
    let shown = counts.map(shown);
    let suppressed = shown.iter().any(String::is_empty);
    let mut row = vec![
        conversation.to_owned(),
        one.number.to_string(),
        one.words.language.clone(),
        one.meta.to_string(),
        one.seeded.to_string(),
    ];
    row.extend(shown);
    row.push(suppressed.to_string());
    row
}

fn said(count: i64) -> String {
    protected(count).map(|count| count.to_string()).unwrap_or_default()
}
