//! Workbooks made here, part by part, so that what is inside can be spoilt and not only the archive around it.

use crate::readers::{contest, spoilt};
use proptest::prelude::*;
use tallying::{Mark, Provider, RankedBallots, Source, read_source};

const WORKBOOK: &str = r#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Votes" sheetId="1" r:id="rId1"/></sheets></workbook>"#;
const RELATIONS: &str = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#;

const START: &str = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;

fn checksum(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0u32, |sum, byte| {
        (0..8).fold(sum ^ u32::from(*byte), |sum, _| if sum & 1 == 1 { (sum >> 1) ^ 0xEDB8_8320 } else { sum >> 1 })
    })
}

/// A ZIP archive of stored files (APPNOTE 4.3).
fn archive(files: &[(&str, &[u8])]) -> Vec<u8> {
    let (mut out, mut directory) = (Vec::new(), Vec::new());
    for (name, bytes) in files {
        let (at, size) = (out.len() as u32, (bytes.len() as u32).to_le_bytes());
        let mut common = vec![20, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        common.extend(checksum(bytes).to_le_bytes());
        common.extend([size, size].concat());
        common.extend((name.len() as u16).to_le_bytes());
        common.extend([0, 0]);
        out.extend(b"PK\x03\x04");
        out.extend(&common);
        out.extend(name.as_bytes());
        out.extend(*bytes);
        directory.extend(b"PK\x01\x02\x14\x00");
        directory.extend(&common);
        directory.extend([0; 10]);
        directory.extend(at.to_le_bytes());
        directory.extend(name.as_bytes());
    }
    let (at, files) = (out.len() as u32, files.len() as u16);
    out.extend(&directory);
    out.extend(b"PK\x05\x06\0\0\0\0");
    out.extend([files.to_le_bytes(), files.to_le_bytes()].concat());
    out.extend((directory.len() as u32).to_le_bytes());
    out.extend(at.to_le_bytes());
    out.extend([0, 0]);
    out
}

fn cell(place: &str, text: &str) -> String {
    format!(r#"<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>"#)
}

fn sheet(rows: &[(u32, String)]) -> String {
    let rows: String = rows.iter().map(|(number, cells)| format!(r#"<row r="{number}">{cells}</row>"#)).collect();
    format!(
        r#"<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{rows}</sheetData></worksheet>"#
    )
}

fn read(sheet: &[u8]) -> Result<RankedBallots, String> {
    let book = archive(&[
        ("_rels/.rels", START.as_bytes()),
        ("xl/workbook.xml", WORKBOOK.as_bytes()),
        ("xl/_rels/workbook.xml.rels", RELATIONS.as_bytes()),
        ("xl/worksheets/sheet1.xml", sheet),
    ]);
    let contest = contest();
    let source = Source { provider: Provider::Ess, overvote_delimiter: "|".into(), ..contest.sources[0].clone() };
    let mut ballots = RankedBallots::default();
    read_source(&contest, &source, &book, &mut ballots).map(|()| ballots).map_err(|error| error.to_string())
}

fn votes() -> String {
    sheet(&[
        (1, cell("A1", "id") + &cell("B1", "first") + &cell("C1", "second")),
        (2, cell("A2", "1") + &cell("B2", "Ann") + &cell("C2", " Bo ")),
        (3, cell("A3", "2") + &cell("C3", "Ann|write-in")),
        (4, cell("A4", "3")),
    ])
}

#[test]
fn rows_become_ballots_and_columns_ranks() {
    let ballots = read(votes().as_bytes()).unwrap();
    let marks: Vec<Vec<(u16, u16)>> = ballots
        .iter()
        .map(|one| one.marks.iter().map(|Mark { rank, candidate }| (*rank, *candidate)).collect())
        .collect();
    assert_eq!(marks, [vec![(1, 0), (2, 1)], vec![(2, 0), (2, 2)], vec![]]);
}

#[test]
fn a_small_file_cannot_claim_a_large_sheet() {
    let far = sheet(&[(2, cell("A2", "1") + &cell("B2", "Ann")), (1_048_576, cell("XFD1048576", "Bo"))]);
    let ballots = read(far.as_bytes()).unwrap();
    assert_eq!((ballots.len(), ballots.marks_len()), (2, 1), "the far cell is beyond the ranks that are read");
}

#[test]
fn faults_of_workbooks_are_placed() {
    let fault = |rows: &[(u32, String)]| read(sheet(rows).as_bytes()).unwrap_err();
    assert!(fault(&[(2, cell("B2", "Cy"))]).starts_with("row 2, column 2: “Cy” is no candidate of this contest"));
    let back = fault(&[(5, cell("B5", "Ann")), (3, cell("B3", "Ann"))]);
    assert_eq!(back, "row 3: the rows of the sheet do not follow one another");
    assert_eq!(
        fault(&[(2, cell("B2", "Ann| "))]),
        "row 2, column 2: among several candidates of one cell there is an empty one"
    );
}

#[test]
fn a_reference_beyond_all_numbers_is_refused() {
    for place in ["B4294967298", "AAAAAAAAAA2", "B99999999999999999999"] {
        let fault = read(sheet(&[(2, cell(place, "Ann"))]).as_bytes()).unwrap_err();
        assert!(fault.contains("this is no XLSX workbook"), "{place}: {fault}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn a_spoilt_sheet_never_panics(sheet in spoilt(votes().into_bytes())) {
        let _ = read(&sheet);
    }
}
