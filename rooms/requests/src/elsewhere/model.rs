//! Channels to agencies, and requests that were sent on.

use civic::{Moment, OrganisationId, RequestId};
use people::EmailAddress;
use serde_json::{Value, json};
use std::{collections::BTreeMap, fmt};

/// A key for another server. It is in the database and in what is sent there, and nowhere else.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct ApiKey(pub String);

impl fmt::Debug for ApiKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.0.is_empty() { "none" } else { "kept" })
    }
}

/// A server that speaks Open311 GeoReport v2.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Server {
    /// Its address up to where `/requests.json` would follow.
    pub url: String,
    /// Its `jurisdiction_id`; empty where it wants none.
    pub jurisdiction: String,
    /// Its key for us; empty where it wants none.
    pub key: ApiKey,
    /// What our categories are called there; those not named are called the same.
    pub services: BTreeMap<String, String>,
}

impl Server {
    /// What a category of ours is called there.
    pub fn service_of<'s>(&'s self, category: &'s str) -> &'s str {
        self.services.get(category).map_or(category, String::as_str)
    }
}

/// How an agency is reached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Way {
    /// By its own server.
    Open311(Server),
    /// By letter, with a private link to answer by.
    Letter(EmailAddress),
}

impl Way {
    /// As in the database, in forms and on the record.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Open311(_) => "open311",
            Self::Letter(_) => "letter",
        }
    }
}

/// A channel to an agency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Channel {
    /// The agency.
    pub organisation: OrganisationId,
    /// How it is reached.
    pub way: Way,
    /// Until when its updates were taken.
    pub followed_until: Option<Moment>,
    /// When it was last asked.
    pub asked_at: Option<Moment>,
    /// What stood in the way then; empty for nothing.
    pub trouble: String,
}

/// Which request, sent on to which agency.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct ForwardKey {
    /// The request.
    pub request: RequestId,
    /// The agency.
    pub organisation: OrganisationId,
}

impl ForwardKey {
    /// As a job carries it.
    pub fn json(self) -> Value {
        json!({"request": self.request.text(), "organisation": self.organisation.text()})
    }

    /// As a job carried it.
    ///
    /// # Errors
    /// A sentence about what is no id.
    pub fn of_json(payload: &Value) -> Result<Self, String> {
        let part = |name: &str| payload[name].as_str().unwrap_or_default().to_owned();
        let request = part("request").parse().map_err(|error| format!("{error}"))?;
        let organisation = part("organisation").parse().map_err(|error| format!("{error}"))?;
        Ok(Self { request, organisation })
    }
}

/// Where a request stands that is sent on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ForwardState {
    /// It is to be sent.
    Waiting,
    /// Sending was begun, and nobody knows yet whether it arrived.
    Sending,
    /// The other server took it, and gives its id later.
    Token,
    /// It arrived.
    Sent,
    /// The other server refused it.
    Refused,
    /// It was no longer to be sent.
    Ended,
}

impl ForwardState {
    const ALL: [Self; 6] = [Self::Waiting, Self::Sending, Self::Token, Self::Sent, Self::Refused, Self::Ended];

    /// As in the database.
    pub fn word(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Sending => "sending",
            Self::Token => "token",
            Self::Sent => "sent",
            Self::Refused => "refused",
            Self::Ended => "ended",
        }
    }

    /// The state of this word.
    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.word() == word)
    }
}

/// A request that is sent on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Forward {
    /// Which, and to whom.
    pub key: ForwardKey,
    /// The word of the way.
    pub way: String,
    /// Where it stands.
    pub state: ForwardState,
    /// When it was put in.
    pub made_at: Moment,
    /// When sending was first begun.
    pub begun_at: Option<Moment>,
    /// Its id there.
    pub their_id: Option<String>,
    /// What its id can be asked by.
    pub their_token: Option<String>,
    /// How it last stood there: a hash of status and words.
    pub their_state: String,
    /// Until when the link of its letter is good.
    pub key_until: Option<Moment>,
    /// What stood in the way last; empty for nothing.
    pub trouble: String,
}

/// What became of words that are to be told to an agency.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ToldState {
    /// They are to be told.
    Waiting,
    /// They were told.
    Told,
    /// The other server did not take them.
    Refused,
    /// They were no longer to be told.
    Dropped,
}

impl ToldState {
    const ALL: [Self; 4] = [Self::Waiting, Self::Told, Self::Refused, Self::Dropped];

    /// As in the database.
    pub fn word(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Told => "told",
            Self::Refused => "refused",
            Self::Dropped => "dropped",
        }
    }

    /// The state of this word.
    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.word() == word)
    }
}

/// What a resident said after a request was sent on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LaterWords {
    /// The id of their entry in the record; the other server knows them again by it.
    pub id: String,
    /// About which request, and for whom.
    pub key: ForwardKey,
    /// What the entry says, as `request.replied`.
    pub saying: String,
    /// The comment, where they are one.
    pub comment: Option<String>,
    /// When they were said.
    pub said_at: Moment,
    /// What became of them.
    pub state: ToldState,
    /// What stood in the way last; empty for nothing.
    pub trouble: String,
}
