//! What residents answered, as long as it is known who did; not how.

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
    kind: "survey",
    key: "activity-survey",
    from: "survey_answers where sent is not null and person_id = $1",
    at: "updated_at",
    place: "survey",
    subject: ("'survey'", "survey"),
    about: ("'survey'", "survey"),
    words: "''",
}];
