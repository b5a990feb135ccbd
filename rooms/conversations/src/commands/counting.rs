//! What ended is counted in the open: how many took part, and the hash of all their answers, so that nobody can change one later.

use crate::{
    books::{Books, ended_at},
    export,
    names::Names,
    store,
};
use civic::{Actor, Language};
use database::DbError;
use record::Entry;
use serde_json::json;
use sha2::{Digest, Sha256};
use std::sync::Arc;
use web::{Town, manifest::JobKind};

/// The work.
const COUNT: &str = "conversations.count-ended";
/// How often the town looks for what ended.
const EVERY_SECONDS: i64 = 300;
/// Conversations that are looked at each time.
const AT_ONCE: u32 = 200;

/// The work, to be mounted.
pub fn job_kind() -> JobKind {
    JobKind::every(
        COUNT,
        EVERY_SECONDS,
        Arc::new(|town: Town, _| Box::pin(async move { count_ended(&town).await.map_err(|error| error.to_string()) })),
    )
}

/// Counts every conversation that ended and was not counted.
///
/// # Errors
/// Those of the database.
pub async fn count_ended(town: &Town) -> Result<(), DbError> {
    let now = town.now();
    let waiting = town.db().read(|tx| store::uncounted(tx, AT_ONCE)).await?;
    for one in waiting.iter().filter(|one| ended_at(one, now).is_some()) {
        count(town, one.code.to_string()).await?;
    }
    Ok(())
}

async fn count(town: &Town, code: String) -> Result<(), DbError> {
    let (now, chance, own) = (town.now(), town.chance_handle(), code.clone());
    let key = Books::key(town).await?;
    // After the end no answer changes, so what is read here is what the entry is about. Where facilitators change
    // after it what is asked, the tables change with it, and another entry counts them again.
    let (people, answers, digest) = town
        .db()
        .read_long(move |tx| {
            let conversation = store::by_code(tx, &own)?.ok_or(DbError::NotFound)?;
            let events = export::events(tx, &own, &Names::of(&key, &conversation), None)?;
            let votes = export::votes_csv(&events);
            Ok::<_, DbError>((store::count(tx, &own)?, events.len(), hex::encode(Sha256::digest(votes))))
        })
        .await?;
    let own = code.clone();
    let counted = town.db().write(move |tx| {
        let mut conversation = store::by_code_to_change(tx, &own)?.ok_or(DbError::NotFound)?;
        let town_itself = Actor { handle: "town".to_owned(), ..Actor::visitor(Language::En) };
        if conversation.counted_at.is_some() || ended_at(&conversation, now).is_none() {
            return tx.commit(database::OffRecord("somebody else counted it"), ());
        }
        conversation.counted_at = Some(now);
        store::update(tx, &super::touched(conversation.clone(), now))?;
        let view = json!({"people": people, "answers": answers, "votes_sha256": digest});
        let entry = Entry::about(conversation.subject(), "conversation.counted", &town_itself, now, &*chance);
        tx.commit(entry.publicly(&view)?, ())
    });
    counted.await.map_err(|error: DbError| error)?;
    Books::reread(town, &code).await
}
