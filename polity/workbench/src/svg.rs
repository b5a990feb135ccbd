//! Pictures as SVG: a title and a description for those who do not see them, text that XML can hold.

use crate::words::Language;
use std::fmt::{Display, Write};

/// A picture under way. In a language written from right to left everything is mirrored, so that it is laid out once.
#[derive(Debug, Clone)]
pub struct Svg {
    text: String,
    width: f64,
    is_rtl: bool,
}

/// Where a text is anchored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Anchor {
    /// Begins here.
    Start,
    /// Stands around here.
    Middle,
    /// Ends here.
    End,
}

impl Svg {
    /// A white picture of a size in pixels.
    pub fn new((width, height): (f64, f64), language: Language, title: &str, description: &str) -> Self {
        let is_rtl = language.is_rtl();
        let mut svg = Self { text: String::new(), width, is_rtl };
        let direction = if is_rtl { "rtl" } else { "ltr" };
        svg.put(format_args!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height:.0}\" role=\"img\" aria-labelledby=\"t d\" \
             xml:lang=\"{}\" direction=\"{direction}\" font-family=\"system-ui, sans-serif\" font-size=\"13\">\n<title id=\"t\">{}</title>\n<desc id=\"d\">{}</desc>\n\
             <rect width=\"{width}\" height=\"{height}\" fill=\"#fff\"/>",
            language.tag(),
            escaped(title),
            escaped(description)
        ));
        svg
    }

    /// A line of the document as it stands; places in it come from [`Svg::across`].
    pub fn put(&mut self, line: impl Display) {
        let _ = writeln!(self.text, "{line}");
    }

    /// Where something stands that is so far from where lines begin.
    pub fn across(&self, x: f64) -> f64 {
        if self.is_rtl { self.width - x } else { x }
    }

    /// A filled rectangle that says what it is.
    pub fn bar(&mut self, (x, y): (f64, f64), (width, height): (f64, f64), colour: &str, says: &str) {
        let width = width.max(0.0);
        let x = if self.is_rtl { self.width - x - width } else { x };
        self.put(format_args!(
            "<rect x=\"{x:.2}\" y=\"{y:.2}\" width=\"{width:.2}\" height=\"{height:.2}\" fill=\"{colour}\"><title>{}</title></rect>",
            escaped(says)
        ));
    }

    /// A line.
    pub fn line(&mut self, (x, y): (f64, f64), (to_x, to_y): (f64, f64), style: &str) {
        let (x, to_x) = (self.across(x), self.across(to_x));
        self.put(format_args!("<line x1=\"{x:.2}\" y1=\"{y:.2}\" x2=\"{to_x:.2}\" y2=\"{to_y:.2}\" {style}/>"));
    }

    /// A text, cut to so many characters; the whole is shown where the pointer rests.
    pub fn text(&mut self, (x, y): (f64, f64), anchor: Anchor, text: &str, characters: usize, style: &str) {
        let anchor = match anchor {
            Anchor::Start => "",
            Anchor::Middle => " text-anchor=\"middle\"",
            Anchor::End => " text-anchor=\"end\"",
        };
        let cut = text.chars().count() > characters;
        let short: String =
            if cut { text.chars().take(characters - 1).chain(['…']).collect() } else { text.to_owned() };
        let whole = if cut { format!("<title>{}</title>", escaped(text)) } else { String::new() };
        let x = self.across(x);
        self.put(format_args!("<text x=\"{x:.1}\" y=\"{y:.1}\"{anchor} {style}>{whole}{}</text>", escaped(&short)));
    }

    /// The document.
    pub fn finished(mut self) -> String {
        self.text.push_str("</svg>\n");
        self.text
    }
}

/// Text inside XML; what XML cannot hold becomes the replacement sign.
pub fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\t' | '\n' | '\r' => safe.push(' '),
            letter if letter < ' ' || ('\u{fffe}'..='\u{ffff}').contains(&letter) => safe.push('\u{fffd}'),
            letter => safe.push(letter),
        }
    }
    safe
}
