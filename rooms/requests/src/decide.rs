//! The decisions of the room: facts and a command in, what is to be kept or a refusal out. Pure.

mod desk;
mod duplicates;
mod elsewhere;
mod neighbours;
mod open;
mod own;
mod posters;
mod publishing;
mod waiting;

pub use desk::{DeskAct, DeskFacts, decide_at_desk};
pub use duplicates::{decide_merge, decide_separate, may_support, may_withdraw};
pub use elsewhere::{TheirFacts, TheirWord, decide_their_word, sent_on};
pub use neighbours::{NEIGHBOURS, decide_not_fixed};
pub use open::{OpenFacts, OpenRequest, Opening, Where, open, pin_of, read_sent_key};
pub use own::{OwnAct, OwnFacts, decide_own, may_reopen};
pub use posters::{PosterOrder, decide_poster};
pub use publishing::{Deed, Held, PublishAct, PublishFacts, decide_publishing, publishing_change};
pub use waiting::time_out;

use crate::model::{State, Waiting};
use civic::{Moment, OrganisationId, Place};
use std::collections::BTreeMap;
use web::Refusal;

/// What an act changes in a request, and what it says on the record.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// Past tense, as `request.resolved`.
    pub saying: &'static str,
    /// The words that come with it, shown on the page, never in the record.
    pub body: String,
    /// What changed, as codes, for page and record.
    pub detail: BTreeMap<&'static str, String>,
    /// Whether only the desk may see it.
    pub internal: bool,
    /// The state afterwards, where it changes.
    pub state: Option<State>,
    /// The category afterwards, where it changes.
    pub category: Option<String>,
    /// The organisation afterwards, where it changes.
    pub organisation: Option<OrganisationId>,
    /// The place afterwards, where it changes.
    pub place: Option<PlaceChange>,
    /// The description afterwards, where it changes.
    pub description: Option<String>,
    /// The promised end afterwards, where it changes.
    pub due: Option<Option<Moment>>,
    /// What is waited for afterwards, where it changes.
    pub waiting: Option<Option<Waiting>>,
}

/// A corrected place.
#[derive(Debug, Clone, PartialEq)]
pub struct PlaceChange {
    /// The pin.
    pub place: Option<Place>,
    /// The place in words.
    pub address: String,
    /// The district.
    pub district: Option<String>,
}

impl Change {
    pub(crate) fn saying(saying: &'static str) -> Self {
        Self {
            saying,
            body: String::new(),
            detail: BTreeMap::new(),
            internal: false,
            state: None,
            category: None,
            organisation: None,
            place: None,
            description: None,
            due: None,
            waiting: None,
        }
    }

    fn with_body(mut self, body: String) -> Self {
        self.body = body;
        self
    }

    /// Says in public that the program had suggested it, and an officer agreed.
    fn marked(mut self, suggested: bool) -> Self {
        if suggested {
            self.detail.insert("suggested", "yes".to_owned());
        }
        self
    }

    fn into_state(mut self, state: State) -> Self {
        self.detail.insert("to", state.word().as_str().to_owned());
        self.state = Some(state);
        self
    }

    /// Whether it changes the request itself, and so must not act on a stale version of it.
    pub fn changes_request(&self) -> bool {
        self.state.is_some()
            || self.category.is_some()
            || self.organisation.is_some()
            || self.place.is_some()
            || self.description.is_some()
            || self.due.is_some()
            || self.waiting.is_some()
    }
}

/// A text within its limit, without characters that no page can show.
fn text_within(text: &str, field: &'static str, limit: usize) -> Result<String, Refusal> {
    let text = text.trim().replace("\r\n", "\n");
    if text.chars().count() > limit {
        return Err(Refusal::new("text-too-long").at(field).with("most", i64::try_from(limit).unwrap_or(i64::MAX)));
    }
    if text.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\t')) {
        return Err(Refusal::new("text-control").at(field));
    }
    Ok(text)
}

/// A text that must be there.
fn words_required(text: &str, field: &'static str, limit: usize) -> Result<String, Refusal> {
    let text = text_within(text, field, limit)?;
    if text.is_empty() { Err(Refusal::new("words-missing").at(field)) } else { Ok(text) }
}
