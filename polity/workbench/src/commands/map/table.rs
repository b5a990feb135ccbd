use super::read::Read;
use opinion_map::{Burst, OpinionMap, Representative};
use std::fmt::Write;

/// The longest statement in a line.
const WORDS_MAX: usize = 100;
/// Lines of what was left out, for each file.
const FAULTS_MAX: usize = 5;

/// The map in words, for the terminal.
pub fn of(map: &OpinionMap, read: &Read) -> String {
    let mut out = Lines(String::new());
    out.line(&format!(
        "{}, {}, {} ({} more changed later). {} on the map. Seed {}.",
        people(map.people.len()),
        counted(map.statements.len(), "statement"),
        counted(map.reactions, "vote"),
        map.superseded,
        people(map.people_on_map()),
        map.seed
    ));
    faults(&mut out, read);
    verdict(&mut out, map, read);
    // Of nobody to divide there are no groups.
    for group in map.groups.iter().filter(|_| map.groups.len() > 1) {
        let firm = map.stability.as_ref().and_then(|one| one.groups.get(group.id));
        let firm = firm.map(|firm| format!(", found again {firm:.2} of 1")).unwrap_or_default();
        out.heading(&format!("Group {} ({}{firm})", group.id, people(group.members.len())));
        group.representative.iter().for_each(|one| out.line(&marked(one, read)));
    }
    shared(&mut out, map, read);
    apart(&mut out, map, read);
    coordination(&mut out, map);
    out.0
}

/// So many of something, whose plural has an s.
fn counted(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}

fn people(count: usize) -> String {
    format!("{count} {}", if count == 1 { "person" } else { "people" })
}

struct Lines(String);

impl Lines {
    fn line(&mut self, line: &str) {
        self.0.push_str(line);
        self.0.push('\n');
    }

    fn heading(&mut self, heading: &str) {
        self.line(&format!("\n{heading}\n{}", "-".repeat(heading.chars().count())));
    }
}

/// The beginning of a statement with its id.
pub fn short(read: &Read, statement: &str, most: usize) -> String {
    let words = read.words(statement);
    let cut: String = words.chars().take(most).collect();
    let more = if cut.len() < words.len() { "…" } else { "" };
    format!("[{statement}] {cut}{more}")
}

fn faults(out: &mut Lines, read: &Read) {
    for (file, faults) in read.faults.iter().filter(|one| one.1.count > 0) {
        out.line(&format!("{file}: {}, left out or not relied on.", counted(faults.count, "fault")));
        faults.shown.iter().take(FAULTS_MAX).for_each(|one| out.line(&format!("  {one}")));
    }
    if let Some(apart) = read.imported.cells_apart.filter(|apart| *apart > 0) {
        out.line(&format!(
            "votes.csv differs from participants-votes.csv in {apart} cells; the latter counts, without times."
        ));
    }
}

fn verdict(out: &mut Lines, map: &OpinionMap, read: &Read) {
    out.heading("Are there groups?");
    if map.warnings.is_empty() {
        out.line("Yes: they are apart, and half of the people give them again.");
    }
    map.warnings.iter().for_each(|warning| out.line(&warning.to_string()));
    if !map.candidates.is_empty() {
        out.line("groups  silhouette  ± error  inertia");
    }
    for one in &map.candidates {
        let chosen = if one.groups == map.groups.len() { "  ← drawn" } else { "" };
        let (silhouette, error) = (one.silhouette, one.silhouette_error);
        out.line(&format!("{:>6}  {silhouette:>10.4}  {error:>7.4}  {:>.2}{chosen}", one.groups, one.inertia));
    }
    if let Some(one) = &map.separation {
        out.line(&format!(
            "Clouds without groups: silhouette up to {:.4} when round, {:.4} when as long and wide as this map.",
            one.round_cloud, one.stretched_cloud
        ));
    }
    if let Some(one) = &map.stability {
        out.line(&format!(
            "Stability over {} half-samples of people: {:.3} of 1 (least {:.3}); {:.0}% give as many groups.",
            one.resamples,
            one.agreement,
            one.agreement_least,
            one.same_number_share * 100.0
        ));
    }
    if let Some(agreement) = read.agreement_with_given(map) {
        out.line(&format!("Agreement with the groups in the file: {agreement:.3} of 1 (adjusted Rand index)."));
    }
}

