use crate::limits;

/// Why no map can be drawn.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// See [`limits::PEOPLE_MAX`].
    #[error("{0} people are too many: a map takes at most {max}", max = limits::PEOPLE_MAX)]
    TooManyPeople(usize),
    /// See [`limits::STATEMENTS_MAX`].
    #[error("{0} statements are too many: a map takes at most {max}", max = limits::STATEMENTS_MAX)]
    TooManyStatements(usize),
    /// See [`limits::REACTIONS_MAX`].
    #[error("{0} votes are too many: a map takes at most {max}", max = limits::REACTIONS_MAX)]
    TooManyReactions(usize),
    /// An id is longer than [`limits::ID_BYTES_MAX`].
    #[error("the name “{0}…” is longer than {max} bytes", max = limits::ID_BYTES_MAX)]
    IdTooLong(String),
    /// Two people have one id.
    #[error("two people are called “{0}”")]
    PersonTwice(String),
    /// Two statements have one id.
    #[error("two statements are called “{0}”")]
    StatementTwice(String),
    /// A reaction points past the list of people.
    #[error("vote {at} is by person {person}, but there are only {people} people")]
    NoSuchPerson {
        /// Position in the list of reactions.
        at: usize,
        /// What it points to.
        person: u32,
        /// How many there are.
        people: usize,
    },
    /// A reaction points past the list of statements.
    #[error("vote {at} is on statement {statement}, but there are only {statements} statements")]
    NoSuchStatement {
        /// Position in the list of reactions.
        at: usize,
        /// What it points to.
        statement: u32,
        /// How many there are.
        statements: usize,
    },
    /// A setting is outside its limits.
    #[error("{name} must be between {min} and {max}, not {value}")]
    Setting {
        /// Which.
        name: &'static str,
        /// What was asked.
        value: usize,
        /// The least.
        min: usize,
        /// The most.
        max: usize,
    },
    /// Labels were given for another number of people.
    #[error("{labels} labels were given for {people} people")]
    LabelsForOthers {
        /// How many labels.
        labels: usize,
        /// How many people.
        people: usize,
    },
}
