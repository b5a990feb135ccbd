use super::{
    fault::{Fault, Faults, quoted},
    intern::Ids,
    table::Table,
};
use crate::{
    conversation::{Conversation, Reaction, Stance, Standing, Statement},
    limits,
};

/// Reads `votes.csv`: every vote event, with the columns `comment-id`, `voter-id`, `vote` (1 agree, 0 pass, −1 disagree)
/// and, when there, `timestamp` in milliseconds. All statements are taken as open.
///
/// # Errors
/// When a needed column is missing.
pub fn read_votes(bytes: &[u8]) -> Result<(Conversation, Faults), Fault> {
    let mut table = Table::open(bytes)?;
    let (statement, person, vote) = (table.needed("comment-id")?, table.needed("voter-id")?, table.needed("vote")?);
    let time = table.column("timestamp");
    let (mut people, mut statements) = (Ids::default(), Ids::default());
    let mut faults = Faults::default();
    let mut reactions = Vec::new();
    while let Some((line, row)) = table.next() {
        let field = |at: usize| row.get(at).unwrap_or_default().trim_ascii();
        let Some(stance) = stance(field(vote)) else {
            faults.add(line, Some(vote + 1), || format!("1, 0 or -1 was expected, not {}.", quoted(field(vote))));
            continue;
        };
        let at_ms = match time.map(|at| (at, field(at))) {
            None => None,
            Some((at, text)) => match std::str::from_utf8(text).ok().and_then(|text| text.parse::<i64>().ok()) {
                Some(time) => Some(time),
                None => {
                    faults.add(line, Some(at + 1), || {
                        format!("milliseconds since 1970 were expected, not {}.", quoted(text))
                    });
                    continue;
                }
            },
        };
        if reactions.len() == limits::REACTIONS_MAX {
            faults.add(line, None, || format!("at most {} votes are read.", limits::REACTIONS_MAX));
            break;
        }
        let Some(statement) = statements.number(field(statement)) else {
            faults.add(line, Some(statement + 1), || no_id("statement", field(statement)));
            continue;
        };
        let Some(person) = people.number(field(person)) else {
            faults.add(line, Some(person + 1), || no_id("person", field(person)));
            continue;
        };
        reactions.push(Reaction { person, statement, stance, at_ms });
    }
    let statement = |id: String| Statement { id, standing: Standing::Open };
    let statements = statements.names.into_iter().map(statement).collect();
    Ok((Conversation { people: people.names, statements, reactions }, faults))
}

pub(super) fn stance(field: &[u8]) -> Option<Stance> {
    match field {
        b"1" | b"1.0" => Some(Stance::Agree),
        b"0" | b"0.0" | b"-0.0" => Some(Stance::Pass),
        b"-1" | b"-1.0" => Some(Stance::Disagree),
        _ => None,
    }
}

pub(super) fn no_id(what: &str, found: &[u8]) -> String {
    format!(
        "the id of a {what} was expected, in at most {} bytes of UTF-8, not {}.",
        limits::ID_BYTES_MAX,
        quoted(found)
    )
}
