//! What the room keeps in memory: conversations with their statements and maps, the key of voices, and maps that people draw on.

use crate::{
    drawing::Live,
    map_view::MapView,
    model::{Conversation, Draft, DraftState, Edition, EditionState, Facts, MapShown, Promise, Statement},
    store,
    voice::Key,
};
use civic::{Moment, secret};
use database::{DbError, OffRecord, Tx};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use opinion_map::{Counts, routing::priority};
use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, OnceLock, PoisonError, RwLock},
};
use tokio::sync::watch;
use web::Town;

/// Maps that are kept ready to take further answers; others are drawn anew when somebody answers.
const LIVE_LIMIT: usize = 16;
/// Voices whose pace is remembered before those that are quiet are forgotten.
const PACED_LIMIT: usize = 20_000;

/// The books; clones share them.
#[derive(Clone, Default)]
pub struct Books(Arc<Inner>);

#[derive(Default)]
struct Inner {
    shelf: RwLock<BTreeMap<String, Arc<Known>>>,
    key: OnceLock<Key>,
    live: Mutex<BTreeMap<String, LiveDesk>>,
    pace: OnceLock<DefaultKeyedRateLimiter<String>>,
    news: News,
}

/// The map that is kept ready, held by whoever draws.
type LiveDesk = Arc<tokio::sync::Mutex<Option<Live>>>;

struct News(watch::Sender<u64>);

impl Default for News {
    fn default() -> Self {
        Self(watch::Sender::new(0))
    }
}

/// A statement that people are asked, in what drawing the next one goes through: every page of somebody who takes part does, so it is small.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Asked {
    /// Its number.
    pub number: i64,
    /// With how much weight it is drawn: its priority on the map; one that is too new for it has that of a statement nobody has seen.
    pub weight: f64,
    /// Whether the facilitators pinned it.
    pub pinned: bool,
}

/// A conversation as pages read it.
#[derive(Debug, Clone)]
pub struct Known {
    /// The conversation.
    pub conversation: Conversation,
    /// Its statements, by number.
    pub statements: Vec<Statement>,
    /// Those of them that people are asked, by number.
    pub asked: Vec<Asked>,
    /// The facts in force.
    pub facts: Option<Facts>,
    /// What was promised in answer.
    pub promises: Vec<Promise>,
    /// The summaries that are public, drafted by a machine and accepted by facilitators.
    pub summaries: Vec<Draft>,
    /// The newest edition of its report.
    pub edition: Option<Arc<Edition>>,
    /// Its map.
    pub map: Option<Arc<MapView>>,
    /// The version of the map.
    pub map_version: i64,
    /// How many people took part and how many answers count, as the map was drawn; said also while the map is hidden.
    pub totals: (usize, usize),
    /// Whether its map, and all that rests on it, was left out here.
    pub hides_map: bool,
    /// The same without its map, where that is shown at the end only.
    veiled: Option<Arc<Known>>,
}

impl Known {
    fn read(tx: &mut Tx<'_>, conversation: Conversation) -> Result<Self, DbError> {
        let code = conversation.code.as_str();
        let drawn = store::drawn(tx, code)?;
        let map_version = drawn.as_ref().map_or(0, |drawn| drawn.version);
        let map = drawn.filter(|drawn| !drawn.view.is_empty()).map(|drawn| MapView::read(&drawn.view)).transpose()?;
        // A map without anybody is none yet.
        let map = map.filter(|map| map.people > 0);
        let statements = store::statements(tx, code)?;
        Ok(Self {
            asked: asked(&statements, map.as_ref()),
            statements,
            facts: store::newest_facts(tx, code)?,
            promises: store::promises(tx, code)?,
            summaries: {
                let mut all = store::drafts(tx, code)?;
                all.retain(|one| one.state == DraftState::Published);
                all
            },
            edition: store::newest_edition(tx, code)?.map(Arc::new),
            map: map.map(Arc::new),
            map_version,
            conversation,
            totals: (0, 0),
            hides_map: false,
            veiled: None,
        }
        .ready())
    }

    /// Counts what its map counts, and makes what the public reads while that is hidden.
    fn ready(mut self) -> Self {
        self.totals = self.map.as_ref().map_or((0, 0), |map| (map.people, map.reactions));
        self.veiled = None;
        if self.conversation.map_shown == MapShown::AtEnd {
            let veiled = Self { map: None, summaries: Vec::new(), hides_map: true, ..self.clone() };
            self.veiled = Some(Arc::new(veiled));
        }
        self
    }

    /// As the public may read it now.
    pub fn public(self: Arc<Self>, now: Moment) -> Arc<Self> {
        match &self.veiled {
            Some(veiled) if self.conversation.hides_map(now) => Arc::clone(veiled),
            _ => self,
        }
    }

    /// The report in force: the newest edition, unless it takes the one before back.
    pub fn report(&self) -> Option<&Edition> {
        self.edition.as_deref().filter(|one| one.state == EditionState::Report)
    }

    /// The statement of this number.
    pub fn statement(&self, number: i64) -> Option<&Statement> {
        self.statements.binary_search_by_key(&number, |one| one.number).ok().map(|at| &self.statements[at])
    }

    /// The numbers of the statements that a statement was split into.
    pub fn parts_of(&self, number: i64) -> Vec<i64> {
        self.statements.iter().filter(|one| one.split_from == Some(number)).map(|one| one.number).collect()
    }
}

/// The statements that people are asked.
fn asked(statements: &[Statement], map: Option<&MapView>) -> Vec<Asked> {
    let unseen = |one: &Statement| priority(one.engine_standing(), Counts::default(), 0.0);
    let weight = |one: &Statement| {
        map.and_then(|map| map.figures(one.number)).map_or_else(|| unseen(one), |found| found.priority)
    };
    let small = |one: &Statement| Asked { number: one.number, weight: weight(one), pinned: one.pinned };
    statements.iter().filter(|one| one.is_asked()).map(small).collect()
}

