//! Joint applicants are named, asked, and say for themselves whether they apply.

use super::{CoApplicant, Consent, decide, store};
use crate::{
    conflict,
    model::{Application, Definition, Step},
    store::{self as rooms, Draft},
};
use axum::http::StatusCode;
use civic::{Actor, Chance, EntryId, Language, Moment, secret};
use database::{DbError, OffRecord, Tx};
use forms::Answers;
use people::mail::{self, Mail};
use web::{Refusal, Stop, Town, forms::Submission};

const PRIVATE: OffRecord = OffRecord("who applies with whom is nobody's business; the decision is recorded");

/// Somebody to be named.
#[derive(Debug, Clone)]
pub struct NewCoApplicant {
    /// What they are called.
    pub name: String,
    /// Where their link goes; empty for who confirms at the counter.
    pub email: String,
}

/// A draft in which others can be named: one that will be filed, not one that answers questions again.
fn to_be_filed(tx: &mut Tx<'_>, secret: &str) -> Result<Draft, Stop> {
    rooms::draft_to_change(tx, secret)?.filter(|draft| draft.reopens.is_empty()).ok_or(Stop::NotFound)
}

/// Names one more in a draft.
///
/// # Errors
/// `NotFound`; what [`decide::named`] refuses.
pub async fn add(town: &Town, secret: String, new: NewCoApplicant) -> Result<(), Stop> {
    let (now, chance) = (town.now(), town.chance_handle());
    town.db()
        .write(move |tx| {
            let draft = to_be_filed(tx, &secret)?;
            let definition = rooms::version_of(tx, &draft.service, draft.number)?.ok_or(Stop::NotFound)?;
            let known = store::of_owner(tx, &draft.hash)?.len();
            let (name, email) = decide::named(definition.joint, known, &new.name, &new.email)?;
            let id = EntryId::new(now, &*chance).text();
            let one = CoApplicant {
                id,
                name,
                email,
                consent: Consent::Asked,
                added_at: now,
                expires_at: None,
                answers: Answers::default(),
            };
            store::add(tx, &draft.hash, &one)?;
            tx.commit(PRIVATE, ()).map_err(Stop::from)
        })
        .await
}

/// Takes one out of a draft.
///
/// # Errors
/// `NotFound`.
pub async fn drop_one(town: &Town, secret: String, id: String) -> Result<(), Stop> {
    town.db()
        .write(move |tx| {
            let draft = to_be_filed(tx, &secret)?;
            if !store::drop_one(tx, &draft.hash, &id)? {
                return Err(Stop::NotFound);
            }
            tx.commit(PRIVATE, ()).map_err(Stop::from)
        })
        .await
}

/// A draft was filed: each gets a link of their own.
///
/// # Errors
/// Those of the database.
pub fn hand_over(
    tx: &mut Tx<'_>,
    town: &Town,
    hash: &str,
    one: &Application,
    definition: &Definition,
    chance: &dyn Chance,
) -> Result<(), DbError> {
    let until = town.now().plus_days(decide::INVITED_DAYS);
    for other in store::of_owner(tx, hash)? {
        invite(tx, town, one, &other, definition, until, chance)?;
    }
    Ok(())
}

/// Gives somebody a link of their own, and sends it where they have an address.
fn invite(
    tx: &mut Tx<'_>,
    town: &Town,
    one: &Application,
    other: &CoApplicant,
    definition: &Definition,
    until: Moment,
    chance: &dyn Chance,
) -> Result<(), DbError> {
    let key = secret(chance);
    let expires_at = other.email.as_ref().map(|_| until);
    store::invite(tx, &other.id, one.code.as_str(), &key, expires_at)?;
    let Some(to) = other.email.clone() else { return Ok(()) };
    let t = town.words().of(one.language);
    let values = [
        ("name", other.name.as_str().into()),
        ("code", one.code.as_str().into()),
        ("service", definition.title.in_language(one.language).into()),
        ("town", town.settings().name.in_language(one.language).into()),
        ("until", web::dates::date(until, &town.settings().zone, one.language).into()),
        ("link", town.url(&format!("/applications/{}?key={key}", one.code)).into()),
    ];
    // Who applies already lost their link: they are asked nothing.
    let letter = if other.consent.is_confirmed() { "sv-letter-joint-link" } else { "sv-letter-joint" };
    let subject = t.with(&format!("{letter}-subject"), &values);
    let body_text = t.with(&format!("{letter}-body"), &values);
    mail::put(tx, &Mail { to, subject, body_text }, town.now(), chance).map(|_| ())
}

