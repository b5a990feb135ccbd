//! Whether something may be done, and what a ballot says. Pure.

mod eligible;

pub use eligible::{districts_of, judge_own_district, may_by_roll};

use crate::{
    ballot::Choices,
    model::{
        AMOUNT_LIMIT_CENTS, BallotKind, Definition, GRADES, OPEN_DAYS_LIMIT, OPTIONS_LIMIT, POINTS_LIMIT, Phase, State,
        TEXT_LIMIT, TITLE_LIMIT, Vote,
    },
    rule::{BudgetMethod, BudgetRule, Gain, PollMethod, Rule},
};
use civic::{LocalText, Moment};
use web::Refusal;

/// Where a vote stands at this moment. What the database says to be over stays over, however a clock was set.
pub fn phase(vote: &Vote, now: Moment) -> Phase {
    match vote.state {
        State::Draft => Phase::Draft,
        State::Published if now < vote.definition.opens_at => Phase::Announced,
        State::Published if now < vote.definition.closes_at => Phase::Open,
        State::Published | State::Closed => Phase::Counting,
        State::Decided => Phase::Decided,
        State::Undecided { .. } => Phase::Undecided,
        State::Withdrawn { .. } => Phase::Withdrawn,
    }
}

/// Whether anything of a vote may be changed now.
///
/// # Errors
/// A refusal from its opening on.
pub fn may_change(vote: &Vote, now: Moment) -> Result<(), Refusal> {
    match phase(vote, now) {
        Phase::Draft | Phase::Announced => Ok(()),
        _ => Err(Refusal::conflict("vote-fixed")),
    }
}

/// Whether a ballot may be cast now.
///
/// # Errors
/// A refusal that says why not.
pub fn may_cast(vote: &Vote, now: Moment) -> Result<(), Refusal> {
    match phase(vote, now) {
        Phase::Open => Ok(()),
        Phase::Draft | Phase::Announced => Err(Refusal::conflict("vote-not-open")),
        Phase::Withdrawn => Err(Refusal::conflict("vote-withdrawn")),
        Phase::Counting | Phase::Decided | Phase::Undecided => Err(Refusal::conflict("vote-closed")),
    }
}

/// What stands against keeping this definition at all; a draft may still lack much.
pub fn judge_draft(definition: &Definition) -> Vec<Refusal> {
    let mut refusals = Vec::new();
    texts(&mut refusals, "title", Some(&definition.title), TITLE_LIMIT);
    texts(&mut refusals, "text", definition.text.as_ref(), TEXT_LIMIT);
    if definition.options.len() > OPTIONS_LIMIT {
        refusals.push(Refusal::new("vote-options-most").at("option").with("most", OPTIONS_LIMIT as i64));
    }
    for option in &definition.options {
        texts(&mut refusals, "option", Some(&option.title), TITLE_LIMIT);
        texts(&mut refusals, "option", option.text.as_ref(), TEXT_LIMIT);
    }
    if let Some(twice) = from_twice(definition) {
        refusals.push(Refusal::new("vote-option-twice").at("subject").with("title", twice));
    }
    let amounts = definition.options.iter().map(|option| option.cost_cents).chain([definition.budget_cents()]);
    if amounts.into_iter().any(|cents| !(0..=AMOUNT_LIMIT_CENTS).contains(&cents)) {
        refusals.push(Refusal::new("vote-amount").at("cost"));
    }
    refusals
}

/// The title of the first option that grew from the same subject as one before it: it would split its votes.
fn from_twice(definition: &Definition) -> Option<String> {
    let mut seen = std::collections::BTreeSet::new();
    let origins = definition.options.iter().filter_map(|option| Some((option, option.from.as_ref()?)));
    let mut twice = origins.filter(|(_, from)| !seen.insert((from.kind.as_str(), from.id.as_str())));
    twice.next().map(|(option, _)| option.title.in_language(civic::Language::En).to_owned())
}

fn texts(refusals: &mut Vec<Refusal>, field: &'static str, text: Option<&LocalText>, limit: usize) {
    let long = |text: &&str| text.chars().count() > limit;
    let all = civic::Language::ALL.into_iter().filter_map(|language| text.and_then(|text| text.exactly(language)));
    if all.into_iter().any(|text| long(&text)) {
        refusals.push(Refusal::new("vote-text-long").at(field).with("most", limit as i64));
    }
}

