//! Ballots on paper: each is entered by two clerks apart; only what both read alike counts.

use super::{
    vote_of,
    voter::{Voter, known},
};
use crate::{
    areas::VotesIn,
    ballot::{Choices, normal_code},
    boxes::{BallotBoxes, BoxKey},
    decide::{self, Raw},
    model::{Channel, Phase, State, Vote, Voters},
    roll::RollFacts,
    store::{self, Sheet},
};
use civic::Actor;
use database::{DbError, Tx};
use record::Entry;
use serde_json::json;
use std::collections::BTreeMap;
use web::{Refusal, Stop, Town};

/// Characters of the number stamped on a sheet.
const SHEET_LIMIT: usize = 12;

/// Where the ballots on paper stand.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Paper {
    /// Sheets that two clerks read alike, by channel.
    pub agreed: BTreeMap<Channel, i64>,
    /// Sheets that one clerk has read.
    pub once: Vec<String>,
    /// Sheets that clerks read differently, with what each read.
    pub differing: Vec<(String, Vec<Sheet>)>,
    /// Voters marked to have voted on paper, by channel.
    pub marked: BTreeMap<Channel, i64>,
}

/// The sheets that count: read alike by exactly two clerks.
pub(super) fn agreed(sheets: Vec<Sheet>) -> Vec<Sheet> {
    by_number(sheets).into_values().filter(|read| is_agreed(read)).filter_map(|mut read| read.pop()).collect()
}

fn by_number(sheets: Vec<Sheet>) -> BTreeMap<String, Vec<Sheet>> {
    let mut numbers: BTreeMap<String, Vec<Sheet>> = BTreeMap::new();
    for sheet in sheets {
        numbers.entry(sheet.sheet.clone()).or_default().push(sheet);
    }
    numbers
}

fn is_agreed(read: &[Sheet]) -> bool {
    read.len() == 2 && read[0].choices == read[1].choices && read[0].channel == read[1].channel
}

/// Where the ballots on paper of a vote stand.
///
/// # Errors
/// Those of the database.
pub async fn paper_of(town: &Town, code: &str) -> Result<Paper, Stop> {
    let code = code.to_owned();
    town.db().read(move |tx| look(tx, &code)).await.map_err(|error: DbError| error.into())
}

fn look(tx: &mut Tx<'_>, code: &str) -> Result<Paper, DbError> {
    let mut paper = Paper { marked: store::turnout(tx, code)?, ..Paper::default() };
    paper.marked.remove(&Channel::Online);
    for (number, read) in by_number(store::sheets(tx, code)?) {
        match read.len() {
            _ if is_agreed(&read) => *paper.agreed.entry(read[0].channel).or_default() += 1,
            1 => paper.once.push(number),
            _ => paper.differing.push((number, read)),
        }
    }
    Ok(paper)
}

/// Marks a voter who comes in person as having voted, before the paper goes into the urn. Answers the district whose paper she
/// is to get, where the roll decides that.
///
/// # Errors
/// Refusals: not open, nobody by this code, number or address, not eligible, has voted; faults of the database.
pub async fn mark_paper_voter(
    town: &Town,
    actor: Actor,
    code: &str,
    who: &str,
    channel: Channel,
) -> Result<Option<String>, Stop> {
    let vote = on_paper(town, code).await?;
    let voter = voter_named(town, &vote, who).await?;
    let key = town.part::<BallotBoxes>().key(code, &vote.key_print)?;
    let (own, code, chance) = (town.clone(), code.to_owned(), town.chance_handle());
    let marked = town.db().write(move |tx| {
        let vote = store::vote_to_cast(tx, &code)?.ok_or(Stop::NotFound)?;
        let now = own.now();
        decide::may_cast(&vote, now)?;
        let known = known(tx, &vote, &voter, &key).map_err(of_another)?;
        decide::may_by_roll(&vote.definition, &known.facts, &own.settings().zone)
            .map_err(|_| Refusal::new("vote-who-not").at("who"))?;
        if !store::mark(tx, &code, &known.mark, channel)? {
            return Err(Refusal::conflict("vote-cast-other").at("who").into());
        }
        let district = known.facts.district.filter(|_| is_by_own_district(&vote));
        let entry = Entry::about(vote.subject(), "vote.paper-given", &actor, now, &*chance);
        Ok(tx.commit(entry.publicly(&json!({ "channel": channel }))?, district)?)
    });
    marked.await
}

fn is_by_own_district(vote: &Vote) -> bool {
    vote.definition.areas.as_ref().is_some_and(|areas| areas.votes_in == VotesIn::Own)
}

