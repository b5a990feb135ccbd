//! Meetings of the town: announced, with places to register for, reminders, and minutes whose decisions are linked.

mod activity;
mod acts;
mod commands;
mod decide;
mod joining;
mod letters;
mod model;
mod pages;
mod retention;
mod room;
mod store;

pub use commands::{NewMeeting, Place, cancel, create, leave, publish, publish_minutes, register, remind_all, save};
pub use model::{Decision, MEETING, Meeting, Minutes, Plan};
pub use room::{MIGRATIONS, room};
