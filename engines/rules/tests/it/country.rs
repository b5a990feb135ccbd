//! The country template: 300 households as OpenFisca computes them, by row and by column.

use crate::month;
use rules::{Column, Outcome, Period, Population, Rules, Source};
use serde_json::{Map, Value as Json, json};
use std::{fs, path::Path};

/// How far apart the figures may be, for OpenFisca counts in 32-bit floats.
const RELATIVE: f64 = 1e-6;
/// The file has four decimals.
const HALF_A_UNIT: f64 = 0.000_05;

pub fn country() -> Rules {
    let text = include_str!("../country/country.rules");
    Rules::read(&[Source { name: "country.rules", text }]).unwrap_or_else(|troubles| panic!("{troubles:#?}"))
}

pub fn cases() -> Vec<Json> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../../shared/data/service/openfisca/oracle_country_template_300.json");
    let text = fs::read_to_string(&file)
        .unwrap_or_else(|_| panic!("{} is missing: lay `shared` beside the checkout", file.display()));
    serde_json::from_str(&text).unwrap()
}

/// Facts as ours: other names of the entities, and what is said for one month of what never changes has no month.
fn facts(case: &Json) -> Json {
    let mut persons = case["input"]["persons"].clone();
    for (_, about) in persons.as_object_mut().unwrap() {
        let birth = about["birth"].as_object().unwrap().values().next().unwrap().clone();
        about["birth"] = birth;
    }
    json!({"person": persons, "household": case["input"]["households"]})
}

pub fn close(ours: f64, theirs: f64) -> bool {
    (ours - theirs).abs() <= HALF_A_UNIT.max(RELATIVE * theirs.abs()) + 1e-9
}

fn figure(outcome: &Outcome) -> f64 {
    match outcome {
        Outcome::Value { value } | Outcome::Entitled { amount: value } => {
            value.as_decimal().unwrap().to_string().parse().unwrap()
        }
        Outcome::NotEntitled { .. } => 0.0,
        Outcome::NotYetKnown { needed } => panic!("{needed:?}"),
    }
}

/// Every expected figure as whose, which, when and what.
fn expected(case: &Json) -> Vec<(String, String, Period, Json)> {
    let at = month(case["period"].as_str().unwrap());
    let mut all = Vec::new();
    let mut take = |who: &str, figures: &Map<String, Json>| {
        for (name, figure) in figures {
            let (name, period) =
                name.split_once('@').map_or((name.as_str(), at), |(name, year)| (name, year.parse().unwrap()));
            all.push((who.to_owned(), name.to_owned(), period, figure.clone()));
        }
    };
    for (who, figures) in case["output"]["persons"].as_object().unwrap() {
        take(who, figures.as_object().unwrap());
    }
    take("h", case["output"]["household"].as_object().unwrap());
    all
}

#[test]
fn three_hundred_households_by_row() {
    let rules = country();
    let (mut figures, mut faults) = (0, 0);
    for case in cases() {
        let situation = rules.situation_from_json(&facts(&case), month(case["period"].as_str().unwrap())).unwrap();
        for (who, name, period, theirs) in expected(&case) {
            let ours = rules.evaluate(&situation, &name, &who, period).map(|answer| answer.outcome);
            match (theirs.as_f64(), &ours) {
                (Some(theirs), Ok(ours)) => {
                    assert!(
                        close(figure(ours), theirs),
                        "{name} of {who} in case {}: {ours:?}, theirs {theirs}",
                        case["id"]
                    );
                    figures += 1;
                }
                (None, Err(fault)) => {
                    assert_eq!(fault.kind, rules::FaultKind::NotInForce, "{fault}");
                    assert!(fault.sentence.contains("parenting_income_limit"), "{fault}");
                    faults += 1;
                }
                _ => panic!("{name} of {who} in case {}: {ours:?}, theirs {theirs}", case["id"]),
            }
        }
    }
    assert_eq!((figures, faults), (7_435, 250));
}

