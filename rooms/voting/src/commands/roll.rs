//! The roll of a vote: addresses, a file of the town's own roll, or codes. Kept only as names under the key of the box.

use super::keep::to_change;
use crate::{
    areas::VotesIn,
    boxes::{BallotBoxes, BoxKey},
    model::{Vote, Voters},
    roll::{DISTRICT_BYTES, ROLL_LINES_LIMIT, RollFacts, RollFile, RollLine, SetAside},
    store::{self, NewLine},
};
use civic::{Actor, Chance};
use database::{DbError, Tx};
use record::Entry;
use serde_json::json;
use std::sync::Arc;
use web::{Refusal, Stop, Town};

/// Codes that are made at once at most.
pub const CODES_LIMIT: u32 = 20_000;
/// Addresses that are typed at once at most.
const ADDRESSES_LIMIT: usize = 5_000;

/// What stands against publishing a vote with the roll it has.
///
/// # Errors
/// Those of the database.
pub fn missing_on_roll(tx: &mut Tx<'_>, vote: &Vote) -> Result<Vec<Refusal>, DbError> {
    let (definition, code) = (&vote.definition, vote.code.as_str());
    if !definition.voters.needs_roll() {
        return Ok(Vec::new());
    }
    if store::count_roll(tx, code)? == 0 {
        return Ok(vec![Refusal::new("vote-roll-none").at("codes")]);
    }
    let is_own = definition.areas.as_ref().is_some_and(|areas| areas.votes_in == VotesIn::Own);
    let needs = [
        ('b', definition.eligible.least_age.is_some(), "vote-roll-born"),
        ('d', is_own || !definition.eligible.lives_in.is_empty(), "vote-roll-district"),
    ];
    let mut refusals = Vec::new();
    for (letter, _, refusal) in needs.into_iter().filter(|(_, asked, _)| *asked) {
        let count = store::roll_lacks(tx, code, letter)?;
        if count > 0 {
            refusals.push(Refusal::new(refusal).at("roll").with("count", count));
        }
    }
    Ok(refusals)
}

/// Makes codes for a vote that goes by codes, for people who live in this district where one is named, and forgets them again:
/// the roll knows them only under the key of the box.
///
/// # Errors
/// Refusals; faults of the database.
pub async fn make_codes(
    town: &Town,
    actor: Actor,
    code: &str,
    count: u32,
    district: Option<String>,
) -> Result<Vec<String>, Stop> {
    if !(1..=CODES_LIMIT).contains(&count) {
        return Err(Refusal::new("vote-codes-count").at("codes").with("most", i64::from(CODES_LIMIT)).into());
    }
    if district.as_ref().is_some_and(|district| district.len() > DISTRICT_BYTES) {
        return Err(Refusal::new("vote-roll-district-code").at("district").into());
    }
    let (pen, own, code) = (Pen::of(town, code).await?, town.clone(), code.to_owned());
    let made = town.db().write(move |tx| {
        let now = own.now();
        let vote = to_change(tx, &code, now)?;
        if vote.definition.voters != Voters::Codes {
            return Err(Refusal::new("vote-codes-none").at("codes").into());
        }
        let facts = RollFacts { born: None, district: district.clone() };
        let codes = (0..count).map(|_| crate::ballot::draw_receipt(&*pen.chance)).collect::<Vec<_>>();
        for one in &codes {
            pen.write(tx, &[format!("code:{one}")], &facts)?;
        }
        let view = json!({ "codes": count, "district": district, "roll": store::count_roll(tx, &code)? });
        let entry = Entry::about(vote.subject(), "vote.codes-made", &actor, now, &*pen.chance).publicly(&view)?;
        Ok::<_, Stop>(tx.commit(entry, codes)?)
    });
    made.await
}

/// Puts people on the roll of a vote, by the addresses with which they sign in or will. Answers what are no addresses. None is
/// kept, but as names that only the key of the box gives.
///
/// # Errors
/// Refusals; faults of the database.
pub async fn add_to_roll(town: &Town, actor: Actor, code: &str, addresses: &str) -> Result<Vec<String>, Stop> {
    let typed = addresses.split([',', ';', '\n', '\r', '\t', ' ']).map(str::trim).filter(|one| !one.is_empty());
    let typed: Vec<&str> = typed.collect();
    if typed.is_empty() || typed.len() > ADDRESSES_LIMIT {
        return Err(Refusal::new("vote-roll-count").at("roll").with("most", ADDRESSES_LIMIT as i64).into());
    }
    let read = typed.iter().map(|one| one.parse::<people::EmailAddress>().map_err(|_| (*one).to_owned()));
    let (good, bad): (Vec<_>, Vec<_>) = read.partition(Result::is_ok);
    let line = |email| RollLine { number: None, email: Some(email), facts: RollFacts::default() };
    let lines = good.into_iter().filter_map(Result::ok).map(line).collect();
    write_lines(town, actor, code, lines).await?;
    Ok(bad.into_iter().filter_map(Result::err).collect())
}

/// What a file would do to a roll.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RollLook {
    /// Lines that are put on the roll.
    pub fresh: usize,
    /// Which of those say when somebody was born, and where they live.
    pub with_born: usize,
    /// The second.
    pub with_district: usize,
    /// Rows that are not, and why.
    pub aside: Vec<SetAside>,
}

/// Looks at a file of the roll; nothing is kept.
///
/// # Errors
/// A refusal of a vote that has no roll or is open; faults of the database.
pub async fn look_at_roll(town: &Town, code: &str, file: RollFile) -> Result<RollLook, Stop> {
    let (pen, code, now) = (Pen::of(town, code).await?, code.to_owned(), town.now());
    town.db()
        .read(move |tx| {
            let vote = store::by_code(tx, &code)?.ok_or(Stop::NotFound)?;
            sift(tx, &pen, &vote, file, now)
        })
        .await
        .map(|(_, look)| look)
}

