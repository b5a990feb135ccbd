//! Reads tables that somebody else made: encoding, dialect, dates, numbers, and what does not fit.

mod aside;
mod dates;
mod dialect;
mod encoding;
mod lead;
mod matching;
mod numbers;
mod plain;
mod refusal;
mod split;
mod survey;
mod table;
mod tally;
mod wish;

pub use aside::{Aside, write_asides};
pub use dates::{DateOrder, DateTally, DateVerdict, read_moment};
pub use dialect::Dialect;
pub use encoding::FILE_LIMIT_BYTES;
pub use lead::Passed;
pub use matching::{Kind, Match, Wanted, find_columns, folded};
pub use numbers::{read_degrees, read_point};
pub use plain::plain;
pub use refusal::TableRefusal;
pub use survey::{Column, DISTINCT_LIMIT, Survey};
pub use table::{COLUMNS_LIMIT, Cells, LEAD_LINES_LIMIT, Row, RowFault, Rows, Table};
pub use tally::Tally;
pub use wish::Wish;
