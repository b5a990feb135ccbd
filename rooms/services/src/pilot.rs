//! A pilot: two versions of a service given out by chance, case by case, and what came of each.

mod commands;
mod count;
mod model;
mod store;

pub use commands::{begin, end};
pub use count::{ArmView, PilotView, view};
pub use model::{Arm, Ending, Pilot};
pub use store::{all, filed, last, note_begun, open_pilot};
