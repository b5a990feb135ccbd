//! The decisions of the room: facts and what was sent in, what is kept or a refusal out. Pure.

mod listening;
mod news;
mod works;

pub use listening::{AskedArea, is_due, may_ask, read_area};
pub use news::{Told, read_entry};
pub use works::{AskedWorks, Plan, decide_works, may_change};
