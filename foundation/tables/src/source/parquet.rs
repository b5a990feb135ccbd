//! Parquet files (Apache Parquet format 2): what the footer and each page say is held against the limits before anything is unpacked,
//! and what is unpacked is counted, because one word can stand for a million cells. Snappy is left to the library; what is packed by gzip,
//! Zstandard or LZ4 is unpacked here, page by page and never beyond what the page says.

mod large;
mod pages;
mod unpack;

pub(crate) use large::{Many, Packed, Raw};

use super::{CELLS_LIMIT, Sheet, UNPACKED_LIMIT_BYTES, ZIP_RATIO_LIMIT, guarded};
use crate::{Declared, Refused};
use bytes::Bytes;
use importing::{Table, TableRefusal};
use jiff::{SignedDuration, Timestamp, civil, tz::TimeZone};
use parquet::{
    basic::{LogicalType, TimeUnit, Type as Physical},
    file::{
        metadata::{ColumnChunkMetaData, ParquetMetaData},
        reader::FileReader as _,
        serialized_reader::SerializedFileReader,
    },
    record::Field,
    schema::types::Type,
};
use serde_json::json;
use std::sync::Arc;

/// What a file begins and ends with.
const MAGIC: &[u8] = b"PAR1";
/// Files so small are not measured by their ratio.
const SMALL_BYTES: u64 = 4 * 1024 * 1024;

/// Whether the bytes are such a file.
pub(super) fn is_parquet(bytes: &[u8]) -> bool {
    bytes.starts_with(MAGIC) && bytes.ends_with(MAGIC)
}

fn broken(error: &dyn std::fmt::Display) -> Refused {
    Refused::Parquet(error.to_string().chars().take(200).collect())
}

/// Its rows, as texts; nested values as JSON.
pub(super) fn read(bytes: &Bytes) -> Result<Sheet, Refused> {
    guarded(broken, || {
        let mut reader = SerializedFileReader::new(bytes.clone()).map_err(|error| broken(&error))?;
        let fields = reader.metadata().file_metadata().schema().get_fields().to_vec();
        let (count, is_large) = measured(reader.metadata(), fields.len(), bytes)?;
        if is_large {
            return large_sheet(Packed::new(bytes.clone(), reader.metadata().clone(), count), &fields);
        }
        if let Some(plain) = unpack::plain(bytes, reader.metadata())? {
            reader = SerializedFileReader::new(Bytes::from(plain)).map_err(|error| broken(&error))?;
        }
        let shapes: Vec<Shape> = fields.iter().map(|field| Shape::of(field)).collect();
        let mut rows = Vec::with_capacity(count + 1);
        rows.push(fields.iter().map(|field| field.name().to_owned()).collect());
        let mut unpacked = 0;
        for row in reader.get_row_iter(None).map_err(|error| broken(&error))? {
            let row = row.map_err(|error| broken(&error))?;
            let cells: Vec<String> =
                row.get_column_iter().zip(&shapes).map(|((_, field), shape)| shape.text(field)).collect();
            unpacked += cells.iter().map(|cell| cell.len() as u64).sum::<u64>();
            if unpacked > UNPACKED_LIMIT_BYTES {
                return Err(bomb(UNPACKED_LIMIT_BYTES));
            }
            rows.push(cells);
        }
        if rows.len() != count + 1 {
            return Err(broken(&format!("its footer says {count} rows, and {} are there", rows.len() - 1)));
        }
        let texts = (0..shapes.len()).filter(|at| shapes[*at] == Shape::Text).collect();
        let table = Table::of_sheet(rows, 0)?;
        let own = Some(fractions(table.header(), &shapes)?);
        Ok(Sheet { texts, own, ..Sheet::of_table(table) })
    })
}

/// A file with more cells than become texts: it is read when it is taken in.
fn large_sheet(packed: Packed, fields: &[Arc<Type>]) -> Result<Sheet, Refused> {
    let names: Vec<String> = fields.iter().map(|field| field.name().to_owned()).collect();
    let shapes: Vec<Shape> = fields.iter().map(|field| Shape::of(field)).collect();
    // One row that is none, so that the names are read as those of any sheet.
    let row = vec!["-".to_owned(); names.len()];
    let header = Table::of_sheet(vec![names, row], 0)?.header().to_vec();
    let texts = (0..shapes.len()).filter(|at| shapes[*at] == Shape::Text).collect();
    let own = Some(fractions(&header, &shapes)?);
    Ok(Sheet { texts, own, packed: Some(packed), ..Sheet::of_table(Table::of(header, Vec::new())) })
}

