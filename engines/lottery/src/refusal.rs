//! Why a draw cannot be made, in sentences.

use crate::relax::Relaxation;
use thiserror::Error;

/// A sentence that says what to change.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Refusal {
    /// A limit with a name was passed.
    #[error("There are {found} {what}; one draw takes at most {most}.")]
    TooMany {
        /// What there is too much of.
        what: &'static str,
        /// How many were given.
        found: usize,
        /// The limit.
        most: usize,
    },
    /// A panel of nobody.
    #[error("A panel needs at least one seat.")]
    NoSeats,
    /// A lottery of no panels.
    #[error("A lottery needs at least one panel to draw from.")]
    NoPanels,
    /// A name stands twice.
    #[error("The {what} “{name}” stands twice; each must be there once.")]
    Twice {
        /// A category, a feature or a volunteer.
        what: &'static str,
        /// The name.
        name: String,
    },
    /// A quota whose lower end lies above its upper end.
    #[error("The quota of {category} “{feature}” asks for at least {at_least} and at most {at_most}; that cannot be.")]
    Reversed {
        /// Of which category.
        category: String,
        /// Of which feature.
        feature: String,
        /// Lower end.
        at_least: u32,
        /// Upper end.
        at_most: u32,
    },
    /// A volunteer's features do not fit the categories.
    #[error("The volunteer “{id}” does not have exactly one known feature of each category.")]
    UnknownFeature {
        /// Whose row.
        id: String,
    },
    /// Fewer people (or, with the rule of one per address, addresses) than seats.
    #[error("{} seats are to be filled, but only {} {} there.", .seats, .there, if *.by_address { "people with addresses apart are" } else { "volunteers are" })]
    TooFew {
        /// Seats of a panel.
        seats: u32,
        /// People who could sit on one panel together.
        there: usize,
        /// Whether the rule of one per address makes them so few.
        by_address: bool,
    },
    /// No panel meets all quotas; the smallest change after which one does.
    #[error("No panel meets all quotas. {0}")]
    Impossible(Relaxation),
    /// The search for a panel was given up at its limit.
    #[error(
        "Whether any panel meets all quotas could not be found out within {programs} linear programs; wider quotas make it easier."
    )]
    GivenUp {
        /// The limit.
        programs: usize,
    },
    /// The numbers failed: no claim about the fairest chances can be made.
    #[error(
        "A panel exists, but the fairest chances could not be worked out; fewer categories or wider quotas make it easier."
    )]
    Unsolved,
    /// The seed cannot be used.
    #[error("{0}")]
    Seed(String),
    /// Someone to be replaced is not on the panel, or is named as both declined and absent.
    #[error("“{id}” is not on the panel, so nobody can take that seat.")]
    NotOnPanel {
        /// Who.
        id: String,
    },
}
