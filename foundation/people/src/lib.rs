//! Accounts, sign-in, mandates and tokens.
//!
//! A person has a private side (name, address, sessions) and a pseudonym by which the public
//! record knows them. Whatever they may do beyond being a resident is a mandate, given in public.

pub mod accounts;
pub mod acts;
mod back;
pub mod boxes;
mod commands;
pub mod demo;
mod email;
mod handle;
mod kept;
pub mod links;
pub mod looks;
pub mod mail;
pub mod mandates;
pub mod organisations;
mod pages;
pub mod privacy;
pub mod receipt;
mod retention;
pub mod roll;
mod room;
pub mod scrub;
mod secrets;
pub mod sessions;
pub mod setup;
pub mod tokens;
mod who;

pub use back::local_path;
pub use demo::demo_room;
pub use email::{EMAIL_LIMIT, EmailAddress, EmailError};
pub use mail::MailSettings;
pub use room::{MIGRATIONS, ROOM, room};
pub use who::{RESIDENT, actor_of_token, who_is};
