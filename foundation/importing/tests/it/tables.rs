//! Encodings, dialects, ragged rows, lines.

use importing::{Aside, RowFault, Table, TableRefusal, Wish, read_degrees, read_point, write_asides};

fn read(bytes: &[u8]) -> Table {
    Table::read(bytes, &Wish::default()).unwrap()
}

fn cells(table: &Table) -> Vec<Vec<String>> {
    table.rows().map(|row| row.cells.unwrap()).collect()
}

/// “straße;ñ” and one row, in every encoding that CSV comes in.
const TEXT: &str = "straße;niño\nMünchen;“ja”\n";

#[test]
fn the_encoding_is_found() {
    let utf16 = |bytes: fn(u16) -> [u8; 2]| TEXT.encode_utf16().flat_map(bytes).collect::<Vec<u8>>();
    let marked = |mark: &[u8], body: Vec<u8>| [mark, &body].concat();
    let windows: Vec<u8> = "stra\u{df}e;ni\u{f1}o\nM\u{fc}nchen;\u{93}ja\u{94}\n".chars().map(|c| c as u8).collect();
    for (bytes, encoding) in [
        (TEXT.as_bytes().to_vec(), "UTF-8"),
        (marked(&[0xEF, 0xBB, 0xBF], TEXT.as_bytes().to_vec()), "UTF-8"),
        (marked(&[0xFF, 0xFE], utf16(u16::to_le_bytes)), "UTF-16LE"),
        (marked(&[0xFE, 0xFF], utf16(u16::to_be_bytes)), "UTF-16BE"),
        (utf16(u16::to_le_bytes), "UTF-16LE"),
        (windows, "windows-1252"),
    ] {
        let table = read(&bytes);
        assert_eq!(table.encoding(), encoding);
        assert_eq!(table.header(), ["straße", "niño"], "{encoding}");
        assert_eq!(cells(&table), [["München", "“ja”"]], "{encoding}");
    }
    let latin = Wish { encoding: Some("latin1".to_owned()), ..Wish::default() };
    assert_eq!(Table::read(&b"a,b\n\xE9,1\n"[..], &latin).unwrap().rows().next().unwrap().cells.unwrap()[0], "é");
}

#[test]
fn the_delimiter_is_found() {
    for (delimiter, name) in [(',', "comma"), (';', "semicolon"), ('\t', "tab"), ('|', "pipe")] {
        // Decimal commas and sentences with commas do not mislead.
        let text =
            format!("a{delimiter}b{delimiter}c\n1{delimiter}\"x, y; z | w\"{delimiter}3\n4{delimiter}5{delimiter}6\n");
        let table = read(text.as_bytes());
        assert_eq!(table.delimiter(), Some(delimiter), "{name}");
        assert_eq!(cells(&table)[0], ["1", "x, y; z | w", "3"], "{name}");
    }
    assert_eq!(read(b"lat;long;x\n34,1;-118,2;1\n35,1;-117,2;2\n").delimiter(), Some(';'));
    assert_eq!(cells(&read(b"a,b\n\"say \\\"hello\\\", he said\",2\n"))[0], ["say \"hello\", he said", "2"]);
}

#[test]
fn lines_are_those_of_the_file() {
    for end in ["\n", "\r\n", "\r"] {
        let text = ["a,b", "", "1,\"two", "lines\"", "", "3,4", "5"].join(end);
        let lines: Vec<u64> = read(text.as_bytes()).rows().map(|row| row.line).collect();
        assert_eq!(lines, [3, 6, 7], "{end:?}");
    }
}

#[test]
fn ragged_rows_are_told_and_empty_ends_are_not_ragged() {
    let table = read(b"a,b,c\n1,2,3,,\n1,2\n1,2,3,4\n,,\n");
    let rows: Vec<_> = table.rows().map(|row| row.cells).collect();
    assert!(rows[0].is_ok());
    let ragged = |cells| Err(RowFault::Ragged { cells, columns: 3, begins: "1".to_owned() });
    assert_eq!(rows[1..], [ragged(2), ragged(4), Err(RowFault::Blank)]);
}

