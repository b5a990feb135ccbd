use super::RankedArgs;
use crate::files;
use crate::words::{Language, Words};
use anyhow::{Context, bail};
use serde_json::json;
use std::path::Path;
use tallying::{
    Ballots, Candidate, Cast, Contest, Delegated, EliminationRules, How, Marking, Method, Precision, PrefLib, TieRule,
    Wanted, read_contest_by, read_preflib,
};

pub(super) use tallying::Votes;

/// A contest with its ballots.
pub(super) struct Input {
    pub name: String,
    /// The configuration, when there is one.
    pub contest: Option<Contest>,
    pub candidates: Vec<Candidate>,
    pub how: How,
    pub method: Method,
    pub ballots: Ballots,
    pub delegated: Option<Delegated>,
    pub wanted: Wanted,
    pub warnings: Vec<String>,
    /// The words of its picture.
    pub words: Words,
}

/// Decimal places for a file that says nothing of them.
const PLACES: u32 = 5;

impl Input {
    /// Reads the file, and those it names.
    pub(super) fn load(asked: &RankedArgs) -> anyhow::Result<Self> {
        let path = &asked.file;
        let word = asked.method.map(super::MethodArg::word);
        let is_config = path.extension().is_some_and(|end| end.eq_ignore_ascii_case("json"));
        let shown = || path.display().to_string();
        let mut input = if is_config {
            Self::from_contest(path, word.as_deref())?
        } else {
            let found = read_preflib(&text(path)?).with_context(shown)?;
            Self::from_preflib(found, word.as_deref()).with_context(shown)?
        };
        input.words = Words::of(asked.language);
        if let Some(seats) = asked.seats {
            let (How::Elimination(rules) | How::Sequence(rules)) = &mut input.how;
            rules.seats = seats;
        }
        Ok(input)
    }

    fn from_contest(path: &Path, word: Option<&str>) -> anyhow::Result<Self> {
        let contest = read_contest_by(&text(path)?, word).with_context(|| path.display().to_string())?;
        let folder = path.parent().unwrap_or(Path::new("."));
        let mut cast = Cast::for_contest(&contest);
        for source in &contest.sources {
            let file = folder.join(&source.path);
            let bytes = files::read(&file)?;
            cast.read(&contest, source, &bytes).with_context(|| file.display().to_string())?;
        }
        let (ballots, delegated) = cast.finish().with_context(|| path.display().to_string())?;
        Ok(Self {
            name: contest.name.clone(),
            candidates: contest.candidates.clone(),
            how: contest.how.clone(),
            method: contest.method.clone(),
            wanted: contest.wanted.clone(),
            contest: Some(contest),
            ballots,
            delegated,
            warnings: Vec::new(),
            words: Words::of(Language::En),
        })
    }

    /// Orders count by any method of ranks; categories as grades, as scores from 0 for the worst, or the first as approval.
    fn from_preflib(found: PrefLib, word: Option<&str>) -> anyhow::Result<Self> {
        let has_categories = !found.categories.is_empty();
        let word = word.unwrap_or(if has_categories { "majority-judgment" } else { "rounds" });
        let highest = found.categories.len().saturating_sub(1);
        // Without categories nothing is graded; the names are only there so that the sentence below can be said.
        let grades = if has_categories { json!(found.categories) } else { json!(["yes", "no"]) };
        let method = Method::named(word, &json!({ "grades": grades, "highestScore": highest, "credits": 0 }))?;
        let ballots = match (method.marking(), has_categories) {
            (Marking::Credits, _) => bail!("no PrefLib file holds credits"),
            (Marking::Ranks, _) => Ballots::Ranked(found.ballots.clone()),
            (_, false) => bail!("this file holds orders, and {word} counts categories (.cat)"),
            (Marking::Approvals, true) => Ballots::Scored(found.approvals()),
            (Marking::Grades, true) => Ballots::Scored(found.grades()),
            (Marking::Scores, true) => {
                let mut ballots = found.grades();
                let turned = |grade: &mut u32| *grade = (highest as u32).saturating_sub(*grade);
                ballots.iter_mut().flat_map(|one| one.scores.iter_mut().flatten()).for_each(turned);
                Ballots::Scored(ballots)
            }
        };
        let ties = TieRule::EarlierRounds(Box::new(TieRule::as_listed(&found.candidates)));
        Ok(Self {
            method,
            name: found.title,
            contest: None,
            how: How::Elimination(EliminationRules::transferable(1, Precision::Decimals(PLACES), ties)),
            candidates: found.candidates,
            ballots,
            delegated: None,
            wanted: Wanted::default(),
            warnings: found.warnings,
            words: Words::of(Language::En),
        })
    }

    /// The rules of the contest.
    pub(super) fn rules(&self) -> &EliminationRules {
        let (How::Elimination(rules) | How::Sequence(rules)) = &self.how;
        rules
    }

    pub(super) fn name_of(&self, at: u16) -> &str {
        &self.candidates[at as usize].name
    }

    pub(super) fn names(&self, group: &[u16]) -> Vec<String> {
        group.iter().map(|&at| self.name_of(at).to_owned()).collect()
    }
}

fn text(path: &Path) -> anyhow::Result<String> {
    String::from_utf8(files::read(path)?).with_context(|| format!("{} is not text in UTF-8", path.display()))
}
