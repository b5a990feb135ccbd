//! What the side of a case says of it.

use crate::model::Application;
use web::{Town, Visit};

/// When it came, how, in which language, who looks after it.
pub(super) fn facts(town: &Town, visit: &Visit, one: &Application) -> Vec<(String, String)> {
    let t = &visit.t;
    let district = one
        .district
        .as_deref()
        .map(|code| town.part::<places::Districts>().name(code).unwrap_or_else(|| code.to_owned()));
    let mut facts = vec![
        ("sv-filed", visit.date_time(one.filed_at)),
        ("sv-due", visit.date_time(one.due_at)),
        ("sv-channel", t.say(&format!("sv-channel-{}", one.channel.word())).to_owned()),
        ("sv-language", one.language.own_name().to_owned()),
    ];
    facts.extend(district.map(|district| ("sv-district", district)));
    if !one.clerk.is_empty() {
        facts.push(("sv-entered", one.clerk.clone()));
    }
    if !one.officer.is_empty() {
        facts.push(("sv-officer", one.officer.clone()));
    }
    if let Some(email) = &one.email {
        facts.push(("sv-email", email.as_str().to_owned()));
    }
    if one.is_simulated {
        facts.push(("sv-origin", t.say("sv-simulated").to_owned()));
    }
    facts.into_iter().map(|(key, value)| (t.say(key).to_owned(), value)).collect()
}
