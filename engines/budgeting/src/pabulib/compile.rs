//! From cells to an election.

use super::scan::{Document, Table, cell_start, malformed};
use crate::{
    amount::Decimal,
    election::{Ballots, Election, Project, VoteType},
    hash::FastMap,
    limits::{DECIMALS_MAX, POINTS_MAX, PROJECTS_MAX},
    refusal::Refusal,
};
use std::borrow::Cow;

/// Warnings of one kind that are listed one by one; more are counted.
const LISTED_MAX: usize = 5;

impl Document<'_> {
    /// What is decided on, with everything in the file that does not agree with itself as warnings.
    ///
    /// # Errors
    /// Line, column and what was expected, where a cell cannot be read; a limit that is passed.
    pub fn election(&self) -> Result<Election, Refusal> {
        let budget = self.amount_of("budget")?;
        let vote_type = self.vote_type()?;
        let costs = self.costs()?;
        let decimals = costs.iter().chain([&budget]).map(|amount| amount.decimals).max().unwrap_or(0);
        let too_large = |at| malformed(self.text, at, "an amount of at most 10^15 smallest units", "a larger one");
        let mut projects = self.project_rows()?;
        for ((project, cost), start) in projects.iter_mut().zip(&costs).zip(&self.projects.starts) {
            project.cost = cost.scaled(decimals).ok_or_else(|| too_large(*start))?;
        }
        let budget_start = self.meta_start("budget");
        let mut warnings = self.warnings.clone();
        let ballots = self.ballots(vote_type, &projects, &mut warnings)?;
        let election = Election {
            budget: budget.scaled(decimals).ok_or_else(|| too_large(budget_start))?,
            decimals,
            projects,
            vote_type,
            ballots,
            meta: self.meta.iter().rev().map(|(key, value)| (key.to_string(), value.to_string())).collect(),
            warnings,
        };
        let mut election = election.checked()?;
        let odd = self.disagreements(&election);
        election.warnings.extend(odd);
        Ok(election)
    }

    fn meta_start(&self, name: &str) -> usize {
        let row = self.meta.iter().position(|(key, _)| key == name);
        row.map_or(0, |row| cell_start(self.text, self.meta_starts[row], 1))
    }

    fn required(&self, name: &str) -> Result<&str, Refusal> {
        let expected = format!("the fact {name} in META");
        self.fact_of(name).ok_or_else(|| malformed(self.text, 0, &expected, "none"))
    }

    fn amount_of(&self, name: &str) -> Result<Decimal, Refusal> {
        let text = self.required(name)?;
        let good = Decimal::read(text).filter(|amount| amount.digits >= 0);
        good.ok_or_else(|| malformed(self.text, self.meta_start(name), &format!("an amount as {name}"), text))
    }

    fn vote_type(&self) -> Result<VoteType, Refusal> {
        let word = self.required("vote_type")?;
        let expected = "approval, choose-1, ordinal, cumulative or scoring as vote_type";
        VoteType::read(word).ok_or_else(|| malformed(self.text, self.meta_start("vote_type"), expected, word))
    }

    fn column(&self, table: &Table<'_>, name: &str) -> Result<usize, Refusal> {
        let start = table.starts.first().copied().unwrap_or(self.text.len());
        let expected = format!("a header above this with the column {name}");
        table.column(name).ok_or_else(|| malformed(self.text, start, &expected, "none"))
    }

    fn costs(&self) -> Result<Vec<Decimal>, Refusal> {
        let column = self.column(&self.projects, "cost")?;
        let rows = self.projects.rows().zip(&self.projects.starts);
        rows.map(|(row, start)| {
            let good = Decimal::read(&row[column]).filter(|amount| amount.digits >= 0);
            good.ok_or_else(|| {
                malformed(self.text, cell_start(self.text, *start, column), "an amount as cost", &row[column])
            })
        })
        .collect()
    }

    fn project_rows(&self) -> Result<Vec<Project>, Refusal> {
        let table = &self.projects;
        let id = self.column(table, "project_id")?;
        let column = |name| table.column(name);
        let categories = column("category").or(column("categories"));
        let result = column("score").or(column("votes"));
        let rows = table.rows().zip(&table.starts).map(|(row, start)| {
            let text = |column: Option<usize>| column.map(|column| row[column].to_string());
            if row[id].is_empty() || row[id].contains(',') {
                let at = cell_start(self.text, *start, id);
                return Err(malformed(self.text, at, "a project_id without commas", &row[id]));
            }
            Ok(Project {
                id: row[id].to_string(),
                name: text(column("name")).unwrap_or_default(),
                cost: 0,
                categories: text(categories).map_or_else(Vec::new, |list| split(&list).map(str::to_owned).collect()),
                district: text(column("district").or(column("neighborhood"))).filter(|name| !name.is_empty()),
                selected: self.selected(row, *start, column("selected"))?,
                declared_result: result.and_then(|column| Decimal::read(&row[column])).map(|result| result.digits),
            })
        });
        let projects: Vec<Project> = rows.collect::<Result<_, Refusal>>()?;
        if projects.len() > PROJECTS_MAX {
            return Err(Refusal::TooMany { what: "projects", most: PROJECTS_MAX });
        }
        Ok(projects)
    }

    fn selected(&self, row: &[Cow<'_, str>], start: usize, column: Option<usize>) -> Result<Option<u8>, Refusal> {
        let Some(column) = column.filter(|column| !row[*column].is_empty()) else {
            return Ok(None);
        };
        match row[column].as_ref() {
            "0" => Ok(Some(0)),
            "1" => Ok(Some(1)),
            "2" => Ok(Some(2)),
            "3" => Ok(Some(3)),
            other => {
                let at = cell_start(self.text, start, column);
                Err(malformed(self.text, at, "0, 1, 2 or 3 as selected", other))
            }
        }
    }

    fn ballots(
        &self,
        vote_type: VoteType,
        projects: &[Project],
        warnings: &mut Vec<String>,
    ) -> Result<Ballots, Refusal> {
        let vote = self.column(&self.votes, "vote")?;
        let points = self.votes.column("points").filter(|_| vote_type.has_points());
        let ids = projects.iter().enumerate().map(|(index, project)| (project.id.as_str(), index as u16));
        let reader = BallotReader { document: self, vote, points, ids: ids.collect(), scored: vote_type.has_points() };
        let point_decimals = reader.point_decimals()?;
        let (mut ballots, mut twice) = (Ballots::new(), 0_usize);
        for (row, start) in self.votes.rows().zip(&self.votes.starts) {
            twice += reader.read(row, *start, point_decimals, &mut ballots)?;
            ballots.close();
        }
        if twice > 0 {
            warnings.push(format!(
                "VOTES: {twice} entries name a project that is on the same ballot already; the first counts"
            ));
        }
        Ok(ballots)
    }
}

