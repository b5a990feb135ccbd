//! Pages of requests by filter, newest first, by keyset.

use super::rows::{COLUMNS, request_of};
use crate::model::ServiceRequest;
use civic::{Moment, OrganisationId, PersonId, RequestId};
use database::{Cursor, DbError, Page, Param, Tx};

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
    /// Only open ones that wait for their reporter's answer.
    pub waiting: bool,
    /// Only open ones whose end was promised before this moment.
    pub due_before: Option<Moment>,
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
    let mut query = Query::default();
    query.filter(filter);
    let (column, compare, direction) = match order {
        Order::Newest => ("opened_at", "<", "desc"),
        Order::Due => (DUE, ">", "asc"),
    };
    if let Some(after) = after {
        let (at, id) = (query.bind(Value::Int(after.at())), query.bind(Value::Text(after.id().to_owned())));
        query.conditions.push(format!("({column}, id) {compare} ({at}, {id})"));
    }
    let most = query.bind(Value::Int(i64::from(limit) + 1));
    let conditions = query.conditions_text();
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
    let mut query = Query::default();
    query.filter(filter);
    let (take, skip) = (query.bind(Value::Int(take)), query.bind(Value::Int(skip)));
    let conditions = query.conditions_text();
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

/// The codes of open requests whose promised end lies between these moments and that stand below a rung, latest end last.
pub fn late_codes(
    tx: &mut Tx<'_>,
    height: i64,
    after: Moment,
    until: Moment,
    limit: i64,
) -> Result<Vec<String>, DbError> {
    let sql = format!(
        "select code from requests where closed_at is null and escalated < $1 and {DUE} > $2 and {DUE} <= $3 order by {DUE}, id limit $4"
    );
    let values = [Param::Int(height), Param::Int(after.micros()), Param::Int(until.micros()), Param::Int(limit)];
    tx.query(&sql, &values)?.iter().map(|row| row.get(0)).collect()
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

enum Value {
    Int(i64),
    Text(String),
}

/// Conditions and their values; only fixed text of ours ever becomes SQL.
#[derive(Default)]
struct Query {
    conditions: Vec<String>,
    values: Vec<Value>,
}

impl Query {
    fn bind(&mut self, value: Value) -> String {
        self.values.push(value);
        format!("${}", self.values.len())
    }

    fn conditions_text(&self) -> String {
        if self.conditions.is_empty() { String::new() } else { format!("where {}", self.conditions.join(" and ")) }
    }

    fn equal(&mut self, column: &str, value: Option<&str>) {
        if let Some(value) = value {
            let place = self.bind(Value::Text(value.to_owned()));
            self.conditions.push(format!("{column} = {place}"));
        }
    }

    fn one_of(&mut self, column: &str, values: impl Iterator<Item = String>) {
        let places: Vec<String> = values.map(|value| self.bind(Value::Text(value))).collect();
        let list = if places.is_empty() { "null".to_owned() } else { places.join(", ") };
        self.conditions.push(format!("{column} in ({list})"));
    }

    fn filter(&mut self, filter: &Filter) {
        if !filter.categories.is_empty() {
            self.one_of("category", filter.categories.iter().cloned());
        }
        self.equal("district", filter.district.as_deref());
        self.equal("state", filter.state.as_deref());
        self.equal("officer_id", filter.officer.map(|officer| officer.text()).as_deref());
        match filter.open {
            Some(true) => self.conditions.push("closed_at is null".to_owned()),
            Some(false) => self.conditions.push("closed_at is not null".to_owned()),
            None => {}
        }
        if let Some(from) = filter.from {
            let place = self.bind(Value::Int(from.micros()));
            self.conditions.push(format!("opened_at >= {place}"));
        }
        if let Some(until) = filter.until {
            let place = self.bind(Value::Int(until.micros()));
            self.conditions.push(format!("opened_at < {place}"));
        }
        if let Some(before) = filter.due_before {
            let place = self.bind(Value::Int(before.micros()));
            self.conditions.push(format!("closed_at is null and {DUE} < {place}"));
        }
        if filter.waiting {
            self.conditions.push("closed_at is null and waiting_since is not null".to_owned());
        }
        if let Some(codes) = &filter.codes {
            self.one_of("code", codes.iter().cloned());
        }
        if !filter.organisations.is_empty() {
            self.one_of("organisation_id", filter.organisations.iter().map(OrganisationId::text));
        }
    }

    fn params(&self) -> Vec<Param<'_>> {
        self.values
            .iter()
            .map(|value| match value {
                Value::Int(number) => Param::Int(*number),
                Value::Text(text) => Param::Text(text),
            })
            .collect()
    }
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
