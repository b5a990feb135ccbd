//! Files with more cells than are read into memory as texts: column after column, page after page, each cell handed on as it comes.

use super::{Shape, broken, unpack};
use crate::{Refused, source::guarded};
use bytes::Bytes;
use parquet::{
    basic::{ConvertedType as Converted, Repetition, Type as Physical},
    column::reader::{ColumnReader, ColumnReaderImpl, get_column_reader},
    data_type::{ByteArray, DataType},
    errors::ParquetError,
    file::{metadata::ParquetMetaData, serialized_reader::SerializedPageReader},
    record::Field,
};
use std::sync::Arc;

/// Cells of such a file.
pub(super) const CELLS_LIMIT: u64 = 800_000_000;
/// Cells for each byte of such a file: one word can stand for millions, and a small file does not become a large table.
pub(super) const CELLS_PER_BYTE: u64 = 100;
/// Bytes of all its pages when unpacked; they are in memory one at a time.
pub(super) const UNPACKED_LIMIT_BYTES: u64 = 2 * 1024 * 1024 * 1024;
/// Bytes of one page when unpacked.
pub(super) const PAGE_LIMIT_BYTES: u64 = 64 * 1024 * 1024;
/// Cells that are read at once.
const BATCH: usize = 8_192;

/// A file whose rows were counted and whose pages were looked at.
#[derive(Debug, Clone)]
pub(crate) struct Packed {
    bytes: Bytes,
    footer: Arc<ParquetMetaData>,
    /// How many rows it has.
    pub rows: usize,
}

/// A cell as it is kept in the file.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Raw<'r> {
    Nothing,
    /// Of a number or a truth value.
    Bits(u64),
    Bytes(&'r [u8]),
}

/// What can be done with the cells of a column that has too many different ones for codes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Many {
    /// Whole numbers.
    Ints,
    /// Numbers.
    Reals,
    /// They cannot be kept.
    Nothing,
}

/// Whether a file of so many cells and bytes is one that is read so.
pub(super) fn check(footer: &ParquetMetaData, cells: u64, bytes: u64) -> Result<(), Refused> {
    if cells > CELLS_LIMIT {
        return Err(Refused::ParquetCells { most: CELLS_LIMIT });
    }
    if cells > bytes.saturating_mul(CELLS_PER_BYTE) {
        return Err(Refused::CellsOfFewBytes { most: CELLS_PER_BYTE });
    }
    if is_flat(footer) { Ok(()) } else { Err(Refused::NestedCells { most: crate::source::CELLS_LIMIT }) }
}

/// Whether its columns can be read so: each of plain cells, and none of a kind that only the reader of rows knows.
fn is_flat(footer: &ParquetMetaData) -> bool {
    let schema = footer.file_metadata().schema();
    schema.get_fields().iter().all(|field| {
        field.is_primitive()
            && field.get_physical_type() != Physical::INT96
            && field.get_basic_info().repetition() != Repetition::REPEATED
    })
}

impl Packed {
    pub(super) fn new(bytes: Bytes, footer: ParquetMetaData, rows: usize) -> Self {
        Self { bytes, footer: Arc::new(footer), rows }
    }

    fn field(&self, column: usize) -> &parquet::schema::types::Type {
        &self.footer.file_metadata().schema().get_fields()[column]
    }

    pub(crate) fn many(&self, column: usize) -> Many {
        let field = self.field(column);
        let converted = field.get_basic_info().converted_type();
        match (Shape::of(field), field.get_physical_type()) {
            (Shape::Fraction, Physical::FLOAT | Physical::DOUBLE) => Many::Reals,
            (Shape::Plain, Physical::INT32 | Physical::INT64) if is_whole(converted) => Many::Ints,
            _ => Many::Nothing,
        }
    }

    /// What makes of the cells of a column of whole numbers such numbers; [`i64::MIN`] of nothing. Those without a sign are kept in as many
    /// bits, which must not be taken for one.
    pub(crate) fn ints(&self, column: usize) -> impl Fn(Raw<'_>) -> i64 {
        let bits_of_it = match self.field(column).get_basic_info().converted_type() {
            Converted::UINT_8 => u64::from(u8::MAX),
            Converted::UINT_16 => u64::from(u16::MAX),
            Converted::UINT_32 => u64::from(u32::MAX),
            _ => u64::MAX,
        };
        move |raw| match raw {
            Raw::Bits(bits) => (bits & bits_of_it).cast_signed(),
            _ => i64::MIN,
        }
    }

