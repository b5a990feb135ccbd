//! Channels to agencies that answer elsewhere, and requests that were sent on to them.

use super::rows::{broken, by_code_to_change, json};
use crate::{
    elsewhere::{ApiKey, Channel, Forward, ForwardKey, ForwardState, Server, Way},
    model::ServiceRequest,
};
use civic::{Moment, OrganisationId, RequestId};
use database::{DbError, Row, Tx, params};

const CHANNEL: &str =
    "organisation_id, way, address, jurisdiction, api_key, services, followed_until, asked_at, trouble";
const FORWARD: &str = "request_id, organisation_id, way, state, made_at, begun_at, their_id, their_token, their_state, key_until, trouble";

/// Keeps a channel in place of the agency's present one; what was followed begins anew.
pub fn save_channel(tx: &mut Tx<'_>, organisation: OrganisationId, way: &Way) -> Result<(), DbError> {
    let (address, server) = match way {
        Way::Open311(server) => (server.url.clone(), server.clone()),
        Way::Letter(email) => (email.as_str().to_owned(), Server::default()),
    };
    tx.execute(
        "insert into request_channels (organisation_id, way, address, jurisdiction, api_key, services, trouble) \
         values ($1, $2, $3, $4, $5, $6, '') on conflict (organisation_id) do update set way = excluded.way, \
         address = excluded.address, jurisdiction = excluded.jurisdiction, api_key = excluded.api_key, \
         services = excluded.services, trouble = ''",
        &params![
            &organisation.text(),
            way.word(),
            &address,
            &server.jurisdiction,
            &server.key.0,
            &json(&server.services)?
        ],
    )
    .map(|_| ())
}

/// Takes an agency's channel away, with its key.
pub fn remove_channel(tx: &mut Tx<'_>, organisation: OrganisationId) -> Result<(), DbError> {
    tx.execute("delete from request_channels where organisation_id = $1", &params![&organisation.text()]).map(|_| ())
}

/// All channels.
pub fn channels(tx: &mut Tx<'_>) -> Result<Vec<Channel>, DbError> {
    let sql = format!("select {CHANNEL} from request_channels order by organisation_id");
    tx.query(&sql, &[])?.iter().map(channel_of).collect()
}

/// The channel of an agency.
pub fn channel(tx: &mut Tx<'_>, organisation: OrganisationId) -> Result<Option<Channel>, DbError> {
    let sql = format!("select {CHANNEL} from request_channels where organisation_id = $1");
    tx.query_opt(&sql, &params![&organisation.text()])?.as_ref().map(channel_of).transpose()
}

/// Notes how asking an agency went; `followed_until` moves only where all was taken.
pub fn note_asked(
    tx: &mut Tx<'_>,
    organisation: OrganisationId,
    followed_until: Option<Moment>,
    trouble: &str,
    now: Moment,
) -> Result<(), DbError> {
    tx.execute(
        "update request_channels set followed_until = coalesce($2, followed_until), asked_at = $3, trouble = $4 where organisation_id = $1",
        &params![&organisation.text(), followed_until.map(Moment::micros), now.micros(), trouble],
    )
    .map(|_| ())
}

fn channel_of(row: &Row) -> Result<Channel, DbError> {
    let (way, address): (String, String) = (row.get(1)?, row.get(2)?);
    let way = match way.as_str() {
        "letter" => Way::Letter(address.parse().map_err(broken)?),
        _ => Way::Open311(Server {
            url: address,
            jurisdiction: row.get(3)?,
            key: ApiKey(row.get(4)?),
            services: serde_json::from_str(&row.get::<String>(5)?).map_err(broken)?,
        }),
    };
    Ok(Channel {
        organisation: row.get::<String>(0)?.parse().map_err(broken)?,
        way,
        followed_until: row.get::<Option<i64>>(6)?.map(Moment),
        asked_at: row.get::<Option<i64>>(7)?.map(Moment),
        trouble: row.get(8)?,
    })
}

/// Puts a request in for sending, unless it was before; one that was no longer to be sent is again.
///
/// Returns whether it is to be sent now.
pub fn put_forward(tx: &mut Tx<'_>, key: ForwardKey, way: &str, now: Moment) -> Result<bool, DbError> {
    let put = tx.execute(
        "insert into request_forwards (request_id, organisation_id, way, state, made_at, their_state, asked_at, trouble) \
         values ($1, $2, $3, 'waiting', $4, '', 0, '') on conflict (request_id, organisation_id) do update \
         set state = 'waiting', way = excluded.way, made_at = excluded.made_at, trouble = '' \
         where request_forwards.state = 'ended'",
        &params![&key.request.text(), &key.organisation.text(), way, now.micros()],
    )?;
    Ok(put == 1)
}

/// How a request stands that was sent on to an agency.
pub fn forward(tx: &mut Tx<'_>, key: ForwardKey) -> Result<Option<Forward>, DbError> {
    let sql = format!("select {FORWARD} from request_forwards where request_id = $1 and organisation_id = $2");
    tx.query_opt(&sql, &params![&key.request.text(), &key.organisation.text()])?.as_ref().map(forward_of).transpose()
}

