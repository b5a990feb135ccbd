//! `polity rules run`: a population in CSV, the outcomes in CSV.

use super::load;
use crate::files;
use anyhow::{Context, anyhow, bail};
use clap::Args;
use rules::{Column, EntityView, Fault, Outcome, Period, Population, PopulationAnswer, Rules, Unit, Value};
use std::{
    collections::HashMap,
    path::{Path, PathBuf},
};

/// A population and what to work out.
#[derive(Debug, Args)]
pub struct RunArgs {
    /// A file of rules, or a folder of *.rules files that belong together.
    pub path: PathBuf,
    /// The persons: a CSV table with id, group, role and inputs.
    #[arg(long, value_name = "FILE")]
    pub persons: PathBuf,
    /// The groups: a CSV table with id and inputs.
    #[arg(long, value_name = "FILE")]
    pub groups: Option<PathBuf>,
    /// What to work out, with commas between; all of persons or all of groups.
    #[arg(long, value_delimiter = ',', required = true)]
    pub variables: Vec<String>,
    /// For when, as 2024-05.
    #[arg(long)]
    pub period: Period,
}

struct Sheet {
    name: String,
    head: Vec<String>,
    rows: Vec<csv::StringRecord>,
}

impl Sheet {
    fn read(path: &Path) -> anyhow::Result<Self> {
        let name = path.display().to_string();
        let bytes = files::read(path)?;
        let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(&bytes[..]);
        let head = reader
            .headers()
            .with_context(|| format!("{name} has no head"))?
            .iter()
            .map(|cell| cell.trim_start_matches('\u{feff}').to_owned())
            .collect();
        let rows = reader.records().collect::<Result<_, _>>().with_context(|| format!("{name} cannot be read"))?;
        Ok(Self { name, head, rows })
    }

    fn column(&self, name: &str) -> Option<usize> {
        self.head.iter().position(|cell| cell == name)
    }

    fn needed(&self, name: &str) -> anyhow::Result<usize> {
        self.column(name).ok_or_else(|| anyhow!("{} has no column “{name}”.", self.name))
    }
}

/// Does it.
///
/// # Errors
/// A sentence: what is wrong with rules or tables, with the line.
pub fn answer(asked: &RunArgs) -> anyhow::Result<String> {
    let rules = load::rules(&asked.path)?.rules;
    let persons = Sheet::read(&asked.persons)?;
    let groups = asked.groups.as_deref().map(Sheet::read).transpose()?;
    let entities = rules.entities();
    let group = entities.iter().find(|entity| entity.members.is_some());
    let (mut population, order) = placed(&rules, group, &persons, groups.as_ref())?;
    fill(
        &rules,
        &mut population,
        &persons,
        Some(&order),
        &["id", "role", group.map_or("", |group| &group.name)],
        asked.period,
    )?;
    if let Some(sheet) = &groups {
        fill(&rules, &mut population, sheet, None, &["id"], asked.period)?;
    }
    let names: Vec<&str> = asked.variables.iter().map(String::as_str).collect();
    let of: Vec<String> =
        names.iter().filter_map(|name| rules.variable(name)).map(|variable| variable.entity).collect();
    let entity = of.first().cloned().unwrap_or_default();
    if of.iter().any(|other| *other != entity) {
        bail!("These variables are of different entities ({}); ask for them in two runs.", of.join(", "));
    }
    let found =
        files::with_spinner("working the rules out", || rules.evaluate_population(&population, &names, asked.period))?;
    let by_group = group.is_some_and(|group| group.name == entity);
    let ids = match (by_group, &groups) {
        (true, Some(sheet)) => ids(sheet, &(0..sheet.rows.len()).collect::<Vec<_>>())?,
        (true, None) => bail!("“{}” is of a {entity}; give the table of --groups.", names[0]),
        _ => ids(&persons, &order)?,
    };
    written(&rules, &ids, &found)
}

fn ids(sheet: &Sheet, order: &[usize]) -> anyhow::Result<Vec<String>> {
    let at = sheet.needed("id")?;
    Ok(order.iter().map(|row| sheet.rows[*row].get(at).unwrap_or("").to_owned()).collect())
}

/// The persons in the order of their groups, and that order as rows of their table.
fn placed(
    rules: &Rules,
    group: Option<&EntityView>,
    persons: &Sheet,
    groups: Option<&Sheet>,
) -> anyhow::Result<(Population, Vec<usize>)> {
    let wrong = |wrong: String| anyhow!(wrong);
    let Some(group) = group else {
        let all = Population::new(rules, persons.rows.len(), 0, &[]).map_err(wrong)?;
        return Ok((all, (0..persons.rows.len()).collect()));
    };
    let sheet = groups.ok_or_else(|| anyhow!("These rules know a {}; give the table of --groups.", group.name))?;
    let id = sheet.needed("id")?;
    let place: HashMap<&str, u32> =
        sheet.rows.iter().zip(0..).map(|(row, at)| (row.get(id).unwrap_or(""), at)).collect();
    if place.len() != sheet.rows.len() {
        bail!("{} has an id twice.", sheet.name);
    }
    let (own, role) = (persons.needed(&group.name)?, persons.needed("role")?);
    let mut members = Vec::with_capacity(persons.rows.len());
    for (row, line) in persons.rows.iter().zip(2..) {
        let (home, named) = (row.get(own).unwrap_or(""), row.get(role).unwrap_or(""));
        let home = place.get(home).ok_or_else(|| {
            anyhow!("{}, line {line}: there is no {} “{home}” in {}.", persons.name, group.name, sheet.name)
        })?;
        let at = group.roles.iter().position(|known| known == named);
        let at = at.ok_or_else(|| {
            anyhow!("{}, line {line}: “{named}” is no role; expected {}.", persons.name, group.roles.join(" or "))
        })?;
        members.push((*home, at as u8));
    }
    let mut order: Vec<usize> = (0..members.len()).collect();
    order.sort_by_key(|at| members[*at].0);
    let sorted: Vec<(u32, u8)> = order.iter().map(|at| members[*at]).collect();
    Ok((Population::new(rules, sorted.len(), sheet.rows.len(), &sorted).map_err(wrong)?, order))
}

