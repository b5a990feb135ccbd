//! Tables from files of every kind, questions of every kind, and everything that should not come through.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

mod asking;
mod attacks;
mod declared;
mod exactly;
mod hostile;
mod known;
mod large;
mod parquet;
mod shapes;
mod shelf;
