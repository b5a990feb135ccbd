//! The part of FEEL that our language says too: values, names, arithmetic, comparisons, `if`, unary tests.

use std::fmt::Write;

/// How deep expressions may lie within one another.
const NESTING_MAX: usize = 40;

/// Names of a model: as FEEL writes them, and as ours.
pub struct Names(pub Vec<(String, String)>);

/// One cell: tests with `or` between, as ours; several columns where both ends of a range are not within.
pub enum Cell {
    Any,
    Tests(String),
    /// `more than 5` and `less than 9`, which need two columns.
    Both(String, String),
}

type Read<T> = Result<T, String>;

pub struct Feel<'a> {
    rest: &'a str,
    whole: &'a str,
    names: &'a Names,
    depth: usize,
}

impl<'a> Feel<'a> {
    pub fn new(text: &'a str, names: &'a Names) -> Self {
        Self { rest: text.trim(), whole: text.trim(), names, depth: 0 }
    }

    fn no<T>(&self, what: &str) -> Read<T> {
        Err(format!("{what} in “{}”", self.whole))
    }

    fn blank(&mut self) {
        self.rest = self.rest.trim_start();
    }

    fn take(&mut self, sign: &str) -> bool {
        self.blank();
        let found = self.rest.starts_with(sign);
        if found {
            self.rest = &self.rest[sign.len()..];
        }
        found
    }

    fn word(&mut self, word: &str) -> bool {
        self.blank();
        let Some(after) = self.rest.strip_prefix(word) else { return false };
        let ends = after.chars().next().is_none_or(|next| !next.is_alphanumeric() && next != '_');
        if ends {
            self.rest = after;
        }
        ends
    }

    fn end<T>(&mut self, found: T) -> Read<T> {
        self.blank();
        if self.rest.is_empty() {
            Ok(found)
        } else {
            self.no(&format!("“{}” cannot be said in our language", self.rest))
        }
    }

    /// A whole expression.
    pub fn expression(mut self) -> Read<String> {
        let found = self.choice()?;
        self.end(found)
    }

    fn choice(&mut self) -> Read<String> {
        if self.depth == NESTING_MAX {
            return self.no("expressions lie too deep");
        }
        self.depth += 1;
        let found = if self.word("if") {
            let condition = self.choice()?;
            let yes = if self.word("then") { self.choice()? } else { return self.no("“then” is missing") };
            let no = if self.word("else") { self.choice()? } else { return self.no("“else” is missing") };
            format!("(if {condition} then {yes} else {no})")
        } else {
            self.either()?
        };
        self.depth -= 1;
        Ok(found)
    }

    fn either(&mut self) -> Read<String> {
        let mut left = self.both()?;
        while self.word("or") {
            left = format!("({left} or {})", self.both()?);
        }
        Ok(left)
    }

    fn both(&mut self) -> Read<String> {
        let mut left = self.comparison()?;
        while self.word("and") {
            left = format!("({left} and {})", self.comparison()?);
        }
        Ok(left)
    }

