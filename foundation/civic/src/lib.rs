//! The nouns every part of a town's platform shares: ids, subjects, people and
//! what they may do, places, money, words in several languages, time.
//!
//! Nothing here reads a clock, rolls a die or touches a disk: time and chance
//! come in as [`Clock`] and [`Chance`].

mod actor;
mod chance;
mod code;
mod id;
mod local_text;
mod moment;
mod money;
mod place;
mod subject;
mod words;

pub use actor::{Act, Actor, Mandate, Role, Scope};
pub use chance::{Chance, SeededChance, secret};
pub use code::{CODE_ALPHABET, Code, CodeError, is_slug};
pub use id::{
    ApiTokenId, CommentId, EntryId, FileId, IdError, JobId, MailId, MandateId, OrganisationId, PersonId, RequestId,
    SessionId, WebhookId,
};
pub use local_text::{Language, LocalText};
pub use moment::{Clock, FixedClock, Moment, TurnedClock};
pub use money::{Currency, Money};
pub use place::{Place, PlaceError};
pub use subject::{Subject, SubjectKind};