fn marked(one: &Representative, read: &Read) -> String {
    let figures = &one.figures;
    // What a group agrees with most may be what everybody agrees with; then it is told by who agrees.
    let shared = one.best_agree && !one.marks();
    let (word, count) =
        if one.agrees || shared { ("agree", figures.counts.agrees) } else { ("disagree", figures.counts.disagrees) };
    let most = if shared { "(what it agrees with most) " } else { "" };
    format!("{count:>4} of {:>4} {word:<8} {most}{}", figures.counts.seen, short(read, &one.statement, WORDS_MAX))
}

fn shared(out: &mut Lines, map: &OpinionMap, read: &Read) {
    if map.consensus.agree.len() + map.consensus.disagree.len() > 0 {
        out.heading("What most agree on");
    }
    for (word, list) in [("agree", &map.consensus.agree), ("disagree", &map.consensus.disagree)] {
        for one in list {
            let count = if word == "agree" { one.counts.agrees } else { one.counts.disagrees };
            let line =
                format!("{count:>4} of {:>4} {word:<8} {}", one.counts.seen, short(read, &one.statement, WORDS_MAX));
            out.line(&line);
        }
    }
    if map.groups.len() > 1 {
        out.heading("What every group agrees on most (product of the groups' shares)");
        for one in map.by_group_informed_consensus().into_iter().take(5) {
            out.line(&format!("{:>6.3} {}", one.group_informed_agree, short(read, &one.id, WORDS_MAX)));
        }
    }
}

fn apart(out: &mut Lines, map: &OpinionMap, read: &Read) {
    if !map.divisive.is_empty() {
        out.heading("Where groups differ most (share that agrees, most less least)");
    }
    for one in map.divisive.iter().take(5) {
        let who = format!("group {} over {}", one.most, one.least);
        out.line(&format!("{:>6.3} {who} {}", one.gap, short(read, &one.statement, WORDS_MAX)));
    }
    if !map.uncertain.is_empty() {
        out.heading("What many passed on");
    }
    for one in map.uncertain.iter().take(5) {
        let line =
            format!("{:>4} of {:>4} {}", one.counts.passes(), one.counts.seen, short(read, &one.statement, WORDS_MAX));
        out.line(&line);
    }
}

fn coordination(out: &mut Lines, map: &OpinionMap) {
    let found = &map.coordination;
    let (alike, others): (Vec<&Burst>, Vec<&Burst>) = found.bursts.iter().partition(|one| one.answers_alike());
    if !others.is_empty() {
        out.heading("Many came at once, and answer as everybody does");
        others.iter().for_each(|one| burst(out, one));
    }
    if found.identical.is_empty() && alike.is_empty() && found.rapid.is_empty() {
        return;
    }
    out.heading("What looks coordinated (nothing of it is left out of the map)");
    for one in &found.identical {
        out.line(&format!(
            "{} gave the same {}; by chance one would expect 10^{:.0}.",
            people(one.people.len()),
            counted(one.seen, "answer"),
            one.expected_log10
        ));
    }
    alike.iter().for_each(|one| burst(out, one));
    for one in found.rapid.iter().take(5) {
        let seconds = one.lasted_ms as f64 / 1_000.0;
        let _ = writeln!(out.0, "Person {} answered {} statements in {seconds:.0} seconds.", one.person, one.reactions);
    }
}

fn burst(out: &mut Lines, one: &Burst) {
    let minutes = usize::try_from((one.ended_at_ms - one.begun_at_ms) / 60_000).unwrap_or(0);
    let opening = if one.from_the_start { "The opening: " } else { "" };
    out.line(&format!(
        "{opening}{} came within {}, where {:.1} would have been usual; two of them gave the same answer in {:.0}% of cases, any two in {:.0}%.",
        people(one.people.len()),
        counted(minutes.max(1), "minute"),
        one.expected_people,
        one.alike_share * 100.0,
        one.alike_share_of_all * 100.0
    ));
}
