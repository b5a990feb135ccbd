//! Rules after their check: names are places in lists, types hold, nothing rests on itself.

use crate::{
    decimal::Decimal,
    period::Unit,
    syntax::{Arithmetic, Comparison, Hit, Over, ScaleKind, Span, When},
    trouble::Spot,
    value::{Raw, Type},
};
use jiff::civil::Date;
use std::collections::BTreeMap;

#[derive(Debug, Clone)]
pub(crate) struct Entity {
    pub name: String,
    /// For a group: the entity of its members, and their roles.
    pub group: Option<(usize, Vec<String>)>,
}

#[derive(Debug, Clone)]
pub(crate) struct Choice {
    pub name: String,
    pub options: Vec<String>,
}

#[derive(Debug, Clone)]
pub(crate) struct Since<T> {
    pub since: Option<Date>,
    pub spot: Spot,
    pub what: T,
}

/// The version that holds on a day.
pub(crate) fn in_force<T>(versions: &[Since<T>], day: Date) -> Option<(usize, &Since<T>)> {
    let at = versions.iter().rposition(|version| version.since.is_none_or(|since| since <= day))?;
    Some((at, &versions[at]))
}

#[derive(Debug, Clone)]
pub(crate) struct Parameter {
    pub name: String,
    pub kind: Type,
    pub law: String,
    pub label: Option<String>,
    pub versions: Vec<Since<Option<Raw>>>,
}

#[derive(Debug, Clone)]
pub(crate) struct Bracket {
    pub inclusive: bool,
    pub bound: Decimal,
    pub value: Raw,
}

#[derive(Debug, Clone)]
pub(crate) struct Scale {
    pub name: String,
    pub how: ScaleKind,
    pub kind: Type,
    pub base: Type,
    pub law: String,
    pub versions: Vec<Since<Vec<Bracket>>>,
}

#[derive(Debug, Clone)]
pub(crate) struct Variable {
    pub name: String,
    pub spot: Spot,
    pub kind: Type,
    pub entity: usize,
    pub unit: Unit,
    pub what: What,
}

#[derive(Debug, Clone)]
pub(crate) enum What {
    Input { ask: Option<String>, law: Option<String>, otherwise: Option<Raw> },
    Rule(Rule),
}

#[derive(Debug, Clone)]
pub(crate) struct Rule {
    pub entitlement: bool,
    pub law: String,
    pub label: Option<String>,
    pub versions: Vec<Since<Body>>,
}

#[derive(Debug, Clone)]
pub(crate) struct Body {
    pub law: Option<String>,
    pub requirements: Vec<Requirement>,
    /// `None`: not in force.
    pub formula: Option<Formula>,
    pub in_order: bool,
    pub exceptions: Vec<Exception>,
}

#[derive(Debug, Clone)]
pub(crate) struct Requirement {
    pub spot: Spot,
    pub condition: Node,
    pub law: Option<String>,
    pub because: Option<String>,
}

#[derive(Debug, Clone)]
pub(crate) struct Exception {
    pub name: String,
    pub spot: Spot,
    pub condition: Node,
    pub law: String,
    pub because: Option<String>,
    /// `None`: not entitled.
    pub value: Option<Node>,
}

#[derive(Debug, Clone)]
pub(crate) enum Formula {
    Node(Node),
    Table(Table),
}

#[derive(Debug, Clone)]
pub(crate) struct Table {
    pub hit: Hit,
    pub inputs: Vec<Node>,
    pub rows: Vec<TableRow>,
    pub otherwise: Option<TableRow>,
}

#[derive(Debug, Clone)]
pub(crate) struct TableRow {
    pub spot: Spot,
    pub cells: Vec<Cell>,
    pub value: Node,
    pub law: Option<String>,
}

/// One cell: any of the tests holds, or none where `negated`. Without a test it always holds.
#[derive(Debug, Clone)]
pub(crate) struct Cell {
    pub negated: bool,
    pub tests: Vec<Test>,
}

