//! Who funded what, as a picture: a bar for each funded project, in the order of the rounds.

use crate::{
    svg::{Anchor, Svg},
    table::grouped,
    words::Words,
};
use budgeting::{
    Election, Outcome,
    amount::{nearest, written},
    outcome::Round,
};

const ROW: f64 = 30.0;
const TOP: f64 = 92.0;
const NAMES: f64 = 340.0;
const BARS: f64 = 560.0;
const NOTES: f64 = 300.0;
/// Characters of a name that fit beside the bars.
const NAME_CHARACTERS_MAX: usize = 42;
const WORDS_CHARACTERS_MAX: usize = 140;
/// Colours that stay apart for colour-blind readers (Okabe and Ito), with their words.
const PARTS: [(&str, &str); 3] = [("#0072b2", "budget-full"), ("#e69f00", "budget-rest"), ("#8a8a8a", "budget-beside")];
const INK: &str = "fill=\"#202020\"";
const HEADING: &str = "font-size=\"20\" font-weight=\"bold\" fill=\"#202020\"";

/// The picture as an SVG document with a title and a description for those who do not see it.
pub fn drawn(election: &Election, outcome: &Outcome, words: &Words) -> String {
    let most = outcome.selected.iter().map(|project| election.projects[*project].cost).max().unwrap_or(1).max(1) as f64;
    let size = (NAMES + BARS + NOTES, TOP + ROW * outcome.rounds.len() as f64 + 16.0);
    let (title, summary) = (words.say("budget-title", &[]), summary(election, outcome, words));
    let said = outcome.rounds.iter().map(|round| said(election, round, words));
    let description: Vec<String> = std::iter::once(summary.clone()).chain(said).collect();
    let mut svg = Svg::new(size, words.language, &title, &description.join(". "));
    svg.text((16.0, 30.0), Anchor::Start, &title, WORDS_CHARACTERS_MAX, HEADING);
    svg.text((16.0, 52.0), Anchor::Start, &summary, WORDS_CHARACTERS_MAX, INK);
    let mut x = 16.0;
    for (colour, key) in PARTS {
        let part = words.say(key, &[]);
        svg.bar((x, 64.0), (13.0, 13.0), colour, &part);
        svg.text((x + 19.0, 75.0), Anchor::Start, &part, WORDS_CHARACTERS_MAX, INK);
        x += 40.0 + part.chars().count() as f64 * 7.0;
    }
    for (place, round) in outcome.rounds.iter().enumerate() {
        row(&mut svg, election, round, (TOP + ROW * place as f64, most), words);
    }
    svg.finished()
}

fn row(svg: &mut Svg, election: &Election, round: &Round, (y, most): (f64, f64), words: &Words) {
    let project = &election.projects[round.project];
    svg.text((NAMES - 10.0, y + 16.0), Anchor::End, &named(election, round), NAME_CHARACTERS_MAX, INK);
    let paid = round.payment.as_ref();
    let full = paid.map_or(0.0, |paid| nearest(&paid.total_in_full));
    let rest = paid.map_or(0.0, |paid| nearest(&paid.total_of_rest));
    let mut x = NAMES;
    for (part, (colour, key)) in [full, rest, (project.cost as f64 - full - rest).max(0.0)].into_iter().zip(PARTS) {
        let width = part / most * BARS;
        if width > 0.01 {
            svg.bar((x, y + 2.0), (width, 20.0), colour, &words.say(key, &[]));
        }
        x += width;
    }
    svg.text((x + 8.0, y + 16.0), Anchor::Start, &paid_by(election, round, words), WORDS_CHARACTERS_MAX, INK);
}

fn named(election: &Election, round: &Round) -> String {
    let project = &election.projects[round.project];
    if project.name.is_empty() { project.id.clone() } else { format!("{} {}", project.id, project.name) }
}

/// The cost, and by how many it was paid.
fn paid_by(election: &Election, round: &Round, words: &Words) -> String {
    let cost = grouped(&written(election.projects[round.project].cost.into(), election.decimals));
    let Some(paid) = &round.payment else { return cost };
    let (full, rest) = (grouped(&paid.paid_in_full.to_string()), grouped(&paid.gave_all.to_string()));
    words.say("budget-paid", &[("cost", cost.into()), ("full", full.into()), ("rest", rest.into())])
}

fn said(election: &Election, round: &Round, words: &Words) -> String {
    format!("{}: {}", named(election, round), paid_by(election, round, words))
}

fn summary(election: &Election, outcome: &Outcome, words: &Words) -> String {
    let money = |units: i64| grouped(&written(units.into(), election.decimals));
    let values = [
        ("selected", outcome.selected.len().to_string().into()),
        ("all", election.projects.len().to_string().into()),
        ("spent", money(outcome.spent).into()),
        ("budget", money(election.budget).into()),
        ("voters", grouped(&outcome.statistics.voters.to_string()).into()),
    ];
    words.say("budget-summary", &values)
}
