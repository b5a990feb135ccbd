//! What people tell those who publish: they ask for data, report a mistake in it, show what they made of it. All is answered in public.

mod commands;
mod decide;
mod joining;
mod model;
mod moderated;
mod pages;
mod passing;
mod store;
mod views;

pub use commands::{Answering, Asking, answer, ask, support};
pub use decide::Typed;
pub use joining::{briefs, desk, put_into_search};
pub use model::{ISSUE, Note, NoteKind, NoteState, REQUEST, REUSE};
pub use moderated::{MODERATED, PRIVACY, RETENTION};
pub use pages::routes;
pub use store::{open_issues, sitemap, with_dataset};
pub use views::{NoteView, view};
