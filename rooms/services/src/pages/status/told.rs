//! What an application's page says of where it stands, and of what was done.

use crate::{
    model::{Application, Outcome, State as Standing, Step as Said},
    versions,
};
use web::{
    Visit,
    parts::{Step, StepState},
};

/// Where it stands, for programs of the applicant.
pub(in crate::pages) fn status_json(one: &Application) -> serde_json::Value {
    serde_json::json!({
        "code": one.code, "service": one.service, "number": one.number,
        "version_url": versions::page_of(&one.service, one.number), "channel": one.channel.word(),
        "entered_by": Some(one.clerk.as_str()).filter(|clerk| !clerk.is_empty()), "state": one.state.word(),
        "outcome": one.state.outcome().map(Outcome::word), "filed_at": one.filed_at.rfc3339(),
        "due_at": one.due_at.rfc3339(), "reasons": if one.state.outcome().is_some() { one.reasons.as_str() } else { "" },
        "granted_cents": one.state.outcome().and(one.grant.cents),
        "granted_why": if one.state.outcome().is_some() { one.grant.why.as_str() } else { "" },
        "missing": if let Standing::Incomplete { missing } = &one.state { missing.as_str() } else { "" },
        "appeal_until": one.appeal_until.map(|until| until.rfc3339()), "answers": one.answers,
    })
}

/// What happens next, and by when.
pub(super) fn next(visit: &Visit, one: &Application) -> String {
    let t = &visit.t;
    let key = format!("sv-next-{}", one.state.word());
    let date = match one.state {
        Standing::Decided { .. } => one.appeal_until.unwrap_or(one.state_at),
        Standing::Closed { .. } | Standing::Withdrawn => one.state_at,
        _ => one.due_at,
    };
    t.with1(&key, "date", visit.date(date))
}

/// What was done, without what only the office reads.
pub(super) fn timeline(visit: &Visit, steps: &[Said]) -> Vec<Step> {
    let t = &visit.t;
    let shown: Vec<&Said> = steps.iter().filter(|step| !step.is_internal || step.what == "assigned").collect();
    let last = shown.len().saturating_sub(1);
    let step = |(at, step): (usize, &&Said)| Step {
        state: match step.what.as_str() {
            "decided" | "appeal-decided" => StepState::Official,
            _ if at == last => StepState::Now,
            _ => StepState::Done,
        },
        title: t.say(&format!("sv-step-{}", step.what)).to_owned(),
        // Whoever entered it for somebody else is named.
        detail: match step.what.as_str() {
            "filed" if step.actor != "applicant" => {
                t.with2("sv-entered-by", "by", step.actor.as_str(), "date", visit.date_time(step.at))
            }
            _ => visit.date_time(step.at),
        },
    };
    shown.iter().enumerate().map(step).collect()
}
