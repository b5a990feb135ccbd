//! For officers and stewards: what waits for an answer, the answer itself, mergers.

use super::chip;
use crate::{
    acts,
    commands::{self, Answer as Answering},
    joining::scene,
    model::{PhaseAct, Process, Proposal, Verdict},
    moderated, store,
    store::{Filter, Order},
    views::{Eyes, ProposalRow},
};
use axum::{extract::State, http::StatusCode};
use civic::Moment;
use database::Tx;
use schemars::JsonSchema;
use serde::Serialize;
use web::{
    Answer, Frame, Refusal, Stop, Town, Visit, Wants,
    answer::{json, page, page_with, see_other_saying},
    forms::{FormErrors, Submission},
    parts::{Choice, Crumb},
    visit::Path,
};

/// Proposals of one process that the desk shows.
const WAITING_SHOWN: u32 = 200;

/// Proposals that wait for an answer, for machines.
#[derive(Debug, Serialize, JsonSchema)]
struct WaitingView {
    /// Those to which an answer is owed by a day first, then the most supported.
    waiting: Vec<ProposalRow>,
}

struct Line {
    row: ProposalRow,
    state: String,
    chip: &'static str,
    due: String,
}

#[derive(askama::Template)]
#[template(path = "proposals_desk.html")]
struct WaitingPage {
    frame: Frame,
    lines: Vec<Line>,
}

/// GET /proposals/desk
pub async fn waiting(State(town): State<Town>, visit: Visit) -> Answer {
    let (own, actor) = (town.clone(), visit.actor.clone());
    let (proposals, processes) = town.db().read(move |tx| read_waiting(&own, tx, &actor)).await?;
    let eyes = Eyes::new(&town, visit.t.language(), processes);
    let rows = proposals.iter().map(|proposal| eyes.row(proposal));
    if visit.wants != Wants::Html {
        return json(&WaitingView { waiting: rows.collect() });
    }
    let due = |text: &String| Moment::parse(text).map(|due| visit.date_time(due)).unwrap_or_default();
    let line = |row: ProposalRow| Line {
        state: visit.t.say(row.state.key()).to_owned(),
        chip: chip(row.state),
        due: row.answer_due_at.as_ref().map(due).unwrap_or_default(),
        row,
    };
    let frame = Frame::new(&town, &visit, visit.t.say("proposals-desk")).twins(&visit, &[Wants::Json]);
    page(&WaitingPage { lines: rows.map(line).collect(), frame })
}

/// Open proposals of the processes for which somebody answers, where that can be done now.
fn read_waiting(town: &Town, tx: &mut Tx<'_>, actor: &civic::Actor) -> Result<(Vec<Proposal>, Vec<Process>), Stop> {
    let processes = store::processes(tx, false)?;
    let mut found = Vec::new();
    for process in processes.iter().filter(|one| actor.may_for(&acts::EVALUATE, one.organisation)) {
        let scene = scene(town, tx, process.clone())?;
        if scene.allows(PhaseAct::Evaluate) {
            let least = i64::from(process.definition.rules.supports_min);
            let filter = Filter { process: Some(process.code.clone()), supported: Some(least), ..Filter::default() };
            found.extend(store::page_of(tx, &filter, Order::Supported, None, WAITING_SHOWN)?.items);
        }
    }
    found.sort_by_key(|one| (one.answer_due_at.unwrap_or(Moment(i64::MAX)), -one.supports));
    Ok((found, processes))
}

#[derive(askama::Template)]
#[template(path = "proposal_answer.html")]
struct AnswerPage {
    frame: Frame,
    errors: FormErrors,
    crumbs: Vec<Crumb>,
    code: String,
    title: String,
    text: String,
    version: i64,
    open: bool,
    verdicts: Vec<Choice>,
    currency: String,
    cost: String,
    reasons: String,
}

/// The proposal of an address with its process, for who answers for it.
async fn answerable(town: &Town, visit: &Visit, code: String) -> Result<(Proposal, Process, bool), Stop> {
    let (own, actor) = (town.clone(), visit.actor.clone());
    town.db()
        .read(move |tx| {
            let proposal = moderated::public(tx, &code)?.ok_or(Stop::NotFound)?;
            let process = store::published(tx, &proposal.process)?.ok_or(Stop::NotFound)?;
            if !actor.may_for(&acts::EVALUATE, process.organisation) {
                return Err(Stop::NotAllowed);
            }
            let scene = scene(&own, tx, process)?;
            let open = scene.allows(PhaseAct::Evaluate);
            Ok((proposal, scene.process, open))
        })
        .await
}