fn fill(
    rules: &Rules,
    population: &mut Population,
    sheet: &Sheet,
    order: Option<&[usize]>,
    passed: &[&str],
    period: Period,
) -> anyhow::Result<()> {
    for (at, head) in sheet.head.iter().enumerate().filter(|(_, head)| !passed.contains(&head.as_str())) {
        let (name, when) = head.split_once('@').map_or((head.as_str(), None), |(name, when)| (name, Some(when)));
        let Some(variable) = rules.variable(name) else {
            bail!("{}: the column “{head}” is no input or rule; take it out or rename it.", sheet.name);
        };
        let when: Period = when.map_or(Ok(period), str::parse).map_err(|wrong: String| anyhow!(wrong))?;
        if variable.unit != Unit::Forever && when.unit() > variable.unit {
            bail!("{}: “{name}” has a value {}; name the column as {name}@2024-01.", sheet.name, variable.unit.words());
        }
        let (column, known) = column(rules, sheet, at, order, name)?;
        let wrong = |wrong: String| anyhow!("{}: {wrong}", sheet.name);
        population.set(rules, name, Period::of(variable.unit, when.start()), column, known).map_err(wrong)?;
    }
    Ok(())
}

/// One column of a table; empty cells are not known.
fn column(
    rules: &Rules,
    sheet: &Sheet,
    at: usize,
    order: Option<&[usize]>,
    name: &str,
) -> anyhow::Result<(Column, Option<Vec<bool>>)> {
    let mut cells: Vec<Option<Value>> = Vec::with_capacity(sheet.rows.len());
    for place in 0..sheet.rows.len() {
        let row = order.map_or(place, |order| order[place]);
        let text = sheet.rows[row].get(at).unwrap_or("");
        let value = |text: &str| {
            rules.value_from_text(name, text).map_err(|wrong| anyhow!("{}, line {}: {wrong}", sheet.name, row + 2))
        };
        cells.push(if text.is_empty() { None } else { Some(value(text)?) });
    }
    let known: Vec<bool> = cells.iter().map(Option::is_some).collect();
    let options = rules.variable(name).map(|variable| variable.options).unwrap_or_default();
    let kind = rules.variable(name).map(|variable| variable.kind).unwrap_or_default();
    let column = match kind.as_str() {
        "yesno" => Column::Yesno(cells.iter().map(|cell| *cell == Some(Value::Yesno(true))).collect()),
        "date" => Column::Date(
            cells
                .iter()
                .map(|cell| if let Some(Value::Date(day)) = cell { *day } else { Default::default() })
                .collect(),
        ),
        "text" => Column::Text(
            cells.iter().map(|cell| cell.as_ref().map_or_else(|| "".into(), |cell| cell.to_string().into())).collect(),
        ),
        "integer" | "number" | "money" => numbers(&cells, sheet, name)?,
        _ => {
            let place = |cell: &Option<Value>| {
                cell.as_ref()
                    .and_then(|cell| options.iter().position(|option| *option == cell.to_string()))
                    .unwrap_or(0)
            };
            Column::Choice(cells.iter().map(|cell| place(cell) as u16).collect())
        }
    };
    Ok((column, known.contains(&false).then_some(known)))
}

fn numbers(cells: &[Option<Value>], sheet: &Sheet, name: &str) -> anyhow::Result<Column> {
    let numbers: Vec<_> = cells
        .iter()
        .map(|cell| cell.as_ref().and_then(Value::as_decimal).unwrap_or(rules::Decimal::ZERO).parts())
        .collect();
    let decimals = numbers.iter().map(|(_, decimals)| *decimals).max().unwrap_or(0);
    let fits = |(units, own): &(i128, u8)| {
        units.checked_mul(10_i128.pow(u32::from(decimals - own))).and_then(|units| i64::try_from(units).ok())
    };
    let units: Option<Vec<i64>> = numbers.iter().map(fits).collect();
    let units =
        units.ok_or_else(|| anyhow!("{}: the column “{name}” has a number of more than 18 digits.", sheet.name))?;
    Ok(Column::Number { units, decimals })
}

fn written(rules: &Rules, ids: &[String], found: &[PopulationAnswer]) -> anyhow::Result<String> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(std::iter::once("id").chain(found.iter().map(|one| one.variable.as_str())))?;
    for (row, id) in ids.iter().enumerate() {
        let cells = found.iter().map(|one| cell(&one.outcome(rules, row)));
        writer.write_record(std::iter::once(id.clone()).chain(cells))?;
    }
    Ok(String::from_utf8(writer.into_inner()?)?)
}

fn cell(outcome: &Result<Outcome, Fault>) -> String {
    match outcome {
        Ok(Outcome::Value { value } | Outcome::Entitled { amount: value }) => value.to_string(),
        Ok(Outcome::NotEntitled { .. }) => "not entitled".to_owned(),
        Ok(Outcome::NotYetKnown { needed }) => {
            let names: Vec<&str> = needed.iter().map(|fact| fact.variable.as_str()).collect();
            format!("not yet known: {}", names.join(" "))
        }
        Err(fault) => format!("fault: {fault}"),
    }
}
