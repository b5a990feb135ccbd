//! Pages of requests by filter, newest first, by keyset.

use super::rows::{COLUMNS, request_of};
use crate::model::ServiceRequest;
use civic::{Moment, OrganisationId, PersonId, RequestId};
use database::{Conditions, Cursor, DbError, Page, Param, Tx};
use std::collections::BTreeSet;

/// Which requests.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// Only these categories; empty for all.
    pub categories: Vec<String>,
    /// Only this district.
    pub district: Option<String>,
    /// Only open ones, or only closed ones.
    pub open: Option<bool>,
    /// Only in this state.
    pub state: Option<String>,
    /// Reported at or after.
    pub from: Option<Moment>,
    /// Reported before.
    pub until: Option<Moment>,
    /// Only these codes; `None` for all (an empty list finds nothing).
    pub codes: Option<Vec<String>>,
    /// Only what this organisation answers for.
    pub organisations: Vec<OrganisationId>,
    /// Only what this officer has taken.
    pub officer: Option<PersonId>,
    /// Only open ones that this officer has taken or nobody has, and that wait for nobody outside.
    pub waits_for: Option<PersonId>,
    /// Only open ones that wait for their reporter's answer.
    pub waiting: bool,
    /// Only open ones whose end was promised before this moment.
    pub due_before: Option<Moment>,
    /// Only those of which something waits for the desk to publish it.
    pub unpublished: bool,
}

/// When something is due, for the index; what has no promise comes after everything that has.
const DUE: &str = "coalesce(due_at, 9223372036854775807)";

/// In which order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Order {
    /// Newest first.
    #[default]
    Newest,
    /// Open ones by the promised end, the most urgent first; without a promise last.
    Due,
}

/// One page.
pub fn page_of(
    tx: &mut Tx<'_>,
    filter: &Filter,
    order: Order,
    after: Option<&Cursor>,
    limit: u32,
) -> Result<Page<ServiceRequest>, DbError> {
    let mut query = asked(filter);
    let (column, compare, direction) = match order {
        Order::Newest => ("opened_at", "<", "desc"),
        Order::Due => (DUE, ">", "asc"),
    };
    query.beyond(column, "id", compare, after);
    let most = query.int(i64::from(limit) + 1);
    let conditions = query.clause();
    let sql = format!(
        "select {COLUMNS} from requests {conditions} order by {column} {direction}, id {direction} limit {most}"
    );
    let rows = tx.query(&sql, &query.params())?;
    let items: Vec<ServiceRequest> = rows.iter().map(request_of).collect::<Result<_, _>>()?;
    let place = |request: &ServiceRequest| match order {
        Order::Newest => request.opened_at.micros(),
        Order::Due => request.due_at.map_or(i64::MAX, Moment::micros),
    };
    Ok(Page::cut(items, limit, |request| Cursor::new(place(request), request.id.text())))
}

/// Requests by number of rows, newest first: for standards that page by number.
pub fn rows_of(tx: &mut Tx<'_>, filter: &Filter, skip: i64, take: i64) -> Result<Vec<ServiceRequest>, DbError> {
    let mut query = asked(filter);
    let (take, skip) = (query.int(take), query.int(skip));
    let conditions = query.clause();
    let sql = format!(
        "select {COLUMNS} from requests {conditions} order by opened_at desc, id desc limit {take} offset {skip}"
    );
    tx.query(&sql, &query.params())?.iter().map(request_of).collect()
}

/// How many are open although their end was promised before `now`.
pub fn count_overdue(tx: &mut Tx<'_>, now: Moment) -> Result<i64, DbError> {
    let sql = format!("select count(*) from requests where closed_at is null and {DUE} < $1");
    tx.query_one(&sql, &[Param::Int(now.micros())])?.get(0)
}

/// Among which requests the job looks for what has passed a rung.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LateWindow {
    /// Only what stands below this rung.
    pub below: i64,
    /// Only what was promised for after this moment, or …
    pub after: Moment,
    /// … was promised only since this one.
    pub promised_after: Moment,
    /// Only what was promised for this moment or before.
    pub until: Moment,
}

/// Open requests that may have passed a rung, from after one of them, latest end last.
pub fn late_page(
    tx: &mut Tx<'_>,
    window: &LateWindow,
    from: Option<&(Moment, String)>,
    limit: i64,
) -> Result<Vec<ServiceRequest>, DbError> {
    let (due, id) = from.map_or((i64::MIN, ""), |(due, id)| (due.micros(), id.as_str()));
    let sql = format!(
        "select {COLUMNS} from requests where closed_at is null and escalated < $1 and {DUE} <= $2 \
         and ({DUE} > $3 or due_since > $4) and {DUE} >= $5 and ({DUE} > $5 or id > $6) order by {DUE}, id limit $7"
    );
    let values = [
        Param::Int(window.below),
        Param::Int(window.until.micros()),
        Param::Int(window.after.micros()),
        Param::Int(window.promised_after.micros()),
        Param::Int(due),
        Param::Text(id),
        Param::Int(limit),
    ];
    tx.query(&sql, &values)?.iter().map(request_of).collect()
}

