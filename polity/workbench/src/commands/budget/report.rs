//! The outcome for people: tables and sentences; and the accounts to the cent.

use crate::table::{Side, Table, grouped};
use anyhow::bail;
use budgeting::{
    Block, Election, Fraction, Outcome, Profile, Question, Rule,
    amount::{in_units, rounded, written},
    outcome::{Measure, Reason, Step},
};
use std::fmt::Write;

/// Warnings that are printed; the JSON has all.
const WARNINGS_MAX: usize = 12;

/// Everything, readable.
pub fn report(election: &Election, outcome: &Outcome) -> String {
    let mut text = String::new();
    let money = |units: i64| grouped(&written(units.into(), election.decimals));
    let _ = writeln!(
        text,
        "{} of {} projects are funded, for {} of {}.\n",
        outcome.selected.len(),
        election.projects.len(),
        money(outcome.spent),
        money(election.budget)
    );
    text.push_str(&rounds(election, outcome));
    text.push_str(&losses(election, outcome));
    text.push_str(&sums(election, outcome));
    for note in &outcome.notes {
        let _ = writeln!(text, "{note}");
    }
    if !election.warnings.is_empty() {
        let _ = writeln!(text, "\nThe file does not agree with itself:");
    }
    for warning in election.warnings.iter().take(WARNINGS_MAX) {
        let _ = writeln!(text, "  {warning}");
    }
    text
}

fn fraction(election: &Election, value: &Fraction) -> String {
    grouped(&rounded(&in_units(value, election.decimals), 2))
}

fn rounds(election: &Election, outcome: &Outcome) -> String {
    let measure = match outcome.measure {
        Measure::Price => "price",
        Measure::Density => "for money",
        Measure::Votes => "votes",
        Measure::Load => "load",
        Measure::PriceForShare => "price/share",
    };
    let columns = [
        ("", Side::Right),
        ("id", Side::Left),
        ("project", Side::Left),
        ("cost", Side::Right),
        (measure, Side::Right),
        ("paid it", Side::Right),
        ("gave all", Side::Right),
        ("had nothing", Side::Right),
        ("", Side::Left),
    ];
    let mut table = Table::new(&columns);
    for (place, round) in outcome.rounds.iter().enumerate() {
        let project = &election.projects[round.project];
        let is_money = !matches!(outcome.measure, Measure::Density | Measure::Votes);
        let measure = round.measure.as_ref().map_or_else(String::new, |value| {
            if is_money { fraction(election, value) } else { grouped(&rounded(value, 3)) }
        });
        let voters = |count: Option<i64>| count.map_or_else(String::new, |count| grouped(&count.to_string()));
        let paid = round.payment.as_ref();
        let mut remark = match round.step {
            Step::Mandatory => "mandatory".to_owned(),
            Step::Free => "free".to_owned(),
            Step::Completed => "from what was left".to_owned(),
            Step::Chosen => String::new(),
        };
        if !round.tied.is_empty() {
            let _ = write!(remark, "tied: {}", election.ids(&round.tied).join(", "));
        }
        table.row([
            (place + 1).to_string(),
            project.id.clone(),
            project.name.clone(),
            grouped(&written(project.cost.into(), election.decimals)),
            measure,
            voters(paid.map(|paid| paid.paid_in_full)),
            voters(paid.map(|paid| paid.gave_all)),
            voters(paid.map(budgeting::outcome::Payment::had_nothing)),
            remark,
        ]);
    }
    table.text()
}

fn losses(election: &Election, outcome: &Outcome) -> String {
    if outcome.losses.is_empty() {
        return String::new();
    }
    let mut table =
        Table::new(&[("not funded", Side::Left), ("project", Side::Left), ("cost", Side::Right), ("why", Side::Left)]);
    let mut text = String::new();
    for loss in &outcome.losses {
        let project = &election.projects[loss.project];
        let cost = grouped(&written(project.cost.into(), election.decimals));
        table.row([project.id.clone(), project.name.clone(), cost, String::new()]);
        // Reasons are longer than a cell; they stand in the last column as they are.
        let _ = writeln!(text, "{}", why(election, &loss.reason));
    }
    let lines = table.text();
    let reasons = ["", ""].into_iter().chain(text.lines());
    let joined: Vec<String> = lines.lines().zip(reasons).map(|(line, reason)| joined(line, reason, &lines)).collect();
    format!("\n{}\n", joined.join("\n"))
}

