//! Other words for a proposal: the form, the page of one, what its authors decide.

use crate::{
    commands::{self, Changed},
    decide::AmendmentAct,
    diff::{Stretch, by_words},
    model::{Amendment, AmendmentState, PhaseAct, Proposal, State},
    moderated, store,
};
use axum::{extract::State as Extract, http::StatusCode};
use commons::moderation::{self, Notice, Seen};
use database::DbError;
use schemars::JsonSchema;
use serde::Serialize;
use web::{
    Answer, Frame, Refusal, Stop, Town, Visit, Wants,
    answer::{json, page, page_with, see_other_saying},
    forms::{FormErrors, Submission},
    parts::Crumb,
    visit::Path,
};

#[derive(askama::Template)]
#[template(path = "amendment_write.html")]
struct WritePage {
    frame: Frame,
    errors: FormErrors,
    crumbs: Vec<Crumb>,
    code: String,
    version: i64,
    title: String,
    text: String,
    why: String,
}

/// The words of an amendment as they were typed.
struct Typed {
    title: String,
    text: String,
    why: String,
}

/// The public proposal of an address.
async fn proposal(town: &Town, code: String) -> Result<Proposal, Stop> {
    town.db().read(move |tx| moderated::public(tx, &code)?.ok_or(Stop::NotFound)).await
}

/// GET /proposals/{code}/amend
pub async fn form(Extract(town): Extract<Town>, visit: Visit, Path(code): Path<String>) -> Answer {
    let proposal = proposal(&town, code).await?;
    let typed = Typed { title: proposal.title.clone(), text: proposal.text.clone(), why: String::new() };
    write(&town, &visit, &proposal, proposal.version, typed, FormErrors::default(), StatusCode::OK)
}

fn write(
    town: &Town,
    visit: &Visit,
    proposal: &Proposal,
    version: i64,
    typed: Typed,
    errors: FormErrors,
    status: StatusCode,
) -> Answer {
    let frame = Frame::new(town, visit, visit.t.say("proposal-amend"));
    let crumbs = crumbs(visit, proposal, visit.t.say("proposal-amend"));
    let Typed { title, text, why } = typed;
    page_with(status, &WritePage { frame, errors, crumbs, code: proposal.code.to_string(), version, title, text, why })
}

fn crumbs(visit: &Visit, proposal: &Proposal, last: &str) -> Vec<Crumb> {
    vec![
        Crumb { href: "/processes".to_owned(), label: visit.t.say("processes-title").to_owned() },
        Crumb { href: format!("/proposals/{}", proposal.code), label: proposal.headline().to_owned() },
        Crumb { href: String::new(), label: last.to_owned() },
    ]
}

/// POST /proposals/{code}/amend
pub async fn send(Extract(town): Extract<Town>, visit: Visit, Path(code): Path<String>, form: Submission) -> Answer {
    let proposal = proposal(&town, code.clone()).await?;
    let raw = |name: &str| form.raw(name).unwrap_or_default().to_owned();
    let typed = Typed { title: raw("title"), text: raw("text"), why: raw("why") };
    let version = form.text("version").and_then(|text| text.parse().ok()).unwrap_or(proposal.version);
    let (title, text, why) = (typed.title.clone(), typed.text.clone(), typed.why.clone());
    match commands::amend(&town, visit.actor.clone(), code, version, title, text, why).await {
        Ok(Changed { amendment, .. }) if visit.wants != Wants::Html => json(&view(&town, &amendment)),
        Ok(Changed { amendment, seen }) => {
            let flash = if seen == Seen::Held { "flash-amendment-held" } else { "flash-amendment" };
            see_other_saying(&format!("/amendments/{}", amendment.code), flash)
        }
        Err(Stop::Refused(refusals)) if visit.wants == Wants::Html => {
            let (errors, status) = (FormErrors::of(&refusals, &visit.t), refusals[0].status);
            write(&town, &visit, &proposal, version, typed, errors, status)
        }
        Err(stop) => Err(stop),
    }
}

/// An amendment, for machines.
#[derive(Debug, Serialize, JsonSchema)]
pub struct AmendmentView {
    /// Its reference.
    pub code: String,
    /// Its page.
    pub url: String,
    /// The reference of its proposal.
    pub proposal: String,
    /// The number of the text it was written against.
    pub base_version: i64,
    /// The other title.
    pub title: String,
    /// The other text.
    pub text: String,
    /// Why.
    pub why: String,
    /// What its author is called.
    pub by: String,
    /// When (RFC 3339).
    pub at: String,
    /// What became of it.
    pub state: AmendmentState,
    /// What the authors said to it.
    pub answer: String,
}

fn view(town: &Town, amendment: &Amendment) -> AmendmentView {
    AmendmentView {
        code: amendment.code.to_string(),
        url: town.url(&format!("/amendments/{}", amendment.code)),
        proposal: amendment.proposal.clone(),
        base_version: amendment.base_version,
        title: amendment.title.clone(),
        text: amendment.text.clone(),
        why: amendment.why.clone(),
        by: amendment.author_name.clone(),
        at: amendment.at.rfc3339(),
        state: amendment.state,
        answer: amendment.answer.clone(),
    }
}

struct Shown {
    amendment: Amendment,
    proposal: Proposal,
    /// The title and text it was written against; `None` where moderators took that version away.
    base: (String, String),
    notices: Vec<Notice>,
    decides: bool,
    open: bool,
}

