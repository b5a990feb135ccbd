//! Writing a proposal: a draft saved as often as one likes, similar ones shown, handed in when it is ready; corrected later.

mod mine;
mod sheet;
mod words;

pub use mine::mine;
pub(super) use words::words_of;

use crate::{
    commands::{self, Submitted},
    decide::Words,
    model::{PhaseAct, Process, Proposal, State},
    store,
    views::Eyes,
};
use axum::{
    extract::State as Extract,
    http::{StatusCode, header},
};
use database::DbError;
use places::Districts;
use serde::Deserialize;
use sheet::{Sheet, show};
use web::{
    Answer, Frame, Stop, Town, Visit,
    answer::{json_with, page, see_other_saying},
    forms::{FormErrors, Submission},
    visit::{Path, Query},
};
use words::{clicked, photo_of, words_again};

/// Which process, and what it grows from.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Begun {
    process: String,
    from: String,
}

#[derive(askama::Template)]
#[template(path = "proposal_choose.html")]
struct ChoosePage {
    frame: Frame,
    cards: Vec<(String, String, String)>,
}

/// GET /proposals/new
pub async fn start(Extract(town): Extract<Town>, visit: Visit, Query(begun): Query<Begun>) -> Answer {
    if begun.process.is_empty() {
        return choose(&town, &visit, &begun.from).await;
    }
    let words = Words { sources: begun.from, ..Words::default() };
    let process = process(&town, begun.process).await?;
    let status = StatusCode::OK;
    show(
        &town,
        &visit,
        Sheet { process, proposal: None, words, errors: FormErrors::default(), status, zoom: String::new() },
    )
    .await
}

async fn process(town: &Town, code: String) -> Result<Process, Stop> {
    town.db().read(move |tx| store::published(tx, &code)?.ok_or(Stop::NotFound)).await
}

/// Which process is it for? Only those that take proposals now.
async fn choose(town: &Town, visit: &Visit, from: &str) -> Answer {
    let processes =
        town.db().read(|tx| store::processes(tx, false)).await.map_err(|error: DbError| Stop::from(error))?;
    let open = processes.iter().filter(|process| process.allows(PhaseAct::Submit, visit.at, 0));
    let language = visit.t.language();
    let card = |process: &Process| {
        let query = [("process", process.code.as_str()), ("from", from)];
        let given: Vec<_> = query.into_iter().filter(|(_, value)| !value.is_empty()).collect();
        let href = format!("/proposals/new?{}", serde_urlencoded::to_string(&given).unwrap_or_default());
        let definition = &process.definition;
        let text = |text: &civic::LocalText| text.in_language(language).to_owned();
        (href, text(&definition.title), text(&definition.summary))
    };
    page(&ChoosePage {
        cards: open.map(card).collect(),
        frame: Frame::new(town, visit, visit.t.say("proposal-choose")),
    })
}

/// POST /proposals/new: the first save of a draft. The photo, if there is one, is taken in with the second step, as only a
/// draft has the secret by which it is seen.
pub async fn begin(Extract(town): Extract<Town>, visit: Visit, form: Submission) -> Answer {
    let code = form.text("process").unwrap_or_default().to_owned();
    let process = process(&town, code.clone()).await?;
    let mut words = words_of(&form);
    if let Some(zoom) = clicked(&town, &form, &mut words) {
        let sheet =
            Sheet { process, proposal: None, words, errors: FormErrors::default(), status: StatusCode::OK, zoom };
        return show(&town, &visit, sheet).await;
    }
    match commands::save_draft(&town, visit.actor.clone(), code, None, words.clone(), Vec::new()).await {
        Ok(draft) => continue_with(&town, &visit, &form, process, draft, words).await,
        Err(Stop::Refused(refusals)) => {
            let (errors, status) = (FormErrors::of(&refusals, &visit.t), refusals[0].status);
            show(&town, &visit, Sheet { process, proposal: None, words, errors, status, zoom: String::new() }).await
        }
        Err(stop) => Err(stop),
    }
}

/// GET /proposals/{code}/edit
pub async fn edit(Extract(town): Extract<Town>, visit: Visit, Path(code): Path<String>) -> Answer {
    let (proposal, process) = own(&town, &visit, code).await?;
    let words = words_again(&proposal);
    let zoom = proposal.place.and_then(|place| town.part::<Districts>().locate(place)).unwrap_or_default();
    let status = StatusCode::OK;
    show(&town, &visit, Sheet { process, proposal: Some(proposal), words, errors: FormErrors::default(), status, zoom })
        .await
}

