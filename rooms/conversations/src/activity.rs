//! What residents wrote in conversations. Their answers to statements are kept apart and are no activity.

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
    kind: "statement",
    key: "activity-statement",
    from: "conversation_statements where author_id = $1",
    at: "at",
    place: "conversation || '.' || cast(number as text)",
    subject: ("'statement'", "conversation || '.' || cast(number as text)"),
    about: ("'conversation'", "conversation"),
    words: "words",
}];
