//! Draws the map of a conversation, in the background, from the answers there are: at most once in half a second, and from what
//! changed since the last time where that is enough.

mod live;

pub use live::Live;

use crate::{
    books::Books,
    importance, levels,
    map_view::{GivenView, MapView, Sums},
    model::{Conversation, Reaction, Statement},
    names::Names,
    store,
    voice::Key,
};
use civic::{Chance, JobId, Moment};
use database::{
    DbError, OffRecord, Tx,
    jobs::{self, NewJob},
};
use serde_json::json;
use std::{collections::BTreeMap, sync::Arc};
use web::{Town, manifest::JobKind};

/// The work.
const DRAW: &str = "long.conversation-map";
/// Microseconds to wait for further answers before a map is drawn.
const PATIENCE_MICROS: i64 = 500_000;
/// Seconds for which an act may be under way, so that its answer shows up later than a newer one.
const MARGIN_SECONDS: i64 = 30;
/// A map is kept for playback when there are so many times as many answers as when one was kept last.
const SNAPSHOT_GROWTH: f64 = 1.15;
/// Frames of a playback that are drawn at once.
const FRAMES_MOST: usize = 24;
/// Answers before the first one is kept.
const SNAPSHOT_LEAST: i64 = 50;

/// Why a map has no entry.
const OFF_RECORD: OffRecord = OffRecord("a map is worked out from answers; anybody can draw it again from the export");

/// The work, to be mounted.
pub fn job_kind() -> JobKind {
    JobKind::asked(
        DRAW,
        Arc::new(|town: Town, payload| {
            Box::pin(async move {
                let code = payload.get("conversation").and_then(|code| code.as_str()).unwrap_or_default().to_owned();
                draw(&town, &code).await.map_err(|error| error.to_string())?;
                let frames = payload.get("frames").and_then(|frames| frames.as_u64()).unwrap_or(0);
                let frames = usize::try_from(frames).unwrap_or(0).min(FRAMES_MOST);
                draw_frames(&town, &code, frames).await.map_err(|error| error.to_string())
            })
        }),
    )
}

/// Asks for a map, in the transaction that changed what it is drawn from. However many ask, it is drawn once.
pub fn ask(tx: &mut Tx<'_>, conversation: &str, now: Moment, chance: &dyn Chance) -> Result<(), DbError> {
    if store::want_map(tx, conversation, now)? { put(tx, conversation, 0, now, chance) } else { Ok(()) }
}

/// The same, with so many frames of the playback; for answers that came all at once.
pub fn ask_with_frames(
    tx: &mut Tx<'_>,
    conversation: &str,
    frames: usize,
    now: Moment,
    chance: &dyn Chance,
) -> Result<(), DbError> {
    store::want_map(tx, conversation, now)?;
    put(tx, conversation, frames, now, chance)
}

fn put(tx: &mut Tx<'_>, conversation: &str, frames: usize, now: Moment, chance: &dyn Chance) -> Result<(), DbError> {
    let not_before = Moment(now.micros().saturating_add(PATIENCE_MICROS));
    let payload = json!({ "conversation": conversation, "frames": frames });
    jobs::put(tx, &NewJob { id: JobId::new(now, chance).text(), kind: DRAW, payload: &payload, not_before })
}

/// What is counted beside the map.
fn sums(tx: &mut Tx<'_>, code: &str) -> Result<Sums, DbError> {
    Ok(Sums { important: importance::read(tx, code)?, levels: levels::read(tx, code)? })
}

/// What a map is drawn from.
pub struct Material {
    conversation: Conversation,
    statements: Vec<Statement>,
    /// All answers, or those that changed.
    reactions: Vec<Reaction>,
    /// Answers that others took the place of; only with all.
    before: Vec<Reaction>,
    given: BTreeMap<i64, String>,
    sums: Sums,
    /// The engine knows people by the numbers of the export, so that anybody draws the same map from it.
    names: Names,
    whole: bool,
    was_on_map: Vec<i64>,
}

impl Material {
    /// All there is.
    fn whole(tx: &mut Tx<'_>, code: &str, key: &Key) -> Result<Self, DbError> {
        let conversation = store::by_code(tx, code)?.ok_or(DbError::NotFound)?;
        let mut reactions = Vec::new();
        store::each_current(tx, code, |one| reactions.push(one))?;
        let view = store::drawn(tx, code)?.map(|drawn| drawn.view).unwrap_or_default();
        let view: Option<MapView> = serde_json::from_str(&view).ok();
        let was_on_map = view.map(|view| view.places.iter().filter(|one| one.3 >= 0).map(|one| one.0).collect());
        Ok(Self {
            names: Names::of(key, &conversation),
            conversation,
            statements: store::statements(tx, code)?,
            reactions,
            before: store::before_of_all(tx, code)?,
            given: store::given_groups(tx, code)?,
            sums: sums(tx, code)?,
            whole: true,
            was_on_map: was_on_map.unwrap_or_default(),
        })
    }

