//! A transaction, the same on both databases.

use crate::{DbError, Dialect, Param, Row, postgres_side::Connection as PostgresConnection};

/// Rows that one statement inserts on PostgreSQL: as many as still fit, so that few statements are prepared and sent.
const ROWS_AT_ONCE: [usize; 3] = [64, 8, 1];

/// A transaction that is under way.
pub struct Tx<'a> {
    side: Side<'a>,
    notes: Vec<(&'static str, String)>,
}

enum Side<'a> {
    Sqlite(&'a rusqlite::Connection),
    Postgres(&'a mut PostgresConnection),
}

/// Proof that an act said what the record keeps of it. Only [`Tx::commit`] makes one, and
/// [`crate::Db::write`] wants one, so an act that forgets the record does not compile.
#[must_use = "return it from the act"]
pub struct Done<T>(pub(crate) T);

/// What the public record keeps of an act: `record::Entry`, or [`OffRecord`] with a reason.
pub trait OnRecord {
    /// Writes it, in the same transaction as the act.
    ///
    /// # Errors
    /// Those of the database.
    fn put(self, tx: &mut Tx<'_>) -> Result<(), DbError>;
}

/// The written reason why an act has no entry in the public record.
#[derive(Debug, Clone, Copy)]
pub struct OffRecord(pub &'static str);

impl OnRecord for OffRecord {
    fn put(self, _: &mut Tx<'_>) -> Result<(), DbError> {
        Ok(())
    }
}

impl<'a> Tx<'a> {
    pub(crate) fn sqlite(connection: &'a rusqlite::Connection) -> Self {
        Self { side: Side::Sqlite(connection), notes: Vec::new() }
    }

    pub(crate) fn postgres(connection: &'a mut PostgresConnection) -> Self {
        Self { side: Side::Postgres(connection), notes: Vec::new() }
    }

    /// Which database this is.
    pub fn dialect(&self) -> Dialect {
        match self.side {
            Side::Sqlite(_) => Dialect::Sqlite,
            Side::Postgres(_) => Dialect::Postgres,
        }
    }

    /// Keeps something in mind until the act ends, so that who called many parts can say what they did.
    pub fn note(&mut self, kind: &'static str, what: String) {
        self.notes.push((kind, what));
    }

    /// What was kept in mind of this kind, in order.
    pub fn notes(&self, kind: &str) -> Vec<String> {
        self.notes.iter().filter(|(of, _)| *of == kind).map(|(_, what)| what.clone()).collect()
    }

    /// Runs a statement with the values of `$1`, `$2`, …; returns the number of rows it changed.
    ///
    /// # Errors
    /// Those of the database.
    pub fn execute(&mut self, sql: &str, params: &[Param<'_>]) -> Result<u64, DbError> {
        match &mut self.side {
            Side::Sqlite(connection) => {
                let mut statement = connection.prepare_cached(sql)?;
                bind(&mut statement, params)?;
                Ok(statement.raw_execute()? as u64)
            }
            Side::Postgres(connection) => connection.execute(sql, params),
        }
    }

    /// Inserts many rows by one statement, or few where each is a way to another machine. `into` is what stands before `values`, as `insert into streets (name, lamps)`; the
    /// values are those of all rows, one after another, so many for each as there are columns. Returns how many were inserted.
    ///
    /// # Errors
    /// Those of the database; when the values do not come out even.
    pub fn insert_rows(&mut self, into: &str, columns: usize, values: &[Param<'_>]) -> Result<u64, DbError> {
        if columns == 0 || !values.len().is_multiple_of(columns) {
            return Err(DbError::Other(format!("{} values are not rows of {columns}", values.len())));
        }
        match &mut self.side {
            Side::Sqlite(connection) => {
                // A statement of many rows can fail in its middle, so SQLite would keep every page that it touches to go back; one row
                // is checked before it is written.
                let mut statement = connection.prepare_cached(&rows_sql(into, columns, 1))?;
                let mut inserted = 0;
                for row in values.chunks(columns) {
                    // By place: looking up each name costs as much as the names before it.
                    for (index, value) in (1..).zip(row) {
                        statement.raw_bind_parameter(index, value)?;
                    }
                    inserted += statement.raw_execute()? as u64;
                }
                Ok(inserted)
            }
            Side::Postgres(connection) => {
                let (mut rest, mut inserted) = (values, 0);
                for rows in ROWS_AT_ONCE {
                    if rest.len() < rows * columns {
                        continue;
                    }
                    let sql = rows_sql(into, columns, rows);
                    while rest.len() >= rows * columns {
                        let (now, later) = rest.split_at(rows * columns);
                        inserted += connection.execute(&sql, now)?;
                        rest = later;
                    }
                }
                Ok(inserted)
            }
        }
    }

    /// All rows of a query.
    ///
    /// # Errors
    /// Those of the database.
    pub fn query(&mut self, sql: &str, params: &[Param<'_>]) -> Result<Vec<Row>, DbError> {
        let mut rows = Vec::new();
        self.each(sql, params, |row| {
            rows.push(row);
            Ok(())
        })?;
        Ok(rows)
    }

    /// The first row, if there is one.
    ///
    /// # Errors
    /// Those of the database.
    pub fn query_opt(&mut self, sql: &str, params: &[Param<'_>]) -> Result<Option<Row>, DbError> {
        match &mut self.side {
            Side::Sqlite(connection) => {
                let mut statement = connection.prepare_cached(sql)?;
                let columns = statement.column_count();
                bind(&mut statement, params)?;
                let mut rows = statement.raw_query();
                rows.next()?.map(|row| Row::sqlite(row, columns)).transpose()
            }
            Side::Postgres(connection) => Ok(connection.query(sql, params)?.into_iter().next().map(Row::postgres)),
        }
    }

    /// The first row, which must be there.
    ///
    /// # Errors
    /// [`DbError::NotFound`] when there is none.
    pub fn query_one(&mut self, sql: &str, params: &[Param<'_>]) -> Result<Row, DbError> {
        self.query_opt(sql, params)?.ok_or(DbError::NotFound)
    }

    /// Hands each row to `take`, without keeping them all in memory (on SQLite).
    ///
    /// # Errors
    /// Those of the database, and the first that `take` returns.
    pub fn each(
        &mut self,
        sql: &str,
        params: &[Param<'_>],
        mut take: impl FnMut(Row) -> Result<(), DbError>,
    ) -> Result<(), DbError> {
        match &mut self.side {
            Side::Sqlite(connection) => {
                let mut statement = connection.prepare_cached(sql)?;
                let columns = statement.column_count();
                bind(&mut statement, params)?;
                let mut rows = statement.raw_query();
                while let Some(row) = rows.next()? {
                    take(Row::sqlite(row, columns)?)?;
                }
                Ok(())
            }
            Side::Postgres(connection) => {
                connection.query(sql, params)?.into_iter().map(Row::postgres).try_for_each(take)
            }
        }
    }

    /// How many bytes the database has (SQLite: without its log).
    ///
    /// # Errors
    /// Those of the database.
    pub fn size_bytes(&mut self) -> Result<i64, DbError> {
        self.query_one(self.dialect().size_sql(), &[])?.get(0)
    }

    /// Runs several statements without values, as migrations do.
    pub(crate) fn batch(&mut self, sql: &str) -> Result<(), DbError> {
        match &mut self.side {
            Side::Sqlite(connection) => connection.execute_batch(sql).map_err(DbError::from),
            Side::Postgres(connection) => connection.batch(sql),
        }
    }

    /// Ends the act: takes what the record keeps of it, or the written reason for nothing.
    /// The transaction itself is committed by [`crate::Db::write`] once the act has returned.
    ///
    /// # Errors
    /// Those of the database.
    pub fn commit<T>(&mut self, said: impl OnRecord, value: T) -> Result<Done<T>, DbError> {
        said.put(self)?;
        Ok(Done(value))
    }
}

/// `insert into … values ($1, $2), ($3, $4)`.
fn rows_sql(into: &str, columns: usize, rows: usize) -> String {
    let row = |row: usize| {
        let places: Vec<String> = (1..=columns).map(|column| format!("${}", row * columns + column)).collect();
        format!("({})", places.join(", "))
    };
    let rows: Vec<String> = (0..rows).map(row).collect();
    format!("{into} values {}", rows.join(", "))
}

/// SQLite takes `$1` as a named parameter, so each is bound by the number in its name.
fn bind(statement: &mut rusqlite::CachedStatement<'_>, params: &[Param<'_>]) -> Result<(), DbError> {
    for index in 1..=statement.parameter_count() {
        let number = statement
            .parameter_name(index)
            .and_then(|name| name.get(1..))
            .and_then(|digits| digits.parse::<usize>().ok());
        let value = number
            .and_then(|number| params.get(number.checked_sub(1)?))
            .ok_or_else(|| DbError::Other(format!("the statement has a placeholder without a value at {index}")))?;
        statement.raw_bind_parameter(index, value)?;
    }
    Ok(())
}
