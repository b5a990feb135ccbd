//! One proposal.

use super::{broken, parsed};
use crate::model::{GroupName, Proposal, State, StateWord};
use civic::{Moment, Place};
use database::{DbError, Row, Tx, params};

/// The columns of a new proposal.
const WRITTEN: &str = "code, process, state, state_at, merged_into, title, body, category, district, lat_micro, \
    long_micro, address, cost_cents, sources, photos, photo_key, supports, comments, shuffle, made_at, submitted_at, updated_at, \
    reached_at, answer_due_at, estimate_cents, version, points";
/// The columns in the order in which [`proposal_of`] reads them.
pub(super) const COLUMNS: &str = "code, process, state, state_at, merged_into, title, body, category, district, lat_micro, \
    long_micro, address, cost_cents, sources, photos, photo_key, supports, comments, shuffle, made_at, submitted_at, updated_at, \
    reached_at, answer_due_at, estimate_cents, version, points, group_code, \
    (select name from proposal_groups where proposal_groups.code = proposals.group_code), merged_why, supports_elsewhere";

/// Keeps a new proposal.
pub fn insert(tx: &mut Tx<'_>, proposal: &Proposal) -> Result<(), DbError> {
    let sql = format!(
        "insert into proposals ({WRITTEN}) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, \
         0, 0, $17, $18, $19, $20, $21, $22, $23, $24, 0)"
    );
    tx.execute(
        &sql,
        &params![
            proposal.code.as_str(),
            &proposal.process,
            proposal.state.word().as_str(),
            state_at(proposal).micros(),
            merged(&proposal.state),
            &proposal.title,
            &proposal.text,
            &proposal.category,
            proposal.district.as_deref(),
            proposal.place.map(Place::lat_micro),
            proposal.place.map(Place::long_micro),
            &proposal.address,
            proposal.cost_cents,
            &proposal.sources.join(" "),
            &proposal.photos.join(" "),
            &proposal.photo_key,
            proposal.shuffle,
            proposal.made_at.micros(),
            proposal.submitted_at.map(Moment::micros),
            proposal.updated_at.micros(),
            proposal.reached_at.map(Moment::micros),
            proposal.answer_due_at.map(Moment::micros),
            proposal.estimate_cents,
            proposal.version
        ],
    )
    .map(|_| ())
}

/// Saves a changed proposal, but for its counts, which are kept by themselves. Whoever calls holds it against change.
pub fn update(tx: &mut Tx<'_>, proposal: &Proposal) -> Result<(), DbError> {
    let sql = "update proposals set state = $1, state_at = $2, merged_into = $3, title = $4, body = $5, category = $6, \
               district = $7, lat_micro = $8, long_micro = $9, address = $10, cost_cents = $11, sources = $12, photos = $13, \
               submitted_at = $14, updated_at = $15, reached_at = $16, answer_due_at = $17, estimate_cents = $18, version = $19, \
               group_code = $20, merged_why = $21 where code = $22";
    tx.execute(
        sql,
        &params![
            proposal.state.word().as_str(),
            state_at(proposal).micros(),
            merged(&proposal.state),
            &proposal.title,
            &proposal.text,
            &proposal.category,
            proposal.district.as_deref(),
            proposal.place.map(Place::lat_micro),
            proposal.place.map(Place::long_micro),
            &proposal.address,
            proposal.cost_cents,
            &proposal.sources.join(" "),
            &proposal.photos.join(" "),
            proposal.submitted_at.map(Moment::micros),
            proposal.updated_at.micros(),
            proposal.reached_at.map(Moment::micros),
            proposal.answer_due_at.map(Moment::micros),
            proposal.estimate_cents,
            proposal.version,
            proposal.group.as_ref().map(|group| group.code.as_str()),
            merged_why(&proposal.state),
            proposal.code.as_str()
        ],
    )
    .map(|_| ())
}

/// Keeps how many comments there are.
pub fn keep_comments(tx: &mut Tx<'_>, code: &str, comments: i64) -> Result<(), DbError> {
    tx.execute("update proposals set comments = $1 where code = $2", &params![comments, code]).map(|_| ())
}

/// Keeps that a proposal had enough supports, and by when an answer is due.
pub fn keep_due(tx: &mut Tx<'_>, code: &str, reached_at: Moment, due: Option<Moment>) -> Result<(), DbError> {
    let sql = "update proposals set reached_at = $1, answer_due_at = $2, own_reached_at = $1, own_due_at = $2 \
               where code = $3 and reached_at is null";
    tx.execute(sql, &params![reached_at.micros(), due.map(Moment::micros), code]).map(|_| ())
}

/// Takes away again what a merger carried: the due day and the reach are the earliest of the proposal's own and of those that
/// are still merged into it.
pub fn return_due(tx: &mut Tx<'_>, into: &str) -> Result<(), DbError> {
    let earliest = |own: &str, carried: &str| {
        format!(
            "(select min(pairs.at) from (select {own} as at from proposals where code = $1 union all \
             select {carried} as at from proposals where merged_into = $1 and state = 'merged') as pairs)"
        )
    };
    let (reached, due) = (earliest("own_reached_at", "reached_at"), earliest("own_due_at", "answer_due_at"));
    let sql = format!("update proposals set reached_at = {reached}, answer_due_at = {due} where code = $1");
    tx.execute(&sql, &params![into]).map(|_| ())
}

