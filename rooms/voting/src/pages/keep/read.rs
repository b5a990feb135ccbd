//! Forms of the administrator, parsed once.

use crate::{
    areas::{AreaSum, Areas, VotesIn},
    commands::NewOption,
    decide,
    model::{AMOUNT_LIMIT_CENTS, BallotKind, Budget, Definition, Vote, Voters},
    roll::{AGE_LIMIT, Eligible},
    rule::{BudgetMethod, BudgetRule, Completion, Gain, PollMethod, PollRule, Rule, Ties},
};
use civic::{LocalText, Moment};
use jiff::{civil::DateTime, tz::TimeZone};
use web::{Refusal, Stop, Town, forms::Submission, locals::local};

/// Kinds of ballots that a budget can have.
pub(super) const BUDGET_BALLOTS: [&str; 5] = ["approval", "cart", "ranking", "points", "one"];
/// Days until a new vote opens, where nothing else is said.
const OPENS_IN_DAYS: i64 = 7;
/// Days for which it is open, where nothing else is said.
const OPEN_DAYS: i64 = 21;
/// Projects on a ballot, where nothing else is said.
const APPROVALS: u16 = 10;

/// A new vote, before anything is said of it.
pub(super) fn fresh(town: &Town, title: LocalText, is_poll: bool) -> Definition {
    let opens_at = town.now().plus_days(OPENS_IN_DAYS);
    let budget_rule = BudgetRule {
        method: BudgetMethod::EqualShares,
        satisfaction: Gain::Cost,
        completion: Completion::Add1u,
        ties: Ties::CostVotes,
    };
    let currency = town.settings().currency;
    Definition {
        title,
        text: None,
        opens_at,
        closes_at: opens_at.plus_days(OPEN_DAYS),
        voters: Voters::Residents,
        eligible: Eligible::default(),
        paper: false,
        budget: (!is_poll).then_some(Budget { cents: 0, currency }),
        areas: None,
        ballot: if is_poll { BallotKind::One } else { BallotKind::Approval { most: APPROVALS } },
        rule: if is_poll {
            Rule::Poll(PollRule { method: PollMethod::Plurality, seats: 1 })
        } else {
            Rule::Budget(budget_rule)
        },
        options: Vec::new(),
        next_option: 1,
    }
}

/// The version of the vote that the form was made from.
pub(super) fn version(form: &Submission) -> Result<i64, Stop> {
    form.text("version").and_then(|text| text.parse().ok()).ok_or_else(|| Refusal::conflict("vote-stale").into())
}

/// Everything but the options.
pub(super) fn settings(town: &Town, vote: &Vote, form: &Submission) -> Result<Definition, Vec<Refusal>> {
    let mut refusals = Vec::new();
    let now = &vote.definition;
    let zone = &town.settings().zone;
    let mut moment = |field: &'static str, was: Moment| match form.text(field).and_then(|text| instant(text, zone)) {
        Some(at) => at,
        None => {
            refusals.push(Refusal::new("vote-time").at(field));
            was
        }
    };
    let (opens_at, closes_at) = (moment("opens", now.opens_at), moment("closes", now.closes_at));
    let title = local(form, "title");
    if title.is_none() {
        refusals.push(Refusal::new("vote-title-none").at("title"));
    }
    let areas = if now.budget.is_some() { areas(form) } else { Ok(None) };
    let areas = areas.unwrap_or_else(|refusal| {
        refusals.push(refusal);
        None
    });
    let typed = |text: &str| areas.as_ref().map_or_else(|| cents(text), |areas| Some(areas.total_cents()));
    let budget = now.budget.map(|budget| match typed(form.text("budget").unwrap_or_default()) {
        Some(cents) => Budget { cents, ..budget },
        None => {
            refusals.push(Refusal::new("vote-amount").at("budget"));
            budget
        }
    });
    let rule = rule(form, now.rule);
    if rule.is_none() {
        refusals.push(Refusal::new("vote-rule-unknown").at("method"));
    }
    let ballot = ballot(form, rule, now.ballot);
    if ballot.is_none() {
        refusals.push(Refusal::new("vote-rule-ballot").at("ballot"));
    }
    match (title, rule, ballot) {
        (Some(title), Some(rule), Some(ballot)) if refusals.is_empty() => Ok(Definition {
            title,
            text: local(form, "text"),
            opens_at,
            closes_at,
            voters: form.text("voters").and_then(Voters::of_word).unwrap_or(now.voters),
            eligible: eligible(form)
                .ok_or_else(|| vec![Refusal::new("vote-age-number").at("age").with("most", i64::from(AGE_LIMIT))])?,
            paper: form.is_ticked("paper"),
            budget,
            areas,
            ballot,
            rule,
            options: Vec::new(),
            next_option: now.next_option,
        }),
        _ => Err(refusals),
    }
}

