//! The town asks its witnesses to cosign what it has signed, and hears from them what they have seen.

use database::{DbError, OffRecord};
use outgoing::Client;
use record::{
    KeptOutside,
    witnesses::{self, Answered, Witness, WitnessError},
};
use std::{sync::Arc, time::Duration};
use tokio::{sync::watch, task::spawn_blocking, time::MissedTickBehavior};
use transparency_log::{AddCheckpoint, Signed};
use web::Town;

/// How often witnesses are asked, when there is something new.
const ASK_EVERY: Duration = Duration::from_secs(5);

/// The status by which a witness says that this record is not the one it knows.
const NOT_CONSISTENT: u16 = 422;

/// The witnesses of this town; a part of it.
#[derive(Debug, Clone, Default)]
pub struct Witnesses(pub Arc<[Witness]>);

/// Hears from every witness what it saw last, before anything is signed: a database that was set back is noticed even
/// where the checkpoint outside was set back with it. A witness that cannot be reached holds nothing up; it is asked
/// again with every checkpoint.
pub async fn hear(town: &Town, outside: &Arc<KeptOutside>) {
    for witness in town.part::<Witnesses>().0.iter().cloned() {
        learn_from(town, witness, outside).await;
    }
}

async fn learn_from(town: &Town, witness: Witness, outside: &Arc<KeptOutside>) {
    let (client, log, name) =
        (town.part::<Client>().clone(), town.record().verifier().clone(), witness.key.name().to_owned());
    match spawn_blocking(move || witnesses::seen_by(&client, &witness, &log)).await {
        Ok(Ok(Some(checkpoint))) => outside.learn(checkpoint),
        Ok(Ok(None)) => {}
        Ok(Err(error)) => tracing::warn!(%error, witness = name, "a witness does not say what it saw"),
        Err(error) => tracing::error!(%error, "a question to a witness broke off"),
    }
}

/// Asks all witnesses, again and again, until it is time to stop.
pub async fn go_on(town: Town, outside: Arc<KeptOutside>, mut stop: watch::Receiver<bool>) {
    let mut every = tokio::time::interval(ASK_EVERY);
    every.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            _ = every.tick() => {}
            _ = stop.wait_for(|stop| *stop) => return,
        }
        for witness in town.part::<Witnesses>().0.iter() {
            if let Err(error) = ask(&town, witness, &outside).await {
                tracing::warn!(error, witness = witness.key.name(), "a witness did not cosign");
            }
        }
    }
}

/// Asks once, and once more from where the witness says it stands.
async fn ask(town: &Town, witness: &Witness, outside: &Arc<KeptOutside>) -> Result<(), String> {
    let mut knows = None;
    for _ in 0..2 {
        let Some(question) = question(town, witness, knows).await.map_err(|error| error.to_string())? else {
            if knows.is_some() {
                // It has seen more than there is here.
                learn_from(town, witness.clone(), outside).await;
            }
            return Ok(());
        };
        let (client, of, asked) = (town.part::<Client>().clone(), witness.clone(), question.clone());
        let answered =
            spawn_blocking(move || witnesses::ask(&client, &of, &asked)).await.map_err(|error| error.to_string())?;
        if answered == Err(WitnessError::Refused(NOT_CONSISTENT)) {
            learn_from(town, witness.clone(), outside).await;
        }
        match answered.map_err(|error| error.to_string())? {
            Answered::Cosigned(signed) => {
                return keep(town, witness, question, signed).await.map_err(|error| error.to_string());
            }
            Answered::Knows(size) => knows = Some(size),
        }
    }
    Err("it names another size each time".to_owned())
}

async fn question(town: &Town, witness: &Witness, knows: Option<u64>) -> Result<Option<AddCheckpoint>, DbError> {
    let key = witness.key.clone();
    town.db().read(move |tx| witnesses::next_question(tx, &key, knows)).await
}

async fn keep(town: &Town, witness: &Witness, question: AddCheckpoint, signed: Signed) -> Result<(), DbError> {
    let key = witness.key.clone();
    town.db()
        .write(move |tx| {
            witnesses::keep_cosignature(tx, &key, &question, &signed)?;
            tx.commit(OffRecord("a witness speaks about the record, not in it"), ())
        })
        .await
}
