//! Counts a large PrefLib file, or one made from a number, and says how long each part took: `speed FILE SEATS`, or
//! `speed make BALLOTS CANDIDATES FILE` to write a file of random complete orders.
#![allow(clippy::disallowed_methods, clippy::print_stdout, reason = "an example that measures")]

use std::io::{BufWriter, Write};
use std::time::Instant;
use tallying::{
    EliminationRules, MeekRules, PairwiseMatrix, Precision, ScottishRules, Strength, TieRule, count_by_elimination,
    count_meek, count_scottish, read_preflib, schulze,
};

type Fallible<T> = Result<T, Box<dyn std::error::Error>>;

fn main() -> Fallible<()> {
    let said: Vec<String> = std::env::args().skip(1).collect();
    let said: Vec<&str> = said.iter().map(String::as_str).collect();
    match said[..] {
        ["make", ballots, candidates, file] => make(ballots.parse()?, candidates.parse()?, file),
        [file, seats] => count(file, seats.parse()?, false),
        [file, seats, "all"] => count(file, seats.parse()?, true),
        _ => Err("speed FILE SEATS [all], or speed make BALLOTS CANDIDATES FILE".into()),
    }
}

/// Random complete orders in which candidates of lower numbers are liked better, by a fixed linear congruential generator.
fn make(ballots: usize, candidates: usize, file: &str) -> Fallible<()> {
    let mut out = BufWriter::new(std::fs::File::create(file)?);
    writeln!(out, "# TITLE: {ballots} random orders of {candidates}\n# NUMBER ALTERNATIVES: {candidates}")?;
    for at in 1..=candidates {
        writeln!(out, "# ALTERNATIVE NAME {at}: Candidate {at}")?;
    }
    let mut state = 1u64;
    let mut draw = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        state >> 33
    };
    for _ in 0..ballots {
        let mut keys: Vec<(u64, usize)> = (1..=candidates).map(|at| (draw() % (1000 + 100 * at as u64), at)).collect();
        keys.sort_unstable();
        let order: Vec<String> = keys.iter().map(|(_, at)| at.to_string()).collect();
        writeln!(out, "1: {}", order.join(","))?;
    }
    Ok(out.flush()?)
}

/// Seconds on a processor so far, which a busy machine does not stretch (Linux; elsewhere seconds of the clock). All work is on one thread.
fn processor_seconds(since: Instant) -> f64 {
    let told = std::fs::read_to_string("/proc/self/schedstat").ok();
    let nanoseconds = told.and_then(|text| text.split(' ').next()?.parse::<u64>().ok());
    nanoseconds.map_or_else(|| since.elapsed().as_secs_f64(), |nanoseconds| nanoseconds as f64 / 1e9)
}

fn timed<T>(what: &str, work: impl FnOnce() -> T) -> T {
    let since = Instant::now();
    let begun = processor_seconds(since);
    let done = work();
    println!("{what}\t{:.4}", processor_seconds(since) - begun);
    done
}

fn count(file: &str, seats: u32, all: bool) -> Fallible<()> {
    let text = timed("fetch the file", || std::fs::read_to_string(file))?;
    let found = timed("read", || read_preflib(&text))?;
    let (candidates, ballots) = (&found.candidates, &found.ballots);
    let ties = TieRule::EarlierRounds(Box::new(TieRule::as_listed(candidates)));
    let rules = EliminationRules::transferable(seats, Precision::Decimals(5), ties.clone());
    let counted = timed("stv", || count_by_elimination(candidates, ballots, &rules))?;
    let names: Vec<&str> = counted.winners.iter().map(|&at| candidates[at as usize].name.as_str()).collect();
    println!("elected\t{}", names.join(", "));
    if all {
        let exact = EliminationRules { precision: Precision::Exact, ..rules.clone() };
        timed("stv exact", || count_by_elimination(candidates, ballots, &exact))?;
        let scottish = ScottishRules { seats, reading: rules.reading.clone(), ties: ties.clone() };
        timed("stv scottish", || count_scottish(candidates, ballots, &scottish))?;
        timed("stv meek", || count_meek(candidates, ballots, &MeekRules::reference(seats, ties)))?;
        let irv = EliminationRules { seats: 1, ..rules };
        timed("irv", || count_by_elimination(candidates, ballots, &irv))?;
        let matrix = timed("pairwise", || PairwiseMatrix::count(candidates, ballots))?;
        timed("schulze", || schulze(&matrix, Strength::WinningVotes))?;
    }
    Ok(())
}
