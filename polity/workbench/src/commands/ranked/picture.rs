//! Counts as pictures: totals and grades as bars, rounds as a grid of bars, pairs as a table of squares.

use super::input::{Input, Votes};
use super::rounds::by_endurance;
use crate::svg::{Anchor, Svg};
use tallying::{Counted, PairwiseMatrix};

const ROW: f64 = 30.0;
const TOP: f64 = 96.0;
const NAMES: f64 = 260.0;
const BARS: f64 = 620.0;
const NAME_CHARACTERS_MAX: usize = 32;
/// Okabe and Ito's blue for who is elected, grey for the others.
const ELECTED: &str = "#0072b2";
const OTHERS: &str = "#8a8a8a";
const INK: &str = "fill=\"#202020\"";
const HEADING: &str = "font-size=\"20\" font-weight=\"bold\" fill=\"#202020\"";
/// Rounds of a picture at most; of more the last are drawn.
const ROUNDS_MAX: usize = 12;
const ROUND: f64 = 104.0;
const PAIR: f64 = 64.0;
/// Candidates in a picture of pairs at most.
const PAIRS_MAX: usize = 60;

/// From good to bad, for any number of grades: blue over grey to orange, which colour-blind readers tell apart.
fn shade(at: usize, of: usize) -> String {
    let share = if of < 2 { 0.0 } else { at as f64 / (of - 1) as f64 };
    let ends: [[f64; 3]; 3] = [[0.0, 96.0, 160.0], [214.0, 214.0, 214.0], [176.0, 74.0, 0.0]];
    let (from, to, part) = if share < 0.5 { (0, 1, share * 2.0) } else { (1, 2, share * 2.0 - 1.0) };
    let mixed = |axis: usize| (ends[from][axis] + (ends[to][axis] - ends[from][axis]) * part).round() as u8;
    format!("#{:02x}{:02x}{:02x}", mixed(0), mixed(1), mixed(2))
}

fn begun(input: &Input, (width, height): (f64, f64), summary: &str, description: &str) -> Svg {
    let mut svg = Svg::new((width, height), input.words.language, &input.name, description);
    svg.text((16.0, 30.0), Anchor::Start, &input.name, 100, HEADING);
    svg.text((16.0, 54.0), Anchor::Start, summary, 160, INK);
    svg
}

fn name(svg: &mut Svg, input: &Input, at: u16, y: f64, is_elected: bool) {
    let weight = if is_elected { "fill=\"#202020\" font-weight=\"bold\"" } else { INK };
    svg.text((NAMES - 10.0, y + 16.0), Anchor::End, input.name_of(at), NAME_CHARACTERS_MAX, weight);
}

/// Who is elected, in words.
fn elected(input: &Input, winners: &[u16]) -> String {
    let names =
        if winners.is_empty() { input.words.say("ranked-nobody", &[]) } else { input.names(winners).join(", ") };
    input.words.say("ranked-elected", &[("names", names.into())])
}

/// A bar for each candidate; those below nothing grow to the left of the zero.
pub(super) fn totals(input: &Input, totals: &[(u16, Votes)], marked: &[u16], unit: &str) -> String {
    let counted = |total: &Votes| input.words.say(&format!("ranked-{unit}"), &[("total", total.to_string().into())]);
    let numbers: Vec<f64> = totals.iter().map(|(_, total)| total.approximately()).collect();
    let low = numbers.iter().copied().fold(0.0, f64::min);
    let span = (numbers.iter().copied().fold(0.0, f64::max) - low).max(1e-9);
    let said: Vec<String> =
        totals.iter().map(|(at, total)| format!("{}: {}", input.name_of(*at), counted(total))).collect();
    let summary = elected(input, marked);
    let size = (NAMES + BARS + 140.0, TOP + ROW * totals.len() as f64 + 16.0);
    let mut svg = begun(input, size, &summary, &format!("{summary}. {}", said.join(". ")));
    let zero = NAMES - low / span * BARS;
    for (place, ((at, total), number)) in totals.iter().zip(&numbers).enumerate() {
        let y = TOP + ROW * place as f64;
        let (from, to) = (number.min(0.0) / span * BARS, number.max(0.0) / span * BARS);
        let colour = if marked.contains(at) { ELECTED } else { OTHERS };
        name(&mut svg, input, *at, y, marked.contains(at));
        svg.bar((zero + from, y + 2.0), (to - from, 20.0), colour, &said[place]);
        svg.text((zero + to + 8.0, y + 16.0), Anchor::Start, &counted(total), 40, INK);
    }
    svg.line((zero, TOP - 4.0), (zero, size.1 - 12.0), "stroke=\"#202020\"");
    svg.finished()
}

