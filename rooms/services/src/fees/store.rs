//! All SQL of fees.

use super::{
    model::{Payment, PaymentState, PaymentStep, TakenBy},
    port::Charge,
    sandbox::SandboxCharge,
};
use crate::store::broken;
use civic::{Moment, OrganisationId};
use database::{Cursor, DbError, Page, Param, Row, Tx, params};

const COLUMNS: &str = "id, application, service, organisation_id, amount_cents, state, reason, taken_by, reference, made_at, paid_at, refunded_at, version";

fn read(row: &Row) -> Result<Payment, DbError> {
    let amount: Option<i64> = row.get(4)?;
    let known = || amount.ok_or_else(|| broken("a payment without its amount"));
    let moment = |index| Ok::<_, DbError>(Moment(row.get::<Option<i64>>(index)?.unwrap_or_default()));
    let by = || {
        let (name, reference): (String, String) = (row.get(7)?, row.get(8)?);
        Ok::<_, DbError>(match name.as_str() {
            "counter" => TakenBy::Counter { reference },
            _ => TakenBy::Provider { name, reference },
        })
    };
    let state = match row.get::<String>(5)?.as_str() {
        "unknown" => PaymentState::Unknown,
        "nothing" => PaymentState::Nothing,
        "due" => PaymentState::Due { amount_cents: known()? },
        "paid" => PaymentState::Paid { amount_cents: known()?, by: by()?, at: moment(10)? },
        "refunding" => PaymentState::Refunding { amount_cents: known()?, by: by()?, at: moment(10)? },
        "refunded" => {
            PaymentState::Refunded { amount_cents: known()?, by: by()?, at: moment(10)?, refunded_at: moment(11)? }
        }
        "waived" => PaymentState::Waived { amount_cents: amount },
        other => return Err(broken(format!("“{other}” is no state of a payment"))),
    };
    Ok(Payment {
        id: row.get(0)?,
        application: row.get(1)?,
        service: row.get(2)?,
        organisation: row.get::<String>(3)?.parse().map_err(broken)?,
        state,
        reason: row.get(6)?,
        made_at: Moment(row.get(9)?),
        version: row.get(12)?,
    })
}

/// Keeps a new payment. Returns whether the application had none.
pub fn add(tx: &mut Tx<'_>, new: &Payment) -> Result<bool, DbError> {
    let added = tx.execute(
        "insert into payments (id, application, service, organisation_id, amount_cents, state, reason, taken_by, reference, made_at, \
         changed_at, version) values ($1, $2, $3, $4, $5, $6, $7, '', '', $8, $8, $9) on conflict (application) do nothing",
        &params![
            &new.id,
            &new.application,
            &new.service,
            &new.organisation.text(),
            new.state.amount_cents(),
            new.state.word(),
            &new.reason,
            new.made_at.micros(),
            new.version
        ],
    )?;
    Ok(added == 1)
}

/// Saves a changed payment, which was read to change it.
pub fn update(tx: &mut Tx<'_>, one: &Payment, now: Moment) -> Result<(), DbError> {
    let by = one.state.taken_by();
    let (paid_at, refunded_at) = match &one.state {
        PaymentState::Paid { at, .. } | PaymentState::Refunding { at, .. } => (Some(*at), None),
        PaymentState::Refunded { at, refunded_at, .. } => (Some(*at), Some(*refunded_at)),
        _ => (None, None),
    };
    tx.execute(
        "update payments set amount_cents = $1, state = $2, reason = $3, taken_by = $4, reference = $5, changed_at = $6, paid_at = $7, \
         refunded_at = $8, version = $9 where id = $10",
        &params![
            one.state.amount_cents(),
            one.state.word(),
            &one.reason,
            by.map_or("", TakenBy::word),
            by.map_or("", TakenBy::reference),
            now.micros(),
            paid_at.map(Moment::micros),
            refunded_at.map(Moment::micros),
            one.version,
            &one.id
        ],
    )
    .map(|_| ())
}

/// What is owed for an application; `None` where its service asks for no fee.
pub fn payment_of(tx: &mut Tx<'_>, application: &str) -> Result<Option<Payment>, DbError> {
    let sql = format!("select {COLUMNS} from payments where application = $1");
    tx.query_opt(&sql, &params![application])?.as_ref().map(read).transpose()
}

/// The payment of an application, held against change by others until the transaction ends.
pub fn payment_of_to_change(tx: &mut Tx<'_>, application: &str) -> Result<Option<Payment>, DbError> {
    let sql = format!("select {COLUMNS} from payments where application = $1{}", tx.dialect().for_update());
    tx.query_opt(&sql, &params![application])?.as_ref().map(read).transpose()
}

