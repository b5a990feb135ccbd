//! Values on their way into and out of SQL.

use crate::DbError;
use postgres::types::{IsNull, Type, private::BytesMut, to_sql_checked};
use rusqlite::types::{ToSqlOutput, ValueRef};
use std::ops::Range;

/// A value bound to a placeholder.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Param<'a> {
    /// No value.
    Null,
    /// A whole number.
    Int(i64),
    /// A floating-point number.
    Real(f64),
    /// True or false.
    Bool(bool),
    /// A text.
    Text(&'a str),
    /// Bytes.
    Blob(&'a [u8]),
}

/// `params![a, b]` is `[Param::from(a), Param::from(b)]`: the values for `$1`, `$2`.
#[macro_export]
macro_rules! params {
    ($($value:expr),* $(,)?) => { [$($crate::Param::from($value)),*] };
}

macro_rules! param_from {
    ($($from:ty => |$value:ident| $param:expr),+ $(,)?) => {$(
        impl<'a> From<$from> for Param<'a> {
            fn from($value: $from) -> Self {
                $param
            }
        }
    )+};
}

param_from! {
    i64 => |value| Param::Int(value),
    i32 => |value| Param::Int(i64::from(value)),
    u32 => |value| Param::Int(i64::from(value)),
    f64 => |value| Param::Real(value),
    bool => |value| Param::Bool(value),
    &'a str => |value| Param::Text(value),
    &'a String => |value| Param::Text(value),
    &'a [u8] => |value| Param::Blob(value),
    &'a Vec<u8> => |value| Param::Blob(value),
}

impl<'a, T: Into<Param<'a>>> From<Option<T>> for Param<'a> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

impl rusqlite::ToSql for Param<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(match self {
            Self::Null => ToSqlOutput::Borrowed(ValueRef::Null),
            Self::Int(value) => ToSqlOutput::Borrowed(ValueRef::Integer(*value)),
            Self::Real(value) => ToSqlOutput::Borrowed(ValueRef::Real(*value)),
            Self::Bool(value) => ToSqlOutput::Borrowed(ValueRef::Integer(i64::from(*value))),
            Self::Text(value) => ToSqlOutput::Borrowed(ValueRef::Text(value.as_bytes())),
            Self::Blob(value) => ToSqlOutput::Borrowed(ValueRef::Blob(value)),
        })
    }
}

impl postgres::types::ToSql for Param<'_> {
    fn to_sql(&self, ty: &Type, out: &mut BytesMut) -> Result<IsNull, Box<dyn std::error::Error + Sync + Send>> {
        match self {
            Self::Null => Ok(IsNull::Yes),
            Self::Int(value) if *ty == Type::INT4 => i32::try_from(*value)?.to_sql(ty, out),
            Self::Int(value) if *ty == Type::INT2 => i16::try_from(*value)?.to_sql(ty, out),
            Self::Int(value) => value.to_sql(ty, out),
            Self::Real(value) => value.to_sql(ty, out),
            Self::Bool(value) => value.to_sql(ty, out),
            Self::Text(value) => value.to_sql(ty, out),
            Self::Blob(value) => value.to_sql(ty, out),
        }
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    to_sql_checked!();
}

/// One row of an answer.
#[derive(Debug, Clone)]
pub struct Row(Columns);

#[derive(Debug, Clone)]
enum Columns {
    Sqlite(Cells),
    Postgres(std::sync::Arc<postgres::Row>),
}

/// What is set aside for the texts of a row before their length is known.
const FIRST_BYTES_A_COLUMN: usize = 16;

/// A row of SQLite, with all its texts and bytes behind each other in one piece of memory.
#[derive(Debug, Clone)]
struct Cells {
    cells: Vec<Cell>,
    bytes: Vec<u8>,
}

#[derive(Debug, Clone)]
enum Cell {
    Null,
    Integer(i64),
    Real(f64),
    Text(Range<usize>),
    Blob(Range<usize>),
}

impl Cells {
    fn of(row: &rusqlite::Row<'_>, columns: usize) -> Result<Self, DbError> {
        let bytes = Vec::with_capacity(columns * FIRST_BYTES_A_COLUMN);
        let mut own = Self { cells: Vec::with_capacity(columns), bytes };
        for index in 0..columns {
            let cell = match row.get_ref(index)? {
                ValueRef::Null => Cell::Null,
                ValueRef::Integer(value) => Cell::Integer(value),
                ValueRef::Real(value) => Cell::Real(value),
                ValueRef::Text(bytes) => Cell::Text(own.keep(bytes)),
                ValueRef::Blob(bytes) => Cell::Blob(own.keep(bytes)),
            };
            own.cells.push(cell);
        }
        Ok(own)
    }

