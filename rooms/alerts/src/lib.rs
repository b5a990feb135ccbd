//! People hear what happens near them: by e-mail, as a feed, and in their calendar. See the README.

mod acts;
mod area;
mod calendar;
mod commands;
mod decide;
mod deliver;
mod follow;
mod model;
mod pages;
mod privacy;
mod room;
mod store;

pub use commands::{Announcement, announce_works};
pub use model::{Area, AreaError, Pace, RADII_M};
pub use room::{MIGRATIONS, room};
