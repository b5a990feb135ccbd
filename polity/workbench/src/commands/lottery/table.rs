//! The answer for people.

use super::Held;
use crate::table::{Side, Table};
use ::lottery::{Seed, seats_by_feature};
use std::fmt::Write;

/// Kinds in the table of chances.
const KINDS_SHOWN: usize = 20;

pub(super) fn of(held: &Held, replacement: Option<&Held>) -> String {
    let mut out = String::new();
    chances(&mut out, held);
    match &held.drawn {
        Some((seed, drawn)) => panel(&mut out, held, seed, drawn.number, &drawn.panel),
        None => how_to_draw(&mut out, held),
    }
    if let Some(replacement) = replacement {
        let _ = writeln!(out, "\n— The {} seats that fell free —\n", replacement.assembly.seats);
        out.push_str(&of(replacement, None));
    }
    out
}

fn chances(out: &mut String, held: &Held) {
    let lottery = &held.lottery;
    let (least, of) = lottery.smallest();
    let proof = if lottery.proved {
        "no lottery is fairer (to 1e-7), but for the rounding to whole panels".to_owned()
    } else {
        format!(
            "whether a fairer lottery exists is not shown; none gives everyone more than {:.4}%",
            100.0 * lottery.smallest_bound
        )
    };
    let _ = writeln!(
        out,
        "{} seats, {} volunteers of {} kinds, {of} equally likely panels",
        held.assembly.seats,
        held.assembly.volunteers.len(),
        lottery.kinds.len()
    );
    let _ = writeln!(
        out,
        "smallest chance      {least} of {of} (the fairest: {:.4}%; {proof})",
        100.0 * lottery.smallest_ideal()
    );
    let _ = writeln!(out, "farthest from fairest {:.4} percentage points", 100.0 * lottery.farthest_from_ideal());
    let _ = writeln!(out, "Gini of the chances  {:.3}", lottery.gini());
    let _ = writeln!(out, "SHA-256 of the panels {}", lottery.commitment);
    let _ = writeln!(out, "\n{}", kinds(held));
}

/// The kinds with the smallest chances.
fn kinds(held: &Held) -> String {
    let lottery = &held.lottery;
    let of = lottery.panels.len();
    let mut order: Vec<usize> = (0..lottery.kinds.len()).collect();
    order.sort_by(|&one, &other| lottery.kinds[one].ideal_chance.total_cmp(&lottery.kinds[other].ideal_chance));
    let mut table =
        Table::new(&[("people", Side::Right), ("chance", Side::Right), ("fairest", Side::Right), ("kind", Side::Left)]);
    for &at in order.iter().take(KINDS_SHOWN) {
        let kind = &lottery.kinds[at];
        let seats = || kind.members.iter().map(|&index| lottery.seats[index]);
        let (low, high) = (seats().min().unwrap_or(0), seats().max().unwrap_or(0));
        let chance = if low == high { format!("{low}/{of}") } else { format!("{low}–{high}/{of}") };
        let fairest = format!("{:.3}%", 100.0 * kind.ideal_chance);
        table.row([kind.members.len().to_string(), chance, fairest, features(held, kind.members[0])]);
    }
    let more = order.len().saturating_sub(KINDS_SHOWN);
    let rest = if more > 0 {
        format!("… and {more} kinds with greater chances; --json has everybody's\n")
    } else {
        String::new()
    };
    table.text() + &rest
}

fn features(held: &Held, index: usize) -> String {
    let of = held.assembly.categories.iter().zip(&held.assembly.volunteers[index].features);
    of.map(|(category, &value)| category.features[value].name.clone()).collect::<Vec<_>>().join(", ")
}

fn panel(out: &mut String, held: &Held, seed: &Seed, number: u32, panel: &[usize]) {
    let _ = writeln!(out, "seed {} draws panel {number}", plain(&seed.to_string()));
    let ids: Vec<String> = panel.iter().map(|&index| plain(&held.assembly.volunteers[index].id)).collect();
    let _ = writeln!(out, "{}\n", ids.join(" "));
    let mut table =
        Table::new(&[("seats", Side::Right), ("least", Side::Right), ("most", Side::Right), ("feature", Side::Left)]);
    for (category, seats) in held.assembly.categories.iter().zip(seats_by_feature(&held.assembly, panel)) {
        for (feature, seats) in category.features.iter().zip(seats) {
            let named = format!("{}: {}", category.name, feature.name);
            table.row([seats.to_string(), feature.at_least.to_string(), feature.at_most.to_string(), named]);
        }
    }
    out.push_str(&table.text());
}

/// Without characters that would steer the terminal.
fn plain(text: &str) -> String {
    text.chars().map(|mark| if mark.is_control() { ' ' } else { mark }).collect()
}

fn how_to_draw(out: &mut String, held: &Held) {
    let _ = writeln!(
        out,
        "\nNothing is drawn yet. Publish the panels (--publish FILE; sha256sum gives the number above), announce where the seed will"
    );
    let _ = writeln!(out, "come from, and then draw with --seed and --commitment {}", held.lottery.commitment);
}
