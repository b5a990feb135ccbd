//! Who hears of which area.

use super::broken;
use crate::{
    area::{TALLEST_MICRO, turned},
    model::{Area, Pace, Spot, Subscription},
};
use civic::{Language, Moment};
use database::{DbError, Row, Tx, params};
use people::EmailAddress;

const COLUMNS: &str = "id, email, language, area, pace, confirmed_at, told_at";

/// Somebody asks to hear of an area.
pub struct Asked<'a> {
    /// The id, if there is none yet.
    pub id: &'a str,
    /// Where mails would go.
    pub email: &'a EmailAddress,
    /// In which language.
    pub language: Language,
    /// Of what.
    pub area: &'a Area,
    /// How often.
    pub pace: Pace,
}

/// Keeps what is asked for until it is confirmed. The id to confirm; `None` where the address hears of the area already, or was
/// asked after `asked_before`.
pub fn ask(tx: &mut Tx<'_>, asked: &Asked<'_>, asked_before: Moment, now: Moment) -> Result<Option<String>, DbError> {
    let bounds = asked.area.around();
    let district = match asked.area {
        Area::District(code) => Some(code.as_str()),
        Area::Circle { .. } => None,
    };
    let row = tx.query_opt(
        "insert into alert_subscriptions (id, email, language, area, district, south, north, west, east, pace, asked_at) \
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) \
         on conflict (email, area) do update set language = excluded.language, pace = excluded.pace, asked_at = excluded.asked_at \
         where alert_subscriptions.confirmed_at is null and alert_subscriptions.asked_at <= $12 returning id",
        &params![
            asked.id,
            asked.email.as_str(),
            asked.language.tag(),
            &asked.area.to_string(),
            district,
            bounds.map(|bounds| bounds.south),
            bounds.map(|bounds| bounds.north),
            bounds.map(|bounds| bounds.west),
            bounds.map(|bounds| bounds.east),
            asked.pace.as_str(),
            now.micros(),
            asked_before.micros()
        ],
    )?;
    row.map(|row| row.get(0)).transpose()
}

/// How many areas an address has asked for.
pub fn areas_of(tx: &mut Tx<'_>, email: &EmailAddress) -> Result<i64, DbError> {
    tx.query_one("select count(*) from alert_subscriptions where email = $1", &params![email.as_str()])?.get(0)
}

/// Keeps a new link of a subscription, by its hash.
pub fn new_token(tx: &mut Tx<'_>, id: &str, token_hash: &str, now: Moment) -> Result<(), DbError> {
    let sql = "insert into alert_tokens (token_hash, subscription_id, made_at) values ($1, $2, $3)";
    tx.execute(sql, &params![token_hash, id, now.micros()]).map(|_| ())
}

/// The subscription behind a link.
pub fn by_token(tx: &mut Tx<'_>, token_hash: &str) -> Result<Option<Subscription>, DbError> {
    let sql = format!(
        "select {COLUMNS} from alert_subscriptions where id = (select subscription_id from alert_tokens where token_hash = $1)"
    );
    tx.query_opt(&sql, &params![token_hash])?.as_ref().map(read).transpose()
}

/// The subscription of this id.
pub fn by_id(tx: &mut Tx<'_>, id: &str) -> Result<Option<Subscription>, DbError> {
    let sql = format!("select {COLUMNS} from alert_subscriptions where id = $1");
    tx.query_opt(&sql, &params![id])?.as_ref().map(read).transpose()
}

/// What an address has asked for.
pub fn of_email(tx: &mut Tx<'_>, email: &str) -> Result<Vec<Subscription>, DbError> {
    let sql = format!("select {COLUMNS} from alert_subscriptions where email = $1 order by asked_at, id");
    tx.query(&sql, &params![email])?.iter().map(read).collect()
}

/// Confirms.
pub fn confirm(tx: &mut Tx<'_>, id: &str, now: Moment) -> Result<(), DbError> {
    let sql = "update alert_subscriptions set confirmed_at = $1 where id = $2 and confirmed_at is null";
    tx.execute(sql, &params![now.micros(), id]).map(|_| ())
}

