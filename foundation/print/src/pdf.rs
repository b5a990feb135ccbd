//! A sheet as tagged PDF 1.7: each text carries the words it stands for and what it is, so that it can be searched, copied and read aloud
//! in its own order; what only decorates is passed over.

use crate::{
    PrintError,
    fonts::{self, Font},
    letters::{self, Line},
    sheet::{Anchor, Color, Mark, Role, Sheet},
    structure::Pieces,
};
use flate2::{Compression, write::ZlibEncoder};
use pdf_writer::{
    Content, Filter, Finish as _, Name, Pdf, Rect, Ref, Str, TextStr,
    types::{CidFontType, Direction, FontFlags, SystemInfo},
};
use rustybuzz::ttf_parser::GlyphId;
use std::{collections::BTreeMap, io::Write as _};
use subsetter::GlyphRemapper;

const INFO: SystemInfo<'_> = SystemInfo { registry: Str(b"Adobe"), ordering: Str(b"Identity"), supplement: 0 };
/// How far from the middle of a disc its curves are pulled, for a radius of 1.
const CURVE: f32 = 0.552_284_8;

/// The glyphs a sheet needs, with their numbers in the file: of the regular font and of the bold one.
type Used = BTreeMap<bool, GlyphRemapper>;

/// Sheets of one language, one page each; language, title and description are those of the first.
pub(crate) fn draw(sheets: &[Sheet]) -> Result<Vec<u8>, PrintError> {
    let first = sheets.first().ok_or(PrintError::Empty)?;
    let mut ids = (1..).map(Ref::new);
    let mut next = || ids.next().expect("there are more references than objects");
    let [catalog, pages, info, structure] = [(); 4].map(|()| next());
    let page_ids: Vec<(Ref, Ref)> = sheets.iter().map(|_| (next(), next())).collect();
    let mut used = Used::new();
    let mut pieces = Pieces::default();
    let contents = (0..).zip(sheets).map(|(page, sheet)| content_of(sheet, &mut used, page, &mut pieces));
    let contents = contents.collect::<Result<Vec<_>, _>>()?;
    let mut pdf = Pdf::new();
    let mut root = pdf.catalog(catalog);
    root.pages(pages).lang(TextStr(first.language.tag()));
    root.mark_info().marked(true);
    root.pair(Name(b"StructTreeRoot"), structure);
    let direction = if first.is_rtl() { Direction::R2L } else { Direction::L2R };
    root.viewer_preferences().display_doc_title(true).direction(direction);
    root.finish();
    pdf.document_info(info).title(TextStr(&first.title)).subject(TextStr(&first.description));
    let count = i32::try_from(sheets.len()).unwrap_or(i32::MAX);
    pdf.pages(pages).kids(page_ids.iter().map(|(page, _)| *page)).count(count);
    let fonts: Vec<(bool, Ref)> = used.keys().map(|is_bold| (*is_bold, next())).collect();
    for (number, ((sheet, content), ids)) in (0..).zip(sheets.iter().zip(&contents).zip(&page_ids)) {
        put_page(&mut pdf, sheet, (number, content), (pages, *ids), &fonts);
    }
    let shown: Vec<Ref> = page_ids.iter().map(|(page, _)| *page).collect();
    pieces.put(&mut pdf, structure, &shown, &mut next);
    for ((is_bold, glyphs), (_, id)) in used.iter().zip(fonts) {
        embed(&mut pdf, fonts::font(*is_bold), glyphs, [id, next(), next(), next()])?;
    }
    Ok(pdf.finish())
}

/// Puts one page into the file.
fn put_page(
    pdf: &mut Pdf,
    sheet: &Sheet,
    (number, content): (i32, &[u8]),
    (pages, (page_id, content_id)): (Ref, (Ref, Ref)),
    fonts: &[(bool, Ref)],
) {
    let mut page = pdf.page(page_id);
    page.media_box(Rect::new(0.0, 0.0, sheet.size.0, sheet.size.1)).parent(pages).contents(content_id);
    page.struct_parents(number);
    let mut resources = page.resources();
    let mut dictionary = resources.fonts();
    for (is_bold, id) in fonts {
        dictionary.pair(font_name(*is_bold), *id);
    }
    dictionary.finish();
    resources.finish();
    page.finish();
    let content = packed(content);
    pdf.stream(content_id, &content).filter(Filter::FlateDecode);
}

