//! A draft is shown to residents, shown no longer, and takes over what somebody proposed.

use super::{
    parts::{DRAFT, question_of, replaced, unfenced, within},
    question::{QuestionChange, with_change},
    store::{self, Trial},
};
use crate::{acts, commands, model::Service};
use civic::{Actor, Subject};
use commons::comments;
use database::{DbError, Tx};
use record::Entry;
use serde_json::json;
use web::{Refusal, Stop, Town};

fn own(tx: &mut Tx<'_>, actor: &Actor, code: &str) -> Result<Service, Stop> {
    let found = crate::store::service_to_change(tx, code)?;
    found.filter(|one| actor.may_for(&acts::KEEP, Some(one.organisation))).ok_or(Stop::NotFound)
}

/// Shows the draft as it is written now.
///
/// # Errors
/// `NotFound` where the actor's mandate does not reach; `trial-empty` without questions and rules; `service-stale`.
pub async fn show(town: &Town, actor: Actor, code: String, seen_version: i64) -> Result<Trial, Stop> {
    let (now, chance) = (town.now(), town.chance_handle());
    town.db()
        .write(move |tx| {
            let service = own(tx, &actor, &code)?;
            if service.version != seen_version {
                return Err(Refusal::conflict("service-stale").into());
            }
            if service.draft.form.pages.is_empty() && service.draft.rules.trim().is_empty() {
                return Err(Refusal::new("trial-empty").into());
            }
            let number = store::trial(tx, &code)?.map_or(0, |before| before.number) + 1;
            let trial = Trial { service: code.clone(), at: now, definition: service.draft, is_open: true, number };
            store::put(tx, &trial, &actor.handle)?;
            let about = Subject::new(DRAFT, code.clone());
            let entry = Entry::about(about, "service.draft-shown", &actor, now, &*chance)
                .publicly(&json!({"service": code, "number": number}))?;
            tx.commit(entry, trial).map_err(Stop::from)
        })
        .await
}

/// Shows the draft no longer.
///
/// # Errors
/// `NotFound` where the mandate does not reach, or nothing is shown.
pub async fn close(town: &Town, actor: Actor, code: String) -> Result<(), Stop> {
    let (now, chance) = (town.now(), town.chance_handle());
    town.db()
        .write(move |tx| {
            own(tx, &actor, &code)?;
            let shown = store::open_trial(tx, &code)?.ok_or(Stop::NotFound)?;
            let number = shown.number;
            store::put(tx, &Trial { is_open: false, ..shown }, &actor.handle)?;
            let about = Subject::new(DRAFT, code.clone());
            let entry = Entry::about(about, "service.draft-closed", &actor, now, &*chance)
                .publicly(&json!({"service": code, "number": number}))?;
            tx.commit(entry, ()).map_err(Stop::from)
        })
        .await
}

/// Takes a rule or a question that a comment proposes over into the draft.
///
/// # Errors
/// `NotFound` where the mandate does not reach, or the comment proposes nothing that is public; `trial-part-gone` where the draft has no
/// such part any more; what [`with_change`] refuses; `service-stale`; what [`commands::save`] finds.
pub async fn take_over(
    town: &Town,
    actor: Actor,
    code: String,
    comment: String,
    seen_version: i64,
) -> Result<Service, Stop> {
    let asked = code.clone();
    let found = town.db().read(move |tx| {
        Ok((
            crate::store::service(tx, &asked)?,
            comments::one_seen_by(tx, &comment, &Actor::visitor(civic::Language::En))?,
        ))
    });
    let (service, comment) = found.await.map_err(|error: DbError| Stop::from(error))?;
    let mut draft = service.ok_or(Stop::NotFound)?.draft;
    let (about, seen) = comment.filter(|(about, _)| about.kind == DRAFT.0).ok_or(Stop::NotFound)?;
    let (of, part) = within(&about.id);
    if of != code || seen.hidden.is_some() {
        return Err(Stop::NotFound);
    }
    let (_, text) = unfenced(part, &seen.comment.text).ok_or(Stop::NotFound)?;
    if let Some(question) = question_of(part) {
        let change = QuestionChange::read(&text).ok_or(Stop::NotFound)?;
        draft.form = with_change(&draft.form, question, &change)?;
    } else {
        draft.rules = replaced(&draft.rules, part, &text).ok_or_else(|| Refusal::conflict("trial-part-gone"))?;
    }
    commands::save(town, actor, code, seen_version, draft).await
}
