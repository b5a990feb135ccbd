//! Fees come due, are paid, waived and given back.

use super::{
    decide::{Difference, FeeAct, change, reconcile, worked_out_again},
    model::{Payment, PaymentState, PaymentStep, TakenBy},
    port::{Charge, EventKind, ProviderEvent, port_of},
    store,
};
use crate::{
    acts, conflict,
    model::{Application, Charges, Definition},
    rules::Fee,
    store as rooms,
};
use civic::{Actor, Chance, EntryId, Moment};
use database::{DbError, OffRecord, Tx};
use web::{Refusal, Stop, Town};

const PRIVATE: OffRecord = OffRecord("what somebody pays is between them and the office; sums are published");
/// Days that a reconciliation looks back.
const RECONCILED_DAYS: i64 = 400;
/// Payments that one reconciliation compares.
const RECONCILED_LIMIT: i64 = 10_000;

/// Works out what is owed for an application, in the transaction that makes it come due. Where that was done before, it stays.
pub fn file(
    tx: &mut Tx<'_>,
    town: &Town,
    one: &Application,
    definition: &Definition,
    chance: &dyn Chance,
) -> Result<(), DbError> {
    let (state, reason) = worked_out(town, one, definition);
    let now = town.now();
    let payment = Payment {
        id: EntryId::new(now, chance).text(),
        application: one.code.to_string(),
        service: one.service.clone(),
        organisation: one.organisation,
        state,
        reason,
        made_at: now,
        version: 1,
    };
    if store::add(tx, &payment)? {
        step(tx, &payment.id, "worked-out", "", payment.reason.clone(), now, chance)?;
    }
    Ok(())
}

/// What the rules say is owed, by the law of the day of filing, and why.
fn worked_out(town: &Town, one: &Application, definition: &Definition) -> (PaymentState, String) {
    let day = one.filed_at.in_zone(&town.settings().zone).date();
    match crate::rules::fee(definition, &one.answers, day) {
        Fee::Owed { amount_cents, trace } => (PaymentState::Due { amount_cents }, trace),
        Fee::Nothing { trace } => (PaymentState::Nothing, trace),
        Fee::NotKnown { why } => (PaymentState::Unknown, why),
    }
}

/// Works out anew what is owed with the application, after answers changed. What was paid, waived or set by an officer stays as it is; where
/// the rules say another amount now, the office reads that.
pub fn again(
    tx: &mut Tx<'_>,
    town: &Town,
    one: &Application,
    definition: &Definition,
    chance: &dyn Chance,
) -> Result<(), DbError> {
    if definition.charges != Charges::Filing {
        return Ok(());
    }
    let Some(mut payment) = store::payment_of_to_change(tx, one.code.as_str())? else { return Ok(()) };
    let (state, reason) = worked_out(town, one, definition);
    let steps = store::steps(tx, &payment.id)?;
    let now = town.now();
    match worked_out_again(&payment.state, &state, steps.iter().any(|step| step.what == "set")) {
        None => Ok(()),
        Some("differs") => step(tx, &payment.id, "differs", "", reason, now, chance),
        Some(what) => {
            (payment.state, payment.reason) = (state, reason.clone());
            payment.version += 1;
            store::update(tx, &payment, now)?;
            step(tx, &payment.id, what, "", reason, now, chance)
        }
    }
}

fn step(
    tx: &mut Tx<'_>,
    payment: &str,
    what: &str,
    actor: &str,
    body: String,
    now: Moment,
    chance: &dyn Chance,
) -> Result<(), DbError> {
    let step = PaymentStep { at: now, what: what.to_owned(), actor: actor.to_owned(), body };
    store::add_step(tx, &EntryId::new(now, chance).text(), payment, &step, ("", "")).map(|_| ())
}

