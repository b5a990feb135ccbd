//! "Incomplete, with a list of what is missing": an officer opens questions of the form again, the applicant answers them on the same
//! pages as before, and what was answered earlier is kept.

mod commands;
mod decide;
mod store;

pub use commands::{Again, of_draft, reopen, send, still_open};
pub use decide::{WordPart, changes, decide_ask};
pub use store::{Revision, asked, close, erase, put_asked, revisions};
