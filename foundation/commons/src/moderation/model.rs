//! The nouns of moderation.

use super::reasons::Reason;
use civic::{Code, Moment, OrganisationId, PersonId, Subject};

/// Characters a note to the moderators may have.
pub const NOTE_LIMIT: usize = 1_000;
/// Characters an appeal may have.
pub const APPEAL_LIMIT: usize = 2_000;
/// Characters a passage to blacken may have.
pub const PASSAGE_LIMIT: usize = 500;
/// Working days within which an appeal is decided.
pub const APPEAL_DAYS: u32 = 5;
/// Days for which an author can appeal.
pub const APPEAL_OPEN_DAYS: i64 = 90;
/// What stands in place of a blackened passage, however long that was.
pub const BLACKENED: &str = "█████";

civic::words! {
    /// How a case began.
    Cause {
        /// Somebody reported it.
        Reported = "reported",
        /// The spam score marked it for a look.
        Marked = "marked",
        /// The spam score held it back.
        Held = "held",
        /// It waits for the desk of its agency, and not for moderators; see [`super::desk`].
        Desk = "desk",
    }
}

civic::words! {
    /// Where a case stands.
    Standing {
        /// Nobody has decided yet.
        Waiting = "waiting",
        /// The author has appealed.
        Appealed = "appealed",
        /// Decided.
        Closed = "closed",
    }
}

civic::words! {
    /// What a moderator decided.
    Outcome {
        /// Hidden, whole or in parts.
        Hidden = "hidden",
        /// What was hidden is shown again, by a moderator's own insight.
        Restored = "restored",
        /// What was held back is shown.
        Released = "released",
        /// It stays as it is.
        Dismissed = "dismissed",
        /// It stays, and its author was warned.
        Warned = "warned",
    }
}

civic::words! {
    /// How an appeal ended.
    AppealOutcome {
        /// What was decided stands.
        Upheld = "upheld",
        /// What was hidden is shown again.
        Overturned = "overturned",
    }
}

/// What is reported, marked or held of one subject, until it is decided, and what was decided.
#[derive(Debug, Clone, PartialEq)]
pub struct Case {
    /// What moderators call it, as `M-7K2M`.
    pub code: Code,
    /// What it is about.
    pub subject: Subject,
    /// The matter on whose page that stands.
    pub about: Subject,
    /// The organisation that answers for it.
    pub organisation: Option<OrganisationId>,
    /// How it began.
    pub cause: Cause,
    /// When.
    pub opened_at: Moment,
    /// Since when it waits in the queue: its beginning, or the appeal.
    pub queued_at: Moment,
    /// Where it stands.
    pub standing: Standing,
    /// Whether the spam score holds it back until somebody decides.
    pub held: bool,
    /// How many reported it, each once.
    pub reports: i64,
    /// Points of the spam score.
    pub points: i64,
    /// Why they were given.
    pub evidence: Vec<super::spam::Evidence>,
    /// Counts changes; a form made from an older version is stale.
    pub version: i64,
    /// What was decided.
    pub decision: Option<Decision>,
    /// What the author said against it.
    pub appeal: Option<Appeal>,
}

/// What a moderator decided.
#[derive(Debug, Clone, PartialEq)]
pub struct Decision {
    /// What.
    pub outcome: Outcome,
    /// Why; not needed to let it stand.
    pub reason: Option<Reason>,
    /// The moderator's own words to the author; may be empty. Never public.
    pub note: String,
    /// When.
    pub at: Moment,
    /// Who; `None` once they are erased.
    pub by: Option<PersonId>,
    /// Their pseudonym.
    pub handle: String,
}

/// What the author said against a decision.
#[derive(Debug, Clone, PartialEq)]
pub struct Appeal {
    /// Their words. Private.
    pub text: String,
    /// When.
    pub at: Moment,
    /// By when it is decided, in working time.
    pub due_at: Option<Moment>,
    /// How it ended.
    pub ended: Option<AppealEnd>,
}

/// How an appeal ended.
#[derive(Debug, Clone, PartialEq)]
pub struct AppealEnd {
    /// What was decided.
    pub outcome: AppealOutcome,
    /// When.
    pub at: Moment,
    /// Who decided; `None` once they are erased.
    pub by: Option<PersonId>,
    /// The pseudonym of who decided.
    pub handle: String,
    /// Their own words to the author; may be empty. Never public.
    pub note: String,
}

/// A report to the moderators. Private.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// Why.
    pub reason: Reason,
    /// In the reporter's words; may be empty.
    pub note: String,
    /// When.
    pub at: Moment,
}

/// A part that is hidden now.
#[derive(Debug, Clone, PartialEq)]
pub struct Withheld {
    /// Which part of the subject.
    pub part: String,
    /// The Fluent key of what it is called.
    pub key: String,
    /// Whether it is a photo; then `kept` is the id of its file.
    pub photo: bool,
    /// What the room gets back.
    pub kept: String,
    /// What people read.
    pub shown: String,
    /// Whether the spam score holds it: it was never public.
    pub held: bool,
    /// Whether all of it is hidden, not a passage.
    pub whole: bool,
    /// Why; `None` while it is held, or with the desk.
    pub reason: Option<Reason>,
    /// Since when.
    pub at: Moment,
    /// The case by which it was hidden.
    pub case: String,
    /// Whether it is with the desk, and not with the moderators: then `held` says whether it waits.
    pub desk: bool,
}

/// A line of the public log.
#[derive(Debug, Clone, PartialEq)]
pub struct LogLine {
    /// Its id: that of the entry in the record.
    pub id: String,
    /// When.
    pub at: Moment,
    /// The case.
    pub case: String,
    /// What it was about.
    pub subject: Subject,
    /// The matter on whose page that stands.
    pub about: Subject,
    /// What was done, as `hidden`.
    pub act: String,
    /// Why, in the words of then; `None` where no reason is needed.
    pub reason: Option<Reason>,
    /// The Fluent keys of the parts.
    pub parts: Vec<String>,
    /// `moderator`, `administrator`, `author`, or `score`.
    pub role: String,
    /// The pseudonym of who did it; empty for the score.
    pub handle: String,
    /// How the appeal of this case ended, or `waiting`; empty for none.
    pub appeal: String,
}
