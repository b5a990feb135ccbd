//! Joint applicants are named, asked, and say for themselves whether they apply.

use super::{CoApplicant, Consent, decide, store};
use crate::{
    acts,
    model::{Application, Definition, Step},
    store as rooms,
};
use civic::{Actor, Chance, EntryId, Moment, secret};
use database::{DbError, OffRecord, Tx};
use forms::Answers;
use people::mail::{self, Mail};
use web::{Stop, Town, forms::Submission};

const PRIVATE: OffRecord = OffRecord("who applies with whom is nobody's business; the decision is recorded");

/// Somebody to be named.
#[derive(Debug, Clone)]
pub struct NewCoApplicant {
    /// What they are called.
    pub name: String,
    /// Where their link goes; empty for who confirms at the counter.
    pub email: String,
}

/// Names one more in a draft.
///
/// # Errors
/// `NotFound`; what [`decide::named`] refuses.
pub async fn add(town: &Town, secret: String, new: NewCoApplicant) -> Result<(), Stop> {
    let (now, chance) = (town.now(), town.chance_handle());
    town.db()
        .write(move |tx| {
            let draft = rooms::draft_to_change(tx, &secret)?.ok_or(Stop::NotFound)?;
            let definition = rooms::version_of(tx, &draft.service, draft.number)?.ok_or(Stop::NotFound)?;
            let known = store::of_owner(tx, &draft.hash)?.len();
            let (name, email) = decide::named(definition.joint, known, &new.name, &new.email)?;
            let id = EntryId::new(now, &*chance).text();
            let one =
                CoApplicant { id, name, email, consent: Consent::Asked, added_at: now, answers: Answers::default() };
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
            let draft = rooms::draft_to_change(tx, &secret)?.ok_or(Stop::NotFound)?;
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
    for other in store::of_owner(tx, hash)? {
        let key = secret(chance);
        store::move_one(tx, &other.id, one.code.as_str(), &key)?;
        let Some(to) = other.email else { continue };
        let t = town.words().of(one.language);
        let values = [
            ("name", other.name.as_str().into()),
            ("code", one.code.as_str().into()),
            ("service", definition.title.in_language(one.language).into()),
            ("town", town.settings().name.in_language(one.language).into()),
            ("link", town.url(&format!("/applications/{}?key={key}", one.code)).into()),
        ];
        let subject = t.with("sv-letter-joint-subject", &values);
        let body_text = t.with("sv-letter-joint-body", &values);
        mail::put(tx, &Mail { to, subject, body_text }, town.now(), chance)?;
    }
    Ok(())
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
}

/// Keeps what somebody says by the link of their own.
///
/// # Errors
/// `NotFound` for every other key; `joint-over`; what must be put right in what they answer for themselves.
pub async fn answer(town: &Town, said: Answered) -> Result<(), Stop> {
    let (now, chance, districts) = (town.now(), town.chance_handle(), districts(town));
    town.db()
        .write(move |tx| {
            let one = rooms::by_code_to_change(tx, &said.code)?.ok_or(Stop::NotFound)?;
            let mut other = store::by_key(tx, one.code.as_str(), &said.key)?.ok_or(Stop::NotFound)?;
            let consent = decide::said(&other, &one.state, said.confirms, "", now)?;
            answer_for_themselves(tx, &one, &mut other, consent.as_ref(), (&said.sent, &districts))?;
            keep(tx, one, &other, consent, "applicant", now, &*chance)?;
            tx.commit(PRIVATE, ()).map_err(Stop::from)
        })
        .await
}

fn districts(town: &Town) -> Vec<String> {
    town.part::<places::Districts>().all().into_iter().map(|(code, _)| code).collect()
}

/// What somebody answers for themselves goes with their yes, and away with their no.
fn answer_for_themselves(
    tx: &mut Tx<'_>,
    one: &Application,
    other: &mut CoApplicant,
    consent: Option<&Consent>,
    (sent, districts): (&Submission, &[String]),
) -> Result<(), Stop> {
    other.answers = match consent {
        Some(Consent::Confirmed { .. }) => {
            let definition = rooms::version_of(tx, &one.service, one.number)?.ok_or(Stop::NotFound)?;
            decide::own_answers(&definition, sent, districts, one.language).map_err(Stop::Refused)?
        }
        _ => Answers::default(),
    };
    Ok(())
}

/// Keeps at the counter that somebody applies too, with what they answer for themselves.
///
/// # Errors
/// `NotFound` where the actor's mandate does not reach; `joint-over`; what must be put right in the answers.
pub async fn confirm_at_desk(
    town: &Town,
    actor: Actor,
    (code, id): (String, String),
    sent: Submission,
) -> Result<(), Stop> {
    let (now, chance, districts) = (town.now(), town.chance_handle(), districts(town));
    town.db()
        .write(move |tx| {
            let found = rooms::by_code_to_change(tx, &code)?;
            let one = found.filter(|one| actor.may_for(&acts::HANDLE, Some(one.organisation))).ok_or(Stop::NotFound)?;
            let all = store::of_owner(tx, one.code.as_str())?;
            let mut other = all.into_iter().find(|other| other.id == id).ok_or(Stop::NotFound)?;
            let consent = decide::said(&other, &one.state, true, &actor.handle, now)?;
            answer_for_themselves(tx, &one, &mut other, consent.as_ref(), (&sent, &districts))?;
            keep(tx, one, &other, consent, &actor.handle, now, &*chance)?;
            tx.commit(PRIVATE, ()).map_err(Stop::from)
        })
        .await
}

/// Writes it down with a step in the thread; the version grows, so that nobody decides on a page that does not show it.
fn keep(
    tx: &mut Tx<'_>,
    mut one: Application,
    other: &CoApplicant,
    consent: Option<Consent>,
    by: &str,
    now: Moment,
    chance: &dyn Chance,
) -> Result<(), DbError> {
    let Some(consent) = consent else { return Ok(()) };
    store::set_consent(tx, &other.id, &consent, &other.answers)?;
    one.version += 1;
    rooms::update(tx, &one)?;
    let step = Step {
        id: EntryId::new(now, chance).text(),
        at: now,
        what: format!("joint-{}", consent.word()),
        actor: by.to_owned(),
        body: other.name.clone(),
        is_internal: false,
    };
    rooms::add_step(tx, &one.code, &step)
}
