//! A resident's report, its whole way; and everything that should not come through.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

mod attacks;
mod bad_input;
mod bulk;
mod desk;
mod desk_views;
mod escalating;
mod exporting;
mod figures;
mod forwarding;
mod importing;
mod inbox;
mod kept;
mod languages;
mod likeness;
mod me_too;
mod merging;
mod moderating;
mod neighbours;
mod open311;
mod performance;
mod promising;
mod publishing;
mod remembering;
mod reporting;
mod resident;
mod suggesting;
mod town;
mod waiting;
mod words;
