//! What residents said became of promises; that they said it, not what.

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
    kind: "helped",
    key: "activity-helped",
    from: "commitment_opinions where who = $1",
    at: "at",
    place: "code",
    subject: ("'commitment'", "code"),
    about: ("'commitment'", "code"),
    words: "''",
}];
