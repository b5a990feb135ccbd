//! Every row of a question, handed on one after another without keeping them.

use super::{
    evaluate, in_parts,
    plan::Plan,
    rows::{fetch_on, sorted, value},
    selection::Selection,
};
use crate::{Refused, Table, TableInfo, Value};
use rusqlite::Connection;

/// Rows that are fetched at once in an order.
const FETCHED_ROWS: usize = 1_000;

/// A walk through the rows of a question that is ready to begin: what could be refused was, and the file is open, so that to the end the rows
/// are those of one file, whatever takes its place meanwhile.
pub struct Walk {
    table: Table,
    connection: Connection,
    way: Way,
}

/// Which rows, and in which order.
enum Way {
    All,
    Chosen(Selection),
    /// Counted from 0.
    Ordered(Vec<usize>),
}

impl Table {
    /// Finds the rows of a question, to be handed on afterwards, perhaps on another thread.
    ///
    /// # Errors
    /// As [`Table::ask`]; [`Refused::TooManyInOrder`] of a table in parts; [`Refused::Gone`] where its file was taken away.
    pub fn walk(&self, plan: &Plan) -> Result<Walk, Refused> {
        // Through a file one goes once; in an order one comes back to the same places.
        let goes_once = plan.sort.is_none() || self.0.is_large();
        let connection = self.0.open_for_walk(goes_once)?;
        let way = if plan.is_whole() {
            Way::All
        } else {
            let chosen = evaluate::select(self, plan)?;
            match &plan.sort {
                None => Way::Chosen(chosen),
                Some(sort) => Way::Ordered(sorted(self, &chosen, sort, plan, None)?),
            }
        };
        Ok(Walk { table: self.clone(), connection, way })
    }

    /// Every row of a question in its order, handed on without keeping them.
    ///
    /// # Errors
    /// As [`Table::walk`]; the first that `take` returns.
    pub fn each(&self, plan: &Plan, take: impl FnMut(u64, &[Value]) -> Result<(), Refused>) -> Result<(), Refused> {
        self.walk(plan)?.each(take)
    }
}

impl Walk {
    /// What is known of the table.
    pub fn info(&self) -> &TableInfo {
        self.table.info()
    }

    /// Hands on every row.
    ///
    /// # Errors
    /// [`Refused::Storage`]; the first that `take` returns.
    pub fn each(&self, take: impl FnMut(u64, &[Value]) -> Result<(), Refused>) -> Result<(), Refused> {
        match &self.way {
            Way::All => self.scan(None, take),
            Way::Chosen(chosen) => self.scan(Some(chosen), take),
            Way::Ordered(rows) => self.in_order(rows, take),
        }
    }

    /// In the order of the file.
    fn scan(
        &self,
        chosen: Option<&Selection>,
        mut take: impl FnMut(u64, &[Value]) -> Result<(), Refused>,
    ) -> Result<(), Refused> {
        if self.table.0.is_large() {
            return in_parts::scan(&self.connection, &self.table, chosen, take);
        }
        let columns = &self.table.info().columns;
        let mut statement = self.connection.prepare("select * from data order by _id")?;
        let mut rows = statement.query([])?;
        let mut cells = Vec::with_capacity(columns.len());
        while let Some(row) = rows.next()? {
            let number = u64::try_from(row.get::<_, i64>(0)?).unwrap_or(0);
            let at = usize::try_from(number).unwrap_or(usize::MAX).wrapping_sub(1);
            if chosen.is_some_and(|chosen| !chosen.has(at)) {
                continue;
            }
            cells.clear();
            for (at, column) in columns.iter().enumerate() {
                cells.push(value(row.get_ref(at + 1)?, column.kind));
            }
            take(number, &cells)?;
        }
        Ok(())
    }

    /// In the order of the question.
    fn in_order(
        &self,
        rows: &[usize],
        mut take: impl FnMut(u64, &[Value]) -> Result<(), Refused>,
    ) -> Result<(), Refused> {
        if self.table.0.is_large() {
            return in_parts::in_order(&self.connection, &self.table, rows, take);
        }
        for some in rows.chunks(FETCHED_ROWS) {
            let numbers: Vec<u64> = some.iter().map(|row| *row as u64 + 1).collect();
            for (number, cells) in fetch_on(&self.connection, &self.table, &numbers)? {
                take(number, &cells)?;
            }
        }
        Ok(())
    }
}
