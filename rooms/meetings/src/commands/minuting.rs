//! What was said and decided is published; what a decision answers is linked to it.

use super::{first_language, is_there, keep, own_meeting};
use crate::{
    decide::check_minutes,
    model::{Meeting, Minutes},
};
use civic::{Actor, Moment, Subject};
use commons::links::{Link, Relation, link, unlink};
use database::{DbError, Tx};
use record::Entry;
use serde_json::json;
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use web::{Refusal, Stop, Town};

/// Publishes minutes, or better ones in their place.
///
/// # Errors
/// Refusals of [`check_minutes`]; `meeting-decision` for what nobody can find; `NotAllowed`.
pub async fn publish_minutes(town: &Town, actor: Actor, code: String, minutes: Minutes) -> Result<Meeting, Stop> {
    let own = town.clone();
    town.db()
        .write(move |tx| {
            let now = own.now();
            let mut meeting = own_meeting(tx, &actor, &code)?;
            check_minutes(&meeting, &minutes, first_language(&own), now).map_err(Stop::Refused)?;
            for subject in minutes.decisions.iter().filter_map(|one| one.about.as_ref()) {
                if !is_there(&own, tx, subject)? {
                    let which = subject.to_string();
                    return Err(Refusal::new("meeting-decision").at("decisions").with("which", which).into());
                }
            }
            let before = meeting.minutes.as_ref().map(|(_, minutes)| answered(minutes)).unwrap_or_default();
            relink(tx, &meeting, &before, &answered(&minutes), now)?;
            let text = serde_json::to_vec(&minutes).map_err(Stop::fault)?;
            let decisions: Vec<_> =
                minutes.decisions.iter().map(|one| one.about.as_ref().map(ToString::to_string)).collect();
            let view = json!({
                "attended": minutes.attended, "decisions": decisions,
                "minutes_sha256": hex::encode(Sha256::digest(text)),
            });
            meeting.minutes = Some((now, minutes));
            let version = meeting.version;
            keep(tx, &mut meeting, version, now)?;
            let said = Entry::about(meeting.subject(), "meeting.minuted", &actor, now, own.chance());
            tx.commit(said.publicly(&view)?, meeting).map_err(Stop::from)
        })
        .await
}

fn answered(minutes: &Minutes) -> BTreeSet<Subject> {
    minutes.decisions.iter().filter_map(|one| one.about.clone()).collect()
}

fn relink(
    tx: &mut Tx<'_>,
    meeting: &Meeting,
    before: &BTreeSet<Subject>,
    now_answered: &BTreeSet<Subject>,
    now: Moment,
) -> Result<(), DbError> {
    let of = |to: &Subject| Link { from: meeting.subject(), relation: Relation::Answers, to: to.clone() };
    for gone in before.difference(now_answered) {
        unlink(tx, &of(gone))?;
    }
    for new in now_answered.difference(before) {
        link(tx, &of(new), now)?;
    }
    Ok(())
}