/// What the roll must say of a voter; `None` where the age is no number.
fn eligible(form: &Submission) -> Option<Eligible> {
    let least_age = form.text("age").map(|text| text.parse::<u8>().ok().filter(|age| (1..=AGE_LIMIT).contains(age)));
    let least_age = if let Some(age) = least_age { Some(age?) } else { None };
    Some(Eligible { least_age, lives_in: form.all("lives").map(str::to_owned).collect() })
}

/// The sums of areas, where the form asks for several.
fn areas(form: &Submission) -> Result<Option<Areas>, Refusal> {
    let Some(votes_in) = form.text("areas").and_then(VotesIn::of_word) else { return Ok(None) };
    let mut sums = Vec::new();
    for (area, typed) in form.keyed("sum").filter(|(_, typed)| !typed.is_empty()) {
        let cents = cents(typed).filter(|cents| *cents > 0).ok_or_else(|| Refusal::new("vote-amount").at("sum"))?;
        sums.push(AreaSum { area: area.to_owned(), cents });
    }
    let most = if votes_in == VotesIn::Own { Some(1) } else { form.text("areas-most").unwrap_or("1").parse().ok() };
    let most = most.ok_or_else(|| Refusal::new("vote-areas-most").at("areas-most").with("most", sums.len() as i64))?;
    Ok(Some(Areas { votes_in, most, sums }))
}

fn rule(form: &Submission, now: Rule) -> Option<Rule> {
    let word = |field: &str| form.text(field).unwrap_or_default();
    Some(match now {
        Rule::Budget(_) => Rule::Budget(BudgetRule {
            method: BudgetMethod::of_word(word("method"))?,
            satisfaction: Gain::of_word(word("satisfaction"))?,
            completion: Completion::of_word(word("completion"))?,
            ties: Ties::of_word(word("ties"))?,
        }),
        Rule::Poll(_) => {
            Rule::Poll(PollRule { method: PollMethod::of_word(word("method"))?, seats: word("seats").parse().ok()? })
        }
    })
}

fn ballot(form: &Submission, rule: Option<Rule>, now: BallotKind) -> Option<BallotKind> {
    match rule? {
        Rule::Poll(rule) => Some(decide::ballot_of(rule.method, now)),
        Rule::Budget(_) => {
            let number = form.text("number").map_or(Some(APPROVALS), |text| text.parse().ok())?;
            super::ballot_kind(form.text("ballot").unwrap_or_default(), number)
        }
    }
}

/// One option.
pub(super) fn option(form: &Submission, with_cost: bool) -> Result<NewOption, Vec<Refusal>> {
    let cost = if with_cost { cents(form.text("cost").unwrap_or_default()) } else { Some(0) };
    let title = local(form, "option-title");
    match (title, cost) {
        (Some(title), Some(cost_cents)) => Ok(NewOption {
            title,
            text: local(form, "option-text"),
            cost_cents,
            district: form.text("district").map(str::to_owned),
            from: None,
            offered_by: None,
        }),
        (None, _) => Err(vec![Refusal::new("vote-title-none").at("option-title")]),
        (_, None) => Err(vec![Refusal::new("vote-amount").at("cost")]),
    }
}

/// `12500`, `12500.50` or `12500,50` as cents; thousands are not set apart.
pub(super) fn cents(text: &str) -> Option<i64> {
    let amount = budgeting::amount::Decimal::read(text.trim())?;
    amount.scaled(2).filter(|cents| (0..=AMOUNT_LIMIT_CENTS).contains(cents))
}

/// `2026-11-23T10:15` in the town's zone.
fn instant(text: &str, zone: &TimeZone) -> Option<Moment> {
    let local: DateTime = text.parse().ok()?;
    local.to_zoned(zone.clone()).ok().map(|zoned| zoned.timestamp().into())
}

/// The same, as a field shows it.
pub(super) fn typed(moment: Moment, zone: &TimeZone) -> String {
    moment.in_zone(zone).strftime("%Y-%m-%dT%H:%M").to_string()
}
