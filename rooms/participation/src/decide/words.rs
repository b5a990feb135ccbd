//! What a proposal says: read leniently while it is a draft, strictly when it is handed in.

use super::{Scene, line_within, text_within};
use crate::model::{PhaseAct, SOURCES_LIMIT, TEXT_LIMIT, TITLE_LIMIT};
use civic::{Moment, Place};
use web::Refusal;

/// Characters the place in words may have.
pub const ADDRESS_LIMIT: usize = 300;
/// The most a proposal may say it costs, in cents: ten thousand million.
pub const COST_LIMIT_CENTS: i64 = 1_000_000_000_000;
/// Drafts one person may have in a process.
pub const DRAFTS_LIMIT: i64 = 20;
/// Proposals that one person may hand in within an hour.
pub const PROPOSALS_PER_HOUR: i64 = 10;
/// Characters that a title and a text need at least to be handed in.
const TITLE_LEAST: usize = 8;
const TEXT_LEAST: usize = 20;

/// What was typed or sent.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Words {
    /// What it is called.
    pub title: String,
    /// What it says.
    pub text: String,
    /// The code of a category.
    pub category: String,
    /// The code of a district.
    pub district: String,
    /// Degrees north.
    pub lat: String,
    /// Degrees east.
    pub long: String,
    /// The place in words.
    pub address: String,
    /// What its authors think it costs, in whole units of the town's currency, with at most two places after the point.
    pub cost: String,
    /// References of what it grew from, with commas or blanks between.
    pub sources: String,
    /// The code of the group that puts it forward, empty for none; `None` leaves it as it is.
    pub group: Option<String>,
}

/// What was read of it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Read {
    /// What it is called.
    pub title: String,
    /// What it says.
    pub text: String,
    /// The code of a category.
    pub category: String,
    /// The code of a district, where it was named.
    pub district: Option<String>,
    /// The pin.
    pub place: Option<Place>,
    /// The place in words.
    pub address: String,
    /// In cents.
    pub cost_cents: Option<i64>,
    /// References of what it grew from.
    pub sources: Vec<String>,
}

/// Whether somebody may hand in one more who handed in so many within the last hour.
///
/// # Errors
/// `proposals-too-many`.
pub fn may_hand_in(within_hour: i64) -> Result<(), Refusal> {
    if within_hour < PROPOSALS_PER_HOUR {
        return Ok(());
    }
    Err(Refusal::conflict("proposals-too-many").with("most", PROPOSALS_PER_HOUR))
}

/// Reads what was typed. Nothing is missed yet, but what is there must be readable.
///
/// # Errors
/// Every reason against it.
pub fn read(words: &Words) -> Result<Read, Vec<Refusal>> {
    let mut refusals = Vec::new();
    let mut kept = |read: Result<String, Refusal>| {
        read.unwrap_or_else(|refusal| {
            refusals.push(refusal);
            String::new()
        })
    };
    let title = kept(line_within(&words.title, "title", TITLE_LIMIT));
    let text = kept(text_within(&words.text, "text", TEXT_LIMIT));
    let address = kept(line_within(&words.address, "address", ADDRESS_LIMIT));
    let place = pin_of(&words.lat, &words.long).unwrap_or_else(|refusal| {
        refusals.push(refusal);
        None
    });
    let cost_cents = cents_of(&words.cost, "cost").unwrap_or_else(|refusal| {
        refusals.push(refusal);
        None
    });
    let sources = sources_of(&words.sources);
    if sources.len() > SOURCES_LIMIT {
        refusals.push(Refusal::new("proposal-sources").at("sources").with("most", SOURCES_LIMIT));
    }
    if !refusals.is_empty() {
        return Err(refusals);
    }
    let district = Some(words.district.trim().to_owned()).filter(|code| !code.is_empty());
    Ok(Read { title, text, category: words.category.trim().to_owned(), district, place, address, cost_cents, sources })
}

fn pin_of(lat: &str, long: &str) -> Result<Option<Place>, Refusal> {
    let refused = || Refusal::new("proposal-pin").at("lat");
    match (lat.trim(), long.trim()) {
        ("", "") => Ok(None),
        (lat, long) => {
            let (lat, long) = lat.parse().ok().zip(long.parse().ok()).ok_or_else(refused)?;
            Place::from_degrees(lat, long).map(Some).map_err(|_| refused())
        }
    }
}

/// An amount as people type it, in cents.
///
/// # Errors
/// `proposal-cost`, also for what is negative or more than [`COST_LIMIT_CENTS`].
pub fn cents_of(text: &str, field: &'static str) -> Result<Option<i64>, Refusal> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    match web::money::read_amount(text) {
        Ok(cents) if cents <= COST_LIMIT_CENTS => Ok(Some(cents)),
        _ => Err(Refusal::new("proposal-cost").at(field).with("most", COST_LIMIT_CENTS / 100)),
    }
}

