//! Agencies that answer elsewhere: by a server of their own that speaks Open311, or by letter.
//!
//! The record's follower puts a request in for sending; a job sends it on and looks before it sends anything a second time;
//! another job asks how things stand there and puts that on our thread; a third tells the agency what residents say later.

mod follow;
mod later;
mod letter;
mod model;
mod news;
mod remote;
mod send;

pub use follow::follow;
pub use letter::{LetterAct, LetterCommand, act_by_letter, open_letter};
pub use model::{ApiKey, Channel, Forward, ForwardKey, ForwardState, LaterWords, Server, ToldState, Way};
pub use news::{FOLLOW, follow_agencies};
pub use remote::Remote;
pub use send::put_job;

use serde_json::Value;
use std::sync::Arc;
use web::{Town, manifest::JobKind};

/// How often agencies are asked how things stand.
const ASK_EVERY_SECONDS: i64 = 300;
/// The pseudonym under which an agency acts that answers elsewhere.
const AGENCY_HANDLE: &str = "agency";

/// The jobs.
pub fn job_kinds() -> Vec<JobKind> {
    let follow = |town: Town, _: Value| -> futures_util::future::BoxFuture<'static, Result<(), String>> {
        Box::pin(async move { follow_agencies(&town).await.map_err(|error| error.to_string()) })
    };
    vec![send::job_kind(), later::job_kind(), JobKind::every(FOLLOW, ASK_EVERY_SECONDS, Arc::new(follow))]
}

/// An agency that acts by its own system or by letter.
fn agency_itself() -> civic::Actor {
    civic::Actor { handle: AGENCY_HANDLE.to_owned(), ..civic::Actor::visitor(civic::Language::En) }
}
