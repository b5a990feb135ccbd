//! How long a large budget takes to count, to show and to watch.
//!
//! `cargo run --release -p voting --example voting_speed -- 100000 40000`: so many ballots of a vote that is counted, so many
//! voters of one that is open; beside PostgreSQL with `scripts/with-postgres`. 40 projects, ten of them on a ballot.
#![expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a measurement needs a clock and a page"
)]

use civic::{Chance as _, LocalText, SeededChance};
use database::{DbError, OffRecord, params};
use std::time::{Duration, Instant};
use testing::{Plan, TestTown, steward};
use voting::{
    BallotBoxes, BallotKind, Budget, BudgetMethod, BudgetRule, Change, Choices, Completion, Contest, Definition,
    Eligible, Gain, NewOption, Origin, Published, Rule, Ties, Vote, Voters,
};

const PROJECTS: usize = 40;
const ON_A_BALLOT: usize = 10;
const RUNS: usize = 5;

#[tokio::main]
async fn main() {
    let number = |at: usize, or: usize| std::env::args().nth(at).and_then(|text| text.parse().ok()).unwrap_or(or);
    let (ballots, voters) = (number(1, 100_000), number(2, 40_000));
    let rooms = || vec![people::room(), places::room(), commons::room(), voting::room()];
    for town in testing::towns(&Plan { rooms, install, demo: false }) {
        println!("{:?}:", town.town.db().dialect());
        counted(&town, ballots).await;
        watched(&town, voters).await;
    }
}

fn install(db: &database::Db, installed: &mut web::town::Installed) {
    installed.add(db.read_blocking(places::Districts::load).unwrap());
    installed.add(BallotBoxes::in_memory());
}

async fn published(town: &TestTown, origin: Origin) -> Vote {
    let opens_at = town.town.now().plus_seconds(60);
    let rule = BudgetRule {
        method: BudgetMethod::EqualShares,
        satisfaction: Gain::Cost,
        completion: Completion::Add1u,
        ties: Ties::CostVotes,
    };
    let definition = Definition {
        title: LocalText::plain("A large budget"),
        text: None,
        opens_at,
        closes_at: opens_at.plus_days(1),
        voters: Voters::Residents,
        eligible: Eligible::default(),
        paper: false,
        budget: Some(Budget { cents: 500_000_000, currency: "EUR".parse().unwrap() }),
        areas: None,
        ballot: BallotKind::Approval { most: 20 },
        rule: Rule::Budget(rule),
        options: Vec::new(),
        next_option: 1,
    };
    let option = |place: usize| NewOption {
        title: LocalText::plain(format!("Project {place}")),
        text: None,
        cost_cents: 10_000_000 + 1_234_500 * place as i64,
        district: None,
        from: None,
        offered_by: None,
    };
    let vote = voting::create_vote(&town.town, definition, origin).await.unwrap();
    let options = Change::Add((0..PROJECTS).map(option).collect());
    let vote = voting::change_vote(&town.town, steward(), vote.code.as_str(), vote.version, options).await.unwrap();
    voting::publish_vote(&town.town, steward(), vote.code.as_str()).await.unwrap()
}

fn made_up(ballots: usize) -> Vec<Choices> {
    let chance = SeededChance::new(1);
    let draw = |below: usize| {
        let mut bytes = [0_u8; 8];
        chance.fill(&mut bytes);
        (u64::from_le_bytes(bytes) % below as u64) as usize
    };
    let one = |_| {
        let home = draw(4) * ON_A_BALLOT;
        let mut places: Vec<usize> =
            (0..ON_A_BALLOT).map(|_| if draw(4) > 0 { home + draw(ON_A_BALLOT) } else { draw(PROJECTS) }).collect();
        places.sort_unstable();
        places.dedup();
        Choices(places.into_iter().map(|place| (place, 1)).collect())
    };
    (0..ballots).map(one).collect()
}

async fn counted(town: &TestTown, ballots: usize) {
    let vote = published(town, Origin::Simulated).await;
    let choices = made_up(ballots);
    let file: Vec<Published> = choices
        .iter()
        .enumerate()
        .map(|(place, choices)| Published { receipt: format!("{place:09}"), choices: choices.text(&vote.definition) })
        .collect();
    let contest = Contest::of(vote.code.as_str(), &vote.definition, Origin::Simulated);
    let started = Instant::now();
    let counted = voting::count(contest, &file);
    let whole = started.elapsed();
    let started = Instant::now();
    let document = budgeting::pabulib::Document::read(counted.file.as_bytes()).unwrap();
    let election = document.election().unwrap();
    let Rule::Budget(rule) = vote.definition.rule else { unreachable!("it is a budget") };
    let outcome = budgeting::decide(&election, &rule.question()).unwrap();
    println!(
        "  {ballots} ballots, {} of {PROJECTS} projects funded: the file read and decided by the rule of the vote in {:.2?}; \
         file written, decided, and by four other rules, in {whole:.2?}",
        outcome.selected.len(),
        started.elapsed(),
    );
    town.clock.turn_to(vote.definition.closes_at.plus_seconds(1));
    voting::close_and_count(&town.town).await.unwrap();
    let started = Instant::now();
    voting::count_simulated(&town.town, steward(), vote.code.as_str(), choices).await.unwrap();
    println!("  the same, with every ballot stored in one transaction, in {:.2?}", started.elapsed());
    page(town, &format!("/votes/{}/results", vote.code), "results page").await;
    page(town, &format!("/votes/{}/ballots", vote.code), "page of ballots").await;
}

async fn watched(town: &TestTown, voters: usize) {
    let vote = published(town, Origin::Held).await;
    town.clock.turn_to(vote.definition.opens_at.plus_seconds(1));
    let (boxes, code, print, chance) =
        (town.town.part::<BallotBoxes>().clone(), vote.code.to_string(), vote.key_print.clone(), town.chance());
    let filled = town.town.db().write(move |tx| {
        let key = boxes.key(&code, &print).unwrap();
        for number in 0..voters {
            let (mark, id) = (key.voter(&number.to_string()), civic::secret(&*chance));
            let sealed = key.seal(&code, &[0; 99], &*chance);
            let sql = "insert into voting_marks (vote, voter, channel) values ($1, $2, 'online')";
            tx.execute(sql, &params![&code, &mark])?;
            tx.execute("insert into voting_box (vote, id, sealed) values ($1, $2, $3)", &params![&code, &id, &sealed])?;
        }
        tx.commit(OffRecord("a measurement"), ())
    });
    filled.await.map_err(|error: DbError| error).unwrap();
    page(town, &format!("/votes/{}.json", vote.code), &format!("statistics of {voters} voters, live")).await;
}

async fn page(town: &TestTown, path: &str, what: &str) {
    let mut took = Vec::new();
    for run in 0..RUNS {
        let browser = town.browser();
        // Another address each time, because equal ones are remembered for a second.
        let path = format!("{path}?asked={run}");
        let started = Instant::now();
        browser.get(&path).await.sees(axum::http::StatusCode::OK);
        took.push(started.elapsed());
    }
    took.sort();
    let middle: Duration = took[RUNS / 2];
    println!("  {what}: {middle:.2?} (median of {RUNS})");
}
