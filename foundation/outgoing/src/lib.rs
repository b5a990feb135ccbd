//! Requests to addresses that somebody else chose: webhooks, imports, witnesses.
//!
//! Such an address must not become a way into our own network (server-side request forgery), so what
//! is connected to is what was checked: the name is looked up once for each connection, every address
//! it has must be public, and the connection takes one of these.

mod address;
mod client;
mod public;
mod refusal;

pub use address::check_address;
pub use client::{Answer, Client, Headers, Policy};
pub use public::is_public;
pub use refusal::OutgoingRefusal;
