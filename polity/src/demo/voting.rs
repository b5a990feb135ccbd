//! Budget votes: one of the past with 20,000 simulated ballots, on what residents proposed, and one that is open; and the same with
//! sums for districts.

use super::{
    participation::{self, Candidate},
    replay::{in_words, setter},
};
use ::voting::{
    AreaSum, Areas, BallotKind, Budget, BudgetMethod, BudgetRule, Change, Choices, Completion, Definition, Eligible,
    Gain, NewOption, Origin, Rule, Ties, Vote, Voters, VotesIn, change_vote, close_and_count, count_simulated,
    create_vote, publish_vote,
};
use anyhow::Context as _;
use civic::{Chance as _, Language, LocalText, Moment, SeededChance, Subject};
use database::DbError;
use serde::Deserialize;
use web::{
    Town,
    manifest::{Catalogue, Offer},
};

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
/// Days before and after: when the open one was announced, opened and closes.
const OPEN_DAYS: [i64; 3] = [10, 5, -14];
/// The same for the votes with sums for districts.
const DISTRICTS_PAST_DAYS: [i64; 3] = [48, 46, 34];
const DISTRICTS_OPEN_DAYS: [i64; 3] = [9, 4, -7];
/// Residents whose ballots on sums for districts are made up.
const DISTRICTS_BALLOTS: usize = 6_000;

#[derive(Deserialize)]
struct Facts {
    past: Held,
    open: Held,
    districts: Held,
}

#[derive(Deserialize, Clone)]
struct Held {
    budget: i64,
    /// Areas with what each may spend, where districts have sums of their own.
    #[serde(default)]
    sums: Vec<(String, i64)>,
    title: LocalText,
    text: LocalText,
    #[serde(default)]
    project: Vec<Project>,
}

#[derive(Deserialize, Clone)]
struct Project {
    title: LocalText,
    cost: i64,
    near: Vec<String>,
}

/// Holds the votes of the past and opens the others. Returns the code of the first.
///
/// # Errors
/// When an act is refused.
pub async fn hold(town: &Town) -> anyhow::Result<String> {
    let facts: Facts = toml::from_str(FACTS).context("demo/voting.toml")?;
    let past = hold_on_proposals(town, &facts.past).await.context("the vote on proposals")?;
    let times = moments(OPEN_DAYS);
    let options = options(&facts.open.project);
    publish(&town.at(times[0]), &facts.open, options, times, Origin::Held, BallotKind::Cart).await?;
    hold_by_district(town, &facts.districts).await?;
    Ok(past)
}

/// The vote on what residents proposed for the budget of 2017, as its process offers it.
async fn hold_on_proposals(town: &Town, held: &Held) -> anyhow::Result<String> {
    let times = participation::voted_on()?;
    let then = town.at(times[0]);
    let process = Subject { kind: "process".to_owned(), id: participation::PAST.to_owned() };
    let (own, asked) = (then.clone(), process.clone());
    let offers = town.db().read(move |tx| own.part::<Catalogue>().offers(&own, tx, &asked)).await;
    let offers = offers.map_err(|error: DbError| anyhow::anyhow!(error))?.unwrap_or_default();
    let candidates = participation::candidates()?;
    let mut projects = Vec::new();
    let mut options = Vec::new();
    for offer in offers {
        let candidate = candidates.iter().find(|one| one.title == offer.title).context("an offer nobody knows")?;
        projects.push(candidate.near.clone());
        options.push(proposed(candidate, offer, &process));
    }
    let kind = BallotKind::Approval { most: MOST };
    let past = publish(&then, held, options, times, Origin::Simulated, kind).await?;
    let after = town.at(times[2].plus_seconds(60));
    close_and_count(&after).await.map_err(in_words)?;
    count_simulated(&after, setter(), past.code.as_str(), made_up(&projects)).await.map_err(in_words)?;
    Ok(past.code.to_string())
}

fn proposed(candidate: &Candidate, offer: Offer, by: &Subject) -> NewOption {
    NewOption {
        title: candidate.names.clone(),
        text: Some(LocalText::plain(offer.summary)),
        cost_cents: offer.cost.map_or(0, |cost| cost.amount_cents),
        district: offer.district,
        from: Some(offer.subject),
        offered_by: Some(by.clone()),
    }
}

async fn hold_by_district(town: &Town, held: &Held) -> anyhow::Result<()> {
    let times = moments(DISTRICTS_PAST_DAYS);
    let kind = BallotKind::Approval { most: 2 };
    let past = publish(&town.at(times[0]), held, options(&held.project), times, Origin::Simulated, kind).await?;
    let after = town.at(times[2].plus_seconds(60));
    close_and_count(&after).await.map_err(in_words)?;
    count_simulated(&after, setter(), past.code.as_str(), made_up_by_district(held)).await.map_err(in_words)?;
    // The same projects again, open: a demo needs no second list.
    let times = moments(DISTRICTS_OPEN_DAYS);
    let next = Held { title: next_year(&held.title), text: next_text(), ..held.clone() };
    publish(&town.at(times[0]), &next, options(&held.project), times, Origin::Held, BallotKind::Cart).await?;
    Ok(())
}

fn next_year(title: &LocalText) -> LocalText {
    let next = |language| title.in_language(language).replace("2017", "2018");
    Language::ALL.into_iter().fold(title.clone(), |text, language| text.with(language, next(language)))
}

