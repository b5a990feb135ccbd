use super::{comments::Comment, matrix::VoteTable};
use crate::{
    conversation::{Conversation, Statement},
    matrix::Matrix,
    refusal::Refusal,
};
use std::collections::{BTreeMap, HashMap};

/// An export, put together.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Imported {
    /// Who said what.
    pub conversation: Conversation,
    /// The group in which the exporting system placed each of [`Conversation::people`].
    pub groups: Vec<Option<String>>,
    /// The words of statements, by id.
    pub words: BTreeMap<String, String>,
    /// In how many cells `votes.csv` differs from `participants-votes.csv`, when both are there. When it is 0, votes are
    /// taken from `votes.csv` with their times, otherwise from the table, without.
    pub cells_apart: Option<usize>,
}

/// Puts the files of an export together. Totals come from the table of votes; moderation and words from the comments.
///
/// # Errors
/// When a file holds more than a map can take.
pub fn assemble(
    table: Option<VoteTable>,
    votes: Option<Conversation>,
    comments: Vec<Comment>,
) -> Result<Imported, Refusal> {
    let mut imported = match (table, votes) {
        (None, votes) => {
            let conversation = votes.unwrap_or_default();
            let groups = vec![None; conversation.people.len()];
            Imported { conversation, groups, ..Imported::default() }
        }
        (Some(table), None) => {
            Imported { conversation: table.conversation, groups: table.groups, ..Imported::default() }
        }
        (Some(table), Some(votes)) => both(table, votes)?,
    };
    let mut at: HashMap<String, usize> =
        imported.conversation.statements.iter().enumerate().map(|(at, one)| (one.id.clone(), at)).collect();
    for comment in comments {
        let statement = Statement { id: comment.id.clone(), standing: comment.standing };
        match at.get(&comment.id) {
            Some(at) => imported.conversation.statements[*at] = statement,
            None => {
                at.insert(comment.id.clone(), imported.conversation.statements.len());
                imported.conversation.statements.push(statement);
            }
        }
        imported.words.insert(comment.id, comment.body);
    }
    Ok(imported)
}

fn both(table: VoteTable, votes: Conversation) -> Result<Imported, Refusal> {
    let (one, other) = (Matrix::default().with(&table.conversation)?.matrix, Matrix::default().with(&votes)?.matrix);
    let cells_apart = Some(one.cells_apart(&other));
    if cells_apart != Some(0) {
        let VoteTable { conversation, groups } = table;
        return Ok(Imported { conversation, groups, cells_apart, ..Imported::default() });
    }
    // People and statements of the table, with the events of the votes.
    let place = |ids: Vec<&str>| {
        ids.iter().enumerate().map(|(at, id)| ((*id).to_owned(), at as u32)).collect::<HashMap<_, _>>()
    };
    let people = place(table.conversation.people.iter().map(String::as_str).collect());
    let statements = place(table.conversation.statements.iter().map(|one| one.id.as_str()).collect());
    let moved = |mut one: crate::conversation::Reaction| {
        one.person = *people.get(&votes.people[one.person as usize])?;
        one.statement = *statements.get(&votes.statements[one.statement as usize].id)?;
        Some(one)
    };
    let reactions = votes.reactions.iter().copied().filter_map(moved).collect();
    let conversation = Conversation { reactions, ..table.conversation };
    Ok(Imported { conversation, groups: table.groups, cells_apart, ..Imported::default() })
}
