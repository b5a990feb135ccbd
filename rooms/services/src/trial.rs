//! Co-design: a draft is shown to residents, who try it, say something to one question or rule, and propose a rule that runs.

mod commands;
mod parts;
mod store;

pub use commands::{close, show, take_over};
pub use parts::{DRAFT, Part, fenced, parts, replaced, subject_id, unfenced, within};
pub use store::{Trial, open_trial};
