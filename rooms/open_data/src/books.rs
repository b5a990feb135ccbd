//! The catalogue in memory: every dataset, so that a search with its facets is a walk and no query.

use crate::{index::Part, intakes::Turns, model::Dataset, store, stories::Told, usage};
use database::{DbError, Tx};
use people::organisations::{self, Organisation};
use std::{
    collections::{BTreeMap, HashMap, HashSet},
    sync::{Arc, PoisonError, RwLock},
};
use web::Town;

/// Datasets that changed since the catalogue was put in order and are searched beside it; with more it is put in order anew.
const RECENT_LIMIT: usize = 1_000;
/// Datasets that changed lately and are looked at one by one; with more all are compared.
const LATELY_LIMIT: u32 = 2_000;
/// Clocks of several nodes may differ by so much.
const SLACK_SECONDS: i64 = 600;

/// The catalogue; clones share it.
#[derive(Clone)]
pub struct Books(Arc<Kept>);

struct Kept {
    shelves: RwLock<Arc<Shelves>>,
    uses: usage::Waiting,
    told: Told,
    turns: Turns,
}

/// The catalogue as it was at a moment.
#[derive(Default)]
pub struct Shelves {
    signature: (i64, i64),
    /// Every dataset, by name.
    pub datasets: BTreeMap<String, Arc<Filed>>,
    ids: HashMap<String, String>,
    /// The organisations of the town.
    pub organisations: BTreeMap<civic::OrganisationId, Organisation>,
    /// What most of them are searched in.
    base: Arc<Part>,
    /// Which of these are still as they were then.
    is_still: Arc<Vec<bool>>,
    /// What the others are searched in.
    recent: Arc<Part>,
}

/// A dataset in memory.
pub struct Filed {
    /// The dataset.
    pub dataset: Dataset,
}

impl Books {
    /// Reads everything.
    ///
    /// # Errors
    /// Those of the database.
    pub fn load(tx: &mut Tx<'_>) -> Result<Self, DbError> {
        let shelves = read(tx, &Shelves::default())?;
        let shelves = RwLock::new(Arc::new(shelves));
        Ok(Self(Arc::new(Kept {
            shelves,
            uses: usage::Waiting::default(),
            told: Told::default(),
            turns: Turns::default(),
        })))
    }

