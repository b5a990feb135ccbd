//! What this engine will not take on, each with a name.

/// Projects in one election.
pub const PROJECTS_MAX: usize = 65_000;
/// Voters in one election.
pub const VOTERS_MAX: usize = 50_000_000;
/// Entries on all ballots together.
pub const ENTRIES_MAX: usize = 1_000_000_000;
/// The budget and every cost, in the smallest unit of the file (a hundredth, if it has two decimals).
pub const AMOUNT_MAX: i64 = 1_000_000_000_000_000;
/// Digits after the decimal point of an amount or of points.
pub const DECIMALS_MAX: u32 = 6;
/// Points one voter gives one project, in the smallest unit of the file.
pub const POINTS_MAX: i64 = 1_000_000_000;
/// Bytes of a file.
pub const FILE_BYTES_MAX: usize = 2_000_000_000;
/// Times the shares are raised before a completion gives up.
pub const RAISES_MAX: u64 = 1_000_000;
/// Nodes looked at for the exact maximum of welfare.
pub const WELFARE_NODES_MAX: u64 = 50_000_000;
/// Steps of flow for maximin support.
pub const FLOW_STEPS_MAX: u64 = 2_000_000_000;
