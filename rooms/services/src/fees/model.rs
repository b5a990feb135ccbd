//! What is owed, and what became of it.

use civic::{Moment, OrganisationId};

/// Where a payment stands, with what is true only then.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PaymentState {
    /// The amount is not known: an officer must say it. That is not the same as nothing.
    Unknown,
    /// Nothing is to be paid: the rule says so.
    Nothing,
    /// It is owed.
    Due {
        /// How much.
        amount_cents: i64,
    },
    /// It was paid.
    Paid {
        /// How much.
        amount_cents: i64,
        /// Who took it.
        by: TakenBy,
        /// When.
        at: Moment,
    },
    /// It goes back: the provider was asked, and has not confirmed.
    Refunding {
        /// How much.
        amount_cents: i64,
        /// Who took it.
        by: TakenBy,
        /// When it was paid.
        at: Moment,
    },
    /// It went back.
    Refunded {
        /// How much.
        amount_cents: i64,
        /// Who took it.
        by: TakenBy,
        /// When it was paid.
        at: Moment,
        /// When it went back.
        refunded_at: Moment,
    },
    /// The office does without it.
    Waived {
        /// How much, where that was known.
        amount_cents: Option<i64>,
    },
}

impl PaymentState {
    /// The words of all states.
    pub const WORDS: [&str; 7] = ["unknown", "nothing", "due", "paid", "refunding", "refunded", "waived"];

    /// Its word.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Unknown => "unknown",
            Self::Nothing => "nothing",
            Self::Due { .. } => "due",
            Self::Paid { .. } => "paid",
            Self::Refunding { .. } => "refunding",
            Self::Refunded { .. } => "refunded",
            Self::Waived { .. } => "waived",
        }
    }

    /// How much; `None` where it is not known.
    pub fn amount_cents(&self) -> Option<i64> {
        match self {
            Self::Unknown => None,
            Self::Nothing => Some(0),
            Self::Due { amount_cents }
            | Self::Paid { amount_cents, .. }
            | Self::Refunding { amount_cents, .. }
            | Self::Refunded { amount_cents, .. } => Some(*amount_cents),
            Self::Waived { amount_cents } => *amount_cents,
        }
    }

    /// Who took it, where somebody did.
    pub fn taken_by(&self) -> Option<&TakenBy> {
        match self {
            Self::Paid { by, .. } | Self::Refunding { by, .. } | Self::Refunded { by, .. } => Some(by),
            _ => None,
        }
    }
}

/// Who took money.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TakenBy {
    /// The office, at its counter or by transfer.
    Counter {
        /// The number of the receipt or transfer.
        reference: String,
    },
    /// A provider of payments.
    Provider {
        /// Its name.
        name: String,
        /// What the payment is called there.
        reference: String,
    },
}

impl TakenBy {
    /// The word of who: `counter`, or the provider's name.
    pub fn word(&self) -> &str {
        match self {
            Self::Counter { .. } => "counter",
            Self::Provider { name, .. } => name,
        }
    }

    /// What it is called there.
    pub fn reference(&self) -> &str {
        match self {
            Self::Counter { reference } | Self::Provider { reference, .. } => reference,
        }
    }
}

/// What is owed for an application.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Payment {
    /// Its id, a UUID.
    pub id: String,
    /// The application's reference.
    pub application: String,
    /// The code of the service.
    pub service: String,
    /// Who is owed.
    pub organisation: OrganisationId,
    /// Where it stands.
    pub state: PaymentState,
    /// Why: the rule's trace, what is not known, or the officer's reason.
    pub reason: String,
    /// When it was first worked out.
    pub made_at: Moment,
    /// Counts changes.
    pub version: i64,
}

/// Something that was done about a payment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaymentStep {
    /// When.
    pub at: Moment,
    /// What, as a word: `worked-out`, `differs` (the rules say another amount now), `set`, `paid`, `waived`, `refunding`, `refunded`, `put-aside`.
    pub what: String,
    /// By whom.
    pub actor: String,
    /// Why, or which number.
    pub body: String,
}
