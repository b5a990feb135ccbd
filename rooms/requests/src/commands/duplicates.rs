//! An officer merges requests that say the same, separates them again, or says that two are not the same.

use super::{Applied, apply};
use crate::{
    acts,
    decide::{decide_merge, decide_separate},
    model::ServiceRequest,
    room::Books,
    store,
};
use civic::{Actor, Code, Moment};
use commons::links::{Link, Relation};
use database::{Done, OffRecord, Tx};
use web::{Refusal, Stop, Town};

/// What an officer says about duplicates.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DuplicateAct {
    /// It says the same as another, which goes on.
    Merge {
        /// The other, as its code was typed.
        into: String,
    },
    /// It does not say the same after all.
    Separate {
        /// Why.
        reason: String,
    },
    /// It does not say the same as another that was suggested, or may be suggested again.
    SetAside {
        /// The other.
        other: String,
        /// Whether to take it back.
        again: bool,
    },
}

/// Does it.
///
/// # Errors
/// `NotFound` where the officer's mandate does not reach; `changed-meanwhile` (409) for an old form; refusals of the decision.
pub async fn act_on_duplicate(
    town: &Town,
    actor: Actor,
    code: &str,
    seen_version: Option<i64>,
    act: DuplicateAct,
) -> Result<ServiceRequest, Stop> {
    let (now, chance, books) = (town.now(), town.chance_handle(), town.part::<Books>().clone());
    let code = code.to_owned();
    town.db()
        .write(move |tx| match act {
            DuplicateAct::SetAside { other, again } => set_aside(tx, &actor, &code, &other, again, now),
            DuplicateAct::Merge { into } => {
                let (mut request, root) = held(tx, &actor, &code, &into)?;
                check_fresh(&request, seen_version)?;
                let change = decide_merge(&request, &root, now)?;
                if !actor.may_for(&acts::ANSWER, Some(root.organisation)) {
                    let refusal = Refusal::new("merge-not-yours").at("into").with("code", root.code.as_str());
                    return Err(refusal
                        .with("organisation", books.organisation_name(root.organisation, actor.language))
                        .into());
                }
                commons::links::link(tx, &link(&request, &root), now)?;
                let agency = books.organisation_code(request.organisation);
                let applied = apply(tx, &mut request, change, &actor, &agency, now, &*chance)?;
                super::desk::finish(tx, applied, request)
            }
            DuplicateAct::Separate { reason } => {
                let mut request = reachable(tx, &actor, &code)?;
                check_fresh(&request, seen_version)?;
                let change = decide_separate(&request, &reason)?;
                if let Some(of) = request.state.duplicate_of() {
                    let of = store::by_code(tx, of.as_str())?.ok_or(Stop::NotFound)?;
                    commons::links::unlink(tx, &link(&request, &of))?;
                    // Whoever separated them does not want to be told the same again.
                    store::set_aside(tx, request.code.as_str(), of.code.as_str(), false, now)?;
                }
                let agency = books.organisation_code(request.organisation);
                let applied: Applied = apply(tx, &mut request, change, &actor, &agency, now, &*chance)?;
                super::desk::finish(tx, applied, request)
            }
        })
        .await
}

fn link(request: &ServiceRequest, root: &ServiceRequest) -> Link {
    Link { from: request.subject(), relation: Relation::DuplicateOf, to: root.subject() }
}

/// Both requests, held against change in the order of their codes, so that two officers who merge the same two in both
/// directions wait for each other and never for ever.
fn held(tx: &mut Tx<'_>, actor: &Actor, code: &str, into: &str) -> Result<(ServiceRequest, ServiceRequest), Stop> {
    let unknown = || Stop::from(Refusal::new("merge-unknown").at("into"));
    let into: Code = into.parse().map_err(|_| unknown())?;
    let typed = store::by_code(tx, into.as_str())?.ok_or_else(unknown)?;
    let root = store::root_of(tx, typed)?.code.to_string();
    let mut codes = [code, root.as_str()];
    codes.sort_unstable();
    for one in codes {
        store::by_code_to_change(tx, one)?;
    }
    let request = reachable(tx, actor, code)?;
    let root = store::by_code(tx, &root)?.ok_or(Stop::NotFound)?;
    // Somebody merged it meanwhile: what was looked at is no root any more.
    if root.state.duplicate_of().is_some() && root.id != request.id {
        return Err(Refusal::conflict("changed-meanwhile").into());
    }
    Ok((request, root))
}

fn reachable(tx: &mut Tx<'_>, actor: &Actor, code: &str) -> Result<ServiceRequest, Stop> {
    let request = store::by_code_to_change(tx, code)?.ok_or(Stop::NotFound)?;
    if actor.may_for(&acts::ANSWER, Some(request.organisation)) { Ok(request) } else { Err(Stop::NotFound) }
}

fn check_fresh(request: &ServiceRequest, seen_version: Option<i64>) -> Result<(), Stop> {
    match seen_version {
        Some(seen) if seen != request.version => Err(Refusal::conflict("changed-meanwhile").into()),
        _ => Ok(()),
    }
}

fn set_aside(
    tx: &mut Tx<'_>,
    actor: &Actor,
    code: &str,
    other: &str,
    again: bool,
    now: Moment,
) -> Result<Done<ServiceRequest>, Stop> {
    let request = reachable(tx, actor, code)?;
    let other = store::by_code(tx, other)?.filter(|other| other.id != request.id);
    let other = other.ok_or_else(|| Refusal::new("merge-unknown").at("into"))?;
    if again {
        store::suggest_again(tx, code, other.code.as_str())?;
    } else {
        store::set_aside(tx, code, other.code.as_str(), false, now)?;
    }
    tx.commit(OffRecord("which suggestions are set aside is the desk's own work"), request).map_err(Stop::from)
}
