//! Who is entitled by the rules over the households that the town describes, and who applied: the gap, by district.

mod commands;
mod count;
mod read;
mod store;

pub use commands::{describe, measure};
pub use count::{AreaView, TakeUpView, TownTakeUp};
pub use read::{Described, read_households};
pub use store::{Population, kept_report, population};
