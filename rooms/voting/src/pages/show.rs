//! One vote.

use super::{PAGE_TWINS, list::chip, public_vote};
use crate::{
    commands::{Standing, has_voted, standing_of},
    decide,
    model::{BallotKind, Channel, Phase, Vote, VoteOption},
    rule::Rule,
    views::{self, Beside},
};
use axum::extract::State;
use database::DbError;
use web::{
    Answer, Frame, Sayings, Stop, Town, Visit, Wants,
    answer::{json, page},
    dates,
    parts::{Crumb, Step, StepState},
    visit::Path,
};

/// An option as its card shows it.
pub(super) struct Card {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) text: String,
    pub(super) cost: String,
    pub(super) district: String,
    pub(super) from: Option<String>,
    pub(super) won: bool,
}

/// One part of the budget.
struct AreaLine {
    area: String,
    name: String,
    sum: String,
    projects: String,
}

#[derive(askama::Template)]
#[template(path = "vote.html")]
struct VotePage {
    frame: Frame,
    crumbs: Vec<Crumb>,
    code: String,
    title: String,
    text: String,
    phase: String,
    chip: &'static str,
    origin: Option<String>,
    why: String,
    is_open: bool,
    is_counted: bool,
    is_decided: bool,
    is_budget: bool,
    standing: String,
    may_vote: bool,
    has_voted: bool,
    areas: Vec<AreaLine>,
    closes: String,
    turnout: String,
    channels: Vec<(String, String)>,
    steps: Vec<Step>,
    facts: Vec<(String, String)>,
    cards: Vec<Card>,
    selected: Vec<String>,
    not_counted: Vec<String>,
    has_paper: bool,
    may_paper: bool,
    may_keep: bool,
    threads: String,
}

/// GET /votes/{code}
pub async fn show(State(town): State<Town>, visit: Visit, Path(code): Path<String>) -> Answer {
    let vote = public_vote(&town, &code).await?;
    let (own, asked, language) = (town.clone(), vote.clone(), visit.t.language());
    let read = town.db().read(move |tx| {
        Ok::<_, DbError>((views::beside(tx, &asked)?, commons::thread::near(&own, tx, &asked.subject(), language)?))
    });
    let (beside, near) = read.await.map_err(|error: DbError| Stop::from(error))?;
    if visit.wants == Wants::Json {
        return json(&views::view(&vote, &beside, visit.t.language(), visit.at));
    }
    let phase = decide::phase(&vote, visit.at);
    let standing = if phase == Phase::Open { Some(standing_of(&town, &vote, visit.actor()).await) } else { None };
    let threads = commons::thread::panel(&town, &visit, &vote.subject(), &near);
    html(&town, &visit, &vote, &beside, standing.and_then(Result::ok), threads)
}

