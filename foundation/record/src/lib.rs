//! The public record: an append-only, signed log of every public act.
//!
//! An act writes its [`Entry`] in its own transaction ([`database::Tx::commit`] takes it). The
//! [`Sequencer`] gives waiting entries dense positions, extends the Merkle tree, and signs a
//! checkpoint, which never goes back: before it signs, the tree must contain the last checkpoint
//! that was kept outside the database.

mod anew;
mod entry;
mod keys;
pub mod monitor;
mod outside;
mod read;
mod sequencer;
mod subscribe;
pub mod verify;
pub mod witnesses;

pub use anew::{
    AnewError, BEGUN_ANEW, BeginAnew, EndedRecord, RECORD, Why, begin_anew, ended_record, ended_records, first_name,
    next_name, unchecked,
};
pub use entry::{
    ENTRY_LIMIT_BYTES, Entries, Entry, SALT_FORGOTTEN, forget_salt, forget_salts_about, forget_salts_about_each, seal,
};
pub use keys::{KeyFileError, load_or_make_key, load_or_make_witness_key, write_private};
pub use outside::{KeptOutside, OutsideError, replace_file};
pub use read::{
    Sequenced, SignedCheckpoint, about, at, before, bundle, entry_bytes, from, is_known, last_checkpoint,
    last_verifier, misfiled, pending, pending_since, receipt, subject_of, tile,
};
pub use sequencer::{Record, SequenceError, Sequencer, Step, agrees};
pub use subscribe::{cursor_of, take_next};
pub use transparency_log::{TilePath, VerifierKey};

use database::{Migration, MigrationSet};

/// The tables of the record.
pub const MIGRATIONS: MigrationSet = MigrationSet {
    name: "record",
    migrations: &[
        Migration { number: 1, name: "record", sql: include_str!("../migrations/0001_record.sql") },
        Migration { number: 2, name: "witnesses", sql: include_str!("../migrations/0002_witnesses.sql") },
        Migration { number: 3, name: "ended", sql: include_str!("../migrations/0003_ended.sql") },
        Migration { number: 4, name: "lean_indexes", sql: include_str!("../migrations/0004_lean_indexes.sql") },
    ],
};