/// What stands against publishing this definition now.
pub fn judge(definition: &Definition, now: Moment) -> Vec<Refusal> {
    let mut refusals = judge_draft(definition);
    let least = if definition.budget.is_some() { 1 } else { 2 };
    if definition.options.len() < least {
        refusals.push(Refusal::new("vote-options-least").at("option").with("least", least as i64));
    }
    if definition.opens_at <= now {
        refusals.push(Refusal::new("vote-opens-past").at("opens"));
    }
    if definition.closes_at <= definition.opens_at {
        refusals.push(Refusal::new("vote-closes-first").at("closes"));
    } else if definition.closes_at > definition.opens_at.plus_days(OPEN_DAYS_LIMIT) {
        refusals.push(Refusal::new("vote-open-long").at("closes").with("most", OPEN_DAYS_LIMIT));
    }
    if definition.budget.is_some() {
        if definition.budget_cents() == 0 {
            refusals.push(Refusal::new("vote-budget-none").at("budget"));
        }
        if definition.options.iter().any(|option| option.cost_cents == 0) {
            refusals.push(Refusal::new("vote-cost-none").at("option"));
        }
        if definition.options.iter().any(|option| option.cost_cents > definition.budget_cents()) {
            refusals.push(Refusal::new("vote-cost-over").at("option"));
        }
    }
    refusals.extend(eligible::judge_areas(definition));
    refusals.extend(judge_rule(definition));
    refusals
}

/// Whether the rule, the ballot and what is voted on fit each other.
fn judge_rule(definition: &Definition) -> Option<Refusal> {
    let number = definition.ballot.number().unwrap_or(1);
    if number == 0 || number > POINTS_LIMIT {
        return Some(Refusal::new("vote-ballot-number").at("number").with("most", i64::from(POINTS_LIMIT)));
    }
    match definition.rule {
        Rule::Budget(rule) => {
            (!fits_budget(rule, definition.ballot)).then(|| Refusal::new("vote-rule-ballot").at("satisfaction"))
        }
        Rule::Poll(rule) => {
            let seats = usize::try_from(rule.seats).unwrap_or(usize::MAX);
            let one_only = matches!(rule.method, PollMethod::MajorityJudgment | PollMethod::Schulze);
            if seats == 0 || seats >= definition.options.len() || (one_only && seats != 1) {
                return Some(Refusal::new("vote-seats").at("seats"));
            }
            (ballot_of(rule.method, definition.ballot).word() != definition.ballot.word())
                .then(|| Refusal::new("vote-rule-ballot").at("method"))
        }
    }
}

fn fits_budget(rule: BudgetRule, ballot: BallotKind) -> bool {
    let gain_fits = match rule.satisfaction {
        Gain::Cost | Gain::Cardinality => true,
        Gain::Points => matches!(ballot, BallotKind::Points { .. }),
        Gain::Borda => matches!(ballot, BallotKind::Ranking { .. }),
    };
    let approvals_only = rule.method == BudgetMethod::Phragmen;
    let is_approval = matches!(ballot, BallotKind::Approval { .. } | BallotKind::Cart | BallotKind::One);
    let of_budgets = !matches!(ballot, BallotKind::Score { .. } | BallotKind::Grades);
    gain_fits && of_budgets && (is_approval || !approvals_only)
}

/// The ballot that a method of a poll needs; of the right kind, the one there is.
pub fn ballot_of(method: PollMethod, now: BallotKind) -> BallotKind {
    let keep = |wanted: BallotKind| if wanted.word() == now.word() { now } else { wanted };
    match method {
        PollMethod::Plurality => BallotKind::One,
        PollMethod::Approval => keep(BallotKind::Approval { most: OPTIONS_LIMIT as u16 }),
        PollMethod::Score => BallotKind::Score { highest: crate::model::HIGHEST_SCORE },
        PollMethod::MajorityJudgment => BallotKind::Grades,
        PollMethod::Transferable | PollMethod::Schulze => keep(BallotKind::Ranking { most: OPTIONS_LIMIT as u16 }),
    }
}

/// What somebody ticked and wrote, as it came: ids with what stands beside them.
pub type Raw = Vec<(String, String)>;