fn html(
    town: &Town,
    visit: &Visit,
    vote: &Vote,
    beside: &Beside,
    standing: Option<Standing>,
    threads: String,
) -> Answer {
    let t = &visit.t;
    let definition = &vote.definition;
    let phase = decide::phase(vote, visit.at);
    let title = definition.title.in_language(t.language()).to_owned();
    let text = definition.text.as_ref().map(|text| text.in_language(t.language()).to_owned()).unwrap_or_default();
    let won = beside.selected.clone().unwrap_or_default();
    let cards: Vec<Card> = definition.options.iter().map(|option| card(town, vote, option, &won, t)).collect();
    let selected = won.iter().filter_map(|id| cards.iter().find(|card| card.id == *id)).map(|card| card.title.clone());
    let is_open = phase == Phase::Open && vote.origin == crate::model::Origin::Held;
    page(&VotePage {
        frame: Frame::new(town, visit, title.clone()).describe(text.clone()).twins(visit, PAGE_TWINS),
        crumbs: super::crumbs(visit, Some(vote), ""),
        code: vote.code.to_string(),
        phase: t.say(&format!("phase-{}", phase.word())).to_owned(),
        chip: chip(phase),
        origin: super::list::origin_words(visit, vote),
        why: vote.state.text().to_owned(),
        is_open,
        is_counted: matches!(phase, Phase::Decided | Phase::Undecided),
        is_decided: phase == Phase::Decided,
        is_budget: vote.is_budget(),
        may_vote: matches!(standing, Some(Standing::SignIn | Standing::May(_) | Standing::NeedsCode)),
        has_voted: matches!(standing, Some(Standing::Has(_))),
        standing: standing_words(standing, t),
        areas: areas(town, vote, t),
        closes: visit.date_time(definition.closes_at),
        turnout: dates::number(views::voted(&beside.turnout), t.language()),
        channels: if definition.paper { views::channels(vote, &beside.turnout, t) } else { Vec::new() },
        steps: steps(visit, vote, phase),
        facts: facts(town, vote, beside, t),
        selected: selected.collect(),
        cards,
        not_counted: views::not_counted(vote, t),
        has_paper: definition.paper,
        may_paper: definition.paper
            && visit.actor.may(&crate::acts::PAPER)
            && (visit.actor.may(&crate::acts::KEEP) || beside.clerks.contains(&visit.actor.handle)),
        may_keep: visit.actor.may(&crate::acts::KEEP),
        threads,
        title,
        text,
    })
}

fn standing_words(standing: Option<Standing>, t: &Sayings) -> String {
    let key = match standing {
        Some(Standing::SignIn) => "standing-sign-in",
        Some(Standing::May(_)) => "standing-may",
        Some(Standing::Has(Channel::Online)) => "standing-has",
        Some(Standing::Has(channel)) => return has_voted(Some(channel)).sentence(t),
        Some(Standing::NeedsCode) => "standing-code",
        Some(Standing::Not(refusal)) => return refusal.sentence(t),
        Some(Standing::Nobody) | None => "standing-nobody",
    };
    t.say(key).to_owned()
}

fn areas(town: &Town, vote: &Vote, t: &Sayings) -> Vec<AreaLine> {
    let definition = &vote.definition;
    let places = definition.areas_of_options();
    let line = |(at, sum): (usize, &crate::areas::AreaSum)| AreaLine {
        area: sum.area.clone(),
        name: super::area::name(town, &sum.area, t),
        sum: views::money(sum.cents, definition, t.language()),
        projects: dates::number(places.iter().filter(|place| **place == Some(at)).count() as i64, t.language()),
    };
    definition.areas.iter().flat_map(|areas| areas.sums.iter().enumerate()).map(line).collect()
}

pub(super) fn card(town: &Town, vote: &Vote, option: &VoteOption, won: &[String], t: &Sayings) -> Card {
    let language = t.language();
    let districts = town.part::<places::Districts>();
    let district = option.district.as_deref().unwrap_or_default();
    let from = option.from.as_ref();
    Card {
        id: option.id.clone(),
        title: option.title.in_language(language).to_owned(),
        text: option.text.as_ref().map(|text| text.in_language(language).to_owned()).unwrap_or_default(),
        cost: if vote.is_budget() {
            views::money(option.cost_cents, &vote.definition, language)
        } else {
            String::new()
        },
        district: districts.name(district).unwrap_or_else(|| district.to_owned()),
        from: from.and_then(|from| town.part::<web::manifest::Catalogue>().page_of(&from.kind, &from.id)),
        won: won.contains(&option.id),
    }
}