/// GET /proposals/{code}/answer
pub async fn form(State(town): State<Town>, visit: Visit, Path(code): Path<String>) -> Answer {
    let (proposal, _, open) = answerable(&town, &visit, code).await?;
    let typed = Answering { seen_version: Some(proposal.version), ..Answering::default() };
    show(&town, &visit, (&proposal, open), typed, FormErrors::default(), StatusCode::OK)
}

fn show(
    town: &Town,
    visit: &Visit,
    (proposal, open): (&Proposal, bool),
    typed: Answering,
    errors: FormErrors,
    status: StatusCode,
) -> Answer {
    let t = &visit.t;
    let verdicts = Verdict::ALL.map(|verdict| Choice {
        value: verdict.word().to_owned(),
        label: t.say(verdict.key()).to_owned(),
        detail: t.say(&format!("{}-detail", verdict.key())).to_owned(),
        chosen: typed.verdict == verdict.word(),
    });
    page_with(
        status,
        &AnswerPage {
            frame: Frame::new(town, visit, t.say("proposal-answer")),
            errors,
            crumbs: vec![
                Crumb { href: "/proposals/desk".to_owned(), label: t.say("proposals-desk").to_owned() },
                Crumb { href: format!("/proposals/{}", proposal.code), label: proposal.headline().to_owned() },
                Crumb { href: String::new(), label: t.say("proposal-answer").to_owned() },
            ],
            code: proposal.code.to_string(),
            title: proposal.headline().to_owned(),
            text: proposal.text.clone(),
            version: typed.seen_version.unwrap_or(proposal.version),
            open,
            verdicts: verdicts.to_vec(),
            currency: town.settings().currency.to_string(),
            cost: typed.cost,
            reasons: typed.reasons,
        },
    )
}

/// POST /proposals/{code}/answer
pub async fn answer(State(town): State<Town>, visit: Visit, Path(code): Path<String>, form: Submission) -> Answer {
    let (proposal, process, open) = answerable(&town, &visit, code.clone()).await?;
    let text = |name: &str| form.text(name).unwrap_or_default().to_owned();
    let typed = Answering {
        seen_version: form.text("version").and_then(|text| text.parse().ok()),
        verdict: text("verdict"),
        cost: text("cost"),
        reasons: form.raw("reasons").unwrap_or_default().to_owned(),
    };
    match commands::evaluate(&town, visit.actor.clone(), code.clone(), typed.clone()).await {
        Ok(proposal) if visit.wants != Wants::Html => {
            json(&Eyes::new(&town, visit.t.language(), [process]).row(&proposal))
        }
        Ok(_) => see_other_saying(&format!("/proposals/{code}"), "flash-proposal-answered"),
        Err(Stop::Refused(refusals)) if visit.wants == Wants::Html => {
            let (errors, status) = (FormErrors::of(&refusals, &visit.t), refusals[0].status);
            show(&town, &visit, (&proposal, open), typed, errors, status)
        }
        Err(stop) => Err(stop),
    }
}

/// POST /proposals/{code}/merge
pub async fn merge(State(town): State<Town>, visit: Visit, Path(code): Path<String>, form: Submission) -> Answer {
    let into = form.text("into").unwrap_or_default().to_owned();
    if into.is_empty() {
        answerable(&town, &visit, code).await?;
        return Err(Refusal::new("proposal-merge-unknown").at("into").into());
    }
    let why = form.raw("why").unwrap_or_default().to_owned();
    let proposal = commands::merge(&town, visit.actor.clone(), code, into, why).await?;
    see_other_saying(&format!("/proposals/{}", proposal.code), "flash-proposal-merged")
}

/// POST /proposals/{code}/separate
pub async fn separate(State(town): State<Town>, visit: Visit, Path(code): Path<String>) -> Answer {
    let proposal = commands::separate(&town, visit.actor.clone(), code).await?;
    see_other_saying(&format!("/proposals/{}", proposal.code), "flash-proposal-separated")
}
