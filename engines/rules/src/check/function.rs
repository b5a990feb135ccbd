//! Functions and scales, which are written the same way.

use super::{
    Checked, Checker,
    expression::{Scope, Typed},
};
use crate::{
    decimal::{QUOTIENT_DECIMALS, Rounding},
    model::{Function, Node},
    syntax::{Expr, ExprKind},
    trouble::{At, Spot, nearest},
    value::Type,
};

const FUNCTIONS: [&str; 15] = [
    "min",
    "max",
    "rounded",
    "rounded_up",
    "rounded_down",
    "absolute",
    "years_between",
    "months_between",
    "days_between",
    "year_of",
    "month_of",
    "day_of",
    "days_after",
    "months_after",
    "years_after",
];

impl Checker {
    pub(super) fn call(&self, name: &str, spot: Spot, arguments: &[Expr], scope: Scope) -> Checked<Typed> {
        if let Some(&at) = self.scales.get(name) {
            let [base] = arguments else {
                return Err(At::new(
                    spot,
                    format!("The scale “{name}” looks up one value, found {}.", arguments.len()),
                ));
            };
            let scale = &self.rules.scales[at];
            let node = Node::Scale(at, Box::new(self.fitting(base, scope, scale.base)?));
            return Ok(Typed { node, kind: scale.kind, literal: false, maybe: false });
        }
        match name {
            "min" | "max" => self.extreme(name, spot, arguments, scope),
            "rounded" | "rounded_up" | "rounded_down" => self.rounding(name, spot, arguments, scope),
            "absolute" => {
                let [one] = self.arguments(name, spot, arguments, scope)?;
                if !one.kind.is_numeric() {
                    return Err(At::new(spot, "“absolute” needs a number or money."));
                }
                Ok(made(Function::Absolute, one.kind, vec![one.node]))
            }
            "years_between" => self.dated(Function::YearsBetween, name, spot, arguments, scope),
            "months_between" => self.dated(Function::MonthsBetween, name, spot, arguments, scope),
            "days_between" => self.dated(Function::DaysBetween, name, spot, arguments, scope),
            "year_of" => self.part(Function::YearOf, name, spot, arguments, scope),
            "month_of" => self.part(Function::MonthOf, name, spot, arguments, scope),
            "day_of" => self.part(Function::DayOf, name, spot, arguments, scope),
            "days_after" => self.after(Function::DaysAfter, name, spot, arguments, scope),
            "months_after" => self.after(Function::MonthsAfter, name, spot, arguments, scope),
            "years_after" => self.after(Function::YearsAfter, name, spot, arguments, scope),
            _ => Err(At::new(spot, self.no_function(name))),
        }
    }

    fn no_function(&self, name: &str) -> String {
        if self.is_rule(name) {
            return format!("“{name}” is a rule and takes nothing in brackets.");
        }
        let known = FUNCTIONS.into_iter().chain(self.scales.keys().map(String::as_str));
        format!("There is no function or scale “{name}”.{}", nearest(name, known))
    }

    fn arguments<const N: usize>(
        &self,
        name: &str,
        spot: Spot,
        arguments: &[Expr],
        scope: Scope,
    ) -> Checked<[Typed; N]> {
        let found = arguments.iter().map(|argument| self.plain(argument, scope, None)).collect::<Checked<Vec<_>>>()?;
        let count = found.len();
        found.try_into().map_err(|_| At::new(spot, format!("“{name}” takes {N} values, found {count}.")))
    }

    fn extreme(&self, name: &str, spot: Spot, arguments: &[Expr], scope: Scope) -> Checked<Typed> {
        let mut all = Vec::new();
        for argument in arguments {
            all.push(self.plain(argument, scope, None)?);
        }
        let Some(mut common) = all.first().cloned().filter(|_| all.len() > 1) else {
            return Err(At::new(spot, format!("“{name}” compares two values or more.")));
        };
        for (found, argument) in all.iter().zip(arguments) {
            (common.kind, common.literal) = self.common(&common, found, argument.spot)?;
        }
        if !common.kind.is_numeric() && common.kind != Type::Day {
            return Err(At::new(spot, "Only numbers, money and dates have an order."));
        }
        let function = if name == "min" { Function::Min } else { Function::Max };
        let nodes = all.into_iter().map(|found| found.node).collect();
        Ok(Typed { literal: common.literal, ..made(function, common.kind, nodes) })
    }

    fn rounding(&self, name: &str, spot: Spot, arguments: &[Expr], scope: Scope) -> Checked<Typed> {
        let (value, decimals) = match arguments {
            [value] => (value, 0),
            [value, Expr { kind: ExprKind::Number(number), spot }] => {
                let decimals = number.as_i64().and_then(|whole| u8::try_from(whole).ok());
                let decimals = decimals.filter(|decimals| *decimals <= QUOTIENT_DECIMALS);
                (
                    value,
                    decimals.ok_or_else(|| {
                        At::new(*spot, format!("Decimals are a whole number up to {QUOTIENT_DECIMALS}."))
                    })?,
                )
            }
            _ => {
                return Err(At::new(
                    spot,
                    format!("“{name}” takes a value and how many decimals are kept, as a written number."),
                ));
            }
        };
        let found = self.plain(value, scope, None)?;
        if !found.kind.is_numeric() {
            return Err(At::new(value.spot, format!("“{name}” needs a number or money.")));
        }
        let kind = if found.kind == Type::Number && decimals == 0 { Type::Integer } else { found.kind };
        let function = match name {
            "rounded" => Function::Rounded(decimals),
            "rounded_up" => Function::RoundedUp(decimals),
            _ => Function::RoundedDown(decimals),
        };
        Ok(made(function, kind, vec![found.node]))
    }

    fn dated(&self, function: Function, name: &str, spot: Spot, arguments: &[Expr], scope: Scope) -> Checked<Typed> {
        let [one, two] = self.arguments(name, spot, arguments, scope)?;
        if one.kind != Type::Day || two.kind != Type::Day {
            return Err(At::new(spot, format!("“{name}” needs two dates.")));
        }
        Ok(made(function, Type::Integer, vec![one.node, two.node]))
    }

    fn part(&self, function: Function, name: &str, spot: Spot, arguments: &[Expr], scope: Scope) -> Checked<Typed> {
        let [one] = self.arguments(name, spot, arguments, scope)?;
        if one.kind != Type::Day {
            return Err(At::new(spot, format!("“{name}” needs a date.")));
        }
        Ok(made(function, Type::Integer, vec![one.node]))
    }

    fn after(&self, function: Function, name: &str, spot: Spot, arguments: &[Expr], scope: Scope) -> Checked<Typed> {
        let [one, two] = self.arguments(name, spot, arguments, scope)?;
        if one.kind != Type::Day || two.kind != Type::Integer {
            return Err(At::new(spot, format!("“{name}” needs a date and a whole number.")));
        }
        Ok(made(function, Type::Day, vec![one.node, two.node]))
    }
}

fn made(function: Function, kind: Type, nodes: Vec<Node>) -> Typed {
    Typed { node: Node::Function(function, nodes), kind, literal: false, maybe: false }
}

impl Function {
    /// How it rounds, and to how many decimals, if it does.
    pub(crate) const fn rounding(self) -> Option<(u8, Rounding)> {
        match self {
            Self::Rounded(decimals) => Some((decimals, Rounding::HalfUp)),
            Self::RoundedUp(decimals) => Some((decimals, Rounding::Up)),
            Self::RoundedDown(decimals) => Some((decimals, Rounding::Down)),
            _ => None,
        }
    }
}