    /// A cell of a column of numbers.
    pub(crate) fn real(&self, column: usize, raw: Raw<'_>) -> f64 {
        match (raw, self.field(column).get_physical_type()) {
            (Raw::Bits(bits), Physical::FLOAT) => f64::from(f32::from_bits(low(bits))),
            (Raw::Bits(bits), _) => f64::from_bits(bits),
            _ => f64::NAN,
        }
    }

    /// A cell as the reader of rows writes it.
    pub(crate) fn text(&self, column: usize, raw: Raw<'_>) -> Result<String, Refused> {
        let about = self.footer.file_metadata().schema_descr().column(column);
        let field = match (raw, about.physical_type()) {
            (Raw::Nothing, _) => Field::Null,
            (Raw::Bits(bits), Physical::BOOLEAN) => Field::convert_bool(&about, bits != 0),
            (Raw::Bits(bits), Physical::INT32) => Field::convert_int32(&about, low(bits).cast_signed()),
            (Raw::Bits(bits), Physical::FLOAT) => Field::convert_float(&about, f32::from_bits(low(bits))),
            (Raw::Bits(bits), Physical::DOUBLE) => Field::convert_double(&about, f64::from_bits(bits)),
            (Raw::Bits(bits), _) => Field::convert_int64(&about, bits.cast_signed()),
            (Raw::Bytes(bytes), _) => {
                let value = ByteArray::from(bytes.to_vec());
                Field::convert_byte_array(&about, value).map_err(|error| broken(&error))?
            }
        };
        Ok(Shape::of(self.field(column)).text(&field))
    }

    /// Hands on every cell of a column in order, until `take` wants no more.
    pub(crate) fn each(
        &self,
        column: usize,
        mut take: impl FnMut(Raw<'_>) -> Result<bool, Refused>,
    ) -> Result<(), Refused> {
        guarded(broken, || {
            for group in self.footer.row_groups() {
                let rows = usize::try_from(group.num_rows()).unwrap_or(0);
                let (bytes, chunk) = unpack::column(&self.bytes, group.column(column))?;
                let about = group.column(column).column_descr_ptr();
                let pages =
                    SerializedPageReader::new(Arc::new(bytes), &chunk, rows, None).map_err(|error| broken(&error))?;
                let take = &mut take;
                let goes_on = match get_column_reader(about, Box::new(pages)) {
                    ColumnReader::BoolColumnReader(from) => walk(from, rows, |one| Raw::Bits(u64::from(*one)), take),
                    ColumnReader::Int32ColumnReader(from) => {
                        walk(from, rows, |one| Raw::Bits(i64::from(*one).cast_unsigned()), take)
                    }
                    ColumnReader::Int64ColumnReader(from) => {
                        walk(from, rows, |one| Raw::Bits(one.cast_unsigned()), take)
                    }
                    ColumnReader::FloatColumnReader(from) => {
                        walk(from, rows, |one| Raw::Bits(u64::from(one.to_bits())), take)
                    }
                    ColumnReader::DoubleColumnReader(from) => walk(from, rows, |one| Raw::Bits(one.to_bits()), take),
                    ColumnReader::ByteArrayColumnReader(from) => walk(from, rows, |one| Raw::Bytes(one.data()), take),
                    ColumnReader::FixedLenByteArrayColumnReader(from) => {
                        walk(from, rows, |one| Raw::Bytes(one.data()), take)
                    }
                    ColumnReader::Int96ColumnReader(_) => {
                        Err(broken(&"moments of 96 bits are not read from so large a file"))
                    }
                }?;
                if !goes_on {
                    break;
                }
            }
            Ok(())
        })
    }
}

/// Whether each is a whole number that 64 bits with a sign hold: not a number of cents (DECIMAL), and not one of 64 bits without a sign.
fn is_whole(converted: Converted) -> bool {
    let with_sign = [Converted::NONE, Converted::INT_8, Converted::INT_16, Converted::INT_32, Converted::INT_64];
    let without = [Converted::UINT_8, Converted::UINT_16, Converted::UINT_32];
    with_sign.contains(&converted) || without.contains(&converted)
}

/// The lower half.
fn low(bits: u64) -> u32 {
    u32::try_from(bits & u64::from(u32::MAX)).unwrap_or_default()
}

fn walk<T: DataType>(
    mut from: ColumnReaderImpl<T>,
    rows: usize,
    raw: impl for<'r> Fn(&'r T::T) -> Raw<'r>,
    take: &mut impl FnMut(Raw<'_>) -> Result<bool, Refused>,
) -> Result<bool, Refused> {
    let failed = |error: ParquetError| broken(&error);
    let (mut levels, mut values) = (Vec::new(), Vec::new());
    let mut left = rows;
    while left > 0 {
        levels.clear();
        values.clear();
        let (records, ..) = from.read_records(BATCH.min(left), Some(&mut levels), None, &mut values).map_err(failed)?;
        if records == 0 || records > left {
            return Err(broken(&format!("its footer says {rows} rows of a group, and {left} of them are not there")));
        }
        left -= records;
        let mut filled = values.iter();
        for at in 0..records {
            let is_filled = levels.get(at).is_none_or(|level| *level > 0);
            let cell = if is_filled {
                filled.next().map(&raw).ok_or_else(|| broken(&"a page has too few values"))?
            } else {
                Raw::Nothing
            };
            if !take(cell)? {
                return Ok(false);
            }
        }
    }
    Ok(true)
}

#[cfg(test)]
mod tests {
    use super::{Many, Packed, Raw};
    use crate::source::parquet::read;
    use bytes::Bytes;
    use parquet::{
        data_type::{Int32Type, Int64Type},
        file::{
            properties::WriterProperties, reader::FileReader as _, serialized_reader::SerializedFileReader,
            writer::SerializedFileWriter,
        },
        schema::parser::parse_message_type,
    };
    use std::sync::Arc;

