//! What the room does: load facts, decide, save, record, commit. One act, one transaction, one entry.

mod amending;
mod answering;
mod documents;
mod groups;
mod importing;
mod joining;
mod processes;
mod splitting;
mod taking_part;
mod writing;

pub use amending::{Changed, amend, settle_amendment};
pub use answering::{Answer, evaluate, merge, separate};
pub use documents::{add_document, draft_document, may_add, remove_document};
pub use groups::{SeenGroup, ask_into_group, asked_into, form_group, join_group, leave_group, seen_group};
pub use importing::{ImportReport, import_comments, import_proposals, undo_import};
pub use joining::{asked_to, email_of, invite, join};
pub use processes::{Moved, NewProcess, create_process, publish_process, save_process};
pub use splitting::split;
pub use taking_part::{Supported, argue, endorse, support};
pub use writing::{Edited, Submitted, edit, propose, save_draft, submit, withdraw};
use writing::{author, must_be_shown, replace};

use crate::{decide::Scene, joining::scene, model::Proposal, moderated, store};
use civic::{Actor, Moment, PersonId};
use database::Tx;
use sha2::{Digest, Sha256};
use web::{Refusal, Stop, Town};

/// The shortest code, in characters after the letter; it grows when codes run out.
const CODE_LENGTH: usize = 4;

/// What a stored secret is compared with: its SHA-256 in hexadecimal.
pub fn hash_of(secret: &str) -> String {
    hex::encode(Sha256::digest(secret.as_bytes()))
}

/// The account of who acts; programs without one cannot be counted once.
pub fn person_of(actor: &Actor) -> Result<PersonId, Stop> {
    actor.person.ok_or_else(|| Refusal::new("proposal-needs-account").into())
}

/// Since when there is the account of who acts.
fn account_since(tx: &mut Tx<'_>, person: PersonId) -> Result<Moment, Stop> {
    let account = people::accounts::by_id(tx, person)?.ok_or(Stop::SignIn)?;
    Ok(account.created_at)
}

/// A public proposal, held against change, with its process and the present moment.
fn public_to_change(town: &Town, tx: &mut Tx<'_>, code: &str) -> Result<(Proposal, Scene), Stop> {
    let proposal =
        store::by_code_to_change(tx, code)?.filter(|one| one.submitted_at.is_some()).ok_or(Stop::NotFound)?;
    let scene = scene_of(town, tx, &proposal)?;
    Ok((proposal, scene))
}

/// A public proposal to read.
fn public(town: &Town, tx: &mut Tx<'_>, code: &str) -> Result<(Proposal, Scene), Stop> {
    let proposal = moderated::public(tx, code)?.ok_or(Stop::NotFound)?;
    let scene = scene_of(town, tx, &proposal)?;
    Ok((proposal, scene))
}

fn scene_of(town: &Town, tx: &mut Tx<'_>, proposal: &Proposal) -> Result<Scene, Stop> {
    let process = store::published(tx, &proposal.process)?.ok_or(Stop::NotFound)?;
    Ok(scene(town, tx, process)?)
}
