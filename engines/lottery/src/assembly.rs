//! What is known before the draw: seats, quotas and an anonymous table of volunteers.

use crate::Refusal;
use std::collections::BTreeSet;

/// Volunteers in one draw.
pub const VOLUNTEERS_MAX: usize = 50_000;
/// Seats of one panel.
pub const SEATS_MAX: u32 = 5_000;
/// Categories, such as gender or age.
pub const CATEGORIES_MAX: usize = 30;
/// Features of all categories together, each with a quota.
pub const FEATURES_MAX: usize = 300;
/// Kinds of people: those with equal features are of one kind.
pub const KINDS_MAX: usize = 10_000;
/// Rows of the programs: quotas that can be missed, and make-ups of addresses where one per address is the rule.
pub const ROWS_MAX: usize = 1_000;
/// Bytes of a name, an id or an address.
pub const WORD_BYTES_MAX: usize = 200;

/// A draw to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assembly {
    /// Seats of a panel.
    pub seats: u32,
    /// Categories with the quotas of their features, in the order of the table.
    pub categories: Vec<Category>,
    /// Who volunteered.
    pub volunteers: Vec<Volunteer>,
    /// Whether a panel may hold at most one of those who gave the same address.
    pub one_per_address: bool,
}

/// One way of telling people apart, such as “age”.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Category {
    /// Its name, unique.
    pub name: String,
    /// Its features; each volunteer has exactly one of them.
    pub features: Vec<Feature>,
}

/// One value of a category with its quota, both ends included.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Feature {
    /// Its name, unique in the category.
    pub name: String,
    /// Seats that must go to people with this feature.
    pub at_least: u32,
    /// Seats that may go to people with this feature.
    pub at_most: u32,
}

/// One row of the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Volunteer {
    /// Unique; it is published, so it should say nothing of the person.
    pub id: String,
    /// For each category, in order, the index of the feature.
    pub features: Vec<usize>,
    /// Any text that is equal for people of one address; used only with [`Assembly::one_per_address`].
    pub address: Option<String>,
}

impl Assembly {
    /// Checks all that the rest relies on.
    pub(crate) fn check(&self) -> Result<(), Refusal> {
        let too_many = |what, found: usize, most: usize| {
            if found > most { Err(Refusal::TooMany { what, found, most }) } else { Ok(()) }
        };
        too_many("volunteers", self.volunteers.len(), VOLUNTEERS_MAX)?;
        too_many("seats", self.seats as usize, SEATS_MAX as usize)?;
        too_many("categories", self.categories.len(), CATEGORIES_MAX)?;
        too_many("features", self.categories.iter().map(|category| category.features.len()).sum(), FEATURES_MAX)?;
        if self.seats == 0 {
            return Err(Refusal::NoSeats);
        }
        self.check_categories()?;
        self.check_volunteers()
    }

    fn check_categories(&self) -> Result<(), Refusal> {
        let mut names = BTreeSet::new();
        for category in &self.categories {
            let mut features = BTreeSet::new();
            if !names.insert(&category.name) {
                return Err(Refusal::Twice { what: "category", name: category.name.clone() });
            }
            for feature in &category.features {
                if !features.insert(&feature.name) {
                    return Err(Refusal::Twice { what: "feature", name: feature.name.clone() });
                }
                if feature.at_least > feature.at_most {
                    return Err(Refusal::Reversed {
                        category: category.name.clone(),
                        feature: feature.name.clone(),
                        at_least: feature.at_least,
                        at_most: feature.at_most,
                    });
                }
            }
        }
        Ok(())
    }

    fn check_volunteers(&self) -> Result<(), Refusal> {
        let mut ids = BTreeSet::new();
        for volunteer in &self.volunteers {
            let known = volunteer.features.len() == self.categories.len()
                && volunteer.features.iter().zip(&self.categories).all(|(&at, of)| at < of.features.len());
            if !known {
                return Err(Refusal::UnknownFeature { id: volunteer.id.clone() });
            }
            if !ids.insert(&volunteer.id) {
                return Err(Refusal::Twice { what: "volunteer", name: volunteer.id.clone() });
            }
        }
        Ok(())
    }
}
