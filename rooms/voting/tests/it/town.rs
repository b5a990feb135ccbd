//! A town that votes.

use axum::http::StatusCode;
use civic::{LocalText, Moment};
use testing::{Browser, Plan, TestTown};
use voting::{
    BallotBoxes, BallotKind, Budget, BudgetMethod, BudgetRule, Change, Completion, Definition, Eligible, Gain,
    NewOption, Origin, Rule, Ties, Vote, Voters, change_vote, create_vote, publish_vote,
};
use web::limits::{Gates, Limits};

/// The town, on one database.
pub struct Hall {
    pub town: TestTown,
}

/// One on each database of this run.
pub fn halls() -> Vec<Hall> {
    let plan =
        Plan { rooms: || vec![people::room(), places::room(), commons::room(), voting::room()], install, demo: false };
    testing::towns(&plan).into_iter().map(|town| Hall { town }).collect()
}

fn install(db: &database::Db, installed: &mut web::town::Installed) {
    installed.add(db.read_blocking(places::Districts::load).unwrap());
    installed.add(BallotBoxes::in_memory());
    let many = 10_000.try_into().unwrap();
    installed.add(Gates::new(Limits { acts_per_minute: many, mails_per_hour: many, ..Limits::default() }));
}

/// Equal Shares as cities use it.
pub const SHARES: BudgetRule = BudgetRule {
    method: BudgetMethod::EqualShares,
    satisfaction: Gain::Cost,
    completion: Completion::Add1u,
    ties: Ties::CostVotes,
};

/// A budget of 100.00 in this town, open in an hour for a day.
pub fn budget(now: Moment, ballot: BallotKind) -> Definition {
    let opens_at = now.plus_seconds(3_600);
    Definition {
        title: LocalText::plain("Our parks"),
        text: None,
        opens_at,
        closes_at: opens_at.plus_days(1),
        voters: Voters::Residents,
        eligible: Eligible::default(),
        paper: false,
        budget: Some(Budget { cents: 10_000, currency: "EUR".parse().unwrap() }),
        areas: None,
        ballot,
        rule: Rule::Budget(SHARES),
        options: Vec::new(),
        next_option: 1,
    }
}

impl Hall {
    /// An option.
    pub fn option(title: &str, cost_cents: i64) -> NewOption {
        NewOption {
            title: LocalText::plain(title),
            text: None,
            cost_cents,
            district: None,
            from: None,
            offered_by: None,
        }
    }

    /// A published vote on these options.
    pub async fn published(&self, definition: Definition, options: &[(&str, i64)]) -> Vote {
        let town = &self.town.town;
        let by = testing::steward;
        let vote = create_vote(town, definition, Origin::Held).await.unwrap();
        let options = options.iter().map(|(title, cost)| Self::option(title, *cost)).collect();
        let vote = change_vote(town, by(), vote.code.as_str(), vote.version, Change::Add(options)).await.unwrap();
        publish_vote(town, by(), vote.code.as_str()).await.unwrap()
    }

    /// Three projects for 60, 50 and 40 of 100.
    pub async fn parks(&self, ballot: BallotKind) -> Vote {
        let definition = budget(self.town.town.now(), ballot);
        self.published(definition, &[("Trees", 6_000), ("Benches", 5_000), ("A fountain", 4_000)]).await
    }

    /// Turns the clock to a moment when the vote is open.
    pub fn open(&self, vote: &Vote) {
        self.town.clock.turn_to(vote.definition.opens_at.plus_seconds(60));
    }

    /// Turns the clock past the close and lets the town count.
    pub async fn close(&self, vote: &Vote) {
        self.town.clock.turn_to(vote.definition.closes_at.plus_seconds(1));
        self.town.settle().await;
    }

    /// A resident votes by form; what came back.
    pub async fn votes(&self, browser: &Browser, vote: &Vote, choices: &[&str]) -> testing::Seen {
        let fields: Vec<(&str, &str)> = choices.iter().map(|id| ("choice", *id)).collect();
        browser.post(&format!("/votes/{}/ballots", vote.code), &fields).await
    }

    /// A resident votes, by a new account; the receipt.
    pub async fn resident_votes(&self, name: &str, vote: &Vote, choices: &[&str]) -> String {
        let browser = self.town.signed_in(&format!("{name}@example.org")).await;
        receipt_in(&self.votes(&browser, vote, choices).await.sees(StatusCode::OK).text)
    }
}

/// The receipt on the page that tells it.
pub fn receipt_in(page: &str) -> String {
    let (_, rest) = page.split_once("<p class=\"ref\">").expect("a receipt");
    rest.split('<').next().unwrap().to_owned()
}
