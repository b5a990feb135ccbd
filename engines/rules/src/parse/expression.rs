//! Expressions, from the loosest binding to the tightest.

use super::{Parser, Read};
use crate::{
    decimal::Decimal,
    lex::Token,
    limits::MONTHS_MAX,
    period::Unit,
    syntax::{Arithmetic, Comparison, Expr, ExprKind, Over, Span, When},
    trouble::{At, Spot},
};

const UNITS: [(&str, Unit); 3] = [("day", Unit::Day), ("month", Unit::Month), ("year", Unit::Year)];
const EXPECTED: &str = "a value, a name or “(”";

fn made(spot: Spot, kind: ExprKind) -> Expr {
    Expr { spot, kind }
}

impl Parser {
    /// A whole expression, as it stands in brackets or after a colon.
    pub(super) fn expression(&mut self) -> Read<Expr> {
        let outer = std::mem::replace(&mut self.in_filter, false);
        let read = self.deeper(Self::choice_of_values)?;
        self.in_filter = outer;
        Ok(read)
    }

    fn choice_of_values(&mut self) -> Read<Expr> {
        let spot = self.spot();
        if !self.take_word("if") {
            return self.either();
        }
        let condition = self.expression()?;
        self.word("then", " after the condition")?;
        let yes = self.expression()?;
        self.word("else", ": a value for the other case")?;
        let no = self.expression()?;
        Ok(made(spot, ExprKind::If(Box::new(condition), Box::new(yes), Box::new(no))))
    }

    fn either(&mut self) -> Read<Expr> {
        let mut left = self.both()?;
        let mut chain = 0;
        while self.is_word("or") && !self.is_word_after(1, "else") {
            let spot = self.spot();
            self.step();
            let right = self.both()?;
            left = made(spot, ExprKind::Or(Box::new(left), Box::new(right)));
            chain = self.longer(chain)?;
        }
        Ok(left)
    }

    fn both(&mut self) -> Read<Expr> {
        let mut left = self.negation()?;
        let mut chain = 0;
        while self.is_word("and") {
            let spot = self.spot();
            self.step();
            let right = self.negation()?;
            left = made(spot, ExprKind::And(Box::new(left), Box::new(right)));
            chain = self.longer(chain)?;
        }
        Ok(left)
    }

    /// Chains of operators nest to the left, so their length is bounded like any nesting.
    fn longer(&self, chain: usize) -> Read<usize> {
        if chain < crate::limits::NESTING_MAX {
            return Ok(chain + 1);
        }
        Err(At::new(self.spot(), format!("A chain may have {} parts at most.", crate::limits::NESTING_MAX)))
    }

    fn negation(&mut self) -> Read<Expr> {
        let spot = self.spot();
        if !self.take_word("not") {
            return self.comparison();
        }
        let inner = self.deeper(Self::negation)?;
        Ok(made(spot, ExprKind::Not(Box::new(inner))))
    }

    pub(super) fn comparison(&mut self) -> Read<Expr> {
        let left = self.additive()?;
        let spot = self.spot();
        if self.take_words(&["is", "one", "of"]) {
            return Ok(made(spot, ExprKind::OneOf(Box::new(left), self.list()?)));
        }
        if self.take_words(&["is", "not", "one", "of"]) {
            let inner = made(spot, ExprKind::OneOf(Box::new(left), self.list()?));
            return Ok(made(spot, ExprKind::Not(Box::new(inner))));
        }
        let Some(how) = self.comparator() else { return Ok(left) };
        let right = self.additive()?;
        Ok(made(spot, ExprKind::Compare(how, Box::new(left), Box::new(right))))
    }

    pub(super) fn comparator(&mut self) -> Option<Comparison> {
        const WORDS: [(&[&str], Comparison); 10] = [
            (&["is", "not"], Comparison::IsNot),
            (&["is", "at", "least"], Comparison::AtLeast),
            (&["is", "at", "most"], Comparison::AtMost),
            (&["is", "more", "than"], Comparison::More),
            (&["is", "less", "than"], Comparison::Less),
            (&["is"], Comparison::Is),
            (&["at", "least"], Comparison::AtLeast),
            (&["at", "most"], Comparison::AtMost),
            (&["more", "than"], Comparison::More),
            (&["less", "than"], Comparison::Less),
        ];
        const SIGNS: [(&str, Comparison); 6] = [
            ("=", Comparison::Is),
            ("<>", Comparison::IsNot),
            ("<=", Comparison::AtMost),
            (">=", Comparison::AtLeast),
            ("<", Comparison::Less),
            (">", Comparison::More),
        ];
        for (words, how) in WORDS {
            if self.take_words(words) {
                return Some(how);
            }
        }
        SIGNS.into_iter().find(|(sign, _)| self.take_sign(sign)).map(|(_, how)| how)
    }