impl Books {
    /// Reads everything from the database.
    ///
    /// # Errors
    /// Those of the database.
    pub fn load(tx: &mut Tx<'_>) -> Result<Self, DbError> {
        let books = Self::default();
        let mut shelf = BTreeMap::new();
        for conversation in store::all(tx)? {
            shelf.insert(conversation.code.to_string(), Arc::new(Known::read(tx, conversation)?));
        }
        if let Some(secret) = store::key(tx)? {
            let _ = books.0.key.set(Key::new(&secret));
        }
        *books.0.shelf.write().unwrap_or_else(PoisonError::into_inner) = shelf;
        Ok(books)
    }

    /// Reads anew what others changed.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn refresh(town: &Town) -> Result<(), DbError> {
        let books = town.part::<Self>().clone();
        let own = books.clone();
        let changed = town.db().read(move |tx| own.changed(tx)).await?;
        changed.into_iter().for_each(|known| books.put(known));
        if let Some(pace) = books.0.pace.get()
            && pace.len() > PACED_LIMIT
        {
            pace.retain_recent();
        }
        Ok(())
    }

    fn changed(&self, tx: &mut Tx<'_>) -> Result<Vec<Known>, DbError> {
        let maps: BTreeMap<String, i64> = store::map_versions(tx)?.into_iter().collect();
        let mut changed = Vec::new();
        for (code, version) in store::versions(tx)? {
            let map = maps.get(&code).copied().unwrap_or(0);
            let is_known =
                self.get(&code).is_some_and(|known| known.conversation.version == version && known.map_version == map);
            if !is_known && let Some(conversation) = store::by_code(tx, &code)? {
                changed.push(Known::read(tx, conversation)?);
            }
        }
        Ok(changed)
    }

    /// Reads one conversation anew, after it was changed here.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn reread(town: &Town, code: &str) -> Result<(), DbError> {
        let code = code.to_owned();
        let known = town
            .db()
            .read(move |tx| {
                let conversation = store::by_code(tx, &code)?.ok_or(DbError::NotFound)?;
                Known::read(tx, conversation)
            })
            .await?;
        town.part::<Self>().put(known);
        Ok(())
    }

    /// A conversation.
    pub fn get(&self, code: &str) -> Option<Arc<Known>> {
        self.0.shelf.read().unwrap_or_else(PoisonError::into_inner).get(code).map(Arc::clone)
    }

    /// Every conversation, the newest first.
    pub fn all(&self) -> Vec<Arc<Known>> {
        let mut all: Vec<_> =
            self.0.shelf.read().unwrap_or_else(PoisonError::into_inner).values().map(Arc::clone).collect();
        all.sort_by_key(|known| {
            let at = known.conversation.published_at.unwrap_or(known.conversation.made_at);
            (std::cmp::Reverse(at), known.conversation.code.clone())
        });
        all
    }

    fn put(&self, known: Known) {
        let code = known.conversation.code.to_string();
        let mut shelf = self.0.shelf.write().unwrap_or_else(PoisonError::into_inner);
        let newer = shelf.get(&code).is_none_or(|old| {
            known.conversation.version >= old.conversation.version && known.map_version >= old.map_version
        });
        if newer {
            shelf.insert(code, Arc::new(known));
            self.0.news.0.send_modify(|count| *count += 1);
        }
    }

    /// Puts a map that was drawn here.
    pub fn put_map(&self, code: &str, version: i64, view: MapView) {
        if let Some(known) = self.get(code) {
            let map = Some(view).filter(|view| view.people > 0).map(Arc::new);
            let asked = asked(&known.statements, map.as_deref());
            self.put(Known { asked, map, map_version: version, ..(*known).clone() }.ready());
        }
    }

    /// Turns when anything on the shelf changes.
    pub fn heard(&self) -> watch::Receiver<u64> {
        self.0.news.0.subscribe()
    }

    /// The key of voices; made the first time.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn key(town: &Town) -> Result<Key, DbError> {
        let books = town.part::<Self>();
        if let Some(key) = books.0.key.get() {
            return Ok(key.clone());
        }
        let fresh = secret(town.chance());
        let kept = town.db().write(move |tx| {
            let kept = store::make_key(tx, &fresh)?;
            tx.commit(OffRecord("a key is the machine's"), kept)
        });
        let key = kept.await.map_err(|error: DbError| error)?;
        Ok(books.0.key.get_or_init(|| Key::new(&key)).clone())
    }

    /// The desk at which the map of a conversation is drawn. Of those nobody draws at, some are cleared when there are many.
    pub fn live(&self, code: &str) -> LiveDesk {
        let mut live = self.0.live.lock().unwrap_or_else(PoisonError::into_inner);
        if live.len() >= LIVE_LIMIT && !live.contains_key(code) {
            live.retain(|_, desk| Arc::strong_count(desk) > 1);
        }
        Arc::clone(live.entry(code.to_owned()).or_default())
    }

    /// Whether whoever is known by this name may answer once more now.
    pub fn may_react(&self, town: &Town, who: &str) -> bool {
        let pace =
            self.0.pace.get_or_init(|| RateLimiter::keyed(Quota::per_minute(town.settings().limits.acts_per_minute)));
        pace.check_key(&who.to_owned()).is_ok()
    }
}

/// When a conversation ended, if it did.
pub fn ended_at(conversation: &Conversation, now: Moment) -> Option<Moment> {
    match conversation.phase(now) {
        crate::model::Phase::Closed(at) => Some(at),
        _ => None,
    }
}
