//! An assembly from its remit to the answer it is due; and everything that should not come through.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

mod attacks;
mod checked;
mod drawing;
mod entering;
mod keeping;
mod privacy;
mod recommending;
mod registering;
mod seats;
mod town;
mod words;
