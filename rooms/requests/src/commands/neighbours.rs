//! A neighbour says that a matter is not fixed.

use super::{Applied, apply, desk::finish};
use crate::{
    decide::{OwnFacts, decide_not_fixed},
    model::ServiceRequest,
    room::Books,
    store, unpublished,
};
use civic::Actor;
use web::{Refusal, Stop, Town};

/// Says that a resolved matter is not fixed, once for each person and end; with enough of them it opens again.
///
/// # Errors
/// `NotFound`; `own-report` for the reporter, who has a way of their own; `said-already`; refusals of the decision.
pub fn say_not_fixed(
    town: &Town,
    actor: Actor,
    code: String,
    reason: String,
) -> impl Future<Output = Result<ServiceRequest, Stop>> + Send + 'static {
    let (now, chance, db) = (town.now(), town.chance_handle(), town.db().clone());
    let (books, calendar) = (town.part::<Books>().clone(), town.settings().calendar.clone());
    async move {
        db.write(move |tx| {
            let person = actor.person.ok_or_else(|| Refusal::new("not-fixed-needs-person"))?;
            let mut request = store::by_code_to_change(tx, &code)?.ok_or(Stop::NotFound)?;
            if request.reporter_id == Some(person) {
                return Err(Refusal::conflict("own-report").into());
            }
            let others = store::not_fixed_count(tx, &request)?;
            let facts = OwnFacts {
                request: &request,
                asked: false,
                redacted: false,
                reopened_before: store::was_reopened_from_outside(tx, request.id)?,
                promised: books.due_from(&request.category, request.organisation, &calendar, now),
                after_waiting: None,
                now,
            };
            let mut change = decide_not_fixed(&facts, others, &reason)?;
            let waits = books.desk_publishes(&request.category) && !change.body.is_empty();
            if waits {
                change.detail.insert("held", "desk".to_owned());
            }
            if !store::say_not_fixed(tx, &request, person, now)? {
                return Err(Refusal::conflict("said-already").into());
            }
            let applied = apply(tx, &mut request, change, &actor, "", now, &*chance)?;
            if let (true, Applied::Public(entry)) = (waits, &applied) {
                unpublished::hold_said(tx, &request, &entry.id().text(), now, &*chance)?;
            }
            finish(tx, applied, request)
        })
        .await
    }
}
