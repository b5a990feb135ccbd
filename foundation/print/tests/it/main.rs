//! Sheets as readers get them.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

use civic::Language;
use print::{A4, Anchor, Color, Mark, PrintError, Role, Sheet, Style, width_of};

const INK: Color = Color(16, 32, 30);
const STYLE: Style = Style::new(12.0, false, INK);

fn sheet(language: Language) -> Sheet {
    Sheet { size: A4, language, title: "Title & more".into(), description: "What <it> says".into(), marks: Vec::new() }
}

#[test]
fn text_stays_text_and_nothing_gets_out_of_it() {
    let mut sheet = sheet(Language::En);
    sheet.text((40.0, 60.0), "<script>alert(1)</script> & \"more\"", STYLE, Anchor::Begin);
    let svg = sheet.to_svg().unwrap();
    assert!(svg.contains("&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;more&quot;</text>"), "{svg}");
    assert!(svg.contains("What &lt;it&gt; says") && svg.contains("lang=\"en\"") && !svg.contains("<script"));
}

#[test]
fn an_arabic_sheet_is_mirrored_but_not_what_has_a_shape() {
    let mark = Mark::Outline {
        at: (40.0, 50.0),
        width: 100.0,
        rings: vec![vec![(0.0, 0.0), (10.0, 0.0), (10.0, 5.0)]],
        color: INK,
        line: None,
        alt: String::new(),
    };
    let [english, arabic] = [Language::En, Language::Ar].map(|language| {
        let mut sheet = sheet(language);
        sheet.text((40.0, 60.0), "Kiosk", STYLE, Anchor::Begin);
        sheet.marks.push(mark.clone());
        sheet.to_svg().unwrap()
    });
    assert!(english.contains("<text x=\"40.00\"") && english.contains("M40.00 50.00L50.00 50.00"));
    assert!(arabic.contains("<text x=\"555.28\"") && arabic.contains("direction=\"rtl\""));
    assert!(
        arabic.contains("M455.28 50.00L465.28 50.00"),
        "moved, and still with its long side to the right: {arabic}"
    );
}

#[test]
fn letters_join_and_directions_mix() {
    let width = |text: &str, is_rtl| width_of(text, &STYLE, is_rtl).unwrap();
    // Joined, the four letters of "بيت " are narrower than each alone.
    let alone: f32 = ["ب", "ي", "ت"].iter().map(|letter| width(letter, true)).sum();
    assert!(width("بيت", true) < alone * 0.95, "{} of {alone}", width("بيت", true));
    // Signs that only say how text runs take no room, and a line is as wide in either direction.
    assert!((width("\u{2068}123\u{2069}", false) - width("123", false)).abs() < 1e-4);
    assert!((width("abc 12", false) - width("abc 12", true)).abs() < 1e-4);
    assert!(width("señal – 1,234", false) > width("señal", false));
    assert_eq!(width("", true), 0.0);
}

#[test]
fn a_pdf_has_its_fonts_and_its_words_in_it() {
    let mut arabic = sheet(Language::Ar);
    arabic.text((40.0, 60.0), "الحي 9 (95%)", STYLE, Anchor::Begin);
    arabic.code((40.0, 700.0), 90.0, "https://town.example/requests/figures/districts/9").unwrap();
    arabic.words((40.0, 90.0), &"كلمة ".repeat(200), STYLE, 500.0).unwrap();
    let pdf = arabic.to_pdf().unwrap();
    let holds = |bytes: &[u8]| pdf.windows(bytes.len()).any(|window| window == bytes);
    assert!(pdf.starts_with(b"%PDF-1.7") && holds(b"/Lang (ar)") && holds(b"/R2L") && holds(b"+DejaVuSansCondensed"));
    assert!(!holds(b"DejaVuSansCondensed-Bold"), "a font that is not needed is not in it");
    assert!(pdf.len() < 40_000, "only the glyphs that are needed are in it: {} bytes", pdf.len());
    assert_eq!(pdf, arabic.to_pdf().unwrap(), "the same again");
}

#[test]
fn a_text_keeps_to_the_room_it_has() {
    let mut narrow = sheet(Language::Es);
    let text = "la mitad tuvo una primera respuesta en";
    let wide = width_of(text, &STYLE, false).unwrap();
    narrow.fitted((40.0, 60.0), text, STYLE, wide + 1.0).unwrap();
    narrow.fitted((40.0, 90.0), text, STYLE, 100.0).unwrap();
    let sizes: Vec<f32> = narrow
        .marks
        .iter()
        .map(|mark| match mark {
            Mark::Text { style, .. } => style.size,
            _ => 0.0,
        })
        .collect();
    assert_eq!(sizes[0], 12.0);
    let small = width_of(text, &Style { size: sizes[1], ..STYLE }, false).unwrap();
    assert!(sizes[1] < 12.0 && (small - 100.0).abs() < 0.01, "{small}");
    let svg = narrow.to_svg().unwrap();
    assert!(svg.contains("textLength=\"100.00\"") && svg.contains(&format!("textLength=\"{wide:.2}\"")), "{svg}");
}

