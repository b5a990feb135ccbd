//! Rows on their way out as Parquet (Apache Parquet format 2): group by group, so that little memory is taken however many there are.

use crate::{ColumnKind, Described, Refused, TableInfo, Value};
use jiff::{civil, tz::TimeZone};
use parquet::{
    basic::{Compression, LogicalType, Repetition, TimeUnit, Type as Physical},
    data_type::{BoolType, ByteArray, ByteArrayType, DoubleType, Int32Type, Int64Type},
    errors::ParquetError,
    file::{
        properties::WriterProperties,
        writer::{SerializedColumnWriter, SerializedFileWriter},
    },
    schema::types::Type,
};
use std::{io::Write, sync::Arc};

/// Rows of a group: what is kept in memory until it is written.
const GROUP_ROWS: usize = 65_536;

impl From<ParquetError> for Refused {
    fn from(error: ParquetError) -> Self {
        Self::Storage(error.to_string())
    }
}

/// Writes rows as Parquet.
pub(super) struct Columns<W: Write + Send> {
    to: SerializedFileWriter<W>,
    columns: Vec<Column>,
    rows: usize,
}

impl<W: Write + Send> Columns<W> {
    /// Begins.
    pub(super) fn new(raw: W, info: &TableInfo) -> Result<Self, Refused> {
        let columns: Vec<Column> = info.columns.iter().map(Column::of).collect();
        let fields: Result<Vec<_>, ParquetError> =
            info.columns.iter().zip(&columns).map(|(described, column)| column.field(&described.name)).collect();
        let schema = Type::group_type_builder("schema").with_fields(fields?).build()?;
        let properties = WriterProperties::builder().set_compression(Compression::SNAPPY).build();
        let to = SerializedFileWriter::new(raw, Arc::new(schema), Arc::new(properties))?;
        Ok(Self { to, columns, rows: 0 })
    }

    /// Takes a row.
    pub(super) fn row(&mut self, cells: &[Value]) -> Result<(), Refused> {
        for (column, cell) in self.columns.iter_mut().zip(cells) {
            column.take(cell)?;
        }
        self.rows += 1;
        if self.rows >= GROUP_ROWS { self.flush() } else { Ok(()) }
    }

    /// Ends, and gives the writer back.
    pub(super) fn finish(mut self) -> Result<W, Refused> {
        self.flush()?;
        let mut raw = self.to.into_inner()?;
        raw.flush()?;
        Ok(raw)
    }

    fn flush(&mut self) -> Result<(), Refused> {
        if self.rows == 0 {
            return Ok(());
        }
        let mut group = self.to.next_row_group()?;
        for column in &mut self.columns {
            let mut out = group.next_column()?.ok_or_else(|| Refused::Storage("a column too many".to_owned()))?;
            column.write(&mut out)?;
            out.close()?;
        }
        group.close()?;
        self.rows = 0;
        Ok(())
    }
}

/// Cells that wait for their group.
enum Cells {
    Bools(Vec<bool>),
    Ints(Vec<i64>),
    Reals(Vec<f64>),
    Days(Vec<i32>),
    /// Microseconds since 1970; whether they are in UTC.
    Moments(Vec<i64>, bool),
    Texts(Vec<ByteArray>),
}

struct Column {
    cells: Cells,
    /// 1 for a cell that holds something, 0 for one that does not.
    levels: Vec<i16>,
}

impl Column {
    /// A column in which some cells do not fit what was declared is one of texts, so that nothing is lost.
    fn of(described: &Described) -> Self {
        let kind = if described.misfits > 0 { ColumnKind::String } else { described.kind };
        let cells = match kind {
            ColumnKind::Boolean => Cells::Bools(Vec::new()),
            ColumnKind::Integer => Cells::Ints(Vec::new()),
            ColumnKind::Number => Cells::Reals(Vec::new()),
            ColumnKind::Date => Cells::Days(Vec::new()),
            // All moments of a column say their offset, or none does.
            ColumnKind::DateTime => {
                let utc = described.least.as_ref().is_some_and(|least| least.ends_with('Z'));
                Cells::Moments(Vec::new(), utc)
            }
            ColumnKind::String => Cells::Texts(Vec::new()),
        };
        Self { cells, levels: Vec::new() }
    }