    fn keep(&mut self, bytes: &[u8]) -> Range<usize> {
        let begin = self.bytes.len();
        self.bytes.extend_from_slice(bytes);
        begin..self.bytes.len()
    }

    fn get(&self, index: usize) -> Option<ValueRef<'_>> {
        Some(match self.cells.get(index)? {
            Cell::Null => ValueRef::Null,
            Cell::Integer(value) => ValueRef::Integer(*value),
            Cell::Real(value) => ValueRef::Real(*value),
            Cell::Text(at) => ValueRef::Text(&self.bytes[at.clone()]),
            Cell::Blob(at) => ValueRef::Blob(&self.bytes[at.clone()]),
        })
    }
}

impl Row {
    pub(crate) fn sqlite(row: &rusqlite::Row<'_>, columns: usize) -> Result<Self, DbError> {
        Ok(Self(Columns::Sqlite(Cells::of(row, columns)?)))
    }

    pub(crate) fn postgres(row: postgres::Row) -> Self {
        Self(Columns::Postgres(std::sync::Arc::new(row)))
    }

    /// The value of the column at `index`, counting from 0.
    ///
    /// # Errors
    /// A fault when there is no such column or it holds something else.
    pub fn get<T: FromColumn>(&self, index: usize) -> Result<T, DbError> {
        let wrong = || DbError::Other(format!("column {index} is missing or of another type"));
        match &self.0 {
            Columns::Sqlite(cells) => cells.get(index).and_then(T::from_sqlite).ok_or_else(wrong),
            Columns::Postgres(row) => T::from_postgres(row, index).ok_or_else(wrong),
        }
    }
}

/// What a column can be read as.
pub trait FromColumn: Sized {
    /// From SQLite's dynamic value.
    fn from_sqlite(value: ValueRef<'_>) -> Option<Self>;
    /// From PostgreSQL's typed column.
    fn from_postgres(row: &postgres::Row, index: usize) -> Option<Self>;
}

impl FromColumn for i64 {
    fn from_sqlite(value: ValueRef<'_>) -> Option<Self> {
        if let ValueRef::Integer(value) = value { Some(value) } else { None }
    }
    /// Also from the narrower and wider integers that PostgreSQL's functions give.
    fn from_postgres(row: &postgres::Row, index: usize) -> Option<Self> {
        match *row.columns().get(index)?.type_() {
            Type::INT4 => row.try_get::<_, i32>(index).ok().map(Self::from),
            Type::INT2 => row.try_get::<_, i16>(index).ok().map(Self::from),
            _ => row.try_get(index).ok(),
        }
    }
}

impl FromColumn for f64 {
    fn from_sqlite(value: ValueRef<'_>) -> Option<Self> {
        match value {
            ValueRef::Real(value) => Some(value),
            #[expect(clippy::cast_precision_loss, reason = "SQLite keeps whole floats as integers in expressions")]
            ValueRef::Integer(value) => Some(value as Self),
            _ => None,
        }
    }
    fn from_postgres(row: &postgres::Row, index: usize) -> Option<Self> {
        match *row.columns().get(index)?.type_() {
            Type::FLOAT4 => row.try_get::<_, f32>(index).ok().map(Self::from),
            _ => row.try_get(index).ok(),
        }
    }
}

impl FromColumn for bool {
    fn from_sqlite(value: ValueRef<'_>) -> Option<Self> {
        if let ValueRef::Integer(value) = value { Some(value != 0) } else { None }
    }
    fn from_postgres(row: &postgres::Row, index: usize) -> Option<Self> {
        row.try_get(index).ok()
    }
}

impl FromColumn for String {
    fn from_sqlite(value: ValueRef<'_>) -> Option<Self> {
        if let ValueRef::Text(value) = value { std::str::from_utf8(value).ok().map(str::to_owned) } else { None }
    }
    fn from_postgres(row: &postgres::Row, index: usize) -> Option<Self> {
        row.try_get(index).ok()
    }
}

impl FromColumn for Vec<u8> {
    fn from_sqlite(value: ValueRef<'_>) -> Option<Self> {
        if let ValueRef::Blob(value) = value { Some(value.to_vec()) } else { None }
    }
    fn from_postgres(row: &postgres::Row, index: usize) -> Option<Self> {
        row.try_get(index).ok()
    }
}

impl<T: FromColumn + for<'r> postgres::types::FromSql<'r>> FromColumn for Option<T> {
    fn from_sqlite(value: ValueRef<'_>) -> Option<Self> {
        if matches!(value, ValueRef::Null) { Some(None) } else { T::from_sqlite(value).map(Some) }
    }
    fn from_postgres(row: &postgres::Row, index: usize) -> Option<Self> {
        row.try_get(index).ok()
    }
}