    /// The catalogue as it is now.
    pub fn now(&self) -> Arc<Shelves> {
        Arc::clone(&self.0.shelves.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Uses that are not written yet.
    pub(crate) fn uses(&self) -> &usage::Waiting {
        &self.0.uses
    }

    /// Whose turn it is to take a file in.
    pub(crate) fn turns(&self) -> &Turns {
        &self.0.turns
    }

    /// Answers of stories that are known.
    pub(crate) fn told(&self) -> &Told {
        &self.0.told
    }
}

/// Reads anew what has changed since.
///
/// # Errors
/// Those of the database.
pub async fn refresh(town: Town) -> Result<(), DbError> {
    usage::write(&town).await?;
    let books = town.part::<Books>().clone();
    let before = books.now();
    let read = town.db().read(move |tx| {
        let agencies = organisations::list(tx)?.len();
        if store::signature(tx)? == before.signature && agencies == before.organisations.len() {
            return Ok(None);
        }
        read(tx, &before).map(Some)
    });
    if let Some(shelves) = read.await.map_err(|error: DbError| error)? {
        *books.0.shelves.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(shelves);
    }
    Ok(())
}

/// What is in the database, taking over what has not changed.
fn read(tx: &mut Tx<'_>, before: &Shelves) -> Result<Shelves, DbError> {
    let signature = store::signature(tx)?;
    let organisations: BTreeMap<_, _> = organisations::list(tx)?.into_iter().map(|one| (one.id, one)).collect();
    let mut next = Shelves {
        signature,
        datasets: before.datasets.clone(),
        ids: before.ids.clone(),
        organisations,
        base: Arc::clone(&before.base),
        is_still: Arc::clone(&before.is_still),
        recent: Arc::clone(&before.recent),
    };
    // Mostly only some have changed lately; where these do not explain the difference, all are compared.
    let since = before.datasets.values().map(|one| one.dataset.updated_at).max();
    let lately = match since {
        Some(since) => store::changed_since(tx, since.plus_seconds(-SLACK_SECONDS), LATELY_LIMIT)?,
        None => Vec::new(),
    };
    if !next.take(tx, before, &lately)? || next.counted() != signature {
        let all = store::all(tx)?;
        next.take(tx, before, &all)?;
        let there: HashSet<&str> = all.iter().map(|(id, _)| id.as_str()).collect();
        next.ids.retain(|id, _| there.contains(id.as_str()));
        next.datasets.retain(|_, one| there.contains(one.dataset.id.as_str()));
    }
    let same_agencies = before.organisations.len() == next.organisations.len();
    next.put_in_order(before, same_agencies);
    Ok(next)
}

impl Shelves {
    /// Reads those of these ids and versions that are not known yet; answers whether there were any.
    fn take(&mut self, tx: &mut Tx<'_>, before: &Self, all: &[(String, i64)]) -> Result<bool, DbError> {
        let is_known = |(id, version): &&(String, i64)| {
            before.find(id).is_some_and(|known| known.dataset.id == *id && known.dataset.version == *version)
        };
        let changed: Vec<String> = all.iter().filter(|one| !is_known(one)).map(|(id, _)| id.clone()).collect();
        for dataset in store::some(tx, &changed)? {
            self.ids.insert(dataset.id.clone(), dataset.name.clone());
            self.datasets.insert(dataset.name.clone(), Arc::new(Filed { dataset }));
        }
        Ok(!changed.is_empty())
    }

    /// As [`store::signature`] counts them.
    fn counted(&self) -> (i64, i64) {
        let count = i64::try_from(self.datasets.len()).unwrap_or(i64::MAX);
        (count, self.datasets.values().map(|one| one.dataset.version).sum())
    }

    /// Puts what has changed where it is searched.
    fn put_in_order(&mut self, before: &Self, same_agencies: bool) {
        let still: Vec<bool> = self.base.filed.iter().map(|old| self.is_now(old)).collect();
        let is_in_base = |one: &Arc<Filed>| self.base.place(&one.dataset.id).is_some_and(|place| still[place]);
        let recent: Vec<Arc<Filed>> = self.datasets.values().filter(|one| !is_in_base(one)).cloned().collect();
        let agencies = &self.organisations;
        let agency_of =
            |dataset: &Dataset| agencies.get(&dataset.organisation).map_or_else(String::new, |one| one.code.clone());
        if !same_agencies || recent.len() > RECENT_LIMIT || before.base.filed.is_empty() {
            self.base = Arc::new(Part::of(self.datasets.values().cloned().collect(), agency_of));
            self.is_still = Arc::new(vec![true; self.base.filed.len()]);
            self.recent = Arc::default();
        } else {
            self.recent = Arc::new(Part::of(recent, agency_of));
            self.is_still = Arc::new(still);
        }
    }

    fn is_now(&self, old: &Arc<Filed>) -> bool {
        self.datasets.get(&old.dataset.name).is_some_and(|now| Arc::ptr_eq(now, old))
    }

    /// The two parts in which it is searched, each with which of its datasets are to be seen there.
    pub(crate) fn parts(&self) -> [(&Part, Option<&[bool]>); 2] {
        [(&self.base, Some(&self.is_still)), (&self.recent, None)]
    }
}

impl Shelves {
    /// The dataset of this name or id.
    pub fn find(&self, name: &str) -> Option<&Arc<Filed>> {
        self.datasets.get(name).or_else(|| self.datasets.get(self.ids.get(name)?))
    }

    /// What everybody may see, by name.
    pub fn public(&self) -> impl Iterator<Item = &Arc<Filed>> {
        self.datasets.values().filter(|one| one.dataset.is_public())
    }

    /// The code of an organisation; empty for one that is no more.
    pub fn agency_code(&self, id: civic::OrganisationId) -> &str {
        self.organisations.get(&id).map_or("", |one| one.code.as_str())
    }

    /// The name of an organisation in a language.
    pub fn agency_name(&self, id: civic::OrganisationId, language: civic::Language) -> &str {
        self.organisations.get(&id).map_or("", |one| one.name.in_language(language))
    }
}
