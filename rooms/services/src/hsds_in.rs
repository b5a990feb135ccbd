//! Services of another directory, taken over as drafts: Open Referral HSDS 3 in JSON.

mod commands;
mod decide;
mod read;
mod store;

pub use commands::{Look, look, take, undo};
pub use decide::{Aside, Plan};
pub use store::{PastImport, past};
