//! What residents applied for.

use civic::Language;
use web::manifest::Activity;

/// The words of [`ACTIVITY`].
pub const MESSAGES: [(Language, &str); 3] = [
    (Language::En, include_str!("../messages/en/activity.ftl")),
    (Language::Es, include_str!("../messages/es/activity.ftl")),
    (Language::Ar, include_str!("../messages/ar/activity.ftl")),
];

/// What a person finds again under their account.
pub const ACTIVITY: &[Activity] = &[Activity {
    kind: "application",
    key: "activity-application",
    from: "applications where person_id = $1",
    at: "filed_at",
    place: "code",
    subject: ("'application'", "code"),
    about: ("'service'", "service"),
    words: "''",
}];
