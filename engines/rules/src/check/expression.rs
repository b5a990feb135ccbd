//! Types of expressions.

use super::{Checked, Checker};
use crate::{
    model::{Members, Node, Reference, What},
    period::Unit,
    syntax::{Arithmetic, Comparison, Expr, ExprKind, Name, Over, Span, When},
    trouble::{At, Spot, nearest},
    value::{Raw, Type},
};

/// Whose values an expression sees, and for which periods.
#[derive(Debug, Clone, Copy)]
pub(super) struct Scope {
    pub entity: usize,
    pub unit: Unit,
}

/// An expression with its type.
#[derive(Debug, Clone)]
pub(super) struct Typed {
    pub node: Node,
    pub kind: Type,
    /// A number that was written down; it can also be money.
    pub literal: bool,
    /// There may be nothing: an entitlement that somebody has not, or a least of nobody.
    pub maybe: bool,
}

fn typed(node: Node, kind: Type) -> Typed {
    Typed { node, kind, literal: false, maybe: false }
}

impl Checker {
    fn name_of(&self, kind: Type) -> &str {
        self.rules.type_name(kind)
    }

    /// A value that is written down.
    pub(super) fn constant(&self, expr: &Expr, kind: Type) -> Checked<Raw> {
        let scope = Scope { entity: usize::MAX, unit: Unit::Forever };
        match self.fitting(expr, scope, kind)? {
            Node::Constant(value) => Ok(value),
            _ => Err(At::new(
                expr.spot,
                format!("Expected a written value of type {}, found a name.", self.name_of(kind)),
            )),
        }
    }

    pub(super) fn condition(&self, expr: &Expr, scope: Scope) -> Checked<Node> {
        self.fitting(expr, scope, Type::Yesno)
    }

    /// An expression of a given type.
    pub(super) fn fitting(&self, expr: &Expr, scope: Scope, kind: Type) -> Checked<Node> {
        let found = self.plain(expr, scope, Some(kind))?;
        if fits(&found, kind) {
            return Ok(found.node);
        }
        let hint =
            if kind == Type::Integer && found.kind == Type::Number { " Round it with rounded(…)." } else { "" };
        let sentence = format!(
            "Expected a value of type {}, found one of type {}.{hint}",
            self.name_of(kind),
            self.name_of(found.kind)
        );
        Err(At::new(expr.spot, sentence))
    }

    /// An expression that surely has a value.
    pub(super) fn plain(&self, expr: &Expr, scope: Scope, want: Option<Type>) -> Checked<Typed> {
        let found = self.expression(expr, scope, want)?;
        if !found.maybe {
            return Ok(found);
        }
        let sentence = "There may be nothing here: somebody may not be entitled, or there may be no such member. Say what counts then, as in “… or else 0”.";
        Err(At::new(expr.spot, sentence))
    }