#[derive(askama::Template)]
#[template(path = "amendment.html")]
struct ShowPage {
    frame: Frame,
    errors: FormErrors,
    crumbs: Vec<Crumb>,
    code: String,
    proposal_code: String,
    proposal_title: String,
    by: String,
    when: String,
    state: String,
    title: Vec<Stretch>,
    text: Vec<Stretch>,
    why: String,
    answer: String,
    notices: Vec<String>,
    stale: bool,
    may_settle: bool,
    /// Whether its words can still be taken: it was written against the present ones, and it is the time to change them.
    may_take: bool,
    may_withdraw: bool,
    own: bool,
    typed: String,
}

async fn read(town: &Town, visit: &Visit, code: String) -> Result<Shown, Stop> {
    let (own, person) = (town.clone(), visit.actor.person);
    town.db()
        .read(move |tx| {
            let amendment = store::amendment(tx, &code)?.ok_or(Stop::NotFound)?;
            let proposal = moderated::public(tx, &amendment.proposal)?.ok_or(Stop::NotFound)?;
            let notices = moderation::notices(tx, &amendment.subject())?;
            let is_own = person.is_some() && person == amendment.author_id;
            if notices.iter().any(|notice| notice.held) && !is_own {
                return Err(Stop::NotFound);
            }
            let process = store::published(tx, &proposal.process)?.ok_or(Stop::NotFound)?;
            let scene = crate::joining::scene(&own, tx, process)?;
            let open = proposal.state == State::Open && scene.allows(PhaseAct::Amend);
            let base = base_of(tx, &proposal, amendment.base_version)?;
            let decides = store::decides(tx, &amendment.proposal, person)?;
            Ok(Shown { amendment, proposal, base, notices, decides, open })
        })
        .await
}

fn base_of(tx: &mut database::Tx<'_>, proposal: &Proposal, number: i64) -> Result<(String, String), DbError> {
    if number == proposal.version {
        return Ok((proposal.title.clone(), proposal.text.clone()));
    }
    let version = store::version(tx, proposal.code.as_str(), number)?;
    Ok(version.map(|version| (version.title, version.text)).unwrap_or_default())
}

/// GET /amendments/{code}
pub async fn show(Extract(town): Extract<Town>, visit: Visit, Path(code): Path<String>) -> Answer {
    let shown = read(&town, &visit, code).await?;
    if visit.wants != Wants::Html {
        return json(&view(&town, &shown.amendment));
    }
    page(&compose(&town, &visit, shown, FormErrors::default(), String::new()))
}

fn compose(town: &Town, visit: &Visit, shown: Shown, errors: FormErrors, typed: String) -> ShowPage {
    let Shown { amendment, proposal, base, notices, decides, open } = shown;
    let heading = visit.t.with1("amendment-title", "code", amendment.code.as_str());
    let waiting = amendment.state == AmendmentState::Waiting;
    let own = visit.actor.person.is_some() && visit.actor.person == amendment.author_id;
    let mut sentences: Vec<String> = notices.iter().map(|notice| notice.sentence(&visit.t)).collect();
    sentences.dedup();
    ShowPage {
        frame: Frame::new(town, visit, heading.clone()).twins(visit, &[Wants::Json]),
        errors,
        crumbs: crumbs(visit, &proposal, &heading),
        code: amendment.code.to_string(),
        proposal_code: proposal.code.to_string(),
        proposal_title: proposal.headline().to_owned(),
        by: amendment.author_name.clone(),
        when: visit.date(amendment.at),
        state: visit.t.say(amendment.state.key()).to_owned(),
        title: by_words(&base.0, &amendment.title),
        text: by_words(&base.1, &amendment.text),
        why: amendment.why.clone(),
        answer: amendment.answer.clone(),
        notices: sentences,
        stale: waiting && amendment.base_version != proposal.version,
        may_settle: waiting && decides,
        may_take: open && amendment.base_version == proposal.version,
        may_withdraw: waiting && own,
        own,
        typed,
    }
}

/// POST /amendments/{code}/{act}
pub async fn settle(
    Extract(town): Extract<Town>,
    visit: Visit,
    Path((code, act)): Path<(String, String)>,
    form: Submission,
) -> Answer {
    let act: AmendmentAct = act.parse().map_err(|()| Stop::NotFound)?;
    let answer = form.raw("answer").unwrap_or_default().to_owned();
    match commands::settle_amendment(&town, visit.actor.clone(), code.clone(), act, answer.clone()).await {
        Ok(amendment) if visit.wants != Wants::Html => json(&view(&town, &amendment)),
        Ok(amendment) => {
            let flash = match amendment.state {
                AmendmentState::Accepted => "flash-amendment-accepted",
                AmendmentState::Rejected => "flash-amendment-rejected",
                AmendmentState::Waiting | AmendmentState::Withdrawn => "flash-amendment-withdrawn",
            };
            see_other_saying(&format!("/amendments/{code}"), flash)
        }
        Err(Stop::Refused(refusals)) if visit.wants == Wants::Html => {
            again(&town, &visit, code, &refusals, answer).await
        }
        Err(stop) => Err(stop),
    }
}

async fn again(town: &Town, visit: &Visit, code: String, refusals: &[Refusal], typed: String) -> Answer {
    let shown = read(town, visit, code).await?;
    let errors = FormErrors::of(refusals, &visit.t);
    page_with(refusals[0].status, &compose(town, visit, shown, errors, typed))
}