    fn comparator(&mut self) -> Option<&'static str> {
        const SIGNS: [(&str, &str); 6] = [("<=", "<="), (">=", ">="), ("!=", "<>"), ("<", "<"), (">", ">"), ("=", "=")];
        SIGNS.into_iter().find(|(theirs, _)| self.take(theirs)).map(|(_, ours)| ours)
    }

    fn comparison(&mut self) -> Read<String> {
        let left = self.sum()?;
        if self.word("between") {
            let low = self.sum()?;
            let high = if self.word("and") { self.sum()? } else { return self.no("“and” is missing") };
            return Ok(format!("({left} >= {low} and {left} <= {high})"));
        }
        let Some(sign) = self.comparator() else { return Ok(left) };
        Ok(format!("({left} {sign} {})", self.sum()?))
    }

    fn sum(&mut self) -> Read<String> {
        let mut left = self.product()?;
        loop {
            let sign = if self.take("+") {
                "+"
            } else if self.take("-") {
                "-"
            } else {
                return Ok(left);
            };
            left = format!("({left} {sign} {})", self.product()?);
        }
    }

    fn product(&mut self) -> Read<String> {
        let mut left = self.single()?;
        loop {
            if self.take("**") {
                return self.no("powers cannot be said in our language,");
            }
            let sign = if self.take("*") {
                "*"
            } else if self.take("/") {
                "/"
            } else {
                return Ok(left);
            };
            left = format!("({left} {sign} {})", self.single()?);
        }
    }

    fn single(&mut self) -> Read<String> {
        if self.take("-") {
            return Ok(format!("-{}", self.single()?));
        }
        if self.take("(") {
            let inner = self.choice()?;
            return if self.take(")") { Ok(inner) } else { self.no("a bracket is open") };
        }
        self.blank();
        let first = self.rest.chars().next();
        match first {
            Some('"') => self.text(),
            Some('@') => {
                self.take("@");
                self.date()
            }
            Some(digit) if digit.is_ascii_digit() || digit == '.' => self.number(),
            _ => self.named(),
        }
    }

    fn text(&mut self) -> Read<String> {
        let inner = &self.rest[1..];
        let Some(length) = inner.find('"') else { return self.no("a text has no end") };
        let text = &inner[..length];
        if text.contains('\\') || text.is_empty() {
            return self.no("a text with a backslash or without letters");
        }
        self.rest = &inner[length + 1..];
        Ok(format!("\"{text}\""))
    }

    fn date(&mut self) -> Read<String> {
        let quoted = self.text()?;
        let day = quoted.trim_matches('"').to_owned();
        let plain = day.len() == 10
            && day
                .bytes()
                .enumerate()
                .all(|(at, byte)| if at == 4 || at == 7 { byte == b'-' } else { byte.is_ascii_digit() });
        if plain { Ok(day) } else { self.no("times and durations cannot be said in our language,") }
    }

    fn number(&mut self) -> Read<String> {
        let length =
            self.rest.find(|letter: char| !letter.is_ascii_digit() && letter != '.').unwrap_or(self.rest.len());
        // Two dots are a range.
        let length = self.rest.find("..").map_or(length, |range| range.min(length));
        let (number, rest) = self.rest.split_at(length);
        if number.matches('.').count() > 1 || number.ends_with('.') || rest.starts_with(['e', 'E']) {
            return self.no("this number cannot be read");
        }
        self.rest = rest;
        Ok(if number.starts_with('.') { format!("0{number}") } else { number.to_owned() })
    }

    /// A name of the model (the longest that fits, for they may have blanks), `true`, `false`, `not(…)` or a function.
    fn named(&mut self) -> Read<String> {
        let fits = |name: &str| {
            let after = self.rest.strip_prefix(name)?;
            after.chars().next().is_none_or(|next| !next.is_alphanumeric() && next != '_').then_some(name.len())
        };
        let found = self
            .names
            .0
            .iter()
            .filter_map(|(theirs, ours)| Some((fits(theirs)?, ours)))
            .max_by_key(|(length, _)| *length);
        if let Some((length, ours)) = found {
            self.rest = &self.rest[length..];
            return Ok(ours.clone());
        }
        for (theirs, ours) in [("true", "yes"), ("false", "no")] {
            if self.word(theirs) {
                return Ok(ours.to_owned());
            }
        }
        if self.word("date") && self.take("(") {
            self.blank();
            let day = self.date()?;
            return if self.take(")") { Ok(day) } else { self.no("a bracket is open") };
        }
        const FUNCTIONS: [(&str, &str); 6] = [
            ("not", "not "),
            ("abs", "absolute"),
            ("floor", "rounded_down"),
            ("ceiling", "rounded_up"),
            ("min", "min"),
            ("max", "max"),
        ];
        for (theirs, ours) in FUNCTIONS {
            if self.word(theirs) && self.take("(") {
                let mut inner = self.choice()?;
                while self.take(",") {
                    let _ = write!(inner, ", {}", self.choice()?);
                }
                return if self.take(")") { Ok(format!("({ours}({inner}))")) } else { self.no("a bracket is open") };
            }
        }
        self.no(&format!("“{}” is no name of the model, or cannot be said in our language,", self.rest))
    }

    /// A cell of a decision table.
    pub fn cell(mut self) -> Read<Cell> {
        if matches!(self.rest, "-" | "") {
            return Ok(Cell::Any);
        }
        if self.word("not") {
            if !self.take("(") {
                return self.no("“not” without a bracket");
            }
            let tests = self.tests()?;
            if !self.take(")") {
                return self.no("a bracket is open");
            }
            return self.end(Cell::Tests(format!("not({tests})")));
        }
        if let Some(both) = self.open_range()? {
            return self.end(both);
        }
        let tests = self.tests()?;
        self.end(Cell::Tests(tests))
    }

    /// A single range of which an end is not within, as `]5..9]`.
    fn open_range(&mut self) -> Read<Option<Cell>> {
        let kept = self.rest;
        let low = if self.take("[") {
            ">="
        } else if self.take("]") || self.take("(") {
            ">"
        } else {
            return Ok(None);
        };
        let Ok(from) = self.sum() else {
            self.rest = kept;
            return Ok(None);
        };
        if !self.take("..") {
            self.rest = kept;
            return Ok(None);
        }
        let to = self.sum()?;
        let high = if self.take("]") {
            "<="
        } else if self.take("[") || self.take(")") {
            "<"
        } else {
            return self.no("a range has no end");
        };
        self.blank();
        if low == ">=" && high == "<=" || !self.rest.is_empty() {
            self.rest = kept;
            return Ok(None);
        }
        Ok(Some(Cell::Both(format!("{low} {from}"), format!("{high} {to}"))))
    }

    fn tests(&mut self) -> Read<String> {
        let mut all = self.test()?;
        while self.take(",") {
            let _ = write!(all, ", {}", self.test()?);
        }
        Ok(all)
    }

    fn test(&mut self) -> Read<String> {
        if self.take("[") {
            let from = self.sum()?;
            let to =
                if self.take("..") { self.sum()? } else { return self.no("a list cannot be said in our language,") };
            return if self.take("]") {
                Ok(format!("{from} .. {to}"))
            } else {
                self.no("a range among other tests must have both ends within,")
            };
        }
        if let Some(sign) = self.comparator() {
            return Ok(format!("{sign} {}", self.sum()?));
        }
        self.sum()
    }
}