    fn expression(&self, expr: &Expr, scope: Scope, want: Option<Type>) -> Checked<Typed> {
        let spot = expr.spot;
        match &expr.kind {
            ExprKind::Number(number) => {
                let kind = if number.is_whole() { Type::Integer } else { Type::Number };
                Ok(Typed { literal: true, ..typed(Node::Constant(Raw::Number(*number)), kind) })
            }
            ExprKind::Text(text) => Ok(typed(Node::Constant(Raw::Text(text.as_str().into())), Type::Text)),
            ExprKind::Yesno(yes) => Ok(typed(Node::Constant(Raw::Yesno(*yes)), Type::Yesno)),
            ExprKind::Day(day) => Ok(typed(Node::Constant(Raw::Day(*day)), Type::Day)),
            ExprKind::Start => Ok(typed(Node::Start, Type::Day)),
            ExprKind::End => Ok(typed(Node::End, Type::Day)),
            ExprKind::Name(name) => self.named(name, spot, scope, want, When::Same),
            ExprKind::At(inner, when) => match &inner.kind {
                ExprKind::Name(name) => self.named(name, inner.spot, scope, None, *when),
                _ => Err(At::new(spot, "Only an input or a rule can be of another period.")),
            },
            ExprKind::Total(inner, span) => self.total(inner, *span, scope),
            ExprKind::Call(name, arguments) => self.call(name, spot, arguments, scope),
            ExprKind::Not(inner) => Ok(typed(Node::Not(Box::new(self.condition(inner, scope)?)), Type::Yesno)),
            ExprKind::And(one, two) => {
                let both = Box::new((self.condition(one, scope)?, self.condition(two, scope)?));
                Ok(typed(Node::And(both), Type::Yesno))
            }
            ExprKind::Or(one, two) => {
                let both = Box::new((self.condition(one, scope)?, self.condition(two, scope)?));
                Ok(typed(Node::Or(both), Type::Yesno))
            }
            ExprKind::Negative(inner) => {
                let found = self.plain(inner, scope, want)?;
                self.numeric(&found, inner.spot)?;
                let node = match found.node {
                    Node::Constant(Raw::Number(number)) => {
                        Node::Constant(Raw::Number(number.negated().unwrap_or(number)))
                    }
                    node => Node::Negative(Box::new(node)),
                };
                Ok(Typed { node, ..found })
            }
            ExprKind::Arithmetic(how, one, two) => self.arithmetic(*how, one, two, spot, scope),
            ExprKind::Compare(how, one, two) => {
                let left = self.plain(one, scope, None)?;
                let right = self.compared(*how, two, scope, left.kind, left.literal)?;
                Ok(typed(Node::Compare(*how, Box::new((left.node, right))), Type::Yesno))
            }
            ExprKind::OneOf(one, list) => {
                let left = self.plain(one, scope, None)?;
                let each = |item| self.compared(Comparison::Is, item, scope, left.kind, left.literal);
                let all = list.iter().map(each).collect::<Checked<_>>()?;
                Ok(typed(Node::OneOf(Box::new(left.node), all), Type::Yesno))
            }
            ExprKind::If(condition, yes, no) => {
                let condition = self.condition(condition, scope)?;
                let (one, two) = (self.plain(yes, scope, want)?, self.plain(no, scope, want)?);
                let (kind, literal) = self.common(&one, &two, no.spot)?;
                Ok(Typed { literal, ..typed(Node::If(Box::new((condition, one.node, two.node))), kind) })
            }
            ExprKind::OrElse(inner, otherwise) => {
                let one = self.expression(inner, scope, want)?;
                if !one.maybe {
                    return Err(At::new(spot, "What stands before “or else” always has a value; leave “or else” out."));
                }
                let two = self.plain(otherwise, scope, Some(one.kind))?;
                let (kind, _) = self.common(&one, &two, otherwise.spot)?;
                Ok(typed(Node::OrElse(Box::new((one.node, two.node))), kind))
            }
            ExprKind::Entitled(inner) => {
                let found = self.expression(inner, scope, None)?;
                if !found.maybe {
                    return Err(At::new(inner.spot, "“entitled to” asks for an entitlement; this is none."));
                }
                Ok(typed(Node::Entitled(Box::new(found.node)), Type::Yesno))
            }
            ExprKind::Members { over, role, value, filter } => {
                self.members(*over, role, value.as_deref(), filter.as_deref(), scope)
            }
        }
    }

    /// The right side of a comparison with something of a type.
    pub(super) fn compared(
        &self,
        how: Comparison,
        expr: &Expr,
        scope: Scope,
        kind: Type,
        literal: bool,
    ) -> Checked<Node> {
        let right = self.plain(expr, scope, Some(kind))?;
        let numbers = kind.is_numeric() && right.kind.is_numeric();
        let same = if numbers {
            (kind == Type::Money) == (right.kind == Type::Money) || literal || right.literal
        } else {
            kind == right.kind
        };
        if !same {
            let sentence = format!(
                "A value of type {} cannot be compared with one of type {}.",
                self.name_of(kind),
                self.name_of(right.kind)
            );
            return Err(At::new(expr.spot, sentence));
        }
        let ordered = numbers || kind == Type::Day || matches!(how, Comparison::Is | Comparison::IsNot);
        if ordered { Ok(right.node) } else { Err(At::new(expr.spot, "Only numbers, money and dates have an order.")) }
    }

    fn numeric(&self, found: &Typed, spot: Spot) -> Checked<()> {
        if found.kind.is_numeric() {
            return Ok(());
        }
        Err(At::new(spot, format!("Expected a number or money, found a value of type {}.", self.name_of(found.kind))))
    }

