//! Fees: what is owed by the rules, how it is paid, given back, and held against what the provider says.

mod commands;
mod decide;
mod job;
mod model;
mod port;
mod sandbox;
mod store;

pub use commands::{act, again, begin_checkout, differences, file, pay_simulated, settle_difference, take_event};
pub use decide::{Difference, FEE_MOST_CENTS, FeeAct};
pub use job::job_kind;
pub use model::{Payment, PaymentState, PaymentStep, TakenBy};
pub use port::{PaymentPort, port_of};
pub use sandbox::{charge, settle};
pub use store::{Listed, Sums, erase, list, payment_of, steps, sums};
