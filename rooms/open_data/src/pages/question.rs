//! What an address asks of a table, and other addresses made of it.

use crate::commands::stop_of;
use tables::{Aggregate, Condition, Grouping, Part, Plan, Sort, TableInfo};
use web::{Refusal, Stop, paging};

/// Columns to group by.
const GROUPS_MOST: usize = 2;
/// Sums of each group.
const SUMS_MOST: usize = 4;
/// Facets of one answer.
const FACETS_LIMIT: usize = 10;

/// What an address asks.
#[derive(Debug, Clone, Default)]
pub struct Question {
    /// The pairs of the address, in order.
    pub pairs: Vec<(String, String)>,
    /// Which rows.
    pub plan: Plan,
    /// Columns whose values are counted.
    pub facets: Vec<String>,
    /// Groups, where some are asked for.
    pub grouping: Option<Grouping>,
}

impl Question {
    /// Reads it.
    ///
    /// # Errors
    /// A refusal for a column, condition or number that is none.
    pub fn read(pairs: Vec<(String, String)>, info: &TableInfo) -> Result<Self, Stop> {
        let all = |name: &str| -> Vec<String> {
            let of = pairs.iter().filter(|(of, value)| of == name && !value.trim().is_empty());
            of.map(|(_, value)| value.clone()).collect()
        };
        let one = |name: &str| all(name).into_iter().next().unwrap_or_default();
        let known = |name: &str| {
            let found = info.column(name).map(|_| name.to_owned());
            found.ok_or_else(|| {
                Stop::from(Refusal::new("data-column").with("what", name.chars().take(100).collect::<String>()))
            })
        };
        let mut plan = Plan { words: one("q"), ..Plan::default() };
        for text in all("where") {
            plan = plan.and(Condition::read(&text, info).map_err(stop_of)?).map_err(stop_of)?;
        }
        let sort = one("sort");
        if !sort.is_empty() {
            let (column, descending) =
                match sort.strip_prefix('-').filter(|bare| info.column(&sort).is_none() && !bare.is_empty()) {
                    Some(bare) => (known(bare)?, true),
                    None => (known(&sort)?, false),
                };
            plan.sort = Some(Sort { column, descending });
        }
        let number = |name: &'static str, most: u64| -> Result<Option<u64>, Stop> {
            match one(name).as_str() {
                "" => Ok(None),
                text => match text.parse::<u64>().ok().filter(|number| *number <= most) {
                    Some(number) => Ok(Some(number)),
                    None if name == "limit" => Err(Refusal::new("paging-limit")
                        .at("limit")
                        .with("most", i64::from(paging::PAGE_SIZE_LIMIT))
                        .into()),
                    None => Err(Refusal::new("paging-cursor").at("after").into()),
                },
            }
        };
        plan.after = number("after", i64::MAX.cast_unsigned())?;
        let limit = number("limit", u64::from(paging::PAGE_SIZE_LIMIT))?.unwrap_or(u64::from(paging::PAGE_SIZE));
        plan.limit = usize::try_from(limit).unwrap_or(0);
        let wanted = all("facet");
        if wanted.len() > FACETS_LIMIT {
            return Err(Refusal::new("data-facets-most").at("facet").with("most", FACETS_LIMIT).into());
        }
        let facets = wanted.iter().map(|name| known(name)).collect::<Result<_, _>>()?;
        let grouping = grouping(&all("group"), &all("sum"), info)?;
        Ok(Self { pairs, plan, facets, grouping })
    }

    /// Values of a pair of the address.
    pub fn value(&self, name: &str) -> &str {
        self.pairs.iter().find(|(of, _)| of == name).map_or("", |(_, value)| value.as_str())
    }

    /// The same address with these pairs added, and without those of the names in `drop`.
    pub fn address(&self, path: &str, add: &[(&str, &str)], drop: &[&str]) -> String {
        let kept = self.pairs.iter().filter(|(name, value)| !drop.contains(&name.as_str()) && !value.is_empty());
        let kept = kept.map(|(name, value)| (name.as_str(), value.as_str()));
        written(path, kept.chain(add.iter().copied()))
    }

    /// The same address without one pair.
    pub fn without(&self, path: &str, name: &str, value: &str) -> String {
        let kept = self.pairs.iter().filter(|(of, is)| !(of == name && is == value) && of != "after" && !is.is_empty());
        written(path, kept.map(|(name, value)| (name.as_str(), value.as_str())))
    }
}

fn written<'p>(path: &str, pairs: impl Iterator<Item = (&'p str, &'p str)>) -> String {
    let query = serde_urlencoded::to_string(pairs.collect::<Vec<_>>()).unwrap_or_default();
    if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
}

fn grouping(by: &[String], sums: &[String], info: &TableInfo) -> Result<Option<Grouping>, Stop> {
    let refused =
        |text: &str| Stop::from(Refusal::new("data-column").with("what", text.chars().take(100).collect::<String>()));
    let mut grouping = Grouping::default();
    for (name, all, most) in [("group", by, GROUPS_MOST), ("sum", sums, SUMS_MOST)] {
        if all.len() > most {
            return Err(Refusal::new(if name == "group" { "data-groups-most" } else { "data-sums-most" })
                .at(name)
                .with("most", most)
                .into());
        }
    }
    for text in by {
        let whole = info.column(text).map(|_| (text.clone(), Part::Whole));
        let part = || {
            let (column, word) = text.rsplit_once(':')?;
            let part = Part::ALL.into_iter().find(|part| part.word() == word && *part != Part::Whole)?;
            info.column(column).map(|_| (column.to_owned(), part))
        };
        grouping.by.push(whole.or_else(part).ok_or_else(|| refused(text))?);
    }
    for text in sums {
        let aggregate = text.split_once(':').and_then(|(word, column)| {
            info.column(column)?;
            Aggregate::of(word, column)
        });
        grouping.aggregates.push(aggregate.ok_or_else(|| refused(text))?);
    }
    Ok((!grouping.by.is_empty()).then_some(grouping))
}