/// One's own proposal. Another's draft might as well not exist; what is public is simply not one's own.
async fn own(town: &Town, visit: &Visit, code: String) -> Result<(Proposal, Process), Stop> {
    let person = visit.actor.person;
    town.db()
        .read(move |tx| {
            let proposal = store::by_code(tx, &code)?.ok_or(Stop::NotFound)?;
            if !store::decides(tx, &code, person)? {
                return Err(if proposal.submitted_at.is_some() { Stop::NotAllowed } else { Stop::NotFound });
            }
            let process = store::process(tx, &proposal.process)?.ok_or(Stop::NotFound)?;
            Ok((proposal, process))
        })
        .await
}

/// POST /proposals/{code}/edit
pub async fn save(Extract(town): Extract<Town>, visit: Visit, Path(code): Path<String>, form: Submission) -> Answer {
    let (proposal, process) = own(&town, &visit, code.clone()).await?;
    let mut words = words_of(&form);
    if let Some(zoom) = clicked(&town, &form, &mut words) {
        let (errors, status) = (FormErrors::default(), StatusCode::OK);
        return show(&town, &visit, Sheet { process, proposal: Some(proposal), words, errors, status, zoom }).await;
    }
    if proposal.state == State::Draft {
        let (actor, of) = (visit.actor.clone(), process.code.clone());
        return match commands::save_draft(&town, actor, of, Some(code), words.clone(), Vec::new()).await {
            Ok(draft) => continue_with(&town, &visit, &form, process, draft, words).await,
            Err(stop) => again(&town, &visit, process, proposal, words, stop).await,
        };
    }
    let done = correct(&town, &visit, &proposal, &form, words.clone()).await;
    match done {
        Ok(()) => see_other_saying(&format!("/proposals/{code}"), "flash-proposal-edited"),
        Err(stop) => again(&town, &visit, process, proposal, words, stop).await,
    }
}

async fn correct(town: &Town, visit: &Visit, proposal: &Proposal, form: &Submission, words: Words) -> Result<(), Stop> {
    let photos = photo_of(town, form, &proposal.photo_key).await?;
    let seen = form.text("version").and_then(|text| text.parse().ok()).unwrap_or(proposal.version);
    commands::edit(town, visit.actor.clone(), proposal.code.to_string(), seen, words, photos).await.map(|_| ())
}

/// The form once more, with what stands in the way.
async fn again(town: &Town, visit: &Visit, process: Process, proposal: Proposal, words: Words, stop: Stop) -> Answer {
    let Stop::Refused(refusals) = stop else { return Err(stop) };
    let (errors, status) = (FormErrors::of(&refusals, &visit.t), refusals[0].status);
    show(town, visit, Sheet { process, proposal: Some(proposal), words, errors, status, zoom: String::new() }).await
}

/// The draft is saved: keep its photo, then hand it in, or show it again with what is similar.
async fn continue_with(
    town: &Town,
    visit: &Visit,
    form: &Submission,
    process: Process,
    draft: Proposal,
    words: Words,
) -> Answer {
    let code = draft.code.to_string();
    let (actor, of) = (visit.actor.clone(), process.code.clone());
    let kept = match photo_of(town, form, &draft.photo_key).await {
        Ok(photos) if photos.is_empty() => Ok(draft.clone()),
        Ok(photos) => commands::save_draft(town, actor, of, Some(code.clone()), words.clone(), photos).await,
        Err(stop) => Err(stop),
    };
    if let Err(stop) = kept {
        return again(town, visit, process, draft, words, stop).await;
    }
    if form.text("submit").is_none() {
        return see_other_saying(&format!("/proposals/{code}/edit"), "flash-draft-saved");
    }
    match commands::submit(town, visit.actor.clone(), code.clone()).await {
        Ok(Submitted { held, proposal }) => {
            let flash = if held { "flash-proposal-held" } else { "flash-proposal-submitted" };
            see_other_saying(&format!("/proposals/{}", proposal.code), flash)
        }
        Err(stop) => again(town, visit, process, draft, words, stop).await,
    }
}

/// POST /proposals: from a program, in one go.
pub async fn propose(Extract(town): Extract<Town>, visit: Visit, form: Submission) -> Answer {
    let process = form.text("process").unwrap_or_default().to_owned();
    let Submitted { proposal, .. } = commands::propose(&town, visit.actor.clone(), process, words_of(&form)).await?;
    if visit.wants == web::Wants::Html {
        return see_other_saying(&format!("/proposals/{}", proposal.code), "flash-proposal-submitted");
    }
    let process = self::process(&town, proposal.process.clone()).await?;
    let row = Eyes::new(&town, visit.t.language(), [process]).row(&proposal);
    let location = row.url.parse().map_err(Stop::fault)?;
    let mut answer = json_with(StatusCode::CREATED, &row)?;
    answer.headers_mut().insert(header::LOCATION, location);
    Ok(answer)
}
