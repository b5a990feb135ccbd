//! The reporter acts on their own report.

use super::{Applied, apply, desk::finish, hash_of};
use crate::{
    decide::{OwnAct, OwnFacts, decide_own, may_withdraw},
    model::ServiceRequest,
    room::Books,
    store, unpublished,
};
use civic::Actor;
use web::{Stop, Town};

/// What shows that a report is one's own: its secret, or the account it was made with.
#[derive(Debug, Clone)]
pub struct OwnKey {
    /// The request's code.
    pub code: String,
    /// The secret of the private link, when it was given.
    pub secret: Option<String>,
}

impl OwnKey {
    /// The request, when the key fits; otherwise it might as well not exist.
    ///
    /// # Errors
    /// `NotFound`.
    pub fn open(&self, tx: &mut database::Tx<'_>, actor: &Actor) -> Result<ServiceRequest, Stop> {
        let request = store::by_code(tx, &self.code)?.ok_or(Stop::NotFound)?;
        let by_account = actor.person.is_some() && actor.person == request.reporter_id;
        let by_secret = match &self.secret {
            Some(secret) if !secret.is_empty() => store::is_own_secret(tx, request.id, &hash_of(secret))?,
            _ => false,
        };
        if by_account || by_secret { Ok(request) } else { Err(Stop::NotFound) }
    }
}

/// Edits, withdraws, or opens again one's own report.
///
/// # Errors
/// `NotFound` without the key; refusals of the decision.
pub fn act_on_own(
    town: &Town,
    actor: Actor,
    key: OwnKey,
    act: OwnAct,
) -> impl Future<Output = Result<ServiceRequest, Stop>> + Send + 'static {
    let (now, chance, db) = (town.now(), town.chance_handle(), town.db().clone());
    let (books, calendar) = (town.part::<Books>().clone(), town.settings().calendar.clone());
    async move {
        db.write(move |tx| {
            key.open(tx, &actor)?;
            let mut request = store::by_code_to_change(tx, &key.code)?.ok_or(Stop::NotFound)?;
            if act == OwnAct::Withdraw {
                // What others said is the same, or affects them too, is not theirs to take back.
                let merged = store::all_merged_into(tx, request.code.as_str())?;
                may_withdraw(store::count_affected(tx, &request, &merged)?)?;
            }
            let facts = OwnFacts {
                request: &request,
                asked: !store::open_question(tx, request.id)?.is_empty(),
                redacted: store::was_redacted(tx, request.id)?,
                reopened_before: store::was_reopened_from_outside(tx, request.id)?,
                promised: books.due_from(&request.category, request.organisation, &calendar, now),
                after_waiting: books.due_after_waiting(&request, &calendar, now),
                now,
            };
            let mut change = decide_own(&facts, act)?;
            let edits = change.description.is_some();
            let waits = books.desk_publishes(&request.category) && (edits || !change.body.is_empty());
            if waits {
                change.detail.insert("held", "desk".to_owned());
            }
            let applied = apply(tx, &mut request, change, &actor, "", now, &*chance)?;
            if let (true, Applied::Public(entry)) = (waits, &applied) {
                if edits {
                    unpublished::hold_report(tx, &request, now, &*chance)?;
                }
                unpublished::hold_said(tx, &request, &entry.id().text(), now, &*chance)?;
                request = store::by_code(tx, &key.code)?.ok_or(Stop::NotFound)?;
            }
            finish(tx, applied, request)
        })
        .await
    }
}