#[test]
fn limits_have_sentences() {
    let mut full = sheet(Language::En);
    full.marks = vec![Mark::Dot { at: (0.0, 0.0), radius: 1.0, color: INK }; 20_001];
    assert_eq!(full.to_pdf(), Err(PrintError::TooMuch));
    assert!(full.code((0.0, 0.0), 90.0, &"x".repeat(3_000)).is_err());
}

#[test]
fn sheets_are_the_pages_of_one_document() {
    let mut one = sheet(Language::En);
    one.text((40.0, 60.0), "First", STYLE, Anchor::Begin);
    let mut other = sheet(Language::En);
    other.text((40.0, 60.0), "Second", STYLE, Anchor::Begin);
    let document = print::pdf_of(&[one.clone(), other]).unwrap();
    let text = String::from_utf8_lossy(&document);
    assert!(text.contains("/Count 2") && text.matches("/MediaBox").count() == 2, "{text}");
    assert_eq!(text.matches("/FontFile2").count(), 1, "the font is in it once");
    assert_eq!(print::pdf_of(std::slice::from_ref(&one)).unwrap(), one.to_pdf().unwrap());
    assert_eq!(print::pdf_of(&[]), Err(PrintError::Empty));
}

/// The structure of a document as a stranger reads it: an element a line, each deeper by its depth.
fn structure_of(document: &[u8]) -> String {
    let path = std::env::temp_dir().join(format!("polity-print-{}.pdf", std::process::id()));
    std::fs::write(&path, document).unwrap();
    let told = std::process::Command::new("pdfinfo").arg("-struct").arg(&path).output();
    let _ = std::fs::remove_file(&path);
    let told = told.expect("pdfinfo is there (Debian: apt-get install poppler-utils)");
    assert!(told.status.success(), "{}", String::from_utf8_lossy(&told.stderr));
    String::from_utf8(told.stdout).unwrap()
}

/// A sheet with one of everything that is told.
fn told() -> Sheet {
    let mut sheet = sheet(Language::En);
    sheet.marks.push(Mark::Bar { x: 0.0, y: 0.0, width: 500.0, height: 80.0, color: INK });
    sheet.text((40.0, 60.0), "Kiosk", STYLE.of(Role::Title), Anchor::Begin);
    sheet.words((40.0, 90.0), &"word ".repeat(40), STYLE, 300.0).unwrap();
    sheet.text((40.0, 200.0), "Categories", STYLE.of(Role::Heading), Anchor::Begin);
    for (x, head) in [(200.0, "Reports"), (300.0, "On time")] {
        sheet.text((x, 200.0), head, STYLE.of(Role::ColumnHead), Anchor::End);
    }
    for (y, name) in [(220.0, "Lamps"), (240.0, "Bins")] {
        sheet.text((40.0, y), name, STYLE.of(Role::RowHead), Anchor::Begin);
        sheet.text((200.0, y), "12", STYLE.of(Role::Cell), Anchor::End);
        sheet.text((300.0, y), "95%", STYLE.of(Role::Cell), Anchor::End);
    }
    sheet.code((40.0, 700.0), 90.0, "https://town.example/r").unwrap();
    sheet
}

#[test]
fn a_pdf_tells_its_structure_in_the_order_of_reading() {
    let document = told().to_pdf().unwrap();
    let text = String::from_utf8_lossy(&document);
    assert!(
        text.contains("/Marked true") && text.contains("/StructParents 0") && text.contains("/ParentTree"),
        "{text}"
    );
    let tags: Vec<&str> = text.split("/S /").skip(1).map(|rest| rest.split_whitespace().next().unwrap()).collect();
    let count = |tag: &str| tags.iter().filter(|one| **one == tag).count();
    let expected = [("H1", 1), ("H2", 1), ("P", 1), ("Table", 1), ("TR", 3), ("TH", 4), ("TD", 5), ("Figure", 1)];
    for (tag, number) in expected {
        assert_eq!(count(tag), number, "{tag} in {tags:?}");
    }
    assert!(text.contains("/Alt (https://town.example/r)"), "a code says what it opens");
    let texts = told().marks.iter().filter(|mark| matches!(mark, Mark::Text { .. })).count();
    assert_eq!(text.matches("/MCID").count(), texts + 1, "each text, and the code, is in the tree once");
}

/// Poppler (Debian: poppler-utils) reads what we write; `scripts/test` installs it.
#[test]
fn a_stranger_reads_the_structure() {
    let told = structure_of(&told().to_pdf().unwrap());
    let tags = ["Document", "H1", "P", "H2", "Table", "TR", "TH", "TD", "Figure"];
    let tag = |line: &str| tags.into_iter().find(|tag| line.trim().split([' ', ':']).next() == Some(*tag));
    let seen: Vec<&str> = told.lines().filter_map(tag).collect();
    let rows = ["TR", "TD", "TH", "TH", "TR", "TH", "TD", "TD", "TR", "TH", "TD", "TD"];
    let expected: Vec<&str> =
        ["Document", "H1", "P", "H2", "Table"].into_iter().chain(rows).chain(["Figure"]).collect();
    assert_eq!(seen, expected, "{told}");
}
