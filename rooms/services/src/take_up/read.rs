//! The table of households is read: district, how many, and facts as the rules name them.

use importing::{Table, Wish};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use web::Refusal;

/// Rows a table may have.
pub const ROWS_LIMIT: usize = 50_000;
/// Households that one row may stand for.
pub const HOUSEHOLDS_MOST: u64 = 10_000_000;
/// Facts a row may have.
const FACTS_LIMIT: usize = 100;
/// Characters of one cell.
const CELL_LIMIT: usize = 200;
/// Wrong rows that are told at once.
const TOLD: usize = 10;

/// Households that are alike.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// The code of the district; empty where it is not known.
    pub district: String,
    /// How many there are of them.
    pub households: u64,
    /// Their facts, in the order of the names; empty for what is not known.
    pub facts: Vec<String>,
}

/// The households of a town.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Described {
    /// The names of the facts.
    pub names: Vec<String>,
    /// The rows.
    pub rows: Vec<Row>,
}

impl Described {
    /// How many households there are.
    pub fn households(&self) -> u64 {
        self.rows.iter().map(|row| row.households).sum()
    }

    /// The facts, column by column.
    pub fn columns(&self) -> BTreeMap<String, Vec<String>> {
        let column = |(at, name): (usize, &String)| {
            (name.clone(), self.rows.iter().map(|row| row.facts.get(at).cloned().unwrap_or_default()).collect())
        };
        self.names.iter().enumerate().map(column).collect()
    }
}

/// Reads a table with the columns `district`, `households` and facts. `districts` are the codes that there are; where there are none, any is
/// taken.
///
/// # Errors
/// Why it is no such table; for rows, with their lines. Nothing is read halfway.
pub fn read_households(bytes: &[u8], districts: &BTreeSet<String>) -> Result<Described, Vec<Refusal>> {
    let whole = |refusal: Refusal| vec![refusal.at("file")];
    let table = Table::read(bytes, &Wish::default())
        .map_err(|problem| whole(Refusal::new("population-table").with("problem", problem.to_string())))?;
    let header: Vec<String> = table.header().iter().map(|name| name.trim().to_lowercase()).collect();
    let place = |name: &str| header.iter().position(|one| one == name);
    let (Some(district_at), Some(households_at)) = (place("district"), place("households")) else {
        return Err(whole(Refusal::new("population-columns")));
    };
    let facts: Vec<usize> = (0..header.len()).filter(|at| *at != district_at && *at != households_at).collect();
    if facts.len() > FACTS_LIMIT {
        return Err(whole(Refusal::new("population-facts").with("most", FACTS_LIMIT)));
    }
    let mut described = Described { names: facts.iter().map(|at| header[*at].clone()).collect(), rows: Vec::new() };
    let mut wrong = Vec::new();
    for row in table.rows() {
        if described.rows.len() >= ROWS_LIMIT {
            return Err(whole(Refusal::new("population-rows").with("most", ROWS_LIMIT)));
        }
        let line = i64::try_from(row.line).unwrap_or(i64::MAX);
        let mut tell = |code: &'static str, value: &str| {
            wrong.push(Refusal::new(code).at("file").with("line", line).with("value", value.to_owned()));
        };
        let cells = match row.cells {
            Ok(cells) => cells,
            Err(importing::RowFault::Blank) => continue,
            Err(importing::RowFault::Ragged { begins, .. } | importing::RowFault::Unreadable { begins, .. }) => {
                tell("population-ragged", &begins);
                continue;
            }
        };
        let cell = |at: usize| cells.get(at).map(|cell| cell.trim()).unwrap_or_default();
        let households = cell(households_at).parse::<u64>().ok().filter(|count| *count <= HOUSEHOLDS_MOST);
        if households.is_none() {
            tell("population-households", cell(households_at));
        }
        let district = cell(district_at);
        if !district.is_empty() && !districts.is_empty() && !districts.contains(district) {
            tell("population-district", district);
        }
        let short = |at: &usize| cell(*at).chars().take(CELL_LIMIT).collect::<String>();
        described.rows.push(Row {
            district: district.chars().take(CELL_LIMIT).collect(),
            households: households.unwrap_or_default(),
            facts: facts.iter().map(short).collect(),
        });
    }
    wrong.truncate(TOLD);
    if wrong.is_empty() { Ok(described) } else { Err(wrong) }
}

#[cfg(test)]
mod tests {
    use super::read_households;
    use std::collections::BTreeSet;

    fn districts() -> BTreeSet<String> {
        ["1", "2"].map(str::to_owned).into()
    }

    #[test]
    fn a_table_in_any_dialect() {
        let text = "Households;district;Income;children\n120;1;1.200,50;2\n30;2;;0\n\n5;;800;1\n";
        let found = read_households(text.as_bytes(), &districts()).unwrap();
        assert_eq!(found.names, ["income", "children"]);
        assert_eq!(found.households(), 155);
        assert_eq!(found.columns()["income"], ["1.200,50", "", "800"]);
        assert_eq!((found.rows[2].district.as_str(), found.rows[1].households), ("", 30));
    }

    #[test]
    fn what_is_wrong_is_told_by_its_line_and_nothing_is_taken() {
        let refused = |text: &str| {
            let refusals = read_households(text.as_bytes(), &districts()).unwrap_err();
            refusals.into_iter().map(|refusal| refusal.code).collect::<Vec<_>>()
        };
        assert_eq!(refused(""), ["population-table"]);
        assert_eq!(refused("a,b\n1,2\n"), ["population-columns"]);
        assert_eq!(
            refused("district,households\n9,10\n1,many\n2,-1\n"),
            ["population-district", "population-households", "population-households"]
        );
        assert_eq!(refused("district,households,x\n1,2\n"), ["population-ragged"]);
        assert_eq!(refused("district,households\n1,99999999999\n"), ["population-households"]);
    }
}
