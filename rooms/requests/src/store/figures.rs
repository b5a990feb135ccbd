//! What the figures are counted from.

use crate::figures::{Figures, Seen};
use civic::Moment;
use database::{DbError, Param, Tx};

/// How far before the newest report the figures begin, in days.
const DAYS: i64 = 365;

/// Reads what residents reported in the year up to the newest report.
pub fn read_figures(tx: &mut Tx<'_>, now: Moment) -> Result<Figures, DbError> {
    let mut figures = Figures::default();
    let Some(newest) = super::newest_at(tx)? else { return Ok(figures) };
    let sql = "select coalesce(district, ''), category, opened_at, closed_at, due_at, answered_at from requests \
               where opened_at >= $1 and source <> 'agency' and state <> 'withdrawn'";
    tx.each(sql, &[Param::Int(newest.plus_days(-DAYS).micros())], |row| {
        let moment = |index| Ok::<_, DbError>(row.get::<Option<i64>>(index)?.map(Moment));
        let seen =
            Seen { opened_at: Moment(row.get(2)?), closed_at: moment(3)?, due_at: moment(4)?, answered_at: moment(5)? };
        figures.add(row.get(0)?, row.get(1)?, &seen, now);
        Ok(())
    })?;
    Ok(figures)
}