/// The payment of this id, held against change by others until the transaction ends.
pub fn by_id_to_change(tx: &mut Tx<'_>, id: &str) -> Result<Option<Payment>, DbError> {
    let sql = format!("select {COLUMNS} from payments where id = $1{}", tx.dialect().for_update());
    tx.query_opt(&sql, &params![id])?.as_ref().map(read).transpose()
}

/// Keeps what was done; `event` is the provider's number, empty where no provider told it. Returns whether that was not told before.
pub fn add_step(
    tx: &mut Tx<'_>,
    id: &str,
    payment: &str,
    step: &PaymentStep,
    (provider, event): (&str, &str),
) -> Result<bool, DbError> {
    let added = tx.execute(
        "insert into payment_steps (id, payment, at, what, actor, body, provider, event) values ($1, $2, $3, $4, $5, $6, $7, $8) \
         on conflict do nothing",
        &params![id, payment, step.at.micros(), &step.what, &step.actor, &step.body, provider, event],
    )?;
    Ok(added == 1)
}

/// Changes what a step says: what a provider told could not be taken over.
pub fn put_aside(tx: &mut Tx<'_>, id: &str, why: &str) -> Result<(), DbError> {
    tx.execute("update payment_steps set what = 'put-aside', body = $1 where id = $2", &params![why, id]).map(|_| ())
}

/// What was done about a payment, oldest first.
pub fn steps(tx: &mut Tx<'_>, payment: &str) -> Result<Vec<PaymentStep>, DbError> {
    let sql = "select at, what, actor, body from payment_steps where payment = $1 order by at, id limit 200";
    let step = |row: &Row| {
        Ok(PaymentStep { at: Moment(row.get(0)?), what: row.get(1)?, actor: row.get(2)?, body: row.get(3)? })
    };
    tx.query(sql, &params![payment])?.iter().map(step).collect()
}

/// Which payments a list shows.
#[derive(Debug, Clone, Default)]
pub struct Listed {
    /// Of these organisations; `None` for all.
    pub organisations: Option<Vec<OrganisationId>>,
    /// Only in this state; empty for any.
    pub state: String,
    /// Only of this service; empty for any.
    pub service: String,
}

/// A page of payments, oldest first.
pub fn list(tx: &mut Tx<'_>, asked: &Listed, after: Option<&Cursor>, limit: u32) -> Result<Page<Payment>, DbError> {
    let own: Vec<String> = asked.organisations.iter().flatten().map(OrganisationId::text).collect();
    let (mut values, mut conditions): (Vec<Param<'_>>, Vec<String>) = (Vec::new(), Vec::new());
    if asked.organisations.is_some() {
        let places: Vec<String> = own.iter().enumerate().map(|(at, _)| format!("${}", at + 1)).collect();
        let list = if places.is_empty() { "''".to_owned() } else { places.join(", ") };
        conditions.push(format!("organisation_id in ({list})"));
        values.extend(own.iter().map(|id| Param::Text(id)));
    }
    for (column, value) in [("state", &asked.state), ("service", &asked.service)] {
        if !value.is_empty() {
            values.push(Param::Text(value));
            conditions.push(format!("{column} = ${}", values.len()));
        }
    }
    if let Some(after) = after {
        values.extend([Param::Int(after.at()), Param::Text(after.id())]);
        conditions.push(format!("(made_at, id) > (${}, ${})", values.len() - 1, values.len()));
    }
    values.push(Param::Int(i64::from(limit) + 1));
    let conditions = if conditions.is_empty() { String::new() } else { format!(" where {}", conditions.join(" and ")) };
    let sql = format!("select {COLUMNS} from payments{conditions} order by made_at, id limit ${}", values.len());
    let items = tx.query(&sql, &values)?.iter().map(read).collect::<Result<_, _>>()?;
    Ok(Page::cut(items, limit, |one: &Payment| Cursor::new(one.made_at.micros(), one.id.as_str())))
}

/// Payments that a reconciliation looks at: those of these ids, and those a provider took since a moment.
pub fn to_reconcile(
    tx: &mut Tx<'_>,
    provider: &str,
    since: Moment,
    ids: &[String],
    limit: i64,
) -> Result<Vec<Payment>, DbError> {
    let sql =
        format!("select {COLUMNS} from payments where taken_by = $1 and paid_at >= $2 order by paid_at, id limit $3");
    let mut found: Vec<Payment> =
        tx.query(&sql, &params![provider, since.micros(), limit])?.iter().map(read).collect::<Result<_, _>>()?;
    let sql = format!("select {COLUMNS} from payments where id = $1");
    for id in ids {
        if !found.iter().any(|one| one.id == *id) {
            found.extend(tx.query_opt(&sql, &params![id])?.as_ref().map(read).transpose()?);
        }
    }
    Ok(found)
}

/// Payments that wait for a provider to give them back, at most `limit`.
pub fn refunding(tx: &mut Tx<'_>, limit: i64) -> Result<Vec<Payment>, DbError> {
    let sql = format!("select {COLUMNS} from payments where state = 'refunding' order by changed_at, id limit $1");
    tx.query(&sql, &params![limit])?.iter().map(read).collect()
}

/// What was paid for a service, in sums.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sums {
    /// The code of the service.
    pub service: String,
    /// The state.
    pub state: String,
    /// How many.
    pub count: i64,
    /// How much together.
    pub amount_cents: i64,
}

