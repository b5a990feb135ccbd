//! Pabulib files (<https://pabulib.org/format>, arXiv 2012.06539), in and out.
//!
//! Three sections META, PROJECTS, VOTES, each a title line, a header line and rows with `;` between cells and `"` around
//! those that need it. A byte order mark is allowed, and either kind of line end. Cells are trimmed.

mod compile;
mod scan;
mod write;

pub(crate) use compile::results;
pub use scan::{Document, Table};