/// An officer does something about the fee of an application.
///
/// # Errors
/// `NotFound` where the actor's mandate does not reach, or nothing is asked for; `fee-stale`; what [`change`] refuses.
pub async fn act(town: &Town, actor: Actor, code: String, seen: i64, act: FeeAct) -> Result<Payment, Stop> {
    let (now, chance) = (town.now(), town.chance_handle());
    town.db()
        .write(move |tx| {
            let found = store::payment_of_to_change(tx, &code)?;
            let found = found.filter(|one| actor.may_for(&acts::HANDLE, Some(one.organisation)));
            let mut one = found.ok_or(Stop::NotFound)?;
            // Nobody waives, sets or takes a fee of their own.
            if let Some(application) = rooms::by_code(tx, &code)?
                && conflict::is_own(tx, &application, &actor)?
            {
                return Err(conflict::refusal().into());
            }
            if one.version != seen {
                return Err(Refusal::conflict("fee-stale").into());
            }
            let done = change(&one, act, now)?;
            if let Some(state) = done.state {
                one.state = state;
                one.version += 1;
                if matches!(done.what, "set" | "waived" | "refunding" | "refunded") {
                    one.reason.clone_from(&done.body);
                }
                store::update(tx, &one, now)?;
                step(tx, &one.id, done.what, &actor.handle, done.body, now, &*chance)?;
            }
            tx.commit(PRIVATE, one).map_err(Stop::from)
        })
        .await
}

/// Sends an applicant to where they pay; answers the address.
///
/// # Errors
/// `NotFound` for whoever may not read the application; `fee-state` where nothing is due; `fee-no-provider`.
pub async fn begin_checkout(town: &Town, actor: Actor, code: String, key: String) -> Result<String, Stop> {
    let query = if key.is_empty() { String::new() } else { format!("?key={key}") };
    let back = format!("/applications/{code}{query}");
    let found = town.db().read(move |tx| {
        let one = rooms::by_code(tx, &code)?.filter(|one| !one.is_erased).ok_or(Stop::NotFound)?;
        let is_owner = actor.person.is_some() && actor.person == one.person;
        if !is_owner && (key.is_empty() || !rooms::is_key(tx, &code, &key)?) {
            return Err(Stop::NotFound);
        }
        store::payment_of(tx, &code)?.ok_or(Stop::NotFound)
    });
    let one: Payment = found.await?;
    let PaymentState::Due { amount_cents } = one.state else {
        return Err(Refusal::conflict("fee-state").into());
    };
    let port = port_of(town).ok_or_else(|| Refusal::new("fee-no-provider"))?;
    let charge = Charge { order_key: format!("{}-{amount_cents}", one.id), payment: one.id, amount_cents, back };
    Ok(port.begin(town.clone(), charge).await?.url)
}

