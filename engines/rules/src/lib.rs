#![doc = include_str!("../README.md")]

mod cases;
mod check;
mod column;
mod decimal;
mod facts;
mod lex;
pub mod limits;
mod model;
pub mod openfisca;
mod outcome;
mod parse;
mod period;
mod population;
mod row;
mod scale;
mod situation;
mod syntax;
mod trouble;
mod value;
mod view;

pub use cases::CaseReport;
pub use check::Source;
pub use column::OTHERS_MAX;
pub use decimal::{DECIMALS_MAX, Decimal, QUOTIENT_DECIMALS};
pub use model::Rules;
pub use outcome::*;
pub use parse::is_reserved;
pub use period::{Period, Unit};
pub use population::{Column, Population, PopulationAnswer};
pub use row::Answer;
pub use situation::Situation;
pub use trouble::{Spot, Trouble};
pub use value::Value;
pub use view::*;