fn sources_of(text: &str) -> Vec<String> {
    let mut sources: Vec<String> = Vec::new();
    for word in text.split([',', ';', ' ', '\n', '\r', '\t']).map(str::trim).filter(|word| !word.is_empty()) {
        let word: String = word.chars().take(80).collect();
        if !sources.contains(&word) {
            sources.push(word);
        }
    }
    sources
}

/// Where a pin lies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Where {
    /// There is no pin.
    NoPin,
    /// In the district of this code, or in a town without districts.
    Inside(Option<String>),
    /// In no district.
    Outside,
}

/// What handing in depends on.
pub struct SubmitFacts<'f> {
    /// The process.
    pub scene: &'f Scene,
    /// Where the pin lies.
    pub located: Where,
    /// Whether the named district is one of the town's.
    pub district_exists: bool,
    /// Whether the town has districts.
    pub has_districts: bool,
    /// Since when there is the account of who hands it in.
    pub account_since: Moment,
    /// Sources that nobody can find in public.
    pub unknown_sources: Vec<String>,
}

/// Whether a proposal may be handed in with these words; answers its district.
///
/// # Errors
/// Every reason against it; `phase-not-submit` alone, when it is not the time.
pub fn decide_submission(facts: &SubmitFacts<'_>, read: &Read) -> Result<Option<String>, Vec<Refusal>> {
    facts.scene.must_allow(PhaseAct::Submit).map_err(|refusal| vec![refusal])?;
    let mut refusals: Vec<Refusal> = [
        old_enough(facts.scene, facts.account_since).err(),
        long_enough(&read.title, "title", TITLE_LEAST).err(),
        long_enough(&read.text, "text", TEXT_LEAST).err(),
        category(facts.scene, read).err(),
        cost(facts.scene, read.cost_cents).err(),
        facts.unknown_sources.first().map(|code| Refusal::new("proposal-source").at("sources").with("code", code)),
    ]
    .into_iter()
    .flatten()
    .collect();
    let district = match district(facts, read) {
        Ok(district) => district,
        Err(refusal) => {
            refusals.push(refusal);
            None
        }
    };
    if refusals.is_empty() { Ok(district) } else { Err(refusals) }
}

/// Whether an account is as old as the process asks.
pub(super) fn old_enough(scene: &Scene, since: Moment) -> Result<(), Refusal> {
    let days = scene.process.definition.rules.account_days;
    if since.plus_days(i64::from(days)) <= scene.now {
        return Ok(());
    }
    Err(Refusal::conflict("account-too-new").with("days", i64::from(days)))
}

fn long_enough(text: &str, field: &'static str, least: usize) -> Result<(), Refusal> {
    if text.chars().count() >= least {
        Ok(())
    } else {
        Err(Refusal::new("proposal-too-short").at(field).with("least", least))
    }
}

/// What of the title and the text is too short to be handed in.
pub(super) fn too_short(read: &Read) -> Vec<Refusal> {
    let title = long_enough(&read.title, "title", TITLE_LEAST).err();
    title.into_iter().chain(long_enough(&read.text, "text", TEXT_LEAST).err()).collect()
}

fn category(scene: &Scene, read: &Read) -> Result<(), Refusal> {
    let known = match scene.process.definition.categories.is_empty() {
        true => read.category.is_empty(),
        false => scene.process.topic(&read.category).is_some(),
    };
    if known { Ok(()) } else { Err(Refusal::new("proposal-category").at("category")) }
}

fn cost(scene: &Scene, cents: Option<i64>) -> Result<(), Refusal> {
    let rules = &scene.process.definition.rules;
    match (cents, rules.cost_most_cents) {
        (Some(_), _) if !rules.asks_cost => Err(Refusal::new("proposal-no-cost").at("cost")),
        (Some(cents), Some(most)) if cents > most => {
            Err(Refusal::new("proposal-cost-most").at("cost").with("most", most / 100))
        }
        _ => Ok(()),
    }
}

fn district(facts: &SubmitFacts<'_>, read: &Read) -> Result<Option<String>, Refusal> {
    let wanted = &facts.scene.process.definition;
    let found = match &facts.located {
        Where::Outside => return Err(Refusal::new("proposal-outside").at("lat")),
        Where::Inside(district) => district.clone(),
        Where::NoPin if read.district.is_some() && !facts.district_exists => {
            return Err(Refusal::new("proposal-district").at("district"));
        }
        Where::NoPin => read.district.clone(),
    };
    let somewhere = found.is_some() || read.place.is_some() || (!facts.has_districts && !read.address.is_empty());
    if wanted.rules.needs_place && !somewhere {
        return Err(Refusal::new("proposal-place").at("district"));
    }
    match &found {
        Some(code) if !wanted.districts.is_empty() && !wanted.districts.contains(code) => {
            Err(Refusal::new("proposal-other-district").at("district"))
        }
        None if !wanted.districts.is_empty() => Err(Refusal::new("proposal-place").at("district")),
        _ => Ok(found),
    }
}
