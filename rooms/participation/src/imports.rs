//! What a file of proposals or comments from another platform means: Decidim's export (CSV, or JSON) and CONSUL's (CSV). Pure.

mod comment;
mod file;
mod names;
mod row;

pub use comment::{About, CommentColumns, ImportedComment, in_order, read_comment};
pub use file::read_file;
pub use row::{Columns, Imported, read_row};
