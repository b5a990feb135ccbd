/// How a person answered a statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stance {
    /// Disagrees; −1 in the matrix.
    Disagree,
    /// Saw it and passed; 0 in the matrix.
    Pass,
    /// Agrees; +1 in the matrix.
    Agree,
}

impl Stance {
    /// −1, 0 or +1. (Inside production Polis agree is −1; in its exports and here it is +1.)
    pub fn value(self) -> i8 {
        match self {
            Self::Disagree => -1,
            Self::Pass => 0,
            Self::Agree => 1,
        }
    }

    /// The stance of −1, 0 or +1.
    pub fn of_value(value: i8) -> Option<Self> {
        match value {
            -1 => Some(Self::Disagree),
            0 => Some(Self::Pass),
            1 => Some(Self::Agree),
            _ => None,
        }
    }
}

/// Whether a statement counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Standing {
    /// Shown and counted.
    #[default]
    Open,
    /// Taken out by a moderator: it moves nobody on the map, marks no group and is no longer shown.
    ModeratedOut,
    /// About the people, not the matter ("I live in the north"): shown first, moves nobody on the map, marks no group.
    Meta,
}

/// Something people can agree or disagree with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// The caller's name for it.
    pub id: String,
    /// Whether it counts.
    pub standing: Standing,
}

/// One answer of one person to one statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reaction {
    /// Position in [`Conversation::people`].
    pub person: u32,
    /// Position in [`Conversation::statements`].
    pub statement: u32,
    /// The answer.
    pub stance: Stance,
    /// Milliseconds since 1970 UTC, when known.
    pub at_ms: Option<i64>,
}

/// All that a map is drawn from. The order of people and statements has no influence.
///
/// Of several reactions of one person to one statement the latest counts; at the same time, or without times, the last
/// in the list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Conversation {
    /// The callers' names for the people; a pseudonym is enough.
    pub people: Vec<String>,
    /// The statements.
    pub statements: Vec<Statement>,
    /// Every reaction, changed ones included.
    pub reactions: Vec<Reaction>,
}