#[test]
fn every_column_has_a_name_of_its_own() {
    assert_eq!(read(b"\n,,\nid,,id, \n1,2,3,4\n").header(), ["id", "column 2", "id (2)", "column 4"]);
}

#[test]
fn what_is_no_table_is_refused_in_a_sentence() {
    let refusal = |bytes: &[u8]| Table::read(bytes, &Wish::default()).unwrap_err();
    assert_eq!(refusal(b""), TableRefusal::Empty);
    assert_eq!(refusal(b" \n\n"), TableRefusal::Empty);
    assert_eq!(refusal(b"a,b,c\n"), TableRefusal::NoRows);
    assert_eq!(refusal(b"PK\x03\x04rest"), TableRefusal::Spreadsheet);
    assert_eq!(refusal(b"\x1f\x8b\x08\x00"), TableRefusal::Packed);
    assert_eq!(refusal(b"ab\x00\x01\x02cdefgh\xff\xfe"), TableRefusal::Binary);
    let wish = Wish { delimiter: Some('x'), ..Wish::default() };
    assert_eq!(Table::read(&b"a"[..], &wish).unwrap_err(), TableRefusal::Delimiter);
    let wish = Wish { encoding: Some("klingon".to_owned()), ..Wish::default() };
    assert!(Table::read(&b"a"[..], &wish).unwrap_err().to_string().contains("klingon"));
    let wide = [b"x".to_vec(), vec![b','; importing::COLUMNS_LIMIT]].concat();
    assert!(matches!(refusal(&[wide, b"\n1".to_vec()].concat()), TableRefusal::TooManyColumns { .. }));
}

#[test]
fn degrees_and_points() {
    assert_eq!(read_degrees(" -118,24368 ", 180.0), Some(-118.243_68));
    assert_eq!(read_degrees("91", 90.0), None);
    for bad in ["", "north", "1.2.3", "1,234.5", "inf", "NaN", "0x10"] {
        assert_eq!(read_degrees(bad, 90.0), None, "{bad}");
    }
    assert_eq!(read_point("POINT (-118.2 34.1)"), Some((34.1, -118.2)));
    assert_eq!(read_point("(34.1, -118.2)"), Some((34.1, -118.2)));
    assert_eq!(read_point("12 Main St\nLos Angeles, CA\n(34.1, -118.2)"), Some((34.1, -118.2)));
    assert_eq!(read_point("34.1,-118.2"), Some((34.1, -118.2)));
    for bad in ["Main Street 5", "POINT EMPTY", "34.1", "(1, 2, 3)", ")(", "point"] {
        assert_eq!(read_point(bad), None, "{bad}");
    }
}

#[test]
fn formulas_in_what_is_set_aside_are_disarmed() {
    let aside =
        |value: &str| Aside { line: 7, column: "x".to_owned(), value: value.to_owned(), reason: "why".to_owned() };
    let mut written = Vec::new();
    write_asides(&mut written, &[aside("=cmd|' /C calc'!A0"), aside("-118.2"), aside("a \"b\"\nc")]).unwrap();
    let text = String::from_utf8(written).unwrap();
    assert_eq!(
        text,
        "line,column,value,reason\n7,x,'=cmd|' /C calc'!A0,why\n7,x,-118.2,why\n7,x,\"a \"\"b\"\"\nc\",why\n"
    );
}

fn unreadable(table: &Table) -> Vec<(u64, String)> {
    let fault = |row: importing::Row| match row.cells {
        Err(RowFault::Unreadable { begins, .. }) => Some((row.line, begins)),
        _ => None,
    };
    table.rows().filter_map(fault).collect()
}

fn good(table: &Table) -> Vec<Vec<String>> {
    table.rows().filter_map(|row| row.cells.ok()).collect()
}