/// How many gave each grade, and where the middle is.
pub(super) fn grades(input: &Input, rows: &[(u16, Vec<u64>)], grades: &[String]) -> String {
    let said: Vec<String> = rows
        .iter()
        .map(|(at, counts)| {
            let of: Vec<String> = grades.iter().zip(counts).map(|(grade, count)| format!("{grade} {count}")).collect();
            format!("{}: {}", input.name_of(*at), of.join(", "))
        })
        .collect();
    let size = (NAMES + BARS + 24.0, TOP + ROW * rows.len() as f64 + 16.0);
    let summary = input.words.say("ranked-grades", &[]);
    let mut svg = begun(input, size, &summary, &said.join(". "));
    let mut x = NAMES;
    for (at, grade) in grades.iter().enumerate() {
        svg.bar((x, 66.0), (13.0, 13.0), &shade(at, grades.len()), grade);
        svg.text((x + 19.0, 77.0), Anchor::Start, grade, 24, INK);
        x += 36.0 + 7.5 * grade.chars().count().min(24) as f64;
    }
    for (place, (at, counts)) in rows.iter().enumerate() {
        let y = TOP + ROW * place as f64;
        let all = counts.iter().sum::<u64>().max(1) as f64;
        name(&mut svg, input, *at, y, place == 0);
        let mut x = NAMES;
        for (grade, count) in counts.iter().enumerate().filter(|(_, count)| **count > 0) {
            let width = *count as f64 / all * BARS;
            svg.bar((x, y + 2.0), (width, 22.0), &shade(grade, grades.len()), &format!("{}: {count}", grades[grade]));
            x += width;
        }
    }
    let middle = NAMES + BARS / 2.0;
    svg.line((middle, TOP - 6.0), (middle, size.1 - 12.0), "stroke=\"#202020\" stroke-width=\"2\"");
    svg.finished()
}

/// Each candidate's votes in each round, beside the quota; several counts stand below each other.
pub(super) fn rounds(input: &Input, counts: &[Counted]) -> String {
    let columns = counts.iter().map(|counted| counted.rounds.len().min(ROUNDS_MAX)).max().unwrap_or(0);
    let rows: usize = counts.iter().map(|counted| by_endurance(counted).len() + 2).sum();
    let winners: Vec<u16> = counts.iter().flat_map(|counted| counted.winners.iter().copied()).collect();
    let elected = elected(input, &winners);
    let steps = counts.iter().flat_map(|counted| &counted.rounds).flat_map(|round| round.sentences(&input.candidates));
    let description: Vec<String> = std::iter::once(format!("{elected}.")).chain(steps).collect();
    let size = (NAMES + ROUND * columns.max(1) as f64 + 24.0, TOP + ROW * rows as f64);
    let mut svg = begun(input, size, &elected, &description.join(" "));
    let mut y = TOP;
    for counted in counts {
        y = one_count(&mut svg, input, counted, y);
    }
    svg.finished()
}

