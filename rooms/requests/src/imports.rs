//! Requests taken over from elsewhere: a table whose columns are found and asked for, row by row into the town.

mod fields;
mod find;
pub mod geo_report;
mod lexicon;
mod mapping;
mod question;
mod reading;

pub use find::{Unused, find_mapping, unused_columns};
pub use lexicon::Lexicon;
pub use mapping::{Mapping, MappingError, PinOutside};
pub use question::{Question, mapping_file};
pub use reading::{Arrival, Ending, Reading, RowRefusal};
