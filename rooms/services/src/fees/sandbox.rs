//! A provider of payments with which no money moves: for the demo, and to try everything that can go wrong.

use super::{
    decide::ProviderLine,
    port::{Charge, Checkout, EventKind, PaymentPort, ProviderEvent},
    store,
};
use civic::{Moment, secret};
use database::OffRecord;
use futures_util::future::BoxFuture;
use serde_json::{Value, json};
use web::{Refusal, Stop, Town};

/// The name of the sandbox.
const NAME: &str = "sandbox";
/// Payments that a statement names.
const STATEMENT_LIMIT: i64 = 10_000;
const PLAY: OffRecord = OffRecord("the sandbox: no money moves");

/// The sandbox.
pub struct Sandbox;

/// The one there is.
pub static SANDBOX: Sandbox = Sandbox;

/// A charge, as the sandbox remembers it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SandboxCharge {
    /// What it is called here.
    pub reference: String,
    /// The town's id of the payment.
    pub payment: String,
    /// How much.
    pub amount_cents: i64,
    /// `open`, `paid`, `declined` or `refunded`.
    pub state: String,
}

impl PaymentPort for Sandbox {
    fn name(&self) -> &'static str {
        NAME
    }

    fn is_sandbox(&self) -> bool {
        true
    }

    fn begin(&self, town: Town, charge: Charge) -> BoxFuture<'static, Result<Checkout, Stop>> {
        Box::pin(async move {
            let (now, chance) = (town.now(), town.chance_handle());
            let back = charge.back.clone();
            let reference = town.db().write(move |tx| {
                let fresh = secret(&*chance);
                let reference = store::sandbox_begin(tx, &charge, &fresh, now)?;
                tx.commit(PLAY, reference).map_err(Stop::from)
            });
            let reference = reference.await?;
            let query = serde_urlencoded::to_string([("back", back)]).unwrap_or_default();
            Ok(Checkout { url: format!("/sandbox/pay/{reference}?{query}"), reference })
        })
    }

    fn refund(&self, town: Town, reference: String) -> BoxFuture<'static, Result<ProviderEvent, Stop>> {
        Box::pin(async move {
            town.db()
                .write(move |tx| {
                    let one = store::sandbox_charge(tx, &reference)?.ok_or(Stop::NotFound)?;
                    if one.state == "paid" {
                        store::sandbox_set(tx, &reference, "refunded")?;
                    }
                    tx.commit(PLAY, event(&one, EventKind::Refunded)).map_err(Stop::from)
                })
                .await
        })
    }

    fn statement(&self, town: Town, since: Moment) -> BoxFuture<'static, Result<Vec<ProviderLine>, Stop>> {
        Box::pin(async move {
            let charges = town.db().read(move |tx| store::sandbox_since(tx, since, STATEMENT_LIMIT)).await?;
            let line = |one: SandboxCharge| ProviderLine {
                is_refunded: one.state == "refunded",
                reference: one.reference,
                payment: one.payment,
                amount_cents: one.amount_cents,
            };
            Ok(charges.into_iter().map(line).collect())
        })
    }

    fn read(&self, town: Town, signature: String, body: Vec<u8>) -> BoxFuture<'static, Result<ProviderEvent, Stop>> {
        Box::pin(async move {
            let refused = || Stop::from(Refusal::new("payment-signature").status(axum::http::StatusCode::FORBIDDEN));
            let text = String::from_utf8(body).map_err(|_| refused())?;
            let key = key(&town).await?;
            // Hashes are compared, so that the time it takes tells nothing.
            if crate::store::hash_of(&signature) != crate::store::hash_of(&record::seal(&key, &text)) {
                return Err(refused());
            }
            read_event(&text).ok_or_else(|| Refusal::new("payment-unreadable").into())
        })
    }
}

fn event(one: &SandboxCharge, kind: EventKind) -> ProviderEvent {
    let word = if kind == EventKind::Paid { "paid" } else { "refunded" };
    ProviderEvent {
        id: format!("{}-{word}", one.reference),
        payment: one.payment.clone(),
        reference: one.reference.clone(),
        amount_cents: one.amount_cents,
        kind,
    }
}

fn read_event(text: &str) -> Option<ProviderEvent> {
    let value: Value = serde_json::from_str(text).ok()?;
    let word = |name: &str| value.get(name).and_then(Value::as_str).map(str::to_owned);
    let short = |text: &String| !text.is_empty() && text.len() <= 200 && !text.contains('\0');
    Some(ProviderEvent {
        id: word("id").filter(short)?,
        payment: word("payment").filter(short)?,
        reference: word("reference").filter(short)?,
        amount_cents: value.get("amount_cents").and_then(Value::as_i64)?,
        kind: match word("kind")?.as_str() {
            "paid" => EventKind::Paid,
            "refunded" => EventKind::Refunded,
            _ => return None,
        },
    })
}

/// The key with which the sandbox signs, made when it is first needed.
async fn key(town: &Town) -> Result<String, Stop> {
    let chance = town.chance_handle();
    town.db()
        .write(move |tx| {
            let key = store::provider_key(tx, NAME, &secret(&*chance))?;
            tx.commit(PLAY, key).map_err(Stop::from)
        })
        .await
}

/// A charge.
///
/// # Errors
/// `NotFound`.
pub async fn charge(town: &Town, reference: String) -> Result<SandboxCharge, Stop> {
    if !town.settings().demo {
        return Err(Stop::NotFound);
    }
    town.db().read(move |tx| store::sandbox_charge(tx, &reference)?.ok_or(Stop::NotFound)).await
}

/// Somebody pays, or does not, in the sandbox. Answers what it tells the town, signed, as it would be sent to its callback; `None`
/// where nothing is told.
///
/// # Errors
/// `NotFound`; `payment-done` where it was paid or declined before.
pub async fn settle(town: &Town, reference: String, pays: bool) -> Result<Option<(String, Vec<u8>)>, Stop> {
    charge(town, reference.clone()).await?;
    let now = town.now();
    let charge = town.db().write(move |tx| {
        let one = store::sandbox_charge_to_change(tx, &reference)?.ok_or(Stop::NotFound)?;
        if one.state != "open" {
            return Err(Refusal::conflict("payment-done").into());
        }
        store::sandbox_set_at(tx, &reference, if pays { "paid" } else { "declined" }, now)?;
        tx.commit(PLAY, one).map_err(Stop::from)
    });
    let charge = charge.await?;
    if !pays {
        return Ok(None);
    }
    let event = event(&charge, EventKind::Paid);
    let body = json!({"id": event.id, "kind": "paid", "payment": event.payment, "reference": event.reference, "amount_cents": event.amount_cents});
    let body = body.to_string();
    Ok(Some((record::seal(&key(town).await?, &body), body.into_bytes())))
}
