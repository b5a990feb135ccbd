//! A resident writes a proposal and hands it in.

mod again;
mod correcting;

use again::sent_before;
pub use correcting::{Edited, edit, withdraw};
pub(super) use correcting::{must_be_shown, replace};

use super::{CODE_LENGTH, account_since, person_of};
use crate::{
    decide::{self, DRAFTS_LIMIT, Read, Scene, SubmitFacts, Where, Words},
    joining::scene,
    model::{Author, AuthorPart, GroupName, PHOTOS_LIMIT, PhaseAct, Proposal, State},
    moderated, store,
    store::SHUFFLE_PRIME,
};
use civic::{Actor, Chance, Code, Moment, PersonId, Subject, secret};
use commons::{
    files::StoredPhoto,
    links::{Link, Relation, link},
    moderation::{Seen, Text, watch},
};
use database::{DbError, OffRecord, Tx};
use places::Districts;
use record::Entry;
use serde_json::{Value, json};
use web::{Refusal, Stop, Town, manifest::Catalogue};

/// Why a draft is not on the record.
const DRAFT: OffRecord = OffRecord("a draft is its authors' own");

/// Why a form that was sent again has no entry.
const SENT_BEFORE: OffRecord = OffRecord("the same form was sent before, and its proposal is on the record");
/// Seconds in which what somebody hands in is counted.
const HOUR_SECONDS: i64 = 3_600;

/// A proposal that was handed in.
#[derive(Debug, Clone)]
pub struct Submitted {
    /// The proposal.
    pub proposal: Proposal,
    /// Whether its words are held back until a moderator has looked, because they look like advertising.
    pub held: bool,
}

/// Keeps a draft, a new one or that of this code, with photos that were taken in already. Nothing is missed yet.
///
/// # Errors
/// Refusals of what cannot be read; `drafts-too-many`; `phase-not-submit` when no time to hand it in will come.
pub async fn save_draft(
    town: &Town,
    actor: Actor,
    process: String,
    code: Option<String>,
    words: Words,
    photos: Vec<StoredPhoto>,
) -> Result<Proposal, Stop> {
    let own = town.clone();
    town.db()
        .write(move |tx| {
            let read = decide::read(&words).map_err(Stop::Refused)?;
            let mut draft = match code {
                Some(code) => own_draft(tx, &code, &actor)?,
                None => new_draft(&own, tx, &actor, &process)?,
            };
            put_words(&mut draft, &read);
            draft.district = read.district;
            draft.sources = read.sources;
            add_photos(&mut draft, &photos)?;
            put_group(tx, &actor, &mut draft, &words)?;
            draft.updated_at = own.now();
            store::update(tx, &draft)?;
            tx.commit(DRAFT, draft).map_err(Stop::from)
        })
        .await
}

/// The draft of this code, held against change, when it is one's own; otherwise it might as well not exist.
///
/// # Errors
/// `NotFound`.
fn own_draft(tx: &mut Tx<'_>, code: &str, actor: &Actor) -> Result<Proposal, Stop> {
    let draft = store::by_code_to_change(tx, code)?.filter(|one| one.state == State::Draft).ok_or(Stop::NotFound)?;
    if store::decides(tx, code, actor.person)? { Ok(draft) } else { Err(Stop::NotFound) }
}

fn new_draft(town: &Town, tx: &mut Tx<'_>, actor: &Actor, process: &str) -> Result<Proposal, Stop> {
    let person = person_of(actor)?;
    let process = store::published(tx, process)?.ok_or(Stop::NotFound)?;
    let now = town.now();
    if !process.will_allow(PhaseAct::Submit, now) {
        return Err(Refusal::conflict("phase-not-submit").into());
    }
    if store::drafts_of(tx, &process.code, person)? >= DRAFTS_LIMIT {
        return Err(Refusal::conflict("drafts-too-many").with("most", DRAFTS_LIMIT).into());
    }
    let draft = blank(free_code(tx, town.chance())?, process.code, now, town.chance());
    store::insert(tx, &draft)?;
    store::add_author(tx, draft.code.as_str(), &author(actor, person, AuthorPart::Lead), now)?;
    Ok(draft)
}

/// A draft with nothing in it yet.
pub(super) fn blank(code: Code, process: String, now: Moment, chance: &dyn Chance) -> Proposal {
    Proposal {
        code,
        process,
        state: State::Draft,
        title: String::new(),
        text: String::new(),
        category: String::new(),
        district: None,
        place: None,
        address: String::new(),
        cost_cents: None,
        sources: Vec::new(),
        photos: Vec::new(),
        photo_key: secret(chance),
        supports: 0,
        supports_elsewhere: 0,
        points: 0,
        comments: 0,
        shuffle: shuffle(chance),
        made_at: now,
        submitted_at: None,
        updated_at: now,
        reached_at: None,
        answer_due_at: None,
        estimate_cents: None,
        version: 1,
        group: None,
    }
}