fn next_text() -> LocalText {
    LocalText::plain(
        "Choose a district; its projects share its own sum. Everybody also votes on what is for the whole town.",
    )
    .with(
        Language::Es,
        "Elija un distrito; sus proyectos comparten su propia suma. Todos votan también lo que es para toda la ciudad.",
    )
    .with(Language::Ar, "اختر حياً؛ تتقاسم مشاريعه مبلغه الخاص. ويصوت الجميع أيضاً على ما هو للمدينة كلها.")
}

fn moments(days: [i64; 3]) -> [Moment; 3] {
    days.map(|days| super::stands_at().plus_days(-days))
}

fn options(projects: &[Project]) -> Vec<NewOption> {
    let option = |project: &Project| NewOption {
        title: project.title.clone(),
        text: None,
        cost_cents: project.cost * 100,
        district: project.near.first().cloned(),
        from: None,
        offered_by: None,
    };
    projects.iter().map(option).collect()
}

/// Makes a vote and announces it; it opens and closes at the second and the third moment.
async fn publish(
    town: &Town,
    held: &Held,
    options: Vec<NewOption>,
    [_, opens_at, closes_at]: [Moment; 3],
    origin: Origin,
    ballot: BallotKind,
) -> anyhow::Result<Vote> {
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
        eligible: Eligible::default(),
        paper: false,
        budget: Some(Budget { cents: budget_cents(held), currency: town.settings().currency }),
        areas: areas(held),
        ballot,
        rule: Rule::Budget(rule),
        options: Vec::new(),
        next_option: 1,
    };
    let vote = create_vote(town, definition, origin).await.map_err(in_words)?;
    let vote =
        change_vote(town, setter(), vote.code.as_str(), vote.version, Change::Add(options)).await.map_err(in_words)?;
    publish_vote(town, setter(), vote.code.as_str()).await.map_err(in_words)
}

fn areas(held: &Held) -> Option<Areas> {
    let sums = held.sums.iter().map(|(area, units)| AreaSum { area: area.clone(), cents: units * 100 });
    (!held.sums.is_empty()).then(|| Areas { votes_in: VotesIn::Chosen, most: 1, sums: sums.collect() })
}

fn budget_cents(held: &Held) -> i64 {
    areas(held).map_or(held.budget * 100, |areas| areas.total_cents())
}

/// Each resident chooses one district, likes some of its projects and some for the whole town, at most two of each.
fn made_up_by_district(held: &Held) -> Vec<Choices> {
    let chance = SeededChance::new(SEED + 1);
    let draw = |below: u64| {
        let mut bytes = [0_u8; 8];
        chance.fill(&mut bytes);
        u64::from_le_bytes(bytes) % below
    };
    let districts: Vec<&str> = held.sums.iter().map(|(area, _)| area.as_str()).filter(|area| *area != "town").collect();
    let mut ballots = Vec::with_capacity(DISTRICTS_BALLOTS);
    while ballots.len() < DISTRICTS_BALLOTS {
        let home = districts[draw(districts.len() as u64) as usize];
        let mut chosen = Vec::new();
        for area in ["town", home] {
            let here = held.project.iter().enumerate().filter(|(_, project)| is_of(project, area));
            // The earlier ones in the list are liked more.
            let liked =
                here.enumerate().filter(|(rank, _)| draw(4 + *rank as u64) < 3).map(|(_, (place, _))| (place, 1));
            chosen.extend(liked.take(2));
        }
        if !chosen.is_empty() {
            ballots.push(Choices(chosen));
        }
    }
    ballots
}

fn is_of(project: &Project, area: &str) -> bool {
    project.near.first().map_or("town", String::as_str) == area
}

/// Tastes by district: four of five like what is near them, one in twelve what is far. Of each project the districts are given
/// in which it is near.
fn made_up(projects: &[Vec<String>]) -> Vec<Choices> {
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
        let likes = |near: &[String]| if near.iter().any(|near| near == home) { draw(5) > 0 } else { draw(12) == 0 };
        let mut liked: Vec<(usize, u16)> =
            projects.iter().enumerate().filter(|(_, near)| likes(near)).map(|(place, _)| (place, 1)).collect();
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
    use crate::demo::participation;
    use civic::Language;
    use std::collections::BTreeMap;

    #[test]
    fn the_made_up_ballots_are_the_same_every_time_and_of_every_district() {
        let facts: Facts = toml::from_str(FACTS).unwrap();
        let candidates = participation::candidates().unwrap();
        let near: Vec<Vec<String>> = candidates.iter().map(|one| one.near.clone()).collect();
        let ballots = made_up(&near);
        assert_eq!(ballots, made_up(&near));
        let mut votes: BTreeMap<usize, usize> = BTreeMap::new();
        ballots.iter().flat_map(|ballot| &ballot.0).for_each(|(place, _)| *votes.entry(*place).or_default() += 1);
        assert!(votes.len() == candidates.len() && votes.values().all(|count| *count > 1_000), "{votes:?}");
        let mut titles = facts.open.project.iter().chain(&facts.districts.project).map(|one| &one.title);
        assert!(titles.all(|title| Language::ALL.iter().all(|tag| title.exactly(*tag).is_some())));
        assert!(candidates.iter().all(|one| Language::ALL.iter().all(|tag| one.names.exactly(*tag).is_some())));
    }
}
