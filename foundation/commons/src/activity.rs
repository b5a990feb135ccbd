//! What people wrote under matters.

use web::manifest::Activity;

/// What a person finds again under their account.
pub const ACTIVITY: &[Activity] = &[Activity {
    kind: "comment",
    key: "activity-comment",
    from: "comments where gone = false and author_id = $1",
    at: "at",
    place: "id",
    subject: ("'comment'", "id"),
    about: ("subject_kind", "subject_id"),
    words: "body",
}];
