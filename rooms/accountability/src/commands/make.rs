//! Something is promised: one thing, or everything that a vote selected, in one go.

use super::{
    entries_about_origins,
    keep::{Spoken, step_of},
    taken::promised_before,
};
use crate::{
    acts,
    decide::{Made, MakeCommitment, MakeFacts, Where, decide_make},
    model::{Commitment, State},
    store,
};
use civic::{Actor, Chance, Code, Language, Moment, Place, Subject};
use commons::links::{Link, Relation, link};
use database::{DbError, Tx};
use people::organisations::{self, Organisation};
use places::Districts;
use record::{Entries, Entry};
use serde_json::json;
use std::collections::BTreeMap;
use web::{
    Refusal, Stop, Town,
    manifest::{Catalogue, Offer},
    money::money,
};

/// The shortest code, in characters after `K-`; it grows when codes run out.
const CODE_LENGTH: usize = 4;
/// Matters that one promise may grow out of when it is made.
pub const ORIGINS_LIMIT: usize = 20;
/// Offers that are taken on at once.
pub(crate) const ADOPTED_LIMIT: usize = 200;

/// Something to promise.
#[derive(Debug, Clone, Default)]
pub struct Making {
    /// The code of the organisation that promises it.
    pub organisation: String,
    /// What.
    pub command: MakeCommitment,
    /// What it grows out of, at most [`ORIGINS_LIMIT`] matters.
    pub from: Vec<Subject>,
}

/// Offers of a subject to take on.
#[derive(Debug, Clone)]
pub struct Adoption {
    /// The code of the organisation that promises them; empty where each offer names its own.
    pub organisation: String,
    /// What offers them, as a vote.
    pub from: Subject,
    /// Which, as the subjects that are offered.
    pub picked: Vec<Subject>,
    /// The day by which all of them are promised; empty where each offer names its own.
    pub due: String,
}

/// Promises one thing.
///
/// # Errors
/// Refusals, one for each thing to put right; `commitment-organisation` where the mandate does not reach, `commitment-from` for
/// a matter that is not public, `commitment-from-many`.
pub async fn make(town: &Town, actor: Actor, making: Making) -> Result<Commitment, Stop> {
    let own = town.clone();
    let made = decide(town, &making.command)?;
    let (now, chance) = (town.now(), town.chance_handle());
    town.db()
        .write(move |tx| {
            let organisation = reachable(tx, &actor, &making.organisation)?;
            let from = making.from;
            if from.len() > ORIGINS_LIMIT {
                return Err(Refusal::new("commitment-from-many").at("from").with("most", ORIGINS_LIMIT).into());
            }
            if own.part::<Catalogue>().briefs(&own, tx, &from, Language::En)?.len() != from.len() {
                return Err(Refusal::new("commitment-from").at("from").into());
            }
            let new = New { made, organisation: &organisation, grew_out_of: &from, paid_by: None };
            let (commitment, entries) = promise(tx, new, &actor, now, &*chance)?;
            tx.commit(Entries(entries), commitment).map_err(Stop::from)
        })
        .await
}

/// Promises several offers of a subject at once, or none of them.
///
/// # Errors
/// As [`make`]; `adopt-none`, `adopt-many`, `adopt-unknown` for what is not offered, `adopt-twice` for what was promised before;
/// `adopt-organisation`, `adopt-later` where an offer says by whom or by when, and something else is chosen.
pub async fn adopt(town: &Town, actor: Actor, adoption: Adoption) -> Result<Vec<Commitment>, Stop> {
    if adoption.picked.is_empty() {
        return Err(Refusal::new("adopt-none").at("pick").into());
    }
    if adoption.picked.len() > ADOPTED_LIMIT {
        return Err(Refusal::new("adopt-many").at("pick").with("most", ADOPTED_LIMIT).into());
    }
    let (own, now, chance) = (town.clone(), town.now(), town.chance_handle());
    town.db()
        .write(move |tx| {
            let offers = own.part::<Catalogue>().offers(&own, tx, &adoption.from)?.ok_or(Stop::NotFound)?;
            store::lock_adoptions(tx)?;
            let (mut adopted, mut entries) = (Vec::new(), Vec::new());
            for picked in &adoption.picked {
                let offer = offers.iter().find(|offer| offer.subject == *picked);
                let offer = offer.ok_or_else(|| Refusal::new("adopt-unknown").at("pick"))?;
                if !promised_before(&own, tx, offer)?.is_empty() {
                    return Err(Refusal::conflict("adopt-twice").at("pick").with("what", offer.title.as_str()).into());
                }
                let organisation = who_adopts(tx, &actor, offer, &adoption.organisation)?;
                let made = decide_offer(&own, offer, when_due(&own, offer, &adoption.due)?)?;
                let paid_by = offer.cost.is_some().then_some(&adoption.from);
                let grew_out_of = std::slice::from_ref(picked);
                let new = New { made, organisation: &organisation, grew_out_of, paid_by };
                let (commitment, mut said) = promise(tx, new, &actor, now, &*chance)?;
                adopted.push(commitment);
                entries.append(&mut said);
            }
            tx.commit(Entries(entries), adopted).map_err(Stop::from)
        })
        .await
}

