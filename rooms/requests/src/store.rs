//! All SQL of the room.

mod categories;
mod counts;
mod drafts;
mod figures;
mod history;
mod lists;
mod own;
mod posted;
mod rows;

pub use categories::{read_book, save_category};
pub use counts::{Count, add_counts, all_counts};
pub use drafts::{Draft, draft, forget_draft, forget_stale_drafts, save_draft};
pub use figures::read_figures;
pub use history::{add_step, steps, updates_between, was_reopened_by_reporter};
pub use lists::{Filter, Order, count_overdue, newest_at, page_of, rows_of, sitemap};
pub use own::{contact_of, erase_person, is_own_secret, of_person, save_reporter};
pub use posted::{Posted, keep_posted, posted};
pub use rows::{by_code, by_code_to_change, insert, is_code_taken, update};
