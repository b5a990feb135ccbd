//! All SQL of links.

use super::Link;
use civic::Moment;
use database::{DbError, Param, Row, Tx, params};

const COLUMNS: &str = "url, host, next_at, asked_at, status, trouble, failing_since, failures, told_at";
/// Links that one statement names.
const AT_ONCE: usize = 200;

/// Every address that is known.
pub fn all_urls(tx: &mut Tx<'_>) -> Result<Vec<String>, DbError> {
    tx.query("select url from data_links", &[])?.iter().map(|row| row.get(0)).collect()
}

/// Adds one that is not known yet.
pub fn add(tx: &mut Tx<'_>, new: &Link) -> Result<(), DbError> {
    let sql = "insert into data_links (url, host, next_at, trouble, failures) values ($1, $2, $3, '', 0) on conflict (url) do nothing";
    tx.execute(sql, &params![&new.url, &new.host, new.next_at.micros()]).map(|_| ())
}

/// Forgets one that nothing names any more.
pub fn drop(tx: &mut Tx<'_>, url: &str) -> Result<(), DbError> {
    tx.execute("delete from data_links where url = $1", &params![url]).map(|_| ())
}

/// Those whose time has come, at most `of_host` of a host and `limit` of all, those that waited longest first.
pub fn due(tx: &mut Tx<'_>, now: Moment, of_host: u32, limit: u32) -> Result<Vec<Link>, DbError> {
    let sql = format!(
        "select {COLUMNS} from (select {COLUMNS}, row_number() over (partition by host order by next_at, url) as place \
         from data_links where next_at <= $1) waiting where place <= $2 order by next_at, url limit $3"
    );
    tx.query(&sql, &params![now.micros(), of_host, limit])?.iter().map(of).collect()
}

/// Those of these addresses that are known, in the order of the addresses.
pub fn some(tx: &mut Tx<'_>, urls: &[String]) -> Result<Vec<Link>, DbError> {
    let mut found: Vec<Link> = Vec::new();
    for urls in urls.chunks(AT_ONCE) {
        let places: Vec<String> = (1..=urls.len()).map(|number| format!("${number}")).collect();
        let sql = format!("select {COLUMNS} from data_links where url in ({}) order by url", places.join(", "));
        let values: Vec<Param<'_>> = urls.iter().map(|url| Param::Text(url)).collect();
        for row in tx.query(&sql, &values)? {
            found.push(of(&row)?);
        }
    }
    Ok(found)
}

/// Those that do not answer, those that fail longest first.
pub fn failing(tx: &mut Tx<'_>, limit: u32) -> Result<Vec<Link>, DbError> {
    let sql = format!(
        "select {COLUMNS} from data_links where failing_since is not null order by failing_since, url limit $1"
    );
    tx.query(&sql, &params![limit])?.iter().map(of).collect()
}

/// Those that do not answer and of which nobody was told, those that fail longest first.
pub fn untold(tx: &mut Tx<'_>, limit: u32) -> Result<Vec<Link>, DbError> {
    let sql = format!(
        "select {COLUMNS} from data_links where failing_since is not null and told_at is null order by failing_since, url limit $1"
    );
    tx.query(&sql, &params![limit])?.iter().map(of).collect()
}

/// Keeps what came of asking one.
pub fn put(tx: &mut Tx<'_>, one: &Link) -> Result<(), DbError> {
    let sql = "update data_links set next_at = $1, asked_at = $2, status = $3, trouble = $4, failing_since = $5, failures = $6, \
               told_at = $7 where url = $8";
    let values = params![
        one.next_at.micros(),
        one.asked_at.map(Moment::micros),
        one.status.map(i64::from),
        &one.trouble,
        one.failing_since.map(Moment::micros),
        one.failures,
        one.told_at.map(Moment::micros),
        &one.url
    ];
    tx.execute(sql, &values).map(|_| ())
}

fn of(row: &Row) -> Result<Link, DbError> {
    let moment = |at: usize| Ok::<_, DbError>(row.get::<Option<i64>>(at)?.map(Moment));
    Ok(Link {
        url: row.get(0)?,
        host: row.get(1)?,
        next_at: Moment(row.get(2)?),
        asked_at: moment(3)?,
        status: row.get::<Option<i64>>(4)?.and_then(|status| u16::try_from(status).ok()),
        trouble: row.get(5)?,
        failing_since: moment(6)?,
        failures: row.get(7)?,
        told_at: moment(8)?,
    })
}
