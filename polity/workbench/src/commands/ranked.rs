//! `polity tally ranked`: ballots that say something of each candidate, counted by the rules of a contest or by another method.

mod binding;
mod input;
mod judgment;
mod pairwise;
mod picture;
mod rounds;
mod totals;

use crate::{files, words::Language};
use anyhow::bail;
use clap::{Args, ValueEnum};
use input::{Input, Votes};
use std::path::PathBuf;
use tallying::{Ballots, Method, TieRule};

/// Shown under `--help`.
pub const EXAMPLES: &str = r#"A contest is a JSON file with RCTab's keys. Beyond these, `rules` may name a method, and what it needs:

  { "outputSettings": { "contestName": "Which playground first?" },
    "candidates": [ { "name": "Elm Park" }, { "name": "Harbour" }, { "name": "Mill Lane" } ],
    "cvrFileSources": [ { "filePath": "ballots.csv", "provider": "genericCsv", "firstVoteColumnIndex": 4,
        "weightColumnIndex": 2, "voterColumnIndex": 1, "delegatesColumnIndex": 3 } ],
    "rules": { "method": "score", "highestScore": 5, "numberOfWinners": 1, "tiebreakMode": "useCandidateOrder",
        "eligible": 400, "requirements": [ { "quorum": "1/5" }, { "quorum": 50 } ] } }

  ballots.csv, one row for each voter; Cy lets Amina vote, and Bo if she does not:
    voter,weight,delegates,Elm Park,Harbour,Mill Lane
    Amina,1,,5,3,
    Bo,1,,,4,5
    Cy,2,Amina;Bo,,,

  method             the cells of the table       further keys of `rules`
  rounds             ranks, 1 the best            RCTab's: winnerElectionMode, overvoteRule, tiebreakMode, …
  scottish, meek     ranks
  plurality          ranks
  borda              ranks                        unranked: zero, average, modified
  schulze            ranks                        strength: winning-votes, margins
  ranked-pairs       ranks                        strength
  condorcet          ranks
  approval           1 or x
  score, star        0 to highestScore            highestScore: 5 unless said
  majority-judgment  names of grades              grades: a list, the best first; middleGrade: worse, better
  quadratic          votes, with a minus against  credits

  A winner can be required to have a share: { "winner": "> 1/2", "of": "valid" }, or cast, or eligible; or so many votes:
  { "winner": 100 }. With ">" more than the share is needed.

Examples:
  polity tally ranked contest.json
  polity tally ranked contest.json --method schulze --svg pairs.svg
  polity tally ranked debian.toc --method ranked-pairs --json"#;

/// What is asked.
#[derive(Debug, Args)]
pub struct RankedArgs {
    /// A contest as RCTab's configuration describes it (JSON), or a PrefLib file (.soc, .soi, .toc, .toi, .cat).
    pub file: PathBuf,
    /// How to count, instead of what the configuration says; a PrefLib file of orders is counted by rounds unless said.
    #[arg(long, value_enum)]
    pub method: Option<MethodArg>,
    /// How many to elect, instead of what the configuration says; 1 for a PrefLib file.
    #[arg(long)]
    pub seats: Option<u32>,
    /// Answer as JSON. Counts with rounds are laid out as RCTab's detailed reports.
    #[arg(long)]
    pub json: bool,
    /// Draw the count into this SVG file.
    #[arg(long, value_name = "FILE")]
    pub svg: Option<PathBuf>,
    /// The language of the picture.
    #[arg(long, value_enum, default_value = "en")]
    pub language: Language,
}

/// A method of counting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum MethodArg {
    /// The rounds of the configuration: instant runoff or single transferable vote.
    #[value(alias = "rules")]
    Rounds,
    /// The single transferable vote of Scottish local elections.
    Scottish,
    /// The single transferable vote by Meek's method.
    Meek,
    /// Schulze's method.
    Schulze,
    /// Ranked pairs.
    RankedPairs,
    /// The Condorcet winner and the Smith set.
    Condorcet,
    /// Borda's count.
    Borda,
    /// The most first choices.
    Plurality,
    /// The most approvals.
    Approval,
    /// The highest total of scores.
    Score,
    /// Score, then automatic runoff.
    Star,
    /// The best middle grade.
    MajorityJudgment,
    /// Votes that cost their square.
    Quadratic,
}

