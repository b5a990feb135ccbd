//! A steward makes two proposals of one.

use crate::{acts, commands, model::Proposal, store};
use axum::{extract::State, http::StatusCode};
use web::{
    Answer, Frame, Stop, Town, Visit,
    answer::{page_with, see_other_saying},
    forms::{FormErrors, Submission},
    parts::Crumb,
    visit::Path,
};

#[derive(askama::Template)]
#[template(path = "proposal_split.html")]
struct SplitPage {
    frame: Frame,
    errors: FormErrors,
    crumbs: Vec<Crumb>,
    code: String,
    whole: String,
    title: String,
    text: String,
}

/// The proposal, for who leads its process.
async fn own(town: &Town, visit: &Visit, code: String) -> Result<Proposal, Stop> {
    let actor = visit.actor.clone();
    town.db()
        .read(move |tx| {
            let proposal = crate::moderated::public(tx, &code)?.ok_or(Stop::NotFound)?;
            let process = store::published(tx, &proposal.process)?.ok_or(Stop::NotFound)?;
            if actor.may_for(&acts::STEWARD, process.organisation) { Ok(proposal) } else { Err(Stop::NotAllowed) }
        })
        .await
}

fn show(
    town: &Town,
    visit: &Visit,
    proposal: &Proposal,
    (title, text): (String, String),
    errors: FormErrors,
    status: StatusCode,
) -> Answer {
    let heading = visit.t.say("proposal-split");
    page_with(
        status,
        &SplitPage {
            frame: Frame::new(town, visit, heading),
            errors,
            crumbs: vec![
                Crumb { href: format!("/proposals/{}", proposal.code), label: proposal.headline().to_owned() },
                Crumb { href: String::new(), label: heading.to_owned() },
            ],
            code: proposal.code.to_string(),
            whole: commons::markdown::html(&proposal.text),
            title,
            text,
        },
    )
}

/// GET /proposals/{code}/split
pub async fn form(State(town): State<Town>, visit: Visit, Path(code): Path<String>) -> Answer {
    let proposal = own(&town, &visit, code).await?;
    let nothing = (String::new(), String::new());
    show(&town, &visit, &proposal, nothing, FormErrors::default(), StatusCode::OK)
}

/// POST /proposals/{code}/split
pub async fn send(State(town): State<Town>, visit: Visit, Path(code): Path<String>, form: Submission) -> Answer {
    let proposal = own(&town, &visit, code.clone()).await?;
    let title = form.text("title").unwrap_or_default().to_owned();
    let text = form.raw("text").unwrap_or_default().to_owned();
    match commands::split(&town, visit.actor.clone(), code, title.clone(), text.clone()).await {
        Ok(part) => see_other_saying(&format!("/proposals/{}", part.code), "flash-proposal-split"),
        Err(Stop::Refused(refusals)) => {
            let (errors, status) = (FormErrors::of(&refusals, &visit.t), refusals[0].status);
            show(&town, &visit, &proposal, (title, text), errors, status)
        }
        Err(stop) => Err(stop),
    }
}