/// Takes what a provider tells, once. Answers what was done: `taken`, `known` (told before) or `put-aside` (it does not fit: the list
/// of differences names it).
///
/// # Errors
/// Those of the database.
pub async fn take_event(town: &Town, provider: &'static str, event: ProviderEvent) -> Result<&'static str, Stop> {
    let (now, chance) = (town.now(), town.chance_handle());
    town.db()
        .write(move |tx| {
            let found = store::by_id_to_change(tx, &event.payment)?;
            let id = EntryId::new(now, &*chance).text();
            let what = if event.kind == EventKind::Paid { "paid" } else { "refunded" };
            let step = PaymentStep {
                at: now,
                what: what.to_owned(),
                actor: provider.to_owned(),
                body: event.reference.clone(),
            };
            if !store::add_step(tx, &id, &event.payment, &step, (provider, &event.id))? {
                return tx.commit(PRIVATE, "known").map_err(Stop::from);
            }
            let done = match &found {
                Some(one) => change(one, act_of(provider, event), now).map_err(|refusal| refusal.code),
                None => Err("fee-stranger"),
            };
            let answer = match (found, done) {
                (Some(mut one), Ok(done)) => {
                    if let Some(state) = done.state {
                        one.state = state;
                        one.version += 1;
                        store::update(tx, &one, now)?;
                    }
                    "taken"
                }
                (_, Err(code)) => {
                    store::put_aside(tx, &id, code)?;
                    "put-aside"
                }
                (None, Ok(_)) => "put-aside",
            };
            tx.commit(PRIVATE, answer).map_err(Stop::from)
        })
        .await
}

fn act_of(provider: &str, event: ProviderEvent) -> FeeAct {
    let ProviderEvent { reference, amount_cents, kind, .. } = event;
    match kind {
        EventKind::Paid => FeeAct::ProviderPaid { name: provider.to_owned(), reference, amount_cents },
        EventKind::Refunded => FeeAct::ProviderRefunded { reference, amount_cents },
    }
}

/// What differs between what we hold and what the provider of this town says; `None` where there is no provider. Only what the actor
/// answers for; what belongs to no payment of ours is shown to every officer.
///
/// # Errors
/// Those of the provider and the database.
pub async fn differences(town: &Town, actor: Actor) -> Result<Option<Vec<Difference>>, Stop> {
    let Some(port) = port_of(town) else { return Ok(None) };
    let (since, name) = (town.now().plus_days(-RECONCILED_DAYS), port.name());
    let theirs = port.statement(town.clone(), since).await?;
    let ids: Vec<String> = theirs.iter().map(|line| line.payment.clone()).collect();
    let ours = town.db().read(move |tx| store::to_reconcile(tx, name, since, &ids, RECONCILED_LIMIT)).await;
    let ours: Vec<Payment> = ours.map_err(|error: DbError| Stop::from(error))?;
    let own = |one: &Difference| {
        let found = ours.iter().find(|payment| payment.id == one.payment);
        found.is_none_or(|payment| actor.may_for(&acts::HANDLE, Some(payment.organisation)))
    };
    Ok(Some(reconcile(&ours, name, &theirs).into_iter().filter(own).collect()))
}

/// Marks the fee of a made-up application as paid at the counter.
pub fn pay_simulated(tx: &mut Tx<'_>, application: &str, at: Moment, chance: &dyn Chance) -> Result<(), DbError> {
    let Some(mut one) = store::payment_of_to_change(tx, application)? else { return Ok(()) };
    let PaymentState::Due { amount_cents } = one.state else { return Ok(()) };
    let reference = "simulated".to_owned();
    one.state = PaymentState::Paid { amount_cents, by: TakenBy::Counter { reference: reference.clone() }, at };
    one.version += 1;
    store::update(tx, &one, at)?;
    step(tx, &one.id, "paid", "", reference, at, chance)
}

/// Settles a difference: `take` takes over what the provider says, `refund` gives back there what has no place here. `reference` is
/// the beginning of what the payment is called there, as the list shows it.
///
/// # Errors
/// `NotFound` where there is no such difference, or not for this officer; `fee-differs` where it cannot be settled so.
pub async fn settle_difference(
    town: &Town,
    actor: Actor,
    application: String,
    reference: String,
    act: &str,
) -> Result<(), Stop> {
    let port = port_of(town).ok_or(Stop::NotFound)?;
    let found = differences(town, actor).await?.unwrap_or_default();
    let is_asked = |one: &&Difference| {
        one.application == application && !reference.is_empty() && one.reference.starts_with(&reference)
    };
    let one = found.iter().find(is_asked).filter(|one| !one.payment.is_empty()).ok_or(Stop::NotFound)?;
    let (Some(amount_cents), false) = (one.there_cents, one.kind == "paid-here") else { return Err(Stop::NotFound) };
    let event = match (act, one.kind) {
        ("refund", "paid-there" | "twice" | "refunded-here") => {
            port.refund(town.clone(), one.reference.clone()).await?
        }
        ("take", "paid-there" | "refunded-there") => {
            let kind = if one.kind == "paid-there" { EventKind::Paid } else { EventKind::Refunded };
            // A number of its own: what was told before and put aside is tried again.
            let id = format!("{}-taken-over-{}", one.reference, town.now().micros());
            ProviderEvent { id, payment: one.payment.clone(), reference: one.reference.clone(), amount_cents, kind }
        }
        _ => return Err(Stop::NotFound),
    };
    let is_taken = take_event(town, port.name(), event).await? != "put-aside";
    if is_taken || act == "refund" { Ok(()) } else { Err(Refusal::conflict("fee-differs").into()) }
}