impl MethodArg {
    /// The word by which configurations know it.
    fn word(self) -> String {
        self.to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default()
    }
}

/// Does it; what it says ends with a line end.
///
/// # Errors
/// A sentence that says which file is wrong, where, and what was expected.
pub fn answer(asked: &RankedArgs) -> anyhow::Result<String> {
    let input = files::with_spinner("reading the ballots", || Input::load(asked))?;
    let mut answer = files::with_spinner("counting", || count(&input))?;
    binding::add(&input, &mut answer)?;
    if let Some(file) = &asked.svg {
        files::write(file, &answer.picture)?;
    }
    if asked.json {
        return Ok(serde_json::to_string_pretty(&answer.json)? + "\n");
    }
    Ok(answer.text)
}

fn count(input: &Input) -> anyhow::Result<Answer> {
    match (&input.ballots, &input.method) {
        (Ballots::Ranked(ballots), Method::Rounds | Method::Scottish | Method::Meek) => rounds::answer(input, ballots),
        (Ballots::Ranked(ballots), Method::Schulze(_) | Method::RankedPairs(_) | Method::Condorcet) => {
            pairwise::answer(input, ballots)
        }
        (Ballots::Scored(ballots), Method::MajorityJudgment { grades, middle }) => {
            judgment::answer(input, ballots, grades, *middle)
        }
        (Ballots::Ranked(_) | Ballots::Scored(_) | Ballots::Credits(_), _) => totals::answer(input),
    }
}

/// What came out, in every form.
struct Answer {
    json: serde_json::Value,
    text: String,
    picture: String,
    /// Who is elected, in order.
    winners: Vec<u16>,
    /// All votes, those of blank ballots included.
    cast: Votes,
    /// Votes that say something.
    valid: Votes,
    /// The votes of the last winner, where the method counts votes for one candidate.
    winner_votes: Option<Votes>,
}

/// A list of candidates for what methods that take one; lots are drawn over all of them.
fn listed(input: &Input) -> Vec<u16> {
    let mut rule = &input.rules().ties;
    while let TieRule::EarlierRounds(then) = rule {
        rule = then;
    }
    match rule {
        TieRule::Order(order) => order.clone(),
        TieRule::Lot { seed } => match TieRule::shuffled(&input.candidates, *seed) {
            TieRule::Order(order) => order,
            _ => Vec::new(),
        },
        TieRule::Refuse | TieRule::EarlierRounds(_) => (0..input.candidates.len() as u16).collect(),
    }
}

/// Refuses a count for several seats by a method that fills one.
fn one_seat(input: &Input) -> anyhow::Result<()> {
    let seats = input.rules().seats;
    if seats != 1 {
        bail!("{} fills one seat, and {seats} are asked for", input.method.word());
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{EXAMPLES, MethodArg};
    use clap::ValueEnum;
    use tallying::{Cast, Method, approval, read_contest};

    #[test]
    fn the_command_knows_the_words_of_the_engine() {
        let mut words: Vec<String> = MethodArg::value_variants().iter().map(|one| one.word()).collect();
        words.sort();
        let mut known = Method::WORDS.to_vec();
        known.sort_unstable();
        assert_eq!(words, known);
        assert!(known.iter().all(|word| EXAMPLES.contains(word)), "every method is in the help");
    }

    #[test]
    fn the_example_of_the_help_can_be_counted() -> anyhow::Result<()> {
        let (_, rest) = EXAMPLES.split_once("\n\n").unwrap_or_default();
        let (json, rest) = rest.split_once("\n\n").unwrap_or_default();
        let contest = read_contest(json)?;
        let rows: Vec<&str> = rest.lines().skip(1).take_while(|line| !line.is_empty()).map(str::trim).collect();
        let mut cast = Cast::for_contest(&contest);
        cast.read(&contest, &contest.sources[0], rows.join("\n").as_bytes())?;
        let (ballots, delegated) = cast.finish()?;
        // Amina's ballot counts for Cy's two votes too.
        assert_eq!(delegated.map(|found| found.weights), Some(vec![3, 1, 0]));
        let tallying::Ballots::Scored(ballots) = ballots else { anyhow::bail!("scores were asked for") };
        let rules = contest.rules();
        assert_eq!(approval(&contest.candidates, &ballots, 1, &rules.ties)?.winners, [1]);
        Ok(())
    }
}
