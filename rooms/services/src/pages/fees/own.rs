//! What an applicant owes, and paying it.

use super::super::{apply::private, status, with_status};
use crate::fees::{self, Payment, PaymentState};
use axum::extract::State;
use civic::Money;
use database::DbError;
use web::{
    Answer, Stop, Town, Visit, Wants,
    answer::{json as json_answer, see_other},
    forms::{FormErrors, Submission},
    money::money,
    visit::Path,
};

/// A payment in the reader's words.
pub(in crate::pages) struct FeeShown {
    /// `EUR 85`; empty where it is not known.
    pub(in crate::pages) amount: String,
    /// Where it stands.
    pub(in crate::pages) state: String,
    /// Its colour.
    pub(in crate::pages) chip: &'static str,
    /// It in a sentence.
    pub(in crate::pages) text: String,
    /// How it came about, as the rules or the office say it.
    pub(in crate::pages) reason: String,
    /// Whether one can pay here.
    pub(in crate::pages) may_pay: bool,
    /// Whether one pays at the counter only.
    pub(in crate::pages) at_counter: bool,
    /// Whether no money moves.
    pub(in crate::pages) sandbox: bool,
}

/// An amount of the town's money.
pub(super) fn amount(town: &Town, visit: &Visit, amount_cents: i64) -> String {
    money(Money { amount_cents, currency: town.settings().currency }, visit.t.language())
}

pub(super) fn shown(town: &Town, visit: &Visit, one: &Payment) -> FeeShown {
    let t = &visit.t;
    let written = one.state.amount_cents().map(|cents| amount(town, visit, cents)).unwrap_or_default();
    let is_due = matches!(one.state, PaymentState::Due { .. });
    let port = fees::port_of(town);
    let date = match &one.state {
        PaymentState::Paid { at, .. } | PaymentState::Refunding { at, .. } => visit.date(*at),
        PaymentState::Refunded { refunded_at, .. } => visit.date(*refunded_at),
        _ => String::new(),
    };
    FeeShown {
        state: t.say(&format!("sv-fee-{}", one.state.word())).to_owned(),
        chip: match one.state {
            PaymentState::Due { .. } | PaymentState::Unknown => "y",
            PaymentState::Paid { .. } => "g",
            PaymentState::Refunding { .. } | PaymentState::Refunded { .. } => "b",
            PaymentState::Nothing | PaymentState::Waived { .. } => "k",
        },
        text: t.with2(&format!("sv-fee-{}-text", one.state.word()), "amount", written.as_str(), "date", date),
        reason: one.reason.clone(),
        may_pay: is_due && port.is_some(),
        at_counter: is_due && port.is_none(),
        sandbox: port.is_some_and(fees::PaymentPort::is_sandbox),
        amount: written,
    }
}

/// What is owed for an application; `None` where its service asks for nothing.
pub(in crate::pages) async fn of_application(
    town: &Town,
    visit: &Visit,
    code: String,
) -> Result<Option<FeeShown>, Stop> {
    let found = town.db().read(move |tx| fees::payment_of(tx, &code)).await;
    let found: Option<Payment> = found.map_err(|error: DbError| Stop::from(error))?;
    Ok(found.map(|one| shown(town, visit, &one)))
}

/// POST /applications/{code}/pay
pub async fn pay(State(town): State<Town>, visit: Visit, Path(code): Path<String>, form: Submission) -> Answer {
    let key = form.text("key").unwrap_or_default().to_owned();
    match fees::begin_checkout(&town, visit.actor.clone(), code.clone(), key.clone()).await {
        Ok(url) if visit.wants == Wants::Json => Ok(private(json_answer(&serde_json::json!({"url": town.url(&url)}))?)),
        Ok(url) => Ok(private(see_other(&url)?)),
        Err(Stop::Refused(refusals)) if visit.wants != Wants::Json => {
            let own = status::own(&town, &visit, &code, &key).await?.ok_or(Stop::NotFound)?;
            let errors = FormErrors::of(&refusals, &visit.t);
            with_status(status::render(&town, &visit, own, key, errors).await, &refusals)
        }
        Err(other) => Err(other),
    }
}
