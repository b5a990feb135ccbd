//! News of the record sent to programs, signed as Standard Webhooks (standardwebhooks.com).

pub mod acts;
mod commands;
mod decide;
mod deliver;
mod follow;
mod model;
mod pages;
mod payload;
mod room;
mod signature;
mod store;

pub use model::{
    DeliveryState, ENDPOINTS_LIMIT, MESSAGE_ATTEMPTS_LIMIT, NOTE_LIMIT, OLD_SECRET_HOURS, REPLAY_LIMIT,
    STOP_AFTER_DAYS, State, WAITING_LIMIT,
};
pub use room::{MIGRATIONS, room};
pub use signature::{Secret, SecretError, sign};
pub use store::{Health, health};
