//! What a file of proposals from another platform means: Decidim's export (CSV, or JSON) and CONSUL's (CSV). Pure.

mod file;
mod plain;
mod row;

pub use file::read_file;
pub use row::{Columns, Imported, read_row};