/// Who takes an offer on: the organisation that was chosen, which is the one the offer names where it names one.
fn who_adopts(tx: &mut Tx<'_>, actor: &Actor, offer: &Offer, chosen: &str) -> Result<Organisation, Stop> {
    let settled = match offer.organisation {
        Some(id) => organisations::list(tx)?.into_iter().find(|one| one.id == id),
        None => None,
    };
    let Some(settled) = settled else { return reachable(tx, actor, chosen) };
    if !chosen.is_empty() && chosen != settled.code {
        let refusal = Refusal::new("adopt-organisation").at("organisation").with("what", offer.title.as_str());
        return Err(refusal.with("organisation", settled.name.in_language(Language::En)).into());
    }
    reachable(tx, actor, &settled.code)
}

/// The day by which an offer is promised: the one that was chosen, at the latest the one the offer names, while that is to come.
fn when_due<'o>(town: &Town, offer: &'o Offer, chosen: &'o str) -> Result<&'o str, Stop> {
    let today = town.now().in_zone(&town.settings().zone).date();
    let day = |text: &str| text.parse::<jiff::civil::Date>().ok();
    let Some(settled) = offer.due_on.as_deref() else { return Ok(chosen) };
    if chosen.is_empty() {
        return Ok(settled);
    }
    match (day(settled), day(chosen)) {
        (Some(named), Some(day)) if day > named && named >= today => {
            let refusal = Refusal::new("adopt-later").at("due").with("what", offer.title.as_str());
            Err(refusal.with("day", settled).into())
        }
        _ => Ok(chosen),
    }
}

/// The organisation of this code, where the actor's mandate reaches it.
fn reachable(tx: &mut Tx<'_>, actor: &Actor, code: &str) -> Result<Organisation, Stop> {
    let found = organisations::by_code(tx, code)?.filter(|one| actor.may_for(&acts::MAKE, Some(one.id)));
    found.ok_or_else(|| Refusal::new("commitment-organisation").at("organisation").into())
}

fn decide(town: &Town, command: &MakeCommitment) -> Result<Made, Stop> {
    let districts = town.part::<Districts>();
    let (located, place) = locate(districts, command);
    let facts = MakeFacts {
        now: town.now(),
        zone: town.settings().zone.clone(),
        currency: town.settings().currency,
        located,
        place,
        district_exists: districts.name(command.district.trim()).is_some(),
    };
    decide_make(&facts, command).map_err(Stop::Refused)
}

fn locate(districts: &Districts, command: &MakeCommitment) -> (Where, Option<Place>) {
    let (lat, long) = (command.lat.trim(), command.long.trim());
    if lat.is_empty() && long.is_empty() {
        return (Where::NoPin, None);
    }
    let degrees = lat.parse::<f64>().ok().zip(long.parse::<f64>().ok());
    let Some(place) = degrees.and_then(|(lat, long)| Place::from_degrees(lat, long).ok()) else {
        return (Where::Unreadable, None);
    };
    match districts.locate(place) {
        Some(code) => (Where::Inside(Some(code)), Some(place)),
        None if districts.is_empty() => (Where::Inside(None), Some(place)),
        None => (Where::Outside, None),
    }
}

