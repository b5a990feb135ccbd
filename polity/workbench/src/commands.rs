//! One file for each command.

pub mod audit;
pub mod budget;
pub mod lottery;
pub mod map;
pub mod ranked;
pub mod rules;
