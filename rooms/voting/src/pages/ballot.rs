//! Voting: fill in, check, cast, keep the receipt.

use super::{
    public_vote,
    show::{Card, ballot_words, card},
};
use crate::{
    ballot::Choices,
    commands::{Standing, Voter, cast_ballot, standing_of},
    decide::{self, Raw},
    model::{BallotKind, GRADES, Origin, Vote, Voters},
    views,
};
use axum::{
    extract::State,
    http::{HeaderValue, StatusCode, header},
    response::Response,
};
use schemars::JsonSchema;
use serde::Serialize;
use web::{
    Answer, Frame, Refusal, Stop, Town, Visit, Wants,
    answer::{json_with, page_with},
    forms::{FormErrors, Submission},
    parts::{CheckLine, Choice, Crumb},
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

/// An option with what stands beside it on the ballot.
struct Row {
    card: Card,
    cost_cents: i64,
    chosen: bool,
    value: String,
    menu: Vec<Choice>,
}

#[derive(askama::Template)]
#[template(path = "ballot.html")]
struct BallotPage {
    frame: Frame,
    crumbs: Vec<Crumb>,
    errors: FormErrors,
    code: String,
    title: String,
    how: String,
    kind: &'static str,
    rows: Vec<Row>,
    needs_code: bool,
    voter_code: String,
    budget_cents: i64,
    budget: String,
    currency: String,
    number: u16,
    spent: String,
    over: String,
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
    match standing_of(&town, &vote, visit.actor()).await? {
        Standing::SignIn => Err(Stop::SignIn),
        Standing::Nobody => Err(Stop::NotAllowed),
        Standing::NotOnRoll => Err(Refusal::new("vote-not-on-roll").into()),
        Standing::Has => Err(Refusal::conflict("vote-cast").into()),
        Standing::May | Standing::NeedsCode => show_form(&town, &visit, &vote, &Filled::default()),
    }
}

/// POST /votes/{code}/check: what was filled in, to be looked at once more.
pub async fn check(State(town): State<Town>, visit: Visit, Path(code): Path<String>, form: Submission) -> Answer {
    let vote = open_vote(&town, &visit, &code).await?;
    let voter_code = form.text("code").unwrap_or_default().to_owned();
    let raw = raw_of(&vote, &form);
    let mut refusals = Vec::new();
    match Voter::of(&vote, visit.actor(), Some(&voter_code)) {
        Err(Stop::Refused(found)) => refusals.extend(found),
        other => drop(other?),
    }
    let read = decide::read_ballot(&vote.definition, &raw);
    let choices = match (read, refusals.is_empty() && !form.is_ticked("again")) {
        (Ok(choices), true) => choices,
        (read, _) => {
            let again = form.is_ticked("again");
            refusals.extend(read.err().filter(|_| !again).unwrap_or_default());
            let errors = if again { FormErrors::default() } else { FormErrors::of(&refusals, &visit.t) };
            return show_form(&town, &visit, &vote, &Filled { raw, voter_code, errors });
        }
    };
    show_check(&town, &visit, &vote, &choices, &raw, &voter_code)
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

fn raw_of(vote: &Vote, form: &Submission) -> Raw {
    if matches!(vote.definition.ballot, BallotKind::One | BallotKind::Approval { .. } | BallotKind::Cart) {
        return form.all("choice").map(|id| (id.to_owned(), String::new())).collect();
    }
    let given = form.keyed("value").filter(|(_, value)| !value.is_empty());
    given.map(|(id, value)| (id.to_owned(), value.to_owned())).collect()
}

/// What was filled in so far.
#[derive(Default)]
struct Filled {
    raw: Raw,
    voter_code: String,
    errors: FormErrors,
}

fn show_form(town: &Town, visit: &Visit, vote: &Vote, filled: &Filled) -> Answer {
    let t = &visit.t;
    let definition = &vote.definition;
    let status = if filled.errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let entries: Vec<(usize, u16)> =
        filled.raw.iter().filter_map(|(id, _)| definition.find(id)).map(|place| (place, 1)).collect();
    let spent = i64::try_from(decide::cost_of(definition, &entries)).unwrap_or(i64::MAX);
    let over = spent.saturating_sub(definition.budget_cents());
    let is_cart = definition.ballot == BallotKind::Cart;
    let money = |cents: i64| views::money(cents, definition, t.language());
    page_with(
        status,
        &BallotPage {
            frame: Frame::new(town, visit, t.say("ballot-title")),
            crumbs: super::crumbs(visit, Some(vote), t.say("ballot-title")),
            errors: filled.errors.clone(),
            code: vote.code.to_string(),
            title: definition.title.in_language(t.language()).to_owned(),
            how: ballot_words(definition.ballot, t),
            kind: definition.ballot.word(),
            rows: (0..definition.options.len()).map(|place| row(town, visit, vote, place, &filled.raw)).collect(),
            needs_code: definition.voters == Voters::Codes,
            voter_code: filled.voter_code.clone(),
            budget_cents: definition.budget_cents(),
            budget: if is_cart { money(definition.budget_cents()) } else { String::new() },
            currency: definition.budget.map(|budget| budget.currency.to_string()).unwrap_or_default(),
            number: definition.ballot.number().unwrap_or_default(),
            spent: if is_cart && spent > 0 { money(spent) } else { String::new() },
            over: if is_cart && over > 0 { money(over) } else { String::new() },
        },
    )
}

fn row(town: &Town, visit: &Visit, vote: &Vote, place: usize, raw: &Raw) -> Row {
    let definition = &vote.definition;
    let option = &definition.options[place];
    let given = raw.iter().find(|(id, _)| *id == option.id);
    let value = given.map(|(_, value)| value.clone()).unwrap_or_default();
    Row {
        card: card(town, vote, option, &[], &visit.t),
        cost_cents: option.cost_cents,
        chosen: given.is_some(),
        menu: menu(visit, vote, &value),
        value,
    }
}

/// The values to choose from, where a ballot has few.
fn menu(visit: &Visit, vote: &Vote, value: &str) -> Vec<Choice> {
    let t = &visit.t;
    let options = vote.definition.options.len();
    let numbers: Vec<(u16, String)> = match vote.definition.ballot {
        BallotKind::Ranking { most } => {
            (1..=most.min(u16::try_from(options).unwrap_or(most))).map(|rank| (rank, rank.to_string())).collect()
        }
        BallotKind::Score { highest } => (0..=highest).map(|score| (score, score.to_string())).collect(),
        BallotKind::Grades => (0..GRADES).map(|grade| (grade, t.say(&format!("grade-{grade}")).to_owned())).collect(),
        _ => return Vec::new(),
    };
    let empty = Choice {
        value: String::new(),
        label: t.say("ballot-no-value").to_owned(),
        detail: String::new(),
        chosen: value.is_empty(),
    };
    let choices = numbers.into_iter().map(|(number, label)| {
        let chosen = value == number.to_string();
        Choice { value: number.to_string(), label, detail: String::new(), chosen }
    });
    std::iter::once(empty).chain(choices).collect()
}

fn show_check(town: &Town, visit: &Visit, vote: &Vote, choices: &Choices, raw: &Raw, voter_code: &str) -> Answer {
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
    if !voter_code.is_empty() {
        hidden.push(("code".to_owned(), voter_code.to_owned()));
    }
    page_with(
        StatusCode::OK,
        &CheckPage {
            frame: Frame::new(town, visit, t.say("check-title")),
            crumbs: super::crumbs(visit, Some(vote), t.say("check-title")),
            code: vote.code.to_string(),
            lines: choices.0.iter().map(line).collect(),
            sums: sums(visit, vote, choices),
            hidden,
        },
    )
    .map(no_store)
}

fn no_store(mut response: Response) -> Response {
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

fn sums(visit: &Visit, vote: &Vote, choices: &Choices) -> Vec<CheckLine> {
    let definition = &vote.definition;
    let line = |key: &str, value: String| CheckLine { label: visit.t.say(key).to_owned(), value, href: String::new() };
    match definition.ballot {
        BallotKind::Cart => {
            let spent = i64::try_from(decide::cost_of(definition, &choices.0)).unwrap_or(i64::MAX);
            let money = |cents: i64| views::money(cents, definition, visit.t.language());
            vec![line("cart-spent", money(spent)), line("cart-left", money(definition.budget_cents() - spent))]
        }
        BallotKind::Points { total } => {
            let given: u32 = choices.0.iter().map(|(_, points)| u32::from(*points)).sum();
            vec![line("points-given", given.to_string()), line("points-left", (u32::from(total) - given).to_string())]
        }
        _ => Vec::new(),
    }
}
