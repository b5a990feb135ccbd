//! The lottery: panels to publish, everybody's chance, and the draw of one.

use crate::{
    Assembly, KINDS_MAX, ROWS_MAX, Refusal, Seed,
    digest::{sha256_hex, table_digest},
    ideal::ideal,
    panels::equally_likely,
    seats::seated,
    shape::kinds_of,
};

/// Panels in one lottery.
pub const PANELS_MAX: u32 = 100_000;
/// Seats of all panels of a lottery together.
pub const PANEL_SEATS_MAX: u64 = 20_000_000;
/// Panels unless another number is asked for: three digits from a bowl.
pub const PANELS_USUAL: u32 = 1_000;

/// What is made as equal as the quotas allow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Fairness {
    /// The smallest chance of all is as great as can be; then the next smallest, and so on.
    #[default]
    Leximin,
    /// Only the smallest chance is as great as can be; chances of nought that no panel can avoid are left aside.
    Maximin,
}

/// Panels of which one is drawn, each equally likely, with everybody's chance.
#[derive(Debug, Clone, PartialEq)]
pub struct Lottery {
    /// The panels, numbered from nought; each a list of indices into [`Assembly::volunteers`], rising.
    pub panels: Vec<Vec<usize>>,
    /// For each volunteer the number of panels with a seat; the chance is exactly this, divided by the number of panels.
    pub seats: Vec<u32>,
    /// Kinds of people who are interchangeable, each with the chance of the fairest lottery there can be.
    pub kinds: Vec<Kind>,
    /// For each volunteer the index of the kind.
    pub kind_of: Vec<usize>,
    /// No lottery whatever gives everyone a greater chance than this (to 1e-7).
    pub smallest_bound: f64,
    /// Whether it was shown that no lottery is fairer than the ideal chances of `kinds` (to 1e-7).
    pub proved: bool,
    /// SHA-256 of [`Lottery::panels_csv`], to be published before the seed is known.
    pub commitment: String,
    /// SHA-256 over table, quotas and rules.
    pub table_digest: String,
}

/// People whom nothing in the table tells apart.
#[derive(Debug, Clone, PartialEq)]
pub struct Kind {
    /// Indices into [`Assembly::volunteers`].
    pub members: Vec<usize>,
    /// The chance of each member in the fairest lottery, before it is rounded to whole panels.
    pub ideal_chance: f64,
    /// Panel seats of the kind over all panels of the lottery.
    pub seats: u64,
}

/// The panel that chance took.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drawn {
    /// Its number, from nought.
    pub number: u32,
    /// Who sits on it: indices into [`Assembly::volunteers`], rising.
    pub panel: Vec<usize>,
}

/// Makes the panels of the fairest lottery.
///
/// # Errors
/// A sentence; when no panel meets the quotas, with the smallest change that helps.
pub fn prepare(assembly: &Assembly, fairness: Fairness, panels: u32) -> Result<Lottery, Refusal> {
    assembly.check()?;
    within_limits(assembly, panels)?;
    let (kinds, shape) = kinds_of(assembly);
    too_many("kinds of people that the categories tell apart", shape.kinds() as u64, KINDS_MAX as u64)?;
    too_many("quotas and kinds of shared addresses", shape.rows.len() as u64, ROWS_MAX as u64)?;
    let ideal = ideal(assembly, &shape, fairness)?;
    let mixes = equally_likely(&shape, &ideal.mixes, panels);
    let table_digest = table_digest(assembly, fairness, panels, &kinds.household);
    let panels = seated(assembly, &kinds, &mixes, &table_digest);
    let mut seats = vec![0; assembly.volunteers.len()];
    panels.iter().flatten().for_each(|&index| seats[index] += 1);
    let mut kind_of = vec![0; assembly.volunteers.len()];
    let described = |(kind, members): (usize, Vec<usize>)| {
        members.iter().for_each(|&index| kind_of[index] = kind);
        let seats = members.iter().map(|&index| u64::from(seats[index])).sum();
        Kind { members, ideal_chance: ideal.chances[kind], seats }
    };
    let kinds = kinds.members.into_iter().enumerate().map(described).collect();
    let commitment = sha256_hex(&panels_csv(assembly, &panels));
    Ok(Lottery {
        panels,
        seats,
        kinds,
        kind_of,
        smallest_bound: ideal.bound,
        proved: ideal.proved,
        commitment,
        table_digest,
    })
}