/// Sums by service and state.
pub fn sums(tx: &mut Tx<'_>) -> Result<Vec<Sums>, DbError> {
    let sql = "select service, state, count(*), cast(coalesce(sum(amount_cents), 0) as bigint) from payments \
               group by service, state order by service, state";
    let line = |row: &Row| {
        Ok(Sums { service: row.get(0)?, state: row.get(1)?, count: row.get(2)?, amount_cents: row.get(3)? })
    };
    tx.query(sql, &[])?.iter().map(line).collect()
}

/// Takes the words of an application's payment away; that and how much was paid must be kept for the books.
pub fn erase(tx: &mut Tx<'_>, application: &str) -> Result<(), DbError> {
    let sql = "update payment_steps set body = '' where payment in (select id from payments where application = $1)";
    tx.execute(sql, &params![application])?;
    tx.execute("update payments set reason = '' where application = $1", &params![application]).map(|_| ())
}

/// The key of a provider; `fresh` is kept where there is none.
pub fn provider_key(tx: &mut Tx<'_>, provider: &str, fresh: &str) -> Result<String, DbError> {
    let sql = "insert into payment_keys (provider, secret) values ($1, $2) on conflict do nothing";
    tx.execute(sql, &params![provider, fresh])?;
    tx.query_one("select secret from payment_keys where provider = $1", &params![provider])?.get(0)
}

/// Begins a charge at the sandbox; the same order has the same charge. Returns its reference.
pub fn sandbox_begin(tx: &mut Tx<'_>, charge: &Charge, fresh: &str, now: Moment) -> Result<String, DbError> {
    tx.execute(
        "insert into sandbox_charges (reference, order_key, payment, amount_cents, state, at) values ($1, $2, $3, $4, 'open', $5) \
         on conflict do nothing",
        &params![fresh, &charge.order_key, &charge.payment, charge.amount_cents, now.micros()],
    )?;
    // Who declined may try again.
    tx.execute(
        "update sandbox_charges set state = 'open' where order_key = $1 and state = 'declined'",
        &params![&charge.order_key],
    )?;
    tx.query_one("select reference from sandbox_charges where order_key = $1", &params![&charge.order_key])?.get(0)
}

const SANDBOX: &str = "select reference, payment, amount_cents, state from sandbox_charges";

fn read_charge(row: &Row) -> Result<SandboxCharge, DbError> {
    Ok(SandboxCharge { reference: row.get(0)?, payment: row.get(1)?, amount_cents: row.get(2)?, state: row.get(3)? })
}

/// A charge of the sandbox.
pub fn sandbox_charge(tx: &mut Tx<'_>, reference: &str) -> Result<Option<SandboxCharge>, DbError> {
    tx.query_opt(&format!("{SANDBOX} where reference = $1"), &params![reference])?.as_ref().map(read_charge).transpose()
}

/// The same, held against change by others until the transaction ends.
pub fn sandbox_charge_to_change(tx: &mut Tx<'_>, reference: &str) -> Result<Option<SandboxCharge>, DbError> {
    let sql = format!("{SANDBOX} where reference = $1{}", tx.dialect().for_update());
    tx.query_opt(&sql, &params![reference])?.as_ref().map(read_charge).transpose()
}

/// Changes a charge of the sandbox.
pub fn sandbox_set(tx: &mut Tx<'_>, reference: &str, state: &str) -> Result<(), DbError> {
    tx.execute("update sandbox_charges set state = $1 where reference = $2", &params![state, reference]).map(|_| ())
}

/// The same, with its time.
pub fn sandbox_set_at(tx: &mut Tx<'_>, reference: &str, state: &str, at: Moment) -> Result<(), DbError> {
    let sql = "update sandbox_charges set state = $1, at = $2 where reference = $3";
    tx.execute(sql, &params![state, at.micros(), reference]).map(|_| ())
}

/// What was paid at the sandbox since a moment.
pub fn sandbox_since(tx: &mut Tx<'_>, since: Moment, limit: i64) -> Result<Vec<SandboxCharge>, DbError> {
    let sql = format!("{SANDBOX} where at >= $1 and state in ('paid', 'refunded') order by at, reference limit $2");
    tx.query(&sql, &params![since.micros(), limit])?.iter().map(read_charge).collect()
}
