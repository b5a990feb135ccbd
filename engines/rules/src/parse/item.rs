//! Entities, choices, parameters, scales, inputs and rules.

use super::{ITEM_WORDS, Parser, Read};
use crate::{
    lex::Token,
    limits::{ROWS_MAX, VERSIONS_MAX},
    period::Unit,
    syntax::{Body, Bracket, Exception, Formula, From, Item, Law, Name, Requirement, ScaleKind, TypeName},
    trouble::{At, nearest},
};
use jiff::civil::Date;

impl Parser {
    pub(super) fn item(&mut self) -> Read<Item> {
        let spot = self.spot();
        let Token::Word(word) = self.step() else {
            self.at = self.at.saturating_sub(1);
            return self.wrong("“rule”, “entitlement”, “input”, “parameter”, “scale”, “choice” or “entity”");
        };
        match word.as_str() {
            "entity" => self.entity(),
            "choice" => self.choice(),
            "parameter" => self.parameter(),
            "scale" => self.scale(),
            "input" => self.input(),
            "rule" => self.rule(false),
            "entitlement" => self.rule(true),
            _ => {
                let near = nearest(&word, ITEM_WORDS.into_iter());
                let expected = "Expected “rule”, “entitlement”, “input”, “parameter”, “scale”, “choice” or “entity”";
                Err(At::new(spot, format!("{expected}, found “{word}”.{near}")))
            }
        }
    }

    fn entity(&mut self) -> Read<Item> {
        let name = self.name("the name of an entity, as “person”")?;
        if !self.take_word("of") {
            return Ok(Item::Entity { name, group: None });
        }
        let member = self.name("what its members are, as “person”")?;
        self.word("with", " and the roles of its members, as “with adults, children”")?;
        let roles = self.names("a role, as “adults”")?;
        Ok(Item::Entity { name, group: Some((member, roles)) })
    }

    fn names(&mut self, what: &str) -> Read<Vec<Name>> {
        let mut all = vec![self.name(what)?];
        while self.take_sign(",") {
            all.push(self.name(what)?);
            if all.len() > ROWS_MAX {
                return Err(At::new(self.spot(), format!("There may be {ROWS_MAX} names at most.")));
            }
        }
        Ok(all)
    }

    fn choice(&mut self) -> Read<Item> {
        let name = self.name("the name of a choice")?;
        self.sign(":", " and the options")?;
        Ok(Item::Choice { name, options: self.names("an option")? })
    }

    fn kind(&mut self) -> Read<TypeName> {
        self.name("a type: yesno, integer, number, money, date, text or the name of a choice")
            .map(|name| TypeName { name })
    }

    fn law(&mut self, name: &Name, what: &str) -> Read<Law> {
        if !self.take_word("law") {
            let sentence = format!(
                "The {what} “{}” names no law. Write where it is laid down, as: law \"Grants Act, s. 2\".",
                name.text
            );
            return Err(At::new(name.spot, sentence));
        }
        self.quote("the law")
    }

    fn parameter(&mut self) -> Read<Item> {
        let name = self.name("the name of a parameter")?;
        self.sign(":", " and a type")?;
        let kind = self.kind()?;
        let law = self.law(&name, "parameter")?;
        let label = self.quote_after("label", "a label")?;
        let versions = self.versions(&name, |parser| {
            if parser.take_word("none") { Ok(None) } else { parser.literal("a value or “none”").map(Some) }
        })?;
        Ok(Item::Parameter { name, kind, law, label, versions })
    }

    fn versions<T>(&mut self, name: &Name, mut read: impl FnMut(&mut Self) -> Read<T>) -> Read<Vec<From<T>>> {
        let mut all: Vec<From<T>> = Vec::new();
        while self.is_word("from") {
            let spot = self.spot();
            self.step();
            let since = self.since()?;
            self.sign(":", " after the date")?;
            let what = read(self)?;
            if all.iter().any(|before| before.since == since) {
                return Err(At::new(spot, format!("“{}” has two versions from the same day.", name.text)));
            }
            all.push(From { since, spot, what });
            if all.len() > VERSIONS_MAX {
                return Err(At::new(spot, format!("There may be {VERSIONS_MAX} versions at most.")));
            }
        }
        if all.is_empty() {
            return self.wrong(&format!("“from” and the day since which “{}” holds", name.text));
        }
        all.sort_by_key(|version| version.since);
        Ok(all)
    }

    fn since(&mut self) -> Read<Option<Date>> {
        if self.take_words(&["the", "beginning"]) {
            return Ok(None);
        }
        let Token::Day(day) = self.peek() else { return self.wrong("a date as 2024-01-31, or “the beginning”") };
        let day = *day;
        self.step();
        Ok(Some(day))
    }

