//! Two budget votes: one of the past with 20,000 simulated ballots, and one that is open.

use super::replay::{in_words, setter};
use ::voting::{
    BallotKind, Budget, BudgetMethod, BudgetRule, Change, Choices, Completion, Definition, Gain, NewOption, Origin,
    Rule, Ties, Vote, Voters, change_vote, close_and_count, count_simulated, create_vote, publish_vote,
};
use anyhow::Context as _;
use civic::{Chance as _, LocalText, Moment, SeededChance};
use serde::Deserialize;
use web::Town;

/// Projects, costs and where they would be.
const FACTS: &str = include_str!("../../../demo/voting.toml");
/// Residents whose ballots are made up.
const BALLOTS: usize = 20_000;
/// Projects on one ballot at most.
const MOST: u16 = 6;
/// The seed of the made-up ballots: the same town every time.
const SEED: u64 = 2_017;
/// Districts where twice as many vote, so that the big projects there lead by votes.
const BUSY: [&str; 6] = ["2", "3", "4", "5", "11", "12"];
/// Days before the demo stands still: when the vote of the past was announced, opened and closed.
const PAST_DAYS: [i64; 3] = [32, 30, 16];
/// Days before and after: when the open one was announced, opened and closes.
const OPEN_DAYS: [i64; 3] = [10, 5, -14];

#[derive(Deserialize)]
struct Facts {
    past: Held,
    open: Held,
}

#[derive(Deserialize)]
struct Held {
    budget: i64,
    title: LocalText,
    text: LocalText,
    project: Vec<Project>,
}

#[derive(Deserialize)]
struct Project {
    title: LocalText,
    cost: i64,
    near: Vec<String>,
}

/// Holds the vote of the past and opens the other.
///
/// # Errors
/// When an act is refused.
pub async fn hold(town: &Town) -> anyhow::Result<()> {
    let facts: Facts = toml::from_str(FACTS).context("demo/voting.toml")?;
    let [announced, _, closes] = moments(PAST_DAYS);
    let (then, kind) = (town.at(announced), BallotKind::Approval { most: MOST });
    let past = publish(&then, &facts.past, PAST_DAYS, Origin::Simulated, kind).await?;
    let ballots = made_up(&facts.past.project);
    let after = town.at(closes.plus_seconds(60));
    close_and_count(&after).await.map_err(in_words)?;
    count_simulated(&after, setter(), past.code.as_str(), ballots).await.map_err(in_words)?;
    let [announced, ..] = moments(OPEN_DAYS);
    publish(&town.at(announced), &facts.open, OPEN_DAYS, Origin::Held, BallotKind::Cart).await?;
    Ok(())
}

fn moments(days: [i64; 3]) -> [Moment; 3] {
    days.map(|days| super::stands_at().plus_days(-days))
}

async fn publish(town: &Town, held: &Held, days: [i64; 3], origin: Origin, ballot: BallotKind) -> anyhow::Result<Vote> {
    let [_, opens_at, closes_at] = moments(days);
    let rule = BudgetRule {
        method: BudgetMethod::EqualShares,
        satisfaction: Gain::Cost,
        completion: Completion::Add1u,
        ties: Ties::CostVotes,
    };
    let definition = Definition {
        title: held.title.clone(),
        text: Some(held.text.clone()),
        opens_at,
        closes_at,
        voters: Voters::Residents,
        paper: false,
        budget: Some(Budget { cents: held.budget * 100, currency: town.settings().currency }),
        ballot,
        rule: Rule::Budget(rule),
        options: Vec::new(),
        next_option: 1,
    };
    let options = held.project.iter().map(|project| NewOption {
        title: project.title.clone(),
        text: None,
        cost_cents: project.cost * 100,
        district: project.near.first().cloned(),
        from: None,
    });
    let vote = create_vote(town, definition, origin).await.map_err(in_words)?;
    let added = Change::Add(options.collect());
    let vote = change_vote(town, setter(), vote.code.as_str(), vote.version, added).await.map_err(in_words)?;
    publish_vote(town, setter(), vote.code.as_str()).await.map_err(in_words)
}

/// Tastes by district: four of five like what is near them, one in twelve what is far.
fn made_up(projects: &[Project]) -> Vec<Choices> {
    let chance = SeededChance::new(SEED);
    let draw = |below: u64| {
        let mut bytes = [0_u8; 8];
        chance.fill(&mut bytes);
        u64::from_le_bytes(bytes) % below
    };
    let districts: Vec<String> = (1..=15).map(|number: u8| number.to_string()).collect();
    let homes: Vec<&str> = districts
        .iter()
        .flat_map(|code| std::iter::repeat_n(code.as_str(), if BUSY.contains(&code.as_str()) { 2 } else { 1 }))
        .collect();
    let mut ballots = Vec::with_capacity(BALLOTS);
    while ballots.len() < BALLOTS {
        let home = homes[draw(homes.len() as u64) as usize];
        let likes = |project: &Project| {
            if project.near.iter().any(|near| near == home) { draw(5) > 0 } else { draw(12) == 0 }
        };
        let mut liked: Vec<(usize, u16)> =
            projects.iter().enumerate().filter(|(_, project)| likes(project)).map(|(place, _)| (place, 1)).collect();
        while liked.len() > usize::from(MOST) {
            liked.remove(draw(liked.len() as u64) as usize);
        }
        if !liked.is_empty() {
            ballots.push(Choices(liked));
        }
    }
    ballots
}

#[cfg(test)]
mod tests {
    use super::{FACTS, Facts, made_up};
    use civic::Language;
    use std::collections::BTreeMap;

    #[test]
    fn the_made_up_ballots_are_the_same_every_time_and_of_every_district() {
        let facts: Facts = toml::from_str(FACTS).unwrap();
        let ballots = made_up(&facts.past.project);
        assert_eq!(ballots, made_up(&facts.past.project));
        let mut votes: BTreeMap<usize, usize> = BTreeMap::new();
        ballots.iter().flat_map(|ballot| &ballot.0).for_each(|(place, _)| *votes.entry(*place).or_default() += 1);
        assert!(votes.len() == facts.past.project.len() && votes.values().all(|count| *count > 1_000), "{votes:?}");
        let all = facts.past.project.iter().chain(&facts.open.project);
        assert!(all.into_iter().all(|one| Language::ALL.iter().all(|tag| one.title.exactly(*tag).is_some())));
    }
}
