#![doc = include_str!("../README.md")]

mod assembly;
mod columns;
mod digest;
mod ideal;
mod levels;
mod linear;
mod lottery;
mod near;
mod panels;
mod peel;
mod read;
mod refusal;
mod relax;
mod seats;
mod seed;
mod shape;
mod vacancies;

pub use assembly::*;
pub use digest::sha256_hex;
pub use lottery::*;
pub use read::*;
pub use refusal::Refusal;
pub use relax::*;
pub use seed::*;
pub use vacancies::vacancies;
