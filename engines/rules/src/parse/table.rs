//! Decision tables.

use super::{Parser, Read};
use crate::{
    limits::ROWS_MAX,
    syntax::{Cell, CellTest, Comparison, Hit, Table, TableRow},
    trouble::At,
};

impl Parser {
    /// `table unique` and its lines: a head, then rows that begin with `|` and have `||` before their value.
    pub(super) fn table(&mut self) -> Read<Table> {
        let hit = self.hit()?;
        let head = self.spot();
        let mut inputs = Vec::new();
        while !self.take_sign("||") {
            self.sign("|", " before a column of the table, or “||” before its value")?;
            inputs.push(self.additive()?);
        }
        if inputs.is_empty() {
            return Err(At::new(head, "A table needs a column before “||”."));
        }
        self.name("a heading for the values")?;
        let (mut rows, mut otherwise) = (Vec::new(), None);
        while self.is_sign("|") {
            let spot = self.spot();
            self.step();
            if otherwise.is_some() {
                return Err(At::new(spot, "The row “otherwise” must be the last of the table."));
            }
            if rows.len() == ROWS_MAX {
                return Err(At::new(spot, format!("A table may have {ROWS_MAX} rows at most.")));
            }
            if self.take_word("otherwise") {
                self.sign("||", " before the value")?;
                let value = self.expression()?;
                otherwise = Some((spot, value, self.quote_after("law", "the law of this row")?));
                continue;
            }
            let mut cells = vec![self.cell()?];
            while self.take_sign("|") {
                cells.push(self.cell()?);
            }
            self.sign("||", " before the value of the row")?;
            if cells.len() != inputs.len() {
                let sentence = format!("This row has {} cells, the table has {} columns.", cells.len(), inputs.len());
                return Err(At::new(spot, sentence));
            }
            let value = self.expression()?;
            rows.push(TableRow { spot, cells, value, law: self.quote_after("law", "the law of this row")? });
        }
        Ok(Table { hit, inputs, rows, otherwise })
    }

    fn hit(&mut self) -> Read<Hit> {
        const HITS: [(&[&str], Hit); 7] = [
            (&["unique"], Hit::Unique),
            (&["first"], Hit::First),
            (&["any"], Hit::Any),
            (&["collect", "sum"], Hit::Sum),
            (&["collect", "min"], Hit::Least),
            (&["collect", "max"], Hit::Greatest),
            (&["collect", "count"], Hit::Number),
        ];
        let found = HITS.into_iter().find(|(words, _)| self.take_words(words));
        found.map_or_else(
            || self.wrong("what holds when several rows apply: “unique”, “first”, “any”, “collect sum”, “collect min”, “collect max” or “collect count”"),
            |(_, hit)| Ok(hit),
        )
    }

    fn cell(&mut self) -> Read<Cell> {
        // A single dash is a cell that says nothing; before anything else it is a sign.
        let alone = matches!(self.peek_after(1), crate::lex::Token::Sign("|" | "||"));
        if alone && self.take_sign("-") {
            return Ok(Cell::Any);
        }
        if self.take_word("not") {
            self.sign("(", " after “not”")?;
            let tests = self.cell_tests()?;
            self.sign(")", " after the tests")?;
            return Ok(Cell::NoneOf(tests));
        }
        Ok(Cell::Tests(self.cell_tests()?))
    }

    fn cell_tests(&mut self) -> Read<Vec<CellTest>> {
        let mut tests = vec![self.cell_test()?];
        while self.take_sign(",") {
            tests.push(self.cell_test()?);
        }
        Ok(tests)
    }

    fn cell_test(&mut self) -> Read<CellTest> {
        if let Some(how) = self.comparator() {
            return Ok(CellTest::Compare(how, self.additive()?));
        }
        let low = self.additive()?;
        if self.take_sign("..") {
            return Ok(CellTest::Between(low, self.additive()?));
        }
        Ok(CellTest::Compare(Comparison::Is, low))
    }
}
