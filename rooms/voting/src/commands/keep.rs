//! The administrator sets up a vote. Nothing of it can change from its opening on.

use super::{free_code, roll::missing_on_roll, stale};
use crate::{
    boxes::BallotBoxes,
    decide,
    model::{Definition, OPTIONS_LIMIT, Origin, State, Turnout, Vote, VoteOption},
    store,
};
use civic::{Actor, LocalText, Moment, Subject};
use commons::links::{Link, Relation, link};
use database::{DbError, OffRecord, Tx};
use record::Entry;
use serde_json::{Value, json};
use web::{Refusal, Stop, Town};

/// An option to add.
#[derive(Debug, Clone)]
pub struct NewOption {
    /// What people call it.
    pub title: LocalText,
    /// It in a few sentences.
    pub text: Option<LocalText>,
    /// What it costs, in cents.
    pub cost_cents: i64,
    /// The code of its district.
    pub district: Option<String>,
    /// What it grew from.
    pub from: Option<Subject>,
    /// What offered it among others, as a process.
    pub offered_by: Option<Subject>,
}

/// A change of a vote before it opens.
#[derive(Debug, Clone)]
pub enum Change {
    /// Everything but the options.
    Settings(Box<Definition>),
    /// More options, at the end.
    Add(Vec<NewOption>),
    /// The option of this id in other words, or with another cost or district. What it grew from stays.
    Correct(String, NewOption),
    /// One option less.
    Remove(String),
}

/// Begins a draft. The key of its ballot box is made first, outside the database.
///
/// # Errors
/// Refusals; faults of the database and of the disk.
pub async fn create_vote(town: &Town, definition: Definition, origin: Origin) -> Result<Vote, Stop> {
    let refusals = decide::judge_draft(&definition);
    if !refusals.is_empty() {
        return Err(Stop::Refused(refusals));
    }
    let (now, chance) = (town.now(), town.chance_handle());
    let boxes = town.part::<BallotBoxes>().clone();
    let code = {
        let chance = town.chance_handle();
        town.db().read(move |tx| free_code(tx, &*chance)).await?
    };
    let key_print = boxes.make(code.as_str(), &*chance)?;
    let vote = Vote {
        code,
        state: State::Draft,
        state_at: now,
        definition,
        origin,
        key_print,
        paper_done: false,
        paper_counts: crate::paper::PaperCounts::new(),
        turnout: Turnout::new(),
        created_at: now,
        version: 1,
    };
    let made = town.db().write(move |tx| {
        store::insert(tx, &vote)?;
        tx.commit(OffRecord("a draft is its makers' own paper until it is published"), vote)
    });
    made.await.map_err(|error: DbError| error.into())
}

/// Changes a vote that is not open yet. One that is announced is changed in public.
///
/// # Errors
/// Refusals, as one that the vote is open by now; faults of the database.
pub async fn change_vote(town: &Town, actor: Actor, code: &str, version: i64, change: Change) -> Result<Vote, Stop> {
    let (own, code, chance) = (town.clone(), code.to_owned(), town.chance_handle());
    let changed = town.db().write(move |tx| {
        let now = own.now();
        let mut vote = to_change(tx, &code, now)?;
        if vote.version != version {
            return Err(stale());
        }
        apply(&mut vote.definition, change)?;
        let is_draft = vote.state == State::Draft;
        let mut refusals =
            if is_draft { decide::judge_draft(&vote.definition) } else { decide::judge(&vote.definition, now) };
        if !is_draft {
            refusals.extend(missing_on_roll(tx, &vote)?);
        }
        if !refusals.is_empty() {
            return Err(Stop::Refused(refusals));
        }
        store::update(tx, &mut vote)?;
        let done = if is_draft {
            tx.commit(OffRecord("a draft is its makers' own paper until it is published"), vote)?
        } else {
            link_to_origins(tx, &vote, now)?;
            let entry =
                Entry::about(vote.subject(), "vote.changed", &actor, now, &*chance).publicly(&public_view(&vote))?;
            tx.commit(entry, vote)?
        };
        Ok(done)
    });
    changed.await
}

fn apply(definition: &mut Definition, change: Change) -> Result<(), Stop> {
    match change {
        Change::Settings(settings) => {
            let (options, next_option) = (std::mem::take(&mut definition.options), definition.next_option);
            *definition = Definition { options, next_option, ..*settings };
        }
        Change::Add(new) => {
            for option in new {
                add(definition, option);
            }
        }
        Change::Correct(id, new) => {
            let at = definition.find(&id).ok_or(Stop::NotFound)?;
            let option = &mut definition.options[at];
            let (from, offered_by) = (option.from.take(), option.offered_by.take());
            let NewOption { title, text, cost_cents, district, .. } = new;
            *option = VoteOption { id, title, text, cost_cents, district, from, offered_by };
        }
        Change::Remove(id) => {
            let at = definition.find(&id).ok_or(Stop::NotFound)?;
            definition.options.remove(at);
        }
    }
    Ok(())
}