pub(super) fn author(actor: &Actor, person: PersonId, part: AuthorPart) -> Author {
    Author { handle: actor.handle.clone(), person: Some(person), name: actor.name.clone(), part }
}

pub(super) fn free_code(tx: &mut Tx<'_>, chance: &dyn Chance) -> Result<Code, DbError> {
    database::free_code(tx, 'P', CODE_LENGTH, chance, store::is_taken)
}

fn shuffle(chance: &dyn Chance) -> i64 {
    let mut bytes = [0_u8; 8];
    chance.fill(&mut bytes);
    i64::from_le_bytes(bytes).rem_euclid(SHUFFLE_PRIME)
}

fn put_words(proposal: &mut Proposal, read: &Read) {
    proposal.title.clone_from(&read.title);
    proposal.text.clone_from(&read.text);
    proposal.category.clone_from(&read.category);
    proposal.place = read.place;
    proposal.address.clone_from(&read.address);
    proposal.cost_cents = read.cost_cents;
}

/// Puts a draft into the name of a group, or takes it out again. Only who is in a group speaks for it.
fn put_group(tx: &mut Tx<'_>, actor: &Actor, draft: &mut Proposal, words: &Words) -> Result<(), Stop> {
    let Some(code) = &words.group else { return Ok(()) };
    if draft.group.as_ref().map_or("", |group| group.code.as_str()) == code {
        return Ok(());
    }
    draft.group = match code.as_str() {
        "" => None,
        code => {
            must_speak_for(tx, actor, code)?;
            store::group(tx, code)?.map(|group| GroupName { code: group.code.to_string(), name: group.name })
        }
    };
    Ok(())
}

fn must_speak_for(tx: &mut Tx<'_>, actor: &Actor, group: &str) -> Result<(), Stop> {
    if store::is_member(tx, group, actor.person)? {
        return Ok(());
    }
    Err(Refusal::new("proposal-group").at("group").into())
}

fn add_photos(draft: &mut Proposal, photos: &[StoredPhoto]) -> Result<(), Refusal> {
    draft.photos.extend(photos.iter().map(|photo| photo.id.text()));
    if draft.photos.len() > PHOTOS_LIMIT {
        return Err(Refusal::new("proposal-photos").at("photo").with("most", PHOTOS_LIMIT));
    }
    Ok(())
}

/// Hands a draft in: from now on everybody sees it. The same form sent twice within a day is one proposal: the draft goes, and
/// the answer is that proposal.
///
/// # Errors
/// Refusals of the decision, one for each thing to put right.
pub async fn submit(town: &Town, actor: Actor, code: String) -> Result<Submitted, Stop> {
    let own = town.clone();
    town.db()
        .write(move |tx| {
            let draft = own_draft(tx, &code, &actor)?;
            if let Some(before) = sent_before(&own, tx, &actor, &draft)? {
                store::delete_draft(tx, &code)?;
                return tx.commit(SENT_BEFORE, before).map_err(Stop::from);
            }
            let (entry, done) = hand_in(&own, tx, &actor, draft)?;
            tx.commit(entry, done).map_err(Stop::from)
        })
        .await
}

/// Writes and hands in at once, as programs do: nothing is kept when it is refused.
///
/// # Errors
/// As [`submit`].
pub async fn propose(town: &Town, actor: Actor, process: String, words: Words) -> Result<Submitted, Stop> {
    let own = town.clone();
    town.db()
        .write(move |tx| {
            let read = decide::read(&words).map_err(Stop::Refused)?;
            let mut draft = new_draft(&own, tx, &actor, &process)?;
            put_words(&mut draft, &read);
            draft.district = read.district;
            draft.sources = read.sources;
            put_group(tx, &actor, &mut draft, &words)?;
            if let Some(before) = sent_before(&own, tx, &actor, &draft)? {
                store::delete_draft(tx, draft.code.as_str())?;
                return tx.commit(SENT_BEFORE, before).map_err(Stop::from);
            }
            let (entry, done) = hand_in(&own, tx, &actor, draft)?;
            tx.commit(entry, done).map_err(Stop::from)
        })
        .await
}

