//! The addresses that datasets name are asked once a day, so that those who publish learn which of them do not answer any more.

mod letters;
mod model;
mod run;
mod shown;
mod store;

pub use model::Link;
pub use run::{check_now, job_kind};
pub use shown::{Lines, LinkView, desk, lines, of_dataset, views};