fn one_count(svg: &mut Svg, input: &Input, counted: &Counted, top: f64) -> f64 {
    let shown = &counted.rounds[counted.rounds.len().saturating_sub(ROUNDS_MAX)..];
    let votes = |round: &tallying::Round, at: u16| round.tally.get(&at).map(Votes::approximately);
    let all = by_endurance(counted);
    let highest = shown.iter().flat_map(|round| all.iter().filter_map(|at| votes(round, *at))).fold(1e-9, f64::max);
    let width = |number: f64| number / highest * (ROUND - 14.0);
    for (column, round) in shown.iter().enumerate() {
        let x = NAMES + ROUND * column as f64;
        svg.text(
            (x, top - 6.0),
            Anchor::Start,
            &input.words.say("ranked-round", &[("round", round.number.to_string().into())]),
            20,
            "fill=\"#404040\"",
        );
        let quota = width(round.quota.approximately());
        if quota <= ROUND - 4.0 {
            let bottom = top + ROW * all.len() as f64;
            svg.line((x + quota, top), (x + quota, bottom), "stroke=\"#202020\" stroke-dasharray=\"3 3\"");
        }
    }
    for (place, at) in all.iter().enumerate() {
        let y = top + ROW * place as f64;
        let colour = if counted.winners.contains(at) { ELECTED } else { OTHERS };
        name(svg, input, *at, y, counted.winners.contains(at));
        for (column, round) in shown.iter().enumerate() {
            let Some(number) = votes(round, *at) else { continue };
            let x = NAMES + ROUND * column as f64;
            let says = format!("{}, round {}: {}", input.name_of(*at), round.number, round.tally[at]);
            svg.bar((x, y + 16.0), (width(number), 8.0), colour, &says);
            svg.text(
                (x, y + 12.0),
                Anchor::Start,
                &round.tally[at].to_string(),
                12,
                "fill=\"#202020\" font-size=\"12\"",
            );
        }
    }
    top + ROW * (all.len() + 2) as f64
}

/// Who is put above whom by how many, the row against the column.
pub(super) fn pairs(input: &Input, matrix: &PairwiseMatrix) -> String {
    let all = &matrix.included()[..matrix.included().len().min(PAIRS_MAX)];
    let size = (NAMES + PAIR * all.len() as f64 + 24.0, TOP + 24.0 + ROW * all.len() as f64 + 16.0);
    let said: Vec<String> = all
        .iter()
        .flat_map(|one| all.iter().map(move |other| (*one, *other)))
        .filter(|(one, other)| matrix.beats(*one, *other))
        .map(|(one, other)| {
            let (with, against) = (matrix.preferring(one, other), matrix.preferring(other, one));
            format!("{} beats {} by {with} to {against}", input.name_of(one), input.name_of(other))
        })
        .collect();
    let summary = input.words.say("ranked-pairs", &[]);
    let mut svg = begun(input, size, &summary, &format!("{}.", said.join(". ")));
    for (row, one) in all.iter().enumerate() {
        let y = TOP + 24.0 + ROW * row as f64;
        let label = format!("{} {}", row + 1, input.name_of(*one));
        svg.text((NAMES - 10.0, y + 19.0), Anchor::End, &label, NAME_CHARACTERS_MAX, INK);
        svg.text((NAMES + PAIR * (row as f64 + 0.5), TOP + 14.0), Anchor::Middle, &(row + 1).to_string(), 4, INK);
        for (column, other) in all.iter().enumerate().filter(|(column, _)| *column != row) {
            let (with, wins) = (matrix.preferring(*one, *other), matrix.beats(*one, *other));
            let x = NAMES + PAIR * column as f64;
            let (colour, ink) = if wins { (ELECTED, "fill=\"#fff\"") } else { ("#e4e4e4", INK) };
            let against = matrix.preferring(*other, *one);
            let says = format!("{} over {}: {with} to {against}", input.name_of(*one), input.name_of(*other));
            svg.bar((x + 1.0, y + 1.0), (PAIR - 2.0, ROW - 2.0), colour, &says);
            svg.text((x + PAIR / 2.0, y + 19.0), Anchor::Middle, &with.to_string(), 10, ink);
        }
    }
    svg.finished()
}
