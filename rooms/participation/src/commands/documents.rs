//! Authors put files beside their proposal, and take them away again.

use super::{public, public_to_change};
use crate::{
    decide::{self, Scene},
    model::{DOCUMENTS_LIMIT, PhaseAct, Proposal},
    store,
};
use civic::{Actor, FileId};
use commons::documents::{self, Document};
use database::{OffRecord, Tx};
use record::Entry;
use serde_json::json;
use web::{Refusal, Stop, Town};

/// A draft of who acts, held against change; its files are seen by its authors alone.
fn own_draft(tx: &mut Tx<'_>, actor: &Actor, code: &str) -> Result<Option<Proposal>, Stop> {
    let draft = store::by_code_to_change(tx, code)?.filter(|one| one.submitted_at.is_none());
    match draft {
        Some(draft) if store::decides(tx, code, actor.person)? => Ok(Some(draft)),
        Some(_) => Err(Stop::NotFound),
        None => Ok(None),
    }
}

/// Why what is done to a draft is not on the record.
const DRAFT: OffRecord = OffRecord("a draft is its authors' own");

/// The proposal, held against change, while its authors may change its files.
fn scene(town: &Town, tx: &mut Tx<'_>, actor: &Actor, code: &str) -> Result<(Proposal, Scene), Stop> {
    let (proposal, scene) = public_to_change(town, tx, code)?;
    must_be_open(tx, actor, &proposal, &scene)?;
    Ok((proposal, scene))
}

/// Its authors change its files while they may correct it, and nobody else ever.
fn must_be_open(tx: &mut Tx<'_>, actor: &Actor, proposal: &Proposal, scene: &Scene) -> Result<(), Stop> {
    if !store::decides(tx, proposal.code.as_str(), actor.person)? {
        return Err(Stop::NotAllowed);
    }
    decide::decide_withdrawal(proposal)?;
    scene.must_allow(PhaseAct::Submit)?;
    Ok(())
}

/// Whether somebody may put a file beside a proposal, before it is read at all.
///
/// # Errors
/// `NotFound`, `NotAllowed`; refusals of the decision.
pub async fn may_add(town: &Town, actor: Actor, code: String) -> Result<(), Stop> {
    let own = town.clone();
    town.db()
        .read(move |tx| {
            if store::by_code(tx, &code)?.is_some_and(|one| one.submitted_at.is_none()) {
                return if store::decides(tx, &code, actor.person)? { Ok(()) } else { Err(Stop::NotFound) };
            }
            let (proposal, scene) = public(&own, tx, &code)?;
            must_be_open(tx, &actor, &proposal, &scene)
        })
        .await
}

/// Puts a file that was taken in beside a proposal. The record keeps what it is, how large and its hash; what it is called is
/// sealed.
///
/// # Errors
/// `documents-many`; as [`may_add`].
pub async fn add_document(town: &Town, actor: Actor, code: String, document: Document) -> Result<Proposal, Stop> {
    let own = town.clone();
    town.db()
        .write(move |tx| {
            let many = || Refusal::conflict("documents-many").at("document").with("most", DOCUMENTS_LIMIT);
            if let Some(draft) = own_draft(tx, &actor, &code)? {
                if documents::unseen(tx, &draft.subject())?.len() >= DOCUMENTS_LIMIT {
                    return Err(many().into());
                }
                documents::attach_unseen(tx, &document, &draft.subject())?;
                return tx.commit(DRAFT, draft).map_err(Stop::from);
            }
            let (proposal, scene) = scene(&own, tx, &actor, &code)?;
            if documents::of(tx, &proposal.subject())?.len() >= DOCUMENTS_LIMIT {
                return Err(many().into());
            }
            documents::attach(tx, &document, &proposal.subject())?;
            let view = json!({
                "media_type": document.media_type, "bytes": document.size_bytes, "sha256": document.sha256,
            });
            let entry = Entry::about(proposal.subject(), "proposal.file-added", &actor, scene.now, own.chance())
                .publicly(&view)?
                .privately(&json!({"name": document.name}), own.chance())?;
            tx.commit(entry, proposal).map_err(Stop::from)
        })
        .await
}

/// Takes a file away.
///
/// # Errors
/// `NotFound` for a file of another proposal, or one that moderators hid; as [`may_add`].
pub async fn remove_document(town: &Town, actor: Actor, code: String, id: FileId) -> Result<Proposal, Stop> {
    let own = town.clone();
    town.db()
        .write(move |tx| {
            if let Some(draft) = own_draft(tx, &actor, &code)? {
                if !documents::remove_unseen(tx, &draft.subject(), id)? {
                    return Err(Stop::NotFound);
                }
                return tx.commit(DRAFT, draft).map_err(Stop::from);
            }
            let (proposal, scene) = scene(&own, tx, &actor, &code)?;
            let found = documents::of(tx, &proposal.subject())?.into_iter().find(|one| one.id == id);
            let document = found.ok_or(Stop::NotFound)?;
            documents::remove(tx, &proposal.subject(), id)?;
            let entry = Entry::about(proposal.subject(), "proposal.file-removed", &actor, scene.now, own.chance());
            tx.commit(entry.publicly(&json!({"sha256": document.sha256}))?, proposal).map_err(Stop::from)
        })
        .await
}

/// A file of a draft, for its authors: its name, media type and bytes.
///
/// # Errors
/// `NotFound` for everybody else, and for what is no file of it.
pub async fn draft_document(
    town: &Town,
    actor: Actor,
    code: String,
    id: FileId,
) -> Result<(String, String, Vec<u8>), Stop> {
    town.db()
        .read(move |tx| {
            let draft = store::by_code(tx, &code)?.filter(|one| one.submitted_at.is_none()).ok_or(Stop::NotFound)?;
            if !store::decides(tx, &code, actor.person)? {
                return Err(Stop::NotFound);
            }
            documents::unseen_content(tx, &draft.subject(), id)?.ok_or(Stop::NotFound)
        })
        .await
}
