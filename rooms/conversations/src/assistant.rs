//! Help from a language model that the town may set up: drafts of a summary and of names for the groups, for facilitators to
//! accept, edit or reject. It is off unless the configuration of the program names an address; without it everything works.
//!
//! What residents wrote is data to the model and what the model writes is data to us: it becomes nothing but sentences that cite
//! the statements they rest on, read by [`reading`] and shown first to a facilitator.

mod ask;
mod prompt;
mod reading;

pub use ask::{Problem, ask};
pub use prompt::{Material, material};

use outgoing::{Client, Policy, check_address};
use std::{fmt, time::Duration};

/// Bytes of an answer that are taken.
const ANSWER_LIMIT_BYTES: u64 = 256 * 1024;
/// Seconds a draft may take, where the configuration says nothing.
pub const PATIENCE_SECONDS: u32 = 60;
/// The most seconds it may take: a job of the outbox is held for longer than that.
pub const PATIENCE_MOST_SECONDS: u32 = 240;

/// How to reach a model.
#[derive(Clone, Default)]
pub struct AssistantSettings {
    /// The address of an OpenAI-compatible API, up to where `/chat/completions` follows.
    pub address: String,
    /// The model's name there.
    pub model: String,
    /// The key, where one is needed.
    pub key: Option<String>,
    /// Whether the address may be plain http and in a private network.
    pub nearby: bool,
    /// Seconds a draft may take.
    pub patience_seconds: Option<u32>,
}

/// A language model, or none.
#[derive(Clone, Default)]
pub struct Assistant(Option<Reach>);

#[derive(Clone)]
struct Reach {
    client: Client,
    url: String,
    host: String,
    model: String,
    key: Option<String>,
}

impl fmt::Debug for Assistant {
    /// Never the key.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_tuple("Assistant").field(&self.machine()).finish()
    }
}

impl Assistant {
    /// One that can be asked.
    ///
    /// # Errors
    /// A sentence when the address is none that may be asked, or the model has no name.
    pub fn at(settings: AssistantSettings) -> Result<Self, String> {
        let patience = settings.patience_seconds.unwrap_or(PATIENCE_SECONDS);
        if !(1..=PATIENCE_MOST_SECONDS).contains(&patience) {
            return Err(format!("a draft may take 1 to {PATIENCE_MOST_SECONDS} seconds"));
        }
        let policy = Policy {
            plain_http: settings.nearby,
            private_addresses: settings.nearby,
            redirects: false,
            body_limit_bytes: ANSWER_LIMIT_BYTES,
            patience: Duration::from_secs(patience.into()),
        };
        let address = settings.address.trim_end_matches('/');
        check_address(address, &policy).map_err(|why| why.to_string())?;
        if settings.model.trim().is_empty() {
            return Err("the model needs its name".to_owned());
        }
        let host = address.split('/').nth(2).unwrap_or_default().to_owned();
        let url = format!("{address}/chat/completions");
        let key = settings.key.filter(|key| !key.is_empty());
        Ok(Self(Some(Reach { client: Client::new(policy), url, host, model: settings.model, key })))
    }

    /// Whether there is one.
    pub fn is_there(&self) -> bool {
        self.0.is_some()
    }

    /// What drafts say they were written by: the model, and the host that was asked. Empty for none.
    pub fn machine(&self) -> String {
        self.0.as_ref().map(|reach| format!("{} ({})", reach.model, reach.host)).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::{Assistant, AssistantSettings};

    fn settings(address: &str) -> AssistantSettings {
        AssistantSettings {
            address: address.to_owned(),
            model: "small".to_owned(),
            key: Some("sk-secret".to_owned()),
            ..AssistantSettings::default()
        }
    }

    #[test]
    fn only_addresses_of_the_public_network_unless_it_is_said_to_be_nearby() {
        assert!(Assistant::at(settings("https://llm.example/v1/")).unwrap().is_there());
        for inside in ["http://llm.example/v1", "https://127.0.0.1/v1", "https://[::1]:8080/v1", "ftp://x", ""] {
            assert!(Assistant::at(settings(inside)).is_err(), "{inside}");
        }
        let nearby = AssistantSettings { nearby: true, ..settings("http://127.0.0.1:11434/v1") };
        assert!(Assistant::at(nearby).is_ok());
        assert!(
            Assistant::at(AssistantSettings { model: " ".to_owned(), ..settings("https://llm.example/v1") }).is_err()
        );
        let hasty = AssistantSettings { patience_seconds: Some(0), ..settings("https://llm.example/v1") };
        assert!(Assistant::at(hasty).is_err());
    }

    #[test]
    fn the_key_is_in_no_text() {
        let there = Assistant::at(settings("https://llm.example/v1")).unwrap();
        assert_eq!(there.machine(), "small (llm.example)");
        assert!(!format!("{there:?}").contains("secret"));
        assert!(!Assistant::default().is_there());
    }
}
