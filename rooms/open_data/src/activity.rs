//! What people told those who publish.

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
        kind: "data-request",
        key: "activity-data-request",
        from: "data_notes where kind = 'request' and person_id = $1",
        at: "made_at",
        place: "code",
        subject: ("'data-request'", "code"),
        about: ("'data-request'", "code"),
        words: "title",
    },
    Activity {
        kind: "data-issue",
        key: "activity-data-issue",
        from: "data_notes where kind = 'issue' and person_id = $1",
        at: "made_at",
        place: "code",
        subject: ("'dataset-issue'", "code"),
        about: ("'dataset-issue'", "code"),
        words: "title",
    },
    Activity {
        kind: "data-reuse",
        key: "activity-data-reuse",
        from: "data_notes where kind = 'reuse' and person_id = $1",
        at: "made_at",
        place: "code",
        subject: ("'dataset-reuse'", "code"),
        about: ("'dataset-reuse'", "code"),
        words: "title",
    },
    Activity {
        kind: "data-support",
        key: "activity-data-support",
        from: "data_note_supports where person_id = $1",
        at: "at",
        place: "note",
        subject: ("'data-request'", "note"),
        about: ("'data-request'", "note"),
        words: "''",
    },
];
