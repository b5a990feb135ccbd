//! The public record: an append-only, signed log of every public act.
pub mod entry;
pub use entry::Entry;
/// Stub.
#[derive(Clone)]
pub struct Record;
/// Stub.
pub struct Sequenced;
