//! The officer's desk.

mod bulk;
mod duplicates;
mod forwarded;
mod inbox;
mod kept;
mod matter;
mod publishing;
mod read_act;
mod suggestions;

pub use bulk::{BULK_ACTS, BulkView, PICKED_LIMIT, bulk};
pub use duplicates::{merge, not_same, separate};
pub use forwarded::forward_again;
pub use inbox::inbox;
pub(super) use inbox::organisation_choices;
pub(crate) use inbox::own_organisations;
pub use kept::keep;
pub use matter::{MatterView, matter};
pub use publishing::{publish, publish_doc};
pub use suggestions::reject;

use crate::{
    commands::{DeskCommand, act_at_desk},
    room::Books,
    views::Eyes,
};
use axum::extract::State;
use matter::Typed;
use web::{
    Answer, Stop, Town, Visit, Wants,
    answer::{json, see_other_saying},
    forms::{FormErrors, Submission},
    visit::Path,
};

/// POST /desk/{code}/{act}
pub async fn act(
    State(town): State<Town>,
    visit: Visit,
    Path((code, word)): Path<(String, String)>,
    form: Submission,
) -> Answer {
    let done = match read_act::read_with_photo(&town, &code, &word, &form).await {
        Ok((act, photo)) => {
            let seen_version = form.text("version").and_then(|text| text.parse().ok());
            let command = DeskCommand {
                code: code.clone(),
                seen_version: seen_version.filter(|_| !read_act::adds_only(&act)),
                act,
                photo,
            };
            act_at_desk(&town, visit.actor.clone(), command).await
        }
        Err(stop) => Err(stop),
    };
    if done.is_ok() && matches!(word.as_str(), "category" | "pass") {
        town.part::<Books>().learned().renew().await;
    }
    match done {
        Ok(request) if visit.wants != Wants::Html => json(&Eyes::new(&town, visit.t.language()).row(&request)),
        Ok(request) => {
            let left = !super::show::may_answer(&visit.actor, &request);
            let to = if left { "/desk".to_owned() } else { format!("/desk/{code}") };
            see_other_saying(&to, flash(&word))
        }
        // What was typed stays on the page, beside what the matter looks like now.
        Err(Stop::Refused(refusals)) if visit.wants == Wants::Html => {
            let status = refusals.first().map_or(axum::http::StatusCode::CONFLICT, |refusal| refusal.status);
            let errors = FormErrors::of(&refusals, &visit.t);
            matter::show(&town, &visit, code, Typed::of(&form, &word), errors, status).await
        }
        Err(stop) => Err(stop),
    }
}

/// The sentence that says what was done.
fn flash(word: &str) -> &'static str {
    match word {
        "take" | "assign" => "flash-assigned",
        "pass" => "flash-passed",
        "answer" => "flash-answered",
        "note" => "flash-noted",
        "category" => "flash-recategorised",
        "place" => "flash-relocated",
        "redact" => "flash-redacted",
        "extend" => "flash-extended",
        "ask" => "flash-asked",
        "continue" => "flash-continued",
        "resolve" => "flash-resolved",
        "decline" => "flash-declined",
        _ => "flash-reopened",
    }
}
