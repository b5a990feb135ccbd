//! Where payments leave the house: what a provider of payments must be able to do.

use super::{decide::ProviderLine, sandbox::SANDBOX};
use civic::Moment;
use futures_util::future::BoxFuture;
use web::{Stop, Town};

/// What is to be paid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Charge {
    /// Our id of the payment.
    pub payment: String,
    /// Asked twice with the same key, the provider gives the same charge: nobody pays twice by pressing twice.
    pub order_key: String,
    /// How much.
    pub amount_cents: i64,
    /// The path to which the browser comes back.
    pub back: String,
}

/// Where somebody pays.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkout {
    /// What it is called there.
    pub reference: String,
    /// The address to which the browser is sent.
    pub url: String,
}

/// Something that a provider tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProviderEvent {
    /// The provider's own number, the same each time it is told.
    pub id: String,
    /// Our id of the payment.
    pub payment: String,
    /// What it is called there.
    pub reference: String,
    /// How much.
    pub amount_cents: i64,
    /// Whether it was paid or went back.
    pub kind: EventKind,
}

/// What happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EventKind {
    /// It was paid.
    Paid,
    /// It went back.
    Refunded,
}

/// A provider of payments.
pub trait PaymentPort: Send + Sync {
    /// Its name, in addresses and tables.
    fn name(&self) -> &'static str;

    /// Whether no money moves.
    fn is_sandbox(&self) -> bool;

    /// Begins a payment.
    fn begin(&self, town: Town, charge: Charge) -> BoxFuture<'static, Result<Checkout, Stop>>;

    /// Gives a payment back. Asked again it does nothing more.
    fn refund(&self, town: Town, reference: String) -> BoxFuture<'static, Result<ProviderEvent, Stop>>;

    /// Everything that was paid since a moment.
    fn statement(&self, town: Town, since: Moment) -> BoxFuture<'static, Result<Vec<ProviderLine>, Stop>>;

    /// Reads what the provider tells, when its signature is right.
    fn read(&self, town: Town, signature: String, body: Vec<u8>) -> BoxFuture<'static, Result<ProviderEvent, Stop>>;
}

/// The provider of this town; `None` where one pays at the counter only.
pub fn port_of(town: &Town) -> Option<&'static dyn PaymentPort> {
    town.settings().demo.then_some(&SANDBOX as &dyn PaymentPort)
}