/// A reason behind its line, in the last column.
fn joined(line: &str, reason: &str, lines: &str) -> String {
    let header = lines.lines().next().unwrap_or("");
    let column = header.chars().count() - "why".len();
    let padding = column.saturating_sub(line.chars().count());
    if reason.is_empty() { line.to_owned() } else { format!("{line}{}{reason}", " ".repeat(padding)) }
}

/// A sentence for each reason.
pub fn why(election: &Election, reason: &Reason) -> String {
    let money = |units: i64| grouped(&written(units.into(), election.decimals));
    let id = |project: usize| &election.projects[project].id;
    match reason {
        Reason::NoSupport => "Nobody voted for it.".to_owned(),
        Reason::Withdrawn => "It was withdrawn.".to_owned(),
        Reason::BelowThreshold { has, needs } => format!("It has {has} votes and needed {needs}."),
        Reason::DidNotFit { left, missing, ahead_of, votes_needed } => {
            let mut text = format!("At its turn {} were left, {} too few.", money(*left), money(*missing));
            if let (Some(other), Some(votes)) = (ahead_of, votes_needed) {
                let _ = write!(text, " With {votes} votes it would have come before {} and fitted.", id(*other));
            } else if let Some(other) = ahead_of {
                let _ = write!(text, " Before {} it would have fitted.", id(*other));
            }
            text
        }
        Reason::NotReached { left } => format!("The counting had ended; {} were left.", money(*left)),
        Reason::Unaffordable { had, missing, more_supporters } => format!(
            "Its supporters had {} left, {} too few; {more_supporters} more {} with a whole share would have paid it.",
            fraction(election, had),
            fraction(election, missing),
            if *more_supporters == 1 { "supporter" } else { "supporters" }
        ),
        Reason::Stopped { load } => {
            format!("The rule ended before: its supporters would each have carried {}.", fraction(election, load))
        }
        Reason::LessWelfare => "Other projects give more satisfaction for the same money.".to_owned(),
        Reason::Blocked(Block::Alternative(other)) => format!("Its alternative {} is funded.", id(*other)),
        Reason::Blocked(Block::Cap { of, left }) => format!("The cap of {of} has only {} left.", money(*left)),
    }
}

fn sums(election: &Election, outcome: &Outcome) -> String {
    let (sums, statistics) = (&outcome.accounting, &outcome.statistics);
    let money = |units: i64| grouped(&written(units.into(), election.decimals));
    let mut table = Table::new(&[("accounts", Side::Left), ("", Side::Right)]);
    table.row(["budget".to_owned(), money(sums.budget)]);
    table.row(["spent".to_owned(), money(sums.spent)]);
    table.row(["  paid by voters out of their shares".to_owned(), fraction(election, &sums.from_shares)]);
    table.row(["  mandatory, free, or from what was left".to_owned(), money(sums.beside_shares)]);
    table.row(["  covered by no share".to_owned(), fraction(election, &sums.overspent)]);
    table.row(["not spent".to_owned(), money(sums.unspent)]);
    table.row(["share of each voter".to_owned(), fraction(election, &sums.share)]);
    table.row(["left on voters' accounts".to_owned(), fraction(election, &sums.kept)]);
    let mut text = format!("\n{}", table.text());
    let percent = |voters: i64, of: i64| if of == 0 { 0.0 } else { 100.0 * voters as f64 / of as f64 };
    let _ = writeln!(
        text,
        "\nA voter has {} funded projects on average, worth {}; {} of {} voters ({:.1}%) have none.",
        rounded(&statistics.projects_average, 2),
        fraction(election, &statistics.cost_average),
        grouped(&statistics.with_nothing.to_string()),
        grouped(&statistics.voters.to_string()),
        percent(statistics.with_nothing, statistics.voters),
    );
    if let Some(other) = &outcome.under_greedy {
        let list = |projects: &[usize]| {
            if projects.is_empty() { "none".to_owned() } else { election.ids(projects).join(", ") }
        };
        let _ = writeln!(
            text,
            "Under the greedy rule these would have won: {}; and these lost: {}. {} voters have more of their projects now, {} \
             would then; {:.1}% would have none.",
            list(&other.would_win),
            list(&other.would_lose),
            grouped(&other.prefer_this.to_string()),
            grouped(&other.prefer_other.to_string()),
            percent(other.statistics.with_nothing, other.statistics.voters),
        );
    }
    text
}