/// Reads a ballot.
///
/// # Errors
/// A refusal for each thing to put right. An id that is not of this vote is one refusal, whatever it is an id of.
pub fn read_ballot(definition: &Definition, raw: &Raw) -> Result<Choices, Vec<Refusal>> {
    let mut choices = Vec::new();
    for (id, number) in raw {
        let place = definition.find(id).ok_or_else(|| vec![Refusal::new("ballot-unknown").at("choice")])?;
        if choices.iter().any(|(other, _)| *other == place) {
            return Err(vec![Refusal::new("ballot-twice").at("choice")]);
        }
        let number = if number.is_empty() { Some(1) } else { number.parse::<u16>().ok() };
        let number = number.ok_or_else(|| vec![Refusal::new("ballot-number").at("choice")])?;
        choices.push((place, number));
    }
    if matches!(definition.ballot, BallotKind::Points { .. }) {
        choices.retain(|(_, points)| *points > 0);
    }
    let choices = Choices(choices).in_order(definition);
    let refusals = judge_choices(definition, &choices);
    if refusals.is_empty() { Ok(choices) } else { Err(refusals) }
}

/// Each area is judged by itself, as each is counted by itself.
fn judge_choices(definition: &Definition, choices: &Choices) -> Vec<Refusal> {
    if choices.0.is_empty() {
        return vec![Refusal::new("ballot-empty").at("choice")];
    }
    let Some(areas) = &definition.areas else {
        return judge_part(definition.ballot, definition, &choices.0, definition.budget_cents()).into_iter().collect();
    };
    let districts = districts_of(definition, choices).len();
    if districts > usize::from(areas.most) {
        return vec![Refusal::new("ballot-districts").at("choice").with("most", i64::from(areas.most))];
    }
    let places = definition.areas_of_options();
    let part = |(place, sum): (usize, &crate::areas::AreaSum)| {
        let here: Vec<(usize, u16)> =
            choices.0.iter().filter(|(option, _)| places[*option] == Some(place)).copied().collect();
        if here.is_empty() { None } else { judge_part(definition.ballot, definition, &here, sum.cents) }
    };
    // The same sentence for two areas is one.
    areas.sums.iter().enumerate().filter_map(part).take(1).collect()
}

fn judge_part(
    ballot: BallotKind,
    definition: &Definition,
    entries: &[(usize, u16)],
    budget_cents: i64,
) -> Option<Refusal> {
    let most = |number: u16, code| {
        (entries.len() > usize::from(number)).then(|| Refusal::new(code).at("choice").with("most", i64::from(number)))
    };
    let beyond = |highest: u16| {
        let over = entries.iter().any(|(_, value)| *value > highest);
        over.then(|| Refusal::new("ballot-beyond").at("choice").with("most", i64::from(highest)))
    };
    match ballot {
        BallotKind::One => most(1, "ballot-most"),
        BallotKind::Approval { most: number } => most(number, "ballot-most"),
        BallotKind::Ranking { most: number } => most(number, "ballot-most").or_else(|| {
            let dense = entries.iter().zip(1_u16..).all(|((_, rank), place)| *rank == place);
            (!dense).then(|| Refusal::new("ballot-ranks").at("choice"))
        }),
        BallotKind::Cart => {
            let over = cost_of(definition, entries) > i128::from(budget_cents);
            over.then(|| Refusal::new("ballot-over-budget").at("choice"))
        }
        BallotKind::Points { total } => {
            let given: u64 = entries.iter().map(|(_, points)| u64::from(*points)).sum();
            (given > u64::from(total)).then(|| {
                Refusal::new("ballot-points").at("choice").with("most", i64::from(total)).with("given", given as i64)
            })
        }
        BallotKind::Score { highest } => beyond(highest),
        BallotKind::Grades => beyond(GRADES - 1),
    }
}

/// What the options of these entries cost together, in cents.
pub fn cost_of(definition: &Definition, entries: &[(usize, u16)]) -> i128 {
    entries
        .iter()
        .filter_map(|(place, _)| definition.options.get(*place))
        .map(|option| i128::from(option.cost_cents))
        .sum()
}

#[cfg(test)]
#[path = "decide_tests.rs"]
mod tests;
