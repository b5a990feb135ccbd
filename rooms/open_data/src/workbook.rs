//! Rows as an Excel workbook (ECMA-376): one sheet, every text as a text, so that no cell is ever a formula.

use crate::commands::stop_of;
use std::io::{Cursor, Write as _};
use tables::{Plan, Refused, Table, Value};
use web::{Refusal, Stop, feed::escape};
use zip::{ZipWriter, write::SimpleFileOptions};

/// Rows that a workbook is made of: it is made in memory, and a sheet ends at 1,048,576.
pub const ROWS_LIMIT: u64 = 200_000;
/// Characters of a cell (the format's own limit).
const CELL_LIMIT: usize = 32_767;

const TYPES: &str = r#"<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>"#;
const RELATIONS: &str = r#"<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
const BOOK: &str = r#"<?xml version="1.0" encoding="UTF-8"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="data" sheetId="1" r:id="rId1"/></sheets></workbook>"#;
const BOOK_RELATIONS: &str = r#"<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#;

/// The rows of a question as a workbook.
///
/// # Errors
/// `data-workbook-rows` for more than [`ROWS_LIMIT`]; those of the table.
pub fn of(table: &Table, plan: &Plan) -> Result<Vec<u8>, Stop> {
    if table.count(plan).map_err(stop_of)? > ROWS_LIMIT {
        return Err(Refusal::new("data-workbook-rows").with("most", i64::try_from(ROWS_LIMIT).unwrap_or(0)).into());
    }
    let mut book = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in [
        ("[Content_Types].xml", TYPES),
        ("_rels/.rels", RELATIONS),
        ("xl/workbook.xml", BOOK),
        ("xl/_rels/workbook.xml.rels", BOOK_RELATIONS),
    ] {
        book.start_file(name, options()).map_err(Stop::fault)?;
        book.write_all(text.as_bytes()).map_err(Stop::fault)?;
    }
    book.start_file("xl/worksheets/sheet1.xml", options()).map_err(Stop::fault)?;
    book.write_all(br#"<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>"#)
        .map_err(Stop::fault)?;
    let names: Vec<Value> = table.info().columns.iter().map(|column| Value::Text(column.name.clone())).collect();
    book.write_all(row(&names).as_bytes()).map_err(Stop::fault)?;
    table
        .each(plan, |_, cells| {
            book.write_all(row(cells).as_bytes()).map_err(|error| Refused::Storage(error.to_string()))
        })
        .map_err(stop_of)?;
    book.write_all(b"</sheetData></worksheet>").map_err(Stop::fault)?;
    Ok(book.finish().map_err(Stop::fault)?.into_inner())
}

fn options() -> SimpleFileOptions {
    SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated)
}

fn row(cells: &[Value]) -> String {
    let mut xml = String::from("<row>");
    for cell in cells {
        match cell {
            Value::Null => xml.push_str("<c/>"),
            Value::Bool(value) => xml.push_str(&format!("<c t=\"b\"><v>{}</v></c>", u8::from(*value))),
            Value::Int(value) => xml.push_str(&format!("<c><v>{value}</v></c>")),
            Value::Real(value) => xml.push_str(&format!("<c><v>{value}</v></c>")),
            Value::Text(text) => {
                let cut: String = text.chars().take(CELL_LIMIT).collect();
                xml.push_str(&format!(
                    "<c t=\"inlineStr\"><is><t xml:space=\"preserve\">{}</t></is></c>",
                    escape(&cut)
                ));
            }
        }
    }
    xml.push_str("</row>");
    xml
}