/// Ids have as many digits as the limit, so that they are ordered as strings as they are as numbers.
fn add(definition: &mut Definition, new: NewOption) {
    let digits = OPTIONS_LIMIT.to_string().len();
    let id = format!("{:0digits$}", definition.next_option);
    definition.next_option += 1;
    let NewOption { title, text, cost_cents, district, from, offered_by } = new;
    definition.options.push(VoteOption { id, title, text, cost_cents, district, from, offered_by });
}

/// Shows a draft to everybody. From then on its question and its rule are on the record.
///
/// # Errors
/// A refusal for everything that is missing; faults of the database.
pub async fn publish_vote(town: &Town, actor: Actor, code: &str) -> Result<Vote, Stop> {
    let (own, code, chance) = (town.clone(), code.to_owned(), town.chance_handle());
    let published = town.db().write(move |tx| {
        let now = own.now();
        let mut vote = to_change(tx, &code, now)?;
        if vote.state != State::Draft {
            return Err(Refusal::conflict("vote-published").into());
        }
        let mut refusals = decide::judge(&vote.definition, now);
        refusals.extend(missing_on_roll(tx, &vote)?);
        if !refusals.is_empty() {
            return Err(Stop::Refused(refusals));
        }
        (vote.state, vote.state_at) = (State::Published, now);
        store::update(tx, &mut vote)?;
        link_to_origins(tx, &vote, now)?;
        let entry =
            Entry::about(vote.subject(), "vote.published", &actor, now, &*chance).publicly(&public_view(&vote))?;
        Ok(tx.commit(entry, vote)?)
    });
    published.await
}

/// Each option leads back to what it grew from, and the vote to what offered its options, so that the thread goes on.
fn link_to_origins(tx: &mut Tx<'_>, vote: &Vote, now: Moment) -> Result<(), DbError> {
    let options = &vote.definition.options;
    let of_options = options.iter().filter_map(|one| Some((vote.option_subject(&one.id), one.from.clone()?)));
    let mut all: Vec<(Subject, Subject)> = of_options.collect();
    for by in options.iter().filter_map(|one| one.offered_by.clone()) {
        if !all.iter().any(|(_, to)| *to == by) {
            all.push((vote.subject(), by));
        }
    }
    for (from, to) in all {
        link(tx, &Link { from, relation: Relation::GrewOutOf, to }, now)?;
    }
    Ok(())
}

/// Takes a vote back before it opens.
///
/// # Errors
/// Refusals; faults of the database.
pub async fn withdraw_vote(town: &Town, actor: Actor, code: &str, why: &str) -> Result<Vote, Stop> {
    let why = why.trim().to_owned();
    if why.is_empty() || why.chars().count() > crate::model::TEXT_LIMIT {
        return Err(Refusal::new("vote-why").at("why").into());
    }
    let (own, code, chance) = (town.clone(), code.to_owned(), town.chance_handle());
    let withdrawn = town.db().write(move |tx| {
        let now = own.now();
        let mut vote = to_change(tx, &code, now)?;
        let was_draft = vote.state == State::Draft;
        let sealed = json!({ "why": why });
        (vote.state, vote.state_at) = (State::Withdrawn { why }, now);
        store::update(tx, &mut vote)?;
        store::drop_roll(tx, &code)?;
        let entry = Entry::about(vote.subject(), "vote.withdrawn", &actor, now, &*chance)
            .publicly(&json!({ "draft": was_draft }))?
            .privately(&sealed, &*chance)?;
        Ok(tx.commit(entry, vote)?)
    });
    withdrawn.await
}

pub(super) fn to_change(tx: &mut Tx<'_>, code: &str, now: Moment) -> Result<Vote, Stop> {
    let vote = store::by_code_to_change(tx, code)?.ok_or(Stop::NotFound)?;
    decide::may_change(&vote, now)?;
    Ok(vote)
}

/// What the record says of a vote: everything that decides its result but the words, which the SHA-256 pins.
fn public_view(vote: &Vote) -> Value {
    let definition = &vote.definition;
    let options: Vec<Value> =
        definition.options.iter().map(|option| json!([option.id, option.cost_cents, option.district])).collect();
    json!({
        "definition_sha256": definition.sha256(),
        "opens_at": definition.opens_at.rfc3339(),
        "closes_at": definition.closes_at.rfc3339(),
        "voters": definition.voters, "eligible": definition.eligible, "paper": definition.paper,
        "budget": definition.budget, "areas": definition.areas, "ballot": definition.ballot, "rule": definition.rule,
        "options": options,
        "box": vote.key_print,
    })
}
