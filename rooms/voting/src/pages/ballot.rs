//! Voting: fill in, check, cast, keep the receipt.

mod form;

use super::public_vote;
use crate::{
    ballot::Choices,
    commands::{Standing, Voter, cast_ballot, has_voted, may_cast_this, standing_of},
    decide::{self, Raw},
    model::{BallotKind, Origin, Vote},
    views,
};
use axum::{
    extract::State,
    http::{HeaderValue, StatusCode, header},
    response::Response,
};
use form::{Filled, Where, ask_districts, parts_of, show_form, where_to_vote};
use schemars::JsonSchema;
use serde::Serialize;
use web::{
    Answer, Frame, Refusal, Stop, Town, Visit, Wants,
    answer::{json_with, page_with},
    forms::{FormErrors, Submission},
    parts::{CheckLine, Crumb},
    visit::Path,
};

/// The receipt of a ballot.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ReceiptView {
    /// By it the ballot is found among the published ones after the count. It is told once and kept nowhere else.
    pub receipt: String,
    /// The vote.
    pub vote: String,
}

#[derive(askama::Template)]
#[template(path = "ballot_check.html")]
struct CheckPage {
    frame: Frame,
    crumbs: Vec<Crumb>,
    code: String,
    lines: Vec<CheckLine>,
    hidden: Vec<(String, String)>,
    sums: Vec<CheckLine>,
}

#[derive(askama::Template)]
#[template(path = "ballot_receipt.html")]
struct ReceiptPage {
    frame: Frame,
    code: String,
    receipt: String,
    closes: String,
}

/// GET /votes/{code}/ballot
pub async fn form(State(town): State<Town>, visit: Visit, Path(code): Path<String>) -> Answer {
    let vote = open_vote(&town, &visit, &code).await?;
    answer_form(&town, &visit, &vote, None).await
}

/// POST /votes/{code}/ballot: the districts in which somebody wants to vote; not in the address, which is nobody's business.
pub async fn choose(State(town): State<Town>, visit: Visit, Path(code): Path<String>, form: Submission) -> Answer {
    let vote = open_vote(&town, &visit, &code).await?;
    answer_form(&town, &visit, &vote, Some(form.all("in").map(str::to_owned).collect())).await
}

async fn answer_form(town: &Town, visit: &Visit, vote: &Vote, chosen: Option<Vec<String>>) -> Answer {
    let own = match standing_of(town, vote, visit.actor()).await? {
        Standing::SignIn => return Err(Stop::SignIn),
        Standing::Nobody => return Err(Stop::NotAllowed),
        Standing::Not(refusal) => return Err(refusal.into()),
        Standing::Has(channel) => return Err(has_voted(Some(channel)).into()),
        Standing::May(district) => district,
        Standing::NeedsCode => None,
    };
    match where_to_vote(vote, own, chosen) {
        Where::Ask(refusals) => ask_districts(town, visit, vote, &refusals),
        Where::In(districts) => show_form(town, visit, vote, &districts, &Filled::default()),
    }
}

/// POST /votes/{code}/check: what was filled in, to be looked at once more.
pub async fn check(State(town): State<Town>, visit: Visit, Path(code): Path<String>, form: Submission) -> Answer {
    let vote = open_vote(&town, &visit, &code).await?;
    let voter_code = form.text("code").unwrap_or_default().to_owned();
    let raw = raw_of(&vote, &form);
    let again = form.is_ticked("again");
    let mut refusals = Vec::new();
    let voter = match Voter::of(&vote, visit.actor(), Some(&voter_code)) {
        Err(Stop::Refused(found)) => {
            refusals.extend(found);
            None
        }
        other => Some(other?),
    };
    let choices = decide::read_ballot(&vote.definition, &raw).map_err(|found| refusals.extend(found)).ok();
    if let (Some(voter), Some(choices), true) = (&voter, &choices, refusals.is_empty()) {
        match may_cast_this(&town, &vote, voter, choices).await {
            Err(Stop::Refused(found)) => refusals.extend(found),
            other => other?,
        }
    }
    match choices.filter(|_| refusals.is_empty() && !again) {
        Some(choices) => show_check(&town, &visit, &vote, &choices, &raw, &form),
        None => {
            let errors = if again { FormErrors::default() } else { FormErrors::of(&refusals, &visit.t) };
            let districts: Vec<String> = form.all("in").map(str::to_owned).collect();
            show_form(&town, &visit, &vote, &districts, &Filled { raw, voter_code, errors })
        }
    }
}

