//! What is counted of applications: no words, nobody's name.

use crate::model::{Channel, Outcome};
use civic::Moment;
use database::{DbError, Row, Tx, params};

/// Applications that one page of figures counts, the newest.
pub const CASES_LIMIT: i64 = 200_000;

/// One application, as it is counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Case {
    /// The code of the service.
    pub service: String,
    /// The district; empty for none.
    pub district: String,
    /// How it came.
    pub channel: Channel,
    /// The language in which it was written.
    pub language: String,
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
    /// Letters that were sent.
    pub letters: i64,
    /// Whether it was made up.
    pub is_simulated: bool,
}

/// The applications since a moment; those that were withdrawn are not counted.
pub fn cases(tx: &mut Tx<'_>, since: Moment, service: Option<&str>) -> Result<Vec<Case>, DbError> {
    let only = if service.is_some() { " and service = $3" } else { "" };
    let sql = format!(
        "select service, coalesce(district, ''), channel, language, filed_at, decided_at, first_outcome, appealed_at, appeal_outcome, \
         was_incomplete, minutes, pages, letters, is_simulated from applications \
         where filed_at >= $1 and state <> 'withdrawn'{only} order by filed_at desc, code limit $2"
    );
    let mut found = Vec::new();
    let mut take = |row: Row| {
        let word = |index| Ok::<_, DbError>(row.get::<Option<String>>(index)?.and_then(|word| Outcome::of_word(&word)));
        let decided_at = row.get::<Option<i64>>(5)?.map(Moment);
        let appealed: Option<i64> = row.get(7)?;
        found.push(Case {
            service: row.get(0)?,
            district: row.get(1)?,
            channel: Channel::of_word(&row.get::<String>(2)?).unwrap_or(Channel::Online),
            language: row.get(3)?,
            filed_at: Moment(row.get(4)?),
            decided_at,
            first: if decided_at.is_some() { word(6)? } else { None },
            appeal: appealed.map(|_| word(8)).transpose()?,
            was_incomplete: row.get(9)?,
            minutes: row.get(10)?,
            pages: row.get(11)?,
            letters: row.get(12)?,
            is_simulated: row.get(13)?,
        });
        Ok(())
    };
    match service {
        Some(service) => tx.each(&sql, &params![since.micros(), CASES_LIMIT, service], &mut take)?,
        None => tx.each(&sql, &params![since.micros(), CASES_LIMIT], &mut take)?,
    }
    Ok(found)
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
