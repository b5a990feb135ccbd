//! Assemblies are written down, published and changed.

use super::{first_language, keep, must_keep, own_assembly, touch};
use crate::{
    decide,
    model::{Assembly, Draw, Facts, Kind, Plan, State},
    store,
};
use civic::{Actor, Chance, Language, LocalText, Moment, OrganisationId, Subject};
use database::{DbError, OffRecord, Tx};
use record::Entry;
use serde_json::{Value, json};
use web::{Refusal, Stop, Town, manifest::Catalogue};

const PRIVATE: OffRecord = OffRecord("an assembly is private until it is published");
/// The shortest code, in characters after `S-`; it grows when codes run out.
const CODE_LENGTH: usize = 4;
/// Days until registration for a new assembly closes, members, and days to answer, unless changed.
const DAYS_AHEAD: i64 = 30;
const SEATS: u32 = 30;
const REPLY_DAYS: u32 = 10;

/// An assembly to begin.
#[derive(Debug, Clone)]
pub struct NewAssembly {
    /// What it is called.
    pub title: LocalText,
    /// Who holds it.
    pub organisation: Option<OrganisationId>,
}

/// What may change once an assembly is public and nobody is drawn.
#[derive(Debug, Clone)]
pub struct Change {
    /// When registration closes; only later, and only while it is open.
    pub closes_at: Moment,
    /// Quotas of the same features.
    pub quotas: String,
    /// Why; everybody reads it.
    pub reason: String,
}

/// Begins an assembly, which only who holds it sees.
///
/// # Errors
/// `NotAllowed`.
pub async fn create(town: &Town, actor: Actor, new: NewAssembly) -> Result<Assembly, Stop> {
    let own = town.clone();
    town.db()
        .write(move |tx| {
            must_keep(&actor, new.organisation)?;
            let now = own.now();
            let plan = Plan {
                summary: new.title.clone(),
                title: new.title,
                remit: None,
                seats: SEATS,
                quotas: String::new(),
                labels: String::new(),
                open: true,
                source: String::new(),
                reply_days: REPLY_DAYS,
                answered_by: None,
                answer_due: None,
                belongs_to: None,
            };
            let assembly = Assembly {
                code: database::free_code(tx, 'S', CODE_LENGTH, own.chance(), store::is_taken)?,
                plan,
                organisation: new.organisation,
                opens_at: now,
                closes_at: now.plus_days(DAYS_AHEAD),
                published_at: None,
                made_at: now,
                updated_at: now,
                version: 1,
            };
            store::insert(tx, &assembly)?;
            tx.commit(PRIVATE, assembly).map_err(Stop::from)
        })
        .await
}

/// Changes an assembly that is not public yet.
///
/// # Errors
/// Refusals of [`decide::check`]; `assembly-published`, `assembly-belongs`, `assembly-changed`; `NotAllowed`.
pub async fn save(
    town: &Town,
    actor: Actor,
    (code, seen_version): (String, i64),
    plan: Plan,
    (opens_at, closes_at): (Moment, Moment),
) -> Result<Assembly, Stop> {
    let own = town.clone();
    town.db()
        .write(move |tx| {
            let mut assembly = own_assembly(tx, &actor, &code)?;
            if assembly.published_at.is_some() {
                return Err(Refusal::conflict("assembly-published").into());
            }
            decide::check(&plan, opens_at, closes_at, first_language(&own)).map_err(Stop::Refused)?;
            if let Some(subject) = &plan.belongs_to
                && !is_there(&own, tx, subject)?
            {
                return Err(Refusal::new("assembly-belongs").at("belongs").into());
            }
            assembly.plan = plan;
            (assembly.opens_at, assembly.closes_at) = (opens_at, closes_at);
            keep(tx, &mut assembly, seen_version, own.now())?;
            tx.commit(PRIVATE, assembly).map_err(Stop::from)
        })
        .await
}

/// Whether everybody can find this subject.
fn is_there(town: &Town, tx: &mut Tx<'_>, subject: &Subject) -> Result<bool, DbError> {
    let found = town.part::<Catalogue>().briefs(town, tx, std::slice::from_ref(subject), Language::En)?;
    Ok(!found.is_empty())
}