fn steps(visit: &Visit, vote: &Vote, phase: Phase) -> Vec<Step> {
    let t = &visit.t;
    let step = |state, key: &str, detail: String| Step { state, title: t.say(key).to_owned(), detail };
    let (opens, closes) = (visit.date_time(vote.definition.opens_at), visit.date_time(vote.definition.closes_at));
    if phase == Phase::Withdrawn {
        return vec![step(StepState::Bad, "phase-withdrawn", visit.date_time(vote.state_at))];
    }
    let place = match phase {
        Phase::Draft | Phase::Announced => 0,
        Phase::Open => 1,
        Phase::Counting => 2,
        _ => 3,
    };
    let state = |at: usize| match at.cmp(&place) {
        std::cmp::Ordering::Less => StepState::Done,
        std::cmp::Ordering::Equal => StepState::Now,
        std::cmp::Ordering::Greater => StepState::Todo,
    };
    let end = if phase == Phase::Undecided { StepState::Bad } else { state(3) };
    let decided = if place == 3 { visit.date_time(vote.state_at) } else { t.say("step-decided-todo").to_owned() };
    vec![
        step(state(0), "step-announced", t.say("step-announced-detail").to_owned()),
        step(state(1), "step-open", opens),
        step(state(2), "step-closed", closes),
        step(end, if phase == Phase::Undecided { "phase-undecided" } else { "step-decided" }, decided),
    ]
}

fn facts(town: &Town, vote: &Vote, beside: &Beside, t: &Sayings) -> Vec<(String, String)> {
    let definition = &vote.definition;
    let mut facts = Vec::new();
    let mut fact = |key: &str, value: String| facts.push((t.say(key).to_owned(), value));
    if vote.is_budget() {
        fact("fact-budget", views::money(definition.budget_cents(), definition, t.language()));
    }
    fact("fact-voters", t.say(&format!("voters-{}", definition.voters.word())).to_owned());
    if let Some(age) = definition.eligible.least_age {
        fact("fact-age", t.with1("fact-age-value", "age", i64::from(age)));
    }
    if !definition.eligible.lives_in.is_empty() {
        let names = definition.eligible.lives_in.iter().map(|code| super::area::name(town, code, t));
        fact("fact-lives", names.collect::<Vec<_>>().join(", "));
    }
    if let Some(areas) = &definition.areas {
        fact("fact-areas", t.with1(&format!("votes-in-{}", areas.votes_in.word()), "most", i64::from(areas.most)));
    }
    if beside.roll > 0 {
        fact("fact-roll", dates::number(beside.roll, t.language()));
    }
    fact("fact-ballot", ballot_words(definition.ballot, t));
    fact("fact-rule", rule_words(definition.rule, t));
    fact("fact-ties", ties_words(definition.rule, t));
    facts
}

/// What a voter can say, as a sentence.
pub(super) fn ballot_words(ballot: BallotKind, t: &Sayings) -> String {
    t.with1(&format!("ballot-{}", ballot.word()), "number", i64::from(ballot.number().unwrap_or_default()))
}

/// How a vote is counted, in a few words.
pub(super) fn rule_words(rule: Rule, t: &Sayings) -> String {
    match rule {
        Rule::Budget(rule) => {
            let method = t.say(&format!("method-{}", rule.method.word()));
            let gain = t.say(&format!("gain-{}", rule.satisfaction.word()));
            match rule.method {
                crate::rule::BudgetMethod::EqualShares => {
                    format!("{method}; {gain}; {}", t.say(&format!("completion-{}", rule.completion.word())))
                }
                crate::rule::BudgetMethod::Greedy => format!("{method}; {gain}"),
                _ => method.to_owned(),
            }
        }
        Rule::Poll(rule) => {
            let method = t.say(&format!("method-{}", rule.method.word()));
            if rule.seats == 1 {
                method.to_owned()
            } else {
                format!("{method}; {}", t.with1("seats-many", "count", i64::from(rule.seats)))
            }
        }
    }
}

fn ties_words(rule: Rule, t: &Sayings) -> String {
    let key = match rule {
        Rule::Budget(rule) => format!("ties-{}", rule.ties.word().replace(',', "-")),
        Rule::Poll(_) => "ties-order".to_owned(),
    };
    t.say(&key).to_owned()
}
