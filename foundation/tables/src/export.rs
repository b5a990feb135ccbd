//! Rows on their way out, written as they come.

mod columns;

use crate::{Refused, TableInfo, Value};
use columns::Columns;
use serde_json::json;
use std::io::Write;

/// The form of an export.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// RFC 4180, UTF-8, with formulas made harmless.
    Csv,
    /// A list of objects.
    Json,
    /// An object a line.
    Ndjson,
    /// Features (RFC 7946).
    GeoJson,
    /// Columns, typed and packed (Apache Parquet), for programs that analyse.
    Parquet,
}

impl Form {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Csv, Self::Json, Self::Ndjson, Self::GeoJson, Self::Parquet];

    /// The end of a file's name.
    pub fn word(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Json => "json",
            Self::Ndjson => "ndjson",
            Self::GeoJson => "geojson",
            Self::Parquet => "parquet",
        }
    }

    /// The media type.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Csv => "text/csv; charset=utf-8",
            Self::Json => "application/json",
            Self::Ndjson => "application/x-ndjson",
            Self::GeoJson => "application/geo+json",
            Self::Parquet => "application/vnd.apache.parquet",
        }
    }
}

/// Writes rows of a table in a form.
pub struct Out<W: Write + Send>(Way<W>);

/// Row after row, or column after column.
enum Way<W: Write + Send> {
    Rows(Box<Rows<W>>),
    Columns(Box<Columns<W>>),
}

impl<W: Write + Send> Out<W> {
    /// Begins.
    ///
    /// # Errors
    /// Those of the writer.
    pub fn new(raw: W, form: Form, info: &TableInfo) -> Result<Self, Refused> {
        Ok(Self(match form {
            Form::Parquet => Way::Columns(Box::new(Columns::new(raw, info)?)),
            _ => Way::Rows(Box::new(Rows::new(raw, form, info)?)),
        }))
    }

    /// Writes a row.
    ///
    /// # Errors
    /// Those of the writer; in Parquet a moment finer than a microsecond.
    pub fn row(&mut self, number: u64, cells: &[Value]) -> Result<(), Refused> {
        match &mut self.0 {
            Way::Rows(rows) => rows.row(number, cells),
            Way::Columns(columns) => columns.row(cells),
        }
    }

    /// Ends, and gives the writer back.
    ///
    /// # Errors
    /// Those of the writer.
    pub fn finish(self) -> Result<W, Refused> {
        match self.0 {
            Way::Rows(rows) => rows.finish(),
            Way::Columns(columns) => columns.finish(),
        }
    }
}

/// Rows as text.
struct Rows<W: Write> {
    to: csv::Writer<Vec<u8>>,
    raw: W,
    form: Form,
    names: Vec<String>,
    geometry: Option<usize>,
    point: Option<(usize, usize)>,
    begun: bool,
}

impl<W: Write> Rows<W> {
    fn new(mut raw: W, form: Form, info: &TableInfo) -> Result<Self, Refused> {
        let names: Vec<String> = info.columns.iter().map(|column| column.name.clone()).collect();
        let mut to = csv::WriterBuilder::new().flexible(true).from_writer(Vec::with_capacity(4_096));
        match form {
            Form::Csv => to.write_record(names.iter().map(|name| neutral(name).into_owned())).map_err(csv_fault)?,
            Form::Json => raw.write_all(b"[")?,
            Form::GeoJson => raw.write_all(b"{\"type\":\"FeatureCollection\",\"features\":[")?,
            Form::Ndjson | Form::Parquet => {}
        }
        Ok(Self { to, raw, form, names, geometry: info.geometry, point: info.point, begun: false })
    }

    fn row(&mut self, number: u64, cells: &[Value]) -> Result<(), Refused> {
        if self.form == Form::Csv {
            for cell in cells {
                match cell {
                    Value::Text(text) => self.to.write_field(&*neutral(text)).map_err(csv_fault)?,
                    other => self.to.write_field(other.text()).map_err(csv_fault)?,
                }
            }
            self.to.write_record(None::<&[u8]>).map_err(csv_fault)?;
            return if self.to.get_ref().len() > 32_768 { self.flush() } else { Ok(()) };
        }
        if self.begun && self.form != Form::Ndjson {
            self.raw.write_all(b",\n")?;
        }
        self.begun = true;
        let object = if self.form == Form::GeoJson { self.feature(number, cells) } else { self.object(cells, None) };
        serde_json::to_writer(&mut self.raw, &object)?;
        if self.form == Form::Ndjson {
            self.raw.write_all(b"\n")?;
        }
        Ok(())
    }

    fn finish(mut self) -> Result<W, Refused> {
        match self.form {
            Form::Csv => self.flush()?,
            Form::Json => self.raw.write_all(b"]\n")?,
            Form::GeoJson => self.raw.write_all(b"]}\n")?,
            Form::Ndjson | Form::Parquet => {}
        }
        self.raw.flush()?;
        Ok(self.raw)
    }

    fn flush(&mut self) -> Result<(), Refused> {
        let full = std::mem::replace(
            &mut self.to,
            csv::WriterBuilder::new().flexible(true).from_writer(Vec::with_capacity(40_000)),
        );
        let bytes = full.into_inner().map_err(|error| Refused::Storage(error.to_string()))?;
        self.raw.write_all(&bytes)?;
        Ok(())
    }

    fn object(&self, cells: &[Value], without: Option<usize>) -> serde_json::Value {
        let pairs = self.names.iter().zip(cells).enumerate().filter(|(at, _)| Some(*at) != without);
        pairs.map(|(_, (name, cell))| (name.clone(), cell.json())).collect()
    }

    fn feature(&self, number: u64, cells: &[Value]) -> serde_json::Value {
        let own = self.geometry.and_then(|at| crate::geometry::json(cells.get(at)?));
        let point = || {
            let (lat, long) = self.point?;
            let (lat, long) = (cells.get(lat)?.number()?, cells.get(long)?.number()?);
            Some(json!({"type": "Point", "coordinates": [long, lat]}))
        };
        json!({"type": "Feature", "id": number, "geometry": own.or_else(point), "properties": self.object(cells, self.geometry)})
    }
}

fn csv_fault(error: csv::Error) -> Refused {
    Refused::Storage(error.to_string())
}

/// A cell that a spreadsheet would take for a formula begins with an apostrophe (OWASP, CSV injection).
pub fn neutral(cell: &str) -> std::borrow::Cow<'_, str> {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) && cell.parse::<f64>().is_err() {
        std::borrow::Cow::Owned(format!("'{cell}"))
    } else {
        std::borrow::Cow::Borrowed(cell)
    }
}