/// Numbers with a fraction are said to be such: their digits alone would be taken for more than a float holds.
fn fractions(names: &[String], shapes: &[Shape]) -> Result<Declared, Refused> {
    let fields = names.iter().zip(shapes).filter(|(_, shape)| **shape == Shape::Fraction);
    let fields: Vec<_> = fields.map(|(name, _)| json!({"name": name, "type": "number"})).collect();
    Declared::of(&json!({"fields": fields, "missingValues": ["", "NaN"]}))
}

fn bomb(most_bytes: u64) -> Refused {
    Refused::Bomb { most_mib: most_bytes / 1024 / 1024, ratio: ZIP_RATIO_LIMIT }
}

/// How many rows there are, where they are within the limits by the footer and by what each page says of itself; and whether they are
/// too many to be read as texts.
fn measured(footer: &ParquetMetaData, columns: usize, bytes: &[u8]) -> Result<(usize, bool), Refused> {
    if columns > importing::COLUMNS_LIMIT {
        return Err(TableRefusal::TooManyColumns { columns, most: importing::COLUMNS_LIMIT }.into());
    }
    let too_many = || Refused::ParquetCells { most: large::CELLS_LIMIT };
    let wrong = || broken(&"a part of it is not where it says, or is coded in a way that is not read here");
    let (mut rows, mut unpacked, mut values, mut pages, mut largest) = (0_u64, 0_u64, 0_u64, 0_u64, 0_u64);
    for group in footer.row_groups() {
        rows = rows.saturating_add(u64::try_from(group.num_rows()).map_err(|_| wrong())?);
        for column in group.columns() {
            let said = place(column).and_then(|(from, to)| pages::walk(bytes, from, to)).ok_or_else(wrong)?;
            if said.dictionary.is_some_and(|dictionary| !pages::can_hold(dictionary, least_bits(column))) {
                let most = pages::DICTIONARY_LIMIT;
                return Err(broken(&format!("a dictionary says more values than {most}, or than its bytes can hold")));
            }
            unpacked = unpacked.saturating_add(said.unpacked);
            values = values.saturating_add(said.values);
            pages = pages.saturating_add(said.pages);
            largest = largest.max(said.largest);
            if pages > pages::PAGES_LIMIT {
                return Err(broken(&format!("it has more than {} pages", pages::PAGES_LIMIT)));
            }
        }
    }
    let cells = rows.saturating_mul(columns as u64).max(values);
    let is_large = cells > CELLS_LIMIT;
    let size = bytes.len() as u64;
    if is_large {
        large::check(footer, cells, size)?;
    }
    let limit = if is_large { large::UNPACKED_LIMIT_BYTES } else { UNPACKED_LIMIT_BYTES };
    if unpacked > size.saturating_mul(ZIP_RATIO_LIMIT).clamp(SMALL_BYTES, limit) {
        return Err(bomb(limit));
    }
    if is_large && largest > large::PAGE_LIMIT_BYTES {
        return Err(Refused::LargePage { most_mib: large::PAGE_LIMIT_BYTES / 1024 / 1024 });
    }
    usize::try_from(rows).map(|rows| (rows, is_large)).map_err(|_| too_many())
}

/// Where the pages of a column begin and end, as the library takes it (`byte_range`): with the dictionary, where one is named.
fn place(column: &ColumnChunkMetaData) -> Option<(u64, u64)> {
    let begins = column.dictionary_page_offset().unwrap_or(column.data_page_offset());
    let (from, length) = (u64::try_from(begins).ok()?, u64::try_from(column.compressed_size()).ok()?);
    Some((from, from.checked_add(length)?))
}

/// How many bits a value takes at least where it is written plainly, as in a dictionary.
fn least_bits(column: &ColumnChunkMetaData) -> u64 {
    match column.column_type() {
        Physical::BOOLEAN => 1,
        // Of texts their length.
        Physical::INT32 | Physical::FLOAT | Physical::BYTE_ARRAY => 32,
        Physical::INT64 | Physical::DOUBLE => 64,
        Physical::INT96 => 96,
        Physical::FIXED_LEN_BYTE_ARRAY => u64::try_from(column.column_descr().type_length()).unwrap_or(0) * 8,
    }
}

/// How the cells of a column are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shape {
    /// As they print.
    Plain,
    /// Texts, whatever they look like.
    Text,
    /// Floating-point numbers.
    Fraction,
    /// Moments: whether they are in UTC, and how many parts a second has.
    Moment { utc: bool, per_second: i64 },
}