    fn field(&self, name: &str) -> Result<Arc<Type>, ParquetError> {
        let (physical, logical) = match self.cells {
            Cells::Bools(_) => (Physical::BOOLEAN, None),
            Cells::Ints(_) => (Physical::INT64, None),
            Cells::Reals(_) => (Physical::DOUBLE, None),
            Cells::Days(_) => (Physical::INT32, Some(LogicalType::Date)),
            Cells::Moments(_, utc) => (Physical::INT64, Some(LogicalType::timestamp(utc, TimeUnit::MICROS))),
            Cells::Texts(_) => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
        };
        let field = Type::primitive_type_builder(name, physical).with_repetition(Repetition::OPTIONAL);
        field.with_logical_type(logical).build().map(Arc::new)
    }

    fn take(&mut self, cell: &Value) -> Result<(), Refused> {
        let misfit = || Refused::Storage(format!("“{}” does not fit its column; take another form", cell.text()));
        if *cell == Value::Null {
            self.levels.push(0);
            return Ok(());
        }
        match (&mut self.cells, cell) {
            (Cells::Bools(cells), Value::Bool(value)) => cells.push(*value),
            (Cells::Ints(cells), Value::Int(value)) => cells.push(*value),
            (Cells::Reals(cells), value) => cells.push(value.number().ok_or_else(misfit)?),
            (Cells::Days(cells), Value::Text(text)) => cells.push(day(text).ok_or_else(misfit)?),
            (Cells::Moments(cells, _), Value::Text(text)) => cells.push(micros(text).ok_or_else(misfit)?),
            (Cells::Texts(cells), value) => cells.push(value.text().into_bytes().into()),
            _ => return Err(misfit()),
        }
        self.levels.push(1);
        Ok(())
    }

    fn write(&mut self, out: &mut SerializedColumnWriter<'_>) -> Result<(), Refused> {
        let levels = Some(self.levels.as_slice());
        match &mut self.cells {
            Cells::Bools(cells) => out.typed::<BoolType>().write_batch(cells, levels, None)?,
            Cells::Ints(cells) | Cells::Moments(cells, _) => {
                out.typed::<Int64Type>().write_batch(cells, levels, None)?
            }
            Cells::Reals(cells) => out.typed::<DoubleType>().write_batch(cells, levels, None)?,
            Cells::Days(cells) => out.typed::<Int32Type>().write_batch(cells, levels, None)?,
            Cells::Texts(cells) => out.typed::<ByteArrayType>().write_batch(cells, levels, None)?,
        };
        self.levels.clear();
        match &mut self.cells {
            Cells::Bools(cells) => cells.clear(),
            Cells::Ints(cells) | Cells::Moments(cells, _) => cells.clear(),
            Cells::Reals(cells) => cells.clear(),
            Cells::Days(cells) => cells.clear(),
            Cells::Texts(cells) => cells.clear(),
        }
        Ok(())
    }
}

/// The number of a day since 1970.
fn day(text: &str) -> Option<i32> {
    let day: civil::Date = text.parse().ok()?;
    i32::try_from(day.duration_since(civil::date(1970, 1, 1)).as_hours() / 24).ok()
}

/// Microseconds since 1970; nothing for what is finer, because nothing is cut off.
fn micros(text: &str) -> Option<i64> {
    let at: civil::DateTime = text.trim_end_matches('Z').parse().ok()?;
    let at = at.to_zoned(TimeZone::UTC).ok()?.timestamp();
    (at.subsec_nanosecond() % 1_000 == 0).then(|| at.as_microsecond())
}