#[test]
fn three_hundred_households_by_column() {
    let rules = country();
    let cases = cases();
    let mut periods: Vec<&str> = cases.iter().map(|case| case["period"].as_str().unwrap()).collect();
    periods.sort_unstable();
    periods.dedup();
    let mut compared = 0;
    for period in periods {
        let of_period: Vec<&Json> = cases.iter().filter(|case| case["period"] == period).collect();
        compared += by_column(&rules, &of_period, month(period));
    }
    assert_eq!(compared, 7_685);
}

/// Columns of all households of one month; every figure as the executor by row has it.
fn by_column(rules: &Rules, cases: &[&Json], at: Period) -> usize {
    let mut groups = Vec::new();
    let mut who = Vec::new();
    for (case, home) in cases.iter().zip(0_u32..) {
        for (role, number) in [("adults", 0_u8), ("children", 1)] {
            for name in case["input"]["households"]["h"][role].as_array().unwrap() {
                groups.push((home, number));
                who.push((home as usize, name.as_str().unwrap()));
            }
        }
    }
    let mut population = Population::new(rules, who.len(), cases.len(), &groups).unwrap();
    let person = |home: usize, name: &str, variable: &str| {
        cases[home]["input"]["persons"][name][variable].as_object().map(|by| by.values().next().unwrap().clone())
    };
    let cents = |json: Option<Json>| (json.and_then(|json| json.as_f64()).unwrap_or(0.0) * 100.0).round() as i64;
    let births = who
        .iter()
        .map(|(home, name)| person(*home, name, "birth").unwrap().as_str().unwrap().parse().unwrap())
        .collect();
    population.set(rules, "birth", Period::FOREVER, Column::Date(births), None).unwrap();
    for variable in ["salary", "capital_returns"] {
        let units = who.iter().map(|(home, name)| cents(person(*home, name, variable))).collect();
        population.set(rules, variable, at, Column::Number { units, decimals: 2 }, None).unwrap();
    }
    let home = |case: &Json, variable: &str| {
        case["input"]["households"]["h"][variable].as_object().map(|by| by.values().next().unwrap().clone())
    };
    let january: Period = format!("{}-01", at.start().year()).parse().unwrap();
    for (variable, period) in [("rent", at), ("accommodation_size", january)] {
        let units = cases.iter().map(|case| cents(home(case, variable))).collect();
        population.set(rules, variable, period, Column::Number { units, decimals: 2 }, None).unwrap();
    }
    let options = rules.variable("housing_occupancy_status").unwrap().options;
    let status = |case: &Json| {
        home(case, "housing_occupancy_status")
            .map_or(1, |json| options.iter().position(|option| json == *option).unwrap())
    };
    let statuses = cases.iter().map(|case| status(case) as u16).collect();
    population.set(rules, "housing_occupancy_status", january, Column::Choice(statuses), None).unwrap();

    let mut compared = 0;
    for variable in rules.variables().into_iter().filter(|variable| variable.sort != rules::Sort::Input) {
        let at = if variable.name == "housing_tax" { Period::of(rules::Unit::Year, at.start()) } else { at };
        let found = rules.evaluate_population(&population, &[&variable.name], at).unwrap().remove(0);
        let rows: Vec<(usize, &str)> =
            if variable.entity == "person" { who.clone() } else { (0..cases.len()).map(|home| (home, "h")).collect() };
        for (row, (home, name)) in rows.into_iter().enumerate() {
            let situation = rules.situation_from_json(&facts(cases[home]), january).unwrap();
            let by_row = rules.evaluate(&situation, &variable.name, name, at).map(|answer| answer.outcome);
            match (by_row, found.outcome(rules, row)) {
                (Ok(Outcome::NotEntitled { .. }), Ok(Outcome::NotEntitled { .. })) | (Err(_), Err(_)) => {}
                (one, two) => assert_eq!(one, two, "{} of {name} in {at}", variable.name),
            }
            compared += 1;
        }
        if !["parenting_allowance", "disposable_income"].contains(&variable.name.as_str()) || at >= month("2015-12") {
            assert!(found.others.is_empty(), "{} needed rows in {at}", variable.name);
        }
    }
    compared
}