struct BallotReader<'document> {
    document: &'document Document<'document>,
    vote: usize,
    points: Option<usize>,
    ids: FastMap<&'document str, u16>,
    scored: bool,
}

impl BallotReader<'_> {
    /// Decimals that all points of the file need.
    fn point_decimals(&self) -> Result<u32, Refusal> {
        let Some(column) = self.points else { return Ok(0) };
        let mut most = 0;
        for (row, start) in self.document.votes.rows().zip(&self.document.votes.starts) {
            for text in split(&row[column]) {
                most = most.max(self.points_of(text, *start)?.decimals);
            }
        }
        Ok(most.min(DECIMALS_MAX))
    }

    fn points_of(&self, text: &str, start: usize) -> Result<Decimal, Refusal> {
        let document = self.document;
        let at = |column| cell_start(document.text, start, column);
        Decimal::read(text).ok_or_else(|| {
            malformed(document.text, at(self.points.unwrap_or(0)), "points as numbers with commas between", text)
        })
    }

    /// Enters one row; how many entries were there already.
    fn read(&self, row: &[Cow<'_, str>], start: usize, decimals: u32, ballots: &mut Ballots) -> Result<usize, Refusal> {
        let text = self.document.text;
        let mut points = self.points.map(|column| split(&row[column]));
        let (mut twice, votes) = (0, &row[self.vote]);
        if votes.eq_ignore_ascii_case("none") {
            return Ok(0);
        }
        for id in split(votes) {
            let refuse =
                |expected, found: &str| Err(malformed(text, cell_start(text, start, self.vote), expected, found));
            let Some(project) = self.ids.get(id) else {
                return refuse("ids of PROJECTS with commas between", id);
            };
            let given = match points.as_mut().map(Iterator::next) {
                Some(Some(given)) => self.points_of(given, start)?.scaled(decimals).filter(|p| p.abs() <= POINTS_MAX),
                Some(None) => return refuse("as many points as projects", "fewer"),
                None => Some(1),
            };
            let Some(given) = given else { return Err(Refusal::Points) };
            if ballots.names(*project) {
                twice += 1;
            } else {
                ballots.enter(*project, self.scored.then_some(given));
            }
        }
        if points.as_mut().and_then(Iterator::next).is_some() {
            let at = cell_start(text, start, self.points.unwrap_or(0));
            return Err(malformed(text, at, "as many points as projects", "more"));
        }
        Ok(twice)
    }
}

