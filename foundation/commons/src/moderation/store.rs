//! All SQL of moderation.

mod addresses;
mod cases;
mod log;
mod old;
mod people;
mod reasons;
mod reports;
mod withheld;

pub use addresses::{note_address, report_back, reports_from, salt_of_day};
pub use cases::{
    Filter, by_code, by_code_to_change, desk_case, insert, latest_decided, page_of, update, waiting_of_to_change,
};
pub use log::{add_line, lines_about, page_of_log};
pub use old::{forget_old_reports, forget_old_words};
pub use people::{erase_person, erase_words_about, export_person};
pub use reasons::{hold_templates, put_template, reason_of, templates, words_text};
pub use reports::{add_report, reasons_of_each, reports_of};
pub use withheld::{
    forget, forget_desk_case, give_reason, hidden_ids, hidden_photo, keep, of_case, of_each, of_subject,
    rewrite_desk_text, set_desk_waiting,
};

use database::DbError;

/// A row that cannot be read is a fault of ours.
fn broken(error: impl std::fmt::Display) -> DbError {
    DbError::Other(format!("a row of moderation cannot be read: {error}"))
}