/// What a clerk is told of somebody else.
fn of_another(stop: Stop) -> Stop {
    let is_roll = |refusal: &Refusal| refusal.code == "vote-not-on-roll";
    match stop {
        Stop::Refused(refusals) if refusals.iter().any(is_roll) => Refusal::new("vote-who-roll").at("who").into(),
        other => other,
    }
}

async fn voter_named(town: &Town, vote: &Vote, who: &str) -> Result<Voter, Stop> {
    let who = who.trim();
    let unknown = || Stop::from(Refusal::new("vote-who").at("who"));
    let email = who.parse::<people::EmailAddress>();
    match vote.definition.voters {
        Voters::Codes => normal_code(who).map(Voter::Code).ok_or_else(|| Refusal::new("vote-code").at("who").into()),
        Voters::Roll => match email {
            Ok(email) => Ok(Voter::Address(email)),
            Err(_) if who.is_empty() => Err(unknown()),
            Err(_) => Ok(Voter::Number(who.to_uppercase())),
        },
        Voters::Residents => {
            let email = email.map_err(|_| unknown())?;
            let person = town.db().read(move |tx| people::accounts::by_email(tx, &email)).await;
            let person = person.map_err(|error: DbError| Stop::from(error))?.ok_or_else(unknown)?;
            Ok(Voter::Person(person.id))
        }
    }
}

/// What a clerk reads on a sheet.
///
/// # Errors
/// Refusals of the ballot, of the number, of a vote that is not at this; faults of the database.
pub async fn enter_sheet(
    town: &Town,
    actor: Actor,
    code: &str,
    sheet: &str,
    channel: Channel,
    raw: &Raw,
) -> Result<(), Stop> {
    let vote = on_paper(town, code).await?;
    let sheet = sheet.trim().to_owned();
    let good = !sheet.is_empty() && sheet.len() <= SHEET_LIMIT && sheet.bytes().all(|b| b.is_ascii_alphanumeric());
    if !good || channel == Channel::Online {
        return Err(Refusal::new("vote-sheet").at("sheet").with("most", SHEET_LIMIT as i64).into());
    }
    let choices = decide::read_ballot(&vote.definition, raw).map_err(Stop::Refused)?.text(&vote.definition);
    let (own, code, chance) = (town.clone(), code.to_owned(), town.chance_handle());
    let entered = town.db().write(move |tx| {
        let now = own.now();
        let vote = store::vote_to_cast(tx, &code)?.ok_or(Stop::NotFound)?;
        may_enter(&vote, now)?;
        let others =
            store::sheets(tx, &code)?.into_iter().filter(|one| one.sheet == sheet && one.clerk != actor.handle);
        if others.count() >= 2 {
            return Err(Refusal::conflict("vote-sheet-read").at("sheet").into());
        }
        let view = json!({ "sheet": sheet, "channel": channel });
        store::keep_sheet(tx, &code, &Sheet { sheet, clerk: actor.handle.clone(), channel, choices })?;
        let entry = Entry::about(vote.subject(), "vote.sheet-entered", &actor, now, &*chance).publicly(&view)?;
        Ok(tx.commit(entry, ())?)
    });
    entered.await
}

/// Says that all ballots on paper are entered: from then on the vote can be counted.
///
/// # Errors
/// Refusals while it is open, or sheets are read once or differently, or there are more sheets than voters; faults.
pub async fn finish_paper(town: &Town, actor: Actor, code: &str) -> Result<(), Stop> {
    let key = town.part::<BallotBoxes>().key(code, &on_paper(town, code).await?.key_print)?;
    let (own, code, chance) = (town.clone(), code.to_owned(), town.chance_handle());
    let finished = town.db().write(move |tx| {
        let now = own.now();
        let mut vote = store::by_code_to_change(tx, &code)?.ok_or(Stop::NotFound)?;
        if vote.state != State::Closed || vote.paper_done {
            return Err(Refusal::conflict("vote-paper-time").into());
        }
        let paper = look(tx, &code)?;
        if !paper.once.is_empty() || !paper.differing.is_empty() {
            return Err(Refusal::conflict("vote-paper-open").into());
        }
        let over = Channel::ALL.iter().find(|channel| paper.agreed.get(channel) > paper.marked.get(channel));
        if over.is_some() || has_too_many_of_a_district(tx, &vote, &key)? {
            return Err(Refusal::conflict("vote-paper-many").into());
        }
        vote.paper_done = true;
        store::update(tx, &mut vote)?;
        let view = json!({ "sheets": paper.agreed, "voters": paper.marked });
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
    for sheet in agreed(store::sheets(tx, code)?) {
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

async fn on_paper(town: &Town, code: &str) -> Result<Vote, Stop> {
    let vote = vote_of(town, code).await?;
    if vote.definition.paper && vote.state != State::Draft { Ok(vote) } else { Err(Stop::NotFound) }
}
