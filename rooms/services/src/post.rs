//! Letters on paper: kept as they were written, printed, and posted to who has no e-mail address.

mod model;
mod sheet;
mod store;

pub use model::KeptLetter;
pub use sheet::draw;
pub use store::{add, all_of, by_step, erase, mark_posted, waiting};