    /// The type that two values share.
    pub(super) fn common(&self, one: &Typed, two: &Typed, spot: Spot) -> Checked<(Type, bool)> {
        let literal = one.literal && two.literal;
        if one.kind == two.kind {
            return Ok((one.kind, literal));
        }
        let numbers = one.kind.is_numeric() && two.kind.is_numeric();
        let money = one.kind == Type::Money || two.kind == Type::Money;
        if numbers && !money {
            return Ok((Type::Number, literal));
        }
        if numbers && (one.literal || two.literal) {
            return Ok((Type::Money, false));
        }
        let sentence =
            format!("Values of type {} and {} do not go together.", self.name_of(one.kind), self.name_of(two.kind));
        Err(At::new(spot, sentence))
    }

    fn arithmetic(&self, how: Arithmetic, one: &Expr, two: &Expr, spot: Spot, scope: Scope) -> Checked<Typed> {
        let (left, right) = (self.plain(one, scope, None)?, self.plain(two, scope, None)?);
        self.numeric(&left, one.spot)?;
        self.numeric(&right, two.spot)?;
        let money = (left.kind == Type::Money, right.kind == Type::Money);
        // 25.50 * number of children is money as much as 25.50 is.
        let literal = match how {
            Arithmetic::Plus | Arithmetic::Minus => left.literal && right.literal,
            Arithmetic::Times => (left.literal || right.literal) && !(money.0 || money.1),
            Arithmetic::Over => left.literal && !money.1,
        };
        let whole = left.kind == Type::Integer && right.kind == Type::Integer;
        let number = if whole { Type::Integer } else { Type::Number };
        let kind = match (how, money) {
            (Arithmetic::Plus | Arithmetic::Minus, _) => self.common(&left, &right, spot)?.0,
            (Arithmetic::Times, (true, true)) => return Err(At::new(spot, "Money cannot be multiplied by money.")),
            (Arithmetic::Times, (true, _) | (_, true)) => Type::Money,
            (Arithmetic::Times, _) => number,
            (Arithmetic::Over, (true, true)) => Type::Number,
            (Arithmetic::Over, (true, false)) => Type::Money,
            (Arithmetic::Over, (false, true)) => return Err(At::new(spot, "A number cannot be divided by money.")),
            (Arithmetic::Over, _) => Type::Number,
        };
        Ok(Typed { literal, ..typed(Node::Arithmetic(how, Box::new((left.node, right.node))), kind) })
    }

    fn named(&self, name: &str, spot: Spot, scope: Scope, want: Option<Type>, when: When) -> Checked<Typed> {
        if let Some(Type::Choice(choice)) = want
            && let Some(option) = self.rules.choices[choice].options.iter().position(|option| option == name)
        {
            return Ok(typed(Node::Constant(Raw::Choice(option as u16)), Type::Choice(choice)));
        }
        if self.rules.by_name.contains_key(name) {
            let (reference, kind) = self.reference(name, spot, scope)?;
            self.in_time(reference.variable, when, spot, scope)?;
            let maybe = self.rules.is_entitlement(reference.variable);
            return Ok(Typed { maybe, ..typed(Node::Variable(reference, when), kind) });
        }
        if let Some(&at) = self.parameters.get(name) {
            if when != When::Same {
                return Err(At::new(spot, "A parameter is that of the day on which the period begins."));
            }
            return Ok(typed(Node::Parameter(at), self.rules.parameters[at].kind));
        }
        Err(At::new(spot, self.unknown(name, want)))
    }

    fn unknown(&self, name: &str, want: Option<Type>) -> String {
        if self.scales.contains_key(name) {
            return format!("“{name}” is a scale; say what is looked up, as in “{name}(income)”.");
        }
        let options: &[String] = if let Some(Type::Choice(at)) = want { &self.rules.choices[at].options } else { &[] };
        let known = self.rules.by_name.keys().chain(self.parameters.keys()).chain(options).map(String::as_str);
        format!("There is no input, rule or parameter “{name}”.{}", nearest(name, known))
    }

    fn reference(&self, name: &str, spot: Spot, scope: Scope) -> Checked<(Reference, Type)> {
        let variable = self.rules.by_name[name];
        let found = &self.rules.variables[variable];
        let reference = |up| Ok((Reference { variable, up }, found.kind));
        if found.entity == scope.entity {
            return reference(false);
        }
        let owner = &self.rules.entities[found.entity];
        if owner.group.as_ref().is_some_and(|(member, _)| *member == scope.entity) {
            return reference(true);
        }
        let own = self.rules.entities.get(scope.entity).map_or("nobody", |entity| entity.name.as_str());
        let sentence = format!(
            "“{name}” is of {}, but a value of {own} is made here. Say whose it is, as in “sum of {name} over members” or “any of members has …”.",
            owner.name
        );
        Err(At::new(spot, sentence))
    }

