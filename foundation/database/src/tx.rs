//! A transaction, the same on both databases.

use crate::{DbError, Dialect, Param, Row, postgres_side::Connection as PostgresConnection};

/// A transaction that is under way.
pub struct Tx<'a>(Side<'a>);

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
        Self(Side::Sqlite(connection))
    }

    pub(crate) fn postgres(connection: &'a mut PostgresConnection) -> Self {
        Self(Side::Postgres(connection))
    }

    /// Which database this is.
    pub fn dialect(&self) -> Dialect {
        match self.0 {
            Side::Sqlite(_) => Dialect::Sqlite,
            Side::Postgres(_) => Dialect::Postgres,
        }
    }

    /// Runs a statement with the values of `$1`, `$2`, …; returns the number of rows it changed.
    ///
    /// # Errors
    /// Those of the database.
    pub fn execute(&mut self, sql: &str, params: &[Param<'_>]) -> Result<u64, DbError> {
        match &mut self.0 {
            Side::Sqlite(connection) => {
                let mut statement = connection.prepare_cached(sql)?;
                bind(&mut statement, params)?;
                Ok(statement.raw_execute()? as u64)
            }
            Side::Postgres(connection) => connection.execute(sql, params),
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
        match &mut self.0 {
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
        match &mut self.0 {
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

    /// Runs several statements without values, as migrations do.
    pub(crate) fn batch(&mut self, sql: &str) -> Result<(), DbError> {
        match &mut self.0 {
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
