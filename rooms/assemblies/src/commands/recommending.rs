//! What an assembly recommends is published, and answered.

use super::{first_language, own_assembly, touch};
use crate::{acts, decide, store};
use civic::{Actor, LocalText};
use record::Entry;
use serde_json::json;
use web::{Refusal, Stop, Town};

/// Publishes a recommendation; answers its number.
///
/// # Errors
/// Refusals of [`decide::check_words`]; `assembly-not-drawn`; `NotAllowed`.
pub async fn recommend(
    town: &Town,
    actor: Actor,
    code: String,
    title: LocalText,
    words: LocalText,
) -> Result<i64, Stop> {
    let own = town.clone();
    town.db()
        .write(move |tx| {
            let now = own.now();
            let mut assembly = own_assembly(tx, &actor, &code)?;
            if !store::has_draw(tx, &code)? {
                return Err(Refusal::conflict("assembly-not-drawn").into());
            }
            decide::check_words(Some(&title), &words, first_language(&own)).map_err(Stop::Refused)?;
            let number = store::add_recommendation(tx, &code, &title, &words, now)?;
            touch(tx, &mut assembly, now)?;
            let text = serde_json::to_string(&words).map_err(Stop::fault)?;
            let said = json!({"recommendation": number, "title": title, "words_sha256": lottery::sha256_hex(&text)});
            let entry = Entry::about(assembly.subject(), "assembly.recommended", &actor, now, own.chance());
            tx.commit(entry.publicly(&said)?, number).map_err(Stop::from)
        })
        .await
}

/// Publishes the answer to a recommendation, or a better one in its place; the record keeps that there was another.
///
/// # Errors
/// Refusals of [`decide::check_words`]; `NotFound`; `NotAllowed` for who does not speak for the body that answers.
pub async fn answer_recommendation(
    town: &Town,
    actor: Actor,
    code: String,
    number: i64,
    answer: LocalText,
) -> Result<(), Stop> {
    let own = town.clone();
    town.db()
        .write(move |tx| {
            let now = own.now();
            let mut assembly = super::public_assembly(tx, &code)?;
            if !actor.may_for(&acts::KEEP, assembly.plan.answered_by) {
                return Err(Stop::NotAllowed);
            }
            decide::check_words(None, &answer, first_language(&own)).map_err(Stop::Refused)?;
            if !store::keep_answer(tx, &code, number, &answer, now)? {
                return Err(Stop::NotFound);
            }
            touch(tx, &mut assembly, now)?;
            let text = serde_json::to_string(&answer).map_err(Stop::fault)?;
            let said = json!({"recommendation": number, "answer_sha256": lottery::sha256_hex(&text)});
            let entry = Entry::about(assembly.subject(), "assembly.answered", &actor, now, own.chance());
            tx.commit(entry.publicly(&said)?, ()).map_err(Stop::from)
        })
        .await
}
