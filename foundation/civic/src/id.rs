//! Typed identifiers: UUID version 7 (RFC 9562 section 5.7), as text in the database.

use crate::{Chance, Moment};
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};
use uuid::Uuid;

/// The text was not a UUID.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” is not an identifier of this town")]
pub struct IdError(String);

macro_rules! typed_ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(Uuid);

        impl $name {
            /// Makes a fresh id: the first 48 bits are the millisecond of `now`, the rest is chance.
            pub fn new(now: Moment, chance: &dyn Chance) -> Self {
                Self(fresh(now, chance))
            }
            /// The 36 characters kept in the database.
            pub fn text(&self) -> String {
                self.0.hyphenated().to_string()
            }
        }
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.hyphenated().fmt(f)
            }
        }
        impl FromStr for $name {
            type Err = IdError;
            fn from_str(text: &str) -> Result<Self, IdError> {
                parse(text).map(Self)
            }
        }
    )+};
}

typed_ids! {
    /// One line of the public record, from the act that caused it to the tree that holds it.
    EntryId,
    /// A service request.
    RequestId,
    /// A person with an account.
    PersonId,
    /// A public body, department or association.
    OrganisationId,
    /// A mandate given to a person.
    MandateId,
    /// A signed-in browser.
    SessionId,
    /// A key for programs.
    ApiTokenId,
    /// A comment, answer or note.
    CommentId,
    /// An attached file.
    FileId,
    /// A piece of work to do after an act.
    JobId,
    /// A mail on its way.
    MailId,
    /// A program that hears what the record says.
    WebhookId,
}

fn fresh(now: Moment, chance: &dyn Chance) -> Uuid {
    let mut random = [0_u8; 10];
    chance.fill(&mut random);
    let millis = u64::try_from(now.micros().div_euclid(1_000)).unwrap_or(0);
    uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid()
}

fn parse(text: &str) -> Result<Uuid, IdError> {
    let refused = || IdError(text.chars().take(40).collect());
    if text.len() != 36 {
        return Err(refused());
    }
    Uuid::try_parse(text).map_err(|_| refused())
}