/// Lets a proposal have the earliest due day and the earliest reach of itself and of what is merged into it; its own stay kept
/// beside them.
pub fn carry_due(tx: &mut Tx<'_>, from: &Proposal, into: &Proposal) -> Result<(), DbError> {
    let earliest = |one: Option<Moment>, other: Option<Moment>| [one, other].into_iter().flatten().min();
    let reached = earliest(from.reached_at, into.reached_at);
    let due = earliest(from.answer_due_at, into.answer_due_at);
    let sql = "update proposals set reached_at = $1, answer_due_at = $2 where code = $3";
    tx.execute(sql, &params![reached.map(Moment::micros), due.map(Moment::micros), into.code.as_str()]).map(|_| ())
}

/// The proposal of this code, also a draft.
pub fn by_code(tx: &mut Tx<'_>, code: &str) -> Result<Option<Proposal>, DbError> {
    let sql = format!("select {COLUMNS} from proposals where code = $1");
    tx.query_opt(&sql, &params![code])?.as_ref().map(proposal_of).transpose()
}

/// The same, held against change by others until the transaction ends.
pub fn by_code_to_change(tx: &mut Tx<'_>, code: &str) -> Result<Option<Proposal>, DbError> {
    let sql = format!("select {COLUMNS} from proposals where code = $1{}", tx.dialect().for_update());
    tx.query_opt(&sql, &params![code])?.as_ref().map(proposal_of).transpose()
}

/// Whether a drawn code is in use already.
pub fn is_taken(tx: &mut Tx<'_>, code: &str) -> Result<bool, DbError> {
    Ok(tx.query_opt("select 1 from proposals where code = $1", &params![code])?.is_some())
}

/// What was merged into this one, by code.
pub fn merged_into(tx: &mut Tx<'_>, code: &str) -> Result<Vec<Proposal>, DbError> {
    let sql =
        format!("select {COLUMNS} from proposals where merged_into = $1 and state = 'merged' order by code limit 200");
    tx.query(&sql, &params![code])?.iter().map(proposal_of).collect()
}

fn state_at(proposal: &Proposal) -> Moment {
    proposal.state.at().unwrap_or(proposal.submitted_at.unwrap_or(proposal.made_at))
}

fn merged(state: &State) -> Option<&str> {
    match state {
        State::Merged { into, .. } => Some(into.as_str()),
        _ => None,
    }
}

fn merged_why(state: &State) -> &str {
    match state {
        State::Merged { why, .. } => why,
        _ => "",
    }
}

/// A row of [`COLUMNS`] as a proposal.
pub(super) fn proposal_of(row: &Row) -> Result<Proposal, DbError> {
    let place = row.get::<Option<i64>>(9)?.zip(row.get::<Option<i64>>(10)?);
    let words = |index| Ok::<_, DbError>(row.get::<String>(index)?.split_whitespace().map(str::to_owned).collect());
    let moment = |index| Ok::<_, DbError>(row.get::<Option<i64>>(index)?.map(Moment));
    Ok(Proposal {
        code: parsed(row, 0)?,
        process: row.get(1)?,
        state: state_of(row)?,
        title: row.get(5)?,
        text: row.get(6)?,
        category: row.get(7)?,
        district: row.get(8)?,
        place: place.map(|(lat, long)| Place::from_micro(lat, long)),
        address: row.get(11)?,
        cost_cents: row.get(12)?,
        sources: words(13)?,
        photos: words(14)?,
        photo_key: row.get(15)?,
        supports: row.get(16)?,
        comments: row.get(17)?,
        shuffle: row.get(18)?,
        made_at: Moment(row.get(19)?),
        submitted_at: moment(20)?,
        updated_at: Moment(row.get(21)?),
        reached_at: moment(22)?,
        answer_due_at: moment(23)?,
        estimate_cents: row.get(24)?,
        version: row.get(25)?,
        points: row.get(26)?,
        group: group_name(row)?,
        supports_elsewhere: row.get(30)?,
    })
}

fn group_name(row: &Row) -> Result<Option<GroupName>, DbError> {
    let Some(code) = row.get::<Option<String>>(27)? else { return Ok(None) };
    Ok(Some(GroupName { code, name: row.get::<Option<String>>(28)?.unwrap_or_default() }))
}

fn state_of(row: &Row) -> Result<State, DbError> {
    let at = Moment(row.get(3)?);
    let word: StateWord = row.get::<String>(2)?.parse().map_err(|()| broken("unknown state"))?;
    Ok(match word {
        StateWord::Draft => State::Draft,
        StateWord::Open => State::Open,
        StateWord::Feasible => State::Feasible { at },
        StateWord::Infeasible => State::Infeasible { at },
        StateWord::Answered => State::Answered { at },
        StateWord::Withdrawn => State::Withdrawn { at },
        StateWord::Merged => State::Merged { into: parsed(row, 4)?, at, why: row.get(29)? },
    })
}