/// Sets how often.
pub fn change_pace(tx: &mut Tx<'_>, id: &str, pace: Pace) -> Result<(), DbError> {
    tx.execute("update alert_subscriptions set pace = $1 where id = $2", &params![pace.as_str(), id]).map(|_| ())
}

/// Notes when somebody was told.
pub fn told(tx: &mut Tx<'_>, id: &str, now: Moment) -> Result<(), DbError> {
    tx.execute("update alert_subscriptions set told_at = $1 where id = $2", &params![now.micros(), id]).map(|_| ())
}

/// Stops, and forgets the address with everything that hangs on it.
pub fn leave(tx: &mut Tx<'_>, id: &str) -> Result<(), DbError> {
    tx.execute("delete from alert_waiting where subscription_id = $1", &params![id])?;
    tx.execute("delete from alert_tokens where subscription_id = $1", &params![id])?;
    tx.execute("delete from alert_subscriptions where id = $1", &params![id]).map(|_| ())
}

/// Forgets everything an address has asked for.
pub fn forget_email(tx: &mut Tx<'_>, email: &str) -> Result<(), DbError> {
    for one in of_email(tx, email)? {
        leave(tx, &one.id)?;
    }
    Ok(())
}

/// Whether anybody listens at all.
pub fn has_listeners(tx: &mut Tx<'_>) -> Result<bool, DbError> {
    let sql = "select 1 from alert_subscriptions where confirmed_at is not null limit 1";
    Ok(tx.query_opt(sql, &[])?.is_some())
}

/// The ids of those who hear of this spot.
pub fn listeners(tx: &mut Tx<'_>, spot: &Spot) -> Result<Vec<String>, DbError> {
    let mut found = Vec::new();
    if let Some(district) = &spot.district {
        let sql = "select id from alert_subscriptions where confirmed_at is not null and district = $1";
        for row in tx.query(sql, &params![district.as_str()])? {
            found.push(row.get(0)?);
        }
    }
    if let Some(place) = spot.place {
        let [long, east, west] = turned(place.long_micro());
        let sql = "select id, area from alert_subscriptions where confirmed_at is not null and south is not null \
                   and south between $5 and $1 and north >= $1 \
                   and ((west <= $2 and east >= $2) or (west <= $3 and east >= $3) or (west <= $4 and east >= $4))";
        for row in tx.query(sql, &params![place.lat_micro(), long, east, west, place.lat_micro() - TALLEST_MICRO])? {
            let area: Area = row.get::<String>(1)?.parse().map_err(|_| broken("area"))?;
            if area.holds(spot) {
                found.push(row.get(0)?);
            }
        }
    }
    Ok(found)
}

/// Forgets from before who asked and never confirmed, at most `limit`; answers how many.
pub fn forget_unconfirmed(tx: &mut Tx<'_>, before: Moment, limit: u32) -> Result<u64, DbError> {
    let sql = "select id from alert_subscriptions where confirmed_at is null and asked_at < $1 limit $2";
    let rows = tx.query(sql, &params![before.micros(), limit])?;
    for row in &rows {
        leave(tx, &row.get::<String>(0)?)?;
    }
    Ok(rows.len() as u64)
}

/// Forgets links of mails from before, at most `limit`; answers how many.
pub fn forget_old_tokens(tx: &mut Tx<'_>, before: Moment, limit: u32) -> Result<u64, DbError> {
    let sql = "delete from alert_tokens where token_hash in (select token_hash from alert_tokens where made_at < $1 limit $2)";
    tx.execute(sql, &params![before.micros(), limit])
}

fn read(row: &Row) -> Result<Subscription, DbError> {
    Ok(Subscription {
        id: row.get(0)?,
        email: row.get::<String>(1)?.parse().map_err(|_| broken("email"))?,
        language: row.get::<String>(2)?.parse().unwrap_or_default(),
        area: row.get::<String>(3)?.parse().map_err(|_| broken("area"))?,
        pace: row.get::<String>(4)?.parse().map_err(|()| broken("pace"))?,
        confirmed_at: row.get::<Option<i64>>(5)?.map(Moment),
        told_at: row.get::<Option<i64>>(6)?.map(Moment),
    })
}
