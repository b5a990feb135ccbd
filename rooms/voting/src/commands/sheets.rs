//! Ballots on paper: each is entered by two clerks apart, sealed as ballots online are; only what both read alike counts.

use super::{
    clerks::must_be_clerk,
    paper::{OFF_RECORD, is_by_own_district, on_paper, reason},
};
use crate::{
    ballot::Choices,
    boxes::{BallotBoxes, BoxKey},
    decide::{self, Raw},
    model::{Channel, Phase, State, Vote},
    paper::{self, Agreement, Paper, Reading, SheetKind},
    roll::RollFacts,
    store::{self, Sheet},
};
use civic::Actor;
use database::Tx;
use record::Entry;
use serde_json::json;
use std::collections::BTreeMap;
use web::{Refusal, Stop, Town};

/// Characters of the number stamped on a sheet.
const SHEET_LIMIT: usize = 12;

/// What a clerk enters about one sheet.
#[derive(Debug, Clone)]
pub enum Entered {
    /// A ballot, as it stands on the sheet.
    Votes(Raw),
    /// Nothing is on it.
    Blank,
    /// What is on it is no valid ballot.
    Spoilt,
    /// There is no such sheet, for this reason.
    Struck(String),
}

/// Where the ballots on paper of a vote stand. What is sealed is opened to be compared, and shown by nobody before the close.
///
/// # Errors
/// Those of the database, and of a key that is not on this machine.
pub async fn paper_of(town: &Town, vote: &Vote) -> Result<Paper, Stop> {
    if matches!(vote.state, State::Decided | State::Undecided { .. } | State::Withdrawn { .. }) {
        return Ok(Paper { counts: vote.paper_counts.clone(), ..Paper::default() });
    }
    let key = town.part::<BallotBoxes>().key(vote.code.as_str(), &vote.key_print)?;
    let vote = vote.clone();
    town.db().read(move |tx| look(tx, &vote, &key)).await
}

fn look(tx: &mut Tx<'_>, vote: &Vote, key: &BoxKey) -> Result<Paper, Stop> {
    let code = vote.code.as_str();
    let (marked, by_clerk) = (store::turnout(tx, code)?, store::marks_by_clerk(tx, code)?);
    let asked = store::asked_back(tx, code)?.into_iter().map(|one| (one.by, one.why)).collect();
    Ok(Paper { asked_back: asked, ..paper::stands(readings(tx, vote, key)?, &marked, by_clerk) })
}

/// What clerks read, opened.
pub(super) fn readings(tx: &mut Tx<'_>, vote: &Vote, key: &BoxKey) -> Result<Vec<Reading>, Stop> {
    store::sheets(tx, vote.code.as_str())?.into_iter().map(|sheet| opened(sheet, vote, key)).collect()
}

/// What clerks read on one sheet, opened; no other sheet is.
fn readings_of(tx: &mut Tx<'_>, vote: &Vote, key: &BoxKey, sheet: &str) -> Result<Vec<Reading>, Stop> {
    store::sheets_of(tx, vote.code.as_str(), sheet)?.into_iter().map(|sheet| opened(sheet, vote, key)).collect()
}

fn opened(sheet: Sheet, vote: &Vote, key: &BoxKey) -> Result<Reading, Stop> {
    let (kind, choices) = match &sheet.sealed {
        None => (SheetKind::Votes, sheet.choices),
        Some(sealed) => {
            let bytes = key.open(&bound_to(vote, &sheet.sheet), sealed)?;
            let read = Reading::of_bytes(&bytes, &vote.definition);
            read.ok_or_else(|| Stop::fault("a sealed sheet is too short"))?
        }
    };
    let Sheet { sheet, clerk, channel, why, .. } = sheet;
    Ok(Reading { sheet, clerk, channel, kind, choices, why })
}

/// What a sealed sheet is bound to, so that it opens in no other place.
fn bound_to(vote: &Vote, sheet: &str) -> String {
    format!("{}/sheet/{sheet}", vote.code)
}

