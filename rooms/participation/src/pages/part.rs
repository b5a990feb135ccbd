//! Supporting, arguing, endorsing, joining, taking back: each a form on the page of a proposal.

use crate::{
    commands,
    decide::Side,
    model::{PROPOSAL, Proposal},
    store,
};
use axum::extract::State;
use commons::moderation::Seen;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use web::{
    Answer, Frame, Stop, Town, Visit, Wants,
    answer::{json, page, see_other, see_other_saying},
    forms::Submission,
    limits::Gates,
    visit::{Path, Query},
};

/// How many support a proposal, for machines.
#[derive(Debug, Serialize, JsonSchema)]
pub struct SupportView {
    /// Its reference.
    pub code: String,
    /// How many support it now.
    pub supports: i64,
    /// The sum of their grades.
    pub points: i64,
    /// By when the town owes an answer, where it does (RFC 3339).
    pub answer_due_at: Option<String>,
}

/// POST /proposals/{code}/support
pub async fn support(State(town): State<Town>, visit: Visit, Path(code): Path<String>, form: Submission) -> Answer {
    let leaves = form.is_ticked("leave");
    let given = if leaves { commands::Supported::No } else { commands::Supported::Yes { grade: grade(&form) } };
    let proposal = commands::support(&town, visit.actor.clone(), code, given).await?;
    if visit.wants != Wants::Html {
        let answer_due_at = proposal.answer_due_at.map(civic::Moment::rfc3339);
        let (supports, points) = (proposal.supports, proposal.points);
        return json(&SupportView { code: proposal.code.to_string(), supports, points, answer_due_at });
    }
    back(&proposal, "", if leaves { "flash-support-taken-back" } else { "flash-supported" })
}

/// What was chosen; what is no number is none of the grades.
fn grade(form: &Submission) -> Option<i64> {
    form.text("grade").map(|text| text.parse().unwrap_or(0))
}

fn back(proposal: &Proposal, anchor: &str, flash: &'static str) -> Answer {
    see_other_saying(&format!("/proposals/{}{anchor}", proposal.code), flash)
}

/// POST /proposals/{code}/arguments
pub async fn argue(State(town): State<Town>, visit: Visit, Path(code): Path<String>, form: Submission) -> Answer {
    let side: Side = match form.text("side").unwrap_or_default().parse() {
        Ok(side) => side,
        // Who asks for what is not there hears nothing of the form.
        Err(refusal) => return exists(&town, code).await.and(Err(Stop::from(refusal))),
    };
    let text = form.raw("argument").unwrap_or_default().to_owned();
    let (id, seen) = commands::argue(&town, visit.actor.clone(), code.clone(), side, text).await?;
    if visit.wants != Wants::Html {
        return json(&serde_json::json!({"argument": id, "held": seen == Seen::Held}));
    }
    let flash = if seen == Seen::Held { "flash-argument-held" } else { "flash-argument" };
    see_other_saying(&format!("/proposals/{code}#arguments"), flash)
}

/// Whether there is such a public proposal.
async fn exists(town: &Town, code: String) -> Result<(), Stop> {
    town.db().read(move |tx| crate::moderated::public(tx, &code)?.map(|_| ()).ok_or(Stop::NotFound)).await
}

/// GET /arguments/{id}: leads to its place on the page of its proposal.
pub async fn argument(State(town): State<Town>, Path(id): Path<String>) -> Answer {
    let found = town.db().read(move |tx| store::argument(tx, &id)?.ok_or(Stop::NotFound)).await?;
    see_other(&format!("/{}s/{}#argument-{}", PROPOSAL.0, found.proposal, found.id))
}

/// POST /proposals/{code}/endorse
pub async fn endorse(State(town): State<Town>, visit: Visit, Path(code): Path<String>, form: Submission) -> Answer {
    let organisation = form.text("organisation").unwrap_or_default().to_owned();
    let leaves = form.is_ticked("leave");
    let proposal = commands::endorse(&town, visit.actor.clone(), code, organisation, leaves).await?;
    back(&proposal, "", if leaves { "flash-unendorsed" } else { "flash-endorsed" })
}

/// POST /proposals/{code}/withdraw
pub async fn withdraw(State(town): State<Town>, visit: Visit, Path(code): Path<String>) -> Answer {
    let proposal = commands::withdraw(&town, visit.actor.clone(), code).await?;
    back(&proposal, "", "flash-proposal-withdrawn")
}

/// POST /proposals/{code}/invite
pub async fn invite(State(town): State<Town>, visit: Visit, Path(code): Path<String>, form: Submission) -> Answer {
    let person = visit.actor.person;
    let asked = code.clone();
    let draft = town
        .db()
        .read(move |tx| {
            let proposal = store::by_code(tx, &asked)?.ok_or(Stop::NotFound)?;
            let decides = store::decides(tx, &asked, person)?;
            if decides || proposal.submitted_at.is_some() {
                Ok(proposal.submitted_at.is_none())
            } else {
                Err(Stop::NotFound)
            }
        })
        .await?;
    let email = commands::email_of(form.text("email").unwrap_or_default())?;
    town.part::<Gates>().mail(visit.address)?;
    commands::invite(&town, visit.actor.clone(), code.clone(), email).await?;
    let page = if draft { format!("/proposals/{code}/edit") } else { format!("/proposals/{code}") };
    see_other_saying(&page, "flash-invited")
}

/// The key of a mail.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Key {
    pub(super) key: String,
}

#[derive(askama::Template)]
#[template(path = "proposal_join.html")]
struct JoinPage {
    frame: Frame,
    code: String,
    title: String,
    key: String,
}

/// GET /proposals/{code}/join: a page with a button, because mail scanners follow links too.
pub async fn asked(
    State(town): State<Town>,
    visit: Visit,
    Path(code): Path<String>,
    Query(Key { key }): Query<Key>,
) -> Answer {
    let (of, with) = (code.clone(), key.clone());
    let found = town.db().read(move |tx| commands::asked_to(tx, &of, &with)).await.map_err(Stop::from)?;
    let proposal = found.ok_or(Stop::NotFound)?;
    let frame = Frame::new(&town, &visit, visit.t.say("proposal-join"));
    page(&JoinPage { frame, title: proposal.headline().to_owned(), code, key })
}

/// POST /proposals/{code}/join
pub async fn join(State(town): State<Town>, visit: Visit, Path(code): Path<String>, form: Submission) -> Answer {
    let key = form.text("key").unwrap_or_default().to_owned();
    let proposal = commands::join(&town, visit.actor.clone(), code, key).await?;
    let page = if proposal.submitted_at.is_some() { "" } else { "/edit" };
    see_other_saying(&format!("/proposals/{}{page}", proposal.code), "flash-joined")
}
