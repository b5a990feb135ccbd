//! By which numbers people stand in what anybody can download.

use crate::{model::Conversation, voice::Key};
use std::collections::HashMap;

/// The public numbers of the people of a conversation. The town counts people as they come, so a number of its own would say
/// who came when, and with the times of statements in the record who wrote which. What was held elsewhere keeps its numbers,
/// which were public there.
#[derive(Clone)]
pub struct Names(Option<(Key, String)>);

impl Names {
    /// Those of a conversation.
    pub fn of(key: &Key, conversation: &Conversation) -> Self {
        Self(conversation.origin.is_none().then(|| (key.clone(), conversation.code.to_string())))
    }

    /// Those of a conversation that was held elsewhere.
    pub fn of_elsewhere() -> Self {
        Self(None)
    }

    /// Whether numbers, times and small counts could lead to whoever wrote a statement, so that less is shown.
    pub fn are_veiled(&self) -> bool {
        self.0.is_some()
    }

    /// The public number of a participant: 48 bits of an HMAC, so that JavaScript reads it exactly.
    pub fn public(&self, participant: i64) -> i64 {
        let Some((key, code)) = &self.0 else { return participant };
        let digest = key.sign(&["public number", code, &participant.to_string()]);
        i64::from_str_radix(&digest[..12], 16).unwrap_or(participant)
    }

    /// The participants by their public numbers.
    pub fn back(&self, participants: impl IntoIterator<Item = i64>) -> HashMap<i64, i64> {
        participants.into_iter().map(|number| (self.public(number), number)).collect()
    }
}
