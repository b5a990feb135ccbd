//! What residents reported, and what they joined.

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
        kind: "report",
        key: "activity-report",
        from: "requests where reporter_id = $1",
        at: "opened_at",
        place: "id",
        subject: ("'request'", "code"),
        about: ("'request'", "code"),
        words: "''",
    },
    Activity {
        kind: "me-too",
        key: "activity-me-too",
        from: "request_supporters s join requests r on r.id = s.request_id where s.person_id = $1",
        at: "s.at",
        place: "s.request_id",
        subject: ("'request'", "r.code"),
        about: ("'request'", "r.code"),
        words: "''",
    },
    Activity {
        kind: "not-fixed",
        key: "activity-not-fixed",
        from: "request_not_fixed n join requests r on r.id = n.request_id where n.person_id = $1",
        at: "n.at",
        place: "n.request_id",
        subject: ("'request'", "r.code"),
        about: ("'request'", "r.code"),
        words: "''",
    },
];
