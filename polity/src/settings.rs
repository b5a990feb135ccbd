//! The settings that a town makes on its own pages: kept in the database, below the settings file and the environment.

use crate::{
    config::{Config, TownFacts},
    kept,
};
use civic::{Actor, Moment, Subject, SubjectKind};
use database::{DbError, Tx};
use record::Entry;
use serde_json::json;
use std::{
    collections::BTreeMap,
    sync::{Mutex, PoisonError},
};
use web::{Answer, Saying, Settings, SubjectInfo, Town};

/// The town as a subject.
pub const KIND: SubjectKind = SubjectKind("town");
/// What the record says when settings were changed.
pub const CHANGED: Saying = Saying { name: "town.settings_changed", key: "saying-town-settings-changed" };
/// See [`KIND`].
pub const SUBJECT: SubjectInfo = SubjectInfo { kind: KIND.0, key: "subject-town", page: |_| "/".to_owned() };

/// What the settings are made of, and what of the database is in them already; a part of the town.
pub struct Source {
    config: Config,
    seen: Mutex<Option<Seen>>,
}

/// By what a change is noticed: the newest change, and how many keys there are.
type Seen = (i64, i64);

impl Source {
    /// Settings made of these.
    pub fn new(config: Config) -> Self {
        Self { config, seen: Mutex::new(None) }
    }

    /// Whether a key comes from the file or the environment, so that the pages cannot change it.
    pub fn is_fixed(&self, key: &str) -> bool {
        self.config.is_fixed(key)
    }

    /// The settings with what is kept below the file and the environment.
    ///
    /// # Errors
    /// A sentence for a value that names nothing.
    pub fn settings(&self, present: &Settings, kept: &BTreeMap<String, String>) -> anyhow::Result<Settings> {
        self.config.over(kept, present)?.settings(0, present.demo)
    }
}

/// What the town says of its time at the moment, as it wrote it.
///
/// # Errors
/// Those of the database, and a sentence for what cannot be understood.
pub async fn facts(town: &Town) -> anyhow::Result<TownFacts> {
    let kept = town.db().read(kept::all).await?;
    Ok(town.part::<Source>().config.over(&kept, town.settings())?.facts())
}

fn seen(tx: &mut Tx<'_>) -> Result<Seen, DbError> {
    let row = tx.query_one("select coalesce(max(set_at), 0), count(*) from town_settings", &[])?;
    Ok((row.get(0)?, row.get(1)?))
}

/// Takes up what was set since the last look, on this node or another. Called every second; looks before it reads.
///
/// # Errors
/// Those of the database. A value that cannot be understood is logged, and what held before goes on.
pub async fn refresh(town: &Town) -> Result<(), DbError> {
    let source = town.part::<Source>();
    let now_seen = town.db().read(seen).await?;
    if *source.seen.lock().unwrap_or_else(PoisonError::into_inner) == Some(now_seen) {
        return Ok(());
    }
    let kept = town.db().read(kept::all).await?;
    if !kept.is_empty() {
        match source.settings(town.settings(), &kept) {
            Ok(settings) => town.renew(settings),
            Err(error) => {
                tracing::error!(%error, "what the town set for itself cannot be understood; what held before goes on")
            }
        }
    }
    *source.seen.lock().unwrap_or_else(PoisonError::into_inner) = Some(now_seen);
    Ok(())
}

/// Sets keys to TOML values, in public: the record says which keys, the pages say what. The values were checked.
///
/// # Errors
/// Those of the database.
pub async fn save(town: &Town, actor: &Actor, values: BTreeMap<&'static str, String>) -> Answer<()> {
    let (now, chance, actor) = (town.now(), town.chance_handle(), actor.clone());
    let saved = town.db().write(move |tx| {
        let before = kept::all(tx)?;
        let changed: Vec<_> = values.iter().filter(|(key, value)| before.get(**key) != Some(value)).collect();
        for (key, value) in &changed {
            put_after(tx, key, value, now)?;
        }
        let keys: Vec<&str> = changed.iter().map(|(key, _)| **key).collect();
        if keys.is_empty() {
            return tx.commit(database::OffRecord("nothing was changed"), ());
        }
        let subject = Subject::new(KIND, "settings");
        let what = json!({ "keys": keys, "count": keys.len() });
        tx.commit(Entry::about(subject, CHANGED.name, &actor, now, &*chance).publicly(&what)?, ())
    });
    saved.await.map_err(|error: DbError| web::Stop::from(error))?;
    refresh(town).await.map_err(web::Stop::from)
}

/// Each change is later than the one before, so that every node notices it, also where two fall on one moment.
fn put_after(tx: &mut Tx<'_>, key: &str, value: &str, now: Moment) -> Result<(), DbError> {
    let (newest, _) = seen(tx)?;
    kept::put(tx, key, value, now.max(Moment(newest + 1)))
}
