//! The same programs by a library, microlp, that shares nothing with ours.

use super::{
    Bounds, Column, Program, Solved, Tableau,
    integer::{Search, search},
};
use microlp::{ComparisonOp, OptimizationDirection, Problem, SolveOutcome, Variable};
use proptest::prelude::*;

fn programs() -> impl Strategy<Value = Program> {
    (1_usize..6, 1_usize..8).prop_flat_map(|(height, width)| {
        let row = (-4_i32..8, 0_i32..6).prop_map(|(low, span)| Bounds::new(f64::from(low), f64::from(low + span)));
        let column =
            (proptest::collection::vec(-1_i32..3, height), 0_i32..5, -5_i32..9).prop_map(|(by, high, cost)| {
                let entries =
                    by.into_iter().enumerate().filter(|(_, by)| *by != 0).map(|(row, by)| (row, f64::from(by)));
                Column { entries: entries.collect(), bounds: Bounds::new(0.0, f64::from(high)), cost: f64::from(cost) }
            });
        (proptest::collection::vec(row, height), proptest::collection::vec(column, width))
            .prop_map(|(rows, columns)| Program { rows, columns })
    })
}

fn by_library(program: &Program, whole: bool) -> Option<f64> {
    let mut problem = Problem::new(OptimizationDirection::Maximize);
    let variables: Vec<Variable> = program
        .columns
        .iter()
        .map(|column| {
            if whole {
                problem.add_integer_var(column.cost, (column.bounds.low as i32, column.bounds.high as i32))
            } else {
                problem.add_var(column.cost, (column.bounds.low, column.bounds.high))
            }
        })
        .collect();
    for (row, bounds) in program.rows.iter().enumerate() {
        let sum: Vec<(Variable, f64)> = program
            .columns
            .iter()
            .zip(&variables)
            .flat_map(|(column, &variable)| {
                column.entries.iter().filter(move |(at, _)| *at == row).map(move |&(_, by)| (variable, by))
            })
            .collect();
        problem.add_constraint(sum.as_slice(), ComparisonOp::Ge, bounds.low);
        problem.add_constraint(sum.as_slice(), ComparisonOp::Le, bounds.high);
    }
    match problem.solve() {
        Ok(SolveOutcome::Solution(solution)) => Some(solution.objective()),
        _ => None,
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn a_library_finds_the_same_optimum(program in programs(), again in proptest::collection::vec(-5_i32..9, 8)) {
        let mut tableau = Tableau::new(program.clone());
        let solved = tableau.solve();
        match by_library(&program, false) {
            Some(best) => prop_assert!(solved == Solved::Best && (tableau.total() - best).abs() < 1e-6, "{}", tableau.total()),
            None => prop_assert_eq!(solved, Solved::Impossible),
        }
        // And once more from where it stands, with other costs and bounds.
        let mut changed = program;
        for (at, column) in changed.columns.iter_mut().enumerate() {
            column.cost = f64::from(again[at]);
            column.bounds.high = (column.bounds.high - 1.0).max(0.0);
            tableau.set_cost(at, column.cost);
            tableau.set_bounds(at, column.bounds);
        }
        let solved = tableau.solve();
        match by_library(&changed, false) {
            Some(best) => prop_assert!(solved == Solved::Best && (tableau.total() - best).abs() < 1e-6, "{}", tableau.total()),
            None => prop_assert_eq!(solved, Solved::Impossible),
        }
    }

    #[test]
    fn a_library_finds_the_same_whole_optimum(program in programs()) {
        let mut tableau = Tableau::new(program.clone());
        let wanted = Search { above: f64::NEG_INFINITY, first: false, programs_max: 100_000, whole_costs: true };
        let found = search(&mut tableau, wanted);
        prop_assert!(found.ended);
        let worth = found.values.map(|values| {
            values.iter().zip(&program.columns).map(|(&value, column)| value as f64 * column.cost).sum::<f64>()
        });
        match (worth, by_library(&program, true)) {
            (Some(ours), Some(theirs)) => prop_assert!((ours - theirs).abs() < 1e-3, "{ours} {theirs}"),
            (ours, theirs) => prop_assert_eq!(ours.is_some(), theirs.is_some()),
        }
    }
}