    fn scale(&mut self) -> Read<Item> {
        let name = self.name("the name of a scale")?;
        self.sign(":", " and how it counts")?;
        let (how, kind) = if self.take_words(&["rates", "by", "slice"]) {
            (ScaleKind::Slices, None)
        } else {
            let kind = self.kind()?;
            let how = if self.take_words(&["added", "up"]) { ScaleKind::AddedUp } else { ScaleKind::Bracket };
            if !self.take_words(&["by", "bracket"]) {
                return self.wrong(
                    "“rates by slice of money”, “money by bracket of money” or “money added up by bracket of money”",
                );
            }
            (how, Some(kind))
        };
        self.word("of", " and the type of what is looked up")?;
        let base = self.kind()?;
        let law = self.law(&name, "scale")?;
        let versions =
            self.versions(&name, |parser| if parser.take_word("none") { Ok(Vec::new()) } else { parser.brackets() })?;
        Ok(Item::Scale { name, how, kind, base, law, versions })
    }

    fn brackets(&mut self) -> Read<Vec<Bracket>> {
        let mut all = Vec::new();
        loop {
            let inclusive = if self.take_word("above") {
                false
            } else if self.take_words(&["at", "least"]) {
                true
            } else if all.is_empty() {
                return self.wrong("a bracket, as “at least 250: 1.00” or “above 12000: 10%”");
            } else {
                return Ok(all);
            };
            let bound = self.literal("a bound")?;
            self.sign(":", " and the value of the bracket")?;
            all.push(Bracket { inclusive, bound, value: self.literal("a value")? });
            if all.len() > ROWS_MAX {
                return Err(At::new(self.spot(), format!("A scale may have {ROWS_MAX} brackets at most.")));
            }
        }
    }

    fn of_entity(&mut self) -> Read<(TypeName, Name, Unit)> {
        self.sign(":", " and a type")?;
        let kind = self.kind()?;
        self.word("of", " and whose value it is, as “of person”")?;
        let entity = self.name("the name of an entity")?;
        self.sign(",", " and how often it changes")?;
        Ok((kind, entity, self.unit()?))
    }

    fn unit(&mut self) -> Read<Unit> {
        if self.take_word("forever") {
            return Ok(Unit::Forever);
        }
        for (word, unit) in [("day", Unit::Day), ("month", Unit::Month), ("year", Unit::Year)] {
            if self.take_words(&["each", word]) {
                return Ok(unit);
            }
        }
        self.wrong("“each day”, “each month”, “each year” or “forever”")
    }

    fn input(&mut self) -> Read<Item> {
        let name = self.name("the name of an input")?;
        let (kind, entity, unit) = self.of_entity()?;
        let ask = self.quote_after("ask", "a question")?;
        let law = self.quote_after("law", "the law")?;
        let otherwise = if self.take_word("otherwise") { Some(self.literal("a value")?) } else { None };
        Ok(Item::Input { name, kind, entity, unit, ask, law, otherwise })
    }

    fn rule(&mut self, entitlement: bool) -> Read<Item> {
        let name = self.name("the name of a rule")?;
        let (kind, entity, unit) = self.of_entity()?;
        let law = self.law(&name, if entitlement { "entitlement" } else { "rule" })?;
        let label = self.quote_after("label", "a label")?;
        let versions = self.versions(&name, |parser| parser.body(entitlement))?;
        Ok(Item::Rule { name, entitlement, kind, entity, unit, law, label, versions })
    }

    fn body(&mut self, entitlement: bool) -> Read<Body> {
        let law = self.quote_after("law", "the law of this version")?;
        let mut body = Body { law, requirements: Vec::new(), formula: None, in_order: false, exceptions: Vec::new() };
        if self.take_word("none") {
            return Ok(body);
        }
        while entitlement && self.is_word("requires") {
            let spot = self.spot();
            self.step();
            let condition = self.expression()?;
            let law = self.quote_after("law", "the law of this requirement")?;
            let because = self.quote_after("because", "what to say to somebody who does not meet it")?;
            body.requirements.push(Requirement { spot, condition, law, because });
        }
        if entitlement {
            self.word("amount", " and what somebody gets (or “requires” and a condition)")?;
        }
        let formula =
            if self.take_word("table") { Formula::Table(self.table()?) } else { Formula::Expr(self.expression()?) };
        body.formula = Some(formula);
        body.in_order = self.take_words(&["exceptions", "in", "order"]);
        while self.is_word("exception") {
            let exception = self.exception(entitlement)?;
            body.exceptions.push(exception);
        }
        if body.exceptions.len().max(body.requirements.len()) > ROWS_MAX {
            return Err(At::new(
                self.spot(),
                format!("A rule may have {ROWS_MAX} exceptions or requirements at most."),
            ));
        }
        Ok(body)
    }

    fn exception(&mut self, entitlement: bool) -> Read<Exception> {
        self.step();
        let name = self.name("a name for the exception")?;
        self.word("when", " and the condition of the exception")?;
        let condition = self.expression()?;
        let law = self.law(&name, "exception")?;
        let because = self.quote_after("because", "what to say to whom it applies")?;
        self.sign(":", " and what holds then")?;
        if entitlement && self.take_words(&["not", "entitled"]) {
            return Ok(Exception { name, condition, law, value: None, because });
        }
        Ok(Exception { name, condition, law, value: Some(self.expression()?), because })
    }
}
