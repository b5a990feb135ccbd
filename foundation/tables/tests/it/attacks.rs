//! Small files that claim to be large, names that lead elsewhere, parts that are no files.

use crate::shelf::TestShelf;
use std::io::{Cursor, Write as _};
use tables::{Refused, SourceForm};
use zip::{ZipWriter, write::SimpleFileOptions};

fn archive(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut book = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in entries {
        book.start_file(*name, SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated))
            .unwrap();
        book.write_all(bytes).unwrap();
    }
    book.finish().unwrap().into_inner()
}

fn read(bytes: &[u8]) -> Result<Vec<tables::Sheet>, Refused> {
    tables::read(bytes, &importing::Wish::default())
}

#[test]
fn a_bomb_is_not_unpacked() {
    let zeros = vec![b'0'; 64 * 1024 * 1024];
    let bomb = archive(&[("a.csv", &zeros)]);
    assert!(bomb.len() < 100_000, "{}", bomb.len());
    assert!(matches!(read(&bomb), Err(Refused::Bomb { .. })));
    let workbook = archive(&[("[Content_Types].xml", b"<a/>"), ("xl/worksheets/sheet1.xml", &zeros)]);
    assert!(matches!(read(&workbook), Err(Refused::Bomb { .. })));
}

/// An archive of one stored file whose headers (zip64) say that it has so many bytes.
fn claiming(name: &str, bytes: &[u8], size: u64) -> Vec<u8> {
    let (name, mut crc) = (name.as_bytes(), !0_u32);
    for byte in bytes {
        crc ^= u32::from(*byte);
        (0..8).for_each(|_| crc = if crc & 1 == 1 { (crc >> 1) ^ 0xedb8_8320 } else { crc >> 1 });
    }
    let small = |number: usize| u16::try_from(number).unwrap().to_le_bytes();
    let mut extra = [1_u16.to_le_bytes(), 16_u16.to_le_bytes()].concat();
    extra.extend(size.to_le_bytes());
    extra.extend(size.to_le_bytes());
    // Version 4.5, no flags, stored, no time; then the sum, and sizes that stand in the extra field.
    let mut about = [45_u16, 0, 0, 0, 33].map(u16::to_le_bytes).concat();
    about.extend((!crc).to_le_bytes());
    about.extend([0xff; 8]);
    about.extend([small(name.len()), small(extra.len())].concat());
    let mut file = [&b"PK\x03\x04"[..], &about, name, &extra, bytes].concat();
    let at = u32::try_from(file.len()).unwrap();
    let central = [&b"PK\x01\x02"[..], &45_u16.to_le_bytes(), &about, &[0; 14], name, &extra].concat();
    file.extend(&central);
    file.extend([&b"PK\x05\x06"[..], &[0, 0, 0, 0, 1, 0, 1, 0]].concat());
    file.extend(u32::try_from(central.len()).unwrap().to_le_bytes());
    file.extend(at.to_le_bytes());
    file.extend([0, 0]);
    file
}

#[test]
fn a_claim_of_ten_gigabytes_is_refused_before_anything_is_unpacked() {
    let honest = claiming("a.csv", b"a,b\n1,2\n", 8);
    assert_eq!(read(&honest).unwrap()[0].table.rows().count(), 1, "the archive itself is good");
    let lies = claiming("a.csv", b"a,b\n1,2\n", 10 * 1024 * 1024 * 1024);
    assert!(matches!(read(&lies), Err(Refused::Bomb { .. })), "{:?}", read(&lies).map(|sheets| sheets.len()));
}

#[test]
fn a_sheet_that_claims_to_be_huge_is_refused() {
    let sheet = br#"<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>"#;
    let types = br#"<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>"#;
    let rels = br#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
    let book = br#"<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="s" sheetId="1" r:id="rId1"/></sheets></workbook>"#;
    let book_rels = br#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#;
    let bytes = archive(&[
        ("[Content_Types].xml", types),
        ("_rels/.rels", rels),
        ("xl/workbook.xml", book),
        ("xl/_rels/workbook.xml.rels", book_rels),
        ("xl/worksheets/sheet1.xml", sheet),
    ]);
    assert!(matches!(read(&bytes), Err(Refused::TooManyCells { .. })), "{:?}", read(&bytes).map(|sheets| sheets.len()));
    let ods = br#"<office:document-content><table:table table:name="a"><table:table-row table:number-rows-repeated="1048576"><table:table-cell office:value-type="float" office:value="1" table:number-columns-repeated="16384"/></table:table-row></table:table></office:document-content>"#;
    let bytes = archive(&[("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", ods)]);
    assert!(matches!(read(&bytes), Err(Refused::TooManyCells { .. })));
}

#[test]
fn names_in_archives_and_of_tables_lead_nowhere() {
    let bytes = archive(&[("../../etc/evil.csv", b"a,b\n1,2\n"), ("__MACOSX/x.csv", b"junk")]);
    let sheets = read(&bytes).unwrap();
    assert_eq!((sheets.len(), sheets[0].name.as_str()), (1, "evil"));
    let shelf = TestShelf::new();
    for bad in ["../x", "a/b", "", "a.b", "a\0b", &"x".repeat(200)] {
        assert!(matches!(shelf.shelf.take_in(bad, &sheets[0], None), Err(Refused::Gone)), "{bad}");
        assert!(matches!(shelf.shelf.open(bad), Err(Refused::Gone)));
    }
}

#[test]
fn what_is_in_the_bytes_decides() {
    assert_eq!(tables::sniff(b"{\"a\": 1}"), SourceForm::Json);
    assert_eq!(tables::sniff(b"{not json,b\n1,2"), SourceForm::Csv);
    assert_eq!(tables::sniff(b"{\"type\": \"FeatureCollection\", \"features\": []}"), SourceForm::GeoJson);
    for (bytes, code) in [
        (&b""[..], "data-file-empty"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\0\0\0\0\0", "data-file-binary"),
        (b"%PDF-1.7\n%abc\n", "data-file-binary"),
        (b"\x1f\x8b\x08\0\0", "data-file-packed"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "data-file-old-workbook"),
        (b"PK\x03\x04 and nothing", "data-file-workbook"),
        (b"a,b\n", "data-file-no-rows"),
        (b"[1, 2]", "data-file-json"),
        (b"[]", "data-file-no-rows"),
    ] {
        assert_eq!(read(bytes).unwrap_err().code(), code, "{:?}", String::from_utf8_lossy(bytes));
    }
    let wide: String = (0..1_100).map(|n| format!("c{n},")).collect();
    assert_eq!(read(format!("{wide}\n{wide}\n").as_bytes()).unwrap_err().code(), "data-file-columns");
}

#[test]
fn columns_named_like_sql_do_no_harm() {
    let shelf = TestShelf::new();
    let text = "_id,\"a\"\"; drop table data; --\",rowid,Name,name\n9,x,1,2,3\n";
    let (table, _) = shelf.take("odd", text.as_bytes()).unwrap();
    let names: Vec<&str> = table.info().columns.iter().map(|column| column.name.as_str()).collect();
    assert_eq!(names, ["_id (2)", "a\"; drop table data; --", "rowid", "Name", "name (2)"]);
    let sorted = tables::Plan {
        sort: Some(tables::Sort { column: "a\"; drop table data; --".into(), descending: true }),
        limit: 5,
        ..tables::Plan::default()
    };
    assert_eq!(table.ask(&sorted).unwrap().rows[0].1[0], tables::Value::Int(9));
}
