//! Where things are, what began and ended there, and who has not been told of it.

use super::broken;
use crate::{
    area::turned,
    decide::Told,
    model::{Area, News, Spot},
};
use civic::{Moment, Place, Subject};
use database::{DbError, Param, Row, Tx, params};
use record::Sequenced;

/// Notes where a subject is, as its newest entry says; what that entry does not say stays as it was.
pub fn keep_place(tx: &mut Tx<'_>, subject: &Subject, told: &Told) -> Result<(), DbError> {
    let place = told.spot.place;
    tx.execute(
        "insert into alert_places (subject_kind, subject_id, lat_micro, long_micro, district, due_at, is_open) \
         values ($1, $2, $3, $4, $5, $6, $7) on conflict (subject_kind, subject_id) do update set \
         lat_micro = case when $8 then excluded.lat_micro else coalesce(excluded.lat_micro, alert_places.lat_micro) end, \
         long_micro = case when $8 then excluded.long_micro else coalesce(excluded.long_micro, alert_places.long_micro) end, \
         district = coalesce(excluded.district, alert_places.district), \
         due_at = coalesce(excluded.due_at, alert_places.due_at), \
         is_open = case when $9 then excluded.is_open else alert_places.is_open end",
        &params![
            &subject.kind,
            &subject.id,
            place.map(Place::lat_micro),
            place.map(Place::long_micro),
            told.spot.district.as_deref(),
            told.due_at.map(Moment::micros),
            told.is_open.unwrap_or(true),
            told.moved,
            told.is_open.is_some()
        ],
    )
    .map(|_| ())
}

/// Where a subject is.
pub fn place_of(tx: &mut Tx<'_>, subject: &Subject) -> Result<Spot, DbError> {
    let sql = "select lat_micro, long_micro, district from alert_places where subject_kind = $1 and subject_id = $2";
    let row = tx.query_opt(sql, &params![&subject.kind, &subject.id])?;
    row.map_or_else(|| Ok(Spot::default()), |row| spot_of(&row, 0))
}

fn spot_of(row: &Row, first: usize) -> Result<Spot, DbError> {
    let place = row.get::<Option<i64>>(first)?.zip(row.get::<Option<i64>>(first + 1)?);
    Ok(Spot { place: place.map(|(lat, long)| Place::from_micro(lat, long)), district: row.get(first + 2)? })
}

/// Keeps a piece of news. An entry that is taken twice is kept once.
pub fn keep_news(tx: &mut Tx<'_>, entry: &Sequenced, what: &str, spot: &Spot) -> Result<(), DbError> {
    tx.execute(
        "insert into alert_news (entry_id, at, subject_kind, subject_id, what, lat_micro, long_micro, district) \
         values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (entry_id) do nothing",
        &params![
            &entry.id,
            entry.said_at.micros(),
            &entry.subject.kind,
            &entry.subject.id,
            what,
            spot.place.map(Place::lat_micro),
            spot.place.map(Place::long_micro),
            spot.district.as_deref()
        ],
    )
    .map(|_| ())
}

const NEWS: &str = "news.entry_id, news.at, news.subject_kind, news.subject_id, news.what, news.lat_micro, news.long_micro, news.district";

fn news_of(row: &Row) -> Result<News, DbError> {
    Ok(News {
        entry: row.get(0)?,
        at: Moment(row.get(1)?),
        subject: Subject { kind: row.get(2)?, id: row.get(3)? },
        what: row.get::<String>(4)?.parse().map_err(|()| broken("what"))?,
        spot: spot_of(row, 5)?,
    })
}

/// What lies in an area, as a condition on the columns of `table`, with its values from `$first` on.
fn within(area: Option<&Area>, table: &str, first: usize) -> (String, Vec<i64>, Option<String>) {
    let at = |number: usize| format!("${}", first + number);
    match area {
        None => ("true".to_owned(), Vec::new(), None),
        Some(Area::District(code)) => (format!("{table}.district = {}", at(0)), Vec::new(), Some(code.clone())),
        Some(circle) => {
            let bounds = circle.around().unwrap_or(crate::area::Bounds { south: 0, north: 0, west: 0, east: 0 });
            let [west, west_on, west_back] = turned(bounds.west);
            let [east, east_on, east_back] = turned(bounds.east);
            let condition = format!(
                "{table}.lat_micro between {} and {} and ({table}.long_micro between {} and {} or {table}.long_micro between {} and {} \
                 or {table}.long_micro between {} and {})",
                at(0),
                at(1),
                at(2),
                at(3),
                at(4),
                at(5),
                at(6),
                at(7)
            );
            let values = vec![bounds.south, bounds.north, west, east, west_on, east_on, west_back, east_back];
            (condition, values, None)
        }
    }
}