/// A new link for somebody who was named.
#[derive(Debug, Clone)]
pub struct InviteAgain {
    /// The application.
    pub code: String,
    /// The key of the first applicant; empty where they are signed in.
    pub key: String,
    /// The id of who was named.
    pub who: String,
}

/// The first applicant has a new link sent; the one before opens nothing any more.
///
/// # Errors
/// `NotFound` for whoever is not the first applicant; `joint-again`, `joint-soon`.
pub async fn invite_again(town: &Town, actor: Actor, asked: InviteAgain) -> Result<(), Stop> {
    let (own, now, chance) = (town.clone(), town.now(), town.chance_handle());
    town.db()
        .write(move |tx| {
            let found = rooms::by_code_to_change(tx, &asked.code)?.filter(|one| !one.is_erased);
            let one = found.ok_or(Stop::NotFound)?;
            let is_owner = actor.person.is_some() && actor.person == one.person;
            if !is_owner && (asked.key.is_empty() || !rooms::is_key(tx, one.code.as_str(), &asked.key)?) {
                return Err(Stop::NotFound);
            }
            let all = store::of_owner(tx, one.code.as_str())?;
            let other = all.into_iter().find(|other| other.id == asked.who).ok_or(Stop::NotFound)?;
            let until = decide::invited_again(&other, &one.state, now)?;
            let definition = rooms::version_of(tx, &one.service, one.number)?.ok_or(Stop::NotFound)?;
            invite(tx, &own, &one, &other, &definition, until, &*chance)?;
            tx.commit(PRIVATE, ()).map_err(Stop::from)
        })
        .await
}

/// What somebody reads whose invitation has expired (410).
pub fn expired() -> Refusal {
    Refusal::new("joint-expired").status(StatusCode::GONE)
}

/// What somebody says by the link of their own.
#[derive(Debug, Clone)]
pub struct Answered {
    /// The application.
    pub code: String,
    /// The key of their link.
    pub key: String,
    /// Whether they apply too.
    pub confirms: bool,
    /// What they answer for themselves, where the service asks something of each.
    pub sent: Submission,
    /// The language of whoever reads what is wrong with it.
    pub language: Language,
}

/// What an officer types in at the counter for somebody who applies too.
#[derive(Debug, Clone)]
pub struct AtCounter {
    /// The application.
    pub code: String,
    /// The id of the joint applicant.
    pub id: String,
    /// The version of the application that the officer saw.
    pub seen_version: i64,
    /// What they answer for themselves, where the service asks something of each.
    pub sent: Submission,
    /// The language of the officer.
    pub language: Language,
}

/// Keeps what somebody says by the link of their own. Who says yes again with other answers changes these.
///
/// # Errors
/// `NotFound` for every other key; `joint-expired`; `joint-over`; what must be put right in what they answer for themselves.
pub async fn answer(town: &Town, said: Answered) -> Result<(), Stop> {
    let (now, chance, districts) = (town.now(), town.chance_handle(), districts(town));
    town.db()
        .write(move |tx| {
            let one = rooms::by_code_to_change(tx, &said.code)?.ok_or(Stop::NotFound)?;
            let mut other = store::by_key(tx, one.code.as_str(), &said.key)?.ok_or(Stop::NotFound)?;
            if decide::has_expired(&other, now) {
                return Err(expired().into());
            }
            let sent = Sent { answers: &said.sent, districts: &districts, language: said.language };
            let heard = hear(tx, &one, &mut other, (said.confirms, "", now), &sent)?;
            keep(tx, one, &other, heard, "applicant", now, &*chance)?;
            tx.commit(PRIVATE, ()).map_err(Stop::from)
        })
        .await
}

