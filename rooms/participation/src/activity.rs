//! What residents proposed, supported and argued.

use civic::Language;
use web::manifest::Activity;

/// The words of [`ACTIVITY`].
pub const MESSAGES: [(Language, &str); 3] = [
    (Language::En, include_str!("../messages/en/activity.ftl")),
    (Language::Es, include_str!("../messages/es/activity.ftl")),
    (Language::Ar, include_str!("../messages/ar/activity.ftl")),
];

/// What a person finds again under their account.
pub const ACTIVITY: &[Activity] = &[
    Activity {
        kind: "proposal",
        key: "activity-proposal",
        from: "proposal_authors a join proposals p on p.code = a.proposal where p.submitted_at is not null and a.person_id = $1",
        at: "a.at",
        place: "a.proposal",
        subject: ("'proposal'", "a.proposal"),
        about: ("'proposal'", "a.proposal"),
        words: "''",
    },
    Activity {
        kind: "support",
        key: "activity-support",
        from: "proposal_supports where person_id = $1",
        at: "at",
        place: "proposal",
        subject: ("'proposal'", "proposal"),
        about: ("'proposal'", "proposal"),
        words: "''",
    },
    Activity {
        kind: "argument",
        key: "activity-argument",
        from: "proposal_arguments where author_id = $1",
        at: "at",
        place: "id",
        subject: ("'argument'", "id"),
        about: ("'proposal'", "proposal"),
        words: "body",
    },
    Activity {
        kind: "amendment",
        key: "activity-amendment",
        from: "proposal_amendments where author_id = $1",
        at: "at",
        place: "code",
        subject: ("'amendment'", "code"),
        about: ("'proposal'", "proposal"),
        words: "title",
    },
];