/// Publishes an assembly: from then on people can register, and the town is bound to the seed whose hash is on the record.
///
/// # Errors
/// Refusals of [`decide::may_publish`] and [`decide::check`]; `NotAllowed`.
pub async fn publish(town: &Town, actor: Actor, code: String) -> Result<Assembly, Stop> {
    let own = town.clone();
    town.db()
        .write(move |tx| {
            let now = own.now();
            let mut assembly = own_assembly(tx, &actor, &code)?;
            decide::may_publish(&assembly, now)?;
            let times = (assembly.opens_at, assembly.closes_at);
            decide::check(&assembly.plan, times.0, times.1, first_language(&own)).map_err(Stop::Refused)?;
            assembly.published_at = Some(now);
            touch(tx, &mut assembly, now)?;
            let draw = committed(1, own.chance(), now);
            store::add_draw(tx, &code, &draw)?;
            if let Some(subject) = &assembly.plan.belongs_to {
                let relation = commons::links::Relation::GrewOutOf;
                let link = commons::links::Link { from: assembly.subject(), relation, to: subject.clone() };
                commons::links::link(tx, &link, now)?;
            }
            let mut said = view(&assembly);
            said["seed_sha256"] = draw.seed_sha256.into();
            let entry = Entry::about(assembly.subject(), "assembly.published", &actor, now, own.chance());
            tx.commit(entry.publicly(&said)?, assembly).map_err(Stop::from)
        })
        .await
}

/// A draw of which there is only its seed, made from the town's chance.
pub(super) fn committed(number: i64, chance: &dyn Chance, now: Moment) -> Draw {
    let seed = civic::secret(chance);
    Draw {
        number,
        kind: if number == 1 { Kind::First } else { Kind::Vacancies },
        reason: String::new(),
        source: String::new(),
        seed_sha256: lottery::sha256_hex(&seed),
        seed,
        committed_at: now,
        state: State::Committed,
        state_at: now,
        fault: String::new(),
        value: String::new(),
        facts: Facts::default(),
        panel: None,
    }
}

/// Changes quotas, or closes registration later, with a public reason, before anybody is drawn.
///
/// # Errors
/// `assembly-not-public`, `assembly-draw-running`, `assembly-reason`, `assembly-same-features`, `assembly-later`; refusals of
/// [`decide::check`]; `NotAllowed`.
pub async fn change(town: &Town, actor: Actor, code: String, asked: Change) -> Result<Assembly, Stop> {
    let own = town.clone();
    let reason = asked.reason.trim().to_owned();
    town.db()
        .write(move |tx| {
            let now = own.now();
            let mut assembly = own_assembly(tx, &actor, &code)?;
            if assembly.published_at.is_none() {
                return Err(Refusal::conflict("assembly-unpublished").into());
            }
            let draws = store::draws(tx, &code)?;
            let first = draws.first().filter(|_| draws.len() == 1).map(|draw| draw.state);
            if !matches!(first, Some(State::Committed | State::Failed)) {
                return Err(Refusal::conflict("assembly-draw-running").into());
            }
            if reason.is_empty() || reason.chars().count() > decide::SOURCE_LIMIT {
                return Err(Refusal::new("assembly-reason").at("reason").with("most", decide::SOURCE_LIMIT).into());
            }
            let is_open = now < assembly.closes_at;
            let fits =
                if is_open { asked.closes_at >= assembly.closes_at } else { asked.closes_at == assembly.closes_at };
            if !fits {
                return Err(Refusal::new("assembly-later").at("closes").into());
            }
            let before = decide::categories(&assembly.plan.quotas)?;
            assembly.plan.quotas = asked.quotas;
            assembly.closes_at = asked.closes_at;
            let times = (assembly.opens_at, assembly.closes_at);
            let after = decide::check(&assembly.plan, times.0, times.1, first_language(&own)).map_err(Stop::Refused)?;
            if !decide::same_features(&before, &after) {
                return Err(Refusal::new("assembly-same-features").at("quotas").into());
            }
            touch(tx, &mut assembly, now)?;
            let mut said = view(&assembly);
            said["reason"] = reason.into();
            let entry = Entry::about(assembly.subject(), "assembly.changed", &actor, now, own.chance());
            tx.commit(entry.publicly(&said)?, assembly).map_err(Stop::from)
        })
        .await
}

/// What the record says of an assembly: the town's own words, times, seats, quotas.
fn view(assembly: &Assembly) -> Value {
    let plan = &assembly.plan;
    json!({
        "title": plan.title, "from": assembly.opens_at.rfc3339(), "until": assembly.closes_at.rfc3339(),
        "seats": plan.seats, "quotas": plan.quotas, "source": plan.source, "registers": plan.open,
        "answer_due": plan.answer_due,
    })
}