fn hand_in(town: &Town, tx: &mut Tx<'_>, actor: &Actor, mut draft: Proposal) -> Result<(Entry, Submitted), Stop> {
    let person = person_of(actor)?;
    let process = store::published(tx, &draft.process)?.ok_or(Stop::NotFound)?;
    if let Some(group) = &draft.group {
        must_speak_for(tx, actor, &group.code)?;
    }
    let scene = scene(town, tx, process)?;
    let within_hour = store::handed_in_since(tx, person, scene.now.plus_seconds(-HOUR_SECONDS))?;
    decide::may_hand_in(within_hour)?;
    let read = read_of(&draft);
    let (sources, unknown) = find_sources(town, tx, &draft.sources)?;
    draft.district = judge(town, tx, &scene, &read, person, unknown)?;
    draft.state = State::Open;
    draft.submitted_at = Some(scene.now);
    draft.updated_at = scene.now;
    let photos = std::mem::take(&mut draft.photos);
    store::update(tx, &draft)?;
    attach_photos(tx, &photos, &draft)?;
    commons::documents::show(tx, &draft.subject())?;
    for to in sources {
        link(tx, &Link { from: draft.subject(), relation: Relation::GrewOutOf, to }, scene.now)?;
    }
    let same = store::same_since(tx, person, &draft, scene.now.plus_days(-1))?;
    let others = same.iter().filter(|one| one.code != draft.code).count();
    let held = is_held(tx, &draft, (actor, u32::try_from(others).unwrap_or(u32::MAX)), scene.now, town.chance())?;
    let entry = Entry::about(draft.subject(), "proposal.submitted", actor, scene.now, town.chance());
    let entry = entry.publicly(&public_view(&draft, held))?.privately(&private_view(&draft), town.chance())?;
    if held {
        draft = store::by_code(tx, draft.code.as_str())?.ok_or(Stop::NotFound)?;
    }
    Ok((entry, Submitted { proposal: draft, held }))
}

fn read_of(draft: &Proposal) -> Read {
    Read {
        title: draft.title.clone(),
        text: draft.text.clone(),
        category: draft.category.clone(),
        district: draft.district.clone(),
        place: draft.place,
        address: draft.address.clone(),
        cost_cents: draft.cost_cents,
        sources: draft.sources.clone(),
    }
}

/// Whether it may be handed in now; answers its district.
fn judge(
    town: &Town,
    tx: &mut Tx<'_>,
    scene: &Scene,
    read: &Read,
    person: PersonId,
    unknown_sources: Vec<String>,
) -> Result<Option<String>, Stop> {
    let districts = town.part::<Districts>();
    let located = match read.place {
        None => Where::NoPin,
        Some(_) if districts.is_empty() => Where::Inside(None),
        Some(place) => districts.locate(place).map_or(Where::Outside, |code| Where::Inside(Some(code))),
    };
    let facts = SubmitFacts {
        scene,
        located,
        district_exists: read.district.as_deref().is_some_and(|code| districts.name(code).is_some()),
        has_districts: !districts.is_empty(),
        account_since: account_since(tx, person)?,
        unknown_sources,
    };
    decide::decide_submission(&facts, read).map_err(Stop::Refused)
}

/// What these references name in public, and which name nothing.
fn find_sources(town: &Town, tx: &mut Tx<'_>, codes: &[String]) -> Result<(Vec<Subject>, Vec<String>), DbError> {
    let (mut found, mut unknown) = (Vec::new(), Vec::new());
    for code in codes {
        let id = code.rsplit('/').next().unwrap_or_default();
        let mut public = None;
        for info in &town.part::<Catalogue>().subjects {
            let subject = Subject { kind: info.kind.to_owned(), id: id.to_owned() };
            // What has a line in the public record is public.
            if public.is_none() && record::is_known(tx, &subject)? {
                public = Some(subject);
            }
        }
        match public {
            Some(subject) => found.push(subject),
            None => unknown.push(code.clone()),
        }
    }
    Ok((found, unknown))
}

fn attach_photos(tx: &mut Tx<'_>, photos: &[String], proposal: &Proposal) -> Result<(), DbError> {
    for id in photos {
        let Ok(id) = id.parse() else { continue };
        match commons::files::attach(tx, &StoredPhoto { id }, &proposal.subject()) {
            // It lay too long in the draft, and was thrown away.
            Err(DbError::NotFound) => {}
            other => other?,
        }
    }
    Ok(())
}

/// Scores what was written by somebody who sent the same words so often before; see [`commons::moderation::spam`].
fn is_held(
    tx: &mut Tx<'_>,
    proposal: &Proposal,
    (actor, sent_before): (&Actor, u32),
    now: Moment,
    chance: &dyn Chance,
) -> Result<bool, DbError> {
    let group = proposal.group.as_ref().map_or("", |group| group.name.as_str());
    let words = format!("{}\n{}\n{group}", proposal.title, proposal.text);
    let text = Text { text: &words, author: actor, sent_before, parts: moderated::HELD };
    Ok(watch(tx, moderated::PROPOSALS, &proposal.subject(), &text, now, chance)? == Seen::Held)
}

/// What the record says of a proposal: codes and the pin, never its words.
fn public_view(proposal: &Proposal, held: bool) -> Value {
    let place = proposal.place.map(|place| json!({"lat_micro": place.lat_micro(), "long_micro": place.long_micro()}));
    let mut view = json!({
        "process": proposal.process, "category": proposal.category, "district": proposal.district, "place": place,
        "version": proposal.version, "cost_cents": proposal.cost_cents,
    });
    if let Some(group) = &proposal.group {
        view["group"] = group.code.as_str().into();
    }
    if held {
        view["held"] = true.into();
    }
    view
}

/// What the record seals of it.
fn private_view(proposal: &Proposal) -> Value {
    json!({"title": proposal.title, "text": proposal.text, "address": proposal.address})
}
