//! The table of quotas: one row for each feature.

use super::{
    ReadError,
    table::{Row, Table},
};
use crate::{CATEGORIES_MAX, Category, FEATURES_MAX, Feature, WORD_BYTES_MAX};

/// Reads `category,feature,min,max` (also `category,name,min,max` and `feature,value,min,max`). Further columns, such as `min_flex`
/// and `max_flex`, are passed over: the smallest relaxation is worked out from the quotas alone.
///
/// # Errors
/// Line, column and what was expected.
pub fn read_quotas(text: &str) -> Result<Vec<Category>, ReadError> {
    let table = Table::read(text, FEATURES_MAX)?;
    let columns = columns(&table)?;
    let mut categories: Vec<Category> = Vec::new();
    for row in &table.rows {
        let [category, name, low, high] = columns;
        let feature = Feature {
            name: word(&table, row, name)?,
            at_least: seats(&table, row, low)?,
            at_most: seats(&table, row, high)?,
        };
        if feature.at_least > feature.at_most {
            let problem = format!("the quota is at least {} and at most {}", feature.at_least, feature.at_most);
            return Err(table.fault(row, high, problem));
        }
        let title = word(&table, row, category)?;
        let at = categories.iter().position(|known| known.name == title);
        if at.is_none() && categories.len() == CATEGORIES_MAX {
            return Err(table.fault(row, category, format!("there are more than {CATEGORIES_MAX} categories")));
        }
        let at = at.unwrap_or_else(|| {
            categories.push(Category { name: title, features: Vec::new() });
            categories.len() - 1
        });
        if categories[at].features.iter().any(|known| known.name == feature.name) {
            let problem = format!("“{}” already has a quota in {}", feature.name, categories[at].name);
            return Err(table.fault(row, name, problem));
        }
        categories[at].features.push(feature);
    }
    Ok(categories)
}

fn columns(table: &Table) -> Result<[usize; 4], ReadError> {
    let one_of = |names: &[&str]| names.iter().find_map(|name| table.column(name));
    let (category, feature) = match one_of(&["category"]) {
        Some(category) => (Some(category), one_of(&["feature", "name", "value"])),
        None => (one_of(&["feature"]), one_of(&["value", "name"])),
    };
    match (category, feature, one_of(&["min"]), one_of(&["max"])) {
        (Some(category), Some(feature), Some(low), Some(high)) => Ok([category, feature, low, high]),
        _ => Err(ReadError {
            line: 1,
            column: "1".to_owned(),
            problem: format!(
                "the first line should name the columns category,feature,min,max; it is “{}”",
                shortened(&table.header.join(","))
            ),
        }),
    }
}

fn word(table: &Table, row: &Row, column: usize) -> Result<String, ReadError> {
    let text = &row.fields[column];
    if text.is_empty() || text.len() > WORD_BYTES_MAX {
        return Err(table.fault(row, column, format!("a name of 1 to {WORD_BYTES_MAX} bytes was expected")));
    }
    Ok(text.clone())
}

fn seats(table: &Table, row: &Row, column: usize) -> Result<u32, ReadError> {
    let text = &row.fields[column];
    text.parse()
        .map_err(|_| table.fault(row, column, format!("a whole number was expected, not “{}”", shortened(text))))
}

pub(super) fn shortened(text: &str) -> String {
    if text.chars().count() > 60 { text.chars().take(60).chain(['…']).collect() } else { text.to_owned() }
}