    /// Whether a variable can be asked for at such a time.
    fn in_time(&self, variable: usize, when: When, spot: Spot, scope: Scope) -> Checked<()> {
        let found = &self.rules.variables[variable];
        let (name, own) = (&found.name, found.unit);
        let held = |right: bool, sentence: String| if right { Ok(()) } else { Err(At::new(spot, sentence)) };
        match when {
            When::Same => held(
                own >= scope.unit,
                format!(
                    "“{name}” has a value {}; say which, as in “{name} in the first month” or “total of {name} over the year”.",
                    own.words()
                ),
            ),
            When::First(unit) | When::Last(unit) => held(
                unit == own && own < scope.unit,
                format!(
                    "“{name}” has a value {}, this rule one {}; there is no first or last of them.",
                    own.words(),
                    scope.unit.words()
                ),
            ),
            When::Before(unit) => held(
                unit == own && own >= scope.unit,
                format!("“{name}” has a value {}; the one before must be of the same kind.", own.words()),
            ),
        }
    }

    fn total(&self, inner: &Expr, span: Span, scope: Scope) -> Checked<Typed> {
        let ExprKind::Name(name) = &inner.kind else { return Err(At::new(inner.spot, "Expected a name.")) };
        if !self.rules.by_name.contains_key(name) {
            return Err(At::new(inner.spot, self.unknown(name, None)));
        }
        let (reference, kind) = self.reference(name, inner.spot, scope)?;
        let own = self.rules.variables[reference.variable].unit;
        let right = match span {
            Span::Within(unit) => own < unit && own != Unit::Forever && scope.unit <= unit,
            Span::Before(_, unit) => unit == own && own >= scope.unit,
        };
        if !right || !kind.is_numeric() || self.rules.is_entitlement(reference.variable) {
            let sentence = format!(
                "No such total can be taken of “{name}”, which is {} with a value {}.",
                self.name_of(kind),
                own.words()
            );
            return Err(At::new(inner.spot, sentence));
        }
        Ok(typed(Node::Total(reference, span), kind))
    }

    fn members(
        &self,
        over: Over,
        role: &Name,
        value: Option<&Expr>,
        filter: Option<&Expr>,
        scope: Scope,
    ) -> Checked<Typed> {
        let group = self.rules.entities.get(scope.entity).and_then(|entity| entity.group.as_ref());
        let Some((member, roles)) = group else {
            return Err(At::new(
                role.spot,
                "Only a group has members; this is about a single one. Make it a rule of the group and use that.",
            ));
        };
        let at = roles.iter().position(|known| *known == role.text);
        if at.is_none() && role.text != "members" {
            let near = nearest(&role.text, roles.iter().map(String::as_str).chain(["members"]));
            return Err(At::new(role.spot, format!("There is no role “{}”.{near}", role.text)));
        }
        let within = Scope { entity: *member, unit: scope.unit };
        let filter = filter.map(|filter| self.condition(filter, within)).transpose()?;
        let (value, kind) = match (over, value) {
            (Over::Any | Over::All, Some(value)) => (Some(self.condition(value, within)?), Type::Yesno),
            (_, Some(value)) => {
                let found = self.plain(value, within, None)?;
                let dates = found.kind == Type::Day && over != Over::Sum;
                if !dates {
                    self.numeric(&found, value.spot)?;
                }
                (Some(found.node), found.kind)
            }
            (_, None) => (None, Type::Integer),
        };
        let maybe = matches!(over, Over::Least | Over::Greatest);
        let members = Members { over, role: at.map(|at| at as u8), value, filter };
        Ok(Typed { maybe, ..typed(Node::Members(Box::new(members)), kind) })
    }

    pub(super) fn is_rule(&self, name: &str) -> bool {
        self.rules.by_name.get(name).is_some_and(|at| matches!(self.rules.variables[*at].what, What::Rule(_)))
    }
}

/// Whether a value can stand where one of a type is expected.
pub(super) fn fits(found: &Typed, kind: Type) -> bool {
    found.kind == kind
        || (kind == Type::Number && found.kind == Type::Integer)
        || (kind == Type::Money && found.literal && found.kind.is_numeric())
}