/// What a clerk reads on a sheet, or that it is struck out.
///
/// # Errors
/// `NotFound` for who is no clerk of the vote; refusals of the ballot, of the number, of the reason, of a vote that is not at
/// this; faults of the database.
pub async fn enter_sheet(
    town: &Town,
    actor: Actor,
    code: &str,
    sheet: &str,
    channel: Channel,
    entered: Entered,
) -> Result<(), Stop> {
    let vote = on_paper(town, code).await?;
    let sheet = sheet.trim().to_owned();
    let good = !sheet.is_empty() && sheet.len() <= SHEET_LIMIT && sheet.bytes().all(|b| b.is_ascii_alphanumeric());
    if !good || channel == Channel::Online {
        return Err(Refusal::new("vote-sheet").at("sheet").with("most", SHEET_LIMIT as i64).into());
    }
    let (kind, choices, why) = match entered {
        Entered::Votes(raw) => {
            let choices = decide::read_ballot(&vote.definition, &raw).map_err(Stop::Refused)?;
            (SheetKind::Votes, choices.text(&vote.definition), String::new())
        }
        Entered::Blank => (SheetKind::Blank, String::new(), String::new()),
        Entered::Spoilt => (SheetKind::Spoilt, String::new(), String::new()),
        Entered::Struck(why) => (SheetKind::Struck, String::new(), reason(&why)?),
    };
    let reading = Reading { sheet, clerk: actor.handle.clone(), channel, kind, choices, why };
    let key = town.part::<BallotBoxes>().key(code, &vote.key_print)?;
    let (own, code, chance) = (town.clone(), code.to_owned(), town.chance_handle());
    let kept = town.db().write(move |tx| {
        let now = own.now();
        let vote = store::by_code_to_change(tx, &code)?.ok_or(Stop::NotFound)?;
        must_be_clerk(tx, &code, &actor)?;
        may_enter(&vote, now)?;
        let mut of_sheet = readings_of(tx, &vote, &key, &reading.sheet)?;
        let was = paper::agreement(&of_sheet);
        paper::may_read(&of_sheet, &reading)?;
        of_sheet.retain(|one| one.clerk != reading.clerk);
        of_sheet.push(reading.clone());
        store::keep_sheet(tx, &code, &sealed(&vote, &key, &reading, &*chance))?;
        if was == Agreement::Struck || paper::agreement(&of_sheet) != Agreement::Struck {
            return Ok(tx.commit(OFF_RECORD, ())?);
        }
        let whys: Vec<&str> = of_sheet.iter().map(|one| one.why.as_str()).filter(|why| !why.is_empty()).collect();
        let entry = Entry::about(vote.subject(), "vote.sheet-struck", &actor, now, &*chance)
            .publicly(&json!({ "sheets": 1 }))?
            .privately(&json!({ "why": whys }), &*chance)?;
        Ok(tx.commit(entry, ())?)
    });
    kept.await
}

/// Takes a strike back that was a mistake: one's own, and those by who is no clerk of the vote any more while the others do not
/// agree. What others read on the sheet stays.
///
/// # Errors
/// `NotFound` for who is no clerk of the vote; `vote-strike-none`; a refusal of a vote that is not at this; faults.
pub async fn take_back_strike(town: &Town, actor: Actor, code: &str, sheet: &str) -> Result<(), Stop> {
    let vote = on_paper(town, code).await?;
    let key = town.part::<BallotBoxes>().key(code, &vote.key_print)?;
    let (own, code, sheet) = (town.clone(), code.to_owned(), sheet.trim().to_owned());
    let taken = town.db().write(move |tx| {
        let vote = store::by_code_to_change(tx, &code)?.ok_or(Stop::NotFound)?;
        must_be_clerk(tx, &code, &actor)?;
        may_enter(&vote, own.now())?;
        let of_sheet = readings_of(tx, &vote, &key, &sheet)?;
        let clerks = store::clerks(tx, &code)?;
        for clerk in paper::strikes_to_take_back(&of_sheet, &actor.handle, &clerks)? {
            store::drop_reading(tx, &code, &sheet, clerk)?;
        }
        Ok(tx.commit(OFF_RECORD, ())?)
    });
    taken.await
}