    /// What changed since a map was drawn; all of it where an answer that is on that map was taken back.
    fn since(tx: &mut Tx<'_>, code: &str, key: &Key, live: &Live) -> Result<Self, DbError> {
        let Some(until) = live.until else { return Self::whole(tx, code, key) };
        let reactions = store::changed_since(tx, code, until.plus_seconds(-MARGIN_SECONDS))?;
        for gone in reactions.iter().filter(|one| one.stance.is_none() && !live.knows(one)) {
            if store::at_before(tx, code, gone)?.is_none_or(|at| at <= until) {
                return Self::whole(tx, code, key);
            }
        }
        let conversation = store::by_code(tx, code)?.ok_or(DbError::NotFound)?;
        Ok(Self {
            names: Names::of(key, &conversation),
            conversation,
            statements: store::statements(tx, code)?,
            reactions,
            before: Vec::new(),
            given: BTreeMap::new(),
            sums: sums(tx, code)?,
            whole: false,
            was_on_map: Vec::new(),
        })
    }
}

/// Draws the map of a conversation and keeps it.
///
/// # Errors
/// Those of the database; `NotFound` when there is no such conversation; a sentence of the engine when it is too large.
pub async fn draw(town: &Town, code: &str) -> Result<(), DbError> {
    let books = town.part::<Books>();
    let desk = books.live(code);
    let mut desk = desk.lock().await;
    let taken = code.to_owned();
    let gone = town.db().write(move |tx| {
        store::take_up(tx, &taken)?;
        let gone = store::by_code(tx, &taken)?.is_some_and(|one| one.undone_at.is_some());
        tx.commit(OFF_RECORD, gone)
    });
    if gone.await.map_err(|error: DbError| error)? {
        // Whoever asked did so before the taking over was undone.
        *desk = None;
        return Ok(());
    }
    let (own, live, key) = (code.to_owned(), desk.take(), Books::key(town).await?);
    let read = town.db().read_long(move |tx| {
        let material = match &live {
            Some(live) => Material::since(tx, &own, &key, live)?,
            None => Material::whole(tx, &own, &key)?,
        };
        Ok::<_, DbError>((material, live))
    });
    let (material, live) = read.await?;
    let now = town.now();
    let work = tokio::task::spawn_blocking(move || {
        let live = live::advance(live, &material)?;
        let given = live.given(&material)?;
        let view = MapView::of(live.map(), now, given, material.sums).numbered(&live.people);
        Ok::<_, opinion_map::Refusal>((live, view))
    });
    let failed = |error: String| DbError::Other(format!("the map of {code} was not drawn: {error}"));
    let (live, view) =
        work.await.map_err(|error| failed(error.to_string()))?.map_err(|error| failed(error.to_string()))?;
    keep(town, code, view, now).await?;
    *desk = Some(live);
    Ok(())
}

async fn keep(town: &Town, code: &str, view: MapView, now: Moment) -> Result<(), DbError> {
    let text = serde_json::to_string(&view).map_err(|error| DbError::Other(error.to_string()))?;
    let (own, reactions) = (code.to_owned(), i64::try_from(view.reactions).unwrap_or(i64::MAX));
    let kept = town.db().write(move |tx| {
        let version = store::keep_map(tx, &own, &text, now)?;
        let last = store::last_snapshot(tx, &own)?.map_or(0, |(_, reactions)| reactions);
        if reactions >= SNAPSHOT_LEAST && reactions as f64 >= last as f64 * SNAPSHOT_GROWTH {
            store::add_snapshot(tx, &own, now, reactions, &text)?;
        }
        tx.commit(OFF_RECORD, version)
    });
    let version = kept.await.map_err(|error: DbError| error)?;
    town.part::<Books>().put_map(code, version, view);
    Ok(())
}

/// Draws what the map looked like at earlier moments, for playback, of a conversation that was taken over or simulated; without
/// the measurements of stability and separation.
///
/// # Errors
/// As [`draw`].
pub async fn draw_frames(town: &Town, code: &str, frames: usize) -> Result<(), DbError> {
    if frames < 2 {
        return Ok(());
    }
    let (own, key) = (code.to_owned(), Books::key(town).await?);
    let material = town.db().read_long(move |tx| Material::whole(tx, &own, &key)).await?;
    let work = tokio::task::spawn_blocking(move || live::frames(&material, frames));
    let failed = |error: String| DbError::Other(format!("what the map of {code} was like was not drawn: {error}"));
    let drawn = work.await.map_err(|error| failed(error.to_string()))?.map_err(|error| failed(error.to_string()))?;
    let own = code.to_owned();
    let kept = town.db().write(move |tx| {
        for view in &drawn {
            let at = Moment::parse(&view.drawn_at).map_err(DbError::Other)?;
            let text = serde_json::to_string(view).map_err(|error| DbError::Other(error.to_string()))?;
            store::add_snapshot(tx, &own, at, i64::try_from(view.reactions).unwrap_or(i64::MAX), &text)?;
        }
        tx.commit(OFF_RECORD, ())
    });
    kept.await
}

impl Live {
    fn given(&self, material: &Material) -> Result<Option<GivenView>, opinion_map::Refusal> {
        if material.given.is_empty() {
            return Ok(None);
        }
        GivenView::of(self.map(), &live::engine_conversation(material), &material.given)
    }
}