fn within_limits(assembly: &Assembly, panels: u32) -> Result<(), Refusal> {
    if panels == 0 {
        return Err(Refusal::NoPanels);
    }
    too_many("panels", u64::from(panels), u64::from(PANELS_MAX))?;
    too_many("seats on all panels together", u64::from(panels) * u64::from(assembly.seats), PANEL_SEATS_MAX)
}

fn too_many(what: &'static str, found: u64, most: u64) -> Result<(), Refusal> {
    if found > most { Err(Refusal::TooMany { what, found: found as usize, most: most as usize }) } else { Ok(()) }
}

impl Lottery {
    /// The panel that the seed takes.
    ///
    /// # Errors
    /// When dice or digits do not make a number of a panel.
    pub fn draw(&self, seed: &Seed) -> Result<Drawn, Refusal> {
        let number = seed.number(self.panels.len() as u32, &self.commitment)?;
        Ok(Drawn { number, panel: self.panels[number as usize].clone() })
    }

    /// The panels as CSV (`panel,volunteer`, one line for each seat), to be published with its SHA-256 before the draw.
    #[must_use]
    pub fn panels_csv(&self, assembly: &Assembly) -> String {
        panels_csv(assembly, &self.panels)
    }

    /// The smallest chance of all in the published lottery: panels with a seat, of all panels.
    #[must_use]
    pub fn smallest(&self) -> (u32, u32) {
        (self.seats.iter().copied().min().unwrap_or(0), self.panels.len() as u32)
    }

    /// The smallest chance of all in the fairest lottery.
    #[must_use]
    pub fn smallest_ideal(&self) -> f64 {
        self.kinds.iter().map(|kind| kind.ideal_chance).fold(1.0, f64::min)
    }

    /// The greatest difference between anybody's published chance and that of the fairest lottery.
    #[must_use]
    pub fn farthest_from_ideal(&self) -> f64 {
        let panels = self.panels.len() as f64;
        let apart = |(index, &seats): (usize, &u32)| {
            (f64::from(seats) / panels - self.kinds[self.kind_of[index]].ideal_chance).abs()
        };
        self.seats.iter().enumerate().map(apart).fold(0.0, f64::max)
    }

    /// Gini coefficient of the published chances: 0 when all are equal.
    #[must_use]
    pub fn gini(&self) -> f64 {
        let mut sorted = self.seats.clone();
        sorted.sort_unstable();
        let count = sorted.len() as i64;
        let weighed: i64 = sorted
            .iter()
            .enumerate()
            .map(|(place, &seats)| (2 * (place as i64 + 1) - count - 1) * i64::from(seats))
            .sum();
        let total: i64 = sorted.iter().map(|&seats| i64::from(seats)).sum();
        if total == 0 { 0.0 } else { weighed as f64 / (count * total) as f64 }
    }
}

/// Seats of each feature on a panel, by category and feature.
#[must_use]
pub fn seats_by_feature(assembly: &Assembly, panel: &[usize]) -> Vec<Vec<u32>> {
    let mut seats: Vec<Vec<u32>> =
        assembly.categories.iter().map(|category| vec![0; category.features.len()]).collect();
    for &index in panel {
        for (category, &feature) in assembly.volunteers[index].features.iter().enumerate() {
            seats[category][feature] += 1;
        }
    }
    seats
}

fn panels_csv(assembly: &Assembly, panels: &[Vec<usize>]) -> String {
    let mut text = String::from("panel,volunteer\n");
    for (number, panel) in panels.iter().enumerate() {
        for &index in panel {
            let id = &assembly.volunteers[index].id;
            let quoted = id.contains(['"', ',', '\n', '\r']);
            let id = if quoted { format!("\"{}\"", id.replace('"', "\"\"")) } else { id.clone() };
            text.push_str(&format!("{number},{id}\n"));
        }
    }
    text
}
