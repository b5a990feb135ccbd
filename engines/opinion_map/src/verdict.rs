use crate::{separation::Separation, stability::Stability};
use std::fmt;

/// Whether there are groups.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Clarity {
    /// People fall into groups better than any range of opinion of the same spread would, and the groups come back.
    Clear,
    /// Opinions differ, and come back, but as a range: the line between groups runs through people who are near it.
    Gradual,
    /// There are no clear groups: the division is what any cloud gives, or another one comes with other people.
    NoClearGroups,
    /// The settings left the measurement out.
    NotMeasured,
}

impl Clarity {
    /// A word for machines: `clear`, `gradual`, `no-clear-groups`, `not-measured`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Clear => "clear",
            Self::Gradual => "gradual",
            Self::NoClearGroups => "no-clear-groups",
            Self::NotMeasured => "not-measured",
        }
    }
}

/// What to know before trusting a map. `Display` says it in English; pages have their own words for [`Warning::code`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Warning {
    /// Too few people stand on the map, or all in one place.
    TooFewPeople {
        /// How many do.
        people: usize,
    },
    /// Independent votes would look as divided.
    NotSeparated {
        /// The map's silhouette.
        silhouette: f64,
        /// That of round clouds.
        cloud: f64,
    },
    /// A range of opinion of the same spread would look as divided.
    Gradual {
        /// The map's silhouette.
        silhouette: f64,
        /// That of stretched clouds.
        cloud: f64,
    },
    /// Half of the people give other groups.
    NotStable {
        /// The mean adjusted Rand index.
        agreement: f64,
    },
    /// Half of the people often give another number of groups.
    NumberUnsure {
        /// How often the same.
        same_number_share: f64,
    },
    /// One group does not come back, though others do.
    GroupNotStable {
        /// Which.
        group: usize,
        /// Its mean Jaccard index.
        found_again: f64,
    },
    /// Separation was not measured, because the settings left it out.
    SeparationNotMeasured,
    /// Stability was not measured, because there are too few people or the settings left it out.
    StabilityNotMeasured,
    /// The axes are not exact: two directions matter almost equally.
    AxesNotExact,
}

impl Warning {
    /// A word for machines.
    pub fn code(&self) -> &'static str {
        match self {
            Self::TooFewPeople { .. } => "too-few-people",
            Self::NotSeparated { .. } => "not-separated",
            Self::Gradual { .. } => "gradual",
            Self::NotStable { .. } => "not-stable",
            Self::NumberUnsure { .. } => "number-unsure",
            Self::GroupNotStable { .. } => "group-not-stable",
            Self::SeparationNotMeasured => "separation-not-measured",
            Self::StabilityNotMeasured => "stability-not-measured",
            Self::AxesNotExact => "axes-not-exact",
        }
    }
}

impl fmt::Display for Warning {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooFewPeople { people: 1 } => {
                write!(out, "There are no clear groups: one person on the map cannot be divided.")
            }
            Self::TooFewPeople { people } => {
                write!(
                    out,
                    "There are no clear groups: {people} people on the map are too few, or too alike, to divide."
                )
            }
            Self::NotSeparated { silhouette, cloud } => write!(
                out,
                "There are no clear groups: votes that have nothing to do with each other divide as well (silhouette {silhouette:.3}, by chance up to {cloud:.3})."
            ),
            Self::Gradual { silhouette, cloud } => write!(
                out,
                "Opinions are a range rather than camps: one cloud of the same spread divides as well (silhouette {silhouette:.3}, such clouds up to {cloud:.3}). Many people stand near the line between groups."
            ),
            Self::NotStable { agreement } => write!(
                out,
                "There are no clear groups: half of the people give other groups (agreement {agreement:.2} of 1)."
            ),
            Self::NumberUnsure { same_number_share } => write!(
                out,
                "How many groups there are is not sure: only {:.0}% of the half-samples give as many.",
                same_number_share * 100.0
            ),
            Self::GroupNotStable { group, found_again } => write!(
                out,
                "Group {group} is not firm: half of the people give it back only partly ({found_again:.2} of 1)."
            ),
            Self::SeparationNotMeasured => write!(out, "Whether there are groups at all was not measured."),
            Self::StabilityNotMeasured => write!(out, "Whether the groups are stable was not measured."),
            Self::AxesNotExact => {
                write!(out, "Two directions of opinion matter almost equally, so the picture may turn.")
            }
        }
    }
}

/// With fewer people on the map nothing can be said about groups.
const PEOPLE_LEAST: usize = 15;
/// Below this mean adjusted Rand index there are no clear groups.
const AGREEMENT_LEAST: f64 = 0.5;
/// Below this mean Jaccard index a group is not to be trusted (Hennig, 2007).
const FOUND_AGAIN_LEAST: f64 = 0.6;
const SAME_NUMBER_LEAST: f64 = 0.5;
/// Above this the axes are not exact.
const RESIDUAL_MOST: f64 = 1e-12;

pub(crate) fn of(
    people: usize,
    is_divided: bool,
    separation: Option<&Separation>,
    stability: Option<&Stability>,
    axes_residual: f64,
) -> (Clarity, Vec<Warning>) {
    let mut warnings = Vec::new();
    if axes_residual > RESIDUAL_MOST {
        warnings.push(Warning::AxesNotExact);
    }
    if !is_divided || people < PEOPLE_LEAST {
        warnings.push(Warning::TooFewPeople { people });
        return (Clarity::NoClearGroups, warnings);
    }
    let mut clarity = Clarity::Clear;
    match separation {
        None => {
            clarity = Clarity::NotMeasured;
            warnings.push(Warning::SeparationNotMeasured);
        }
        Some(one) if one.silhouette <= one.round_cloud => {
            clarity = Clarity::NoClearGroups;
            warnings.push(Warning::NotSeparated { silhouette: one.silhouette, cloud: one.round_cloud });
        }
        Some(one) if one.silhouette <= one.stretched_cloud => {
            clarity = Clarity::Gradual;
            warnings.push(Warning::Gradual { silhouette: one.silhouette, cloud: one.stretched_cloud });
        }
        Some(_) => {}
    }
    let Some(stability) = stability else {
        warnings.push(Warning::StabilityNotMeasured);
        let is_open = matches!(clarity, Clarity::Clear | Clarity::Gradual);
        return (if is_open { Clarity::NotMeasured } else { clarity }, warnings);
    };
    if stability.agreement < AGREEMENT_LEAST {
        clarity = Clarity::NoClearGroups;
        warnings.push(Warning::NotStable { agreement: stability.agreement });
    } else {
        let weak = stability.groups.iter().enumerate().filter(|(_, found)| **found < FOUND_AGAIN_LEAST);
        warnings.extend(weak.map(|(group, found)| Warning::GroupNotStable { group, found_again: *found }));
    }
    if stability.same_number_share < SAME_NUMBER_LEAST {
        warnings.push(Warning::NumberUnsure { same_number_share: stability.same_number_share });
    }
    (clarity, warnings)
}
