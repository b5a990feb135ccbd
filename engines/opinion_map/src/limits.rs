//! What is too much, by name; [`crate::Refusal`] has the sentences.

/// The most people one conversation can have.
pub const PEOPLE_MAX: usize = 2_000_000;
/// The most statements one conversation can have.
pub const STATEMENTS_MAX: usize = 20_000;
/// The most reactions, changed ones included.
pub const REACTIONS_MAX: usize = 200_000_000;
/// The most groups a map can be asked to look for.
pub const GROUPS_MAX: usize = 9;
/// The most restarts of the grouping.
pub const RESTARTS_MAX: usize = 1_000;
/// The most resamples of the stability.
pub const RESAMPLES_MAX: usize = 1_000;
/// The most references of the separation.
pub const REFERENCES_MAX: usize = 1_000;
/// The longest id, in bytes.
pub const ID_BYTES_MAX: usize = 200;
/// The most faults a reader reports one by one; the others are counted.
pub const FAULTS_SHOWN_MAX: usize = 100;
/// Up to so many people the silhouette is worked out from all pairs; beyond, [`SILHOUETTE_SAMPLE`] of them stand for all.
pub const SILHOUETTE_EXACT_MAX: usize = 4_096;
/// How many people stand for all in the silhouette of a large conversation.
pub const SILHOUETTE_SAMPLE: usize = 2_048;
