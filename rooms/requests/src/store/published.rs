//! Rows for the open-data portal: codes, states, moments and places; no words, no names.

use civic::Moment;
use database::{DbError, Tx};
use jiff::tz::TimeZone;
use std::collections::BTreeMap;

/// Every request in the order in which they were opened. A place is given to three decimals (about a hundred metres), for a pin may
/// be somebody's door.
pub fn publish_each(tx: &mut Tx<'_>, now: Moment, take: &mut dyn FnMut(Vec<String>)) -> Result<(), DbError> {
    let sql = "select r.code, r.category, r.state, coalesce(o.code, ''), coalesce(r.district, ''), r.opened_at, r.closed_at, r.source, \
               r.lat_micro, r.long_micro from requests r left join organisations o on o.id = r.organisation_id \
               order by r.opened_at, r.id";
    tx.each(sql, &[], |row| {
        let (opened, closed) = (Moment(row.get(5)?), row.get::<Option<i64>>(6)?.map(Moment));
        let days = closed.unwrap_or(now).seconds_since(opened) / 86_400;
        let degrees = |micro: Option<i64>| micro.map(about).unwrap_or_default();
        take(vec![
            row.get(0)?,
            row.get(1)?,
            row.get(2)?,
            row.get(3)?,
            row.get(4)?,
            opened.rfc3339(),
            closed.map(Moment::rfc3339).unwrap_or_default(),
            closed.map(|_| days.to_string()).unwrap_or_default(),
            row.get(7)?,
            degrees(row.get(8)?),
            degrees(row.get(9)?),
        ]);
        Ok(())
    })
}

fn about(micro: i64) -> String {
    let thousandths = (micro + 500).div_euclid(1_000);
    let (sign, whole) = if thousandths < 0 { ("-", -thousandths) } else { ("", thousandths) };
    format!("{sign}{}.{:03}", whole / 1_000, whole % 1_000)
}

/// Requests opened, by day of the town, district and category.
pub fn publish_counts(
    tx: &mut Tx<'_>,
    zone: &TimeZone,
    take: &mut dyn FnMut(String, String, String, i64),
) -> Result<(), DbError> {
    let mut counts: BTreeMap<(String, String, String), i64> = BTreeMap::new();
    tx.each("select opened_at, coalesce(district, ''), category from requests", &[], |row| {
        let day = Moment(row.get(0)?).in_zone(zone).date().to_string();
        *counts.entry((day, row.get(1)?, row.get(2)?)).or_default() += 1;
        Ok(())
    })?;
    for ((day, district, category), count) in counts {
        take(day, district, category, count);
    }
    Ok(())
}
