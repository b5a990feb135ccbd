//! Forms of the administrator, parsed once.

use crate::{
    commands::NewOption,
    decide,
    model::{AMOUNT_LIMIT_CENTS, BallotKind, Budget, Definition, Vote, Voters},
    rule::{BudgetMethod, BudgetRule, Completion, Gain, PollMethod, PollRule, Rule, Ties},
};
use civic::{Language, LocalText, Moment};
use jiff::{civil::DateTime, tz::TimeZone};
use web::{Refusal, Stop, Town, forms::Submission};

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
        paper: false,
        budget: (!is_poll).then_some(Budget { cents: 0, currency }),
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

/// A text in the languages in which it was written: fields `title-en` or `title[en]`; the plain name stands for English.
pub(super) fn local(form: &Submission, field: &str) -> Option<LocalText> {
    let mut text: Option<LocalText> = None;
    for language in Language::ALL {
        let keyed = form.text(&format!("{field}-{}", language.tag()));
        let given = form.text(&format!("{field}[{}]", language.tag())).or(keyed);
        if let Some(words) = given.or_else(|| (language == Language::En).then(|| form.text(field)).flatten()) {
            text = Some(match text {
                Some(text) => text.with(language, words),
                None => LocalText::try_from(std::collections::BTreeMap::from([(language, words.to_owned())]))
                    .expect("a map with one text is not empty"),
            });
        }
    }
    text
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
    let budget = now.budget.map(|budget| match cents(form.text("budget").unwrap_or_default()) {
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
            paper: form.is_ticked("paper"),
            budget,
            ballot,
            rule,
            options: Vec::new(),
            next_option: now.next_option,
        }),
        _ => Err(refusals),
    }
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
