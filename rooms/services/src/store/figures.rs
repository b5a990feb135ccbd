//! What is counted of applications: no words, nobody's name.

use crate::{
    figures::{Counted, Key},
    model::{Channel, Outcome},
};
use civic::Moment;
use database::{DbError, Row, Tx, params};

/// Applications that are read at once, so that counting needs no more room for a million than for a thousand.
const AT_ONCE: usize = 20_000;

/// One application, as it is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Case {
    /// When it came.
    pub filed_at: Moment,
    /// When it was first decided.
    pub decided_at: Option<Moment>,
    /// What was decided at first; `None` while nothing is.
    pub first: Option<Outcome>,
    /// What became of the appeal: `None` without one, the inside `None` while it is not decided.
    pub appeal: Option<Option<Outcome>>,
    /// Whether anything was ever missing.
    pub was_incomplete: bool,
    /// Minutes that writing it took.
    pub minutes: i64,
    /// Pages that were filled in.
    pub pages: i64,
    /// Times that somebody had to come: to the counter, or to an appointment.
    pub visits: i64,
    /// Letters that were sent.
    pub letters: i64,
    /// Whether it was made up.
    pub is_simulated: bool,
}

impl Case {
    /// From filing to the first decision.
    pub fn waited_seconds(&self) -> Option<i64> {
        self.decided_at.map(|at| at.seconds_since(self.filed_at).max(0))
    }
}

fn read(row: &Row) -> Result<(Key, Case), DbError> {
    let word = |index| Ok::<_, DbError>(row.get::<Option<String>>(index)?.and_then(|word| Outcome::of_word(&word)));
    let decided_at = row.get::<Option<i64>>(5)?.map(Moment);
    let appealed: Option<i64> = row.get(7)?;
    let channel = Channel::of_word(&row.get::<String>(2)?).unwrap_or(Channel::Online);
    let key = Key { service: row.get(0)?, district: row.get(1)?, channel: channel.word(), language: row.get(3)? };
    let met: i64 = row.get(14)?;
    let case = Case {
        filed_at: Moment(row.get(4)?),
        decided_at,
        first: if decided_at.is_some() { word(6)? } else { None },
        appeal: appealed.map(|_| word(8)).transpose()?,
        was_incomplete: row.get(9)?,
        minutes: row.get(10)?,
        pages: row.get(11)?,
        visits: met + i64::from(channel == Channel::Counter),
        letters: row.get(12)?,
        is_simulated: row.get(13)?,
    };
    Ok((key, case))
}

/// Counts all applications since a moment; those that were withdrawn are not counted.
pub fn count_cases(tx: &mut Tx<'_>, since: Moment, counted: &mut Counted) -> Result<(), DbError> {
    let sql = "select service, coalesce(district, ''), channel, language, filed_at, decided_at, first_outcome, appealed_at, appeal_outcome, \
         was_incomplete, minutes, pages, letters, is_simulated, \
         (select count(*) from appointments where owner = applications.code and state = 'came'), code from applications \
         where (filed_at, code) > ($1, $2) and state <> 'withdrawn' order by filed_at, code limit $3";
    let mut after = (since.micros(), String::new());
    loop {
        let mut read_now = 0;
        let mut last = None;
        tx.each(sql, &params![after.0, &after.1, AT_ONCE as i64], |row| {
            let (key, case) = read(&row)?;
            last = Some((case.filed_at.micros(), row.get::<String>(15)?));
            counted.add(key, &case);
            read_now += 1;
            Ok(())
        })?;
        match last {
            Some(place) if read_now == AT_ONCE => after = place,
            _ => return Ok(()),
        }
    }
}

/// Keeps what was counted under a name.
pub fn keep_figures(tx: &mut Tx<'_>, name: &str, body: &str, now: Moment) -> Result<(), DbError> {
    let sql = "insert into service_figures (name, at, body) values ($1, $2, $3) \
               on conflict (name) do update set at = excluded.at, body = excluded.body";
    tx.execute(sql, &params![name, now.micros(), body]).map(|_| ())
}

/// What was counted under a name.
pub fn kept_figures(tx: &mut Tx<'_>, name: &str) -> Result<Option<String>, DbError> {
    tx.query_opt("select body from service_figures where name = $1", &params![name])?.map(|row| row.get(0)).transpose()
}

/// What was counted of services, by code, of all under the empty one; not what else is kept here, whose names begin with a slash.
pub fn kept_of_services(tx: &mut Tx<'_>) -> Result<Vec<(String, String)>, DbError> {
    let rows = tx.query("select name, body from service_figures where name not like '/%' order by name", &[])?;
    rows.iter().map(|row| Ok((row.get(0)?, row.get(1)?))).collect()
}

/// A gap that is open: by which measure and group, since when, and how large it was then.
#[derive(Debug, Clone, PartialEq)]
pub struct KeptGap {
    /// The measure's word.
    pub measure: String,
    /// By what groups are told apart.
    pub by: String,
    /// The group.
    pub group: String,
    /// Since when the town knows.
    pub opened_at: Moment,
    /// Ratio or difference in the last period before, in hundredths, with its interval.
    pub hundredths: (i64, i64, i64),
}

/// The gaps that are open, by name.
pub fn open_gaps(tx: &mut Tx<'_>) -> Result<Vec<KeptGap>, DbError> {
    let sql = "select measure, by_what, group_code, opened_at, hundredths, low_hundredths, high_hundredths from service_gaps \
               order by measure, by_what, group_code";
    let gap = |row: &Row| {
        Ok(KeptGap {
            measure: row.get(0)?,
            by: row.get(1)?,
            group: row.get(2)?,
            opened_at: Moment(row.get(3)?),
            hundredths: (row.get(4)?, row.get(5)?, row.get(6)?),
        })
    };
    tx.query(sql, &[])?.iter().map(gap).collect()
}

/// Keeps that a gap is open. Returns whether it was not.
pub fn open_gap(tx: &mut Tx<'_>, gap: &KeptGap) -> Result<bool, DbError> {
    let sql = "insert into service_gaps (measure, by_what, group_code, opened_at, hundredths, low_hundredths, high_hundredths) \
               values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing";
    let (middle, low, high) = gap.hundredths;
    let values = params![&gap.measure, &gap.by, &gap.group, gap.opened_at.micros(), middle, low, high];
    Ok(tx.execute(sql, &values)? == 1)
}

/// Keeps that a gap is closed. Returns whether it was open.
pub fn close_gap(tx: &mut Tx<'_>, gap: &KeptGap) -> Result<bool, DbError> {
    let sql = "delete from service_gaps where measure = $1 and by_what = $2 and group_code = $3";
    Ok(tx.execute(sql, &params![&gap.measure, &gap.by, &gap.group])? == 1)
}