/// The newest news of an area (of the whole town where none is named), at most `limit`. Near a circle's edge a few more are
/// looked at than shown, so a crowded corner may give fewer.
pub fn newest(tx: &mut Tx<'_>, area: Option<&Area>, limit: u32) -> Result<Vec<News>, DbError> {
    let (condition, numbers, code) = within(area, "news", 2);
    let looked = limit.saturating_mul(2);
    let mut values = vec![Param::from(looked)];
    values.extend(code.as_deref().map(Param::Text));
    values.extend(numbers.iter().map(|number| Param::Int(*number)));
    let sql = format!(
        "select {NEWS} from alert_news as news where {condition} order by news.at desc, news.entry_id desc limit $1"
    );
    let mut found: Vec<News> = tx.query(&sql, &values)?.iter().map(news_of).collect::<Result<_, _>>()?;
    found.retain(|news| area.is_none_or(|area| area.holds(&news.spot)));
    found.truncate(limit as usize);
    Ok(found)
}

/// Open subjects in an area whose end is promised at or after `from`, the next first, at most `limit`.
pub fn due_ends(
    tx: &mut Tx<'_>,
    area: Option<&Area>,
    from: Moment,
    limit: u32,
) -> Result<Vec<(Subject, Moment, Spot)>, DbError> {
    let (condition, numbers, code) = within(area, "places", 3);
    let mut values = vec![Param::Int(from.micros()), Param::from(limit)];
    values.extend(code.as_deref().map(Param::Text));
    values.extend(numbers.iter().map(|number| Param::Int(*number)));
    let sql = format!(
        "select places.subject_kind, places.subject_id, places.due_at, places.lat_micro, places.long_micro, places.district \
         from alert_places as places where places.is_open and places.due_at is not null and places.due_at >= $1 and {condition} \
         order by places.due_at, places.subject_id limit $2"
    );
    let mut found = Vec::new();
    for row in tx.query(&sql, &values)? {
        let spot = spot_of(&row, 3)?;
        if area.is_none_or(|area| area.holds(&spot)) {
            found.push((Subject { kind: row.get(0)?, id: row.get(1)? }, Moment(row.get(2)?), spot));
        }
    }
    Ok(found)
}

/// Notes that somebody is to be told.
pub fn put_waiting(tx: &mut Tx<'_>, subscription: &str, entry: &str, at: Moment) -> Result<(), DbError> {
    let sql = "insert into alert_waiting (subscription_id, entry_id, at) values ($1, $2, $3) on conflict (subscription_id, entry_id) do nothing";
    tx.execute(sql, &params![subscription, entry, at.micros()]).map(|_| ())
}

/// The subscriptions for which something waits, after the id `after`, at most `limit`.
pub fn waiting_subscriptions(tx: &mut Tx<'_>, after: &str, limit: u32) -> Result<Vec<String>, DbError> {
    let sql = "select distinct subscription_id from alert_waiting where subscription_id > $1 order by subscription_id limit $2";
    tx.query(sql, &params![after, limit])?.iter().map(|row| row.get(0)).collect()
}

/// Takes what waits for a subscription: the newest, at most `limit`, and how many there were in all.
pub fn take_waiting(tx: &mut Tx<'_>, subscription: &str, limit: u32) -> Result<(Vec<News>, i64), DbError> {
    let sql = format!(
        "select {NEWS} from alert_waiting as waiting join alert_news as news on news.entry_id = waiting.entry_id \
         where waiting.subscription_id = $1 order by news.at desc, news.entry_id desc limit $2"
    );
    let news = tx.query(&sql, &params![subscription, limit])?.iter().map(news_of).collect::<Result<_, _>>()?;
    let count = tx.execute("delete from alert_waiting where subscription_id = $1", &params![subscription])?;
    Ok((news, i64::try_from(count).unwrap_or(i64::MAX)))
}

/// Forgets news from before, at most `limit`; answers how many.
pub fn forget_old_news(tx: &mut Tx<'_>, before: Moment, limit: u32) -> Result<u64, DbError> {
    let sql = "delete from alert_waiting where at < $1";
    tx.execute(sql, &params![before.micros()])?;
    let sql =
        "delete from alert_news where entry_id in (select entry_id from alert_news where at < $1 order by at limit $2)";
    tx.execute(sql, &params![before.micros(), limit])
}