/// POST /votes/{code}/ballots: it is cast, and the receipt is told once.
pub async fn cast(State(town): State<Town>, visit: Visit, Path(code): Path<String>, form: Submission) -> Answer {
    let vote = open_vote(&town, &visit, &code).await?;
    let voter = Voter::of(&vote, visit.actor(), form.text("code"))?;
    let choices = decide::read_ballot(&vote.definition, &raw_of(&vote, &form)).map_err(Stop::Refused)?;
    let cast = cast_ballot(&town, &vote, &voter, &choices).await?;
    let code = vote.code.to_string();
    let mut answer = if visit.wants == Wants::Html {
        page_with(
            StatusCode::OK,
            &ReceiptPage {
                frame: Frame::new(&town, &visit, visit.t.say("receipt-title")),
                code,
                receipt: cast.receipt,
                closes: visit.date_time(vote.definition.closes_at),
            },
        )?
    } else {
        json_with(StatusCode::CREATED, &ReceiptView { receipt: cast.receipt, vote: code })?
    };
    answer.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(answer)
}

/// The vote, when ballots can be cast in it now.
async fn open_vote(town: &Town, visit: &Visit, code: &str) -> Result<Vote, Stop> {
    let vote = public_vote(town, code).await?;
    decide::may_cast(&vote, visit.at)?;
    // Ballots that are made up and ballots of people never lie in one box.
    if vote.origin == Origin::Held { Ok(vote) } else { Err(Refusal::conflict("vote-closed").into()) }
}

/// What a form says that was chosen.
pub(super) fn raw_of(vote: &Vote, form: &Submission) -> Raw {
    if matches!(vote.definition.ballot, BallotKind::One | BallotKind::Approval { .. } | BallotKind::Cart) {
        // Where one is chosen in each area, each has a field of its own.
        let of_areas = form.keyed("choice").map(|(_, id)| id).filter(|id| !id.is_empty());
        return form.all("choice").chain(of_areas).map(|id| (id.to_owned(), String::new())).collect();
    }
    let given = form.keyed("value").filter(|(_, value)| !value.is_empty());
    given.map(|(id, value)| (id.to_owned(), value.to_owned())).collect()
}

fn show_check(town: &Town, visit: &Visit, vote: &Vote, choices: &Choices, raw: &Raw, form: &Submission) -> Answer {
    let t = &visit.t;
    let definition = &vote.definition;
    let line = |(place, value): &(usize, u16)| {
        let option = &definition.options[*place];
        let shown = match definition.ballot {
            BallotKind::Grades => t.say(&format!("grade-{value}")).to_owned(),
            BallotKind::Ranking { .. } | BallotKind::Points { .. } | BallotKind::Score { .. } => value.to_string(),
            _ if vote.is_budget() => views::money(option.cost_cents, definition, t.language()),
            _ => t.say("ballot-chosen").to_owned(),
        };
        CheckLine { label: option.title.in_language(t.language()).to_owned(), value: shown, href: String::new() }
    };
    let field = if definition.ballot.has_values() || matches!(definition.ballot, BallotKind::Ranking { .. }) {
        "value"
    } else {
        "choice"
    };
    let mut hidden: Vec<(String, String)> =
        raw.iter()
            .map(|(id, value)| {
                if field == "choice" { (field.to_owned(), id.clone()) } else { (format!("value[{id}]"), value.clone()) }
            })
            .collect();
    for name in ["code", "in"] {
        hidden.extend(form.all(name).map(|value| (name.to_owned(), value.to_owned())));
    }
    page_with(
        StatusCode::OK,
        &CheckPage {
            frame: Frame::new(town, visit, t.say("check-title")),
            crumbs: super::crumbs(visit, Some(vote), t.say("check-title")),
            code: vote.code.to_string(),
            lines: choices.0.iter().map(line).collect(),
            sums: sums(visit, vote, choices, town),
            hidden,
        },
    )
    .map(no_store)
}

fn no_store(mut response: Response) -> Response {
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// What the ballot costs or gives in all, and what is left of it; for each area where there are several.
fn sums(visit: &Visit, vote: &Vote, choices: &Choices, town: &Town) -> Vec<CheckLine> {
    let definition = &vote.definition;
    let line = |label: String, value: String| CheckLine { label, value, href: String::new() };
    let mut lines = Vec::new();
    for part in parts_of(definition) {
        let here: Vec<(usize, u16)> =
            choices.0.iter().filter(|(place, _)| part.places.contains(place)).copied().collect();
        let name = part.area.map(|area| super::area::name(town, area, &visit.t));
        let label = |key: &str| {
            let label = visit.t.say(key);
            name.as_ref().map_or_else(|| label.to_owned(), |name| format!("{name}: {label}"))
        };
        match definition.ballot {
            _ if here.is_empty() => {}
            BallotKind::Cart => {
                let spent = i64::try_from(decide::cost_of(definition, &here)).unwrap_or(i64::MAX);
                let money = |cents: i64| views::money(cents, definition, visit.t.language());
                lines.push(line(label("cart-spent"), money(spent)));
                lines.push(line(label("cart-left"), money(part.cents - spent)));
            }
            BallotKind::Points { total } => {
                let given: u32 = here.iter().map(|(_, points)| u32::from(*points)).sum();
                lines.push(line(label("points-given"), given.to_string()));
                lines.push(line(label("points-left"), (u32::from(total).saturating_sub(given)).to_string()));
            }
            _ => {}
        }
    }
    lines
}
