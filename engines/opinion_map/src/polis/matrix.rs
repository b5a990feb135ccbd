use super::{
    fault::{Fault, Faults, quoted},
    table::Table,
    votes::{no_id, stance},
};
use crate::{
    conversation::{Conversation, Reaction, Standing, Statement},
    limits,
};
use std::collections::HashSet;

/// What `participants-votes.csv` holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct VoteTable {
    /// The last vote of each person on each statement, without times.
    pub conversation: Conversation,
    /// The group in which the exporting system placed each of the people.
    pub groups: Vec<Option<String>>,
}

/// Columns that are about the person; all others are statements.
const ABOUT: [&str; 7] = ["participant", "xid", "group-id", "n-comments", "n-votes", "n-agree", "n-disagree"];

/// Reads `participants-votes.csv`: one row for each person with `participant`, `group-id` and one column for each statement,
/// 1 agree, 0 pass, −1 disagree, empty not seen. Counts in it that disagree with its votes are reported and not used.
///
/// # Errors
/// When the column `participant` is missing, or two columns are called the same.
pub fn read_participants_votes(bytes: &[u8]) -> Result<(VoteTable, Faults), Fault> {
    let mut table = Table::open(bytes)?;
    let person = table.needed("participant")?;
    let (group, counted) = (table.column("group-id"), table.column("n-votes"));
    let statements = statement_columns(&table)?;
    let mut found = VoteTable::default();
    found.conversation.statements = statements
        .iter()
        .map(|column| Statement { id: table.header[*column].clone(), standing: Standing::Open })
        .collect();
    let mut faults = Faults::default();
    let mut known = HashSet::new();
    while let Some((line, row)) = table.next() {
        let field = |at: usize| row.get(at).unwrap_or_default().trim_ascii();
        let id =
            std::str::from_utf8(field(person)).ok().filter(|id| !id.is_empty() && id.len() <= limits::ID_BYTES_MAX);
        let Some(id) = id else {
            faults.add(line, Some(person + 1), || no_id("person", field(person)));
            continue;
        };
        if !known.insert(id.to_owned()) {
            faults.add(line, Some(person + 1), || format!("{} has a row already.", quoted(id.as_bytes())));
            continue;
        }
        let number = found.conversation.people.len() as u32;
        found.conversation.people.push(id.to_owned());
        let label = group.map(|at| String::from_utf8_lossy(field(at)).into_owned());
        found.groups.push(label.filter(|label| !label.is_empty()));
        let before = found.conversation.reactions.len();
        for (statement, column) in statements.iter().enumerate() {
            let field = field(*column);
            match stance(field) {
                Some(stance) => {
                    let statement = statement as u32;
                    found.conversation.reactions.push(Reaction { person: number, statement, stance, at_ms: None });
                }
                None if field.is_empty() => {}
                None => {
                    faults.add(line, Some(column + 1), || {
                        format!("1, 0, -1 or nothing was expected, not {}.", quoted(field))
                    });
                }
            }
        }
        let votes = found.conversation.reactions.len() - before;
        if let Some(at) = counted.filter(|at| field(*at) != votes.to_string().as_bytes() && !field(*at).is_empty()) {
            faults.add(line, Some(at + 1), || {
                format!("the row has {votes} votes, but says {}; its votes count.", quoted(field(at)))
            });
        }
    }
    Ok((found, faults))
}

fn statement_columns(table: &Table<'_>) -> Result<Vec<usize>, Fault> {
    let mut known = HashSet::new();
    let mut columns = Vec::new();
    for (column, name) in table.header.iter().enumerate() {
        if ABOUT.contains(&name.to_ascii_lowercase().as_str()) {
            continue;
        }
        let sentence = if name.is_empty() {
            "the id of a statement was expected, not nothing.".to_owned()
        } else if name.len() > limits::ID_BYTES_MAX {
            no_id("statement", name.as_bytes())
        } else if known.insert(name.as_str()) {
            columns.push(column);
            continue;
        } else {
            format!("a statement {} has a column already.", quoted(name.as_bytes()))
        };
        return Err(Fault { line: 1, column: Some(column + 1), sentence });
    }
    Ok(columns)
}