/// Both ways to walk over a table say the same.
fn walked(table: &Table) -> (usize, usize) {
    let (mut stored, mut aside) = (0, 0);
    let each = table.each(|_, cells| {
        if cells.is_ok() {
            stored += 1
        } else {
            aside += 1
        }
        Ok::<(), ()>(())
    });
    each.unwrap();
    (stored, aside)
}

#[test]
fn quotes_that_do_not_come_out_even_are_told_and_nothing_is_changed() {
    let escaped = read(b"a,b\n\"x \\\"q\\\" y\",2\n\"C:\\temp\",3\n");
    assert_eq!(good(&escaped), [["x \"q\" y", "2"], ["C:\\temp", "3"]], "backslashes where they remove faults");
    let early = read(b"a,b\n1,2\n\"x\"y,3\n4,5\n");
    assert_eq!(
        (good(&early), unreadable(&early)),
        (
            vec![vec!["1".to_owned(), "2".to_owned()], vec!["4".to_owned(), "5".to_owned()]],
            vec![(3, "\"x\"y,3".to_owned())]
        )
    );
    assert_eq!(walked(&early), (2, 1));
    let never = read(b"a,b\n1,\"open\n2,3\n4,\"two\nlines\"\n5,6\n");
    assert_eq!(unreadable(&never).iter().map(|(line, _)| *line).collect::<Vec<_>>(), [2]);
    assert_eq!(good(&never), [["2", "3"], ["4", "two\nlines"], ["5", "6"]]);
    assert_eq!(walked(&never), (3, 1));
    // What is good stays as it was: doubled quotes, a path in quotes, a quote within a word.
    let fine = read(b"a,b\n\"say \"\"hi\"\"\",\"C:\\x\"\n5\" pipe,\"\"\n");
    assert_eq!(good(&fine), [["say \"hi\"", "C:\\x"], ["5\" pipe", ""]]);
    // A fault far behind the first records is seen too.
    let late = format!("a,b\n{}\"x\"y,1\n1,2\n", "1,2\n".repeat(3_000));
    let late = read(late.as_bytes());
    assert_eq!((walked(&late), unreadable(&late)[0].0), ((3_001, 1), 3_002));
}

#[test]
fn lines_above_a_table_are_passed_over_and_told() {
    for (text, lines) in [
        ("# made in 2026\na,b,c\n1,2,3\n4,5,6\n", &[1][..]),
        ("Weather of the town\n\nhourly; simulated\na,b,c\n1,2,3\n4,5,6\n", &[1, 3]),
        ("Weather of the town,,\na,b,c\n1,2,3\n4,5,6\n", &[1]),
        ("sep=,\na,b,c\n1,2,3\n4,5,6\n", &[1]),
        ("# x, y\n# z\na,b,c\n1,2,3\n4,5,6\n", &[1, 2]),
        ("a,b,c\n1,2,3\n4,5,6\n", &[]),
    ] {
        let table = read(text.as_bytes());
        assert_eq!(table.header(), ["a", "b", "c"], "{text}");
        assert_eq!(cells(&table), [["1", "2", "3"], ["4", "5", "6"]], "{text}");
        assert_eq!(table.passed().iter().map(|one| one.line).collect::<Vec<_>>(), lines, "{text}");
        assert_eq!(table.rows().next().unwrap().line, lines.last().unwrap_or(&0) + 2, "{text}");
    }
    // What may be names stays names.
    for text in ["# id,b\n1,2\n3,4\n", "name,\n1,2\n3,4\n", "one\n1,2\n3,4\n"] {
        assert!(read(text.as_bytes()).passed().is_empty(), "{text}");
    }
}