fn split(list: &str) -> impl Iterator<Item = &str> {
    list.split(',').map(str::trim).filter(|entry| !entry.is_empty())
}

impl Document<'_> {
    /// Counts in the file that its own rows do not bear out.
    fn disagreements(&self, election: &Election) -> Vec<String> {
        let mut found = Vec::new();
        for (fact, counted) in [("num_projects", election.projects.len()), ("num_votes", election.ballots.len())] {
            if self.fact_of(fact).is_some_and(|said| said.parse() != Ok(counted)) {
                let said = self.fact_of(fact).unwrap_or_default();
                found.push(format!("META says {fact} is {said}; the rows are {counted}"));
            }
        }
        let (votes, scores) = results(election);
        found.extend(self.declared(election, "votes", &votes));
        if election.vote_type.has_points() || election.vote_type == VoteType::Ordinal {
            found.extend(self.declared(election, "score", &scores));
        }
        found.extend(self.lengths(election));
        found
    }

    fn declared(&self, election: &Election, name: &str, counted: &[i64]) -> Vec<String> {
        let Some(column) = self.projects.column(name) else { return Vec::new() };
        let rows = self.projects.rows().zip(counted).zip(&election.projects);
        let differ: Vec<String> = rows
            .filter(|((row, counted), _)| {
                !row[column].is_empty() && Decimal::read(&row[column]).map(|d| d.digits) != Some(**counted)
            })
            .map(|((row, counted), project)| {
                format!("project {}: the file says {name} {}, the ballots give {counted}", project.id, row[column])
            })
            .collect();
        listed(differ, &format!("further projects whose {name} differ from the ballots"))
    }

    fn lengths(&self, election: &Election) -> Option<String> {
        let limit = |name| self.fact_of(name).and_then(|text| text.parse::<usize>().ok());
        let (least, most) = (limit("min_length").unwrap_or(0), limit("max_length").unwrap_or(usize::MAX));
        let outside = (0..election.ballots.len())
            .filter(|voter| !(least..=most).contains(&election.ballots.ballot(*voter).0.len()))
            .count();
        (outside > 0)
            .then(|| format!("{outside} ballots are shorter than min_length or longer than max_length; they count"))
    }
}

fn listed(mut all: Vec<String>, rest: &str) -> Vec<String> {
    if all.len() > LISTED_MAX {
        let further = all.len() - LISTED_MAX;
        all.truncate(LISTED_MAX);
        all.push(format!("{further} {rest}"));
    }
    all
}

/// Votes and scores of every project, counted from the ballots. A ranking gives as many points to its first as it has
/// entries, one fewer to the next (Pabulib's own counting); without points or ranks the score is the votes.
pub(crate) fn results(election: &Election) -> (Vec<i64>, Vec<i64>) {
    let mut votes = vec![0; election.projects.len()];
    let mut scores = votes.clone();
    for voter in 0..election.ballots.len() {
        let (projects, points) = election.ballots.ballot(voter);
        for (place, project) in projects.iter().enumerate() {
            votes[usize::from(*project)] += 1;
            scores[usize::from(*project)] += match election.vote_type {
                VoteType::Ordinal => (projects.len() - place) as i64,
                _ => points.get(place).copied().unwrap_or(1),
            };
        }
    }
    (votes, scores)
}