impl Shape {
    fn of(field: &Type) -> Self {
        if !field.is_primitive() {
            return Self::Text;
        }
        let logical = field.get_basic_info().logical_type_ref();
        match (field.get_physical_type(), logical) {
            (_, Some(LogicalType::Timestamp(moment))) => {
                let per_second = match moment.unit {
                    TimeUnit::MILLIS => 1_000,
                    TimeUnit::MICROS => 1_000_000,
                    TimeUnit::NANOS => 1_000_000_000,
                };
                Self::Moment { utc: moment.is_adjusted_to_u_t_c, per_second }
            }
            (Physical::BYTE_ARRAY | Physical::FIXED_LEN_BYTE_ARRAY, logical)
                if !matches!(logical, Some(LogicalType::Decimal(_))) =>
            {
                Self::Text
            }
            (Physical::FLOAT | Physical::DOUBLE, _) => Self::Fraction,
            // Hive and Impala wrote moments so, on the clocks of the place.
            (Physical::INT96, _) => Self::Moment { utc: false, per_second: 1_000 },
            _ => Self::Plain,
        }
    }

    fn text(self, field: &Field) -> String {
        match (field, self) {
            (Field::Null, _) => String::new(),
            (Field::Str(text), _) => text.clone(),
            (Field::Bytes(bytes), _) => match std::str::from_utf8(bytes.data()) {
                Ok(text) => text.to_owned(),
                Err(_) => bytes.data().iter().map(|byte| format!("{byte:02x}")).collect(),
            },
            (Field::Date(days), _) => day(*days),
            (Field::TimeMillis(value), _) => time(i64::from(*value), 1_000),
            (Field::TimeMicros(value), _) => time(*value, 1_000_000),
            (Field::Long(value), Self::Moment { utc, per_second }) => moment(*value, per_second, utc),
            (Field::TimestampMillis(value), shape) => moment(*value, 1_000, shape.is_utc()),
            (Field::TimestampMicros(value), shape) => moment(*value, 1_000_000, shape.is_utc()),
            (Field::Float(value), _) => fraction(f64::from(*value), value.to_string()),
            (Field::Double(value), _) => fraction(*value, value.to_string()),
            (Field::Group(_) | Field::ListInternal(_) | Field::MapInternal(_), _) => field.to_json_value().to_string(),
            (other, _) => other.to_string(),
        }
    }

    /// The older way of writing moments has only those in UTC.
    fn is_utc(self) -> bool {
        !matches!(self, Self::Moment { utc: false, .. })
    }
}

/// A number in its digits, or with its power of ten where these would be many.
fn fraction(value: f64, digits: String) -> String {
    if value.is_finite() && value.abs() >= 1e15 { format!("{value:e}") } else { digits }
}

/// A day, from its number since 1970; the number itself where no calendar reaches.
fn day(days: i32) -> String {
    let since = SignedDuration::from_hours(i64::from(days) * 24);
    civil::date(1970, 1, 1).checked_add(since).map_or_else(|_| days.to_string(), |day| day.to_string())
}

/// A time of day, from its parts since midnight.
fn time(parts: i64, per_second: i64) -> String {
    let nanos = parts.rem_euclid(per_second) * (1_000_000_000 / per_second);
    let since = SignedDuration::new(parts.div_euclid(per_second), i32::try_from(nanos).unwrap_or_default());
    civil::Time::midnight().checked_add(since).map_or_else(|_| parts.to_string(), |time| time.to_string())
}

/// A moment, from its parts since 1970; the number itself where no calendar reaches.
fn moment(parts: i64, per_second: i64, utc: bool) -> String {
    let nanos = parts.rem_euclid(per_second) * (1_000_000_000 / per_second);
    let at = Timestamp::new(parts.div_euclid(per_second), i32::try_from(nanos).unwrap_or_default());
    let text = at.map(|at| at.to_zoned(TimeZone::UTC).datetime().to_string());
    text.map_or_else(|_| parts.to_string(), |text| if utc { format!("{text}Z") } else { text })
}

#[cfg(test)]
mod tests {
    use super::{day, moment, time};

    #[test]
    fn days_times_and_moments_as_iso_8601_writes_them() {
        assert_eq!(
            (day(0).as_str(), day(-1).as_str(), day(17_532).as_str()),
            ("1970-01-01", "1969-12-31", "2018-01-01")
        );
        assert_eq!(day(i32::MAX), i32::MAX.to_string());
        assert_eq!(time(36_000_250, 1_000), "10:00:00.25");
        assert_eq!(moment(1_514_764_800_000_001, 1_000_000, true), "2018-01-01T00:00:00.000001Z");
        assert_eq!(moment(-1, 1_000, false), "1969-12-31T23:59:59.999");
        assert_eq!(moment(i64::MAX, 1_000, true), i64::MAX.to_string());
    }
}
