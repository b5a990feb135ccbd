//! What any subject can have: comments, followers, files, links and a place in the search.
//!
//! Each is here once, keyed by [`civic::Subject`], for all rooms.

mod activity;
mod acts;
pub mod browser;
pub mod comments;
pub mod documents;
pub mod files;
pub mod followers;
mod following;
pub mod links;
pub mod markdown;
pub mod moderation;
mod pages;
pub mod photo;
mod room;
pub mod search;
pub mod talk;
pub mod thread;
pub mod traces;

pub use room::{MIGRATIONS, room};