#[derive(Debug, Clone)]
pub(crate) enum Test {
    Compare(Comparison, Node),
    Between(Node, Node),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Function {
    Min,
    Max,
    Rounded(u8),
    RoundedUp(u8),
    RoundedDown(u8),
    Absolute,
    YearsBetween,
    MonthsBetween,
    DaysBetween,
    YearOf,
    MonthOf,
    DayOf,
    DaysAfter,
    MonthsAfter,
    YearsAfter,
}

/// Where a variable is looked up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Reference {
    pub variable: usize,
    /// From a member to its group.
    pub up: bool,
}

#[derive(Debug, Clone)]
pub(crate) enum Node {
    Constant(Raw),
    Variable(Reference, When),
    Total(Reference, Span),
    Parameter(usize),
    Scale(usize, Box<Node>),
    Start,
    End,
    Not(Box<Node>),
    Negative(Box<Node>),
    And(Box<(Node, Node)>),
    Or(Box<(Node, Node)>),
    Arithmetic(Arithmetic, Box<(Node, Node)>),
    Compare(Comparison, Box<(Node, Node)>),
    OneOf(Box<Node>, Vec<Node>),
    If(Box<(Node, Node, Node)>),
    OrElse(Box<(Node, Node)>),
    Entitled(Box<Node>),
    Members(Box<Members>),
    Function(Function, Vec<Node>),
}

#[derive(Debug, Clone)]
pub(crate) struct Members {
    pub over: Over,
    /// `None`: all members.
    pub role: Option<u8>,
    pub value: Option<Node>,
    pub filter: Option<Node>,
}

/// Checked rules.
#[derive(Debug, Clone)]
pub struct Rules {
    pub(crate) sources: Vec<String>,
    pub(crate) entities: Vec<Entity>,
    pub(crate) choices: Vec<Choice>,
    pub(crate) parameters: Vec<Parameter>,
    pub(crate) scales: Vec<Scale>,
    pub(crate) variables: Vec<Variable>,
    pub(crate) by_name: BTreeMap<String, usize>,
    /// By a text and a language: the text in it.
    pub(crate) words: BTreeMap<(String, String), String>,
}

impl Node {
    /// Calls with each node right below.
    pub(crate) fn below<'a>(&'a self, visit: &mut dyn FnMut(&'a Self)) {
        match self {
            Self::Constant(_) | Self::Variable(..) | Self::Total(..) | Self::Parameter(_) | Self::Start | Self::End => {
            }
            Self::Scale(_, one) | Self::Not(one) | Self::Negative(one) | Self::Entitled(one) => visit(one),
            Self::And(two) | Self::Or(two) | Self::Arithmetic(_, two) | Self::Compare(_, two) | Self::OrElse(two) => {
                visit(&two.0);
                visit(&two.1);
            }
            Self::OneOf(one, list) => {
                visit(one);
                list.iter().for_each(visit);
            }
            Self::If(three) => {
                visit(&three.0);
                visit(&three.1);
                visit(&three.2);
            }
            Self::Members(members) => members.value.iter().chain(&members.filter).for_each(visit),
            Self::Function(_, list) => list.iter().for_each(visit),
        }
    }
}

impl Body {
    /// Calls with every expression of the version.
    pub(crate) fn nodes<'a>(&'a self, visit: &mut dyn FnMut(&'a Node)) {
        self.requirements.iter().for_each(|requirement| visit(&requirement.condition));
        for exception in &self.exceptions {
            visit(&exception.condition);
            exception.value.iter().for_each(&mut *visit);
        }
        match &self.formula {
            None => {}
            Some(Formula::Node(node)) => visit(node),
            Some(Formula::Table(table)) => {
                table.inputs.iter().for_each(&mut *visit);
                for row in table.rows.iter().chain(&table.otherwise) {
                    visit(&row.value);
                    for test in row.cells.iter().flat_map(|cell| &cell.tests) {
                        match test {
                            Test::Compare(_, node) => visit(node),
                            Test::Between(low, high) => {
                                visit(low);
                                visit(high);
                            }
                        }
                    }
                }
            }
        }
    }
}
