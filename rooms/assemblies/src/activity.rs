//! Assemblies for which residents registered.

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
    kind: "assembly-registration",
    key: "activity-assembly-registration",
    from: "assembly_pool where person_id = $1",
    at: "at",
    place: "assembly",
    subject: ("'assembly'", "assembly"),
    about: ("'assembly'", "assembly"),
    words: "''",
}];