/// Who paid how much for what: a row for each project and group of equal ballots, in whole cents (hundredths, or the file's
/// smallest units if those are smaller). Every project's rows add up to its cost: what rounding leaves goes by largest
/// remainder, earlier rows first; what no voter paid has a row of its own.
pub fn accounts(election: &Election, question: &Question, outcome: &Outcome) -> anyhow::Result<String> {
    if !matches!(question.rule, Rule::EqualShares(_) | Rule::BoundedOverspending(_)) {
        bail!("only Equal Shares and bounded overspending share costs among voters, so there are no accounts to write");
    }
    let profile = Profile::new(election, question.rule.satisfaction())?;
    let cents = election.decimals.max(2);
    let scale = Fraction::from_integer(num_bigint::BigInt::from(10).pow(cents - election.decimals));
    let mut text = String::from("round,project,ballot,voters,each_about,total\n");
    for (place, round) in outcome.rounds.iter().enumerate() {
        let project = &election.projects[round.project];
        let shares = outcome.shares.get(place).map_or(&[][..], Vec::as_slice);
        let exact: Vec<Fraction> =
            shares.iter().map(|share| &share.each * Fraction::from_integer(share.voters.into()) * &scale).collect();
        let cost = Fraction::from_integer(project.cost.into()) * &scale;
        let paid: Fraction = exact.iter().sum();
        let beside = &cost - &paid;
        let all: Vec<Fraction> = exact.into_iter().chain([beside]).collect();
        let totals = largest_remainders(&all);
        for (share, total) in shares.iter().zip(&totals) {
            let (_, ballot) = profile.group(share.group);
            let ids: Vec<&str> = ballot.iter().map(|p| election.projects[usize::from(*p)].id.as_str()).collect();
            let each = rounded(&in_units(&share.each, election.decimals), 6);
            let total = written(*total, cents);
            let _ = writeln!(
                text,
                "{},{},{},{},{each},{total}",
                place + 1,
                quoted(&project.id),
                quoted(&ids.join(" ")),
                share.voters
            );
        }
        let rest = totals.last().copied().unwrap_or(0);
        if rest != 0 {
            let _ = writeln!(text, "{},{},(no voter),0,0,{}", place + 1, quoted(&project.id), written(rest, cents));
        }
    }
    Ok(text)
}

fn quoted(cell: &str) -> String {
    if cell.contains([',', '"', '\n']) { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell.to_owned() }
}

/// Whole numbers that add up to the sum of the fractions, which is whole: Hamilton's method.
fn largest_remainders(all: &[Fraction]) -> Vec<i128> {
    let floors: Vec<Fraction> = all.iter().map(Fraction::floor).collect();
    let total: Fraction = all.iter().sum();
    let missing = (total - floors.iter().sum::<Fraction>()).to_integer();
    let missing = usize::try_from(missing).unwrap_or(0);
    let mut order: Vec<usize> = (0..all.len()).collect();
    order.sort_by(|a, b| (&all[*b] - &floors[*b]).cmp(&(&all[*a] - &floors[*a])).then(a.cmp(b)));
    let mut whole: Vec<i128> = floors.iter().map(|floor| i128::try_from(floor.to_integer()).unwrap_or(0)).collect();
    for place in order.into_iter().take(missing) {
        whole[place] += 1;
    }
    whole
}
