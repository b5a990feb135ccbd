//! Data published, found, asked, downloaded, harvested; and everything that should not come through.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::disallowed_methods, missing_docs)]

mod attacks;
mod ckan;
mod datastore;
mod dictionary;
mod farewells;
mod features;
mod for_all;
mod harvesting;
mod intakes;
mod large;
mod links;
mod notes;
mod own;
mod plans;
mod pointing;
mod publishing;
mod sql;
mod standards;
mod stories;
mod town;
mod versions;
mod views;
mod ways_out;
mod words;
mod written;
