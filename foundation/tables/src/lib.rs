//! Tables that everybody may read: taken in from files of any kind, asked by a typed plan or by SQL, streamed out.

mod columns;
mod dates;
mod export;
mod foreign;
pub mod geometry;
mod guess;
mod ingest;
mod keys;
mod kinds;
mod parts;
mod progress;
mod query;
mod refused;
mod schema;
mod shelf;
mod source;
pub mod sql;
mod value;

pub use export::{Form, Out, neutral};
pub use foreign::KEYS_LIMIT;
pub use importing::Wish;
pub use ingest::{ASIDES_KEPT, Above, MISFITS_KEPT, Misfit, Report, SetAside, Unchecked};
pub use kinds::{ColumnKind, Described, TableInfo, TopValue};
pub use progress::{Progress, Step};
pub use query::{
    Aggregate, Answer, Condition, FACET_LIMIT, Facet, GROUPS_LIMIT, Group, Grouping, Op, PAGE_LIMIT, Part, Plan, Sort,
    Walk,
};
pub use refused::Refused;
pub use schema::{Declared, Field, Foreign, Target};
pub use shelf::{Shelf, Table};
pub use source::{
    Form as SourceForm, SHEETS_LIMIT, Sheet, UNPACKED_LIMIT_BYTES, ZIP_RATIO_LIMIT, read, read_shared, sniff,
};
pub use value::Value;
