//! The catalogue in memory: every dataset, so that a search with its facets is a walk and no query.

use crate::{intakes::Turns, model::Dataset, store, stories::Told, usage};
use commons::search::words_of;
use database::{DbError, Tx};
use people::organisations::{self, Organisation};
use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    sync::{Arc, PoisonError, RwLock},
};
use web::Town;

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
}

/// A dataset with what it is found by.
pub struct Filed {
    /// The dataset.
    pub dataset: Dataset,
    /// Its words, folded, each once.
    pub words: BTreeSet<String>,
    /// The folded words of its title, which count more.
    pub title_words: BTreeSet<String>,
}

impl Books {
    /// Reads everything.
    ///
    /// # Errors
    /// Those of the database.
    pub fn load(tx: &mut Tx<'_>) -> Result<Self, DbError> {
        let shelves = read(tx, &Shelves::default())?;
        let shelves = RwLock::new(Arc::new(shelves));
        Ok(Self(Arc::new(Kept { shelves, uses: usage::Waiting::default(), told: Told::default(), turns: Turns::default() })))
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
    let organisations = organisations::list(tx)?.into_iter().map(|one| (one.id, one)).collect();
    let (mut datasets, mut changed) = (BTreeMap::new(), Vec::new());
    for (id, version) in store::all(tx)? {
        let known = before.ids.get(&id).and_then(|name| before.datasets.get(name));
        match known.filter(|known| known.dataset.version == version) {
            Some(known) => {
                datasets.insert(known.dataset.name.clone(), Arc::clone(known));
            }
            None => changed.push(id),
        }
    }
    for dataset in store::some(tx, &changed)? {
        datasets.insert(dataset.name.clone(), Arc::new(filed(dataset)));
    }
    let ids = datasets.values().map(|one| (one.dataset.id.clone(), one.dataset.name.clone())).collect();
    Ok(Shelves { signature, datasets, ids, organisations })
}

fn filed(dataset: Dataset) -> Filed {
    let (mut all, mut title) = (String::new(), String::new());
    let texts: BTreeMap<civic::Language, String> = dataset.meta.title.clone().into();
    texts.values().for_each(|text| push(&mut title, text));
    let notes: BTreeMap<civic::Language, String> = dataset.meta.notes.clone().map(Into::into).unwrap_or_default();
    notes.values().for_each(|text| push(&mut all, text));
    push(&mut all, &title);
    push(&mut all, &dataset.name);
    for text in dataset.meta.tags.iter().chain([&dataset.meta.spatial, &dataset.meta.origin]) {
        push(&mut all, text);
    }
    for resource in &dataset.resources {
        push(&mut all, &resource.body.name);
        push(&mut all, &resource.body.description);
        for column in resource.body.info.iter().flat_map(|info| &info.columns) {
            push(&mut all, &column.name);
        }
    }
    Filed { words: words_of(&all).collect(), title_words: words_of(&title).collect(), dataset }
}

fn push(all: &mut String, text: &str) {
    all.push_str(text);
    all.push(' ');
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
