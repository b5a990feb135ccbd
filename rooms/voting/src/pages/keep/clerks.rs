//! Who may enter ballots on paper, vote by vote.

use super::show_edit;
use crate::commands::{end_clerk, name_clerk, vote_of};
use axum::extract::State;
use web::{
    Answer, Stop, Town, Visit,
    answer::see_other_saying,
    forms::{FormErrors, Submission},
    visit::Path,
};

/// POST /admin/votes/{code}/clerks: names the officer with this address.
pub async fn name(State(town): State<Town>, visit: Visit, Path(code): Path<String>, form: Submission) -> Answer {
    let vote = vote_of(&town, &code).await?;
    match name_clerk(&town, visit.actor.clone(), &code, form.text("clerk").unwrap_or_default()).await {
        Ok(()) => see_other_saying(&format!("/admin/votes/{}", vote.code), "flash-vote-clerks"),
        Err(Stop::Refused(refusals)) => show_edit(&town, &visit, &vote, FormErrors::of(&refusals, &visit.t)).await,
        Err(other) => Err(other),
    }
}

/// POST /admin/votes/{code}/clerks/end: takes one off, by pseudonym.
pub async fn end(State(town): State<Town>, visit: Visit, Path(code): Path<String>, form: Submission) -> Answer {
    let vote = vote_of(&town, &code).await?;
    end_clerk(&town, visit.actor.clone(), &code, form.text("clerk").unwrap_or_default()).await?;
    see_other_saying(&format!("/admin/votes/{}", vote.code), "flash-vote-clerks")
}