/// An offer in the form in which something is promised by hand, so that the same rules hold.
fn decide_offer(town: &Town, offer: &Offer, due: &str) -> Result<Made, Stop> {
    let language = town.settings().languages.first().copied().unwrap_or_default();
    let cut = |text: &str, most: usize| text.chars().take(most).collect::<String>();
    let command = MakeCommitment {
        title: BTreeMap::from([(language, cut(&offer.title, crate::model::TITLE_LIMIT))]),
        summary: BTreeMap::from([(language, cut(&offer.summary, crate::model::SUMMARY_LIMIT))]),
        due: due.to_owned(),
        district: offer.district.clone().unwrap_or_default(),
        lat: offer.place.map(|place| place.lat().to_string()).unwrap_or_default(),
        long: offer.place.map(|place| place.long().to_string()).unwrap_or_default(),
        ..MakeCommitment::default()
    };
    let mut made = decide(town, &command)?;
    if let Some(cost) = offer.cost {
        if cost.amount_cents < 0 {
            let amount = money(cost, language);
            return Err(Refusal::new("adopt-cost").at("pick").with("amount", amount).into());
        }
        (made.spending.budgeted_cents, made.spending.currency) = (Some(cost.amount_cents), cost.currency);
    }
    Ok(made)
}

struct New<'n> {
    made: Made,
    organisation: &'n Organisation,
    grew_out_of: &'n [Subject],
    paid_by: Option<&'n Subject>,
}

/// Keeps it with its links and first step; gives the entries to commit.
fn promise(
    tx: &mut Tx<'_>,
    new: New<'_>,
    actor: &Actor,
    now: Moment,
    chance: &dyn Chance,
) -> Result<(Commitment, Vec<Entry>), DbError> {
    let New { made, organisation, grew_out_of, paid_by } = new;
    let commitment = Commitment {
        code: free_code(tx, chance)?,
        organisation: organisation.id,
        title: made.title,
        summary: made.summary,
        district: made.district,
        place: made.place,
        spending: made.spending,
        state: State::Promised,
        promised_at: now,
        due_at: made.due_at,
        updated_at: now,
        version: 1,
    };
    store::insert(tx, &commitment)?;
    store::add_milestones(tx, &commitment.code, &made.milestones)?;
    let own = commitment.subject();
    for origin in grew_out_of {
        link(tx, &Link { from: own.clone(), relation: Relation::GrewOutOf, to: origin.clone() }, now)?;
    }
    if let Some(payer) = paid_by {
        link(tx, &Link { from: payer.clone(), relation: Relation::Funds, to: own.clone() }, now)?;
    }
    let entry = opening_entry(&commitment, organisation, grew_out_of, actor, now, chance)?;
    let spoken = Spoken { saying: "commitment.made", agency: &organisation.code, ..Spoken::default() };
    store::add_step(tx, &commitment.code, &step_of(&entry, spoken, actor, now))?;
    let mut entries = vec![entry];
    entries.extend(entries_about_origins(grew_out_of, "commitment.promised-for", &commitment, actor, now, chance)?);
    Ok((commitment, entries))
}

/// Public: who, by when, for how much, where, and out of what. Sealed: the words, which may be a resident's.
fn opening_entry(
    commitment: &Commitment,
    organisation: &Organisation,
    grew_out_of: &[Subject],
    actor: &Actor,
    now: Moment,
    chance: &dyn Chance,
) -> Result<Entry, DbError> {
    let place = commitment.place.map(|place| json!({"lat_micro": place.lat_micro(), "long_micro": place.long_micro()}));
    let from: Vec<String> = grew_out_of.iter().map(ToString::to_string).collect();
    let what = json!({
        "organisation": organisation.code, "due": commitment.due_at.rfc3339(), "district": commitment.district,
        "place": place, "budgeted_cents": commitment.spending.budgeted_cents,
        "currency": commitment.spending.currency, "grew_out_of": from,
    });
    let words = json!({"title": commitment.title, "summary": commitment.summary});
    let entry = Entry::about(commitment.subject(), "commitment.made", actor, now, chance);
    entry.publicly(&what)?.privately(&words, chance)
}

fn free_code(tx: &mut Tx<'_>, chance: &dyn Chance) -> Result<Code, DbError> {
    database::free_code(tx, 'K', CODE_LENGTH, chance, |tx, code| store::by_code(tx, code).map(|found| found.is_some()))
}