    fn list(&mut self) -> Read<Vec<Expr>> {
        self.sign("(", " before the list")?;
        let mut all = vec![self.expression()?];
        while self.take_sign(",") {
            all.push(self.expression()?);
        }
        self.sign(")", " after the list")?;
        Ok(all)
    }

    pub(super) fn additive(&mut self) -> Read<Expr> {
        let mut left = self.multiplicative()?;
        let mut chain = 0;
        loop {
            let spot = self.spot();
            let how = if self.take_sign("+") {
                Arithmetic::Plus
            } else if self.take_sign("-") {
                Arithmetic::Minus
            } else {
                return Ok(left);
            };
            let right = self.multiplicative()?;
            left = made(spot, ExprKind::Arithmetic(how, Box::new(left), Box::new(right)));
            chain = self.longer(chain)?;
        }
    }

    fn multiplicative(&mut self) -> Read<Expr> {
        let mut left = self.unary()?;
        let mut chain = 0;
        loop {
            let spot = self.spot();
            let how = if self.take_sign("*") {
                Arithmetic::Times
            } else if self.take_sign("/") {
                Arithmetic::Over
            } else {
                return Ok(left);
            };
            let right = self.unary()?;
            left = made(spot, ExprKind::Arithmetic(how, Box::new(left), Box::new(right)));
            chain = self.longer(chain)?;
        }
    }

    pub(super) fn unary(&mut self) -> Read<Expr> {
        let spot = self.spot();
        if self.take_sign("-") {
            let inner = self.deeper(Self::unary)?;
            return Ok(made(spot, ExprKind::Negative(Box::new(inner))));
        }
        let inner = self.primary()?;
        let spot = self.spot();
        if self.in_filter || !self.take_words(&["or", "else"]) {
            return Ok(inner);
        }
        let otherwise = self.deeper(Self::unary)?;
        Ok(made(spot, ExprKind::OrElse(Box::new(inner), Box::new(otherwise))))
    }

    fn primary(&mut self) -> Read<Expr> {
        let spot = self.spot();
        if self.take_sign("(") {
            let inner = self.expression()?;
            self.sign(")", " to close the one before")?;
            return Ok(inner);
        }
        let kind = match self.peek().clone() {
            Token::Number(number) => ExprKind::Number(number),
            Token::Day(day) => ExprKind::Day(day),
            Token::Quote(text) => ExprKind::Text(text),
            Token::Word(word) => return self.worded(spot, &word),
            _ => return self.wrong(EXPECTED),
        };
        self.step();
        Ok(made(spot, kind))
    }

    fn worded(&mut self, spot: Spot, word: &str) -> Read<Expr> {
        let kind = match word {
            "yes" | "no" => {
                self.step();
                ExprKind::Yesno(word == "yes")
            }
            "sum" | "least" | "greatest" => self.over_values(word)?,
            "any" | "all" => self.over_conditions(word)?,
            "number" if self.is_word_after(1, "of") => self.number_of()?,
            "total" => self.total()?,
            "entitled" => {
                self.step();
                self.word("to", " after “entitled”")?;
                let spot = self.spot();
                let name = self.name("the name of an entitlement")?;
                ExprKind::Entitled(Box::new(self.at_time(made(spot, ExprKind::Name(name.text)))?))
            }
            "start" | "end" if self.is_word_after(1, "of") && self.is_word_after(2, "period") => {
                self.at += 3;
                if word == "start" { ExprKind::Start } else { ExprKind::End }
            }
            _ => {
                let name = self.name(EXPECTED)?;
                if self.is_sign("(") {
                    ExprKind::Call(name.text, self.list()?)
                } else {
                    return self.at_time(made(spot, ExprKind::Name(name.text)));
                }
            }
        };
        Ok(made(spot, kind))
    }

    /// `sum of salary over adults where age < 25`
    fn over_values(&mut self, word: &str) -> Read<ExprKind> {
        let over = match word {
            "sum" => Over::Sum,
            "least" => Over::Least,
            _ => Over::Greatest,
        };
        self.step();
        self.word("of", &format!(" after “{word}”"))?;
        let value = self.deeper(Self::additive)?;
        self.word("over", " and the members, as “over adults”")?;
        let role = self.name("a role, or “members”")?;
        let filter = self.filter()?;
        Ok(ExprKind::Members { over, role, value: Some(Box::new(value)), filter })
    }

