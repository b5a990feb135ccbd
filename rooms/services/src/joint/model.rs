//! Joint applicants.

use civic::Moment;
use forms::Answers;
use people::EmailAddress;
use serde::{Deserialize, Serialize};

/// How many may and must apply together with the first applicant.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Joint {
    /// At least so many others.
    pub least: u32,
    /// At most so many others; 0 where everybody applies alone.
    pub most: u32,
}

/// Somebody who applies together with the first applicant.
#[derive(Debug, Clone, PartialEq)]
pub struct CoApplicant {
    /// Its id.
    pub id: String,
    /// What they are called.
    pub name: String,
    /// Where their link and letters go; `None` for who confirms at the counter.
    pub email: Option<EmailAddress>,
    /// What they said.
    pub consent: Consent,
    /// When the first applicant named them.
    pub added_at: Moment,
    /// Until when their link asks them; `None` in a draft, and for who has no address. Once they have confirmed, it opens the application
    /// without an end.
    pub expires_at: Option<Moment>,
    /// What they answered for themselves when they confirmed; nothing where they were asked nothing, or have not confirmed.
    pub answers: Answers,
}

/// Whether somebody applies too, by their own word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Consent {
    /// They were asked.
    Asked,
    /// They do.
    Confirmed {
        /// Since when.
        at: Moment,
        /// The officer's pseudonym, where it was said at the counter; empty for their own link.
        by: String,
    },
    /// They do not.
    Declined {
        /// Since when.
        at: Moment,
    },
}

impl Consent {
    /// Whether they apply too by their own word: only then they act for the application, and letters reach them.
    pub fn is_confirmed(&self) -> bool {
        matches!(self, Self::Confirmed { .. })
    }

    /// Its word.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Asked => "asked",
            Self::Confirmed { .. } => "confirmed",
            Self::Declined { .. } => "declined",
        }
    }
}
