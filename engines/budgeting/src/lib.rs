#![doc = include_str!("../README.md")]

pub mod amount;
mod bounded_overspending;
mod constraint;
mod decide;
mod election;
mod equal_shares;
mod flow;
mod greedy;
mod hash;
pub mod limits;
mod maximin_support;
mod official;
pub mod outcome;
pub mod pabulib;
mod phragmen;
mod profile;
mod refusal;
mod sequence;
mod statistics;
mod ties;
mod view;
mod welfare;

pub use amount::Fraction;
pub use constraint::{Block, Constraints};
pub use decide::{Question, Rule, decide};
pub use election::{Ballots, Election, Project, VoteType};
pub use equal_shares::{EqualShares, Raise, Rest};
pub use greedy::{Greedy, Misfit, Order, WITHDRAWN_COST};
pub use official::{Check, check, official_rule};
pub use outcome::Outcome;
pub(crate) use pabulib::results as pabulib_results;
pub use profile::{Profile, Satisfaction};
pub use refusal::Refusal;
pub use ties::{TieRule, TieStep};
pub use view::view;
pub use welfare::WELFARE_PROJECTS_MAX;