/// Puts the people of a file on the roll, all in one transaction.
///
/// # Errors
/// A refusal of a vote that has no roll or is open; faults of the database.
pub async fn keep_roll(town: &Town, actor: Actor, code: &str, file: RollFile) -> Result<RollLook, Stop> {
    let (pen, own, code) = (Pen::of(town, code).await?, town.clone(), code.to_owned());
    let kept = town.db().write(move |tx| {
        let now = own.now();
        let vote = to_change(tx, &code, now)?;
        let (lines, look) = sift(tx, &pen, &vote, file, now)?;
        for line in &lines {
            pen.write(tx, &line.names().collect::<Vec<_>>(), &line.facts)?;
        }
        let view = json!({ "added": look.fresh, "aside": look.aside.len(), "roll": store::count_roll(tx, &code)? });
        let entry = Entry::about(vote.subject(), "vote.roll-added", &actor, now, &*pen.chance).publicly(&view)?;
        Ok::<_, Stop>(tx.commit(entry, look)?)
    });
    kept.await
}

/// Takes everybody off the roll, so that another can be put there.
///
/// # Errors
/// A refusal of a vote that is open; faults of the database.
pub async fn empty_roll(town: &Town, actor: Actor, code: &str) -> Result<(), Stop> {
    let (own, code, chance) = (town.clone(), code.to_owned(), town.chance_handle());
    let emptied = town.db().write(move |tx| {
        let now = own.now();
        let vote = to_change(tx, &code, now)?;
        let view = json!({ "removed": store::count_roll(tx, &code)? });
        store::drop_roll(tx, &code)?;
        let entry = Entry::about(vote.subject(), "vote.roll-emptied", &actor, now, &*chance).publicly(&view)?;
        Ok::<_, Stop>(tx.commit(entry, ())?)
    });
    emptied.await
}

/// Sets aside who is on the roll already.
fn sift(
    tx: &mut Tx<'_>,
    pen: &Pen,
    vote: &Vote,
    file: RollFile,
    now: civic::Moment,
) -> Result<(Vec<RollLine>, RollLook), Stop> {
    crate::decide::may_change(vote, now)?;
    if vote.definition.voters != Voters::Roll {
        return Err(Refusal::new("vote-roll-not").at("file").into());
    }
    let mut look = RollLook { aside: file.aside, ..RollLook::default() };
    let mut lines = Vec::new();
    for (line, person) in file.lines {
        if pen.knows(tx, &person)? {
            look.aside.push(SetAside { line, column: "", value: String::new(), why: "roll-aside-there" });
            continue;
        }
        look.with_born += usize::from(person.facts.born.is_some());
        look.with_district += usize::from(person.facts.district.is_some());
        lines.push(person);
    }
    look.fresh = lines.len();
    look.aside.sort_by_key(|one| one.line);
    let there = usize::try_from(store::count_roll(tx, vote.code.as_str())?).unwrap_or(usize::MAX);
    if there.saturating_add(look.fresh) > ROLL_LINES_LIMIT {
        return Err(Refusal::new("vote-roll-large").at("file").with("most", ROLL_LINES_LIMIT as i64).into());
    }
    Ok((lines, look))
}

async fn write_lines(town: &Town, actor: Actor, code: &str, lines: Vec<RollLine>) -> Result<(), Stop> {
    let (pen, own, code) = (Pen::of(town, code).await?, town.clone(), code.to_owned());
    let added = town.db().write(move |tx| {
        let now = own.now();
        let vote = to_change(tx, &code, now)?;
        if vote.definition.voters != Voters::Roll {
            return Err(Refusal::new("vote-roll-not").at("roll").into());
        }
        let mut added = 0_i64;
        for line in &lines {
            added += i64::from(pen.write(tx, &line.names().collect::<Vec<_>>(), &line.facts)?);
        }
        let view = json!({ "added": added, "roll": store::count_roll(tx, &code)? });
        let entry = Entry::about(vote.subject(), "vote.roll-added", &actor, now, &*pen.chance).publicly(&view)?;
        Ok::<_, Stop>(tx.commit(entry, ())?)
    });
    added.await
}

/// What writes on a roll: the key of the box, under which nobody has a name of her own.
struct Pen {
    vote: String,
    key: Arc<BoxKey>,
    chance: Arc<dyn Chance>,
}

impl Pen {
    async fn of(town: &Town, code: &str) -> Result<Self, Stop> {
        let vote = super::vote_of(town, code).await?;
        let key = town.part::<BallotBoxes>().key(code, &vote.key_print)?;
        Ok(Self { vote: code.to_owned(), key, chance: town.chance_handle() })
    }

    /// Writes a line that is found by each of these names; whether the first was not there yet.
    fn write(&self, tx: &mut Tx<'_>, names: &[String], facts: &RollFacts) -> Result<bool, DbError> {
        let names: Vec<String> = names.iter().map(|name| self.key.voter(name)).collect();
        let Some(line) = names.first() else { return Ok(false) };
        let sealed = facts.sealed(&self.key, &self.vote, &*self.chance);
        let mut fresh = false;
        for voter in &names {
            let new = NewLine { voter, line, facts: &sealed, has: facts.has() };
            fresh |= store::add_to_roll(tx, &self.vote, new)? && voter == line;
        }
        Ok(fresh)
    }

    fn knows(&self, tx: &mut Tx<'_>, person: &RollLine) -> Result<bool, DbError> {
        for name in person.names() {
            if store::roll_line(tx, &self.vote, &self.key.voter(&name))?.is_some() {
                return Ok(true);
            }
        }
        Ok(false)
    }
}