fn font_name(is_bold: bool) -> Name<'static> {
    if is_bold { Name(b"Bold") } else { Name(b"Regular") }
}

fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
    // Writing to a Vec cannot fail.
    let _ = encoder.write_all(bytes);
    encoder.finish().unwrap_or_default()
}

/// Puts the used glyphs of a font into the file.
fn embed(
    pdf: &mut Pdf,
    font: &Font,
    glyphs: &GlyphRemapper,
    [id, cid, descriptor, file]: [Ref; 4],
) -> Result<(), PrintError> {
    let face = font.face()?;
    let bytes = subsetter::subset(font.bytes, 0, glyphs).map_err(|_| PrintError::Font(font.name))?;
    let tagged = format!("{}+{}", tag(glyphs), font.name);
    let name = Name(tagged.as_bytes());
    let scale = 1_000.0 / face.units_per_em() as f32;
    pdf.type0_font(id).base_font(name).encoding_predefined(Name(b"Identity-H")).descendant_font(cid);
    let mut cid_font = pdf.cid_font(cid);
    cid_font.subtype(CidFontType::Type2).base_font(name).system_info(INFO).font_descriptor(descriptor);
    cid_font.cid_to_gid_map_predefined(Name(b"Identity"));
    let advance = |glyph| f32::from(face.glyph_hor_advance(GlyphId(glyph)).unwrap_or_default());
    cid_font.widths().consecutive(0, glyphs.remapped_gids().map(|glyph| advance(glyph) * scale));
    cid_font.finish();
    let edge = |value: i16| f32::from(value) * scale;
    let bounds = face.global_bounding_box();
    pdf.font_descriptor(descriptor)
        .name(name)
        .flags(FontFlags::SYMBOLIC)
        .bbox(Rect::new(edge(bounds.x_min), edge(bounds.y_min), edge(bounds.x_max), edge(bounds.y_max)))
        .italic_angle(0.0)
        .ascent(edge(face.ascender()))
        .descent(edge(face.descender()))
        .cap_height(edge(face.capital_height().unwrap_or(face.ascender())))
        .stem_v(if font.is_bold { 140.0 } else { 80.0 })
        .font_file2(file);
    let packed = packed(&bytes);
    let length = i32::try_from(bytes.len()).unwrap_or(i32::MAX);
    pdf.stream(file, &packed).filter(Filter::FlateDecode).pair(Name(b"Length1"), length);
    Ok(())
}

/// Six letters that name a choice of glyphs, as a font that is not whole must have before its name (ISO 32000-1, 9.6.4).
fn tag(glyphs: &GlyphRemapper) -> String {
    let hash = glyphs.remapped_gids().fold(0_u32, |hash, glyph| hash.wrapping_mul(31).wrapping_add(u32::from(glyph)));
    (0..6).map(|place| char::from(b'A' + (hash / 26_u32.pow(place) % 26) as u8)).collect()
}

/// The marks of a page, with the glyphs they need and what they say.
fn content_of(sheet: &Sheet, used: &mut Used, page: usize, pieces: &mut Pieces) -> Result<Vec<u8>, PrintError> {
    let mut content = Content::new();
    let mut marks = sheet.marks.iter().peekable();
    while let Some(mark) = marks.next() {
        if let Mark::Text { x, y, text, style, anchor } = mark {
            let line = letters::lay(text, style, sheet.is_rtl())?;
            let back = match (anchor, sheet.is_rtl()) {
                (Anchor::Begin, false) | (Anchor::End, true) => 0.0,
                (Anchor::Middle, _) => line.width / 2.0,
                (Anchor::End, false) | (Anchor::Begin, true) => line.width,
            };
            fill(&mut content, style.color);
            if line.glyphs.is_empty() {
                continue;
            }
            let glyphs = used.entry(style.is_bold).or_default();
            let number = pieces.text(page, style.role);
            content.begin_marked_content_with_properties(tag_of(style.role)).properties().identify(number);
            // Lines that follow one another are words that do.
            let next =
                marks.peek().filter(|next| matches!(next, Mark::Text { style, .. } if style.role == Role::Continued));
            let words = if next.is_some() { format!("{text} ") } else { text.clone() };
            content.begin_marked_content_with_properties(Name(b"Span")).properties().actual_text(TextStr(&words));
            content.begin_text().set_font(font_name(style.is_bold), style.size);
            write(&mut content, &line, glyphs, (sheet.left(*x, 0.0) - back, sheet.size.1 - y));
            content.end_marked_content();
        } else {
            match mark {
                Mark::Outline { alt, .. } if !alt.is_empty() => {
                    let number = pieces.figure(page, alt, bounds_of(sheet, mark));
                    content.begin_marked_content_with_properties(Name(b"Figure")).properties().identify(number);
                }
                _ => {
                    content.begin_marked_content(Name(b"Artifact"));
                }
            }
            draw_mark(&mut content, sheet, mark);
            content.end_marked_content();
        }
    }
    Ok(content.finish().to_vec())
}

