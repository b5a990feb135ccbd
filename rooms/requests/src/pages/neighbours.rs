//! Neighbours say on the public page that a resolved matter is not fixed.

use super::show;
use crate::{commands::say_not_fixed, views::Eyes};
use axum::extract::State;
use web::{
    Answer, Stop, Town, Visit, Wants,
    answer::{json, see_other_saying},
    forms::{FormErrors, Submission},
    visit::Path,
};

/// POST /requests/{code}/not-fixed
pub async fn not_fixed(State(town): State<Town>, visit: Visit, Path(code): Path<String>, form: Submission) -> Answer {
    let reason = form.text("reason").unwrap_or_default().to_owned();
    match say_not_fixed(&town, visit.actor.clone(), code.clone(), reason.clone()).await {
        Ok(request) if visit.wants != Wants::Html => json(&Eyes::new(&town, visit.t.language()).row(&request)),
        Ok(request) if request.state.is_open() => see_other_saying(&show::path(&code), "flash-own-reopened"),
        Ok(_) => see_other_saying(&show::path(&code), "flash-not-fixed"),
        // What was typed stays on the page.
        Err(Stop::Refused(refusals)) if visit.wants == Wants::Html => {
            let errors = FormErrors::of(&refusals, &visit.t);
            show::page_again(&town, &visit, code, reason, errors, refusals[0].status).await
        }
        Err(stop) => Err(stop),
    }
}
