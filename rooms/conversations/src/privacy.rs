//! What the room keeps about somebody with an account.

use crate::{model::Statement, store};
use civic::PersonId;
use database::{DbError, Tx};
use serde_json::{Value, json};

/// Everything about a person.
pub fn export(tx: &mut Tx<'_>, person: PersonId) -> Result<Value, DbError> {
    let mut conversations = Vec::new();
    for (code, participant) in store::of_person(tx, person)? {
        let answers = store::of_participant(tx, &code, participant.number)?;
        let answers: Vec<Value> = answers
            .values()
            .map(|one| {
                json!({
                    "statement": one.statement, "answer": one.stance.map(opinion_map::Stance::value),
                    "important": one.important, "at": one.at.map(civic::Moment::rfc3339),
                })
            })
            .collect();
        conversations.push(json!({
            "conversation": code, "participant": participant.number, "district": participant.district,
            "level": participant.level.map(crate::model::Level::word), "answers": answers,
        }));
    }
    let written = store::statements_of_person(tx, person)?;
    let statements: Vec<Value> = written
        .into_iter()
        .map(|(code, number, words)| json!({"conversation": code, "number": number, "words": words}))
        .collect();
    Ok(json!({ "conversations": conversations, "statements": statements }))
}

/// Takes away the words somebody wrote, and what leads from their answers to them. The answers stay and are nobody's.
pub fn erase(tx: &mut Tx<'_>, person: PersonId) -> Result<(), DbError> {
    for (code, number, _) in store::statements_of_person(tx, person)? {
        store::forget_what_cites(tx, &code, number)?;
        record::forget_salts_about(tx, &Statement::subject(&code, number))?;
        store::touch(tx, &code)?;
    }
    store::erase_words_of(tx, person)?;
    store::erase_person(tx, person)
}
