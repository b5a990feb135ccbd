//! A sheet as SVG: text stays text, in the reader's own fonts where ours are not there.

use crate::{
    PrintError,
    letters::width_of,
    sheet::{Anchor, Color, Mark, Sheet},
};
use std::fmt::Write as _;

// Writing to a String cannot fail; `let _` says so throughout.

/// The font of the PDF, the fonts of the pages under both names they go by, then whatever is there.
const FAMILIES: &str = "DejaVu Sans Condensed, Atkinson Hyperlegible Next Variable, Atkinson Hyperlegible Next, Noto Sans Arabic Variable, Noto Sans Arabic, system-ui, sans-serif";

pub(crate) fn draw(sheet: &Sheet) -> Result<String, PrintError> {
    let (width, height) = sheet.size;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}pt\" height=\"{height}pt\" lang=\"{}\" \
         font-family=\"{FAMILIES}\" role=\"img\" aria-labelledby=\"sheet-title sheet-desc\">\
         <title id=\"sheet-title\">{}</title><desc id=\"sheet-desc\">{}</desc>",
        sheet.language.tag(),
        escape(&sheet.title),
        escape(&sheet.description),
    );
    for mark in &sheet.marks {
        draw_mark(&mut svg, sheet, mark)?;
    }
    svg.push_str("</svg>");
    Ok(svg)
}

fn draw_mark(svg: &mut String, sheet: &Sheet, mark: &Mark) -> Result<(), PrintError> {
    let _ = match mark {
        Mark::Text { x, y, text, style, anchor } => {
            let anchor = match anchor {
                Anchor::Begin => "start",
                Anchor::Middle => "middle",
                Anchor::End => "end",
            };
            let direction = if sheet.is_rtl() { " direction=\"rtl\"" } else { "" };
            let bold = if style.is_bold { " font-weight=\"700\"" } else { "" };
            // Whatever font the reader has, the text takes the room that was measured for it.
            let width = width_of(text, style, sheet.is_rtl())?;
            let room = (width > 0.0).then(|| format!(" textLength=\"{width:.2}\" lengthAdjust=\"spacingAndGlyphs\""));
            let room = room.unwrap_or_default();
            write!(
                svg,
                "<text x=\"{:.2}\" y=\"{y:.2}\" font-size=\"{}\"{bold} fill=\"{}\" text-anchor=\"{anchor}\"{direction}{room}>{}</text>",
                sheet.left(*x, 0.0),
                style.size,
                hex(style.color),
                escape(text),
            )
        }
        Mark::Bar { x, y, width, height, color } => write!(
            svg,
            "<rect x=\"{:.2}\" y=\"{y:.2}\" width=\"{width:.2}\" height=\"{height:.2}\" fill=\"{}\"/>",
            sheet.left(*x, *width),
            hex(*color),
        ),
        Mark::Rule { from, to, width, color } => write!(
            svg,
            "<line x1=\"{:.2}\" y1=\"{:.2}\" x2=\"{:.2}\" y2=\"{:.2}\" stroke=\"{}\" stroke-width=\"{width}\"/>",
            sheet.left(from.0, 0.0),
            from.1,
            sheet.left(to.0, 0.0),
            to.1,
            hex(*color),
        ),
        Mark::Dot { at, radius, color } => write!(
            svg,
            "<circle cx=\"{:.2}\" cy=\"{:.2}\" r=\"{radius}\" fill=\"{}\"/>",
            sheet.left(at.0, 0.0),
            at.1,
            hex(*color),
        ),
        Mark::Outline { at, width, rings, color, line, .. } => {
            let left = sheet.left(at.0, *width);
            let mut path = String::new();
            for ring in rings {
                for (number, (x, y)) in ring.iter().enumerate() {
                    let _ = write!(path, "{}{:.2} {:.2}", if number == 0 { "M" } else { "L" }, left + x, at.1 + y);
                }
                path.push('Z');
            }
            let stroke = line.map(|(width, color)| format!(" stroke=\"{}\" stroke-width=\"{width}\"", hex(color)));
            let stroke = stroke.unwrap_or_default();
            write!(
                svg,
                "<path d=\"{path}\" fill=\"{}\" fill-rule=\"evenodd\" stroke-linejoin=\"round\"{stroke}/>",
                hex(*color)
            )
        }
    };
    Ok(())
}

fn hex(Color(red, green, blue): Color) -> String {
    format!("#{red:02x}{green:02x}{blue:02x}")
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
