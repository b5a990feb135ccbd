//! How long a map takes: `cargo run --release -p opinion_map --example map_speed -- FOLDER…`, or `synthetic PEOPLE STATEMENTS VOTES`,
//! or `processor FOLDER…` for processor time alone, or `bare FOLDER` and `update FOLDER` for a profiler.
#![allow(
    clippy::print_stdout,
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "a measurement for the terminal"
)]

use opinion_map::{Conversation, LiveMap, Reaction, Settings, Stance, Standing, Statement, draw_map, polis};
use std::{fs, path::Path, time::Instant};

fn main() {
    let asked: Vec<String> = std::env::args().skip(1).collect();
    if asked.first().is_some_and(|first| first == "synthetic") {
        let number = |at: usize| asked[at].parse::<usize>().unwrap();
        return measure("synthetic", &synthetic(number(1), number(2), number(3)));
    }
    let (only, folders) = match asked.first().map(String::as_str) {
        Some("bare" | "update" | "processor") => (Some(asked[0].clone()), &asked[1..]),
        _ => (None, &asked[..]),
    };
    for folder in folders {
        let begun = Instant::now();
        let read = |file: &str| fs::read(Path::new(folder).join(file));
        let (table, _) = polis::read_participants_votes(&read("participants-votes.csv").unwrap()).unwrap();
        let (comments, _) = polis::read_comments(&read("comments.csv").unwrap()).unwrap();
        let imported = polis::assemble(Some(table), None, comments).unwrap();
        println!("{folder}: read in {:.1} ms", begun.elapsed().as_secs_f64() * 1e3);
        match &only {
            Some(part) if part == "processor" => processor(folder, &imported.conversation),
            Some(part) => over_and_over(part, &imported.conversation),
            None => measure(folder, &imported.conversation),
        }
    }
}

/// One part again and again for some seconds, for a profiler: `perf record map_speed bare FOLDER`.
fn over_and_over(part: &str, conversation: &Conversation) {
    let bare = Settings { resamples: 0, references: 0, ..Settings::default() };
    let mut live = LiveMap::begin(conversation, bare.clone()).unwrap();
    for turn in 0..60 {
        if part == "bare" {
            drop(draw_map(conversation, &bare).unwrap());
        } else {
            live.update(&hundred(conversation, turn)).unwrap();
        }
    }
    println!("{part}: passes {}, processor_ms {:.1}", live.map().axes.passes, worked_ms() / 60.0);
}

/// The median of five, or of one for what is slow.
fn median(mut act: impl FnMut()) -> f64 {
    let mut once = || {
        let begun = Instant::now();
        act();
        begun.elapsed().as_secs_f64() * 1e3
    };
    let first = once();
    if first > 2_000.0 {
        return first;
    }
    let mut times: Vec<f64> = (0..5).map(|_| once()).collect();
    times.sort_by(f64::total_cmp);
    times[2]
}

/// Processor time of one act, over all threads, in milliseconds: as many acts as take a third of a second. It does not depend on
/// how long others have the processors.
fn processor_ms(mut act: impl FnMut()) -> f64 {
    let begun = worked_ms();
    let mut acts = 0.0;
    while worked_ms() - begun < 333.0 {
        act();
        acts += 1.0;
    }
    (worked_ms() - begun) / acts
}

/// Milliseconds that the threads of this process have worked (Linux).
fn worked_ms() -> f64 {
    let one = |task: fs::DirEntry| {
        fs::read_to_string(task.path().join("schedstat")).ok()?.split(' ').next()?.parse::<u64>().ok()
    };
    fs::read_dir("/proc/self/task").unwrap().flatten().filter_map(one).sum::<u64>() as f64 / 1e6
}

fn processor(name: &str, conversation: &Conversation) {
    let settings = Settings::default();
    let bare = Settings { resamples: 0, references: 0, ..settings.clone() };
    drop(draw_map(conversation, &bare).unwrap());
    println!("{name}: map_processor_ms {:.1}", processor_ms(|| drop(draw_map(conversation, &settings).unwrap())));
    println!("{name}: bare_processor_ms {:.2}", processor_ms(|| drop(draw_map(conversation, &bare).unwrap())));
    let mut live = LiveMap::begin(conversation, settings).unwrap();
    let mut turn = 0;
    let update = processor_ms(|| {
        turn += 1;
        live.update(&hundred(conversation, turn)).unwrap();
    });
    println!("{name}: update_processor_ms {update:.2}");
}

fn measure(name: &str, conversation: &Conversation) {
    let settings = Settings::default();
    println!("{name}: map_ms {:.1}", median(|| drop(draw_map(conversation, &settings).unwrap())));
    let bare = Settings { resamples: 0, references: 0, ..settings.clone() };
    println!("{name}: map_without_measurements_ms {:.1}", median(|| drop(draw_map(conversation, &bare).unwrap())));
    let mut live = LiveMap::begin(conversation, settings).unwrap();
    let mut turn = 0;
    let update = median(|| {
        turn += 1;
        let added = hundred(conversation, turn);
        live.update(&added).unwrap();
    });
    println!("{name}: update_after_100_votes_ms {update:.1}");
    processor(name, conversation);
    if let Ok(status) = fs::read_to_string("/proc/self/status") {
        let peak = status.lines().find(|line| line.starts_with("VmHWM")).unwrap_or_default();
        println!("{name}: {peak}");
    }
}

/// A hundred votes, of people who are there and of ten new ones.
fn hundred(conversation: &Conversation, turn: u32) -> Conversation {
    let people = conversation.people.len() as u32;
    let mut added = Conversation { statements: conversation.statements.clone(), ..Conversation::default() };
    added.people =
        (0..20).map(|at| conversation.people[((turn * 7919 + at * 104_729) % people) as usize].clone()).collect();
    added.people.sort();
    added.people.dedup();
    added.people.extend((0..10).map(|at| format!("new-{turn}-{at}")));
    let people = added.people.len() as u32;
    let statements = added.statements.len() as u32;
    added.reactions = (0..100)
        .map(|at| Reaction {
            person: at % people,
            statement: (at * 31 + turn) % statements,
            stance: Stance::of_value((at % 3) as i8 - 1).unwrap(),
            at_ms: None,
        })
        .collect();
    added
}

/// Three camps of unequal size, with votes on statements near the beginning more often.
fn synthetic(people: usize, statements: usize, votes: usize) -> Conversation {
    let mut state = 42u64;
    let mut draw = move || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize
    };
    let leaning: Vec<[u8; 3]> = (0..statements).map(|_| [0; 3].map(|_: u8| (draw() % 80) as u8 + 10)).collect();
    let camps: Vec<usize> = (0..people).map(|_| [0, 0, 0, 1, 1, 2][draw() % 6]).collect();
    let mut reactions = Vec::with_capacity(votes);
    for at in 0..votes {
        let person = at % people;
        let statement = draw() % statements;
        let agrees = (draw() % 100) < usize::from(leaning[statement][camps[person]]);
        let stance = if draw() % 8 == 0 {
            Stance::Pass
        } else if agrees {
            Stance::Agree
        } else {
            Stance::Disagree
        };
        reactions.push(Reaction { person: person as u32, statement: statement as u32, stance, at_ms: None });
    }
    Conversation {
        people: (0..people).map(|at| at.to_string()).collect(),
        statements: (0..statements).map(|at| Statement { id: at.to_string(), standing: Standing::Open }).collect(),
        reactions,
    }
}