    const FILES: [&[u8]; 8] = [
        include_bytes!("../../../tests/data/trees-none-1.parquet"),
        include_bytes!("../../../tests/data/trees-none-2.parquet"),
        include_bytes!("../../../tests/data/trees-gzip-1.parquet"),
        include_bytes!("../../../tests/data/trees-gzip-2.parquet"),
        include_bytes!("../../../tests/data/trees-zstd-1.parquet"),
        include_bytes!("../../../tests/data/trees-zstd-2.parquet"),
        include_bytes!("../../../tests/data/trees-lz4-1.parquet"),
        include_bytes!("../../../tests/data/trees-lz4-2.parquet"),
    ];

    #[test]
    fn numbers_without_a_sign_are_no_negative_ones_and_cents_are_not_kept_as_whole_numbers() {
        let schema = "message m { required int32 a (UINT_8); required int32 b (UINT_16); required int32 c (UINT_32);
            required int32 d (INT_8); required int32 e; required int32 f (DECIMAL(9,2)); required int64 g (UINT_64); }";
        let schema = Arc::new(parse_message_type(schema).unwrap());
        let mut file = SerializedFileWriter::new(Vec::new(), schema, Arc::new(WriterProperties::default())).unwrap();
        let mut group = file.next_row_group().unwrap();
        for _ in 0..6 {
            let mut column = group.next_column().unwrap().unwrap();
            column.typed::<Int32Type>().write_batch(&[7, -1], None, None).unwrap();
            column.close().unwrap();
        }
        let mut column = group.next_column().unwrap().unwrap();
        column.typed::<Int64Type>().write_batch(&[7, -1], None, None).unwrap();
        column.close().unwrap();
        group.close().unwrap();
        let bytes = Bytes::from(file.into_inner().unwrap());
        let footer = SerializedFileReader::new(bytes.clone()).unwrap().metadata().clone();
        let packed = Packed::new(bytes, footer, 2);
        let wanted = [255, 65_535, 4_294_967_295, -1, -1];
        for (column, wanted) in wanted.into_iter().enumerate() {
            assert_eq!(packed.many(column), Many::Ints, "{column}");
            let int = packed.ints(column);
            let mut found = Vec::new();
            packed
                .each(column, |raw| {
                    found.push((int(raw), packed.text(column, raw)?));
                    Ok(true)
                })
                .unwrap();
            assert_eq!(found, [(7, "7".to_owned()), (wanted, wanted.to_string())], "as the reader of rows writes it");
            assert_eq!(int(Raw::Nothing), i64::MIN);
        }
        assert_eq!((packed.many(5), packed.many(6)), (Many::Nothing, Many::Nothing));
    }

    #[test]
    fn cell_by_cell_it_reads_what_the_reader_of_rows_reads_however_it_is_packed() {
        for bytes in FILES.map(Bytes::from_static) {
            let sheet = read(&bytes).unwrap();
            let reader = SerializedFileReader::new(bytes.clone()).unwrap();
            let packed = Packed::new(bytes, reader.metadata().clone(), 200);
            for column in 0..sheet.table.header().len() {
                let mut found = Vec::new();
                packed
                    .each(column, |raw| {
                        found.push(packed.text(column, raw)?);
                        Ok(true)
                    })
                    .unwrap();
                let mut wanted = Vec::new();
                sheet
                    .table
                    .each(|_, cells| {
                        wanted.push(cells.unwrap().get(column).to_owned());
                        Ok::<(), ()>(())
                    })
                    .unwrap();
                assert_eq!(found, wanted);
            }
        }
    }
}
