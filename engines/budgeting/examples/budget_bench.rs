//! Times the engine on a file or on a generated election; `scripts/bench engines` reads what it prints.
#![allow(clippy::print_stdout, clippy::disallowed_methods, reason = "a bench measures, and prints what it measured")]

use budgeting::{
    Election, EqualShares, Fraction, Greedy, Project, Question, Raise, Rest, Rule, Satisfaction, VoteType, decide,
    pabulib,
};
use std::{fs, time::Instant};

/// Seconds on a processor so far, which a busy machine does not stretch (Linux; elsewhere seconds of the clock).
fn processor_seconds(since: Instant) -> f64 {
    let told = fs::read_to_string("/proc/self/schedstat").ok();
    let nanoseconds = told.and_then(|text| text.split(' ').next()?.parse::<u64>().ok());
    nanoseconds.map_or_else(|| since.elapsed().as_secs_f64(), |nanoseconds| nanoseconds as f64 / 1e9)
}

/// `file FILE RUNS` or `made VOTERS PROJECTS APPROVALS SEED`.
fn main() {
    let asked: Vec<String> = std::env::args().skip(1).collect();
    let number = |place: usize| asked[place].parse::<u64>().expect("a number");
    match asked.first().map(String::as_str) {
        Some("file") => file(&asked[1], number(2)),
        Some("made") => made(number(1), number(2), number(3), number(4)),
        _ => println!("budget_bench file FILE RUNS | made VOTERS PROJECTS APPROVALS SEED"),
    }
}

/// The median time of several runs, and what the first made.
fn median<T>(runs: u64, mut work: impl FnMut() -> T) -> (f64, T) {
    let since = Instant::now();
    let mut timed = || {
        let begun = processor_seconds(since);
        let made = work();
        (processor_seconds(since) - begun, made)
    };
    let (first, made) = timed();
    let mut times: Vec<f64> = std::iter::once(first).chain((1..runs).map(|_| timed().0)).collect();
    times.sort_by(f64::total_cmp);
    (times[times.len() / 2], made)
}

fn file(path: &str, runs: u64) {
    let bytes = fs::read(path).expect("a file");
    let (parse, election) =
        median(runs, || pabulib::Document::read(&bytes).expect("a Pabulib file").election().expect("an election"));
    println!("parse {parse:.6}");
    questions(&election, runs);
}

fn questions(election: &Election, runs: u64) {
    let one = || Fraction::from_integer(1.into());
    let shares = |raise| {
        let satisfaction = Satisfaction::Cost;
        Question::by(Rule::EqualShares(EqualShares { satisfaction, raise, rest: Rest::Stays, comparison: false }))
    };
    for (name, question) in [
        ("greedy", Question::by(Rule::Greedy(Greedy::by(Satisfaction::Cost)))),
        ("phragmen", Question::by(Rule::Phragmen)),
        ("equal-shares", shares(Raise::No)),
        ("add1-exact", shares(Raise::Exact { increment: one() })),
        ("add1", shares(Raise::Integral { increment: one() })),
        ("bos", Question::by(Rule::BoundedOverspending(Satisfaction::Cost))),
    ] {
        let (seconds, outcome) = median(runs, || decide(election, &question).expect("an outcome"));
        println!(
            "{name} {seconds:.6} selected {} spent {} raises {}",
            outcome.selected.len(),
            outcome.spent,
            outcome.raises
        );
    }
}

/// SplitMix64 (Steele, Lea, Flood 2014): the same election from the same seed everywhere.
struct Lot(u64);

impl Lot {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, bound: u64) -> u64 {
        self.next() % bound
    }
}

/// Popularity falls as in real elections: a project is drawn as the least of two even draws.
fn made(voters: u64, projects: u64, approvals: u64, seed: u64) {
    let mut lot = Lot(seed);
    let budget = voters as i64 * 30;
    let begun = Instant::now();
    let list: Vec<Project> = (0..projects)
        .map(|index| Project {
            id: format!("p{index}"),
            cost: budget / 400 + lot.below(budget as u64 / 40) as i64,
            ..Project::default()
        })
        .collect();
    let mut ballots = Vec::with_capacity(voters as usize);
    for _ in 0..voters {
        let mut ballot: Vec<(usize, i64)> = Vec::with_capacity(approvals as usize);
        while (ballot.len() as u64) < approvals.min(projects) {
            let project = lot.below(projects).min(lot.below(projects)) as usize;
            if ballot.iter().all(|(other, _)| *other != project) {
                ballot.push((project, 1));
            }
        }
        ballots.push(ballot);
    }
    let election = Election::new(budget, list, VoteType::Approval, &ballots).expect("an election");
    drop(ballots);
    println!("made {:.6}", begun.elapsed().as_secs_f64());
    let one = Fraction::from_integer(1.into());
    for (name, raise) in [("equal-shares", Raise::No), ("add1", Raise::Integral { increment: one })] {
        let satisfaction = Satisfaction::Cost;
        let rule = Rule::EqualShares(EqualShares { satisfaction, raise, rest: Rest::Stays, comparison: false });
        let begun = Instant::now();
        let before = processor_seconds(begun);
        let outcome = decide(&election, &Question::by(rule)).expect("an outcome");
        println!(
            "{name} {:.6} selected {} spent {} raises {}",
            processor_seconds(begun) - before,
            outcome.selected.len(),
            outcome.spent,
            outcome.raises
        );
    }
}