/// Requests that wait for their reporter, from after one of them on and since before this moment, the longest first.
pub fn waiting_since(
    tx: &mut Tx<'_>,
    after: Option<&(Moment, String)>,
    until: Moment,
    limit: i64,
) -> Result<Vec<ServiceRequest>, DbError> {
    let (since, id) = after.map_or((i64::MIN, ""), |(since, id)| (since.micros(), id.as_str()));
    let sql = format!(
        "select {COLUMNS} from requests where waiting_since is not null and closed_at is null and waiting_since <= $1 \
         and (waiting_since > $2 or (waiting_since = $2 and id > $3)) order by waiting_since, id limit $4"
    );
    let values = [Param::Int(until.micros()), Param::Int(since), Param::Text(id), Param::Int(limit)];
    tx.query(&sql, &values)?.iter().map(request_of).collect()
}

/// Those that waited when clocks did not run again by themselves yet, and were not looked at since.
pub fn waits_of_old(tx: &mut Tx<'_>) -> Result<BTreeSet<String>, DbError> {
    tx.query("select request_id from request_waits_of_old", &[])?.iter().map(|row| row.get(0)).collect()
}

/// From now on all waits are alike.
pub fn forget_waits_of_old(tx: &mut Tx<'_>) -> Result<(), DbError> {
    tx.execute("delete from request_waits_of_old", &[]).map(|_| ())
}

/// Notes that something of a request waits for the desk to publish it.
pub fn wait_for_desk(tx: &mut Tx<'_>, id: RequestId, now: Moment) -> Result<(), DbError> {
    let sql = "update requests set unpublished_at = coalesce(unpublished_at, $1) where id = $2";
    tx.execute(sql, &[Param::Int(now.micros()), Param::Text(&id.text())]).map(|_| ())
}

/// Notes that nothing of it does.
pub fn wait_no_more(tx: &mut Tx<'_>, id: RequestId) -> Result<(), DbError> {
    tx.execute("update requests set unpublished_at = null where id = $1", &[Param::Text(&id.text())]).map(|_| ())
}

/// Notes that a request is as it came.
pub fn set_first_version(tx: &mut Tx<'_>, id: RequestId) -> Result<(), DbError> {
    tx.execute("update requests set version = 1 where id = $1", &[Param::Text(&id.text())]).map(|_| ())
}

/// Whether anything of it does.
pub fn is_unpublished(tx: &mut Tx<'_>, id: RequestId) -> Result<bool, DbError> {
    let sql = "select 1 from requests where id = $1 and unpublished_at is not null";
    Ok(tx.query_opt(sql, &[Param::Text(&id.text())])?.is_some())
}

/// Notes the rung to which a request was carried up. Returns whether it stood lower.
pub fn raise(tx: &mut Tx<'_>, id: RequestId, height: i64) -> Result<bool, DbError> {
    let sql = "update requests set escalated = $1 where id = $2 and escalated < $1";
    Ok(tx.execute(sql, &[Param::Int(height), Param::Text(&id.text())])? == 1)
}

/// Puts a request back to the foot of the ladder.
pub fn lower(tx: &mut Tx<'_>, id: RequestId) -> Result<(), DbError> {
    tx.execute("update requests set escalated = 0 where id = $1 and escalated > 0", &[Param::Text(&id.text())])
        .map(|_| ())
}

/// When the newest request was made.
pub fn newest_at(tx: &mut Tx<'_>) -> Result<Option<Moment>, DbError> {
    let row = tx.query_opt("select opened_at from requests order by opened_at desc, id desc limit 1", &[])?;
    row.map(|row| row.get(0).map(Moment)).transpose()
}

fn asked(filter: &Filter) -> Conditions {
    let mut asked = Conditions::default();
    if !filter.categories.is_empty() {
        asked.one_of("category", &filter.categories);
    }
    asked.equal("district", filter.district.as_deref());
    asked.equal("state", filter.state.as_deref());
    asked.equal("officer_id", filter.officer.map(|officer| officer.text()));
    match filter.open {
        Some(true) => asked.holds("closed_at is null"),
        Some(false) => asked.holds("closed_at is not null"),
        None => {}
    }
    asked.int_is("opened_at", ">=", filter.from.map(Moment::micros));
    asked.int_is("opened_at", "<", filter.until.map(Moment::micros));
    if filter.unpublished {
        asked.holds("unpublished_at is not null");
    }
    if let Some(before) = filter.due_before {
        asked.holds("closed_at is null");
        asked.int_is(DUE, "<", Some(before.micros()));
    }
    if filter.waiting {
        asked.holds("closed_at is null and waiting_since is not null");
    }
    if let Some(officer) = filter.waits_for {
        let place = asked.text(officer.text());
        asked.holds(format!(
            "closed_at is null and waiting_since is null and (officer_id = {place} or officer_id is null)"
        ));
    }
    if let Some(codes) = &filter.codes {
        asked.one_of("code", codes);
    }
    if !filter.organisations.is_empty() {
        asked.one_of("organisation_id", filter.organisations.iter().map(OrganisationId::text));
    }
    asked
}

/// Pages of the sitemap.
const SITEMAP_PAGE: i64 = 10_000;

/// The addresses of public pages, oldest first, `page` of 10,000 each.
pub fn sitemap(tx: &mut Tx<'_>, page: u32) -> Result<Vec<(String, Moment)>, DbError> {
    let rows = tx.query(
        "select code, updated_at from requests order by opened_at, id limit $1 offset $2",
        &[Param::Int(SITEMAP_PAGE), Param::Int(i64::from(page) * SITEMAP_PAGE)],
    )?;
    rows.iter().map(|row| Ok((format!("/requests/{}", row.get::<String>(0)?), Moment(row.get(1)?)))).collect()
}