    /// `any of children has age < 8`
    fn over_conditions(&mut self, word: &str) -> Read<ExprKind> {
        let over = if word == "any" { Over::Any } else { Over::All };
        self.step();
        self.word("of", &format!(" after “{word}”"))?;
        let role = self.name("a role, or “members”")?;
        if !(self.take_word("has") || self.take_word("have")) {
            return self.wrong("“has” or “have” and a condition");
        }
        let value = self.deeper(Self::comparison)?;
        Ok(ExprKind::Members { over, role, value: Some(Box::new(value)), filter: None })
    }

    /// `number of children where age < 18`
    fn number_of(&mut self) -> Read<ExprKind> {
        self.at += 2;
        let role = self.name("a role, or “members”")?;
        let filter = self.filter()?;
        Ok(ExprKind::Members { over: Over::Number, role, value: None, filter })
    }

    fn filter(&mut self) -> Read<Option<Box<Expr>>> {
        if !self.take_word("where") {
            return Ok(None);
        }
        let outer = std::mem::replace(&mut self.in_filter, true);
        let condition = self.deeper(Self::comparison)?;
        self.in_filter = outer;
        Ok(Some(Box::new(condition)))
    }

    /// `total of salary over the year`, `total of salary over the 3 months before`
    fn total(&mut self) -> Read<ExprKind> {
        self.step();
        self.word("of", " after “total”")?;
        let spot = self.spot();
        let name = self.name("the name of an input or a rule")?;
        let what = Box::new(made(spot, ExprKind::Name(name.text)));
        if !self.take_words(&["over", "the"]) {
            return self.wrong("“over the year” or “over the 3 months before”");
        }
        if let Some((_, unit)) = UNITS.into_iter().find(|(word, _)| self.take_word(word)) {
            return Ok(ExprKind::Total(what, Span::Within(unit)));
        }
        let count = self.count("how many months, as in “over the 3 months before”")?;
        for (words, unit) in [("days", Unit::Day), ("months", Unit::Month), ("years", Unit::Year)] {
            if self.take_words(&[words, "before"]) {
                return Ok(ExprKind::Total(what, Span::Before(count, unit)));
            }
        }
        self.wrong("“months before”")
    }

    fn count(&mut self, what: &str) -> Read<u32> {
        let spot = self.spot();
        let Token::Number(number) = self.peek() else { return self.wrong(what) };
        let count = number.as_i64().and_then(|whole| u32::try_from(whole).ok());
        let count = count.filter(|count| (1..=MONTHS_MAX).contains(count));
        self.step();
        count.ok_or_else(|| At::new(spot, format!("Expected a whole number from 1 to {MONTHS_MAX}.")))
    }

    /// `salary in the month before`, `size in the first month`
    fn at_time(&mut self, inner: Expr) -> Read<Expr> {
        if !(self.is_word("in") && self.is_word_after(1, "the")) {
            return Ok(inner);
        }
        let spot = self.spot();
        self.at += 2;
        let mut when = None;
        for (word, unit) in UNITS {
            if self.take_words(&["first", word]) {
                when = Some(When::First(unit));
            } else if self.take_words(&["last", word]) {
                when = Some(When::Last(unit));
            } else if self.take_words(&[word, "before"]) {
                when = Some(When::Before(unit));
            }
        }
        match when {
            Some(when) => Ok(made(spot, ExprKind::At(Box::new(inner), when))),
            None => self.wrong("“first month”, “last month” or “month before”"),
        }
    }

    /// A number, text, date, yes, no or option, with a sign before a number.
    pub(super) fn literal(&mut self, what: &str) -> Read<Expr> {
        let spot = self.spot();
        let negative = self.take_sign("-");
        let kind = match self.peek().clone() {
            Token::Number(number) => {
                ExprKind::Number(if negative { number.negated().unwrap_or(Decimal::ZERO) } else { number })
            }
            _ if negative => return self.wrong("a number"),
            Token::Day(day) => ExprKind::Day(day),
            Token::Quote(text) => ExprKind::Text(text),
            Token::Word(word) if word == "yes" || word == "no" => ExprKind::Yesno(word == "yes"),
            Token::Word(_) => ExprKind::Name(self.name(what)?.text),
            _ => return self.wrong(what),
        };
        if !matches!(kind, ExprKind::Name(_)) {
            self.step();
        }
        Ok(made(spot, kind))
    }
}