/// The tag of a text in the content of its page; the structure says the rest.
fn tag_of(role: Role) -> Name<'static> {
    match role {
        Role::Title => Name(b"H1"),
        Role::Heading => Name(b"H2"),
        Role::ColumnHead | Role::RowHead => Name(b"TH"),
        Role::Cell => Name(b"TD"),
        Role::Text | Role::Continued => Name(b"P"),
    }
}

/// The box of an outline on its page.
fn bounds_of(sheet: &Sheet, mark: &Mark) -> Rect {
    let Mark::Outline { at, width, rings, .. } = mark else { return Rect::new(0.0, 0.0, 0.0, 0.0) };
    let (left, top) = (sheet.left(at.0, *width), sheet.size.1 - at.1);
    let height = rings.iter().flatten().map(|(_, y)| *y).fold(0.0, f32::max);
    Rect::new(left, top - height, left + width, top)
}

/// Shows the glyphs of a line under their numbers in the file.
fn write(content: &mut Content, line: &Line, glyphs: &mut GlyphRemapper, (left, foot): (f32, f32)) {
    for glyph in &line.glyphs {
        content.set_text_matrix([1.0, 0.0, 0.0, 1.0, left + glyph.x, foot + glyph.y]);
        content.show(Str(&glyphs.remap(glyph.id).to_be_bytes()));
    }
    content.end_text();
    content.end_marked_content();
}

fn draw_mark(content: &mut Content, sheet: &Sheet, mark: &Mark) {
    let up = |y: f32| sheet.size.1 - y;
    match mark {
        Mark::Text { .. } => {}
        Mark::Bar { x, y, width, height, color } => {
            fill(content, *color);
            content.rect(sheet.left(*x, *width), up(y + height), *width, *height).fill_nonzero();
        }
        Mark::Rule { from, to, width, color } => {
            stroke(content, *width, *color);
            content.move_to(sheet.left(from.0, 0.0), up(from.1)).line_to(sheet.left(to.0, 0.0), up(to.1)).stroke();
        }
        Mark::Dot { at, radius, color } => {
            fill(content, *color);
            disc(content, (sheet.left(at.0, 0.0), up(at.1)), *radius);
        }
        Mark::Outline { at, width, rings, color, line, .. } => {
            let left = sheet.left(at.0, *width);
            fill(content, *color);
            for ring in rings {
                for (number, (x, y)) in ring.iter().enumerate() {
                    let (x, y) = (left + x, up(at.1 + y));
                    if number == 0 {
                        content.move_to(x, y)
                    } else {
                        content.line_to(x, y)
                    };
                }
                content.close_path();
            }
            match line {
                Some((width, color)) => {
                    stroke(content, *width, *color);
                    content.fill_even_odd_and_stroke();
                }
                None => {
                    content.fill_even_odd();
                }
            }
        }
    }
}

fn disc(content: &mut Content, (x, y): (f32, f32), radius: f32) {
    let pull = radius * CURVE;
    content.move_to(x + radius, y);
    content.cubic_to(x + radius, y + pull, x + pull, y + radius, x, y + radius);
    content.cubic_to(x - pull, y + radius, x - radius, y + pull, x - radius, y);
    content.cubic_to(x - radius, y - pull, x - pull, y - radius, x, y - radius);
    content.cubic_to(x + pull, y - radius, x + radius, y - pull, x + radius, y);
    content.close_path().fill_nonzero();
}

fn rgb(Color(red, green, blue): Color) -> [f32; 3] {
    [red, green, blue].map(|part| f32::from(part) / 255.0)
}

fn fill(content: &mut Content, color: Color) {
    let [red, green, blue] = rgb(color);
    content.set_fill_rgb(red, green, blue);
}

fn stroke(content: &mut Content, width: f32, color: Color) {
    let [red, green, blue] = rgb(color);
    content.set_stroke_rgb(red, green, blue).set_line_width(width);
}
