//! Times both executors; `scripts/bench_engines/rules.py` reads what it prints.
#![allow(
    clippy::print_stdout,
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "a bench measures, and prints what it measured"
)]

use rules::{Column, Period, Population, Rules, Source};
use std::{fs, time::Instant};

/// The allocator of the program.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const MONTH: &str = "2018-03";
/// What is worked out for everybody; the peer works the same out.
const VARIABLES: [&str; 10] = [
    "age",
    "pension",
    "basic_income",
    "income_tax",
    "social_security_contribution",
    "household_income",
    "meal_price",
    "parenting_allowance",
    "total_taxes",
    "disposable_income",
];

/// `rows FILE VARIABLE PERIOD FACTS COUNT` or `population FILE PERSONS RUNS`.
fn main() {
    let asked: Vec<String> = std::env::args().skip(1).collect();
    let number = |place: usize| asked[place].parse::<usize>().expect("a number");
    match asked.first().map(String::as_str) {
        Some("rows") => rows(&read(&asked[1]), &asked[2], &asked[3], &asked[4], number(5)),
        Some("population") => population(&read(&asked[1]), number(2), number(3)),
        _ => println!("rules_bench rows FILE VARIABLE PERIOD FACTS COUNT | population FILE PERSONS RUNS"),
    }
}

/// Seconds on processors so far, of all threads, which a busy machine does not stretch (Linux; elsewhere seconds of the clock).
fn processor_seconds(since: Instant) -> f64 {
    let one = |task: fs::DirEntry| {
        fs::read_to_string(task.path().join("schedstat")).ok()?.split(' ').next()?.parse::<u64>().ok()
    };
    let tasks = fs::read_dir("/proc/self/task").into_iter().flatten().flatten();
    let nanoseconds: u64 = tasks.filter_map(one).sum();
    if nanoseconds == 0 { since.elapsed().as_secs_f64() } else { nanoseconds as f64 / 1e9 }
}

fn read(file: &str) -> Rules {
    let text = fs::read_to_string(file).unwrap();
    Rules::read(&[Source { name: file, text: &text }]).unwrap_or_else(|troubles| panic!("{troubles:#?}"))
}

/// One question after another in one thread, each from facts that are already read, with everything a trace needs kept.
fn rows(rules: &Rules, variable: &str, period: &str, facts: &str, count: usize) {
    let period: Period = period.parse().unwrap();
    let situation = rules.situation_from_json(&serde_json::from_str(facts).unwrap(), period).unwrap();
    let entity = rules.variable(variable).unwrap().entity;
    let who = situation.names(rules, &entity)[0].clone();
    let mut first = String::new();
    let mut best = f64::MAX;
    let since = Instant::now();
    for run in 0..5 {
        let begun = processor_seconds(since);
        for at in 0..count {
            let answer = rules.evaluate(&situation, variable, &who, period).unwrap();
            if run + at == 0 {
                first = answer.outcome.to_string();
            }
            std::hint::black_box(&answer);
        }
        best = best.min(processor_seconds(since) - begun);
    }
    println!("{}", serde_json::json!({"seconds": best, "count": count, "outcome": first}));
}

type Facts = Vec<(&'static str, Period, Column)>;

/// Households of two adults and a child, made by a formula that the peer repeats.
fn made(persons: usize) -> (Vec<(u32, u8)>, Facts) {
    let homes = persons / 3;
    let groups: Vec<(u32, u8)> = (0..homes * 3).map(|at| ((at / 3) as u32, u8::from(at % 3 == 2))).collect();
    let month: Period = MONTH.parse().unwrap();
    let january: Period = "2018-01".parse().unwrap();
    let birth = |at: usize| {
        let year = if at % 3 == 2 { 2000 + (at * 31) % 18 } else { 1930 + (at * 37) % 70 };
        jiff::civil::date(year as i16, 1 + (at * 7 % 12) as i8, 1 + (at * 5 % 28) as i8)
    };
    let money = |units: Vec<i64>| Column::Number { units, decimals: 2 };
    let salary = |at: usize| if at % 3 == 2 { 0 } else { (at as i64 * 7_919) % 1_500_000 };
    let returns = |at: usize| if at.is_multiple_of(5) { (at as i64 * 104_729) % 50_000 } else { 0 };
    let size = Column::Number { units: (0..homes).map(|at| 10 + (at as i64 * 17) % 150).collect(), decimals: 0 };
    let facts = vec![
        ("birth", Period::FOREVER, Column::Date((0..groups.len()).map(birth).collect())),
        ("salary", month, money((0..groups.len()).map(salary).collect())),
        ("capital_returns", month, money((0..groups.len()).map(returns).collect())),
        ("rent", month, money((0..homes).map(|at| (at as i64 * 271) % 100_000).collect())),
        ("accommodation_size", january, size),
        ("housing_occupancy_status", january, Column::Choice((0..homes).map(|at| (at * 11 % 4) as u16).collect())),
    ];
    (groups, facts)
}

fn placed(rules: &Rules, groups: &[(u32, u8)], facts: Facts) -> Population {
    let mut population = Population::new(rules, groups.len(), groups.len() / 3, groups).unwrap();
    for (variable, period, column) in facts {
        population.set(rules, variable, period, column, None).unwrap();
    }
    population
}

fn population(rules: &Rules, persons: usize, runs: usize) {
    let month: Period = MONTH.parse().unwrap();
    let (groups, facts) = made(persons);
    let (mut seconds, mut clock, mut built) = (Vec::new(), Vec::new(), Vec::new());
    let since = Instant::now();
    let mut sums = serde_json::Map::new();
    for _ in 0..runs {
        let copied = facts.clone();
        let begun_at = processor_seconds(since);
        let population = placed(rules, &groups, copied);
        built.push(processor_seconds(since) - begun_at);
        let (begun, begun_at) = (processor_seconds(since), Instant::now());
        let found = rules.evaluate_population(&population, &VARIABLES, month).unwrap();
        seconds.push(processor_seconds(since) - begun);
        clock.push(begun_at.elapsed().as_secs_f64());
        for one in &found {
            let Column::Number { units, decimals } = &one.values else { continue };
            let held = |at: usize| one.not_entitled.get(at) != Some(&true) && !one.others.contains_key(&at);
            let sum: i128 =
                units.iter().enumerate().filter(|(at, _)| held(*at)).map(|(_, units)| i128::from(*units)).sum();
            let sum = sum as f64 / 10_f64.powi(i32::from(*decimals));
            sums.insert(one.variable.clone(), serde_json::json!({"sum": sum, "by_row": one.others.len()}));
        }
    }
    seconds.sort_by(f64::total_cmp);
    clock.sort_by(f64::total_cmp);
    built.sort_by(f64::total_cmp);
    let (half, threads) = (seconds.len() / 2, rayon::current_num_threads());
    println!(
        "{}",
        serde_json::json!({"seconds": seconds[half], "built": built[half], "clock": clock[half], "threads": threads, "sums": sums})
    );
}