/// The request of a forward, held against change by others until the transaction ends.
pub fn request_to_change(tx: &mut Tx<'_>, request: RequestId) -> Result<Option<ServiceRequest>, DbError> {
    let row = tx.query_opt("select code from requests where id = $1", &params![&request.text()])?;
    row.map_or(Ok(None), |row| by_code_to_change(tx, &row.get::<String>(0)?))
}

/// Keeps how a forward stands.
pub fn save_forward(tx: &mut Tx<'_>, forward: &Forward, asked_at: Moment) -> Result<(), DbError> {
    tx.execute(
        "update request_forwards set way = $3, state = $4, begun_at = $5, their_id = $6, their_token = $7, their_state = $8, \
         trouble = $9, asked_at = $10 where request_id = $1 and organisation_id = $2",
        &params![
            &forward.key.request.text(),
            &forward.key.organisation.text(),
            &forward.way,
            forward.state.word(),
            forward.begun_at.map(Moment::micros),
            forward.their_id.as_deref(),
            forward.their_token.as_deref(),
            &forward.their_state,
            &forward.trouble,
            asked_at.micros()
        ],
    )
    .map(|_| ())
}

/// Keeps the key of a letter's link, by its hash, in place of an earlier one.
pub fn save_letter_key(tx: &mut Tx<'_>, key: ForwardKey, hash: &str, until: Moment) -> Result<(), DbError> {
    let sql =
        "update request_forwards set key_hash = $3, key_until = $4 where request_id = $1 and organisation_id = $2";
    tx.execute(sql, &params![&key.request.text(), &key.organisation.text(), hash, until.micros()]).map(|_| ())
}

/// The forward whose letter has the link with this key.
pub fn forward_by_key(tx: &mut Tx<'_>, hash: &str) -> Result<Option<Forward>, DbError> {
    let sql = format!("select {FORWARD} from request_forwards where key_hash = $1");
    tx.query_opt(&sql, &params![hash])?.as_ref().map(forward_of).transpose()
}

/// What is open here and was sent on to an agency's server, what was asked about longest ago first.
pub fn open_forwards(tx: &mut Tx<'_>, organisation: OrganisationId, limit: u32) -> Result<Vec<Forward>, DbError> {
    let columns = FORWARD.split(", ").map(|column| format!("f.{column}")).collect::<Vec<_>>().join(", ");
    let sql = format!(
        "select {columns} from request_forwards f join requests r on r.id = f.request_id \
         where f.organisation_id = $1 and f.state = 'sent' and f.their_id is not null and r.closed_at is null \
         and r.organisation_id = f.organisation_id order by f.asked_at, f.request_id limit $2"
    );
    tx.query(&sql, &params![&organisation.text(), i64::from(limit)])?.iter().map(forward_of).collect()
}

/// Forwards of each agency that wait or were refused.
pub fn count_forwards(tx: &mut Tx<'_>) -> Result<Vec<(OrganisationId, ForwardState, i64)>, DbError> {
    let sql = "select organisation_id, state, count(*) from request_forwards group by organisation_id, state order by organisation_id, state";
    let counted = |row: &Row| Ok((row.get::<String>(0)?.parse().map_err(broken)?, state_of(row, 1)?, row.get(2)?));
    tx.query(sql, &[])?.iter().map(counted).collect()
}

/// Remembers an update of another server. Returns whether it is new.
pub fn take_news(tx: &mut Tx<'_>, organisation: OrganisationId, update: &str, now: Moment) -> Result<bool, DbError> {
    let sql =
        "insert into request_forward_news (organisation_id, update_id, at) values ($1, $2, $3) on conflict do nothing";
    Ok(tx.execute(sql, &params![&organisation.text(), update, now.micros()])? == 1)
}

/// Forgets updates that were taken before, at most `limit`; answers how many.
pub fn forget_old_news(tx: &mut Tx<'_>, before: Moment, limit: u32) -> Result<u64, DbError> {
    let sql = "delete from request_forward_news where (organisation_id, update_id) in \
               (select organisation_id, update_id from request_forward_news where at < $1 order by at, organisation_id, update_id limit $2)";
    tx.execute(sql, &params![before.micros(), limit])
}

/// The words an agency last said in public; empty for none.
pub fn last_agency_words(tx: &mut Tx<'_>, request: RequestId) -> Result<String, DbError> {
    let sql = "select body from request_history where request_id = $1 and internal = false and agency <> '' and body <> '' \
               order by at desc, id desc limit 1";
    tx.query_opt(sql, &params![&request.text()])?.map_or_else(|| Ok(String::new()), |row| row.get(0))
}

fn forward_of(row: &Row) -> Result<Forward, DbError> {
    Ok(Forward {
        key: ForwardKey {
            request: row.get::<String>(0)?.parse().map_err(broken)?,
            organisation: row.get::<String>(1)?.parse().map_err(broken)?,
        },
        way: row.get(2)?,
        state: state_of(row, 3)?,
        made_at: Moment(row.get(4)?),
        begun_at: row.get::<Option<i64>>(5)?.map(Moment),
        their_id: row.get(6)?,
        their_token: row.get(7)?,
        their_state: row.get(8)?,
        key_until: row.get::<Option<i64>>(9)?.map(Moment),
        trouble: row.get(10)?,
    })
}

fn state_of(row: &Row, index: usize) -> Result<ForwardState, DbError> {
    ForwardState::of(&row.get::<String>(index)?).ok_or_else(|| broken("unknown state of a forward"))
}
