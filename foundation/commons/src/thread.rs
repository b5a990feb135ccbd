//! The thread: everything that led to a matter and everything that came of it, across all rooms, by typed links.

mod change;
mod draw;
mod order;
pub(crate) mod pages;
mod panel;
mod walk;

pub use change::{LINKED, UNLINKED};
pub use panel::{Near, near, panel};
pub use walk::{DEPTH_LIMIT, STEPS_LIMIT, Step, Thread, before, walk};