fn districts(town: &Town) -> Vec<String> {
    town.part::<places::Districts>().all().into_iter().map(|(code, _)| code).collect()
}

/// What somebody answers for themselves, as it was sent.
struct Sent<'s> {
    answers: &'s Submission,
    /// The codes of the districts.
    districts: &'s [String],
    language: Language,
}

/// What is to be kept of what somebody says: their word, and the word of the step in the thread.
type Heard = Option<(Consent, &'static str)>;

/// What somebody says: their answers go with their yes, and away with their no. `None` where all of it is as it was.
fn hear(
    tx: &mut Tx<'_>,
    one: &Application,
    other: &mut CoApplicant,
    (confirms, by, now): (bool, &str, Moment),
    sent: &Sent<'_>,
) -> Result<Heard, Stop> {
    let consent = decide::said(other, &one.state, confirms, by, now)?;
    if !confirms {
        other.answers = Answers::default();
        return Ok(consent.map(|consent| (consent, "joint-declined")));
    }
    let definition = rooms::version_of(tx, &one.service, one.number)?.ok_or(Stop::NotFound)?;
    let answers =
        decide::own_answers(&definition, sent.answers, sent.districts, sent.language).map_err(Stop::Refused)?;
    let heard = match consent {
        Some(consent) => Some((consent, "joint-confirmed")),
        None => decide::answered_anew(other, &one.state, &answers, by, now)?.map(|consent| (consent, "joint-answered")),
    };
    other.answers = answers;
    Ok(heard)
}

/// Keeps at the counter that somebody applies too, with what they answer for themselves.
///
/// # Errors
/// `NotFound` where the actor's mandate does not reach; `application-stale` where the page that was seen does not show how it stands;
/// `joint-over`; what must be put right in the answers.
pub async fn confirm_at_desk(town: &Town, actor: Actor, said: AtCounter) -> Result<(), Stop> {
    let (now, chance, districts) = (town.now(), town.chance_handle(), districts(town));
    town.db()
        .write(move |tx| {
            let found = rooms::by_code_to_change(tx, &said.code)?;
            let one = conflict::for_officer(tx, &actor, found)?;
            let all = store::of_owner(tx, one.code.as_str())?;
            let mut other = all.into_iter().find(|other| other.id == said.id).ok_or(Stop::NotFound)?;
            let sent = Sent { answers: &said.sent, districts: &districts, language: said.language };
            let heard = hear(tx, &one, &mut other, (true, &actor.handle, now), &sent);
            // What is as it was anyway (a second click) is no change that somebody had to see.
            let is_change = matches!(heard, Ok(Some(_)) | Err(Stop::Refused(_)));
            if is_change && said.seen_version != one.version {
                return Err(Refusal::conflict("application-stale").into());
            }
            keep(tx, one, &other, heard?, &actor.handle, now, &*chance)?;
            tx.commit(PRIVATE, ()).map_err(Stop::from)
        })
        .await
}

/// Writes it down with a step in the thread; the version grows, so that nobody decides on a page that does not show it.
fn keep(
    tx: &mut Tx<'_>,
    mut one: Application,
    other: &CoApplicant,
    heard: Heard,
    by: &str,
    now: Moment,
    chance: &dyn Chance,
) -> Result<(), DbError> {
    let Some((consent, what)) = heard else { return Ok(()) };
    store::set_consent(tx, &other.id, &consent, &other.answers)?;
    one.version += 1;
    rooms::update(tx, &one)?;
    let step = Step {
        id: EntryId::new(now, chance).text(),
        at: now,
        what: what.to_owned(),
        actor: by.to_owned(),
        body: other.name.clone(),
        is_internal: false,
    };
    rooms::add_step(tx, &one.code, &step)
}
