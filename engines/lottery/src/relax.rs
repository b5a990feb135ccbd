//! The smallest change of quotas after which a panel exists.

use crate::{
    Assembly,
    linear::{
        Bounds, Column, Tableau,
        integer::{Search, search},
    },
    near::PROGRAMS_ANY_MAX,
    shape::Shape,
};
use std::fmt;

/// Quotas to widen, by as few seats as can be, so that at least one panel meets all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Relaxation {
    /// Each quota to widen, in the order of the table.
    pub changes: Vec<QuotaChange>,
    /// Seats by which all are widened together.
    pub seats: u32,
    /// Whether it was shown that no smaller change helps.
    pub smallest: bool,
}

/// One quota before and after.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuotaChange {
    /// Of which category.
    pub category: String,
    /// Of which feature.
    pub feature: String,
    /// Lower and upper end as asked for.
    pub before: (u32, u32),
    /// Lower and upper end that would help.
    pub after: (u32, u32),
}

impl fmt::Display for Relaxation {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        let smallest = if self.smallest { "The smallest change that helps" } else { "A change that helps" };
        write!(to, "{smallest} ({} {} in all): ", self.seats, if self.seats == 1 { "seat" } else { "seats" })?;
        for (place, change) in self.changes.iter().enumerate() {
            let comma = if place == 0 { "" } else { "; " };
            write!(to, "{comma}{} “{}” ", change.category, change.feature)?;
            match (change.before.0 != change.after.0, change.before.1 != change.after.1) {
                (true, false) => write!(to, "at least {} instead of {}", change.after.0, change.before.0)?,
                (false, true) => write!(to, "at most {} instead of {}", change.after.1, change.before.1)?,
                _ => write!(
                    to,
                    "{} to {} instead of {} to {}",
                    change.after.0, change.after.1, change.before.0, change.before.1
                )?,
            }
        }
        write!(to, ".")
    }
}

/// `None` when no panel exists however wide the quotas, or none was found.
///
/// The program of all panels with, for each quota, seats below its lower and seats above its upper end; their number is made smallest.
pub(crate) fn relax(assembly: &Assembly, shape: &Shape) -> Option<Relaxation> {
    let mut program = shape.program();
    // A lower end may lie far above all seats.
    let most = shape.rows.iter().map(|&(low, high)| low.max(high)).max().unwrap_or(0) as f64;
    for (row, _) in shape.quota_of.iter().enumerate().filter(|(_, quota)| quota.is_some()) {
        for by in [1.0, -1.0] {
            program.columns.push(Column { entries: vec![(row, by)], bounds: Bounds::new(0.0, most), cost: -1.0 });
        }
    }
    let mut tableau = Tableau::new(program);
    let wanted = Search { above: f64::NEG_INFINITY, first: false, programs_max: PROGRAMS_ANY_MAX, whole_costs: true };
    let found = search(&mut tableau, wanted);
    let values = found.values?;
    let mut changes = Vec::new();
    let mut widened = 0;
    let mut place = shape.kinds();
    for (category, value) in shape.quota_of.iter().flatten() {
        let (below, above) = (values[place], values[place + 1]);
        place += 2;
        widened += below + above;
        if below + above > 0 {
            let category = &assembly.categories[*category];
            let feature = &category.features[*value];
            let before = (feature.at_least, feature.at_most);
            let most = i64::from(feature.at_most.min(assembly.seats.max(feature.at_least)));
            let after = (shrunk(feature.at_least, below), if above > 0 { grown(most, above) } else { feature.at_most });
            changes.push(QuotaChange { category: category.name.clone(), feature: feature.name.clone(), before, after });
        }
    }
    Some(Relaxation { changes, seats: u32::try_from(widened).ok()?, smallest: found.ended })
}

fn shrunk(low: u32, by: i64) -> u32 {
    u32::try_from(i64::from(low) - by).unwrap_or(0)
}

fn grown(high: i64, by: i64) -> u32 {
    u32::try_from(high + by).unwrap_or(u32::MAX)
}