fn sealed(vote: &Vote, key: &BoxKey, reading: &Reading, chance: &dyn civic::Chance) -> Sheet {
    let bytes = reading.bytes(&vote.definition);
    Sheet {
        sheet: reading.sheet.clone(),
        clerk: reading.clerk.clone(),
        channel: reading.channel,
        sealed: Some(key.seal(&bound_to(vote, &reading.sheet), &bytes, chance)),
        choices: String::new(),
        why: reading.why.clone(),
    }
}

/// Says that all ballots on paper are entered: from then on the vote can be counted.
///
/// # Errors
/// `NotFound` for who is no clerk of the vote; refusals while it is open, or sheets are read once or differently, or there are
/// more sheets than voters; faults.
pub async fn finish_paper(town: &Town, actor: Actor, code: &str) -> Result<(), Stop> {
    let vote = on_paper(town, code).await?;
    let key = town.part::<BallotBoxes>().key(code, &vote.key_print)?;
    let (own, code, chance) = (town.clone(), code.to_owned(), town.chance_handle());
    let finished = town.db().write(move |tx| {
        let now = own.now();
        let mut vote = store::by_code_to_change(tx, &code)?.ok_or(Stop::NotFound)?;
        must_be_clerk(tx, &code, &actor)?;
        if vote.state != State::Closed || vote.paper_done {
            return Err(Refusal::conflict("vote-paper-time").into());
        }
        let paper = look(tx, &vote, &key)?;
        if !paper.once.is_empty() || !paper.differing.is_empty() {
            return Err(Refusal::conflict("vote-paper-open").into());
        }
        let has_over = paper.counts.values().any(|counts| counts.missing() < 0);
        if has_over || has_too_many_of_a_district(tx, &vote, &key)? {
            return Err(Refusal::conflict("vote-paper-many").into());
        }
        let view = json!({ "channels": paper.counts, "struck": paper.struck, "marked_by": paper.by_clerk });
        (vote.paper_done, vote.paper_counts) = (true, paper.counts);
        store::update(tx, &mut vote)?;
        let entry = Entry::about(vote.subject(), "vote.paper-finished", &actor, now, &*chance).publicly(&view)?;
        Ok(tx.commit(entry, ())?)
    });
    finished.await
}

/// Whether more sheets of a channel name projects of a district than voters of that district were given one.
fn has_too_many_of_a_district(tx: &mut Tx<'_>, vote: &Vote, key: &BoxKey) -> Result<bool, Stop> {
    let code = vote.code.as_str();
    if !is_by_own_district(vote) || store::count_roll(tx, code)? == 0 {
        return Ok(false);
    }
    let mut left: BTreeMap<(Channel, String), i64> = BTreeMap::new();
    for channel in [Channel::Paper, Channel::Assisted] {
        for line in store::marked(tx, code, channel)? {
            let facts = RollFacts::opened(&store::facts_of(tx, code, &line)?.unwrap_or_default(), key, code)?;
            *left.entry((channel, facts.district.unwrap_or_default())).or_default() += 1;
        }
    }
    for sheet in paper::counted(readings(tx, vote, key)?) {
        let choices = Choices::read(&sheet.choices, &vote.definition).unwrap_or_default();
        for district in decide::districts_of(&vote.definition, &choices) {
            *left.entry((sheet.channel, district.to_owned())).or_default() -= 1;
        }
    }
    Ok(left.values().any(|left| *left < 0))
}

fn may_enter(vote: &Vote, now: civic::Moment) -> Result<(), Stop> {
    let at_it = matches!(decide::phase(vote, now), Phase::Open | Phase::Counting) && !vote.paper_done;
    if at_it { Ok(()) } else { Err(Refusal::conflict("vote-paper-time").into()) }
}
