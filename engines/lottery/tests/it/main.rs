//! Known answers, properties, a naive twin, and readers that must never fall over.
#![allow(clippy::unwrap_used, missing_docs)]

mod fractions;
mod known;
mod limits;
mod pools;
mod properties;
mod reading;
mod seeds;
mod twin;
mod vacant;
