//! What was read, before names and types are known.

use crate::{decimal::Decimal, period::Unit, trouble::Spot};
use jiff::civil::Date;

/// A name and where it stands.
#[derive(Debug, Clone)]
pub(crate) struct Name {
    pub text: String,
    pub spot: Spot,
}

/// A reference to the law.
pub(crate) type Law = String;

#[derive(Debug, Clone)]
pub(crate) struct Expr {
    pub spot: Spot,
    pub kind: ExprKind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Arithmetic {
    Plus,
    Minus,
    Times,
    Over,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Comparison {
    Is,
    IsNot,
    Less,
    AtMost,
    More,
    AtLeast,
}

/// What is done with the members of a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Over {
    Sum,
    Least,
    Greatest,
    Number,
    Any,
    All,
}

/// Another period than that of the rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum When {
    /// The same period, or the longer one around it.
    Same,
    /// The first day or month of the rule's period.
    First(Unit),
    /// The last one.
    Last(Unit),
    /// One day, month or year before.
    Before(Unit),
}

/// What a total is taken over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Span {
    /// All days or months of the month or year in which the rule's period begins.
    Within(Unit),
    /// So many days, months or years before.
    Before(u32, Unit),
}

#[derive(Debug, Clone)]
pub(crate) enum ExprKind {
    Number(Decimal),
    Text(String),
    Yesno(bool),
    Day(Date),
    Name(String),
    Start,
    End,
    Call(String, Vec<Expr>),
    Not(Box<Expr>),
    Negative(Box<Expr>),
    And(Box<Expr>, Box<Expr>),
    Or(Box<Expr>, Box<Expr>),
    Arithmetic(Arithmetic, Box<Expr>, Box<Expr>),
    Compare(Comparison, Box<Expr>, Box<Expr>),
    OneOf(Box<Expr>, Vec<Expr>),
    If(Box<Expr>, Box<Expr>, Box<Expr>),
    OrElse(Box<Expr>, Box<Expr>),
    Entitled(Box<Expr>),
    At(Box<Expr>, When),
    Total(Box<Expr>, Span),
    Members { over: Over, role: Name, value: Option<Box<Expr>>, filter: Option<Box<Expr>> },
}

/// Something that holds from a day on; `None` is the beginning.
#[derive(Debug, Clone)]
pub(crate) struct From<T> {
    pub since: Option<Date>,
    pub spot: Spot,
    pub what: T,
}

#[derive(Debug, Clone)]
pub(crate) struct TypeName {
    pub name: Name,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ScaleKind {
    /// Each slice of the base is multiplied by its rate.
    Slices,
    /// The value of the one bracket that is reached.
    Bracket,
    /// The values of all brackets that are reached, added up.
    AddedUp,
}

#[derive(Debug, Clone)]
pub(crate) struct Bracket {
    /// Whether a base equal to the bound is within.
    pub inclusive: bool,
    pub bound: Expr,
    pub value: Expr,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Hit {
    Unique,
    First,
    Any,
    Sum,
    Least,
    Greatest,
    Number,
}

#[derive(Debug, Clone)]
pub(crate) enum Cell {
    Any,
    /// One of these tests holds.
    Tests(Vec<CellTest>),
    /// None of these tests holds.
    NoneOf(Vec<CellTest>),
}

#[derive(Debug, Clone)]
pub(crate) enum CellTest {
    Compare(Comparison, Expr),
    Between(Expr, Expr),
}

#[derive(Debug, Clone)]
pub(crate) struct TableRow {
    pub spot: Spot,
    pub cells: Vec<Cell>,
    pub value: Expr,
    pub law: Option<Law>,
}

#[derive(Debug, Clone)]
pub(crate) struct Table {
    pub hit: Hit,
    pub inputs: Vec<Expr>,
    pub rows: Vec<TableRow>,
    pub otherwise: Option<(Spot, Expr, Option<Law>)>,
}

#[derive(Debug, Clone)]
pub(crate) enum Formula {
    Expr(Expr),
    Table(Table),
}

#[derive(Debug, Clone)]
pub(crate) struct Requirement {
    pub spot: Spot,
    pub condition: Expr,
    pub law: Option<Law>,
    pub because: Option<String>,
}

#[derive(Debug, Clone)]
pub(crate) struct Exception {
    pub name: Name,
    pub condition: Expr,
    pub law: Law,
    /// `None`: not entitled.
    pub value: Option<Expr>,
    pub because: Option<String>,
}

#[derive(Debug, Clone)]
pub(crate) struct Body {
    pub law: Option<Law>,
    pub requirements: Vec<Requirement>,
    /// `None`: not in force.
    pub formula: Option<Formula>,
    pub in_order: bool,
    pub exceptions: Vec<Exception>,
}

#[derive(Debug, Clone)]
pub(crate) enum Item {
    Entity {
        name: Name,
        group: Option<(Name, Vec<Name>)>,
    },
    Choice {
        name: Name,
        options: Vec<Name>,
    },
    Parameter {
        name: Name,
        kind: TypeName,
        law: Law,
        label: Option<String>,
        versions: Vec<From<Option<Expr>>>,
    },
    Scale {
        name: Name,
        how: ScaleKind,
        kind: Option<TypeName>,
        base: TypeName,
        law: Law,
        versions: Vec<From<Vec<Bracket>>>,
    },
    Input {
        name: Name,
        kind: TypeName,
        entity: Name,
        unit: Unit,
        ask: Option<String>,
        law: Option<Law>,
        otherwise: Option<Expr>,
    },
    Rule {
        name: Name,
        entitlement: bool,
        kind: TypeName,
        entity: Name,
        unit: Unit,
        law: Law,
        label: Option<String>,
        versions: Vec<From<Body>>,
    },
}

impl Item {
    pub(crate) fn name(&self) -> &Name {
        match self {
            Self::Entity { name, .. }
            | Self::Choice { name, .. }
            | Self::Parameter { name, .. }
            | Self::Scale { name, .. }
            | Self::Input { name, .. }
            | Self::Rule { name, .. } => name,
        }
    }
}
