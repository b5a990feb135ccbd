//! What residents wrote can be reported, hidden, given back, appealed; in public, and without a word of it in the record.
//!
//! Keyed by [`civic::Subject`]: a room declares [`web::moderated::Moderated`] for a kind and has all of it. What is hidden is
//! *moved*: the room keeps in its place what may be seen, so that no door of it, today's or tomorrow's, can show it.

mod addresses;
pub(crate) mod book;
pub mod commands;
pub mod decide;
pub mod desk;
mod letters;
pub mod model;
mod notices;
pub(crate) mod pages;
pub mod privacy;
pub mod reasons;
pub mod spam;
mod store;
mod watch;
mod withhold;

pub use addresses::{Counted, count_address};
pub use book::{MODERATED_COMMENTS, author, name_of};
pub use model::Case;
pub use notices::{Notice, hidden_ids, is_hidden, notice_of_photo, notices, notices_of_each, own_words};
pub use reasons::{REASON, Reason};
pub(crate) use store::{forget_old_reports, forget_old_words};
pub(crate) use watch::is_new;
pub use watch::{NEW_ACCOUNT_DAYS, Seen, Text, watch};

use civic::{Act, Role};
use web::Saying;

/// Reporting something to the moderators: needs no account.
pub const FLAG: Act = Act::public("moderation.flag");
/// Reading why something was hidden, and the log.
pub const READ: Act = Act::public("moderation.read");
/// Appealing, by one's account or private link.
pub const APPEAL: Act = Act::public("moderation.appeal");
/// Looking after what residents write: in the whole town, or on what one's organisation answers for.
pub const MODERATE: Act = Act::organisation("moderation.decide", &[Role::Moderator, Role::Administrator]);

/// Writing, changing, ordering and retiring reasons.
pub const REASONS: Act = Act::town("moderation.reasons", &[Role::Administrator]);

/// What the record says of moderation.
pub(crate) const SAYINGS: [Saying; 10] = [
    Saying { name: reasons::DEFINED, key: "saying-moderation-reason-defined" },
    Saying { name: "moderation.held", key: "saying-moderation-held" },
    Saying { name: "moderation.hidden", key: "saying-moderation-hidden" },
    Saying { name: "moderation.restored", key: "saying-moderation-restored" },
    Saying { name: "moderation.released", key: "saying-moderation-released" },
    Saying { name: "moderation.dismissed", key: "saying-moderation-dismissed" },
    Saying { name: "moderation.warned", key: "saying-moderation-warned" },
    Saying { name: "moderation.appealed", key: "saying-moderation-appealed" },
    Saying { name: "moderation.upheld", key: "saying-moderation-upheld" },
    Saying { name: "moderation.overturned", key: "saying-moderation-overturned" },
];
