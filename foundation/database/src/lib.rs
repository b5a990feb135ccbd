//! One transaction API over SQLite and PostgreSQL.
//!
//! An act is a plain closure over a [`Tx`]. It runs on a thread that owns a connection, so
//! nothing inside it can wait for anything but the database; see `docs/decisions/0002`.

mod codes;
mod conditions;
mod copying;
mod db;
mod dialect;
mod error;
pub mod jobs;
mod migrate;
mod paging;
mod postgres_side;
mod sqlite_side;
pub mod test_support;
mod tx;
mod value;
mod waiting;

pub use codes::free_code;
pub use conditions::Conditions;
pub use copying::back_up;
pub use db::{Db, Source};
pub use dialect::Dialect;
pub use error::DbError;
pub use migrate::{Migration, MigrationSet};
pub use paging::{Cursor, CursorError, Page};
pub use tx::{Done, OffRecord, OnRecord, Tx};
pub use value::{FromColumn, Param, Row};