#[test]
fn what_is_said_of_a_file_is_followed() {
    let read = |text: &str, wish: Wish| Table::read(text.as_bytes(), &wish).unwrap();
    let wish = Wish { skip_lines: Some(2), quote: Some(Some('\'')), comment: Some('%'), ..Wish::default() };
    let table = read("one\ntwo\n%three\na,b\n'x, y',2\n%four\n3,\"4\n", wish);
    assert_eq!(good(&table), [["x, y", "2"], ["3", "\"4"]]);
    assert_eq!(table.passed().iter().map(|one| one.text.as_str()).collect::<Vec<_>>(), ["one", "two", "%three"]);
    assert_eq!(unreadable(&table), [(6, "%four".to_owned())]);
    let wish = Wish { header_lines: Some(0), names: vec!["id".to_owned()], ..Wish::default() };
    let table = read("1,2\n3,4\n", wish);
    assert_eq!((table.header(), table.rows().count()), (&["id".to_owned(), "column 2".to_owned()][..], 2));
    let wish = Wish { header_lines: Some(2), ..Wish::default() };
    assert_eq!(good(&read("a,b\nmetres,years\n1,2\n", wish)), [["1", "2"]]);
    let wish = Wish { quote: Some(None), ..Wish::default() };
    assert_eq!(good(&read("a,b\n\"x,2\n", wish)), [["\"x", "2"]]);
}

#[test]
fn lines_that_are_passed_over_end_with_the_file_and_are_shown_up_to_a_limit() {
    let read = |text: &str, wish: &Wish| Table::read(text.as_bytes(), wish);
    for most in [4, u64::MAX] {
        let wish = Wish { skip_lines: Some(most), ..Wish::default() };
        assert_eq!(read("one\ntwo\na,b\n1,2\n", &wish).unwrap_err(), TableRefusal::Empty, "{most}");
        let wish = Wish { header_lines: Some(most), ..Wish::default() };
        assert_eq!(read("a,b\nc,d\n1,2\n", &wish).unwrap_err(), TableRefusal::NoRows, "{most}");
    }
    let wish = Wish { skip_lines: Some(60), ..Wish::default() };
    let table = read(&format!("{}a,b\n1,2\n", "title\n".repeat(60)), &wish).unwrap();
    assert_eq!((table.header()[0].as_str(), table.passed().len()), ("a", 50));
    // However many lines are asked for, only so many are looked at.
    let wish = Wish { skip_lines: Some(u64::MAX), ..Wish::default() };
    let table = read(&format!("{}a,b\n1,2\n", "\n".repeat(1_000)), &wish).unwrap();
    assert_eq!(table.header(), ["a", "b"]);
}

#[test]
fn rare_dialects_are_found_where_they_are_sure() {
    let found = |text: &str| {
        let table = read(text.as_bytes());
        (table.delimiter().unwrap(), table.header().len())
    };
    assert_eq!(found("sep=;\na;b\n1,5;2\n"), (';', 2));
    assert_eq!(found("a^b\n1^2\n3^4\n"), ('^', 2));
    assert_eq!(found("x y\n1 2\n3 4\n"), (' ', 2));
    assert_eq!(found("full name\nAda Lovelace\nAlan Turing\n").1, 1, "words are no columns");
    let single = read(b"'a','b'\n'x, y','it''s'\n");
    assert_eq!(
        (single.header(), cells(&single)),
        (&["a".to_owned(), "b".to_owned()][..], vec![vec!["x, y".to_owned(), "it's".to_owned()]])
    );
    assert_eq!(cells(&read(b"a,b\n'tis,2\n")), [["'tis", "2"]]);
}

#[test]
fn utf_32_is_read() {
    for (mark, is_little) in [(true, true), (true, false), (false, true), (false, false)] {
        let text = format!("{}{TEXT}", if mark { "\u{FEFF}" } else { "" });
        let number = |c: char| if is_little { (c as u32).to_le_bytes() } else { (c as u32).to_be_bytes() };
        let table = read(&text.chars().flat_map(number).collect::<Vec<u8>>());
        assert_eq!(table.encoding(), if is_little { "UTF-32LE" } else { "UTF-32BE" });
        assert_eq!(cells(&table), [["München", "“ja”"]]);
    }
    let broken = [0xFF, 0xFE, 0, 0, 0, 0, 0, 0xD8];
    assert!(matches!(Table::read(&broken[..], &Wish::default()), Err(TableRefusal::Encoding { .. })));
}
